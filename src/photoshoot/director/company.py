"""English words that mean another thing in other words' company: holidays in the sun are no Christmas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.mentions import Mention, Reading
from photoshoot.director.negation import takes_out_after
from photoshoot.director.owning import NAMING
from photoshoot.director.product_words import find_joints
from photoshoot.director.vocabulary import Term, Vocabulary

_HOLIDAYS: Final = ("holiday", "vacation")
_SUMMER: Final = frozenset(
    {
        "summer",
        "summery",
        "sun",
        "sunny",
        "sunshine",
        "sunlit",
        "sunscreen",
        "sunglasse",
        "sunglasses",
        "swim",
        "spring",
    }
    | {"beach", "sea", "ocean", "seaside", "pool", "poolside", "coast", "coastal", "island", "palm", "tropical"}
    | {"mediterranean", "straw", "sandal", "meadow", "grass", "surf", "camping", "postcard", "travel", "suitcase"}
)
"""What holidays are no feast beside."""
_PRINTED: Final = ("magazine", "catalog", "catalogue", "brochure", "book", "newspaper", "newspapers", "poster")
_PRINTS: Final = frozenset({"cover", "spread", "feel", "look", "style", "shoot", "ad", "advert", "editorial", "vibe"})
"""What follows print where a picture is to look like one, and none lies there."""
_TOYS: Final = ("paper", "toy", "model", "wooden", "miniature")
"""Vehicles of these are things."""
_DOING: Final = ("ed", "ing")
"""How words end that say what somebody does; any other that follows one is a thing: "bicycle helmet"."""
_EDGED: Final = (("framed",), ("rimmed",), ("edged",), ("trimmed",), ("plated",), ("accented",), ("tipped",))
"""What is of a colour at its edge alone."""
_SIGN, _NEON = "sign", "neon"
_LIGHTING: Final = ("lighting",)
"""What follows a place where only its light is asked for: "diner lighting"."""
_ROOMY: Final = ("interior", "room", "bed", "gym", "vanity", "playroom", "lab", "counter", "desk")
"""Sets that are rooms."""
_CARRYING: Final = frozenset({"tray", "board", "plate", "platter", "basket", "dish", "saucer", "coaster"})
"""What the product may stand on, and what else lies about."""
_JOINTS: Final = ("and", "with", "plus", ",")
_BEANS, _OF_COFFEE = ("bean",), frozenset({"coffee", "espresso", "cappuccino", "latte", "roasted", "roastery"})
_COFFEE_BEANS = ("coffee", "bean")
_OWNERS: Final = ("child", "kid", "baby", "toddler", "grandmother", "grandma", "nana", "man", "woman", "lady", "mother")
"""People whose things are there without them, where they have them: "a child's desk"."""
_MANY_OWNERS: Final = ("mens", "womens", "childrens")
_OWNED = re.compile(r"\w+['’]\w*|\b(?:mens|womens|childrens)\b")
_ROOMS: Final = frozenset({"room", "bedroom", "nursery", "desk", "table", "shelf"})
_OF_CHILDREN: Final = ("child", "kid", "toddler", "childrens")
_PLAYROOM = ("playroom",)


def read_in_company(reading: Reading, text: str, vocabulary: Vocabulary) -> Reading:
    """A prompt with the meanings that its words have beside each other.

    Args:
        reading: The prompt.
        text: The same as written, with its apostrophes.
        vocabulary: What is known.
    """
    reading = reading if "on" not in reading.stems else _name_faces(reading, vocabulary)
    names = set(_find_owners(text))
    owners = {index for index, word in enumerate(reading.words) if word.lower() in names} if names else set[int]()
    silent: set[int] = owners.intersection(reading.unread)
    silent |= {i for i in reading.unread if reading.stems[i] == _SIGN and _NEON in reading.stems[max(i - 3, 0) : i]}
    told: set[int] = set()
    mentions = list(_find_beans(reading, vocabulary))
    for mention in reading.mentions:
        span = range(mention.start, mention.end)
        if mention.start in owners and mention.end == mention.start + 1:
            silent.update(span)
            mentions += _room_of(mention, reading, vocabulary)
        elif (more := _is_no_request(mention, reading, vocabulary)) is not None:
            silent.update(range(mention.start, mention.end + more))
        elif _is_named_only(mention, reading):
            told.update(span)
        else:
            mentions.append(mention)
    carried = not _CARRYING.isdisjoint(reading.stems)
    trays = _find_trays(replace(reading, mentions=tuple(mentions))) if carried else set()
    told.update(i for mention in mentions if mention.start in trays for i in range(mention.start, mention.end))
    mentions = [mention for mention in mentions if mention.start not in trays]
    hours = [mention for mention in mentions if _is_hour(mention)]
    if hours and _is_indoors(mentions):
        mentions = [_by_light(mention) if mention in hours else mention for mention in mentions]
    silent |= {i for mention in mentions for i in range(mention.start, mention.end)}
    unread = tuple(sorted({*reading.unread, *told} - silent))
    if mentions == list(reading.mentions):
        return replace(reading, unread=unread)
    mentions.sort(key=lambda mention: mention.start)
    return replace(reading, mentions=tuple(mentions), unread=unread)


def _room_of(owner: Mention, reading: Reading, vocabulary: Vocabulary) -> Iterator[Mention]:
    """The room that is named by whose it is: a child's."""
    named = reading.stems[owner.start] in _OF_CHILDREN and not _ROOMS.isdisjoint(
        reading.stems[owner.end : owner.end + 1]
    )
    room = vocabulary.find(_PLAYROOM) if named else None
    if room is not None:
        yield replace(owner, term=room)


