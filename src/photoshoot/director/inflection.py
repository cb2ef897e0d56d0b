"""How words of the director's languages change as they are inflected, beyond the endings that stems may carry.

A stem's last consonants soften or weaken (Polish ``świat-`` in ``kwiecie``, Finnish ``pöytä`` in ``pöydällä``), its
last vowel changes or goes (Ukrainian ``стіл`` in ``столі``, Czech ``písek`` in ``písku``), and an ending is taken from
a closed list, so that hardly a word is taken for another. Everything is folded, as in ``lexicon``.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final


def _one_of(endings: str) -> frozenset[str]:
    return frozenset(endings.split())


_SLAVIC_LATIN: Final = _one_of(
    "a e i o u y ie ia iu em om am ami ach ech ich u ow owi ou iem iom iami mi iach ego emu ej ym ych ymi"
)
_CYRILLIC: Final = _one_of(
    "а е и і о у ю я ы ї ем ом ам ами ах ях ями ям ей ой ою ею єю ів ев ов ові еві ием ий ій ого ому их им ыми"
)
_TURKISH: Final = _one_of("i u e a in un en an ler lar lari leri inda unda inde unde da de ta te nin nun")
_FINNISH: Final = _one_of(
    "n a t ssa sta lla lle lta na ksi tta ista issa illa ille ilta i in ien iden oiden ja ia an en on nsa"
)
_HUNGARIAN: Final = _one_of("on en ben ban nal nel bol rol tol val vel ok ek ak os es as ra re hoz ot et at e a")

ENDINGS: Final = MappingProxyType(
    {
        "pl": _SLAVIC_LATIN,
        "cs": _SLAVIC_LATIN,
        "ru": _CYRILLIC,
        "uk": _CYRILLIC,
        "tr": _TURKISH,
        "fi": _FINNISH,
        "hu": _HUNGARIAN,
        "nl": frozenset({"en", "e"}),
    }
)
"""Language → endings that a changed stem may carry; each may be none, too."""

_SOFTER: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "pl": (("st", "sc"), ("ch", "sz"), ("k", "c"), ("g", "dz"), ("r", "rz"), ("t", "c"), ("d", "dz")),
        "cs": (("ck", "ct"), ("ch", "s"), ("k", "c"), ("h", "z"), ("g", "z")),
        "ru": (("к", "ч"), ("г", "ж")),
        "uk": (("к", "ц"), ("г", "з"), ("х", "с")),
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

_FLEETING: Final = MappingProxyType({"pl": "e", "cs": "e", "ru": "еоё", "uk": "ео", "hu": "oe"})
_FINALS: Final = "aeiouyаеиоуяьй"
_LEAST: Final = 3  # letters of a stem that may change
_VOWELS: Final = frozenset("aeiouyаеёиіоуыэюяїє")


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
    yield from (f"{changed}{final}" for changed in sorted(found - {word}) if len(changed) >= _LEAST)


def may_end(ending: str, code: str) -> bool:
    """Whether a changed stem may carry an ending."""
    return not ending or ending in ENDINGS.get(code, ())


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
