"""A stack of large books that a product stands on. Its top is y = 0."""

from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.props.meshes.desk import closed_book
from photoshoot.placers.studio.scene.batching import Things, painted

_THICK: Final = 0.11  # of a book, about
_HALF: Final = 0.17  # of its thickness, before it is made so thick: its boards are thin beside its pages
_OVER: Final = 0.14  # how much farther than the one on it a book may reach
_ASKEW_DEG: Final = 5.0
_PAPER: Final = "#efe6d4"
_COVERS: Final = (
    ("#b8674a", "#d8cbb8", "#2f4050"),
    ("#6f7d68", "#e4dccb", "#8c3b2e"),
    ("#3d5a66", "#b99a6b", "#d9cdb6"),
    ("#94533a", "#54633f", "#c9a66b"),
)
"""Colours of covers that go together, from the top down."""


def book_stack(half: tuple[float, float], height: float, buried: float, rng: np.random.Generator) -> Things:
    """Books about x = z = 0 that lie on each other, a little askew, the lower ones larger; some show their spines.

    Args:
        half: Half the width and half the depth of the top one.
        height: Of all that are seen.
        buried: How far the stack goes on under that, on uneven ground.
        rng: Chooses their covers and how they lie.
    """
    count = max(3, round(height / _THICK))
    thick, covers = height / count, _COVERS[int(rng.integers(len(_COVERS)))]
    things: Things = []
    wide, deep = half
    for index in range(count + round(buried / thick)):
        if 0 < index < count:  # what is buried is hidden under the lowest
            wide, deep = (side + float(rng.uniform(0.3, 1.0)) * _OVER for side in (wide, deep))
        spine = bool(index % 2)
        sizes = (deep, _HALF, wide) if spine else (wide, _HALF, deep)
        turn = float(rng.uniform(-1, 1)) * _ASKEW_DEG * (0 < index < count) + 90.0 * spine
        if index >= count:
            sizes, turn = (half[0], _HALF, half[1]), 0.0
        flat = (part.scaled(1.0, thick / (2 * _HALF), 1.0) for part in closed_book(*sizes))
        boards, pages = (part.turned(turn).moved(0, -(index + 1) * thick) for part in flat)
        things += [painted(covers[index % 3], "eggshell", boards), painted(_PAPER, "matte", pages)]
    return things
