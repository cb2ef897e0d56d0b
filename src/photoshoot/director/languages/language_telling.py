"""Tells which of the director's languages a text is of: by its script, and by whose words cover the most of it."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from photoshoot.director.languages.lexicon import JOINING, Lexicon
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.languages.romanized import respell
from photoshoot.director.languages.wordlike import LEAST_LETTERS, load_english
from photoshoot.director.words.language_tables import FEWER, LATIN, TYPED

_CYRILLIC = ("ru", "uk", "bg", "hr")  # Croatian holds Serbian
_WITHOUT_LETTERS: Final = MappingProxyType(
    {"ru": "ієґјљњћђџ", "uk": "ыэъјљњћђџ", "bg": "ыэієґјљњћђџ", "hr": "щъьюяыэієґ"}
)
"""Letters, folded, that languages of Cyrillic do not have: a short text with an "ы" is no Serbian."""
_ARABIC = ("ar", "fa", "ur")
_HAN = ("zh", "ja")  # Japanese that is short may have no kana
_SHARED = {"zh": _HAN, "hi": ("hi", "mr"), "ru": _CYRILLIC, "ar": _ARABIC}  # scripts that several languages write
_SURER = 0.2  # share of the words by which a language must cover more than English does, where English covers many
_MANY = 0.5
_LEAST_TELLING = 4  # letters of a word that tells a language of which fewer words are known: shorter ones are many's
_ENGLISH = 0.75  # share of the words: from it on, a text is English whatever else they may be
_SURELY = 0.8  # share of the words: where a language of Latin letters knows as many, it is no other
_LEAST_COVERED = 0.2  # share of the words: under it no language is told
_YIELDING = 0.03  # share of the words by which languages of which few are known must cover more than others
_LEAST_MIXED, _MOSTLY_MIXED = 2, 0.7  # words that are no English, and the share of them, that tell a mixed text
_MIXING = tuple(code for code in LATIN if code not in FEWER)
_LEAST_TYPED = 0.6  # the same of what is typed in letters that are not its language's
_SCRIPTS = (
    ("HANGUL", "ko"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("DEVANAGARI", "hi"),
    ("BENGALI", "bn"),
    ("THAI", "th"),
    ("TAMIL", "ta"),
    ("TELUGU", "te"),
    ("GURMUKHI", "pa"),
    ("GEORGIAN", "ka"),
    ("ARMENIAN", "hy"),
    ("KHMER", "km"),
)
_SCRIPTS_LAST = (("CYRILLIC", "ru"), ("CJK", "zh"), ("GREEK", "el"))
_JOINED = frozenset("ぁぃぅぇぉゃゅょァィゥェォャュョー" + "ะาํำิีึืฺุู็่้๊๋์")
_JOINED |= frozenset(map(chr, range(0x17B6, 0x17D2)))
"""Japanese, Thai and Khmer letters that are one sound with the letter before: no word ends between them."""
_WHOLE_WORD = 1.01  # what a whole word counts, of a stem's 1
_WHOLE = ("zh", "ko")
"""Scripts where a known word of one letter before unknown ones is mostly a part of theirs: no 砂糖 is of sand."""
_PARTS = ("ja", "ko")
"""Languages where a known word of one letter after unknown ones of its script is mostly a part of theirs."""
_MOST_LED = 4  # letters of a word that may be known ones, each a word of its own, but for the last
_Piece: TypeAlias = tuple[str, str | None]
"""A word or phrase as written, and its English; None where it is not known."""


def tell_language(words: Sequence[str], english: Collection[str]) -> str | None:
    """The code of the language that folded words are of; None where they are English, or of none that is known.

    Args:
        words: The words.
        english: Folded words that the director knows.
    """
    others = (char for word in words if not word.isascii() for char in word)
    scripts = Counter(code for char in others if (code := script_of(char)) is not None)
    if "ja" in scripts and "zh" in scripts:
        scripts["ja"] += scripts.pop("zh")
    if scripts and sum(scripts.values()) >= sum(map(len, words)) / 3:
        script = scripts.most_common(1)[0][0]
        cover = _cover_letters if script == "zh" else _cover
        codes = _SHARED.get(script, (script,))
        own = [code for code in codes if set(_WITHOUT_LETTERS.get(code, "")).isdisjoint("".join(words))]
        return max(own or codes, key=lambda code: cover(words, load_lexicons()[code]))
    if not words:
        return None
    if scripts and (led := _tell_by_joint(words)) is not None:
        return led
    plain = sum(word in english for word in words) / len(words)
    if (mixed := _tell_mixed(words, english)) is not None:
        return mixed
    if plain >= _ENGLISH:
        return None
    least = max(_LEAST_COVERED, plain + (_SURER if plain >= _MANY else 1e-6))
    covered = {code: _cover(words, load_lexicons()[code], _least_of(code, least)) for code in (*LATIN, *TYPED)}
    best = max(covered, key=lambda code: covered[code] - (_YIELDING if code in FEWER else 0.0))
    if covered[best] < least:
        return None
    letters = 1 if covered[best] >= _MANY else _LEAST_TELLING
    return best if _says_something(tuple(words), load_lexicons()[best], letters) else None


def _tell_by_joint(words: Sequence[str]) -> str | None:
    """The language whose "on" or "with" stands alone after a word of Latin letters: "marble पर gold ring"."""
    for before, word in pairwise(words):
        script = script_of(word[0]) if before.isascii() else None
        if script is None:
            continue
        lexicon = load_lexicons()[script]
        joint = next(iter(read_inside(lexicon.fold(word), word, lexicon)), (word, None))
        if joint[1] not in (None, "") and joint[1] in JOINING:
            return script
    return None


def _tell_mixed(words: Sequence[str], english: Collection[str]) -> str | None:
    """The language of what is no English in a text that is partly so; None where that is little, or of no language.

    "perfume sobre mármol negro, soft light" is Spanish, whose English words are read as written.
    """
    others = [word for word in words if word not in english and word not in load_english() and word.isalpha()]
    if len(others) < _LEAST_MIXED or len(others) == len(words):
        return None
    best = max(_MIXING, key=lambda code: [_cover(each, load_lexicons()[code]) for each in (others, words)])
    known = [word for word in others if load_lexicons()[best].find(word) is not None]
    told = [word for word in known if len(word) >= _LEAST_TELLING]
    meant = [word for word in told if load_lexicons()[best].find(word) not in JOINING]
    enough = len(known) >= max(_LEAST_MIXED, _MOSTLY_MIXED * len(others))
    return best if enough and meant else None


def _least_of(code: str, least: float) -> float:
    """The share of the words that a language must know: more of those whose words are syllables, or English ones."""
    return max(least, _LEAST_TYPED) if code in TYPED else least


def tell_spelling(words: Sequence[str], english: Collection[str]) -> tuple[str | None, Mapping[str, str]]:
    """The language of a text of Latin letters; where it is written in others, each word as typed → as written there."""
    code = tell_language(words, english)
    covered = 0.0 if code is None else _cover(words, load_lexicons()[code])
    told = respell(words, english, covered) if covered < _SURELY else None
    return (code, {}) if told is None else (told.code, told.words)


def _says_something(words: tuple[str, ...], lexicon: Lexicon, least: int) -> bool:
    """Whether a language knows more of a text than words that only join others, or shorter ones than ``least``."""
    phrases = (lexicon.find_phrase(words[start:]) for start in range(len(words)))
    longer = (word for word in words if len(word) >= least)
    found = (*map(lexicon.find, longer), *(phrase[1] for phrase in phrases if phrase is not None))
    return any(english not in (None, *JOINING) for english in found)


def may_be_english(words: Sequence[str], lexicon: Lexicon, english: Collection[str]) -> bool:
    """Whether all longer words are English, and one no whole word of that language: no "umbrella" is Romanian.

    Nor are two shorter ones its own, as of "sur une table en bois, soft light".
    """
    longer = [word for word in words if len(word) >= LEAST_LETTERS]
    own = [word for word in words if word not in english and word in lexicon.whole and word not in longer]
    if len(own) >= _LEAST_MIXED and any(lexicon.whole[word] not in JOINING for word in own):
        return False
    known = lexicon.whole.keys() | lexicon.stems.keys() | {words[index] for index in _find_paired(words, lexicon)}
    return bool(longer) and load_english().issuperset(longer) and not known >= set(words)


def script_of(char: str) -> str | None:
    """The language that a letter's script is told as; None for Latin letters, figures and marks."""
    name = unicodedata.name(char, "")
    return next((code for start, code in (*_SCRIPTS, *_SCRIPTS_LAST) if name.startswith(start)), None)


