"""What is told as not read leaves no colour behind, and takes none from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color.space import hex_to_oklab
from photoshoot.director import Direction
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.phrases import list_phrases
from tests.director.reading import read
from tests.sweeps import examples

_MATERIALS = {name: load_vocabulary().phrases[tuple(name.split())] for name in list_phrases("material")}
_PLACES = sorted(name for name in list_phrases("place") if name.isalpha())


def _colors(direction: Direction) -> set[str]:
    held = (value if isinstance(value, tuple) else (value,) for value in vars(direction.design).values())
    return {value for values in held for value in values if isinstance(value, str) and value.startswith("#")}


@settings(max_examples=examples(250), deadline=None)
@given(
    material=st.sampled_from(sorted(_MATERIALS)),
    place=st.sampled_from(_PLACES),
    between=st.sampled_from(["{0} in a {1}", "a {1} with {0}", "{1}, {0}"]),
)
def test_a_material_that_is_not_read_paints_nothing(material: str, place: str, between: str) -> None:
    direction = read(between.format(material, place))
    told = {entry.fate for entry in direction.account if entry.written in material.split()}
    if told != {"not shown"} or _MATERIALS[material].color is None:
        return
    bare = read(place)
    if set_name(bare.design) == set_name(direction.design):
        assert _MATERIALS[material].color not in _colors(direction) - _colors(bare), direction.reading


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("curtain of red silk, next to a white zorble", "#d2202f", "#f8f8f7"),
        ("soil, terracotta zorbles and soil", "#5a4331", "#c4694a"),
        ("gym bench, dark", "#2a2b2d", "#603806"),
        ("a black espresso machine on a terrazzo island", "#f1efea", "#111111"),
        ("walnut shelf, brass lamp", "#5f3d26", "#b5924c"),
        ("plants in terracotta zorbles, kitchen sink", "#f1efea", "#c4694a"),
        ("honey in a rustic kitchen", "#f1efea", "#d99a35"),
        ("japanese onsen, maple leaves in autumn", "#d8d2c8", "#8f5c31"),
        ("red lipstick on a white pedestal, curtain of red silk behind", "#f8f8f7", "#e9dcc6"),
    ],
)
def test_colors_of_what_is_not_there(text: str, kept: str, gone: str) -> None:
    colors = [hex_to_oklab(color) for color in _colors(read(text))]
    assert min(float(np.linalg.norm(one - hex_to_oklab(kept))) for one in colors) < 0.05, read(text).reading
    assert min(float(np.linalg.norm(one - hex_to_oklab(gone))) for one in colors) > 0.03, read(text).reading


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("frozen motion, black background", "cyclorama"),
        ("oak boards, rock concert energy", "tabletop"),
        ("picnic table in july", "location"),
        ("dark slate with sea salt", "tabletop"),
        ("white pedestal, a curtain of silk behind", "tabletop"),
    ],
)
def test_words_of_other_senses_name_no_set(text: str, name: str) -> None:
    assert set_name(read(text).design) == name, read(text).reading


def test_motion_is_told_as_absent() -> None:
    assert "motion" in read("shoes, frozen motion, black background").absent


@pytest.mark.parametrize(
    ("text", "param", "value"),
    [
        ("clay plates, oat coloured linen", "surface_color", "#e0d2b8"),
        ("oak table, terracotta and sand palette", "surface_color", "#b98a55"),
        ("a desk with purple neon lights", "strip_color", "#7a35b0"),
        ("a desk with one green plant", "beside", "leaves"),
        ("wooden hut wall, sparkling snow", "props", "none"),
    ],
)
def test_whose_a_color_or_a_thing_is(text: str, param: str, value: str) -> None:
    assert getattr(read(text).design, param) == value, read(text).reading


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("half buried in white sand, turquoise water, starfish", "beach"),
        ("floating in the sky with clouds", "dunes"),
        ("a splash of coffee, ice, dark teal background, condensation droplets", "tabletop"),
        ("crumpled paper with hazelnuts", "tabletop"),
        ("honey on raw linen with honeycomb", "drapery"),
        ("an alpine lake", "tabletop"),
        ("palm leaf shadow on sand coloured wall", "window_room"),
        ("sparkling water can in crushed ice with lime wedges", "tabletop"),
        ("a lemon tea on charred cedar", "tabletop"),
    ],
)
def test_what_is_by_the_way_names_no_set(text: str, name: str) -> None:
    assert set_name(read(text).design) == name, read(text).reading


def test_many_nuts_are_no_color_and_no_snow_is_on_a_lake() -> None:
    assert getattr(read("crumpled paper with hazelnuts").design, "props", "") == "nuts"
    assert getattr(read("an alpine lake").design, "props", "") == "none"
    assert getattr(read("neon grid in magenta and cyan").design, "colors", ()) == ("#d322a0", "#35c4c0")


@pytest.mark.parametrize(("side", "sign"), [("right", -1), ("left", 1)])
@pytest.mark.parametrize("how", ["falling to the", "to the", "cast to the"])
def test_a_shadow_to_one_side_has_its_light_at_the_other(how: str, side: str, sign: int) -> None:
    for text in (f"lilac podium, hard shadow {how} {side}", f"lilac podium, shadows {how} {side}"):
        assert read(text).design.light.azimuth_deg * sign > 0, read(text).reading
    assert read(f"lilac podium, light from the {side}").design.light.azimuth_deg * sign < 0


@pytest.mark.parametrize(
    ("text", "param", "value"),
    [
        ("frozen berries on white marble", "prop_colors", ()),
        ("snow, icy blue shadows", "ground_color", "#f1f5f9"),
        ("deep powder snow", "ground_color", "#f1f5f9"),
        ("navy blue coloured velvet", "color", "#16264f"),
    ],
)
def test_colors_stay_with_what_they_are_said_of(text: str, param: str, value: object) -> None:
    assert getattr(read(text).design, param) == value, read(text).reading


def test_red_sand_is_no_red_paint() -> None:
    assert getattr(read("red desert sand").design, "ground_color", "") not in ("", "#d2202f")
