"""The product that a prompt begins with, in English a seat, or that its first clause leads to in another language.

"Une bougie sur des livres", "木の上に置かれたキャンドル", "放在书上的蜡烛": none asks for a candle beside it.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from photoshoot.director.languages.lexicon import NUMBERS
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.wording import Wording
from photoshoot.director.words.vocabulary import Vocabulary

_VEHICLES: Final = "vehicles"
"""What no scene has, and shops sell."""
_LEADING: Final = frozenset({"near", "beside", "next"})
"""What may lead from a product to where it is, beside ``of_place`` of ``Vocabulary.company``."""
_GOODS: Final = frozenset(
    {"plant", "lamp", "teapot", "doll", "toy", "cake", "cheese", "bread", "ice", "notebook", "scarf"}
)
"""What is sold by the piece, and lies beside other products where it does not begin a prompt."""
_PACKS: Final = frozenset({"box", "packaging", "jar", "canister", "bottle", "tube", "product", "jug"})
"""What holds a product: what a prompt names with it is in there."""
_STUFF: Final = frozenset({"material", "colour"})
_HELD: Final = frozenset({"props", "material", "colour"})
_ATTRIBUTIVE: Final = ("的",)
"""What ends a Chinese clause that says where its noun is."""
_SEATS: Final = frozenset({"armchair", "chair", "sofa", "couch", "settee", "loveseat", "ottoman", "recliner"})
"""What is sold rather than stood on, where a prompt begins with it."""
_WHERE: Final = frozenset({"in", "on", "at", "against", "before", "under", "beneath", "beside", "inside", "near"})
_HARDLY: Final = 0.5
"""What leads from a seat to where it is, and the most votes of what names no place."""
_JOINING: Final = frozenset({"with", "and", "near", "or"})
_OF: Final = (("of",), ("in",), ("with",))
"""What leads from a ware to what it is of: "earrings of silver"; Slavic "z" says "with", too."""


def leave_first_product(reading: Reading, wording: Wording, vocabulary: Vocabulary, *, behind: bool) -> Reading:
    """A translated prompt without the product among what lies beside it; other phrases must be left.

    Args:
        reading: The prompt.
        wording: How it was written.
        vocabulary: What is known.
        behind: Whether its "on" follows what something is on.
    """
    packed = list(_find_packed(reading, wording, vocabulary, behind=behind))
    owned = packed or [m for m in reading.mentions if _is_sold(m, reading, vocabulary)]
    if not packed:
        led = _is_led_to if behind else _is_first
        led_to = (m for m in owned if led(m, reading, vocabulary) or _ends_clause(m, reading, wording, vocabulary))
        owned = list(led_to)[:1] or [m for m in owned if _is_beside(m, reading, vocabulary)]
        owned = owned or [m for m in reading.mentions if _is_sold_to_ride(m, reading, vocabulary)]
    left = [m for m in reading.mentions if m not in owned and m.term.votes]
    return reading.without(owned) if owned and left else reading


def leave_first_seat(reading: Reading) -> Reading:
    """An English prompt without the seat that it begins with, where it says in or before what that is: no room has it.

    "An office chair in a white studio" is in no office.
    """
    stems, words = reading.stems, reading.words
    if _SEATS.isdisjoint(stems):
        return reading
    end = next((i for i, stem in enumerate(stems) if stem in _WHERE or not stem[0].isalnum()), 0)
    if end == 0 or stems[end] not in _WHERE or words[end - 1].lower() not in _SEATS:
        return reading
    first = [m for m in reading.mentions if m.end <= end and not m.negated]
    named = any(m.term.weight > _HARDLY for m in reading.mentions if m.start >= end)
    return reading.without(first) if named else reading


def leave_made(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A translated prompt without what wares are of that no set shows: silver earrings make no silver table.

    What else it names must be left.
    """
    stems, wares = reading.stems, {i for i in reading.unread if reading.stems[i] in vocabulary.company["wares"]}
    owned: list[Mention] = []
    for run in _find_runs(reading):
        leads = stems[run[0].start - 1 : run[0].start] in _OF and run[0].start - 2 in wares
        owned += run if leads or run[-1].end in wares else []
    left = any(m.term.votes for m in reading.mentions if m not in owned)
    return reading.without(owned) if owned and left else reading


