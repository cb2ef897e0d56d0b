"""Words in the company of others: what stands in yields to the thing itself, colours stay with what they are of."""

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.report import Direction
from photoshoot.sets import set_name
from tests.director.reading import missed, parts, read


def fates(direction: Direction) -> dict[str, str]:
    return {entry.written: entry.fate for entry in direction.account}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("figs on paper, seen from above", "figs"),
        ("raspberries on a pink podium", "raspberries"),
        ("fern in a green meadow", "fern"),
        ("bamboo beside a pool", "bamboo"),
    ],
)
def test_what_stands_in_for_a_thing_is_told_in_every_set(text: str, thing: str) -> None:
    assert fates(read(text))[thing] == "stood in for"


@pytest.mark.parametrize("text", ["on a green marble table with a wicker basket", "wicker basket on green marble"])
def test_what_only_stands_in_for_a_material_leaves_the_named_one(text: str) -> None:
    design = vars(read(text).design)
    assert (design["material"], fates(read(text))["wicker"]) == ("marble", "not shown")


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("pale blue kitchen counter", "counter_color"),
        ("a green bathroom counter", "counter_color"),
        ("kitchen with a pale blue counter", "counter_color"),
    ],
)
def test_a_compound_is_what_its_last_word_says(text: str, color: str) -> None:
    plain, painted = vars(read("a kitchen").design), vars(read(text).design)
    assert painted[color] != plain[color]
    assert painted["tile_color"] in (plain["tile_color"], vars(read("a bathroom").design)["tile_color"])


@pytest.mark.parametrize(
    ("text", "material"),
    [("pink podium before a marble wall", "marble"), ("a marble table in a snowy cabin", "marble")],
)
def test_what_is_shown_by_its_color_alone_is_told(text: str, material: str) -> None:
    assert fates(read(text))[material] == "stood in for"


def test_the_first_of_two_materials_is_what_the_product_stands_on() -> None:
    assert set_name(read("pink marble and silk").design) == "tabletop"
    assert set_name(read("marmo rosa e seta").design) == "tabletop"
    assert set_name(read("silk and marble").design) == "drapery"
    assert fates(read("pink marble and silk"))["silk"] == "shown"


def test_a_color_of_a_material_that_is_not_there_colors_no_other_one() -> None:
    direction = read("on silk with pink marble")
    assert vars(direction.design)["color"] != NAMED_COLORS["pink"]
    assert fates(direction)["pink"] == "not shown"


@pytest.mark.parametrize("text", ["wet black slate, backlit, fog", "Parfüm auf nassem schwarzem Schiefer, Nebel"])
def test_weather_and_light_take_no_stone_away(text: str) -> None:
    direction = read(text)
    assert vars(direction.design).get("material") == "stone"
    assert vars(direction.design)["surface_color"] == NAMED_COLORS["black"]
    assert direction.design.light.haze > 0


def test_colors_that_a_wet_street_mirrors_are_its_signs() -> None:
    direction = read("neon alley at night with rain puddles reflecting magenta and cyan")
    assert vars(direction.design)["neon_colors"] == (NAMED_COLORS["magenta"], NAMED_COLORS["turquoise"])
    assert vars(direction.design)["line_color"] != NAMED_COLORS["magenta"]


