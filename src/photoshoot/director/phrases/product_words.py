"""What a prompt says of its product and of single things, which is no part of the scene: "ceramic mug on linen"."""

from collections.abc import Sequence
from itertools import pairwise

from photoshoot.director.phrases.mentions import COLORED_AFTER
from photoshoot.director.phrases.noun_phrases import leads_to_mark
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.phrases.sides import SIDES
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Term, Vocabulary, load_vocabulary

_SEVERAL = 2
JOINTS = ("with", "and", ",", "plus")
"""What joins a thing to what stands before it."""
WITH = ("with", "and", "plus")
_LEADING = frozenset(
    {*JOINTS, "next", "overlooking", "front", "before", "against", "near", "by", "beside", "behind", "over"}
)
_PICTURES = ("background", "backdrop", "scene", "photo", "picture", "image", "shot", "shoot", "ad", "setup", "set")
_HEADED = 12  # words that a brand, a campaign or a kind of photo takes before its colon or comma
_SHOTS = frozenset({*_PICTURES, "photograph", "photography", "render", "lookbook", "life"})
_LABELS = frozenset({"background", "backdrop", "surface", "prop", "light", "lighting", "style", "mood", "with"})
"""What a colon makes a heading of, under which no product stands."""
_FILMS = ("commercial", "campaign", "advert", "movie", "film", "poster", "magazine", "editorial")
_SOLD_BY = (("ad",), ("advert",), ("brand",), ("company",), ("campaign",), ("commercial",), ("line",), ("range",))
_LIKE, _ARTICLES = ("like", "as"), ("a", "an", "the")
STANDS = frozenset({"on", "in", "at", "against", "before", "under", "inside"})
"""What leads from the product to where it is."""
_NOTHING = Term()
BLURRED = frozenset({"blurred", "blurry", "defocused"})
_FACES, _NOUN = frozenset({"surface", "backdrop", "floor", "ground"}), 2.5
OWNING = frozenset({"place", "props"})
_PARTS = ("surface", "backdrop", "floor")
_LOOKING = frozenset({"looking", "view", "views"})
_LOOKED_ON, _OUT, _ABOVE = frozenset({"on", "onto", "over", "at", "to", "of"}), "out", "overlooking"
_LIT = ("lit", "sunlit", "backlit")
_SHINING = ("sparkling", "glittering", "sparkly")
_PURPOSE = 2  # words between "for" and what it is for
POSTPOSITIONS = frozenset({"Hungarian", "Finnish"})
"""Languages whose "on" comes after what something is on."""
ADJECTIVES_LAST = frozenset({"French", "Spanish", "Italian", "Portuguese", "Romanian", "Arabic", "Vietnamese", "Thai"})
"""Languages whose adjectives mostly come after what they describe."""
_SIDE_WORDS = 3  # of "on the left"


def leave_things(reading: Reading) -> Reading:
    """A prompt without what single things are of, where it names another material: wooden toys on a marble table.

    And without things that only say how something else looks: no stars lie on sparkling snow.
    """
    shining = [
        mention
        for mention, after in pairwise(reading.mentions)
        if reading.stems[mention.end - 1] in _SHINING and after.start == mention.end and after.term.role != "props"
    ]
    reading = reading.without(shining) if shining else reading
    made = sum(mention.term.kind == "material" for mention in reading.mentions)
    if made < _SEVERAL and not any(
        mention.term.kind == "place" and names_where(mention) for mention in reading.mentions
    ):
        return reading
    pairs = list(pairwise(reading.mentions))
    owned = [
        m for m, after in pairs if m.term.kind == "material" and after.term.kind == "props" and after.start == m.end
    ]
    of = [(before, m) for before, m in pairs if reading.stems[before.end : m.start] in (("in",), ("of",))]
    owned += [m for before, m in of if m.term.kind == "material" and before.term.kind == "props"]  # "toys in wood"
    return reading.without(owned)


