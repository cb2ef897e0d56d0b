"""The director's words in other languages: ``presets/languages``, one row a meaning, one column a language.

``words.psv`` holds the languages that have most, ``more_words.psv`` those that have fewer, ``hebrew.psv`` Hebrew,
``later_words.psv`` and ``latin_words.psv`` those that came last, ``scripts_words.psv`` those of own scripts, and
``typed_words.psv`` other scripts' words in Latin letters.
A cell holds what says it, parted by ``/``; a word that ends in ``-`` is a stem, whose endings are the language's
affair. Everything is compared folded: lower case, without accents.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.languages.affixes import GERMANIC, LACKING, LONGEST_ENDING, PARTICIPLE, PREFIXES, SUFFIX, WITH
from photoshoot.director.languages.inflection import change_stem, is_form, list_forms, may_end
from photoshoot.director.languages.stem_endings import stem_endings
from photoshoot.director.words.folding import fold, is_accented, latinize, simplify

_USUAL_ENDING, _SHORT_STEM, _SHORT_ENDING = 4, 4, 3  # three letters after a stem of three are another word
_COMPOUNDING = ("de", "nl", "sv", "da", "hu", "fi", "af", "et")
_TONING = ("pl", "cs", "ru", "uk", "bg", "hr")  # they put a tone before its colour and no other word before one
_TONES = frozenset({"bright", "dark", "pale", "light"})
GLUED: Final = ("de", "nl", "sv", "da", "af")
"""Of those, where what follows a stem and is no ending is another noun."""
_COLORED, _JOINERS = "colored", ("", "s", "n", "en", "es", "e", "er")
_LEAST_EMPTY, _LONGEST = 4, 24  # letters of a compound's part that adds nothing; of a word where there are no spaces
LONGEST_WORD: Final = 60
"""Letters from which on nothing is a word: the longest compounds of German dictionaries have fewer."""
_LEAST_TAIL, _LEAST_PART = 5, 3  # letters of the last word of a compound whose first is not known, and of any part
_SHORT_HEAD = 2  # letters of a whole Hungarian word that leads a compound: of wood, "fatálca"
JOINING: Final = frozenset(
    {"", "on", "in", "with", "and", "or", "nor", "without", "before", "near", "under", "of", "to", "colored"}
    | {"overlooking"}
)
"""What joining words mean in English, and words for colour: none has other forms than are listed."""
JOINTS: Final = JOINING - {"", "of", "colored"}
"""Those that begin another phrase."""
NUMBERS: Final = frozenset({"two", "three", "four", "five"})
"""Numbers in English, before what there are so many of."""
_BEIGE, _ZH = re.compile(r"\b(?:bež|beż|беж)\b", re.IGNORECASE), ("hr", "pl")
_JOINTS = re.compile(r"'|(?<=\w)-(?=\w)")  # what parts words in prompts, too


_OWN_LETTERS: Final = re.compile("[äöüåøæğışőűąęłżčďěňřšťžůășț]", re.IGNORECASE)
"""Letters that no word has which is the same in English."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """What one language's words mean, in the director's English."""

    code: str
    """The language, of ``LANGUAGES``."""
    whole: dict[str, str] = field(default_factory=dict)
    """Folded word → English; "" for words that only join others."""
    stems: dict[str, str] = field(default_factory=dict)
    """Folded beginning of a word → English."""
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Folded words, stems with their ``-``, of a phrase of several → English."""
    accented: dict[str, str] = field(default_factory=dict)
    """Word as its row writes it, where that has accents → English."""
    changed: dict[str, str] = field(default_factory=dict)
    """Folded stem as inflection changes it → English."""
    pairs: set[tuple[str, str]] = field(default_factory=set)  # neighbours in phrases
    heads: set[str] = field(default_factory=set)  # the first words of phrases
    ends: set[str] = field(default_factory=set)  # the last two letters of words
    marked: bool = False
    """Whether its words keep their accents."""
    _by_letter: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """First letter → phrases that begin with it, in their order."""

    def add(self, cell: str, english: str) -> None:
        """Learn what a cell says; the first meaning of a word stays."""
        for written in filter(None, cell.split("/")):
            words = self.fold(written)
            tokens = tuple(_JOINTS.sub(" ", words).split())
            self.ends.add(words.rstrip("-")[-2:])
            if len(tokens) > 1:
                self._add_phrase(tokens, english)
            elif tokens[0].endswith("-"):
                self.stems.setdefault(tokens[0][:-1], english)
                self._add_changed(tokens[0][:-1], english, whole=False)
            else:
                if is_accented(written):
                    self.accented.setdefault(unicodedata.normalize("NFC", written).lower(), english)
                self.whole.setdefault(tokens[0], english)
                self._add_changed(tokens[0], english, whole=True)

    def fold(self, text: str) -> str:
        """A text as this lexicon compares it; a *bež* is beige there, and a *bez* is "without"."""
        text = _BEIGE.sub("bezh", text) if self.code in _ZH else text
        folded = unicodedata.normalize("NFC", text).lower() if self.marked else fold(text)
        return simplify(folded) if self.code == "zh" else latinize(folded) if self.code == "hr" else folded

    def _add_phrase(self, tokens: tuple[str, ...], english: str) -> None:
        if tokens not in self.phrases:
            self.phrases[tokens] = english
            self._by_letter.setdefault(tokens[0][0], []).append(tokens)
            self.pairs.update(pairwise(tokens))
            self.heads.add(tokens[0])

    def _add_changed(self, word: str, english: str, *, whole: bool) -> None:
        if english not in JOINING:
            for stem in change_stem(word, self.code, whole=whole):
                self.changed.setdefault(stem, english)

    def find_written(self, written: str) -> str | None:
        """What a word means whose accents may part it from others: a "Bär" is no "Bar", which English has, too."""
        if (exact := self.accented.get(unicodedata.normalize("NFC", written).lower())) is not None:
            return exact
        folded = self.fold(written)
        return None if self.whole.get(folded) == folded and _OWN_LETTERS.search(written) else self.find(folded)

    def find(self, token: str) -> str | None:
        """What a folded word means, whole, by its stem, or as a compound of two; None where it is not known."""
        if len(token) > LONGEST_WORD:
            return None
        if (lacked := self._find_lacked(token)) is not None:
            return f"without {lacked}"
        inflected = self._find_inflected(token) if self.code in _COMPOUNDING else None
        if inflected is not None:
            return inflected
        known = [found for form in list_forms(token, self.code) if (found := self._find_form(form)) is not None]
        found = next(filter(None, known), "") if known and token not in self.whole else next(iter(known), None)
        found = self._find_toned(token) if found is None and self.code in _TONING else found
        return self._find_changed(token) if found is None else found

    def _find_lacked(self, token: str) -> str | None:
        """What a word says that there is none of: of "gölgesiz" the shadows; None for other words."""
        ending = LACKING.get(self.code)
        bare = token if ending is None or token in self.whole else ending.sub("", token)
        if len(bare) == len(token) or len(bare) < _LEAST_PART:
            return None
        found = self.find(bare)
        return found if found not in (None, *JOINING) and found not in NAMED_COLORS else None

    def _find_toned(self, token: str) -> str | None:
        """A light or dark colour that is one word: "jasnoszary"."""
        ends = (size for size in range(_LEAST_PART + 1, len(token) - 1) if token[size - 1] in "oeое")
        found = ((self._find_stem(token[:size])[1], self._find_stem(token[size:])[1]) for size in ends)
        return next((f"{tone} {color}" for tone, color in found if tone in _TONES and color in NAMED_COLORS), None)

    def _find_inflected(self, token: str) -> str | None:
        """What a word means that is one of the table's with an ending, and so no compound; None for others."""
        stem = self._find_stem(token)[0]
        if token in self.whole or (stem is not None and may_end(token[len(stem) :], self.code)):
            return None  # it is found so
        whole = next((self.whole[form] for form in list_forms(token, self.code) if form in self.whole), None)
        return (self._find_changed(token) or None) if whole in (None, *JOINING) else whole

    def carries(self, token: str, endings: Mapping[str, Sequence[str]]) -> bool:
        """Whether a folded word has one of its language's endings, as ``affixes.ON``, and is no word by itself."""
        bare = [token[: -len(ending)] for ending in endings.get(self.code, ()) if token.endswith(ending)]
        return token not in self.whole and any(self.find(word) is not None for word in bare)

    def says_with(self, token: str) -> bool:
        """Whether a folded word has an ending that says "with", and is no word by itself."""
        return self.code in WITH and token not in self.whole and WITH[self.code].search(token) is not None

    def find_last_half(self, token: str) -> str | None:
        """A compound of which the last word alone is known, as two words: of "almwiese" there is an "alm meadow"."""
        if self.code not in GLUED or len(token) > LONGEST_WORD or PARTICIPLE[self.code].search(token):
            return None
        for size in range(_LEAST_PART, len(token) - _LEAST_TAIL + 1):
            if token[size - 2 : size] in self.ends and (tail := self._find_tail(token[size:])):
                return f"{token[:size]} {tail}"
        return None

    def find_phrase(self, tokens: tuple[str, ...]) -> tuple[int, str] | None:
        """(number of words, English) of the longest known phrase that these folded words begin with."""
        near = (p for p in self._by_letter.get(tokens[0][0], ()) if len(p) <= len(tokens))
        fitting = (pattern for pattern in near if all(map(self._fits, tokens, pattern)))
        longest = max(fitting, key=len, default=())
        return (len(longest), self.phrases[longest]) if longest else None

    def find_inside(self, text: str) -> tuple[int, str] | None:
        """(number of letters, English) of the longest word that a text without spaces begins with.

        A shorter one goes first where that leaves a whole word instead of a letter: 古い|木箱, and not 古い木|箱.
        """
        found = self._find_longest(text)
        size = found[0] if found is not None else 0
        left = self._find_longest(text[size:]) if 1 < size < len(text) else (size, "")
        if left is not None and (left[0] > 1 or left[1] in JOINING):
            return found
        for shorter in (part for part in range(size - 1, 0, -1) if text[:part] in self.whole):
            after = self._find_longest(text[shorter:])
            if after is not None and after[0] > size - shorter:
                return shorter, self.whole[text[:shorter]]
        return found

    def _find_longest(self, text: str) -> tuple[int, str] | None:
        for size in range(min(_LONGEST, len(text)), 0, -1):
            english = self.whole.get(text[:size], self.stems.get(text[:size]))
            if english is not None:
                return size, english
        return None

    def _find_form(self, token: str) -> str | None:
        if token in self.whole:
            return self.whole[token]
        stem, english = self._find_stem(token)
        ending = token[len(stem) :] if stem is not None else None
        if ending is not None and (may_end(ending, self.code) or ending in GERMANIC):
            return english
        compound = self._find_compound(token) if self.code in _COMPOUNDING else None
        if compound is None and english and self.code in _COMPOUNDING:
            return self._tell_rest(english, str(stem), str(ending))
        return compound if compound is not None else english

    def _tell_rest(self, english: str, stem: str, rest: str) -> str | None:
        """What a stem means before what is no ending of its: the other half of a compound, which is told; else None."""
        plain = rest[1:] if rest[0] == stem[-1] else rest  # "takken" of "tak"
        suffix = stem_endings(self.code) or SUFFIX
        if suffix.fullmatch(plain) or suffix.fullmatch(rest):
            return english
        return f"{english} {rest}" if len(rest) >= _LEAST_PART else None

    def _find_stem(self, token: str) -> tuple[str | None, str | None]:
        for size in range(len(token), 1, -1):
            if token[:size] in self.stems and self._may_end(token[:size], token[size:]):
                return token[:size], self.stems[token[:size]]
        return None, None

    def _find_changed(self, token: str) -> str | None:
        """What a word means whose stem inflection changed; the longest such stem tells."""
        ends = (size for size in range(len(token), 2, -1) if may_end(token[size:], self.code))
        stems = (token[:size] for size in ends)
        return next((found for stem in stems if (found := self._find_whole(stem) or self.changed.get(stem))), None)

    def _find_whole(self, word: str) -> str | None:
        """What a word of dictionaries means; None for those that only join others, which carry no endings."""
        return found if (found := self.whole.get(word)) not in JOINING else None

    def _find_compound(self, token: str) -> str | None:
        short = self.code == "hu" and len(token) >= _SHORT_HEAD + _LEAST_TAIL and token[:_SHORT_HEAD] in self.whole
        for size in range(len(token) - _LEAST_PART, (_SHORT_HEAD if short else _LEAST_PART) - 1, -1):
            tail = self._find_tail(token[size:])
            head = self._find_head(token[:size]) if tail is not None else None
            if head:
                return f"{head} {tail}".rstrip()
        return self._find_shade(token)

    def _find_shade(self, token: str) -> str | None:
        """The colour that a compound of an unknown word is a shade of: cobalt blue is blue."""
        sizes = range(_LEAST_PART, len(token) - _LEAST_PART + 1)
        parts = (token[size:] for size in sizes if token[size - 2 : size] in self.ends)
        tails = (self._find_tail(part) for part in parts if self._ends_rightly(part))
        return next((tail for tail in tails if tail in NAMED_COLORS), None)

    def _ends_rightly(self, part: str) -> bool:
        """Whether a compound's last word has no ending but its language's: in "Vordergrund" is no green."""
        stem = self._find_stem(part)[0]
        return part in self.whole or stem is None or part[len(stem) :] in GERMANIC | {""}

    def _find_tail(self, part: str) -> str | None:
        """What a compound's last word means; "" for one that adds nothing, such as "optik"."""
        if self.code == "fi" and may_end(part, self.code):
            return None  # in "dyyneillä" there is no evening
        stem = self._find_stem(part)[1]
        found = self.whole.get(part) or stem or self._find_changed(part)
        if not found:
            return "" if len(part) >= _LEAST_EMPTY and "" in (self.whole.get(part), stem) else None
        return None if found in JOINING and found != _COLORED else found

    def _find_head(self, text: str) -> str | None:
        bare = [text[: len(text) - len(joiner)] for joiner in _JOINERS if text.endswith(joiner)]
        found = next((found for head in bare if (found := self.stems.get(head) or self.whole.get(head))), None)
        return found or next((found for head in bare if (found := self._find_compound(head))), None)

    def _fits(self, token: str, pattern: str) -> bool:
        if not pattern.endswith("-"):
            inflects = len(pattern) > _SHORT_STEM or self.code in PREFIXES
            return token == pattern or (inflects and is_form(token, pattern, self.code))
        stem, ending = pattern[:-1], token[len(pattern) - 1 :]
        return token.startswith(stem) and (self._is_short(stem, ending) or may_end(ending, self.code))

    def _may_end(self, stem: str, ending: str) -> bool:
        listed = stem_endings(self.code)
        if listed is not None and self.code not in _COMPOUNDING:
            return listed.fullmatch(ending) is not None
        return self._is_short(stem, ending)

    def _is_short(self, stem: str, ending: str) -> bool:
        """Whether an ending is no longer than those of its language are: that will do where a phrase's words agree."""
        longest = LONGEST_ENDING.get(self.code, _USUAL_ENDING)
        return len(ending) <= (min(longest, _SHORT_ENDING) if len(stem) < _SHORT_STEM else longest)
