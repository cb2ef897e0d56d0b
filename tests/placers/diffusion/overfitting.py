"""Tiny networks that really paint: trained until they know a few plates by heart, and saved as a model folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from torch import Tensor
from torch.nn import functional
from transformers import CLIPTextModel, CLIPTokenizer

from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.compositing import product_on_grey, to_signed
from photoshoot.placers.diffusion.latent_grid import Grid, keep_strength, repaint_mask
from photoshoot.placers.diffusion.model_parts import Family
from photoshoot.placers.diffusion.network_prompts import describe_scene
from photoshoot.placers.diffusion.text_encoder import TextEncoder
from photoshoot.records import RgbImage, ShotRequest
from tests.placers.diffusion.checkpoints import SCHEDULERS, write_network, write_sd15
from tests.placers.diffusion.tiny_networks import build_unet, build_vae, seeded

VAE_STEPS: Final = 160
UNET_STEPS: Final = 130
BATCH: Final = 4
"""Pictures that the autoencoder learns at a time."""
_TRAINED: Final = 1000  # timesteps of the schedule
_SCHEDULE: Final = SCHEDULERS[Family.SD15]


def write_overfitted(
    folder: Path,
    requests: Sequence[ShotRequest],
    plates: Sequence[RgbImage],
    seen: Sequence[tuple[ShotRequest, RgbImage]] = (),
    *,
    vae_steps: int = VAE_STEPS,
    unet_steps: int = UNET_STEPS,
) -> Path:
    """A model folder that paints a plate round the product when it reads that plate's prompt, and knows nothing else.

    Args:
        folder: Where to; made.
        requests: A shot per plate, all of one canvas.
        plates: uint8 (H, W, 3) of the canvas's size.
        seen: More finished pictures of that canvas, which the autoencoder alone learns.
        vae_steps: How long the autoencoder learns.
        unet_steps: How long the UNet learns.
    """
    write_sd15(folder)
    canvas = requests[0].canvas
    grid = Grid(canvas.width_px, canvas.height_px)
    known = [(item, composite(plate, item.layer)) for plate, item in zip(plates, requests, strict=True)]
    shots, whole = zip(*known, *seen, strict=True)
    rgb = torch.from_numpy(np.stack([shot.layer.rgb for shot in shots]))
    alpha = torch.from_numpy(np.stack([shot.layer.alpha_matte for shot in shots]))
    pictures = grid.pad(to_signed(torch.from_numpy(np.stack(whole))))
    masked = grid.pad(product_on_grey(rgb, alpha))
    padded = grid.pad(alpha[:, None])[:, 0]
    with seeded(5):
        vae = _learn_pictures(pictures, masked, keep_strength(padded, grid) >= 1, vae_steps)
        scaling = float(vae.config.scaling_factor)
        first = slice(0, len(requests))
        with torch.no_grad():
            latents, held = (vae.encode(images[first]).latent_dist.mode() * scaling for images in (pictures, masked))
        repaint = repaint_mask(padded[first], grid)
        unet = _learn_scenes(latents, torch.cat([repaint, held], 1), _encode(folder, requests), unet_steps)
    (folder / "scheduler" / "scheduler_config.json").write_text(
        json.dumps({**_SCHEDULE, "prediction_type": "v_prediction"})
    )
    write_network(folder / "vae", vae)
    write_network(folder / "unet", unet)
    return folder


def _learn_pictures(pictures: Tensor, masked: Tensor, held: Tensor, steps: int) -> AutoencoderKL:
    """An autoencoder whose latents have about unit variance after scaling.

    In every second step its decoder is shown what a painting ends with: cells of the product taken from the product on
    grey. Tiny networks normalise over whole pictures, and would give all of it another colour.
    """
    vae = build_vae(channels=(8, 16, 32, 32), norm_groups=1).train().requires_grad_(True)
    target = 1 / float(vae.config.scaling_factor)
    optimizer = torch.optim.AdamW(vae.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps, pct_start=0.2)
    for step in range(steps):
        some = torch.randperm(len(pictures))[:BATCH] if len(pictures) > BATCH else slice(None)
        whole, grey = vae.encode(torch.cat([pictures[some], masked[some]])).latent_dist.mode().chunk(2)
        latents = torch.cat([torch.where(held[some], grey, whole) if step % 2 else whole, grey])
        noisy = latents + 0.1 * target * torch.randn_like(latents)  # near latents are to mean near pictures
        wanted = torch.cat([pictures[some], masked[some]])
        error = functional.mse_loss(vae.decode(noisy).sample, wanted)
        spread = (latents.std() / target - 1) ** 2 + (latents.mean() / target) ** 2
        _descend(error + 0.02 * spread, optimizer, schedule)
    return vae.eval().requires_grad_(False)


def _learn_scenes(latents: Tensor, fixed: Tensor, texts: Tensor, steps: int) -> UNet2DConditionModel:
    unet = build_unet(Family.SD15, norm_groups=8).train().requires_grad_(True)
    start, end = (float(str(_SCHEDULE[name])) ** 0.5 for name in ("beta_start", "beta_end"))
    betas = torch.linspace(start, end, _TRAINED) ** 2
    signal = torch.cumprod(1 - betas, 0)
    optimizer = torch.optim.AdamW(unet.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps, pct_start=0.1)
    repeat = 2
    clean, held, words = (tensor.repeat(repeat, *[1] * (tensor.ndim - 1)) for tensor in (latents, fixed, texts))
    for _ in range(steps):
        timesteps = torch.randint(0, _TRAINED, (len(clean),))
        share = signal[timesteps][:, None, None, None]
        noise = torch.randn_like(clean)
        noisy = share.sqrt() * clean + (1 - share).sqrt() * noise
        predicted = unet(torch.cat([noisy, held], 1), timesteps, encoder_hidden_states=words).sample
        velocity = share.sqrt() * noise - (1 - share).sqrt() * clean
        _descend(functional.mse_loss(predicted, velocity), optimizer, schedule)
    return unet.eval().requires_grad_(False)


def _encode(folder: Path, requests: Sequence[ShotRequest]) -> Tensor:
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True)
    encoder = CLIPTextModel.from_pretrained(folder / "text_encoder", local_files_only=True)
    text = TextEncoder([tokenizer], [encoder.eval()], torch.device("cpu"), torch.float32)
    return text.encode([describe_scene(request) for request in requests]).states


def _descend(loss: Tensor, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler) -> None:
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    for group in optimizer.param_groups:
        torch.nn.utils.clip_grad_norm_(group["params"], 1.0)
    optimizer.step()
    schedule.step()
