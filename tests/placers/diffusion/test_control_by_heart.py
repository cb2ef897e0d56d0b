"""A network that was taught two layouts follows the one that it is shown, whatever the prompt."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from photoshoot import Photoshoot, Product
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.diffusion.control import draw_set
from photoshoot.placers.diffusion.latent_grid import Grid
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.diffusion.profiles import find_profile
from photoshoot.placers.diffusion.set_pictures import DEPTH, show_nearness
from photoshoot.records import Provenance, Shot, ShotRequest
from photoshoot.stages import SetGuides
from tests.measures import psnr
from tests.placers.diffusion.loaded import CPU
from tests.placers.diffusion.overfitting import write_held
from tests.placers.diffusion.test_inpainting import SETTINGS, known

pytestmark = pytest.mark.slow


class Layouts:
    """A studio of flat grey walls: one that leaves to the right, and one that leaves to the left."""

    batch_size, overlap = 16, 1

    def place(self, requests: Sequence[ShotRequest], on_step: object = None) -> list[Shot]:  # noqa: ARG002
        made_by = Provenance(engine="studio", versions={}, settings={})
        return [one.answer(np.full_like(one.layer.rgb, 128), made_by) for one in requests]

    def measure_sets(self, requests: Sequence[ShotRequest]) -> list[SetGuides]:
        return [layout(request, request.seed) for request in requests]

    def close(self) -> None:
        """It holds nothing."""


def layout(request: ShotRequest, which: int) -> SetGuides:
    shape = request.layer.alpha_matte.shape
    away = np.broadcast_to(np.linspace(1, 4, shape[1], dtype=np.float32), shape)
    return SetGuides(depth=np.ascontiguousarray(away[:, ::-1] if which else away), normals=np.zeros((*shape, 3)))


def test_the_layout_that_is_shown_appears(bottle: Product, tmp_path: Path, shoot: Photoshoot) -> None:
    requests, plates = known(bottle)
    orders = [dataclasses.replace(requests[0], seed=which) for which in range(2)]
    grid = Grid(requests[0].canvas.width_px, requests[0].canvas.height_px)
    near = np.stack([show_nearness(layout(requests[0], which)) for which in range(2)])
    controls = draw_set(grid.pad(torch.from_numpy(near).movedim(-1, 1)), grid, DEPTH)
    folder = write_held(tmp_path / "held", requests[0], plates, controls, "inpainting")
    settings = dataclasses.replace(SETTINGS, init="studio", control="depth", strength=1.0, num_inference_steps=16)
    models = load_models(find_profile(folder).sources, settings, CPU)
    placer = DiffusionPlacer(models, settings, starter=Layouts(), segmenter=shoot.segmenter)
    for index, (request, shot) in enumerate(zip(orders, placer.place(orders), strict=True)):
        alpha = request.layer.alpha_matte
        core = alpha >= CORE_ALPHA
        np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
        right, wrong = (psnr(shot.image, plates[which], alpha == 0) for which in (index, 1 - index))
        assert right >= wrong + 4, f"{right:.1f} dB, and {wrong:.1f} dB to the other plate"
