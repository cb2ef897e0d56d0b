"""Diffusers' own inpainting pipelines, used for several shots as their user would: one call for each style picture."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from diffusers import DPMSolverMultistepScheduler, StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline
from networks import SCHEDULER, Networks
from numpy.typing import NDArray
from PIL import Image
from stage_watch import Watched, name_by_size

from photoshoot.records import ShotRequest

MULTIPLE = 8  # px; the pipelines take no other sizes
Pipeline: TypeAlias = "StableDiffusionInpaintPipeline | StableDiffusionXLInpaintPipeline"


class HostScheduler(DPMSolverMultistepScheduler):  # type: ignore[misc]
    """DPM++ 2M that keeps its times on the host, where the meta device can't hide them."""

    def set_timesteps(self, num_inference_steps: int | None = None, device: object = None, **keywords: object) -> None:
        """As its parent, whatever the device."""
        del device
        super().set_timesteps(num_inference_steps, device="cpu", **keywords)


def build_pipeline(networks: Networks, *, on_meta: bool = False) -> Pipeline:
    """The pipeline over networks that are there, with a style adapter and the sampler that we use too."""
    scheduler = (HostScheduler if on_meta else DPMSolverMultistepScheduler)(**SCHEDULER, use_karras_sigmas=True)
    parts = {
        "vae": networks.vae,
        "text_encoder": networks.text_encoders[0],
        "tokenizer": networks.tokenizers[0],
        "unet": networks.unet,
        "scheduler": scheduler,
        "feature_extractor": networks.image_processor,
        "image_encoder": networks.image_encoder,
    }
    if len(networks.text_encoders) == 1:
        pipeline = StableDiffusionInpaintPipeline(**parts, safety_checker=None, requires_safety_checker=False)
    else:
        second = {"text_encoder_2": networks.text_encoders[1], "tokenizer_2": networks.tokenizers[1]}
        pipeline = StableDiffusionXLInpaintPipeline(**parts, **second, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def watch_plain(networks: Networks) -> Watched:
    """What is watched of it; its UNet runs the adapter's projection itself, in every step."""
    return [
        (networks.unet, name_by_size),
        (networks.vae.encoder, "VAE encode"),
        (networks.vae.decoder, "VAE decode"),
        (networks.image_encoder, "style"),
        *((encoder, "text") for encoder in networks.text_encoders),
    ]


def paint(pipeline: Pipeline, request: ShotRequest, steps: int, guidance: float, output: str = "pil") -> Image.Image:
    """One shot: the canvas padded to whole latent pixels, guidance in every step."""
    product, mask = _inputs(request)
    made = pipeline(
        request.scene.text,
        image=product,
        mask_image=mask,
        width=product.width,
        height=product.height,
        strength=1.0,  # the XL pipeline's own default drops a step
        num_inference_steps=steps,
        guidance_scale=guidance,
        negative_prompt=request.scene.negative_text,
        ip_adapter_image=_style(request),
        output_type=output,
    )
    picture: Image.Image = made.images[0]
    return picture


def finish(painted: Image.Image, request: ShotRequest) -> Image.Image:
    """Cut to the canvas, with the product pasted back over what the network made of it."""
    canvas, layer = request.canvas, request.layer
    picture = painted.crop((0, 0, canvas.width_px, canvas.height_px))
    matte = Image.fromarray((layer.alpha_matte * 255).round().astype(np.uint8))
    picture.paste(Image.fromarray(layer.rgb), (0, 0), matte)
    return picture


def _inputs(request: ShotRequest) -> tuple[Image.Image, Image.Image]:
    alpha = request.layer.alpha_matte[..., None]
    grey = np.full_like(request.layer.rgb, 128)
    product = (request.layer.rgb * alpha + grey * (1 - alpha)).round().astype(np.uint8)
    return _padded(product), _padded(((1 - alpha[..., 0]) * 255).round().astype(np.uint8))


def _padded(pixels: NDArray[np.uint8]) -> Image.Image:
    missing = [(0, -size % MULTIPLE) for size in pixels.shape[:2]]
    return Image.fromarray(np.pad(pixels, missing + [(0, 0)] * (pixels.ndim - 2), mode="edge"))


def _style(request: ShotRequest) -> Image.Image:
    assert request.scene.style_reference is not None, "the benchmark's shots have a style reference"
    return Image.open(request.scene.style_reference).convert("RGB")
