"""Says so where a photo is an advert: what stands beside its words may be badges, children and pieces of boxes."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from PIL import Image

from photoshoot.records import AlphaMatte, Cutout
from photoshoot.segmenters.lettering import count_letters_beside

_log = logging.getLogger("photoshoot")
_SIDE_PX: Final = 300  # longest side at which letters are looked for: headlines, no signs and number plates
_LETTERS: Final = 6  # beside the cut-out, at least; tiles and twigs make lines of four
_CONFIDENCE: Final = 0.4  # at most: of thirteen such cut-outs two hold the product and nothing else
_NOTE: Final = (
    "words stand beside the product, as in an advert or on a cover: badges and other print may be in the cut-out; "
    "give a photo without them, or mark the product"
)


def doubt_advert(cutout: Cutout, picture: Image.Image, alpha: AlphaMatte) -> Cutout:
    """The cut-out, with little confidence and a note where words stand beside what was cut out.

    Args:
        cutout: All that was cut out, or parts of it.
        picture: The photo, in mode RGB.
        alpha: (H, W), in [0, 1], all that was cut out.
    """
    if count_letters_beside(picture, alpha, _SIDE_PX) < _LETTERS:
        return cutout
    _log.warning("%s: %s", cutout.photo_name, _NOTE)
    return replace(cutout, confidence=min(cutout.confidence, _CONFIDENCE), notes=(*cutout.notes, _NOTE))
