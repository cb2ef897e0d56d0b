"""How sure a cut-out is: what the network saw at first, less where the matte came out in pieces."""

from __future__ import annotations

import math

from scipy import ndimage

from photoshoot.records import AlphaMatte, Box

_SIDE = 256  # samples along the longer side of the product


def rate_cutout(seen: float, alpha_matte: AlphaMatte, box: Box) -> float:
    """How sure a cut-out is, 0 to 1: doubt grows with the root of the pieces that the matte shows.

    A product is one thing or a few; crumbs along straps, spokes and shadows tell of a matte that fell apart. Chosen on
    half of 68 strangers' photos and held against the other half by ``benchmarks/bench_confidence.py``.

    Args:
        seen: How sure the network was of where the product is, 0 to 1.
        alpha_matte: The product's matte.
        box: Its tight box.
    """
    step = max(1, max(box.width, box.height) // _SIDE)
    rows, columns = box.slices()
    solid = alpha_matte[rows.start : rows.stop : step, columns.start : columns.stop : step] > 0.5
    pieces = int(ndimage.label(solid)[1])
    return max(0.0, 1 - (1 - seen) * math.sqrt(max(1, pieces)))