def leave_likened(reading: Reading) -> Reading:
    """A prompt without what it only likens its picture to: "fresh as a mountain stream", "like an Apple ad"."""
    boundaries, likened = load_vocabulary().boundaries, list[Mention]()
    for index, stem in enumerate(reading.stems[:-1]):
        if stem not in _LIKE or reading.stems[index + 1] not in _ARTICLES:
            continue
        ends = (i for i in range(index + 1, len(reading.stems)) if not reading.stems[i][0].isalnum())
        end = min(
            [
                len(reading.stems),
                *ends,
                *(i for i in range(index + 1, len(reading.stems)) if reading.stems[i] in boundaries),
            ]
        )
        shaped = reading.stems[index - 1 : index] == ("shaped",)
        if stem == "like" and not shaped and reading.stems[end - 1] not in (*_PICTURES, *_FILMS):
            continue  # "something like a wooden bench" is asked for
        inside = [m for m in reading.mentions if index < m.start and m.end < end + (stem == "as" or shaped)]
        likened += [m for m in inside if m.term.kind in OWNING and m.term.role not in _PARTS]
    return reading.without(likened) if likened else reading


def find_opening(reading: Reading, vocabulary: Vocabulary) -> int:
    """The token that a prompt's scene begins at: behind its brand or campaign and a colon, or the kind of its photo.

    "Nordlicht: a candle on granite", "macro shot, a candle on granite".
    """
    stems = reading.stems[:_HEADED]
    if ":" not in stems and _SHOTS.isdisjoint(stems):
        return 0
    mark = next((i for i, stem in enumerate(stems) if i and not stem[0].isalnum()), 0)
    if stems[mark : mark + 1] == (":",) and stems[mark + 2 : mark + 4] == (")", ","):  # "(product photo:1.2), a tin"
        return mark + 4 if stems[mark - 1] in _SHOTS else 0
    if stems[mark : mark + 1] == (":",):
        return 0 if stems[mark - 1] in _LABELS else mark + 1
    shot = mark > 0 and stems[mark] == "," and stems[mark - 1] in _SHOTS
    placed = not vocabulary.company["of_place"].isdisjoint(stems[:mark])
    return mark + 1 if shot and not placed and not any(_is_shown_in(m, mark) for m in reading.mentions) else 0


def _is_shown_in(mention: Mention, end: int) -> bool:
    return mention.start < end and mention.term.kind in (*OWNING, "material")


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
    return reading.without(owned) if owned else reading


def leave_owned(reading: Reading, *, cloth_alone: bool) -> Reading:
    """A prompt without what things beside the product are of that are not known: "on oak with ceramic zorbles".

    What leads to such a thing is no surface where a "with", an "and" or a comma stands before it, and more is named.
    With ``cloth_alone`` only cloth and leather are such, as where a noun's adjective may follow it.
    """
    unknown = set(reading.unread)
    owned = [
        mention
        for mention in reading.mentions
        if mention.end in unknown
        and not is_participle(reading.stems[mention.end])
        and mention.term.role in ("surface", "backdrop")
        and not mention.term.season
    ]
    if not owned and not _find_owned_places(reading):
        return reading
    joints = find_joints(reading)
    joined = () if cloth_alone else JOINTS
    owned = [mention for mention in owned if joints[mention.start] in joined or leads_to_mark(mention, reading)]
    owned += [m for m in _find_owned_places(reading) if joints[m.start] in WITH and not cloth_alone]
    left = any(mention.term.votes for mention in reading.mentions if mention not in owned)
    return reading.without(owned) if owned and left else reading


def _find_owned_places(reading: Reading) -> list[Mention]:
    """Places that lead to an unknown word: of "with sea salt" it is at no sea."""
    places = (m for m in reading.mentions if m.end in reading.unread and m.term.kind == "place" and not m.negated)
    return [m for m in places if m.term.role not in ("light", "glow") and "elevation_deg" not in m.term.light]


def find_joints(reading: Reading) -> dict[int, str]:
    """Start of each phrase → the word or mark that joins it to what stands before it; "" where it begins the prompt."""
    passed = load_vocabulary().ignored - _LEADING
    starts = {mention.start: mention for mention in reading.mentions}
    joints: dict[int, str] = {}
    joint, index = "", 0
    size = len(reading.stems)
    while index < size:
        mention = starts.get(index)
        if mention is not None:
            joints[index] = joint
        end = index + 1 if mention is None else mention.end
        term = _NOTHING if mention is None else mention.term
        describes = term.color is not None or term.tone is not None or reading.stems[end - 1] in BLURRED
        describes = describes or (mention is None and reading.stems[index] == "by" and _is_done(reading, index))
        if reading.stems[index] in _LOOKED_ON and looks_out(reading, index):
            joint = _ABOVE
        elif not describes and (mention is not None or reading.stems[index] not in passed):
            joint = reading.stems[end - 1]
        index = end
    return joints


