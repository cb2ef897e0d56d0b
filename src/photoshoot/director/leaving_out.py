"""Takes out of a design what a prompt says must not be in the picture."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_origin

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.design.designing import colors_of
from photoshoot.director.phrases.mentions import read_mentions
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Term, Vocabulary, load_vocabulary
from photoshoot.sets import SetDesign, parameters_of, parse_set, set_name
from photoshoot.sets.props import LARGE_LEAVES

_THINGS = ("props", "beside", "air")  # parameters of what lies beside a product, and hangs over it
_HOLDING: Final = MappingProxyType(
    {
        "coffee": frozenset({"coffee_beans", "coffee_cups"}),
        "halloween": frozenset({"autumn"}),
        "ramadan": frozenset({"lanterns"}),
        **dict.fromkeys({"autumn_leaves"} | LARGE_LEAVES, frozenset({"leaves"})),
    }
)
"""Kinds of things → those that are among them: Halloween's lanterns are pumpkins."""
_NOTHING = "none"  # what parameters of things call their absence
_ALIKE = 0.1  # OKLab distance under which a colour has another one's name
_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A design without what must not be in it."""

    design: SetDesign
    """What is left."""
    gone: tuple[str, ...] = ()
    """What was in it and is no longer."""
    kept: tuple[str, ...] = ()
    """What is in it still, since the set can't do without: its place, its material, its colours."""
    unknown: tuple[str, ...] = ()
    """What the studio does not know, and so can't tell whether it is there."""

    def tell(self) -> Iterator[str]:
        """What became of it, for people."""
        told = {"left out": self.gone, "can't leave out": self.kept, "not known, so not left out": self.unknown}
        yield from (f"{what}: {', '.join(things)}" for what, things in told.items() if things)


def leave_out(design: SetDesign, unwanted: str) -> Leaving:
    """Leave things out of a design. What it does not show anyway is no matter.

    Args:
        design: Any set's.
        unwanted: Things, parted by commas: ``"flowers, candles"``; in English or one of ``language_tables.LANGUAGES``.
    """
    vocabulary = load_vocabulary()
    gone, kept, unknown = [], [], []
    for thing in filter(None, (part.strip() for part in _BETWEEN.split(unwanted))):
        terms = _find_terms(thing, vocabulary)
        left = design
        for term in terms:
            left = _without(left, term)
        if left != design:
            gone.append(thing)
        elif any(_shows(design, term) for term in terms):
            kept.append(thing)
        elif not terms and not _is_never_there(thing, vocabulary):
            unknown.append(thing)
        design = left
    return Leaving(design=design, gone=tuple(gone), kept=tuple(kept), unknown=tuple(unknown))


def leave_denied(design: SetDesign, mentions: Sequence[Mention]) -> SetDesign:
    """A design without things that a prompt says no to and another of its phrases brings: pumpkins, in autumn.

    Things that it asks for stay: of "palm leaves, no other plants" the leaves do.
    """
    denied = {value for m in mentions if m.negated and m.term.role == "props" for value in _kinds_of(m.term)}
    if not denied:
        return design
    asked = {value for m in mentions if not m.negated and m.term.kind == "props" for value in _kinds_of(m.term)}
    gone = denied - asked
    gone |= _wholes_of(gone) - asked
    also = tuple(kind for kind in getattr(design, "also", ()) if kind not in gone)
    changes: dict[str, Any] = {part: _NOTHING for part in _THINGS if getattr(design, part, None) in gone}
    if also != getattr(design, "also", ()):
        changes |= {"also": also, "also_colors": ()}
    return dataclasses.replace(design, **changes) if changes else design


def _kinds_of(term: Term) -> set[str]:
    """The kinds of things that a phrase puts beside a product, in whatever set."""
    named = {value for values in term.params.values() for part in _THINGS if isinstance(value := values.get(part), str)}
    return named - {_NOTHING}


def _wholes_of(kinds: set[str]) -> set[str]:
    """The kinds of things that such kinds are among."""
    return {whole for whole, parts in _HOLDING.items() if not parts.isdisjoint(kinds)}


def _find_terms(thing: str, vocabulary: Vocabulary) -> list[Term]:
    """What a thing's words mean; a colour counts only where it stands alone."""
    reading = read_mentions(word_prompt(thing, vocabulary).text, vocabulary)
    terms = list({id(mention.term): mention.term for mention in reading.mentions}.values())
    return [term for term in terms if term.kind not in ("colour", "tone")] or terms


def _is_never_there(thing: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a fault that networks make and the studio's pictures never have."""
    stems = {stem for _, stem in split_tokens(thing)}
    return bool(stems & vocabulary.never) or stems <= vocabulary.ignored


def _without(design: SetDesign, term: Term) -> SetDesign:
    name = set_name(design)
    changes: dict[str, Any] = dict(term.negated_params.get(name, {}))
    shown = {value for values in term.params.values() for value in values.values() if isinstance(value, str)}
    shown |= _wholes_of(_kinds_of(term))
    changes |= {part: _NOTHING for part in _removable(design) if getattr(design, part) in shown - {_NOTHING}}
    switched_on = (part for part, value in term.params.get(name, {}).items() if value is True)
    changes |= {part: False for part in switched_on if getattr(design, part) is True}
    known = vars(parse_set({"name": name, **changes}))
    light = dataclasses.replace(design.light, **term.negated_light)
    return dataclasses.replace(design, light=light, **{part: known[part] for part in changes})


def _removable(design: SetDesign) -> tuple[str, ...]:
    """The parameters that hold a thing, or none."""
    hints = parameters_of(type(design))
    return tuple(name for name, hint in hints.items() if get_origin(hint) is Literal and _NOTHING in get_args(hint))


def _shows(design: SetDesign, term: Term) -> bool:
    name = set_name(design)
    if term.color is not None and term.role is None:
        wanted = hex_to_oklab(term.color)
        return any(np.linalg.norm(hex_to_oklab(color) - wanted) < _ALIKE for color in colors_of(design))
    if params := term.params_in(name):
        part, value = next(iter(params.items()))  # the first says what it is, those after it how it looks
        return bool(getattr(design, part, None) == value)
    return term.votes.get(name, 0) == max(term.votes.values(), default=None)
