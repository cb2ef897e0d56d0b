"""Copies and palettes: one mesh, one material, many pieces."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.instancing import Palette, copies, dyed, gather, in_atlas
from photoshoot.placers.studio.geometry.mesh import rotation
from photoshoot.placers.studio.geometry.solids import rounded_box, sphere
from photoshoot.placers.studio.scene.bsdfs import diffuse


def test_copies_are_the_model_turned_scaled_and_moved() -> None:
    model = rounded_box((0.5, 0.2, 0.3), 0.05)
    turn = np.array([[25.0, -40.0, 70.0]])
    mesh = copies(model, [[1.0, 0.0, -2.0]], 0.8, turn, lift=None)
    pose = rotation(70.0) @ rotation(-40.0, "x") @ rotation(25.0, "z")
    expected = model.transformed(pose).scaled(0.8).moved(1.0, 0.0, -2.0)
    assert np.allclose(mesh.vertices, expected.vertices, atol=1e-5)
    assert expected.normals is not None
    assert mesh.normals is not None
    assert np.allclose(mesh.normals, expected.normals, atol=1e-5)


def test_copies_rest_at_their_lift() -> None:
    mesh = copies(sphere(1.0), np.zeros((3, 3)), [0.5, 1.0, 2.0], np.zeros((3, 3)), lift=[0.0, 0.1, 0.2])
    lowest = mesh.vertices.reshape(3, -1, 3)[..., 1].min(1)
    assert lowest == pytest.approx([0.0, 0.1, 0.2], abs=1e-5)


def test_dyed_pieces_look_up_their_own_colour() -> None:
    palette = Palette(colors=("#d02030", "#2040c0"), jitter=0.0)
    image = np.array(palette.albedo()["bitmap"])
    for column in range(palette.columns):
        mesh = dyed(sphere(1.0), column, palette)
        assert mesh.uv is not None
        found = image[4, int(mesh.uv[0, 0] * palette.columns)]
        assert np.allclose(found, hex_to_linear(palette.colors[column // 3]), atol=2e-3)


def test_shades_run_from_foot_to_tip() -> None:
    image = np.array(Palette(colors=("#808080",), foot=-0.2, tip=0.1).albedo()["bitmap"]).mean((1, 2))
    assert (np.diff(image) > 0).all()


def test_draws_reach_every_colour() -> None:
    palette = Palette(colors=("#ff0000", "#00ff00", "#0000ff", "#ffffff"))
    assert set((palette.draw(np.random.default_rng(0), 200) // 3).tolist()) == {0, 1, 2, 3}


def test_atlas_columns_do_not_bleed() -> None:
    uv = in_atlas(sphere(1.0), 1, 3).uv
    assert uv is not None
    assert uv[:, 0].min() > 1 / 3
    assert uv[:, 0].max() < 2 / 3


def test_pieces_of_one_coat_are_one_mesh() -> None:
    ball = sphere(1.0)
    pieces = gather([("a", ball), ("b", ball), ("a", ball)], {"a": diffuse("#111111"), "b": diffuse("#222222")})
    assert {name: len(mesh.faces) // len(ball.faces) for name, (mesh, _) in pieces.items()} == {"a": 2, "b": 1}
