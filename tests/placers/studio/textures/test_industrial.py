from __future__ import annotations

import numpy as np

from photoshoot.color.space import hex_to_linear, hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.industrial import PANELS, asphalt, formwork, rubber
from photoshoot.placers.studio.textures.procedural import SIZE_PX


def test_formwork_has_seams_round_every_panel_and_the_asked_colour() -> None:
    texture = formwork("#8a8b8e", 1)
    tone = texture.color.mean(-1)
    side = SIZE_PX // PANELS
    for edge in range(0, SIZE_PX, side):
        assert tone[edge].mean() < 0.8 * tone[edge + side // 2].mean()
        assert tone[:, edge].mean() < 0.8 * tone[:, edge + side // 2].mean()
    shown = linear_to_oklab(texture.color.mean((0, 1)))
    assert float(np.linalg.norm(shown - hex_to_oklab("#8a8b8e"))) < 0.02


def test_panels_differ() -> None:
    tone, side = formwork("#8a8b8e", 1).color.mean(-1), SIZE_PX // PANELS
    means = tone.reshape(PANELS, side, PANELS, side).mean((1, 3))
    assert np.ptp(means) > 0.02 * means.mean()


def test_rubber_is_dark_with_flecks_of_the_colour() -> None:
    albedo = rubber("#2a2a2c", "#ff5a1f", 0).color
    assert np.allclose(np.median(albedo, (0, 1)), hex_to_linear("#2a2a2c"), atol=0.01)
    red = albedo[..., 0] - albedo[..., 2]
    assert 0.002 < float((red > 0.3).mean()) < 0.05


def test_asphalt_is_flat_chips_of_many_shades_in_darker_bitumen_of_the_asked_colour() -> None:
    albedo = asphalt("#5b5c5e", 1).color
    assert np.allclose(albedo.mean((0, 1)), hex_to_linear("#5b5c5e"), rtol=0.03)
    tone = albedo.mean(-1) / albedo.mean()
    step = np.abs(np.diff(tone, axis=1))
    assert np.median(step) < 0.1, "a chip is of one shade"
    assert float((step > 0.2).mean()) > 0.02, "and ends at an edge"
    assert np.quantile(tone, 0.95) > 2.5 * np.quantile(tone, 0.3)


def test_one_seed_gives_one_surface() -> None:
    first = formwork("#8a8b8e", 0).color.copy()
    SHELF.clear()
    assert np.array_equal(first, formwork("#8a8b8e", 0).color)
    assert not np.array_equal(first, formwork("#8a8b8e", 1).color)
