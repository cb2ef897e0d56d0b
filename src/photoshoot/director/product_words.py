"""What a prompt says of its product and of single things, which is no part of the scene: "ceramic mug on linen"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from photoshoot.director.mentions import Mention, Reading
from photoshoot.director.vocabulary import Term, Vocabulary, load_vocabulary

_SEVERAL = 2
_JOINTS = ("with", "and", ",", "plus")
_LEADING = frozenset({*_JOINTS, "next", "overlooking", "near", "beside", "behind", "over"})
_PICTURES = ("background", "backdrop", "scene", "photo", "picture", "image", "shot", "shoot", "ad", "setup", "set")
_PURPOSE = 2  # words between "for" and what it is for
POSTPOSITIONS = frozenset({"Turkish", "Japanese", "Chinese", "Korean", "Hindi", "Hungarian", "Finnish"})
"""Languages whose "on" comes after what something is on."""
ADJECTIVES_LAST = frozenset({"French", "Spanish", "Italian", "Portuguese", "Romanian", "Arabic", "Vietnamese", "Thai"})
"""Languages whose adjectives mostly come after what they describe."""


def leave_things(reading: Reading) -> Reading:
    """A prompt without what single things are of, where it names another material: wooden toys on a marble table."""
    if sum(mention.term.kind == "material" for mention in reading.mentions) < _SEVERAL:
        return reading
    owned = [
        mention
        for mention, after in pairwise(reading.mentions)
        if mention.term.kind == "material" and after.start == mention.end and after.term.kind == "props"
    ]
    return _without(reading, owned)


def leave_compounds(reading: Reading, origins: Sequence[int]) -> Reading:
    """A prompt without places that are only the first half of a word whose second is not known: no hut is a beach.

    Args:
        reading: The prompt.
        origins: The written word that each of its tokens comes from.
    """
    unknown = set(reading.unread)
    owned = [
        mention
        for mention in reading.mentions
        if mention.end in unknown
        and origins[mention.start] == origins[mention.end]
        and mention.term.color is None
        and mention.term.role != "props"
    ]
    return _without(reading, owned) if owned else reading


def leave_owned(reading: Reading) -> Reading:
    """A prompt without what things beside the product are of that are not known: "on oak with ceramic zorbles".

    What leads to such a thing is no surface where a "with", an "and" or a comma stands before it, and more is named.
    """
    unknown = set(reading.unread)
    owned = [
        mention
        for mention in reading.mentions
        if mention.end in unknown and mention.term.role in ("surface", "backdrop") and not mention.term.season
    ]
    if not owned:
        return reading
    joints = find_joints(reading)
    owned = [mention for mention in owned if joints[mention.start] in _JOINTS]
    left = any(mention.term.votes for mention in reading.mentions if mention not in owned)
    return _without(reading, owned) if owned and left else reading


def find_joints(reading: Reading) -> dict[int, str]:
    """Start of each phrase → the word or mark that joins it to what stands before it; "" where it begins the prompt."""
    passed = load_vocabulary().ignored - _LEADING
    starts = {mention.start: mention for mention in reading.mentions}
    joints: dict[int, str] = {}
    joint, index = "", 0
    while index < len(reading.stems):
        mention = starts.get(index)
        if mention is not None:
            joints[index] = joint
        end = index + 1 if mention is None else mention.end
        describes = mention is not None and (mention.term.color is not None or mention.term.tone is not None)
        if not describes and (mention is not None or reading.stems[index] not in passed):
            joint = reading.stems[end - 1]
        index = end
    return joints


def leave_purpose(reading: Reading) -> Reading:
    """A prompt without the product that it is said to be for: of "a background for candles" they are no props."""
    starts = [index + 1 for index, stem in enumerate(reading.stems) if stem == "for" and _is_picture(reading, index)]
    owned = [
        mention
        for mention in reading.mentions
        if any(start <= mention.start <= start + _PURPOSE for start in starts)
        and mention.term.role == "props"
        and not mention.term.season
    ]
    return _without(reading, owned)


def _is_picture(reading: Reading, index: int) -> bool:
    """Whether a picture, or its ground, is named before this place."""
    return index > 0 and reading.stems[index - 1] in _PICTURES


def leave_product(reading: Reading, vocabulary: Vocabulary, *, after_nouns: bool = False) -> Reading:
    """A prompt without what it says of its product: the ceramic of "ceramic mug on linen" is no tile.

    That is what leads to a word that is not known, before the first preposition, where more is said after it. Where
    adjectives come ``after_nouns``, such a word says more of a place: "patio andaluz con macetas".
    """
    end = next((i for i, token in enumerate(reading.stems) if token in vocabulary.boundaries), 0)
    after = any(mention.start >= end for mention in reading.mentions)
    spoken = [mention for mention in reading.mentions if mention.end <= end and _is_of_a_face(mention.term)]
    spoken = [mention for mention in spoken if not after_nouns or mention.term.color is not None]
    describes = end > 0 and reading.stems[end - 1].endswith("ed")  # "a table covered with linen"
    if not after or describes or len(reading.mentions) == len(spoken):
        return reading
    if end - 1 not in reading.unread:
        colors = [mention for mention in spoken if mention.term.kind == "colour" and mention.end == end]
        heads = [mention for mention in colors if mention.start - 1 in reading.unread]
        return _without(reading, heads)  # "shaving cream"
    return _without(reading, _ending_at(end - 1, spoken))


def _without(reading: Reading, owned: Sequence[Mention]) -> Reading:
    unread = {*reading.unread, *(index for mention in owned for index in range(mention.start, mention.end))}
    mentions = tuple(mention for mention in reading.mentions if mention not in owned)
    return replace(reading, mentions=mentions, unread=tuple(sorted(unread)))


def _is_of_a_face(term: Term) -> bool:
    """Whether it is a colour or what faces are of, and no place: "beach umbrella" is at one."""
    return term.color is not None or (term.role in ("surface", "backdrop") and not term.season)


def _ending_at(end: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Phrases that lead to a word without a gap, such as "matte black" to "flask"."""
    owned: list[Mention] = []
    for mention in reversed(mentions):
        if mention.end == end:
            owned.append(mention)
            end = mention.start
    return owned
