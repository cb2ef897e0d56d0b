"""What a prompt says in the director's English: put into it from other languages, its misspelt words mended."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from photoshoot.director.languages.hashtags import name_hashtags
from photoshoot.director.languages.other_scripts import read_other_scripts
from photoshoot.director.languages.translation import Translation, translate
from photoshoot.director.languages.wordlike import load_english
from photoshoot.director.phrases.emoji import name_emoji
from photoshoot.director.phrases.headings import FACES, part_lists
from photoshoot.director.phrases.kinds import find_kinds, kind_of
from photoshoot.director.words.brand_names import find_brands, find_heading
from photoshoot.director.words.folding import fold, narrow, stem
from photoshoot.director.words.shades import same_shades
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Vocabulary

_LEAST_LETTERS = 5  # a shorter word is near too many others
_SHORT = 4  # letters of words of which only two swapped ones are put right, or the wrong one doubled
_ENDINGS = ("s", "ed", "er", "ing", "ers")  # with one of which a short word stands among the common ones
_DOUBLED = re.compile(r"(.)\1")
_LEAST_HALF = 4  # letters of each of two words that were written as one
_ALIKE = 0.8  # difflib's ratio, at which one letter of five or two of ten are wrong
_TWO_SLIPS, _PLAIN = 9, 7  # letters from which on two slips are mended, and any is: shorter words are near too many
_MOSTLY = 0.6  # share of the words from which on a text with slips is English
_RESPELLED = ("Greek", "Hindi", "Russian", "Ukrainian", "Bulgarian")
"""Languages that are told by the sounds of words in Latin letters, as slips of English may have them."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PARTED = re.compile("(?<=[\u0600-\u06ff])\u200c(?=[\u0600-\u06ff])")
"""What parts a Persian word's ending from it where no space is seen."""
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, spaces without width, and marks of the direction of script."""
_SOUNDS = ("aeiouy", "ckq", "csxz", "bp", "dt", "fv", "gj", "mn", "lr", "vw")
"""Letters that are written for each other by ear."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A prompt as the director reads it."""

    text: str
    """In English, as far as it is known."""
    translation: Translation | None
    """Where it came from; None: it was English, or of no known language."""
    mended: tuple[tuple[str, str], ...]
    """(as written, as read) of each word that was taken for misspelt."""
    kinds: tuple[tuple[str, str], ...] = ()
    """(as written, as read) of each word that is read as what it is a kind of."""
    foreign: tuple[tuple[str, str], ...] = ()
    """(as written, in English) of what an English prompt says in another script."""
    pieces: tuple[str, ...] = ()
    """The prompt as written, piece by piece: words, phrases that were translated or read as others, marks."""
    origins: tuple[int, ...] = ()
    """The piece that each token of ``text``, of ``split_tokens``, comes from."""

    def as_written(self, tokens: Sequence[int], english: str) -> str:
        """Words as they were written, with their English where that is another."""
        told = dict.fromkeys(self.origins[token] for token in tokens)
        written = " ".join(self.pieces[piece] for piece in told)
        if self.translation is None and not (self.kinds or self.foreign):
            return english
        unread = self.translation is not None and all(self.translation.pieces[piece][1] is None for piece in told)
        return written if unread or _bare(written) == _bare(english) else f"{written} ({english})"


def word_prompt(text: str, vocabulary: Vocabulary) -> Wording:
    """Put a prompt into the director's English."""
    text = name_emoji(_undressed(text, vocabulary), vocabulary)
    translation = _translate(text, vocabulary)
    if translation is not None and not (text.isascii() and _is_misspelt(text, translation, vocabulary)):
        pieces, origins = _translated(translation.pieces)
        mended = translation.mended
        return Wording(text=translation.text, translation=translation, mended=mended, pieces=pieces, origins=origins)
    runs = read_other_scripts(text, lambda run: _translate(run, vocabulary))
    foreign, marks = [(run, told.text) for run, told in runs], [(run, ",") for run, _ in runs]
    mended = _mend(_replaced(text, marks), vocabulary)
    plain = _replaced(text, mended)
    kinds = find_kinds(_replaced(plain, marks), vocabulary)
    pieces, origins = _pieces_of(text, (*mended, *kinds), runs)
    return Wording(
        text=_replaced(_replaced(plain, kinds), foreign),
        translation=None,
        mended=mended,
        kinds=kinds,
        foreign=tuple(foreign),
        pieces=pieces,
        origins=origins,
    )


def _translate(text: str, vocabulary: Vocabulary) -> Translation | None:
    wares = vocabulary.company["sold"] | vocabulary.company["wares"]
    return translate(text, _known_words(vocabulary), _shades(vocabulary), _faces(vocabulary), wares)


