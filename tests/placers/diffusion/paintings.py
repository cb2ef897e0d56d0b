"""Small batches to paint, seeded, and a way to paint them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor

from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.families import FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.denoise import Conditioning, Painting, Pass, denoise
from photoshoot.placers.diffusion.painting.sampling import BASE_STREAM, build_sampler, make_noise
from tests.placers.diffusion.checkpoints import SCHEDULERS
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, SECOND_TEXT_WIDTH, build_unet

SHOTS, ROWS, COLUMNS, TOKENS = 2, 6, 8, 7
SIZE = (ROWS, COLUMNS)
SAMPLER = build_sampler("dpmpp_2m_karras", SCHEDULERS[Family.SD15])
FULL = Pass(name="base", num_inference_steps=4, strength=1, guidance_scale=6, guidance_interval=(0, 1))


def ignore(done: int, total: int, clean: Tensor) -> None:
    """A step that nobody waits for."""


def randn(*shape: int, seed: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def make_painting(shots: int = SHOTS, family: Family = Family.SD15, size: tuple[int, int] = SIZE) -> Painting:
    """A batch that paints over pictures; nothing of them is kept."""
    repaint = torch.zeros(shots, 1, *size)
    repaint[..., size[1] // 2 :] = 1
    pooled = randn(2 * shots, SECOND_TEXT_WIDTH, seed=4)
    return Painting(
        conditioning=Conditioning(
            text=randn(2 * shots, TOKENS, CROSS_WIDTH[family], seed=1),
            text_mask=torch.ones(2 * shots, TOKENS, dtype=torch.bool),
            added=FAMILIES[family].size_conditions(pooled, size[1] * 8, size[0] * 8),
        ),
        start=randn(shots, 4, *size, seed=2),
        masked=randn(shots, 4, *size, seed=3),
        repaint=repaint,
        keep=torch.zeros(shots, 1, *size),
        noise=make_noise(range(shots), size, BASE_STREAM),
    )


def paint(
    painting: Painting,
    plan: Pass = FULL,
    *,
    unet: UNet2DConditionModel | None = None,
    on_step: Callable[[int, int, Tensor], object] = ignore,
) -> Tensor:
    unet = unet or build_unet()
    return denoise(unet, install_attention(unet), painting, SAMPLER, plan, on_step)
