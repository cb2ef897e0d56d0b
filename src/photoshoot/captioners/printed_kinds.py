"""What is in a package, by the words that are printed on it: a bottle that says SHAMPOO is a shampoo bottle.

``weights/printed_kinds.toml`` lists what packages hold, what they say of it in 13 languages, and the outlines of
bottles, boxes and jars. Words only tell what is in a package; whether a thing is one, networks and outline tell. A
T-shirt that says COFFEE stays a T-shirt. Words that other things say as well need a package that is seen, a quantity or
another word of packages beside them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from photoshoot.captioners.noun import ROOT, Noun, Range
from photoshoot.captioners.nouns import Naming, NounTree
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.files import find_data
from photoshoot.records import Category
from photoshoot.vision.printed_text import PrintedLine

_PACKAGES: Final = ("bottle", "spray can", "beauty product", "box", "packet", "plastic bag", "container", "sauce")
"""Nouns that are packages, with those under them."""
_VAGUE: Final = frozenset({ROOT, "homeware", "home accessory", "medical item", "food", "drink", "candle", "envelope"})
"""Nouns that leave open what a thing is."""
_OPEN: Final = 0.45  # confidence under which some other nouns are doubted, too
_SETTLED: Final = (
    *("clothing", "bag", "furniture", "vehicle", "animal", "toy", "sports gear", "musical instrument", "sunglasses"),
    *("cup", "glass", "bowl", "plate", "timepiece", "accessory", "home textile", "screen", "computer", "phone"),
    *(
        "kitchen appliance",
        "home appliance",
        "stationery",
        "flower",
        "fruit",
        "vegetable",
        "camera",
        "headphones",
        "balloon",
    ),
)
"""Nouns of things that are printed on, however faintly they are seen, with those under them: no packages."""
_LEAST_FILL, _MOST_HOLES, _MOST_ELONGATION = 0.5, 1, 7.0
_LEAST_HEIGHT, _LEAST_WEAK_HEIGHT = 0.02, 0.03  # of the product's longer side, that letters have at least
_ALIKE = 0.5  # of the tallest letters' height, from which letters are of like size
_ROW = 0.6  # of letters' height by which middles of words in one row differ at most
_LONG, _COMPOUND, _BEFORE = 7, 5, 3  # letters of a word that may be misspelt, of one that ends another, and before it
_MOST_WORDS = 4
_SURE, _LESS_SURE = 0.9, 0.75  # confidence in a kind by words that only such packages say, and by others
_QUANTITY = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:ml|cl|dl|l|g|gr|kg|oz|floz|fl)(?![^\W\d_])", re.IGNORECASE)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "đ": "d", "å": "a"})


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """What a package may hold."""

    name: str
    category: Category
    forms: tuple[str, ...]
    words: frozenset[str]
    """Folded, without spaces."""
    alone: str
    """What a pack of it is a pack of: cookies."""
    weak: bool


@dataclass(frozen=True, kw_only=True)
class _Form:
    """What a package may be."""

    nouns: tuple[str, ...]
    outline: Mapping[str, Range]


@dataclass(frozen=True, kw_only=True)
class _Word:
    """One printed word, folded."""

    text: str
    line: PrintedLine


@dataclass(frozen=True, kw_only=True)
class PrintedNaming:
    """A name that printed words narrowed."""

    naming: Naming
    line: PrintedLine
    """The line that says so, or its last one."""


@dataclass(frozen=True, kw_only=True)
class PrintedKinds:
    """All that packages hold, what they say and what they are."""

    kinds: tuple[_Kind, ...]
    """Of two that stand on one package in letters of like size, the first is it."""
    forms: Mapping[str, _Form]
    support: frozenset[str]
    """Words of packages that tell nothing of what is in them."""

    @classmethod
    def load(cls, path: Path | None = None) -> PrintedKinds:
        """Read the table from a file; None: the embedded one, read once."""
        return _load() if path is None else _read(path)

    def may_be_package(self, naming: Naming, silhouette: Silhouette, tree: NounTree) -> bool:
        """Whether words could tell more than a name: it is a package's, or vague or faint, and the outline fits."""
        if tree.is_a(naming.noun, _PACKAGES):
            return True
        solid = silhouette.fill >= _LEAST_FILL and silhouette.holes <= _MOST_HOLES
        if not solid or silhouette.elongation > _MOST_ELONGATION or silhouette.shows_skin:
            return False
        faint = naming.confidence < _OPEN and not tree.is_a(naming.noun, _SETTLED)
        return naming.noun.name in _VAGUE or faint

    def narrow(
        self, naming: Naming, silhouette: Silhouette, lines: Sequence[PrintedLine], side: int, tree: NounTree
    ) -> PrintedNaming | None:
        """The name with what is in the package; None where no line tells.

        Args:
            naming: What the networks see.
            silhouette: The product's outline.
            lines: What is printed on it.
            side: The product's longer side, in the lines' pixels.
            tree: The nouns.
        """
        seen = tree.is_a(naming.noun, _PACKAGES)
        words = [word for word in _split(lines) if word.line.height >= _LEAST_HEIGHT * side]
        supported = seen or self._is_supported(lines)
        found = [
            (kind, line)
            for kind, line in self._find(words)
            if not kind.weak or (supported and line.height >= _LEAST_WEAK_HEIGHT * side)
        ]
        if not found:
            return None
        tallest = max(line.height for _, line in found)
        order = {kind.name: place for place, kind in enumerate(self.kinds)}
        alike = [(kind, line) for kind, line in found if line.height >= _ALIKE * tallest]
        kind, line = min(alike, key=lambda pair: (order[pair[0].name], -pair[1].height))
        noun = self._compose(kind, naming.noun, silhouette, tree)
        sure = (_LESS_SURE if kind.weak else _SURE) * line.score
        confidence = max(sure, naming.confidence) if seen else sure
        return PrintedNaming(naming=Naming(noun=noun, category=kind.category, confidence=confidence), line=line)

    def _is_supported(self, lines: Sequence[PrintedLine]) -> bool:
        texts = [" ".join(line.text for line in lines), *(line.text for line in lines)]
        if any(_QUANTITY.search(text) for text in texts):
            return True
        return any(word.text in self.support for word in _split(lines))

    def _find(self, words: Sequence[_Word]) -> Iterator[tuple[_Kind, PrintedLine]]:
        """Each kind that words in a row name, with the line in the smallest letters; longer phrases come first."""
        taken: set[int] = set()
        for count in range(_MOST_WORDS, 0, -1):
            for start in range(len(words) - count + 1):
                places, run = range(start, start + count), words[start : start + count]
                if not taken.isdisjoint(places):
                    continue
                kind = self._name("".join(word.text for word in run), alone=count == 1)
                if kind is not None:
                    taken.update(places)
                    yield kind, min((word.line for word in run), key=lambda line: line.height)

    def _name(self, text: str, *, alone: bool) -> _Kind | None:
        exact = next((kind for kind in self.kinds if text in kind.words), None)
        if exact is not None or len(text) < _COMPOUND:
            return exact
        nearly = next((kind for kind in self.kinds if any(_is_nearly(text, word) for word in kind.words)), None)
        if nearly is not None or not alone:
            return nearly
        return next((kind for kind in self.kinds if any(_ends(text, word) for word in kind.words)), None)

    def _compose(self, kind: _Kind, noun: Noun, silhouette: Silhouette, tree: NounTree) -> Noun:
        """The kind with its form: as the networks see it, as the outline alone can be, or a pack of it."""
        said = [form for form, data in self.forms.items() if tree.is_a(noun, data.nouns)]
        form = next((form for form in kind.forms if form in said), said[0] if said else "")
        likely = [form for form in kind.forms if silhouette.lies_in(self.forms[form].outline)]
        form = form or (likely[0] if len(likely) == 1 else "")
        name = f"{kind.name} {form}" if form else kind.alone
        if name in tree.nouns:
            return tree.nouns[name]
        basis = noun if said else tree.nouns[self.forms[form].nouns[0]] if form else noun
        named = replace(basis, name=name, parent=basis.name, category=kind.category, plural=False, needs=0.0)
        return replace(named, counted=None if form else f"pack of {kind.alone}", outline={}, when={})


