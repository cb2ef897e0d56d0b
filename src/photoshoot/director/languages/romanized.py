"""Words of other scripts as people type them in Latin letters: "safed sangmarmar par", "na derevyannom stole".

Both spellings become one key of sounds, in which what people spell in several ways is alike; a word that is inflected
is found by the beginning of its key.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.lexicon import JOINING
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.languages.wordlike import load_english

_LEAST_KEY, _LONGEST_ENDING = 4, 3  # letters of a key that may have an ending, and of the ending
_SHORT_KEY, _SHORT_ENDING = 3, re.compile("[aeiou]{1,2}[mhgt]?[aeiou]?")  # the same of Slavic stems
_INFLECTED: Final = ("ru", "uk", "bg")
_LEAST_WORDS, _LEAST_SHARE = 2, 0.6  # words of the language that mean something, and share of all that are known
_ENGLISH: Final = 0.6  # share of the words from which on a text is English, of which all words count
_SURER: Final = 0.2  # share of the words by which more must be known than in any language of Latin letters
_DOUBLED: Final = re.compile(r"(.)\1+")
_BARE: Final = re.compile("[aeiou]s?$")
_NASAL: Final = "n"  # at words' ends it is often left out


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """(letters, sound) of a list such as ``"kh:x w:v"``."""
    return tuple((pair.partition(":")[0], pair.partition(":")[2]) for pair in text.split())


_WRITTEN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "hi": dict(
            _pairs(
                "क:k ख:kh ग:g घ:gh ङ:n च:ch छ:ch ज:j झ:jh ञ:n ट:t ठ:th ड:d ढ:dh ण:n त:t थ:th द:d ध:dh न:n प:p "
                "फ:f ब:b भ:bh म:m य:i र:r ल:l व:v श:sh ष:sh स:s ह:h अ: आ: इ:i ई:i उ:u ऊ:u ए:e ऐ:i ओ:o औ:u ा: "
                "ि:i ी:i ु:u ू:u े:e ै:i ो:o ौ:u ं:n ः: ृ:ri"
            )
        ),
        "ru": dict(
            _pairs(
                "а:a б:b в:v г:g д:d е:e ж:j з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts "
                "ч:ch ш:sh щ:sh ъ: ы:i ь: э:e ю:iu я:ia"
            )
        ),
        "uk": dict(
            _pairs(
                "а:a б:b в:v г:h ґ:g д:d е:e є:e ж:j з:z и:i і:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h "
                "ц:ts ч:ch ш:sh щ:sh ь: ю:iu я:ia"
            )
        ),
        "bg": dict(
            _pairs(
                "а:a б:b в:v г:g д:d е:e ж:j з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch "
                "ш:sh щ:sht ъ:a ь: ю:iu я:ia"
            )
        ),
        "el": dict(
            _pairs(
                "ου:u ει:i οι:i αι:e αυ:av ευ:ev α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o "
                "π:p ρ:r σ:s ς:s τ:t υ:i φ:v χ:x ψ:ps ω:o"
            )
        ),
    }
)
"""Language → its folded letters and how the keys have them; Hindi's have no *a*, which is mostly unwritten."""
_HEARD: Final = MappingProxyType(
    {
        "hi": _pairs("ee:i oo:u ph:f chh:ch w:v z:j y:i eh:h a:"),
        "uk": _pairs("shch:sh sch:sh kh:h zh:j ye:e ie:e w:v y:i x:h g:h ii:i"),
        "bg": _pairs("zh:j w:v y:i x:h q:ia 4:ch 6:sh"),
        "ru": _pairs("shch:sh sch:sh kh:h zh:j yo:e ye:e w:v y:i x:h"),
        "el": _pairs("ou:u ei:i oi:i ai:e ks:x ch:x kh:x ph:v f:v 8:th y:i w:o b:v"),
    }
)
"""Language → what people type and how the keys have it, in the order in which it is put so."""


@dataclass(frozen=True, kw_only=True)
class Respelled:
    """A text of Latin letters in the script of its language."""

    code: str
    """The language that the words are of, such as ``"hi"``."""
    words: Mapping[str, str]
    """Folded word as typed → the lexicon's; those that it has not are none of them."""


def respell(words: Sequence[str], english: Collection[str], best: float) -> Respelled | None:
    """The language of a text that is typed in Latin letters and written in others; None where it is no such.

    Args:
        words: Its words, folded.
        english: Folded words that the director knows.
        best: Share of them that a language of Latin letters knows.
    """
    others = [word for word in words if word not in english]
    plain = len(words) - len(others) + len(load_english().intersection(others))
    if len(others) < _LEAST_WORDS or plain >= _ENGLISH * len(words):
        return None
    found = (_respell(words, english, code) for code in _WRITTEN)
    shares = [(share, spelled) for share, spelled in found if share >= max(_LEAST_SHARE, best + _SURER)]
    return max(shares, key=lambda each: each[0])[1] if shares else None


def _respell(words: Sequence[str], english: Collection[str], code: str) -> tuple[float, Respelled]:
    """(share of the words that are known, all in their script); no share where too few mean something."""
    find = load_lexicons()[code].find
    near = {word: found for word in words if (found := _find(word, code)) is not None}
    spelled = {word: found for word, found in near.items() if word not in english or find(found) in JOINING}
    plain = load_english()
    telling = {word for word, found in spelled.items() if word not in plain and find(found) not in JOINING}
    known = sum(word in spelled or word in english for word in words) / len(words)
    return known if len(telling) >= _LEAST_WORDS else 0.0, Respelled(code=code, words=spelled)


def _find(word: str, code: str) -> str | None:
    """The lexicon's word that one is typed for; None for others."""
    key, keys = _hear(word, code), _load_keys(code)
    if key in keys:
        return keys[key]
    ends = range(len(key) - 1, max(_LEAST_KEY, len(key) - _LONGEST_ENDING) - 1, -1)
    found = next((keys[key[:size]] for size in ends if key[:size] in keys), None)
    stem = keys.get(key[:_SHORT_KEY])
    short = code in _INFLECTED and stem in load_lexicons()[code].stems and _SHORT_ENDING.fullmatch(key[_SHORT_KEY:])
    return found or (stem if short else None)


def _hear(typed: str, code: str) -> str:
    """The sounds of a word of Latin letters."""
    for letters, sound in _HEARD[code]:
        typed = typed.replace(letters, sound)
    return _DOUBLED.sub(r"\1", typed)


@cache
def _load_keys(code: str) -> Mapping[str, str]:
    """Every word of a lexicon by the key of its sounds, and by that without its last vowel; read once."""
    lexicon, letters = load_lexicons()[code], _WRITTEN[code]
    longest = re.compile("|".join(letters))
    words = (*lexicon.whole, *lexicon.stems, *(word.removesuffix("-") for phrase in lexicon.phrases for word in phrase))
    keys: dict[str, str] = {}
    for word in words:
        keys.setdefault(_hear(longest.sub(lambda found: letters[found[0]], word), code), word)
    for key, word in list(keys.items()):
        for shorter in (key.removesuffix(_NASAL), _BARE.sub("", key)):
            if len(shorter) >= _LEAST_KEY - 1:
                keys.setdefault(shorter, word)
    keys.pop("", None)
    return keys
