"""What lies is seen from above, on what it is said to lie on, in that one's colour."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.sets import hold, set_name
from photoshoot.settings import Stance
from tests.director.reading import parts, read


@pytest.mark.parametrize("how", ["lying on its side", "laid on its side", "tipped over", "on its side"])
@pytest.mark.parametrize(
    ("on", "surface"), [("on a wooden table", "wood"), ("on sand", "sand"), ("on slate", "concrete")]
)
def test_on_its_side_a_product_is_seen_from_above_and_that_is_told(how: str, on: str, surface: str) -> None:
    direction = read(f"wine bottle {how} {on}")
    assert (set_name(direction.design), vars(direction.design)["surface"]) == ("flat_lay", surface)
    assert f"{how} shown as the product lying, seen from above" in direction.reading
    assert (direction.product, direction.unread) == ("wine bottle", ())


@pytest.mark.parametrize("sand", ["the sand", "warm sand", "fine sand"])
def test_sand_from_above_has_the_colour_that_it_has_from_its_side(sand: str) -> None:
    above, beside = parts(f"sunglasses on {sand}, top view"), read(f"sunglasses on {sand}")
    assert above["colors"] == vars(hold(beside.design, Stance.LYING))["colors"]


def test_white_and_black_sand_have_their_own() -> None:
    seen = [read(f"hat on {kind}sand, top view").design for kind in ("white ", "", "black ")]
    white, plain, black = (float(hex_to_oklab(vars(design)["colors"][0])[0]) for design in seen)
    assert white > plain > black


@pytest.mark.parametrize("text", ["flat lay on a table", "flat lay on an oak table", "overhead, walnut table"])
def test_a_table_that_is_seen_from_above_is_there(text: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == "flat_lay"
    assert not direction.unread


def test_what_has_something_on_its_side_stands() -> None:
    direction = read("perfume with gold lettering on its side on marble")
    assert set_name(direction.design) == "tabletop"
    assert "on its side" in " ".join(direction.unread)


@pytest.mark.parametrize(
    "text",
    [
        "Flasche liegend auf der Seite im Sand",
        "bouteille couchée sur le côté sur le sable",
        "botella tumbada de lado sobre la arena",
        "bottiglia coricata su un fianco sulla sabbia",
        "garrafa deitada de lado na areia",
        "砂の上に横倒しのボトル",
    ],
)
def test_it_lies_in_other_languages_too(text: str) -> None:
    direction = read(text)
    assert (set_name(direction.design), vars(direction.design)["surface"]) == ("flat_lay", "sand")
    assert not direction.unread


def test_what_is_at_a_products_side_does_not_lay_it() -> None:
    for text in ("Parfüm auf Marmor, Blumen auf der Seite", "parfum sur du marbre, fleurs sur le côté"):
        assert set_name(read(text).design) == "tabletop"
