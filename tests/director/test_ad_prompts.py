"""What prompts for ads of products ask for in their own way: their light, their paper, their shop, their furniture."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import parts, read


def told_as(text: str) -> set[str]:
    return {told.shown_as for told in read(text).account if told.shown_as is not None}


@pytest.mark.parametrize(
    "text", ["strawberries, pink background", "on ice cubes, blue backdrop", "with lemons, black background"]
)
def test_paper_goes_on_under_what_stands_before_it(text: str) -> None:
    shown = parts(text)
    assert shown["surface_color"] == shown["backdrop_color"]


@pytest.mark.parametrize(
    "text",
    [
        "strawberries on a white table, pink background",
        "strawberries before a pink wall",
        "on oak with lemons, black background",
        "lemons before blue bokeh lights",
    ],
)
def test_what_is_no_paper_or_hangs_over_a_table_goes_on_under_nothing(text: str) -> None:
    shown = parts(text)
    assert shown.get("surface_color") != shown.get("backdrop_color")


@pytest.mark.parametrize("text", ["mint green wall and coral floor", "coral floor, mint green wall"])
def test_a_wall_and_a_floor_of_two_colors_are_both_shown(text: str) -> None:
    shown = parts(text)
    assert (shown["backdrop_color"], shown["surface_color"]) == ("#b5e3cd", "#f77b66")
    assert read(text).unread == ()


def test_a_wall_and_a_floor_of_one_color_are_a_sweep_of_paper() -> None:
    assert parts("white wall and white floor")["set"] == "cyclorama"


@pytest.mark.parametrize(
    "light",
    ["rembrandt lighting", "loop lighting", "split lighting", "clamshell light", "three-point lighting", "ring flash"],
)
def test_a_photographers_light_is_known_by_its_name(light: str) -> None:
    plain, lit = read("on slate"), read(f"on slate, {light}")
    assert lit.unread == ()
    assert lit.design.light != plain.design.light
    assert set_name(lit.design) == set_name(plain.design)


def test_split_light_splits_no_backdrop() -> None:
    assert parts("red background, split lighting")["direction"] == "vertical"


@pytest.mark.parametrize("light", ["volumetric light", "crepuscular rays"])
def test_rays_in_the_air_have_air_to_be_seen_in(light: str) -> None:
    direction = read(f"burgundy podium, {light}")
    assert direction.design.light.haze > 0
    assert direction.unread == ()


@pytest.mark.parametrize("flash", ["hard flash", "on-camera flash", "paparazzi flash", "strobe light"])
def test_a_flash_is_hard_and_from_the_camera(flash: str) -> None:
    light = read(f"blue background, {flash}").design.light
    assert light.softness < 0.2
    assert abs(light.azimuth_deg) < 30


@pytest.mark.parametrize(
    ("name", "color"), [("classic blue", "#0f4c81"), ("very peri", "#6667ab"), ("klein blue", "#002fa7")]
)
def test_colors_of_the_trade_are_known(name: str, color: str) -> None:
    shown = parts(f"Pantone {name} background")["colors"]
    assert shown == (color,)
    assert read(f"Pantone {name} background").unread == ()


@pytest.mark.parametrize("metal", ["diamond plate", "tread plate", "checker plate steel"])
def test_plate_of_steel_has_no_gems_on_it(metal: str) -> None:
    shown = parts(f"on {metal}")
    assert (shown["finish"], shown["props"]) == ("metal", "none")


@pytest.mark.parametrize("text", ["on carbon fibre", "watch on carbon fiber with blue rim light"])
def test_carbon_fibre_is_black_and_glossy(text: str) -> None:
    shown = parts(text)
    assert (shown["set"], shown["finish"]) == ("tabletop", "gloss")
    assert told_as(text) == {"a glossy black surface"}


def test_a_table_of_zinc_is_told_as_no_floor() -> None:
    assert told_as("zinc table in a bistro") == {"its colour alone"}


@pytest.mark.parametrize(
    "text", ["We sell handmade ceramics. The mug on a linen tablecloth.", "we make pottery, show it on a linen table"]
)
def test_what_a_shop_says_that_it_sells_is_no_wall(text: str) -> None:
    direction = read(text)
    assert direction.design == read("on a linen tablecloth").design or parts(text)["material"] == "linen"
    assert set_name(direction.design) == "tabletop"


@pytest.mark.parametrize(
    "text", ["picnic blanket in the park with strawberries and a basket", "in the grass with a basket and flowers"]
)
def test_a_basket_beside_the_product_is_not_stood_on(text: str) -> None:
    direction = read(text)
    assert direction.unread == ("basket",)
    assert parts(text)["material"] in ("blanket", "grass")


@pytest.mark.parametrize(
    "text", ["tangerines on a white table", "with tangerines on a white table", "slate, clementines"]
)
def test_fruit_that_colors_are_called_after_is_fruit_in_the_plural(text: str) -> None:
    assert parts(text)["props"] == "citrus"


@pytest.mark.parametrize("cloth", ["gingham", "jute", "striped", "linen"])
def test_a_runner_of_cloth_is_nobody(cloth: str) -> None:
    direction = read(f"on a wooden table with a {cloth} runner")
    assert direction.absent == ()


@pytest.mark.parametrize("text", ["rustic kitchen table", "farmhouse kitchen table with eggs"])
def test_a_rustic_counter_is_of_wood(text: str) -> None:
    assert parts(text)["counter"] == "wood"


@pytest.mark.parametrize("text", ["in a dim cellar", "rum bottle in an old wine cellar"])
def test_a_cellar_has_barrels(text: str) -> None:
    shown = parts(text)
    assert (shown["material"], shown["backdrop"]) == ("wood", "cellar")


@pytest.mark.parametrize("text", ["on a train platform", "at the station platform"])
def test_a_platform_of_trains_is_paved(text: str) -> None:
    shown = parts(text)
    assert (shown["set"], shown["ground"]) == ("outdoor_ground", "concrete")


def test_a_rubber_floor_is_told_as_concrete_but_in_a_gym() -> None:
    assert told_as("on a rubber floor") == {"a matte concrete floor"}
    assert told_as("gym with a black rubber floor") == set()


@pytest.mark.parametrize(
    "text", ["half moon arch behind a podium", "plaster podium, arched niche", "podium in an alcove"]
)
def test_a_niche_is_an_arch_and_no_night(text: str) -> None:
    shown = parts(text)
    assert (shown["set"], shown["backing"]) == ("podium", "arch")


@pytest.mark.parametrize(
    "text",
    ["a white podium in front of a gradient from pink to orange", "gradient from pink to orange behind a white podium"],
)
def test_what_is_stood_on_stands_before_a_gradient(text: str) -> None:
    """The platform was before one colour, and the gradient was told as not read."""
    shown = parts(text)
    assert (shown["set"], shown["backdrop_color"], shown["fade_colors"]) == ("podium", "#f29fbf", ("#f28020",))
    assert read(text).unread == ()


@pytest.mark.parametrize(
    ("text", "color"), [("café table with blue chairs", "#1f5fd6"), ("café, red chairs", "#d2202f")]
)
def test_chairs_at_a_cafe_are_those_behind_its_table(text: str, color: str) -> None:
    shown = parts(text)
    assert (shown["set"], shown["accent_color"], shown["material"]) == ("cafe", color, "marble")


@pytest.mark.parametrize("seat", ["velvet chair", "velvet stool", "silk bench"])
def test_a_seat_of_cloth_shows_its_cloth(seat: str) -> None:
    cloth = seat.split()[0]
    assert parts(f"on a {seat}")["cloth"] == cloth
    assert read(f"on a {seat}").unread == ()


def test_what_a_table_is_of_makes_no_stand_on_it() -> None:
    shown = parts("a brass stand on an oak table")
    assert (shown["set"], shown["podium_material"]) == ("podium", "metal")


@pytest.mark.parametrize("text", ["sneakers hanging against a blue sky", "hanging before a pink sky"])
def test_what_hangs_before_a_sky_hangs_on_a_wall_of_its_color(text: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == "hanging_wall"
    assert "a backdrop of that colour" in told_as(text)


@pytest.mark.parametrize("text", ["steps in lilac and cream", "two podiums, lilac and cream"])
def test_of_two_colors_behind_a_platform_the_second_is_its_walls(text: str) -> None:
    shown = parts(text)
    assert (shown["podium_color"], shown["backdrop_color"]) == ("#c9a3d8", "#f5e9cf")


@pytest.mark.parametrize("glass", ["frosted glass", "reeded glass", "acrylic"])
def test_glass_behind_is_no_floor(glass: str) -> None:
    shown = parts(f"{glass} background with leaf shadows")
    assert shown["set"] == "window_room"
    assert shown["gobo"] == "leaves"


def test_caustics_are_dappled_light_and_take_no_table_away() -> None:
    assert parts("on marble, water caustics")["material"] == "marble"
    assert told_as("on marble, water caustics") == {"dappled light"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cereal box on a breakfast table, milk", "tabletop"),
        ("cookies and milk, pink background", "cyclorama"),
        ("on a table with milk", "tabletop"),
        ("perfume in milk", "water"),
        ("in milk and petals", "water"),
        ("a splash of milk", "water"),
    ],
)
def test_milk_in_a_list_is_nobodys_bath(text: str, name: str) -> None:
    assert parts(text)["set"] == name
    assert ("milk" in " ".join(read(text).unread)) == (name != "water")


def test_to_leave_room_asks_for_no_leaves() -> None:
    assert parts("on oak. Leave room for copy on the right.")["props"] == "none"
    assert parts("with palm leaves on oak")["props"] == "palm_leaves"
    assert parts("leave out the flowers, on oak")["props"] == "none"


@pytest.mark.parametrize("text", ["pink clouds, product floating in the middle", "floating before a pink sky"])
def test_what_floats_before_a_sky_that_is_none_floats_before_its_color(text: str) -> None:
    shown = parts(text)
    assert (shown["set"], shown["holder"], shown["colors"]) == ("hanging_wall", "none", ("#f29fbf",))


def test_a_wet_sheen_is_nothing_to_stand_on() -> None:
    shown = parts("can with condensation, crushed ice, turquoise background")
    assert shown["surface_color"] == shown["backdrop_color"]


@pytest.mark.parametrize("text", ["on a rainy window sill", "on a sunny windowsill"])
def test_the_weather_takes_no_windowsill_away(text: str) -> None:
    assert (parts(text)["set"], parts(text)["place"]) == ("location", "apartment")


@pytest.mark.parametrize("product", ["teddy bear", "plate"])
def test_what_a_prompt_begins_with_is_its_product_before_paper(product: str) -> None:
    assert read(f"{product}, pink background").design == read("zorble, pink background").design


@pytest.mark.parametrize("text", ["halo gradient hook", "bag on a hook, gradient wall", "hanging, gradient"])
def test_a_wall_that_things_hang_on_fades_in_its_own_color(text: str) -> None:
    colors = parts(text)["colors"]
    assert isinstance(colors, tuple)
    assert len(set(colors)) == 2


@pytest.mark.parametrize("product", ["matcha tin", "coffee tin", "tea tin"])
def test_a_tin_of_what_is_eaten_is_no_metal(product: str) -> None:
    assert parts(f"{product} with bamboo whisk on slate")["surface_color"] == parts("on slate")["surface_color"]


@pytest.mark.parametrize("ring", ["engagement ring", "wedding rings", "wedding band"])
def test_a_ring_of_a_feast_brings_no_feast(ring: str) -> None:
    assert read(f"{ring} on white lace").design == read("zorble on white lace").design


@pytest.mark.parametrize(
    ("text", "name", "part", "value"),
    [
        ("farmers market stall with vegetables", "crates", "produce", "greens"),
        ("on a theatre stage", "tabletop", "backdrop", "velvet"),
        ("circus tent", "cyclorama", "pattern", "stripes"),
        ("on a chessboard", "tabletop", "pattern", "checkerboard"),
    ],
)
def test_stalls_stages_tents_and_boards_are_shown_as_what_they_look_like(
    text: str, name: str, part: str, value: str
) -> None:
    assert (parts(text)["set"], parts(text)[part]) == (name, value)
