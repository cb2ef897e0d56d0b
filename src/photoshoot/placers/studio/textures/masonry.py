"""Tiles, bricks and cobbles, with their joints."""

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, noise, smoothstep

TILES, BRICKS = 4, (4, 12)
"""Tiles a side, and bricks a course and courses, of a texture."""
BRICK_SCALE = (2.0, 2.2)
"""How often ``bricks`` come in a unit of a stage wall's texture coordinates: bricks half a world unit long."""
_MORTAR, _MORTAR_SHARE = "#b3a99c", 0.7
_PAINTED = 0.42  # luminance from which on bricks are painted, and their joints with them
COBBLES = 12
"""Cobbles a side of a texture."""
_WARM, _COOL, _EARTH = "#a08468", "#75818f", "#6a5f52"  # what cobbles' greys lean to, and what lies in their joints
_BURNT = "#3a2a26"  # what the hottest bricks of a kiln come out as


@SHELF.keep
def floor_tiles(color: str, seed: int) -> Texture:
    """Square tiles of a few shades with joints; four a side."""
    return _masonry(color, seed, (TILES, TILES), staggered=False, spread=0.05, joint_px=5.0)


@SHELF.keep
def bricks(color: str, seed: int) -> Texture:
    """Painted bricks in a running bond: four a course, twelve courses."""
    return _masonry(color, seed, BRICKS, staggered=True, spread=0.10, joint_px=7.0)


def _masonry(
    color: str, seed: int, count: tuple[int, int], *, staggered: bool, spread: float, joint_px: float
) -> Texture:
    shape = (SIZE_PX, SIZE_PX)
    across, up = _lay(count, staggered=staggered)
    tones = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, (count[1], count[0]))
    edge_x = np.abs((across % 1) - 0.5) * SIZE_PX / count[0]
    edge_y = np.abs((up % 1) - 0.5) * SIZE_PX / count[1]
    inside = np.minimum(0.5 * SIZE_PX / count[0] - edge_x, 0.5 * SIZE_PX / count[1] - edge_y)
    face: Float32Array = smoothstep(0.35 * joint_px, joint_px, np.asarray(inside, np.float32))
    grain = noise(shape, seed=seed, exponent=1.4, lowest=6)
    tone = tones[_pieces(across, up, count)] * (1 + 0.045 * grain) * (0.80 + 0.20 * face)
    albedo = hex_to_linear(color) * (tone / tone.mean())[..., None]
    return Texture(
        color=np.asarray(np.clip(albedo, 0, 1), np.float32), height=np.asarray(2.0 * face + 0.25 * grain, np.float32)
    )


def _lay(count: tuple[int, int], *, staggered: bool) -> tuple[Float64Array, Float64Array]:
    """How many pieces lie before each pixel, along its course (H, W) and across the courses (H, 1)."""
    at = (np.arange(SIZE_PX) + 0.5) / SIZE_PX
    up = (at * count[1])[:, None]
    return at[None] * count[0] + 0.5 * (np.floor(up) % 2) * staggered, up


def _pieces(
    across: Float64Array, up: Float64Array, count: tuple[int, int]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Course (H, 1) and place in it (H, W) of each pixel's piece, by what ``_lay`` says."""
    return np.floor(up).astype(np.intp), np.floor(across).astype(np.intp) % count[0]


@SHELF.keep
def bare_bricks(color: str, seed: int) -> Texture:
    """A wall of bricks as ``bricks`` are laid: bare ones, each of its own shade, in pale mortar; pale ones painted."""
    laid = bricks(color, seed)
    mean = hex_to_linear(color)
    if float(mean @ LUMINANCE) > _PAINTED:
        return laid
    piece, rng = _pieces(*_lay(BRICKS, staggered=True), BRICKS), np.random.default_rng([seed, 3])
    tones = rng.uniform(0.72, 1.28, (BRICKS[1], BRICKS[0]))[piece]
    burnt = (0.5 * rng.uniform(0, 1, (BRICKS[1], BRICKS[0])) ** 3)[piece]
    face = smoothstep(0.55, 1.6, laid.height)
    own = blend(laid.color * tones[..., None].astype(np.float32), hex_to_linear(_BURNT), burnt)
    mortar = hex_to_linear(_MORTAR) * (1 + 0.06 * noise((SIZE_PX, SIZE_PX), seed=seed + 8, exponent=1.6))[..., None]
    return Texture(
        color=np.asarray(np.clip(blend(own, mortar, _MORTAR_SHARE * (1 - face)), 0, 1), np.float32),
        height=np.array(laid.height),
    )


@SHELF.keep
def cobbles(color: str, seed: int) -> Texture:
    """Cobbles in courses: hewn stones with worn, domed heads, each of its own shade, earth in the joints."""
    shape, rng = (SIZE_PX, SIZE_PX), np.random.default_rng([seed, 31])
    bent = np.stack([0.09 * noise(shape, seed=seed + k, exponent=3.6, lowest=4) for k in (60, 61)])
    at = (np.indices(shape) + 0.5) * (COBBLES / SIZE_PX) + bent
    course = np.floor(at[0]).astype(np.intp) % COBBLES
    across = at[1] + rng.uniform(0, 1, COBBLES)[course]
    stone = course * COBBLES + np.floor(across).astype(np.intp) % COBBLES
    aside = np.hypot(np.abs(across % 1 - 0.5) ** 2, np.abs(at[0] % 1 - 0.5) ** 2) ** 0.5
    size = rng.uniform(0.46, 0.52, COBBLES**2)[stone]
    rough = noise(shape, seed=seed + 1, exponent=1.8, lowest=10)
    worn = 0.035 * noise(shape, seed=seed + 2, exponent=3.0, lowest=14)
    inside = np.asarray((size - aside) / size + worn, np.float32)
    head, dome = smoothstep(0.0, 0.12, inside), smoothstep(-0.1, 0.8, inside)
    shade = np.exp(rng.normal(0, 0.2, COBBLES**2))[stone] * (1 + 0.07 * rough) * (0.72 + 0.28 * dome)
    own = blend(mix_hex(color, _WARM, 0.24), mix_hex(color, _COOL, 0.24), rng.uniform(0, 1, COBBLES**2)[stone])
    albedo = blend(0.3 * mix_hex(color, _EARTH, 0.5), own * shade[..., None], head)
    albedo *= hex_to_linear(color) / albedo.mean((0, 1))
    height = 1.6 * dome + 0.4 * head + 0.03 * rough
    return Texture(color=np.asarray(np.clip(albedo, 0, 0.95), np.float32), height=np.asarray(height, np.float32))
