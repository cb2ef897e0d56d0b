"""Patterns that are told after their cloth, or apart from their paper: "a white tablecloth with red stripes"."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.noun_phrases import is_paper, is_wall
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Vocabulary

_NOUNS: Final = MappingProxyType(
    {
        "check": ("checked",),
        "stripe": ("striped",),
        "dot": ("polka", "dot"),
        "gingham": ("gingham",),
        "plaid": ("plaid",),
        "tartan": ("tartan",),
    }
)
"""A pattern's noun → the phrase that a cloth with it is described by."""
_PRINTS: Final = MappingProxyType(
    {
        **dict.fromkeys(("striped", "stripe"), ("striped", "background")),
        **dict.fromkeys(("polka", "dotted"), ("polka", "dot", "background")),
        **dict.fromkeys(("gingham", "checked", "checkered", "chequered"), ("gingham", "background")),
        **dict.fromkeys(("plaid", "tartan"), ("plaid", "background")),
        "checkerboard": ("checkerboard", "background"),
    }
)
"""A pattern's word → the phrase of a backdrop with it."""
_LEADING: Final = frozenset({"with", "in"})
_PASSED: Final = frozenset(
    {"and", "a", "an", "polka", "thin", "thick", "small", "large", "big", "bold", "fine", "wide"}
)
"""What may stand between, beside colours and tones."""
_SAID: Final = ("colour", "tone")
_PATTERN: Final = "pattern"
_JOINED: Final = ("and", "-")
"""What joins the colours of a pattern."""
_WITHIN: Final = "in"
"""What leads to what the noun before it is of."""


def join_patterns(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which a pattern that follows its cloth, and that pattern's colours, are said of it."""
    if _NOUNS.keys().isdisjoint(reading.stems):
        return reading
    stems = list(reading.stems)
    cloths = {m.end for m in reading.mentions if _is_woven(m.term) and not m.negated}
    said = {i for m in reading.mentions if m.term.kind in _SAID for i in range(m.start, m.end)}
    met: list[Mention] = []
    for index, stem in enumerate(reading.stems):
        phrase = _NOUNS.get(stem)
        term = None if phrase is None else vocabulary.find(phrase)
        lead = index - 1
        while lead >= 0 and (lead in said or stems[lead] in _PASSED):
            lead -= 1
        if term is None or lead not in cloths or stems[lead] not in _LEADING:
            continue
        stems[lead] = _WITHIN
        start = index - (stems[index - 1] == "polka")
        met.append(Mention(term=_pattern_alone(term), start=start, end=index + 1, negated=False))
    if not met:
        return reading
    begins = {m.start for m in met}
    others = tuple(m for m in reading.mentions if m.start not in begins)
    return replace(reading, stems=tuple(stems), mentions=others).and_met(met)


def print_papers(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which a pattern that colours part from its backdrop is that of it: a striped yellow background."""
    if _PRINTS.keys().isdisjoint(reading.stems):
        return reading
    papers = [m for m in reading.mentions if not m.negated and (is_paper(m.term) or is_wall(m.term))]
    said = {i for m in reading.mentions if m.term.kind in _SAID for i in range(m.start, m.end)}
    printed: dict[int, Term] = {}
    for m in reading.mentions:
        phrase = None if m.negated or m.term.role != "surface" else _PRINTS.get(reading.stems[m.start])
        term = None if phrase is None else vocabulary.find(phrase)
        for paper in papers if term is not None else ():
            between = range(min(m.end, paper.end), max(m.start, paper.start))
            if term is not None and all(i in said or reading.stems[i] in _JOINED for i in between):
                printed[paper.start] = term
                printed[m.start] = replace(term, votes={}, color=None)
    mentions = (m.meaning(printed.get(m.start, m.term)) for m in reading.mentions)
    return reading.with_mentions(mentions)


def _is_woven(term: Term) -> bool:
    """Whether it is a cloth that something may stand on."""
    made = {params.get("material", params.get("cloth")) for params in term.params.values()}
    return term.role == "surface" and not made.isdisjoint(("linen", "blanket"))


def _pattern_alone(term: Term) -> Term:
    """What a patterned cloth is, without the cloth."""
    params = {name: {_PATTERN: own[_PATTERN]} for name, own in term.params.items() if _PATTERN in own}
    return replace(term, votes={}, params=params)
