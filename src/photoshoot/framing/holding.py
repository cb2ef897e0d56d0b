"""How a product is held in a set: standing, lying or hanging, by all that is known of it.

What rests on a point would topple, what was seen from above lies, and a garment that a person wears stands. Whatever is
asked, no strap and no rod aslant stands on its end, nothing hangs that lay aslant before its camera, and no jar lies or
hangs that stood under it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.arrays import BoolArray
from photoshoot.color.space import find_skin
from photoshoot.framing.layout import choose_stance
from photoshoot.framing.product_sizes import ProductSize, find_size
from photoshoot.records import Category, Cutout, Edge, Product, Scene
from photoshoot.sets import SetDesign
from photoshoot.settings import Placement, SizeClass, Stance

FROM_ABOVE_DEG = 45.0
"""Pitch from which on a product was photographed from above."""

_FOOT, _LOW = 0.03, 0.14  # of the height over the lowest row: what touches, and what does where it is seen from above
_POINTED = 0.34  # of the width: the low part of what stands on a point is no wider
_TAPERS = 0.5  # of the low part: so narrow is the point; stems and pots have feet as wide as they are
_BESIDE = 0.03  # of the width: how far beside its feet a product's middle may be
_FAR_FOOT, _UNDER = 0.42, 0.05
"""Of the height: how high over the lowest a farther foot ends, and how far under what is between them."""
_OVER_STRAP, _JUST_UNDER = 0.12, 0.04
"""Of the height: how high a body ends over a strap, at least, and how far under it what carries it is looked for."""
_SOLID = 0.5
_LONG, _STRAP = 3.0, 4.0
"""Spread of an outline along its axis over that across it, from which on a thing aslant is long; and of a strap.

A strap of a watch has 11; of 66 strangers' photos no other thing that rests on a point has more than 1.7.
"""
_LIMP = frozenset({Category.GARMENT, Category.JEWELRY})  # what is a strap among them bends: watches, belts, ties
_HUNG = frozenset({SizeClass.HAND_HELD, SizeClass.TABLE_TOP, SizeClass.WEARABLE})  # on hangers and cords
_LOOKED_AT = 160  # rows and columns of an outline, about
_EVEN = 0.75
"""Overlap with its mirror image, left to right, from which on a garment was seen upright and from in front.

Of strangers' garments those have 0.93 and more, turned by 10 degrees 0.69 to 0.82, and one that lies aslant has 0.58.
"""
_CORD, _SPREAD_OUT = 0.1, 1.2  # of its longer side: nothing of a cord is thicker; width over height of one laid down
_FROM_OVER = (15.0, 65.0)  # degrees between which what stands was seen neither from its side nor from above

_COLUMNS = 96
_SURE = 200  # of 255: the matte of pixels that are looked at
_HEAD_SKIN = 0.4
"""Share of skin in the upper third of a person who is shown to the head; of a garment alone it is next to none."""
_MOST_SKIN = 0.72  # of the whole: a garment of the colour of skin has more, and evenly
_NARROW = 0.62  # width over height of one who is shown from head to foot

_PITCHES: Final = WeakKeyDictionary[Cutout, dict[Category, float | None]]()
"""What outlines told, degrees, for as long as their cut-outs are there: each request for a product asks it anew."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What decides how a product is held, whatever the set."""

    category: Category
    """What kind of thing it is."""
    size: ProductSize
    """What kind of place carries it."""
    worn: bool
    """Whether a person wears it in its photo; who does always stands."""
    pitch_deg: float | None
    """How steeply its photo looks down on it, degrees; None where nothing says it."""
    topples: bool
    """Whether it could not stand as its photo shows it: on a tip, over its strap, lying, or seen from above."""
    falls: bool
    """Whether it could not stand at all, see ``is_long_and_falls``."""
    placement: Placement
    """What the caller decides."""
    refused: Mapping[Stance, str] = field(default_factory=dict)
    """How it is not held, since its photo says otherwise, whatever is asked; and why."""

    @classmethod
    def of(cls, product: Product, placement: Placement | None = None) -> Self:
        """Look at a product, once for all sets."""
        placement = placement or Placement()
        pitch_deg, size = find_pitch(product, placement), find_size(product, placement)
        falls = is_long_and_falls(product.cutout, product.category)
        refused = {Stance.UPRIGHT: "it would stand on the end of a strap or a rod"} if falls else {}
        stood = stands_in_its_photo(product, pitch_deg)
        lay = not stood and lies_in_its_photo(product, size.size_class)
        if stood:
            refused |= dict.fromkeys((Stance.LYING, Stance.HANGING), "its photo looks down on it where it stands")
        elif lay:
            refused[Stance.HANGING] = "its photo shows it lying"
        return cls(
            category=product.category,
            size=size,
            worn=shows_wearer(product),
            pitch_deg=pitch_deg,
            topples=lay
            or is_laid(product.cutout, pitch_deg)
            or (size.size_class is SizeClass.HAND_HELD and stands_on_a_strap(product.cutout)),
            falls=falls,
            placement=placement,
            refused=refused,
        )

    def find_stance(self, design: SetDesign) -> Stance:
        """As the placement says and the product can, else as the set must, else as suits the product."""
        asked, instead = self.placement, Stance.UPRIGHT if Stance.LYING in self.refused else Stance.LYING
        if asked.stance in self.refused:
            asked = replace(asked, stance=None if asked.stance is Stance.UPRIGHT else instead)
        stance = choose_stance(
            design,
            self.category,
            asked,
            worn=self.worn,
            size_class=self.size.size_class,
            topples=self.topples or self.falls,
        )
        return instead if stance is Stance.HANGING and stance in self.refused else stance

    def tell(self, scene: Scene, stance: Stance, design: SetDesign) -> Scene:
        """The scene, whose ``reading`` says so where a product is held otherwise than it was asked or its set does."""
        asked = self.placement.stance
        if asked is None and design.only_stance in self.refused:
            asked = design.only_stance
        if asked in (None, stance):
            return scene
        why = "a person wears it" if self.worn else self.refused[asked]
        return replace(scene, reading=f"{scene.reading}; not {asked}, since {why}: {stance}")


