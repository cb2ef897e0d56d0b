"""The quality gate's report on a shot: checks by name, each a measured value against its threshold.

What each measure may be was calibrated on cases built to fail: docs/quality.md.
"""

import math
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from photoshoot.known_names import look_up

Fact: TypeAlias = "str | int | float | bool | list[str] | dict[str, float | None] | dict[str, str] | None"
"""A value of a report's record; JSON can say it."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One measure of a shot and what it may be."""

    name: str
    """The measure, as in ``photoshoot.records.reports``."""
    value: float | None
    """What was measured; None where it was not, and ``note`` says why."""
    low: float = -math.inf
    """Least value that passes."""
    high: float = math.inf
    """Largest value that passes."""
    hard: bool = False
    """Whether a shot that fails it must not be used; else it is worth a look."""
    note: str = ""
    """How it was measured, or why it was not; empty where there is nothing to say."""

    @property
    def passed(self) -> bool:
        """Whether it holds; what was not measured fails nothing."""
        return self.value is None or self.low <= self.value <= self.high


@dataclass(frozen=True, kw_only=True)
class QualityReport:
    """What the quality gate measured on a shot; ``photoshoot.quality`` defines the measures and their thresholds."""

    checks: tuple[Check, ...]
    """Every check, measured or not."""
    core_region: str
    """Which pixels are the product's core, packed; see ``photoshoot.quality.core_region``."""
    core_sha256: str
    """Digest of the core's pixels as they stand in the shot."""
    redraws: int = 0
    """Pictures that were drawn again since this one's first drawing failed a hard check."""

    @property
    def passed(self) -> bool:
        """Whether every hard check holds."""
        return not any(check.hard for check in self.failures)

    @property
    def failures(self) -> tuple[Check, ...]:
        """Checks that do not hold, hard and soft."""
        return tuple(check for check in self.checks if not check.passed)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the hard checks that do not hold."""
        return tuple(check.name for check in self.failures if check.hard)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Names of the soft checks that do not hold."""
        return tuple(check.name for check in self.failures if not check.hard)

    def check(self, name: str) -> Check:
        """The check of that name.

        Raises:
            UnknownNameError: There is none.
        """
        return look_up("check", name, {check.name: check for check in self.checks})

    def value(self, name: str) -> float | None:
        """What was measured; None where it was not.

        Raises:
            UnknownNameError: There is no such check.
        """
        return self.check(name).value

    def to_record(self) -> Mapping[str, Fact]:
        """The report as plain data that JSON can hold; measured values have five significant digits."""
        return {
            "passed": self.passed,
            "failed": list(self.failed),
            "warnings": list(self.warnings),
            "redraws": self.redraws,
            "measures": {check.name: _round(check.value) for check in self.checks},
            "notes": {check.name: check.note for check in self.checks if check.note},
            "core_sha256": self.core_sha256,
        }


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.5g}")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """One check."""

    low: float = -math.inf
    """Least value that passes."""
    high: float = math.inf
    """Largest value that passes."""
    hard: bool = False
    """Whether a shot that fails must not be used."""
    by_chance: bool = False
    """Whether another seed may mend it, so that drawing again is of use."""

    def judge(self, name: str, value: float | None, note: str = "") -> Check:
        """A measured value against this threshold; None was not measured."""
        return Check(name=name, value=value, low=self.low, high=self.high, hard=self.hard, note=note)


THRESHOLDS: Mapping[str, Threshold] = types.MappingProxyType(
    {
        "changed_share": Threshold(high=0, hard=True),
        "max_difference": Threshold(high=0, hard=True),
        "delta_e_p95": Threshold(high=0, hard=True),
        "gradient_correlation": Threshold(low=0.95, hard=True),
        "fidelity_relit": Threshold(low=0.85),
        "outside_safe_area": Threshold(high=0, hard=True),
        "text_errors": Threshold(high=0.1),  # soft: what stands round letters moves how they are read
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
        "white_edge": Threshold(low=1, hard=True),
        "fill": Threshold(low=0.8),  # marketplaces ask for 0.75 to 0.85 and more
        "margin": Threshold(low=0.001),
    }
)
"""Every check by its name, in the order of the report."""