def _is_no_request(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> int | None:
    """How many words after it ask for nothing, either, where it itself asks for nothing; None where it does."""
    stem, after = reading.stems[mention.start], reading.stems[mention.end : mention.end + 1]
    if mention.negated and mention.term.negated_params and takes_out_after(reading.stems, mention.end, vocabulary):
        return 0
    if stem in _HOLIDAYS and mention.term.season and not _SUMMER.isdisjoint(reading.stems):
        return 0
    return 1 if stem in _PRINTED and not _PRINTS.isdisjoint(after) else None


def _is_named_only(mention: Mention, reading: Reading) -> bool:
    """Whether it is a toy's kind, a palette, or a place that light is likened to: it is told, and shapes nothing."""
    if mention.term.kind == "colour" and _is_palette(mention, reading):
        return True
    if mention.term.absent is not None:
        toy = mention.start > 0 and reading.stems[mention.start - 1] in _TOYS and mention.term.absent == "vehicles"
        return toy or (mention.end in reading.unread and not reading.stems[mention.end].endswith(_DOING))
    if mention.term.kind == "colour" and reading.stems[mention.end : mention.end + 1] in _EDGED:
        return True
    return _is_lighting(mention, reading)


def _is_palette(mention: Mention, reading: Reading) -> bool:
    """Whether it is a colour in the plural, the whole picture's, beside what has colours of its own: "cool greens"."""
    word, stem = reading.words[mention.end - 1].lower(), reading.stems[mention.end - 1]
    if word != f"{stem}s" or mention.negated:
        return False
    return any(other.term.kind == "material" or other.term.role == "water" for other in reading.mentions)


def _is_lighting(mention: Mention, reading: Reading) -> bool:
    """Whether it is a place that only light is likened to, where another phrase names a set."""
    if (
        mention.term.kind != "place"
        or mention.term.role is not None
        or reading.stems[mention.end : mention.end + 1] != _LIGHTING
    ):
        return False
    others = (other.term for other in reading.mentions if other != mention and other.term.role != "props")
    return any(max(term.votes.values(), default=0.0) >= NAMING for term in others)


def _name_faces(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt where what lies on the floor names that: of "terracotta tiles on the floor" it is a tiled floor."""
    named: list[Mention] = []
    faces: set[int] = set()
    for mention in reading.mentions:
        after = tuple(stem for stem in reading.stems[mention.end : mention.end + 3] if stem != "the")
        face = after[1] if after[:1] == ("on",) and after[1:2] in (("floor",), ("wall",)) else None
        last = reading.stems[mention.end - 1]
        terms = (vocabulary.find((word, face)) for word in (f"{last}d", f"{last}ed", last) if face is not None)
        term = next((term for term in terms if term is not None), None)
        if term is not None:
            faces.add(reading.stems.index(after[1], mention.end))
            mention = replace(mention, term=term)
        named.append(mention)
    return replace(reading, mentions=tuple(mention for mention in named if mention.start not in faces))


def _is_indoors(mentions: Sequence[Mention]) -> bool:
    """Whether a room is named, and no place out of doors: what an hour gives is its light."""
    named = [mention.term.votes for mention in mentions if mention.term.kind == "place" and not mention.negated]
    return any(
        max(votes, key=lambda name: votes[name]) in _ROOMY for votes in named if votes and max(votes.values()) >= NAMING
    )


def _is_hour(mention: Mention) -> bool:
    return (
        mention.term.kind == "place"
        and "elevation_deg" in mention.term.light
        and set(mention.term.votes) == {"location"}
    )


def _by_light(mention: Mention) -> Mention:
    """An hour that speaks for no place, and still for its light."""
    return replace(mention, term=replace(mention.term, votes={}))


def _find_trays(reading: Reading) -> set[int]:
    """Where the phrases begin of what is carried in beside the product, which stands on something else.

    Of "on blue tiles, figs and a brass tray" no counter is of brass.
    """
    joints = find_joints(reading)
    gone: set[int] = set()
    for mention in reading.mentions:
        carries = mention.term.role == "surface" and reading.stems[mention.end - 1] in _CARRYING
        standing = {"on", "upon", "atop"} & set(reading.stems[: mention.start])
        if not carries or not standing or joints[mention.start] not in _JOINTS:
            continue
        start = mention.start
        gone.add(start)
        for before in reversed(reading.mentions):
            if before.end == start and before.term.color is not None:
                start = before.start
                gone.add(start)
    return gone


def _find_owners(text: str) -> Iterator[str]:
    """The words for people, without their apostrophes, that something belongs to: ``childs`` of "a child's desk"."""
    for word in _OWNED.findall(text.lower()):
        plain = word.replace("'", "").replace("’", "")
        if plain in _MANY_OWNERS or plain.removesuffix("s") in _OWNERS:
            yield plain


def _find_beans(reading: Reading, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Beans that are coffee's, in its company."""
    term: Term | None = vocabulary.find(_COFFEE_BEANS)
    if term is None or _OF_COFFEE.isdisjoint(reading.stems):
        return
    for index in reading.unread:
        if reading.stems[index] in _BEANS:
            yield Mention(term=term, start=index, end=index + 1, negated=False)
