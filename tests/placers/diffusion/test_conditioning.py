from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoshoot.placers.diffusion.canvas.latent_grid import Grid
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.painting.conditioning import Conditioner
from photoshoot.records import ShotRequest
from photoshoot.settings import DiffusionSettings
from tests.making import make_request
from tests.placers.diffusion.loaded import load

REQUEST = make_request()


def ask(text: str, without: str = "", style: Path | None = None) -> ShotRequest:
    scene = replace(REQUEST.scene, text=text, full_text=text, negative_text=without, style_reference=style)
    return replace(REQUEST, scene=scene)


@pytest.fixture(scope="module", params=UNET_FAMILIES)
def family(request: pytest.FixtureRequest) -> Family:
    found: Family = request.param
    return found


@pytest.fixture(scope="module")
def conditioner(model_folders: dict[Family, Path], family: Family) -> Conditioner:
    return Conditioner(load(Sources(base=model_folders[family])), DiffusionSettings())


def test_what_to_show_comes_first_then_what_to_leave_out(conditioner: Conditioner) -> None:
    states = conditioner.encode([ask("a wall", "fog"), ask("a beach", "fog"), ask("a wall", "rain")]).text.states
    assert len(states) == 6
    alike = [[torch.equal(first, second) for second in states] for first in states]
    pairs = {(row, column) for row in range(6) for column in range(row) if alike[row][column]}
    assert pairs == {(2, 0), (4, 3)}, "the same words have the same rows, whichever shot they are of"


def test_without_a_style_reference_there_are_no_tokens(conditioner: Conditioner, family: Family) -> None:
    words = conditioner.encode([ask("a wall"), ask("a beach")])
    assert words.style_tokens is None
    assert words.style_scale is None
    conditioning = words.conditioning(family, Grid(64, 48))
    assert conditioning.text is words.text.states
    assert conditioning.style_tokens is None


def test_only_the_larger_family_is_told_the_size_of_the_pass(conditioner: Conditioner, family: Family) -> None:
    words = conditioner.encode([ask("a wall")])
    for width, height in ((60, 44), (128, 64)):
        added = words.conditioning(family, Grid(width, height)).added
        if family is Family.SD15:
            assert added == {}
        else:
            padded = [-(-height // 8) * 8, -(-width // 8) * 8]
            assert added["time_ids"].tolist() == [[*padded, 0, 0, *padded]] * 2
            assert added["text_embeds"] is words.text.pooled


def test_a_style_reference_is_nothing_to_a_model_without_an_adapter(conditioner: Conditioner, tmp_path: Path) -> None:
    Image.fromarray(np.zeros((20, 20, 3), np.uint8)).save(tmp_path / "style.png")
    assert conditioner.encode([ask("a wall", style=tmp_path / "style.png")]).style_tokens is None
