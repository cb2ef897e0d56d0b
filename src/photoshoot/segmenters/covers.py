"""Whether a photo is itself the product: the cover of a book, seen straight on, from side to side."""

from __future__ import annotations

from typing import Final

from PIL import Image

from photoshoot.records import AlphaMatte
from photoshoot.segmenters.lettering import count_letters_beside
from photoshoot.vision.image_classes import load_classifier

_TALL: Final = (1.36, 1.8)  # height over width of books; adverts and photos are 4:5, 3:4 and 16:9
_JACKET, _PAGE_OF_WEB = 921, 916  # ImageNet's classes of book jackets and of web sites
_JACKET_LEAST, _PAGE_LEAST = 0.02, 0.5  # their probabilities for the whole photo: few photos of things have .01
_LETTERS: Final = 8  # beside what was cut out, at least: two short words; gravel may have a line by chance


def shows_cover(picture: Image.Image, alpha: AlphaMatte | None, device: str = "cpu") -> bool:
    """Whether a photo is a book's cover from side to side, so that what stands out in it is but a part of its print.

    Three things must agree: its proportions, what the classifier makes of all of it, and a line of letters beside what
    stands out. A book before a ground has its title on it.

    Args:
        picture: The photo, in mode RGB.
        alpha: (H, W), in [0, 1], what was cut out; None: nothing was, or nothing whole, and letters anywhere count.
        device: Of the classifier.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
    """
    if not _TALL[0] <= picture.height / picture.width <= _TALL[1]:
        return False
    likely = load_classifier(device).classify([picture])
    if likely[_JACKET] < _JACKET_LEAST and likely[_PAGE_OF_WEB] < _PAGE_LEAST:
        return False
    return count_letters_beside(picture, alpha) >= _LETTERS
