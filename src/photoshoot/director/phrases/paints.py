"""Finds the colours of a prompt and the parts that they belong to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from photoshoot.color.styling import Tone, tone_color
from photoshoot.director.phrases.gradients import join_gradients
from photoshoot.director.phrases.heads_untold import leads_untold
from photoshoot.director.phrases.natural_hues import has_own_color
from photoshoot.director.phrases.noun_phrases import find_trim, has_color, has_walls, is_paper, leading_set, leads_noun
from photoshoot.director.phrases.palettes import JOINTS, PALETTE, is_colorful, is_of_palette, leads_to_palette
from photoshoot.director.phrases.product_kinds import ends_headline
from photoshoot.director.phrases.reading import Mention, Reading, is_toning
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.shades import COLORED
from photoshoot.director.words.vocabulary import Term, Vocabulary, load_vocabulary

_REACH, _TABLE = 4, "tabletop"  # words from a colour to its part; what stands in for things that are laid on one
_LIGHTS = frozenset(
    {"light", "lighting", "sunlight", "sun", "sunshine", "sunset", "sunrise", "dawn", "glow", "backlight", "morning"}
)
_UNDER = ("surface", "floor")
_FACES, _SHADOWS, _LAMP = (*_UNDER, "backdrop"), ("shadow", "shadows"), Term(role="light")
_LINKS = frozenset({"in", "of", "and", "or", "to", "from", ",", "all", "a", "an", "slightly", "is", "are", "one"})
"""What stands between a part and a colour after it."""


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


def find_paints(reading: Reading, vocabulary: Vocabulary) -> list[Paint]:
    """The prompt's colours in order, each toned by the words before it and given to the part that it belongs to."""
    mentions = [mention for mention in reading.mentions if not mention.negated]
    paints = [paint for index in range(len(mentions)) for paint in _paint(index, mentions, reading, vocabulary)]
    return join_gradients(paints, reading)


def find_tones(reading: Reading, vocabulary: Vocabulary) -> list[Tone]:
    """Tones of the whole picture: "…, pastel colors", "dark moody tones", and not "a dark wall" or "pastel pink"."""
    mentions = [mention for mention in reading.mentions if not mention.negated]
    return [
        mention.term.tone
        for mention in mentions
        if mention.term.tone is not None
        and (mention.term.alone is not None or leads_to_palette(mention, reading))
        and not is_toning(mention, mentions)
        and _noun_after(mention, mentions, reading, vocabulary) is None
        and _light_after(mention, mentions, reading) is None
    ]


def _paint(index: int, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary) -> Iterator[Paint]:
    mention = mentions[index]
    if mention.term.color is not None:
        color = mention.term.color
        for before in _tones_before(mention, mentions):
            if before.term.tone is not None:
                color = tone_color(color, before.term.tone)
        if mention.term.role is not None:
            own = mention.term.role
            role = _face_of(mention, mentions) if own == "backdrop" else own
            yield Paint(color=color, role=role, rank=Rank.MATERIAL, start=mention.start)
        else:
            if reading.stems[mention.end : mention.end + 1] in (("shadow",), ("shadows",)):
                return  # what a shadow's colour is, light says
            noun = _noun_of(mention, mentions, reading, vocabulary)
            shone = _light_after(mention, mentions, reading) if noun is None else None
            if shone is not None and reading.stems[shone.end - 1] in _SHADOWS:
                return  # what a shadow's colour is, light says
            noun = noun or shone
            thing = _thing_after(mention, mentions) if noun is None else None
            yield Paint(
                color=color,
                role=None if noun is None else find_trim(mention, noun, reading) or noun.term.role or "light",
                rank=Rank.NAMED,
                start=mention.start,
                noun=next((of.start for of in (noun, thing) if of is not None), None),
                of_unread=noun is None and _leads_to_nothing(mention, mentions, reading, vocabulary),
            )
    elif mention.term.alone is not None and not is_toning(mention, mentions):
        noun = _noun_after(mention, mentions, reading, vocabulary)
        part = None if noun is None or leads_noun(noun, mentions) else noun.term.role
        deep = reading.stems[mention.start] == "deep" and part in ("ground", "water")  # deep snow is no dark one
        if not deep and part not in (None, "light", "glow") and not has_color(mention, mentions, reading, _REACH):
            yield Paint(color=mention.term.alone, role=part, rank=Rank.TONE, start=mention.start)


