"""What became of every word of a prompt: by construction each is told once, as shown, stood in for, or not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from photoshoot.director.phrases.reading import Reading
from photoshoot.director.wording import Wording

Fate = Literal["shown", "stood in for", "not shown", "absent", "no request"]
"""What became of words: ``absent`` is what the studio never has, such as people; ``no request`` are words that ask for
nothing in the scene: those that join others, and the product's own name."""
_WORD: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, kw_only=True)
class Accounted:
    """Words of a prompt and what became of them."""

    written: str
    """As they were written."""
    english: str
    """What they were read as; the same where they are English, "" for what only joins others."""
    fate: Fate
    """What became of them."""
    shown_as: str | None = None
    """What is shown instead, where something stands in for them."""


def take_account(wording: Wording, reading: Reading, shown_as: Mapping[int, str | None]) -> tuple[Accounted, ...]:
    """The account of a prompt: every word of it, once, in its order; marks are left out.

    Args:
        wording: The prompt, with the pieces that it was written in.
        reading: Its English, taken apart.
        shown_as: Start of each phrase that the design shows → what it shows instead; None where it shows that itself.
    """
    fates = _fates(reading, shown_as)
    runs: dict[int, list[int]] = {piece: [] for piece in range(len(wording.pieces))}
    for token, piece in enumerate(wording.origins):
        runs[piece].append(token)
    told: list[Accounted] = []
    for piece, tokens in runs.items():
        if _WORD.search(wording.pieces[piece]):
            told += _of_piece(wording.pieces[piece], tokens, reading.words, fates)
    return tuple(told)


def _fates(reading: Reading, shown_as: Mapping[int, str | None]) -> Mapping[int, tuple[Fate, str | None]]:
    """Token → what became of it, for every token that is no mere joining word."""
    fates: dict[int, tuple[Fate, str | None]] = dict.fromkeys(reading.unread, ("not shown", None))
    for mention in reading.mentions:
        shown = mention.start in shown_as
        instead = shown_as.get(mention.start)
        lost: Fate = "absent" if mention.term.absent and not mention.negated else "not shown"
        fate: Fate = lost if not shown else "shown" if instead is None else "stood in for"
        fates.update(dict.fromkeys(range(mention.start, mention.end), (fate, instead)))
    return fates


def _of_piece(
    written: str, tokens: Sequence[int], words: Sequence[str], fates: Mapping[int, tuple[Fate, str | None]]
) -> list[Accounted]:
    """One entry where all its words share a fate, else one for each fate; joining words go with what they join."""
    parts: dict[tuple[Fate, str | None], list[str]] = {}
    told = [token for token in tokens if token in fates]
    for token in told:
        parts.setdefault(fates[token], []).append(words[token])
    if not told:
        parts = {("no request", None): [words[token] for token in tokens]}
    elif len(parts) == 1:
        parts = {fates[told[0]]: [*words[told[0] : told[-1] + 1]]}
    return [
        Accounted(written=written, english=" ".join(english), fate=fate, shown_as=instead)
        for (fate, instead), english in parts.items()
    ]
