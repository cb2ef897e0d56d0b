"""Finds the vocabulary's phrases in a prompt."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.camera_words import pass_over_cameras
from photoshoot.director.phrases.grown_walls import WALL, grow_walls
from photoshoot.director.phrases.headings import say_headings
from photoshoot.director.phrases.laid_cloths import CLOTHS, lay_cloths
from photoshoot.director.phrases.negation import deny, find_denied, find_negations, lists_on, size_of_phrase, term_at
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.phrases.standing_trees import CONIFERS, stand_trees
from photoshoot.director.words.participles import DONE
from photoshoot.director.words.shades import COLORED, METALS, find_shade
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Term, Vocabulary
from photoshoot.sets.location import SKIES

_GROWN = (("leave",), ("sprig",), ("kernel",), ("cube",), ("cup",))  # stems of what shows a plant, ice or a drink
_HEAPS = frozenset(
    {"bed", "bedroom", "blanket", "carpet", "cushion", "heap", "layer", "mat", "ocean", "patch", "pile", "sea", "sheet"}
)
"""What things lie in by the many: a bed of moss is no bed."""
_HEAPED = ("props", "ground", "water")  # roles of what lies so
COLORED_AFTER: Final = frozenset(
    {"coral", "peach", "apricot", "salmon", "honey", "caramel", "chocolate", "champagne", "lilac", "plum"}
    | {"almond", "butter", "cream", "hazelnut", "matcha", "mustard", "oat", "pistachio", "saffron", "vanilla"}
    | {"chestnut", "camel", "wine", "espresso", "mocha"}
)
"""Things that colours are called after, and that the studio has not."""
_NO_HUES: Final = COLORED_AFTER | {"bone"}
"""What is no colour in the plural."""
_HOLDERS = frozenset(
    {"bowl", "jar", "spoon", "spoonful", "cup", "glass", "plate", "pot", "jug", "bottle", "dish"}
    | {"drizzle", "drop", "scoop", "slice", "wedge", "pinch", "handful", "sprig", "bunch", "bundle", "branch", "twig"}
)
"""What holds things, or is of them: in a bowl of honey there is honey, and no colour, and of mint are its sprigs."""
_VESSELS = frozenset({"bottle", "bowl", "can", "carton", "cup", "glass", "jar", "jug", "pitcher", "churn"})
_POURED, _SOUR, _ROSY = ("splash", "splashe", "splatter"), ("lemon", "lime"), ("rose", "lemon", "lime")
"""What water does that other things do, too; what is no colour before a comma; what is a thing behind a colour."""
_OTHER_POURED = frozenset({"powder", "paint", "ink", "color", "colour", "sauce", "syrup", "chocolate", "juice", "oil"})
_WOOD, _METAL, _BOARD = "wood", "metal", "board"  # with the last, a plant that things are made of is a material
_GO_ON = (("and",), ("or",), ("nor",))  # after which a "no" is said of the next thing, too
_ARTICLES = ("a", "an", "one", "single")  # what leads to one thing, where no noun follows: "an espresso"
_SOME, _FREE = ("some",), ("free",)  # before plants, of which there is no plural; after what is not there
_HUED = ("oranges", "plums", "roses", "violets", "corals", "chestnuts", "caramels", "chocolates", "apricots", "lemons")
_HUING = frozenset({"warm", "muted", "soft", "earthy", "pale", "deep", "dusty", "burnt", "pastel", "cool"})
_UNKNOWN = Term(absent="what is not known")  # and denied: it is not there
_GROUND_LEADS = ("on", "over", "across", "along", "onto")
_LAID = frozenset({"surface", "floor", "ground", "accent", "props"})  # roles of what plants lie with
_CAN, _AFTER_A_CAN = "can", frozenset({"on", "in", "with", "at", "before", "against", "beside", "stand", "sit", "and"})
_ABLE = frozenset({"you", "we", "i", "it", "that", "they", "one", "as", "if"})
"""What follows a can, the vessel, and what stands before one that is a verb."""
_RATIO = re.compile(r"\d+[.:/]\d+")  # "4:5", and how much a generator is to mind a phrase: nothing of a scene
_HEAP_REACH = 3  # words between a heap's "of" and what it is of


def read_mentions(text: str, vocabulary: Vocabulary) -> Reading:
    """Find the longest known phrases of a prompt, from left to right."""
    words, said = tuple(zip(*split_tokens(text), strict=True)) or ((), ())
    stems = pass_over_cameras(text, say_headings(said, vocabulary), vocabulary)
    heaps = {index for index, token in enumerate(stems) if token in _HEAPS and _is_heap(stems, index, vocabulary)}
    heaps |= {i for i, token in enumerate(stems) if token == "top" and stems[i - 1 : i] in (("on",), ("the",))}
    mentions = tuple(_scan(words, stems, vocabulary, heaps))
    covered = heaps | {index for mention in mentions for index in range(mention.start, mention.end)}
    negations = find_negations(stems, vocabulary)
    covered |= {i for at, size in negations.items() for i in range(at, at + size)}
    silent = vocabulary.ignored | vocabulary.boundaries
    unread = [
        i
        for i, token in enumerate(stems)
        if i not in covered
        and (token not in silent or (token == _CAN and _is_can(stems, i)))
        and token[0].isalnum()
        and not _RATIO.fullmatch(token)
    ]
    ends = [mention.end for mention in mentions if mention.negated and mention.term.color is None]
    denied = find_denied(stems, unread, ends, negations, vocabulary) if negations else ()
    without = [Mention(term=_UNKNOWN, start=start, end=end, negated=True) for start, end in denied]
    gone = {index for start, end in denied for index in range(start, end)} if denied else ()
    if without:
        mentions = tuple(sorted((*mentions, *without), key=lambda mention: mention.start))
    reading = Reading(words=words, stems=stems, mentions=mentions, unread=tuple(i for i in unread if i not in gone))
    reading = reading if CLOTHS.isdisjoint(stems) else lay_cloths(reading, vocabulary)
    reading = reading if CONIFERS.isdisjoint(stems) else stand_trees(reading, vocabulary)
    return grow_walls(reading, vocabulary) if WALL in stems else reading


def _is_can(stems: Sequence[str], index: int) -> bool:
    """Whether a "can" there is one of a drink, and no verb: nothing that is done follows it."""
    after = stems[index + 1] if index + 1 < len(stems) else "."
    return index > 0 and (after in _AFTER_A_CAN or not after[0].isalnum()) and stems[index - 1] not in _ABLE


def _scan(
    words: Sequence[str], stems: Sequence[str], vocabulary: Vocabulary, heaps: Collection[int]
) -> Iterator[Mention]:
    start, negated_until = 0, -1
    before: Mention | None = None
    longest = [size_of_phrase(stems, index, vocabulary) for index in range(len(stems))]
    while start < len(stems):
        start, negated_until = deny(stems, start, negated_until, longest, vocabulary)
        shade = find_shade(words, stems, start, vocabulary)
        if shade is not None:
            end, color = shade
            before = Mention(term=Term(color=color), start=start, end=end, negated=start <= negated_until)
            if color is not None:
                yield before
            start = end
            continue
        size = _size_at(start, longest, stems, vocabulary)
        if size > (start in heaps):
            found = vocabulary.find(tuple(stems[start : start + size])) or Term()
            many = size == 1 and stems[start] in _NO_HUES and words[start].lower() == f"{stems[start]}s"
            thing = (grown(stems[start], vocabulary) or Term()) if many else None  # hazelnuts are no colour
            part = _PART_OF.get(found.kind)
            found = _as_hue(words, stems, start, vocabulary) or found
            thing = thing or (part(stems, start, start + size, before, vocabulary) if part is not None else None)
            held = found.role in ("surface", "water") and _is_held(stems, start, start + size, found, vocabulary)
            term = Term() if held else thing or _as_thing(stems, start, start + size, before, vocabulary) or found
            tail = tuple(stems[start + size : start + size + 2])
            free = tail[:1] == _FREE and tail[1:] not in (("of",), ("from",))
            before = Mention(term=term, start=start, end=start + size, negated=free or start <= negated_until)
            yield before
            start += size
            goes_on = stems[start : start + 1] in _GO_ON or lists_on(stems, start, vocabulary)
            if term.color is None and term.tone is None and not (goes_on or term.season):
                negated_until = -1  # of "no flowers white wall" the wall is white
        else:
            start += 1


def _is_held(stems: Sequence[str], start: int, end: int, term: Term, vocabulary: Vocabulary) -> bool:
    """Whether it only holds something, or is held: no table is of a glass of milk, nor is it in milk."""
    if term.role == "water":
        of = term_at(stems, end + 1, vocabulary) if end + 1 < len(stems) and stems[end] == "of" else term
        poured = stems[end - 1] in _POURED and stems[start - 1] in _OTHER_POURED and start > 0  # "powder splashes"
        spilt = poured or (stems[end - 1] in _POURED and (of is None or of.role != "water"))  # "splashes of paint"
        jugged = not _VESSELS.isdisjoint(stems[end : end + 1])  # a milk jug
        return spilt or jugged or (tuple(stems[start - 1 : start]) == ("of",) and stems[max(start - 2, 0)] in _HOLDERS)
    return stems[end - 1] in _HOLDERS and end == start + 1 and tuple(stems[end : end + 1]) == ("of",)


def _size_at(start: int, longest: Sequence[int], stems: Sequence[str], vocabulary: Vocabulary) -> int:
    """Words of the phrase that is read there: the longest, but for one that a longer one or a colour begins in."""
    size = longest[start]
    later = next(
        (
            i
            for i in range(start + 1, start + size)
            if longest[i] > size + 1
            or (i + longest[i] > start + size and _is_hue(stems[i : i + longest[i]], vocabulary))
        ),
        None,
    )
    if later is not None:  # of "hard shadow of palm leaves" the longer phrase begins later
        size = size_of_phrase(stems[:later], start, vocabulary)
    colored = size > 1 and start + size < len(stems) and stems[start + size] in COLORED
    term = vocabulary.find(tuple(stems[start : start + size])) if colored else None
    if term is not None and term.kind != "colour":  # "on sand coloured cloth" is on no sand
        return size_of_phrase(stems[: start + size - 1], start, vocabulary)
    return size


def _is_hue(phrase: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether it is a colour's name of several words: of "deep forest green" no forest is deep."""
    term = vocabulary.find(tuple(phrase))
    return term is not None and term.kind == "colour" and len(phrase) > 1


