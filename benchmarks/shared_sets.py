"""What does a catalogue of one preset cost, each picture traced whole in a set of its own, or over shared plates?

Usage: ``bench_batch.py --catalogue [PRESET…] [--products N]``. All that a run does is counted: reading, cutting out,
building sets, plates, placing, the gate, files, report and page. Only the engine's start and one product before it,
by which kernels are compiled, are not. The examples stand for products: each is stretched, from four fifths to five
quarters of its width, and every other one is mirrored.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plates import FAMILIES
from PIL import Image

from photoshoot import Photoshoot, StudioSettings
from photoshoot.catalogue import Item, Recipe, list_items, run_catalogue
from photoshoot.catalogue.outcomes import Made, Outcome
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.prompts import Prompt
from photoshoot.request import Request
from photoshoot.settings import ExportSettings, ImageFormat

_STRETCH = (0.8, 1.25)


@dataclass(frozen=True, kw_only=True)
class CatalogueCost:
    """One preset for all products, CPU seconds of a picture."""

    preset_id: str
    products: int
    whole_s: float
    """Each in a set of its own."""
    shared_s: float
    """Over plates, which are made on the way."""
    plate_s: float
    """Of that, making plates."""
    sets: int
    """Sets that were shared."""
    whole_wall_s: float
    shared_wall_s: float


class CountingPlacer(StudioPlacer):
    """Knows what its plates cost."""

    def __init__(self, folder: Path) -> None:
        super().__init__(StudioSettings(share_plates=True), folder)
        self.plate_s, render = 0.0, self._pipeline.render_plate

        def counted(*given: object) -> object:
            start = time.process_time()
            plate = render(*given)  # type: ignore[arg-type]  # as they came
            self.plate_s += time.process_time() - start
            return plate

        self._pipeline.render_plate = counted  # type: ignore[assignment]


def measure_catalogues(examples: Sequence[Path], preset_ids: Sequence[str], products: int) -> list[CatalogueCost]:
    """Measure presets one after another."""
    costs = []
    with tempfile.TemporaryDirectory() as name, Photoshoot.embedded() as shoot:
        folder = Path(name)
        write_stretched(examples, folder / "photos", products)
        items = list_items(folder / "photos")
        for preset_id in preset_ids or FAMILIES:
            costs.append(_measure(shoot, preset_id, items, folder / preset_id))
            print(costs[-1], flush=True)
    return costs


def write_stretched(examples: Sequence[Path], folder: Path, count: int) -> None:
    """So many photos, no two of which are alike, in the order of a list: kinds of products in turns."""
    folder.mkdir()
    turns = -(-count // len(examples))
    for index in range(count):
        turn = index // len(examples)
        share = turn * 7 % turns / max(1, turns - 1)  # not one width after another
        with Image.open(examples[index % len(examples)]) as photo:
            wide = round(photo.width * _STRETCH[0] * (_STRETCH[1] / _STRETCH[0]) ** min(1.0, share))
            varied = photo.resize((wide, photo.height), Image.Resampling.LANCZOS)
            if turn % 2:
                varied = varied.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            varied.save(folder / f"product-{index:03}.jpg", quality=95)


def _measure(shoot: Photoshoot, preset_id: str, items: Sequence[Item], folder: Path) -> CatalogueCost:
    request = Request(prompts=(Prompt.preset(preset_id),), render_kind="landscape", seed=1, lean_palette=False)
    recipe = Recipe(request=request, files=(ExportSettings(format=ImageFormat.JPEG),))
    whole = _Run(shoot.with_placer(StudioPlacer()), recipe, items, folder / "whole")
    counting = CountingPlacer(folder / "plates")
    shared = _Run(shoot.with_placer(counting), recipe, items, folder / "shared", counting)
    return CatalogueCost(
        preset_id=preset_id,
        products=len(items),
        whole_s=whole.cpu_s / len(items),
        shared_s=shared.cpu_s / len(items),
        plate_s=counting.plate_s / len(items),
        sets=len(shared.sets),
        whole_wall_s=whole.wall_s / len(items),
        shared_wall_s=shared.wall_s / len(items),
    )


class _Run:
    """A catalogue that was made: what it cost, and which sets its products share."""

    def __init__(
        self,
        shoot: Photoshoot,
        recipe: Recipe,
        items: Sequence[Item],
        out: Path,
        counting: CountingPlacer | None = None,
    ) -> None:
        self.sets: set[str | None] = set()
        self._shoot = shoot
        if counting is None:
            run_catalogue(items[:1], recipe, out.with_name("first"), work=self._work)  # compiles the kernels
        start = time.process_time(), time.perf_counter()
        tally = run_catalogue(items, recipe, out, work=self._work)
        self.cpu_s, self.wall_s = time.process_time() - start[0], time.perf_counter() - start[1]
        shoot.placer.close()
        assert tally.made == len(items), tally

    def _work(self, recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        for outcome in shoot_items(self._shoot, recipe, items):
            if isinstance(outcome, Made):
                self.sets.update(shot.shared_set for shot in outcome.shots)
            yield outcome


def print_costs(costs: Sequence[CatalogueCost]) -> None:
    """The table of results."""
    print(
        "| preset | products | whole, CPU s a picture | shared | of that plates | sets | times as many a CPU minute "
        "| times as many a minute |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for cost in costs:
        print(
            f"| {cost.preset_id} | {cost.products} | {cost.whole_s:.2f} | {cost.shared_s:.2f} | {cost.plate_s:.2f} "
            f"| {cost.sets} | {cost.whole_s / cost.shared_s:.2f} | {cost.whole_wall_s / cost.shared_wall_s:.2f} |"
        )
