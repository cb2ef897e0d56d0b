"""Words that only say how one thing is to another: petals floating in milk, a forest in the background.

They are read with their noun, or told with it; by themselves they would name a set.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.design.night_skies import NIGHT_SKY
from photoshoot.director.phrases.mentions import grown
from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.product_words import JOINTS
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate
from photoshoot.director.senses.floating import of_floating
from photoshoot.director.senses.floors_of_rooms import of_tiles
from photoshoot.director.senses.furniture import of_backed, of_ceramics, of_fire, of_fitting, of_island, of_seat
from photoshoot.director.senses.owning import NAMING

ARTICLES: Final = ("the", "a", "an", "our", "its", "of")
_BACKED = ("in", "as")  # what leads to the background from what is there
_COLORS: Final = ("colour", "tone")
_THINGS: Final = ("place", "material", "props", "part")
"""Kinds of what may have a pattern, or float."""
_OPEN: Final = "dunes"
"""A set under the sky, where northern lights are no lamps."""
_LIGHT_ABOVE: Final = ("overhead", "light")
_FROM_ABOVE: Final = {"flat_lay"}
"""What a phrase speaks for that says that the picture is taken from above."""
_LIGHT: Final = "light"
"""The phrase of light from above."""
_LAMP_REACH = 3  # words from a lamp to its "overhead"
_LAID: Final = MappingProxyType({"towel": ("terry", "cloth"), "rug": ("on", "a", "rug")})
"""Phrases whose meaning others get where the product stands on them."""
_PLAYROOM, _TOYS = "playroom", ("toy", "block")
"""The set of children's rooms, and the phrase whose meaning blocks get there."""
_STAND: Final = "stand"
_WILLING: Final = tuple(
    (stem,) for stem in ("should", "must", "can", "will", "would", "could", "may", "to", "it", "them", "they", "that")
)
"""What a "stand" follows that is a verb."""
_STOOD: Final = (("the",), ("it",), ("my",), ("our",), ("this",), ("them",))
"""What follows one that is."""
_RAISED: Final = MappingProxyType(
    {
        "cushion": ("fabric",),
        "dish": ("shallow", "tray"),
        "column": ("pedestal",),
        "sofa": ("on", "a", "sofa"),
        "armchair": ("on", "a", "sofa"),
    }
)
"""Group of what the product may stand on → the phrase whose meaning it gets there."""
_SEVERAL: Final = "cushion"
"""The group of what a product may stand on several of."""
_SHOWN_AS: Final = MappingProxyType({"cushion": "folded cloth", "dish": "a table", "armchair": "a sofa"})
_TRUFFLE, _CHOCOLATE = ("truffle",), ("praline",)
"""What is a mushroom or a sweet, and the phrase whose meaning it gets among sweets."""
_MIRROR, _HUNG_MIRROR = ("mirror",), ("round", "mirror")
_PLANTS: Final = frozenset({"lavender", "lemon", "lime", "mint", "strawberry", "blueberry", "blackberry", "raspberry"})
"""Plants that colours are called after, and that prompts name more often than those."""
_PARTED: Final = ((), (",",))  # what follows one of a list
_LISTING: Final = ((",",), ("with",), ("a",))  # what leads to one of a list
_AND_MORE: Final = (("and", "a"), ("and", "an"), ("and", "the"), ("and", "some"))
_BY_MIRRORS: Final = frozenset({"front", "before", "to", "beside", "near", "by", "with"})
"""What leads to a mirror that nothing stands on."""
_PAPER, _SURFACE = "backdrop", "surface"
"""The role of walls and of backdrops of paper."""


def of_background(company: Company, mention: Mention) -> Fate | None:
    """A background that something is in is none of its own: "a forest in the background", and not "pink in the …"."""
    if not company.has(mention.start, "back") or mention.end != mention.start + 1:
        return None
    if any(m.end == mention.start and _is_land_seen(m) for m in company.reading.mentions):
        return Fate(silent=company.span(mention))  # of "a blue sea background" the sea is blue, and no paper
    lead = _before_articles(company, mention.start)
    if lead < 1 or company.reading.stems[lead] not in _BACKED:
        return None
    named = any(m.end == lead and m.term.kind not in _COLORS for m in company.reading.mentions)
    return Fate(silent=company.span(mention)) if named or lead - 1 in company.reading.unread else None


def _is_land_seen(mention: Mention) -> bool:
    """Whether it names a land or a water, which may be seen behind things."""
    term = mention.term
    land = (
        term.role in ("water", "ground")
        or "far" in term.params.get("dunes", ())
        or (term.kind == "place" and term.role is None and not term.season)
    )
    return land and term.weight >= NAMING and "elevation_deg" not in term.light


