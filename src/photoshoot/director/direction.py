"""Reads a scene in plain words as a set design.

The words are data (``presets/director.json``): each known phrase speaks for sets, fixes parameters and light, or names
a colour. The set with the most votes is built; a prompt that names no set becomes the preset that means the most
alike, in its colours and its light. Where nothing is near, the prompt was not understood, and ``Direction`` says so.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from photoshoot.director.designing import (
    SetRules,
    build_design,
    colors_of,
    give_to_things,
    has_part,
    has_place,
    merge_light,
    to_parameters,
)
from photoshoot.director.mentions import Mention, Paint, Rank, Reading, find_paints, find_tones, read_mentions
from photoshoot.director.nearest import find_nearest
from photoshoot.director.report import Direction, Read, describe
from photoshoot.director.vocabulary import Term, Values, load_vocabulary
from photoshoot.director.wording import Wording, word_prompt
from photoshoot.meaning import SentenceEmbedder, find_embedder
from photoshoot.presets import PresetRegistry
from photoshoot.sets import SETS, SetDesign, set_name

_COLORS_VOTE = {"cyclorama": 0.3}  # a colour and nothing else is a coloured backdrop
_HEARD = 0.5  # share of a translated prompt's words: under it, meaning says more than they
_LEAST_VOTE = 0.3  # under it, no set was named
_GROWN = {"flower_colors", "produce"}  # parameters of what a set never is without
_NOUN, _ADJECTIVES = 2.5, 3.4  # the vote of a noun that names a set; the most that weaker ones add up to
_LANDS, _LAND = ("ground", "water", None), 3.9  # roles and vote of deserts, lakes, gyms: they are seen before a table
_PLACE, _LESS = 3.2, 0.1  # the least vote of other places than tables; how much less a table has than a land
_BARE = ("beach", "dunes", "water")  # sets without a table
_PLACE_VOTE = 2.0  # of what names a set by itself


def direct(
    text: str, registry: PresetRegistry, embedder: SentenceEmbedder | Literal["installed"] | None = "installed"
) -> Direction:
    """Read a prompt as a design. Any text gives one; ``understood``, ``confidence`` and ``reading`` say how well.

    Args:
        text: A scene in plain words, in English or a language of ``lexicon.LANGUAGES``; in any with an embedder.
        registry: Presets to fall back on.
        embedder: Finds the preset that means the most alike, where no word names a set. None: the preset that shares
            most words is taken. By default the one of the extra ``prompts``, where it is installed.
    """
    vocabulary = load_vocabulary()
    wording = word_prompt(text, vocabulary)
    reading = read_mentions(wording.text, vocabulary)
    paints = find_paints(reading, vocabulary)
    tones = find_tones(reading, vocabulary)
    read = Read(text=text, wording=wording, reading=reading, paints=paints, tones=tones)
    embedder = find_embedder() if embedder == "installed" else embedder
    name = _choose_set(reading.mentions, paints)
    if name is None or (embedder is not None and _is_half_heard(wording)):
        nearest = _take_nearest(read, registry, embedder)
        if nearest is not None or name is None:
            return nearest or _take_plain(read)
    rules = SetRules.of(SETS[name])
    paints = give_to_things(paints, reading.mentions, name)
    design = build_design(name, reading.mentions, paints, tones, rules)
    used = [mention for mention in reading.mentions if _shapes(mention, design, paints, rules)]
    share = _share_read(reading, used)
    return describe(read, design, name.replace("_", " "), used, share)


def _is_half_heard(wording: Wording) -> bool:
    """Whether so few of a prompt's words are known that they may be of another language of the same letters."""
    translation = wording.translation
    return translation is not None and translation.share < _HEARD and not translation.by_script


def _choose_set(mentions: Sequence[Mention], paints: Sequence[Paint]) -> str | None:
    votes: Counter[str] = Counter(_COLORS_VOTE if any(paint.rank is Rank.NAMED for paint in paints) else {})
    # A term counts once, however often its words are repeated.
    spoken = {id(mention.term): mention.term for mention in mentions if not mention.negated}.values()
    for term in spoken:
        votes.update(term.votes)
    fair = {**votes, **dict(_bounded(votes, spoken))}
    best = max(SETS, key=lambda name: fair.get(name, 0.0))
    return best if fair.get(best, 0.0) >= _LEAST_VOTE else None


def _bounded(votes: Mapping[str, float], spoken: Collection[Term]) -> Iterator[tuple[str, float]]:
    """Sets that only adjectives speak for, and tables of any place, give way to a set that a noun names."""
    lands = [vote for term in spoken if term.role in _LANDS for vote in term.votes.values() if vote >= _LAND]
    for name, vote in votes.items():
        if vote <= _ADJECTIVES and not lands:
            continue
        most = max([term.votes.get(name, 0.0) for term in spoken], default=0.0)
        if most < _NOUN:
            yield name, min(vote, max(_ADJECTIVES, most))
        elif lands and most < _PLACE:
            yield name, min(vote, max(lands) - _LESS)


