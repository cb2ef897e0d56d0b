"""Which English words say what somebody does or what was done, and are no things: "a living room bathed in light"."""

from typing import Final

DONE: Final = "ed"
"""How words end that say what was done."""
_ENDINGS: Final = (DONE, "ing")
_NOUNS: Final = frozenset(
    {"awning", "bedding", "bling", "bunting", "ceiling", "clothing", "drawing", "dressing", "dumpling", "earring"}
    | {"engraving", "frosting", "herring", "icing", "keyring", "king", "legging", "lining", "packaging", "painting"}
    | {"pudding", "railing", "ring", "seasoning", "sling", "sterling", "stocking", "string", "stuffing", "swing"}
    | {"topping", "wing"}
    | {"aniseed", "bed", "daybed", "flaxseed", "hempseed", "linseed", "moped", "reed", "seaweed", "seed", "shed"}
    | {"sled", "tweed", "weed"}
)
"""Things whose names end so."""


def is_participle(stem: str) -> bool:
    """Whether a word's stem ends as participles do and is no thing's name: ``bathed``, and not ``earring``."""
    return stem.endswith(_ENDINGS) and stem not in _NOUNS
