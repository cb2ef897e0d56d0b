"""Words of another script in an English prompt: "watch 黒い革の上 with dramatic light" is of one on black leather."""

from collections.abc import Callable
from itertools import groupby

from photoshoot.director.languages.language_telling import script_of
from photoshoot.director.languages.translation import Translation


def read_other_scripts(text: str, read: Callable[[str], Translation | None]) -> list[tuple[str, Translation]]:
    """(As written, in English) of each run of words in a script that languages of ``LANGUAGES`` have of their own.

    Args:
        text: An English prompt.
        read: Puts such a run into English; None where it can't.
    """
    if text.isascii():
        return []
    runs = [" ".join(words) for foreign, words in groupby(text.split(), _is_foreign) if foreign]
    said = [(run, read(run)) for run in runs]
    return [(run, told) for run, told in said if told is not None and told.share > 0.0]


def _is_foreign(word: str) -> bool:
    return any(script_of(char) is not None for char in word)
