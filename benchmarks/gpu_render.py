"""One shot of the studio, rendered in a process of its own for ``bench_gpu.py``: Mitsuba has one variant a process.

Usage: gpu_render.py VARIANT DENOISER FILE [--small]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from shots import plan_six

from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import ShotRequest
from photoshoot.settings import StudioSettings

TRIAL = AdSize(label="trial", width_px=128, height_px=96)


def plan_requests(*, small: bool) -> list[ShotRequest]:
    """Six landscape shots; or one on a canvas so small that a CPU is done soon."""
    return [_shrink(request) for request in plan_six()[:1]] if small else plan_six()


def _shrink(request: ShotRequest) -> ShotRequest:
    canvas = lay_out(request.product.cutout, TRIAL, stance=request.canvas.stance, safe_margin=False)
    return replace(request, canvas=canvas, layer=build_layer(request.product.cutout, canvas))


def render(variant: str, denoiser: str, target: Path, request: ShotRequest, samples: int) -> None:
    """One shot, as an archive of its ``image`` and of the ``seconds`` that it took the second time."""
    studio = StudioPlacer(StudioSettings(variant=variant or None, denoiser=denoiser, samples=samples))
    studio.place([request])
    start = time.perf_counter()
    (shot,) = studio.place([request])
    np.savez(target, image=shot.image, seconds=time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("variant", help="Mitsuba's; empty: the fastest here")
    parser.add_argument("denoiser", help="such as oidn")
    parser.add_argument("file", type=Path, help="where the archive is written")
    parser.add_argument("--small", action="store_true", help="a small canvas and few samples")
    given = parser.parse_args()
    render(
        given.variant, given.denoiser, given.file, plan_requests(small=given.small)[0], samples=4 if given.small else 64
    )


if __name__ == "__main__":
    main()
