"""What describes a noun goes with it: of a marble fountain that no set has, nothing else is of marble.

An adjective, a colour, a material or a thing in the singular before a noun is said of that noun alone, and so are
colours and materials that an "in" or "of" joins to it: "an armchair in emerald". Where the noun is told as not read, so
is what describes it, and nothing in the picture comes from it; but for what the product stands on, which is there,
whatever it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from photoshoot.director.phrases.noun_phrases import is_finish, is_hung, is_wall
from photoshoot.director.phrases.product_kinds import ends_headline
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.participles import DONE, is_participle
from photoshoot.director.words.vocabulary import Term, load_vocabulary

_ON: Final = frozenset({"on", "onto"})
_LEANING: Final = frozenset({"leaning", "hanging", "mounted", "propped"})
"""What is said of a thing before an "on" that leads to no ground."""
_INTO: Final = frozenset({"in", "at", "inside", "into"})
"""What leads to the place of the whole picture, of which a material that is named may be."""
_REACH: Final = 3
"""Words from an "on" to what it leads to."""
_JOINING: Final = frozenset({"in", "of", "is", "are"})
"""What joins a noun and what it is of, beside participles."""
_ASIDE: Final = frozenset({"beside", "next", "near", "alongside", "by"})
"""What leads to things that the product does not stand on."""
_PASSED: Final = (("behind",), ("it",), ("them",))
"""What may stand between."""
_SAID_OF: Final = ("colour", "material", "tone")
"""Kinds of phrases that so describe one."""
_LAMPS: Final = ("light", "glow")
"""Roles of what is lit in the colours after its noun: "a neon grid in magenta and cyan"."""
_ASPECTS: Final = frozenset(
    {"texture", "pattern", "fold", "weave", "finish", "element", "detail", "accent", "sheen", "gleam", "swatch"}
    | {"sample", "strip", "offcut", "fragment", "shard", "rubble", "chip", "chunk", "plank", "panel", "sheet", "disc"}
    | {"fabric", "cloth", "drape", "overtone", "undertone", "environment", "interior", "design", "composition"}
    | {"everywhere", "nearby", "around", "together", "again", "too", "here", "there", "away", "apart", "aside"}
    | {"above", "below", "behind", "outside", "left", "right", "sill", "drop", "droplet", "pile", "color", "colour"}
)
"""What is a material's or a colour's own, and words of place: they are no things that something else is of."""
_ARTICLES: Final = (("a",), ("an",))
_NOUNS: Final = ("surface", "backdrop", "floor", "accent", "props")
"""Parts of sets whose names lead other nouns: a table clock, a lemon squeezer."""
_WHOLE: Final = ("place", "material", "part")
"""Kinds of phrases that are parts of what an "of" leads to."""
_ADJECTIVE: Final = 1.0
"""The votes under which a word for how something looks names no place."""
_GROWN: Final = frozenset(
    {"stalk", "stem", "peel", "rind", "zest", "kernel", "husk", "pod", "cluster", "bunch", "bud", "seed", "skin"}
    | {"bloom", "blossom", "foliage", "head", "heart", "half", "halve", "quarter", "ring", "curl", "garland", "wreath"}
)
"""Parts of plants and of fruit, which are there where the plant is."""


def leave_with_heads(reading: Reading) -> Reading:
    """A prompt without what is said of nouns that are not known, nor finishes of things: no table is as a candle is.

    Something that names a set must be left.
    """
    things = {m.start for m in reading.mentions if m.term.role == "props" and not m.negated}
    finishes = [m for m in reading.mentions if m.end in things and is_finish(m.term) and not m.negated]
    return _without(reading, [*find_described(reading, reading.mentions), *finishes])


def leave_with_untold(reading: Reading, used: Sequence[Mention]) -> Reading:
    """A prompt without what is said of nouns that a design does not show; the same where nothing is.

    Args:
        reading: The prompt.
        used: The phrases that the design shows.
    """
    return _without(reading, [*find_described(reading, used), *(m for m in used if _is_aside(m, reading))])


def _is_aside(mention: Mention, reading: Reading) -> bool:
    """Whether it is a thing beside the product that a table would stand in for: a barrel paints no garden's table."""
    term = mention.term
    if term.stand_in is None or term.role != "surface" or mention.supports or mention.negated:
        return False
    before = [stem for stem in reading.stems[: mention.start] if (stem,) not in _ARTICLES and stem != "the"]
    return bool(before) and (before[-1] in _ASIDE or before[-2:] == ["next", "to"])


