from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX, Grid, keep_strength, repaint_mask, resize
from photoshoot.placers.diffusion.components.codec import LatentCodec
from tests.measures import FLOAT32


def draw_checkerboard(grid: Grid, side: int = 4) -> Tensor:
    rows, columns = torch.meshgrid(torch.arange(grid.height_px), torch.arange(grid.width_px), indexing="ij")
    board = ((rows // side + columns // side) % 2).float() * 2 - 1
    return board.expand(1, 3, -1, -1)


def test_sides_are_padded_to_the_next_multiple() -> None:
    grid = Grid(1674, 628)
    assert (grid.padded_width_px, grid.padded_height_px) == (1680, 632)
    assert grid.latent_size == (79, 210)
    two_stages = Grid(1674, 628, 16)
    assert (two_stages.padded_width_px, two_stages.padded_height_px) == (1680, 640)
    half = two_stages.scaled(0.5)
    assert (half.padded_width_px, half.padded_height_px) == (840, 320)
    assert Grid(1080, 1080).scaled(1) == Grid(1080, 1080)


@pytest.mark.parametrize("size", [(37, 21), (40, 24), (160, 33)])
def test_padding_and_cropping_give_the_same_pixels_back(size: tuple[int, int]) -> None:
    grid = Grid(*size)
    board = draw_checkerboard(grid)
    padded = grid.pad(board)
    assert padded.shape[2:] == (grid.padded_height_px, grid.padded_width_px)
    assert torch.equal(grid.crop(padded), board)
    beyond = padded[..., grid.height_px :, : grid.width_px]
    assert torch.equal(beyond, board[..., -1:, :].expand_as(beyond))


class BoxVae(nn.Module):
    """A latent cell is the mean of its pixels, and comes back as a block of that colour: keeps a board of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.config = SimpleNamespace(scaling_factor=0.5)
        self.dtype = torch.float32

    def encode(self, images: Tensor) -> SimpleNamespace:
        mean = functional.avg_pool2d(images, CELL_PX)
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: mean))

    def decode(self, latents: Tensor, *, return_dict: bool) -> tuple[Tensor]:
        assert not return_dict
        return (functional.interpolate(latents, scale_factor=float(CELL_PX)),)


@pytest.mark.parametrize("size", [(37, 21), (40, 24), (160, 33)])
def test_content_is_not_shifted_through_the_codec(size: tuple[int, int]) -> None:
    grid, codec = Grid(*size), LatentCodec(BoxVae())
    board = draw_checkerboard(grid, side=CELL_PX)
    latents = codec.encode(grid.pad(board))
    assert latents.shape[2:] == grid.latent_size
    assert torch.equal(grid.crop(next(codec.decode(latents))), board)


def test_resizing_moves_nothing_and_keeps_the_range() -> None:
    grid = Grid(160, 96)
    image = -torch.ones(1, 3, 96, 160)
    image[..., 32:64, 40:80] = 1
    small = resize(image, grid.scaled(0.5))
    assert torch.allclose(small[..., 17:31, 21:39], torch.ones(()), atol=0.02)
    assert small[..., :15, :].max() < -0.98
    back = resize(small, grid)
    assert back.shape == image.shape
    assert back.abs().max() <= 1
    assert (back - image).abs().mean() < 0.03
    weights = back[0, 0] + 1
    center = (weights.sum(0) * (torch.arange(160) + 0.5)).sum() / weights.sum()
    assert center.item() == pytest.approx(60, abs=0.05)


@pytest.mark.parametrize("scale", [1, 0.5])
def test_thin_background_is_repainted_and_thin_product_is_not_lost(scale: float) -> None:
    grid = Grid(64, 48)
    alpha = torch.ones(1, 48, 64)
    alpha[:, :, 21] = 0  # a gap of one pixel
    alpha[:, 11, :] = 0.3  # and a soft one
    mask = repaint_mask(alpha, grid.scaled(scale))[0, 0]
    cells = int(8 / scale)
    assert mask.shape == (48 / cells, 64 / cells)
    expected = torch.zeros_like(mask)
    expected[:, 21 // cells] = 1
    expected[11 // cells, :] = 1
    assert torch.equal(mask, expected)
    stick = torch.zeros(1, 48, 64)
    stick[:, :, 21] = 1
    assert repaint_mask(stick, grid).min() == 1
    assert keep_strength(stick, grid)[0, 0, 0, 2].item() == pytest.approx(1 / 8, abs=FLOAT32)


@pytest.mark.parametrize("scale", [1, 0.5])
def test_keep_strength_is_exact_at_both_ends(scale: float) -> None:
    grid = Grid(48, 48)
    alpha = torch.full((1, 48, 48), 254 / 255)
    alpha[:, 16:32] = 0.5
    alpha[:, 32:] = 0
    keep = keep_strength(alpha, grid.scaled(scale))[0, 0]
    rows = len(keep) // 3
    assert (keep[:rows] == 1).all()
    assert torch.allclose(keep[rows:-rows], torch.tensor(0.5), atol=FLOAT32)
    assert (keep[-rows:] == 0).all()