@pytest.mark.parametrize(
    "text", ["marble table at a large window", "a marble table by a window", "мраморный стол у окна"]
)
def test_a_table_at_a_window_shows_the_window(text: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert (set_name(direction.design), design["place"], design["material"]) == ("location", "apartment", "marble")
    assert "window" not in " ".join(direction.unread)
    assert 30 <= design["heading_deg"] <= 80, "where the panorama has its window, and not only its light on a wall"


def test_a_window_in_winter_has_snow_outside_it() -> None:
    direction = read("marble table at a winter window")
    assert set_name(direction.design) == "cabin"
    assert fates(direction)["marble"] == "stood in for"


@pytest.mark.parametrize(
    "text", ["on a wooden windowsill, rainy day outdoors", "op een houten vensterbank, regenachtige dag buiten"]
)
def test_what_is_outside_a_window_is_not_where_the_product_is(text: str) -> None:
    assert vars(read(text).design).get("place") == "apartment"


@pytest.mark.parametrize(
    ("text", "air"),
    [
        ("на белом снегу с еловыми ветками и красными шарами", "none"),
        ("красные шары и конфетти", "balloons"),
        ("red balls and fir branches on snow", "none"),
    ],
)
def test_balls_are_ornaments_in_winter_and_balloons_at_a_party(text: str, air: str) -> None:
    english = read(text).wording.text
    assert ("ornaments" in english or "balls" in english) == (air == "none")
    assert getattr(read(text).design, "air", "none") == air


def test_marks_are_no_unknown_words() -> None:
    words = read("Weihnachten, Schnee, Tannenzweige, Kerzen, Zimtzorbel, Quaxel").wording.translation
    assert words is not None
    assert words.share == pytest.approx(4 / 6)


@pytest.mark.parametrize("text", ["深蓝色背景", "浅灰色的墙", "米色系背景"])
def test_the_word_for_color_after_a_color_asks_for_nothing(text: str) -> None:
    assert "色" not in " ".join(read(text).unread)


def test_vehicles_are_told_and_stand_where_roads_are() -> None:
    direction = read("on the hood of a vintage car parked on route 66, sunset")
    assert parts("a vintage car parked on route 66, sunset")["road"] is True
    assert set_name(direction.design) == "dunes"
    assert "vehicles" in direction.absent
    assert fates(direction)["car"] == "absent"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("fundo verde menta", "mint green background"),
        ("azulejos verde menta", "mint green tiles"),
        ("latar hijau zamrud", "emerald green background"),
    ],
)
def test_a_shade_that_follows_its_color_is_put_before_it(text: str, english: str) -> None:
    assert read(text).wording.text.startswith(english)


@pytest.mark.parametrize(
    "text", ["red paper lanterns, navy blue night", "paper lanterns, deep blue evening", "红灯笼，深蓝色夜空"]
)
def test_a_color_after_a_comma_is_of_what_it_leads_to(text: str) -> None:
    design = vars(read(text).design)
    assert NAMED_COLORS["navy blue"] not in design["prop_colors"]
    assert NAMED_COLORS["blue"] not in design["prop_colors"]


def test_a_color_that_ends_a_phrase_is_still_of_what_was_named_before_it() -> None:
    assert vars(read("podium, red").design)["podium_color"] == NAMED_COLORS["red"]


@pytest.mark.parametrize(
    ("text", "material", "told"),
    [
        ("marble / oak", "marble", "oak"),
        ("marble, wood, concrete", "marble", "wood"),
        ("marble details on an oak table", "wood", "marble"),
        ("oak and slate", "wood", "slate"),
    ],
)
def test_of_several_materials_one_is_shown_whole_and_the_others_are_told(text: str, material: str, told: str) -> None:
    direction, alone = read(text), read(f"{'oak' if material == 'wood' else material} table")
    assert told in " ".join(direction.unread)
    for part in ("material", "surface_color", "finish"):
        assert vars(direction.design)[part] == vars(alone.design)[part]


@pytest.mark.parametrize("text", ["brass diyas on silk", "Diwali, brass diyas, maroon backdrop"])
def test_lamps_of_clay_are_of_no_other_color_and_nor_are_the_flowers_between_them(text: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert fates(direction)["brass"] == "not shown"
    assert NAMED_COLORS.get("brass", "#b5924c") not in (
        *design.get("prop_colors", ()),
        *design.get("beside_colors", ()),
    )


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("a bowl of honey and oats on oak", "honey"),
        ("a bowl of honey and oats on oak", "oats"),
    ],
)
def test_food_that_colors_are_called_after_is_told(text: str, thing: str) -> None:
    assert fates(read(text))[thing] == "not shown"
    assert (
        read(text).design
        == read(text.replace(f"{thing} and ", "").replace(f" and {thing}", "").replace(thing, "x")).design
    )