def find_pitch(product: Product, placement: Placement) -> float | None:
    """How steeply the photo looks down on a product, 0 (from its side) to 90: as asked, else as its outline tells.

    Returns:
        Degrees below the horizon; None where neither says.
    """
    if placement.pitch_deg is not None:
        return placement.pitch_deg
    known = _PITCHES.setdefault(product.cutout, {})
    if product.category not in known:
        from photoshoot.viewpoint import estimate_pitch  # brings SciPy: too much for `import photoshoot`

        seen = estimate_pitch(product.cutout, product.category)
        known[product.category] = None if seen is None else seen.pitch_deg
    return known[product.category]


def is_laid(cutout: Cutout, pitch_deg: float | None) -> bool:
    """Whether a product, seen so steeply, lies where it would stand by its kind."""
    return rests_on_a_point(cutout) or (pitch_deg is not None and pitch_deg >= FROM_ABOVE_DEG)


def rests_on_a_point(cutout: Cutout) -> bool:
    """Whether a product stands on a tip or beside its own feet: a hat on its brim's corner, a watch aslant."""
    rows, columns = cutout.box.slices()
    solid = cutout.alpha_matte[rows, columns] > _SOLID
    if not solid.any() or cutout.touches:
        return False
    middle = float(solid.sum(0) @ np.arange(solid.shape[1])) / float(solid.sum())
    point, low = _ends(solid, _FOOT), _ends(solid, _LOW)
    margin = _BESIDE * solid.shape[1]
    if not low[0] - margin <= middle <= low[1] + margin:
        last = solid.shape[1] - 1
        beside = (solid, low[1], middle) if middle > low[1] else (solid[:, ::-1], last - low[0], last - middle)
        return not _has_far_foot(*beside)
    wide = low[1] - low[0] + 1
    return wide < _POINTED * solid.shape[1] and point[1] - point[0] + 1 < _TAPERS * wide


def _has_far_foot(solid: BoolArray, near: int, middle: float) -> bool:
    """Whether a product stands past its middle, too: its contour comes down there again, as that of a second pot does.

    Args:
        solid: (h, w), its mask.
        near: The last column that stands; its middle is to the right of it.
        middle: The column of its middle.
    """
    height = np.where(solid.any(0), np.argmax(solid[::-1], axis=0), len(solid))
    foot = int(middle) + int(height[int(middle) :].argmin())
    between = int(height[near : foot + 1].max())
    return bool(height[foot] < _FAR_FOOT * len(solid) and between > height[foot] + _UNDER * len(solid))


def stands_on_a_strap(cutout: Cutout) -> bool:
    """Whether what is thin under a product's body does not carry it: a strap or a cord that lay before it.

    Legs are under a body's middle, or on both sides of it.
    """
    solid = _outline(cutout)
    if cutout.touches or not solid.any():
        return False
    body = _open(solid, _CORD)
    if not body.any():
        return False
    end = int(np.flatnonzero(body.any(1))[-1]) + 1
    under = np.flatnonzero(solid[end : end + max(1, round(_JUST_UNDER * len(solid)))].any(0))
    if end > (1 - _OVER_STRAP) * len(solid) or not len(under):
        return False
    middle = float(body.sum(0) @ np.arange(body.shape[1])) / float(body.sum())
    margin = _BESIDE * solid.shape[1]
    return not under[0] - margin <= middle <= under[-1] + margin


