from __future__ import annotations

import gc
from pathlib import Path

import drjit as dr
import pytest

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.sets import SetDesign
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.window_room import WindowRoom
from tests.placers.studio.conftest import draw_vase, make_request

PROCESS = Path("/proc/self/statm")
PAGE_BYTES = 4096
ALPHA = draw_vase(80, 210, 69, 105, 48)


def resident_bytes() -> int:
    return int(PROCESS.read_text().split()[1]) * PAGE_BYTES


def gray(number: int) -> str:
    return f"#{90 + number:02x}8a90"


def shoot(placer: StudioPlacer, design: SetDesign, seed: int) -> None:
    placer.place([make_request(design, seed, alpha=ALPHA)])


@pytest.mark.skipif(not PROCESS.exists(), reason="no /proc to read the memory of this process from")
def test_memory_is_flat_over_shots_of_ever_new_surfaces(placer: StudioPlacer) -> None:
    for seed in range(5):
        shoot(placer, WindowRoom(wall_color=gray(seed), floor_color=gray(seed + 9)), seed)
    for design in (NeonRoom(), Tabletop(material="stone")):
        shoot(placer, design, 0)
    gc.collect()
    before = resident_bytes()
    for seed in range(4):
        shoot(placer, NeonRoom(wall_color=gray(seed)), seed)
        shoot(placer, Tabletop(material="stone", surface_color=gray(seed)), seed)
    grown = (resident_bytes() - before) / 2**20
    assert grown < 64, f"{grown:.0f} MB more after eight shots"


def test_a_set_is_gone_without_the_collector(placer: StudioPlacer) -> None:
    alive = []
    gc.disable()
    try:
        for seed in range(2):
            shoot(placer, WindowRoom(), seed)
            shoot(placer, Cyclorama(), 0)
            alive.append(len(str(dr.whos(as_string=True)).splitlines()))
    finally:
        gc.enable()
    assert alive[0] == alive[1], f"{alive[1] - alive[0]} arrays more of a set that was taken down"
