"""English words that mean another thing in other words' company: holidays in the sun are no Christmas.

Every phrase is asked once what becomes of it, and the first rule that knows decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from photoshoot.director.phrases.mentions import COLORED_AFTER
from photoshoot.director.phrases.negation import takes_out_after
from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.product_words import names_where
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.grounds import read_grounds
from photoshoot.director.placing.platforms import OF_TABLES, is_platform
from photoshoot.director.senses.buildings import of_building, of_fence, of_trees, of_yard
from photoshoot.director.senses.company import Company, Fate
from photoshoot.director.senses.feasts import of_feast
from photoshoot.director.senses.glowing import of_glow
from photoshoot.director.senses.nouns_elsewhere import find_nouns
from photoshoot.director.senses.owning import NAMING
from photoshoot.director.senses.product_leading import of_mine, of_others_seat, of_product, of_side
from photoshoot.director.senses.relations import RELATED, SUPPORTS, is_distance, of_tag
from photoshoot.director.senses.seen_outside import of_hour, of_outside, of_weather
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Term, Vocabulary
from photoshoot.sets.table_places import LIT_PLACES

_PLAYROOM, _COFFEE_BEANS, _CLEAR = ("playroom",), ("coffee", "bean"), ("clear", "block")
"""Phrases whose meaning others get."""
_MIRROR, _NEON, _TABLECLOTH = ("mirror",), ("neon", "light"), ("tablecloth",)
_LEADING, _LAMPS = ("animals", "vehicles"), ("lights", "lamps")
_OF_REACH, _SIGN_REACH = 4, 3  # words from a "bed" to what it is of; those of a "neon rose sign"

Rule: TypeAlias = Callable[["Company", Mention], Fate | None]
"""Says what becomes of a phrase; None where it is not its to say."""


def read_in_company(reading: Reading, text: str, vocabulary: Vocabulary) -> Reading:
    """A prompt with the meanings that its words have beside each other.

    Args:
        reading: The prompt.
        text: The same as written, with its apostrophes.
        vocabulary: What is known.
    """
    company = Company(reading=reading, text=text, vocabulary=vocabulary)
    fates = [company_fate(company, mention) for mention in reading.mentions]
    mentions = sorted((*_find_beans(company), *(m for fate in fates for m in fate.kept)), key=lambda m: m.start)
    silent = {token for fate in fates for token in fate.silent}
    silent |= {token for token in reading.unread if _asks_nothing(token, company)}
    silent |= {token for mention in mentions for token in range(mention.start, mention.end)}
    told = {token for fate in fates for token in fate.told}
    told |= set(find_nouns(company)) - silent if company.names("noun_too") else set()
    return replace(reading, mentions=tuple(mentions), unread=tuple(sorted({*reading.unread, *told} - silent)))


def read_supports(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt of another language with the meanings that tiles, towels and walls have where it stands on them."""
    reading = read_grounds(reading, vocabulary)
    company = Company(reading=reading, text="", vocabulary=vocabulary)
    found = (
        (m, next((fate for rule in SUPPORTS if (fate := rule(company, m)) is not None), None)) for m in reading.mentions
    )
    fates = [fate or Fate(kept=(mention,)) for mention, fate in found]
    told = {token for fate in fates for token in fate.told}
    mentions = tuple(mention for fate in fates for mention in fate.kept)
    return replace(reading, mentions=mentions, unread=tuple(sorted({*reading.unread, *told})))


def company_fate(company: Company, mention: Mention) -> Fate:
    """What becomes of a phrase: the first rule that knows decides; else it is kept as it is."""
    if mention.start in company.of_names or (mention.start in company.brands and not mention.term.season):
        return Fate(told=company.span(mention))
    near = not company.known.isdisjoint(range(mention.start - 1, mention.end + 1))
    asked = company.owners or company.faces or company.looks_out
    plain = not (mention.negated or asked or mention.term.kind in _ASKED)
    for rule in RULES if near else () if plain else _ANYWHERE:
        fate = rule(company, mention)
        if fate is not None:
            return fate
    return Fate(kept=(mention,))


def _asks_nothing(token: int, company: Company) -> bool:
    """Whether an unknown word is an owner, a neon light's sign, or says how far something is."""
    sign = company.has(token, "sign") and any(company.has(i, "neon") for i in range(token - _SIGN_REACH, token))
    return token in company.owners or sign or is_distance(company, token)


def _of_owner(company: Company, mention: Mention) -> Fate | None:
    """Whose a thing is asks for nobody; a child's room is a children's room."""
    if mention.start not in company.owners or mention.end != mention.start + 1:
        return None
    childs = company.has(mention.start, "children") and company.has(mention.end, "room_of_children")
    room = company.vocabulary.find(_PLAYROOM) if childs else None
    return Fate(kept=() if room is None else (mention.meaning(room),), silent=company.span(mention))


def _of_face(company: Company, mention: Mention) -> Fate | None:
    """What lies on the floor names that: of "terracotta tiles on the floor" it is a tiled floor."""
    if mention.start in company.faces.values():
        return Fate(silent=company.span(mention))
    if mention.start not in company.faces:
        return None
    term = company.face_of(mention, company.reading.stems[company.faces[mention.start]])
    return Fate(kept=(mention.meaning(term),)) if term is not None else None


