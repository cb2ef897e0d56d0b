"""The loop's numbers are those of diffusers' own inpainting pipelines."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionXLInpaintPipeline,
)
from torch import Tensor

from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.denoise import Painting, Pass, denoise
from photoshoot.placers.diffusion.painting.sampling import build_sampler
from tests.placers.diffusion.checkpoints import SCHEDULERS
from tests.placers.diffusion.paintings import COLUMNS, FULL, ROWS, SHOTS, ignore, make_painting, paint, randn
from tests.placers.diffusion.tiny_networks import build_unet, build_vae

TRAINED = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}


def run_pipeline(pipeline: Any, painting: Painting, plan: Pass, **more: Any) -> Tensor:
    """Latents as a pipeline of diffusers makes them of the same inputs."""
    text = painting.conditioning.text
    pipeline.set_progress_bar_config(disable=True)
    latents: Tensor = pipeline(
        prompt_embeds=text[:SHOTS],
        negative_prompt_embeds=text[SHOTS:],
        image=torch.zeros(SHOTS, 3, ROWS * 8, COLUMNS * 8) if plan.strength == 1 else painting.start,
        mask_image=painting.repaint.repeat_interleave(8, 2).repeat_interleave(8, 3),
        masked_image_latents=painting.masked,
        height=ROWS * 8,
        width=COLUMNS * 8,
        num_inference_steps=plan.num_inference_steps,
        strength=plan.strength,
        guidance_scale=plan.guidance_scale,
        output_type="latent",
        **more,
    ).images
    return latents


def with_torch_noise(painting: Painting) -> tuple[Painting, list[torch.Generator]]:
    """The painting with the noise that a pipeline draws from these generators."""
    noise = torch.cat([randn(1, 4, ROWS, COLUMNS, seed=20 + shot) for shot in range(SHOTS)])
    return dataclasses.replace(painting, noise=noise), [torch.Generator().manual_seed(20 + i) for i in range(SHOTS)]


SCHEDULER_KINDS = {
    "dpmpp_2m_karras": lambda: DPMSolverMultistepScheduler(**TRAINED, steps_offset=1, use_karras_sigmas=True),
    "ddim_trailing": lambda: DDIMScheduler(**TRAINED, steps_offset=1, timestep_spacing="trailing", clip_sample=False),
}


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")
@pytest.mark.parametrize("strength", [1, 0.5])
@pytest.mark.parametrize("kind", SCHEDULER_KINDS)
def test_it_is_the_inpaint_pipeline_of_diffusers(kind: str, strength: float) -> None:
    painting, generators = with_torch_noise(make_painting())
    plan = dataclasses.replace(FULL, strength=strength)
    pipeline = StableDiffusionInpaintPipeline(
        vae=build_vae(),
        text_encoder=None,
        tokenizer=None,
        unet=build_unet(),
        scheduler=SCHEDULER_KINDS[kind](),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    plain = run_pipeline(pipeline, painting, plan, generator=generators)
    unet = build_unet()
    sampler = build_sampler(kind, SCHEDULERS[Family.SD15])
    ours = denoise(unet, install_attention(unet), painting, sampler, plan, ignore)
    assert plain.std() > 0.1
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")
def test_it_is_the_sdxl_inpaint_pipeline_of_diffusers() -> None:
    painting, generators = with_torch_noise(make_painting(family=Family.SDXL))
    pipeline = StableDiffusionXLInpaintPipeline(
        vae=build_vae(Family.SDXL),
        text_encoder=None,
        text_encoder_2=None,
        tokenizer=None,
        tokenizer_2=None,
        unet=build_unet(Family.SDXL),
        scheduler=SCHEDULER_KINDS["dpmpp_2m_karras"](),
        add_watermarker=False,
    )
    pooled = painting.conditioning.added["text_embeds"]
    plain = run_pipeline(
        pipeline,
        painting,
        FULL,
        generator=generators,
        pooled_prompt_embeds=pooled[:SHOTS],
        negative_pooled_prompt_embeds=pooled[SHOTS:],
    )
    ours = paint(painting, unet=build_unet(Family.SDXL))
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()
