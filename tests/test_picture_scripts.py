"""The scripts that draw the documentation's pictures still fit the library: types are checked, words are read here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from docs import before_after, cookbook_pictures, light_sheet
from PIL import Image

from photoshoot import Photoshoot, PresetRegistry, Product, Prompt
from photoshoot.ad_sizes import RenderKind
from photoshoot.production import plan_shots
from photoshoot.request import Request, resolve_request
from tests.jobs.stubs import FlatPlacer

PICTURES = cookbook_pictures.read_pictures(cookbook_pictures.PAGE.read_text(encoding="utf-8"))
PROMPTS = [told for name, told in PICTURES.items() if name not in cookbook_pictures.FIELDS]


@pytest.fixture(scope="module")
def flat() -> Photoshoot:
    return Photoshoot.with_placer(FlatPlacer())


def test_every_prompt_of_the_cookbook_is_read_whole(bottle: Product) -> None:
    presets, readings = PresetRegistry.load(), dict[str, str]()
    for told in PROMPTS:
        request = Request(product=bottle, prompts=Prompt.custom(told), render_kind=RenderKind.MEDIUM_BANNER)
        (shot,) = plan_shots(resolve_request(request, bottle), presets)
        readings[told] = shot.scene.reading
    assert {told: reading for told, reading in readings.items() if "not read" in reading} == {}
    assert len(readings) >= 20


@pytest.mark.parametrize("name", cookbook_pictures.FIELDS)
def test_every_strip_of_the_cookbook_has_four_lights(name: str) -> None:
    lights = cookbook_pictures.read_lights(name, PICTURES[name])
    assert len({getattr(light, cookbook_pictures.FIELDS[name]) for light in lights}) == 4


def test_pictures_of_the_cookbook_are_shot_and_cut(flat: Photoshoot, bottle: Product) -> None:
    strip = cookbook_pictures.make_strip(flat, bottle, "brightness", PICTURES["brightness"])
    assert strip.width == cookbook_pictures.STRIP_PX
    assert cookbook_pictures.make_picture(flat, bottle, PROMPTS[0]).width == cookbook_pictures.PICTURE_PX


def test_sheets_of_light_are_laid_from_what_is_there(
    flat: Photoshoot, bottle: Product, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [path for path in light_sheet.PHOTOS.values() if not path.is_file()] == []
    assert set(light_sheet.SHOWN) <= set(PresetRegistry.load().ids)
    assert set(light_sheet.SHOWN.values()) <= light_sheet.PHOTOS.keys()
    pair = light_sheet.shoot_pair(flat, bottle, next(iter(light_sheet.SHOWN)))
    monkeypatch.setattr(light_sheet, "FOLDER", tmp_path)
    small = (pair[0].resize((16, 16)), pair[1].resize((16, 16)))
    light_sheet.save({(preset, name): small for preset in light_sheet.SHOWN for name in light_sheet.PHOTOS})
    with Image.open(tmp_path / "light-on-products.jpg") as sheet:
        assert sheet.width == len(light_sheet.PHOTOS) * (2 * light_sheet.LARGE_PX + light_sheet.GAP) - light_sheet.GAP
    assert len(list(tmp_path.iterdir())) == 2


def test_the_readmes_six_stand_beside_their_photo(flat: Photoshoot, bottle: Product) -> None:
    shots = flat.generate(bottle, prompts=before_after.PROMPTS, seed=7)
    photo = Image.fromarray(np.zeros((40, 40, 3), np.uint8))
    sheet = before_after.lay_beside(photo, shots)
    assert (len(shots), sheet.height) == (6, before_after.PHOTO_PX)
