"""Tiny networks that really paint: trained until they know a few plates by heart, and saved as a model folder.

Each test's autoencoder is learned once, by ``learn_autoencoders.py``, and kept; its UNet is learned in the test.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional
from transformers import CLIPTextModel, CLIPTokenizer

from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.compositing import product_on_grey, to_signed
from photoshoot.placers.diffusion.latent_grid import Grid, repaint_mask
from photoshoot.placers.diffusion.model_parts import Family
from photoshoot.placers.diffusion.network_prompts import describe_scene
from photoshoot.placers.diffusion.text_encoder import TextEncoder
from photoshoot.records import RgbImage, ShotRequest
from tests.placers.diffusion.checkpoints import SCHEDULERS, write_network, write_sd15
from tests.placers.diffusion.tiny_networks import build_control, build_unet, build_vae, seeded

UNET_STEPS: Final = 130
AUTOENCODERS: Final = Path(__file__).with_name("autoencoders")
"""Folder of weights of ``build_autoencoder``, one file a test's pictures."""
_TRAINED: Final = 1000  # timesteps of the schedule
_SCHEDULE: Final = SCHEDULERS[Family.SD15]


@dataclass(frozen=True, kw_only=True, eq=False)
class Paintings:
    """Finished pictures of one canvas, as networks are shown them."""

    pictures: Tensor
    """(B, 3, h, w), -1 to 1, padded."""
    masked: Tensor
    """(B, 3, h, w), the product on grey."""
    alpha_matte: Tensor
    """uint8 (B, h, w), padded."""
    grid: Grid
    """Of the canvas."""

    @classmethod
    def of(cls, shots: Sequence[ShotRequest], images: Sequence[RgbImage]) -> Paintings:
        """Shots of one canvas and what answers them, uint8 (H, W, 3)."""
        canvas = shots[0].canvas
        grid = Grid(canvas.width_px, canvas.height_px)
        rgb = torch.from_numpy(np.stack([shot.layer.rgb for shot in shots]))
        alpha = torch.from_numpy(np.stack([shot.layer.alpha_matte for shot in shots]))
        return cls(
            pictures=grid.pad(to_signed(torch.from_numpy(np.stack(images)))),
            masked=grid.pad(product_on_grey(rgb, alpha)),
            alpha_matte=grid.pad(alpha[:, None])[:, 0],
            grid=grid,
        )


def build_autoencoder() -> AutoencoderKL:
    """The architecture that ``AUTOENCODERS`` has weights of."""
    return build_vae(channels=(8, 16, 32, 32), norm_groups=1)


def load_autoencoder(pictures: str) -> AutoencoderKL:
    """The one that knows some test's pictures."""
    vae = build_autoencoder()
    vae.load_state_dict(load_file(AUTOENCODERS / f"{pictures}.safetensors"))
    return vae


def write_overfitted(
    folder: Path,
    requests: Sequence[ShotRequest],
    plates: Sequence[RgbImage],
    autoencoder: str,
    *,
    unet_steps: int = UNET_STEPS,
) -> Path:
    """A model folder that paints a plate round the product when it reads that plate's prompt, and knows nothing else.

    Args:
        folder: Where to; made.
        requests: A shot per plate, all of one canvas.
        plates: uint8 (H, W, 3) of the canvas's size.
        autoencoder: Name of the one that knows them, in ``AUTOENCODERS``.
        unet_steps: How long the UNet learns.
    """
    write_sd15(folder)
    known = Paintings.of(requests, [composite(plate, item.layer) for plate, item in zip(plates, requests, strict=True)])
    vae = load_autoencoder(autoencoder)
    scaling = float(vae.config.scaling_factor)
    with seeded(5):
        with torch.no_grad():
            latents, held = (vae.encode(part).latent_dist.mode() * scaling for part in (known.pictures, known.masked))
        repaint = repaint_mask(known.alpha_matte, known.grid)
        unet = _learn_scenes(latents, torch.cat([repaint, held], 1), _encode(folder, requests), unet_steps)
    (folder / "scheduler" / "scheduler_config.json").write_text(
        json.dumps({**_SCHEDULE, "prediction_type": "v_prediction"})
    )
    write_network(folder / "vae", vae)
    write_network(folder / "unet", unet)
    return folder


