"""Which of several places, supports and backdrops a prompt is shown on, and what of it that set shows."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets.beach import Beach
from tests.director.reading import missed, parts, read


@pytest.mark.parametrize("room", ["nursery", "playroom", "kids room"])
@pytest.mark.parametrize("form", ["a {} with no toys", "{}, no toys", "on oak in a {} without any toys"])
def test_a_nursery_without_toys_is_no_playroom(room: str, form: str) -> None:
    assert parts(form.format(room))["set"] != "playroom"
    assert "toys" not in " ".join(read(form.format(room)).unread)
    assert parts(f"a {room}")["set"] == "playroom"


@pytest.mark.parametrize("thing", ["tray", "plate", "platter", "table"])
@pytest.mark.parametrize("color", ["silver", "pink", "black"])
@pytest.mark.parametrize("feast", ["at a party", "for a birthday", "on New Year's Eve"])
def test_a_feast_leaves_the_product_what_it_stands_on(thing: str, color: str, feast: str) -> None:
    found = parts(f"on a {color} {thing} {feast}")
    assert found["set"] == "tabletop"
    assert found["surface_color"] == NAMED_COLORS[color]
    assert found["backdrop_color"] != NAMED_COLORS[color]


@pytest.mark.parametrize("number", ["two", "three", "four", "several"])
@pytest.mark.parametrize("platform", ["podiums", "white pedestals", "pink marble podiums", "plinths"])
def test_several_platforms_are_one_of_several_steps(number: str, platform: str) -> None:
    direction = read(f"on {number} {platform}, beige wall")
    assert vars(direction.design)["shape"] == "steps"
    assert any(told.written == number and told.shown_as is not None for told in direction.account)


@pytest.mark.parametrize("said", ["one podium", "a podium", "a podium with two lemons"])
def test_one_platform_is_one(said: str) -> None:
    assert parts(f"on {said}, beige wall")["shape"] != "steps"


@pytest.mark.parametrize("metal", ["brass", "copper", "bronze", "gold"])
def test_a_metal_beside_a_material_is_its_trim(metal: str) -> None:
    for made in ("walnut", "oak", "marble", "slate"):
        alone, both = parts(f"on {made}"), parts(f"on {made} and {metal}")
        assert both["surface_color"] == alone["surface_color"], made
    assert parts(f"vanity in walnut and {metal}")["accent_color"] == parts(f"vanity, {metal} accents")["accent_color"]


@pytest.mark.parametrize(
    ("there", "place"),
    [
        ("in an alpine valley", "sunrise"),
        ("in the savanna", "sunset"),
        ("in the countryside", "sunrise"),
        ("in outer space", "night"),
        ("at a campsite under the Milky Way", "night"),
        ("under the Milky Way, deep blue sky", "night"),
    ],
)
def test_rocks_are_where_tables_are(there: str, place: str) -> None:
    found = parts(f"on a rock {there}")
    assert (found["set"], found["place"]) == ("rocks", place)


@pytest.mark.parametrize("text", ["underwater", "under the sea", "submerged in clear water", "on a rock under water"])
def test_under_water_no_sky_is_seen(text: str) -> None:
    found = parts(text)
    assert found["set"] == "water"
    assert found["water_color"] in found["sky_colors"]  # type: ignore[operator]
    assert parts("in shallow water")["sky_colors"] != found["sky_colors"]


@pytest.mark.parametrize("color", ["blue", "green", "red"])
def test_shutters_of_a_color_are_no_shadow(color: str) -> None:
    direction = read(f"Mediterranean terrace with {color} shutters")
    assert parts(f"Mediterranean terrace with {color} shutters")["set"] == "cafe"
    assert f"{color} shutters" in " ".join(direction.unread)
    assert read("sun through shutters, beige wall").design.light.gobo == "blinds"


@pytest.mark.parametrize("place", ["park", "meadow", "forest", "city", "garden"])
@pytest.mark.parametrize("cloth", ["blue gingham", "a striped cloth", "a plaid cloth"])
def test_a_pattern_is_seen_in_a_real_place(place: str, cloth: str) -> None:
    direction = read(f"on {cloth} in a {place}")
    assert not direction.unread
    assert vars(direction.design)["pattern"] != "none"
    assert vars(direction.design)["material"] == "linen"


@pytest.mark.parametrize("place", ["lobby", "hotel lobby", "warehouse", "city"])
def test_cloth_that_nothing_is_said_to_be_on_lies_on_the_table_of_a_place(place: str) -> None:
    found = parts(f"a {place} with green velvet")
    assert found["set"] in ("location", "garden")
    assert NAMED_COLORS["green"] in (found.get("surface_color"), found.get("table_color"))
    assert found["material"] == "linen"
    assert parts("a lobby with a velvet curtain")["material"] != "linen"


def test_light_from_a_window_has_its_color() -> None:
    found = parts("on oak, amber light from a window")
    assert found["surface_color"] == parts("on oak")["surface_color"]
    assert found["light"] != parts("on oak, light from a window")["light"]


def test_a_color_of_an_unknown_noun_dyes_no_water_and_no_map() -> None:
    assert parts("pink flamingo pool")["water_color"] == parts("pool")["water_color"]
    brass = read("on an old map with a compass and a brass telescope")
    assert vars(brass.design)["colors"] == ("#d9c9a3",)
    assert "brass telescope" in brass.unread


@pytest.mark.parametrize("rose", ["a white rose", "a red rose", "one pink rose"])
def test_a_rose_of_a_color_is_a_rose(rose: str) -> None:
    assert parts(f"ring on {rose}, grey background")["props"] == "flowers"
    assert parts("a dusty rose wall")["set"] == "cyclorama"


@pytest.mark.parametrize("glow", ["campfire", "bonfire", "fire pit"])
def test_a_fire_is_warm(glow: str) -> None:
    for article in ("a", "the"):
        assert read(f"on a rock in the forest at night by {article} {glow}").design.light.color == "#ffc084"


@pytest.mark.parametrize("color", ["pink", "white", "pale peach", "grey"])
@pytest.mark.parametrize("water", ["turquoise water", "clear blue sea"])
def test_sand_of_a_color_before_water_is_a_beachs(color: str, water: str) -> None:
    asked = parts(f"{color} sand, {water}")
    assert asked["set"] == "beach"
    assert asked["sand_color"] != Beach.sand_color


@pytest.mark.parametrize("denied", ["no sand", "without sand"])
def test_a_sea_without_sand_is_no_beach(denied: str) -> None:
    assert parts(f"{denied}, stormy sea behind rocks")["set"] == "water"
    assert parts(f"rocks by the sea, {denied}")["set"] == "water"


@pytest.mark.parametrize("form", ["We're a small candle brand. Please show the candle", "We love wax. The candle is"])
def test_a_product_of_a_later_sentence_is_no_prop(form: str) -> None:
    assert "candles" not in str(parts(f"{form} on a marble tray with dried pampas"))


def test_one_thing_of_a_later_sentence_is_a_prop() -> None:
    assert parts("Serum bottle on marble. A candle on the left")["props"] == "candles"


@pytest.mark.parametrize("flower", ["orchid", "tulip", "rose", "peony"])
def test_petals_of_a_flower_have_its_color_and_lie_alone(flower: str) -> None:
    asked = parts(f"on a mirror, surrounded by pink {flower} petals")
    assert asked["beside"] == "petals"
    assert asked["beside_colors"] == ("#f29fbf",)
    assert not asked["also"]


@pytest.mark.parametrize("tree", ["mango", "apple", "lemon", "almond", "coconut"])
def test_a_fruit_trees_wood_is_wood(tree: str) -> None:
    asked = parts(f"on a tray of {tree} wood")
    assert asked["material"] == "wood"
    assert asked["props"] == "none"


@pytest.mark.parametrize("seat", ["stools", "chairs"])
def test_seats_beside_a_counter_dye_no_counter(seat: str) -> None:
    assert read(f"on a diner counter with red {seat}").design == read(f"on a diner counter with {seat}").design


@pytest.mark.parametrize("feast", ["autumn still life", "Christmas", "Diwali", "Halloween"])
def test_a_backdrop_of_a_color_is_plain_at_a_feast(feast: str) -> None:
    asked = parts(f"{feast}, on a wooden table, dark brown backdrop")
    assert asked["backdrop"] == "wall"
    assert asked["backdrop_color"] == "#4a3020"


@pytest.mark.parametrize("thing", ["glitter", "confetti", "balloons", "glitter party"])
def test_a_backdrop_of_things_of_a_color_has_it_too(thing: str) -> None:
    assert parts(f"pink {thing} background")["backdrop_color"] == "#f29fbf"


@pytest.mark.parametrize("room", ["bathtub", "bathroom"])
def test_a_rooms_color_is_not_its_tiles_that_have_their_own(room: str) -> None:
    assert parts(f"shampoo on the edge of a white {room} with blue tiles")["tile_color"] == "#1f5fd6"


@pytest.mark.parametrize("pile", ["discs", "cylinders", "cubes"])
def test_what_is_stacked_is_stepped(pile: str) -> None:
    assert parts(f"two stacked {pile} in beige")["shape"] == "steps"


@pytest.mark.parametrize("drink", ["coffee", "lime soda", "peach tea"])
@pytest.mark.parametrize("end", [" on a tree stump", " stands on a tree stump"])
def test_a_can_is_sold(drink: str, end: str) -> None:
    assert parts(f"{drink} can{end}")["props"] == "none"
    assert "can" in missed(read(f"{drink} can{end}"))


@pytest.mark.parametrize("asking", ["can you put it on marble", "as fast as you can, on marble"])
def test_can_is_a_verb(asking: str) -> None:
    assert "can" not in " ".join(read(asking).unread).split()


def test_a_picnic_table_is_where_it_is_said_to_be() -> None:
    assert parts("picnic table by a misty lake")["support"] == "table"
    assert parts("picnic table at the beach")["stand"] == "table"
    forest = read("picnic table in a forest")
    assert forest.design.place == "forest"  # type: ignore[attr-defined]
    assert not forest.unread


@pytest.mark.parametrize("sold", ["ad", "brand", "campaign"])
def test_what_an_ad_is_for_is_no_prop(sold: str) -> None:
    assert parts(f"Our cosmetic {sold}. The jar sits on a beige stone")["props"] == "none"
    assert parts(f"Christmas {sold}, on a beige stone")["props"] == "ornaments"


@pytest.mark.parametrize("block", ["cube", "block", "pedestal"])
def test_a_platform_of_plaster_makes_no_plaster_wall(block: str) -> None:
    asked = parts(f"a {block} of pink plaster, light grey wall")
    assert (asked["podium_color"], asked["backdrop_color"]) == ("#f29fbf", "#c9cbcd")


@pytest.mark.parametrize("cloth", ["silk", "linen", "velvet"])
def test_cloth_before_a_wall_lies_on_a_table(cloth: str) -> None:
    asked = parts(f"red {cloth}, white wall")
    assert (asked["material"], asked["surface_color"], asked["backdrop_color"]) == ("linen", "#d2202f", "#f8f8f7")
    assert parts(f"red {cloth}")["set"] == "drapery"


@pytest.mark.parametrize("form", ["red {} wall", "a wall of red {}"])
@pytest.mark.parametrize("cloth", ["silk", "velvet"])
def test_a_wall_of_cloth_is_that_cloth(form: str, cloth: str) -> None:
    direction = read(form.format(cloth))
    assert parts(form.format(cloth))["color"] == "#d2202f"
    assert not direction.unread


def test_a_seat_that_a_prompt_begins_with_is_stood_on() -> None:
    assert parts("blue velvet chair, gold wall")["surface_color"] == "#1f5fd6"
    assert parts("blue velvet chair, gold wall")["backdrop_color"] == "#c9a04a"


def test_black_sand_with_waves_is_a_beachs() -> None:
    assert parts("black sand and waves")["set"] == "beach"
    assert parts("black sand")["set"] == "dunes"


def test_a_carpet_at_an_event_has_its_color() -> None:
    assert parts("red carpet event")["floor_color"] == "#d2202f"


@pytest.mark.parametrize("stones", ["river stones", "a stone", "a pile of river stones"])
def test_stones_in_water_have_their_color(stones: str) -> None:
    said = (
        stones.replace("stone", "black stone", 1) if "river" not in stones else stones.replace("river", "black river")
    )
    assert parts(f"on {said} in shallow water")["stone_color"] == "#111111"


def test_autumn_without_leaves_has_none() -> None:
    assert parts("autumn mood, no leaves")["props"] != "autumn_leaves"
    assert parts("autumn leaves on oak, no green leaves")["props"] == "autumn_leaves"


@pytest.mark.parametrize("light", ["side light", "side lighting"])
@pytest.mark.parametrize("before", ["lemons on oak", "on a stone with a cinnamon stick"])
def test_a_color_that_leads_to_light_is_the_lights(light: str, before: str) -> None:
    asked, plain = read(f"{before}, blue {light}").design, read(f"{before}, {light}").design
    assert (asked.light.color, asked.light.second_color) == (NAMED_COLORS["blue"], "#ffffff")
    assert {**vars(asked), "light": None} == {**vars(plain), "light": None}


@pytest.mark.parametrize("order", ["pink floor, white podium, green wall", "green wall, white podium, pink floor"])
def test_of_a_wall_and_a_floor_that_are_one_the_wall_has_its_color(order: str) -> None:
    assert parts(order)["backdrop_color"] == NAMED_COLORS["green"]
    assert "pink" in " ".join(read(order).unread)
