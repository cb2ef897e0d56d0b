"""The cyclorama: a seamless sweep of paper in one colour or a gradient."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_sweep
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import Entry, Reflectance, bitmap, blended, diffuse, finished
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, fill_share, overhead, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.gradients import canvas_gradient
from photoshoot.placers.studio.textures.patterns import printed
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets.cyclorama import Cyclorama

_RADIUS = 1.9
_LIT, _PALEST, _DIM, _DIM_ROUND_SPOT = 0.2, 0.96, 0.75, 0.88
"""OKLab lightness that a pool of light adds, and makes at most; shares of a colour that are left in the corners, and
there beside a spotlight, which leaves them in the shade."""
_ABOVE, _OVER_SPOT = 0.22, 0.7  # of the fill, what lights the sweep from above: more where the key falls elsewhere
_RIM_BESIDE = 5.0
_REPEATS = 0.62  # of a print, a world unit beside a narrow product: bold, and larger behind a wide one


def build_cyclorama(design: Cyclorama, view: View, rng: np.random.Generator) -> SetParts:
    """Paper that fills the picture, lit evenly; the sweep's depth and the light vary a little."""
    light = vary(design.light, rng)
    back = min(float(rng.uniform(-4.4, -3.6)), -view.product_back - _RADIUS)
    paper = to_shape(_sweep(design, view, back), bsdf=_material(design, view, back))
    rim = 1.4 if design.finish == "matte" else _RIM_BESIDE
    rig = Rig(back_z=back + 0.5, distance=11.0, fill_color="#fdfdff", rim_beside=rim)
    above = _OVER_SPOT if light.gobo == "spot" else _ABOVE
    lights = {**build_lights(light, view, rig), **overhead(view, back, above * fill_share(light))}
    return SetParts(
        shapes={"paper": paper, **lights, **beside(design, view, rng)},
        exposure=albedo_exposure(light, 0.90),
    )


def _sweep(design: Cyclorama, view: View, back: float) -> Mesh:
    """The paper; of printed one texture coordinates go along it, the product in the middle of the print."""
    if design.pattern == "none":
        return stage_sweep(view, back=back, radius=_RADIUS)
    return stage_sweep(view, back=back, radius=_RADIUS, along=_REPEATS / max(1.0, view.product_half_width))


def _material(design: Cyclorama, view: View, back: float) -> Entry:
    """The paper; a satin or glossy one is coated on the floor and fades to matte where the sweep rises."""
    albedo: Reflectance = design.colors[0]
    if design.pattern != "none":
        return diffuse(bitmap(printed(design.pattern, design.dyes)))
    if len(design.colors) > 1 or design.direction == "radial":
        colors = design.colors if len(design.colors) > 1 else _pool_of_light(design)
        albedo = bitmap(canvas_gradient(colors, design.direction, view), clamp=True)
    if design.finish == "matte":
        return diffuse(albedo)
    return blended(diffuse(albedo), finished(albedo, design.finish), bitmap(_floor_share(view, back), clamp=True))


def _pool_of_light(design: Cyclorama) -> tuple[str, str]:
    """The middle and the corners of paper of one colour on which light falls from the front."""
    color = hex_to_oklab(design.colors[0])
    lit = min(color[0] + _LIT, max(color[0], _PALEST))
    dim = _DIM_ROUND_SPOT if design.light.gobo == "spot" else _DIM
    return oklab_to_hex((lit, *color[1:])), oklab_to_hex(dim * color)


def _floor_share(view: View, back: float) -> Float32Array:
    """1 on the floor, 0 on the wall, over the canvas; (256, 1)."""
    far, near = view.to_pixel([[0.0, 0.0, back + _RADIUS], [0.0, 0.0, 0.4]])[:, 1] / view.height_px
    rows = (np.arange(256, dtype=np.float32)[:, None] + 0.5) / 256
    return smoothstep(float(far), float(near), rows)
