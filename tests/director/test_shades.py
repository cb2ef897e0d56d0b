"""A colour that is called after a thing is no such thing: held for every thing that the director knows."""

from __future__ import annotations

from itertools import cycle

import numpy as np
import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director import Direction, direct
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.words.shades import COLORED, hue_of
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from tests.director.phrases import list_phrases

REGISTRY, VOCABULARY = PresetRegistry.load(), load_vocabulary()
THINGS = sorted(name for name in list_phrases("props", "material") if name.isalpha())
_COLORED_IN = {
    "fr": "mur couleur {}",
    "es": "pared color {}",
    "it": "parete color {}",
    "pt": "parede cor de {}",
    "pl": "ściana w kolorze {}",
    "ru": "стена цвета {}",
    "tr": "{} renginde duvar",
    "ja": "{}色の壁",
    "zh": "{}色的墙",
    "ko": "{}색 벽",
    "hi": "{} रंग की दीवार",
    "ar": "جدار بلون {}",
}
_EVERY = 3  # words
_PARTS = ("props", "beside", "air", "also")


def read(text: str) -> Direction:
    return direct(text, REGISTRY, None)


def _lies(direction: Direction) -> set[object]:
    """What lies or hangs in a design."""
    held = (getattr(direction.design, part, "none") for part in _PARTS)
    return {thing for value in held for thing in (value if isinstance(value, tuple) else (value,))} - {"none"}


def _away(direction: Direction, hue: str) -> float:
    colors = [value for value in vars(direction.design).values() if isinstance(value, str) and value.startswith("#")]
    colors += [color for value in vars(direction.design).values() if isinstance(value, tuple) for color in value]
    shown = [hex_to_oklab(color) for color in colors if color.startswith("#")]
    return min(float(np.linalg.norm(one - hex_to_oklab(hue))) for one in shown)


def test_no_thing_lies_where_only_its_color_was_asked_for() -> None:
    for name, colored in zip(THINGS, cycle(sorted(COLORED - {"hued"})), strict=False):
        direction, hue = read(f"{name} {colored} wall"), hue_of((name,), VOCABULARY)
        assert not _lies(direction), (name, direction.reading)
        assert set_name(direction.design) == "cyclorama", (name, direction.reading)
        assert (direction.account[0].fate == "shown") == (hue is not None), (name, direction.reading)
        assert hue is None or _away(direction, hue) < 0.02, (name, direction.reading)


@pytest.mark.parametrize("code", sorted(_COLORED_IN))
def test_in_other_languages_it_is_a_color_too(code: str) -> None:
    lexicon = load_lexicons()[code]
    found = 0
    for word, english in sorted(lexicon.whole.items())[::_EVERY]:
        term = VOCABULARY.find(tuple(english.split()))
        if term is None or term.role != "props" or term.color is not None or term.season:
            continue
        direction = read(_COLORED_IN[code].format(word))
        found += 1
        assert not _lies(direction), (word, english, direction.reading)
    assert found


@pytest.mark.parametrize(
    ("text", "hue"),
    [
        ("cinnamon brown studio backdrop", "cinnamon"),
        ("grass green wall", "grass"),
        ("zitronengelbe Wand", "lemons"),
        ("zimtfarbene Wand", "cinnamon"),
        ("kaneelkleurige muur", "cinnamon"),
        ("mur jaune citron", "lemons"),
        ("a pumpkin velvet", "pumpkin"),
        ("velours couleur de la mer", "sea"),
    ],
)
def test_names_of_colors_and_compounds(text: str, hue: str) -> None:
    direction = read(text)
    wanted = hue_of((hue,), VOCABULARY)
    assert wanted is not None
    assert not _lies(direction), direction.reading
    assert _away(direction, wanted) < 0.02, direction.reading


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("cinnamon on a brown wall", "spices"),
        ("lemons, yellow wall", "citrus"),
        ("a green wall with grass and mushrooms", "mushrooms"),
        ("warm wood tones", "wood"),
        ("coffee table with pumpkins", "autumn"),
    ],
)
def test_things_stay_things(text: str, thing: str) -> None:
    direction = read(text)
    assert thing in {*_lies(direction), getattr(direction.design, "material", "")}, direction.reading


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("crème de jour sur un galet, mousse", "rocks"),
        ("collar de perlas sobre seda color champán", "drapery"),
        ("крем на белом подиуме с цветами сакуры", "podium"),
    ],
)
def test_words_for_color_and_creams_take_no_material_away(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name, direction.reading
    assert "#f6f0e0" not in vars(direction.design).values(), direction.reading


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("خلفية بلون الرمل", "cyclorama"),
        ("sandy coloured background", "cyclorama"),
        ("mavi deniz kenarında beyaz taş üzerinde", "beach"),
        ("흰 모래 해변, 야자수 그림자", "beach"),
        ("a beach, white stone", "beach"),
    ],
)
def test_a_place_is_a_color_only_before_words_for_color(text: str, name: str) -> None:
    assert set_name(read(text).design) == name, read(text).reading
