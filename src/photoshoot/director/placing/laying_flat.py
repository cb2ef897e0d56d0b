"""Cloth, and sheets of metal, that the product stands on before a wall: they lie flat on a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import COLOR_ALONE, find_behind, is_hung, is_wall, leading_set
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Values, Vocabulary, load_vocabulary

_CLOTH, _TABLE, _LESS, _FLAT, _FOLDED = "drapery", "tabletop", 0.4, "a cloth laid flat", "folded cloth"
"""The sets of cloth and of tables, how much less the first has where cloth lies flat, and what is told of both."""
_PLACES: Final = frozenset({"location", "garden"})
"""Sets of tables in real places, which may be laid with cloth."""
_LAID: Final = ("table", "desk", "sideboard")
"""What is laid with the cloth that is named by it."""
_HUNG: Final = ("drape", "draped", "drapery")
"""How cloth is called that hangs."""
_FOLDS: Final = frozenset({"fold", "folded", "rumpled", "crumpled", "darkened", *_HUNG})
"""How cloth is called that fills the picture, and what of it has less light."""
_MIRROR, _OF_METAL = "glossy_floor", 2.4
"""The set of what mirrors, and the vote for tables of metal before a wall."""
_METAL: Final = "metal"
"""How a sheet of foil shines on a table."""
_MIRRORS: Final = 1.2
"""The least vote for the set of what mirrors of what is technical."""


def lay_flat(reading: Reading) -> Reading:
    """A prompt whose cloth or metal that the product stands on lies on a table, where a wall and no cloth is behind it.

    A background of a colour or a tone of its own is such a wall. In a real place a table is laid with cloth, too, also
    where nothing is said to be on it: "a lobby with emerald velvet".
    """
    others = [m for m in reading.mentions if not m.negated and not m.supports]
    toned = _FOLDS.isdisjoint(reading.stems)  # which are what is seen, as far as they reach
    painted = {m.end for m in others if m.term.kind == "colour" or (toned and m.term.alone is not None)}
    backdrops = [m for m in others if m.term.role == "backdrop"]
    walls = [m for m in backdrops if is_wall(m.term) or m.term.kind == "material" or m.start in painted]
    there = not walls and any(m.term.role is None and leading_set(m.term) in _PLACES for m in others)
    cloths = [m for m in others if is_cloth(m.term) and m not in backdrops] if walls or there else []
    alone = len(cloths) == 1 and (there or _leads_to_wall(cloths[0], reading)) and _is_not_stood_on(cloths[0], reading)
    if not (walls or there) or (cloths and not alone):
        return reading
    dark = any(m.term.votes.get(_MIRROR, 0.0) >= _MIRRORS for m in others)  # what is technical stands on a dark floor
    laid = _is_draped if dark or there else _is_laid
    standing = [m for m in reading.mentions if (m.supports or (alone and m in cloths)) and laid(m.term)]
    if any(reading.stems[m.end - 1] in _HUNG for m in standing):
        return reading
    made = {m.start for m in reading.mentions if m.supports} if there else set()  # a leather table is no cloth
    standing = [m for m in standing if m.end not in made]
    lay = _on_table_there if there else _on_table
    mentions = (lay(m) if m in standing else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _leads_to_wall(cloth: Mention, reading: Reading) -> bool:
    """Whether a prompt begins with cloth, and a wall follows: "red silk, white wall"; or has each between marks."""
    first = next((m for m in reading.mentions if m.term.kind not in ("colour", "tone")), None)
    listed = _is_item(cloth, reading) and any(
        m.term.role == "backdrop" and _is_item(m, reading) for m in reading.mentions
    )
    return listed or (first is cloth and any(is_wall(m.term) and m.start > cloth.end for m in reading.mentions))


def _is_item(mention: Mention, reading: Reading) -> bool:
    """Whether it is one of several that marks part, and nothing leads to it: "coral wall, white satin"."""
    before = mention.start
    while before > 0 and reading.stems[before - 1][0].isalnum():
        before -= 1
        if reading.stems[before] in load_vocabulary().boundaries:
            return False
    ends = reading.stems[mention.end : mention.end + 1]
    return before > 0 or not ends or not ends[0][0].isalnum()


def _is_not_stood_on(cloth: Mention, reading: Reading) -> bool:
    """Whether nothing is said to be stood on, and cloth is no curtain's."""
    hung = any(m.start == cloth.end and is_hung(m.term) for m in reading.mentions)
    return not hung and not any(m.supports for m in reading.mentions)


