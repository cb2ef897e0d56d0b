"""What the stems of ``presets/languages`` may end in: no other letters follow them, so that no "pinzetta" is of a pine.

An ending is one of inflection, behind at most one that makes another kind of word of a stem ("sabb-i-os-a"). What
languages of compounds have behind a stem is told as another word, and is no matter of this file.
``presets/languages/stem_endings.json`` has them by language: those that are ``made`` of a stem, the ``inflected`` ones
that may follow, and ``bare`` ones that also end a word.
"""

import re
from functools import cache
from typing import cast

from photoshoot.director.words.folding import fold
from photoshoot.files import find_data, load_json


@cache
def stem_endings(code: str) -> re.Pattern[str] | None:
    """What a language's stems may end in, folded; None where it lists none: any letters up to its longest."""
    listed = _load_endings().get(code)
    if listed is None:
        return None
    made, inflected, bare = ("|".join(fold(listed.get(kind, "")).split()) for kind in ("made", "inflected", "bare"))
    return re.compile(rf"(?:{made})?(?:{inflected})|(?:{bare})?" if made else rf"(?:{inflected})?")


@cache
def _load_endings() -> dict[str, dict[str, str]]:
    file = find_data("presets") / "languages" / "stem_endings.json"
    return cast("dict[str, dict[str, str]]", load_json(file))
