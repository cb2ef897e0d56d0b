from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color import NAMED_COLORS, hex_to_oklab
from photoshoot.data import find_data
from photoshoot.director import Direction, direct
from photoshoot.director.vocabulary import load_vocabulary, read_vocabulary
from photoshoot.errors import PresetError
from photoshoot.presets import PresetRegistry
from photoshoot.sets import SETS, Cyclorama, FlatLay, Podium, SetDesign, Tabletop, set_name

REGISTRY = PresetRegistry.load()
PROMPTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "director_prompts.json").read_text(encoding="utf-8")
)
COLOR_TOLERANCE = 0.12  # OKLab distance within which a colour still has its name
LEAST_RIGHT = 0.9
KNOWN = sorted({" ".join(phrase) for phrase in load_vocabulary().phrases})


def read(text: str) -> Direction:
    return direct(text, REGISTRY)


def distance(color: str, name: str) -> float:
    return float(np.linalg.norm(hex_to_oklab(color) - hex_to_oklab(NAMED_COLORS[name])))


def find_misses(design: SetDesign, case: dict[str, Any]) -> list[str]:
    if set_name(design) not in case["set"]:
        return [f"set {set_name(design)}, not {case['set']}"]
    misses = [
        f"{param}={getattr(design, param)!r}, not {wanted!r}"
        for param, wanted in case["values"].items()
        if getattr(design, param) != wanted
    ]
    for param, names in case["colors"].items():
        value = getattr(design, param)
        have = value if isinstance(value, tuple) else (value,)
        wanted = names if isinstance(names, list) else [names]
        misses += [
            f"{param} has no {name}: {have}"
            for name in wanted
            if min(distance(color, name) for color in have) > COLOR_TOLERANCE
        ]
    for param, (low, high) in case["ranges"].items():
        light = design.light
        # Warmth is OKLab b of the light's colour: positive is yellow.
        measured = float(hex_to_oklab(light.color)[2]) if param == "warmth" else getattr(light, param)
        if not low <= measured <= high:
            misses.append(f"light {param}={measured:.3f}, not in [{low}, {high}]")
    return misses


def test_prompts_of_ad_buyers_are_read_right() -> None:
    misses = {case["prompt"]: found for case in PROMPTS if (found := find_misses(read(case["prompt"]).design, case))}
    right = 1 - len(misses) / len(PROMPTS)
    assert len(PROMPTS) >= 60
    assert right >= LEAST_RIGHT, f"{right:.0%} right; misses: {misses}"


@given(st.text(max_size=300))
def test_any_text_gives_a_design(text: str) -> None:
    direction = read(text)
    assert type(direction.design) in SETS.values()
    assert 0 <= direction.confidence <= 1
    assert direction.reading.startswith("read as: ")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*KNOWN, "no", "without", "and", ",", "on", "in"]), max_size=14).map(" ".join))
def test_any_mix_of_known_words_gives_a_design_in_range(text: str) -> None:
    direction = read(text)
    assert type(direction.design) in SETS.values()
    assert 0 <= direction.confidence <= 1


def test_every_phrase_that_names_a_set_a_colour_or_a_light_is_read() -> None:
    phrases = load_vocabulary().phrases
    telling = [" ".join(p) for p, term in phrases.items() if term.votes or term.light or (term.color and not term.role)]
    assert len(telling) > 700
    assert not {phrase: unread for phrase in telling if (unread := read(phrase).unread)}


def test_reading_says_what_was_not_read() -> None:
    direction = read("on a sleek glass surface with a reflection of city skyscrapers...")
    assert direction.reading == (
        "read as: glossy floor, sleek glass surface, reflection; glass surface shown as a mirror-like floor; "
        "not read: city skyscrapers"
    )
    assert direction.unread == ("city skyscrapers",)
    assert 0.5 < direction.confidence < 1


def test_understood_prompt_has_full_confidence() -> None:
    direction = read("on a sleek black marble slab, rim light")
    assert direction.confidence == 1
    assert direction.unread == ()
    assert direction.nearest_preset_id is None


def test_what_the_set_can_not_show_is_said() -> None:
    direction = read("neon tubes in a nightclub with petals")
    assert set_name(direction.design) == "neon_room"
    assert direction.unread == ("petals",)
    assert direction.reading.endswith("not read: petals")


@pytest.mark.parametrize("text", ["", "   ", "...", "zzz qqq", "日本の桜", "\x00"])
def test_what_is_not_understood_is_said_plainly(text: str) -> None:
    direction = read(text)
    assert direction.confidence == 0
    assert "no scene was recognised" in direction.reading


