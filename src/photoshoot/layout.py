"""Where the product goes: ad sizes, the safe margin, and pure geometry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag

from photoshoot.errors import ProductDoesNotFitError, SettingsError
from photoshoot.known_names import list_words
from photoshoot.records import Box, Canvas, Category, Cutout, Edge
from photoshoot.sets import SetDesign
from photoshoot.settings import Anchor, Placement, Stance


class RenderKind(IntFlag):
    """Which ad sizes to make; the numbers are the seed API's ``renderKind`` bits. A group makes every size in it."""

    UNSET = 0
    POST = 1
    STORY = 2
    LANDSCAPE = 4
    VERTICAL = 8
    PIN = 16
    SOCIAL = 31
    MEDIUM_BANNER = 32
    LEADERBOARD = 64
    WIDE_SKYSCRAPER = 128
    HALF_PAGE = 256
    LARGE_LEADERBOARD = 512
    DISPLAY = 992
    ALL = 1023

    @classmethod
    def parse(cls, value: str | int) -> RenderKind:
        """Read a name (``"landscape"``, ``"wide-skyscraper"``), or one of the seed's fourteen numbers.

        Raises:
            SettingsError: It is none of them.
        """
        names = {name.lower(): kind for name, kind in cls.__members__.items()}
        word = str(value.value if isinstance(value, cls) else value).strip().lower().replace("-", "_").replace(" ", "_")
        found = {**names, **{str(kind.value): kind for kind in names.values()}}.get(word)
        if found is None:
            raise SettingsError("render_kind", value, f"a size or its number: {list_words(word, names)}")
        return found


@dataclass(frozen=True, kw_only=True)
class AdSize:
    """One ad format."""

    label: str
    """Its name, as in ``RenderKind``, lower case."""
    width_px: int
    """Width without a safe margin."""
    height_px: int
    """Height with and without a safe margin."""
    exact: bool = False
    """Whether it is made just so: a size of one's own gets no safe margin."""

    @classmethod
    def of_its_own(cls, text: str) -> AdSize | None:
        """Read a size of one's own, such as ``"1920x1080"``; None where the text is no such thing.

        Raises:
            SettingsError: A side, or the number of pixels, is out of range.
        """
        match = _OWN_SIZE.fullmatch(text.strip())
        if match is None:
            return None
        width, height = int(match[1]), int(match[2])
        sides = LEAST_SIDE_PX <= min(width, height) <= max(width, height) <= MOST_SIDE_PX
        if not sides or width * height > MOST_PIXELS:
            allowed = f"{LEAST_SIDE_PX} to {MOST_SIDE_PX} px a side and at most {MOST_PIXELS:,} pixels"
            raise SettingsError("size", text, allowed)
        return cls(label=f"{width}x{height}", width_px=width, height_px=height, exact=True)


LEAST_SIDE_PX, MOST_SIDE_PX = 64, 8192
"""Shortest and longest side of a size of one's own."""
MOST_PIXELS = 36_000_000
"""Most pixels of a size of one's own, such as 8192 x 4394."""
_OWN_SIZE = re.compile(r"(\d{1,9})\s*[xX×]\s*(\d{1,9})")

_SIZES = {
    RenderKind.POST: (1080, 1080),
    RenderKind.STORY: (1080, 1920),
    RenderKind.LANDSCAPE: (1200, 628),
    RenderKind.VERTICAL: (1080, 1350),
    RenderKind.PIN: (1000, 1500),
    RenderKind.MEDIUM_BANNER: (300, 250),
    RenderKind.LEADERBOARD: (728, 90),
    RenderKind.WIDE_SKYSCRAPER: (160, 600),
    RenderKind.HALF_PAGE: (300, 600),
    RenderKind.LARGE_LEADERBOARD: (970, 90),
}

SAFE_MARGIN = 1674 / 1200
"""Width with the safe margin over width without; from the seed's 1674x628 for 1200x628."""


def ad_sizes(kind: RenderKind) -> list[AdSize]:
    """The sizes of a kind or group, smallest bit first; unset means landscape.

    Raises:
        SettingsError: ``kind`` is a combination that the seed does not know.
    """
    kind = RenderKind.parse(kind) or RenderKind.LANDSCAPE
    return [
        AdSize(label=str(bit.name).lower(), width_px=width, height_px=height)
        for bit, (width, height) in _SIZES.items()
        if bit in kind
    ]


