"""The colours of a set's neon signs, and of its strips of light."""

from collections.abc import Sequence
from typing import Any, Final

from photoshoot.director.mentions import Mention
from photoshoot.director.paints import Paint, Rank
from photoshoot.director.things_beside import MAX_COLORS

_SIGNS: Final = ("neon_colors", "strip_color")


def tint_signs(mentions: Sequence[Mention], paints: Sequence[Paint], fixed: dict[str, Any]) -> set[int]:
    """Give neon signs of a set the colours that were said of them, or of the water that mirrors them.

    Returns:
        Where those stand in the prompt.
    """
    if (sign := next((param for param in _SIGNS if param in fixed), None)) is None:
        return set()
    neon = {mention.start for mention in mentions if any(sign in params for params in mention.term.params.values())}
    named = [paint for paint in paints if paint.rank is Rank.NAMED]
    mirrored = [paint for paint in named if paint.noun is None or paint.role == "water"]
    several = sign.endswith("colors")
    said = [paint for paint in named if paint.noun in neon] or (mirrored if several else [])
    if said:
        fixed[sign] = [paint.color for paint in said][:MAX_COLORS] if several else said[0].color
    return {paint.start for paint in said}
