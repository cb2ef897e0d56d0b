"""Endings and beginnings of words: on, with, without, the, and, for which English has words of its own; and others."""

import re
from types import MappingProxyType
from typing import Final

ON: Final = MappingProxyType({"fi": ("lla",), "hu": ("on", "en", "an", "n")})
"""Language → endings that say "on": Finnish ``pöydällä``, Hungarian ``asztalon``."""

WITH: Final = MappingProxyType(
    {
        "hu": re.compile(r"(v|([^aeiou])\2|ssz|ccs|ggy|nny|lly|tty|zzs)[ae]l$"),
        "tr": re.compile(r"(yl[ae]|l[ae]rl[ae]|l[ae]riyl[ae])$"),
    }
)
"""Language → endings that say "with": Hungarian ``rózsákkal``, Turkish ``güllerle``."""

LACKING: Final = MappingProxyType(
    {
        "tr": re.compile(r"(siz|suz)$"),
        "de": re.compile(r"(los|frei)(e[nmrs]?)?$"),
        "nl": re.compile(r"(loos|loze|vrije?)$"),
        "sv": re.compile(r"(los|fri)(t|a)?$"),
        "da": re.compile(r"(los|fri)(t|e)?$"),
        "fi": re.compile(r"(ton|tom(a|an|alla|assa|ia|at|ien))$"),
        "hu": re.compile(r"(mentes|talan|telen|tlan|tlen)(ul|en)?$"),
    }
)
"""Language → endings that say without: of "skugglös" and "gölgesiz" there are no shadows."""

PREFIXES: Final = MappingProxyType(
    {
        "ar": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك"),
        "he": ("שה", "מה", "כש", "ה", "ל", "מ", "ש", "כ"),
    }
)
"""Language → articles, "and", "in", "from" and others that are written with the word after them."""

JOINED: Final = MappingProxyType({"ar": ("و", "ب"), "he": ("ו", "ב", "ל")})
"""Language → letters that are its "and", and its "with", "in" or "to", and are written with the word after them."""

LONGEST_ENDING: Final = MappingProxyType(
    {"tr": 6, "pl": 5, "ru": 5, "uk": 5, "cs": 5, "el": 6, "hu": 5, "fi": 5, "ro": 5}
)
"""Language → longest ending that a stem may carry, letters, where it is not four."""

GERMANIC: Final = frozenset({"e", "en", "er", "es", "em", "ern", "n", "a", "t", "et", "s", "ar", "or"})
"""Endings that are no compound's last word."""

DESCRIBING: Final = MappingProxyType(
    {"de": re.compile(r"(lich|ig|isch)(e[nrsm]?)?$"), "nl": re.compile(r"(s|ig|achtig)e$")}
)
"""Language → how adjectives that are made of nouns end."""

SUFFIX: Final = re.compile(
    r"(ar|er|or|en|e|s|n)?(ig|lich|isch|haft|los|bar|sam|en|ern|end|ung|heit|keit|lig|lik|lijk|isk|ad|at|ed|ja|je|tje|"
    r"chen|lein|st|na|ne|nes?|rna|t)?(e|en|er|es|em|s|t|a|n|ne|na|de|te|jes?|iga?|ar|or|erna|arna|ande)?"
)
"""What stems end in as other kinds of words, and inflected."""
