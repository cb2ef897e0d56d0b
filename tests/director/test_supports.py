"""What a prompt stands its product on decides the set, whatever hangs by it; and what is told paints nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director import Direction
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import read
from tests.sweeps import examples

_TABLE = "tabletop"
_TERMS = {" ".join(phrase): term for phrase, term in load_vocabulary().phrases.items()}
_STOOD_ON = sorted(
    name
    for name, term in _TERMS.items()
    if term.kind == "material" and term.role == "surface" and term.votes.get(_TABLE, 0.0) >= 2.5 and name[:3] != "on "
)
_HANGING = sorted(
    name
    for name, term in _TERMS.items()
    if term.votes
    and max(term.votes, key=lambda one: term.votes[one]) in ("drapery", "window_room", "neon_room", "cyclorama")
    and "elevation_deg" not in term.light
    and term.absent is None
)
_UNPAINTED = (
    "chairs",
    "umbrella",
    "shutters",
    "zorbles",
    "scooter",
    "teapot",
    "drapes",
    "stools",
    "bar stools",
    "checked cloth",
)


def _nearest(color: str, direction: Direction) -> float:
    held = (value if isinstance(value, tuple) else (value,) for value in vars(direction.design).values())
    colors = [value for values in held for value in values if isinstance(value, str) and value.startswith("#")]
    return min(float(np.linalg.norm(hex_to_oklab(one) - hex_to_oklab(color))) for one in colors)


@settings(max_examples=examples(300), deadline=None)
@given(
    stood_on=st.sampled_from(_STOOD_ON),
    hanging=st.sampled_from(_HANGING),
    between=st.sampled_from(["zorble on {0}, {1}", "zorble on a {0} table with {1}", "on {0}, {1} behind"]),
)
def test_what_hangs_by_it_takes_no_support(stood_on: str, hanging: str, between: str) -> None:
    term = _TERMS[stood_on]
    direction = read(between.format(stood_on, hanging))
    if set_name(direction.design) == "neon_room":  # it stands over a floor of the material
        assert vars(direction.design)["floor"] == term.params[_TABLE]["material"], direction.reading
        return
    assert term.votes.get(set_name(direction.design), 0.0) >= 1.2, direction.reading  # a cabin is of wood
    made = {vars(direction.design).get(part, term.params[_TABLE]["material"]) for part in ("material", "counter")}
    assert term.params[_TABLE]["material"] in made, direction.reading


@settings(max_examples=examples(300), deadline=None)
@given(
    stood_on=st.sampled_from(["oak", "marble", "slate", "a concrete floor", "granite", "wood", "sand"]),
    color=st.sampled_from(["red", "blue", "green", "purple", "turquoise", "orange", "pink", "yellow"]),
    thing=st.sampled_from(_UNPAINTED),
)
def test_the_color_of_what_is_not_there_is_told_and_paints_nothing(stood_on: str, color: str, thing: str) -> None:
    direction = read(f"zorble on {stood_on}, {color} {thing}")
    assert color in " ".join(direction.unread), direction.reading
    bare = read(f"zorble on {stood_on}, {thing}")
    assert set_name(bare.design) == set_name(direction.design), direction.reading
    assert _nearest(NAMED_COLORS[color], direction) == _nearest(NAMED_COLORS[color], bare), direction.reading


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("on a walnut chest, velvet curtain behind", _TABLE, {"material": "wood", "surface_color": "#5f3d26"}),
        ("ring in a box on a granite slab, window shadow", _TABLE, {"material": "stone"}),
        ("a table in oak, silk drape", _TABLE, {"material": "wood"}),
        ("silk scarf on red velvet, rose petals, valentine's day", "drapery", {"cloth": "velvet"}),
        ("on velvet with an oak tray", "drapery", {"cloth": "velvet"}),
        ("confetti and balloons on a birthday table", "celebration", {"air": "balloons"}),
        ("zorble on a bamboo bench, palm leaf", _TABLE, {"material": "wood", "props": "palm_leaves"}),
        ("vela numa bandeja de bambu", _TABLE, {"material": "wood", "props": "none"}),
        ("zorble on a bamboo mat, red paper lanterns", _TABLE, {"material": "wood", "props": "paper_lanterns"}),
        ("bamboo beside a pool", "pool", {"beside": "leaves"}),
        ("zorble against a red brick wall with neon light", "neon_room", {"wall": "brick", "shape": "bars"}),
        ("neon room with a brick wall", "neon_room", {"shape": "bars", "wall": "brick"}),
        ("zorble before a teal garage door", "cyclorama", {"colors": ("#12807f",)}),
        ("on a butcher block with a black stone wall", _TABLE, {"material": "wood", "backdrop_color": "#111111"}),
        ("on black pebbles with a white orchid", "rocks", {"ground_color": "#111111", "beside_colors": ("#f8f8f7",)}),
        ("zorble on a pink beach towel, white sand", "beach", {"sand_color": "#ece3d2"}),
        ("духи на дубовом столе, бархатная штора", _TABLE, {"material": "wood"}),
        ("on a pink plaster pedestal, satin drape behind", "tabletop", {"surface_color": "#f29fbf", "stand": "round"}),
        ("zorble on a mirror tray, red velvet backdrop", _TABLE, {"backdrop": "velvet", "backdrop_color": "#d2202f"}),
        ("beyaz mermer üzerinde krem, yeşil havlu", "counter", {"tile_color": "#f1efea"}),
        ("zorble on a black desk with purple neon behind", "desk", {"desk_color": "#111111", "strip_color": "#7a35b0"}),
        ("plateau en marbre, fond en velours bleu", _TABLE, {"material": "marble", "backdrop_color": "#1f5fd6"}),
        ("mur en pierre noire, table en chêne", _TABLE, {"material": "wood", "backdrop_color": "#111111"}),
        ("on wooden blocks, lilac gradient background", "podium", {"fade_colors": ("#c9a3d8",)}),
        ("on an armchair, green wallpaper", "bed", {"wall_color": "#2f9e4c"}),
        ("zorble on pink sand with turquoise sea behind", "beach", {"sea_color": "#35c4c0"}),
        ("on sand coloured cloth", "drapery", {"color": "#d9bf94"}),
        ("oak table, wall in sand", _TABLE, {"backdrop_color": "#d9bf94"}),
        ("zorble on dark brown leather, old books", _TABLE, {"surface_color": "#4a3020"}),
        ("auf einem Eichentisch, Vorhang aus Samt", _TABLE, {"material": "wood"}),
        ("대리석 테이블 위, 벨벳 커튼", _TABLE, {"material": "marble"}),
        ("ahşap masa üzerinde, kadife perde", _TABLE, {"material": "wood"}),
    ],
)
def test_supports_are_what_the_set_is_of(text: str, name: str, values: dict[str, object]) -> None:
    direction = read(text)
    assert set_name(direction.design) == name, direction.reading
    assert {part: getattr(direction.design, part) for part in values} == values, direction.reading


@pytest.mark.parametrize(
    ("text", "written"),
    [("Creme auf einem Bambustablett, grüne Blätter", "Creme"), ("beyaz mermer üzerinde krem, yeşil havlu", "krem")],
)
def test_a_product_that_is_called_as_a_color_is_none(text: str, written: str) -> None:
    told = [entry.fate for entry in read(text).account if entry.written == written]
    assert told == ["no request" if read(text).product else "not shown"], read(text).reading


@pytest.mark.parametrize(
    "text", ["on a marble tray with white peonies, mirror behind", "marble table, a mirror behind it"]
)
def test_what_is_behind_is_not_underfoot(text: str) -> None:
    direction = read(text)
    assert (set_name(direction.design), vars(direction.design)["material"]) == ("vanity", "marble")
    assert "mirror" not in " ".join(direction.unread)
