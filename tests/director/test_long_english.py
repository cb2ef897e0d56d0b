"""What long English prompts say between the words: exceptions, owners, drinks, lenses, slips of four letters."""

import pytest

from photoshoot.director.words.tokens import split_tokens
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "everything in grey except three lemons on a grey table",
        "grey table, all grey apart from three lemons",
        "no props other than lemons on a grey table",
        "grey table, nothing but lemons beside the product",
        "grey table without any decoration except lemons",
    ],
)
def test_what_an_exception_takes_out_is_there(text: str) -> None:
    told = read(text)
    assert "lemons" in told.words["props"], told.reading
    assert "#" not in "".join(getattr(told.design, "prop_colors", ())) or vars(told.design)["props"] == "citrus"


def test_an_exception_without_a_whole_still_leaves_out() -> None:
    assert "no flowers" in read("wooden table with books, except flowers").reading
    assert "no flowers" in read("wooden table, everything but nothing fancy. Excluding flowers").reading


def test_both_colours_of_an_exception_are_asked_for() -> None:
    told = read("white tiles with mint leaves, no colours other than white")
    assert "no white" not in told.reading
    assert str(vars(told.design)["tile_color"]).lower() == "#f8f8f7"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("oak table, no plastic packaging", "no plastic packaging"),
        ("a marble slab without zorbles, soft light", "no zorbles"),
        ("sand and shells, nothing shiny", "no shiny"),
    ],
)
def test_what_is_not_known_and_not_wanted_is_not_there(text: str, thing: str) -> None:
    told = read(text)
    assert thing in told.reading
    assert told.absent == ()
    assert not set(thing.split()[1:]) & set(" ".join(told.unread).split())


def test_what_a_lens_is_called_is_one_word() -> None:
    assert [word for word, _ in split_tokens("50mm f/2.8, 16:9 and 3/4")] == [
        "50mm",
        "f/2.8",
        ",",
        "16:9",
        "and",
        "3/4",
    ]


@pytest.mark.parametrize(("written", "meant"), [("snwo", "snow"), ("wodd", "wood"), ("sfot", "soft"), ("pnik", "pink")])
def test_slips_in_short_words_are_mended(written: str, meant: str) -> None:
    assert (written, meant) in read(f"{written} and a marble slab").wording.mended


@pytest.mark.parametrize("word", ["tofu", "keto", "bran", "clam", "form", "kale", "agar", "lino"])
def test_real_short_words_are_none_misspelt(word: str) -> None:
    assert read(f"{word} on a marble slab").wording.mended == ()


@pytest.mark.parametrize("text", ["a toddler's bedroom in mint", "on a child's desk", "the kid's shelf, warm light"])
def test_what_belongs_to_children_is_in_their_room_without_them(text: str) -> None:
    told = read(text)
    assert set_name(told.design) == "playroom"
    assert told.absent == ()


def test_owners_are_no_people_but_people_are() -> None:
    assert read("grandmother's kitchen with berries").absent == ()
    assert read("kitchen with a baby").absent == ("people",)


def test_toy_vehicles_are_no_vehicles() -> None:
    assert read("nursery with a toy car").absent == ()
    assert read("asphalt with a car").absent == ("vehicles",)


@pytest.mark.parametrize("text", ["beach holiday, sand and a straw hat", "sunny holiday mood on a lawn"])
def test_holidays_in_the_sun_are_no_feast(text: str) -> None:
    assert "season" not in read(text).words
    assert read("festive holiday table with candles").words["season"] == ("festive", "holiday")


def test_print_that_a_picture_is_like_lies_nowhere() -> None:
    assert "props" not in read("oak table, magazine cover feel").words
    assert read("oak table with magazines").words["props"] == ("magazines",)


def test_a_drink_that_is_counted_is_no_colour() -> None:
    told = read("marble cafe table with a croissant and an espresso")
    assert set_name(told.design) == "cafe"
    assert "espresso" in told.words["props"]
    assert "colour" not in told.words


def test_plurals_of_fruit_are_colours_behind_a_tone() -> None:
    assert "props" not in read("lake at sunset, warm oranges").words
    assert read("table with ripe oranges").words["props"] == ("oranges",)


def test_beans_in_the_company_of_coffee_are_its_beans() -> None:
    assert "beans" in read("oak table, a cup of coffee, scattered beans").words["props"]


def test_one_colour_said_twice_takes_no_part_from_itself() -> None:
    told = read("all in monochrome blue: blue pedestal, blue wall")
    assert "wall" not in " ".join(told.unread)


