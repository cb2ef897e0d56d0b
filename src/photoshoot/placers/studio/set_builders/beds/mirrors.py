"""Surfaces that mirror what is over them, behind the camera: lacquer with a glow in it, ground wet from rain."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import format_hex, hex_to_linear, linear_to_srgb
from photoshoot.placers.studio.backdrops.bokeh import Bokeh, bokeh_image, glow_image
from photoshoot.placers.studio.backdrops.streets import Street, street_coat
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.organic import blob
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.lighting.environment import Window, blurred_view, place_gains
from photoshoot.placers.studio.lighting.mirrored import STUDIO_FILL, WIDER, mirrored_over
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, blended, diffuse, plastic, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import concrete, smoothstep

_IOR = 2.0
_REFLECTANCE = ((_IOR - 1) / (_IOR + 1)) ** 2
"""Of a surface that is looked at straight on (Fresnel)."""
_POLISH, _GLASS = 0.012, 0.003  # roughness of what mirrors lamps, and a place's far lights: rougher, they are haze
_FILM = 0.02  # of a film of water
_DROPS = 240
_HOLLOW = 0.012  # depth of hollows: deep ones have dark lips
_RIM, _LEAST_FILM = 0.26, 0.1  # how far up a hollow's rim it thins out, of the depths' noise; and what is wet anyway
_WET_FROM = 0.1  # of a hollow's depth: about a third of the ground is puddles, whose rims are only damp
_DRY = -0.2  # as deep as ground is at most where the product lies: over the water
_DAMP = 0.55  # of the dry albedo
_FAINT = 0.4  # of lights out of focus: brighter ones are all that is seen of a floor, and what lies on it hovers
_UNDER_WATER = 0.3  # of the ground's albedo: wet ground is darker, and is still seen under water
_RAIN, _RING, _RING_HEIGHT = 5, 80.0, 0.0003  # rings of drops, how narrow and how high they are, 1 / and world units
_FINEST = 0.7  # side of the asphalt's texture, world units
_USUAL_SLAB, _SLABS_M = 1.9, (0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 0.9, 1.2)
"""Side of a slab beside a product whose size is not known, world units; and sides of those that are sold, metres."""
_JOINT, _DEEP, _GROUT = (
    0.006,
    0.012,
    "#1b1b1d",
)  # half width of a joint, and its depth: without rounded edges, which take paths
_UNEVEN, _LAID_DEG = 0.0035, (6.0, 20.0)  # radians that a slab leans at most; how far they are turned to the picture
_EDGE, _LENGTH = 0.012, 0.42  # soft edge of a mirrored softbox, and half its length, of the picture's height
_REACH = 1.15  # of the picture: half the square of street that is drawn
_LINE_INSIDE = 1.35  # a painted line lies so far inside the picture's edge at least, be it under the product
_PLACE_LEVEL = 0.085  # geometric mean of a mirrored place's light, display-linear
_LEAST_GLOW = 0.9  # of the width that a glow has behind a product one unit to each side: a slim one shall show it, too
_CONTRAST = 0.8  # power of its luminance that it is multiplied by: water mirrors lamps and the sky, the rest is dark
_BLUR, _FILM_BLUR = 0.03, 0.018  # of it in glass and in a film of water, as tangents
_FROM, _FILM_FROM = -0.35, -0.1  # lower edge of it there: puddles show what stands against the sky
_SIGNS, _SIGN, _SIGN_LEVEL, _DIMMED = 6, 0.035, 1.1, 0.45
"""Neon signs that are mirrored, half their width in the picture's heights, their light, and the place's beside them."""
_FILM_LEVEL = 0.7  # times its light there: the ground is seen through the film


def lacquer(lying: Lying) -> dict[str, object]:
    """Polished lacquer or glass; drops of water on it where it mirrors a place."""
    color = lying.design.colors[0]
    polish = _POLISH if lying.design.place == "none" and not lying.design.joints else _GLASS
    coat = plastic(color, polish, _IOR)
    shapes: dict[str, object] = _slabs(lying, coat) if lying.design.joints else {"lacquer": _sheet(lying, coat)}
    shapes |= _mirrored(lying)
    if lying.design.place != "none":
        shapes["drops"] = to_shape(_drops(lying), bsdf=plastic(color, 0.03, _IOR))
    return shapes


def _sheet(lying: Lying, coat: Entry) -> object:
    x, z = lying.points(4_000)
    return to_shape(lying.surface(x, np.zeros_like(x), z), bsdf=coat)


def _slabs(lying: Lying, coat: Entry) -> dict[str, object]:
    """Square slabs and the dark joints between them; none lies quite level, so each mirrors a bit of its own."""
    view, rng = lying.view, lying.rng
    side = slab_side(view.unit_m)
    reach = float(np.hypot(view.half_width, view.top)) + side
    half = side / 2 - _JOINT
    slab = grid([[[-half, 0.0, -half], [half, 0.0, -half]], [[-half, 0.0, half], [half, 0.0, half]]])
    first, turn = rng.uniform(-0.5, 0.5, 2) * side, float(rng.uniform(*_LAID_DEG) * rng.choice([-1.0, 1.0]))
    steps = np.arange(-np.ceil(reach / side), np.ceil(reach / side) + 1) * side
    leans = np.degrees(rng.uniform(-_UNEVEN, _UNEVEN, (len(steps), len(steps), 2)))
    laid = [
        slab.turned(float(leans[i, j, 0]), "x")
        .turned(float(leans[i, j, 1]), "z")
        .moved(x + first[0], 0.0, z + first[1])
        for i, x in enumerate(steps)
        for j, z in enumerate(steps)
    ]
    floor = lying.placed(merged(laid).turned(turn))
    points_x, points_z = lying.points(4)
    joints = lying.surface(points_x, np.full_like(points_x, -_DEEP), points_z)
    return {"lacquer": to_shape(floor, bsdf=coat), "joints": to_shape(joints, bsdf=diffuse(_GROUT))}


def slab_side(unit_m: float | None) -> float:
    """Side of a floor's slabs, world units: of those that are sold, the one that shows a few joints.

    Args:
        unit_m: Metres that a world unit is in life; None: not known.
    """
    if unit_m is None:
        return _USUAL_SLAB
    sides = np.array(_SLABS_M) / unit_m
    return float(np.clip(sides[np.argmin(np.abs(np.log(sides / _USUAL_SLAB)))], 0.6 * _USUAL_SLAB, 1.6 * _USUAL_SLAB))


def street(lying: Lying) -> dict[str, object]:
    """Asphalt or cobbles and their paint, dry; after rain, with puddles that mirror the place."""
    design, view, rng = lying.design, lying.view, lying.rng
    piece = Street(
        color=design.colors[0],
        paving=design.paving,
        line=design.marks,
        line_color=design.vein_color,
        x=view.product_x,
        half_width=min(view.product_half_width, view.half_width - _LINE_INSIDE),
        before=0.5,
        prop_scale=view.prop_scale,
        unit_m=view.unit_m,
        finest=_FINEST,
        reach=_REACH * max(view.half_width, view.top, -view.bottom),
    )
    seed = int(rng.integers(60))
    if design.place == "none":
        x, z = lying.points(4_000)
        return {"asphalt": to_shape(lying.surface(x, 0 * x, z), bsdf=street_coat(piece, seed))}
    x, z = lying.points(160_000)
    hollow, wet = _puddles(lying, lying.chance(40), x, z)
    damp = street_coat(piece, seed, _DAMP)
    film = street_coat(piece, seed, _UNDER_WATER, (_FILM, _IOR))
    ground = blended(damp, film, bitmap(np.asarray(wet, np.float32), _over(x, z), clamp=True))
    surface = lying.surface(x, _water_level(hollow, _HOLLOW) + _rings(lying, x, z), z)
    return {"asphalt": to_shape(surface, bsdf=ground), **_mirrored(lying)}


def _puddles(lying: Lying, seed: int, x: Float64Array, z: Float64Array) -> tuple[Float64Array, Float64Array]:
    """How deep the hollows are, and how far water covers the ground, 0 to 1: round puddles, none under the product."""
    hollow = plane_noise(x * 0.75, z * 0.75, seed=seed, octaves=3, gain=0.28)
    shore = 0.5 * np.abs(plane_noise(x * 1.3, z * 1.3, seed=seed + 7, octaves=2))
    away = np.asarray(smoothstep(0.0, 0.5, lying.distance(x, z) - shore), np.float64)
    hollow = away * hollow + (1 - away) * np.minimum(hollow, _DRY)
    pores = 0.05 * plane_noise(x * 9.0, z * 9.0, seed=seed + 3, octaves=2)
    film = smoothstep(_WET_FROM - _RIM, _WET_FROM + 0.06, hollow + pores * (hollow < _WET_FROM))
    return hollow, np.asarray(_LEAST_FILM + (1 - _LEAST_FILM) * film, np.float64)


def _water_level(hollow: Float64Array, depth: float) -> Float64Array:
    """Height of ground with its hollows full of water, which is level: a mirror that is not smears what it shows."""
    return np.asarray(-depth * np.clip(hollow, 0.0, _WET_FROM), np.float64)


def _rings(lying: Lying, x: Float64Array, z: Float64Array) -> Float64Array:
    """What the last drops of the rain have left on the water: a few rings that die away."""
    rng, view = np.random.default_rng(lying.chance(1000)), lying.view
    height = np.zeros_like(x)
    for _ in range(_RAIN):
        at_x, at_z = rng.uniform(-1, 1) * view.half_width, rng.uniform(-view.top, -view.bottom)
        away, reach = np.hypot(x - at_x, z - at_z), float(rng.uniform(0.12, 0.4))
        height += np.sin((away - reach) * _RING) * np.exp(-(((away - reach) / 0.09) ** 2))
    return np.asarray(_RING_HEIGHT * height, np.float64)


def wet_ground(lying: Lying) -> dict[str, object]:
    """Concrete after rain: puddles in its hollows mirror the lights, the rest is dark and damp."""
    color, rng = lying.design.colors[0], lying.rng
    x, z = lying.points(160_000)
    seed = lying.chance(40)
    hollow, wet = _puddles(lying, seed, x, z)
    uv = np.stack([x, z], -1)
    damp = format_hex(linear_to_srgb(mix_hex(color, "#101318", 0.45)))
    tiling = Tiling.drawn(0.32, rng)
    texture = concrete(damp, seed % 3)
    rough = textured(texture, tiling, "matte", 0.012)
    under = bitmap(np.asarray(_UNDER_WATER * texture.color, np.float32), tiling)
    share = bitmap(np.asarray(wet, np.float32), _over(x, z), clamp=True)
    ground = blended(rough, plastic(under, _FILM, _IOR), share)
    height = _water_level(hollow, _HOLLOW) + _rings(lying, x, z)
    return {"ground": to_shape(lying.surface(x, height, z, uv), bsdf=ground), **_mirrored(lying)}


def _over(x: Float64Array, z: Float64Array) -> Tiling:
    """Lays a picture of a grid over the grid, for texture coordinates x and z."""
    wide, tall = float(np.ptp(x)), float(np.ptp(z))
    return Tiling(scale=(1 / wide, 1 / tall), offset=(-float(x.min()) / wide, -float(z.min()) / tall))


def _mirrored(lying: Lying) -> dict[str, object]:
    """What is over the surface, as a light."""
    dark = STUDIO_FILL if lying.design.glow in ("pool", "tubes") and lying.design.place == "none" else 1.0
    draw = partial(_picture, lying)
    return mirrored_over(draw, _REFLECTANCE, lying.view, lying.light, lying.exposure, dark)


def _picture(lying: Lying, aspect: float) -> Float32Array:
    design, view = lying.design, lying.view
    colors = design.glow_colors or ("#8f9cba",)
    if design.place != "none":
        return _place(lying, aspect)
    if design.glow == "lights":
        lights = bokeh_image(Bokeh(color=colors[0], aspect=round(aspect, 2), seed=lying.chance(6), ground=0.10))
        return np.asarray(_FAINT * lights, np.float32)
    image = np.zeros((400, int(np.clip(400 * aspect, 64, 2400)), 3), np.float32)
    if design.glow != "pool":
        return image + np.float32(0.01)
    side = float(lying.rng.choice([-1.0, 1.0]))
    reach = view.product_half_width + 0.25
    for index, color in enumerate(colors[:2] * (2 // min(len(colors), 2))):
        x = view.product_x + (side if index == 0 else -side) * reach * 0.75
        center = (0.5 + 0.5 * x / (WIDER * view.half_width), 0.40 if index == 0 else 0.66)
        spread = (0.21 if index == 0 else 0.15) * max(_LEAST_GLOW, 0.6 + 0.4 * view.product_half_width)
        image += (1.25 if index == 0 else 0.7) * glow_image(color, aspect, center, spread)[:, : image.shape[1]]
    return image + _strips(image.shape[:2], side)


def _strips(shape: tuple[int, int], side: float) -> Float32Array:
    """Two long softboxes as a polished floor shows them, aslant beside the middle: with edges; (H, W, 1)."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    across = (x - 0.5 * shape[1]) / shape[0] * side + 0.22 * (y / shape[0] - 0.5)
    light = sum(1 - smoothstep(wide - _EDGE, wide, np.abs(across - at)) for at, wide in ((-0.36, 0.035), (0.34, 0.06)))
    down = y / shape[0] - 0.5
    ends = 1 - smoothstep(_LENGTH - _EDGE, _LENGTH, np.abs(down))
    return np.asarray(0.34 * light * ends * (1 - 0.8 * down), np.float32)[..., None]


