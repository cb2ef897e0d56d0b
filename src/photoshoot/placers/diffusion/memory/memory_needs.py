"""How much memory painting takes beside the networks themselves: bytes counted alive on the published networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from photoshoot.placers.diffusion.canvas.latent_grid import Grid
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.codec import TILE_CELLS, pictures_together
from photoshoot.placers.diffusion.families import FAMILIES, Family

DECODER_VALUES: Final = 49_160
"""Numbers alive at the peak of decoding, for a latent cell; encoding takes 41 152. Source: ``bench_live_bytes``."""
_START, _START_PX, _START_MOST = 88_000_000, 46, 270_000_000
_TOKENS = 80  # of most texts, padded to a multiple of 8
SPARE: Final = 0.85
"""Share of the free memory that is used: allocators need room."""
_HELD_BY_UNET, _HELD_BY_VAE, _LAST_PART = 2500, 1480, 1670  # bytes a cell: a shot's pictures; those just decoded


def start_bytes(size: WorkingSize) -> int:
    """What the studio's renderer takes while it renders what a shot starts from: the set, and tiles of its film."""
    return min(_START + _START_PX * size.width_px * size.height_px, _START_MOST)


@dataclass(frozen=True, kw_only=True)
class MemoryNeeds:
    """What memory one loaded model takes to paint."""

    family: Family
    """Of the networks."""
    unet_bytes: int
    """Bytes of one of the UNet's numbers: 2 or 4."""
    vae_bytes: int
    """Bytes of one of the autoencoder's numbers: 4 where it runs in single precision beside a UNet in half."""
    unet_visits: int = 0
    """Bytes of the UNet's weights, or of one layer's, that come to the device while it works; 0: they lie there."""
    vae_visits: int = 0
    """Of the autoencoder's, likewise."""
    rows: int = 2
    """Of a shot in a call of the painter: 2 with guidance, else 1."""
    controlled: bool = False
    """Whether a ControlNet works beside the UNet."""
    tiled: bool = False
    """Whether the autoencoder works in tiles from the start."""

    relight: MemoryNeeds | None = None
    """Of the networks that light products, which work when the painting is done; None: there are none."""
    starts: bool = False
    """Whether the studio renders on the same device what painting starts from: a batch ahead, one picture at a time."""

    def peak_bytes(self, size: WorkingSize, shots: int) -> int:
        """Most bytes alive at once beside what lies there all the time, while so many shots are painted together."""
        return (start_bytes(size) if self.starts else 0) + max(
            self._unet_bytes(size, shots), self._vae_bytes(size, shots)
        )

    def _unet_bytes(self, size: WorkingSize, shots: int) -> int:
        cells = _cells(size.grid)
        kind = FAMILIES[self.family]
        row = kind.unet_values * cells + kind.key_values * _TOKENS
        if self.controlled:
            row += kind.control_values * cells + kind.control_keys * _TOKENS
        return self.unet_visits + shots * (self.rows * row * self.unet_bytes + _HELD_BY_UNET * cells)

    def _vae_bytes(self, size: WorkingSize, shots: int) -> int:
        decoders = (self._decoder_bytes(grid, shots) for grid in (size.base_grid, size.grid))
        return self.vae_visits + max(decoders) + shots * _HELD_BY_VAE * _cells(size.grid)

    def _decoder_bytes(self, grid: Grid, shots: int) -> int:
        cells = _cells(grid)
        together = 1 if self.tiled else min(shots, pictures_together(cells))
        kept = _LAST_PART if shots > together else 0
        at_once = min(cells, TILE_CELLS) if self.tiled else cells
        return together * (at_once * DECODER_VALUES * self.vae_bytes + cells * kept)


def _cells(grid: Grid) -> int:
    rows, columns = grid.latent_size
    return rows * columns
