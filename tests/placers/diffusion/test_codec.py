from __future__ import annotations

import torch

from photoshoot.placers.diffusion.codec import LatentCodec
from tests.measures import FLOAT32_NETWORK
from tests.placers.diffusion.tiny_networks import build_vae, seeded


def random_pictures(count: int, height: int = 24, width: int = 40) -> torch.Tensor:
    with seeded(3):
        return torch.rand(count, 3, height, width) * 2 - 1


def test_chunked_is_whole() -> None:
    codec = LatentCodec(build_vae())
    pictures = random_pictures(5)
    latents = codec.encode(pictures, chunk=5)
    assert latents.shape == (5, 4, 3, 5)
    assert torch.allclose(codec.encode(pictures, chunk=2), latents, atol=1e-5)
    (whole,) = codec.decode(latents, chunk=5)
    chunks = list(codec.decode(latents, chunk=2))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert torch.allclose(torch.cat(chunks), whole, atol=1e-5)


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
