"""Turns a prompt's phrases and colours into the parameters of one set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from photoshoot.director.mentions import Mention, Paint, Rank, is_toning
from photoshoot.director.vocabulary import SetRules, Values
from photoshoot.sets import SetDesign, parse_set
from photoshoot.styling import contrast_color, light_color, shift_color

MAX_COLORS: Final = 4
"""Most colours of a set's list of colours."""


def build_design(name: str, mentions: Sequence[Mention], paints: Sequence[Paint], rules: SetRules) -> SetDesign:
    """Design the set ``name`` from a prompt's phrases and colours."""
    fixed: dict[str, Any] = _merge(_params(mention, name) for mention in mentions)
    fills = _fill(paints, rules)
    colors = {param: values for param, values in fills.items() if param != "light.color"}
    data = {**rules.base, **fixed}
    data.update({p: v if isinstance(data.get(p), list) or p == "colors" else v[0] for p, v in colors.items()})
    data.update(_followers(rules, data, named=set(colors), settled={*fixed, *colors}))
    light = {**rules.base.get("light", {}), **merge_light(mentions)}
    if "light.color" in fills:
        light["color"] = light_color(fills["light.color"][0])
    return parse_set({**data, "name": name, "light": light})


def _merge(parts: Iterable[Values]) -> dict[str, Any]:
    """Merge what phrases fix: a phrase that fixes much is a setting, one that fixes little is a detail and wins."""
    merged: dict[str, Any] = {}
    for part in sorted(parts, key=len, reverse=True):
        merged.update(part)
    return merged


def _params(mention: Mention, name: str) -> Values:
    params = mention.term.negated_params if mention.negated else mention.term.params
    return params.get(name, {})


def merge_light(mentions: Sequence[Mention]) -> dict[str, Any]:
    """The light parameters that phrases fix; a setting's usual light gives way to words for light."""
    spoken = [mention for mention in mentions if not is_toning(mention, mentions)]
    spoken.sort(key=lambda mention: not mention.term.params)
    parts = [mention.term.negated_light if mention.negated else mention.term.light for mention in spoken]
    settings = sum(bool(mention.term.params) for mention in spoken)
    merged = {**_merge(parts[:settings]), **_merge(parts[settings:])}
    if rims := [part["rim"] for part in parts if "rim" in part]:
        merged["rim"] = max(rims)  # "dramatic" does not weaken a rim light that was asked for
    return merged


def _fill(paints: Sequence[Paint], rules: SetRules) -> dict[str, list[str]]:
    """Give each colour a parameter: named parts first, then materials' own colours, then colours without a part."""
    fills: dict[str, list[str]] = {}
    ranks: dict[str, Rank] = {}
    for paint in sorted(paints, key=lambda paint: _order(paint, rules)):
        param = _find_param(paint, rules, ranks)
        if param is not None:
            kept = fills.get(param, []) if ranks.get(param) is paint.rank else []
            fills[param] = [*kept, paint.color][:MAX_COLORS]
            ranks[param] = paint.rank
    return fills


def _order(paint: Paint, rules: SetRules) -> int:
    if paint.role not in rules.roles:
        return 3
    return {Rank.NAMED: 0, Rank.TONE: 1, Rank.MATERIAL: 2}[paint.rank]


def _find_param(paint: Paint, rules: SetRules, ranks: Mapping[str, Rank]) -> str | None:
    has_role = paint.role in rules.roles
    if not has_role and paint.rank is not Rank.NAMED:
        return None
    params = rules.roles[paint.role if has_role and paint.role is not None else "any"]
    free = [param for param in params if param not in ranks]
    if paint.rank is not Rank.NAMED:
        return params[0] if params[0] in free else None
    lists = [param for param in params if param == "colors" and ranks.get(param, Rank.NAMED) is Rank.NAMED]
    weaker = [param for param in params if ranks.get(param, Rank.NAMED) < Rank.NAMED]
    return next(iter((*lists, *free, *weaker)), None)


def _followers(rules: SetRules, data: Values, *, named: set[str], settled: set[str]) -> dict[str, Any]:
    """Colours that no word named, in tone with one that a word did."""
    derived: dict[str, Any] = {}
    for param, source, step, chroma in rules.follows:
        if source not in {*named, *derived} or param in settled or param in derived:
            continue
        value = derived[source] if source in derived else data[source]
        color: str = value[0] if isinstance(value, list) else value
        derived[param] = contrast_color(color, chroma) if step is None else shift_color(color, step, chroma)
    return derived
