"""A prompt as each of its phrases sees the others; which words mean another thing beside each other is data.

That is under ``company`` in ``presets/director.json``; ``company_rules`` says what it makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from photoshoot.director.phrases.noun_phrases import IN_PLACES
from photoshoot.director.phrases.product_words import JOINTS, find_joints, find_opening, names_where
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.senses.owning import NAMING
from photoshoot.director.words.brand_names import find_brands, find_heading
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Term, Vocabulary

ROOMY: Final = ("interior", "room", "bed", "gym", "vanity", "playroom", "lab", "counter", "desk")
"""Sets that are rooms."""
_NAMES_A_SET: Final = 1.0
"""The least votes of what is more than light or a mood."""
_STATES: Final = frozenset({"sandy", "snowy", "wet"})
"""Words for places that say how something is: a wet towel."""
_OF_PLATFORMS: Final = "podium"
"""The set of platforms, which has blocks beside them."""
_MANY_OWNERS: Final = ("mens", "womens", "childrens", "kids", "boys", "girls", "ladies", "toddlers")
_OWNED = re.compile(rf"\w+['’]\w*|\b(?:{'|'.join(_MANY_OWNERS)})\b(?=\s\w)")

_QUOTED = re.compile(r"""(\w+:?\s+)?(?<!\w)(?:["“„«]([^"“”«»]+)["”“»]|['‘]([^'‘’]+)['’](?!\w))""")
"""(word before it, what is quoted, the same between single marks)."""
_CALLED = frozenset(
    {"called", "named", "titled", "tagline", "slogan", "headline", "saying", "reads", "text", "launching"}
)
_BY: Final = frozenset({*JOINTS, "next", "beside", "near"})
"""What joins a tray to what stands on something else."""
_APART: Final = ("goods", "goods_of_two", "hung_goods", "packs", "seat")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with", "&"})
_LABELLED = re.compile(
    r"(?:^|[,.;\n]\s*)(?:(?:our|my|the)\s+)?(?:brand|client)\s*:([^,.;\n]*)|"
    r"\b(?:audience|customers?|tagline|slogan|headline)\s*:([^.;\n]*)",
    re.I,
)
"""What a brief says of its brand and of whom it is for."""


