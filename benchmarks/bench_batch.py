"""What does a catalogue cost over the bare placer, and how does throughput grow with processes and Ray actors?

Usage: bench_batch.py [--products N] [--workers N] [--ray]: the examples, varied, in two landscape pictures each.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from photoshoot.catalogue import Item, Recipe, Tally, list_items, load_recipe, run_catalogue
from photoshoot.catalogue.encoding import encode_shot
from photoshoot.catalogue.outcomes import Made, Outcome
from photoshoot.catalogue.processes import shoot_in_processes
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.catalogue.store import Store
from photoshoot.exporters.names import FileNames
from photoshoot.photoshoot import Photoshoot
from photoshoot.scaleout.batch import ActorPool, shoot_on_cluster

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.jpg"))
RECIPE = {"presets": ["white_background", "natural_beige_background"], "formats": ["jpeg"], "seed": 1}


@dataclass
class Clock:
    """CPU seconds of this process, by what they were spent on."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Add what this process spends within to ``what``."""
        start = time.process_time()
        yield
        self.spent[what] = self.spent.get(what, 0.0) + time.process_time() - start


@dataclass(frozen=True, kw_only=True)
class Throughput:
    """One way to make the same catalogue."""

    way: str
    start_s: float
    """Until each worker has made a product: engines start, kernels are compiled, the line fills."""
    shots_a_minute: float
    """From then on."""
    cpu_s: float | None
    """All of it, this process and its children; None: it is spent by processes of Ray."""
    shots: int


def write_photos(folder: Path, count: int) -> None:
    """The examples, mirrored and turned so that no two photos are alike."""
    folder.mkdir()
    for index in range(count):
        turn = index // len(EXAMPLES)
        with Image.open(EXAMPLES[index % len(EXAMPLES)]) as photo:
            varied = photo.rotate(2 * turn, Image.Resampling.BICUBIC, fillcolor=photo.getpixel((2, 2)))
            varied.save(folder / f"product-{index:03}.jpg", quality=95)


def measure_layers(photoshoot: Photoshoot, recipe: Recipe, items: Sequence[Item], out: Path) -> tuple[Clock, int, int]:
    """Do one step after another what the pipeline does at once: CPU seconds, shots, bytes of the files."""
    clock, shots, written = Clock(), 0, 0
    store = Store(out, "bench")
    for item in items:
        with clock.on("read, cut out, name"):
            (product,) = photoshoot.describe([item.photo])
        with clock.on("resolve prompts, lay out"):
            planned = recipe.plan(photoshoot, item, product)
        with clock.on("place (the bare placer)"):
            made = photoshoot.placer.place(planned)
        names = FileNames()
        with clock.on("encode JPEG, thumbnail"):
            encoded = [encode_shot(shot, recipe.files, names) for shot in made]
        with clock.on("digest and write, with record"):
            files = tuple(file for _, some in encoded for file in some)
            store.save(
                Made(
                    item=item,
                    photo_sha256="0" * 64,
                    product_name=product.name,
                    description=product.description,
                    category=product.category.value,
                    shots=tuple(shot for shot, _ in encoded),
                    encoded=files,
                )
            )
        shots += len(made)
        written += sum(len(file.data) for file in files)
    return clock, shots, written


def time_run(way: str, work: Work, recipe: Recipe, items: Sequence[Item], out: Path) -> Throughput:
    """Make the catalogue from nothing, with as many workers as the way's first word says."""
    workers, start, cpu = int(way.split()[0]), time.perf_counter(), _cpu_s()
    made_at: list[float] = []

    def on_step(tally: Tally) -> None:
        if tally.made > len(made_at):
            made_at.append(time.perf_counter() - start)

    tally = run_catalogue(items, recipe, out, work=work, on_step=on_step)
    assert tally.is_good, tally
    shots = (len(items) - workers) * tally.shots / tally.total
    return Throughput(
        way=way,
        start_s=made_at[workers - 1],
        shots_a_minute=60 * shots / (made_at[-1] - made_at[workers - 1]),
        cpu_s=None if "Ray" in way else _cpu_s() - cpu,
        shots=tally.shots,
    )


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def print_layers(clock: Clock, shots: int, written: int, pipeline_s: float) -> None:
    placing = clock.spent["place (the bare placer)"]
    print("| layer | CPU seconds a shot | of the bare placer |")
    print("|---|---|---|")
    for what, seconds in clock.spent.items():
        print(f"| {what} | {seconds / shots:.3f} | {seconds / placing:.1%} |")
    rest = pipeline_s - sum(clock.spent.values())
    print(f"| the whole pipeline | {pipeline_s / shots:.3f} | {pipeline_s / placing:.1%} |")
    print(f"| of that, of the batch layer itself | {rest / shots:.3f} | {rest / placing:.1%} |")
    print(f"\n{written / shots / 1e3:.0f} kB of files a shot, thumbnail included.\n")


def print_throughput(runs: Sequence[Throughput]) -> None:
    print("| way | until it is at work, s | shots a minute then | of one process |")
    print("|---|---|---|---|")
    for run in runs:
        growth = run.shots_a_minute / runs[0].shots_a_minute
        print(f"| {run.way} | {run.start_s:.0f} | {run.shots_a_minute:.1f} | {growth:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=10, help="more than twice the workers")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ray", action="store_true", help="also on a local Ray cluster")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photos(folder / "photos", arguments.products)
        (folder / "recipe.json").write_text(json.dumps(RECIPE))
        items, recipe = list_items(folder / "photos"), load_recipe(folder / "recipe.json")
        measure(folder, items, recipe, _ways(arguments))


def measure(folder: Path, items: Sequence[Item], recipe: Recipe, ways: dict[str, Callable[[], Work]]) -> None:
    with recipe.engine.build() as photoshoot:
        measure_layers(photoshoot, recipe, items[:1], folder / "warm")  # compiles the kernels
        clock, shots, written = measure_layers(photoshoot, recipe, items, folder / "layers")

        def here(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
            yield from shoot_items(photoshoot, recipe, items)

        one = time_run("1 process", here, recipe, items, folder / "pipeline")
    print_layers(clock, shots, written, one.cpu_s or 0.0)
    others = [time_run(way, build(), recipe, items, folder / way) for way, build in ways.items()]
    print_throughput([one, *others])


def _ways(arguments: argparse.Namespace) -> dict[str, Callable[[], Work]]:
    count = arguments.workers
    ways: dict[str, Callable[[], Work]] = {f"{count} processes": lambda: shoot_in_processes(count)}
    if arguments.ray:
        ways[f"{count} Ray actors"] = lambda: shoot_on_cluster("local", ActorPool(count=count))
    return ways


if __name__ == "__main__":
    main()