def test_colors_that_are_called_after_food_are_colors_still() -> None:
    assert read("a honey coloured wall").unread == ()
    assert read("ivory and cream backdrop").unread == ()


@pytest.mark.parametrize("text", ["a wooden table in an apartment", "marble table at a window", "counter in a loft"])
def test_a_table_at_a_place_is_there(text: str) -> None:
    assert read(text).unread == ()
    assert "white wall" in " ".join(read("on a lawn in a park before a white wall").unread)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a candle on a bathroom shelf, daylight", "candle"),
        ("lipstick standing on pink cubes", "lipstick"),
        ("a candle placed on a walnut table", "candle"),
        ("vase displayed against a beige wall", "vase"),
        ("lipstick on pink satin, hard light", "lipstick"),
        ("underwater, bubbles, sunbeams, coral", "coral"),
        ("levitating cream, pastel blue", "cream"),
        ("thanksgiving table, linen runner, plaid runner", "runner"),
    ],
)
def test_what_is_the_product_or_no_colour_is_told(text: str, told: str) -> None:
    direction = read(text)
    assert told in missed(direction)
    assert direction.absent == ()
    assert {"candles", "cosmetics"}.isdisjoint(str(value) for value in vars(direction.design).values())


def test_candles_that_are_no_product_are_there() -> None:
    assert vars(read("candles on a wooden table").design)["props"] == "candles"
    assert vars(read("wooden table with a candle on a tray").design)["props"] == "candles"


@pytest.mark.parametrize("text", ["red podium, red wall, monochrome, tone on tone", "monochrome green, green pedestal"])
def test_one_colour_is_not_told_where_it_is_named(text: str) -> None:
    assert read(text).unread == ()


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("on folded white towels in a spa", "drapery", {"cloth": "linen", "color": "#f8f8f7"}),
        ("serum on a white tile, pink wall", "tabletop", {"material": "tiles", "surface_color": "#f8f8f7"}),
        ("on a moroccan tile table, three oranges", "tabletop", {"material": "tiles", "props": "citrus"}),
        ("on beige linen, terracotta wall", "tabletop", {"material": "linen", "backdrop_color": "#c4694a"}),
        ("rustic wooden table", "tabletop", {"material": "wood", "rustic": True}),
        ("an old weathered wooden table", "tabletop", {"material": "wood", "rustic": True}),
        ("on kraft paper", "cyclorama", {"colors": ("#b58a60",)}),
    ],
)
def test_what_products_stand_on_is_that(text: str, name: str, values: dict[str, object]) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    assert {param: vars(direction.design)[param] for param in values} == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("on silk with a dark green wall behind", "silk"),
        ("an ice pedestal", "ice"),
        ("on a moroccan tile table", "moroccan"),
    ],
)
def test_what_only_looks_alike_is_told(text: str, told: str) -> None:
    assert fates(read(text))[told] == "stood in for"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("valentines day on blush pink, no hearts", "hearts"),
        ("halloween, no pumpkins", "halloween"),
        ("farmers market, wooden crates, apples, no pumpkins", "autumn"),
    ],
)
def test_what_is_not_wanted_is_neither_there_nor_told(text: str, gone: str) -> None:
    direction = read(text)
    assert direction.unread == ()
    assert gone not in vars(direction.design).values()


def test_a_warm_glow_is_not_cooled_by_ice() -> None:
    assert read("dark wood, ice cubes, warm glow").design.light.color == read("dark wood, warm glow").design.light.color


def test_a_platform_stands_before_a_seamless_backdrop() -> None:
    assert read("beige plinth, beige seamless backdrop").unread == ()
