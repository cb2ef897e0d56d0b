"""What a painting is becoming, seen step by step through the public interface."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, AutoencoderTiny
from torch import Tensor, nn
from torch.nn import functional

from photoshoot import CancelledError, Photoshoot, Product, Progress, Prompt, RenderKind, WeightsError
from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.painting.compositing import to_signed
from photoshoot.placers.diffusion.painting.previews import Previewer
from photoshoot.records import Box, RgbImage
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.checkpoints import write_network
from tests.placers.diffusion.loaded import load
from tests.placers.diffusion.tiny_networks import seeded

SETTINGS = DiffusionSettings(num_inference_steps=2, refine_steps=2, refine_strength=1, guidance_scale=1, init="noise")


def write_tiny_vae(folder: Path) -> Path:
    """In TAESD's layout: eight pixels a latent cell."""
    with seeded(3):
        return write_network(folder, AutoencoderTiny(num_encoder_blocks=(1,) * 4, num_decoder_blocks=(1,) * 4))


def generate(
    folder: Path, product: Product, settings: DiffusionSettings, prompts: Sequence[str]
) -> list[tuple[Progress, list[RgbImage]]]:
    """Every step's progress, and what it showed."""
    seen: list[tuple[Progress, list[RgbImage]]] = []

    def look(progress: Progress) -> None:
        if progress.preview is not None:
            seen.append((progress, progress.preview()))

    with Photoshoot.from_pretrained(folder, device="cpu", diffusion=settings) as photoshoot:
        photoshoot.generate(
            product,
            prompts=[Prompt.custom(words) for words in prompts],
            render_kind=RenderKind.WIDE_SKYSCRAPER,
            safe_margin=False,
            seed=1,
            measure_expansion=False,
            on_progress=look,
        )
    return seen


def test_every_step_shows_the_ad_as_it_stands(model_folders: dict[Family, Path], bottle: Product) -> None:
    settings = dataclasses.replace(SETTINGS, batch_size=2)
    seen = generate(model_folders[Family.SD15], bottle, settings, ["on wet sand at dusk", "in the snow"])
    assert len(seen) == 4
    assert "preview" not in repr(seen[0][0])
    sizes = [{picture.shape for picture in pictures} for _, pictures in seen]
    assert [len(pictures) for _, pictures in seen] == [2] * 4
    (first,), (last,) = sizes[1], sizes[2]
    assert last == (75, 20, 3), "the ad's 160x600 px, a pixel a cell, without what is painted beside it"
    assert first[0] < last[0], "painted small first"
    assert not np.array_equal(seen[2][1][0], seen[3][1][0])
    first_shot, second_shot = seen[3][1]
    assert not np.array_equal(first_shot, second_shot)


def test_a_given_taesd_shows_more(model_folders: dict[Family, Path], bottle: Product, tmp_path: Path) -> None:
    settings = dataclasses.replace(SETTINGS, preview_vae=write_tiny_vae(tmp_path / "taesd"))
    seen = generate(model_folders[Family.SD15], bottle, settings, ["in the snow"])
    assert seen[-1][1][0].shape == (600, 160, 3)
    broken = dataclasses.replace(SETTINGS, preview_vae=tmp_path)
    with pytest.raises(WeightsError, match="holds no weights"):
        generate(model_folders[Family.SD15], bottle, broken, ["in the snow"])


def test_who_has_seen_enough_stops_at_that_step(model_folders: dict[Family, Path], bottle: Product) -> None:
    steps: list[int] = []

    def stop(progress: Progress) -> None:
        if progress.preview is not None:
            steps.append(len(progress.preview()))
            raise CancelledError("not what I want")

    photoshoot = Photoshoot.from_pretrained(model_folders[Family.SD15], device="cpu", diffusion=SETTINGS)
    with photoshoot, pytest.raises(CancelledError, match="not what I want"):
        photoshoot.generate(
            bottle, prompts=Prompt.custom("in the snow"), render_kind=RenderKind.MEDIUM_BANNER, on_progress=stop, seed=1
        )
    assert steps == [1]


class MixingVae(nn.Module):
    """A latent cell is four mixtures of its pixels' mean colour: nearly what real autoencoders make."""

    dtype = torch.float32
    config = SimpleNamespace(scaling_factor=0.5)

    def encode(self, images: Tensor) -> SimpleNamespace:
        mixtures = torch.tensor([[1.0, -0.5, 0.2], [0.3, 0.9, -0.4], [-0.2, 0.1, 1.5], [0.6, 0.6, 0.6]])
        mixed = torch.einsum("brhw,cr->bchw", functional.avg_pool2d(images, CELL_PX), mixtures) + 0.3
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: mixed))


def test_colours_are_those_of_the_latents(model_folders: dict[Family, Path]) -> None:
    vae = cast(AutoencoderKL, MixingVae())
    models = dataclasses.replace(load(Sources(base=model_folders[Family.SD15])), vae=vae)
    rng = np.random.default_rng(4)
    cells = rng.integers(0, 256, (2, 8, 12, 3), np.uint8)
    picture = to_signed(torch.from_numpy(np.kron(cells, np.ones((1, CELL_PX, CELL_PX, 1), np.uint8))))
    size = WorkingSize(canvas_px=(40, 30), ad=Box(left=16, top=24, right=56, bottom=54), width_px=96, height_px=64)
    shown = Previewer(models, LatentCodec(vae)).show(LatentCodec(vae).encode(picture), size)
    for found, wanted in zip(shown, cells[:, 3:7, 2:7], strict=True):
        assert np.abs(found.astype(int) - wanted).max() <= 1
