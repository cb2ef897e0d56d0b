"""A room or a yard behind a platform or a table is the real place that is most like it, and told as one."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import read

_ROOMS = (
    ("courtyard", "park"), ("campsite", "park"),
    ("museum", "lobby"), ("gym", "warehouse"), ("farmers market", "city"),
)  # fmt: skip


@pytest.mark.parametrize(("room", "place"), _ROOMS)
@pytest.mark.parametrize("saying", ["on a white podium, {} behind", "on a white podium, {} in the background"])
def test_a_room_behind_a_podium_is_a_real_place(saying: str, room: str, place: str) -> None:
    direction = read(saying.format(room))
    design = vars(direction.design)
    assert (set_name(direction.design), design["place"], design["stand"]) == ("location", place, "round")
    assert not direction.unread


@pytest.mark.parametrize(("room", "place"), [("campsite", "park")])
def test_a_room_behind_a_table_that_no_set_has_is_one_too(room: str, place: str) -> None:
    design = vars(read(f"on a wooden table, {room} behind").design)
    assert (design["place"], design["material"]) == (place, "wood")


@pytest.mark.parametrize("place", ["diner", "restaurant"])
def test_the_lights_of_a_room_are_behind_a_table_of_something_else(place: str) -> None:
    direction = read(f"on a marble table in a {place}")
    design = vars(direction.design)
    assert (design["material"], design["backdrop"]) == ("marble", "bokeh")
    assert "shown as lights out of focus" in direction.reading


_PLACES = {
    "pub": "bar",
    "wine bar": "bar",
    "cocktail bar": "bar",
    "wine cellar": "cellar",
    "supermarket": "supermarket",
    "pharmacy": "pharmacy",
    "boutique": "boutique",
    "locker room": "lockers",
    "cave": "cave",
    "stadium": "stadium",
    "car interior": "car",
    "airport": "terminal",
    "departure lounge": "terminal",
    "hair salon": "salon",
    "barbershop": "salon",
    "tennis court": "tennis_court",
    "basketball court": "basketball_court",
    "bakery": "bakery",
    "nightclub": "nightclub",
    "train": "train",
    "greenhouse": "greenhouse",
    "barn": "barn",
    "subway station": "subway",
    "rooftop terrace": "rooftop",
    "balcony": "balcony",
    "skate park": "skate_park",
    "yoga studio": "yoga_studio",
    "pilates studio": "yoga_studio",
    "tatami room": "tatami_room",
    "ryokan": "tatami_room",
    "chalet terrace": "chalet",
    "parking garage": "parking",
    "car park": "parking",
    "campfire": "campfire",
    "fire pit": "campfire",
    "laundry room": "laundry",
    "dressing room": "dressing_room",
    "recording studio": "recording_studio",
}
_OF_HOMES = {"living room": "living_room", "bedroom": "bedroom", "bathroom": "bathroom", "kitchen": "kitchen"}
"""Rooms that have a set of their own, too."""


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("table", ["marble table", "wooden table", "concrete slab"])
def test_a_place_is_behind_any_table(table: str, place: str) -> None:
    direction = read(f"on a {table} in a {place}")
    design = vars(direction.design)
    assert (design["material"], design["backdrop"]) == (table.split()[0].replace("wooden", "wood"), _PLACES[place])
    assert not direction.unread
    assert "shown as" not in direction.reading


@pytest.mark.parametrize("said", ["lush", "modern", "quiet", ""])
def test_what_is_said_of_a_room_alone_keeps_no_room_away(said: str) -> None:
    design = vars(read(f"a water bottle on a limestone platform in a {said} gym, crisp morning light").design)
    assert (design["place"], design["stand"]) == ("warehouse", "round")


@pytest.mark.parametrize("room", _OF_HOMES)
@pytest.mark.parametrize(
    "saying",
    ["on a marble pedestal in a {}", "on a stone podium, {} behind", "on a stack of books in a {}"],
)
def test_a_room_is_behind_the_platform_that_is_said_to_be_in_it(saying: str, room: str) -> None:
    direction = read(saying.format(room))
    design = vars(direction.design)
    assert (design["backdrop"], design["stand"] != "none") == (_OF_HOMES[room], True)
    assert not direction.unread
    assert "shown as" not in direction.reading


@pytest.mark.parametrize("blurred", ["softly blurred", "out of focus", "blurred"])
@pytest.mark.parametrize("room", ["living room", "kitchen", "office"])
def test_a_room_that_is_said_to_be_blurred_is_that_room_and_no_lights(room: str, blurred: str) -> None:
    for text in (f"on a stone block, {room} {blurred}", f"on a stone block in a {room}, {blurred}"):
        direction = read(text)
        assert vars(direction.design)["backdrop"] == room.replace(" ", "_")
        assert not direction.unread
    assert vars(read(f"on a stone block, {blurred}").design)["backdrop"] == "bokeh"


@pytest.mark.parametrize(
    ("room", "backdrop", "told"),
    [
        ("cafe", "bakery", "a bakery's counter"),
        ("spa", "bathroom", "a bathroom"),
        ("sauna", "bathroom", "a bathroom"),
        ("nursery", "bedroom", "a bedroom"),
    ],
)
def test_a_room_whose_set_has_no_platform_is_the_likest_place_behind_one_and_told(
    room: str, backdrop: str, told: str
) -> None:
    direction = read(f"serum on a marble podium in a {room}")
    design = vars(direction.design)
    assert (design["stand"], design["material"], design["backdrop"]) == ("round", "marble", backdrop)
    assert f"{room} shown as {told} out of focus" in direction.reading


def test_an_office_is_behind_a_platform() -> None:
    for saying in (
        "on a marble pedestal in an office",
        "on a stone podium, office behind",
        "on a cube in a home office",
    ):
        assert vars(read(saying).design)["backdrop"] == "office"


@pytest.mark.parametrize("place", _PLACES)
def test_a_place_that_is_not_wanted_is_not_behind(place: str) -> None:
    direction = read(f"on a marble slab, no {place}")
    assert vars(direction.design).get("backdrop") != _PLACES[place]


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("blue lockers behind", "blue"),
        ("pink boutique shelves behind", "pink"),
        ("red lockers in a locker room", "red"),
        ("on a wooden table in a red bar", "red"),
        ("on a wooden table in a blue bakery", "blue"),
        ("in a red barn", "red"),
        ("in a pink dressing room", "pink"),
    ],
)
def test_a_colour_of_a_place_is_painted_on_it(text: str, color: str) -> None:
    assert vars(read(text).design)["backdrop_color"] == NAMED_COLORS[color]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("on the dashboard of a car, sunny road ahead", "car"),
        ("coffee cup in a cup holder of a car", "car"),
        ("in an airport departure lounge, plane outside", "terminal"),
        ("can of balls on a clay tennis court, net behind", "tennis_court"),
        ("sneaker on a basketball court at night, orange hoop behind", "basketball_court"),
    ],
)
def test_what_a_place_is_known_by_is_in_it(text: str, place: str) -> None:
    direction = read(text)
    assert vars(direction.design)["backdrop"] == place
    assert not {"car", "road", "plane", "net", "hoop", "court"} & {*" ".join(direction.unread).split()}


@pytest.mark.parametrize("text", ["a car on a road", "beside a sports car"])
def test_a_car_that_is_seen_from_outside_has_no_inside(text: str) -> None:
    assert set_name(read(text).design) == "road"


def test_a_match_is_played_on_grass_and_run_on_a_track() -> None:
    pitch, track = (
        vars(read(text).design) for text in ("on the pitch of a stadium", "on a running track in a stadium")
    )
    assert (pitch["backdrop"], pitch["material"]) == ("stadium", "grass")
    assert (track["backdrop"], track["material"]) == ("stadium", "concrete")


@pytest.mark.parametrize("room", ["kitchen", "bathroom"])
def test_a_room_that_has_the_table_is_itself(room: str) -> None:
    assert set_name(read(f"on a wooden table, {room} behind").design) == "counter"


@pytest.mark.parametrize("wall", ["green wall", "pink backdrop", "brick wall"])
def test_before_a_wall_or_paper_no_place_is_seen(wall: str) -> None:
    assert set_name(read(f"on a white podium, {wall}, living room").design) != "location"


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("on a locker room bench, wet tiles", "lockers"),
        ("barber shop with white tiles", "salon"),
        ("bar, exposed brick", "bar"),
        ("laundromat, blue tiles", "laundry"),
        ("hair salon, concrete wall", "salon"),
    ],
)
def test_a_room_is_seen_rather_than_what_its_walls_are_of(text: str, room: str) -> None:
    direction = read(text)
    assert vars(direction.design)["backdrop"] == room
    assert direction.unread, "what its walls are of is not seen, and told so"


@pytest.mark.parametrize("piece", ["bathroom sink", "oven", "cabinets"])
def test_a_piece_of_a_room_is_none(piece: str) -> None:
    assert set_name(read(f"on a white podium beside a {piece}").design) == "podium"


@pytest.mark.parametrize("building", ["castle", "church", "cottage"])
def test_before_a_building_a_table_is_out_of_doors(building: str) -> None:
    design = vars(read(f"on a wooden table, {building} behind").design)
    assert (design["place"], design["material"]) == ("park", "wood")


@pytest.mark.parametrize("stand", ["taco stand", "lemonade stand", "hot dog stand", "coffee cart"])
def test_a_stand_that_sells_food_is_no_podium(stand: str) -> None:
    direction = read(f"{stand} in the sun")
    assert set_name(direction.design) == "crates"
    assert "shown as a market stall" in direction.reading


@pytest.mark.parametrize("text", ["on a white podium, {} behind", "on oak, {} in the background", "in an old {}"])
@pytest.mark.parametrize("room", ["library", "bookshelves"])
def test_a_library_is_its_books(text: str, room: str) -> None:
    direction = read(text.format(room))
    assert set_name(direction.design) == "tabletop", direction.reading
    assert vars(direction.design)["backdrop"] == "books"


def test_a_bars_counter_is_one_and_stands_in_for_nothing() -> None:
    direction = read("on a bar counter")
    assert vars(direction.design)["backdrop"] == "bar"
    assert " shown as " not in direction.reading
