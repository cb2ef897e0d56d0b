"""Finds the vocabulary's phrases in a prompt, and the colours and the parts that they belong to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from photoshoot.color.styling import Tone, tone_color
from photoshoot.director.vocabulary import Term, Vocabulary, split_tokens

_REACH = 4  # words between a colour and the part that it belongs to
_NEGATION_REACH = 4  # words that a "no" reaches over
_JOINTS = ("and", "or", ",", "to")  # what stands between colours of one list
_PALETTE = ("color", "colour", "tone", "hue", "shade", "palette")  # a tone before these words is the whole picture's
_GROWN = (("leave",), ("sprig",))  # stems of what a plant is shown by
_HEAPS = ("bed", "bedroom", "blanket", "carpet", "cushion", "heap", "layer", "mat", "ocean", "pile", "sea", "sheet")
"""What things lie in by the many: a bed of moss is no bed."""
_HEAPED = ("props", "ground", "water")  # roles of what lies so
_HEAP_REACH = 3  # words between a heap's "of" and what it is of
_LIGHTS = (
    "light",
    "lighting",
    "sunlight",
    "sun",
    "sunshine",
    "sunset",
    "sunrise",
    "dawn",
    "glow",
    "backlight",
    "morning",
)
_SHADOWS = ("shadow", "shadows")
_LINKS = ("in", "of", "and", "or", "to", "from", ",", "all")  # what stands between a part and a colour after it


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A phrase of the vocabulary, found in a prompt."""

    term: Term
    """What it means."""
    start: int
    """Its first token."""
    end: int
    """One past its last token."""
    negated: bool
    """Whether the prompt says "no" to it."""


class Rank(IntEnum):
    """How sure a colour is; a higher one wins."""

    MATERIAL = 0
    """A material's own colour: "walnut"."""
    TONE = 1
    """A tone without a colour: "dark background"."""
    NAMED = 2
    """A colour by name."""


@dataclass(frozen=True, kw_only=True)
class Paint:
    """A colour of the prompt."""

    color: str
    """The colour, ``#rrggbb``, with its tones."""
    role: str | None
    """The part that it belongs to; None where the prompt leaves it open."""
    rank: Rank
    """How sure it is."""
    start: int
    """The first token of the phrase that names it."""
    noun: int | None = None
    """The first token of the phrase whose part it is; None where the prompt leaves it open."""
    of_unread: bool = False
    """Whether a word follows that it seems to belong to, and that is not known."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A prompt, taken apart."""

    words: tuple[str, ...]
    """Its words and punctuation marks as written."""
    stems: tuple[str, ...]
    """The same as stems."""
    mentions: tuple[Mention, ...]
    """Phrases found, in order; they do not overlap."""
    unread: tuple[int, ...]
    """Tokens that mean something but are not known."""


def read_mentions(text: str, vocabulary: Vocabulary) -> Reading:
    """Find the longest known phrases of a prompt, from left to right."""
    tokens = split_tokens(text)
    stems = tuple(token for _, token in tokens)
    heaps = {index for index, token in enumerate(stems) if token in _HEAPS and _is_heap(stems, index, vocabulary)}
    mentions = tuple(_scan(stems, vocabulary, heaps))
    covered = heaps | {index for mention in mentions for index in range(mention.start, mention.end)}
    silent = vocabulary.ignored | vocabulary.negations | vocabulary.boundaries
    unread = [i for i, token in enumerate(stems) if i not in covered and token not in silent and token[0].isalnum()]
    words = tuple(word for word, _ in tokens)
    return Reading(words=words, stems=stems, mentions=mentions, unread=tuple(unread))


def find_paints(reading: Reading, vocabulary: Vocabulary) -> list[Paint]:
    """The prompt's colours in order, each toned by the words before it and given to the part that it belongs to."""
    mentions = [mention for mention in reading.mentions if not mention.negated]
    return [paint for index in range(len(mentions)) for paint in _paint(index, mentions, reading, vocabulary)]


