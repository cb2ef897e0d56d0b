"""Turns a prompt's phrases and colours into the parameters of one set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from photoshoot.color.styling import Tone, companion_color, contrast_color, is_dark, tone_color
from photoshoot.director.design.counting import numbers_of
from photoshoot.director.design.face_materials import METALS, find_unmade, is_made, metal_stand, off_lamps, plain_face
from photoshoot.director.design.fading import FADES_INTO, fade_one, unfaded_params, with_haze
from photoshoot.director.design.gels import KEY, glow_of, lit_in_colors
from photoshoot.director.design.lit_signs import tint_signs
from photoshoot.director.design.merging import (
    after_dark,
    before_rooms,
    before_walls,
    find_displaced,
    is_of_light,
    merge,
    merge_light,
    on_its_ground,
)
from photoshoot.director.design.natural_colors import ROCKS, as_in_nature, looks_of, under_water
from photoshoot.director.design.night_skies import MOONLIGHT, NIGHT_SKY, dark_colors, leave_day
from photoshoot.director.design.patterning import SECOND, settle_pattern, unseen_params, with_paler_face, woven_with
from photoshoot.director.design.set_rules import LYING, SetRules, find_lamps, find_part
from photoshoot.director.design.things_beside import (
    GROWN,
    MAX_COLORS,
    best_props,
    further_things,
    hang_first,
    lay_under,
    lying_instead,
    params_of,
    part_of_things,
    undyed,
)
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention, is_toning
from photoshoot.director.placing.plain_backdrops import lies_on_paper
from photoshoot.director.placing.platforms import OF_PARTS, STONES, WATER, has_stand, leave_unstood
from photoshoot.director.placing.supports import hangs_unseen
from photoshoot.director.words.vocabulary import Values
from photoshoot.sets import SETS, SetDesign, parse_set
from photoshoot.sets import parameters_of as parameters_of_set

_LANDS = ("ground", "water")  # whose materials make no furniture
_STONE = {"support": "stone_color"}  # what the product stands on in water → its colour
_FACE = "surface_color"  # what a table is painted in; nothing else is called so that follows another colour
_LAMP, _SKY = "light", "sky_colors"  # the role of light, and the colours of a sky, which it leaves as they are
_BRIGHT = 0.5  # lightness toward which a tone must go to change lamps: no dark picture puts them out


def build_design(
    name: str, mentions: Sequence[Mention], paints: Sequence[Paint], tones: Sequence[Tone], rules: SetRules
) -> SetDesign:
    """Design the set ``name`` from a prompt's phrases, its colours and the tones of the whole picture."""
    gone = find_displaced(mentions, name)
    paints = [paint for paint in paints if paint.rank is not Rank.MATERIAL or paint.start not in gone]
    heard = [m for m in mentions if m.start not in gone and (m.term.tone is None or not is_toning(m, mentions))]
    votes = sorted(heard, key=lambda m: (not (m.term.votes or m.negated), m.term.votes.get(name, 0.0), m.term.placing))
    fixed = merge([params_of(mention, name) for mention in votes])
    fixed |= hang_first(mentions, name) if "air" in fixed else {}
    fixed = undyed(fixed | best_props(mentions, name), heard, name)
    fixed = before_walls(fixed, heard, name)
    fixed = before_rooms(fixed, heard, name) if "backdrop" in fixed else fixed
    fixed = on_its_ground(fixed, heard, name)
    fixed |= woven_with(fixed, name)
    unseen = _unseen({**rules.base, **fixed}, name)
    rules = rules.where_there(
        lambda param: param not in unseen and (param not in OF_PARTS or has_stand(param, fixed, name))
    )
    unmade = find_unmade(mentions, paints, name)
    alone = bool(unmade) and "material" not in fixed
    if "material" in fixed:
        paints = [paint for paint in paints if paint.start not in unmade]  # what a table is of has its colour
    signs = tint_signs(mentions, paints, fixed)
    paints = [paint for paint in paints if paint.start not in signs]
    instead = {mention.start for mention in heard if mention.term.stand_in is not None}
    fills, ranks = _fill(sorted(with_haze(paints, heard, name), key=lambda paint: paint.noun in instead), rules)
    lamps = find_lamps(name)
    lit = {p: [c for c in values if p not in lamps or not is_dark(c)] for p, values in fills.items()}
    colors = {param: values for param, values in lit.items() if not param.startswith("light.") and values}
    data = {**rules.base, **fixed, **(glow_of(fills, fixed, mentions, name) if KEY in fills else {})}
    data |= after_dark(mentions, data, name)
    data.update({param: values if param.endswith("colors") else values[0] for param, values in colors.items()})
    data.update(plain_face(name, data, ranks, made=is_made(heard, name), colored=alone))
    data.update(metal_stand(data, ranks, name))
    data.update(fade_one(mentions, data, name))
    named = {param for param, rank in ranks.items() if rank is Rank.NAMED}
    data.update(settle_pattern(data, named, heard, name))
    data.update(further_things(mentions, paints, data, name))
    data.update(lay_under(mentions, paints, data, name) if "air" in data else {})
    data.update(numbers_of(mentions, data, name))
    data.update(as_in_nature(data, named))
    data = leave_day(data) if NIGHT_SKY in data else data
    if by_night := NIGHT_SKY in data:
        data.update(dark_colors(SETS[name].color_uses(), colors))
    data.update(under_water(mentions, data, named) if name == WATER else {})
    settled = {*fixed, *colors, *(() if lies_on_paper(heard, data) else (_FACE,))}
    data.update(_followers(rules, with_paler_face(data, name), named=set(colors), settled=settled))
    light = {**rules.base.get("light", {}), **merge_light(mentions, MOONLIGHT if by_night else {})}
    if KEY in fills:
        light = lit_in_colors(fills, paints, mentions, light, takes_two_keys=SETS[name].takes_two_keys)
    spoken = {param for param, rank in ranks.items() if rank is not Rank.MATERIAL}
    unseen = _unseen(data, name)
    data = {param: value for param, value in leave_unstood(data, name).items() if param not in unseen}
    return _tone_design(parse_set(data | {"name": name, "light": light}), tones, spoken)


