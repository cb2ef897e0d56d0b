"""What a preset names goes along with its product to any set, or is told."""

from __future__ import annotations

import pytest

from photoshoot.framing.product_sizes import ProductSize, settle
from photoshoot.presets import PresetRegistry
from photoshoot.sets import carry, parse_set, set_name
from photoshoot.sets.beach import Beach
from photoshoot.sets.cabin import Cabin
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.design import SetDesign
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.gym import Gym
from photoshoot.sets.location import Location
from photoshoot.sets.named import ON_FLOORS, SNOW, named_things, taken_along
from photoshoot.sets.playroom import Playroom
from photoshoot.sets.room import Room
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.table_places import FROM_ABOVE, GROWN_WALLS, LARGE_IN, TABLE_PLACES
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass, Stance
from tests.making import make_scene


@pytest.fixture(scope="module")
def presets() -> PresetRegistry:
    """All presets."""
    return PresetRegistry.load()


@pytest.mark.parametrize("size_class", list(SizeClass))
def test_nothing_that_a_preset_names_is_lost_silently(presets: PresetRegistry, size_class: SizeClass) -> None:
    size = ProductSize(size_class=size_class, metres=None)
    for preset in presets:
        for stance in Stance:
            settled = settle(make_scene(preset.design), stance, size)
            told = settled.reading.partition("not shown so: ")[2].partition(";")[0].split(", ")
            shown = named_things(settled.design)
            for thing in named_things(preset.design):
                assert (thing in shown) != (thing in told), (preset.id, stance, thing)


@pytest.mark.parametrize("size_class", [SizeClass.FURNITURE, SizeClass.GEAR])
def test_large_things_keep_what_lies_on_floors_and_the_season(presets: PresetRegistry, size_class: SizeClass) -> None:
    kept = [
        (preset.id, thing)
        for preset in presets
        for thing in named_things(preset.design)
        if thing in ON_FLOORS and thing == getattr(preset.design, "props", getattr(preset.design, "beside", None))
    ]
    assert len(kept) >= 40
    for id_, thing in kept:
        told = named_things(carry(presets.get(id_).design, Stance.UPRIGHT, size_class))
        design = presets.get(id_).design
        stays = size_class is SizeClass.FURNITURE and thing in ("rocks", "shells")  # on no rug before a sofa
        assert (thing in told) != (stays and not design.takes(size_class)), (id_, thing)
    snowy = [preset for preset in presets if SNOW in named_things(preset.design)]
    assert len(snowy) >= 7
    for preset in snowy:
        assert SNOW in named_things(carry(preset.design, Stance.UPRIGHT, size_class)), preset.id


def test_a_sofa_stands_in_the_snow_on_a_terrace_of_its_own_light() -> None:
    winter = Dunes(ground="snow", props="pine")
    terrace = carry(winter, Stance.UPRIGHT, SizeClass.FURNITURE)
    assert isinstance(terrace, Room)
    assert (terrace.style, terrace.in_the_snow, terrace.has_rug, terrace.beside) == ("terrace", True, False, "pine")
    assert set_name(carry(winter, Stance.LYING, SizeClass.GEAR)) == "flat_lay"
    assert SNOW in named_things(carry(Cabin(), Stance.UPRIGHT, SizeClass.GEAR))


@pytest.mark.parametrize("design", [Playroom(), Stairs(), Beach(props="palms"), Dunes()])
def test_a_chair_stands_in_a_playroom_on_the_landing_of_stairs_and_on_sand(design: SetDesign) -> None:
    assert carry(design, Stance.UPRIGHT, SizeClass.FURNITURE) == design


def test_a_party_stays_a_party_whatever_stands_in_it() -> None:
    party = Celebration(props="petals", air="balloons")
    for size_class in (SizeClass.FURNITURE, SizeClass.GEAR):
        assert carry(party, Stance.UPRIGHT, size_class) == party


def test_cups_stay_on_tables_and_colours_go_along() -> None:
    assert "coffee" not in taken_along(Tabletop(props="coffee"), Room, SizeClass.FURNITURE).values()
    leaves = Tabletop(props="autumn", prop_colors=("#b0552a",))
    taken = taken_along(leaves, Room, SizeClass.FURNITURE)
    assert (taken["beside"], taken["beside_colors"]) == ("autumn", ("#b0552a",))
    assert "beside" not in taken_along(leaves, Room, SizeClass.WALL)


