"""What counts as read is in the design: colours of what they are said of, things that no other one took the room of."""

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.languages.word_order import put_colors_first
from photoshoot.sets import set_name
from tests.director.reading import missed, read


def told(text: str) -> str:
    return missed(read(text))


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("beach with neon lights", "neon"),
        ("kids birthday party with hearts and bunting, pearls, gifts and candles", "candles"),
        ("marble kitchen island, blurry copper pots", "copper pots"),
        ("on a wooden table on a road", "table"),
        ("gallery with framed art and white peonies", "white peonies"),
    ],
)
def test_what_is_not_in_the_design_is_told(prompt: str, words: str) -> None:
    assert words in told(prompt)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("gym with neon lights", "neon"),
        ("a city street at night", "city"),
        ("beach with turquoise water", "turquoise"),
        ("foggy forest at sunrise", "sunrise"),
        ("black velvet drape. No props", "props"),
        ("between vertical neon tubes in pink and turquoise", "neon"),
    ],
)
def test_what_is_in_the_design_is_not_told(prompt: str, words: str) -> None:
    assert words not in told(prompt)


def test_a_color_of_what_is_not_known_colors_nothing_else() -> None:
    plain, spoken = read("a marble kitchen counter").design, read("a marble kitchen counter, copper zorbles").design
    assert plain == spoken


def test_a_color_of_what_is_not_known_is_the_backdrop_where_nothing_else_is_named() -> None:
    assert vars(read("coral zorbles").design)["colors"] == (NAMED_COLORS["coral"],)


def test_tiles_of_a_pool_are_its_deck() -> None:
    design = vars(read("at a swimming pool with white tiles").design)
    assert design["deck_color"] == NAMED_COLORS["white"] != design["sky_colors"][0]


def test_a_desert_is_not_of_the_wood_of_its_table() -> None:
    table, ground = read("on a wooden table in the desert").design, read("in the desert").design
    assert vars(table) == {**vars(ground), "stand": "table", "stand_material": "wood", "stand_color": "#a9743f"}


@pytest.mark.parametrize(
    ("prompt", "english"),
    [
        ("رخام أسود مع إضاءة ذهبية وورود حمراء", "golden light and red flowers"),
        ("rocas negras con luz roja", "red light"),
        ("mur blanc et rose", "white and pink wall"),
        ("fiori selvatici rosa, sfondo bianco", "white background"),
        ("bunga mawar putih", "white roses"),
    ],
)
def test_colors_that_follow_their_nouns_are_put_before_them(prompt: str, english: str) -> None:
    assert english in " ".join(read(prompt).wording.text.split())


def test_an_unknown_word_between_a_noun_and_its_color_is_of_the_noun() -> None:
    pieces = [("fleurs", "flowers"), ("sauvages", None), ("vert", "green"), ("clair", "light")]
    assert [english for _, english in put_colors_first(pieces)] == ["light", "green", "flowers", None]


def test_marks_of_other_scripts_part_phrases() -> None:
    design = vars(read("في حديقة مع ورود وردية، ضوء الصباح").design)
    assert design["flower_colors"] == (NAMED_COLORS["pink"],)


@pytest.mark.parametrize(
    ("prompt", "part", "color"),
    [
        ("a wooden table, wall navy blue, white candles", "backdrop_color", "navy blue"),
        ("yellow cyclorama, hard light, deep black shadow", "colors", "yellow"),
        ("glass table, purple background, pink light", "glow_color", "purple"),
    ],
)
def test_a_color_is_of_the_noun_that_it_stands_at(prompt: str, part: str, color: str) -> None:
    value = vars(read(prompt).design)[part]
    assert value in (NAMED_COLORS[color], (NAMED_COLORS[color],))


def test_a_second_glow_lights_what_the_first_one_does_not() -> None:
    direction = read("glass table, purple background, pink light")
    assert "pink" not in direction.unread
    assert direction.design.light.color != read("glass table, purple background").design.light.color


def test_colored_dawn_is_light_and_no_paint() -> None:
    plain, pink = read("on a beach").design, read("on a beach, pink sunlight").design
    assert plain.light.color != pink.light.color
    assert vars(plain)["sand_color"] == vars(pink)["sand_color"]


def test_bright_mornings_make_no_white_leaves() -> None:
    design = vars(read("teak tray in a bathroom, bright tropical morning").design)
    assert design["beside_colors"] == vars(read("teak tray in a bathroom, tropical").design)["beside_colors"]


def test_what_holds_a_product_is_no_material() -> None:
    assert read("a tin of coffee on an oak table").design == read("coffee on an oak table").design


@pytest.mark.parametrize(
    "prompt",
    [
        "ceramic mug on a linen tablecloth, olive green wall",
        "red thermos on a linen tablecloth, olive green wall",
    ],
)
def test_what_a_product_is_of_makes_no_set(prompt: str) -> None:
    assert read(prompt).design == read("on a linen tablecloth, olive green wall").design
    assert prompt.split(" on ", maxsplit=1)[0] in told(prompt)


@pytest.mark.parametrize("prompt", ["beach and pale blue silk", "red neon glow and a red velvet wall"])
def test_a_material_is_not_shown_by_a_color_that_is_only_near_its_own(prompt: str) -> None:
    assert {"silk", "velvet"} & set(told(prompt).split())


