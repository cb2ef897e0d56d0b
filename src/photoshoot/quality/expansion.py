"""Did the picture grow the product? Painting round one tends to go on with it: shoulders on a bottle, a second sole.

Source: expansion as in Eshratifar et al., "Salient Object-Aware Background Generation", arXiv 2404.10157, section 3.2.
"""

import hashlib
from dataclasses import dataclass

from photoshoot.errors import NoProductFoundError
from photoshoot.records import AlphaMatte, Photo, RgbImage
from photoshoot.stages import Segmenter

_INSIDE = 0.5


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """What was added to a product."""

    share: float
    """Area gained, as a share of the product's own; 0 = none."""
    segmenter: str
    """Which segmenter found it, with its version."""


def measure_expansion(image: RgbImage, alpha_matte: AlphaMatte, segmenter: Segmenter) -> Expansion | None:
    """Area that the product gained in a picture.

    ``E = area(out | in) / area(in) - 1``, where ``in`` is the product's matte and ``out`` what the segmenter takes for
    the product in the picture.

    Args:
        image: The finished picture (H, W, 3).
        alpha_matte: The product's matte (H, W), not empty.
        segmenter: Cuts it out.

    Returns:
        None where the segmenter finds no product in the picture.
    """
    inside = alpha_matte > _INSIDE
    photo = Photo(rgb=image, alpha_matte=None, name="shot", sha256=hashlib.sha256(image.tobytes()).hexdigest())
    try:
        (cutout,) = segmenter.segment([photo])
    except NoProductFoundError:
        return None
    together = inside | (cutout.alpha_matte > _INSIDE)
    return Expansion(share=together.sum() / max(1, int(inside.sum())) - 1, segmenter=cutout.segmenter)
