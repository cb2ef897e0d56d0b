"""How good are cut-outs? Real products with known mattes on six kinds of backdrop, side by side with rembg.

White, a gradient and textures are drawn, the first and the last also with a contact shadow and a thrown one; rooms are
empty parts of real photos, with tables, walls and lawns. Columns: IoU at matte 0.5; MAE x1000 over the whole photo;
boundary F at 2 px; weighted F (Margolin et al. 2014); fringe: mean colour error, 8-bit steps, of the cut-out laid on
black against the true one, in a band of 3 px round the true edge; seconds a photo, and CPU seconds of all cores. Where
the machine is busy with other work only the CPU seconds tell; those of the network, the same one for all, run on every
core at once.

``--resume FILE`` keeps each row in a file as soon as it is measured, and goes on from there after an interruption;
``--every N`` takes each N-th product alone; ``--only-time`` counts CPU seconds by class alone, ``--one-thread`` on one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from backdrops import BACKDROPS, SHARED, Sample, make_samples
from hard_backdrops import KINDS, make_hard_samples
from matte_scores import Scores, score
from PIL import Image

from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.weights import find_weights

Floats = npt.NDArray[np.float32]
Photos = Sequence[npt.NDArray[np.uint8]]
Method = Callable[[Photos], list[tuple[Floats, Floats]]]
"""Photos to their cut-outs: colours (H, W, 3) and matte (H, W), both in [0, 1]."""

OURS, PLAIN, MATTING = "photoshoot", "rembg", "rembg + alpha_matting"
BATCH, LARGE_PX, LARGE_EVERY, HARD_PX = 8, 2160, 12, 720
STRANGERS, STRANGERS_EVERY = 12, 5
DIGITS = (4, 2, 3, 4, 2, 2, 2)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One method on one photo."""

    size_px: int
    product: str
    backdrop: str
    method: str
    scores: Scores
    seconds: float
    cpu_s: float

    def values(self) -> tuple[float, ...]:
        """The columns of the table."""
        return (*astuple(self.scores), self.seconds, self.cpu_s)


def build_methods(home: Path) -> dict[str, Method]:
    """Ours, and rembg with the same network with and without its own matting."""
    segmenter = U2NetSegmenter()
    os.environ["U2NET_HOME"] = str(home)  # this script's own process: rembg finds the weights there
    shutil.copy(find_weights("u2netp"), home / "u2netp.onnx")
    import rembg

    session = rembg.new_session("u2netp", providers=["CPUExecutionProvider"])

    def ours(photos: Photos) -> list[tuple[Floats, Floats]]:
        cutouts = segmenter.segment([read_photo(photo) for photo in photos])
        return [(np.asarray(cutout.rgb, np.float32) / np.float32(255), cutout.alpha_matte) for cutout in cutouts]

    def with_rembg(matting: bool) -> Method:
        def cut(photo: npt.NDArray[np.uint8]) -> tuple[Floats, Floats]:
            with contextlib.redirect_stdout(sys.stderr):  # its matting library prints warnings
                picture = rembg.remove(Image.fromarray(photo), session=session, alpha_matting=matting)
            out = np.asarray(picture, np.float32) / np.float32(255)
            return out[..., :3], out[..., 3]

        return lambda photos: [cut(photo) for photo in photos]

    methods = {OURS: ours, PLAIN: with_rembg(False), MATTING: with_rembg(True)}
    warm = np.full((256, 256, 3), 255, np.uint8)
    warm[64:192, 64:192] = (180, 40, 40)
    for method in methods.values():
        method([warm])
    return methods


