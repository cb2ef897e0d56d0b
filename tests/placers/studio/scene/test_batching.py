from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh, wall
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.batching import Emissive, Painted, painted, thing_shapes, wooden
from photoshoot.placers.studio.scene.bsdfs import MET, Roughness

COLORS = ("#d02020", "#2040d0")
BARE = Mesh(vertices=np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32), faces=np.array([[0, 1, 2]], np.int32))


def _square(x: float) -> Mesh:
    return wall(z=0.0, half_width=0.5, bottom=-0.5, top=0.5).moved(x)


def _seen(shapes: dict[str, object], light: float = 1.0) -> np.ndarray:
    """Radiance of the left and the right of two squares side by side."""
    film = {"type": "hdrfilm", "width": 2, "height": 1, "pixel_format": "rgb", "rfilter": {"type": "box"}}
    camera = {
        "type": "orthographic",
        "to_world": mi.ScalarTransform4f().look_at([0, 0, 5], [0, 0, 0], [0, 1, 0]),
        "film": film,
    }
    sky = {"type": "constant", "radiance": {"type": "rgb", "value": light}}
    scene = mi.load_dict({"type": "scene", "camera": camera, "sky": sky, **shapes})
    image = mi.render(scene, integrator=mi.load_dict({"type": "path", "max_depth": 3}), spp=2048)
    return np.asarray(np.array(image)[0], np.float64)


def test_things_of_one_roughness_are_one_shape() -> None:
    things = [painted(color, "matte", sphere(rings=8, segments=16)) for color in COLORS * 3]
    shapes = thing_shapes([*things, painted(COLORS[0], "semigloss", BARE)], exposure=1.0)
    assert list(shapes) == ["matte", "semigloss"]
    assert shapes["matte"].face_count() == 6 * things[0].mesh.faces.shape[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("roughness", ["matte", "eggshell", "semigloss", "metal"])
def test_each_thing_keeps_its_colour(roughness: Roughness) -> None:
    shapes = thing_shapes(
        [painted(COLORS[0], roughness, _square(0.5)), painted(COLORS[1], roughness, _square(-0.5))], 1.0
    )
    right, left = (hex_to_linear(color) for color in COLORS)
    seen = _seen(shapes)  # the camera looks along -z with its right to the world's right
    error = {"matte": 0.02, "metal": 0.25}.get(roughness, 0.12)
    np.testing.assert_allclose(seen[0], left, atol=error)
    np.testing.assert_allclose(seen[1], right, atol=error)


def test_lamps_share_a_shape_and_look_as_asked_at_the_exposure() -> None:
    lights = (np.array([[0.5, 0.2, 0.1]] * 2, np.float32), np.array([[0.1, 0.3, 2.0]] * 2, np.float32))
    lamps = [Emissive(mesh=_square(x), light=light) for x, light in zip((-0.5, 0.5), lights, strict=True)]
    shapes = thing_shapes(lamps, exposure=2.0)
    assert list(shapes) == ["lamps"]
    np.testing.assert_allclose(2.0 * _seen(shapes, light=0.0), [light[0] for light in lights], rtol=1e-3)


@pytest.mark.usefixtures("variant")
def test_lamps_are_asked_only_where_a_set_lives_by_one() -> None:
    lamp = Emissive(mesh=_square(0.0), light=np.ones((2, 3), np.float32))
    weights = []
    for things in ([lamp], [lamp, replace(lamp, asked=True)]):
        shape = thing_shapes(things, exposure=1.0)["lamps"]
        assert isinstance(shape, mi.Shape)
        weights.append(float(np.ravel(mi.traverse(shape.emitter())["sampling_weight"])[0]))
    assert weights[0] == pytest.approx(MET)
    assert weights[1] > 1000 * MET


def test_flat_and_smooth_meshes_merge_with_their_shading() -> None:
    mesh = painted(COLORS[0], "matte", BARE, sphere(rings=8, segments=16)).mesh
    assert mesh.normals is not None
    np.testing.assert_allclose(mesh.normals[:3], [[0, 0, 1]] * 3)
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)


def _albedo(shape: object) -> np.ndarray:
    """The albedo that a camera close to a square sees, (64, 64, 3)."""
    film = {"type": "hdrfilm", "width": 64, "height": 64, "pixel_format": "rgb", "rfilter": {"type": "box"}}
    camera = {
        "type": "orthographic",
        "to_world": mi.ScalarTransform4f().look_at([0, 0, 5], [0, 0, 0], [0, 1, 0])
        @ mi.ScalarTransform4f().scale([0.45, 0.45, 1]),
        "film": film,
        "sampler": {"type": "multijitter", "sample_count": 4},
    }
    scene = mi.load_dict({"type": "scene", "camera": camera, "square": shape})
    integrator = mi.load_dict({"type": "aov", "aovs": "albedo:albedo"})
    return np.array(mi.render(scene, integrator=integrator, spp=4))[..., :3]


@pytest.mark.parametrize(("make", "least", "most"), [(painted, 0.015, 0.05), (wooden, 0.06, 0.2)])
def test_no_thing_is_of_one_even_colour_and_none_is_like_another(
    make: Callable[..., Painted], least: float, most: float
) -> None:
    seen = [
        _albedo(thing_shapes([replace(thing, mesh=thing.mesh.moved(-x))], 1.0)["matte"])
        for x in (0.0, 3.1)
        for thing in [make("#808080", "matte", _square(x))]
    ]
    for tones in seen:
        assert tones.mean() == pytest.approx(float(hex_to_linear("#808080").mean()), rel=0.06)
        assert least < tones.std() / tones.mean() < most
    both = np.corrcoef(seen[0].mean(-1).ravel(), seen[1].mean(-1).ravel())[0, 1]
    assert abs(both) < 0.6, "the same patch at another place"


def test_grain_runs_along_a_thing_s_longest_side() -> None:
    board = wall(z=0.0, half_width=0.5, bottom=-0.5, top=0.5).scaled(1.0, 3.0, 1.0)
    tones = _albedo(thing_shapes([wooden("#9a7048", "matte", board)], 1.0)["matte"]).mean(-1)
    across, along = (np.abs(np.diff(tones, axis=axis)).mean() for axis in (1, 0))
    assert across > 1.5 * along


def test_what_finds_no_room_keeps_its_roughness_in_the_set() -> None:
    """Else another seed's set has a shape less, and all of its code is compiled anew."""
    whole = [painted(COLORS[0], "matte", BARE), painted(COLORS[1], "semigloss", BARE)]
    glow = Emissive(mesh=_square(0.0), light=np.ones((1, 3), np.float32), asked=True, seen=False)
    shapes = thing_shapes([whole[0], replace(whole[0], seen=False), replace(whole[1], seen=False), glow], 1.0)
    assert list(shapes) == ["matte", "semigloss", "lamps"]
    assert shapes["matte"].face_count() == 1  # type: ignore[attr-defined]
    assert float(np.ravel(mi.traverse(shapes["lamps"])["emitter.sampling_weight"])[0]) == pytest.approx(MET)
