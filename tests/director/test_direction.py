from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director import Direction, direct
from photoshoot.director.placing.platforms import ALIKE
from photoshoot.director.senses.tossing import IN_THE_AIR
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import SETS, SetDesign, set_name
from photoshoot.sets.beach import Beach
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.location import Location
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.podium import Podium
from photoshoot.sets.strewn import StrewnSet
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass
from tests.measures import count_calls
from tests.sweeps import examples, sampled

REGISTRY = PresetRegistry.load()
DATA = Path(__file__).parents[1] / "data"
PROMPTS: list[dict[str, Any]] = json.loads((DATA / "director_prompts.json").read_text(encoding="utf-8"))
SCENES: list[dict[str, Any]] = json.loads((DATA / "director_scenes.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("cases", [PROMPTS, SCENES], ids=["prompts", "scenes"])
def test_prompts_of_ad_buyers_are_read_right(cases: list[dict[str, Any]]) -> None:
    misses = {case["prompt"]: found for case in cases if (found := find_misses(read(case["prompt"]).design, case))}
    right = 1 - len(misses) / len(cases)
    sys.stdout.write(f"{right:.0%} right; misses: {misses}\n")
    assert len(cases) >= 60
    assert right >= LEAST_RIGHT, f"{right:.0%} right; misses: {misses}"


def test_prompts_of_ad_buyers_span_every_set() -> None:
    assert {name for case in SCENES for name in case["set"]} == set(SETS)


def test_every_choice_of_every_set_has_its_words() -> None:
    vocabulary = load_vocabulary()
    for name, kind in SETS.items():
        bases = [asdict(kind()), kind.prompted]
        terms = vocabulary.phrases.values()
        said = [part for t in terms for part in (t.params_in(name), t.negated_params.get(name, {}))]
        alike = [t.params.get(ALIKE.get(name, name), {}) for t in terms]
        said += [{of: value for of, value in part.items() if of.startswith("stand")} for part in alike]
        for param, hint in get_type_hints(kind).items():
            posed = kind.only_stance is not None and param in ("depth_of_field", "camera_angle")  # all is at one depth
            if get_origin(hint) is Literal and not posed:
                reached = {values[param] for values in (*bases, *said) if param in values}
                if param == "place":
                    reached |= {place for t in terms for place, _ in t.after_dark.values()} & set(get_args(hint))
                reached |= getattr(kind, "made_of", set()) if param == "beside" else set()
                reached |= IN_THE_AIR & set(get_args(hint)) if param == "air" else set()
                if (name, param) == ("outdoor_ground", "produce"):  # the stalls that a market becomes for a bicycle
                    reached |= {
                        Crates(produce=it).placed(SizeClass.GEAR)[param] for it in set(get_args(hint)) - {"none"}
                    }
                assert reached == set(get_args(hint)), (name, param)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in a swimming pool", {"support": "water"}),
        ("on a stone in a river", {"support": "stone"}),
        ("a snowy field", {"ground": "snow"}),
        ("in the desert", {"ground": "sand"}),
        ("under a starry sky", {"place": "night"}),
        ("in a warehouse", {"place": "warehouse"}),
        ("on green grass in the park", {"place": "park", "material": "grass"}),
        ("kitchen with hexagon tiles", {"room": "kitchen", "tiles": "hexagon"}),
        ("on a clothes rack", {"holder": "rail"}),
        ("levitating before a blue wall", {"holder": "none", "colors": (NAMED_COLORS["blue"],)}),
        ("diwali", {"props": "diyas"}),
        ("eid mubarak", {"props": "ramadan"}),
        ("lanterns and a crescent moon on a wooden table", {"props": "ramadan"}),
        ("a wooden table with lanterns", {"props": "lanterns"}),
        ("a birthday party", {"air": "balloons"}),
        ("red paper lanterns", {"props": "paper_lanterns", "prop_colors": (NAMED_COLORS["red"],)}),
        ("halloween", {"props": "halloween"}),
        ("back to school", {"props": "school"}),
        ("podium with oranges", {"props": "citrus", "backdrop_color": Podium().backdrop_color}),
    ],
)
def test_words_find_the_real_thing(text: str, values: dict[str, Any]) -> None:
    direction = read(text)
    assert {name: getattr(direction.design, name) for name in values} == values
    assert "shown as" not in direction.reading


def test_what_stands_in_is_said_where_it_is_shown() -> None:
    assert "mountains shown as rough rocks" in read("in the mountains").reading
    assert "shown as" not in read("on marble in a diner of steel, flat lay").reading


