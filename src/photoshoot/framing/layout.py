"""Where the product goes: the safe margin, and pure geometry."""

from __future__ import annotations

from dataclasses import dataclass

from photoshoot.ad_sizes import MOST_PIXELS as MOST_PIXELS
from photoshoot.ad_sizes import MOST_SIDE_PX as MOST_SIDE_PX
from photoshoot.ad_sizes import SAFE_MARGIN as SAFE_MARGIN
from photoshoot.ad_sizes import AdSize as AdSize
from photoshoot.ad_sizes import RenderKind as RenderKind
from photoshoot.ad_sizes import ad_sizes as ad_sizes
from photoshoot.errors import ProductDoesNotFitError
from photoshoot.records import Box, Canvas, Cutout, Edge
from photoshoot.settings import Anchor, Placement, Stance


@dataclass(frozen=True)
class _Proportions:
    """How large a product is and where it stands, by the shape of the safe area."""

    width: float
    """Largest width, as a share of the safe area's."""
    height: float
    """Largest height, as a share of the canvas's."""
    base: float
    """Row of the base, as a share of the canvas's height."""


_WIDE, _VERY_WIDE = 2.2, 4.0
"""Shapes of the safe area, width over height, from which on a product stands on its third, and fills its height."""


def _proportions(width_px: int, height_px: int) -> _Proportions:
    aspect = width_px / height_px
    if aspect >= _VERY_WIDE:
        return _Proportions(0.5, 0.86, 0.95)  # so that a platform's front edge lies under the cut
    if aspect >= _WIDE:
        return _Proportions(0.56, 0.76, 0.9)
    if aspect >= 1.4:
        return _Proportions(0.56, 0.68, 0.85)
    if aspect >= 0.75:
        return _Proportions(0.66, 0.62, 0.82)
    if aspect >= 0.4:
        return _Proportions(0.76, 0.52, 0.76)
    return _Proportions(0.88, 0.5, 0.72)  # of a skyscraper's few columns none is wasted


