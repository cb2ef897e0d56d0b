"""Whatever a prompt combines: a thing, a stone or a named colour that is told as shown is in the design."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director import Direction
from photoshoot.director.design.natural_colors import looks_of
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Term, load_vocabulary
from photoshoot.sets import SetDesign, set_name
from tests.director.reading import read
from tests.sweeps import examples, sampled

_PHRASES = {" ".join(phrase): term for phrase, term in load_vocabulary().phrases.items()}
_OF = {
    kind: sorted(name for name, term in _PHRASES.items() if term.kind == kind and not term.season)
    for kind in ("props", "material", "place", "season", "light", "absent")
}
_OF["season"] = sorted(name for name, term in _PHRASES.items() if term.season)
_COLORS = sorted(name for name in NAMED_COLORS if " " not in name)
_NEAR = 0.2  # OKLab: of a colour that was named, and toned


@st.composite
def briefs(draw: st.DrawFn) -> str:
    """Things in colours on a material at a place: what people ask for, in the order that they ask."""
    parts = []
    for kind in draw(st.permutations([*["props"] * 5, "material", "material", "place", "season", "light", "absent"])):
        if draw(st.booleans()):
            color = (
                f"{draw(st.sampled_from(_COLORS))} " if kind in ("props", "material") and draw(st.booleans()) else ""
            )
            parts.append(
                draw(st.sampled_from(["", "with ", "on ", "near "])) + color + draw(st.sampled_from(_OF[kind]))
            )
    return draw(st.sampled_from([", ", " and ", " "])).join(parts)


_WITH = {"autumn": {"autumn_leaves"}, "coffee": {"coffee_beans", "coffee_cups"}, "ramadan": {"lanterns"}}
"""Things that hold others: pumpkins lie among leaves, lanterns stand at an iftar."""

_CLOTHS = {"linen": "linens", "silk": "silks"}  # what a product stands on is of them: no second cloth lies beside it


def _values(design: SetDesign) -> set[str]:
    """Everything that a design says it has, and its own kinds of things."""
    held = (value if isinstance(value, tuple) else (value,) for value in vars(design).values())
    values = {set_name(design), *(value for values in held for value in values if isinstance(value, str))}
    spread = {_CLOTHS[value] for value in values & _CLOTHS.keys()} if set_name(design) == "drapery" else set()
    return values.union(spread, *(_WITH[value] for value in values & _WITH.keys()))


def _shown(direction: Direction) -> list[tuple[str, Term]]:
    """Phrases that are told as shown, whole."""
    told = {name for names in direction.words.values() for name in names}
    found = ((name, load_vocabulary().find(tuple(stem for _, stem in split_tokens(name)))) for name in told)
    return [(name, term) for name, term in found if term is not None]


@settings(max_examples=examples(400), deadline=None)
@given(text=briefs())
@example(text="on red brick")
@example(text="on linen tea towel")
@example(text="on kitchen towel, bamboo wall")
@example(text="on crumpled linen tea towel, africa")
@example(text="on crumpled linen tea towel, alp")
@example(text="camping lantern, iftar")
@example(text="coffee beans, a cup of coffee, coffee, on oak")
def test_what_is_told_as_shown_is_there(text: str) -> None:
    direction = read(text)
    check_things(text, direction)
    check_materials(text, direction)
    check_nothing_is_absent(text, direction)


def check_things(text: str, direction: Direction) -> None:
    name, values = set_name(direction.design), _values(direction.design)
    stands_in = {entry.shown_as for entry in direction.account}
    for phrase, term in _shown(direction):
        if term.role != "props" or term.color is not None or (term.season and term.stand_in is None):
            continue
        if phrase in direction.words.get("colour", ()):  # acorn satin is of acorns' colour
            continue
        here = term.params_in(name)
        if "linens" in here.values() and "woven cloth" in stands_in:  # the product stands on it, as is told
            continue
        wanted = {here[part] for part in ("props", "beside", "air", "plants") if here.get(part, "none") != "none"}
        hung = getattr(direction.design, "air", "none") in {p.get("air", p.get("props")) for p in term.params.values()}
        assert not wanted or values & wanted or hung, (text, phrase, direction.reading)


def check_materials(text: str, direction: Direction) -> None:
    name, values = set_name(direction.design), _values(direction.design)
    alone = {entry.english.lower() for entry in direction.account if entry.shown_as == "its colour alone"}
    in_its_stead = {entry.english.lower(): entry.shown_as for entry in direction.account if entry.shown_as}
    for phrase, term in _shown(direction):
        params = term.params.get(name, {})
        if term.kind != "material" or not params or alone.issuperset(phrase.split()):
            continue
        if phrase in direction.words.get("colour", ()):  # a backdrop of gold foil's colour
            continue
        if term.role == "ground" and params.get("place", "") in values:  # a park's grass, round a table in it
            continue
        instead = in_its_stead.get(phrase.split()[-1])
        if instead in values or (
            "bokeh" in values and instead == "lights out of focus"
        ):  # bricks stood on: tiles, told
            continue
        if phrase.split()[-1] == getattr(direction.design, "stand", ""):  # the rock that the product is on
            continue
        own = (item for item in params.items() if item[0] not in ("place", "heading_deg"))  # where it stands, if alone
        part, value = next(own, ("", None))
        if isinstance(value, str) and not value.startswith("#"):
            assert value in values, (text, phrase, part, direction.reading)


@pytest.mark.parametrize("where", ["on an oak table before a green wall", "in a garden", "in a cabin", "on a podium"])
def test_things_that_lie_for_a_ground_are_told_as_such(where: str) -> None:
    grounds = [phrase for phrase in _OF["material"] if _PHRASES[phrase].role == "ground"]
    assert grounds
    for phrase in sampled(grounds, lambda phrase: id(_PHRASES[phrase])):
        direction = read(f"{phrase} {where}")
        params = _PHRASES[phrase].params_in(set_name(direction.design))
        part, value = next(iter(params.items()), ("", ""))
        plain = [entry for entry in direction.account if entry.fate == "shown" and entry.english in phrase.split()]
        if plain and part in ("props", "beside"):
            assert value not in _values(direction.design), (phrase, direction.reading)


def test_moss_that_is_grass_is_told_as_grass() -> None:
    (entry,) = (entry for entry in read("on moss in the forest").account if entry.written == "moss")
    assert (entry.fate, entry.shown_as) == ("stood in for", "grass")
    (entry,) = (entry for entry in read("moss on rocks").account if entry.written == "moss")
    assert entry.fate == "shown"


@settings(max_examples=examples(300), deadline=None)
@given(color=st.sampled_from(_COLORS), text=briefs())
def test_a_color_that_is_told_as_shown_is_there(color: str, text: str) -> None:
    direction = read(f"{color} background, {text}")
    first = direction.account[0]
    if first.fate != "shown" or first.written.lower() != color:
        return
    design = direction.design
    hexes = [v for v in _values(design) if v.startswith("#")] + [design.light.color]
    wanted = [hex_to_oklab(look) for look in looks_of(NAMED_COLORS[color])]
    away = min(float(np.linalg.norm(hex_to_oklab(value) - one)) for value in hexes for one in wanted)
    assert away < _NEAR, (text, direction.reading)


def check_nothing_is_absent(text: str, direction: Direction) -> None:
    words = {stem for name in _OF["absent"] for stem in name.split()}
    shown = {name for names in direction.words.values() for name in names}
    for name in shown:
        term = load_vocabulary().find(tuple(stem for _, stem in split_tokens(name)))
        assert term is None or term.absent is None, (text, name, words & set(name.split()))