def test_a_tone_takes_no_part_from_a_colour() -> None:
    told = read("Bright airy bathroom vanity, white marble top, folded towels, an eucalyptus sprig, soft daylight")
    assert "marble" in told.words["material"]


def test_trays_beside_the_product_are_not_what_it_stands_on() -> None:
    told = read("on a slate slab, grapes and a brass tray")
    assert str(vars(told.design)["surface_color"]).lower() != "#b5924c"
    assert "brass tray" in " ".join(told.unread)


def test_a_place_whose_light_alone_is_asked_for_is_no_place() -> None:
    told = read("burger on a stainless steel counter, yellow tile wall, diner lighting")
    assert set_name(told.design) == "counter"
    assert "diner" in told.unread


def test_an_hour_speaks_for_no_place_outside_a_room() -> None:
    assert set_name(read("bamboo flooring, minimal zen interior, dawn").design) in ("interior", "room")
    assert set_name(read("wooden table at dawn").design) == "location"


def test_no_hard_shadows_are_soft_ones() -> None:
    told = read("sage wall, no harsh shadows")
    assert told.design.light.softness > 0.7
    assert told.unread == ()


def test_a_backdrop_has_the_colour_that_follows_it() -> None:
    told = read("white podium; background a slightly darker mint")
    assert str(vars(told.design)["backdrop_color"]).lower() == "#96c1ac"


@pytest.mark.parametrize(
    ("text", "place", "stand"),
    [
        ("clay podium under a clear blue sky", "clear_sky", "round"),
        ("stone pedestal in a park, soft morning light", "park", "round"),
        ("product on a white cube, a forest behind", "forest", "square"),
        ("white platform against a sunset sky", "sunset", "round"),
    ],
)
def test_platforms_stand_in_the_places_that_are_named(text: str, place: str, stand: str) -> None:
    design = read(text).design
    assert set_name(design) == "location"
    assert (vars(design)["place"], vars(design)["stand"]) == (place, stand)


@pytest.mark.parametrize("text", ["white podium at sunset", "podium, window light", "pink podium, sky blue backdrop"])
def test_platforms_stay_in_the_studio_where_light_alone_is_named(text: str) -> None:
    assert set_name(read(text).design) == "podium"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("rustic autumn table, no pumpkins", "autumn"),
        ("christmas table without candles", "candles"),
        ("moss on a wooden table, no green plants", "leaves"),
    ],
)
def test_what_is_not_wanted_is_not_brought_by_another_word(text: str, gone: str) -> None:
    design = vars(read(text).design)
    assert gone not in (design.get("props"), design.get("beside"), *design.get("also", ()))


def test_things_that_are_asked_for_stay_beside_those_that_are_not_wanted() -> None:
    assert vars(read("palm leaves, no other plants, white podium").design)["props"] == "palm_leaves"


def test_an_or_goes_on_with_what_is_not_wanted() -> None:
    assert "divers" not in " ".join(read("turquoise water seen from above, no fish or divers").unread)


def test_a_palette_in_the_plural_dyes_no_rock() -> None:
    told = read("a mossy stone in a forest, colours in cool greens")
    assert "greens" in " ".join(told.unread)
    assert "green" in read("plain backdrop in muted greens").reading


def test_what_is_denied_goes_on_over_its_own_noun() -> None:
    told = read("pine cabin, snowy window, no christmas decorations")
    assert told.unread == (), told.reading


def test_a_tone_that_is_not_wanted_is_not_there_and_told_so() -> None:
    told = read("nursery with a teddy bear, pale mint wall, nothing scary or dark")
    assert told.unread == (), told.reading


@pytest.mark.parametrize("text", ["bicycle bell on a park bench", "dog collar on slate", "a car perfume on marble"])
def test_things_for_whom_there_are_none_are_told_and_no_more(text: str) -> None:
    assert read(text).absent == ()
    assert read("a dog sleeping on slate").absent == ("animals",)


def test_a_colour_at_the_edge_is_not_the_face_s() -> None:
    told = read("gold framed mirror, vanity with a marble top, blush walls")
    assert "gold" in " ".join(told.unread)


def test_neon_signs_of_any_shape_are_neon() -> None:
    assert set_name(read("Blue neon star sign on a dark wall behind the product, black tabletop").design) == "neon_room"


def test_a_white_that_is_nearly_another_takes_no_part_from_it() -> None:
    assert "white" in read("ecommerce packshot, pure white background, no shadow").words["colour"][0]
