"""What is seen behind and under a product in a set: the colours that its own must go with."""

from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.sets import Seen, SetDesign


def backdrop_colors(design: SetDesign) -> tuple[str, ...]:
    """The colours that a design shows behind and under the product, ``#rrggbb``."""
    return tuple(_mix(seen) for seen in design.seen_colors())


def _mix(seen: Seen) -> str:
    if not seen.share:
        return seen.color
    return oklab_to_hex((1 - seen.share) * hex_to_oklab(seen.color) + seen.share * hex_to_oklab(seen.toward))
