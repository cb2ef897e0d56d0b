"""What lies beside the product in sets that show no such things by themselves."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.placement import stand
from photoshoot.placers.studio.camera import View
from photoshoot.sets.strewn import StrewnSet


def beside(design: StrewnSet, view: View, rng: np.random.Generator, front: float | None = None) -> dict[str, object]:
    """Shapes of it; none, and ``rng`` is not advanced, where there is nothing.

    Args:
        design: Says what.
        view: The camera and the product's room.
        rng: The shot's generator.
        front: How near the support reaches, z; None: to the camera.
    """
    held = view if front is None else replace(view, support_front=front)
    return stand(STREWN[design.beside](held, rng, design.beside_colors), view, prefix="beside")
