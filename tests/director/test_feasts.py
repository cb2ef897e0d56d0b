"""A feast's own things lie there, and those that they bring along are told as shown."""

from __future__ import annotations

import pytest

from photoshoot.sets.named import kinds_of_things
from tests.director.reading import parts, read

_FEASTS = ("christmas", "easter", "halloween", "valentine's day", "kwanzaa", "diwali", "lunar new year", "ramadan")
_ROOMS = (
    "{} kitchen",
    "{} bathroom counter",
    "a bedroom, {}",
    "{} morning in a living room",
    "{} desk",
    "{} night cafe",
)


@pytest.mark.parametrize("room", _ROOMS)
@pytest.mark.parametrize("feast", _FEASTS)
def test_a_feast_in_a_room_has_its_things_there(feast: str, room: str) -> None:
    """Of a "christmas kitchen" nothing was seen, since a kitchen has a light of its own."""
    direction = read(room.format(feast))
    assert kinds_of_things(direction.design)
    assert not direction.unread


@pytest.mark.parametrize("text", ["boho bed", "moroccan kitchen", "moroccan bathroom"])
def test_a_style_tells_of_no_things_in_a_set_that_takes_its_colours_alone(text: str) -> None:
    direction = read(text)
    assert not kinds_of_things(direction.design)
    assert direction.stand_ins == (f"{text.split()[0]} shown as its colours alone",)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("diwali table, rich celebratory mood", "diyas"),
        ("ramadan, celebratory", "ramadan"),
        ("halloween party", "halloween"),
        ("chinese new year celebration", "paper_lanterns"),
    ],
)
def test_a_feast_that_is_celebrated_is_no_birthday(text: str, things: str) -> None:
    shown = parts(text)
    assert (shown["props"], shown["also"], shown["air"]) == (things, (), "none")


@pytest.mark.parametrize("text", ["birthday celebration", "celebration with confetti"])
def test_a_celebration_of_nothing_else_is_a_party(text: str) -> None:
    assert parts(text)["props"] == "confetti"


def test_garlands_of_plants_are_of_them_and_no_paper() -> None:
    assert parts("diwali table with marigold garlands")["air"] == "none"
    assert "garland shown as flowers or leaves that lie loose" in read("eucalyptus garland on white marble").reading
    assert parts("paper garlands, birthday")["air"] == "streamers"


@pytest.mark.parametrize(
    "text",
    [
        "under the christmas tree",
        "gift box by the christmas tree",
        "living room, xmas tree",
        "unter dem Weihnachtsbaum",
    ],
)
def test_a_christmas_tree_stands_in_the_living_room(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["furnished"]) == ("interior", ("christmas_tree",))
    assert not read(text).stand_ins


def test_a_christmas_tree_stands_behind_a_table() -> None:
    assert parts("on an oak table before a christmas tree")["backdrop"] == "christmas_tree"


@pytest.mark.parametrize("text", ["a cabin with a christmas tree", "a garden with a christmas tree"])
def test_a_christmas_tree_that_is_nowhere_is_told(text: str) -> None:
    assert "christmas tree" in " ".join((*read(text).unread, *read(text).stand_ins))


@pytest.mark.parametrize("text", ["a cabin with santa", "santa in a garden"])
def test_a_feast_s_own_thing_that_is_nowhere_is_told_in_every_set(text: str) -> None:
    """In a cabin it was told as shown, since few words of it speak for cabins."""
    assert any("shown as" in told for told in read(text).stand_ins)


def test_a_garland_of_stars_or_hearts_is_no_flowers() -> None:
    assert not read("star garland, christmas").stand_ins
    assert parts("heart garland, valentine")["air"] == "hearts"
    assert read("star garland on oak").stand_ins == ("garland shown as lying there, not in the air",)


@pytest.mark.parametrize("text", ["new year, champagne toast", "wedding on a marble table, raise a toast"])
def test_a_toast_that_is_raised_is_no_bread(text: str) -> None:
    assert "bread" not in kinds_of_things(read(text).design)
    assert any("toast" in told for told in read(text).unread)


@pytest.mark.parametrize("text", ["a thermos flask on moss", "bench in a park, hip flask"])
def test_a_flask_to_drink_of_is_no_labware(text: str) -> None:
    assert "labware" not in kinds_of_things(read(text).design)


@pytest.mark.parametrize("text", ["flat lay on slate, bokeh", "flat lay on linen with fairy lights"])
def test_lamps_that_hang_over_the_camera_are_told_as_patches_of_light(text: str) -> None:
    """Nothing of "bokeh" is seen from above, where no mirror shows it."""
    assert any(told.endswith("shown as faint patches of their light") for told in read(text).stand_ins)
    assert not read("flat lay on black lacquer, bokeh").stand_ins


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lunar new year, gold coins", "gold coins"),
        ("Chinesisches Neujahr, Goldmünzen", "gold coins"),
        ("nouvel an lunaire, pièces d'or", "gold coins"),
        ("school supplies: pencils, paper clips", "paper clips"),
        ("easter eggs in a nest", "nest"),
    ],
)
def test_what_things_bring_along_is_told_as_shown(text: str, told: str) -> None:
    direction = read(text)
    assert direction.unread == ()
    assert told in direction.reading


@pytest.mark.parametrize("text", ["gold coins on black velvet", "three easter eggs in a nest"])
def test_what_nothing_there_brings_along_is_told_as_missing(text: str) -> None:
    assert read(text).unread


def test_acorns_and_candy_are_told() -> None:
    assert "acorns shown as autumn leaves" in read("acorns on slate").reading
    assert "candy" not in read("halloween candy").reading.split(";")[0]


@pytest.mark.parametrize(
    ("text", "hung", "lying"),
    [
        ("birthday, red balloons and gift boxes", ("#d2202f",), ()),
        ("black friday sale, red balloons and gift boxes", ("#d2202f",), ()),
        ("black friday, gold balloons and red gift boxes", ("#c9a04a",), ("#d2202f",)),
        ("halloween, purple balloons and pumpkins", ("#7a35b0",), ()),
    ],
)
def test_balloons_have_their_color_above_what_lies_there(
    text: str, hung: tuple[str, ...], lying: tuple[str, ...]
) -> None:
    shown = parts(text)
    assert (shown["air"], shown["props"]) == ("balloons", "none")
    assert (shown["prop_colors"], shown["also_colors"]) == (hung, lying)
    assert read(text).unread == ()


@pytest.mark.parametrize(
    ("text", "green"),
    [
        ("thanksgiving table with leaves", False),
        ("autumn, leaves and pumpkins", False),
        ("Herbst, Blätter, Holztisch", False),
        ("autumn, green leaves", True),
        ("autumn, eucalyptus", True),
        ("spring, leaves", True),
        ("slate with leaves", True),
    ],
)
def test_leaves_of_which_no_more_is_said_are_autumns_in_autumn(text: str, green: bool) -> None:
    shown = parts(text)
    assert ("leaves" in f"{shown['props']}, {shown['also']}".replace("autumn_leaves", "")) is green
