"""Whatever is said of a noun that the director has never heard of is told with it, and changes nothing in the set."""

from __future__ import annotations

from functools import cache
from zlib import crc32

import pytest

from photoshoot.director import Direction
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import SetDesign, set_name
from tests.director.phrases import list_phrases
from tests.director.reading import missed, read
from tests.sweeps import sampled

_SCENES = (
    *("on a marble table", "on an oak table before a grey wall", "on a white podium", "in a kitchen", "in the forest"),
    *("on sand at the beach", "in a bathroom", "on silk", "in a garden", "before a pink backdrop", "on snow"),
    "in a living room",
)
_CLAUSES = (
    *(" with a {of} trombone", ", {of} trombone", " and a {of} trombone", " beside a trombone in {of}"),
    *(" near a trombone of {of} and navy", " with a {of} tall trombone", ", the trombone is {of}"),
    *(" with {of} trombones", ", a trombone behind it in {of}", " with a {of} trombone and a periscope"),
)
_OF_COLORS = (*_CLAUSES, " with a {of} and navy trombone", " with a trombone painted {of}")
_JOINTS = frozenset({"a", "and", "with", "the", "is", "in", "of", "behind", "it", "near", "beside"})
_MANY = 40  # one of so many phrases of a kind is tried, whatever others there are


@cache
def _bare(scene: str) -> SetDesign:
    return read(scene).design


def _words_of(kind: str) -> list[str]:
    """Phrases of one kind, of all letters of the alphabet, but for those that name where something is: "on grass"."""
    vocabulary = load_vocabulary()
    silent = vocabulary.boundaries | vocabulary.ignored
    found = sorted(phrase for phrase in list_phrases(kind) if silent.isdisjoint(phrase.split()))
    return [phrase for phrase in found if phrase.replace(" ", "").isalpha() and crc32(phrase.encode()) % _MANY == 0]


def _cases(scene: str, kind: str) -> set[tuple[str, str, str]]:
    """A scene with words of a kind in clauses: in a sample each word once, and each clause."""
    clauses = _OF_COLORS if kind == "colour" else _CLAUSES[:5]
    cases = [(scene, of, clause) for of in _words_of(kind) for clause in clauses]
    return {*sampled(cases, lambda case: case[1]), *sampled(cases, lambda case: case[2])}


def _is_told(direction: Direction, words: str, scene: str) -> bool:
    """Whether no word of a clause, but for joining ones and those that its scene has too, counts as shown or silent."""
    own = set(words.replace(",", " ").split()) - _JOINTS - set(scene.split())
    return all(entry.fate in ("not shown", "absent") for entry in direction.account if entry.written in own)


@pytest.mark.parametrize("scene", _SCENES)
@pytest.mark.parametrize("kind", ["colour", "material"])
def test_what_is_of_an_unknown_noun_is_told_and_colors_nothing(scene: str, kind: str) -> None:
    for _, of, clause in sorted(_cases(scene, kind)):
        text = f"{scene}{clause.format(of=of)}"
        direction = read(text)
        assert direction.design == _bare(scene), (text, direction.reading)
        assert _is_told(direction, clause.format(of=of), scene), (text, direction.reading)


@pytest.mark.parametrize("scene", _SCENES)
def test_places_and_things_that_name_an_unknown_nouns_kind_are_told(scene: str) -> None:
    for of in (*_words_of("place"), *_words_of("props")):
        term = load_vocabulary().phrases[tuple(of.split())]
        if term.light or term.role in ("light", "glow") or of.endswith("s"):
            continue
        text = f"{scene} with a {of} trombone"
        direction = read(text)
        assert set_name(direction.design) == set_name(_bare(scene)), (text, direction.reading)
        assert direction.design == _bare(scene), (text, direction.reading)
        assert _is_told(direction, f"{of} trombone", scene), (text, direction.reading)


@pytest.mark.parametrize("word", sorted(load_vocabulary().company["qualifying"]))
def test_words_of_size_and_manner_are_told_with_what_they_describe(word: str) -> None:
    direction = read(f"on a marble table, a {word} trombone")
    assert f"{word} trombone" in " ".join(direction.unread)
    assert {entry.fate for entry in direction.account if entry.written == word} == {"not shown"}
    assert word not in " ".join(read(f"on a marble table, a {word} photo").unread)


_JOINING = [
    "about",
    "alongside",
    "amid",
    "amongst",
    "atop",
    "beneath",
    "beyond",
    "during",
    "each",
    "every",
    "many",
    "than",
    "toward",
    "upon",
    "was",
    "with",
]


@pytest.mark.parametrize("word", _JOINING)
def test_words_that_only_join_others_are_not_told(word: str) -> None:
    assert word not in " ".join(read(f"trombones {word} periscopes, marble table").unread).split()


