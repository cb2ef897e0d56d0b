from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab, oklab_to_hex
from photoshoot.color.styling import (
    CHROMATIC,
    MAX_HUE_TURN_DEG,
    STYLE_STRENGTH,
    Tone,
    companion_color,
    contrast_color,
    lean_color,
    lean_design,
    lean_oklab,
    light_color,
    shift_color,
    tone_color,
)
from photoshoot.errors import SettingsError
from photoshoot.records import Swatch
from photoshoot.sets import SETS, SetDesign
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.counter import Counter
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.gallery import Gallery
from photoshoot.sets.gym import Gym
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.sets.location import Location
from photoshoot.sets.podium import Podium
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.water import Water

COLORS = sorted(set(NAMED_COLORS.values()))
NEUTRALS = [NAMED_COLORS[name] for name in ("white", "black", "grey", "light grey", "ivory", "beige")]


def polar(color: str) -> tuple[float, float, float]:
    return polar_of(hex_to_oklab(color))


def polar_of(oklab: np.ndarray) -> tuple[float, float, float]:
    lightness, a, b = (float(part) for part in oklab)
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a))


def _turn(first_deg: float, second_deg: float) -> float:
    return abs((second_deg - first_deg + 180) % 360 - 180)


def palette(*colors: str) -> tuple[Swatch, ...]:
    return tuple(Swatch(hex=color, name="", share=1 / len(colors)) for color in colors)


@given(st.sampled_from(COLORS), st.sampled_from(COLORS))
def test_leaning_is_bounded_and_keeps_lightness(color: str, toward: str) -> None:
    leaned = lean_oklab(hex_to_oklab(color), hex_to_oklab(toward), STYLE_STRENGTH)
    before, after, exact = polar(color), polar(lean_color(color, toward)), polar_of(leaned)
    assert _turn(before[2], exact[2]) <= MAX_HUE_TURN_DEG + 1e-3 or before[1] < CHROMATIC  # 1e-3: of float32
    assert lean_color(color, toward) in (color, oklab_to_hex(leaned))
    # Rounding to eight bits and clipping to the gamut cost a little.
    assert abs(after[0] - before[0]) < 0.03
    assert abs(after[1] - before[1]) < 0.06 * before[1] + 0.02


def test_leaning_goes_toward_the_product() -> None:
    blue, teal = NAMED_COLORS["light blue"], NAMED_COLORS["teal"]
    gap = polar(blue)[2] - polar(teal)[2]
    assert abs(polar(lean_color(blue, teal))[2] - polar(teal)[2]) < abs(gap)


@pytest.mark.parametrize("color", NEUTRALS)
def test_near_neutrals_stay(color: str) -> None:
    assert lean_color(color, NAMED_COLORS["red"]) == color


def test_materials_and_lights_keep_their_colour() -> None:
    wood = Tabletop(material="wood", surface_color="#a9743f", backdrop_color="#a9cfec")
    leaned = lean_design(wood, palette(NAMED_COLORS["hot pink"]))
    assert isinstance(leaned, Tabletop)
    assert (leaned.surface_color, leaned.vein_color, leaned.light) == (wood.surface_color, wood.vein_color, wood.light)
    assert leaned.backdrop_color != wood.backdrop_color


PAINTED = [
    (Celebration(prop_colors=("#f5d32e",)), {"backdrop_color", "prop_colors"}),
    (Celebration(backdrop="bokeh", prop_colors=("#f5d32e",)), {"prop_colors"}),
    (Counter(tile_color="#f29fbf", accent_color="#2f9e4c"), {"tile_color", "accent_color"}),
    (HangingWall(wall="plaster", colors=("#f29fbf",)), {"colors"}),
    (HangingWall(wall="wood", colors=("#a9743f",)), set()),
    (FlatLay(surface="paper", colors=("#f29fbf",), prop_colors=("#f5d32e",)), {"colors", "prop_colors"}),
    (FlatLay(surface="wood", colors=("#a9743f",), prop_colors=("#f5d32e",)), {"prop_colors"}),
    (Gym(), {"accent_color"}),
    (Gallery(wall_color="#f29fbf"), {"wall_color", "accent_color"}),
    (Water(), set()),
    (Dunes(), set()),
    (Rocks(backdrop_color="#f29fbf"), {"backdrop_color"}),
    (Location(), set()),
]


@pytest.mark.parametrize(("design", "painted"), PAINTED, ids=lambda value: type(value).__name__)
def test_only_painted_parts_lean(design: SetDesign, painted: set[str]) -> None:
    leaned = lean_design(design, palette("#1f5fd6"))
    changed = {field.name for field in fields(design) if getattr(leaned, field.name) != getattr(design, field.name)}
    assert changed == painted


@pytest.mark.parametrize("name", SETS)
def test_every_set_can_lean(name: str) -> None:
    assert type(lean_design(SETS[name](), palette("#d2202f"))) is SETS[name]


def test_every_colour_of_a_gradient_leans() -> None:
    design = Cyclorama(colors=("#ffffff", "#f7b9cd", "#f9dc83"))
    leaned = lean_design(design, palette("#1f5fd6"))
    assert isinstance(leaned, Cyclorama)
    assert leaned.colors[0] == "#ffffff"
    assert leaned.colors[1:] != design.colors[1:]


def test_a_neutral_product_changes_nothing() -> None:
    design = Podium()
    assert lean_design(design, palette("#111111", "#f8f8f7")) is design
    assert lean_design(design, ()) is design


def test_a_small_print_does_not_set_the_tone() -> None:
    swatches = (Swatch(hex="#f8f8f7", name="white", share=0.97), Swatch(hex="#d2202f", name="red", share=0.03))
    assert lean_design(Podium(), swatches) == Podium()


def test_tones_do_what_their_words_say() -> None:
    pastel = Tone(toward=0.95, amount=0.6, chroma=0.5)
    before, after = polar("#1f5fd6"), polar(tone_color("#1f5fd6", pastel))
    assert after[0] > before[0]
    assert after[1] < before[1]
    with pytest.raises(SettingsError, match=r"tone\.amount"):
        Tone(toward=0.5, amount=2, chroma=1)


def test_companions_differ_from_their_colour() -> None:
    assert polar(contrast_color("#111111", 0.8))[0] > 0.5
    assert polar(contrast_color("#eeece9", 0.8))[0] < 0.8
    assert polar(shift_color("#a9743f", 0.1, 1.0))[0] == pytest.approx(polar("#a9743f")[0] + 0.1, abs=0.02)
    assert polar(light_color("#d2202f"))[0] > 0.85


@pytest.mark.parametrize("color", [*NEUTRALS, "#101010", "#3a3a3a", "#a9743f"])
def test_a_companion_is_lighter_by_the_whole_step_beside_what_is_light_and_hardly_beside_what_is_dark(
    color: str,
) -> None:
    """The wall behind black marble stays dark; behind oak it was mud, and is plaster."""
    lightness = polar(color)[0]
    step = polar(companion_color(color, 0.19, 0.4))[0] - lightness
    whole = min(0.19, 1 - lightness)
    assert step == pytest.approx(min(whole, 0.19 * lightness / 0.6), abs=0.01)
    assert companion_color(color, -0.1, 0.5) == shift_color(color, -0.1, 0.5)
