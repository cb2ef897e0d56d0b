"""Every word that prompts know, by kind, as tables: made of the director's own file, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.words.folding import of_wood
from photoshoot.director.words.language_tables import read_columns
from photoshoot.director.words.tinges import TINGES, hint_color
from photoshoot.director.words.vocabulary import read_vocabulary, split_tokens
from photoshoot.files import find_data, load_json
from photoshoot.sets import SETS

_KINDS = {
    "Materials and supports": ("surface",),
    "Walls and backdrops": ("backdrop",),
    "Floors and grounds": ("floor", "ground"),
    "Water and sky": ("water", "sky"),
    "Props": ("props", "accent", "vein"),
}
"""Heading → the parts of a set that its words name; what names none is a place, or light."""
_LIGHT = "Light"
_PLACES = "Places, styles and times"
_SIDES = (
    (-180, "behind"),
    (-110, "behind, left"),
    (-45, "the left"),
    (0, "the front"),
    (45, "the right"),
    (110, "behind, right"),
)


def list_words() -> str:
    """The page's tables, in Markdown."""
    file = find_data("presets") / "director.json"
    read_vocabulary(file)  # or what follows would be said of a file that the director refuses
    data: Any = load_json(file)
    kinds: dict[str, list[str]] = {name: [] for name in (*_KINDS, _LIGHT, _PLACES)}
    tones = []
    for term in data["terms"]:
        if "tone" in term:
            tones.append(f"| {_join(term['phrases'])} | {_say_tone(term['tone'])} |")
        elif term.get("color") and not term.get("role"):
            continue
        else:
            kinds[_find_kind(term)].append(_row(term))
    hints = {word: hint_color(word) for word in TINGES}
    parts = [_colors({**NAMED_COLORS, **data["colors"], **_own_colors(data["terms"]), **hints}), _hues()]
    parts += [_table("Tones", "word", "what it does to the colour after it", tones)]
    parts += [_table(name, "words", "set, and what they fix there", rows) for name, rows in kinds.items() if rows]
    parts += [_own_words(), _negations(data)]
    return "\n\n".join(("", *parts, ""))


def _find_kind(term: Mapping[str, Any]) -> str:
    role = term.get("role")
    named = next((name for name, roles in _KINDS.items() if role in roles), None)
    if named is not None:
        return named
    return _LIGHT if role in ("light", "glow") or (term.get("light") and not term.get("votes")) else _PLACES


def _row(term: Mapping[str, Any]) -> str:
    votes = term.get("votes", {})
    sets = [name.replace("_", " ") for name in sorted(votes, key=votes.get, reverse=True)]
    told = [f"**{sets[0]}**" + "".join(f", {name}" for name in sets[1:])] if sets else []
    told += [_swatch(term["color"])] if term.get("color") else []
    told += [_say_params(term.get("params", {}))] if term.get("params") else []
    told += [_say_light(term["light"])] if term.get("light") else []
    told += [f"*shown as {term['stand_in']}*"] if term.get("stand_in") else []
    return f"| {_join(term['phrases'])} | {' · '.join(told) or 'names the part, for a colour beside it'} |"


def _say_params(params: Mapping[str, Mapping[str, Any]]) -> str:
    """What is fixed, said once however many sets have it."""
    fixed: dict[str, str] = {}
    for name, value in (pair for values in params.values() for pair in values.items()):
        fixed.setdefault(_say_value(value), name)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for value, name in fixed.items())


def _say_value(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_say_value, value))
    if isinstance(value, bool):
        return "on" if value else "off"
    text = str(value)
    return _swatch(text) if text.startswith("#") else text.replace("_", " ")


def _say_light(light: Mapping[str, Any]) -> str:
    words = []
    if "azimuth_deg" in light:
        words.append(f"from {min(_SIDES, key=lambda side: abs(side[0] - light['azimuth_deg']))[1]}")
    if "elevation_deg" in light:
        words.append(f"{light['elevation_deg']:g}° high")
    names = {"softness": "softness", "intensity": "brightness", "fill": "fill", "rim": "rim light"}
    words += [f"{said} {light[name]:g}" for name, said in names.items() if name in light]
    words += [f"colour {_swatch(light['color'])}"] if "color" in light else []
    return "light " + ", ".join(words)


def _say_tone(tone: Mapping[str, float]) -> str:
    toward = f"{tone['amount']:.0%} of the way to {'white' if tone['toward'] > 0.5 else 'black'}"
    chroma = tone.get("chroma", 1.0)
    words = [toward] + (
        [] if chroma == 1 else ["more vivid" if chroma > 1 else "paler" if tone["toward"] > 0.5 else "duller"]
    )
    words += ["warmer" if tone["warmth"] > 0 else "cooler"] if tone.get("warmth") else []
    return ", ".join(words)


def _own_colors(terms: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    bare = (term for term in terms if term.get("color") and not term.get("role") and "tone" not in term)
    return {phrase: term["color"] for term in bare for phrase in term["phrases"]}


def _colors(colors: Mapping[str, str]) -> str:
    shades: dict[str, list[str]] = {}
    for name, color in colors.items():
        shades.setdefault(colors.get(color, color), []).append(name)
    rows = (f"| {_swatch(color)} | {_join(names)} |" for color, names in shades.items())
    return _table("Colours", "colour", "words", rows)


def _hues() -> str:
    """Things that are colours before "coloured", or before what is dyed."""
    rows = (
        f"| {_swatch(f'#{hue}')} | {words.replace('/', ', ')} |" for hue, words in read_columns("hues.psv")[1]["words"]
    )
    return _table("Colours that things are called for: *cinnamon coloured*", "colour", "words", rows)


def _own_words() -> str:
    """Words that the sets themselves bring along."""
    rows = [f"| {_join(kind.words)} | **{name.replace('_', ' ')}** |" for name, kind in SETS.items() if kind.words]
    return _table("What sets call themselves", "words", "set", rows)


def _negations(data: Mapping[str, Any]) -> str:
    return (
        f"## No\n\n{_join(data['negations'])} turn what follows off, up to four words on: *no props*, "
        "*without shadows*.\n\n"
        f"Passed over in silence are {len(data['ignored'])} words that say nothing of a set, such as "
        f"{_join(data['ignored'][4:12])}. All others are told as *not read*."
    )


def _table(title: str, left: str, right: str, rows: Iterable[str]) -> str:
    return "\n".join((f"## {title}\n", f"| {left} | {right} |", "|---|---|", *rows))


def _swatch(color: str) -> str:
    return f'<span class="swatch" style="background:{color}"></span>`{color}`'


def _join(words: Iterable[str]) -> str:
    return ", ".join(words)


def list_phrases() -> set[tuple[str, ...]]:
    """The stems of every phrase that the page shows, wooden ones of wood, too: for the test that none is missing."""
    data: Any = load_json(find_data("presets") / "director.json")
    shown = [*NAMED_COLORS, *data["colors"], *(phrase for term in data["terms"] for phrase in term["phrases"])]
    shown += [*TINGES, *(phrase for kind in SETS.values() for phrase in kind.words)]
    phrases = {tuple(stem for _, stem in split_tokens(phrase)) for phrase in shown}
    return phrases | set(map(of_wood, phrases))
