"""What does a catalogue cost over the bare placer, and how does throughput grow with processes and Ray actors?

Usage: bench_batch.py [--products N] [--workers N] [--ray]: the examples, varied, in two landscape pictures each; or
bench_batch.py --plates [PRESET…] [--photos NAME…] [--keep DIR]: what plates save, see ``plates``; or
bench_batch.py --catalogue [PRESET…] [--products N]: what a catalogue of one preset saves, see ``shared_sets``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.plates import measure_savings, print_savings
from benchmarks.shared_sets import measure_catalogues, print_costs
from PIL import Image

from photoshoot.catalogue import Item, Recipe, Tally, list_items, load_recipe, run_catalogue
from photoshoot.catalogue.outcomes import Made, Outcome
from photoshoot.catalogue.processes import shoot_in_processes
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import encode_shot, shoot_items
from photoshoot.catalogue.store import Store
from photoshoot.exporters.file_exporter import FileNames
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.photos import read_photo
from photoshoot.quality.gate import inspect
from photoshoot.records import Cutout, Photo, Product, Shot, ShotRequest
from photoshoot.scaleout.batch import ActorPool, shoot_on_cluster
from photoshoot.stages import OnStep

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.jpg"))
RECIPE = {"presets": ["white_background", "natural_beige_background"], "formats": ["jpeg"], "seed": 1}

NEEDED_ANYWAY = (
    "read the photo",
    "resolve prompts, lay out",
    "inspect (the quality gate)",
    "encode JPEG, thumbnail",
)
"""What each shot costs that is saved to a file, in a catalogue or not."""


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


def write_photos(folder: Path, count: int) -> None:
    """The examples, mirrored and turned so that no two photos are alike."""
    folder.mkdir()
    for index in range(count):
        turn = index // len(EXAMPLES)
        with Image.open(EXAMPLES[index % len(EXAMPLES)]) as photo:
            varied = photo.rotate(2 * turn, Image.Resampling.BICUBIC, fillcolor=photo.getpixel((2, 2)))
            varied.save(folder / f"product-{index:03}.jpg", quality=95)


class Recall:
    """Cuts out, names and places by remembering: what is left of the pipeline's cost is the pipeline."""

    batch_size, overlap = 1, 2

    def __init__(self) -> None:
        self._products: dict[str, Product] = {}
        self._shots: dict[tuple[str, str | None], Shot] = {}

    def remember(self, product: Product, shots: Sequence[Shot]) -> None:
        """Keep what was made of a product."""
        photo = product.cutout.photo_sha256
        self._products[photo] = product
        self._shots.update({(photo, shot.scene.preset_id): shot for shot in shots})

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """What was cut out of these photos."""
        return [self._products[photo.sha256].cutout for photo in photos]

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """What these were called."""
        return [self._products[cutout.photo_sha256] for cutout in cutouts]

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """The pictures that were made for such requests."""
        del on_step
        made = [self._shots[request.product.cutout.photo_sha256, request.scene.preset_id] for request in requests]
        return [request.answer(shot.image, shot.provenance) for request, shot in zip(requests, made, strict=True)]

    def close(self) -> None:
        """Nothing to give back."""


def measure_layers(
    photoshoot: Photoshoot, recipe: Recipe, items: Sequence[Item], out: Path, recall: Recall
) -> tuple[Clock, int, int]:
    """Do one step after another what the pipeline does at once: CPU seconds, shots, bytes of the files."""
    clock, shots, written = Clock(), 0, 0
    store = Store(out, "bench")
    for item in items:
        with clock.on("read, cut out, name"):
            with clock.on("read the photo"):
                photo = read_photo(item.photo, photoshoot.limits)
            (product,) = photoshoot.describe([photo])
        with clock.on("resolve prompts, lay out"):
            planned = recipe.plan(photoshoot, item, product)
        with clock.on("place (the bare placer)"):
            made = photoshoot.placer.place(planned)
        recall.remember(product, made)
        with clock.on("inspect (the quality gate)"):
            made = [inspect(shot, request.layer) for shot, request in zip(made, planned, strict=True)]
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
    workers, start = int(way.split()[0]), time.perf_counter()
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
    )