def _place(lying: Lying, aspect: float) -> Float32Array:
    """A place out of focus, from a little over its horizon up."""
    design, reach = lying.design, 0.55
    blur, low, level = (_BLUR, _FROM, 1.0) if design.surface == "lacquer" else (_FILM_BLUR, _FILM_FROM, _FILM_LEVEL)
    wide, top = round(reach * aspect, 3), round(2 * reach + low, 3)
    window = Window(left=-wide, right=wide, bottom=low, top=top, blur=blur)
    picture = blurred_view(design.place, design.heading_deg, window, 420, 2.2)
    contrasty = picture * picture.mean(-1, keepdims=True) ** _CONTRAST
    lights = contrasty * place_gains(design.place, 0.2) * _PLACE_LEVEL * level
    if design.glow_colors:
        lights = _DIMMED * lights + _signs(lights.shape[:2], design.glow_colors, lying.rng)
    return np.asarray(np.minimum(lights, 1.5), np.float32)


def _signs(shape: tuple[int, int], colors: Sequence[str], rng: np.random.Generator) -> Float64Array:
    """Neon signs out of focus, display-linear (H, W, 3): upright bars with a glow round them, some in each colour."""
    y, x = np.mgrid[: shape[0], : shape[1]] / shape[0]
    light = np.zeros((*shape, 3))
    for number in range(_SIGNS):
        at_x = (number + float(rng.uniform(0.15, 0.85))) / _SIGNS * shape[1] / shape[0]
        at_y, half = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.12, 0.28))
        away = np.hypot(x - at_x, np.maximum(np.abs(y - at_y) - half, 0))
        near = np.exp(-((away / _SIGN) ** 2)) + 0.3 * np.exp(-away / (4 * _SIGN))
        light += _SIGN_LEVEL * near[..., None] * hex_to_linear(colors[number % len(colors)])
    return light


def _drops(lying: Lying) -> Mesh:
    """Drops of water, many small and a few large ones; none under the product."""
    rng, view = lying.rng, lying.view
    radius = np.exp(rng.uniform(np.log(0.008), np.log(0.06), _DROPS))
    x = rng.uniform(-1, 1, _DROPS) * view.half_width
    z = rng.uniform(-view.top, -view.bottom, _DROPS)
    free = lying.distance(x, z) > 1.2 * radius
    models = [blob(1.0, seed=n, roughness=0.08, squash=0.2, rings=14) for n in range(3)]
    return lying.placed(
        merged(
            models[index % 3].scaled(float(size)).moved(float(at_x), 0.0, float(at_z))
            for index, (size, at_x, at_z) in enumerate(zip(radius[free], x[free], z[free], strict=True))
        )
    )
