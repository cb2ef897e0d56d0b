"""Which of the things that a prompt names lie beside the product, and in what colours."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets import SETS, SetDesign, set_name
from photoshoot.sets.named import kinds_of_things
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import MOST_MORE, HeldSet, StrewnSet

MAX_COLORS: Final = 4
"""Most colours of a set's list of colours."""

_NOTHING = "none"
_LYING: Final = frozenset(get_args(Props)) - {_NOTHING}
GROWN: Final = frozenset({"daisies", "flowers", "petals", "tulips"})
"""Kinds of things that are flowers."""
_GROUNDS: Final = ("ground", "floor")
_TWIGS, _PLACED = "props", "outdoor_ground"
"""All that a set has of trees, twigs of pine, where a set that stands in real places has the trees."""
_UNDYED: Final = frozenset({"diyas"})
"""Kinds of things whose colours are those of what lies between them."""
PART_OF: Final = {
    "autumn_leaves": "autumn",
    "coffee_beans": "coffee",
    "coffee_cups": "coffee",
    "lanterns": "ramadan",
}
"""Kinds of things → the kind that has them among others."""
_COLORS: Final = {"props": "prop_colors", "beside": "beside_colors"}


def of_lamps_of_clay(paint: Paint, mentions: Sequence[Mention], name: str) -> bool:
    """Whether a colour is said of things that keep their own: what is dyed among diyas is flowers, and no brass."""
    nouns = (mention for mention in mentions if mention.start == paint.noun)
    return any(params_of(noun, name).get(part_of_things(name)) in _UNDYED for noun in nouns)


def is_grown(term: Term) -> bool:
    """Whether it names flowers."""
    return term.params.get("tabletop", {}).get("props") in GROWN


def part_of_things(name: str) -> str:
    """The parameter that says what lies beside the product in a set."""
    return "beside" if issubclass(SETS[name], StrewnSet) else "props"


def params_of(mention: Mention, name: str) -> Values:
    """The parameters that a phrase fixes in a set, as it was meant."""
    return mention.term.negated_params.get(name, {}) if mention.negated else mention.term.params_in(name)


def asked_things(used: Sequence[Mention], design: SetDesign) -> Iterator[tuple[Mention, str]]:
    """The phrases that ask for things that a design has about its product, each with their kind."""
    if not (there := kinds_of_things(design)):
        return
    name = set_name(design)
    for mention in used:
        if mention.term.params and mention.term.kind != "material" and not mention.negated:
            values = [value for value in mention.term.params_in(name).values() if isinstance(value, str)]
            yield from ((mention, kind) for kind in there if kind in values or kind in map(PART_OF.get, values))


def lying_instead(mention: Mention, name: str) -> str | None:
    """What a set shows for a ground that it has not: leaves for moss, on a table; None where it shows the ground."""
    if mention.term.kind != "material" or mention.term.role not in _GROUNDS:
        return None
    return _things_of(mention, name)


def strewn_instead(mention: Mention, name: str) -> str | None:
    """What lies in a set for open ground that others are of, or for a style: crystals of a glacier, a sailor's shells.

    None where it is that.
    """
    term = mention.term
    if term.stand_in is None and term.kind == "place" and {*term.params.get(name, ())} == {_TWIGS}:
        return f"{term.params[name][_TWIGS]} beside the product" if _PLACED in term.params else None
    if term.stand_in is None or term.kind not in ("place", "season"):
        return None
    if term.kind == "place" and term.role in _GROUNDS:
        return _things_of(mention, name)
    if name in term.params or leading_set(term) == name or (things := _things_of(mention, name)) is None:
        return None
    return f"{things} beside the product"


def _things_of(mention: Mention, name: str) -> str | None:
    part, value = next(iter(params_of(mention, name).items()), ("", _NOTHING))
    return str(value).replace("_", " ") if part == part_of_things(name) and value != _NOTHING else None


def grown_instead(mention: Mention, name: str) -> str | None:
    """The ground that a set shows for another one, that it has not: grass for moss; None where it shows that."""
    votes = mention.term.votes
    if mention.term.kind != "material" or mention.term.role not in _GROUNDS or not votes or name not in votes:
        return None
    shown = next(iter(params_of(mention, name).values()), None)
    itself = params_of(mention, leading_set(mention.term)).values()
    return shown if isinstance(shown, str) and not shown.startswith("#") and shown not in itself else None


def best_props(mentions: Sequence[Mention], name: str) -> dict[str, Any]:
    """Of several named props, those of the feast (eggs before tulips at Easter), or what is shown as itself.

    Lemons beside mint leaves are lemons: what only stands in for a thing makes no room for itself; and cherry blossom
    in spring is that, not spring's usual tulips.
    """
    part = part_of_things(name)
    spoken = [mention for mention in mentions if not mention.negated and part in params_of(mention, name)]
    seasonal = {params_of(mention, name)[part] for mention in spoken if mention.term.season}
    plain = [mention for mention in spoken if not mention.term.season and mention.term.role == "props"]
    named = [params_of(mention, name)[part] for mention in plain]
    wider = [PART_OF[kind] for kind in named if PART_OF.get(kind) in (*seasonal, *named)]
    if wider:
        return {part: wider[0]}
    if seasonal.intersection(named):
        return {part: next(prop for prop in named if prop in seasonal)}
    itself = [params_of(mention, name)[part] for mention in plain if mention.term.stand_in is None]
    if seasonal and not itself and GROWN.intersection(named):
        return {part: next(kind for kind in named if kind in GROWN)}
    return {part: itself[-1]} if itself and (seasonal or len(itself) < len(plain)) else {}


