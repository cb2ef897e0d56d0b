"""Plain walls that fade from one colour into others."""

from typing import Literal, TypeAlias

from photoshoot.sets.design import Seen

Fade: TypeAlias = Literal["vertical", "horizontal", "diagonal", "radial"]
"""Which way a wall fades over the picture: up, to the right, to the upper right, or from its middle."""


def seen_fading(colors: tuple[str, ...]) -> Seen:
    """A wall of one colour or of several as it is seen in the picture's middle."""
    middle = (len(colors) - 1) // 2
    if len(colors) % 2:
        return Seen(color=colors[middle])
    return Seen(color=colors[middle], toward=colors[middle + 1], share=0.5)
