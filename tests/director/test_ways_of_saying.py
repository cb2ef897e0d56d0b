"""A scene is the same in whatever words a product is put there, and in whatever words something is behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from photoshoot.director import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from tests.sweeps import sampled

REGISTRY = PresetRegistry.load()
PLACED = (
    "{x} sitting on {s}",
    "{x} placed on top of {s}",
    "a photo of {x} resting on {s}",
    "our new {x} shot on {s}",
    "{x}, on {s}",
    "{x} photographed on {s}",
    "commercial product photography of {x} on {s}, 85mm, 8k",
    "the {x} rests on {s}",
    "{x} that stands on {s}",
    "put {x} on {s} please",
)
ON = (
    "a wooden table", "white marble", "a concrete block", "a mossy rock in a forest", "wet asphalt at night",
    "a sandy beach", "a linen bed", "a snowy ground", "grassy ground", "the edge of a pool", "a pink podium",
    "black velvet", "a windowsill", "a stack of books", "stone steps", "a cafe table",
)  # fmt: skip
WARES = ("perfume bottle", "sneaker", "ceramic mug", "face cream jar")
BEHIND = (
    "zorble on {s} with a {b} behind",
    "zorble on {s}, {b} in the background",
    "zorble on {s} set against a {b}",
    "zorble on {s}, a {b} behind it",
    "zorble on {s}, {b} background",
    "zorble on {s} with {b} backdrop",
    "zorble on {s}, {b} in the distance",
)
IN_LANGUAGES = [
    line.split("|")
    for line in (Path(__file__).parent / "places_in_languages.psv").read_text(encoding="utf-8").splitlines()
]
"""A product's place in English, then in twelve other languages; none where that may mean another one there."""
ADS_IN_LANGUAGES = [
    line.split("|")
    for line in (Path(__file__).parent / "ads_in_languages.psv").read_text(encoding="utf-8").splitlines()
]
"""An advertisement's prompt in English, then in sixteen other languages."""
VIEWS = ("brick wall", "forest", "sea", "city skyline", "blue sky", "garden", "beach", "lake", "desert", "bookshelf")


def parts(text: str) -> dict[str, Any]:
    """All that is built, but for its light, and how pale stone is."""
    design = direct(text, REGISTRY, None).design
    told = {name: value for name, value in vars(design).items() if name not in ("light", "step_color")}
    return {"set": set_name(design), **told}


@pytest.mark.parametrize("place", ON)
def test_a_product_is_put_somewhere_in_many_words(place: str) -> None:
    plain = parts(f"zorble on {place}")
    for form in PLACED:
        for ware in WARES:
            text = form.format(x=ware, s=place)
            assert parts(text) == plain, text