def _unseen(data: Values, name: str) -> frozenset[str]:
    """The parameters of what a set with these has not."""
    return unseen_params(data, name) | unfaded_params(data, name)


def give_to_things(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[Paint]:
    """Colours of what a set only has beside the product go there: red rocks at a road make no red asphalt."""
    placed = [_to_face(paint, mentions, name) for paint in paints]
    return [
        dataclasses.replace(paint, role="props") if _is_of_thing(paint, mentions, name) else paint for paint in placed
    ]


def _to_face(paint: Paint, mentions: Sequence[Mention], name: str) -> Paint:
    """A colour of what is a part of this set, as that part's: a pool's white tiles are its deck, and no sky.

    What has no colour that one can choose gives it to nothing else: of a white rug no floor is white, and of blue
    moonlight no sky is blue.
    """
    noun = next((other.term for other in mentions if other.start == paint.noun), None)
    uses, params = SETS[name].color_uses(), {} if noun is None else noun.params_in(name)
    faces = [face for part in params for face in (part, f"{part}_color", _STONE.get(part, part)) if face in uses]
    if noun is not None and noun.role == paint.role == _LAMP and faces[:1] == [_SKY]:
        return paint
    if not faces and paint.role == "floor" and (own := [part for part, value in params.items() if value is True]):
        return dataclasses.replace(paint, role=own[0])
    if "prop_colors" in uses and not uses["prop_colors"].parts and noun is not None:
        kind = params.get("props") if noun.role == "props" else None
        grows = kind in GROWN and any("props" in use.parts for use in uses.values())  # in flower beds of its own
        return paint if kind is None or grows else dataclasses.replace(paint, role=LYING)
    if not faces or not uses[faces[0]].parts or (paint.role in uses[faces[0]].parts and paint.role != "props"):
        return paint
    return dataclasses.replace(paint, role=uses[faces[0]].parts[0])


def _is_of_thing(paint: Paint, mentions: Sequence[Mention], name: str) -> bool:
    after = [other for other in mentions if other.start > paint.start and other.term.color is None]
    if paint.rank is not Rank.NAMED or not after or after[0].term.role != paint.role:
        return False
    return part_of_things(name) in after[0].term.params_in(name) and name not in after[0].term.votes


def stay_off_ground(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[Paint]:
    """Colours without those of materials that a set has not: no desert and no rock is of wood, and no lamp of brick."""
    known = {other.start for other in mentions if name in other.term.votes or other.term.params_in(name)}
    lying = {other.start for other in mentions if lying_instead(other, name) is not None}
    lying |= {other.start for other in mentions if hangs_unseen(other, mentions) and other.start not in known}
    starts = {mention.start for mention in mentions}
    heads = [m for m in mentions if m.term.stand_in and m.term.params and m.end not in starts]
    seats = {m.start for m in heads if hangs_unseen(m, mentions)}  # of a counter before red stools no red is
    paints = [p for p in off_lamps(paints, name) if p.start not in lying or p.rank is not Rank.MATERIAL]
    paints = [paint for paint in paints if paint.noun not in seats]
    if all(paint.start in known for paint in paints if paint.rank is Rank.MATERIAL):
        return list(paints)
    uses, roles = SETS[name].color_uses(), SetRules.of(name).roles
    bare = "material" not in parameters_of_set(SETS[name])  # no table stands there
    paved = {p for p, use in uses.items() if {"ground", "floor"} & {*use.parts} and "backdrop" not in use.parts}
    grounds = paved if bare else set()
    lamps = {p for p, use in uses.items() if use.shines or (p.endswith("colors") and p not in (SECOND, FADES_INTO))}
    stones = {other.start for other in mentions if other.term.params_in("tabletop").get("material") in STONES}
    return [
        paint
        for paint in paints
        if paint.rank is not Rank.MATERIAL
        or paint.start in known
        or (
            paint.role not in _LANDS
            and lamps.union(
                () if paint.role == "floor" else grounds, () if paint.start in stones else ROCKS
            ).isdisjoint(roles.get(paint.role or "any", ()))
        )
    ]


def is_seen(color: str, design: SetDesign) -> bool:
    """Whether a colour that was named is one of a design, or of its light."""
    return not set(looks_of(color)).isdisjoint(colors_of(design)) or is_of_light(color, design.light)


def to_parameters(design: SetDesign) -> dict[str, Any]:
    """A design's parameters and its light, as in a preset file."""
    data = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(design).items()}
    return {**data, "light": dataclasses.asdict(design.light)}


def colors_of(design: SetDesign) -> Iterator[str]:
    """Every colour of a design."""
    for value in (getattr(design, name) for name in design.color_uses()):
        yield from (value if isinstance(value, tuple) else (value,))


def _tone_design(design: SetDesign, tones: Sequence[Tone], spoken: set[str]) -> SetDesign:
    """Tone every colour that the prompt did not speak of."""
    if not tones:
        return design
    changes: dict[str, Any] = {}
    for param, use in design.color_uses().items():
        value = getattr(design, param)
        for tone in tones if param not in spoken else ():
            if tone.toward >= _BRIGHT or not use.shines:
                value = (
                    tuple(tone_color(c, tone) for c in value) if isinstance(value, tuple) else tone_color(value, tone)
                )
        changes[param] = value
    return dataclasses.replace(design, **changes)


def _fill(paints: Sequence[Paint], rules: SetRules) -> tuple[dict[str, list[str]], dict[str, Rank]]:
    """Give each colour a parameter: named parts first, then materials' own colours, then colours without a part.

    Metals come last: in "brass and emerald velvet" the velvet is emerald.
    """
    fills: dict[str, list[str]] = {}
    ranks: dict[str, Rank] = {}
    for paint in sorted(paints, key=lambda paint: (_order(paint, rules), _is_trim(paint, paints))):
        param = _find_param(paint, rules, ranks)
        if param is not None:
            kept = fills.get(param, []) if ranks.get(param) is paint.rank else []
            fills[param] = [*kept, paint.color][:MAX_COLORS]
            ranks[param] = paint.rank
    return fills, ranks


def _is_trim(paint: Paint, paints: Sequence[Paint]) -> bool:
    """Whether it is a metal beside another colour of the same noun."""
    return paint.color in METALS and any(
        other.noun == paint.noun and other.color not in METALS and other.rank is Rank.NAMED for other in paints
    )


def _order(paint: Paint, rules: SetRules) -> int:
    if find_part(paint.role, rules) is None:
        return 3
    return {Rank.NAMED: 0, Rank.TONE: 1, Rank.MATERIAL: 2}[paint.rank]


def _find_param(paint: Paint, rules: SetRules, ranks: Mapping[str, Rank]) -> str | None:
    role = find_part(paint.role, rules)
    if role is None and (paint.rank is not Rank.NAMED or paint.role is not None):
        return None
    params = rules.roles[role or "any"]
    if paint.rank is not Rank.NAMED:
        return params[0] if params and params[0] not in ranks else None
    free = [
        param for param in params if param not in ranks or (param.endswith("colors") and ranks[param] is Rank.NAMED)
    ]
    weaker = [param for param in params if ranks.get(param, Rank.NAMED) < Rank.NAMED]
    return next(iter((*free, *(weaker if role is not None else ()))), None)


def _followers(rules: SetRules, data: Values, *, named: set[str], settled: set[str]) -> dict[str, Any]:
    """Colours that no word named, in tone with one that a word did."""
    derived: dict[str, Any] = {}
    for param, (source, step, chroma) in rules.follows:
        if source not in {*named, *derived} or param in settled or param in derived:
            continue
        value = derived[source] if source in derived else data[source]
        color: str = value[0] if isinstance(value, list) else value
        derived[param] = contrast_color(color, chroma) if step is None else companion_color(color, step, chroma)
    return derived
