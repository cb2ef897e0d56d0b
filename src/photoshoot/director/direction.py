"""Reads a scene in plain words as a set design.

The words are data (``presets/director.json``): each known phrase speaks for sets, fixes parameters and light, or names
a colour. The set with the most votes is built; a prompt that names no set becomes the preset that means the most
alike, in its colours and its light. Where nothing is near, the prompt was not understood, and ``Direction`` says so.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from photoshoot.director.designing import (
    SetRules,
    build_design,
    give_to_things,
    stay_off_ground,
    to_parameters,
)
from photoshoot.director.mentions import Mention, Reading, read_mentions
from photoshoot.director.merging import merge_light
from photoshoot.director.nearest import find_nearest
from photoshoot.director.paints import Paint, Rank, find_paints, find_tones
from photoshoot.director.product_words import (
    ADJECTIVES_LAST,
    POSTPOSITIONS,
    find_joints,
    leave_compounds,
    leave_kinds,
    leave_owned,
    leave_product,
    leave_purpose,
    leave_things,
)
from photoshoot.director.report import Direction, Read, describe
from photoshoot.director.showing import NOUN, Showing
from photoshoot.director.things_beside import of_lamps_of_clay
from photoshoot.director.vocabulary import Term, load_vocabulary
from photoshoot.director.wording import Wording, word_prompt
from photoshoot.meaning import SentenceEmbedder, find_embedder
from photoshoot.presets import PresetRegistry
from photoshoot.sets import SETS, SetDesign, set_name

_COLORS_VOTE = {"cyclorama": 0.3}  # a colour and nothing else is a coloured backdrop
_HEARD = 0.5  # share of a translated prompt's words: under it, meaning says more than they
_ASIDE, _BY = frozenset({"with", "near", "beside", "behind", "over", "next", "overlooking"}), 0.6
"""What leads to a thing or a place that is by another one, and how much such a one speaks for its sets."""
_BACKS = ("background", "distance", "back")
_COMMON = 1.5  # the least vote of a head's for a set that both it and what is by it speak for: sand, and the sea
_ANYWHERE = "tabletop"  # a table, which many places have
_LEAST_VOTE = 0.3  # under it, no set was named
_ADJECTIVES = 3.4  # the most that votes of what is no noun add up to
_LANDS, _LAND = ("ground", "water", None), 3.9  # roles and vote of deserts, lakes, gyms: they are seen before a table
_OF_LAMPS = "neon_room"  # the set that is made of lamps
_OF_SHADOWS = "window_room"  # the set that is made of a shadow on a wall
_PLACE, _LESS = 3.2, 0.1  # the least vote of other places than tables; how much less a table has than a land


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
    reading = leave_compounds(leave_things(read_mentions(wording.text, vocabulary)), wording.origins)
    language = "English" if wording.translation is None else wording.translation.language
    if language not in POSTPOSITIONS:
        last = language in ADJECTIVES_LAST
        reading = leave_kinds(reading, after_nouns=last) if last or language == "English" else reading
        reading = leave_owned(leave_product(leave_purpose(reading), vocabulary, after_nouns=last))
    paints = find_paints(reading, vocabulary)
    tones = find_tones(reading, vocabulary)
    read = Read(text=text, wording=wording, reading=reading, paints=paints, tones=tones)
    embedder = find_embedder() if embedder == "installed" else embedder
    name = _choose_set(reading, paints)
    if name is None or (embedder is not None and _is_half_heard(wording)):
        nearest = _take_nearest(read, registry, embedder)
        if nearest is not None or name is None:
            return nearest or _take_plain(read)
    design, used = _build_named(read, name)
    unmet = {mention.start for mention in reading.mentions if mention not in used and not mention.negated}
    other = _choose_set(_without_votes(reading, unmet), paints)
    if other is not None and other != name:  # what a set does not show has not named it: a glass, before a park
        name, (design, used) = other, _build_named(read, other)
    share = _share_read(reading, used)
    return describe(read, design, name.replace("_", " "), used, share)


def _is_half_heard(wording: Wording) -> bool:
    """Whether so few of a prompt's words are known that they may be of another language of the same letters."""
    translation = wording.translation
    return translation is not None and translation.share < _HEARD and not translation.by_script


def _choose_set(reading: Reading, paints: Sequence[Paint]) -> str | None:
    mentions = _weighed(reading)
    votes: Counter[str] = Counter(_COLORS_VOTE if any(paint.rank is Rank.NAMED for paint in paints) else {})
    spoken = {id(mention.term): mention.term for mention in mentions if not mention.negated}.values()
    for term in spoken:  # each once, however often its words are repeated
        votes.update(term.votes)
    fair = {**votes, **dict(_bounded(votes, spoken))}
    fair |= _lamps_yield(fair, spoken)
    best = max(SETS, key=lambda name: fair.get(name, 0.0))
    return best if fair.get(best, 0.0) >= _LEAST_VOTE else None


