"""How fast are six landscape shots, photo laid out to JPEG files, beside diffusers' own inpainting pipeline?

Both sides have the same networks, random weights and step count, each in a process of its own. On CUDA the networks
have the published sizes in half precision; on the CPU small ones paint at the real latent sizes.

Usage: bench_placer.py [--profile NAME] [--init studio|noise] [--steps N] [--runs N] [--compile]
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from network_sizes import SD15, SDXL, SMALL, Sizes
from networks import Networks, build_networks
from ours import build_placer, load_networks, watch_ours
from placer_page import OURS, SIDES, Measured, write_page
from plain import build_pipeline, finish, paint, watch_plain
from shots import SHOTS, plan_six, texts_of
from stage_watch import OUTSIDE, StageWatch, Watched, clock_of, count_operations, seconds_watch, watching

from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.records import ShotRequest
from photoshoot.settings import DiffusionSettings, ExportSettings, ImageFormat

RESULTS = Path(__file__).resolve().parent / "results"
JPEG = ExportSettings(format=ImageFormat.JPEG, quality=92)
CPU_STEPS, MATMUL_SIDE, GIB = 5, 8192, 2**30


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What is measured."""

    profile: str
    init: str
    steps: int
    runs: int
    compile: bool
    device: torch.device

    @property
    def family(self) -> Family:
        """Of the profile."""
        return Family(self.profile.split("-")[0])

    @property
    def sizes(self) -> Sizes:
        """The networks' sizes."""
        if self.device.type != "cuda":
            return SMALL
        return SDXL if self.family is Family.SDXL else SD15

    @property
    def settings(self) -> DiffusionSettings:
        """Ours; with fewer steps, both passes have fewer."""
        settings, share = SETTINGS[self.profile], self.steps / SETTINGS[self.profile].num_inference_steps
        return replace(
            settings,
            init=self.init,
            compile=self.compile,
            num_inference_steps=self.steps,
            refine_steps=max(2, round(settings.refine_steps * share)),
        )

    @property
    def conditions(self) -> str:
        """What was measured, for people."""
        on_cuda, several = self.device.type == "cuda", "s" if self.runs > 1 else ""
        device = torch.cuda.get_device_name() if on_cuda else "one CPU thread, in seconds of its own"
        networks = "networks of the published sizes, half precision" if on_cuda else "small networks"
        compiled = ", compiled" if self.compile else ""
        return (
            f"{SHOTS} shots of 1674x628 px, laid out to JPEG files; {device}; {networks}, random weights; {self.steps} "
            f"steps; profile `{self.profile}`, {self.init} start{compiled}; median of {self.runs} run{several}."
        )

    def build(self, requests: Sequence[ShotRequest], device: torch.device) -> Networks:
        """Its networks."""
        dtype = torch.float16 if self.device.type == "cuda" else torch.float32
        return build_networks(self.sizes, texts_of(requests), device, dtype)


Run = Callable[[Path], object]
"""Makes the six JPEG files in a folder."""


def prepare_plain(networks: Networks, requests: Sequence[ShotRequest], bench: Bench) -> tuple[Run, Watched]:
    """Diffusers': a call for each style reference, the product pasted back, one file after another."""
    pipeline = build_pipeline(networks)

    def run(folder: Path) -> None:
        for place, request in enumerate(requests):
            painted = paint(pipeline, request, bench.steps, bench.settings.guidance_scale)
            finish(painted, request).save(folder / f"{place}.jpg", quality=JPEG.quality)

    return run, watch_plain(networks)


def prepare_ours(networks: Networks, requests: Sequence[ShotRequest], bench: Bench) -> tuple[Run, Watched]:
    """Ours: one call. The placer is a new one in each run, so nothing that it keeps helps the next."""
    models = load_networks(networks, bench.family, bench.settings)

    def run(folder: Path) -> None:
        shots = build_placer(models, bench.settings).place(requests)
        FileExporter().export(shots, folder, JPEG)

    return run, watch_ours(models)


