"""How many operations do six landscape shots take, by stage: each profile, and diffusers' own pipelines?

Both run whole, with networks of the published sizes on the meta device; nothing is estimated.

Usage: bench_flops.py [--init studio|noise] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from klein import load_klein, watch_klein
from network_sizes import SD15, SDXL
from networks import META, build_networks
from ours import build_placer, load_networks, watch_ours
from plain import build_pipeline, paint, watch_plain
from shots import SHOTS, plan_six, texts_of, with_light
from stage_watch import OUTSIDE, Count, count_operations

from photoshoot.engines.build import STARTER
from photoshoot.placers.diffusion.canvas.working_sizes import choose_working_size
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.memory.memory_ladder import needs_of
from photoshoot.placers.diffusion.memory.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.placers.diffusion.models.set_pictures import DEPTH, SHOW
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import Shot, ShotRequest
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import OnStep, SetGuides

PLAIN_STEPS, PLAIN_GUIDANCE = 25, 7.5
HALF = 2  # bytes of a number in half precision
SIZES = {Family.SD15: SD15, Family.SDXL: SDXL}
TARGETS = {("sd15", 2): 450, ("sd15-fast", 2): 240}
"""Most TFLOP of a profile whose every second step is cached."""
RESULTS = Path(__file__).resolve().parent / "results" / "flops.md"
NETWORKS = ("ControlNet", "IC-Light", "text", "style", "VAE encode", "VAE decode")
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
    """Bytes in half precision: of the networks; what one shot and what six take beside them."""

    @property
    def total(self) -> float:
        """TFLOP."""
        return sum(self.count.tflop.values())


class RenderedOnce:
    """The studio's pictures, which are the same for all that is counted and have no operations of a network."""

    overlap = batch_size = 1

    def __init__(self) -> None:
        self._shots: dict[str, Shot] = {}
        self._studio = StudioPlacer(STARTER)

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """As the studio's own."""
        keys = [repr((request.seed, request.scene, request.canvas)) for request in requests]
        if new := {key: request for key, request in zip(keys, requests, strict=True) if key not in self._shots}:
            self._shots.update(zip(new, self._studio.place(list(new.values()), on_step), strict=True))
        return [self._shots[key] for key in keys]

    def measure_sets(self, requests: Sequence[ShotRequest]) -> list[SetGuides]:
        """As the studio's own."""
        return self._studio.measure_sets(requests)

    def close(self) -> None:
        """Give the memory back."""
        self._studio.close()


def count_plain(family: Family, requests: Sequence[ShotRequest]) -> Counted:
    """Diffusers' pipeline, one call a shot; all calls take the same, so one is counted and taken ``SHOTS`` times."""
    networks = build_networks(SIZES[family], texts_of(requests))
    pipeline = build_pipeline(networks, on_meta=True)

    def run() -> None:
        paint(pipeline, requests[0], PLAIN_STEPS, PLAIN_GUIDANCE, output="pt")

    counted = count_operations(run, watch_plain(networks)).times(SHOTS)
    return Counted(name=f"diffusers, {PLAIN_STEPS} steps", family=family, count=counted)


def count_profile(
    name: str, init: str, interval: int, requests: Sequence[ShotRequest], starts: RenderedOnce
) -> Counted:
    """One call of the placer."""
    family = Family(name.split("-")[0])
    settings = replace(SETTINGS[name], init=init, cache_interval=interval, dtype="float16")
    held = settings.control != "auto"
    networks = build_networks(SIZES[family], texts_of(requests), dtype=torch.float16, controlled=held)
    models = load_networks(networks, family, settings)
    placer = build_placer(models, settings, starts)
    if settings.relighter == "iclight":
        requests = [with_light(one) for one in requests]
    counted = count_operations(lambda: placer.place(requests), watch_ours(models))
    cached = f", `cache_interval={interval}`" if interval > 1 else ""
    return Counted(
        name=f"`{name}`, {init} start{cached}",
        family=family,
        count=counted,
        target=TARGETS.get((name, interval), math.inf),
        memory=_size_memory(models, settings, requests[0]),
    )


def count_klein(requests: Sequence[ShotRequest], starts: RenderedOnce) -> Counted:
    """FLUX.2 klein: one call of the placer, each row with the preset's plate as its style picture."""
    settings = replace(SETTINGS["flux2-klein"], dtype="float16")
    models = load_klein(settings)
    placer = build_placer(models, settings, starts)
    counted = count_operations(lambda: placer.place(requests), watch_klein(models))
    parts = (models.unet, models.vae, *models.text_encoders)
    weights = sum(parameter.numel() for part in parts for parameter in part.parameters())
    size = choose_working_size(requests[0].canvas, models.native_px, settings, models.kind.multiple_px)
    needs = needs_of(models, settings, META)
    return Counted(
        name="`flux2-klein`, studio start",
        family=models.family,
        count=counted,
        memory=(weights * HALF, needs.peak_bytes(size, 1), needs.peak_bytes(size, SHOTS)),
    )


