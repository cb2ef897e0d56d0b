"""What products stand on in studios of paint."""

from __future__ import annotations

import pytest

from photoshoot.placers.studio.set_builders.platform import Platform
from photoshoot.placers.studio.set_builders.podium import _STEP, _platform
from photoshoot.sets.podium import Podium
from tests.placers.studio.landscape.views import view_of


@pytest.mark.parametrize("shape", ["round", "square", "steps"])
def test_lower_edges_are_in_what_carries_them(shape: str) -> None:
    """They are round, and where they lay on the floor a black, ragged line ran along them."""
    view = view_of(400, 400)
    platform = Platform.under(view)
    body, lower = _platform(Podium(shape=shape), view, platform, 1.0)  # type: ignore[arg-type]
    assert body.vertices[:, 1].max() == pytest.approx(0, abs=1e-6)
    assert body.vertices[:, 1].min() < -platform.height - 0.02
    for mesh in lower:
        assert mesh.vertices[:, 1].min() < -platform.height - _STEP - 0.02


def test_a_clear_one_shows_its_lower_edge() -> None:
    view = view_of(400, 400)
    platform = Platform.under(view)
    body, _ = _platform(Podium(podium_material="acrylic"), view, platform, 1.0)
    assert body.vertices[:, 1].min() == pytest.approx(-platform.height, abs=1e-6)
