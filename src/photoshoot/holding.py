"""How a product is held in a set: standing, lying or hanging, by all that is known of it."""

from dataclasses import dataclass, replace
from typing import Self

from photoshoot.footing import find_pitch, is_laid
from photoshoot.layout import choose_stance
from photoshoot.people import shows_wearer
from photoshoot.product_sizes import ProductSize, find_size
from photoshoot.records import Category, Product, Scene
from photoshoot.sets import SetDesign
from photoshoot.settings import Placement, Stance


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
    """Whether it could not stand as its photo shows it: on a tip, or seen from above."""
    placement: Placement
    """What the caller decides."""

    @classmethod
    def of(cls, product: Product, placement: Placement | None = None) -> Self:
        """Look at a product, once for all sets."""
        placement = placement or Placement()
        pitch_deg = find_pitch(product, placement)
        return cls(
            category=product.category,
            size=find_size(product, placement),
            worn=shows_wearer(product),
            pitch_deg=pitch_deg,
            topples=is_laid(product.cutout, pitch_deg),
            placement=placement,
        )

    def find_stance(self, design: SetDesign) -> Stance:
        """As the placement says, else as the set must, else as suits the product."""
        return choose_stance(
            design,
            self.category,
            self.placement,
            worn=self.worn,
            size_class=self.size.size_class,
            topples=self.topples,
        )

    def tell(self, scene: Scene, stance: Stance) -> Scene:
        """The scene, whose ``reading`` says so where a product is held in another way than was asked for."""
        asked = self.placement.stance
        if asked in (None, stance):
            return scene
        return replace(scene, reading=f"{scene.reading}; not {asked}, since a person wears it: {stance}")
