"""The words and marks of a text: what every reading of a prompt begins with."""

import re
from functools import lru_cache

from photoshoot.director.words.folding import SIGNED, drop_accents, stem

_TOKEN = re.compile(
    r"#\s?(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\b[fF](?:/\d+(?:\.\d+)?|\d+\.\d+)|\d+[.:/]\d+|"
    rf"(?:[^\W_]|[{SIGNED}])+|[,.;:!?()/]"
)  # colours by number; stops, "f/1.4", and ratios, "16:9"; words; marks
_DASH = re.compile(r"(?<=\w)\s+[-–—]{1,2}(?=\s)|(?<=\w)—(?=\w)")  # part clauses as commas do


_ASKING = re.compile(
    r"(^|[.;!?])\s*(?:i|we)(?:'d|\s+would|\s+really)*\s+(?:love|like|want|need)(?:\s+to\s+(?:see|have|get|show|shoot))?\b",
    re.IGNORECASE,
)
"""Who asks, before what is asked for: "we'd love to see the watch on slate"."""
_SPOKEN = re.compile(r"\b(i|you|we|they|he|she|it|that|there|who)'(?:d|ve|ll|re|m)\b", re.IGNORECASE)
"""Verbs that are said with who does it, and ask for nothing: "I'm after", "we've got"."""


@lru_cache(maxsize=4096)
def split_tokens(text: str) -> tuple[tuple[str, str], ...]:
    """(word as written, stem) of each word and punctuation mark; hyphens part words, apostrophes and accents go."""
    asked = _ASKING.sub(r"\1", _DASH.sub(", ", text).replace("’", "'"))
    spelled = _SPOKEN.sub(r"\1", asked)
    plain = drop_accents(spelled.replace("'", "").replace("&", " and "))
    return tuple((token, stem(token.lower())) for token in map(_tidy, _TOKEN.findall(plain)))


def _tidy(token: str) -> str:
    """A colour by its number as ``#rrggbb``; any other token as it is."""
    digits = token[1:].strip()
    return token if token[0] != "#" else f"#{digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)}"
