"""The page of results of ``bench_placer.py``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shots import SHOTS
from stage_watch import OUTSIDE

PLAIN, OURS = "diffusers", "photoshoot"
SIDES = (PLAIN, OURS)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one side took for the six shots."""

    seconds: float
    """The median run."""
    peak_gib: float
    """Of the device on CUDA, else of the process."""
    stages: dict[str, float]
    """Seconds by stage, of one run."""
    tflop: float
    """Operations; a multiply-add is 2."""
    matmul_tflops: float | None
    """TFLOP a second of the device in a large half-precision product; on CUDA."""


Sides = Mapping[str, Measured]


def write_page(sides: Sides, conditions: str) -> str:
    """Both sides beside each other."""
    plain, ours = sides[PLAIN], sides[OURS]
    stages = sorted({stage for side in sides.values() for stage in side.stages} - {OUTSIDE})
    lines = [
        "# Placer",
        "",
        conditions,
        "",
        f"**{plain.seconds / ours.seconds:.2f} times as fast as diffusers' pipeline**, with "
        f"{plain.tflop / ours.tflop:.2f} times fewer operations.",
        "",
        f"| | {' | '.join(SIDES)} |",
        "|---|---|---|",
        _row("seconds", sides, lambda side: f"{side.seconds:.2f}"),
        _row("images/s", sides, lambda side: f"{SHOTS / side.seconds:.3f}"),
        _row("peak memory, GiB", sides, lambda side: f"{side.peak_gib:.2f}"),
        _row("TFLOP", sides, lambda side: f"{side.tflop:.2f}"),
        _row("TFLOP/s", sides, lambda side: f"{side.tflop / side.seconds:.2f}"),
        *([_row("share of the matmul peak", sides, _share_of_peak)] if ours.matmul_tflops else []),
        "",
        f"| stage, s | {' | '.join(SIDES)} |",
        "|---|---|---|",
        *(_row(stage, sides, functools.partial(_seconds, stage)) for stage in [*stages, OUTSIDE]),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, sides: Sides, cell: Callable[[Measured], str]) -> str:
    return f"| {name} | {' | '.join(cell(sides[side]) for side in SIDES)} |"


def _seconds(stage: str, side: Measured) -> str:
    return f"{side.stages[stage]:.2f}" if stage in side.stages else ""


def _share_of_peak(side: Measured) -> str:
    assert side.matmul_tflops is not None
    return f"{side.tflop / side.seconds / side.matmul_tflops:.0%} of {side.matmul_tflops:.0f} TFLOP/s"