def _find_runs(reading: Reading) -> Iterator[list[Mention]]:
    """Materials and colours that follow each other without a gap: "brown leather"."""
    run: list[Mention] = []
    for mention in reading.mentions:
        if mention.term.kind not in _STUFF or mention.negated:
            continue
        if run and run[-1].end != mention.start:
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _is_sold(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    sold = reading.stems[mention.end - 1] in vocabulary.company["sold"] | _GOODS
    return sold and mention.term.kind == "props" and not mention.negated


def _is_sold_to_ride(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether the first clause begins or ends with one vehicle that shops sell, and that no scene has."""
    stems, word = reading.stems, reading.words[mention.end - 1].lower()
    sold = mention.term.absent == _VEHICLES and stems[mention.end - 1] in vocabulary.company["goods"]
    if not sold or mention.negated or word != stems[mention.end - 1]:
        return False
    clause = stems[: next((i for i, stem in enumerate(stems) if not stem[0].isalnum()), len(stems))]
    led = _JOINING.isdisjoint(clause[: mention.start]) and _LEADING.isdisjoint(clause[: mention.start])
    return led and (mention.start == 0 or mention.end == len(clause))


def _find_packed(reading: Reading, wording: Wording, vocabulary: Vocabulary, *, behind: bool) -> Iterator[Mention]:
    """What a box, jar or bottle is of that a prompt begins with: "box of chocolates on", "coffee packaging on"."""
    places, stems = vocabulary.company["of_place"] | {"with", *_LEADING}, reading.stems
    pack = next((i for i, stem in enumerate(stems) if stem in _PACKS), None)
    ends = (
        i
        for i, stem in enumerate(stems)
        if not stem[0].isalnum() or (stem in places and (i - 1, stem) != (pack, "with"))
    )
    first = next(ends, len(stems))
    pack = None if pack is None or pack > first or not places.isdisjoint(stems[:pack]) else pack
    if first == len(stems) or stems[first] not in places or pack is None:
        return
    if behind:  # what it is on stands there, too, but for what is one word with it
        first = next((i for i in range(first) if wording.origins[i] > wording.origins[pack]), first)
    yield from (m for m in reading.mentions if m.end <= first and m.term.kind in _HELD and not m.negated)


def _is_first(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a prompt begins with it, and a word of place follows."""
    after = _next_telling(reading.stems, _end_of_listed(mention, reading), vocabulary)
    before, places = reading.stems[: mention.start], vocabulary.company["of_place"] | _LEADING
    unknown = {stem for i, stem in enumerate(before) if i in reading.unread} - NUMBERS
    silent = (vocabulary.ignored | unknown).issuperset(before)
    return silent and places.isdisjoint(reading.stems[: mention.end]) and after in places


def _end_of_listed(mention: Mention, reading: Reading) -> int:
    """Where a product's list ends: of "notebooks and pen on desk" both are the product."""
    end = mention.end
    if reading.stems[end : end + 1] == ("and",) and end + 1 in reading.unread:
        end += 1
        while end in reading.unread:
            end += 1
    return end


def _is_beside(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether all that a prompt begins with is what is next to it: "mumun yanında, eski bir fincan"."""
    leading = reading.stems[: mention.start]
    ended = not any(stem[0].isalnum() for stem in reading.stems[mention.end : mention.end + 1])
    return ended and not _LEADING.isdisjoint(leading) and (vocabulary.ignored | _LEADING).issuperset(leading)


def _next_telling(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> str:
    silent = vocabulary.ignored - vocabulary.boundaries - vocabulary.company["of_place"] - _LEADING
    return next((stem for stem in stems[start:] if stem not in silent), "")


def _is_led_to(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether an "on" that follows its noun leads to it, or to its noun from it: "books on candle ,"."""
    stems, places = reading.stems, vocabulary.company["of_place"]
    before = [m for m in reading.mentions if m.end < mention.start]
    led = bool(before) and all(stem[0].isalnum() for stem in stems[: mention.start])
    silent = all(stem in vocabulary.ignored for stem in stems[before[-1].end : mention.start]) if before else False
    if led and silent and not places.isdisjoint(stems[before[-1].end : mention.start]):
        return not any(stem[0].isalnum() for stem in stems[mention.end : mention.end + 1])
    clause = list(takewhile(lambda stem: stem[0].isalnum(), stems[mention.end :]))
    on = next((i for i, stem in enumerate(clause) if stem in places), 0)
    named = any(mention.end <= m.start < mention.end + on for m in reading.mentions)
    begins = vocabulary.ignored.issuperset(stems[: mention.start])
    return begins and named and _JOINING.isdisjoint(clause[:on])


def _ends_clause(mention: Mention, reading: Reading, wording: Wording, vocabulary: Vocabulary) -> bool:
    """Whether a Chinese clause of place that the prompt begins with leads to it."""
    stems, pieces = reading.stems, wording.pieces
    start = next((i for i, stem in enumerate(stems) if stem not in vocabulary.ignored - vocabulary.boundaries), 0)
    before = pieces[: wording.origins[mention.start]][-1:]
    led = bool(before) and before[0].endswith(_ATTRIBUTIVE) and stems[start] in vocabulary.company["of_place"]
    between = stems[start + 1 : mention.start]
    return led and _JOINING.isdisjoint(between) and all(stem[0].isalnum() for stem in between)