def lay_out(
    cutout: Cutout,
    size: AdSize,
    *,
    stance: Stance,
    safe_margin: bool = True,
    placement: Placement | None = None,
    worn: bool = False,
    packshot: bool = False,
    on_wall: bool = False,
    on_floor: bool = False,
    afloat: bool = False,
) -> Canvas:
    """Decide the picture's size and the product's box in it. Pure geometry: no pixel is looked at.

    Args:
        cutout: The product; only its box and the edges that it touches matter.
        size: The ad format.
        stance: How the product is held, where the placement does not say.
        safe_margin: Widen the canvas by 1674/1200 (rounded to even) and keep the product inside the centred original
            width; a size of one's own stays as it is.
        placement: Anchor or centre, scale, padding, base, or an exact box.
        worn: Whether a person wears it: framed as a portrait, larger.
        packshot: Whether it fills 85 % of the canvas, in its middle, as marketplaces ask for.
        on_wall: Whether it hangs on a wall, as pictures do: smaller and higher, with the room under it.
        on_floor: Whether it covers a floor, as rugs do: smaller, with the floor round it.
        afloat: Whether what hangs is held by nothing: smaller and higher, so that the floor is seen far under it.

    Raises:
        ProductDoesNotFitError: The exact box lies outside the safe area, or a product that its photo cuts on two
            opposite sides can't span this canvas.
    """
    placement = placement or Placement()
    width, safe_area = _frame_size(size, safe_margin)
    frame = _Frame(
        width=width,
        height=size.height_px,
        safe_area=safe_area,
        stance=placement.stance or stance,
        worn=worn,
        packshot=packshot,
        on_wall=on_wall,
        on_floor=on_floor,
        afloat=afloat,
        cut_below=Edge.BOTTOM in cutout.touches,
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
_TALL, _CUT_WIDTH = 0.75, 0.92
"""Of what its photo cuts below, the least share of the safe area's width in tall pictures: the rest is over it."""
_LOW, _WIDEST = {Stance.LYING: 0.4, Stance.UPRIGHT: 0.3}, 0.8
"""The height, as a share of the canvas's, under which a product may be wider, and how wide, of the safe area."""
_PORTRAIT_HEIGHT = 0.9  # largest height of a person, as a share of the canvas's
_ON_WALL, _WALL_RISE = (0.46, 0.5), 0.07
"""Largest width and height of a picture on a wall, as shares of the safe area's, and how far over the middle it is."""
_ON_FLOOR = (0.62, 0.64)
"""Largest width and height of what covers a floor, as shares of the safe area's."""
_LOWEST_MIDDLE = 0.64  # of the canvas's height: over a sofa two thirds of a tall picture were empty
_HANGING_DROP = 0.02
"""How far under the middle a hanging product is, as a share of the canvas's height."""
_AFLOAT = (0.58, 0.04)
"""Largest height of what floats, and how far over the middle it is, as shares of the canvas's height."""


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
    on_wall: bool
    """Whether it hangs on a wall, with a room under it."""
    on_floor: bool
    """Whether it covers a floor, which is seen round it."""
    afloat: bool
    """Whether it is held by nothing."""
    cut_below: bool
    """Whether its photo cuts it below, so that it stands on the canvas's lower edge."""


def _stand(product: Box, frame: _Frame, placement: Placement) -> Box:
    """The default box: fitted to the proportions, scaled, kept inside the padded safe area."""
    safe = frame.safe_area
    share = _proportions(safe.width, frame.height)
    frontal = frame.stance is not Stance.UPRIGHT
    padding = round(placement.padding * min(safe.width, safe.height))
    room_width, room_height = safe.width - 2 * padding, safe.height - 2 * padding
    height_share = _PORTRAIT_HEIGHT if frame.worn else _FRONTAL_HEIGHTS.get(frame.stance, share.height)
    width_share = PACKSHOT_FILL if frame.packshot else share.width
    height_share = PACKSHOT_FILL if frame.packshot else min(height_share, _AFLOAT[0] if frame.afloat else 1.0)
    if frame.cut_below and safe.width < _TALL * frame.height:
        width_share = max(width_share, _CUT_WIDTH)
    if not frame.packshot and safe.width < _WIDE * frame.height:
        height = width_share * safe.width * product.height / product.width
        lower = _LOW.get(frame.stance, 0.0) * frame.height / height
        width_share = max(width_share, min(_WIDEST, width_share * lower**0.5))
    if frame.on_wall or frame.on_floor:
        width_share, height_share = _ON_WALL if frame.on_wall else _ON_FLOOR
    scale = placement.scale * min(
        width_share * safe.width / product.width, height_share * frame.height / product.height
    )
    scale = min(scale, room_width / product.width, room_height / product.height)
    width, height = max(1, round(product.width * scale)), max(1, round(product.height * scale))
    base = placement.base or min(share.base, _LOWEST_MIDDLE + 0.5 * height / frame.height)
    bottom = round(base * frame.height)
    if frame.packshot and placement.base is None:
        bottom = (frame.height + height) // 2
    elif frontal and placement.base is None:
        drop = _HANGING_DROP * (frame.stance is Stance.HANGING)
        drop = -_AFLOAT[1] if frame.afloat else -_WALL_RISE if frame.on_wall else drop
        bottom = (frame.height + height) // 2 + round(drop * frame.height)
    bottom = min(max(bottom, padding + height), safe.bottom - padding)
    left = _find_left(safe, width, padding, placement, frame)
    return Box(left=left, top=bottom - height, right=left + width, bottom=bottom)


def _resolve_anchor(anchor: Anchor, frame: _Frame) -> Anchor:
    """Where ``AUTO`` is; a packshot stands in the middle, as marketplaces ask for."""
    if anchor is not Anchor.AUTO:
        return anchor
    wide = frame.safe_area.width >= _WIDE * frame.height
    return Anchor.LEFT_THIRD if wide and not frame.packshot else Anchor.CENTER


def _find_left(safe: Box, width: int, padding: int, placement: Placement, frame: _Frame) -> int:
    """Left edge of a product of a width, px; in the padded safe area."""
    first, last = safe.left + padding, safe.right - padding - width
    if placement.center_x is not None:
        return min(last, max(first, round(safe.left + placement.center_x * safe.width - width / 2)))
    third = (2 * safe.width - 3 * width) // 6
    return {
        Anchor.LEFT: first,
        Anchor.LEFT_THIRD: max(first, min(last, safe.left + third)),
        Anchor.CENTER: (safe.left + safe.right - width) // 2,
        Anchor.RIGHT_THIRD: min(last, max(first, safe.right - third - width)),
        Anchor.RIGHT: last,
    }[_resolve_anchor(placement.anchor, frame)]


def check_box(size: AdSize, placement: Placement, *, safe_margin: bool) -> None:
    """Hold that a placement's exact box, where it has one, lies inside a size's safe area.

    Raises:
        ProductDoesNotFitError: It does not.
    """
    if placement.box_px is not None:
        _read_box(placement.box_px, _frame_size(size, safe_margin)[1])


def _frame_size(size: AdSize, safe_margin: bool) -> tuple[int, Box]:
    """The picture's width, px, and its safe area."""
    width = 2 * round(size.width_px * SAFE_MARGIN / 2) if safe_margin and not size.exact else size.width_px
    left = (width - size.width_px) // 2
    return width, Box(left=left, top=0, right=left + size.width_px, bottom=size.height_px)


def _read_box(box_px: tuple[int, int, int, int], safe_area: Box) -> Box:
    asked = Box(left=box_px[0], top=box_px[1], right=box_px[2], bottom=box_px[3])
    if not safe_area.contains(asked):
        raise ProductDoesNotFitError(f"box_px {box_px} is not inside the safe area {safe_area.as_tuple()}")
    return asked


def _fit_exactly(product: Box, box_px: tuple[int, int, int, int], safe_area: Box) -> Box:
    """The largest box of the product's shape inside ``box_px``, on its lower edge."""
    asked = _read_box(box_px, safe_area)
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