@dataclass(frozen=True)
class _Proportions:
    """How large a product is and where it stands, by the shape of the safe area."""

    width: float
    """Largest width, as a share of the safe area's."""
    height: float
    """Largest height, as a share of the canvas's."""
    base: float
    """Row of the base, as a share of the canvas's height."""


def _proportions(width_px: int, height_px: int) -> _Proportions:
    aspect = width_px / height_px
    if aspect >= 4:
        return _Proportions(0.5, 0.76, 0.89)
    if aspect >= 1.4:
        return _Proportions(0.56, 0.68, 0.85)
    if aspect >= 0.75:
        return _Proportions(0.66, 0.62, 0.82)
    return _Proportions(0.76, 0.52, 0.76)


def choose_stance(
    design: SetDesign, category: Category, placement: Placement | None = None, *, worn: bool = False
) -> Stance:
    """How a product is held in a set: as the placement says, else as the set must, else as suits the product.

    Args:
        design: The set.
        category: What kind of thing the product is.
        placement: What the caller decides.
        worn: Whether a person wears it in its photo: people stand, whatever the set.
    """
    asked = None if placement is None else placement.stance
    return asked or (Stance.UPRIGHT if worn else design.only_stance or category.stance)


def lay_out(
    cutout: Cutout,
    size: AdSize,
    *,
    stance: Stance,
    safe_margin: bool = True,
    placement: Placement | None = None,
    worn: bool = False,
    packshot: bool = False,
) -> Canvas:
    """Decide the picture's size and the product's box in it. Pure geometry: no pixel is looked at.

    Args:
        cutout: The product; only its box and the edges that it touches matter.
        size: The ad format.
        stance: How the product is held, where the placement does not say.
        safe_margin: Widen the canvas by 1674/1200 (rounded to even) and keep the product inside the centred original
            width; a size of one's own stays as it is.
        placement: Anchor, scale, padding, base, or an exact box.
        worn: Whether a person wears it: framed as a portrait, larger.
        packshot: Whether it fills 85 % of the canvas, in its middle, as marketplaces ask for.

    Raises:
        ProductDoesNotFitError: The exact box lies outside the safe area, or a product that its photo cuts on two
            opposite sides can't span this canvas.
    """
    placement = placement or Placement()
    width = 2 * round(size.width_px * SAFE_MARGIN / 2) if safe_margin and not size.exact else size.width_px
    left = (width - size.width_px) // 2
    safe_area = Box(left=left, top=0, right=left + size.width_px, bottom=size.height_px)
    frame = _Frame(
        width=width,
        height=size.height_px,
        safe_area=safe_area,
        stance=placement.stance or stance,
        worn=worn,
        packshot=packshot,
    )
    snapped = cutout.touches if placement.box_px is None else frozenset[Edge]()
    if placement.box_px is not None:
        box = _fit_exactly(cutout.box, placement.box_px, safe_area)
    else:
        box = _stand(cutout.box, frame, placement)
        if snapped:
            box = _snap(box, snapped, frame)
    return Canvas(
        label=size.label,
        width_px=width,
        height_px=size.height_px,
        product_box=box,
        safe_area=safe_area,
        stance=frame.stance,
        snapped=snapped,
    )


_FRONTAL_HEIGHTS = {Stance.LYING: 0.8, Stance.HANGING: 0.7}
"""Largest height of what does not stand, as a share of the canvas's; a hanger needs room above, the floor below."""
PACKSHOT_FILL = 0.85
"""Share of a packshot's canvas that the product fills, along its longer side."""
_PORTRAIT_HEIGHT = 0.9
"""Largest height of a person, as a share of the canvas's."""
_HANGING_DROP = 0.02
"""How far under the middle a hanging product is, as a share of the canvas's height."""


