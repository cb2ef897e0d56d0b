"""Relief in albedo: bright where it faces the light, dark where it turns away, no deeper than the light shows it."""

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.shaded_relief import shaded
from photoshoot.placers.studio.scene.bsdfs import Tiling
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.sets import Light

SIZE = 64
RELIEF = 0.01


def ridges(axis: int) -> Texture:
    """Waves across the columns (axis 1) or the rows (axis 0)."""
    wave = np.sin(2 * np.pi * 4 * np.arange(SIZE, dtype=np.float32) / SIZE)
    height = np.broadcast_to(wave if axis else wave[:, None], (SIZE, SIZE)).astype(np.float32).copy()
    return Texture(color=np.full((SIZE, SIZE, 3), 0.5, np.float32), height=height)


def facing(texture: Texture, light: Light, tiling: Tiling, axis: int) -> float:
    """How albedo goes with the slope along an axis: over 0 where slopes that fall along it are bright."""
    slope = np.roll(texture.height, -1, axis) - np.roll(texture.height, 1, axis)
    return float(-np.mean(slope * (shaded(texture, tiling, RELIEF, light).color[..., 0] - 0.5)))


@pytest.mark.parametrize(
    ("azimuth", "elevation", "axis", "turn", "bright"),
    [
        (60, 0, 1, 0.0, 1),  # from the right: what falls to the right is bright
        (-60, 0, 1, 0.0, -1),
        (0, 50, 0, 0.0, -1),  # from above: rows go down, so what rises along them is bright
        (60, 0, 0, 90.0, 1),  # turned, what fell to the right falls along the rows
    ],
)
def test_slopes_toward_the_light_are_bright(
    azimuth: float, elevation: float, axis: int, turn: float, bright: int
) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=max(elevation, 5), fill=0.2)
    found = facing(ridges(axis), light, Tiling(rotation_deg=turn), axis)
    assert np.sign(found) == bright
    assert abs(found) > 1e-3


def test_light_from_everywhere_shows_no_relief_and_its_depth_shows_more() -> None:
    spreads = [
        float(shaded(ridges(1), Tiling(), relief, Light(azimuth_deg=60, elevation_deg=5, fill=fill)).color.std())
        for relief, fill in ((RELIEF, 1.0), (RELIEF, 0.2), (2 * RELIEF, 0.2), (0.0, 0.2))
    ]
    assert spreads[3] < 1e-6 < spreads[0] < spreads[1] < spreads[2]


def test_the_result_is_flat() -> None:
    assert not shaded(ridges(0), Tiling(), RELIEF, Light()).height.any()


def test_no_light_reaches_into_joints_and_a_gentle_relief_has_none() -> None:
    height = np.zeros((SIZE, SIZE), np.float32)
    height[:, 30:34] = -3.0
    joint = Texture(color=np.full((SIZE, SIZE, 3), 0.5, np.float32), height=height)
    dark, faint = (shaded(joint, Tiling(), relief, Light()).color[..., 0] for relief in (0.06, 0.001))
    assert dark[:, 31:33].max() < 0.2
    assert faint[:, 31:33].min() > 0.45