@pytest.mark.parametrize("text", ["podium with an arch, pastel colors", "pastel colors: a podium with an arch"])
def test_a_tone_of_the_whole_picture_reaches_every_colour_that_was_not_named(text: str) -> None:
    plain, pastel = read("podium with an arch").design, read(text).design
    named = read(f"{text}, in front of a blue wall").design
    assert isinstance(plain, Podium)
    assert isinstance(pastel, Podium)
    assert isinstance(named, Podium)
    for param in ("backdrop_color", "podium_color", "accent_color"):
        lightness, *chroma = hex_to_oklab(getattr(pastel, param))
        assert lightness > 0.8, param
        assert np.linalg.norm(chroma) < 0.1, param
    assert named.backdrop_color == NAMED_COLORS["blue"]


def test_dark_tones_darken_the_materials_and_leave_named_colours_and_lamps_alone() -> None:
    plain = read("wooden table, red wall").design
    dark = read("wooden table, red wall, dark moody tones").design
    assert isinstance(plain, Tabletop)
    assert isinstance(dark, Tabletop)
    assert hex_to_oklab(dark.surface_color)[0] < hex_to_oklab(plain.surface_color)[0] - 0.1
    assert dark.backdrop_color == plain.backdrop_color == NAMED_COLORS["red"]
    neon = read("neon tubes, dark moody tones").design
    assert isinstance(neon, NeonRoom)
    assert neon.colors == NeonRoom().colors


def test_a_tone_by_a_part_stays_there() -> None:
    design = read("wooden table in front of a dark wall").design
    assert isinstance(design, Tabletop)
    assert design.surface_color == read("wooden table").design.surface_color  # type: ignore[attr-defined]


SUBJECTS = (
    "podium", "white background", "marble table", "red velvet", "flat lay on wood", "facets", "neon ring", "mirror",
    "window shadows", "living room", "kitchen", "birthday", "on a hanger", "gym", "art gallery", "shallow water",
    "desert dunes", "mossy rocks", "in the forest", "on the beach", "concrete stairs", "bedroom",
    "on a desk", "cafe terrace", "asphalt road", "garden table", "by the pool", "log cabin", "market crates",
    "vanity table", "laboratory", "kids room", "sunlit room", "forest trail",
)  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_words_for_light_work_in_every_set(subject: str) -> None:
    lights = {
        words: read(f"{subject}, {words}").design.light
        for words in ("hard shadows", "soft shadows", "from the left", "from the right", "low key", "high key")
    }
    behind, golden = read(f"{subject}, lit from behind").design.light, read(f"{subject}, golden hour").design.light
    assert lights["hard shadows"].softness < 0.2 < 0.6 < lights["soft shadows"].softness
    assert lights["from the left"].azimuth_deg < 0 < lights["from the right"].azimuth_deg
    assert lights["from the left"].fixed
    assert lights["from the right"].fixed
    assert lights["low key"].intensity < 0.85 < 1 < lights["high key"].intensity
    assert abs(behind.azimuth_deg) > 90
    assert golden.elevation_deg < 30


def test_light_subjects_span_every_set() -> None:
    assert {set_name(read(subject).design) for subject in SUBJECTS} == set(SETS)


def test_a_colour_that_has_no_place_is_not_read() -> None:
    direction = read("picnic in the park under a purple sky")
    assert set_name(direction.design) == "location"
    assert "purple" in " ".join(direction.unread)


def test_reading_is_little_work() -> None:
    for case in SCENES:
        read(case["prompt"])  # loads what it needs of vocabulary and tables, once, whatever ran before
        calls = count_calls(lambda text=case["prompt"]: read(text))  # type: ignore[misc]
        assert calls < 5_100, f"{case['prompt']}: {calls} calls"  # most for a word that is looked for among all others


@given(st.text(max_size=300))
def test_any_text_gives_a_design(text: str) -> None:
    direction = read(text)
    assert type(direction.design) in SETS.values()
    assert 0 <= direction.confidence <= 1
    assert direction.reading.startswith("read as: ")


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from([*KNOWN, "no", "without", "and", ",", "on", "in"]), max_size=14).map(" ".join))
def test_any_mix_of_known_words_gives_a_design_in_range(text: str) -> None:
    direction = read(text)
    assert type(direction.design) in SETS.values()
    assert 0 <= direction.confidence <= 1


def test_every_phrase_that_names_a_set_a_colour_or_a_light_is_read() -> None:
    phrases = load_vocabulary().phrases
    there = {phrase: term for phrase, term in phrases.items() if term.absent is None}
    telling = [" ".join(p) for p, term in there.items() if term.votes or term.light or (term.color and not term.role)]
    assert len(telling) > 700
    told = sampled(telling, lambda phrase: id(there[tuple(phrase.split())]))
    assert not {phrase: unread for phrase in told if (unread := read(phrase).unread)}


def test_reading_says_what_was_not_read() -> None:
    direction = read("on a sleek glass surface with a reflection of paper lightning rods...")
    assert direction.reading == (
        "read as: glossy floor, sleek glass surface, reflection; glass surface shown as a mirror-like surface; "
        "not read: paper lightning rods"
    )
    assert direction.unread == ("paper lightning rods",)
    assert 0.5 < direction.confidence < 1


