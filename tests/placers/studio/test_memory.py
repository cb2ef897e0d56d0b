from __future__ import annotations

import contextlib
import gc
import os
import tracemalloc
import weakref
from collections.abc import Iterator
from pathlib import Path

import drjit as dr
import numpy as np
import pytest

from photoshoot.machine.process_state import find_trim, give_memory_back
from photoshoot.placers.studio import variant as variants
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.sets import SetDesign
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import StudioSettings
from tests.children.sitecustomize import size_surfaces
from tests.conftest import COARSE_PX, FINE_PX
from tests.placers.studio.conftest import SMALL, make_request


def count_arrays() -> int:
    """How many arrays of Dr.Jit are alive."""
    return len(str(dr.whos(as_string=True)).splitlines())


def gray(number: int) -> str:
    return f"#{90 + number:02x}8a90"


def shoot(placer: StudioPlacer, design: SetDesign, seed: int) -> None:
    placer.place([make_request(design, seed, alpha=SMALL)])


def held_bytes() -> int:
    """What Python's objects and NumPy's arrays hold, without the textures on the shelf, which has its own limit."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0] - SHELF.size_bytes


@pytest.fixture
def coarse_shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Coarse surfaces, and a shelf that is as full of a few sets' as the studio's own is of fine ones."""
    size_surfaces(COARSE_PX)
    monkeypatch.setattr(SHELF._kept, "_Cache__maxsize", SHELF.limit_bytes * COARSE_PX**2 // FINE_PX**2)
    yield
    size_surfaces(FINE_PX)


@pytest.mark.exhaustive(
    "tests/placers/studio/test_memory.py::test_a_set_is_gone_without_the_collector",
    "tests/placers/studio/textures/test_cache.py::test_what_was_asked_for_longest_ago_goes_first",
)
@pytest.mark.usefixtures("coarse_shelf")
def test_memory_is_flat_over_shots_of_ever_new_surfaces(placer: StudioPlacer) -> None:
    SHELF.clear()  # what is taken off it is to be known to whom counts
    tracemalloc.start(1)
    try:
        for seed in range(3):
            shoot(placer, WindowRoom(wall_color=gray(seed), floor_color=gray(seed + 9)), seed)
        for design in (NeonRoom(), Tabletop(material="stone")):
            shoot(placer, design, 0)
        before, arrays = held_bytes(), count_arrays()
        for seed in range(3):
            shoot(placer, NeonRoom(wall_color=gray(seed)), seed)
            shoot(placer, Tabletop(material="stone", surface_color=gray(seed)), seed)
        grown = (held_bytes() - before) / 2**20
    finally:
        tracemalloc.stop()
    assert grown < 3, f"{grown:.1f} MB more after six shots"
    assert count_arrays() - arrays < 15, f"{count_arrays() - arrays} arrays of Dr.Jit more"


@pytest.mark.usefixtures("variant_compiled")
def test_a_set_is_gone_without_the_collector(placer: StudioPlacer) -> None:
    alive = []
    gc.disable()
    try:
        for seed in range(2):
            shoot(placer, WindowRoom(), seed)
            shoot(placer, Cyclorama(), 0)
            alive.append(count_arrays())
    finally:
        gc.enable()
    assert alive[0] == alive[1], f"{alive[1] - alive[0]} arrays more of a set that was taken down"


@pytest.mark.usefixtures("variant_compiled")
def test_a_set_is_gone_before_its_light_is_denoised(placer: StudioPlacer, monkeypatch: pytest.MonkeyPatch) -> None:
    reconstruct, alive = placer._pipeline.reconstruct, []

    def count(raw: object) -> object:
        alive.append(count_arrays())
        return reconstruct(raw)  # type: ignore[arg-type]

    shoot(placer, WindowRoom(), 0)
    placer._scenes.clear()
    bare = count_arrays()
    request = make_request(WindowRoom(), 1, alpha=SMALL)
    placer._scenes.build(placer._key(request))
    held = count_arrays() - bare
    monkeypatch.setattr(placer._pipeline, "reconstruct", count)
    placer.place([request])
    assert held > 50, "the test measures nothing"
    assert alive[0] - bare < held / 4


@pytest.mark.usefixtures("variant_compiled")
def test_kernels_of_long_ago_are_forgotten_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants, "is_adopted", lambda: False)  # as where no test has set the variant
    monkeypatch.setattr(variants.Kernels, "_users", weakref.WeakSet())  # nor has placers of its own
    with (
        contextlib.closing(StudioPlacer(StudioSettings(samples=1))) as placer,  # others have built sets that count
        dr.scoped_set_flag(dr.JitFlag.KernelHistory),
    ):
        for seed in range(2):
            shoot(placer, NeonRoom(), seed)
        dr.kernel_history_clear()
        shoot(placer, NeonRoom(), 2)
        kept = _loaded_anew()
        monkeypatch.setattr(variants, "KEPT_SETS", 1)
        shoot(placer, NeonRoom(), 3)
        assert _loaded_anew() > kept


def _loaded_anew() -> int:
    """How many of the kernels that ran since were not in memory."""
    ran = [entry for entry in dr.kernel_history() if entry["type"] == dr.KernelType.JIT]
    dr.kernel_history_clear()
    assert ran
    return sum(entry["cache_disk"] or not entry["cache_hit"] for entry in ran)


@pytest.mark.skipif(find_trim() is None, reason="this C library gives freed memory back by itself, or never")
def test_what_was_freed_goes_back_to_the_system() -> None:
    held = [np.ones(100_000, np.uint8) for _ in range(1000)]
    above = np.ones(100_000, np.uint8)
    before = _resident_mb()
    held.clear()
    give_memory_back()
    assert before - _resident_mb() > 60, above.nbytes


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
