"""Copies and palettes: one mesh, one material, many pieces."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    ball,
    copies,
    dyed,
    gather,
    in_atlas,
    laid,
    named,
    occupied,
    risen,
    sized,
    strewn,
)
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


def test_what_grows_on_a_model_goes_along_with_it() -> None:
    ball, stalk = sphere(1.0, rings=24, segments=48), sphere(0.05, rings=4, segments=6).moved(0, 1.0)
    spots, sizes = {0: np.array([1.0, 0.2, 0.0]), 2: np.array([-1.0, 0.0, 0.5])}, np.array([0.5, 9.0, 0.3])
    turns = np.array([[0.0, 60.0, 20.0], [0.0, 0.0, 0.0], [30.0, 0.0, 200.0]])
    (stalks,) = laid([stalk], risen(ball, spots, sizes, turns), sizes, turns, lift=None)
    for index, top in zip(spots, np.split(stalks.vertices, 2), strict=True):
        middle = spots[index] + [0.0, sizes[index], 0.0]
        assert abs(np.linalg.norm(top.mean(0) - middle) - sizes[index]) < 0.02 * sizes[index]


def test_only_what_found_a_spot_is_laid_and_each_model_is_one_mesh() -> None:
    models = (rounded_box((0.5, 0.2, 0.3), 0.05), sphere(0.4, rings=6, segments=8))
    spots = {0: np.array([1.0, 0.0, 0.0]), 2: np.array([0.0, 0.0, 2.0]), 3: np.array([-1.0, 0.0, 1.0])}
    sizes, turns, kinds = np.array([1.0, 9.0, 0.5, 0.7]), np.zeros((4, 3)), np.array([1, 0, 1, 0])
    boxes, balls = laid(models, spots, sizes, turns, kinds=kinds, lift=np.array([0.0, 0.0, 0.3, 0.1]))
    assert np.array_equal(boxes.vertices, copies(models[0], [spots[3]], 0.7, [[0, 0, 0]], lift=0.1).vertices)
    assert len(balls.faces) == 2 * len(models[1].faces)
    assert float(balls.vertices[len(models[1].vertices) :, 1].min()) == pytest.approx(0.3, abs=1e-6)
    assert laid(models, {}, sizes, turns, kinds=kinds) == []


def test_strewing_draws_the_same_number_whatever_found_a_spot() -> None:
    palette, model = Palette(colors=("#aa5544", "#445566")), sphere(0.4, rings=6, segments=8)
    sizes, states = np.full(5, 0.3), []
    for spots in ({}, {1: np.zeros(3)}, {0: np.zeros(3), 4: np.ones(3)}):
        rng = np.random.default_rng(2)
        assert len(strewn([model], spots, sizes, palette, rng)) == bool(spots)
        states.append(rng.bit_generator.state)
    assert states[0] == states[1] == states[2]


def test_sizes_become_room_and_room_is_kept_from_later_things() -> None:
    things = sized([0.2, 0.5], 2.0, 3.0, core=0.5)
    assert [(thing.radius, thing.height, thing.core) for thing in things] == [
        (0.4, pytest.approx(0.6), 0.5),
        (1.0, 1.5, 0.5),
    ]
    ((place, radius),) = occupied({1: np.array([1.0, 0.0, 2.0])}, [0.2, 0.5], 0.6)
    assert radius == 0.3
    assert place.tolist() == [1.0, 0.0, 2.0]
    assert [name for name, _ in named("stones", [sphere(), sphere()])] == ["stones", "stones"]


def test_pieces_come_in_the_order_of_their_coats_and_none_is_missing() -> None:
    """Else another seed's set has other shapes, or has them in another order, and its code is compiled anew."""
    coats = {name: diffuse("#808080") for name in ("first", "second", "third")}
    pieces = gather([("third", ball(4)), ("first", ball(4))], coats)
    assert list(pieces) == list(coats)
    assert len(pieces["second"][0].faces) == 1
    assert gather([], coats) == {}
