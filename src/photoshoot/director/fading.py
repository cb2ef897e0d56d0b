"""A gradient of one colour: "blue gradient background"."""

from collections.abc import Sequence
from typing import Any

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import shift_color
from photoshoot.director.mentions import Mention
from photoshoot.director.vocabulary import Values

_OF_PAPER = "cyclorama"
_STEP = 0.17  # of OKLab's lightness, between the ends of what is called a gradient of one colour
_PALE = 0.8  # lightness from which on a colour is its paler end


def fade_one(mentions: Sequence[Mention], data: Values, name: str) -> dict[str, Any]:
    """The two ends of a gradient for which a prompt names one colour or none: paler at the bottom, or in the middle.

    Args:
        mentions: The prompt's phrases.
        data: The set's parameters so far.
        name: The set.
    """
    asked = any(mention.term.fades and not mention.negated for mention in mentions)
    if name != _OF_PAPER or not asked or len(data["colors"]) > 1:
        return {}
    (color,) = data["colors"]
    if hex_to_oklab(color)[0] >= _PALE:
        return {"colors": [color, shift_color(color, -_STEP, 1.25)]}
    return {"colors": [shift_color(color, _STEP, 0.85), color]}