def _of_exception(company: Company, mention: Mention) -> Fate | None:
    """A "no props" that an exception is taken out of says nothing."""
    denies = mention.negated and bool(mention.term.negated_params)
    taken = denies and takes_out_after(company.reading.stems, mention.end, company.vocabulary)
    return Fate(silent=company.span(mention)) if taken else None


def _of_print(company: Company, mention: Mention) -> Fate | None:
    """A picture that looks like a magazine's has none in it."""
    printed = company.has(mention.start, "printed") and company.has(mention.end, "print")
    return Fate(silent=company.span(mention, 1)) if printed else None


def _of_palette(company: Company, mention: Mention) -> Fate | None:
    """A colour in the plural is the whole picture's, beside what has its own; one of an edge is no thing's."""
    if mention.term.kind != "colour":
        return None
    if company.has(mention.end, "edged"):
        return Fate(told=company.span(mention))
    word, stem = company.reading.words[mention.end - 1].lower(), company.reading.stems[mention.end - 1]
    if word != f"{stem}s" or mention.negated:
        return None
    others = any(m.term.kind == "material" or m.term.role == "water" for m in company.reading.mentions)
    return Fate(told=company.span(mention)) if others else None


def _of_absent(company: Company, mention: Mention) -> Fate | None:
    """A toy's kind, what leads to another thing, and a table's runner are nothing that the studio has none of."""
    if mention.term.absent is None:
        return None
    of = mention.start - 1 - (company.reading.stems[mention.start - 1 : mention.start] in (("a",), ("an",)))
    toy = company.has(of - (company.reading.stems[of : of + 1] == ("of",)), "toy") and mention.term.absent != "people"
    laid = company.has(mention.start, "runner") and company.has(mention.start - 1, "woven")
    things = {m.start for m in company.reading.mentions if m.term.role == "props" or m.term.kind == "place"}
    beasts = things if mention.term.absent in _LEADING else ()  # a cat toy
    leads = mention.end in {i for i in company.reading.unread if not is_participle(company.reading.stems[i])}
    leads |= company.has(mention.start, "owner") and any(m.start == mention.end for m in company.reading.mentions)
    if laid:
        return Fate(kept=(mention.meaning(company.vocabulary.phrases[_TABLECLOTH]),))
    told = toy or leads or mention.end in beasts
    return Fate(told=company.span(mention)) if told else None


def _of_lighting(company: Company, mention: Mention) -> Fate | None:
    """A place whose light alone is asked for is none, where another phrase names a set: "diner lighting"."""
    if mention.term.kind != "place" or mention.term.role is not None or not company.has(mention.end, "lighting"):
        return None
    others = (other.term for other in company.reading.mentions if other != mention and other.term.role != "props")
    named = any(term.weight >= NAMING for term in others)
    return Fate(told=company.span(mention)) if named else None


def _of_trade(company: Company, mention: Mention) -> Fate | None:
    """What a company is said to sell or to be is no part of the scene: "a spa brand: tin on oak"."""
    if not company.has(mention.end, "trade") or mention.term.season or mention.negated:
        return None
    named = any(names_where(other) for other in company.reading.mentions if other.start > mention.end)
    return Fate(told=company.span(mention)) if named else None


def _of_tray(company: Company, mention: Mention) -> Fate | None:
    """What is carried in beside the product is nothing that it stands on: of "figs and a brass tray" no counter is."""
    return Fate(told=company.span(mention)) if mention.start in company.carried else None


def _of_amount(company: Company, mention: Mention) -> Fate | None:
    """A bed, a cloud or a shower of something is that, but for a bed of linen: "on a bed of coarse salt"."""
    if not company.has(mention.end - 1, "amount") or company.reading.stems[mention.end : mention.end + 1] != ("of",):
        return None
    owned = range(mention.end, mention.end + _OF_REACH)
    itself = any(m.start in owned and leading_set(mention.term) in m.term.votes for m in company.reading.mentions)
    return None if itself else Fate(silent=company.span(mention))


def _of_clear_stand(company: Company, mention: Mention) -> Fate | None:
    """A pedestal of ice, and no ice beside it; glass is told as its colour alone, as all that is clear."""
    before = range(mention.start, mention.end)
    if mention.negated or not all(company.has(token, "clear") for token in before):
        return None
    stands = any(m.start == mention.end and is_platform(m.term) for m in company.reading.mentions)
    term = company.vocabulary.find(_CLEAR) if stands else None
    return None if term is None else Fate(kept=(mention.meaning(term),))


def _of_tones(company: Company, mention: Mention) -> Fate | None:
    """A picture in one colour is one where that is named: "red podium, red wall, monochrome"."""
    tonal = company.has(mention.start, "tonal") and mention.term.role == "backdrop" and mention.term.color is None
    if not tonal:
        return None
    if mention.end in company.reading.unread:
        return Fate(told=company.span(mention))  # "a monochrome trombone"
    named = any(m.term.kind == "colour" for m in company.reading.mentions)
    return Fate(silent=company.span(mention)) if named else None


