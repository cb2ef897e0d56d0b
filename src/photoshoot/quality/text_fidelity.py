"""Whether the words on the product can still be read in the picture, as they could before it was painted round them."""

import numpy as np

from photoshoot.printed_text import PrintedLine, PrintedTextReader, measure_character_errors
from photoshoot.records import ProductLayer, RgbImage

_GREY = np.float32(200)  # what the product stands before when it is read alone
_ROOM_PX = 16  # round the product, in which paint may have run into its letters


def measure_text_errors(image: RgbImage, layer: ProductLayer, reader: PrintedTextReader) -> float | None:
    """Character error rate of the product's words in a picture, 0 to 1, against the product alone; None: it has none.

    Args:
        image: (H, W, 3), the finished picture.
        layer: The product as it was laid on the canvas.
        reader: Reads both.
    """
    alpha = layer.alpha_matte[..., None]
    rows, columns = np.nonzero(layer.alpha_matte > 0)
    if not rows.size:
        return None
    window = (
        slice(max(0, int(rows.min()) - _ROOM_PX), int(rows.max()) + _ROOM_PX + 1),
        slice(max(0, int(columns.min()) - _ROOM_PX), int(columns.max()) + _ROOM_PX + 1),
    )
    alone = np.round(layer.rgb * alpha + _GREY * (1 - alpha)).astype(np.uint8)
    expected, found = (reader.read(np.ascontiguousarray(picture[window])) for picture in (alone, image))
    return compare_lines(expected, found)


def compare_lines(expected: tuple[PrintedLine, ...], found: tuple[PrintedLine, ...]) -> float | None:
    """Character error rate over all expected lines, each against the found one that is most like it; at most 1."""
    letters = sum(len(line.text) for line in expected)
    if not letters:
        return None
    wrong = sum(
        len(line.text) * min([1.0, *(measure_character_errors(line.text, other.text) for other in found)])
        for line in expected
    )
    return wrong / letters