@pytest.mark.parametrize(
    ("design", "unseen"),
    [
        (Tabletop(backdrop="books", stand="stump"), "books, stump"),
        (Tabletop(backdrop="wall"), ""),
        (Tabletop(fade_colors=("#f2a0c0",)), "gradient"),
        (Tabletop(backdrop="bokeh"), "bokeh"),
        (Tabletop(backdrop="neon"), "neon"),
        (Dunes(far="mountains"), "mountains, sky"),
        (Location(place="city"), "view"),
        (Gym(), "weights"),
        (Gym(weights=False), ""),
    ],
)
def test_what_is_behind_a_product_that_lies_is_told_as_unseen(design: SetDesign, unseen: str) -> None:
    size = ProductSize(size_class=SizeClass.TABLE_TOP, metres=None)
    told = settle(make_scene(design), Stance.LYING, size).reading.partition("not shown so: ")[2]
    assert set(told.split(", ")) == set(unseen.split(", "))
    assert "not shown so" not in settle(make_scene(design), Stance.UPRIGHT, size).reading


@pytest.mark.parametrize(
    ("design", "told"),
    [
        (Tabletop(backdrop="bakery"), "bread, a window's light"),
        (Tabletop(backdrop="bakery", props="flowers"), "a window's light"),
        (Tabletop(backdrop="greenhouse"), "leaves"),
        (Tabletop(backdrop="recording_studio"), "coloured lamps"),
        (Tabletop(backdrop="stadium"), ""),
        (Tabletop(backdrop="wall"), ""),
    ],
)
def test_what_tells_of_a_place_round_a_product_that_lies_is_there_and_said(design: Tabletop, told: str) -> None:
    small = ProductSize(size_class=SizeClass.HAND_HELD, metres=None)
    lying = settle(make_scene(design), Stance.LYING, small)
    assert lying.reading.partition("the place is told by: ")[2] == told
    assert "told by" not in settle(make_scene(design), Stance.UPRIGHT, small).reading
    large = ProductSize(size_class=SizeClass.FURNITURE, metres=None)
    bare = settle(make_scene(design), Stance.LYING, large)
    assert "bread" not in (bare.reading.partition("the place is told by: ")[2], *named_things(bare.design))


def test_every_fact_of_a_place_from_above_is_of_a_place_and_keeps_what_was_asked_for() -> None:
    assert FROM_ABOVE.keys() <= TABLE_PLACES | GROWN_WALLS
    for place, facts in FROM_ABOVE.items():
        design = parse_set({"name": "tabletop", "backdrop": place, "props": "snow", "surface_color": "#123456"})
        lying = vars(carry(design, Stance.LYING, SizeClass.HAND_HELD))
        assert (lying["props"], lying["prop_colors"], lying["colors"]) == ("snow", (), ("#123456",))
        own = {part: value for part, value in facts.items() if not part.startswith("prop")}
        assert own.items() <= lying.items()


@pytest.mark.parametrize(("place", "size_class"), LARGE_IN)
def test_what_is_large_stands_in_what_is_most_like_its_place(place: str, size_class: SizeClass) -> None:
    design = parse_set({"name": "tabletop", "backdrop": place})
    large = vars(carry(design, Stance.UPRIGHT, size_class))
    wanted = {part: value for part, value in LARGE_IN[place, size_class].items() if part != "name"}
    assert place in TABLE_PLACES
    assert wanted.items() <= large.items()
    assert carry(design, Stance.UPRIGHT, SizeClass.TABLE_TOP) == design


def test_a_rail_that_a_person_stands_before_is_told() -> None:
    """Who wears the product stands, and before a sweep: the rail that was asked for was lost silently."""
    railed = parse_set({"name": "hanging_wall", "holder": "rail"})
    size = ProductSize(size_class=SizeClass.WEARABLE, metres=None)
    assert "not shown so: rail" in settle(make_scene(railed), Stance.UPRIGHT, size).otherwise
    assert not settle(make_scene(railed), Stance.HANGING, size).otherwise
