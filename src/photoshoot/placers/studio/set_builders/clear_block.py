"""Platforms of clear or milky acrylic: their sides are panes, and light gathers in their edges."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.lab_glass import CLEAR as PANE
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import Entry, plastic, rgb

_OFF_FLOOR: Final = 0.994  # of its size
_SQUARE: Final = 0.985  # cosine between a side and an axis: what is turned further is an edge
_BOXY: Final = 0.85  # share of its faces that look along axes, where it is a block
_EDGE, _RIM = 0.62, 0.9
"""Share of the light that edges of clear acrylic scatter, and of milky one."""
_MILK: Final[Entry] = {"roughness": 0.3, "spec_trans": 0.2, "diff_trans": 0.7, "eta": 1.5}
"""Shares of the light that go through each side of milky acrylic: blurred, and scattered, of 2."""
_PALE: Final = 0.6  # of white in what milky acrylic dyes light with, which goes through more than one side
_TINTED: Final = 0.5  # of its colour, that each pane takes of what is seen through it


def _clear(color: str) -> tuple[Entry, Entry]:
    return _pane(color), _hazy(color, _EDGE)


def _frosted(color: str) -> tuple[Entry, Entry]:
    return _milky(color), _hazy(color, _RIM)


CLEAR: Final[Mapping[str, Callable[[str], tuple[Entry, Entry]]]] = MappingProxyType(
    {"acrylic": _clear, "frosted": _frosted}
)
"""Material → the coats of its sides and of its edges, for a colour."""


def faces_and_edges(body: Mesh) -> tuple[Mesh, Mesh]:
    """The sides of a body and, apart, its rounded edges; it is smaller by a hair, so that its foot is not the floor."""
    middle = (body.vertices.max(0) + body.vertices.min(0)) / 2
    points = np.asarray(middle + _OFF_FLOOR * (body.vertices - middle), np.float32)
    corners = points[body.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.maximum(np.linalg.norm(normals, axis=1), 1e-12)
    facing = np.abs(normals) / area[:, None]
    straight = facing > _SQUARE
    shares = (straight * area[:, None]).sum(0) / area.sum()
    along = facing[:, int(shares.argmax())]
    edge = (along < _SQUARE) & (along > np.sqrt(1 - _SQUARE**2))
    if shares.sum() > _BOXY:
        edge = ~straight.any(1)
    sides, rounded = (replace(body, vertices=points, faces=body.faces[kept]) for kept in (~edge, edge))
    return sides, rounded


def _pane(color: str) -> Entry:
    return {**PANE, "specular_transmittance": rgb(tint(color, "#ffffff", 1 - _TINTED))}


def _milky(color: str) -> Entry:
    """Sides as sand-blasted ones: light goes in and comes out softly on all of them, so that shade is seen through."""
    return {"type": "principledthin", "base_color": rgb(tint(color, "#ffffff", _PALE)), **_MILK}


def _hazy(color: str, share: float) -> Entry:
    return {"type": "blendbsdf", "weight": share, "a": _pane(color), "b": plastic(color, 0.2)}