def test_no_known_set_takes_the_nearest_preset_and_keeps_the_light() -> None:
    direction = read("walls of some rooms, soft light from the right")
    assert direction.design.light.azimuth_deg > 0
    fallback = read("studious seasonal minimalism, hard light from the right")
    assert fallback.nearest_preset_id in REGISTRY
    assert fallback.design.light.azimuth_deg > 0
    assert fallback.design.light.softness < 0.3
    assert fallback.confidence < 0.9


def test_negation_takes_things_away() -> None:
    plain = read("podium with spheres").design
    bare = read("podium without props").design
    assert isinstance(plain, Podium)
    assert isinstance(bare, Podium)
    assert (plain.props, bare.props) == (True, False)
    assert read("white background, no shadows").design.light.fill > read("white background").design.light.fill
    unflowered = read("pink table, no flowers or petals").design
    assert isinstance(unflowered, Tabletop)
    assert unflowered.props == "none"


def test_negation_ends_with_its_phrase() -> None:
    design = read("no props, red velvet").design
    assert set_name(design) == "drapery"
    assert read("without shadows on blue silk").design == read("on blue silk without shadows").design


def test_negated_colour_is_not_painted() -> None:
    design = read("white background, no red").design
    assert isinstance(design, Cyclorama)
    assert design.colors == (NAMED_COLORS["white"],)


def test_colours_go_to_the_part_they_stand_by() -> None:
    design = read("a terracotta podium in front of a sage wall").design
    assert isinstance(design, Podium)
    assert design.podium_color == NAMED_COLORS["terracotta"]
    assert design.backdrop_color == NAMED_COLORS["sage"]
    swapped = read("in front of a terracotta wall, a sage podium").design
    assert isinstance(swapped, Podium)
    assert (swapped.podium_color, swapped.backdrop_color) == (design.backdrop_color, design.podium_color)


def test_tones_change_the_colour_after_them() -> None:
    lightness = {
        tone: float(hex_to_oklab(read(f"{tone} blue background").design.colors[0])[0])  # type: ignore[attr-defined]
        for tone in ("deep", "", "pastel")
    }
    assert lightness["deep"] < lightness[""] < lightness["pastel"]


def test_a_tone_by_a_colour_leaves_the_light_alone() -> None:
    assert read("soft pink background").design.light == read("pink background").design.light


def test_four_colours_at_most() -> None:
    design = read("gradient of red, orange, yellow, green, blue and purple").design
    assert isinstance(design, Cyclorama)
    assert len(design.colors) == 4


def test_words_are_read_whatever_their_case_number_and_accents() -> None:
    assert read("ON BLACK MARBLE SLABS").design == read("on black marble slab").design
    assert read("café tables").design == read("cafe table").design
    assert read("mid-century office").design == read("mid century office").design


def test_lying_is_never_guessed() -> None:
    flat = PresetRegistry([preset for preset in REGISTRY if isinstance(preset.design, FlatLay)])
    assert len(flat)
    assert not isinstance(direct("fresh apparel", flat).design, FlatLay)


def test_reading_twice_gives_the_same() -> None:
    assert all(read(case["prompt"]) == read(case["prompt"]) for case in PROMPTS)


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"terms": [{"phrases": ["red"]}]}, "phrases", "'red' is given twice"),
        ({"terms": [{"phrases": ["x"], "vote": {}}]}, "vote", "unknown key"),
        ({"terms": [{"votes": {}}]}, "phrases", "is missing"),
        ({"terms": [{"phrases": ["x"], "votes": {"tabel": 1}}]}, "term", "unknown set"),
        ({"terms": [{"phrases": ["x"], "params": {"tabletop": {"material": "gold"}}}]}, "term", "material"),
        ({"terms": [{"phrases": ["x"], "light": {"rim": 2}}]}, "term", "rim"),
        ({"terms": [{"phrases": ["x"], "role": "roof"}]}, "role", "must be one of"),
        ({"terms": [{"phrases": ["x"], "color": "red"}]}, "term", "#rrggbb"),
        ({"colors": {"beautiful": "nice"}}, "colors", "#rrggbb"),
        ({"sets": {"tabel": {"base": {}, "roles": {}, "follows": []}}}, "sets.tabel", "must be one of"),
        ({"sets": {"podium": {"base": {}, "roles": {"any": ["roof_color"]}, "follows": []}}}, "roles", "roof_color"),
        ({"ignored": [3]}, "ignored", "array of words"),
    ],
)
def test_bad_vocabulary_names_file_key_and_reason(
    tmp_path: Path, change: dict[str, Any], key: str, reason: str
) -> None:
    data = json.loads((find_data("presets") / "director.json").read_text(encoding="utf-8"))
    file = tmp_path / "director.json"
    file.write_text(json.dumps({**data, **change}), encoding="utf-8")
    with pytest.raises(PresetError) as caught:
        read_vocabulary(file)
    assert caught.value.file == str(file)
    assert caught.value.key.endswith(key)
    assert reason in caught.value.reason
