"""Marketplaces' published rules for a product's main picture, held against a picture and told in words.

Measured are the background's white, how much of the frame the product fills, its margins, whether it is cut, and the
picture's size. What only a person can judge (props, text, whether it is the right product) is not.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, share_within
from photoshoot.known_names import look_up
from photoshoot.records import AlphaMatte, RgbImage

_SOLID = 0.5  # matte from which on a pixel is the product
_NOT_WHITE = 245  # of 255: darker pixels on white are the product or its shadow, where no matte is known
_LOOKED_AT_PX = 400  # longer side of what is looked at to tell a shadow from a product
_SPECK = 0.01  # of the largest part's area: less is a speck
_NEUTRAL, _GENTLE = 12, 9.0  # of 255: a shadow's colour, and its steepest slope a pixel of that; a product has an edge
_LEAST_BACKGROUND = 0.35
"""Share of the background that is pure white round a product that fills the frame, with a soft shadow, which is wide
in some seeds' light (47 % white round a mug); a grey or coloured one has next to none."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How a product stands in its picture."""

    width_px: int
    """Of the picture."""
    height_px: int
    """Of the picture."""
    white_edge: float
    """Share of the picture's outermost pixels that are pure white, 0 to 1; the product's own are left out."""
    white_share: float
    """Share of all pixels outside the product that are pure white, 0 to 1; a soft shadow is not."""
    fill: float
    """The product's width or height, whichever takes more of the picture's, as a share of it."""
    margin: float
    """Least distance from the product to the picture's edge, as a share of the shorter side; 0 = it is cut."""


@dataclass(frozen=True, kw_only=True)
class Marketplace:
    """What a marketplace asks of main pictures."""

    title: str
    """Its name, for people."""
    source: str
    """Where its rules are published."""
    white: bool
    """Whether the background must be pure white; else that is advised."""
    fill: tuple[float, float] | None
    """Least and most share of the frame that the product fills; None: no rule."""
    least_px: int
    """Least longer side."""
    zoom_px: int
    """Longer side from which on buyers can zoom, or that is advised."""
    most_px: int | None = None
    """Largest longer side; None: no rule."""


MARKETPLACES: Final[Mapping[str, Marketplace]] = types.MappingProxyType(
    {
        "amazon": Marketplace(
            title="Amazon",
            source="Seller Central, Product image requirements",
            white=True,
            fill=(0.85, 1.0),
            least_px=500,
            zoom_px=1000,
            most_px=10_000,
        ),
        "google": Marketplace(
            title="Google Merchant Center",
            source="support.google.com/merchants/answer/6324350",
            white=False,
            fill=(0.75, 0.90),
            least_px=250,
            zoom_px=1500,
        ),
        "ebay": Marketplace(
            title="eBay", source="ebay.com, Picture policy", white=False, fill=None, least_px=500, zoom_px=1600
        ),
        "walmart": Marketplace(
            title="Walmart",
            source="Marketplace Learn, Image guidelines",
            white=True,
            fill=None,
            least_px=500,
            zoom_px=2200,
        ),
    }
)
"""The rules by name, as they were published in 2026."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule, held against a picture."""

    rule: str
    """``white``, ``fill``, ``cut``, ``size`` or ``zoom``."""
    passed: bool
    """Whether it holds."""
    required: bool
    """Whether the marketplace refuses what breaks it; else it is advised."""
    told: str
    """What was found, in words."""


