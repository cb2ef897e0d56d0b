"""Several kinds of things that a prompt names lie beside the product, each in its own colour; the rest is told."""

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.errors import SettingsError
from photoshoot.sets import parse_set
from photoshoot.sets.strewn import MOST_MORE
from photoshoot.sets.tabletop import Tabletop
from tests.director.reading import REGISTRY, read


def things(text: str) -> set[str]:
    design = vars(read(text).design)
    return {design.get("beside", design.get("props")), *design["also"]}


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("slate slab with ice cubes, limes and fresh mint", {"ice", "citrus", "leaves"}),
        ("pink podium with pearls and roses", {"pearls", "flowers"}),
        ("before a blue backdrop with shells and candles", {"shells", "candles"}),
        ("flat lay on linen, coffee beans and books", {"coffee_beans", "books"}),
        ("lemons on oak", {"citrus"}),
        ("a garden table with lemons, candles and ice cubes", {"citrus", "candles", "ice"}),
        ("a cabin in the snow, fir branches and candles", {"pine", "candles"}),
        ("lemons and limes on oak", {"citrus"}),
        ("easter with candles", {"eggs", "candles"}),
        ("candles without flowers on oak", {"candles"}),
        ("on black slate with water droplets", {"drops"}),
        ("white podium with beads of water and ice cubes", {"drops", "ice"}),
        ("auf schwarzem Schiefer mit Wassertropfen", {"drops"}),
    ],
)
def test_every_kind_that_is_named_lies_there(prompt: str, kinds: set[str]) -> None:
    assert things(prompt) == kinds
    assert read(prompt).unread == ()


def test_each_kind_has_the_colour_that_is_said_of_it() -> None:
    design = vars(read("white candles and red roses on marble").design)
    found = {
        design["props"]: design["prop_colors"][0],
        **dict(zip(design["also"], design["also_colors"], strict=False)),
    }
    assert found == {"candles": NAMED_COLORS["white"], "flowers": NAMED_COLORS["red"]}


def test_two_fruits_of_one_kind_have_both_their_colours() -> None:
    lemons, limes = (vars(read(f"{fruit} on oak").design)["prop_colors"] for fruit in ("lemons", "limes"))
    assert vars(read("lemons and limes on oak").design)["prop_colors"] == (*lemons, *limes)
    assert lemons != limes
    assert vars(read("lemons on a garden table").design)["prop_colors"] == lemons


def test_what_there_is_no_room_for_is_told() -> None:
    text = "oak table with candles, roses, pearls and shells"
    assert len(things(text)) == MOST_MORE + 1
    assert len(read(text).unread) == 1
    assert read("in an art gallery with roses, lemons and candles").unread


def test_further_kinds_are_checked() -> None:
    assert parse_set({"name": "tabletop", "props": "citrus", "also": ["ice"]}) == Tabletop(
        props="citrus", also=("ice",)
    )
    for wrong in (["nonsense"], ["ice", "shells", "pearls"], ["none"]):
        with pytest.raises(SettingsError, match="also"):
            parse_set({"name": "tabletop", "also": wrong})


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bread, cheese and grapes on an oak board", {"bread", "cheese", "grapes"}),
        ("auf einer rustikalen Holzplatte mit frischem Brot, Käse und Trauben", {"bread", "cheese", "grapes"}),
        ("une planche avec du pain et du fromage", {"bread", "cheese"}),
        ("con funghi porcini e pane su un tavolo di legno", {"mushrooms", "bread"}),
        ("white vase with red tulips", {"vases", "tulips"}),
        ("подарки с красной лентой", {"gifts", "ribbons"}),
        ("木桌上的面包和葡萄", {"bread", "grapes"}),
        ("trên bàn gỗ, bánh mì và nấm", {"bread", "mushrooms"}),
        ("dunkles Holz, Zimtstangen und Orangenscheiben", {"spices", "citrus"}),
        ("na drewnianym stole z jabłkami i cynamonem", {"spices", "apples"}),
    ],
)
def test_what_tables_are_laid_with_is_known_in_many_languages(text: str, kinds: set[str]) -> None:
    design = vars(direct(text, REGISTRY, None).design)
    assert {design.get("props", design.get("beside")), *design["also"]} == kinds


@pytest.mark.parametrize(
    ("text", "prop"),
    [
        ("Holi campaign", "confetti"),
        ("mid-autumn festival with red lanterns", "paper_lanterns"),
        ("中秋节，红灯笼", "paper_lanterns"),
        ("sinterklaas met cadeautjes", "gifts"),
        ("día de muertos con velas", "diyas"),
        ("midsommar med smultron", "daisies"),
        ("추석 선물", "gifts"),
        ("नवरात्रि के लिए", "diyas"),
    ],
)
def test_feasts_of_many_peoples_are_seasons(text: str, prop: str) -> None:
    direction = direct(text, REGISTRY, None)
    design = vars(direction.design)
    assert prop in (design.get("props", design.get("beside")), *design.get("also", ()))
    assert direction.nearest_preset_id is None


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("autumn leaves on an oak table", {"autumn_leaves"}),
        ("autumn, fallen leaves on a table", {"autumn_leaves"}),
        ("autumnal wooden table", {"autumn_leaves"}),
        ("a table with pumpkins and maple leaves", {"autumn"}),
        ("a table with maple leaves and pumpkins", {"autumn"}),
        ("thanksgiving table, maple leaves", {"autumn"}),
        ("october table", {"autumn"}),
        ("herbstlaub auf einem holztisch", {"autumn_leaves"}),
    ],
)
def test_pumpkins_come_only_where_they_or_their_feast_are_named(prompt: str, kinds: set[str]) -> None:
    assert things(prompt) == kinds
    assert read(prompt).unread == ()


@pytest.mark.parametrize(
    ("place", "kind"),
    [("on a beach", "candles"), ("on sand dunes", "books"), ("in a lake", "petals"), ("at a market", "flowers")],
)
def test_out_of_doors_things_lie_beside_the_product(place: str, kind: str) -> None:
    named = {"flowers": "roses"}.get(kind, kind)
    assert things(f"{place} with {named}") == {kind}
    assert read(f"{place} with {named}").unread == ()


@pytest.mark.parametrize("prompt", ["on rocks", "mossy rocks and pebbles", "snow dunes", "a snowfield under snow"])
def test_what_a_place_is_made_of_does_not_lie_beside_the_product(prompt: str) -> None:
    assert things(prompt) == {"none"}


def test_no_drops_lie_on_water() -> None:
    told = read("water splash and droplets")
    assert vars(told.design)["beside"] == "none"
    assert told.unread == ("droplets",)


def test_each_toy_that_is_named_is_asked_for() -> None:
    """They were told as shown, and chance picked others."""
    text = "bag in a kids bedroom with a toy train, wooden blocks and a teddy bear"
    assert set(vars(read(text).design)["toys"]) == {"train", "blocks", "bear"}
    assert "stuffed animals shown as a teddy bear" in read("sneakers in a nursery with stuffed animals").reading
