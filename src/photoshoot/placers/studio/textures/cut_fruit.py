"""Cut faces of citrus fruit: segments of many widths, their juice sacs, the pale skins between them, pith and rind."""

from functools import lru_cache

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import blend, noise, smoothstep

CUT_FACES = 2
"""Pictures of each fruit."""
_PX = 224
_PITH, _RIND = 0.865, 0.945  # where they begin, of the radius
_PIPS = 3


@lru_cache(maxsize=4)
def citrus_faces(colors: tuple[str, ...]) -> Float32Array:
    """Cut faces side by side, (224, 224 k CUT_FACES, 3), scene-linear: ``CUT_FACES`` of each of k colours."""
    faces = [
        _face(color, CUT_FACES * number + half) for number, color in enumerate(colors) for half in range(CUT_FACES)
    ]
    return np.asarray(np.clip(np.concatenate(faces, 1), 0, 0.95), np.float32)


def _face(color: str, number: int) -> Float32Array:
    rng = np.random.default_rng([number, 29])
    axis = (np.arange(_PX, dtype=np.float32) + 0.5) / _PX * 2 - 1
    x, y = np.meshgrid(axis, axis)
    rim = np.hypot(x, y)
    core = rng.uniform(-0.06, 0.06, 2).astype(np.float32)
    across, up = x - core[0], y - core[1]
    radius, turn = np.hypot(across, up), np.arctan2(up, across) / (2 * np.pi) % 1
    wobble = noise((_PX, _PX), seed=number, exponent=3.2, lowest=2)
    marks = np.cumsum(rng.uniform(0.7, 1.3, int(rng.integers(9, 12))))
    segment = np.interp(turn, np.concatenate([[0.0], marks / marks[-1]]), np.arange(len(marks) + 1))
    away = np.minimum(segment % 1, 1 - segment % 1) / len(marks) * 2 * np.pi * radius + 0.006 * wobble
    edge = rim - 0.012 * wobble - _PITH
    flesh = smoothstep(0.006, 0.026, away) * smoothstep(0.05, 0.11, radius) * (1 - smoothstep(-0.03, 0.0, edge))
    sacs = ndimage.map_coordinates(
        noise((_PX, _PX), seed=number + 50, exponent=1.9, lowest=5, stretch=(1.0, 4.5)),
        [radius * 0.7 * _PX, turn * _PX],
        order=1,
        mode="grid-wrap",
    )
    glow = 0.82 + 0.30 * radius + 0.10 * sacs
    tone = rng.uniform(0.94, 1.06, len(marks) + 1)[segment.astype(int)]
    juice = blend(mix_hex(color, "#ffffff", 0.06), mix_hex(color, "#fff4d0", 0.38), smoothstep(0.2, 1.9, sacs))
    body = juice * np.clip(glow * tone, 0.4, 1.5)[..., None]
    pith = mix_hex(color, "#fff6dc", 0.84) * (1 + 0.03 * wobble)[..., None]
    picture = blend(pith, body, flesh)
    picture = blend(picture, np.broadcast_to(mix_hex(color, "#f0e2b4", 0.72), body.shape), _pips(rng, across, up))
    skin = np.broadcast_to(hex_to_linear(color), body.shape)
    return blend(picture, skin, smoothstep(_RIND, _RIND + 0.025, rim + 0.008 * wobble))


def _pips(rng: np.random.Generator, x: Float32Array, y: Float32Array) -> Float32Array:
    """Where pips are: drops that point at the middle."""
    found = np.zeros_like(x)
    for turn in rng.uniform(0, 2 * np.pi, _PIPS):
        along, aside = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        share = np.hypot(
            (along - rng.uniform(0.22, 0.34)) / 0.085, aside / (0.042 + 0.2 * np.clip(along - 0.25, -0.1, 0.1))
        )
        found = np.maximum(found, 1 - smoothstep(0.8, 1.1, share))
    return np.asarray(0.85 * found, np.float32)