def measure_side(side: str, bench: Bench) -> Measured:
    """Measure one side in this process."""
    if bench.device.type == "cpu":
        torch.set_num_threads(1)
    requests = plan_six()
    prepare = prepare_ours if side == OURS else prepare_plain
    run, watched = prepare(bench.build(requests, bench.device), requests, bench)
    if bench.device.type == "cuda":
        take_time(run, bench.device)  # kernels are chosen, or compiled
        torch.cuda.reset_peak_memory_stats()
    seconds = [take_time(run, bench.device) for _ in range(bench.runs - 1)]
    watch = seconds_watch(bench.device)
    with watching(watch, watched):
        seconds.append(take_time(run, bench.device))
    return Measured(
        seconds=statistics.median(seconds),
        peak_gib=read_peak(bench.device),
        stages=spread(watch, seconds[-1]),
        tflop=count_side(side, bench, requests),
        matmul_tflops=measure_matmul() if bench.device.type == "cuda" else None,
    )


def take_time(run: Run, device: torch.device) -> float:
    with tempfile.TemporaryDirectory() as folder:
        clock = clock_of(device)
        start = clock()
        run(Path(folder))
        if device.type == "cuda":
            torch.cuda.synchronize()
        return clock() - start


def spread(watch: StageWatch, seconds: float) -> dict[str, float]:
    stages = watch.costs()
    return {**stages, OUTSIDE: seconds - sum(stages.values())}


def read_peak(device: torch.device) -> float:
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated() / GIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB


def count_side(side: str, bench: Bench, requests: Sequence[ShotRequest]) -> float:
    """TFLOP of six shots, counted on the meta device."""
    networks = bench.build(requests, torch.device("meta"))
    if side == OURS:
        dtype = {torch.float16: "float16", torch.float32: "float32"}[networks.dtype]
        settings = replace(bench.settings, compile=False, dtype=dtype)
        models = load_networks(networks, bench.family, settings)
        placer = build_placer(models, settings)
        return sum(count_operations(lambda: placer.place(requests), watch_ours(models)).tflop.values())
    pipeline = build_pipeline(networks, on_meta=True)
    guidance = bench.settings.guidance_scale

    def run() -> None:
        paint(pipeline, requests[0], bench.steps, guidance, output="pt")

    return SHOTS * sum(count_operations(run, watch_plain(networks)).tflop.values())


def measure_matmul() -> float:
    """TFLOP/s of the device in a large half-precision product."""
    left, right = (torch.randn(MATMUL_SIDE, MATMUL_SIDE, device="cuda", dtype=torch.float16) for _ in range(2))
    watch, rounds = seconds_watch(left.device), 50
    for _ in range(5):  # these choose the kernel
        left @ right
    start = watch.read()
    for _ in range(rounds):
        left @ right
    end = watch.read()
    torch.cuda.synchronize()
    return rounds * 2 * MATMUL_SIDE**3 / watch.between(start, end) / 1e12


def measure_apart(side: str, arguments: Sequence[str]) -> Measured:
    """Measure one side in a process of its own."""
    command = [sys.executable, __file__, "--side", side, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def parse() -> tuple[Bench, Any]:
    on_cuda = torch.cuda.is_available()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="sd15", choices=SETTINGS)
    parser.add_argument("--init", default="studio", choices=("studio", "noise"))
    parser.add_argument("--steps", type=int)
    parser.add_argument("--runs", type=int, default=3 if on_cuda else 1)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    bench = Bench(
        profile=given.profile,
        init=given.init,
        steps=given.steps or (SETTINGS[given.profile].num_inference_steps if on_cuda else CPU_STEPS),
        runs=given.runs,
        compile=given.compile,
        device=torch.device("cuda" if on_cuda else "cpu"),
    )
    return bench, given.side


def main() -> None:
    bench, side = parse()
    if side:
        print(json.dumps(asdict(measure_side(side, bench))))
        return
    sides = {side: measure_apart(side, sys.argv[1:]) for side in SIDES}
    target = RESULTS / ("placer.md" if bench.device.type == "cpu" else f"placer_{bench.profile}_cuda.md")
    target.write_text(write_page(sides, bench.conditions), encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
