"""Sets with clear ground round the product, where a prompt's lemons lie although the set itself shows no such thing."""

from dataclasses import dataclass
from typing import get_type_hints

from photoshoot.sets.design import Props, SetDesign, SetObject, colored


@dataclass(frozen=True, kw_only=True)
class StrewnSet(SetDesign):
    """A set where things can lie beside the product, apart from what the set is made of."""

    beside: Props = "none"
    """What lies or stands beside the product."""
    beside_colors: tuple[str, ...] = colored((), "props")
    """Up to four colours of it; none: its own."""

    def strewn_in(self, kind: type[SetDesign]) -> SetObject:
        """The parameters by which a set that this one becomes shows the same things; none where it can't."""
        if self.beside == "none":
            return {}
        if issubclass(kind, StrewnSet):
            return {"beside": self.beside, "beside_colors": self.beside_colors}
        if get_type_hints(kind).get("props") != Props:
            return {}
        colors = {"prop_colors": self.beside_colors} if "prop_colors" in kind.color_uses() else {}
        return {"props": self.beside, **colors}