def measure_frame(image: RgbImage, alpha_matte: AlphaMatte | None = None) -> Frame | None:
    """Measure how a product stands in its picture.

    Args:
        image: (H, W, 3).
        alpha_matte: (H, W). None: the product is what is neither white nor a soft, neutral shadow on white.

    Returns:
        None where there is no product to be seen.
    """
    product: BoolArray = _find_on_white(image) if alpha_matte is None else alpha_matte > _SOLID
    if not product.any():
        return None
    height, width = product.shape
    rows, columns = np.flatnonzero(product.any(1)), np.flatnonzero(product.any(0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    white = (image == 255).all(-1)
    outside = ~product if alpha_matte is None else alpha_matte == 0
    edge = np.zeros_like(product)
    edge[[0, -1]], edge[:, [0, -1]] = True, True
    return Frame(
        width_px=width,
        height_px=height,
        white_edge=share_within(white, edge & outside if (edge & outside).any() else edge),
        white_share=share_within(white, outside),
        fill=max((bottom - top) / height, (right - left) / width),
        margin=min(top, left, height - bottom, width - right) / min(width, height),
    )


def _find_on_white(image: RgbImage) -> BoolArray:
    """What is not white, (H, W), without the soft shadow that joins it: grey that rises to white without an edge."""
    stained: BoolArray = image.min(-1) < _NOT_WHITE
    factor = min(1.0, _LOOKED_AT_PX / max(stained.shape))
    size = max(1, round(stained.shape[1] * factor)), max(1, round(stained.shape[0] * factor))
    small = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BOX), np.float32)
    slope = np.hypot(*np.gradient(np.pad(small.mean(-1), 1, mode="edge")))[1:-1, 1:-1]
    white = small.min(-1) >= _NOT_WHITE
    labels, count = ndimage.label(white | ((np.ptp(small, axis=-1) < _NEUTRAL) & (slope < _GENTLE)))
    joined = np.zeros(count + 1, bool)
    joined[np.unique(labels[white])] = True
    joined[0] = False
    parts, _ = ndimage.label(~joined[labels], np.ones((3, 3)))
    areas = np.bincount(parts.ravel())
    areas[0] = 0
    large = Image.fromarray((areas >= _SPECK * areas.max())[parts] & (parts > 0))
    product = stained & np.asarray(large.resize(stained.shape[::-1], Image.Resampling.NEAREST))
    return product if product.any() else stained


def check_rules(frame: Frame | None, names: Iterable[str] | None = None) -> dict[str, tuple[Finding, ...]]:
    """Hold a picture against marketplaces' rules: name → findings, in words.

    Args:
        frame: What was measured; None: no product is seen, which breaks every rule.
        names: Of ``MARKETPLACES``; None: all.

    Raises:
        UnknownNameError: There is no such marketplace.
    """
    asked = {name: look_up("marketplace", name, MARKETPLACES) for name in (names or MARKETPLACES)}
    none = Finding(rule="cut", passed=False, required=True, told="no product is seen on the white")
    return {name: (none,) if frame is None else tuple(_find(frame, rules)) for name, rules in asked.items()}


def _find(frame: Frame, rules: Marketplace) -> Iterator[Finding]:
    pure = frame.white_edge == 1 and frame.white_share >= _LEAST_BACKGROUND
    yield Finding(rule="white", passed=pure, required=rules.white, told=_tell_white(frame))
    if rules.fill is not None:
        low, high = rules.fill
        inside = round(frame.fill, 2) >= low and round(frame.fill, 2) <= high
        told = f"the product fills {frame.fill:.0%} of the frame ({low:.0%} to {high:.0%} asked for)"
        yield Finding(rule="fill", passed=inside, required=rules.white, told=told)
    whole = frame.margin > 0
    told = (
        f"{frame.margin:.1%} of the shorter side is free all round" if whole else "the picture's edge cuts the product"
    )
    yield Finding(rule="cut", passed=whole, required=True, told=told)
    yield from _find_size(max(frame.width_px, frame.height_px), rules)


def _tell_white(frame: Frame) -> str:
    if frame.white_edge < 1:
        return f"{frame.white_edge:.1%} of the outermost pixels are pure white (255), all are asked for"
    return f"pure white (255) to the edge; {frame.white_share:.1%} of the background, the rest is the shadow"


def _find_size(side_px: int, rules: Marketplace) -> Iterator[Finding]:
    most = rules.most_px
    fits = side_px >= rules.least_px and (most is None or side_px <= most)
    limits = f"at least {rules.least_px}" + (f", at most {most}" if most is not None else "")
    yield Finding(rule="size", passed=fits, required=True, told=f"the longer side is {side_px} px ({limits})")
    told = f"buyers see it larger from {rules.zoom_px} px on"
    yield Finding(rule="zoom", passed=side_px >= rules.zoom_px, required=False, told=told)
