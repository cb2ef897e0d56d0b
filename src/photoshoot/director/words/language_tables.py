"""The tables of ``presets/languages``: one row a meaning, one column a language."""

from functools import cache
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
        "fil": "Filipino",
        "sw": "Swahili",
        "af": "Afrikaans",
        "gl": "Galician",
        "lt": "Lithuanian",
        "lv": "Latvian",
        "et": "Estonian",
        "is": "Icelandic",
        "sq": "Albanian",
        "eu": "Basque",
        "ga": "Irish",
        "ta": "Tamil",
        "te": "Telugu",
        "mr": "Marathi",
        "pa": "Punjabi",
        "ka": "Georgian",
        "hy": "Armenian",
        "km": "Khmer",
        "zh-latn": "Chinese",
        "ja-latn": "Japanese",
        "ko-latn": "Korean",
        "ar-latn": "Arabic",
    }
)
"""Code of each language that has a column → its English name; ``-latn``: as it is typed in Latin letters."""

FEWER: Final = ("fil", "sw", "af", "gl", "lt", "lv", "et", "is", "sq", "eu", "ga")
"""Languages of Latin letters of which fewest words are known."""
LATIN: Final = (
    *("de", "fr", "es", "it", "pt", "nl", "sv", "pl", "tr", "cs", "da", "vi", "id", "hu", "fi", "ro", "hr", "ca"),
    *FEWER,
)
"""Languages of Latin letters."""
TYPED: Final = tuple(code for code in LANGUAGES if code.endswith("-latn"))
"""Languages of other scripts that have words in Latin letters of their own."""

Columns: TypeAlias = dict[str, list[tuple[str, str]]]
"""Language → its rows: (meaning in English, cell)."""


_WORDS: Final = (
    *("words.psv", "more_words.psv", "hebrew.psv", "later_words.psv"),
    *("latin_words.psv", "scripts_words.psv", "typed_words.psv"),
)


def read_words(code: str) -> list[tuple[str, str]]:
    """The rows of the one table of words in which a language has a column: (meaning in English, cell).

    Raises:
        PresetError: A row has not a cell for every language of its table, or no table has the language.
    """
    found = next((columns[code] for columns in map(_read_table, _WORDS) if code in columns), None)
    if found is None:
        raise PresetError(str(find_data("presets") / "languages"), f"language {code!r}", "must have a column")
    return found


@cache
def _read_table(name: str) -> Columns:
    return {code: [row for row in rows if row[1]] for code, rows in read_columns(name)[1].items()}


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