def leads_untold(place: Mention, reading: Reading) -> bool:
    """Whether a place only says where a thing is from that no set has: of "a white beach hut" no beach is white."""
    if place.term.kind != "place":
        return False
    named = place.end in reading.unread and not _is_no_noun(reading.stems[place.end])
    return named or any(other.start == place.end and other.term.absent is not None for other in reading.mentions)


def find_described(reading: Reading, used: Sequence[Mention]) -> list[Mention]:
    """The phrases that are shown, and only describe a noun that is not.

    Args:
        reading: The prompt.
        used: The phrases that are shown.
    """
    starts = {mention.start for mention in used}
    lost = {m.end - 1: m for m in reading.mentions if m.start not in starts and not m.negated}
    ends = {mention.end: mention for mention in reading.mentions}
    unread, found = set(reading.unread), list[Mention]()
    for index in sorted(unread.union(lost)):
        head = lost.get(index)
        first = index if head is None else head.start
        run = list(_describing(first, ends, unread, reading))
        lamp = first in ends and ends[first].term.role in _LAMPS
        looks = head is not None and head.term.kind in _SAID_OF  # "white checked tablecloth"
        joined = [] if lamp or looks else _find_joined(index + 1, reading)
        start = run[-1].start if run else first
        if not (run or joined) or not _is_head(index, start, reading, unread):
            continue
        lost_face = head is not None and head.term.kind == "material"  # "on dark granite", of which nothing is
        apart = lost_face or ends_headline(index, reading)
        stood_on = not apart and not _is_product(start, joined, reading) and not _lies_on(index, reading)
        if stood_on and _is_stood_on(start, reading):
            continue
        told = (m for m in run if m.term.kind != "colour" and not _hangs(m.term, head))
        found += [m for m in told if m.start in starts or m.term.light]
        found += joined if any(m.start in starts for m in joined) else []
    return found


def _is_product(start: int, joined: Sequence[Mention], reading: Reading) -> bool:
    """Whether a prompt begins with it, and what it is of leads to where it is: "a hoodie in green on a hanger"."""
    after = reading.stems[joined[-1].end : joined[-1].end + 1] if joined else ()
    return bool(after) and after[0] in _ON | _INTO and (_ON | _INTO).isdisjoint(reading.stems[:start])


def _lies_on(index: int, reading: Reading) -> bool:
    """Whether it is said to be on what things stand on: "on a steel lid on white marble"."""
    if reading.stems[index + 1 : index + 2] != ("on",):
        return False
    after = reading.stems[index + 2 : index + 2 + _REACH]
    end = index + 2 + next((i for i, stem in enumerate(after) if not stem[0].isalnum()), len(after))
    faces = (m.term for m in reading.mentions if index < m.start < end and not m.negated)
    return any(term.role in ("surface", "ground") and term.kind == "material" for term in faces)


def _find_joined(end: int, reading: Reading) -> list[Mention]:
    """The colours and materials that are said of the noun before: "in navy", "painted navy", "is navy and white"."""
    starts, index = {mention.start: mention for mention in reading.mentions}, end
    done = (i for i in reading.unread if reading.stems[i].endswith(DONE))
    joining = {*done, *(i for i in range(end, len(reading.stems)) if reading.stems[i] in _JOINING)}
    while index in joining or reading.stems[index : index + 1] in _PASSED:
        index += 1
    if joining.isdisjoint(range(end, index)):
        return []
    found, whole = list[Mention](), list[Mention]()
    while index < len(reading.stems) and reading.stems[index][0].isalnum():
        mention = starts.get(index)
        if reading.stems[index] in load_vocabulary().boundaries:
            break
        said = mention is not None and (mention.term.kind in _SAID_OF or is_finish(mention.term))
        if mention is not None and said and not mention.negated:
            found.append(mention)
        elif mention is not None or index in reading.unread:
            return whole
        elif reading.stems[index] == "and":
            whole = [*found]
        index = index + 1 if mention is None else mention.end
    return found


