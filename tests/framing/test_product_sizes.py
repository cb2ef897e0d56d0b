"""Things stand where such things stand: by their name, the caller's word, or as before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from photoshoot import Placement, Product
from photoshoot.captioners.nouns import NounTree
from photoshoot.director import direct
from photoshoot.framing.holding import choose_stance
from photoshoot.framing.product_sizes import find_noun, find_size, load_nouns, scale, settle
from photoshoot.presets import PresetRegistry
from photoshoot.records import Box, Canvas, Category
from photoshoot.records.product import SHOWN_ON_A_PERSON, Evidence
from photoshoot.sets import SETS, SetDesign, carry
from photoshoot.sets.bed import Bed
from photoshoot.sets.cafe import Cafe
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.design import LARGE
from photoshoot.sets.desk import Desk
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.garden import Garden
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.outdoor_ground import OutdoorGround
from photoshoot.sets.pool import Pool
from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.vanity import Vanity
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import SizeClass, Stance
from tests.making import cutout_of, make_product, make_scene

_HELD = {SizeClass.WALL: Stance.HANGING, SizeClass.FLOOR: Stance.LYING}


@pytest.mark.parametrize("size_class", list(SizeClass))
@pytest.mark.parametrize("kind", SETS.values(), ids=SETS.keys())
def test_every_set_becomes_one_that_takes_the_class_in_its_own_light(
    kind: type[SetDesign], size_class: SizeClass
) -> None:
    design = kind()
    stance = _HELD.get(size_class, Stance.UPRIGHT)
    carried = carry(design, stance, size_class)
    assert carried.holds(stance)
    assert carried.takes(size_class)
    assert replace(carried.light, color=design.light.color) == design.light, "of its own; outside of a cabin it is day"


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("rattan armchair", "armchair"),
        ("armchair with a cushion", "armchair"),
        ("Bicycle helmet", "helmet"),
        ("poster of a bike", "poster"),
        ("set of two bar stools", "bar stool"),
        ("bookshelves", "bookshelf"),
        ("lounge chair black", "lounge chair"),
        ("coffee table", "coffee table"),
        ("table lamp", "table lamp"),
        ("A blue bicycle with a basket.", "bicycle"),
        ("bike widget", None),
        ("Trek Marlin", None),
    ],
)
def test_a_name_is_read_by_its_head(name: str, noun: str | None) -> None:
    assert find_noun(name) == noun


def test_the_name_decides_and_the_caller_overrules_it(bottle: Product) -> None:
    sofa = replace(bottle, name="velvet sofa", confidence=1.0)
    found = find_size(sofa)
    assert (found.size_class, found.metres) == (SizeClass.FURNITURE, 2.0)
    assert find_size(sofa, Placement(size_m=2.4)).metres == 2.4
    toy = find_size(sofa, Placement(size_class=SizeClass.HAND_HELD))
    assert (toy.size_class, toy.metres) == (SizeClass.HAND_HELD, None)


def test_what_is_not_known_or_not_sure_stays_on_the_table(bottle: Product) -> None:
    for name, sure in (("product", 1.0), ("zorbex", 1.0), ("sofa", 0.2)):
        size = find_size(replace(bottle, name=name, description="", confidence=sure))
        assert size.size_class is SizeClass.TABLE_TOP
        assert size.metres is None


def test_jewellery_eyewear_and_garments_have_a_size_whatever_they_are_called(bottle: Product) -> None:
    sizes = {
        category: find_size(replace(bottle, name="zorbex", description="", category=category)).metres or np.nan
        for category in (Category.JEWELRY, Category.EYEWEAR, Category.GARMENT, Category.HOME)
    }
    assert np.isnan(sizes[Category.HOME])
    assert 0.02 < sizes[Category.JEWELRY] < sizes[Category.EYEWEAR] < 0.2 < sizes[Category.GARMENT] < 0.9


def test_a_garment_on_a_person_is_as_large_as_what_is_seen_of_the_person(bottle: Product) -> None:
    """The bottle's outline is as slender as a whole person's."""
    worn = (Evidence(words=SHOWN_ON_A_PERSON, source="skin on 30% of it"),)
    shirt = replace(bottle, name="shirt", category=Category.GARMENT, confidence=1.0)
    alone, person = find_size(shirt), find_size(replace(shirt, evidence=worn))
    assert alone.metres is not None
    assert alone.metres < 1.0 < (person.metres or 0.0) <= 1.75
    assert person.size_class is alone.size_class
    assert find_size(replace(shirt, evidence=worn), Placement(size_m=0.6)).metres == 0.6
    cap = replace(bottle, name="cap", category=Category.HEADWEAR, confidence=1.0)
    assert find_size(replace(cap, evidence=worn)) == find_size(cap)


def draw_on_legs(height: int, top: int, lines: Sequence[tuple[int, int, int]], foot: int = 0) -> Product:
    """A slab on legs, drawn: each leg's column at its end, its column under the slab, and its width; feet are wider."""
    mask = np.zeros((height + 40, 240), np.float32)
    mask[20 : 20 + top, 20:220] = 1
    for low, high, width in lines:
        for row in range(top, height):
            share = (row - top) / (height - top)
            middle = round(high + share * (low - high))
            half = width / 2 + foot * (row > height - 12)
            mask[20 + row, int(middle - half) : int(middle + half)] = 1
    cutout = cutout_of(np.full((*mask.shape, 3), 120, np.uint8), mask)
    return replace(make_product(cutout, category=Category.HOME), name="zorbex", description="", confidence=0.9)


