"""Makes ``autoencoder.safetensors``: a tiny autoencoder that knows the pictures of the tests that really paint.

    python -m tests.placers.diffusion.learn_autoencoder

Learning takes minutes, and what is learned is the same whatever is tested, so it is kept.
"""

import torch
from diffusers import AutoencoderKL
from safetensors.torch import save_file
from torch.nn import functional

from photoshoot import Photoshoot, StudioSettings
from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.latent_grid import keep_strength
from tests.conftest import EXAMPLES
from tests.placers.diffusion import test_inpainting as inpainting
from tests.placers.diffusion.overfitting import AUTOENCODER, Paintings, build_autoencoder, descend
from tests.placers.diffusion.tiny_networks import seeded
from tests.training import test_learning as learning

STEPS = 1600
BATCH = 4


def learn(sets: list[Paintings]) -> AutoencoderKL:
    """An autoencoder whose latents have about unit variance after scaling.

    In every second step its decoder is shown what a painting ends with: cells of the product taken from the product on
    grey. Tiny networks normalise over whole pictures, and would give all of it another colour.
    """
    vae = build_autoencoder().train().requires_grad_(True)
    target = 1 / float(vae.config.scaling_factor)
    optimizer = torch.optim.AdamW(vae.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=STEPS, pct_start=0.2)
    held = [keep_strength(known.alpha_matte, known.grid) >= 1 for known in sets]
    for step in range(STEPS):
        which = step // 2 % len(sets)
        known = sets[which]
        some = torch.randperm(len(known.pictures))[:BATCH]
        wanted = torch.cat([known.pictures[some], known.masked[some]])
        whole, grey = vae.encode(wanted).latent_dist.mode().chunk(2)
        latents = torch.cat([torch.where(held[which][some], grey, whole) if step % 2 else whole, grey])
        noisy = latents + 0.1 * target * torch.randn_like(latents)  # near latents are to mean near pictures
        error = functional.mse_loss(vae.decode(noisy).sample, wanted)
        spread = (latents.std() / target - 1) ** 2 + (latents.mean() / target) ** 2
        descend(error + 0.02 * spread, optimizer, schedule)
        if step % 100 == 99:
            print(f"{step + 1} of {STEPS}: {error.item():.5f}", flush=True)  # noqa: T201
    return vae


def main() -> None:
    """Learn and write."""
    with Photoshoot.embedded(studio=StudioSettings(samples=1)) as shoot:
        bottle = shoot.describe([EXAMPLES / "bottle.jpg"])[0]
    sets = []
    for shots, plates in (inpainting.known(bottle), learning.known(bottle)):
        sets.append((shots, [composite(plate, shot.layer) for shot, plate in zip(shots, plates, strict=True)]))
    trained, held_out = learning.make_data()
    for data in (trained, held_out):
        sets[-1] = (sets[-1][0] + learning.orders_for(data), sets[-1][1] + learning.images_of(data))
    with seeded(5):
        vae = learn([Paintings.of(shots, images) for shots, images in sets])
    save_file({name: tensor.half().contiguous() for name, tensor in vae.state_dict().items()}, AUTOENCODER)


if __name__ == "__main__":
    main()
