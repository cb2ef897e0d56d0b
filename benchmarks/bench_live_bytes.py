"""How many bytes does painting keep alive beside the networks, and how many does the placer reckon with?

The real placer runs whole on the meta device, with networks of the published sizes: five sizes, one shot and four; and
a landscape shot on each rung of the memory ladder.

Usage: bench_live_bytes.py [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from klein import load_klein
from live_rungs import SIZES as NETWORK_SIZES
from live_rungs import Held, Load, count_rungs, count_starts, counting, report_cards
from networks import META, build_networks
from ours import load_networks
from shots import plan_six, texts_of, with_light
from tensor_lives import TensorLives

from photoshoot import Photoshoot, Prompt, RenderKind, Request
from photoshoot.placers.diffusion.canvas.working_sizes import choose_working_size
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.memory.memory_ladder import needs_of
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.production import plan_shots
from photoshoot.records import Provenance, Shot, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import DiffusionSettings

SIZES = (
    RenderKind.LANDSCAPE,
    RenderKind.POST,
    RenderKind.STORY,
    RenderKind.MEDIUM_BANNER,
    RenderKind.LEADERBOARD,
)
TOGETHER = (1, 4)
TOLERANCE = 0.15
RESULTS = Path(__file__).resolve().parent / "results" / "live_bytes.md"


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The most bytes alive at once beside the networks, in one batch."""

    network: str
    size: str
    vae: str
    """Number format of the autoencoder."""
    shots: int
    counted: int
    reckoned: int

    @property
    def error(self) -> float:
        """Of what is reckoned, as a share of what is counted."""
        return self.reckoned / self.counted - 1


class FlatStarter:
    """Gives plain pictures to start from: what they show does not change how large they are."""

    batch_size, overlap = 16, 1
    _made_by = Provenance(engine="studio", versions={}, settings={})

    def place(self, requests: Sequence[ShotRequest], on_step: object = None) -> list[Shot]:  # noqa: ARG002
        """Black pictures."""
        sizes = [(request.canvas.height_px, request.canvas.width_px, 3) for request in requests]
        images = [np.zeros(size, np.uint8) for size in sizes]
        return [request.answer(image, self._made_by) for request, image in zip(requests, images, strict=True)]

    def close(self) -> None:
        """It holds nothing."""


def plan_sizes(six: Sequence[ShotRequest]) -> dict[str, list[ShotRequest]]:
    """Shots of each size, as many as go together at most, of the same product and in words that are known."""
    with Photoshoot.embedded() as shoot:
        prompts = [Prompt.preset(str(request.scene.preset_id)) for request in six[: max(TOGETHER)]]
        product = six[0].product
        return {
            str(kind.name).lower(): plan_shots(
                resolve_request(Request(prompts=prompts, seed=1, render_kind=kind), product), shoot.presets
            )
            for kind in SIZES
        }


def shorten(settings: DiffusionSettings) -> DiffusionSettings:
    """With two steps a pass, all guided where any are."""
    refined = min(settings.refine_steps, 2)
    return replace(
        settings,
        num_inference_steps=2,
        refine_steps=refined,
        refine_strength=1.0,
        strength=1.0,
        guidance_interval=(0.0, 1.0),
    )


def count_peaks(
    name: str, models: Models, settings: DiffusionSettings, plans: dict[str, list[ShotRequest]]
) -> Iterator[Peak]:
    """Count on the meta device, for plain profiles with the autoencoder in both number formats.

    Steps beyond the second change nothing.
    """
    brief = shorten(settings)
    for dtype in (torch.float16, torch.float32) if name in UNET_FAMILIES else (torch.float16,):
        torch.nn.Module.to(models.vae, dtype)
        for size, plan in plans.items():
            for shots in TOGETHER:
                batched = replace(brief, batch_size=shots)
                placer = DiffusionPlacer(models, batched, starter=FlatStarter(), segmenter=U2NetSegmenter())
                lives = TensorLives()
                with counting(), lives:
                    placer.place(plan[:shots])
                working = choose_working_size(plan[0].canvas, models.native_px, batched, models.kind.multiple_px)
                reckoned = needs_of(models, batched, META, controlled=models.control is not None).peak_bytes(
                    working, shots
                )
                format_ = str(dtype).removeprefix("torch.")
                yield Peak(network=name, size=size, vae=format_, shots=shots, counted=lives.peak, reckoned=reckoned)