class Fate(NamedTuple):
    """What becomes of a phrase."""

    kept: tuple[Mention, ...] = ()
    """What is read in its place."""
    silent: range = range(0)
    """Tokens that ask for nothing."""
    told: range = range(0)
    """Tokens that are told as not read."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Company:
    """A prompt, as each of its phrases sees the others."""

    reading: Reading
    """The prompt, taken apart into phrases."""
    text: str
    """The same as written, with its apostrophes."""
    vocabulary: Vocabulary
    """What is known."""

    def has(self, index: int, group: str) -> bool:
        """Whether the token there is a word of a group; False outside of the prompt."""
        return 0 <= index < self._size and self.reading.stems[index] in self.vocabulary.company[group]

    @cached_property
    def _size(self) -> int:
        return len(self.reading.stems)

    @cached_property
    def known(self) -> frozenset[int]:
        """Tokens that are in any group, carried as trays are, or seats of some material."""
        words, stems = _all_words(self.vocabulary), self.reading.stems
        return frozenset([i for i, stem in enumerate(stems) if stem in words]) | self.carried | self.seats

    def names(self, group: str) -> bool:
        """Whether any word of a group stands in the prompt."""
        return not self.vocabulary.company[group].isdisjoint(self.reading.stems)

    def span(self, mention: Mention, more: int = 0) -> range:
        """The tokens of a phrase, and ``more`` after it."""
        return range(mention.start, mention.end + more)

    @property
    def boundaries(self) -> frozenset[str]:
        """Stems that end a phrase, beside marks."""
        return self.vocabulary.boundaries | {"and", "or"}

    def is_on(self, mention: Mention) -> bool:
        """Whether an "on" leads to a phrase, and no place stands before it: "on a white tile", and not "pool tile"."""
        stems, colors = self.reading.stems, [m for m in self.reading.mentions if m.term.kind == "colour"]
        joining = {m.end for m in colors if stems[m.end : m.end + 1] == ("and",)}
        joining &= {m.start - 1 for m in colors}  # "on blue and white tiles"
        before = (stems[i] for i in range(mention.start - 1, -1, -1) if i not in joining)
        leading = next((stem for stem in before if not stem[0].isalnum() or stem in self.boundaries), "")
        placed = any(m.end == mention.start and is_named_place(m.term) for m in self.reading.mentions)
        return leading == "on" and not (placed and stems[mention.start - 1] not in _STATES)

    @cached_property
    def owners(self) -> frozenset[int]:
        """Tokens of people who only have something: "a child's desk"."""
        names = set(self._find_owners())
        return frozenset(i for i, word in enumerate(self.reading.words) if names and word.lower() in names)

    @cached_property
    def of_names(self) -> frozenset[int]:
        """Tokens of names in quotes, and of what a brief says of its brand: nothing of the picture is asked there."""
        said = [match[1] or match[2] for match in _LABELLED.finditer(self.text)] if ":" in self.text else []
        for match in _QUOTED.finditer(self.text):
            quoted, before = match[2] or match[3], (match[1] or "").strip(" :\n").lower()
            titled = all(word[0].isupper() or word in _SMALL for word in quoted.split()) and quoted[:1].isupper()
            said += [quoted] if titled or before in _CALLED else []
        return frozenset(token for text in said for token in self._find_words(text))

    def _find_words(self, text: str) -> range:
        """The tokens of a part of the prompt; none where it is not there as a whole."""
        words = tuple(word for word, _ in split_tokens(text))
        starts = (i for i in range(len(self.reading.words)) if self.reading.words[i : i + len(words)] == words)
        start = next(starts, None) if words else None
        return range(0) if start is None else range(start, start + len(words))

    @cached_property
    def faces(self) -> dict[int, int]:
        """Start of what lies on a floor or a wall → the token that names that."""
        stems = self.reading.stems
        found: dict[int, int] = {}
        for mention in self.reading.mentions if "on" in stems else ():
            after = tuple(stem for stem in stems[mention.end : mention.end + 3] if stem != "the")
            if after[:1] == ("on",) and after[1:2] in (("floor",), ("wall",)) and self.face_of(mention, after[1]):
                found[mention.start] = stems.index(after[1], mention.end)
        return found

    @cached_property
    def carried(self) -> frozenset[int]:
        """Where the phrases begin of trays beside the product, which stands on something else."""
        stems = self.reading.stems
        joints = find_joints(self.reading) if self.names("carrying") else {}
        gone: set[int] = set()
        for mention in self.reading.mentions if joints else ():
            carries = mention.term.role == "surface" and self.has(mention.end - 1, "carrying")
            standing = "on" in stems[: mention.start] or any(map(_is_ground, self.before(mention)))
            heaped = self.has(mention.end - 1, "toy_block") and any(
                m.end <= mention.start and m.term.votes.get(_OF_PLATFORMS, 0.0) >= NAMING for m in self.reading.mentions
            )  # blocks beside a platform are of its set
            aside = joints[mention.start] in _BY and not self.is_on(mention)
            if carries and standing and aside and not heaped:
                gone |= {mention.start, *self.leading_colors(mention)}
        return frozenset(gone)

    def before(self, mention: Mention) -> list[Mention]:
        """The phrases before one that are wanted."""
        return [m for m in self.reading.mentions if m.end <= mention.start and not m.negated]

    @cached_property
    def seats(self) -> frozenset[int]:
        """Tokens of benches, stools and chairs that a material leads to: "a marble bench"."""
        made = {m.end for m in self.reading.mentions if m.term.kind == "material"} if self.names("seat") else set()
        return frozenset(i for i in made if self.has(i, "seat"))

    @cached_property
    def brands(self) -> frozenset[int]:
        """Tokens of the names of brands; a heading is one where what follows says where the product is."""
        heading = find_heading(self.text)
        end = self._find_words(heading).stop if heading is not None else 0
        headed = heading is not None and any(m.start >= end and names_where(m) for m in self.reading.mentions)
        names = [*find_brands(self.text), *([heading] if headed and heading is not None else [])]
        found = [self._find_words(name) for name in names]
        return frozenset(token for tokens in found if not self._is_mood(tokens) for token in tokens)

    def _is_mood(self, tokens: range) -> bool:
        """Whether words are but of light, tone and season: "Golden Hour: watch on sand"."""
        moods = [m for m in self.reading.mentions if m.start in tokens and _is_light(m.term)]
        return bool(moods) and {i for m in moods for i in self.span(m)}.issuperset(tokens)

    @cached_property
    def mine(self) -> tuple[int, ...]:
        """Tokens of "my" and "our"."""
        words, stems = self.vocabulary.company["mine"], self.reading.stems
        return () if words.isdisjoint(stems) else tuple(i for i, stem in enumerate(stems) if stem in words)

    @cached_property
    def opening(self) -> int:
        """The token that the scene begins at: a brand, a campaign or the kind of photo stands before it."""
        return find_opening(self.reading, self.vocabulary)

    @cached_property
    def looks_out(self) -> bool:
        """Whether something is said to be outside."""
        return self.names("out")

    @cached_property
    def is_indoors(self) -> bool:
        """Whether a room is named: what an hour gives there is its light."""
        places = (m for m in self.reading.mentions if m.term.kind == "place" and m.term.role != "backdrop")
        named = [m.term.votes for m in places if not m.negated]
        rooms = (max(votes, key=votes.__getitem__) for votes in named if votes and max(votes.values()) >= NAMING)
        return any(name in ROOMY for name in rooms)

    def face_of(self, mention: Mention, face: str) -> Term | None:
        """What a floor or a wall of something is called: "tiled floor" of tiles."""
        last = self.reading.stems[mention.end - 1]
        terms = (self.vocabulary.find((word, face)) for word in (f"{last}d", f"{last}ed", last))
        return next((term for term in terms if term is not None), None)

    def leading_colors(self, mention: Mention) -> Iterator[int]:
        """Where colours begin that lead to a phrase without a gap, nearest first."""
        start = mention.start
        for before in reversed(self.reading.mentions):
            if before.end == start and before.term.color is not None:
                start = before.start
                yield start

    def _find_owners(self) -> Iterator[str]:
        """Words for people, without their apostrophes, that something belongs to: ``childs`` of "a child's desk"."""
        company = self.vocabulary.company
        for word in _OWNED.findall(self.text.lower()):
            plain = word.replace("'", "").replace("’", "")
            if plain in _MANY_OWNERS or plain.removesuffix("s") in company["owner"]:
                yield plain


def is_named_place(term: Term) -> bool:
    """Whether it names a place: "pool", and not "simple"."""
    return term.kind == "place" and term.weight >= _NAMES_A_SET


def _is_ground(mention: Mention) -> bool:
    """Whether it is ground, or a blanket on it, that a product is on without an "on": "in the grass"."""
    places = mention.term.params.get(IN_PLACES, {})
    return mention.term.role in ("surface", "ground") and places.get("material") in ("grass", "blanket", "moss")


def _is_light(term: Term) -> bool:
    """Whether it says when it is, or how the picture feels, and names neither a place nor a thing."""
    named = term.color is not None or term.weight >= _NAMES_A_SET
    return term.season or "elevation_deg" in term.light or not named


@lru_cache(maxsize=4)
def _all_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Of all groups but those of what is sold, which asks nothing of its neighbours, and of seats."""
    return frozenset[str]().union(*(words for name, words in vocabulary.company.items() if name not in _APART))
