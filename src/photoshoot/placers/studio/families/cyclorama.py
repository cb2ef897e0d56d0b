"""The cyclorama: a seamless sweep of paper in one colour or a gradient."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.geometry import to_shape
from photoshoot.placers.studio.lights import Rig, build_lights, overhead, vary
from photoshoot.placers.studio.materials import Paint, bitmap, finished
from photoshoot.placers.studio.parts import Family, SetParts
from photoshoot.placers.studio.stage import canvas_gradient, stage_sweep
from photoshoot.placers.studio.view import View
from photoshoot.sets import Cyclorama


def build_cyclorama(design: Cyclorama, view: View, rng: np.random.Generator) -> SetParts:
    """Paper that fills the picture, lit evenly; the sweep's depth and the light vary a little."""
    light = vary(design.light, rng)
    back = float(rng.uniform(-4.4, -3.6))
    paper = to_shape(stage_sweep(view, back=back, radius=1.9), finished(_paint(design, view), design.finish))
    lights = build_lights(light, view, Rig(back_z=back + 0.5))
    return SetParts(
        shapes={"paper": paper, **lights, **overhead(view, back, 0.5 * design.light.fill)},
        card=0.98 * design.light.intensity,
    )


def _paint(design: Cyclorama, view: View) -> Paint:
    if len(design.colors) == 1:
        return design.colors[0]
    return bitmap(canvas_gradient(design.colors, design.direction, view), clamp=True)


CYCLORAMA = Family(build=build_cyclorama, camera_y=1.45)
"""A cyclorama and its camera."""