@pytest.mark.parametrize(
    ("height", "top", "lines"),
    [
        (360, 40, [(60, 110, 12), (125, 122, 12), (190, 135, 12)]),  # a stool
        (200, 30, [(30, 30, 8), (210, 210, 8)]),  # a table
        (240, 90, [(25, 40, 10), (80, 90, 10), (160, 150, 10), (215, 200, 10)]),  # an armchair
    ],
)
def test_what_stands_high_on_thin_legs_is_furniture(
    height: int, top: int, lines: Sequence[tuple[int, int, int]]
) -> None:
    """A stool that the captioner called a household item stood on a desk, as high as a lantern."""
    product = draw_on_legs(height, top, lines)
    assert find_size(product).size_class is SizeClass.FURNITURE
    named = replace(product, name="mug")
    assert find_size(named).size_class is not SizeClass.FURNITURE, "a noun that is known says what it is"
    assert find_size(replace(product, category=Category.EYEWEAR)).size_class is SizeClass.WEARABLE


@pytest.mark.parametrize(
    ("height", "top", "lines", "foot"),
    [
        (200, 60, [(70, 70, 10), (170, 170, 10)], 26),  # two glasses on stems
        (300, 60, [(75, 100, 60), (165, 140, 60)], 0),  # trousers, or a pair of pliers
        (300, 60, [(100, 100, 12), (140, 140, 12)], 0),  # a fork's tines, close together
        (200, 180, [(40, 40, 12), (200, 200, 12)], 0),  # a box with little feet
        (200, 60, [(120, 120, 12)], 0),  # one stem
    ],
)
def test_stems_handles_and_short_feet_are_no_legs(
    height: int, top: int, lines: Sequence[tuple[int, int, int]], foot: int
) -> None:
    assert find_size(draw_on_legs(height, top, lines, foot)).size_class is SizeClass.TABLE_TOP


def test_large_things_stand_whatever_the_set_pictures_hang_and_rugs_lie() -> None:
    def held(size_class: SizeClass) -> Stance:
        return choose_stance(SETS["flat_lay"](), Category.HOME, size_class=size_class)

    assert held(SizeClass.FURNITURE) is Stance.UPRIGHT
    assert held(SizeClass.WALL) is Stance.HANGING
    assert held(SizeClass.FLOOR) is Stance.LYING
    assert held(SizeClass.TABLE_TOP) is Stance.LYING


def test_the_reading_says_that_another_set_answers(bottle: Product) -> None:
    sofa = find_size(replace(bottle, name="sofa", confidence=1.0))
    scene = make_scene(Tabletop())
    settled = settle(scene, Stance.UPRIGHT, sofa)
    assert isinstance(settled.design, Room)
    told = "placed in: room, since sofa is furniture and tabletop can't carry it"
    assert settled.otherwise[-1] == told
    assert settled.reading.endswith(told)
    assert settle(scene, Stance.UPRIGHT, find_size(replace(bottle, name="mug", confidence=1.0))).otherwise == ()
    assert settled.style_reference is None
    mug = find_size(replace(bottle, name="mug", confidence=1.0))
    assert settle(scene, Stance.UPRIGHT, mug) == scene


