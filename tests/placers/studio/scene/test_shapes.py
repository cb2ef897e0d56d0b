from __future__ import annotations

import threading

import drjit as dr
import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, sphere
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import finished_shape, load_shapes, loading_beside, to_shape

GREY = {"type": "diffuse", "reflectance": {"type": "rgb", "value": [0.5, 0.5, 0.5]}}


def test_a_shape_has_the_mesh_counts_and_bounds() -> None:
    mesh = bevelled_cylinder(1.0, 2.0)
    shape = to_shape(mesh, bsdf=GREY)
    assert (shape.vertex_count(), shape.face_count()) == (len(mesh.vertices), len(mesh.faces))
    assert shape.has_vertex_normals()
    assert shape.has_vertex_texcoords()
    np.testing.assert_allclose(np.array(shape.bbox().max).ravel(), [1, 2, 1], atol=1e-3)


def test_flat_shading_drops_the_normals() -> None:
    assert not to_shape(sphere(), bsdf=GREY, face_normals=True).has_vertex_normals()


def test_an_emitter_shines_from_the_side_that_faces_point_to() -> None:
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": [2.0, 2.0, 2.0]}}
    panel = floor(half_width=1, front=1, back=-1)
    brightness = {
        name: _seen_from_above(to_shape(mesh, bsdf=GREY, emitter=lamp))
        for name, mesh in (("up", panel), ("down", panel.flipped()))
    }
    assert brightness["up"] == pytest.approx(2.0, abs=1e-4)
    assert brightness["down"] == pytest.approx(0.0, abs=1e-4)


@pytest.mark.usefixtures("variant_compiled")
def test_setting_a_mesh_does_not_copy_the_textures_of_its_material() -> None:
    image = np.random.default_rng(0).random((53, 67, 3), np.float32)
    shape = to_shape(floor(half_width=1, front=1, back=-1), bsdf=diffuse(bitmap(image)))
    held = [row for row in str(dr.whos(as_string=True)).splitlines() if {str(image.size), "KiB"} <= set(row.split())]
    assert len(held) == 1, f"what {shape.id()} is made of lies in memory once"


def test_plugins_are_made_one_after_another() -> None:
    """Dr.Jit compiles anew where they come into being in another order, which several threads would leave to chance."""
    made = _noting()
    load_shapes({f"material {number}": _material(3 * number) for number in range(8)})
    assert made == [(place, threading.get_ident()) for place in range(24)]


def test_plugins_that_are_made_beside_their_builder_are_made_in_its_order() -> None:
    made, mesh = _noting(), floor(half_width=1, front=1, back=-1)
    with loading_beside():
        entries = {f"shape {number}": to_shape(mesh, bsdf=_material(3 * number)) for number in range(8)}
        shapes = load_shapes({**entries, "last": _material(24)})
    threads = dict(made)
    assert [place for place, _ in made] == list(range(27))
    assert len({threads[place] for place in range(24)} - {threading.get_ident()}) == 1
    assert {threads[place] for place in range(24, 27)} == {threading.get_ident()}
    assert all(isinstance(shapes[f"shape {number}"], mi.Mesh) for number in range(8))
    assert isinstance(to_shape(mesh, bsdf=GREY), mi.Mesh), "out there a shape is made at once"


def test_a_shape_that_fails_beside_its_builder_fails_where_it_is_wanted() -> None:
    mesh = floor(half_width=1, front=1, back=-1)
    with loading_beside():
        entry = to_shape(mesh, bsdf={"type": "no such material"})
        with pytest.raises(RuntimeError, match="no such material"):
            load_shapes({"shape": entry})
        assert isinstance(finished_shape(to_shape(mesh, bsdf=GREY)), mi.Mesh), "the next one is made"


def _noting() -> list[tuple[object, int]]:
    """Where each texture named ``noting`` comes to be noted, as it is made: its place, and the thread that made it."""
    made: list[tuple[object, int]] = []

    class Noting(mi.Texture):
        def __init__(self, properties: mi.Properties) -> None:
            super().__init__(properties)
            self.place = properties["place"]
            made.append((self.place, threading.get_ident()))

    mi.register_texture("noting", Noting)
    return made


def _material(place: int) -> dict[str, object]:
    """One with three textures that note that they are made, at ``place`` and the two after it."""
    names = ("base_color", "metallic", "roughness")
    return {"type": "principled", **{name: {"type": "noting", "place": place + i} for i, name in enumerate(names)}}


def _seen_from_above(shape: object) -> float:
    sensor = {
        "type": "perspective",
        "fov": 10,
        "to_world": mi.ScalarTransform4f().look_at([0, 3, 0], [0, 0, 0], [0, 0, -1]),
        "film": {"type": "hdrfilm", "width": 4, "height": 4, "pixel_format": "rgb"},
    }
    scene = mi.load_dict({"type": "scene", "integrator": {"type": "path"}, "sensor": sensor, "shape": shape})
    return float(np.asarray(mi.render(scene, spp=4)).mean())


@pytest.mark.parametrize("turn_deg", [0.0, 30.0])
def test_a_large_mesh_has_its_texture_as_the_tiling_lays_it(turn_deg: float) -> None:
    mesh = sphere(0.5, rings=100, segments=100)
    assert mesh.uv is not None
    assert len(mesh.uv) > 2 * 4096, "rows are tiled some at a time"
    material = bitmap(np.ones((2, 2, 3), np.float32), Tiling(scale=(3, 2), offset=(0.25, 0.5), rotation_deg=turn_deg))
    laid = np.array(mi.traverse(to_shape(mesh, bsdf=diffuse(material)))["vertex_texcoords"]).reshape(-1, 2)
    cos, sin = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    turned = mesh.uv @ np.array([[cos, sin], [-sin, cos]])
    np.testing.assert_allclose(laid, turned * [3, 2] + [0.25, 0.5], atol=1e-5)


def test_what_an_emitter_shines_with_may_be_made_where_its_shape_is_loaded() -> None:
    lamp: dict[str, object] = {"type": "area", "radiance": {"type": "rgb", "value": [2.0, 2.0, 2.0]}}
    panel, made = floor(half_width=1, front=1, back=-1), []

    def shine() -> dict[str, object]:
        made.append(threading.get_ident())
        return lamp

    assert _seen_from_above(to_shape(panel, bsdf=GREY, emitter=shine)) == pytest.approx(2.0, abs=1e-4)
    with loading_beside():
        entry = to_shape(panel, bsdf=GREY, emitter=shine)
        assert isinstance(finished_shape(entry), mi.Mesh)
    here, there = made
    assert here == threading.get_ident() != there