def undyed(fixed: Values, mentions: Sequence[Mention], name: str) -> dict[str, Any]:
    """What phrases fix, without colours of other things than those that lie there: frozen berries are no ice."""
    part = part_of_things(name)
    colors, kind = _COLORS[part], fixed.get(part)
    if kind is None or colors not in fixed:
        return dict(fixed)
    theirs = [params for mention in mentions if (params := params_of(mention, name)).get(part, kind) == kind]
    dyed = any(colors in params for params in theirs)
    return {param: value for param, value in fixed.items() if param != colors or dyed}


def further_things(mentions: Sequence[Mention], paints: Sequence[Paint], data: Values, name: str) -> dict[str, Any]:
    """The kinds of things that were named beside the main one, and whose each colour is; empty where there is but one.

    Args:
        mentions: The prompt's phrases.
        paints: Its colours.
        data: The set's parameters, with the main kind among them.
        name: The set.
    """
    part = part_of_things(name)
    main = data.get(part, _NOTHING)
    if not issubclass(SETS[name], HeldSet) or main == _NOTHING:
        return {}
    flowers = {params_of(m, name).get(part) for m in mentions if m.term.role == "props" and not m.term.season}
    grown = not GROWN.isdisjoint(flowers)  # of cherry blossom in spring no tulip lies there, too
    colors: dict[str, list[str]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.term.season):  # a season's things come last
        kind = params_of(mention, name).get(part, _NOTHING)
        thing = mention.term.role == "props" or mention.term.season
        if not mention.negated and thing and kind != _NOTHING and not (grown and mention.term.season and kind in GROWN):
            colors.setdefault(kind, []).extend(_colors_of(mention, paints, name))
    others = (kind for kind in colors if main not in (kind, PART_OF.get(kind)))
    further = sorted(others, key=lambda kind: not colors[kind])[:MOST_MORE]
    tints = [colors[kind][0] for kind in further if colors[kind]]
    own = colors.get(main, []) if further or len(set(colors.get(main, []))) > 1 else []
    dyed = _COLORS[part] in SETS[name].color_uses() and bool(further or own)
    mains = {_COLORS[part]: list(dict.fromkeys(own))[:MAX_COLORS]} if dyed else {}
    return {"also": further, "also_colors": tints, **mains}


def hang_first(mentions: Sequence[Mention], name: str) -> dict[str, Any]:
    """What hangs where several things are to: what can't lie, then what is named, before a feast's own."""
    named = [m for m in mentions if m.term.role == "props" and not (m.term.season or m.negated)]
    kinds = [kind for mention in named if (kind := params_of(mention, name).get("air", _NOTHING)) != _NOTHING]
    return {"air": next((kind for kind in kinds if kind not in _LYING), kinds[0])} if kinds else {}


def lay_under(mentions: Sequence[Mention], paints: Sequence[Paint], data: Values, name: str) -> dict[str, Any]:
    """What lies under that which hangs; as further kinds where that was given colours: no pine is balloon red.

    What would hang itself, and has no room there, is among it.
    """
    air = data.get("air", _NOTHING)
    if air == _NOTHING:
        return {}
    named = [mention for mention in mentions if mention.term.role == "props" and not mention.negated]
    hung = [mention for mention in named if params_of(mention, name).get("air") == air]
    kinds = {m.start: _lying_kind(params_of(m, name)) for m in named if m not in hung}
    lying = [mention for mention in named if kinds.get(mention.start, _NOTHING) != _NOTHING]
    if not hung or not lying:
        return {}
    dyes = [color for mention in hung for color in _said_of(mention, paints)]
    fallen = any(params_of(mention, name).get("air", _NOTHING) != _NOTHING for mention in lying)
    if not dyes and not fallen:
        return {"props": kinds[lying[0].start]} if data.get("props", _NOTHING) == _NOTHING else {}
    tints: dict[str, str] = {}
    for mention in sorted(lying, key=lambda mention: not _said_of(mention, paints)):
        tints.setdefault(kinds[mention.start], next(iter(_said_of(mention, paints)), ""))
    lain = list(tints)[:MOST_MORE]
    return {
        "props": _NOTHING,
        "prop_colors": list(dict.fromkeys(dyes))[:MAX_COLORS] or _tones_of(mentions, name),
        "also": lain,
        "also_colors": [tints[kind] for kind in lain if tints[kind]],
    }


def _lying_kind(params: Values) -> str:
    """The kind of things that lies there for a phrase, also where it would hang."""
    hangs = params.get("air", _NOTHING)
    return next((k for k in (params.get("props", _NOTHING), hangs) if k in _LYING), _NOTHING)


def _tones_of(mentions: Sequence[Mention], name: str) -> list[str]:
    """The colours of things that a word says of all of them: "colourful"."""
    said = (params_of(m, name).get("prop_colors") for m in mentions if m.term.tone is not None and not m.negated)
    return list(next(filter(None, said), ()))


def _colors_of(mention: Mention, paints: Sequence[Paint], name: str) -> Iterator[str]:
    """The colours that a prompt gives things of one kind; else those that their name has."""
    said = _said_of(mention, paints)
    params = params_of(mention, name)
    named = (mention.term.color,) if mention.term.color is not None and mention.term.role == "props" else ()
    yield from said or params.get("prop_colors", params.get("beside_colors", named))


def _said_of(mention: Mention, paints: Sequence[Paint]) -> list[str]:
    """The colours that a prompt gives a thing."""
    return [paint.color for paint in paints if paint.noun == mention.start and paint.rank is Rank.NAMED]
