"""How words of the director's languages change as they are inflected, beyond the endings that stems may carry.

A stem's last consonants soften or weaken (Polish ``świat-`` in ``kwiecie``, Finnish ``pöytä`` in ``pöydällä``), its
last vowel changes or goes (Ukrainian ``стіл`` in ``столі``, Czech ``písek`` in ``písku``), and an ending is taken from
a closed list, so that hardly a word is taken for another. Everything is folded, as in ``lexicon``.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.affixes import DESCRIBING, MUTATED, PLURALS, PREFIXES

_FOLDED: Final = str.maketrans("йїё", "иіе")  # as ``lexicon.fold`` has them


def _one_of(endings: str) -> frozenset[str]:
    return frozenset(endings.translate(_FOLDED).split())


def _relational(suffix: str, endings: str) -> frozenset[str]:
    """Endings of the adjectives that are made of nouns: of satin, in Czech "saténový"."""
    return frozenset(f"{suffix}{ending}" for ending in _one_of(endings))


_SLAVIC_LATIN: Final = _one_of(
    "a e i o u y ie ia iu em om am ami ach ech ich u ow owi ou iem iom iami mi emi im iach ego eho emu ej ym ych ymi"
)
_CYRILLIC: Final = _one_of(
    "а е и і о у ю я ы ї є ем ом ам ами ах ях ями ям ей ой ою ею єю ів ев ов ові еві ием ий ій ый ая ое ые ые ої ую "
    "ого ому их им ими ых ым ыми ью"
)
_BULGARIAN: Final = _one_of(
    "а я о е и у ю та то те ът ят ия ът а ата ото ите ия ият ове овете ове ища ищата ни на но ен ена ено ени ената "
    "еното ените ния ният ната ното ните чета четата ца цата ци"
)
_CROATIAN: Final = _one_of(
    "a e i o u om em ama ima og oga om omu oj im ih ije iju ijom ovi ova ove ovima evi eva evima n na no ni ne nog nom "
    "noj nu nih nim en ena eno eni ene enog enom enoj enu enih enim im"
)
_TURKISH: Final = _one_of(
    "i u e a in un en an ler lar lari leri inda unda inde unde da de ta te nin nun nda nde sinda sinde ya ye yi yu dan "
    "den tan ten yla yle la le lu li leriyle "
    "lariyla lerle larla lerin larin lere lara lerde larda"
)
_FINNISH: Final = _one_of(
    "n a t ssa sta lla lle lta na ksi tta ista issa illa ille ilta i in ien iden oiden ja ia an en on nsa ita iin seen "
    "ta jen eja"
)
_HUNGARIAN: Final = _one_of(
    "n on en ben ban nal nel bol rol tol val vel al el k ok ek ak kkal kkel okkal ekkel akkal kon okon eken akon s os "
    "es as ra re ba be hoz t ot et at e a i ja je nyi"
)

ENDINGS: Final = MappingProxyType(
    {
        "pl": _SLAVIC_LATIN | _relational("ow", "y a e i ego emu ej ym ych ymi"),
        "cs": _SLAVIC_LATIN | _relational("ov", "y a e i eho emu em ou ych ymi"),
        "ru": _CYRILLIC | _relational("ов", "ый ая ое ые ого ому ом ой ую ых ым ыми"),
        "uk": _CYRILLIC | _relational("ов", "ий а е і ого ому ій ої у ою их им ими"),
        "bg": _BULGARIAN,
        "hr": _CROATIAN,
        "tr": _TURKISH,
        "fi": _FINNISH,
        "hu": _HUNGARIAN,
        "nl": frozenset({"en", "e"}),
        "et": _one_of("d l s le st ta t ga de dega te tega del dele i id e ed a ad u ud b n na is ist il"),
    }
)
"""Language → endings that a changed stem may carry; each may be none, too."""

_SOFTER: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "pl": (("st", "sc"), ("ch", "sz"), ("k", "c"), ("g", "dz"), ("r", "rz"), ("t", "c"), ("d", "dz")),
        "cs": (("ck", "ct"), ("ch", "s"), ("k", "c"), ("h", "z"), ("g", "z")),
        "ru": (("к", "ч"), ("г", "ж")),
        "uk": (("к", "ц"), ("г", "з"), ("х", "с")),
        "bg": (("к", "ц"), ("г", "з"), ("х", "с")),
        "hr": (("k", "c"), ("g", "z"), ("h", "s")),
        "tr": (("k", "g"), ("p", "b"), ("t", "d")),
        "fi": (
            *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("nk", "ng"), ("mp", "mm"), ("lt", "ll")),
            *(("rt", "rr"), ("t", "d"), ("p", "v"), ("k", "")),
        ),
        "nl": (("s", "z"), ("f", "v")),
    }
)
"""Language → (last consonants, what they become), the longer ones first."""

_SWAPPED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "pl": (("ia", "ie"), ("io", "ie"), ("a", "e")),
        "cs": (("u", "o"), ("i", "e")),
        "uk": (("і", "о"), ("і", "е")),
        "nl": (("aa", "a"), ("ee", "e"), ("oo", "o"), ("uu", "u")),
    }
)
"""Language → (the last vowel, what it becomes)."""

_FLEETING: Final = MappingProxyType({"pl": "e", "cs": "e", "ru": "еоё", "uk": "ео", "hu": "oe", "bg": "еъ", "hr": "a"})
_FINALS: Final = "aeiouyаеиіоуяьы"
_ADJECTIVAL: Final = ("ии", "ыи", "ои", "іи", "ая", "яя", "ое", "ее")
"""What Cyrillic adjectives end in, as they stand in dictionaries."""
_GROWING: Final = frozenset({"tr", "fi", "hu"})
"""Languages whose endings come after a last vowel, too."""
_STEMS_GROW: Final = frozenset({"fi", "hu"})
"""Of those, where stems change before endings as words do: Hungarian ``fény-`` in ``fénnyel``."""
_DOUBLED: Final = ("sz", "cs", "gy", "ny", "ly", "ty", "zs")
"""Hungarian consonants of two letters, of which the first is doubled."""
_LEAST: Final = 3  # letters of a stem that may change
_VOWELS: Final = frozenset("aeiouyаеёиіоуыэюяїє")


_FINNISH_MADE: Final = re.compile(r"(\w{2,})i(?:nen|s(?:e(?:n|t|lla|ssa|sta|lta|lle|na|en)|i(?:a|lla|ssa|sta)|ta))")
"""Adjectives of what something is made of: "lasinen", of glass."""
_LONG_VOWEL: Final = re.compile(r"([aeou])\1(?=[^aeiou]$)")


def undo_plural(word: str, code: str) -> Iterator[str]:
    """The plain words that a folded plural, case, gender or word for what is small may be of: "glaasjes", "glas".

    And the nouns that Finnish adjectives of material are made of: "pellavaisella" is of "pellava".
    """
    if code == "fi" and (made := _FINNISH_MADE.fullmatch(word)):
        yield from (f"{made[1]}{vowel}" for vowel in ("", "a", "i", made[1][-1]))
    for end, plain in PLURALS.get(code, ()):
        if word.endswith(end):
            found = word[: len(word) - len(end)] + plain
            yield found
            if code == "nl" and (short := _LONG_VOWEL.sub(r"\1", found)) != found:
                yield short


def list_forms(word: str, code: str) -> Iterator[str]:
    """A folded word, and the words that it may be of as it is written, inflected, derived or joined to others."""
    yield word
    if code == "de":
        yield word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if code in DESCRIBING and (base := DESCRIBING[code].sub("", word)) != word and base:
        yield from (base, f"{base}e")  # wintry is of winter
    if code in MUTATED and (base := MUTATED[code].sub(r"\1", word)) != word:
        yield base
    yield from (plain for plain in undo_plural(word, code) if len(plain) >= _LEAST)
    for bare in (word[len(start) :] for start in PREFIXES.get(code, ()) if word.startswith(start)):
        yield bare
        yield from (plain for plain in undo_plural(bare, code) if len(plain) >= _LEAST)


def change_stem(word: str, code: str, *, whole: bool) -> Iterator[str]:
    """The other stems that a word's forms are built on; none where its language is not one of ``ENDINGS``.

    Args:
        word: A folded stem, or a word as it stands in dictionaries.
        code: Its language.
        whole: Whether it is such a word, whose last vowel is an ending.
    """
    if code not in ENDINGS:
        return
    stem = word[:-1] if (whole or code == "fi") and word[-1:] in _FINALS else word
    final = word[len(stem) :] if code == "fi" else ""
    found = {stem} if whole else set()
    found |= {*_swap(stem, code), *_drop_vowel(stem, code), *_split(stem, code)}
    found |= {softer for changed in (*found, stem) for softer in _soften(changed, code)}
    grown = {f"{changed}{final}" for changed in found} | (
        set(_grow(word, code)) if whole or code in _STEMS_GROW else set()
    )
    grown |= {f"{changed}o" for changed in found if final == "a"}  # "simpukka", "simpukoiden"
    kept = grown | {word} if code in _GROWING else grown if whole else grown - {word}
    yield from (changed for changed in sorted(kept) if len(changed) >= _LEAST)


@lru_cache(maxsize=4096)
def is_form(token: str, word: str, code: str) -> bool:
    """Whether a folded token is a dictionary's word of a phrase as it is inflected."""
    if any(token == f"{start}{word}" for start in PREFIXES.get(code, ())):
        return True
    if token[:2] != word[:2]:
        return False
    stems = change_stem(word, code, whole=True)
    return any(token.startswith(stem) and may_end(token[len(stem) :], code) for stem in stems) or word in undo_plural(
        token, code
    )


