"""Drafts show what the picture will be: the same set and framing, at a third of the size."""

from __future__ import annotations

import json

import numpy as np
import pytest

from photoshoot import ExportSettings, LightOverride, Photoshoot, Product, Prompt, RenderKind, Request, StudioSettings
from photoshoot.errors import SettingsError
from photoshoot.exporters.encoders import write_record
from photoshoot.framing.drafts import draft, shrink_canvas
from photoshoot.framing.layout import ad_sizes
from photoshoot.pixels.imaging import scale
from photoshoot.production import plan_shots
from photoshoot.records import Shot
from photoshoot.request import resolve_request
from tests.measures import psnr

SCENE = Prompt.preset("marble_bathroom_herringbone")


@pytest.fixture(scope="module")
def pair(shoot: Photoshoot, bottle: Product) -> tuple[Shot, Shot]:
    """A draft, and the picture that it is of."""
    (quick,) = shoot.generate(bottle, prompts=[SCENE], render_kind="medium_banner", seed=7, quality="draft")
    (full,) = shoot.generate(bottle, prompts=[SCENE], render_kind="medium_banner", seed=7, max_redraws=0)
    return quick, full


def test_it_is_the_picture_made_smaller(pair: tuple[Shot, Shot]) -> None:
    quick, full = pair
    size = quick.image.shape[:2]
    assert size == (round(full.image.shape[0] / 3), round(full.image.shape[1] / 3))
    wanted = scale(full.image, (size[1], size[0]))
    shifts = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    likeness = {shift: psnr(np.roll(quick.image, shift, (0, 1)), wanted) for shift in shifts}
    assert max(likeness, key=lambda shift: likeness[shift]) == (0, 0), likeness
    assert likeness[0, 0] > 24, likeness  # dB; 28 were found, with one path a pixel in the picture


def test_its_product_is_where_the_picture_has_it(shoot: Photoshoot, bottle: Product) -> None:
    request = resolve_request(Request(prompts=(SCENE,), render_kind=RenderKind.ALL, seed=7), bottle)
    for shot in plan_shots(request, shoot.presets):
        quick = draft(shot)
        rows, columns = (shot.canvas.height_px / quick.canvas.height_px, shot.canvas.width_px / quick.canvas.width_px)
        off = np.subtract(
            np.multiply(quick.canvas.product_box.as_tuple(), [columns, rows, columns, rows]),
            shot.canvas.product_box.as_tuple(),
        )
        assert np.abs(off).max() <= 0.5 * max(rows, columns) + 1e-9, (shot.canvas.label, off)  # half a draft's pixel
        mass = shot.layer.alpha_matte.sum() / rows / columns
        assert quick.layer.alpha_matte.sum() == pytest.approx(mass, rel=0.03), (
            shot.canvas.label
        )  # Pillow's box takes whole pixels
        assert quick.draft_of is shot


def test_no_side_is_under_64_px(shoot: Photoshoot, bottle: Product) -> None:
    request = resolve_request(Request(prompts=(SCENE,), render_kind=RenderKind.ALL, seed=7), bottle)
    sides = [
        (canvas.width_px, canvas.height_px)
        for canvas in (shrink_canvas(s.canvas) for s in plan_shots(request, shoot.presets))
    ]
    assert min(map(min, sides)) >= 64
    assert len(sides) == len(ad_sizes(RenderKind.ALL))


def test_the_record_says_so(pair: tuple[Shot, Shot]) -> None:
    quick, full = (json.loads(json.dumps(write_record(shot, ExportSettings(), "photoshoot"))) for shot in pair)
    assert quick["recipe"]["draft"] is True
    assert full["recipe"]["draft"] is False
    assert quick["settings"]["draft_samples"] == StudioSettings.draft().samples
    assert "draft_samples" not in full["settings"]


def test_same_seed_same_bytes(shoot: Photoshoot, bottle: Product, pair: tuple[Shot, Shot]) -> None:
    (again,) = shoot.generate(bottle, prompts=[SCENE], render_kind="medium_banner", seed=7, draft=True)
    assert np.array_equal(again.image, pair[0].image)


def test_light_on_the_product_is_the_pictures(shoot: Photoshoot, bottle: Product) -> None:
    light = LightOverride(azimuth_deg=-70.0)
    words = {"prompts": [SCENE], "render_kind": "150x125", "seed": 7, "light": light, "light_on_product": 1.0}
    quick, full = (shoot.generate(bottle, **words, draft=draft, max_redraws=0)[0] for draft in (True, False))  # type: ignore[arg-type]
    assert quick.quality is not None
    assert quick.quality.passed
    assert quick.product_light is not None
    assert full.product_light is not None
    assert np.array_equal(quick.product_light.levels, full.product_light.levels)


def test_white_backdrops_stay_white(shoot: Photoshoot, bottle: Product) -> None:
    (quick,) = shoot.generate(
        bottle, prompts=[Prompt.preset("packshot_white")], render_kind="medium_banner", seed=7, draft=True
    )
    assert (quick.image[0] == 255).all()


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(SettingsError, match="'final' or 'draft'"):
        Request(quality="sketch")
