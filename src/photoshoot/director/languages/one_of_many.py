"""One thing of those that the tables name in the plural: "neben einer Kerze" is near a candle, and not near candles."""

from collections.abc import Collection, Sequence
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.describing import ADJECTIVES
from photoshoot.director.languages.lexicon import JOINTS
from photoshoot.director.languages.word_order import TONES, Piece, is_color

_ARTICLES: Final = MappingProxyType(
    {
        "da": frozenset({"en", "et"}),
        "de": frozenset({"ein", "eine", "einem", "einen", "einer", "eines"}),
        "el": frozenset({"ενας", "εναν", "ενα", "μια", "μιας"}),
        "es": frozenset({"un", "una"}),
        "fr": frozenset({"un", "une"}),
        "hi": frozenset({"एक"}),
        "hu": frozenset({"egy"}),
        "id": frozenset({"sebuah", "sepotong", "setangkai"}),
        "it": frozenset({"un", "una", "uno"}),
        "nl": frozenset({"een"}),
        "pt": frozenset({"um", "uma"}),
        "ro": frozenset({"un", "o", "unei", "unui"}),
        "sv": frozenset({"en", "ett"}),
        "tr": frozenset({"bir"}),
        "vi": frozenset({"một"}),
        "zh": frozenset({"一朵", "一支", "一个", "一颗", "一片", "一杯", "一只", "一枝", "一根", "一块"}),
    }
)
"""Language → its words for one, folded, that say nothing else."""
_SINGULARS: Final = (
    *(("leaves", "leaf"), ("shelves", "shelf"), ("oes", "o"), ("ies", "y")),
    *((f"{end}es", end) for end in ("ch", "sh", "x", "ss")),
    ("s", ""),
)
"""(how a plural ends, how the singular does), longer ones first."""
_A, _WITH = "a", "with "
_NO_PLURALS: Final = ("ss", "us", "is")
_SEVERAL: Final = frozenset({"lights", "rays", "stairs", "steps", "glasses", "shoes", "boots", "waves", "vegetables"})
"""Plurals of which one is called otherwise, or comes of a word for one."""


def say_one(pieces: Sequence[Piece], code: str, english: Collection[str]) -> list[Piece]:
    """Pieces of a text, in English order, with "a" and the singular for a noun that a word for one leads to.

    Not where it is what another noun is of, "Schatten eines Palmblatts", nor where its singular is a colour: a rose.

    Args:
        pieces: (as written, English; None where it is not known) in the order of English.
        code: The language; others' pieces are as they are.
        english: Folded words that the director knows.
    """
    said, articles = list(pieces), _ARTICLES.get(code, frozenset())
    for index, (written, meant) in enumerate(pieces):
        if meant != "" or written.lower() not in articles or not _begins(said[:index]):
            continue
        noun = next((i for i in range(index + 1, len(pieces)) if not _describes(pieces[i])), len(pieces) - 1)
        lead, _, many = (pieces[noun][1] or "").rpartition(_WITH)
        single = _one_of(many, english)
        if single is not None:
            said[index] = (written, "" if lead or many != pieces[noun][1] else _A)
            said[noun] = (pieces[noun][0], single if said[index][1] else f"{_WITH}{_A} {single}")
    return said


def _begins(before: Sequence[Piece]) -> bool:
    """Whether a phrase begins after these: at the start, a mark, or a word that leads to it."""
    written, english = next((piece for piece in reversed(before) if piece[1] != ""), (",", ","))
    return english in JOINTS or not written[:1].isalnum()


def _describes(piece: Piece) -> bool:
    """Whether it says of the noun after it how it is, or says nothing."""
    return piece[0][:1].isalnum() and (piece[1] in ("", *TONES) or piece[1] in ADJECTIVES or is_color(piece))


def _one_of(many: str, english: Collection[str]) -> str | None:
    """The singular of a plural that both are known words; None of others."""
    head, _, last = many.rpartition(" ")
    if "of" in head.split() or last in _SEVERAL or last.endswith(_NO_PLURALS) or last not in english:
        return None
    end, single = next(((end, one) for end, one in _SINGULARS if last.endswith(end)), ("", ""))
    found = f"{last.removesuffix(end)}{single}" if end else ""
    return f"{head} {found}".strip() if found in english and not is_color((last, found)) else None