def may_end(ending: str, code: str) -> bool:
    """Whether a changed stem may carry an ending."""
    return not ending or ending in ENDINGS.get(code, ())


def _grow(word: str, code: str) -> Iterator[str]:
    """What endings are put to beside a word less its last vowel: the word itself, what its end becomes before them."""
    if code in _GROWING or word[-1:] not in _FINALS:
        yield word
    if code in ("ru", "uk") and word.endswith(_ADJECTIVAL):
        yield word[:-2]
    if code == "hu" and word[-1:] not in _VOWELS:
        yield f"{word[:-2]}{word[-2]}{word[-2:]}" if word.endswith(_DOUBLED) else f"{word}{word[-1]}"
    if code == "nl" and word[-1:] not in _VOWELS and word[-2:-1] in _VOWELS:
        yield f"{word}{word[-1]}"
    if code == "uk" and word.endswith("ь"):
        yield f"{word[:-1]}{word[-2]}"  # "постіллю"
    if code == "fi":
        yield from _grow_finnish(word)


def _grow_finnish(word: str) -> Iterator[str]:
    """``lautanen`` → ``lautase``, ``kaktus`` → ``kaktukse``, ``lohkare`` → ``lohkaree``, ``marja`` → ``marjo``."""
    if word.endswith("nen"):
        yield from (f"{word[:-3]}{end}" for end in ("se", "s"))
    elif word.endswith("s"):
        yield from (f"{word[:-1]}{end}" for end in ("kse", "ks", word[-2]))
    elif word.endswith("e"):
        yield f"{word}e"
    elif word.endswith("i"):
        yield f"{word[:-1]}e"
    elif word.endswith("a"):
        yield from (f"{word[:-1]}o", word[:-1])