def _face_of(material: Mention, mentions: Sequence[Mention]) -> str:
    """The part that a wall's material is of: of "a plaster ledge" the ledge."""
    after = next((other.term for other in mentions if other.start == material.end), Term())
    return after.role if after.role in _UNDER and after.color is None else "backdrop"


def _leads_to_nothing(mention: Mention, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a colour is of a word that is not known, or of a product that some place is shown for.

    Of "a black espresso machine on oak" no tile of a kitchen is black, and no table of "a red teapot" is red; the walls
    of "in a sage boutique" are sage.
    """
    index, qualifying = mention.end, vocabulary.company["qualifying"]
    while index < len(reading.stems) and reading.stems[index] in qualifying and index not in reading.unread:
        index += 1
    if index > mention.end and (index == len(reading.stems) or reading.stems[index] in (",", *vocabulary.boundaries)):
        return True  # "a brass base"
    after = next((other for other in mentions if other.start == index), None)
    if reading.stems[index : index + 1] in (("and",), ("or",)):  # "a navy and sage teapot"
        listed = next((m for m in mentions if m.start == index + 1 and m.term.kind == "colour"), None)
        return listed is not None and _leads_to_nothing(listed, mentions, reading, vocabulary)
    if after is None:
        return index in reading.unread
    end = next((index for index, stem in enumerate(reading.stems) if stem in vocabulary.boundaries), 0)
    laid = leading_set(after.term) == _TABLE and not has_walls(after.term)
    sold = (after.end <= end or laid) and after.term.role is None and after.term.stand_in is not None
    return sold or leads_untold(after, reading)


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
    if is_of_palette(mention, mentions, reading):
        return None
    after = _noun_after(mention, mentions, reading, vocabulary)
    if after is not None and after.term.role == "water" and mention.end in reading.unread:
        after = None  # of "a pink flamingo pool" no water is pink
    before = _noun_before(mention, mentions, reading)
    if before is not None and (
        _leads_on(mention, before, reading, vocabulary)
        or _is_colored(before, mention, mentions, reading)
        or ("," in reading.stems[before.end : mention.start] and _is_lit(before, mention, mentions, reading))
        or ("and" in reading.stems[before.end : mention.start] and _light_after(mention, mentions, reading) is not None)
        or _thing_after(mention, mentions) is not None  # of "a black table in a red barn" the table is black alone
    ):
        before = None
    if after is None and before is not None and mention.end in reading.unread:
        listed = {",", "and", "or", "in"} & set(reading.stems[before.end : mention.start])
        return None if listed else before  # of "pink tiles, white zorbles" white is no tiles'
    parted = after is not None and "," in reading.stems[mention.end : after.start]
    return before if before is not None and before.end == mention.start and parted else after or before


def _is_lit(before: Mention, color: Mention, mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether a light stands before a colour, or after it: "lemons on oak, blue side light"."""
    return before.term.role == "light" or _light_after(color, mentions, reading) is not None


def _leads_on(mention: Mention, before: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a colour behind a comma is of what follows it: of "red lanterns, navy blue night" it is no lantern's."""
    after = tuple(stem for stem in reading.stems[mention.end : mention.end + 2] if stem not in COLORED)[:1]
    if "," not in reading.stems[before.end : mention.start] or not after or not after[0][0].isalnum():
        return False
    return after[0] not in (*_LINKS, *PALETTE) and after[0] not in vocabulary.boundaries | vocabulary.ignored


def _is_colored(noun: Mention, color: Mention, mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether a noun before a comma has its colour: of "black table, sky blue" the table is black; and fruit has."""
    parted = "," in reading.stems[noun.end : color.start]
    named = any(other.end == noun.start and is_colorful(other, mentions) for other in mentions)
    return parted and (named or has_own_color(noun.term, color.term))


def _light_after(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> Mention | None:
    """Light or a shadow right after a colour: "pink dawn", "deep black shadow", "amber light from a window"."""
    after = next((other for other in mentions if other.start == mention.end), None)
    last = reading.stems[after.end - 1] if after is not None else ""
    named = (
        reading.stems[mention.end : mention.end + 1] == ("light",)
        or last in (*_LIGHTS, *_SHADOWS)
        or last.endswith("light")
    )
    return after if named and after is not None and after.term.light and after.term.role is None else None


def _thing_after(mention: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """A thing or a place right after a colour, which is no part of a set: of "blue shutters" nothing else is blue."""
    after = next((other for other in mentions if other.start == mention.end), None)
    unseen = after is not None and (after.term == Term() or after.term.kind in ("place", "absent"))
    named = after is not None and unseen and after.term.role is None
    return after if named and after is not None and after.term.tone is None and not after.term.season else None


def _noun_after(
    mention: Mention, mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary
) -> Mention | None:
    """The part named after a colour in the same phrase: "black and blue geometric wall"."""
    starts = {other.start: other for other in mentions}
    index, unread = mention.end, set(reading.unread)
    while index < min(len(reading.stems), mention.end + _REACH + 1):
        other = starts.get(index)
        if other is not None and other.term != _LAMP and reading.stems[index] in vocabulary.boundaries:
            return None  # of "red gingham on the grass" no grass is red
        if other is not None and (other.term.absent is not None or leads_untold(other, reading)):
            return None  # of "a red car, neon lights" no lamp is red
        if other is not None and other.term.role is not None and not is_toning(other, mentions):
            named = other.term.color is not None and leads_to_palette(other, reading)  # "a terracotta and sand palette"
            return None if named else _face_before(other, mentions, reading) or _head(other, starts, reading)
        token = reading.stems[index]
        if mention.term.color is None and (token == "," or token in PALETTE):
            return None
        if other is None and token in JOINTS:
            listed = token != "," or any(joint in JOINTS[:2] for joint in reading.stems[index + 1 : index + 1 + _REACH])
            known = unread.isdisjoint(range(mention.end, index))  # of "clay pots and soil" the clay is no soil's
            if not listed or not known or not is_colorful(starts.get(index + 1), mentions):
                return None
        elif other is None and (
            token in vocabulary.boundaries or not token[0].isalnum() or ends_headline(index, reading)
        ):
            return None
        index = other.end if other is not None else index + 1
    return None


def _face_before(noun: Mention, mentions: Sequence[Mention], reading: Reading) -> Mention | None:
    """The wall or backdrop that a material is said to be of: of "a background in blue velvet" that is blue."""
    before = [other for other in mentions if other.end <= noun.start and other.term.role in _FACES]
    if noun.term.kind != "material" or not before or before[-1].term.role == noun.term.role:
        return None
    between = [index for index in range(before[-1].end, noun.start) if reading.stems[index] in ("in", "of")]
    colors = {i for m in mentions if m.term.color is not None and m.term.role is None for i in range(m.start, m.end)}
    rest = {*range(before[-1].end, noun.start)} - colors - {*between}
    return before[-1] if between and not rest else None


def _head(noun: Mention, starts: Mapping[int, Mention], reading: Reading) -> Mention:
    """The last noun of a compound: a pool's tile, a bathroom's counter, a beach's towel, a wall of stone."""
    after = starts.get(noun.end)
    if after is None or after.term.color is not None or reading.stems[after.start] in load_vocabulary().boundaries:
        return noun  # of "a white towel beside the pool" no pool is white
    laid = noun.term.role == "backdrop" and after.term.role == "surface"  # a tiled counter's blue is the tiles'
    leads = noun.term.role == "water" or (noun.term.kind == "place" and not laid and not is_paper(noun.term))
    faced = noun.term.kind == "material" and after.term.role in _FACES and after.term.role != noun.term.role
    faced = faced or (noun.term.kind == "material" and noun.term.role == after.term.role == "accent")  # a velvet sofa
    return after if faced or (leads and after.term.role in (*_FACES, "accent", "props")) else noun


def _noun_before(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> Mention | None:
    """The part named before a colour: "a wall in sage", "gradient from orange to magenta"."""
    ends = {other.end: other for other in mentions}
    index, painted = mention.start, reading.stems[mention.end : mention.end + 1] == ("paint",)
    while index > max(0, mention.start - _REACH):
        other = ends.get(index)
        if other is None:
            flaking = painted and is_participle(reading.stems[index - 1])  # "a wall of peeling blue paint"
            if reading.stems[index - 1] not in _LINKS and not flaking:
                return None
            index -= 1
        elif other.term.role is not None and not is_toning(other, mentions):
            return other
        elif is_colorful(other, mentions) or reading.stems[other.start - 1 : other.start] == ("of",):
            index = other.start  # of "a counter of a bar in brass" the counter is
        else:
            return None
    return None