def test_the_canvas_knows_how_large_the_product_is(bottle: Product) -> None:
    box = Box(left=10, top=20, right=110, bottom=70)
    canvas = Canvas(label="t", width_px=200, height_px=100, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    sofa = find_size(replace(bottle, name="sofa", confidence=1.0))
    assert scale(canvas, sofa).m_per_px == pytest.approx(0.02, abs=1e-9)
    unknown = find_size(replace(bottle, name="zorbex", description="", confidence=1.0))
    assert scale(canvas, unknown).m_per_px == pytest.approx(0.003, abs=1e-9)


def test_every_large_noun_of_the_captioner_has_a_size() -> None:
    tree = NounTree.load().nouns
    large = [name for name, noun in tree.items() if noun.parent in ("furniture", "sports gear") or name == "furniture"]
    small = {"ball", "dumbbell", "racket", "snorkel", "knee pad", "hockey puck", "whistle", "skis"}
    for name in set(large) - small:
        assert find_noun(name) in load_nouns(), name


def test_a_packshot_stays_white_whatever_the_product() -> None:
    white = Cyclorama(packshot=True)
    for size_class in SizeClass:
        held = carry(white, _HELD.get(size_class, Stance.UPRIGHT), size_class)
        assert held.pure_white, size_class


def test_large_things_lie_on_the_ground_of_their_own_set_in_its_own_shadows() -> None:
    snow = carry(OutdoorGround(ground="snow"), Stance.LYING, SizeClass.FURNITURE)
    assert isinstance(snow, FlatLay)
    assert snow.surface == "snow"
    car = carry(WindowRoom(gobo="panes", wall_color="#a89d90"), Stance.LYING, SizeClass.GEAR)
    assert isinstance(car, FlatLay)
    assert (car.surface, car.gobo, car.colors) == ("concrete", "panes", ("#a89d90",))
    desk = carry(Desk(strip_color="#19d3e8", material="laminate"), Stance.LYING, SizeClass.GEAR)
    assert isinstance(desk, FlatLay)
    assert (desk.surface, desk.glow) == ("concrete", "gels"), "and in its own lamps: without them it lay in the dark"
    deck = carry(Pool(deck="wood", deck_color="#a5754a"), Stance.LYING, SizeClass.GEAR)
    assert isinstance(deck, FlatLay)
    assert (deck.surface, deck.colors) == ("wood", ("#a5754a",)), "and on its deck, not in its water"
    rug = carry(Room(rug=True), Stance.LYING, SizeClass.FLOOR)
    assert isinstance(rug, FlatLay)
    assert (rug.surface, rug.under) == ("wood", "none")


def test_a_vehicle_stands_outside_or_in_a_studio_of_the_sets_colour() -> None:
    path = carry(Garden(), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(path, OutdoorGround)
    assert path.ground == "trail"
    assert path.flower_colors == Garden().flower_colors, "a garden has its flowers"
    assert carry(Pool(), Stance.UPRIGHT, SizeClass.GEAR) == Pool(), "a bicycle by a pool stood in a park"
    street = carry(Cafe(place="venice", heading_deg=30.0), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(street, OutdoorGround)
    assert (street.place, street.heading_deg) == ("venice", 30.0), "of the set's own place"
    assert street.seats, "a café without chairs and tables was any street"
    loft = carry(Bed(wall_color="#204a3a"), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(loft, Room)
    assert (loft.style, loft.wall_color) == ("loft", "#204a3a"), "and no empty sweep of paper"
    assert isinstance(carry(Desk(), Stance.UPRIGHT, SizeClass.GEAR), Room)
    for size_class in LARGE:
        neon = carry(Desk(strip_color="#19d3e8"), Stance.UPRIGHT, size_class)
        assert isinstance(neon, NeonRoom)
        assert neon.colors[0] == "#19d3e8", "the strips' light was lost"
    studio = carry(Vanity(wall_color="#204a3a"), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(studio, Cyclorama)
    assert studio.colors == ("#204a3a",)
    boards = carry(Tabletop(material="wood", surface_color="#6b5138"), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(boards, Room)
    assert (boards.floor, boards.floor_color) == ("wood", "#6b5138"), "the wood that was asked for"
    assert isinstance(carry(Tabletop(material="marble"), Stance.UPRIGHT, SizeClass.GEAR), Cyclorama)
    assert carry(FlatLay(surface="wood"), Stance.UPRIGHT, SizeClass.GEAR).takes(SizeClass.GEAR), "no bicycle on a table"


@pytest.mark.parametrize("name", ["cello", "banjo", "bassoon", "trombone", "marimba", "barrel", "toilet"])
def test_what_stands_as_high_as_a_table_is_on_none(name: str, bottle: Product) -> None:
    assert find_size(replace(bottle, name=name, confidence=1.0)).size_class is SizeClass.FURNITURE


@pytest.mark.parametrize("table", [Tabletop(material="wood"), Desk(material="wood"), Cafe(material="wood")])
def test_what_lies_on_a_table_lies_on_no_floorboards(table: SetDesign) -> None:
    """A camera on an oak table lay on boards with black gaps between them."""
    top = carry(table, Stance.LYING, SizeClass.TABLE_TOP)
    assert isinstance(top, FlatLay)
    assert (top.surface, top.glued) == ("wood", True)
    boards = carry(Tabletop(material="wood", rustic=True), Stance.LYING, SizeClass.TABLE_TOP)
    assert isinstance(boards, FlatLay)
    assert not boards.glued, "old boards have gaps"


def test_no_rug_covers_the_marble_that_was_asked_for() -> None:
    room = carry(Tabletop(material="marble"), Stance.UPRIGHT, SizeClass.FURNITURE)
    assert isinstance(room, Room)
    assert (room.floor, room.rug) == ("tiles", False)


@pytest.mark.parametrize(
    ("stance", "asked", "told"),
    [
        (Stance.LYING, "on white marble, pink background", "not shown so: pink background"),
        (Stance.LYING, "on white marble", ""),
        (Stance.LYING, "on black marble, black background", ""),
        (Stance.LYING, "on a pink background", ""),
        (Stance.UPRIGHT, "on white marble, pink background", ""),
    ],
)
def test_the_colour_of_a_wall_that_is_not_seen_is_told_where_it_was_asked_for(
    stance: Stance, asked: str, told: str
) -> None:
    direction = direct(asked, PresetRegistry.load(), None)
    scene = replace(make_scene(direction.design, None), behind=direction.behind)
    small = find_size(make_product())
    assert "; ".join(settle(scene, stance, small).otherwise) == told