def _shapes(mention: Mention, design: SetDesign, paints: Sequence[Paint], rules: SetRules) -> bool:
    """Whether a phrase has an effect in this design; tones and names of parts always do."""
    term, name = mention.term, set_name(design)
    if mention.negated:
        heard = name in term.negated_params or bool(term.negated_light or term.absent)
        return heard or _is_left_out(term, design)
    params = term.params_in(name)
    if term.role == "props" and _hangs(params, design):
        return True
    if term.role == "props" and any(params.get(part, shown) != shown for part, shown in _things(design)):
        return False  # other props have their place
    if name in term.votes or params:
        return True
    if _names_a_place(term) or (term.is_thing and (term.params or term.color is None)):
        return False  # light alone, or a part's name, shows neither a place nor a thing
    if term.role == "light" and max(term.votes.values(), default=0.0) >= _NOUN:
        return False  # a lamp that is to be seen, such as neon, in a set without such
    if term.tone or term.light:
        return True
    if term.color is not None:
        own = [paint for paint in paints if paint.start == mention.start and has_place(paint, rules)]
        return any(paint.rank is not Rank.MATERIAL or paint.color in colors_of(design) for paint in own)
    named = {paint.role for paint in paints if paint.rank is Rank.NAMED and has_part(paint, rules)}
    elsewhere = name in _BARE and max(term.votes.values(), default=0.0) >= _PLACE_VOTE
    return term.role is not None and ((not term.params and not elsewhere) or term.role in named)


def _is_left_out(term: Term, design: SetDesign) -> bool:
    """Whether a set that may have things beside its product has none of those that a phrase names."""
    named = {value for values in term.params.values() for value in values.values() if isinstance(value, str)}
    beside = dict(_things(design))
    return term.role == "props" and not _GROWN & set(vars(design)) and bool(beside) and not named & {*beside.values()}


def _hangs(params: Values, design: SetDesign) -> bool:
    """Whether what a phrase names is in the air."""
    air = getattr(design, "air", "none")
    return air != "none" and air in (params.get("air"), params.get("props"))


def _names_a_place(term: Term) -> bool:
    """Whether it is where sets are: neither a part of them, nor a time of day, whose light is all that most show."""
    if term.color is not None or (term.role is not None and not term.params):
        return False
    votes = max(term.votes.values(), default=0.0)
    return votes >= _PLACE_VOTE and not {"elevation_deg", "intensity"} & set(term.light)


def _things(design: SetDesign) -> Iterator[tuple[str, str]]:
    """(parameter, value) of what lies beside the product."""
    yield from ((part, getattr(design, part)) for part in ("props", "beside") if hasattr(design, part))


def _take_nearest(read: Read, registry: PresetRegistry, embedder: SentenceEmbedder | None) -> Direction | None:
    """The preset that is nearest to a prompt, in its colours and light; None where none is near."""
    preset, likeness, how = find_nearest(read, registry, embedder)
    if preset is None:
        return None
    name, rules = set_name(preset.design), SetRules.of(type(preset.design))
    read = dataclasses.replace(read, paints=give_to_things(read.paints, read.reading.mentions, name))
    rules = dataclasses.replace(rules, base=to_parameters(preset.design))
    design = build_design(name, read.reading.mentions, read.paints, read.tones, rules)
    used = [mention for mention in read.reading.mentions if _shapes(mention, design, read.paints, rules)]
    share = (_share_read(read.reading, used) + min(likeness, 1.0)) / 2
    direction = describe(read, design, f"preset {preset.id} (nearest by {how})", used, share)
    return dataclasses.replace(direction, nearest_preset_id=preset.id)


def _take_plain(read: Read) -> Direction:
    """A plain backdrop in the light that the prompt speaks of; where it speaks of none, nothing was understood."""
    plain, mentions = load_vocabulary().fallback, read.reading.mentions
    lights = [mention for mention in mentions if mention.term.light or mention.term.negated_light]
    design = dataclasses.replace(plain, light=dataclasses.replace(plain.light, **merge_light(mentions)))
    share = _share_read(read.reading, lights) / 2
    direction = describe(read, design, "plain backdrop (no scene was recognised)", lights, share)
    return dataclasses.replace(direction, understood=bool(lights))


def _share_read(reading: Reading, used: Sequence[Mention]) -> float:
    read = sum(mention.end - mention.start for mention in used)
    total = len(reading.unread) + sum(mention.end - mention.start for mention in reading.mentions)
    return read / total if total else 0.0