class Kept:
    """Rows in a file, one a line, so that a measurement can be interrupted.

    Args:
        path: The file. None: nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8") if path is not None and path.exists() else ""
        read = [json.loads(line) for line in text.splitlines()]
        self.rows = [Row(**{**entry, "scores": Scores(**entry["scores"])}) for entry in read]

    def find(self, size_px: int, sample: Sample, method: str) -> Row | None:
        """The row that was measured before."""
        wanted = size_px, sample.product, sample.backdrop, method
        return next((row for row in self.rows if astuple(row)[:4] == wanted), None)

    def add(self, row: Row) -> Row:
        """Keep a row."""
        self.rows.append(row)
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(row)) + "\n")
        return row


def measure(methods: dict[str, Method], samples: Iterable[Sample], kept: Kept) -> Iterator[Row]:
    for sample in samples:
        size_px = len(sample.photo)
        for name, method in methods.items():
            yield kept.find(size_px, sample, name) or kept.add(measure_one(name, method, sample, size_px))


def measure_one(name: str, method: Method, sample: Sample, size_px: int) -> Row:
    start, cpu_start = time.perf_counter(), time.process_time()
    found = method([sample.photo])[0]
    seconds, cpu_s = time.perf_counter() - start, time.process_time() - cpu_start
    return Row(
        size_px=size_px,
        product=sample.product,
        backdrop=sample.backdrop,
        method=name,
        scores=score(*found, sample.premultiplied, sample.alpha_matte),
        seconds=seconds,
        cpu_s=cpu_s,
    )


def time_batches(methods: dict[str, Method], size: int) -> Iterator[str]:
    photos = [sample.photo for sample in make_samples(size)][: 3 * BATCH : 3]
    for name, method in methods.items():
        start, cpu_start = time.perf_counter(), time.process_time()
        method(photos)
        seconds, cpu_s = time.perf_counter() - start, time.process_time() - cpu_start
        yield f"{name} {seconds / BATCH:.2f} ({cpu_s / BATCH:.2f} of CPU)"


def time_classes(methods: dict[str, Method], size: int, every: int) -> Iterator[str]:
    """CPU seconds of ours and of rembg on photos of each class, one after the other, in one run."""
    classes: dict[str, list[npt.NDArray[np.uint8]]] = {}
    for sample in make_samples(size, every):
        classes.setdefault(sample.backdrop, []).append(sample.photo)
    paths = sorted(path for path in (SHARED / "photos" / "real").glob("*.jpg"))[::STRANGERS_EVERY][:STRANGERS]
    classes[f"{STRANGERS} strangers'"] = [np.asarray(Image.open(path).convert("RGB")) for path in paths]
    yield f"| photos | {OURS} | {PLAIN} | ratio, median | from | to |\n|---|---|---|---|---|---|"
    for kind, photos in classes.items():
        spent = np.array([[_time(methods[name], photo) for name in (OURS, PLAIN)] for photo in photos])
        ours, theirs = spent.mean(axis=0)
        ratios = spent[:, 0] / spent[:, 1]
        told = f"{np.median(ratios):.2f} | {ratios.min():.2f} | {ratios.max():.2f}"
        yield f"| {kind} ({len(photos)}) | {ours:.2f} | {theirs:.2f} | {told} |"


def _time(method: Method, photo: npt.NDArray[np.uint8]) -> float:
    start = time.process_time()
    method([photo])
    return time.process_time() - start


def take_one_thread() -> None:
    """Give each network one thread: several wait for one another, which counts as CPU seconds of some and not all."""
    import onnxruntime

    usual = onnxruntime.SessionOptions

    def choose() -> onnxruntime.SessionOptions:
        options = usual()
        options.intra_op_num_threads = 1
        return options

    onnxruntime.SessionOptions = choose


def summarise(rows: Sequence[Row], title: str) -> str:
    """The means of each method, and how ours compares with the others."""
    heads = (title, "IoU mean", "IoU least", "MAE x1000", "boundary F", "weighted F", "fringe", "s, median", "CPU s")
    lines = [f"\n| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    tables = {name: np.array([row.values() for row in rows if row.method == name]) for name in (OURS, PLAIN, MATTING)}
    for name, table in tables.items():
        mean, middle = table.mean(axis=0), np.median(table, axis=0)
        cells = (mean[0], table[:, 0].min(), *mean[1:5], *middle[5:])
        lines.append(f"| {name} | " + " | ".join(f"{cell:.4f}" for cell in cells[:2]) + " | " + _join(cells[2:]) + " |")
    return "\n".join([*lines, "", *(_compare(tables, other) for other in (PLAIN, MATTING))])


def _join(cells: Sequence[float]) -> str:
    return " | ".join(f"{cell:.3f}" for cell in cells)


def _compare(tables: dict[str, npt.NDArray[np.float64]], other: str) -> str:
    """Ratios of ours to another method's; those of time are medians over the photos, each in one run."""
    ours, theirs = tables[OURS], tables[other]
    error, boundary = ours[:, 1].mean() / theirs[:, 1].mean(), (1 - ours[:, 2]).mean() / (1 - theirs[:, 2]).mean()
    wall, cpu = (float(np.median(ours[:, column] / theirs[:, column])) for column in (5, 6))
    return f"{OURS} to {other}: MAE {error:.2f}, boundary error {boundary:.2f}, time {wall:.2f}, CPU time {cpu:.2f}."


def run(size: int, every: int, home: Path, kept: Kept) -> None:
    methods, rows = build_methods(home), []
    print("| product | backdrop | method | IoU | MAE x1000 | boundary F | weighted F | fringe | s | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in measure(methods, make_samples(size, every), kept):
        rows.append(row)
        cells = " | ".join(f"{value:.{digits}f}" for value, digits in zip(row.values(), DIGITS, strict=True))
        print(f"| {row.product} | {row.backdrop} | {row.method} | {cells} |", flush=True)
    for kind in BACKDROPS:
        print(summarise([row for row in rows if row.backdrop == kind], kind))
    print(summarise(rows, "all photos"))
    hard = list(measure(methods, make_hard_samples(HARD_PX, every), kept))
    for kind in KINDS:
        print(summarise([row for row in hard if row.backdrop == kind], f"{kind}, {HARD_PX} px"))
    print(f"\nSeconds a photo in a batch of {BATCH}:", ", ".join(time_batches(methods, size)) + ".", flush=True)
    print("\nCPU seconds a photo by class:\n", *time_classes(methods, size, every), sep="\n", flush=True)
    large = list(measure(methods, make_samples(LARGE_PX, LARGE_EVERY), kept))
    print(summarise(large, f"{len(large) // len(methods)} photos of {LARGE_PX}x{LARGE_PX} px"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1080, help="side of the photos, px")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of twelve products, each N-th")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="where rows are kept until all are measured")
    parser.add_argument("--one-thread", action="store_true", help="networks run on one thread")
    parser.add_argument("--only-time", action="store_true", help="CPU seconds by class alone")
    options = parser.parse_args()
    size = options.size
    if not SHARED.is_dir():
        print(f"skipped: the products are not there ({SHARED.name} beside the repository)")
        return
    if options.one_thread:
        take_one_thread()
    with tempfile.TemporaryDirectory() as home:
        if options.only_time:
            print(*time_classes(build_methods(Path(home)), size, options.every), sep="\n", flush=True)
            return
        print(f"# Cut-outs, {size}x{size} px photos, 2 CPU cores\n\n{(__doc__ or '').strip()}\n")
        run(size, options.every, Path(home), Kept(options.resume))


if __name__ == "__main__":
    main()
