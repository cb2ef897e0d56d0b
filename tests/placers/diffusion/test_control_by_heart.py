"""A network that was taught two layouts follows the one that it is shown, whatever the prompt."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from photoshoot import Photoshoot, Product
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.diffusion.canvas.latent_grid import Grid
from photoshoot.placers.diffusion.models.control import draw_set
from photoshoot.placers.diffusion.models.set_pictures import DEPTH, show_nearness
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.records import Provenance, RgbImage, Shot, ShotRequest
from photoshoot.settings import Checkpoint
from photoshoot.stages import Segmenter, SetGuides
from tests.measures import psnr
from tests.placers.diffusion.overfitting import write_held
from tests.placers.diffusion.test_inpainting import SETTINGS, known

pytestmark = pytest.mark.slow


MARGIN_DB = 4.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Taught:
    """A model folder with a ControlNet, and what it knows."""

    folder: Path
    request: ShotRequest
    plates: list[RgbImage]
    """By the layout that they were taught with."""

    def follow(self, layouts: Sequence[int], scale: float, segmenter: Segmenter) -> list[float]:
        """Paint shots of seeds 0, 1… in the same words; by how many dB each is nearer to its layout's plate."""
        settings = dataclasses.replace(
            SETTINGS, init="studio", control=DEPTH, control_scales=(scale,), strength=1.0, num_inference_steps=16
        )
        checkpoint = Checkpoint(model=self.folder, device="cpu", settings=settings)
        orders = [dataclasses.replace(self.request, seed=seed) for seed in range(len(layouts))]
        shots = DiffusionPlacer.load(checkpoint, lambda: Layouts(layouts), segmenter).place(orders)
        return [self._measure(shot, which) for shot, which in zip(shots, layouts, strict=True)]

    def _measure(self, shot: Shot, which: int) -> float:
        alpha = self.request.layer.alpha_matte
        core = alpha >= CORE_ALPHA
        np.testing.assert_array_equal(shot.image[core], self.request.layer.rgb[core])
        right, wrong = (psnr(shot.image, self.plates[one], alpha == 0) for one in (which, 1 - which))
        return right - wrong


class Layouts:
    """A studio of flat grey walls: one that leaves to the right, and one that leaves to the left.

    Args:
        by_seed: Which of them a shot has, by its seed.
    """

    batch_size, overlap = 16, 1

    def __init__(self, by_seed: Sequence[int]) -> None:
        self._by_seed = by_seed

    def place(self, requests: Sequence[ShotRequest], on_step: object = None) -> list[Shot]:  # noqa: ARG002
        made_by = Provenance(engine="studio", versions={}, settings={})
        return [one.answer(np.full_like(one.layer.rgb, 128), made_by) for one in requests]

    def measure_sets(self, requests: Sequence[ShotRequest]) -> list[SetGuides]:
        return [layout(request, self._by_seed[request.seed]) for request in requests]

    def close(self) -> None:
        """It holds nothing."""


def layout(request: ShotRequest, which: int) -> SetGuides:
    shape = request.layer.alpha_matte.shape
    away = np.broadcast_to(np.linspace(1, 4, shape[1], dtype=np.float32), shape)
    return SetGuides(depth=np.ascontiguousarray(away[:, ::-1] if which else away), normals=np.zeros((*shape, 3)))


def show_layouts(request: ShotRequest) -> torch.Tensor:
    """What the network is shown of either, (2, 3, h, w)."""
    grid = Grid(request.canvas.width_px, request.canvas.height_px)
    near = np.stack([show_nearness(layout(request, which)) for which in range(2)])
    return draw_set(grid.pad(torch.from_numpy(near).movedim(-1, 1)), grid, DEPTH)


@pytest.fixture(scope="module")
def taught(bottle: Product, tmp_path_factory: pytest.TempPathFactory) -> Taught:
    requests, plates = known(bottle)
    folder = write_held(tmp_path_factory.mktemp("taught") / "held", "held", "inpainting")
    return Taught(folder=folder, request=requests[0], plates=plates)


@pytest.mark.parametrize("layouts", [(0, 1), (1, 0)])
@pytest.mark.exhaustive(
    "tests/placers/diffusion/test_control.py::test_it_is_the_controlnet_inpaint_pipeline_of_diffusers",
    "tests/placers/diffusion/test_inpainting.py::test_the_right_scene_appears_for_the_right_prompt",
)
def test_the_layout_that_is_shown_appears_whatever_the_noise(
    layouts: tuple[int, int], taught: Taught, shoot: Photoshoot
) -> None:
    margins = taught.follow(layouts, 1.0, shoot.segmenter)
    assert min(margins) >= MARGIN_DB, f"{margins} dB nearer to the plate of the layout"


def test_without_the_control_nothing_tells_which(taught: Taught, shoot: Photoshoot) -> None:
    margins = taught.follow((0, 1), 0.0, shoot.segmenter)
    assert min(margins) < 1, f"{margins} dB nearer to the plate of a layout that was not shown"
