"""The tables of ``presets/languages``: one row a meaning, one column a language."""

from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from photoshoot.errors import PresetError
from photoshoot.files import find_data

LANGUAGES: Final = MappingProxyType(
    {
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "it": "Italian",
        "pt": "Portuguese",
        "nl": "Dutch",
        "sv": "Swedish",
        "pl": "Polish",
        "ru": "Russian",
        "tr": "Turkish",
        "ja": "Japanese",
        "zh": "Chinese",
        "ko": "Korean",
        "ar": "Arabic",
        "hi": "Hindi",
        "cs": "Czech",
        "uk": "Ukrainian",
        "da": "Danish",
        "vi": "Vietnamese",
        "id": "Indonesian",
        "el": "Greek",
        "hu": "Hungarian",
        "fi": "Finnish",
        "ro": "Romanian",
        "th": "Thai",
        "he": "Hebrew",
        "bg": "Bulgarian",
        "hr": "Croatian",
        "fa": "Persian",
        "bn": "Bengali",
        "ca": "Catalan",
        "ur": "Urdu",
    }
)
"""Code of each language that has a column → its English name."""

Columns: TypeAlias = dict[str, list[tuple[str, str]]]
"""Language → its rows: (meaning in English, cell)."""


_WORDS: Final = ("words.psv", "more_words.psv", "hebrew.psv", "later_words.psv")


def read_words() -> list[tuple[Path, Columns]]:
    """The tables of words, in which every language has one column.

    Raises:
        PresetError: A language is in none of them or in several, or a row has not a cell for every one of its table.
    """
    tables = [read_columns(name) for name in _WORDS]
    if sorted(code for _, columns in tables for code in columns) != sorted(LANGUAGES):
        raise PresetError(str(tables[0][0]), "row 'english'", f"must be of {', '.join(LANGUAGES)}, each in one table")
    return tables


def read_columns(name: str) -> tuple[Path, Columns]:
    """A table of ``presets/languages``: its file, and each language's rows by its code, (meaning in English, cell).

    Raises:
        PresetError: A row has not a cell for every language of the first row.
    """
    file = find_data("presets") / "languages" / name
    rows = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    codes = rows[0].split("|")[1:]
    columns: Columns = {code: [] for code in codes}
    for row in rows[1:]:
        english, *cells = row.split("|")
        if len(cells) != len(codes):
            raise PresetError(str(file), f"row {english!r}", f"must have a cell for each of {', '.join(codes)}")
        for code, cell in zip(codes, cells, strict=True):
            columns[code].append((english, cell))
    return file, columns