def _soften(stem: str, code: str) -> Iterator[str]:
    for hard, soft in _SOFTER.get(code, ()):
        if stem.endswith(hard):
            yield stem[: len(stem) - len(hard)] + soft
            return


def _swap(stem: str, code: str) -> Iterator[str]:
    """A stem with its last vowel, which consonants follow, changed."""
    last = max((i for i, letter in enumerate(stem) if letter in _VOWELS), default=-1)
    for before, after in _SWAPPED.get(code, ()):
        start = last + 1 - len(before)
        if start > 0 and last < len(stem) - 1 and stem[start : last + 1] == before:
            yield stem[:start] + after + stem[last + 1 :]


def _drop_vowel(stem: str, code: str) -> Iterator[str]:
    """``písek`` → ``písk``: a vowel between the last two consonants goes."""
    if len(stem) > _LEAST and stem[-2] in _FLEETING.get(code, "") and not {stem[-1], stem[-3]} & _VOWELS:
        yield stem[:-2] + stem[-1]


def _split(stem: str, code: str) -> Iterator[str]:
    """``okn`` → ``oken``: a vowel comes between the last two consonants, where no ending follows."""
    if len(stem) >= _LEAST and not {stem[-1], stem[-2]} & _VOWELS:
        yield from (f"{stem[:-1]}{vowel}{stem[-1]}" for vowel in _FLEETING.get(code, ""))
