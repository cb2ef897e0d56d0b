"""Endings and beginnings of words that say what English has a word of its own for: on, with, without, the, and."""

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
