"""Things of the bath, the nursery and feasts as shops write them: each is drawn, or told as what it is drawn as."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import parts, read


def _shown(text: str) -> str:
    """What is told as shown, whole, in one string."""
    return " ".join(name for names in read(text).words.values() for name in names)


@pytest.mark.parametrize(
    ("text", "kind"), [("flowers, gold leaf, grey stone", "flowers"), ("gold flakes and shells on slate", "shells")]
)
def test_a_further_thing_has_its_names_own_colour(text: str, kind: str) -> None:
    found = parts(text)
    assert (found["props"], found["also"]) == (kind, ("confetti",))
    assert found["also_colors"] == ("#c9a04a",)


@pytest.mark.parametrize("seat", ["an armchair", "a velvet armchair", "the green armchair", "a wide armchair"])
def test_on_a_chair_is_on_an_upholstered_seat_and_says_that_it_is_a_sofa(seat: str) -> None:
    direction = read(f"cushion on {seat}")
    assert set_name(direction.design) == "bed"
    assert "sofa" in direction.reading


@pytest.mark.parametrize("tub", ["in a bathtub", "at the edge of the bath", "by a clawfoot tub", "in the shower"])
def test_a_tub_and_a_shower_are_told_as_the_bathroom_that_is_drawn(tub: str) -> None:
    direction = read(f"soap {tub}")
    assert set_name(direction.design) == "counter"
    assert "a tiled bathroom" in direction.reading


@pytest.mark.parametrize("text", ["candle on oak, cobwebs", "mug on slate, a cobweb", "black wall with cobwebs"])
def test_cobwebs_are_spider_webs(text: str) -> None:
    assert "cobweb" not in " ".join(read(text).unread)


@pytest.mark.parametrize("text", ["jar on oak, lavender bunches", "soap on linen, bunches of lavender"])
def test_bunches_of_lavender_are_twigs_and_no_colour(text: str) -> None:
    assert "leaves" in (parts(text).get("props"), parts(text).get("beside"))


@pytest.mark.parametrize("text", ["daffodils on slate", "jar on oak, narcissus flowers", "yellow daffodils, linen"])
def test_daffodils_are_yellow(text: str) -> None:
    found = parts(text)
    assert "tulips" in (found.get("props"), found.get("beside"))
    colors = found.get("prop_colors") or found.get("beside_colors")
    assert isinstance(colors, tuple)
    assert colors[0].startswith("#f")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("crate on sand, sunny afternoon", "afternoon"),
        ("boat on a lake, early morning", "early"),
        ("boots on grass, bright afternoon", "afternoon"),
        ("pond, calm early morning", "early"),
    ],
)
def test_the_hour_of_a_picture_by_day_is_read(text: str, word: str) -> None:
    assert word not in " ".join(read(text).unread)


@pytest.mark.parametrize("text", ["rum on walnut, fiery orange light", "watch on slate, fiery red glow"])
def test_fiery_is_how_a_light_looks(text: str) -> None:
    assert "fiery" not in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("granola on oak with hazelnuts", "nuts"),
        ("oil on slate, walnuts and rosemary", "nuts"),
        ("syrup on grey stone, pistachios around", "nuts"),
        ("cocoa on marble with broken chocolate", "chocolate"),
        ("card on pink paper with chocolates, flat lay", "chocolate"),
        ("ketchup on concrete, red hot peppers", "chilis"),
        ("salsa on oak with jalapenos", "chilis"),
        ("toy before a yellow wall with soap bubbles", "bubbles"),
        ("shower gel on white tiles, suds", "bubbles"),
    ],
)
def test_what_is_nibbled_and_blown_is_there(text: str, kind: str) -> None:
    direction = read(text)
    found = vars(direction.design)
    assert kind in (found.get("props"), found.get("beside"), *found.get("also", ())), direction.reading


def test_what_only_resembles_them_says_so() -> None:
    assert "nuts shown as" not in read("jam on oak with hazelnuts").reading
    assert "cashews shown as hazelnuts" in read("jam on oak with cashews").reading
    assert "foam shown as bubbles of soap" in read("soap on marble in foam").reading


@pytest.mark.parametrize("text", ["a hazelnut wall", "chocolate brown linen", "a chili red backdrop", "a walnut table"])
def test_colours_and_woods_that_are_called_after_food_stay_those(text: str) -> None:
    found = parts(text)
    assert {found.get("props", "none"), found.get("beside", "none")} == {"none"}


@pytest.mark.parametrize(
    "text", ["soap on linen with a cup of tea", "book on oak, mug of tea", "lamp, two cups of tea"]
)
def test_a_cup_of_tea_is_there(text: str) -> None:
    found = parts(text)
    assert "tea" in (found.get("props"), found.get("beside")), read(text).reading


@pytest.mark.parametrize("text", ["blocks in a nursery, rainbow mural", "doll in a kids room with a painted rainbow"])
def test_a_rainbow_is_painted_on_a_nurserys_wall(text: str) -> None:
    assert (parts(text)["set"], parts(text)["mural"]) == ("playroom", "rainbow")
    assert "rainbow" not in " ".join(read(text).unread)
    assert parts(text.replace("rainbow", "sky"))["mural"] == "hills"


def test_gifts_are_wrapped_in_the_paper_that_is_said() -> None:
    found = parts("mug on linen, kraft gift boxes, flat lay")
    assert (found["props"], found["prop_colors"]) == ("gifts", ("#b98f61", "#a97d50"))
    assert not read("mug on linen, kraft gift boxes, flat lay").unread


@pytest.mark.parametrize("toy", ["plush bunny", "porcelain cat", "stuffed elephant", "wooden horse", "knitted rabbit"])
@pytest.mark.parametrize("scene", ["on a white bed", "on green grass, spring", "in a nursery"])
def test_a_toy_that_is_called_an_animal_is_the_product(toy: str, scene: str) -> None:
    direction = read(f"{toy} {scene}")
    assert direction.product == toy
    assert not direction.unread
    assert not direction.absent
    assert direction.design == read(f"zorble {scene}").design


def test_a_rubber_duck_is_the_product() -> None:
    assert not read("rubber duck on white tiles").unread


@pytest.mark.parametrize("text", ["a dog on a sofa", "golden retriever on a beach", "jar on oak, a cat beside it"])
def test_a_live_animal_is_no_product(text: str) -> None:
    assert read(text).unread


@pytest.mark.parametrize(
    "text",
    ["smoothie with a strawberry on marble", "yoghurt, blueberry, oak table", "cake with strawberry and mint on white"],
)
def test_one_berry_is_berries_and_no_other_fruit(text: str) -> None:
    found = parts(text)
    assert "berries" in (found["props"], *vars(read(text).design)["also"]), read(text).reading
    assert "citrus" not in (found["props"], *vars(read(text).design)["also"])


@pytest.mark.parametrize("text", ["jar of strawberry jam with butter on linen", "blackberry candle with salt on oak"])
def test_what_a_product_tastes_of_lies_nowhere(text: str) -> None:
    found = parts(text)
    assert {found.get("props", "none"), found.get("beside", "none")} == {"none"}


@pytest.mark.parametrize(
    ("text", "color"), [("strawberry red backdrop", "#b8322f"), ("blueberry blue wall", "#4d5a86")]
)
def test_a_berrys_shade_is_one_colour(text: str, color: str) -> None:
    assert parts(text)["colors"] == (color,)


@pytest.mark.parametrize("text", ["card on satin with truffles and a red ribbon", "mug on oak, gift box, truffles"])
def test_truffles_among_presents_are_of_chocolate(text: str) -> None:
    found = vars(read(text).design)
    assert "chocolate" in (found.get("props"), found.get("beside"), *found["also"]), read(text).reading
    assert "truffles shown as" not in read(text).reading


def test_truffles_by_pasta_are_mushrooms() -> None:
    assert "truffles shown as mushrooms" in read("pasta on oak with truffles").reading


@pytest.mark.parametrize("text", ["tin on a kitchen counter, bones", "jar on oak with bones scattered"])
def test_bones_are_no_colour(text: str) -> None:
    assert "bones" in " ".join(read(text).unread)
    assert parts("a bone coloured wall")["colors"] == parts("a bone wall")["colors"]


@pytest.mark.parametrize("text", ["white sand with shells and a palm leaf", "a beach with palm trees and seashells"])
def test_shells_lie_on_a_beach_under_palms(text: str) -> None:
    """One of them took the other's place."""
    direction = read(f"sunglasses on {text}, strong sun")
    assert (vars(direction.design)["props"], vars(direction.design)["beside"]) == ("palms", "shells")
    assert not direction.unread


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("shakers on a restaurant table, steak, red wine glass, candle light", "red wine glass"),
        ("cushion on a beige sofa with knitted throw", "knitted throw"),
    ],
)
def test_what_is_not_there_is_told_whole(text: str, told: str) -> None:
    """A wine glass made a mirror of the table, and a throw that no sofa has was told as shown."""
    direction = read(text)
    assert told in direction.unread
    assert set_name(direction.design) in ("tabletop", "bed")


@pytest.mark.parametrize(
    ("text", "name", "absent"),
    [
        ("running shoes on a trail at sunrise", "outdoor_ground", "trail"),
        ("T-Shirt auf einem Holzbügel vor einer Betonwand", "hanging_wall", "Holzbügel"),
        ("ballon de gym sur une terrasse au bord de la mer", "beach", "gym"),
    ],
)
def test_a_sports_shops_words_are_read(text: str, name: str, absent: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    assert absent not in " ".join(direction.unread)
    assert getattr(direction.design, "beside", "none") == "none", "a gym ball is no balloon"
