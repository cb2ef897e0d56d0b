"""From the photo to the gate: the real studio lays out a set, and a tiny network is held to its shapes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from torch import Tensor

from photoshoot import Photoshoot, Product, Shot
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer
from photoshoot.placers.diffusion.models import control
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting import inpainting
from photoshoot.settings import DiffusionSettings, StudioSettings
from tests.placers.diffusion.checkpoints import write_model, write_network
from tests.placers.diffusion.tiny_networks import build_control

KINDS = ("depth", "normals", "edges")
SETTINGS = DiffusionSettings(num_inference_steps=3, refine_steps=2, strength=0.95, base_scale=1.0)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_model(tmp_path_factory.mktemp("held") / "model", Family.SD15)
    write_network(folder / "controlnet", build_control())
    return folder


def generate(folder: Path, bottle: Product, settings: DiffusionSettings) -> tuple[Shot, list[Tensor]]:
    """A shot, and what the ControlNet was shown."""
    shown: list[Tensor] = []
    studio, draw = StudioSettings(samples=1, render_scale=0.5), control.draw_set

    def note(pictures: Tensor, *more: object) -> Tensor:
        shown.append(draw(pictures, *more))  # type: ignore[arg-type]
        return shown[-1]

    with (
        patch.object(inpainting, "draw_set", note),
        Photoshoot.from_pretrained(folder, device="cpu", diffusion=settings, studio=studio) as photoshoot,
    ):
        (shot,) = photoshoot.generate(
            bottle,
            prompts="on a podium of brushed copper before a wall, evening light",
            render_kind="150x125",
            safe_margin=False,
            seed=3,
            max_redraws=0,
        )
    return shot, shown


@pytest.mark.swept("kind")
@pytest.mark.parametrize("kind", KINDS)
def test_the_set_that_the_studio_laid_out_holds_the_network_and_the_product_is_exact(
    kind: str, held: Path, bottle: Product
) -> None:
    settings = dataclasses.replace(SETTINGS, control=kind)
    shot, shown = generate(held, bottle, settings)
    layer = build_layer(bottle.cutout, shot.canvas)
    core = layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(shot.image[core], layer.rgb[core])
    assert shot.quality is not None
    assert shot.quality.value("changed_share") == 0
    assert shot.quality.value("max_difference") == 0
    assert shot.provenance.settings["control"] == kind
    picture = shown[0][0]
    assert picture.std() > 0.05, "a set has shapes"
    assert 0 <= picture.min() <= picture.max() <= 1
    if kind == KINDS[0]:
        free, _ = generate(held, bottle, dataclasses.replace(settings, control_scales=(0.0,)))
        outside = layer.alpha_matte == 0
        assert np.abs(free.image.astype(int) - shot.image)[outside].mean() > 3, "it is held"
