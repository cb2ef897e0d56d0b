"""Sets with clear ground round the product, where a prompt's lemons lie although the set itself shows no such thing."""

from dataclasses import dataclass

from photoshoot.sets.design import Props, SetDesign, colored


@dataclass(frozen=True, kw_only=True)
class StrewnSet(SetDesign):
    """A set where things can lie beside the product, apart from what the set is made of."""

    beside: Props = "none"
    """What lies or stands beside the product."""
    beside_colors: tuple[str, ...] = colored((), "props")
    """Up to four colours of it; none: its own."""
