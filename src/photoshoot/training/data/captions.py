"""What is said of a picture: the background alone, as a prompt would ask for it."""

import re

from photoshoot.placers.diffusion.network_prompts import mentions, names_of
from photoshoot.records import Product

_FRONT_DEG, _BEHIND_DEG = 20.0, 150.0
_SIDE = re.compile(r"\bfrom the (?:upper )?(?:left|right)\b")
_NOWHERE = "a plain studio background"


def names_product(text: str, product: Product) -> bool:
    """Whether a scene's text names the product or its kind."""
    return any(mentions(text, name) for name in names_of(product))


def caption_scene(text: str, product: Product, azimuth_deg: float) -> str:
    """The scene's text, true to the light, without the clauses that name the product.

    Args:
        text: The scene in words, its clauses parted by commas.
        product: What it must not name.
        azimuth_deg: Where the light comes from, as in ``LightOverride``.
    """
    clauses = [clause for clause in text.split(",") if not names_product(clause, product)]
    told = _SIDE.sub(_tell_side(azimuth_deg), ",".join(clauses)).strip()
    return told or _NOWHERE


def _tell_side(azimuth_deg: float) -> str:
    if abs(azimuth_deg) <= _FRONT_DEG:
        return "from the front"
    if abs(azimuth_deg) >= _BEHIND_DEG:
        return "from behind"
    return "from the left" if azimuth_deg < 0 else "from the right"