@dataclass(frozen=True, kw_only=True)
class _Frame:
    width: int
    """Of the canvas, px."""
    height: int
    """Of the canvas, px."""
    safe_area: Box
    """Where the product stands, canvas px."""
    stance: Stance
    """How the product is held."""
    worn: bool
    """Whether a person wears it."""
    packshot: bool
    """Whether it fills the canvas as marketplaces ask for."""


def _stand(product: Box, frame: _Frame, placement: Placement) -> Box:
    """The default box: fitted to the proportions, scaled, kept inside the padded safe area."""
    safe = frame.safe_area
    share = _proportions(safe.width, frame.height)
    frontal = frame.stance is not Stance.UPRIGHT
    padding = round(placement.padding * min(safe.width, safe.height))
    room_width, room_height = safe.width - 2 * padding, safe.height - 2 * padding
    height_share = _PORTRAIT_HEIGHT if frame.worn else _FRONTAL_HEIGHTS.get(frame.stance, share.height)
    width_share = PACKSHOT_FILL if frame.packshot else share.width
    height_share = PACKSHOT_FILL if frame.packshot else height_share
    scale = placement.scale * min(
        width_share * safe.width / product.width, height_share * frame.height / product.height
    )
    scale = min(scale, room_width / product.width, room_height / product.height)
    width, height = max(1, round(product.width * scale)), max(1, round(product.height * scale))
    bottom = round((placement.base or share.base) * frame.height)
    if frame.packshot and placement.base is None:
        bottom = (frame.height + height) // 2
    elif frontal and placement.base is None:
        bottom = (frame.height + height) // 2 + round(_HANGING_DROP * frame.height * (frame.stance is Stance.HANGING))
    bottom = min(max(bottom, padding + height), safe.bottom - padding)
    left = {
        Anchor.LEFT: safe.left + padding,
        Anchor.CENTER: (safe.left + safe.right - width) // 2,
        Anchor.RIGHT: safe.right - padding - width,
    }[placement.anchor]
    return Box(left=left, top=bottom - height, right=left + width, bottom=bottom)


def _fit_exactly(product: Box, box_px: tuple[int, int, int, int], safe_area: Box) -> Box:
    """The largest box of the product's shape inside ``box_px``, on its lower edge."""
    asked = Box(left=box_px[0], top=box_px[1], right=box_px[2], bottom=box_px[3])
    if not safe_area.contains(asked):
        raise ProductDoesNotFitError(f"box_px {box_px} is not inside the safe area {safe_area.as_tuple()}")
    scale = min(asked.width / product.width, asked.height / product.height)
    width = min(asked.width, max(1, round(product.width * scale)))
    height = min(asked.height, max(1, round(product.height * scale)))
    left = asked.left + (asked.width - width) // 2
    return Box(left=left, top=asked.bottom - height, right=left + width, bottom=asked.bottom)


def _snap(box: Box, edges: frozenset[Edge], frame: _Frame) -> Box:
    """Move (and, between two opposite edges, scale) the box so that each cut side lies on the canvas's edge."""
    spans = ({Edge.LEFT, Edge.RIGHT} <= edges, {Edge.TOP, Edge.BOTTOM} <= edges)
    scale = max(frame.width / box.width if spans[0] else 0, frame.height / box.height if spans[1] else 0) or 1.0
    width = frame.width if spans[0] else round(box.width * scale)
    height = frame.height if spans[1] else round(box.height * scale)
    too_large = width > frame.width or height > frame.height
    if too_large or (all(spans) and abs(width / height / (box.width / box.height) - 1) > 0.02):
        raise ProductDoesNotFitError(
            f"the photo cuts the product on opposite sides ({', '.join(sorted(edges))}), and spanning a canvas of "
            f"{frame.width}x{frame.height} would crop it further: use a photo that shows it whole, or another size"
        )
    left = _snapped(box.left + (box.width - width) // 2, width, frame.width, Edge.LEFT in edges, Edge.RIGHT in edges)
    top = _snapped(box.bottom - height, height, frame.height, Edge.TOP in edges, Edge.BOTTOM in edges)
    return Box(left=left, top=top, right=left + width, bottom=top + height)


def _snapped(start: int, length: int, limit: int, to_start: bool, to_end: bool) -> int:
    if to_start:
        return 0
    return limit - length if to_end else min(max(start, 0), limit - length)
