"""A plain room in the sun, which may draw on its wall."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SMALL, SetObject, colored
from photoshoot.sets.strewn import StrewnSet

_SUN = {"softness": 0.08, "intensity": 0.9, "color": "#fff1dc", "fill": 0.32}


@dataclass(frozen=True, kw_only=True)
class WindowRoom(StrewnSet):
    """A plain room in the sun, which may come through a window, blinds or leaves and draw them on the wall."""

    carries = (*SMALL, *LARGE)
    on_foot = True
    camera_y = 1.4
    shows = (-1.9, 1.9)  # what the sun draws on the wall
    behind = ("wall_color", "floor_color")
    free_colors = ("wall_color", "floor_color")
    prompted: ClassVar[SetObject] = {"light": _SUN, "gobo": "none"}

    wall_color: str = colored("#b4b1ae", "backdrop", leans=True, follows=("floor_color", 0.03, 1.0))
    """The plaster or the bricks of the wall."""
    floor_color: str = colored("#aaa7a3", "surface", "floor", follows=("wall_color", -0.03, 1.0))
    """The floor, or a shelf."""
    wall: Literal["plaster", "brick"] = "plaster"
    """What the wall is of."""
    floor: Literal["plaster", "wood"] = "plaster"
    """What the floor is of: smooth as the wall, or boards."""
    gobo: Literal["none", "blinds", "panes", "leaves"] = "blinds"
    """What the sun comes through; a prompt's is nothing where its words name no window, blinds or leaves."""

    def lying(self) -> SetObject:
        """The wall's plaster under the same shadows."""
        return {"name": "flat_lay", "surface": "plaster", "colors": (self.wall_color,), "gobo": self.gobo}

    def hanging(self) -> SetObject:
        """The wall itself, under the same shadows."""
        return {"name": "hanging_wall", "wall": self.wall, "colors": (self.wall_color,), "gobo": self.gobo}