def _size_memory(models: Models, settings: DiffusionSettings, request: ShotRequest) -> tuple[float, float, float]:
    """Parameters are counted; the rest is what the placer reckons with when it chooses a batch."""
    assert models.adapter is not None
    adapter = (models.adapter.image_encoder, models.adapter.projection)
    parts = (models.unet, models.vae, *models.text_encoders, *adapter, *([models.control] if models.control else []))
    if models.relighter is not None:
        parts += (models.relighter.unet, models.relighter.vae, *models.relighter.text_encoders)
    weights = sum(parameter.numel() for part in parts for parameter in part.parameters())
    size = choose_working_size(request.canvas, models.native_px, settings)
    held = models.control is not None
    needs = MemoryNeeds(family=models.family, unet_bytes=HALF, vae_bytes=HALF, controlled=held)
    return weights * HALF, needs.peak_bytes(size, 1), needs.peak_bytes(size, SHOTS)


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
        *(_row(item, plain[item.family]) for item in counts if item.family in plain),
        "",
        *(_tell_klein(item) for item in counts if item.family not in plain),
        "",
        "`sd15-normals`, `sd15-edges` and `sdxl-edges` take what their family takes held to depth.",
        "",
        "UNet: network passes a shot in brackets, a guided step takes two; after the plus, those through its outer",
        "layers alone (`cache_interval=2`; it is 1 unless asked for). *Times*: what diffusers takes, over this.",
        "",
        "Memory in half precision, GB. Networks: their parameters. Shots: what the placer reckons with beside them,",
        "held against counted live bytes in [live_bytes](live_bytes.md).",
        "",
        f"| way | networks | one shot | {SHOTS} shots |",
        "|---|---|---|---|",
        *(
            f"| {item.name} | {' | '.join(f'{size / 1e9:.1f}' for size in item.memory)} |"
            for item in counts
            if item.memory
        ),
    ]
    return "\n".join(lines) + "\n"


def _tell_klein(item: Counted) -> str:
    parts = ", ".join(f"{name} {item.count.tflop[name]:.1f}" for name in ("text", "VAE encode", "VAE decode"))
    return (
        f"{item.name}: transformer {item.count.tflop['transformer']:.0f} "
        f"({item.count.rows['transformer'] / SHOTS:g} passes a shot), {parts}: **{item.total:.0f}** in all."
    )


def _row(item: Counted, plain: Counted) -> str:
    whole = [stage for stage in item.count.rows if stage.startswith("UNet")]
    full = max(whole, key=_cells)
    half = [stage for stage in whole if stage != full]
    cells = [item.name, *(_painting(item.count, stage) for stage in (half[0] if half else None, full))]
    cells += [f"{item.count.tflop.get(stage, 0):.1f}" for stage in (*NETWORKS, OUTSIDE)]
    return f"| {' | '.join(cells)} | **{item.total:.0f}** | {plain.total / item.total:.2f} |"


def _cells(stage: str) -> int:
    width, height = stage.removeprefix("UNet at ").split("x")
    return int(width) * int(height)


def _painting(count: Count, stage: str | None) -> str:
    if stage is None:
        return ""
    tflop = sum(count.tflop.get(part, 0) for part in (stage, f"cached {stage}"))
    passes = [f"{count.rows[part] / SHOTS:g}" for part in (stage, f"cached {stage}") if part in count.rows]
    return f"{tflop:.0f} ({' + '.join(passes)})"


def list_ways(
    inits: Sequence[str], requests: Sequence[ShotRequest], starts: RenderedOnce
) -> Iterator[tuple[str, Callable[[], Counted]]]:
    """All that is counted: under which name it is kept, and how."""
    for family in UNET_FAMILIES:
        yield f"diffusers-{family}", functools.partial(count_plain, family, requests)
        for name in (name for name in SETTINGS if Family(name.split("-")[0]) is family):
            control, lit = SETTINGS[name].control, SETTINGS[name].relighter == "iclight"
            if control in SHOW and control != DEPTH:
                continue  # the others differ in what they are shown alone
            wanted = [(init, 1) for init in (inits[:1] if lit or control == DEPTH else inits)]
            for init, interval in wanted if lit or control != "auto" else [*wanted, (inits[0], 2)]:
                way = functools.partial(count_profile, name, init, interval, requests, starts)
                yield f"{name}-{init}-{interval}", way
    yield "flux2-klein", functools.partial(count_klein, requests, starts)


def recall(path: Path) -> Counted | None:
    """What was counted before and kept."""
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    memory = kept["memory"]
    kept |= {"family": Family(kept["family"]), "count": Count(**kept["count"])}
    return Counted(**{**kept, "memory": None if memory is None else tuple(memory)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", choices=("studio", "noise"), action="append")
    parser.add_argument("--keep", type=Path, help="folder of what was counted: a run that is cut off goes on from it")
    arguments = parser.parse_args()
    requests, starts, counts = plan_six(), RenderedOnce(), list[Counted]()
    with contextlib.ExitStack() as temporary:
        folder = arguments.keep or Path(temporary.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for name, count in list_ways(arguments.init or ["studio", "noise"], requests, starts):
            kept = folder / f"{name}.json"
            counts.append(recall(kept) or count())
            kept.write_text(json.dumps(asdict(counts[-1])), encoding="utf-8")
            print(f"{counts[-1].name}: {counts[-1].total:.0f} TFLOP", flush=True)
    RESULTS.write_text(report(counts), encoding="utf-8")
    missed = [item.name for item in counts if item.total > item.target]
    print(f"over the target: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
