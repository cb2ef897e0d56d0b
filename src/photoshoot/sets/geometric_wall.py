"""A relief of facets behind a low platform."""

from dataclasses import dataclass
from typing import ClassVar

from photoshoot.sets.design import LARGE, SMALL, SetDesign, SetObject, colored


@dataclass(frozen=True, kw_only=True)
class GeometricWall(SetDesign):
    """A relief of facets behind a low platform."""

    carries = (*SMALL, *LARGE)
    takes_two_keys = True
    camera_y = 1.35
    hangs_from = "rail"
    behind = ("colors",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -60, "elevation_deg": 36, "softness": 0.3}}

    colors: tuple[str, ...] = colored(("#eceae6",), "backdrop", leans=True)
    """One to four colours, spread over the facets."""
    podium_color: str = colored("#f4f2ef", "surface", "floor", follows=("colors", 0.06, 0.7))
    """The platform and the floor."""

    def lying(self) -> SetObject:
        """The facets."""
        return {"name": "flat_lay", "surface": "facets", "colors": self.colors}