@pytest.mark.parametrize(
    ("prompt", "unread"),
    [
        ("a misty lake at dawn", ()),  # its haze is there
        ("velvet drape in a forest", ("forest",)),
        ("a gym at sunset", ()),  # a time of day is its light
        ("bright living room by a window", ()),
    ],
)
def test_a_place_that_only_its_light_is_left_of_is_not_called_read(prompt: str, unread: tuple[str, ...]) -> None:
    assert read(prompt).unread == unread


def test_a_place_and_a_glossy_surface_are_both_shown() -> None:
    direction = read("on a sleek glass surface with a reflection of city skyscrapers")
    assert (direction.unread, set_name(direction.design)) == ((), "tabletop")
    assert vars(direction.design)["backdrop"] == "rooftop"


def test_moss_in_a_forest_is_green_ground_and_no_green_wood() -> None:
    design = read("on moss in a rainforest").design
    assert isinstance(design, Location)
    assert (design.place, design.material) == ("forest", "grass")


@pytest.mark.parametrize(
    ("prompt", "english"),
    [
        ("sobre piedras blancas", "white stone"),
        ("em cima de pedras na praia", "stones in beach"),
        ("sopra pietre bianche", "white stone"),
        ("sur des marbres blancs", "white marble"),
    ],
)
def test_plurals_are_read_where_a_language_list_has_the_singular(prompt: str, english: str) -> None:
    assert english in " ".join(read(prompt).wording.text.split())


def test_a_beach_of_sand_is_a_beach_and_no_desert() -> None:
    design = read("sur une plage de sable noir au coucher du soleil").design
    assert isinstance(design, Beach)
    assert (design.sun, design.sand_color) == (True, "#111111")


@pytest.mark.parametrize(
    ("text", "name", "beside", "colors"),
    [
        ("on a marble kitchen counter, morning light, lemons", "counter", "citrus", ("#f4cf3a", "#f0d24a")),
        ("shadows of a window on a beige wall, red roses", "window_room", "flowers", (NAMED_COLORS["red"],)),
        ("a wet street at night with autumn leaves", "road", "autumn_leaves", ()),
        ("plain white background with tulips", "cyclorama", "tulips", ()),
        ("neon tubes in a nightclub with ice cubes", "neon_room", "ice", ()),
    ],
)
def test_things_lie_beside_the_product_in_sets_that_show_none(
    text: str, name: str, beside: str, colors: tuple[str, ...]
) -> None:
    direction = read(text)
    assert isinstance(direction.design, StrewnSet)
    assert (set_name(direction.design), direction.design.beside, direction.design.beside_colors) == (
        name,
        beside,
        colors,
    )
    assert direction.unread == ()


def test_a_thing_is_not_read_where_only_its_light_is_shown() -> None:
    direction = read("an art gallery with candles")
    assert set_name(direction.design) == "gallery"
    assert direction.unread == ("candles",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a vase of peonies on marble", "peonies shown as roses"),
        ("sunflowers on a wooden table", "sunflowers shown as yellow daisies"),
        ("neon tubes with peonies", "peonies shown as roses"),
    ],
)
def test_what_stands_in_is_told_in_every_set_that_shows_it(text: str, told: str) -> None:
    assert told in read(text).reading


def test_understood_prompt_has_full_confidence() -> None:
    direction = read("on a sleek black marble slab, rim light")
    assert direction.confidence == 1
    assert direction.unread == ()
    assert direction.nearest_preset_id is None


def test_what_the_set_can_not_show_is_said() -> None:
    direction = read("dumbbells in a gym with petals")
    assert set_name(direction.design) == "gym"
    assert direction.unread == ("petals",)
    assert direction.reading.endswith("not read: petals")


@pytest.mark.parametrize("text", ["", "   ", "...", "zzz qqq", "นก ปลา", "\x00"])
def test_what_is_not_understood_is_said_plainly(text: str) -> None:
    direction = read(text)
    assert not direction.understood
    assert direction.confidence == 0
    assert "no scene was recognised" in direction.reading


def test_no_known_set_takes_the_nearest_preset_and_keeps_the_light() -> None:
    direction = read("walls of some rooms, soft light from the right")
    assert direction.design.light.azimuth_deg > 0
    fallback = direct("studious seasonal vegetation, hard light from the right", REGISTRY, None)
    assert fallback.nearest_preset_id in REGISTRY
    assert fallback.design.light.azimuth_deg > 0
    assert fallback.design.light.softness < 0.3
    assert fallback.confidence < 0.9


def test_negation_takes_things_away() -> None:
    plain = read("podium with spheres").design
    bare = read("podium without props").design
    assert isinstance(plain, Podium)
    assert isinstance(bare, Podium)
    assert (plain.shapes, bare.shapes, bare.props) == (True, False, "none")
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
