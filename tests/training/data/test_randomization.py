from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from photoshoot.errors import ProductDoesNotFitError, UnknownNameError
from photoshoot.framing.layout import AdSize, RenderKind
from photoshoot.placers.diffusion.painting.network_prompts import mentions
from photoshoot.presets import PresetRegistry
from photoshoot.records import Category, Edge
from photoshoot.sets import Light, set_name
from photoshoot.training.data.randomization import Randomizer, caption_scene, draw_light, fit_size
from photoshoot.training.data.render_settings import RenderSettings
from tests.making import draw_cutout, make_product

SETTINGS = RenderSettings(count=1, render_kinds=(RenderKind.ALL,), megapixels=0.01)
NAMES = {
    "lemon": Category.FOOD,
    "pine candles": Category.HOME,
    "stone sculpture": Category.OTHER,
    "book": Category.BOOK,
}


@pytest.mark.parametrize("name", NAMES)
def test_captions_never_name_the_product(name: str) -> None:
    product = replace(make_product(category=NAMES[name]), name=name)
    for preset in PresetRegistry.load():
        caption = caption_scene(preset.scene_text, product, 40.0)
        assert caption
        assert not any(mentions(caption, word) for word in (name, name.split()[-1])), caption


def test_a_set_that_shows_such_a_product_is_not_drawn() -> None:
    product = replace(make_product(category=Category.FOOD), name="lemon")
    draws = Randomizer(SETTINGS)
    drawn = {draws.draw(index, product).request.scene.preset_id for index in range(25)}
    texts = [PresetRegistry.load().get(str(name)).scene_text for name in drawn]
    assert len(drawn) > 12
    assert not any(mentions(text, "lemon") for text in texts)


def test_a_garment_lies_where_that_is_what_the_words_say() -> None:
    product, draws = make_product(category=Category.GARMENT), Randomizer(SETTINGS)
    chosen = [str(draws.draw(index, product).request.scene.preset_id) for index in range(25)]
    families = {set_name(PresetRegistry.load().get(name).design) for name in dict.fromkeys(chosen)}
    assert families <= {"flat_lay", "hanging_wall", "cyclorama", "drapery"}
    assert len(families) > 2


def test_captions_say_where_the_light_comes_from() -> None:
    text = "a desk, hard sun from the upper right, calm"
    product = make_product()
    sides = {-40.0: "the left", 90.0: "the right", 5.0: "the front"}
    for azimuth, side in sides.items():
        assert caption_scene(text, product, azimuth) == f"a desk, hard sun from {side}, calm"
    assert caption_scene(text, product, -170.0) == "a desk, hard sun from behind, calm"
    assert caption_scene("a green bottle", product, 0.0) == "a plain studio background"


def test_each_product_comes_once_a_turn_in_changing_order() -> None:
    draws = Randomizer(SETTINGS)
    turns = [[draws.product_at(5 * turn + place, 5) for place in range(5)] for turn in range(6)]
    assert all(sorted(turn) == list(range(5)) for turn in turns)
    assert len(set(map(tuple, turns))) > 1


def test_a_draw_depends_on_seed_and_number_alone() -> None:
    product, first, again = make_product(), Randomizer(SETTINGS), Randomizer(replace(SETTINGS, count=9))
    again.draw(3, product)
    one, same = first.draw(7, product), again.draw(7, product)
    assert one.request.canvas == same.request.canvas
    assert (one.caption, one.light, one.request.seed) == (same.caption, same.light, same.request.seed)
    other = Randomizer(replace(SETTINGS, seed=1)).draw(7, product)
    assert (one.request.canvas, one.light) != (other.request.canvas, other.light)


def test_places_and_sizes_vary_within_the_safe_area() -> None:
    draws, product = Randomizer(SETTINGS), make_product()
    canvases = [draws.draw(index, product).request.canvas for index in range(60)]
    assert all(canvas.safe_area.contains(canvas.product_box) for canvas in canvases)
    assert len({canvas.label for canvas in canvases}) == 10
    shares = [canvas.product_box.height / canvas.height_px for canvas in canvases]
    assert max(shares) > 2.5 * min(shares)
    offsets = [box.left + box.width / 2 - canvas.width_px / 2 for canvas in canvases if (box := canvas.product_box)]
    assert Counter(np.sign(offsets))[1] > 10 < Counter(np.sign(offsets))[-1]


def test_a_product_that_its_photo_cuts_stays_on_the_edge() -> None:
    product = make_product(replace(draw_cutout(), touches=frozenset({Edge.BOTTOM})))
    for index in range(8):
        canvas = Randomizer(SETTINGS).draw(index, product).request.canvas
        assert canvas.product_box.bottom == canvas.height_px


def test_a_product_that_spans_its_photo_goes_where_it_fits_and_nowhere_else() -> None:
    wide = replace(draw_cutout(240, 120, shape="square"), touches=frozenset({Edge.LEFT, Edge.RIGHT}))
    draws = Randomizer(replace(SETTINGS, render_kinds=(RenderKind.LEADERBOARD, RenderKind.STORY)))
    canvases = [draws.draw(index, make_product(wide)).request.canvas for index in range(6)]
    assert {(canvas.label, canvas.product_box.width) for canvas in canvases} == {
        ("story", canvas.width_px) for canvas in canvases
    }
    with pytest.raises(ProductDoesNotFitError, match="opposite sides"):
        Randomizer(replace(SETTINGS, render_kinds=(RenderKind.LEADERBOARD,))).check_fits(wide)


def test_lights_come_from_all_sides_and_stay_as_hard_as_they_were() -> None:
    light = Light(softness=0.9, fill=0.6)
    drawn = [draw_light(light, np.random.default_rng(seed)) for seed in range(200)]
    azimuths = np.array([one.azimuth_deg for one in drawn])
    assert (azimuths < -20).sum() > 50 < (azimuths > 20).sum()
    assert min(one.shadow_softness or 0 for one in drawn) > 0.7
    assert np.std([one.shadow_intensity or 0 for one in drawn]) > 0.05


def test_large_sizes_become_smaller_in_their_shape() -> None:
    size = AdSize(label="landscape", width_px=1200, height_px=628)
    small = fit_size(size, 0.4, safe_margin=True)
    assert small.width_px * small.height_px * 1.395 == pytest.approx(400_000, rel=0.01)
    assert small.width_px / small.height_px == pytest.approx(1200 / 628, rel=0.01)
    assert fit_size(size, 4, safe_margin=True) == size


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="white_background"):
        Randomizer(replace(SETTINGS, preset_ids=("white_backgroun",)))
