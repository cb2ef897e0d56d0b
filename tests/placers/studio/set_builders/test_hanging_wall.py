from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.space import hex_to_oklab, linear_to_oklab, srgb_to_linear
from photoshoot.placers.studio.camera import Cords, Shoulders, View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.hanging_wall import build_hanging_wall
from photoshoot.sets import Light
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.settings import Stance
from tests.placers.studio.conftest import hit, make_canvas

import mitsuba as mi  # isort: skip

_GARMENT = Shoulders(x=0.0, y=0.6, half_width=0.5, drop=0.18, top=0.7)
_FIXED = Light(fixed=True)


def _view(width: int, height: int, shoulders: Shoulders | None = None) -> View:
    alpha = np.zeros((height, width), np.float32)
    alpha[height // 4 : 3 * height // 4, 2 * width // 5 : 3 * width // 5] = 1
    return replace(View.of(make_canvas(alpha, Stance.HANGING), 1.45), shoulders=shoulders)


def _build(design: HangingWall, view: View, seed: int = 1) -> SetParts:
    return build_hanging_wall(design, view, np.random.default_rng(seed))


def _mesh(shape: object) -> Mesh:
    parameters = mi.traverse(shape)
    return Mesh(
        vertices=np.array(parameters["vertex_positions"]).reshape(-1, 3),
        faces=np.array(parameters["faces"]).astype(np.int32).reshape(-1, 3),
    )


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("wall", ["plaster", "wood", "concrete", "paper", "fluted"])
@pytest.mark.parametrize("size", [(240, 90), (60, 220), (388, 36)])
def test_the_wall_fills_the_picture(wall: str, size: tuple[int, int]) -> None:
    view = _view(*size)
    parts = _build(HangingWall(wall=wall), view)  # type: ignore[arg-type]
    mesh = _mesh(parts.shapes["wall"])
    seen = hit(mesh, view, 4)  # from whichever side: those of grooves face away
    assert (seen > 0.99).mean() > 0.999
    assert seen.min() >= 0.5  # a ray may hit the very edge between two ribs


@pytest.mark.usefixtures("placer")
def test_only_garments_get_a_holder() -> None:
    for holder, names in (("hanger", {"wood", "hook"}), ("rail", {"wood", "rail"}), ("none", set())):
        design = HangingWall(holder=holder)  # type: ignore[arg-type]
        assert names <= set(_build(design, _view(240, 160, _GARMENT)).shapes)
        bare = set(_build(design, _view(240, 160)).shapes)
        assert not bare & {"wood", "hook", "rail"}
    assert len(_build(HangingWall(), _view(240, 160, _GARMENT)).shapes) <= 6


@pytest.mark.parametrize("wall", ["plaster", "paper", "fluted"])
def test_the_wall_shows_its_colour(placer: StudioPlacer, wall: str) -> None:
    color = "#b9a48c"
    design = HangingWall(wall=wall, colors=(color,), light=_FIXED)  # type: ignore[arg-type]
    alpha = np.zeros((160, 240), np.float32)
    alpha[40:120, 90:150] = 1
    picture = placer.plate(make_canvas(alpha, Stance.HANGING), design, 3).astype(np.float32) / np.float32(255)
    shown = linear_to_oklab(srgb_to_linear(picture).reshape(-1, 3).mean(0))
    error = float(np.linalg.norm(shown - hex_to_oklab(color)))
    assert error < 0.07, f"{wall} is off by {error:.3f} in OKLab"


@pytest.mark.usefixtures("placer")
def test_what_is_no_garment_hangs_on_cords_over_what_the_wall_has() -> None:
    view = replace(_view(240, 160), cords=Cords(left=(-0.2, 0.5), right=(0.2, 0.5), hanger=_GARMENT))
    for holder, bar, over in (("hanger", "wood", 1), ("rail", "rail", 2)):
        shapes = _build(HangingWall(holder=holder), view).shapes  # type: ignore[arg-type]
        cords, carrier = _mesh(shapes["cords"]).vertices, _mesh(shapes[bar]).vertices
        wound = cords[cords[:, 1] > cords[:, 1].max() - 0.005]
        assert len(np.unique(np.sign(wound[:, 0].round(2)))) >= over
        assert 0 < wound[:, 1].max() - carrier[:, 1].max() < 0.03 or bar == "wood"
        assert cords[:, 1].min() == pytest.approx(0.5, abs=0.02)
    assert "cords" not in _build(HangingWall(holder="none"), view).shapes, "what floats"
