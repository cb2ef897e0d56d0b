"""What stands where is asked here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.settings import StudioSettings


@pytest.fixture(scope="module")
def placer() -> Iterator[StudioPlacer]:
    """A studio of these tests alone, since it keeps the set at hand."""
    built = StudioPlacer(StudioSettings(samples=1))
    yield built
    built.close()
