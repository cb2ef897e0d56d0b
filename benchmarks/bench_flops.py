"""How many operations do six landscape shots take, by stage: each profile, and diffusers' own pipelines?

Both run whole, with networks of the published sizes on the meta device; nothing is estimated.

Usage: bench_flops.py [--init studio|noise]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from networks import SD15, SDXL, build_networks
from ours import build_placer, join_models
from plain import build_pipeline, paint
from shots import SHOTS, plan_six, texts_of
from stage_watch import OUTSIDE, Count, count_operations

from photoshoot.placers.diffusion.batch_sizes import decode_bytes, shot_bytes
from photoshoot.placers.diffusion.model_parts import Family, Models
from photoshoot.placers.diffusion.profiles import SETTINGS
from photoshoot.placers.diffusion.working_sizes import choose_working_size
from photoshoot.records import ShotRequest
from photoshoot.settings import DiffusionSettings

PLAIN_STEPS, PLAIN_GUIDANCE = 25, 7.5
HALF = 2  # bytes of a number in half precision
SIZES = {Family.SD15: SD15, Family.SDXL: SDXL}
TARGETS = {"sd15": 620, "sd15-fast": 330}
RESULTS = Path(__file__).resolve().parent / "results" / "flops.md"
NETWORKS = ("text", "style", "VAE encode", "VAE decode")
HEADER = ("way", "UNet at half size", "UNet at full size", *NETWORKS, "keys, values, else", "all", "times")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What one way to make the six shots takes."""

    name: str
    family: Family
    count: Count
    target: float = math.inf
    """Most TFLOP that it is to take."""
    memory: tuple[float, float, float] | None = None
    """Bytes in half precision: of the networks, of a shot, of decoding."""

    @property
    def total(self) -> float:
        """TFLOP."""
        return sum(self.count.tflop.values())


def count_plain(family: Family, requests: Sequence[ShotRequest]) -> Counted:
    """Diffusers' pipeline, one call a shot; all calls take the same, so one is counted and taken ``SHOTS`` times."""
    networks = build_networks(SIZES[family], texts_of(requests))
    pipeline = build_pipeline(networks, on_meta=True)

    def run() -> None:
        paint(pipeline, requests[0], PLAIN_STEPS, PLAIN_GUIDANCE, output="pt")

    counted = count_operations(run, networks).times(SHOTS)  # its UNet runs the projection itself, in every step
    return Counted(name=f"diffusers, {PLAIN_STEPS} steps", family=family, count=counted)


def count_profile(name: str, init: str, requests: Sequence[ShotRequest]) -> Counted:
    """One call of the placer."""
    family = Family(name.split("-")[0])
    networks = build_networks(SIZES[family], texts_of(requests))
    settings = replace(SETTINGS[name], init=init)
    models = join_models(networks, family, settings)
    placer = build_placer(models, settings)
    assert models.adapter is not None
    counted = count_operations(lambda: placer.place(requests), networks, models.adapter.projection)
    title, target = f"`{name}`, {init} start", TARGETS.get(name, math.inf)
    memory = _size_memory(models, settings, requests[0])
    return Counted(name=title, family=family, count=counted, target=target, memory=memory)


def _size_memory(models: Models, settings: DiffusionSettings, request: ShotRequest) -> tuple[float, float, float]:
    """Parameters are counted; the rest is what the placer reckons with when it chooses a batch."""
    assert models.adapter is not None
    adapter = (models.adapter.image_encoder, models.adapter.projection)
    parts = (models.unet, models.vae, *models.text_encoders, *adapter)
    weights = sum(parameter.numel() for part in parts for parameter in part.parameters())
    rows, columns = choose_working_size(request.canvas, models.native_px, settings).grid.latent_size
    shot = shot_bytes(models.family, rows * columns, HALF)
    return weights * HALF, shot, decode_bytes(rows * columns, HALF)


def report(counts: Sequence[Counted]) -> str:
    """The page of results."""
    plain = {item.family: item for item in counts if item.name.startswith("diffusers")}
    lines = [
        "# Operations",
        "",
        f"TFLOP for {SHOTS} shots of 1674x628 px, each with its own prompt and style reference; a multiply-add is 2.",
        "Counted while the real code ran whole, on the meta device, with networks of the published sizes.",
        "",
        f"| {' | '.join(HEADER)} |",
        f"|{'---|' * len(HEADER)}",
        *(_row(item, plain[item.family]) for item in counts),
        "",
        "UNet: network passes a shot in brackets; a guided step takes two. *Times*: what diffusers takes, over this.",
        "",
        "Memory in half precision, GB. Networks: their parameters. A shot, and decoding: what the placer reckons with.",
        "",
        "| way | networks | a shot | decoding |",
        "|---|---|---|---|",
        *(
            f"| {item.name} | {' | '.join(f'{size / 1e9:.1f}' for size in item.memory)} |"
            for item in counts
            if item.memory
        ),
    ]
    return "\n".join(lines) + "\n"


def _row(item: Counted, plain: Counted) -> str:
    full = max((stage for stage in item.count.rows if stage.startswith("UNet")), key=_cells)
    half = [stage for stage in item.count.rows if stage.startswith("UNet") and stage != full]
    cells = [item.name, *(_painting(item.count, stage) for stage in (half[0] if half else None, full))]
    cells += [f"{item.count.tflop.get(stage, 0):.1f}" for stage in (*NETWORKS, OUTSIDE)]
    return f"| {' | '.join(cells)} | **{item.total:.0f}** | {plain.total / item.total:.2f} |"


def _cells(stage: str) -> int:
    width, height = stage.removeprefix("UNet at ").split("x")
    return int(width) * int(height)


def _painting(count: Count, stage: str | None) -> str:
    return "" if stage is None else f"{count.tflop[stage]:.0f} ({count.rows[stage] / SHOTS:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", choices=("studio", "noise"), action="append")
    inits = parser.parse_args().init or ["studio", "noise"]
    requests = plan_six()
    counts = []
    for family in Family:
        counts.append(count_plain(family, requests))
        names = [name for name in SETTINGS if Family(name.split("-")[0]) is family]
        counts += [count_profile(name, init, requests) for name in names for init in inits]
        print(report(counts), flush=True)
    RESULTS.write_text(report(counts), encoding="utf-8")
    missed = [item.name for item in counts if item.total > item.target]
    print(f"over the target: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
