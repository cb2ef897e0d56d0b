"""What is made of wire is thick and smooth enough for the pixels of a picture."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.desk import CLIP_SIZES
from photoshoot.placers.studio.assets.props.meshes.desk import notebook, paper_clip
from photoshoot.placers.studio.camera import FRAME_HEIGHT
from photoshoot.placers.studio.geometry.mesh import Mesh

_PICTURE_PX = 1080
_LEAST_PX = 3.5  # a wire across; thinner ones are lines of single glints


@pytest.mark.parametrize(("wire", "size"), [(paper_clip(), CLIP_SIZES[0]), (notebook()[2], 1.0)])
def test_a_wire_is_some_pixels_thick(wire: Mesh, size: float) -> None:
    corners = wire.vertices[wire.faces].astype(np.float64)
    area = 0.5 * np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum()
    volume = abs(np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum()) / 6
    thick = 4 * volume / area  # a rod's diameter
    assert thick * size * _PICTURE_PX / FRAME_HEIGHT > _LEAST_PX


def test_a_clip_bends_without_corners() -> None:
    clip = paper_clip()
    normals, corners = clip.normals, clip.faces
    assert normals is not None
    sharpest = min(
        float(np.einsum("ij,ij->i", normals[corners[:, a]], normals[corners[:, b]]).min()) for a, b in ((0, 1), (1, 2))
    )
    assert np.degrees(np.arccos(sharpest)) < 50, "from one corner of a face to the next"
