"""What was measured of a product's looks, as texts are written from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from photoshoot.captioners.color_places import Place
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.captioners.surfaces import Finish
from photoshoot.color.space import hex_to_oklab
from photoshoot.records import Swatch

_PRINT, _STANDS_OUT = 0.05, 0.15  # share of a product that is strewn with print, and its OKLab distance from the ground


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was measured of a product's looks."""

    colors: tuple[Swatch, ...]
    """Colours of the product itself, largest share first, but a vessel's own before its label's; may be empty."""
    finish: Finish
    """What its surface shows."""
    silhouette: Silhouette
    """Its outline, and how much skin and leaf green it shows."""
    worn: bool = False
    """Whether a person wears or holds it."""
    knitted: bool = False
    """Whether its surface is that of wool."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """``#rrggbb`` of a colour → where on the product it lies; those of no clear place are left out."""
    prints: tuple[str, ...] = ()
    """``#rrggbb`` of the colours that lie together on a garment's chest, with crisp edges: a print or an embroidery."""
    texture: float = 0.0
    """Share of its surface where its colour changes, 0 to 1."""
    exposure: float | None = None
    """Factor on sRGB values that makes the photo's white ground white, >= 1; None where it has none."""
    dim: bool = False
    """Whether nothing in the photo tells how light it was there: a pale grey may be a white in little light."""
    sure: bool = True
    """Whether its cut-out is surely whole, so that what is seen through is an opening and no part that was lost."""
    pieces: int = 1
    """Separate things of some size that the picture shows, 1 to 6."""

    @property
    def strewn(self) -> bool:
        """Whether small patches that stand out from the first colour lie all over it."""
        shares = [
            swatch.share
            for swatch in self.colors[1:]
            if self.places.get(swatch.hex) is Place.STREWN
            and np.linalg.norm(hex_to_oklab(swatch.hex) - hex_to_oklab(self.colors[0].hex)) >= _STANDS_OUT
        ]
        return sum(shares) >= _PRINT
