"""How products are cut out."""

from __future__ import annotations

from dataclasses import dataclass

from photoshoot.settings.checks import check_range


@dataclass(frozen=True, kw_only=True)
class SegmentationSettings:
    """How the product is cut out."""

    min_confidence: float = 0.5
    """Least confidence (0 to 1) at which a cut-out is accepted; under it ``NoProductFoundError`` is raised."""
    refine: bool = True
    """Follow the photo's edges at full resolution, and look a second time at a product that is small or not sharp."""
    drop_islands: bool = True
    """Drop small parts that are far from the product, such as specks and dust."""
    drop_soft_shadow: bool = True
    """Drop a soft shadow baked into the photo under the product."""

    def __post_init__(self) -> None:
        check_range("min_confidence", self.min_confidence, 0, 1)