def _is_misspelt(text: str, translation: Translation, vocabulary: Vocabulary) -> bool:
    """Whether a text that seems to be another script's language in Latin letters is English, its slips mended."""
    if translation.language not in _RESPELLED:
        return False
    mended = {before for before, _ in _mend(text, vocabulary)}
    words = [(word, token) for word, token in split_tokens(text) if token[0].isalnum()]
    known = [word for word, token in words if word in mended or token in _known_words(vocabulary)]
    plain = sum(word.lower() in load_english() for word, _ in words if word not in known)
    return bool(mended) and len(known) + plain >= _MOSTLY * len(words)


def _undressed(text: str, vocabulary: Vocabulary) -> str:
    """A text without marks that are not seen or wide letters, its hashtags as words, those around it parted from it."""
    return name_hashtags(part_lists(_UNSEEN.sub("", _PARTED.sub(" ", narrow(text)))), _known_words(vocabulary))


def _replaced(text: str, read_as: Sequence[tuple[str, str]]) -> str:
    """A text with words read as others, longest first: one may be a part of another."""
    for before, after in sorted(read_as, key=lambda pair: -len(pair[0])):
        text = re.sub(rf"(?<!\w){re.escape(before)}(?!\w)", after, text)
    return text


def _translated(pieces: Sequence[tuple[str, str | None]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A translation's pieces as written, and the piece of each token of its English."""
    sizes = (len(split_tokens(written if english is None else english)) for written, english in pieces)
    return tuple(w for w, _ in pieces), tuple(index for index, size in enumerate(sizes) for _ in range(size))


def _pieces_of(
    text: str, read_as: Sequence[tuple[str, str]], runs: Sequence[tuple[str, Translation]]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """An English text's words as written, and the one of each token after some were read as others or translated."""
    meant = {_words(run): _translated(told.pieces) for run, told in runs}
    for before, after in read_as:
        meant[_words(before)] = ((" ".join(_words(before)),), (0,) * len(split_tokens(after)))
    words = _words(text)
    if not meant:
        return words, tuple(range(len(words)))
    pieces: list[str] = []
    origins: list[int] = []
    while words:
        first = max((before for before in meant if words[: len(before)] == before), key=len, default=words[:1])
        written, of = meant.get(first, (first, (0,)))
        origins += [len(pieces) + piece for piece in of]
        pieces += written
        words = words[len(first) :]
    return tuple(pieces), tuple(origins)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word, _ in split_tokens(text))


def _bare(text: str) -> str:
    """A text for comparison: its words folded."""
    return " ".join(word for word, _ in split_tokens(fold(text)))


def _mend(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    words = {word: token for word, token in split_tokens(text) if token[0].isalnum()}
    brands = (*find_brands(text), *filter(None, [find_heading(text)]))
    named = {word for word, _ in split_tokens(" ".join(brands))} if brands else set[str]()
    doubtful = {w: token for w, token in words.items() if w not in named and not _is_correct(w, token, vocabulary)}
    found = [(word, _nearest(token, vocabulary)) for word, token in doubtful.items()]
    short = (word for word in words if len(word) == _SHORT and word.isascii() and word.isalpha() and word.islower())
    found += [(word, _swapped(word, vocabulary)) for word in short]
    return tuple((word, _as_many(word, near, vocabulary)) for word, near in found if near is not None)


def _swapped(word: str, vocabulary: Vocabulary) -> str | None:
    """The known word of four letters that a word is with two neighbours swapped, or another letter doubled: "snwo"."""
    if stem(word) in _known_words(vocabulary) or stem(word) in vocabulary.correct or kind_of(word) is not None:
        return None
    if any(f"{word}{end}" in load_english() for end in _ENDINGS):
        return None
    swapped = [f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}" for i in range(_SHORT - 1)]
    swapped += [one for one in _doubled(word) if one != word]
    known = [one for one in dict.fromkeys(swapped) if (one,) in vocabulary.phrases]
    return known[0] if len(known) == 1 else None


def _doubled(word: str) -> list[str]:
    """A word with another of its letters doubled than it has doubled: "wood" for "wodd"."""
    single = _DOUBLED.sub(r"\1", word)
    return [f"{single[:i]}{single[i]}{single[i:]}" for i in range(len(single))] if single != word else []


def _as_many(word: str, near: str, vocabulary: Vocabulary) -> str:
    """A mended word, as several where it was written so and that means another thing: lemons, and not the colour."""
    many = f"{near}s"
    return many if word.endswith("s") and (many,) in vocabulary.phrases else near


def _is_correct(word: str, token: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is not to be mended: one of the director's, or an English one that means nothing here."""
    if len(token) < _LEAST_LETTERS or not token.isascii() or not token.isalpha():
        return True
    known = token in _known_words(vocabulary) or token in vocabulary.correct
    return known or word.lower() in load_english() or kind_of(word) is not None


def _nearest(token: str, vocabulary: Vocabulary) -> str | None:
    """The known word that a token was meant to be; None where it is near none."""
    slips = 2 if len(token) >= _TWO_SLIPS else 1
    groups, letters = _words_by_letter(vocabulary), range(len(token) - slips, len(token) + slips + 1)
    if (parted := _part(token, vocabulary)) is not None:
        return parted
    own, most = _letters_of(token), 2 * slips  # what differs in more letters can't be so few slips away
    near = [pair for length in letters for pair in groups.get((token[0], length), ())]
    alike = [word for word, theirs in near if (own ^ theirs).bit_count() <= most]
    closest = difflib.get_close_matches(token, alike, n=3, cutoff=_ALIKE)
    return next((word for word in closest if count_slips(token, word) <= slips and _is_slip(token, word)), None)


def _part(token: str, vocabulary: Vocabulary) -> str | None:
    """Two known words that were written as one: "pinetrees"; None where it is no such."""
    known = _single_words(vocabulary)
    sizes = range(_LEAST_HALF, len(token) - _LEAST_HALF + 1)
    return next((f"{token[:i]} {token[i:]}" for i in sizes if {token[:i], token[i:]} <= known), None)


def _is_slip(written: str, meant: str) -> bool:
    """Whether a short word was miswritten: a letter exchanged has the neighbouring key or sound, or is doubled."""
    wrong = [i for i, pair in enumerate(zip(written, meant, strict=False)) if pair[0] != pair[1]]
    if len(written) >= _PLAIN or len(written) != len(meant) or len(wrong) != 1:
        return True
    at = wrong[0]
    letter, wanted = written[at], meant[at]
    alike = any(letter in group and wanted in group for group in _SOUNDS)
    return alike or _are_neighbours(letter, wanted) or letter in (written[at - 1], written[at + 1 : at + 2])


def _are_neighbours(first: str, second: str) -> bool:
    """Whether two letters' keys touch."""
    places = [(row, keys.index(key)) for key in (first, second) for row, keys in enumerate(_KEYS) if key in keys]
    if len(places) != len((first, second)):
        return False
    (row, column), (other, beside) = places
    right = (beside - column) * (1 if other >= row else -1)  # keys below lie half a key to the right
    return abs(other - row) <= 1 and (abs(right) <= 1 if row == other else right in (-1, 0))


def count_slips(written: str, meant: str) -> int:
    """Letters put in, left out, exchanged or swapped with a neighbour: the optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(written, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(meant, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == meant[j - 2] and wanted == written[i - 2]:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


@lru_cache(maxsize=4)
def _known_words(vocabulary: Vocabulary) -> Collection[str]:
    """Every single word that means something, or is known to mean nothing here, folded and as a stem."""
    words = {word for phrase in vocabulary.phrases for word in phrase}
    words |= vocabulary.ignored | vocabulary.negations | vocabulary.boundaries
    return frozenset(words | {stem(fold(word)) for word in words} | {fold(f"{word}s") for word in words})


@lru_cache(maxsize=4)
def _single_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Every word that means something alone."""
    return frozenset(phrase[0] for phrase in vocabulary.phrases if len(phrase) == 1)


@lru_cache(maxsize=4)
def _shades(vocabulary: Vocabulary) -> Collection[str]:
    """Every colour of two words."""
    named = (phrase for phrase, term in vocabulary.phrases.items() if term.color is not None and term.role is None)
    return same_shades(vocabulary).union(" ".join(phrase) for phrase in named if len(phrase) == 2)


@lru_cache(maxsize=4)
def _faces(vocabulary: Vocabulary) -> Collection[str]:
    """Every word for what things stand on."""
    return {phrase[0] for phrase, term in vocabulary.phrases.items() if len(phrase) == 1 and term.role in FACES}


@lru_cache(maxsize=4)
def _words_by_letter(vocabulary: Vocabulary) -> Mapping[tuple[str, int], Sequence[tuple[str, int]]]:
    """Words long enough to be meant by a misspelt one, by first letter, which is rarely wrong, and length.

    With each word goes a bit for each of its letters.
    """
    groups: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for word in sorted({word for phrase in vocabulary.phrases for word in phrase if len(word) >= _LEAST_LETTERS}):
        groups.setdefault((word[0], len(word)), []).append((word, _letters_of(word)))
    return groups


def _letters_of(word: str) -> int:
    """A bit for each letter that a word has; of alphabets, 32 letters that follow one another have bits apart."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits
