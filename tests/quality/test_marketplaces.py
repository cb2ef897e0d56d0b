"""Marketplaces' rules are held against what a picture shows, and told in words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.cli import main
from photoshoot.errors import UnknownNameError
from photoshoot.quality.marketplaces import MARKETPLACES, check_rules, measure_frame
from photoshoot.records import RgbImage


def packshot(side: int = 1000, fill: float = 0.86, background: int = 255, top: int | None = None) -> RgbImage:
    """A grey block in the middle of a square picture; ``top`` moves it up or down."""
    image = np.full((side, side, 3), background, np.uint8)
    size = round(fill * side)
    start = (side - size) // 2
    first = start if top is None else top
    image[first : first + size, start : start + size // 2] = 90
    return image


def broken(image: RgbImage, name: str, matte: Float32Array | None = None) -> set[str]:
    """The rules that a picture breaks."""
    return {finding.rule for finding in check_rules(measure_frame(image, matte))[name] if not finding.passed}


@pytest.mark.parametrize("name", MARKETPLACES)
def test_a_packshot_as_they_ask_for_is_taken(name: str) -> None:
    assert broken(packshot(2200), name) == set()


@pytest.mark.parametrize(
    ("image", "rule"),
    [
        (packshot(background=250), "white"),
        (packshot(fill=0.6), "fill"),
        (packshot(top=0), "cut"),
        (packshot(400), "size"),
        (packshot(700), "zoom"),
    ],
)
def test_each_rule_is_found_broken(image: RgbImage, rule: str) -> None:
    assert rule in broken(image, "amazon")


def test_a_soft_shadow_is_no_stain_and_a_grey_floor_is() -> None:
    image = packshot()
    matte = np.asarray(image[..., 0] < 200, np.float32)
    image[930:945, 200:560] = 235
    assert broken(image, "amazon", matte) == set()
    image[880:, :] = np.minimum(image[880:, :], 240)
    assert broken(image, "amazon", matte) == {"white"}


@pytest.mark.parametrize("side", [500, 2000])
def test_a_shadow_beside_the_product_is_none_of_it(side: int) -> None:
    image = packshot(side, fill=0.6)
    rows, columns = np.mgrid[:side, :side] / side
    shade = 110 * np.exp(-(((rows - 0.8) / 0.05) ** 2) - ((columns - 0.55) / 0.2) ** 2)
    shadowed = np.where(image == 255, np.round(255 - shade).astype(np.uint8)[..., None], image)
    plain, found = measure_frame(image), measure_frame(shadowed)
    assert plain is not None
    assert found is not None
    assert abs(found.fill - plain.fill) < 0.03  # the darkest of it touches the product's foot
    assert found.white_share < plain.white_share


def test_a_blank_picture_has_no_product_and_an_unknown_marketplace_is_named() -> None:
    assert measure_frame(np.full((50, 50, 3), 255, np.uint8)) is None
    (finding,) = check_rules(None, ["ebay"])["ebay"]
    assert not finding.passed
    with pytest.raises(UnknownNameError, match="amazon"):
        check_rules(None, ["amazone"])


def test_the_command_says_it_in_words_and_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    Image.fromarray(packshot()).save(good)
    Image.fromarray(packshot(background=250)).save(bad)
    assert main(["marketplaces", str(good), "--marketplace", "amazon"]) == 0
    assert "Amazon takes it" in capsys.readouterr().out
    assert main(["marketplaces", str(good), str(bad), "--marketplace", "amazon", "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first["marketplaces"]["amazon"]["accepted"]
    assert not second["marketplaces"]["amazon"]["accepted"]
