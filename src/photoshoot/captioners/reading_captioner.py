"""Brand and title from the product itself: what is printed on it enters another captioner's name and description."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.captioners.descriptions import ALT_TEXT
from photoshoot.captioners.nouns import NounTree
from photoshoot.captioners.product_words import ProductWords, stands_in
from photoshoot.records import AlphaMatte, Cutout, Evidence, Product
from photoshoot.stages import Captioner, Closable
from photoshoot.vision.printed_text import LEAST_LETTERS, PrintedLine, count_letters

_LARGE = 0.45  # of the tallest line's height, from which a line is a title too
_MOST_TITLES = 2
_LEAST_HEIGHT = 0.02  # of the product's longer side, that a title's letters have at least
_RIM = 0.15  # of a product's shorter side: what stands farther inside a thing with a screen may be lit up on it
_MOST_WORDS = 4  # longer lines tell about the product
_NO_TITLE = re.compile(
    r"\bmade in\b|\bwww\b|\.(?:com|de|net|org)\b|\bingredients\b|\bpatent|\bv\d|\d\s?(?:ml|cl|g|kg|oz|fl|mm|cm|v|w)\b",
    re.IGNORECASE,
)
_KEPT_CAPITALS = 3  # letters up to which a word in capitals is an abbreviation


class ReadingCaptioner:
    """Names and describes products by another captioner, with the words that are printed on them.

    Args:
        captioner: Says what kind of product it is.
        words: Reads what is printed on products.
    """

    def __init__(self, captioner: Captioner, words: ProductWords) -> None:
        self.captioner, self.words, self.reader = captioner, words, words.reader

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out; where nothing is read surely, as the other captioner does.

        Raises:
            CaptionError: The other captioner's model gives no usable answer.
        """
        return [self._mark(product) for product in self.captioner.describe(cutouts)]

    def close(self) -> None:
        """Give the other captioner's memory back; safe to call twice."""
        if isinstance(self.captioner, Closable):
            self.captioner.close()

    def _mark(self, product: Product) -> Product:
        titles = choose_titles(_read_product(product, self.words))
        if not titles:
            return product
        marks = " and ".join(f"“{line.text}”" for line in titles)
        alt_text = f"{product.alt_text}, marked {marks}" if product.alt_text else ""
        return replace(
            product,
            name=_compose_name([line.text for line in titles], product.name),
            description=_add_marks(product.description, marks),
            alt_text=alt_text if len(alt_text) <= ALT_TEXT else product.alt_text,
            long_description=_add_marks(product.long_description, marks),
            evidence=(
                *product.evidence,
                *(Evidence(words=line.text, source=f"read on the product, score {line.score:.2f}") for line in titles),
            ),
        )


def choose_titles(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Brand and title: the one or two tallest lines, a lone word first, else the upper one.

    What tells of contents or origin is none, nor is what stands upright: it is read letter by letter, or not at all.
    """
    short = [
        line
        for line in lines
        if len(line.text.split()) <= _MOST_WORDS and not _NO_TITLE.search(line.text) and line.width > line.height
    ]
    chosen: list[PrintedLine] = []
    for line in sorted(short, key=lambda line: -line.height):
        words = set(line.text.casefold().split())
        repeats = any(words & set(other.text.casefold().split()) for other in chosen)
        if not repeats and line.height >= _LARGE * (chosen or [line])[0].height:
            chosen.append(line)
    return sorted(
        chosen[:_MOST_TITLES],
        key=lambda line: (len(line.text.split()) > 1 or not line.text.isalpha(), _how_far_down(line, chosen[0])),
    )


def _how_far_down(line: PrintedLine, other: PrintedLine) -> float:
    """Where a line stands along the height of another's letters, however the product is turned."""
    first, *_, last = np.asarray(other.corners)
    return float(np.dot(line.middle, last - first))


def _read_product(product: Product, words: ProductWords) -> list[PrintedLine]:
    """What is printed on the product, in letters of some size.

    A line that runs into the edge of the product's box is cut off, and what a screen shows is not printed.
    """
    alpha = product.cutout.alpha_matte[product.cutout.box.slices()]
    where = _find_rim(alpha) if _has_screen(product.name) else alpha > 0.5
    least = _LEAST_HEIGHT * max(alpha.shape)
    lines = [line for line in words.read(product.cutout) if count_letters(line.text) >= LEAST_LETTERS]
    return [
        line for line in lines if line.height >= least and not _is_cut_off(line, alpha.shape) and stands_in(line, where)
    ]


def _has_screen(name: str) -> bool:
    noun = NounTree.load().nouns.get(name)
    return noun is not None and noun.has_screen


def _find_rim(alpha: AlphaMatte) -> npt.NDArray[np.bool_]:
    """Where a matte (H, W) is near its outline."""
    depths = ndimage.distance_transform_edt(np.pad(alpha > 0.5, 1))[1:-1, 1:-1]
    return np.asarray((depths > 0) & (depths <= _RIM * min(alpha.shape)), np.bool_)


def _is_cut_off(line: PrintedLine, shape: tuple[int, ...]) -> bool:
    points = np.asarray(line.corners)
    return bool(points.min() <= 0 or (points >= (shape[1] - 1, shape[0] - 1)).any())


def _compose_name(titles: Sequence[str], noun: str) -> str:
    """Such as "Kodak Instamatic 133 camera"; a noun that is printed already is not said twice."""
    words = [
        word.capitalize() if word.isupper() and len(word) > _KEPT_CAPITALS else word
        for title in titles
        for word in title.split()
    ]
    said = {word.casefold() for word in words}
    rest = [] if noun == "product" else [word for word in noun.split() if word.casefold() not in said]
    return " ".join(words + rest)


def _add_marks(text: str, marks: str) -> str:
    """A text whose first sentence also says what is printed on the product."""
    return re.sub(r"\.(?=\s|$)", lambda stop: f", marked {marks}{stop[0]}", text, count=1)
