"""Encodings as the latent cache leaves them, written by hand."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from photoshoot.training.latent_cache import EncodedSample

VARIANTS = 3
"""Masks that are drawn for a sample; one more is its matte as it is."""


def write_text(folder: Path, tokens: int, *, pooled: bool = False) -> Path:
    """A caption of so many tokens, 5 wide."""
    path = folder / f"text-{tokens}.safetensors"
    states = torch.randn(tokens, 5, generator=torch.Generator().manual_seed(tokens))
    save_file({"states": states, **({"pooled": states.mean(0)} if pooled else {})}, path)
    return path


def write_sample(
    folder: Path, index: int, *, size: tuple[int, int] = (4, 6), tokens: int = 7, pooled: bool = False
) -> EncodedSample:
    """A sample whose latents are all ``index`` and whose masked latents say which mask it is."""
    path = folder / f"sample-{index}.safetensors"
    variants = torch.arange(VARIANTS + 1)[:, None, None, None]
    tensors = {
        "picture": torch.full((4, *size), float(index)),
        "masked": (index + variants / 8) * torch.ones(1, 4, *size),
        "repaint": (variants % 2) * torch.ones(1, 1, *size),
        "shade": torch.full((1, *size), 0.25),
    }
    kinds = {"repaint": torch.uint8}
    save_file({name: tensor.to(kinds.get(name, torch.float16)) for name, tensor in tensors.items()}, path)
    return EncodedSample(
        index=index,
        file=path,
        text_file=write_text(folder, tokens, pooled=pooled),
        latent_size=size,
        product=f"product {index}",
        source="rendered",
    )