def _without(reading: Reading, described: Sequence[Mention]) -> Reading:
    left = any(m.term.votes for m in reading.mentions if m not in described and not m.negated)
    return reading.without(described) if described and left else reading


def _hangs(term: Term, head: Mention | None) -> bool:
    """Whether it is what a wall or a curtain is of, whose colour is behind the product."""
    if head is None or not (is_wall(head.term) or is_hung(head.term)):
        return False
    return term.role == "backdrop" or "drapery" in term.votes


def _is_head(index: int, start: int, reading: Reading, unread: Collection[int]) -> bool:
    """Whether a token ends its phrase and is a noun, as far as its ending, a plural or an article tells."""
    stem = reading.stems[index]
    if stem in _ASPECTS or stem in load_vocabulary().ignored:
        return False
    named = reading.words[index].lower() == f"{stem}s" or reading.stems[start - 1 : start] in _ARTICLES
    if index in unread and _is_no_noun(stem) and not named:
        return False
    after = index + 1
    if after in unread and (index not in unread or reading.stems[after] not in _ASPECTS):
        return _is_no_noun(reading.stems[after])
    return ends_headline(index, reading) or all(
        mention.start != after or _parts(after, reading) for mention in reading.mentions
    )


def _parts(index: int, reading: Reading) -> bool:
    vocabulary = load_vocabulary()
    return reading.stems[index] in vocabulary.boundaries or reading.stems[index] in vocabulary.ignored


def _describing(first: int, ends: dict[int, Mention], unread: Collection[int], reading: Reading) -> Iterator[Mention]:
    """The phrases that lead to a noun, nearest first: adjectives, colours, materials, things in the singular."""
    index = first
    while index:
        mention = ends.get(index)
        if mention is None:
            if index - 1 not in unread or _parts(index - 1, reading):
                return
            index -= 1
            continue
        if mention.negated or not _describes(mention, reading, reading.stems[first]):
            return
        yield mention
        index = mention.start


def _describes(mention: Mention, reading: Reading, noun: str) -> bool:
    term = mention.term
    if term.season or term.absent is not None or reading.stems[mention.start] in load_vocabulary().boundaries:
        return False
    if term.color is not None or term.tone is not None:
        return True
    if term.role in _NOUNS:
        last = reading.words[mention.end - 1].lower()
        single = last == reading.stems[mention.end - 1] and (last.endswith("ss") or not last.endswith("s"))
        return single and not (term.role == "props" and noun in _GROWN)
    return term.role is None and term.weight < _ADJECTIVE and not term.light


def _is_stood_on(start: int, reading: Reading) -> bool:
    """Whether the first "on" leads to it, an "in" or "of" of the whole picture, or nothing, where the prompt begins."""
    passed = load_vocabulary().ignored - load_vocabulary().boundaries - {"and", "next"} | {"of"}
    index = start - 1
    wholes = {m.end for m in reading.mentions if m.term.kind in _WHOLE}
    while index >= 0 and (reading.stems[index] in passed or index in reading.unread):
        if reading.stems[index] == "of" and index in wholes:
            return True  # "stairs of a brutalist zorble"
        index -= 1
    if index < 0:
        return True
    lead, before = reading.stems[index], reading.stems[:index]
    if lead in _ON:
        return _ON.isdisjoint(before) and _LEANING.isdisjoint(before[-1:])
    done = bool(before) and before[-1].endswith(DONE) and before[-1] not in load_vocabulary().ignored
    return lead in _INTO and reading.stems[index + 1] != "front" and not done


def _is_no_noun(stem: str) -> bool:
    return is_participle(stem) or stem.endswith("ly")
