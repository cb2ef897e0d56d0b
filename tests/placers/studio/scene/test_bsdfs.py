"""Materials load in Mitsuba and reflect what was asked for."""

from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.scene.bsdfs import (
    Entry,
    Tiling,
    area_emitter,
    bitmap,
    blended,
    brushed,
    diffuse,
    finished,
    metal,
    plastic,
    rgb,
    sheen_cloth,
    textured,
)
from photoshoot.placers.studio.textures.procedural import plaster

MATERIALS = {
    "diffuse": lambda: diffuse("#c08040"),
    "plastic": lambda: plastic("#c08040", 0.2),
    "metal": lambda: metal("#d4ad62"),
    "brushed": lambda: brushed("#d4ad62", 0.2),
    "silk": lambda: sheen_cloth("#9c0f2c", 0.24, 0.3),
    "matte": lambda: finished("#c08040", "matte"),
    "satin": lambda: finished("#c08040", "satin"),
    "gloss": lambda: finished("#c08040", "gloss"),
    "mirror": lambda: finished("#c08040", "mirror"),
    "texture": lambda: textured(plaster("#b4b1ae", 1), Tiling(scale=(2, 2)), "satin", 0.01),
    "blend": lambda: blended(diffuse("#c08040"), plastic("#c08040"), bitmap(np.full((4, 4), 0.5, np.float32))),
}


@pytest.mark.parametrize("name", MATERIALS)
def test_material_loads(name: str) -> None:
    assert isinstance(mi.load_dict(MATERIALS[name]()), mi.BSDF)


def test_brushed_metal_has_an_albedo_beside_its_glints() -> None:
    """Rims of bare metal were ragged: a film of half the size is mended by albedo, of which it has none."""
    parts = brushed("#d4ad62", 0.2)["bsdf"]
    assert isinstance(parts, dict)
    assert {parts[name]["type"] for name in ("a", "b")} == {"roughconductor", "diffuse"}
    assert 0.25 < parts["weight"] < 0.5


def _radiance(material: Entry) -> np.ndarray:
    scene = mi.load_dict(
        {
            "type": "scene",
            "integrator": {"type": "path", "max_depth": 2},
            "sky": {"type": "constant", "radiance": {"type": "rgb", "value": 1.0}},
            "wall": {"type": "rectangle", "bsdf": material},
            "sensor": {
                "type": "perspective",
                "fov": 10,
                "to_world": mi.ScalarTransform4f().look_at(origin=[0, 0, 4], target=[0, 0, 0], up=[0, 1, 0]),
                "film": {"type": "hdrfilm", "width": 8, "height": 8, "rfilter": {"type": "box"}},
                "sampler": {"type": "independent", "sample_count": 16},
            },
        }
    )
    return np.asarray(np.array(mi.render(scene, seed=1))[..., :3].mean((0, 1)), np.float64)


def test_matte_paint_reflects_its_colour() -> None:
    np.testing.assert_allclose(_radiance(diffuse("#c08040")), hex_to_linear("#c08040"), rtol=0.02)


def test_gloss_keeps_the_hue_of_its_paint() -> None:
    red, green, blue = _radiance(finished("#c08040", "gloss"))
    assert red > green > blue


def test_bitmap_starts_at_the_upper_left_and_keeps_linear_values() -> None:
    image = np.zeros((2, 2, 3), np.float32)
    image[0, 0] = (0.25, 0.5, 0.75)
    entry = bitmap(image, clamp=True)
    assert entry["raw"] is True
    np.testing.assert_allclose(np.array(entry["bitmap"])[0, 0], (0.25, 0.5, 0.75), atol=1e-3)


def test_glow_takes_a_colour_or_a_picture() -> None:
    assert area_emitter([1.0, 2.0, 3.0])["radiance"] == rgb([1.0, 2.0, 3.0])
    picture = bitmap(np.ones((2, 2, 3), np.float32))
    assert area_emitter(picture)["radiance"] is picture


def test_drawn_tilings_differ_and_follow_their_generator() -> None:
    first, again = (Tiling.drawn(0.5, np.random.default_rng(1)) for _ in range(2))
    assert first == again
    assert first != Tiling.drawn(0.5, np.random.default_rng(2))
    assert first.scale == (0.5, 0.5)