def measure_pipeline(photoshoot: Photoshoot, recipe: Recipe, items: Sequence[Item], out: Path, recall: Recall) -> float:
    """CPU seconds of a whole run in which nothing has to be cut out or placed."""
    remembering = Photoshoot(
        segmenter=recall,
        captioner=recall,
        recommender=photoshoot.recommender,
        placer=recall,
        exporter=photoshoot.exporter,
        presets=photoshoot.presets,
    )
    start = time.process_time()
    run_catalogue(items, recipe, out, work=_work_with(remembering))
    return time.process_time() - start


def _work_with(photoshoot: Photoshoot) -> Work:
    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        yield from shoot_items(photoshoot, recipe, items)

    return work


def print_layers(clock: Clock, shots: int, written: int, pipeline_s: float) -> None:
    placing = clock.spent["place (the bare placer)"]
    print("| layer | CPU seconds a shot | of the bare placer |")
    print("|---|---|---|")
    for what, seconds in clock.spent.items():
        print(f"| {what} | {seconds / shots:.3f} | {seconds / placing:.1%} |")
    own = pipeline_s - sum(clock.spent[layer] for layer in NEEDED_ANYWAY)
    print(f"| a whole run that cuts out and places nothing | {pipeline_s / shots:.3f} | {pipeline_s / placing:.1%} |")
    print(f"| of that, the catalogue's own part | {own / shots:.3f} | {own / placing:.1%} |")
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
    parser.add_argument("--workers", type=int, default=2, help="0: only the layers")
    parser.add_argument("--ray", action="store_true", help="also on a local Ray cluster")
    parser.add_argument("--plates", nargs="*", metavar="PRESET", help="measure what plates save instead")
    parser.add_argument("--catalogue", nargs="*", metavar="PRESET", help="measure catalogues of one preset instead")
    parser.add_argument("--keep", type=Path, help="folder for pictures over plates beside whole ones")
    parser.add_argument("--photos", nargs="*", default=["bottle", "mug"], metavar="NAME", help="examples (bottle mug)")
    arguments = parser.parse_args()
    if arguments.plates is not None:
        photos = [photo for photo in EXAMPLES if photo.stem in arguments.photos]
        print_savings(measure_savings(photos, arguments.plates, arguments.keep))
        return
    if arguments.catalogue is not None:
        print_costs(measure_catalogues(EXAMPLES, arguments.catalogue, arguments.products))
        return
    if arguments.products <= 2 * arguments.workers:
        parser.error(f"--products must be over {2 * arguments.workers}: the first of each worker is its start")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photos(folder / "photos", arguments.products)
        (folder / "recipe.json").write_text(json.dumps(RECIPE))
        items, recipe = list_items(folder / "photos"), load_recipe(folder / "recipe.json")
        measure(folder, items, recipe, _ways(arguments))


def measure(folder: Path, items: Sequence[Item], recipe: Recipe, ways: dict[str, Callable[[], Work]]) -> None:
    recall, runs = Recall(), []
    with recipe.build_engine() as photoshoot:
        measure_layers(photoshoot, recipe, items[:1], folder / "warm", recall)  # compiles the kernels
        clock, shots, written = measure_layers(photoshoot, recipe, items, folder / "layers", recall)
        pipeline_s = measure_pipeline(photoshoot, recipe, items, folder / "recalled", recall)
        print_layers(clock, shots, written, pipeline_s)
        if ways:
            runs.append(time_run("1 process", _work_with(photoshoot), recipe, items, folder / "1 process"))
    runs += [time_run(way, build(), recipe, items, folder / way) for way, build in ways.items()]
    if runs:
        print_throughput(runs)


def _ways(arguments: argparse.Namespace) -> dict[str, Callable[[], Work]]:
    count = arguments.workers
    if count == 0:
        return {}
    ways: dict[str, Callable[[], Work]] = {f"{count} processes": lambda: shoot_in_processes(count)}
    if arguments.ray:
        ways[f"{count} Ray actors"] = lambda: shoot_on_cluster("local", ActorPool(count=count))
    return ways


if __name__ == "__main__":
    main()