def lay_tables(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose tables, of which no material is named, are laid with the cloth that it names: a gingham cloth."""
    if "cloth" not in reading.stems:
        return reading
    tables = [m for m in reading.mentions if m.term.role == "surface" and reading.stems[m.end - 1] in _LAID]
    behind, cloth = find_behind(reading), vocabulary.find(("tablecloth",))
    laid = {
        m.start
        for m in reading.mentions
        if reading.stems[m.end - 1] == "cloth" and leading_set(m.term) == _CLOTH and m.start not in behind
    }
    bare = tables and all(m.term.color is None and not m.negated for m in tables)
    if not laid or not bare or cloth is None or any(is_hung(m.term) for m in reading.mentions):
        return reading
    mentions = (m.meaning(cloth) if m.start in laid and not m.negated else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def is_cloth(term: Term) -> bool:
    """Whether it is what cloth is of: silk, linen."""
    return term.kind == "material" and _is_draped(term)


def _is_draped(term: Term) -> bool:
    """Whether it is cloth, of whatever."""
    return term.role == "surface" and leading_set(term) == _CLOTH and "cloth" in term.params.get(_CLOTH, ())


def _is_laid(term: Term) -> bool:
    """Whether it is cloth, or a sheet of metal, that lies on a table."""
    metal = term.kind == "material" and leading_set(term) == _MIRROR and _TABLE in term.params  # and no black floor
    return metal or _is_draped(term)


def _on_table(mention: Mention) -> Mention:
    """What speaks for tables as much as it did for drapes or dark floors, and is told as a cloth that lies flat.

    Linen is itself, and metal a table of its colour that shines.
    """
    term = mention.term
    if not _is_draped(term):
        votes = {**term.votes, _MIRROR: term.votes[_MIRROR] * _LESS, _TABLE: _OF_METAL}
        return mention.meaning(replace(term, votes=votes, stand_in=COLOR_ALONE))
    if term.params.get(_TABLE, {}).get("finish") == _METAL:
        votes = {**term.votes, _CLOTH: term.votes[_CLOTH] * _LESS, _TABLE: term.votes[_CLOTH]}
        return mention.meaning(replace(term, votes=votes, stand_in="smooth metal"))
    return _laid_on(mention, {_TABLE: {"material": "linen", "finish": "matte"}})


def _on_table_there(mention: Mention) -> Mention:
    """What speaks for tables in real places as much as it did for drapes; what has a cloth there already stays."""
    if not _PLACES.isdisjoint(mention.term.params):
        return mention
    cloths: dict[str, Values] = {"location": {"material": "linen", "finish": "matte"}, "garden": {"material": "linen"}}
    return _laid_on(mention, cloths)


def _laid_on(mention: Mention, cloths: Mapping[str, Values]) -> Mention:
    """The same as a cloth on the tables of some sets, which is told as laid flat unless it is of linen."""
    term = mention.term
    votes = {**term.votes, _CLOTH: term.votes[_CLOTH] * _LESS, **dict.fromkeys(cloths, term.votes[_CLOTH])}
    flat = term.params[_CLOTH]["cloth"] != "linen" or term.stand_in == _FOLDED
    stand_in = _FLAT if flat else term.stand_in
    return mention.meaning(replace(term, votes=votes, params={**term.params, **cloths}, stand_in=stand_in))
