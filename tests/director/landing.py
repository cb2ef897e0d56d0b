"""What the prompts of ``prompts.json`` must show and must say, and whether a reading of one does."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director import Direction
from photoshoot.director.design.things_beside import PART_OF
from photoshoot.director.words.folding import fold
from photoshoot.sets import SetDesign, set_name

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "prompts.json").read_text(encoding="utf-8"))
COLOR_TOLERANCE = 0.2  # OKLab distance: a stranger's "navy" or "sand"


def half_of(case: dict[str, Any]) -> str:
    """``"tuned"`` for the prompts that words and thresholds were tuned on, ``"held_out"`` for the others."""
    return ("tuned", "held_out")[hashlib.sha256(case["text"].encode()).digest()[0] % 2]


def find_misses(case: dict[str, Any], direction: Direction) -> list[str]:
    """What of a case its reading does not show; empty where it lands."""
    if case.get("nothing"):
        return ["nothing is to be understood"] if direction.understood else []
    design = direction.design
    if set_name(design) not in case["sets"]:
        return [f"set {set_name(design)}, not {' or '.join(case['sets'])}"]
    shown = _choices(design)
    misses = [f"no {words}" for words in case.get("has", []) if not shown & set(words.split("|"))]
    misses += [
        f"no {name} {part}"
        for part, name in case.get("colors", {}).items()
        if min((_distance(color, name) for color in _colors(design, part)), default=9.0) > COLOR_TOLERANCE
    ]
    for name, (low, high) in case.get("light", {}).items():
        if not low <= getattr(design.light, name) <= high:
            misses.append(f"light {name} {getattr(design.light, name):.2f}")
    return misses


def find_untold(case: dict[str, Any], direction: Direction) -> list[str]:
    """The words that the studio can't show, and that its reading does not name."""
    told = fold(" ".join(direction.unread))
    return [words for words in case.get("told", []) if not all(word in told for word in fold(words).split())]


def _choices(design: SetDesign) -> set[str]:
    values = {value for value in vars(design).values() if isinstance(value, str)}
    flags = {name for name, value in vars(design).items() if value is True}
    holding = {part for part, whole in PART_OF.items() if whole in values}
    return values | flags | holding | {set_name(design)}


def _colors(design: SetDesign, part: str) -> list[str]:
    uses = design.color_uses()
    names = [name for name, use in uses.items() if part in ("any", "more") or part in use.parts]
    values = [getattr(design, name) for name in names]
    return [color for value in values for color in (value if isinstance(value, tuple) else (value,))]


def _distance(color: str, name: str) -> float:
    return float(np.linalg.norm(hex_to_oklab(color) - hex_to_oklab(NAMED_COLORS.get(name, name))))
