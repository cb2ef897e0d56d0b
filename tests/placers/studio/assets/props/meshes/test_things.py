"""Meshes of props: finite, of the promised size, closed where they are solids."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.meshes.citrus import whole_citrus
from photoshoot.placers.studio.assets.props.meshes.desk import cup, notebook, paper_clip, pencil, ruler
from photoshoot.placers.studio.assets.props.meshes.festive import (
    balloon,
    bow,
    confetti_pieces,
    cushion,
    heart,
    parcel,
    star,
    streamer,
)
from photoshoot.placers.studio.assets.props.meshes.flowers import _rolled, rose
from photoshoot.placers.studio.assets.props.meshes.lamps import (
    candle,
    coin,
    crescent,
    flame,
    ingot,
    metal_lantern,
    oil_lamp,
)
from photoshoot.placers.studio.assets.props.meshes.produce import (
    coffee_bean,
    egg,
    marigold,
    nest,
    pine_cone,
    pine_twig,
    pumpkin_face,
    small_petal,
)
from photoshoot.placers.studio.assets.props.meshes.shore import (
    crystals,
    scallop,
    snow_mound,
    snowball,
    spiral_shell,
    starfish,
)
from photoshoot.placers.studio.geometry.mesh import Mesh, weld
from photoshoot.placers.studio.geometry.organic import pumpkin

MODELS: dict[str, tuple[Callable[[], Mesh], float]] = {
    "balloon": (balloon, 2.5),
    "bow": (lambda: bow(2), 2.2),
    "candle": (lambda: candle(0.3, 1.0)[0], 1.0),
    "lemon": (lambda: whole_citrus("long", 1), 2.2),
    "orange": (lambda: whole_citrus("round", 2), 2.0),
    "coffee bean": (coffee_bean, 1.0),
    "coin": (coin, 2.0),
    "crescent": (crescent, 2.0),
    "crystals": (crystals, 2.0),
    "cup": (lambda: cup()[0], 1.5),
    "egg": (egg, 1.0),
    "flame": (flame, 0.3),
    "heart": (heart, 2.0),
    "ingot": (ingot, 2.0),
    "lantern": (lambda: metal_lantern()[0], 2.3),
    "marigold": (lambda: marigold(0), 2.2),
    "nest": (lambda: nest(0), 2.1),
    "notebook": (lambda: notebook()[0], 1.4),
    "oil lamp": (lambda: oil_lamp()[0], 1.2),
    "paper clip": (paper_clip, 1.0),
    "parcel": (lambda: parcel(0.4, 0.3, 0.4)[0], 0.83),
    "pencil": (pencil, 2.0),
    "petal": (lambda: small_petal(0), 1.0),
    "pine cone": (pine_cone, 1.0),
    "pine twig": (lambda: pine_twig(0), 1.2),
    "ruler": (ruler, 2.0),
    "scallop": (scallop, 2.4),
    "snow mound": (lambda: snow_mound(0), 2.3),
    "snowball": (lambda: snowball(0), 2.1),
    "spiral shell": (spiral_shell, 2.2),
    "star": (star, 1.9),
    "starfish": (lambda: starfish(0), 2.0),
    "streamer": (lambda: streamer(5.0), 1.1),
}


@pytest.mark.parametrize("name", MODELS)
def test_models_have_their_size_and_unit_normals(name: str) -> None:
    model, size = MODELS[name]
    mesh = model()
    assert np.isfinite(mesh.vertices).all()
    extent = float(np.ptp(mesh.vertices, axis=0).max())
    assert extent == pytest.approx(size, rel=0.2), f"{name} is {extent:.2f} long"
    assert len(mesh.faces) < 30_000
    assert mesh.normals is not None
    lengths = np.linalg.norm(mesh.normals[np.unique(mesh.faces)], axis=1)
    assert np.allclose(lengths, 1, atol=0.02)


@pytest.mark.parametrize("name", ["balloon", "egg", "snowball", "flame"])
def test_solids_face_outward(name: str) -> None:
    assert _volume(MODELS[name][0]()) > 0


@pytest.mark.parametrize("mesh", [heart(), star(), cushion([[1, -1], [1, 1], [-1, 1], [-1, -1]], 0.3)])
def test_cushions_are_closed_and_face_outward(mesh: Mesh) -> None:
    faces = weld(mesh.vertices)[mesh.faces]
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    _, uses = np.unique(edges, axis=0, return_counts=True)
    assert (uses == 2).all()
    assert _volume(mesh) > 0


def test_faces_of_pumpkins_lie_on_their_skin_and_look_ahead() -> None:
    body = pumpkin(1.0)
    face = pumpkin_face(body)
    nearest = np.linalg.norm(face.vertices[::9, None] - body.vertices, axis=-1).min(1)
    assert float(nearest.max()) < 0.05
    assert face.vertices[:, 2].min() > 0.3


def test_confetti_is_flat_and_light() -> None:
    for piece in confetti_pieces():
        assert np.ptp(piece.vertices[:, 1]) < 0.5
        assert len(piece.faces) < 60


def _volume(mesh: Mesh) -> float:
    a, b, c = np.moveaxis(mesh.vertices[mesh.faces].astype(np.float64), 1, 0)
    return float((a * np.cross(b, c)).sum() / 6)


@pytest.mark.parametrize("opened", [0.72, 1.0])
def test_petals_of_a_rose_are_cups_in_cups(opened: float) -> None:
    """Petals that cut each other looked like folded paper."""
    shares = np.linspace(0.05, 0.95, 7)
    petals = [_rolled(float(share), opened=opened, wave=(0.0, 0.0)).vertices.reshape(10, 11, 3) for share in shares]
    radii = [np.hypot(points[..., 0], points[..., 2]) for points in petals]
    for inner, outer in itertools.pairwise(radii):
        assert (outer[:-2].mean(1) > inner[:-2].mean(1)).all()
    head = rose(1)
    assert head.uv is not None
    assert np.hypot(head.vertices[:, 0], head.vertices[:, 2]).max() == pytest.approx(1.0)
    assert 0.6 < head.vertices[:, 1].max() < 1.3, "no plate"


def test_no_two_lemons_are_alike_and_their_rind_is_not_even() -> None:
    first, other = whole_citrus("long", 0), whole_citrus("long", 1)
    assert np.abs(first.vertices - other.vertices).max() > 0.02
    length, girth = np.ptp(first.vertices, axis=0)[[0, 2]]
    assert length > 1.25 * girth, "a lemon is no ball"
    assert first.uv is not None
    assert first.uv[:, 1].std() > 0.1, "pores and blotches"
