"""The product where a prompt names it without a lead: "cafe table, dog collar", "kitchen, a mug in the middle"."""

from collections.abc import Sequence
from typing import Final

from photoshoot.director.phrases.reading import Reading
from photoshoot.director.words.vocabulary import load_vocabulary

_ARTICLES: Final = frozenset({"a", "an", "the", "this", "one", "single"})
_BESIDE: Final = frozenset(
    {"with", "w", "and", "n", "beside", "next", "plus", "near", "among", "surrounded", "alongside", "for", "of", "like"}
)
"""What things that only lie beside the product follow, and a list of them goes on behind."""
_SHOWING: Final = frozenset({"featuring", "showcasing", "advertising", "promoting", "presenting", "holding"})
"""What leads to the product wherever it stands."""
_SET_DOWN: Final = frozenset({"placed", "standing", "sitting", "resting", "displayed", "positioned", "centered"})
_CENTER: Final = frozenset({"center", "centre", "middle", "foreground", "focus"})
_LIKE: Final = frozenset({"style", "look", "aesthetic", "vibe", "feel", "art"})
"""What makes goods those that a picture looks like: "poster style"."""
_SEVERAL: Final = 2
"""Things that make what follows them another one."""
_FAR: Final = 3
"""Words from "in" to the centre: "in the very middle"."""


def find_later_product(reading: Reading, free: frozenset[int]) -> frozenset[int]:
    """Tokens of the one word for goods that is no thing beside others; none where there are several such.

    It begins a clause, or follows a phrase that is known, and no "with" and no list of things leads to it; or it is in
    the middle of the picture, or set down on something.

    Args:
        reading: A prompt whose first phrase names no product.
        free: Tokens of it that nothing shows.
    """
    vocabulary, stems = load_vocabulary(), reading.stems
    goods = vocabulary.company["goods"] | vocabulary.company["wares"] | vocabulary.company["sold"]
    shown = {index for mention in reading.mentions for index in range(mention.start, mention.end)}.difference(free)
    free = free.union({i for i, stem in enumerate(stems) if stem in goods and i not in shown})  # a mug asks for nothing
    found: list[frozenset[int]] = []
    start, listed = 0, False
    for index, stem in enumerate((*stems, ".")):
        if index in free or (stem == "of" and index - 1 in free and stems[index - 1] in vocabulary.company["packs"]):
            continue
        head = index - 1
        if start < index and (stems[head] in goods or "of" in stems[start:index]):
            before = stems[start - 1] if start else ","
            if before in _ARTICLES:  # "on oak, a kettle": one of several things
                before = stems[start - 2] if start > 1 and stems[start - 2][0].isalnum() else "and"
            leads = before in vocabulary.boundaries or before in _BESIDE
            first = not leads and not listed and stem not in _LIKE and _count_things(reading, start) < _SEVERAL
            if before in _SHOWING or first or _is_the_middle(stems, index):
                found.append(free.intersection(range(start, index)))
        listed = stem not in ".!?;:" and (listed or stem in _BESIDE)
        start = index + 1
    return found[0] if len(found) == 1 else frozenset()


def _count_things(reading: Reading, end: int) -> int:
    """How many phrases before a place are things beside a product: props, and words that are not known."""
    props = sum(m.term.role == "props" and not m.term.season and m.end <= end for m in reading.mentions)
    return props + sum(i < end and i + 1 not in reading.unread for i in reading.unread)


def _is_the_middle(stems: Sequence[str], end: int) -> bool:
    """Whether what is told there is that a thing is in the middle of the picture, or set down on something."""
    after = stems[end : end + _FAR + 1]
    return (after[:1] == ("in",) and not _CENTER.isdisjoint(after)) or (
        not _SET_DOWN.isdisjoint(after[:1]) and "on" in after
    )
