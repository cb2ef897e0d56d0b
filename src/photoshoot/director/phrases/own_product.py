"""The name of the product itself, which asks for nothing in its scene: "my sneaker", "the perfume bottle stands on"."""

from collections.abc import Iterator
from typing import Final

from photoshoot.director.phrases.product_words import STANDS
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.words.vocabulary import load_vocabulary

_MINE: Final = frozenset({"my", "our", "your"})
"""Whose things products are."""
_PICTURED: Final = frozenset(
    {"photo", "picture", "image", "shot", "photograph", "photography", "ad", "advert", "render"}
)
"""What an "of" or a "for" leads from to the product."""
_SOLD: Final = ("goods", "wares", "sold")
"""Lists of ``Vocabulary.company`` that hold what products are called."""
_LED: Final = frozenset({"of", "for"})


def find_own_product(reading: Reading) -> frozenset[int]:
    """Tokens that are not read and name the product; none where no phrase is surely its name.

    That is the first phrase that says where it is ("a watch on slate"), that has an owner ("our serum"), or of which
    there is to be a photo, and that ends in a word for goods; an owner's may be called anything. What lies "with" or
    "beside" something is no product, and an unknown word alone may be a place that was missed: it stays told.
    """
    unread = frozenset(reading.unread)
    for start, end in _find_phrases(reading):
        tokens = unread.intersection(range(start, end))
        head = max(tokens, default=-1)
        if head < 0:
            continue
        owned = not _MINE.isdisjoint(reading.stems[start:end])
        sold = any(reading.stems[head] in load_vocabulary().company[kind] for kind in _SOLD)
        if owned or (sold and (_says_where(end, reading) or _is_pictured(start, reading))):
            return tokens
    return frozenset()


def _find_phrases(reading: Reading) -> Iterator[tuple[int, int]]:
    """(first token, one past the last) of what the prompt begins with, of its first sentence's and what is pictured."""
    stems, boundaries = reading.stems, load_vocabulary().boundaries | {"and"}
    start = 0
    for index, stem in enumerate((*stems, ".")):
        if stem in boundaries or stem in _LED or not stem[0].isalnum():
            if index > start:
                yield start, index
            if stem[0].isalnum() and stem not in _LED:
                return
            start = index + 1


def _says_where(end: int, reading: Reading) -> bool:
    return not STANDS.isdisjoint(reading.stems[end : end + 1])


def _is_pictured(start: int, reading: Reading) -> bool:
    stems = reading.stems
    return start > 1 and stems[start - 1] in _LED and not _PICTURED.isdisjoint(stems[start - 2 : start - 1])