def _find_paired(words: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Where words are neighbours in a phrase that a language knows."""
    return {i + j for i, pair in enumerate(pairwise(words)) if pair in lexicon.pairs for j in (0, 1)}


def _cover(words: Sequence[str], lexicon: Lexicon, least: float = 0.0) -> float:
    """Share of the words that a language knows, whole ones as a little more than stems; 0 if it is below ``least``."""
    if not all(map(str.isascii, words)):
        words = tuple(map(lexicon.fold, words))
    paired = _find_paired(words, lexicon)
    known, left = 0.0, len(words)
    for i, word in enumerate(words):
        known += _WHOLE_WORD if word in lexicon.whole else float(i in paired or lexicon.find(word) is not None)
        left -= 1
        if known + _WHOLE_WORD * left < least * len(words):
            return 0.0
    return known / len(words)


def _cover_letters(words: Sequence[str], lexicon: Lexicon) -> float:
    """Share of the letters of a text without spaces that a language knows."""
    pieces = [piece for word in words for piece in read_inside(lexicon.fold(word), word, lexicon)]
    return sum(len(written) for written, english in pieces if english is not None) / max(sum(map(len, words)), 1)


def read_inside(text: str, written: str, lexicon: Lexicon) -> Iterator[_Piece]:
    """Words of a text, folded and as ``written``, without spaces; letters between them are one unknown word."""
    unknown, index = "", 0
    while index < len(text):
        readable = text[index].isdigit() or script_of(text[index])  # of "3本" there are three
        found = lexicon.find_inside(text[index:]) if readable else None
        if found is None or text[index + found[0] :][:1] in _JOINED:
            unknown += written[index]
            index += 1
            continue
        size, english = found
        leads = size == 1 and english not in JOINING and _leads_unknown(text[index:], lexicon)
        ends = leads if lexicon.code == "zh" else _ends_unknown(unknown, text[index:], lexicon)
        if size == 1 and (ends if unknown else leads):
            unknown, index = unknown + written[index], index + 1
            continue
        if unknown:
            yield (unknown, None)
            unknown = ""
        yield (written[index : index + size], english)
        index += size
    if unknown:
        yield (unknown, None)


def _ends_unknown(unknown: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a word of one letter is a part of an unknown one: no 電球 has a sphere, no 자물쇠 water."""
    if not unknown or lexicon.code not in _PARTS:
        return False
    return len(text) > 1 if lexicon.code == "ko" else script_of(text[0]) == "zh" == script_of(unknown[-1])


def _leads_unknown(text: str, lexicon: Lexicon) -> bool:
    """Whether a word of one letter is followed by one of its script that begins no known word: 松葉杖 has no leaves."""
    for index in range(1, min(_MOST_LED, len(text))):
        if not script_of(text[index - 1]) == script_of(text[index]) in _WHOLE:
            return False
        found = lexicon.find_inside(text[index:])
        if found is None or found[0] > 1 or found[1] in JOINING:
            return found is None
    return False
