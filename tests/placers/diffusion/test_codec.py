from __future__ import annotations

import logging

import pytest
import torch
from diffusers import AutoencoderKL
from torch import Tensor, nn

from photoshoot.placers.diffusion.components import codec as codec_module
from photoshoot.placers.diffusion.components.codec import LatentCodec
from tests.measures import FLOAT32_NETWORK
from tests.placers.diffusion.tiny_networks import build_vae, seeded


def random_pictures(count: int, height: int = 24, width: int = 40) -> torch.Tensor:
    with seeded(3):
        return torch.rand(count, 3, height, width) * 2 - 1


class Card:
    """Memory for so many latent cells at a time in both halves of an autoencoder; notes what is tried."""

    def __init__(self, vae: AutoencoderKL, cells: int) -> None:
        self.tried: list[int] = []
        for half, per_cell in ((vae.encoder, 64), (vae.decoder, 1)):

            def check(_: nn.Module, inputs: tuple[Tensor, ...], per_cell: int = per_cell) -> None:
                (sample,) = inputs
                asked = len(sample) * sample.shape[-1] * sample.shape[-2] // per_cell
                self.tried.append(asked)
                if asked > cells:
                    raise torch.OutOfMemoryError("CUDA out of memory")

            half.register_forward_pre_hook(check)


def test_a_few_at_a_time_is_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    codec = LatentCodec(build_vae())
    pictures = random_pictures(5)
    latents = codec.encode(pictures)
    (whole,) = codec.decode(latents)
    monkeypatch.setattr(codec_module, "CELLS_TOGETHER", 2 * 15 + 1)
    assert latents.shape == (5, 4, 3, 5)
    assert torch.allclose(codec.encode(pictures), latents, atol=1e-5)
    chunks = list(codec.decode(latents))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert torch.allclose(torch.cat(chunks), whole, atol=1e-5)


def test_where_memory_is_short_fewer_go_at_a_time() -> None:
    vae, codec = build_vae(), LatentCodec(build_vae())
    pictures = random_pictures(5)
    latents = codec.encode(pictures)
    card, short = Card(vae, cells=2 * 15), LatentCodec(vae)
    assert torch.allclose(short.encode(pictures), latents, atol=1e-5)
    assert torch.allclose(torch.cat(list(short.decode(latents))), next(codec.decode(latents)), atol=1e-5)
    assert card.tried == [75, 30, 30, 15] * 2


def test_where_it_does_not_hold_one_it_works_in_tiles_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    """The tiny autoencoder's tiles have 8 cells a side."""
    vae, plain = build_vae(), LatentCodec(build_vae())
    pictures = random_pictures(1, 80, 96)
    latents = plain.encode(pictures)
    Card(vae, cells=64)
    with caplog.at_level(logging.WARNING, logger="photoshoot"):
        (tiled,) = LatentCodec(vae).decode(latents)
    assert "in tiles" in caplog.text
    (whole,) = plain.decode(latents)
    (asked,) = LatentCodec(build_vae(), tiling="always").decode(latents)
    assert torch.allclose(tiled, asked, atol=1e-5)
    assert tiled.shape == whole.shape
    assert not torch.equal(tiled, whole)
    assert LatentCodec(vae).encode(pictures).shape == latents.shape
    Card(vae, cells=1)
    with pytest.raises(torch.OutOfMemoryError):
        next(LatentCodec(vae).decode(latents))


def test_what_overflows_in_half_precision_is_done_again_in_single_precision_and_alone() -> None:
    vae, rows = build_vae().to(torch.bfloat16), []

    def overflow(network: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
        dtype = next(network.parameters()).dtype
        rows.append((dtype, len(output)))
        assert inputs[0].dtype is dtype
        return output if dtype is torch.float32 else output.index_fill(0, torch.tensor([1]), torch.inf)

    for half in (vae.encoder, vae.decoder):
        half.register_forward_hook(overflow)
    pictures = random_pictures(3)
    codec, plain = LatentCodec(vae), LatentCodec(build_vae())
    latents = codec.encode(pictures)
    (decoded,) = codec.decode(latents)
    assert rows == [(torch.bfloat16, 3), (torch.float32, 1)] * 2
    assert vae.dtype is torch.bfloat16
    torch.testing.assert_close(latents, plain.encode(pictures), rtol=0.05, atol=0.1)
    torch.testing.assert_close(decoded, next(plain.decode(latents)), rtol=0.05, atol=0.1)
    errors = (next(plain.decode(latents)) - decoded).abs().amax((1, 2, 3))
    assert errors[1] < errors[0], "the broken picture has single precision's numbers"


def test_latents_are_scaled_and_the_same_each_time() -> None:
    vae = build_vae()
    codec = LatentCodec(vae)
    pictures = random_pictures(2)
    latents = codec.encode(pictures)
    assert torch.equal(latents, codec.encode(pictures))
    mean = vae.encode(pictures).latent_dist.mean
    assert torch.allclose(latents, mean * 0.18215, atol=FLOAT32_NETWORK)
    assert torch.allclose(next(codec.decode(latents)), vae.decode(mean).sample.clamp(-1, 1), atol=1e-4)


def test_pictures_are_single_precision_in_range_whatever_the_network_is() -> None:
    codec = LatentCodec(build_vae().to(torch.bfloat16))
    latents = codec.encode(random_pictures(1))
    picture = next(codec.decode(latents * 50))
    assert latents.dtype == picture.dtype == torch.float32
    assert picture.abs().max() <= 1


def test_broken_latents_stay_visible() -> None:
    codec = LatentCodec(build_vae())
    latents = torch.zeros(1, 4, 3, 5)
    latents[0, 0, 1, 1] = torch.nan
    assert next(codec.decode(latents)).isnan().any()
