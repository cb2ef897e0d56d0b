from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from photoshoot.placers.diffusion.canvas.latent_grid import Grid, repaint_mask
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.text_encoder import TextEncoder
from photoshoot.placers.diffusion.loading import load_parts
from photoshoot.placers.diffusion.models.model_parts import Family, Parts
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.painting.compositing import product_on_grey, to_signed
from photoshoot.training.data_loader import Batch, DataLoader
from photoshoot.training.latent_cache import LatentCache, read_latents, read_text, target_grid
from photoshoot.training.settings import MaskSettings, TrainingSettings
from tests.training.scenes import ListedData, make_sample

CPU = torch.device("cpu")
SAMPLE = make_sample(1, width=60, height=44, caption="before a wall")


@pytest.fixture(scope="module")
def parts(bases: dict[Family, Path]) -> Parts:
    return load_parts(Sources(base=bases[Family.SD15]), torch.float32, CPU)


def build(parts: Parts, cache: Path, **changes: object) -> LatentCache:
    settings = replace(TrainingSettings(cache=cache, masks=MaskSettings(variants=2)), **changes)  # type: ignore[arg-type]
    return LatentCache(parts, "tiny", settings, CPU, torch.float32)


def ignore(_: int) -> None:
    """Nobody waits."""


def test_a_picture_is_encoded_as_the_placer_does_it(parts: Parts, tmp_path: Path) -> None:
    (encoded,) = build(parts, tmp_path).encode_all(ListedData([SAMPLE]), [0], ignore)
    latents, grid = read_latents(encoded), Grid(60, 44)
    rgb, matte = torch.from_numpy(SAMPLE.image)[None], torch.from_numpy(SAMPLE.alpha_matte)[None]
    codec = LatentCodec(parts.vae)
    assert encoded.latent_size == grid.latent_size == (6, 8)
    torch.testing.assert_close(
        latents.picture.float()[None], codec.encode(grid.pad(to_signed(rgb))), rtol=2e-3, atol=2e-3
    )
    shown = codec.encode(grid.pad(product_on_grey(rgb, matte)))[0]
    torch.testing.assert_close(latents.masked[-1].float(), shown, rtol=2e-3, atol=2e-3)
    assert torch.equal(latents.repaint[-1].float(), repaint_mask(grid.pad(matte[:, None])[:, 0], grid)[0])
    assert latents.masked.shape == (3, 4, 6, 8)
    assert SAMPLE.shadow is not None
    assert latents.shade[0, 0].max() == 0
    assert latents.shade[0, -1].min() == pytest.approx(0.6, abs=0.01)
    states = TextEncoder(parts.tokenizers, parts.text_encoders, CPU, torch.float32).encode([SAMPLE.caption]).states
    assert torch.equal(read_text(encoded.text_file).states, states[0])


def test_what_is_there_is_not_encoded_again_and_what_changed_is(parts: Parts, tmp_path: Path) -> None:
    data = ListedData([SAMPLE, replace(SAMPLE, key="again", product="other")])
    first, same = build(parts, tmp_path).encode_all(data, [0, 1], ignore)
    assert first.file == same.file
    written = first.file.stat().st_mtime_ns
    (again,) = build(parts, tmp_path).encode_all(data, [0], ignore)
    assert again.file.stat().st_mtime_ns == written
    brighter = replace(SAMPLE, image=np.minimum(SAMPLE.image, 254) + np.uint8(1))
    others = [
        build(parts, tmp_path, masks=MaskSettings(variants=2, jitter_px=1)).encode_all(data, [0], ignore)[0],
        build(parts, tmp_path, seed=1).encode_all(data, [0], ignore)[0],
        build(parts, tmp_path).encode_all(ListedData([brighter]), [0], ignore)[0],
        LatentCache(parts, "another model", TrainingSettings(cache=tmp_path), CPU, torch.float32).encode_all(
            data, [0], ignore
        )[0],
    ]
    assert len({other.file for other in others} | {first.file}) == 5


@pytest.mark.parametrize(("size", "resolution", "latent"), [((60, 44), 512, (6, 8)), ((1674, 628), 512, (39, 105))])
def test_large_pictures_are_scaled_to_the_resolution(
    size: tuple[int, int], resolution: int, latent: tuple[int, int]
) -> None:
    assert target_grid(*size, resolution).latent_size == latent


def test_processes_share_a_step(parts: Parts, tmp_path: Path) -> None:
    data = ListedData([make_sample(place) for place in range(5)])
    encoder = build(parts, tmp_path)
    samples, empty = encoder.encode_all(data, range(5), ignore), encoder.encode_text("")
    settings = TrainingSettings(batch_size=4, masks=MaskSettings(variants=2), empty_captions=0.5, seed=3)
    whole = next(iter(DataLoader(samples, empty, 1000, settings).batches(7)))
    half = replace(settings, batch_size=2)
    parted = [next(iter(DataLoader(samples, empty, 1000, half, process=at, processes=2).batches(7))) for at in (0, 1)]
    assert len(set(whole.timesteps.tolist())) == 4
    for name in ("latents", "noise", "timesteps", "masked", "repaint", "shade", "text"):
        joined = torch.cat([getattr(part, name) for part in parted])
        assert torch.equal(joined, getattr(whole, name)), name


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_captions_are_left_out_as_often_as_asked(parts: Parts, tmp_path: Path, share: float) -> None:
    encoder = build(parts, tmp_path)
    samples, empty = encoder.encode_all(ListedData([SAMPLE]), [0], ignore), encoder.encode_text("")
    settings = TrainingSettings(batch_size=200, masks=MaskSettings(variants=2), empty_captions=share)
    batch: Batch = next(iter(DataLoader(samples, empty, 1000, settings).batches(0)))
    nothing = read_text(empty).states
    left_out = sum(torch.equal(text, nothing) for text in batch.text) / 200
    assert left_out == pytest.approx(share, abs=0.1)


def test_pictures_are_encoded_once_and_so_in_single_precision_whatever_is_trained_in(
    bases: dict[Family, Path], parts: Parts, tmp_path: Path
) -> None:
    half = load_parts(Sources(base=bases[Family.SD15]), torch.bfloat16, CPU)
    assert (half.unet.dtype, half.text_encoders[0].dtype) == (torch.bfloat16, torch.bfloat16)
    files = [build(one, tmp_path).encode_all(ListedData([SAMPLE]), [0], ignore)[0] for one in (parts, half)]
    pictures = [read_latents(one).picture for one in files]
    assert torch.equal(*pictures)
