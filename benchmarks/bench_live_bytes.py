"""How many bytes does painting keep alive beside the networks, and how many does the placer reckon with?

The real placer runs whole on the meta device, with networks of the published sizes: five sizes, one shot and four.

Usage: bench_live_bytes.py
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from network_sizes import SD15, SDXL
from networks import META, build_networks
from ours import load_networks
from shots import plan_six, texts_of
from stage_watch import MetaHost
from tensor_lives import TensorLives
from torch.fx.experimental import _config
from torch.nn import functional

from photoshoot import Photoshoot, Prompt, RenderKind, Request
from photoshoot.placers.diffusion.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.model_parts import Family, Models
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.diffusion.profiles import SETTINGS
from photoshoot.placers.diffusion.working_sizes import choose_working_size
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


def count_peaks(models: Models, settings: DiffusionSettings, plans: dict[str, list[ShotRequest]]) -> Iterator[Peak]:
    """Count on the meta device, with the autoencoder in both number formats; steps beyond the second change nothing."""
    brief = replace(
        settings, num_inference_steps=2, refine_steps=2, refine_strength=1.0, strength=1.0, guidance_interval=(0.0, 1.0)
    )
    for dtype in (torch.float16, torch.float32):
        torch.nn.Module.to(models.vae, dtype)
        for size, plan in plans.items():
            for shots in TOGETHER:
                batched = replace(brief, batch_size=shots)
                placer = DiffusionPlacer(models, batched, starter=FlatStarter(), segmenter=U2NetSegmenter())
                lives = TensorLives()
                with _counting(), lives:
                    placer.place(plan[:shots])
                working = choose_working_size(plan[0].canvas, models.native_px, batched)
                reckoned = MemoryNeeds.of(models).peak_bytes(working, shots)
                name = str(dtype).removeprefix("torch.")
                yield Peak(
                    network=models.family, size=size, vae=name, shots=shots, counted=lives.peak, reckoned=reckoned
                )


def report(peaks: Sequence[Peak]) -> str:
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
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def _counting() -> Iterator[None]:
    edges = _config.patch(meta_nonzero_assume_all_nonzero=True)  # type: ignore[attr-defined]
    with patch.object(functional, "scaled_dot_product_attention", _attend), MetaHost(), edges, torch.no_grad():  # type: ignore[no-untyped-call]
        yield


def _attend(query: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
    """As CUDA's kernels do it, without the matrix of all pairs."""
    log_sum = torch.empty(query.shape[:3], dtype=torch.float32, device=query.device)
    result = torch.empty_like(query)
    del log_sum
    return result


def main() -> None:
    six, peaks = plan_six(), list[Peak]()
    plans = plan_sizes(six)
    texts = [text for plan in plans.values() for text in texts_of(plan)]
    for family, sizes in {Family.SD15: SD15, Family.SDXL: SDXL}.items():
        settings = replace(SETTINGS[family], dtype="float16")
        models = load_networks(build_networks(sizes, texts, META, torch.float16), family, settings)
        for peak in count_peaks(models, settings, plans):
            peaks.append(peak)
            print(peak, f"{peak.error:+.1%}", flush=True)
    RESULTS.write_text(report(peaks), encoding="utf-8")
    missed = [peak for peak in peaks if abs(peak.error) > TOLERANCE]
    print(f"over {TOLERANCE:.0%}: {missed or 'none'}")


if __name__ == "__main__":
    main()
