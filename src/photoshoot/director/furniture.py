"""What furniture is of that the product stands on: a marble bench is a table of marble."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.company import Company, Fate
from photoshoot.director.mentions import Mention
from photoshoot.director.platforms import OF_TABLES

_PAPER, _TILES, _SURFACE = "backdrop", "tiles", "surface"
_LEAST: Final = 1.5
"""The least vote for tables of furniture."""
_TABLE: Final = ("table",)
"""The phrase whose meaning seats get."""


def of_seat(company: Company, mention: Mention) -> Fate | None:
    """A bench, a stool or a chair of what tables are of is such a table where the product stands on it."""
    if mention.end != mention.start + 1 or mention.start not in company.seats:
        return None
    before = (m for m in company.reading.mentions if m.end == mention.start and m.term.kind == "material")
    made = (m.term for m in before if company.is_on(m))
    table = company.vocabulary.find(_TABLE)
    if table is None or not any("material" in term.params.get(OF_TABLES, ()) for term in made):
        return None
    return Fate(kept=(replace(mention, term=replace(table, stand_in="a table")),))


def of_ceramics(company: Company, mention: Mention) -> Fate | None:
    """What furniture is of that no wall behind it is: a ceramic stool makes no tiled bathroom."""
    tiled = mention.term.params.get(OF_TABLES, {}).get(_PAPER) == _TILES and mention.term.role == _PAPER
    if not tiled or mention.negated:
        return None
    after = (m.term for m in company.reading.mentions if m.start == mention.end)
    laid = any(term.role == _SURFACE and term.votes.get(OF_TABLES, 0.0) >= _LEAST for term in after)
    return Fate(told=company.span(mention)) if laid else None
