"""Over-ear headphones: padded band, metal yokes, soft cushions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from photography import Part

from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, loft, torus, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import diffuse, metal, plastic

_SHELL = "#e6ddcf"
_CUP_X, _CUP_Y, _OVAL = 0.60, 0.56, 1.16
_BAND_END, _BAND_TOP, _BAND_HALF = 1.18, 1.96, 0.74


def build_headphones() -> dict[str, Part]:
    """The parts, standing on the cups, turned three quarters."""
    one_side = {
        "shell": (_shell(), plastic(_SHELL, 0.22)),
        "inlay": (_inlay(), metal("#d9b48c", 0.22)),
        "seam": (_seam(), plastic("#2a2624", 0.3)),
        "cushion": (_cushion(), plastic("#8a5637", 0.34)),
        "cloth": (
            bevelled_cylinder(0.30, 0.03, 0.01).turned(90, "z").scaled(1, _OVAL, 1).moved(-0.02),
            diffuse("#22201f"),
        ),
        "yoke": (_yoke(), metal("#d8c3a8", 0.2)),
    }
    parts: dict[str, Part] = {}
    for name, (mesh, material) in one_side.items():
        placed = mesh.turned(-5, "z").moved(_CUP_X + 0.08, _CUP_Y) if name != "yoke" else mesh
        parts[name] = (merged([placed, placed.scaled(-1, 1, 1)]), material)
    parts["band"] = (_band(0.165, 0.028, 0.0, 1.0), plastic(_SHELL, 0.22))
    parts["padding"] = (_band(0.15, 0.06, -0.062, 0.74), plastic("#8a5637", 0.34))
    lowest = min(float(mesh.vertices[:, 1].min()) for mesh, _ in parts.values())
    return {name: (mesh.moved(y=-lowest).turned(34), material) for name, (mesh, material) in parts.items()}


def _shell() -> Mesh:
    """The outer cup, dome towards +x."""
    turn = np.linspace(0, np.pi / 2, 16)
    dome = np.stack([0.30 + 0.15 * np.sin(turn), 0.12 + 0.15 * np.cos(turn)], 1)
    profile = np.concatenate([[[0.0, 0.255], [0.24, 0.255], [0.255, 0.27]], dome, [[0.45, 0.0], [0.0, 0.0]]])
    return _oval(lathe(profile, 128))


def _inlay() -> Mesh:
    rim = torus(0.243, 0.012, segments=128, sides=16).turned(90, "x").moved(y=0.264)
    plate = lathe([(0.0, 0.262), (0.19, 0.262), (0.238, 0.258)], 96)
    return _oval(merged([rim, plate]))


def _seam() -> Mesh:
    return _oval(torus(0.442, 0.018, segments=128, sides=12).turned(90, "x").moved(y=0.0))


def _cushion() -> Mesh:
    """A soft ring on the inner side, with the faint puckers of stretched leather."""
    ring = torus(0.335, 0.118, segments=240, sides=40)
    angle = np.arctan2(ring.vertices[:, 1], ring.vertices[:, 0])
    pucker = 1 + 0.006 * np.sin(46 * angle + 2 * np.sin(5 * angle))
    puckered = Mesh(
        vertices=(ring.vertices * np.stack([pucker, pucker, pucker], 1)).astype(np.float32),
        faces=ring.faces,
        uv=ring.uv,
    )
    return _oval(puckered.smoothed().turned(90, "x").moved(y=-0.115))


def _oval(mesh: Mesh) -> Mesh:
    """Turn a body about y to one about x, and stretch it upright."""
    return mesh.turned(-90, "z").scaled(1, _OVAL, 1)


def _yoke() -> Mesh:
    """A fork round the cup, its pivots, and the slider up to the band."""
    angle = np.radians(np.linspace(-8, 188, 60))
    x = np.full(60, _CUP_X + 0.14)
    fork = np.stack([x, _CUP_Y + 0.565 * np.sin(angle), 0.50 * np.cos(angle)], 1)
    pivots = [tube((x[0], _CUP_Y - 0.03, side * 0.42), (x[0], _CUP_Y - 0.03, side * 0.53), 0.045) for side in (-1, 1)]
    top = np.array([x[0], _CUP_Y + 0.56, 0.0])
    slider = tube_along(np.linspace(top, [_BAND_HALF - 0.002, 1.27, 0.0], 12), 0.018, sides=20, flatten=2.8)
    return merged([tube_along(fork, 0.024, sides=20, flatten=1.0), *pivots, slider])


def _band(half_width: float, thickness: float, inset: float, reach: float) -> Mesh:
    """A flat strap over the head; ``reach`` is the share of the arc that it covers, ``inset`` moves it inward."""
    angle = np.pi / 2 + np.pi / 2 * reach * np.linspace(1, -1, 120)
    middle = _strap(angle)
    tangent = np.gradient(middle, axis=0)
    outward = np.stack([-tangent[:, 1], tangent[:, 0]], 1) / np.hypot(*tangent.T)[:, None]
    middle = middle + inset * outward
    end = np.sqrt(np.clip(np.minimum(np.linspace(0, 1, 120), np.linspace(1, 0, 120)) / 0.03, 0.02, 1))
    turn = np.linspace(0, 2 * np.pi, 65)
    section = np.stack(
        [
            np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.5 * half_width,
            np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.6 * thickness,
        ],
        1,
    )
    lift, side = end[:, None] * section[:, 1], end[:, None] ** 0.4 * section[:, 0]
    return loft(
        np.stack([middle[:, :1] + outward[:, :1] * lift, middle[:, 1:] + outward[:, 1:] * lift, side], -1)
    ).smoothed()


def _strap(angle: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.stack([_BAND_HALF * np.cos(angle), _BAND_END + (_BAND_TOP - _BAND_END) * np.maximum(np.sin(angle), 0)], 1)