def _is_heap(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a word only says that many of a thing lie there: "a bed of fresh moss", and not "a bed of linen"."""
    if tuple(stems[start + 1 : start + 2]) != ("of",):
        return False
    for at in range(start + 2, min(start + 2 + _HEAP_REACH, len(stems))):
        term = term_at(stems, at, vocabulary)
        if term is not None and (term.role is not None or term.votes):
            return term.role in _HEAPED or term.params.get("location", {}).get("place") in SKIES
    return False


def _as_thing(
    stems: Sequence[str], start: int, end: int, before: Mention | None, vocabulary: Vocabulary
) -> Term | None:
    """What has a colour's name, where it ends a list of things: "lemons and mint", and not "a mint wall".

    What the director has not of that name is no colour either: the coral of "sun rays and coral" is told.
    """
    more = tuple(stems[end : end + 1]) == ("and",) and _begins_thing(stems, end + 1, vocabulary)
    leads = not more and end < len(stems) and stems[end][0].isalnum() and stems[end] not in vocabulary.boundaries
    joints = ("and", ",") if more else ("and",)
    held = start > 1 and stems[start - 1] == "of" and stems[start - 2] in _HOLDERS
    at = before.start if before is not None and before.end == start and stems[start] in _ROSY else start
    one = at > 0 and stems[at - 1] in _ARTICLES
    fruit = (f"{stems[start]}s",) in vocabulary.phrases and (
        stems[start - 1] not in _ARTICLES[:2] or tuple(stems[end : end + 1]) != (",",) or stems[start] in _SOUR
    )  # "an orange, sunny feel"
    counted = one and (stems[start] in COLORED_AFTER or fruit)
    if (
        stems[start - 1] in _SOME
        and end == start + 1 > 1
        and (end == len(stems) or stems[end] in ("and", ",", "on", "in", "with"))
    ):
        return grown(stems[start], vocabulary)  # "some lavender and a linen cloth"
    after_held = before is not None and before.term == Term() and before.end == start - 1  # after honey come oats
    listed = before is not None and before.term.is_beside and before.end == start - 1
    ended = 0 if before is None else before.end
    unknown = start > 1 and ended < start - 1 and stems[start - 2] not in vocabulary.ignored | vocabulary.boundaries
    joined = (listed or unknown or after_held) and stems[start - 1] in joints
    leads = leads and not (held and stems[end] in ("and", "or")) and not (one and stems[end] == "next")
    laid = before is not None and before.end == start - 1 and before.term.role in _LAID  # "on marble with lavender"
    scented = (unknown or laid) and not (held or joined) and stems[start - 1] == "with"
    opens = more and stems[start] in COLORED_AFTER and (start == 0 or stems[start - 1] in vocabulary.boundaries)
    if leads or end != start + 1 or not (held or joined or opens or scented or counted):
        return None
    thing = grown(stems[start], vocabulary)
    if scented and (stems[start], "sprig") not in vocabulary.phrases:
        return None
    if thing is None and stems[start] in COLORED_AFTER:
        return Term()
    return thing if thing is not None or held else _ground_of(stems[start], vocabulary)


def _as_hue(words: Sequence[str], stems: Sequence[str], start: int, vocabulary: Vocabulary) -> Term | None:
    """The colour that a plural means behind what tones colours, and no thing: "warm oranges"."""
    toned = start > 0 and stems[start - 1] in _HUING and words[start].lower() in _HUED
    return vocabulary.find((words[start].lower()[:-1],)) if toned else None


def _as_ground(
    stems: Sequence[str], start: int, end: int, before: Mention | None, vocabulary: Vocabulary
) -> Term | None:
    """What a colour's name means as what something is on: "on sand", "pink sand", "on brass", and no sand wall."""
    ground = _ground_of(stems[start], vocabulary) or _metal_of(stems[start], vocabulary)
    if ground is None or end != start + 1:
        return None
    ends = end == len(stems) or not stems[end][0].isalnum() or stems[end] in vocabulary.boundaries
    dyed = before is not None and before.end == start and before.term.kind == "colour"
    at = before.start - 1 if dyed and before is not None else start - 1
    at -= stems[start] in METALS and stems[at].endswith(DONE)  # "on brushed brass"
    into = at > 0 and stems[at] == "in" and term_at(stems, at - 1, vocabulary) is None  # "buried in sand"
    lies = ground.role == "ground"
    colored = lies and dyed and (ends or stems[end] == "and")  # two colours have an "and" between them
    denied = lies and at >= 0 and stems[at] in vocabulary.negations
    leads = at >= 0 and (stems[at] in _GROUND_LEADS or into)
    return ground if colored or (ends and (leads or denied)) else None


def _ground_of(stem: str, vocabulary: Vocabulary) -> Term | None:
    """What is called by a colour's name and lies on the ground: sand."""
    ground = vocabulary.find((f"{stem}y",))
    return ground if ground is not None and ground.role == "ground" else None


def _as_material(
    stems: Sequence[str], start: int, end: int, before: Mention | None, vocabulary: Vocabulary
) -> Term | None:
    """What a plant means as the material of what it leads to, or is said of: a bamboo bench, a mat of bamboo."""
    board, wood = (vocabulary.find((*stems[start:end], made)) for made in (_BOARD, _WOOD))
    made = board or wood
    if made is None or made.kind != "material":
        return None
    after = term_at(stems, end, vocabulary) if end < len(stems) else None
    if after is not None and after is vocabulary.find((_WOOD,)):
        return made  # of "pine planks" no twigs lie there
    ended = start - 1 if before is None else before.end
    of = stems[ended:start] in (("of",), ("in",)) and before is not None and _is_bare_face(before.term)
    bare = _is_bare_face(after) and (board is not None or (after is not None and after.color is None))
    return made if of or bare else None


def _metal_of(stem: str, vocabulary: Vocabulary) -> Term | None:
    """The metal that a colour is called after, as what a table is of."""
    metal, color = vocabulary.find((_METAL,)), vocabulary.find((stem,))
    return replace(metal, color=color.color) if stem in METALS and metal is not None and color is not None else None


_PART_OF: Final = MappingProxyType({"colour": _as_ground, "props": _as_material})
"""Kind of what was found → what it means where it names what the product stands on, or what that is of."""


def _is_bare_face(term: Term | None) -> bool:
    """Whether it is a table, a shelf or a floor, of no material that was named."""
    return term is not None and term.role in ("surface", "floor") and (term.color is None or term.stand_in is not None)


def grown(stem: str, vocabulary: Vocabulary) -> Term | None:
    """What a word means as a thing: mint leaves, ice cubes."""
    many = f"{stem[:-1]}ie" if stem.endswith("y") else f"{stem}s"  # strawberries
    found = map(vocabulary.find, [(stem,), *((stem, *tail) for tail in _GROWN), (many,)])
    return next((term for term in found if term is not None and term.role == "props"), None)


def _begins_thing(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a thing's name begins there."""
    term = term_at(stems, start, vocabulary) if start < len(stems) else None
    return term is not None and (term.role == "props" or grown(stems[start], vocabulary) is not None)