def report(peaks: Sequence[Peak], rungs: Sequence[Held], starts: Sequence[Held]) -> str:
    """The page of results."""
    lines = [
        "# Memory of painting",
        "",
        "Most bytes alive at once beside the networks, GB, counted while the real placer ran whole on the meta device",
        "with networks of the published sizes, the UNet in half precision; and what the placer reckons with.",
        "",
        "| network | size | autoencoder | shots | counted | reckoned | error |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {peak.network} | {peak.size} | {peak.vae} | {peak.shots} | {peak.counted / 1e9:.2f} "
            f"| {peak.reckoned / 1e9:.2f} | {peak.error:+.0%} |"
            for peak in peaks
        ),
        "",
        f"Largest error: {max(abs(peak.error) for peak in peaks):.0%}.",
        "",
        "## What stays on the device",
        "",
        "Most bytes on the device, GB, while one landscape shot is painted from the studio's picture: weights in half",
        "precision included, on each rung of `DiffusionSettings.memory`.",
        "",
        "| network, rung | counted | reckoned | error |",
        "|---|---|---|---|",
        *(_row(held, 1e9, "2f") for held in rungs),
        "",
        'What `memory="auto"` chooses where driver and desktop take 0.8 GB: the first rung on which a landscape shot,',
        "its start render included, takes 85 % of what is free at most; and the GB that it takes.",
        "int8: the UNet's linear weights in a byte a number.",
        "Reckoned, not tried on cards of these sizes.",
        "",
        *report_cards(),
        "",
        "## Start renders",
        "",
        "What the studio's renderer takes for one, MB: Dr.Jit's own count, on the CPU. A card adds its ray-tracing",
        "structures and the denoiser's memory, which are not counted.",
        "",
        "| network, what is painted | counted | reckoned | error |",
        "|---|---|---|---|",
        *(_row(held, 1e6, "0f") for held in starts),
    ]
    return "\n".join(lines) + "\n"


def _row(held: Held, unit: float, digits: str) -> str:
    counted, reckoned = (f"{size / unit:.{digits}}" for size in (held.counted, held.reckoned))
    return f"| {held.what} | {counted} | {reckoned} | {held.error:+.0%} |"


def loaders(texts: Sequence[str]) -> dict[str, Load]:
    """What gives the networks of each profile that takes other memory than those before it."""

    def of(family: Family, settings: DiffusionSettings) -> Models:
        networks = build_networks(
            NETWORK_SIZES[family], texts, META, torch.float16, controlled=settings.control not in ("auto", "none")
        )
        return load_networks(networks, family, settings)

    made: dict[str, Load] = {
        f"{family}{kind}": functools.partial(of, family)
        for family in NETWORK_SIZES
        for kind in ("", "-product", "-relight")
    }
    return {**made, "flux2-klein": load_klein}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """All that is counted of one profile's networks."""

    rungs: list[Held]
    starts: list[Held]
    peaks: list[Peak]


def count(name: str, load: Load, plans: dict[str, list[ShotRequest]], *, first: bool) -> Counted:
    """Count what a profile takes; its start renders with the first one alone: they are the same whoever paints."""
    settings = replace(SETTINGS[name], dtype="float16")
    lit = settings.relighter == "iclight"
    request = plans["landscape"][0]
    rungs = [*count_rungs(name, load, shorten(settings), with_light(request) if lit else request, FlatStarter())]
    if lit:
        return Counted(rungs=rungs, starts=[], peaks=[])  # what is painted takes what it takes without
    models = load(settings)
    starts = [*count_starts(models, settings, plans)] if first else []
    return Counted(rungs=rungs, starts=starts, peaks=[*count_peaks(name, models, settings, plans)])


def recall(path: Path) -> Counted | None:
    """What was counted before and kept."""
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    rungs, starts = ([Held(**held) for held in kept[part]] for part in ("rungs", "starts"))
    return Counted(rungs=rungs, starts=starts, peaks=[Peak(**peak) for peak in kept["peaks"]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="folder of what was counted: a run that is cut off goes on from it")
    arguments = parser.parse_args()
    plans, counts = plan_sizes(plan_six()), list[Counted]()
    texts = [text for plan in plans.values() for text in texts_of(plan)]
    with contextlib.ExitStack() as temporary:
        folder = arguments.keep or Path(temporary.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for name, load in loaders(texts).items():
            kept = folder / f"{name}.json"
            counts.append(recall(kept) or count(name, load, plans, first=not counts))
            kept.write_text(json.dumps(asdict(counts[-1])), encoding="utf-8")
            print(*counts[-1].rungs, *counts[-1].peaks, sep="\n", flush=True)
    rungs, starts = ([held for one in counts for held in getattr(one, part)] for part in ("rungs", "starts"))
    peaks = [peak for one in counts for peak in one.peaks]
    RESULTS.write_text(report(peaks, rungs, starts), encoding="utf-8")
    missed = [peak for peak in (*peaks, *rungs) if abs(peak.error) > TOLERANCE]
    print(f"over {TOLERANCE:.0%}: {missed or 'none'}")


if __name__ == "__main__":
    main()
