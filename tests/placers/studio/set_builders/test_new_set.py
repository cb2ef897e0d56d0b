"""A set is two files and one line: this one stands in a package of its own, and everything finds it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photoshoot.color.styling import lean_design
from photoshoot.director import direct
from photoshoot.framing.layout import RenderKind
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.previews.products import choose_product
from photoshoot.production import plan_shots
from photoshoot.prompts import Prompt
from photoshoot.recommenders.affinity import AffinityRecommender
from photoshoot.recommenders.backdrops import backdrop_colors
from photoshoot.records import Category
from photoshoot.request import Request, resolve_request
from photoshoot.sets import SETS, SetFamily, register_set, set_name
from photoshoot.sets.registry import _DESIGNS, _FAMILIES, _NAMES
from photoshoot.settings import Placement, Stance
from tests.making import draw_cutout, make_product
from tests.recommenders.making import colored_product

DESIGN = '''
from dataclasses import dataclass

from photoshoot.sets import SetDesign, SetObject, colored


@dataclass(frozen=True, kw_only=True)
class Aquarium(SetDesign):
    """A sheet of tinted glass over tinted sand."""

    camera_y = 1.3
    behind = ("glass_color", "sand_color")
    free_colors = ("glass_color",)
    words = ("aquarium", "fish tank")
    suits = {"toy": 1.0, "drink": 0.2}
    shown_with = ("mug",)

    glass_color: str = colored("#3fa7b8", "backdrop", leans=True)
    sand_color: str = colored("#d9c69a", "surface", follows=("glass_color", 0.2, 0.5))

    def lying(self) -> SetObject:
        return {"name": "flat_lay", "surface": "plaster", "colors": (self.sand_color,), "props": "shells"}
'''
BUILDER = """
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.scene.shapes import to_shape


def build_aquarium(design, view, rng):
    light = vary(design.light, rng)
    shapes = {
        "sand": to_shape(stage_floor(view, back=-3.0), bsdf=diffuse(design.sand_color)),
        "glass": to_shape(stage_wall(view, z=-3.0), bsdf=diffuse(design.glass_color)),
    }
    return SetParts(shapes=shapes | build_lights(light, view, Rig(back_z=-2.0)), exposure=albedo_exposure(light, 0.9))
"""
PRESET = {
    "id": "my_aquarium",
    "previewName": "My aquarium",
    "promptText": "in an aquarium",
    "sceneText": "an aquarium",
    "set": {"name": "aquarium", "glass_color": "#2060c0", "light": {"rim": 0.2}},
}
FRONT = {Stance.UPRIGHT: "aquarium", Stance.LYING: "flat_lay", Stance.HANGING: "aquarium"}


@pytest.fixture
def presets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PresetRegistry]:
    """The set, registered as any program would, and a folder of presets that speaks of it."""
    package = tmp_path / "aquariums"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "aquarium.py").write_text(DESIGN, encoding="utf-8")
    (package / "building.py").write_text(BUILDER, encoding="utf-8")
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "mine.json").write_text(json.dumps([PRESET]), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    design = importlib.import_module("aquariums.aquarium").Aquarium
    register_set(SetFamily(name="aquarium", design=design, builder="aquariums.building:build_aquarium"))
    yield PresetRegistry.load([tmp_path / "presets"])
    del _FAMILIES["aquarium"], _DESIGNS["aquarium"], _NAMES[design]


@pytest.mark.swept("stance")
@pytest.mark.parametrize("stance", list(Stance))
def test_presets_and_prompts_have_pictures_of_it(presets: PresetRegistry, placer: StudioPlacer, stance: Stance) -> None:
    request = Request(
        prompts=[Prompt.preset("my_aquarium"), "in a fish tank with orange sand"],
        render_kind=RenderKind.MEDIUM_BANNER,
        placement=Placement(stance=stance),
        safe_margin=False,
        seed=3,
    )
    planned = plan_shots(resolve_request(request, make_product(draw_cutout(80, 100))), presets)
    assert [set_name(shot.scene.design) for shot in planned] == [FRONT[stance]] * 2
    for shot in placer.place(planned):
        assert shot.image.shape == (250, 300, 3)
        assert shot.image.std() > 10
        solid = planned[0].layer.alpha_matte >= 254 / 255
        assert np.array_equal(shot.image[solid], planned[0].layer.rgb[solid])


def test_its_words_and_colours_are_read(presets: PresetRegistry) -> None:
    direction = direct("in an aquarium before a red backdrop", presets)
    assert type(direction.design) is SETS["aquarium"]
    assert direction.unread == ()
    colors = backdrop_colors(direction.design)
    assert colors[0] == "#d2202f"
    assert colors[1] not in ("#d9c69a", "#d2202f"), "the sand goes with the glass"
    assert direct("in an aquarium", presets).design == SETS["aquarium"]()


def test_it_leans_is_recommended_and_previewed_by_what_it_says(presets: PresetRegistry) -> None:
    preset = presets.get("my_aquarium")
    toy, drink = (colored_product("#d2202f", category=category) for category in (Category.TOY, Category.DRINK))
    scores = AffinityRecommender(presets)
    shares = [next(s.category for s in scores.explain(p) if s.preset_id == preset.id) for p in (toy, drink)]
    assert shares == [1.0, 0.2]
    leaned = lean_design(preset.design, toy.palette)
    assert backdrop_colors(leaned)[0] != "#2060c0"
    assert backdrop_colors(leaned)[1] == "#d9c69a"
    assert choose_product(preset, dict.fromkeys(("bottle", "mug", "sneaker"), toy)) == "mug"


def test_nothing_of_it_is_left() -> None:
    assert "aquarium" not in SETS
    assert set_name(direct("in an aquarium", PresetRegistry.load()).design) != "aquarium"