def is_long_and_falls(cutout: Cutout, category: Category) -> bool:
    """Whether a product can't stand as its photo shows it, whatever is asked: a strap, or a rod aslant on its tip.

    What is short on a point, as a cap on the corner of its brim, is posed so where the caller says it.
    """
    solid = _outline(cutout)
    if np.count_nonzero(solid) < 3 or cutout.touches:
        return False
    across, along = np.linalg.eigvalsh(np.cov(np.argwhere(solid), rowvar=False))
    spread = (along / max(across, 1e-9)) ** 0.5
    return bool(spread > _STRAP and category in _LIMP) or bool(spread > _LONG and rests_on_a_point(cutout))


def lies_in_its_photo(product: Product, size_class: SizeClass) -> bool:
    """Whether a product lay before its camera, aslant or spread out: no hanger and no cords hold it so.

    A garment that hangs is nearly even, left and right; and no rope hangs that is wider than high.
    """
    cutout = product.cutout
    if cutout.touches & {Edge.LEFT, Edge.RIGHT} or size_class not in _HUNG:
        return False
    solid = _outline(cutout)
    if product.category is Category.GARMENT:
        return bool((solid & solid[:, ::-1]).sum() < _EVEN * (solid | solid[:, ::-1]).sum())
    spread_out = cutout.box.width > _SPREAD_OUT * cutout.box.height and product.category is not Category.EYEWEAR
    return spread_out and not _open(solid, _CORD).any()


def stands_in_its_photo(product: Product, pitch_deg: float | None) -> bool:
    """Whether a product stood under a camera: lying or hung in the air, it would be seen as no camera sees it."""
    upright = product.category.stance is Stance.UPRIGHT and product.category is not Category.FOOTWEAR
    return upright and pitch_deg is not None and _FROM_OVER[0] <= pitch_deg <= _FROM_OVER[1]


def _outline(cutout: Cutout) -> BoolArray:
    """The product's mask, of ``_LOOKED_AT`` rows or columns or up to twice as many."""
    rows, columns = cutout.box.slices()
    step = max(1, max(cutout.box.width, cutout.box.height) // _LOOKED_AT)
    return np.asarray(cutout.alpha_matte[rows, columns][::step, ::step] > _SOLID)


def _open(solid: BoolArray, share: float) -> BoolArray:
    """What of a mask is thicker than a share of its longer side."""
    thick = round(share * max(solid.shape)) // 2 * 2 + 1
    whole = _count_in_squares(np.pad(solid, thick), thick) == thick**2
    return (_count_in_squares(np.pad(whole, thick - 1), thick) > 0)[thick:-thick, thick:-thick]


def _count_in_squares(mask: BoolArray, side: int) -> npt.NDArray[np.int64]:
    """How much of each square of a side is true, by the square's upper left: at most (H - side + 1, W - side + 1)."""
    sums = np.pad(mask.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return np.asarray(sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side], np.int64)


def _ends(solid: BoolArray, share: float) -> tuple[int, int]:
    """First and last column whose lowest pixel is at most that share of the height over the lowest row."""
    height = len(solid)
    lowest = height - 1 - np.argmax(solid[::-1], axis=0)
    near = np.flatnonzero(solid.any(0) & (lowest >= np.flatnonzero(solid.any(1))[-1] - share * height))
    return int(near[0]), int(near[-1])


def shows_wearer(product: Product) -> bool:
    """Whether a garment is worn in its photo; it stands then, cut by the picture's edge where its photo cuts it."""
    return product.category is Category.GARMENT and _is_person(product.cutout)


def _is_person(cutout: Cutout) -> bool:
    box = cutout.box
    size = (_COLUMNS, max(9, round(_COLUMNS * box.height / box.width)))
    rgb = Image.fromarray(np.ascontiguousarray(cutout.rgb)).resize(size, Image.Resampling.BOX, box=box.as_tuple())
    matte = Image.fromarray(np.asarray(cutout.alpha_matte * 255, np.uint8))
    solid = np.asarray(matte.resize(size, Image.Resampling.BOX, box=box.as_tuple())) > _SURE
    skin = find_skin(np.asarray(rgb)) & solid
    upper = slice(0, size[1] // 3)
    head = skin[upper].sum() / max(1, solid[upper].sum())
    whole = skin.sum() / max(1, solid.sum())
    cut = Edge.BOTTOM in cutout.touches
    return bool(head > _HEAD_SKIN and whole < _MOST_SKIN and (cut or box.width < _NARROW * box.height))