def looks_out(reading: Reading, index: int) -> bool:
    """Whether the word there says what something looks on: "looking out on mountains", "a view of snow"."""
    before = index - 2 if reading.words[index - 1 : index] == (_OUT,) else index - 1
    return reading.stems[index] in _LOOKED_ON and before > 0 and reading.words[before] in _LOOKING


def _is_done(reading: Reading, index: int) -> bool:
    """Whether the "by" there only says what does something: "lit by candles"."""
    before = reading.stems[index - 1 : index]
    return bool(before) and (before[0] in _LIT or is_participle(before[0]))


def names_where(mention: Mention) -> bool:
    """Whether it says where the product is: on what, before what or at which place, and not only when."""
    term = mention.term
    if mention.negated or term.season or "elevation_deg" in term.light:
        return False
    return term.role in _FACES or term.weight >= _NOUN


def leave_purpose(reading: Reading) -> Reading:
    """A prompt without the product that it is said to be for: "a background for candles", "a candle ad"."""
    starts = [index + 1 for index, stem in enumerate(reading.stems) if stem == "for" and _is_picture(reading, index)]
    owned = [
        mention
        for mention in reading.mentions
        if (
            any(start <= mention.start <= start + _PURPOSE for start in starts)
            or reading.stems[mention.end : mention.end + 1] in _SOLD_BY
        )
        and mention.term.role == "props"
        and not mention.term.season
    ]
    return reading.without(owned)


def _is_picture(reading: Reading, index: int) -> bool:
    """Whether a picture, or its ground, is named before this place."""
    return index > 0 and reading.stems[index - 1] in _PICTURES


def leave_last_color(reading: Reading) -> Reading:
    """A prompt without a colour that is its product's name, behind an "on" that follows its noun: "… üzerinde krem"."""
    stems = reading.stems
    owned = [
        mention
        for mention in reading.mentions
        if mention.term.kind == "colour"
        and stems[mention.start - 1 : mention.start] == ("on",)
        and not any(stem[0].isalnum() for stem in stems[mention.end : mention.end + 1])
    ]
    return reading.without(owned) if owned else reading


def leave_product(reading: Reading, vocabulary: Vocabulary, *, after_nouns: bool, translated: bool) -> Reading:
    """A prompt without what it says of its product: the ceramic of "ceramic mug on linen" is no tile.

    That is what leads to a word that is not known, before the first preposition, where more is said after it. Where
    adjectives come ``after_nouns``, such a word says more of a place: "patio andaluz con macetas". A colour that is all
    of a ``translated`` prompt's product is its name: "Creme auf Bambus".
    """
    end = next((i for i, token in enumerate(reading.stems) if token in vocabulary.boundaries), 0)
    if not SIDES.isdisjoint(reading.stems[end : end + _SIDE_WORDS]):
        return reading  # "mustard on the left and teal on the right" is of no jar
    after = any(mention.start >= end for mention in reading.mentions)
    spoken = [mention for mention in reading.mentions if mention.end <= end and _is_of_a_face(mention.term)]
    spoken = [mention for mention in spoken if not after_nouns or mention.term.color is not None]
    if (after_nouns or translated) and after and (first := _find_leading_color(reading, vocabulary)):
        return reading.without([first])
    describes = end > 0 and reading.stems[end - 1].endswith("ed")  # "a table covered with linen"
    if not after or describes or len(reading.mentions) == len(spoken):
        return reading
    if end - 1 not in reading.unread:
        colors = [mention for mention in spoken if mention.term.kind == "colour" and mention.end == end]
        silent = vocabulary.ignored
        heads = [
            mention
            for mention in colors
            if mention.start - 1 in reading.unread
            or (_called_after_a_thing(mention, reading) and silent.issuperset(reading.stems[: mention.start]))
        ]
        return reading.without(heads)  # "shaving cream on", "honey in"
    return reading.without(_ending_at(end - 1, spoken))


def _find_leading_color(reading: Reading, vocabulary: Vocabulary) -> Mention | None:
    """A colour with no noun before it that an "on" or "of" follows, which is none where they follow: "crème sur"."""
    first = next(iter(reading.mentions), None)
    if first is None or first.term.kind != "colour" or not vocabulary.ignored.issuperset(reading.stems[: first.start]):
        return None
    return first if {*reading.stems[first.end : first.end + 1]} & {"of", *STANDS} else None


def _called_after_a_thing(mention: Mention, reading: Reading) -> bool:
    return reading.stems[mention.start : mention.end][-1] in COLORED_AFTER


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
