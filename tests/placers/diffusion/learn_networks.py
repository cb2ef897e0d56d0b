"""Makes ``learned/``: tiny networks, each of which knows the pictures of one test that really paints.

    python -m tests.placers.diffusion.learn_networks [autoencoders] [inpainting] [learning] [held]

Learning takes minutes, and what is learned is the same whatever is tested, so it is kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import CLIPTextModel, CLIPTokenizer

from photoshoot import Photoshoot, Product, StudioSettings
from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.canvas.latent_grid import Grid, keep_strength, repaint_mask
from photoshoot.placers.diffusion.components.text_encoder import TextEncoder
from photoshoot.placers.diffusion.painting.compositing import product_on_grey, to_signed
from photoshoot.placers.diffusion.painting.network_prompts import describe_scene
from photoshoot.previews.products import load_examples
from photoshoot.records import RgbImage, ShotRequest
from tests.conftest import EXAMPLES
from tests.placers.diffusion import test_control_by_heart as holding
from tests.placers.diffusion import test_inpainting as inpainting
from tests.placers.diffusion.checkpoints import write_sd15
from tests.placers.diffusion.overfitting import (
    LEARNED,
    SCHEDULE,
    build_autoencoder,
    build_holder,
    build_painter,
    load_learned,
)
from tests.placers.diffusion.tiny_networks import seeded
from tests.training import test_learning as learning

BATCH: Final = 4
STEPS: Final = {"inpainting": 130, "learning": 150, "held": 130}
"""How long each UNet learns."""
_TRAINED: Final = 1000  # timesteps of the schedule


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
    def of(cls, shots: Sequence[ShotRequest], plates: Sequence[RgbImage]) -> Paintings:
        """Shots of one canvas and the scenes that answer them, uint8 (H, W, 3)."""
        canvas = shots[0].canvas
        grid = Grid(canvas.width_px, canvas.height_px)
        rgb = torch.from_numpy(np.stack([shot.layer.rgb for shot in shots]))
        alpha = torch.from_numpy(np.stack([shot.layer.alpha_matte for shot in shots]))
        images = [composite(plate, shot.layer) for shot, plate in zip(shots, plates, strict=True)]
        return cls(
            pictures=grid.pad(to_signed(torch.from_numpy(np.stack(images)))),
            masked=grid.pad(product_on_grey(rgb, alpha)),
            alpha_matte=grid.pad(alpha[:, None])[:, 0],
            grid=grid,
        )


def learn_autoencoder(known: Paintings, steps: int) -> AutoencoderKL:
    """An autoencoder whose latents have about unit variance after scaling.

    In every second step its decoder is shown what a painting ends with: cells of the product taken from the product on
    grey. Tiny networks normalise over whole pictures, and would give all of it another colour.
    """
    vae = build_autoencoder().train().requires_grad_(True)
    target = 1 / float(vae.config.scaling_factor)
    optimizer = torch.optim.AdamW(vae.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps, pct_start=0.2)
    held = keep_strength(known.alpha_matte, known.grid) >= 1
    for step in range(steps):
        some = torch.randperm(len(known.pictures))[:BATCH] if len(known.pictures) > BATCH else slice(None)
        wanted = torch.cat([known.pictures[some], known.masked[some]])
        whole, grey = vae.encode(wanted).latent_dist.mode().chunk(2)
        latents = torch.cat([torch.where(held[some], grey, whole) if step % 2 else whole, grey])
        noisy = latents + 0.1 * target * torch.randn_like(latents)  # near latents are to mean near pictures
        error = functional.mse_loss(vae.decode(noisy).sample, wanted)
        spread = (latents.std() / target - 1) ** 2 + (latents.mean() / target) ** 2
        descend(error + 0.02 * spread, optimizer, schedule)
    return vae


def learn_painter(
    name: str, shots: Sequence[ShotRequest], plates: Sequence[RgbImage], vae: AutoencoderKL, shown: Tensor | None = None
) -> None:
    """A UNet that paints the plate of each shot's prompt; with what a ControlNet is shown of each, that one too."""
    known, scaling = Paintings.of(shots, plates), float(vae.config.scaling_factor)
    with tempfile.TemporaryDirectory() as folder:
        texts = _encode(write_sd15(Path(folder) / "sd15"), shots)
    with seeded(5):
        with torch.no_grad():
            latents, held = (vae.encode(part).latent_dist.mode() * scaling for part in (known.pictures, known.masked))
        fixed = torch.cat([repaint_mask(known.alpha_matte, known.grid), held], 1)
        beside = None if shown is None else (_wake(build_holder()).train().requires_grad_(True), shown)
        unet = _learn_scenes(latents, fixed, texts, STEPS[name], beside)
    save(f"{name}-unet", unet)
    if beside is not None:
        save(f"{name}-controlnet", beside[0])


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
    unet = build_painter().train().requires_grad_(True)
    start, end = (float(str(SCHEDULE[name])) ** 0.5 for name in ("beta_start", "beta_end"))
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


def save(name: str, network: nn.Module) -> None:
    """Write what was learned: an autoencoder's numbers whole, since pictures come of them."""
    weights = network.state_dict()
    LEARNED.mkdir(exist_ok=True)
    kept = weights if name.endswith("-vae") else {key: weight.half() for key, weight in weights.items()}
    save_file(kept, LEARNED / f"{name}.safetensors")


def learn_autoencoders(bottle: Product) -> None:
    """Those of all tests."""
    shots, plates = inpainting.known(bottle)
    with seeded(5):
        save("inpainting-vae", learn_autoencoder(Paintings.of(shots, plates), 600))
    shots, plates = learning.known(bottle)
    for data in learning.make_data(load_examples()):
        shots, plates = shots + learning.orders_for(data), plates + learning.images_of(data)
    with seeded(5):
        save("learning-vae", learn_autoencoder(Paintings.of(shots, plates), 2000))


def main(names: Sequence[str]) -> None:
    """Learn and write what is named, or all."""
    wanted = names or ("autoencoders", *STEPS)
    with Photoshoot.embedded(studio=StudioSettings(samples=1)) as shoot:
        bottle = shoot.describe([EXAMPLES / "bottle.jpg"])[0]
    if "autoencoders" in wanted:
        learn_autoencoders(bottle)
    vaes = {name: load_learned(build_autoencoder(), f"{name}-vae") for name in ("inpainting", "learning")}
    if "inpainting" in wanted:
        learn_painter("inpainting", *inpainting.known(bottle), vaes["inpainting"])
    if "learning" in wanted:
        learn_painter("learning", *learning.known(bottle), vaes["learning"])
    if "held" in wanted:
        shots, plates = inpainting.known(bottle)
        learn_painter("held", [shots[0]] * 2, plates, vaes["inpainting"], holding.show_layouts(shots[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
