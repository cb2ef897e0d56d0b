"""What a notebook is shown of each record."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence

import pytest
from PIL import Image

from photoshoot import Photoshoot, PresetRegistry, Prompt, Shot, read_photo
from photoshoot.records import Product, Provenance, Recommendation, Shots
from photoshoot.records.figures import Shown, build_figure
from tests.conftest import EXAMPLES
from tests.jobs.stubs import FlatPlacer, build_shoot
from tests.making import draw_cutout, make_product, make_request

IMAGE = re.compile(r'<img alt="[^"]*" style="[^"]*" src="data:image/(png|jpeg);base64,([^"]+)">')


@pytest.fixture(scope="module")
def shot() -> Shot:
    request = make_request()
    return request.answer(request.layer.rgb, Provenance(engine="none", versions={}, settings={}))


def pictures_in(html: str) -> Sequence[Image.Image]:
    found = [Image.open(io.BytesIO(base64.b64decode(data))) for _, data in IMAGE.findall(html)]
    assert html.count("<img") == len(found)
    return found


def test_a_shot_and_a_cut_out_are_small_pictures_with_a_line(shot: Shot) -> None:
    cutout = draw_cutout(1500, 2000)
    for record, size, mode in ((shot, (240, 160), "RGB"), (cutout, (480, 640), "RGBA")):
        with Image.open(io.BytesIO(record._repr_png_() or b"")) as picture:
            assert (picture.size, picture.mode) == (size, mode)
        (shown,) = pictures_in(record._repr_html_())
        assert (shown.size, shown.mode) == (size, mode)
    assert "white_background, test 240x160 px, seed 7" in shot._repr_html_()


def test_no_record_prints_its_pixels(shot: Shot) -> None:
    product = make_product()
    recommendation = Recommendation(product=product, prompts=("on slate",), preset_ids=("white_background",))
    preset = PresetRegistry.load().get("white_background")
    records: list[Shown] = [shot, product.cutout, product, recommendation, preset, read_photo(EXAMPLES / "bottle.jpg")]
    for record in records:
        told = repr(record)
        assert told.startswith(f"<{type(record).__name__} ")
        assert len(told) < 200
        assert "\n" not in told
    assert repr(shot) == "<Shot white_background, test 240x160 px, seed 7>"
    assert repr(Shots([shot, shot])) == f"[{shot!r}, {shot!r}]"


def test_a_preset_shows_its_preview() -> None:
    preset = PresetRegistry.load().get("white_background")
    assert preset.preview_path is not None
    (shown,) = pictures_in(preset._repr_html_())
    with Image.open(preset.preview_path) as preview:
        assert shown.size == (640, 640 * preview.height // preview.width)


def test_a_product_shows_its_colours() -> None:
    product = make_product()
    assert len(pictures_in(product._repr_html_())) == 1
    assert [swatch.hex in product._repr_html_() for swatch in product.palette] == [True, True]


def test_a_recommendation_shows_the_product_and_six_presets(shoot: Photoshoot, bottle: Product) -> None:
    recommendation = shoot.recommend(bottle)
    html = recommendation._repr_html_()
    assert len(pictures_in(html)) == 7
    assert [text for text in (*recommendation.prompts, *recommendation.preset_ids) if text not in html] == []


def test_shots_stand_beside_each_other(shot: Shot) -> None:
    assert len(pictures_in(Shots([shot, shot])._repr_html_())) == 2


def test_generate_gives_such_a_list() -> None:
    shots = build_shoot(FlatPlacer()).generate(make_product(), prompts=[Prompt.custom("on slate")], seed=1)
    assert isinstance(shots, Shots)
    assert len(pictures_in(shots._repr_html_())) == 1


def test_what_a_line_says_is_text_and_no_markup() -> None:
    assert "<script>" not in build_figure(None, "<script>")
