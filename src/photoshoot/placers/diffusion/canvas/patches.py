"""Latents as a transformer reads them: patches of two by two cells, one a token, and where each lies."""

import torch
from torch import Tensor

PATCH = 2
"""Cells along a patch's side. Source: FLUX.2's own code."""


def to_patches(latents: Tensor) -> Tensor:
    """Latents (B, C, h, w), h and w even, as (B, 4 C, h / 2, w / 2): the cells of a patch become channels."""
    rows, channels, height, width = latents.shape
    split = latents.view(rows, channels, height // PATCH, PATCH, width // PATCH, PATCH)
    return split.permute(0, 1, 3, 5, 2, 4).reshape(rows, channels * PATCH**2, height // PATCH, width // PATCH)


def from_patches(patches: Tensor) -> Tensor:
    """The way back."""
    rows, channels, height, width = patches.shape
    split = patches.reshape(rows, channels // PATCH**2, PATCH, PATCH, height, width)
    return split.permute(0, 1, 4, 2, 5, 3).reshape(rows, channels // PATCH**2, height * PATCH, width * PATCH)


def to_tokens(latents: Tensor) -> Tensor:
    """Latents (B, C, h, w) as tokens (B, h w / 4, 4 C), row by row."""
    return to_patches(latents).flatten(2).transpose(1, 2)


def from_tokens(tokens: Tensor, height: int, width: int) -> Tensor:
    """Tokens (B, h w / 4, 4 C) as latents (B, C, h, w)."""
    return from_patches(tokens.transpose(1, 2).reshape(len(tokens), -1, height // PATCH, width // PATCH))


def place_tokens(height: int, width: int, picture: int, device: torch.device) -> Tensor:
    """Where a picture's tokens lie: (h w / 4, 4), its number, row, column and 0.

    Args:
        height: Of the latents, in cells.
        width: Of them.
        picture: 0 = what is painted; references are told apart by other numbers.
        device: Where to.
    """
    rows, columns = (torch.arange(cells // PATCH, device=device) for cells in (height, width))
    one = torch.zeros(1, dtype=rows.dtype, device=device)
    return torch.cartesian_prod(one + picture, rows, columns, one)
