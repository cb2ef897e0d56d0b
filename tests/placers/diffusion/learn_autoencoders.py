"""Makes ``autoencoders/``: tiny autoencoders, each of which knows the pictures of one test that really paints.

    python -m tests.placers.diffusion.learn_autoencoders

Learning takes minutes, and what is learned is the same whatever is tested, so it is kept.
"""

import torch
from diffusers import AutoencoderKL
from safetensors.torch import save_file
from torch.nn import functional

from photoshoot import Photoshoot, StudioSettings
from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.latent_grid import keep_strength
from photoshoot.previews.products import load_examples
from photoshoot.records import RgbImage, ShotRequest
from tests.conftest import EXAMPLES
from tests.placers.diffusion import test_inpainting as inpainting
from tests.placers.diffusion.overfitting import AUTOENCODERS, Paintings, build_autoencoder, descend
from tests.placers.diffusion.tiny_networks import seeded
from tests.training import test_learning as learning

BATCH = 4


def learn(known: Paintings, steps: int) -> AutoencoderKL:
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


def save(name: str, shots: list[ShotRequest], images: list[RgbImage], steps: int) -> None:
    """Learn the pictures of one test, and write what was learned."""
    with seeded(5):
        vae = learn(Paintings.of(shots, images), steps)
    AUTOENCODERS.mkdir(exist_ok=True)
    save_file(vae.state_dict(), AUTOENCODERS / f"{name}.safetensors")


def main() -> None:
    """Learn and write all."""
    with Photoshoot.embedded(studio=StudioSettings(samples=1)) as shoot:
        bottle = shoot.describe([EXAMPLES / "bottle.jpg"])[0]
    shots, plates = inpainting.known(bottle)
    save("inpainting", shots, compose(shots, plates), 600)
    shots, plates = learning.known(bottle)
    images = compose(shots, plates)
    for data in learning.make_data(load_examples()):
        shots, images = shots + learning.orders_for(data), images + learning.images_of(data)
    save("learning", shots, images, 2000)


def compose(shots: list[ShotRequest], plates: list[RgbImage]) -> list[RgbImage]:
    return [composite(plate, shot.layer) for shot, plate in zip(shots, plates, strict=True)]


if __name__ == "__main__":
    main()