def _build_named(read: Read, name: str) -> tuple[SetDesign, list[Mention]]:
    paints = _of_what_is_known(read.paints, name)
    return _build(dataclasses.replace(read, paints=paints), name, SetRules.of(SETS[name]))


def _without_votes(reading: Reading, starts: Collection[int]) -> Reading:
    """A prompt in which some phrases speak for no set."""
    silent = (
        dataclasses.replace(m, term=dataclasses.replace(m.term, votes={})) if m.start in starts else m
        for m in reading.mentions
    )
    return dataclasses.replace(reading, mentions=tuple(silent))


def _weighed(reading: Reading) -> list[Mention]:
    """A prompt's phrases; those that only say what stands by its head speak less: "a bridge over a river"."""
    reading = _with_first_face(reading)
    aside = _find_behind(reading)
    if _ASIDE.isdisjoint(reading.stems) and not aside:
        return list(reading.mentions)
    for before, (start, joint) in pairwise([(-1, ""), *find_joints(reading).items()]):
        if joint in _ASIDE or (joint == "and" and before[0] in aside):
            aside.add(start)
    heads = [mention.term for mention in reading.mentions if mention.start not in aside and _is_head(mention)]
    kept = {name for term in heads for name, vote in term.votes.items() if vote >= _COMMON}
    if not heads:
        return list(reading.mentions)
    return [_lessened(mention, kept) if mention.start in aside else mention for mention in reading.mentions]


def _find_behind(reading: Reading) -> set[int]:
    """Where what is behind stands, said after it: "…, a curtain of silk behind, …", "mountains in the background"."""
    aside: set[int] = set()
    since: list[int] = []
    starts = {mention.start for mention in reading.mentions}
    for index, stem in enumerate(reading.stems):
        ends = index + 1 == len(reading.stems) or not reading.stems[index + 1][0].isalnum()
        if ends and (stem == "behind" or (stem in _BACKS and "in" in reading.stems[index - 2 : index])):
            aside.update(since)
        if not stem[0].isalnum():
            since = []
        elif index in starts:
            since.append(index)
    return aside


def _with_first_face(reading: Reading) -> Reading:
    """A prompt where the second of two materials speaks less than the first: on "marble and silk" is on marble."""
    if "and" not in reading.stems:
        return reading
    faces = [mention for mention in reading.mentions if _is_face(mention.term) and not mention.negated]
    told = {
        i for m in reading.mentions if m.term.color is not None and m.term.role is None for i in range(m.start, m.end)
    }
    second = {
        after.start
        for before, after in pairwise(faces)
        if {stem for i, stem in enumerate(reading.stems[before.end : after.start], before.end) if i not in told}
        == {"and"}
    }
    mentions = (_lessened(mention, ()) if mention.start in second else mention for mention in reading.mentions)
    return dataclasses.replace(reading, mentions=tuple(mentions))


def _is_head(mention: Mention) -> bool:
    """Whether it names a set by itself; a table does not, which stands in many places."""
    votes = mention.term.votes
    most = max(votes.values(), default=0.0)
    named = most >= NOUN and votes.get(_ANYWHERE, 0.0) < most
    return named and mention.term.role != "props" and not mention.negated


def _lessened(mention: Mention, kept: Collection[str]) -> Mention:
    votes = {name: vote if name in kept else _BY * vote for name, vote in mention.term.votes.items()}
    return dataclasses.replace(mention, term=dataclasses.replace(mention.term, votes=votes))


def _bounded(votes: Mapping[str, float], spoken: Collection[Term]) -> Iterator[tuple[str, float]]:
    """Sets that only adjectives speak for, and tables of any place, give way to a set that a noun names."""
    lands = [vote for term in spoken if _is_land(term) for vote in term.votes.values() if vote >= _LAND]
    faces = [max(term.votes.values()) for term in spoken if _is_face(term)]
    for name, vote in votes.items():
        if vote <= _ADJECTIVES and not lands and not faces:
            continue
        most = max([term.votes.get(name, 0.0) for term in spoken], default=0.0)
        if most < NOUN:
            yield name, min(vote, max(min([_ADJECTIVES, *(face - _LESS for face in faces)]), most))
        elif lands and most < _PLACE:
            yield name, min(vote, max(lands) - _LESS)