def of_lamp_overhead(company: Company, mention: Mention) -> Fate | None:
    """A lamp that is overhead lights from there, and no camera looks down: "a single bulb hanging overhead"."""
    if not company.names("overhead"):
        return None
    near = (mention.start - 1, *range(mention.end, mention.end + _LAMP_REACH))
    above = any(company.has(i, "overhead") for i in near) and NIGHT_SKY not in mention.term.params.get(_OPEN, ())
    if above and company.has(mention.end - 1, "hung_lamp") and mention.term.votes and not mention.negated:
        return Fate(told=company.span(mention))  # no mirror's bulbs
    if not company.has(mention.end - 1, "overhead") or mention.term.votes.keys() != _FROM_ABOVE or mention.negated:
        return None
    leads = mention.end == mention.start + 1 and company.has(mention.end, "hung_lamp")  # "a single overhead lamp"
    term = company.vocabulary.find(_LIGHT_ABOVE) if leads or _falls_from(company, mention.start) else None
    return None if term is None else Fate(kept=(mention.meaning(term),), silent=company.span(mention, leads))


def _falls_from(company: Company, start: int) -> bool:
    """Whether light is said to come from there: "soft light falling straight from above", and no "shot from above"."""
    stems, mentions = company.reading.stems, company.reading.mentions
    lit = {m.end for m in mentions if _LIGHT in (m.term.role, m.term.kind) and "azimuth_deg" not in m.term.light}
    parting = company.boundaries - {"from"}
    while start > 0 and not (start in lit or company.has(start - 1, "hung_lamp")):
        start -= 1
        if not stems[start][0].isalnum() or stems[start] in parting or company.has(start, "seen"):
            return False
    return start > 0


def of_standing(company: Company, mention: Mention) -> Fate | None:
    """What stands on something, or is to, is no stand: "a tin that stands on marble", "stand it on marble"."""
    verb = mention.end - 1
    if company.reading.stems[verb] != _STAND:
        return None
    several = company.reading.words[verb].lower() != _STAND  # "stands"
    stems = company.reading.stems
    placed = (several or stems[verb - 1 : verb] in _WILLING) and company.has(mention.end, "of_place")
    if not placed and not (mention.start == verb and stems[mention.end : mention.end + 1] in _STOOD):
        return None
    return Fate(silent=range(verb, mention.end), told=range(mention.start, verb))


def of_low_wall(company: Company, mention: Mention) -> Fate | None:
    """A wall of stone that the product is on out of doors is what it stands on: "on a stone wall, hills behind"."""
    wall = company.has(mention.start, "wall") and mention.end == mention.start + 1 and not mention.negated
    made = wall and any(
        m.end == mention.start and m.term.kind == "material" and m.term.role == "surface"
        for m in company.reading.mentions
    )
    if not made or company.names("hanging") or not company.is_on(mention):
        return None
    others = (m.term for m in company.reading.mentions if m.term.kind == "place" and not m.negated)
    outside = any("place" in term.params.get("location", {}) or "garden" in term.votes for term in others)
    return Fate(silent=company.span(mention)) if outside else None


def of_pattern(company: Company, mention: Mention) -> Fate | None:
    """What only tells how a thing after it looks makes no wall and no drape: "on a red checkered tablecloth"."""
    creased = company.has(mention.start, "creased")
    if mention.end != mention.start + 1 or mention.negated or not (creased or company.has(mention.start, "pattern")):
        return None
    colors, noun = {m.start: m.end for m in company.reading.mentions if m.term.kind == "colour"}, mention.end
    while noun in colors:
        noun = colors[noun]
    after = (m.term for m in company.reading.mentions if m.start == noun)
    of = any(term.role != _PAPER and term.kind in _THINGS for term in after) or noun in company.reading.unread
    if creased:
        of = company.reading.stems[noun : noun + 1] == ("paper",)
    return Fate(told=company.span(mention)) if of else None


def is_distance(company: Company, token: int) -> bool:
    """Whether it only says that something is far: "mountains in the distance"."""
    far = company.has(token, "back")
    return far and company.reading.stems[_before_articles(company, token)] == "in"


def of_plain(company: Company, mention: Mention) -> Fate | None:
    """A plain backdrop of a colour behind what the product stands on is that colour's."""
    if not company.has(mention.start, "plain") or mention.negated or mention.end != mention.start + 1:
        return None
    mentions = company.reading.mentions
    end, colored = mention.end, False
    for after in mentions:
        if after.start == end and after.term.kind == "colour":
            end, colored = after.end, True
    backed = any(m.start == end and m.term.role == _PAPER and m.term.color is None for m in mentions)
    stood_on = "on" in company.reading.stems[: mention.start] and any(
        m.term.role == "surface" and m.end <= mention.start and not m.negated for m in mentions
    )
    return Fate(silent=company.span(mention)) if backed and colored and stood_on else None


def of_toys(company: Company, mention: Mention) -> Fate | None:
    """Blocks in a children's room are toys, and no podium that its rug would have the colour of."""
    thing = mention.term.role == "props"  # of ice
    if thing or not company.has(mention.end - 1, "toy_block") or mention.negated or company.is_on(mention):
        return None
    rooms = (m.term for m in company.reading.mentions if m.term.kind == "place" and not m.negated)
    played = any(leading_set(room) == _PLAYROOM for room in rooms)
    term = company.vocabulary.find(_TOYS) if played else None
    return None if term is None else Fate(kept=(mention.meaning(term),))


