"""The edge of a swimming pool: deck and coping, water over tiles, and a hedge under the sky on its other side."""

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import format_hex, hex_to_linear, linear_to_srgb
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.geometry.terrain import level_terrain, plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.landscape.palms import hanging_fronds
from photoshoot.placers.studio.landscape.water import facing_camera, light_net, waves
from photoshoot.placers.studio.lighting.sky import Sky, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.emitters import albedo_exposure, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets.pool import Pool

_EDGE = -1.35  # depth of the pool's edge behind a product that was photographed from the front
_LEVEL = -0.30  # of the water, under the deck
_FAR = -24.0  # depth of the pool's other side
_SEEN = 13.0  # of the water beyond a table's edge, world units
_COPING = 0.62  # width of the stones along the edge
_IOR = 1.4
_TILE = 0.42
_TO_SCALE = 4.0  # ``View.prop_scale`` up to which the hedge is as it is built: a car before that is a toy
_LEAF, _HEDGE = "#41562a", "#3d5a2e"
_REPEATS = {"stone": 0.30, "wood": 0.30, "tiles": 0.30}


def build_pool(design: Pool, view: View, rng: np.random.Generator) -> SetParts:
    """Deck, water, the pool's other side and the sky; ripples, the deck's grain, palms and light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.92, facing=(0.0, 0.85, 0.2))
    sky = Sky(colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.25, seed=int(rng.integers(4)))
    base = Stand.of(design, view, exposure, rng)
    edge = min(_EDGE, -view.product_back - 0.75)
    if base.shapes:
        edge = min(edge, base.foot.front - base.foot.reach - 1.2 * _COPING)
    shapes = open_air(light, view, sky, exposure)
    ground, far = -base.height, min(_FAR, base.hides - _SEEN)
    shapes |= {**base.shapes, **_deck(design, view, edge, ground, rng)}
    shapes |= _water(design, view, (edge, far), ground, rng)
    shapes |= _other_side(design, view, far, ground, rng)
    if design.shade == "palms":
        side = -1.0 if light.azimuth_deg > 0 else 1.0
        leaves = diffuse(np.asarray(hex_to_linear(_LEAF), np.float32))
        shapes["fronds"] = to_shape(hanging_fronds(view, side, rng), bsdf=leaves)
    shapes |= beside(design, view, rng, ground=base.resting(level_terrain(ground)), taken=base.rim)
    return SetParts(shapes=shapes, aperture=0.085, exposure=exposure, tone_curve="studio")


def _deck(design: Pool, view: View, edge: float, ground: float, rng: np.random.Generator) -> dict[str, object]:
    """Slabs or boards under the product, and paler stones with a round nose along the water."""
    material = "wood" if design.deck == "wood" else "stone"
    vein = format_hex(linear_to_srgb(mix_hex(design.deck_color, "#4a4036", 0.3)))
    texture = surface_texture(
        Surface(material=material, color=design.deck_color, vein_color=vein), int(rng.integers(3))
    )
    turn = 90.0 if design.deck == "wood" else 0.0
    coat = textured(texture, Tiling.drawn(_REPEATS[design.deck], rng, turn), "eggshell", 0.006)
    pale = format_hex(linear_to_srgb(mix_hex(design.deck_color, "#f7f3ea", 0.45)))
    stone = surface_texture(Surface(material="stone", color=pale, vein_color=design.deck_color), int(rng.integers(3)))
    half = view.half_width_at(edge) + 6.0
    wide = 1.9
    nose = rounded_box((wide / 2 - 0.006, 0.11, _COPING / 2), 0.035, steps=3, uv_scale=1.0)
    stones = [nose.moved(float(x), ground - 0.10, edge + _COPING / 2) for x in np.arange(-half, half, wide)]
    wall = rounded_box((half, 1.0, 0.1), 0.02, steps=1, uv_scale=1.0).moved(0, ground - 1.2, edge + 0.15)
    floor = stage_floor(view, y=ground, back=edge + _COPING - 0.02, uv_scale=1.0)
    if design.deck == "tiles":
        floor = floor.moved(0, -0.006)
    shapes: dict[str, object] = {
        "deck": to_shape(floor, bsdf=coat),
        "coping": to_shape(merged(stones), bsdf=textured(stone, Tiling.drawn(0.28, rng), "eggshell", 0.004)),
        "basin": to_shape(wall, bsdf=diffuse(np.asarray(mix_hex(design.water_color, "#ffffff", 0.5), np.float32))),
    }
    if design.deck == "tiles":
        shapes["tiles"] = to_shape(_floor_tiles(view, edge + _COPING).moved(0, ground), bsdf=coat)
    return shapes


def _floor_tiles(view: View, back: float) -> Mesh:
    """Square plates with open joints."""
    size, half = 1.15, view.half_width_at(back) + 1.5
    plate = rounded_box((size / 2 - 0.015, 0.02, size / 2 - 0.015), 0.012, steps=1, uv_scale=1.0)
    front = min(view.distance - 1.0, 7.0)
    return merged(
        [
            plate.moved(float(x), -0.018, float(z))
            for z in np.arange(back + size / 2, front, size)
            for x in np.arange(-half, half, size)
        ]
    )


def _water(
    design: Pool, view: View, sides: tuple[float, float], ground: float, rng: np.random.Generator
) -> dict[str, object]:
    edge, far = sides
    x, z = ground_points(view, far - 0.5)
    foot = Footprint(x=0.0, half_width=60.0, reach=0.1, front=edge + 0.3)
    heights = ground + _LEVEL + waves(x, z, design.ripples, foot, rng)
    surface = facing_camera(relief(np.stack([x, heights, z], -1)), view)
    inside = (z < edge + 0.25).reshape(-1)
    faces = surface.faces[inside[surface.faces].all(axis=1)]
    pool = Mesh(vertices=surface.vertices, faces=faces, uv=surface.uv, normals=surface.normals)
    coat: Entry = {
        "type": "plastic",
        "diffuse_reflectance": bitmap(_bed(design, x, z), clamp=True),
        "int_ior": _IOR,
        "nonlinear": False,
    }
    return {"water": to_shape(pool, bsdf={"type": "twosided", "bsdf": coat})}


def _bed(design: Pool, x: Float64Array, z: Float64Array) -> Float32Array:
    """The tiles under the water, bent by its ripples, with the net of light on them; paler than deep water."""
    water = hex_to_linear(design.water_color)
    fine_x, fine_z = (np.repeat(np.repeat(points, 2, 0), 2, 1) for points in (x, z))
    bend = 0.10 * plane_noise(fine_x * 1.3, fine_z * 1.3, seed=21, octaves=2)
    joints = np.minimum(*(np.abs(((points + bend) / _TILE) % 1.0 - 0.5) for points in (fine_x, fine_z)))
    lines = 1 - smoothstep(0.03, 0.09, 0.5 - np.maximum(0, 0.5 - joints))
    shown = 0.30 * np.exp(np.minimum(fine_z, 0) / 7.0)
    net = 1 + 0.75 * light_net(fine_x * 1.2, fine_z * 1.2) * np.exp(np.minimum(fine_z, 0) / 16.0)
    pale = water * 1.12 + np.array([0.0, 0.02, 0.02])
    deep = smoothstep(-2.0, -20.0, fine_z)[..., None]
    albedo = (pale * (1 - deep) + 0.85 * water * deep) * (net * (1 - shown * lines))[..., None]
    return np.asarray(np.clip(albedo, 0, 0.95), np.float32)


def _other_side(design: Pool, view: View, far: float, ground: float, rng: np.random.Generator) -> dict[str, object]:
    """The far coping and a clipped hedge behind it, out of focus."""
    half, low = view.half_width_at(far - 6.0) + 6.0, min(1.0, _TO_SCALE / view.prop_scale)
    coping = rounded_box((half, 0.16, 0.8), 0.06, steps=1).moved(0, ground - 0.12, far - 0.8)
    lawn = rounded_box((half, 0.05, 3.0), 0.02, steps=1).moved(0, ground - 0.2, far - 4.0)
    x = np.linspace(-half, half, 500)
    seed = int(rng.integers(40))
    top = (
        3.0
        + 0.5 * plane_noise(x * 0.25, 0 * x, seed=seed)
        + 0.22 * plane_noise(x * 1.1, 0 * x, seed=seed + 1, octaves=2)
    )
    rows = np.linspace(1, 0, 60)[:, None]
    y = rows * top * low
    z = far - 5.5 + 0.5 * plane_noise(x[None] * 1.4 + 0 * rows, 1.6 * y, seed=seed + 2, octaves=3) - 1.2 * rows**3
    hedge = grid(np.stack([np.broadcast_to(x, y.shape), y - 0.3 + ground, z], -1))
    tone = 1 + 0.35 * plane_noise(np.broadcast_to(x, y.shape) * 2.8, y * 3.2, seed=seed + 3, octaves=3)
    green = np.asarray(np.clip(hex_to_linear(_HEDGE) * tone[..., None], 0, 0.9), np.float32)
    stone = diffuse(np.asarray(mix_hex(design.deck_color, "#f7f3ea", 0.5), np.float32))
    return {
        "far_coping": to_shape(coping, bsdf=stone),
        "far_lawn": to_shape(lawn, bsdf=diffuse("#6f8a45")),
        "hedge": to_shape(hedge, bsdf=diffuse(bitmap(green, clamp=True))),
    }
