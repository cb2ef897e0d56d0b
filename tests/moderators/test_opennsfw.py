"""Tests of the moderator that comes in an extra, and of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import Photoshoot, Product, Provenance, Request, StyleImage
from photoshoot.engines.registry import load_class
from photoshoot.errors import RefusedContentError, SettingsError, UnknownNameError
from photoshoot.moderators.opennsfw import OpenNsfwModerator
from photoshoot.records import RgbImage
from photoshoot.stages import Moderator
from tests.making import make_request

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GREY = np.full((64, 64, 3), 128, np.uint8)


class NoRed:
    """Refuses red pictures, and prompts that say so."""

    def check_texts(self, texts: Sequence[str]) -> list[str | None]:
        return ["no red" if "red" in text.split() else None for text in texts]

    def check_pictures(self, pictures: Sequence[RgbImage]) -> list[str | None]:
        means = [picture.mean((0, 1)) for picture in pictures]
        return ["no red" if red > 200 and green < 60 else None for red, green, _ in means]


@pytest.fixture
def moderated(shoot: Photoshoot, monkeypatch: pytest.MonkeyPatch) -> Photoshoot:
    monkeypatch.setattr(shoot, "moderator", NoRed())
    return shoot


def test_product_photos_are_allowed_and_a_limit_of_nought_allows_nothing() -> None:
    bottle = np.asarray(Image.open(EXAMPLES / "bottle.jpg").convert("RGB"))
    moderator = OpenNsfwModerator()
    assert isinstance(moderator, Moderator)
    assert moderator.check_pictures([bottle, GREY]) == [None, None]
    assert moderator.check_texts(["on a table"]) == [None]
    (rule,) = OpenNsfwModerator(0.0).check_pictures([bottle])
    assert rule is not None
    assert rule.startswith("nudity (open_nsfw 0.")
    with pytest.raises(SettingsError, match="limit"):
        OpenNsfwModerator(1.5)


def test_it_is_found_by_its_name() -> None:
    assert load_class("moderator", "opennsfw") is OpenNsfwModerator
    with pytest.raises(UnknownNameError, match="opennsfw"):
        Photoshoot.embedded(moderator="opennsfv")


def test_a_photo_is_refused_before_anything_is_made_of_it(moderated: Photoshoot) -> None:
    red = np.zeros((64, 64, 3), np.uint8) + np.array([255, 0, 0], np.uint8)
    with pytest.raises(RefusedContentError, match="the photo photo is refused: no red") as caught:
        moderated.describe([red])
    assert (caught.value.what, caught.value.rule) == ("the photo photo", "no red")


def test_prompts_and_style_pictures_are_refused(moderated: Photoshoot, bottle: Product) -> None:
    with pytest.raises(RefusedContentError, match="the prompt 'on a red table' is refused: no red"):
        moderated.generate(bottle, prompts=["on a table", "on a red table"])
    red = StyleImage.of(np.zeros((64, 64, 3), np.uint8) + np.array([255, 0, 0], np.uint8))
    with pytest.raises(RefusedContentError, match="the style image is refused: no red"):
        moderated.generate(bottle, prompts="on a table", style_image=red)
    moderated.check_allowed([Request(prompts="on a table", style_image=GREY), Request()])


def test_a_finished_picture_is_refused(moderated: Photoshoot, monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_request()

    class RedPlacer:
        batch_size, overlap = 1, 1

        def place(self, requests: Sequence[object], on_step: object = None) -> list[object]:
            del on_step
            size = (request.canvas.height_px, request.canvas.width_px, 3)
            image = np.zeros(size, np.uint8) + np.array([255, 0, 0], np.uint8)
            made_by = Provenance(engine="studio", versions={}, settings={})
            return [request.answer(image, made_by) for _ in requests]

    monkeypatch.setattr(moderated, "placer", RedPlacer())
    with pytest.raises(RefusedContentError, match=r"the picture of .* is refused: no red"):
        list(moderated.place([request]))


def test_without_a_moderator_nothing_is_refused(shoot: Photoshoot) -> None:
    assert shoot.moderator is None
    shoot.check_pictures({"a picture": GREY})