def _before_articles(company: Company, index: int) -> int:
    """The token before an article that leads there; -1 where none is."""
    lead = index - 1
    while lead >= 0 and company.reading.stems[lead] in ARTICLES:
        lead -= 1
    return lead


def of_laid(company: Company, mention: Mention) -> Fate | None:
    """Towels that the product stands on are cloth, and no bathroom; a rug is a room's floor."""
    laid = _LAID.get(company.reading.stems[mention.end - 1], ()) if mention.term.role != _SURFACE else ()
    term = company.vocabulary.find(laid) if laid and company.is_on(mention) and not mention.negated else None
    if term is None:
        return None
    own = {name: {**params, **mention.term.params.get(name, {})} for name, params in term.params.items()}
    return Fate(kept=(mention.meaning(replace(term, params=own, stand_in=mention.term.stand_in or term.stand_in)),))


def of_raised(company: Company, mention: Mention) -> Fate | None:
    """Cushions, plates and columns that the product stands on: cloth, a table and a platform, and nothing behind it."""
    if mention.negated or mention.term.color is not None or mention.term.role == "props":
        return None
    if "on" not in company.reading.stems:
        return None
    group = next((group for group in _RAISED if company.has(mention.end - 1, group)), None)
    if group is None or not company.is_on(mention):
        return None
    one = company.reading.words[mention.end - 1].lower() == company.reading.stems[mention.end - 1]
    term = company.vocabulary.find(_RAISED[group])
    if term is None or not (one or group == _SEVERAL):
        return None
    return Fate(kept=(mention.meaning(replace(term, stand_in=_SHOWN_AS.get(group, term.stand_in))),))


def of_tag(company: Company, mention: Mention) -> Fate | None:
    """A plant that a colour is called after, where it is one of a list of things: "soap, lavender, wooden tray"."""
    stems = company.reading.stems
    if stems[mention.start : mention.end] == _TRUFFLE:
        return _of_truffle(company, mention)
    lead = stems[: mention.start][-1:]
    if stems[mention.start] not in _PLANTS or mention.end != mention.start + 1 or lead not in _LISTING:
        return None
    colors = {m.start: m.end for m in company.reading.mentions if m.term.kind in _COLORS}
    after = colors.get(mention.end + 1, mention.end)
    hued = mention.start - 1 in colors.values() or (after > mention.end and stems[after : after + 1] in _PARTED)
    more = stems[mention.end : mention.end + 1] == ("and",) and any(
        m.start == mention.end + 1 and m.term.role == "props" for m in company.reading.mentions
    )
    more = more or stems[mention.end : mention.end + 2] in _AND_MORE
    parted = lead == (",",) and stems[mention.end : mention.end + 1] in _PARTED
    listed = (more or parted) and not hued
    term = grown(stems[mention.start], company.vocabulary) if listed else None
    return None if term is None else Fate(kept=(mention.meaning(term),))


def _of_truffle(company: Company, mention: Mention) -> Fate | None:
    """Truffles that are a present, or lie among sweets, are of chocolate."""
    term = company.vocabulary.find(_CHOCOLATE) if company.names("sweet") else None
    return None if term is None or mention.negated else Fate(kept=(mention.meaning(term),))


def of_hung_mirror(company: Company, mention: Mention) -> Fate | None:
    """A mirror that is behind a product, or beside it, hangs over a dressing table and is nothing that it stands on."""
    if mention.term is not company.vocabulary.find(_MIRROR) or mention.end != mention.start + 1 or mention.negated:
        return None
    lead = _before_articles(company, min([mention.start, *company.leading_colors(mention)]))
    while lead > 0 and lead in company.reading.unread:
        lead = _before_articles(company, lead)
    by = lead >= 0 and company.reading.stems[lead] in _BY_MIRRORS
    hung = by or company.reading.stems[mention.end : mention.end + 1] == ("behind",)
    term = company.vocabulary.find(_HUNG_MIRROR) if hung else None
    return None if term is None else Fate(kept=(mention.meaning(term),))


def of_drink(company: Company, mention: Mention) -> Fate | None:
    """Milk in a list is some to drink, and nobody's bath: "on a table with milk", "cookies and milk"."""
    listed = company.has(mention.start, "drunk") and company.reading.stems[mention.start - 1] in JOINTS
    others = any(m.term.votes for m in company.reading.mentions if m != mention and not m.negated)
    return Fate(told=company.span(mention)) if listed and mention.start and others else None


SUPPORTS: Final = (
    of_background, of_laid, of_hung_mirror, of_tiles, of_low_wall, of_raised, of_seat, of_island, of_ceramics,
    of_backed, of_fitting, of_fire,
)  # fmt: skip
"""The rules of what the product stands on, in any language, in their order."""
RELATED: Final = (of_standing, of_floating, of_drink, of_plain, of_lamp_overhead, of_pattern, of_toys, *SUPPORTS)
"""The rules of such words that need one of the words of ``Vocabulary.company``, in their order."""
