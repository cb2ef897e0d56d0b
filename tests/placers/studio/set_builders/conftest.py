"""Surfaces of a quarter of the side: what stands where is asked here, how surfaces look is asked of the textures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from photoshoot.placers.studio.backdrops import room_shell
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.textures import industrial, procedural, wood
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.settings import StudioSettings

_SIDE_PX = 256


@pytest.fixture(autouse=True, scope="module")
def coarse_surfaces() -> Iterator[None]:
    """No surface made before or meanwhile is taken for one of the other size."""
    SHELF.clear()
    with pytest.MonkeyPatch.context() as patch:
        for module in (procedural, industrial, wood, room_shell):
            patch.setattr(module, "SIZE_PX", _SIDE_PX)
        yield
    SHELF.clear()


@pytest.fixture(scope="module")
def placer() -> Iterator[StudioPlacer]:
    """A studio of these tests alone, since it keeps the set at hand."""
    built = StudioPlacer(StudioSettings(samples=1))
    yield built
    built.close()