@pytest.mark.parametrize(
    ("prompt", "name"),
    [("half buried in golden sand, turquoise sea out of focus", "beach"), ("golden sand dunes", "dunes")],
)
def test_sand_at_the_sea_is_a_beach(prompt: str, name: str) -> None:
    assert set_name(read(prompt).design) == name


def test_by_moonlight_a_city_is_one_by_night_and_cold_light_is_none() -> None:
    places = [vars(read(f"in the city, {light}").design)["place"] for light in ("moonlit", "at night", "cold light")]
    assert places[0] == places[1] != places[2]


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("tavolo di legno, luce calda da destra", "from the right"),
        ("biały stół, światło z lewej", "from the left"),
        ("белый песок, полуденный свет", "noon"),
        ("på svart skiffer med dramatiskt ljus", "dramatic light"),
    ],
)
def test_directions_and_times_of_light_are_read(prompt: str, words: str) -> None:
    assert words in " ".join(read(prompt).wording.text.split())


def test_what_things_are_of_makes_no_table() -> None:
    assert read("wooden candles on white marble").design == read("candles on white marble").design
    assert "wooden" in told("wooden candles on white marble")


def test_a_list_goes_on_with_what_is_not_known() -> None:
    assert "white zorbles" in told("kitchen with pale pink tiles, white zorbles, soft light")


@pytest.mark.parametrize("product", ["tea tin", "shaving cream"])
def test_a_product_may_be_called_like_a_material_or_a_color(product: str) -> None:
    assert read(f"{product} on a bamboo mat, dappled light").design == read("on a bamboo mat, dappled light").design


def test_of_two_colors_for_one_part_the_one_that_is_not_there_is_told() -> None:
    assert {"pink", "turquoise"} & set(told("rippled water, pink water, turquoise water").split())


def test_a_pale_sun_pales_nothing_else() -> None:
    plain, pale = read("moss in a forest, morning sun").design, read("moss in a forest, pale morning sun").design
    assert vars(plain)["surface_color"] == vars(pale)["surface_color"]


def test_water_at_a_pool_is_the_pools() -> None:
    direction = read("on a pink pool tile edge, turquoise water, midday")
    assert set_name(direction.design) == "pool"
    assert vars(direction.design)["water_color"] == NAMED_COLORS["turquoise"]


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("chunky concrete steps with dry grass, late afternoon sun", "stairs"),
        ("eski beyaz mermerin üzerinde, mavi ışık", "tabletop"),
    ],
)
def test_what_stands_before_a_preposition_may_be_the_set(prompt: str, name: str) -> None:
    assert set_name(read(prompt).design) == name


@pytest.mark.parametrize(
    ("prompt", "haze"), [("a foggy forest", True), ("no fog, a forest", False), ("a forest", False)]
)
def test_fog_is_in_the_light_of_a_set(prompt: str, haze: bool) -> None:
    assert (read(prompt).design.light.haze > 0) is haze
    assert read(prompt).unread == ()


def test_fog_is_told_where_it_is_not_seen() -> None:
    assert "fog" in told("flat lay on linen from above, fog")


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("wet street at night with red neon", "road"),
        ("rue mouillée la nuit", "road"),
        ("in the city, blue neon", "road"),
        ("neon lights", "neon_room"),
        ("nightclub with neon tubes", "neon_room"),
        ("a gym with neon lights", "gym"),
        ("a city street at night", "location"),
    ],
)
def test_a_place_comes_before_its_lamps_and_a_wet_street_is_wet(prompt: str, name: str) -> None:
    assert set_name(read(prompt).design) == name
    assert vars(read(prompt).design).get("surface", "wet") == ("dry" if "city, blue" in prompt else "wet")


def test_neon_signs_have_their_colour_and_dye_no_other_light() -> None:
    red, plain = (read(f"wet street at night, {lamps}") for lamps in ("red neon signs", "neon signs"))
    assert vars(red.design)["neon_colors"] == (NAMED_COLORS["red"],)
    assert red.design.light == plain.design.light
    assert red.unread == ()
    assert not vars(read("golden light on an asphalt road").design)["neon_colors"]


@pytest.mark.parametrize(
    ("prompt", "name", "shown"),
    [
        ("on an old cobblestone street in Paris", "road", {"paving": "cobbles", "line": "none"}),
        ("sur les pavés d'une rue de Paris", "road", {"paving": "cobbles"}),
        ("wet cobblestones at night", "road", {"paving": "cobbles", "surface": "wet"}),
        ("flat lay on linen with dried flowers", "flat_lay", {"props": "pampas"}),
        ("in a flowering garden on a stone path", "outdoor_ground", {"ground": "cobbles"}),
        ("on a path in the forest", "outdoor_ground", {"ground": "trail"}),
    ],
)
def test_paving_paths_and_dried_flowers_are_what_they_are_called(prompt: str, name: str, shown: dict[str, str]) -> None:
    """They were slabs of stone, asphalt and roses."""
    design = read(prompt).design
    assert set_name(design) == name
    assert shown.items() <= vars(design).items()
    if name == "outdoor_ground" and "garden" in prompt:
        assert design.flower_colors, "with its flowers"  # type: ignore[attr-defined]