@pytest.mark.parametrize(
    "text",
    [
        "a candle that stands on marble",
        "the candle rests on oak",
        "a candle, on slate",
        "I want the candle to be on oak",
    ],
)
def test_one_that_rests_is_the_product(text: str) -> None:
    assert parts(text) == parts(text.replace("candle", "zorble"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("place", ["a wooden table", "a stone", "a pink podium"])
def test_what_is_behind_is_told_in_many_words(place: str, view: str) -> None:
    plain = parts(f"zorble on {place} in front of a {view}")
    for form in BEHIND:
        text = form.format(s=place, b=view)
        assert parts(text) == plain, text


def in_some_languages(row: list[str]) -> list[tuple[int, str]]:
    """A row's texts, with their languages' numbers: each row has another quarter of the languages in a sample."""
    return sampled(((number, text) for number, text in enumerate(row[1:]) if text), lambda told: told[0] % 4)


@pytest.mark.parametrize("row", IN_LANGUAGES[1:], ids=lambda row: row[0])
def test_a_product_is_put_somewhere_in_many_languages(row: list[str]) -> None:
    plain = parts(row[0])
    for _, text in in_some_languages(row):
        assert parts(text) == plain, text


@pytest.mark.parametrize("row", ADS_IN_LANGUAGES[1:], ids=lambda row: row[0])
def test_an_advertisement_is_the_same_in_many_languages(row: list[str]) -> None:
    plain = parts(row[0])
    for _, text in in_some_languages(row):
        told = parts(text)
        assert set(told.pop("counts", ())) <= {0, 1}, text
        assert told == {name: value for name, value in plain.items() if name != "counts"}, text


@pytest.mark.parametrize(
    "color",
    ["charcoal grey", "gunmetal grey", "teal blue", "camel brown", "lilac purple", "turquoise blue", "silver grey"],
)
def test_a_color_of_two_words_is_one(color: str) -> None:
    assert len(parts(f"zorble on a {color} background")["colors"]) == 1
    assert parts(f"zorble on a {color} podium") == parts(f"zorble on a {color.split()[0]} podium")


@pytest.mark.parametrize(
    ("text", "param", "least", "most"),
    [
        ("softly lit", "softness", 0.8, 1.0),
        ("softly lit from the left", "softness", 0.8, 1.0),
        ("softly lit from the left", "azimuth_deg", -63, -61),
        ("evenly lit", "softness", 0.8, 1.0),
        ("back lighting", "azimuth_deg", -180, -120),
    ],
)
def test_light_is_read_in_many_words(text: str, param: str, least: float, most: float) -> None:
    assert least <= getattr(direct(f"zorble on white marble, {text}", REGISTRY, None).design.light, param) <= most


@pytest.mark.parametrize(
    ("text", "adjective"),
    [
        ("on a tablecloth with red stripes", "on a red striped tablecloth"),
        (
            "on a picnic blanket with blue and white checks in a meadow",
            "on a blue and white checked picnic blanket in a meadow",
        ),
        ("on a blanket in blue checks", "on a blue checked blanket"),
    ],
)
def test_a_cloths_pattern_may_follow_it(text: str, adjective: str) -> None:
    told, plain = parts(text), parts(adjective)
    assert told["pattern"] == plain["pattern"] != "none"
    same = ("set", "color", "table_color", "pattern_colors")
    assert {name: told.get(name) for name in same} == {name: plain.get(name) for name in same}


def test_a_pattern_leaves_its_cloth_the_color_that_was_told() -> None:
    plaid = parts("cup on a cream tablecloth with green plaid, garden")
    assert (plaid["pattern"], plaid["table_color"], plaid["pattern_colors"]) == ("plaid", "#f5e9cf", ("#2f9e4c",))
    linen = parts("mug on linen with thin black stripes")
    assert (linen["pattern"], linen["color"]) == ("stripes", "#111111")


@pytest.mark.parametrize("ware", ["shirt with red checks", "dress with polka dots", "notebook with blue stripes"])
def test_a_products_pattern_is_its_own(ware: str) -> None:
    assert parts(f"a {ware} on a white tablecloth") == parts("a zorble on a white tablecloth")


@pytest.mark.parametrize("ware", ["toy", "laptop", "lamp", "teapot", "bread", "tent", "cake", "plant"])
@pytest.mark.parametrize(
    "form", ["{} on a white background", "a {} against a solid pink backdrop", "{} in front of a green wall"]
)
def test_what_is_before_a_plain_backdrop_is_the_product(ware: str, form: str) -> None:
    assert parts(form.format(ware)) == parts(form.format("zorble"))


@pytest.mark.parametrize("ware", ["toy", "laptop", "cake"])
def test_a_product_may_be_listed_with_its_backdrop(ware: str) -> None:
    assert parts(f"{ware}, red background") == parts("zorble, red background")


@pytest.mark.parametrize(
    ("text", "param", "value"),
    [
        ("a podium on a pink background", "podium_color", "#f6b2cb"),
        ("a stone on a white background", "material", "stone"),
        ("a marble table before a white wall", "material", "marble"),
        ("gym, white wall", "wall_color", "#f8f8f7"),
        ("a tulip on black", "props", "tulips"),
    ],
)
def test_what_things_stand_on_is_no_product(text: str, param: str, value: str) -> None:
    assert parts(text)[param] == value


def test_a_patterned_backdrop_is_printed_paper() -> None:
    direction = direct("jar on a polka dot background", REGISTRY, None)
    assert (set_name(direction.design), vars(direction.design)["pattern"]) == ("cyclorama", "dots")
    assert "shown as" not in direction.reading
