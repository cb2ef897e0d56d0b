"""What each measure may be, and what follows where it is not; calibrated on cases built to fail: docs/quality.md."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import dataclass

from photoshoot.reports import Check


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """One check."""

    low: float = -math.inf
    """Least value that passes."""
    high: float = math.inf
    """Largest value that passes."""
    relit_high: float | None = None
    """The same for a shot whose product was relit on request. None: ``high``."""
    hard: bool = False
    """Whether a shot that fails must not be used."""
    by_chance: bool = False
    """Whether another seed may mend it, so that drawing again is of use."""

    def judge(self, name: str, value: float | None, note: str = "", *, relit: bool = False) -> Check:
        """A measured value against this threshold; None was not measured."""
        high = self.relit_high if relit and self.relit_high is not None else self.high
        return Check(name=name, value=value, low=self.low, high=high, hard=self.hard, note=note)


THRESHOLDS: Mapping[str, Threshold] = types.MappingProxyType(
    {
        "changed_share": Threshold(high=0, relit_high=1, hard=True),
        "max_difference": Threshold(high=0, relit_high=48, hard=True),
        "delta_e_p95": Threshold(high=0, relit_high=4, hard=True),
        "gradient_correlation": Threshold(low=0.95, hard=True),
        "outside_safe_area": Threshold(high=0, hard=True),
        "expansion": Threshold(high=0.35, by_chance=True),  # soft: the small segmenter takes props for product, too
        "tonal_range": Threshold(low=8, hard=True, by_chance=True),
        "clipped_share": Threshold(high=0.6, by_chance=True),
        "banded_share": Threshold(high=0.08, by_chance=True),
        "noise": Threshold(high=5, by_chance=True),
        "halo": Threshold(high=0.25),
        "seam": Threshold(high=1.8, by_chance=True),
        "contact": Threshold(low=0.08, by_chance=True),
        "palette_distance": Threshold(high=0.25, by_chance=True),
        "contrast": Threshold(low=0.03, by_chance=True),
    }
)
"""Every check by its name, in the order of the report."""