def _of_reef(company: Company, mention: Mention) -> Fate | None:
    """In the sea a coral is no colour; nor is a cream that floats."""
    after = company.reading.stems[mention.end : mention.end + 1]
    if mention.term.kind != "colour" or (after and after[0][0].isalnum() and after[0] not in company.boundaries):
        return None
    grown = company.has(mention.end - 1, "reef") and company.names("marine")
    floats = company.has(mention.start - 1, "afloat") and company.reading.stems[mention.end - 1] in COLORED_AFTER
    return Fate(told=company.span(mention)) if grown or floats else None


def _of_shutters(company: Company, mention: Mention) -> Fate | None:
    """Shutters of a colour are a house's, and no shadow of theirs: "a terrace with blue shutters"."""
    if not company.has(mention.start, "shutter") or mention.end != mention.start + 1 or mention.negated:
        return None
    dyed = any(m.end == mention.start and m.term.kind == "colour" for m in company.reading.mentions)
    return Fate(told=company.span(mention)) if dyed else None


def _of_mirror(company: Company, mention: Mention) -> Fate | None:
    """A mirror that the product stands on is no vanity's, nor round, and shows the sky that is named beside it."""
    on = company.has(mention.end - 1, "mirror") and company.is_on(mention)
    term = company.vocabulary.find(_MIRROR) if on and not mention.negated else None
    if term is None:
        return None
    dyed = {m.end for m in company.reading.mentions if m.term.kind == "colour"}  # no real sky is pink
    skies = (m for m in company.reading.mentions if "place" in m.term.params.get("location", {}) and not m.negated)
    sky = any(m.start not in dyed for m in skies)
    votes = {**term.votes, "location": term.votes["glossy_floor"]} if sky else term.votes
    kept = replace(mention, term=replace(term, votes=votes), start=mention.end - 1)
    return Fate(kept=(kept,), told=range(mention.start, kept.start))


def _of_club(company: Company, mention: Mention) -> Fate | None:
    """A neon club or bar is lit so: no other room is made of its lamps."""
    places = (m.term.params_in(OF_TABLES) for m in company.reading.mentions if m.start == mention.end)
    if not any(place.get("backdrop") in LIT_PLACES for place in places):
        return None
    like = replace(mention.term, votes={}, params={OF_TABLES: mention.term.params_in(OF_TABLES)})
    return Fate(kept=(mention.meaning(like),))


def _of_neon(company: Company, mention: Mention) -> Fate | None:
    """Lights of neon colours are neon: "neon purple and cyan lights"; those of an unknown kind are told with it."""
    several = mention.term.kind == "part" and company.reading.words[mention.start].lower() in _LAMPS
    if several and mention.start - 1 in company.reading.unread and not mention.negated:
        return Fate(told=company.span(mention))
    if mention.term.role == "light" and company.has(mention.start, "neon"):
        return _of_club(company, mention)
    if mention.term.kind == "colour" and company.has(mention.start, "neon") and company.has(mention.end, "sign"):
        sign = Mention(term=company.vocabulary.phrases[_NEON], start=mention.end, end=mention.end + 1, negated=False)
        return Fate(kept=(mention, sign))
    if mention.negated or mention.term.role != "light" or not company.has(mention.end - 1, "lamp"):
        return None
    colors = {m.end: m.start for m in company.reading.mentions if m.term.kind == "colour"}
    end = mention.start
    while end in colors or company.reading.stems[end - 1 : end] == ("and",):
        end = colors.get(end, end - 1)
        if company.has(end, "neon") and end in colors.values():
            return Fate(kept=(mention.meaning(company.vocabulary.phrases[_NEON]),))
    return None


_ASKED: Final = frozenset({"absent", "colour", "place", "season"})  # kinds of phrases that these ask for without more
_ANYWHERE: Final[tuple[Rule, ...]] = (
    of_outside, of_others_seat, _of_owner, _of_face, _of_exception, _of_palette, _of_absent, of_hour, of_weather,
    of_tag,
)  # fmt: skip
"""Rules that need none of the words of ``Vocabulary.company``, in their order."""
RULES: Final[tuple[Rule, ...]] = (
    of_outside, of_others_seat, of_side, _of_owner, _of_face, _of_exception, of_feast, _of_print, _of_clear_stand,
    of_product, of_mine, _of_trade, of_yard, _of_amount, _of_tones, _of_reef, of_building, of_fence, of_trees,
    *RELATED, of_glow, _of_mirror, _of_shutters, _of_neon, _of_palette, _of_absent, _of_lighting, _of_tray, of_hour,
    of_weather, of_tag,
)  # fmt: skip
"""All, asked in this order where such a word is in the phrase or next to it."""


def _find_beans(company: Company) -> Iterator[Mention]:
    """Beans that are coffee's, in its company."""
    term: Term | None = company.vocabulary.find(_COFFEE_BEANS)
    for index in company.reading.unread if term is not None and company.names("coffee") else ():
        if term is not None and company.has(index, "bean"):
            yield Mention(term=term, start=index, end=index + 1, negated=False)