def _lamps_yield(votes: Mapping[str, float], spoken: Collection[Term]) -> dict[str, float]:
    """The votes of rooms that lamps or shadows alone make, where a place is named: a street with neon is a street."""
    places = [term for term in spoken if _is_place(term)]
    if not places:
        return {}
    open_air = any(_is_real(term) or term.role in _LANDS[:2] for term in places)
    yielding = (_OF_LAMPS, _OF_SHADOWS) if open_air else (_OF_LAMPS,)
    rival = max((vote for name, vote in votes.items() if name not in yielding), default=0.0)
    return {name: min(votes.get(name, 0.0), rival - _LESS) for name in yielding}


def _is_place(term: Term) -> bool:
    """Whether it names where things are, other than a room of lamps, a table or a backdrop."""
    if term.votes.get(_OF_LAMPS, 0.0) >= NOUN or term.color is not None or term.season:
        return False
    return max(term.votes.values(), default=0.0) >= NOUN and (_is_real(term) or _is_land(term))


def _is_real(term: Term) -> bool:
    """Whether it is where a picture of a real place is shown, and no time of day there."""
    return any("place" in params for params in term.params.values()) and "elevation_deg" not in term.light


def _is_face(term: Term) -> bool:
    """Whether it is what a product stands on, as itself: weather and light take no slate away."""
    named = term.kind == "material" and term.role == "surface" and term.stand_in is None
    return named and max(term.votes.values(), default=0.0) >= NOUN


def _is_land(term: Term) -> bool:
    return term.role in _LANDS and max(term.votes.values(), default=0.0) >= _LAND


def _of_what_is_known(paints: Sequence[Paint], name: str) -> list[Paint]:
    """Colours without those of what the studio does not know: copper pots make no copper tiles."""
    others = any(paint.role is not None or (paint.rank is Rank.NAMED and not paint.of_unread) for paint in paints)
    plain = name in _COLORS_VOTE and not others
    return [paint for paint in paints if plain or not paint.of_unread]


def _build(read: Read, name: str, rules: SetRules) -> tuple[SetDesign, list[Mention]]:
    """A set in a prompt's words, and those of them that it shows; colours of what is not shown colour nothing else."""
    mentions = read.reading.mentions
    paints = stay_off_ground(give_to_things(read.paints, mentions, name), mentions, name)
    paints = [paint for paint in paints if not of_lamps_of_clay(paint, mentions, name)]
    while True:
        design = build_design(name, mentions, paints, read.tones, rules)
        showing = Showing(design=design, paints=paints, rules=rules, tones=read.tones)
        shown = showing.find_shown(mentions)
        starts = {mention.start for mention in shown}
        gone = [
            paint
            for paint in paints
            if paint.start not in starts
            and (paint.rank is Rank.MATERIAL or not showing.has_room_for(paint, mentions, shown))
            and paint.rank is not Rank.TONE
        ]
        if not gone:
            return design, shown
        bare = {paint.noun for paint in gone} - starts  # a material that is not there has no colour of its own, either
        paints = [paint for paint in paints if paint not in gone and paint.start not in bare]


def _take_nearest(read: Read, registry: PresetRegistry, embedder: SentenceEmbedder | None) -> Direction | None:
    """The preset that is nearest to a prompt, in its colours and light; None where none is near."""
    preset, likeness, how = find_nearest(read, registry, embedder)
    if preset is None:
        return None
    name, rules = set_name(preset.design), SetRules.of(type(preset.design))
    rules = dataclasses.replace(rules, base=to_parameters(preset.design))
    read = dataclasses.replace(read, paints=_of_what_is_known(read.paints, name))
    design, used = _build(read, name, rules)
    share = (_share_read(read.reading, used) + min(likeness, 1.0)) / 2
    direction = describe(read, design, f"preset {preset.id} (nearest by {how})", used, share)
    return dataclasses.replace(direction, nearest_preset_id=preset.id)


def _take_plain(read: Read) -> Direction:
    """A plain backdrop in the light that the prompt speaks of; where it speaks of none, nothing was understood."""
    plain, mentions = load_vocabulary().fallback, read.reading.mentions
    lights = [mention for mention in mentions if mention.term.light or mention.term.negated_light]
    design = dataclasses.replace(plain, light=dataclasses.replace(plain.light, **merge_light(mentions)))
    share = _share_read(read.reading, lights) / 2
    spared = [mention for mention in mentions if mention.negated and mention.term.role == "props"]
    heard = [mention for mention in mentions if mention in lights or mention in spared]
    direction = describe(read, design, "plain backdrop (no scene was recognised)", heard, share)
    return dataclasses.replace(direction, understood=bool(lights))


def _share_read(reading: Reading, used: Sequence[Mention]) -> float:
    read = sum(mention.end - mention.start for mention in used)
    total = len(reading.unread) + sum(mention.end - mention.start for mention in reading.mentions)
    return read / total if total else 0.0