def write_held(
    folder: Path,
    request: ShotRequest,
    plates: Sequence[RgbImage],
    controls: Tensor,
    autoencoder: str,
    *,
    steps: int = UNET_STEPS,
) -> Path:
    """A model folder with a ControlNet that alone says which of the plates is painted: the prompt is always the same.

    Args:
        folder: Where to; made.
        request: The shot.
        plates: uint8 (H, W, 3) of its canvas's size.
        controls: What the ControlNet is shown for each, (B, 3, h, w), padded.
        autoencoder: Name of the one that knows them, in ``AUTOENCODERS``.
        steps: How long it learns.
    """
    write_sd15(folder)
    known = Paintings.of([request] * len(plates), [composite(plate, request.layer) for plate in plates])
    vae = load_autoencoder(autoencoder)
    scaling = float(vae.config.scaling_factor)
    with seeded(5):
        with torch.no_grad():
            latents, held = (vae.encode(part).latent_dist.mode() * scaling for part in (known.pictures, known.masked))
        fixed = torch.cat([repaint_mask(known.alpha_matte, known.grid), held], 1)
        texts = _encode(folder, [request] * len(plates))
        control = _wake(build_control(norm_groups=8)).train().requires_grad_(True)
        unet = _learn_scenes(latents, fixed, texts, steps, (control, controls))
    (folder / "scheduler" / "scheduler_config.json").write_text(
        json.dumps({**_SCHEDULE, "prediction_type": "v_prediction"})
    )
    for name, network in (("vae", vae), ("unet", unet), ("controlnet", control)):
        write_network(folder / name, network)
    return folder


def _wake(control: ControlNetModel) -> ControlNetModel:
    """A ControlNet whose zero convolutions are none: two in a row take hundreds of steps to begin to learn."""
    silent = [control.controlnet_cond_embedding.conv_out, control.controlnet_mid_block, *control.controlnet_down_blocks]
    for layer in silent:
        torch.nn.init.kaiming_normal_(layer.weight)
    return control


def _learn_scenes(
    latents: Tensor,
    fixed: Tensor,
    texts: Tensor,
    steps: int,
    beside: tuple[ControlNetModel, Tensor] | None = None,
) -> UNet2DConditionModel:
    """A UNet that knows pictures by heart; with a ControlNet, taught with it, and what that is shown of each."""
    unet = build_unet(Family.SD15, norm_groups=8).train().requires_grad_(True)
    start, end = (float(str(_SCHEDULE[name])) ** 0.5 for name in ("beta_start", "beta_end"))
    betas = torch.linspace(start, end, _TRAINED) ** 2
    signal = torch.cumprod(1 - betas, 0)
    taught = [*unet.parameters(), *(beside[0].parameters() if beside is not None else ())]
    optimizer = torch.optim.AdamW(taught)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 5e-3 if beside is None else 2.5e-3, total_steps=steps, pct_start=0.1
    )
    repeat = 2 if beside is None else 3
    clean, held, words = (tensor.repeat(repeat, *[1] * (tensor.ndim - 1)) for tensor in (latents, fixed, texts))
    for step in range(steps):
        timesteps = torch.randint(0, _TRAINED, (len(clean),))
        if beside is not None:  # the rest shows through less noise: then the control would never be asked
            noisiest = torch.randint(_TRAINED * 39 // 40, _TRAINED, (len(clean),))
            rows = len(clean) if step < steps // 2 else len(latents)
            timesteps = torch.where(torch.arange(len(clean)) < rows, noisiest, timesteps)
        share = signal[timesteps][:, None, None, None]
        noise = torch.randn_like(clean)
        noisy = share.sqrt() * clean + (1 - share).sqrt() * noise
        answers = {}
        if beside is not None:
            control, shown = beside
            down, middle = control(
                noisy, timesteps, words, controlnet_cond=shown.repeat(repeat, 1, 1, 1), return_dict=False
            )
            answers = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
        predicted = unet(torch.cat([noisy, held], 1), timesteps, encoder_hidden_states=words, **answers).sample
        velocity = share.sqrt() * noise - (1 - share).sqrt() * clean
        descend(functional.mse_loss(predicted, velocity), optimizer, schedule)
    return unet.eval().requires_grad_(False)


def _encode(folder: Path, requests: Sequence[ShotRequest]) -> Tensor:
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True)
    encoder = CLIPTextModel.from_pretrained(folder / "text_encoder", local_files_only=True)
    text = TextEncoder([tokenizer], [encoder.eval()], torch.device("cpu"), torch.float32)
    return text.encode([describe_scene(request) for request in requests]).states


def descend(loss: Tensor, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler) -> None:
    """A step down."""
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    for group in optimizer.param_groups:
        torch.nn.utils.clip_grad_norm_(group["params"], 1.0)
    optimizer.step()
    schedule.step()