def find_tones(reading: Reading, vocabulary: Vocabulary) -> list[Tone]:
    """Tones of the whole picture: "…, pastel colors", "dark moody tones", and not "a dark wall" or "pastel pink"."""
    mentions = [mention for mention in reading.mentions if not mention.negated]
    return [
        mention.term.tone
        for mention in mentions
        if mention.term.tone is not None
        and (mention.term.alone is not None or _is_palette(mention, reading))
        and not is_toning(mention, mentions)
        and _noun_after(mention, mentions, reading, vocabulary) is None
        and _light_after(mention, mentions, reading) is None
    ]


def is_toning(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the word only tones the colour right after it ("soft pink"), and says nothing of the light."""
    if mention.term.tone is None:
        return False
    after = next((other for other in mentions if other.start == mention.end), None)
    return after is not None and (after.term.color is not None or is_toning(after, mentions))


def _scan(stems: Sequence[str], vocabulary: Vocabulary, heaps: Collection[int]) -> Iterator[Mention]:
    start, negated_until = 0, -1
    before: Mention | None = None
    while start < len(stems):
        if stems[start] in vocabulary.negations:
            negated_until = start + _NEGATION_REACH
        elif stems[start] in vocabulary.boundaries or not stems[start][0].isalnum():
            negated_until = -1
        least = 1 if start in heaps else 0
        for size in range(min(vocabulary.most_words, len(stems) - start), least, -1):
            term = vocabulary.find(tuple(stems[start : start + size]))
            if term is not None:
                term = _as_thing(stems, start, start + size, before, vocabulary) or term
                before = Mention(term=term, start=start, end=start + size, negated=start <= negated_until)
                yield before
                start += size
                break
        else:
            start += 1


def _is_heap(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a word only says that many of a thing lie there: "a bed of fresh moss", and not "a bed of linen"."""
    if tuple(stems[start + 1 : start + 2]) != ("of",):
        return False
    for at in range(start + 2, min(start + 2 + _HEAP_REACH, len(stems))):
        sizes = range(min(vocabulary.most_words, len(stems) - at), 0, -1)
        found = (vocabulary.find(tuple(stems[at : at + size])) for size in sizes)
        term = next((term for term in found if term is not None), None)
        if term is not None and (term.role is not None or term.votes):
            return term.role in _HEAPED
    return False


def _as_thing(
    stems: Sequence[str], start: int, end: int, before: Mention | None, vocabulary: Vocabulary
) -> Term | None:
    """What grows and has a colour's name, where it ends a list of things: "lemons and mint", and not "a mint wall"."""
    lists = before is not None and before.term.role == "props" and before.end == start - 1 and stems[start - 1] == "and"
    leads = end < len(stems) and stems[end][0].isalnum() and stems[end] not in vocabulary.boundaries
    if not lists or leads or end != start + 1:
        return None
    found = map(vocabulary.find, [(stems[start], *tail) for tail in _GROWN] + [(f"{stems[start]}s",)])
    return next((term for term in found if term is not None and term.role == "props"), None)


def _paint(index: int, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary) -> Iterator[Paint]:
    mention = mentions[index]
    if mention.term.color is not None:
        color = mention.term.color
        for before in _tones_before(mention, mentions):
            if before.term.tone is not None:
                color = tone_color(color, before.term.tone)
        if mention.term.role is not None:
            yield Paint(color=color, role=mention.term.role, rank=Rank.MATERIAL, start=mention.start)
        else:
            noun = _noun_of(mention, mentions, reading, vocabulary)
            shone = _light_after(mention, mentions, reading) if noun is None else None
            if shone is not None and reading.stems[shone.end - 1] in _SHADOWS:
                return  # what a shadow's colour is, light says
            noun = noun or shone
            yield Paint(
                color=color,
                role=None if noun is None else noun.term.role or "light",
                rank=Rank.NAMED,
                start=mention.start,
                noun=None if noun is None else noun.start,
                of_unread=noun is None and mention.end in reading.unread,
            )
    elif mention.term.alone is not None and not is_toning(mention, mentions):
        noun = _noun_after(mention, mentions, reading, vocabulary)
        role = None if noun is None or _leads(noun, mentions) else noun.term.role
        if role not in (None, "light", "glow") and not _has_color(mention, mentions, reading):
            yield Paint(color=mention.term.alone, role=role, rank=Rank.TONE, start=mention.start)


def _tones_before(mention: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """Toning words that lead to a colour without a gap, nearest first."""
    tones, start = [], mention.start
    for other in reversed(mentions):
        if other.end == start and other.term.tone is not None:
            tones.append(other)
            start = other.start
    return tones


def _noun_of(mention: Mention, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary) -> Mention | None:
    """What a colour is said of: of "wall navy blue, white candles" the navy is the wall's."""
    after = _noun_after(mention, mentions, reading, vocabulary)
    before = _noun_before(mention, mentions, reading)
    if after is None and before is not None and mention.end in reading.unread:
        listed = {",", "and", "or"} & set(reading.stems[before.end : mention.start])
        return None if listed else before  # of "pink tiles, white zorbles" the white is not the tiles'
    parted = after is not None and "," in reading.stems[mention.end : after.start]
    return before if before is not None and before.end == mention.start and parted else after or before


def _light_after(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> Mention | None:
    """Light or a shadow right after a colour, such as "pink dawn" and "deep black shadow"."""
    after = next((other for other in mentions if other.start == mention.end), None)
    named = after is not None and reading.stems[after.end - 1] in (*_LIGHTS, *_SHADOWS)
    return after if named and after is not None and after.term.light and after.term.role is None else None


def _leads(noun: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name of things leads another noun: in "bright tropical morning" the morning is bright, and no leaf."""
    after = next((other for other in mentions if other.start == noun.end), None)
    return after is not None and noun.term.role == "props" and after.term.role != "props"


def _noun_after(
    mention: Mention, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary
) -> Mention | None:
    """The part named after a colour in the same phrase: "black and blue geometric wall"."""
    starts = {other.start: other for other in mentions}
    index = mention.end
    while index < min(len(reading.stems), mention.end + _REACH + 1):
        other = starts.get(index)
        if other is not None and other.term.role is not None and not is_toning(other, mentions):
            return other
        token = reading.stems[index]
        if mention.term.color is None and (token == "," or token in _PALETTE):
            return None
        if other is None and token in _JOINTS:
            listed = token != "," or any(
                joint in _JOINTS[:2] for joint in reading.stems[index + 1 : index + 1 + _REACH]
            )
            if not listed or not _is_colorful(starts.get(index + 1), mentions):
                return None
        elif other is None and (token in vocabulary.boundaries or not token[0].isalnum()):
            return None
        index = other.end if other is not None else index + 1
    return None


def _noun_before(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> Mention | None:
    """The part named before a colour: "a wall in sage", "gradient from orange to magenta"."""
    ends = {other.end: other for other in mentions}
    index = mention.start
    while index > max(0, mention.start - _REACH):
        other = ends.get(index)
        if other is None:
            if reading.stems[index - 1] not in _LINKS:
                return None
            index -= 1
        elif other.term.role is not None and not is_toning(other, mentions):
            return other
        elif _is_colorful(other, mentions):
            index = other.start
        else:
            return None
    return None


def _is_palette(mention: Mention, reading: Reading) -> bool:
    return any(word in _PALETTE for word in reading.stems[mention.end : mention.end + 1])


def _is_colorful(mention: Mention | None, mentions: Sequence[Mention]) -> bool:
    return mention is not None and (mention.term.color is not None or is_toning(mention, mentions))


def _has_color(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether the part after a tone has a colour of its own ("dark walnut table" is walnut's affair)."""
    near = [other for other in mentions if mention.end <= other.start <= mention.end + _REACH]
    gap = reading.stems[mention.end : near[0].start] if near else ()
    return not gap and bool(near) and near[0].term.color is not None
