"""A product that a prompt begins with keeps its colours and its name, whatever follows it, and plants are such, too."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    ("text", "product", "color"),
    [
        ("gold watch valentines day roses", "gold watch", "#c9a04a"),
        ("black mug christmas ornaments", "black mug", "#111111"),
        ("silver ring pink peonies", "silver ring", "#b8bcc2"),
        ("white backpack autumn leaves", "white backpack", "#f8f8f7"),
    ],
)
def test_no_thing_has_the_color_of_the_product_before_it(text: str, product: str, color: str) -> None:
    assert read(text).product == product
    assert color not in str(parts(text))


def test_a_material_of_goods_that_a_prompt_begins_with_is_theirs() -> None:
    direction = read("brown leather bag roses")
    assert direction.product == "brown leather bag"
    assert "material" not in direction.words


def test_what_a_products_own_stuff_makes_has_its_color() -> None:
    assert parts("pink soap bubbles")["prop_colors"] == ("#f29fbf",)


@pytest.mark.parametrize("plant", ["cactus", "orchid", "bonsai", "succulent"])
def test_a_potted_plant_that_is_said_to_be_on_something_is_the_product(plant: str) -> None:
    direction = read(f"{plant} on a rattan side table in front of a terracotta wall")
    assert direction.product == plant
    assert parts(f"{plant} on a rattan side table")["props"] == "none"
    assert "leaves" not in direction.reading


@pytest.mark.parametrize(
    "text",
    ["orchidee op een marmeren vensterbank", "orquídea sobre una mesa de madera", "Sukkulente auf einem Holztisch"],
)
def test_so_it_is_in_other_languages(text: str) -> None:
    assert {parts(text).get("props", "none"), parts(text).get("beside", "none")} == {"none"}


def test_plants_beside_a_product_are_shown() -> None:
    assert parts("perfume with an orchid beside it on slate")["props"] == "flowers"
    assert parts("orchids on a marble table")["props"] == "flowers"


@pytest.mark.parametrize("flower", ["calla lily", "lily", "pansy", "poppy"])
def test_one_flower_is_known_as_several_are(flower: str) -> None:
    assert f"a single {flower}".split()[-1] in read(f"perfume on a marble table with a single {flower}").reading
    assert "read as its kind" not in read(f"perfume on marble with a single {flower}").reading


@pytest.mark.parametrize(
    "text",
    ["bougeoir sur une table en noyer", "Kerzenhalter auf einem Marmortisch", "świecznik na marmurowym stole"],
)
def test_a_candle_holder_is_the_product_and_nobody_holds_it(text: str) -> None:
    direction = read(text)
    assert direction.product == "candle holder"
    assert (direction.unread, direction.absent) == ((), ())
