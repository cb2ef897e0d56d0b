"""What a prompt does not want, however it says so; and words that ask for light, and for nothing that is to be seen."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import missed, read

THINGS = sorted(
    {
        " ".join(phrase)
        for phrase, term in load_vocabulary().phrases.items()
        if term.role == "props" and not term.color and len(phrase) == 1 and "tabletop" in term.params
    }
)[::12]


@pytest.mark.parametrize(
    "words",
    [
        "anything but {}, slate",
        "slate w/o {}",
        "slate, dont add {}",
        "slate, {}-free",
        "slate instead of {}",
        "slate with no text, {} or people",
        "slate free of {}",
        "slate, neither {} nor people",
    ],
)
@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_not_shown_however_it_is_denied(words: str, thing: str) -> None:
    direction = read(words.format(thing))
    bare = read("slate")
    assert direction.design == bare.design, direction.reading
    assert direction.unread == (), direction.reading
    assert direction.absent == ()


@pytest.mark.parametrize("material", ["marble", "oak", "concrete"])
def test_a_choice_of_materials_after_a_no_is_asked_for(material: str) -> None:
    assert material in read(f"no flowers, {material} or slate").words.get("material", ())


@pytest.mark.parametrize(
    "text",
    [
        "Schiefer, weder Blumen noch Kerzen",
        "ardoise, sans fleurs ni bougies",
        "pizarra, sin flores ni velas",
        "ardesia, senza fiori né candele",
        "ardósia, sem flores nem velas",
        "leisteen, zonder bloemen noch kaarsen",
        "łupek, bez kwiatów ani świec",
        "keine Blumen, Kerzen oder Menschen, Schiefer",
    ],
)
def test_a_nor_denies_in_every_language(text: str) -> None:
    direction = read(text)
    assert getattr(direction.design, "props", "none") == "none", direction.reading
    assert direction.unread == (), direction.reading


@pytest.mark.parametrize("text", ["bright and clean", "for Instagram, airy", "soft light please", "dim and moody"])
def test_light_alone_takes_no_preset(text: str) -> None:
    direction = read(text)
    assert direction.nearest_preset_id is None
    assert set_name(direction.design) == "cyclorama"
    assert direction.understood


@pytest.mark.parametrize("room", ["negative space on the left", "copy space to the right", "empty space for the text"])
def test_room_for_text_is_told_and_is_no_night_sky(room: str) -> None:
    direction, bare = read(f"oak table, {room}"), read("oak table")
    assert direction.design == bare.design
    assert "space" in " ".join(direction.unread)


@pytest.mark.parametrize("side", ["on the left", "on the right", "left side"])
def test_a_side_is_the_lights_where_light_is_spoken_of(side: str) -> None:
    vase, lamp = read(f"slate, a vase {side}"), read(f"slate, a vase, soft light {side}")
    assert vase.design.light == read("slate, a vase").design.light
    assert side in vase.unread
    assert lamp.design.light.azimuth_deg != vase.design.light.azimuth_deg
    assert lamp.unread == ()


@pytest.mark.parametrize("cloth", ["velvet", "silk", "linen"])
@pytest.mark.parametrize("trim", ["accents", "details"])
def test_what_trims_a_cloth_does_not_dye_it(cloth: str, trim: str) -> None:
    direction = read(f"green {cloth} with gold {trim}")
    assert direction.design == read(f"green {cloth}").design
    assert f"gold {trim}" in direction.unread


@pytest.mark.parametrize("place", ["beach", "desert dunes", "lake"])
def test_a_stormy_sky_is_grey(place: str) -> None:
    storm, clear = read(f"{place}, stormy sky"), read(place)
    assert vars(storm.design)["sky_colors"] != vars(clear.design)["sky_colors"]
    assert storm.design.light.intensity < clear.design.light.intensity
    assert "stormy" not in " ".join(storm.unread)


@pytest.mark.parametrize("verb", ["bathed", "drenched", "captured", "glowing"])
def test_a_participle_takes_no_place_for_its_product(verb: str) -> None:
    assert "living room" not in " ".join(read(f"a living room {verb} in golden light").unread)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chocolate truffles on slate", "chocolate truffles"),
        ("whipped cream, red background", "whipped cream"),
        ("jewelry on coral and shells", "coral"),
        ("a champagne glass on marble", "champagne glass"),
    ],
)
def test_food_and_glasses_are_neither_colours_nor_other_things(text: str, told: str) -> None:
    direction = read(text)
    assert told in missed(direction), direction.reading


def test_a_curtains_cloth_lays_no_table() -> None:
    direction = read("on an oak table, light through lace curtains")
    assert vars(direction.design)["material"] == "wood"
    assert "lace" in " ".join(direction.unread)


@pytest.mark.parametrize("place", ["garden", "beach", "forest"])
def test_no_wall_stands_out_of_doors(place: str) -> None:
    assert "wall" in " ".join(read(f"{place}, pink wall").unread)


@pytest.mark.parametrize("where", ["blurred in the background", "in the distance"])
def test_what_a_product_stands_on_goes_before_a_sea_behind_it(where: str) -> None:
    direction = read(f"watch on driftwood, ocean waves {where}")
    assert vars(direction.design)["support"] == "table", direction.reading
    assert vars(direction.design)["support_material"] == "wood"
    assert "driftwood" in direction.words["material"]


def test_a_rock_in_a_forest_is_in_that() -> None:
    assert vars(read("a mossy rock in a forest, sun rays, trees").design)["place"] == "forest"


@pytest.mark.parametrize("dark", ["black", "charcoal"])
def test_a_black_backdrop_is_the_dark_between_lamps(dark: str) -> None:
    direction = read(f"{dark} background, blue neon light")
    assert direction.design == read("blue neon light").design
    assert direction.unread == ()


def test_a_schoolyard_is_out_of_doors() -> None:
    direction = read("on a schoolyard")
    assert vars(direction.design)["ground"] == "concrete"
    assert " shown as " in direction.reading


@pytest.mark.parametrize("pitch", ["football pitch", "soccer field at night with floodlights", "baseball field"])
def test_pitches_are_a_stadiums_grass(pitch: str) -> None:
    direction = read(f"on a {pitch}")
    assert (vars(direction.design)["material"], vars(direction.design)["backdrop"]) == ("grass", "stadium")
    assert " shown as " not in direction.reading


@pytest.mark.parametrize("shop", ["a bookshop", "an old bookstore", "a reading room"])
def test_shops_of_books_have_shelves_of_them(shop: str) -> None:
    assert vars(read(f"on an oak table in {shop}").design)["backdrop"] == "books"


@pytest.mark.parametrize("food", ["milk", "water", "zorbles"])
def test_a_glass_of_something_is_no_table_of_glass_and_no_lake(food: str) -> None:
    direction = read(f"a glass of {food} on a white table")
    assert set_name(direction.design) == "tabletop", direction.reading
    assert "glass" in " ".join(direction.unread)


def test_what_is_behind_is_what_its_with_leads_to() -> None:
    direction = read("beer on a bar counter with a neon sign behind")
    assert set_name(direction.design) == "tabletop"
    assert vars(direction.design)["backdrop"] == "neon"


@pytest.mark.parametrize("plant", ["lavender", "mint"])
def test_a_product_with_a_plant_has_that_beside_it(plant: str) -> None:
    assert vars(read(f"tea with {plant}, purple background").design)["props"] == "leaves"
    assert set_name(read(f"white wall with {plant}").design) == "cyclorama"


@pytest.mark.parametrize("tone", ["dark", "bright"])
def test_a_tone_alone_tones_the_plain_backdrop(tone: str) -> None:
    plain, toned = (vars(read(text).design)["colors"][0] for text in ("zorbles", tone))
    lightness = hex_to_oklab(toned)[0] - hex_to_oklab(plain)[0]
    assert (lightness < 0) == (tone == "dark")


def test_of_two_colours_of_one_light_the_other_is_told() -> None:
    direction = read("mouse on a desk, purple and cyan light")
    assert "cyan" in direction.unread


def test_english_words_that_another_language_has_too_are_english() -> None:
    assert read("polka dots").wording.translation is None
    assert read("polka przy oknie").wording.translation is not None


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("not on wood, on stone", "stone"),
        ("not on marble but on oak", "wood"),
        ("without a table of oak, on slate", "stone"),
    ],
)
def test_a_no_goes_past_the_preposition_that_follows_it(text: str, material: str) -> None:
    assert vars(read(text).design)["material"] == material


@pytest.mark.parametrize("color", ["black", "blue", "red"])
@pytest.mark.parametrize("light", ["backlit, rim light", "hard light", "soft light"])
def test_a_colour_behind_a_comma_is_not_the_lights(light: str, color: str) -> None:
    assert vars(read(f"{light}, {color}").design)["colors"] == vars(read(color).design)["colors"]


@pytest.mark.parametrize("city", ["london", "paris", "new york", "milan"])
def test_a_citys_name_is_less_than_the_place_in_it(city: str) -> None:
    assert set_name(read(f"{city} pub, wooden table").design) == "tabletop"
    assert vars(read(f"{city} street").design)["place"] == "city"
    assert city in read(f"cafe in {city}").unread


@pytest.mark.parametrize("rock", ["a wet rock", "wet rocks", "wet boulders"])
def test_wet_rocks_are_no_road(rock: str) -> None:
    direction = read(f"on {rock}, blue light")
    assert set_name(direction.design) == "rocks"
    assert "shown as" not in direction.reading


@pytest.mark.parametrize("joint", ["in", "of"])
def test_what_things_are_of_is_no_rugs_colour(joint: str) -> None:
    assert read(f"children's room with toys {joint} wood").design == read("children's room with toys").design


@pytest.mark.parametrize("text", ["tube buried in sand", "tube buried in pink sand", "zorbles and sand, blue sky"])
def test_sand_that_something_is_in_or_that_ends_a_list_is_the_ground(text: str) -> None:
    direction = read(text)
    assert "sand" not in " ".join((*direction.unread, *direction.words.get("colour", ()))), direction.reading
    assert set_name(direction.design) in ("dunes", "beach")


@pytest.mark.parametrize("part", ["wall", "backdrop"])
def test_a_part_in_sand_is_of_its_colour(part: str) -> None:
    assert vars(read(f"a {part} in sand").design)["colors"] == vars(read("sand").design)["colors"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [("marbletable", "marble table"), ("woodentable with lemons", "wooden table"), ("pinetrees", "pine tree")],
)
def test_two_words_written_as_one_are_read_as_two(text: str, mended: str) -> None:
    assert mended in [after for _, after in read(text).wording.mended]


@pytest.mark.parametrize("word", ["seashells", "sunflowers", "driftwood", "windowsill", "candlelight", "zorblewood"])
def test_a_word_that_is_one_stays_one(word: str) -> None:
    assert read(f"{word} on slate").wording.mended == ()


@pytest.mark.parametrize("text", ["jardín con sol de la tarde", "jardim com sol da tarde"])
def test_the_sun_of_an_afternoon_is_bright(text: str) -> None:
    assert read(text).design.light.intensity == read("garden, afternoon sun").design.light.intensity


@pytest.mark.parametrize("board", ["planks", "plank", "timber"])
def test_a_tree_before_its_wood_is_no_twig(board: str) -> None:
    design = vars(read(f"rough pine {board}").design)
    assert (design["material"], design["props"]) == ("wood", "none")
    assert vars(read("cabin, pine planks, snow outside").design)["props"] == "none"


def test_a_track_in_a_stadium_is_no_grass() -> None:
    design = vars(read("sneakers on a red running track, a stadium behind").design)
    assert (design["material"], design["surface_color"]) == ("concrete", "#d2202f")
    assert design["backdrop"] == "stadium"