def fold(text: str) -> str:
    """Lower case without accents and spaces; letters and digits alone."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isalnum())


def _split(lines: Sequence[PrintedLine]) -> list[_Word]:
    """Words in the order in which they are read: rows from the top, each from the left."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.middle[1]):
        last = rows[-1][-1] if rows else None
        near = last is not None and line.middle[1] - last.middle[1] <= _ROW * min(line.height, last.height)
        rows[-1].append(line) if near else rows.append([line])
    ordered = [line for row in rows for line in sorted(row, key=lambda line: line.middle[0])]
    parts = ((part, line) for line in ordered for part in re.split(r"[\s'’`´./&+,:;|•·-]+", line.text))
    return [_Word(text=fold(part), line=line) for part, line in parts if fold(part)]


def _is_nearly(text: str, word: str) -> bool:
    """Whether one letter of a long word is wrong, missing or too many; the first one is right."""
    if min(len(text), len(word)) < _LONG or abs(len(text) - len(word)) > 1 or text[0] != word[0]:
        return False
    same = next((at for at, (a, b) in enumerate(zip(text, word, strict=False)) if a != b), min(len(text), len(word)))
    one, other = text[same:], word[same:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _ends(text: str, word: str) -> bool:
    """Whether a compound's last part is the word: Bergkaffee, Glanzshampoo."""
    return len(word) >= _COMPOUND and len(text) >= len(word) + _BEFORE and text.endswith(word)


@cache
def _load() -> PrintedKinds:
    return _read(find_data("weights") / "printed_kinds.toml")


def _read(path: Path) -> PrintedKinds:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return PrintedKinds(
        kinds=tuple(_read_kind(name, entry) for name, entry in data["kinds"].items()),
        forms={name: _read_form(entry) for name, entry in data["forms"].items()},
        support=frozenset(map(fold, data["support"])),
    )


def _read_kind(name: str, data: Mapping[str, Any]) -> _Kind:
    return _Kind(
        name=name,
        category=Category(data["category"]),
        forms=tuple(data["forms"]),
        words=frozenset(map(fold, data["words"])),
        alone=data.get("alone", name),
        weak=bool(data.get("weak", False)),
    )


def _read_form(data: Mapping[str, Any]) -> _Form:
    ranges = {name: value for name, value in data.items() if name != "nouns"}
    outline = {name: (float(low), float(high)) for name, (low, high) in ranges.items()}
    return _Form(nouns=tuple(data["nouns"]), outline=outline)