@pytest.mark.parametrize(
    ("text", "params", "told"),
    [
        ("velvet armchair in emerald", {"accent_color": "#0f8a62"}, "velvet"),
        ("a candle on a white rug", {"floor_color": "#b58a5e", "accent_color": "#f8f8f7", "rug": True}, "candle"),
        ("a cream rug in a nursery", {"rug_color": "#f5e9cf"}, ""),
        ("red candles in a garden", {"prop_colors": ("#d2202f",)}, ""),
        ("red candles in the park", {"prop_colors": ("#d2202f",)}, ""),
        ("pink roses in a garden", {"flower_colors": ("#f29fbf",)}, ""),
        ("white flowers in a forest", {"props": "flowers", "prop_colors": ("#f8f8f7",)}, ""),
        ("pink tulips in a park", {"props": "tulips", "prop_colors": ("#f29fbf",)}, ""),
        ("yellow flowers on a meadow", {"prop_colors": ("#f5d32e",), "surface_color": "#6f9a4f"}, ""),
        ("white bathroom with chrome taps", {"accent_color": "#74787e", "counter_color": "#eceae6"}, ""),
        ("five white pillar candles on marble", {"prop_colors": ("#f8f8f7",), "backdrop_color": "#fffffe"}, ""),
        ("on an oak barrel in a stone cellar", {"material": "wood"}, "stone"),
        ("jar on a tree stump in a meadow", {"material": "wood", "place": "park"}, "jar"),
        ("kids sneakers on marble", {"material": "marble"}, "sneakers"),
        ("a cat toy on a marble table", {"material": "marble"}, "cat toy"),
        ("face mist on a bed of moss", {"ground": "moss"}, "face mist"),
        ("marble table, a trombone shaped like a lemon", {"props": "none"}, "lemon"),
        ("travertine with lemons and a splash of water", {"material": "stone", "props": "citrus"}, "splash of water"),
        ("marble table, a lamp with a brass base", {"backdrop_color": "#fffffe"}, "brass"),
        ("shirt on a wooden peg, lime plaster wall", {"colors": ("#a8d62c",)}, "wooden"),
        ("on a stack of terracotta bricks", {"material": "tiles", "surface_color": "#c4694a"}, ""),
        ("a white cube in a blue space", {"backdrop_color": "#1f5fd6"}, ""),
        ("on a wool blanket by a frosty window", {"cloth": "linen"}, "frosty window"),
        ("a pink lipstick on a blue plinth", {"props": "none"}, "pink lipstick"),
        ("beach towel on a wooden deck", {"material": "wood"}, "beach towel"),
        ("a white paisley tablecloth", {"material": "linen"}, "paisley"),
        ("a pale pink hotel lobby", {"place": "lobby"}, "pale pink"),
        ("hoodie in forest green on a hanger, white wall", {"colors": ("#f8f8f7",)}, "forest green"),
        ("marble table, a trombone in matte black", {"finish": "gloss"}, "matte black"),
        ("tea tin with lemons on marble", {"material": "marble"}, "tea tin"),
        ("marble, a bronze statue of a horse", {"material": "marble"}, "horse"),
        ("concrete counter with pendant lights", {"material": "concrete"}, "pendant lights"),
    ],
)
def test_parts_have_the_colors_that_are_said_of_them(text: str, params: dict[str, object], told: str) -> None:
    direction = read(text)
    assert {name: getattr(direction.design, name) for name in params} == params, direction.reading
    assert told in missed(direction), direction.reading
    assert not direction.absent


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('We launch "Calm Nights". Linen sheets', "Calm Nights"),
        ("Brand: Desert Coffee. On white marble", "Desert Coffee"),
        ("white marble, audience: beach people", "beach people"),
        ("a candle called ‘Forest Night’ on white marble", "Forest Night"),
    ],
)
def test_names_ask_for_nothing(text: str, told: str) -> None:
    direction = read(text)
    assert told in " ".join(direction.unread)
    assert set_name(direction.design) in ("bed", "tabletop")
    assert direction.design.light.intensity == 1.0


def test_what_is_quoted_of_a_mood_is_read() -> None:
    assert "quiet luxury" in read("on a plinth, a look that says 'quiet luxury'").reading.split("not read")[0]


@pytest.mark.parametrize("described", ["scene", "setting", "style", "look", "aesthetic", "mood"])
@pytest.mark.parametrize("manner", ["edgy", "magical", "daring"])
def test_the_manner_of_a_scene_is_told(manner: str, described: str) -> None:
    assert manner in " ".join(read(f"on a marble table, {manner} {described}").unread).split()
    assert described not in " ".join(read(f"on a marble table, nice {described}").unread)
