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
from PIL import Image

from photoshoot.arrays import share_within
from photoshoot.color.space import find_skin
from photoshoot.framing.product_sizes import ProductSize, find_size, settle
from photoshoot.framing.toppling import (
    CORD,
    is_laid,
    is_long_and_falls,
    opened,
    outline,
    stands_on_a_loop,
    stands_on_a_strap,
)
from photoshoot.records import Category, Cutout, Edge, Product, Scene
from photoshoot.sets import SetDesign
from photoshoot.settings import Placement, SizeClass, Stance

_HUNG = frozenset({SizeClass.HAND_HELD, SizeClass.TABLE_TOP, SizeClass.WEARABLE})  # on hangers and cords
_EVEN = 0.75
"""Overlap with its mirror image, left to right, from which on a garment was seen upright and from in front.

Of strangers' garments those have 0.93 and more, turned by 10 degrees 0.69 to 0.82, and one that lies aslant has 0.58.
"""
_SPREAD_OUT = 1.2  # width over height of a cord that was laid down
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
    cut_below: bool
    """Whether its photo cuts it below: it goes on under the picture, and does not float there."""
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
            cut_below=Edge.BOTTOM in product.cutout.touches,
            pitch_deg=pitch_deg,
            topples=lay
            or is_laid(product.cutout, pitch_deg)
            or (size.size_class is SizeClass.HAND_HELD and stands_on_a_strap(product.cutout))
            or _is_laid_cord(product, size.size_class),
            falls=falls,
            placement=placement,
            refused=refused,
        )

    def find_stance(self, design: SetDesign) -> Stance:
        """As the placement says and the product can, else as the set must, else as suits the product."""
        asked, instead = self.placement, Stance.UPRIGHT if Stance.LYING in self.refused else Stance.LYING
        floats = design.afloat and not (self.worn or self.cut_below) and asked.stance in (None, Stance.HANGING)
        if floats and self.size.size_class in _HUNG:
            return Stance.HANGING  # in the air nothing topples, and its camera looks down as its photo does
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

    def settle(self, scene: Scene, stance: Stance) -> Scene:
        """The scene with a set that takes the product so, and a ``reading`` that says what is otherwise than asked."""
        return self.tell(settle(scene, stance, self.size), stance, scene.design)

    def tell(self, scene: Scene, stance: Stance, design: SetDesign) -> Scene:
        """The scene, whose ``reading`` says so where a product is held otherwise than it was asked or its set does.

        And where what it should stand on is not seen, since its photo cuts it above its foot.
        """
        asked, stand = self.placement.stance, getattr(scene.design, "stand", "none")
        if self.cut_below and stance is Stance.UPRIGHT and stand != "none":
            scene = scene.telling(f"not shown so: {stand.replace('_', ' ')}")
        if design.afloat and stance is not Stance.HANGING:
            return scene.telling(f"not floating: {stance}")
        if asked is None and design.only_stance in self.refused:
            asked = design.only_stance
        if asked in (None, stance):
            return scene
        why = "a person wears it" if self.worn else self.refused[asked]
        return scene.telling(f"not {asked}, since {why}: {stance}")


def choose_stance(
    design: SetDesign,
    category: Category,
    placement: Placement | None = None,
    *,
    worn: bool = False,
    size_class: SizeClass | None = None,
    topples: bool = False,
) -> Stance:
    """How a product is held in a set; see ``Holding.find_stance``.

    Args:
        design: The set.
        category: What kind of thing the product is.
        placement: What the caller decides.
        worn: Whether a person wears it in its photo: people stand, whatever the set and the placement say.
        size_class: What kind of place carries it: what hangs on walls does, and what covers floors lies.
        topples: Whether it could not stand as its photo shows it, aslant or from above; it lies where else it would.
    """
    asked = None if placement is None else placement.stance
    if worn:
        return Stance.UPRIGHT
    own = _STANCES.get(size_class or SizeClass.TABLE_TOP)
    usual = Stance.LYING if topples and category.stance is Stance.UPRIGHT else category.stance
    return asked or own or design.only_stance or usual


_STANCES = {
    SizeClass.FURNITURE: Stance.UPRIGHT,
    SizeClass.GEAR: Stance.UPRIGHT,
    SizeClass.WALL: Stance.HANGING,
    SizeClass.FLOOR: Stance.LYING,
}
"""How large things are held, whatever the set."""


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


def lies_in_its_photo(product: Product, size_class: SizeClass) -> bool:
    """Whether a product lay before its camera, aslant or spread out: no hanger and no cords hold it so.

    A garment that hangs is nearly even, left and right; and no rope hangs that is wider than high.
    """
    cutout = product.cutout
    if cutout.touches & {Edge.LEFT, Edge.RIGHT} or size_class not in _HUNG:
        return False
    solid = outline(cutout)
    if product.category is Category.GARMENT:
        return bool((solid & solid[:, ::-1]).sum() < _EVEN * (solid | solid[:, ::-1]).sum())
    spread_out = cutout.box.width > _SPREAD_OUT * cutout.box.height and product.category is not Category.EYEWEAR
    return spread_out and not opened(solid, CORD).any()


def _is_laid_cord(product: Product, size_class: SizeClass) -> bool:
    """Whether it is a rope or a cable that lay before its camera; frames of glasses and rings do stand on a rim."""
    rims = product.category in (Category.EYEWEAR, Category.JEWELRY)
    return size_class in _HUNG and not rims and stands_on_a_loop(product.cutout)


def stands_in_its_photo(product: Product, pitch_deg: float | None) -> bool:
    """Whether a product stood under a camera: lying or hung in the air, it would be seen as no camera sees it."""
    upright = product.category.stance is Stance.UPRIGHT and product.category is not Category.FOOTWEAR
    return upright and pitch_deg is not None and _FROM_OVER[0] <= pitch_deg <= _FROM_OVER[1]


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
    head, whole = share_within(skin[upper], solid[upper]), share_within(skin, solid)
    cut = Edge.BOTTOM in cutout.touches
    return bool(head > _HEAD_SKIN and whole < _MOST_SKIN and (cut or box.width < _NARROW * box.height))
