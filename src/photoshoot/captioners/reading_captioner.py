"""Brand and title from the product itself: what is printed on it enters another captioner's name and description."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from photoshoot.printed_text import PrintedLine, PrintedTextReader
from photoshoot.records import Cutout, Evidence, Product
from photoshoot.stages import Captioner, Closable

_LARGE = 0.45  # of the tallest line's height, from which a line is a title too
_MOST_TITLES = 2
_MOST_WORDS = 4  # longer lines tell about the product
_NO_TITLE = re.compile(
    r"\bmade in\b|\bwww\b|\.(?:com|de|net|org)\b|\bingredients\b|\bpatent|\d\s?(?:ml|cl|g|kg|oz|fl|mm|cm|v|w)\b",
    re.IGNORECASE,
)
_KEPT_CAPITALS = 3  # letters up to which a word in capitals is an abbreviation
_ALT_TEXT = 125  # characters at most


class ReadingCaptioner:
    """Names and describes products by another captioner, with the words that are printed on them.

    Args:
        captioner: Says what kind of product it is.
        reader: Reads the words.
    """

    def __init__(self, captioner: Captioner, reader: PrintedTextReader) -> None:
        self.captioner, self.reader = captioner, reader

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
        titles = choose_titles(_read_product(product.cutout, self.reader))
        if not titles:
            return product
        marks = " and ".join(f"“{line.text}”" for line in titles)
        alt_text = f"{product.alt_text}, marked {marks}" if product.alt_text else ""
        return replace(
            product,
            name=_compose_name([line.text for line in titles], product.name),
            description=_add_marks(product.description, marks),
            alt_text=alt_text if len(alt_text) <= _ALT_TEXT else product.alt_text,
            long_description=_add_marks(product.long_description, marks),
            evidence=(
                *product.evidence,
                *(Evidence(words=line.text, source=f"read on the product, score {line.score:.2f}") for line in titles),
            ),
        )


def choose_titles(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Brand and title: the one or two tallest lines, a lone word first; what tells of contents or origin is none."""
    short = [line for line in lines if len(line.text.split()) <= _MOST_WORDS and not _NO_TITLE.search(line.text)]
    chosen: list[PrintedLine] = []
    for line in sorted(short, key=lambda line: -line.height):
        words = set(line.text.casefold().split())
        repeats = any(words & set(other.text.casefold().split()) for other in chosen)
        if not repeats and line.height >= _LARGE * (chosen or [line])[0].height:
            chosen.append(line)
    return sorted(chosen[:_MOST_TITLES], key=lambda line: len(line.text.split()) > 1 or not line.text.isalpha())


def _read_product(cutout: Cutout, reader: PrintedTextReader) -> list[PrintedLine]:
    """What is printed on the product; what stands beside it in the photo is not."""
    place = cutout.box.slices()
    alpha = cutout.alpha_matte[place]
    picture = np.where((alpha > 0)[..., None], cutout.rgb[place], np.uint8(255))
    found = []
    for line in reader.read(np.ascontiguousarray(picture)):
        x, y = (int(value) for value in line.middle)
        if alpha[min(max(y, 0), alpha.shape[0] - 1), min(max(x, 0), alpha.shape[1] - 1)] > 0.5:
            found.append(line)
    return found


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
