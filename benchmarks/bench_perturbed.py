"""What of a good cut-out is left where the same photo is small, noisy, dim or cut off, as strangers bring them?

Usage: ``python benchmarks/bench_perturbed.py [FOLDER] [--resume FILE]``. The folder holds the photos that were judged
by eye in ``benchmarks/results/real_photos.md``; by default ``../shared/photos/real``. Those that were judged clean are
reduced to 300 px at JPEG quality 35, given grain of 12 levels, a dim and warm light, or cut off through the product,
and cut out again. Writes ``benchmarks/results/perturbed.md``: the IoU with what was cut out of the photo itself, which
is no truth, but was judged clean; each half of the photos apart. Glass is left opaque: its outline is what counts.
``--resume`` keeps each photo's row in a file as soon as it is measured, and goes on from there after an interruption.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.bench_confidence import read_verdicts
from benchmarks.strangers import read_folder_and_rows
from PIL import Image

from photoshoot import Cutout, NoProductFoundError
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings

RESULTS = Path(__file__).resolve().parent / "results"
SMALL_PX, JPEG_QUALITY = 300, 35
GRAIN = 12.0  # 8-bit levels, the same in all channels
DIM, WARM, DIM_GRAIN = 0.2, (1.0, 0.85, 0.6), 3.0  # of linear light, by channel, and levels
CUT = 0.18  # of the product's box that lies beyond the photo's side
MARGIN = 0.08  # of it, kept on the other sides
GOOD = 0.95  # IoU

Pixels = npt.NDArray[np.uint8]
Pair = tuple[Image.Image, Image.Image]
"""A photo and its matte, mode L."""


def shrink(photo: Image.Image, matte: Image.Image, _: Cutout) -> Pair:
    """A thumbnail that was saved once too often."""
    share = SMALL_PX / max(photo.size)
    size = max(1, round(photo.width * share)), max(1, round(photo.height * share))
    file = io.BytesIO()
    photo.resize(size, Image.Resampling.BOX).save(file, "JPEG", quality=JPEG_QUALITY)
    return Image.open(file).convert("RGB"), matte.resize(size, Image.Resampling.BOX)


def roughen(photo: Image.Image, matte: Image.Image, _: Cutout) -> Pair:
    """A photo with a dark room's grain."""
    return _add_grain(np.asarray(photo, np.float32), GRAIN), matte


def dim(photo: Image.Image, matte: Image.Image, _: Cutout) -> Pair:
    """A photo by a lamp's light, too short exposed."""
    linear = (np.asarray(photo, np.float32) / 255) ** 2.2 * np.array(WARM, np.float32) * DIM
    return _add_grain(linear ** (1 / 2.2) * 255, DIM_GRAIN), matte


def cut_off(photo: Image.Image, matte: Image.Image, cutout: Cutout) -> Pair:
    """A photo that ends within the product: on its left where that has room to the right, and the other way round."""
    box, near = cutout.box, round(MARGIN * max(cutout.box.width, cutout.box.height))
    left, right = max(0, box.left - near), min(photo.width, box.right + near)
    if box.left + box.right < photo.width:
        left = box.left + round(CUT * box.width)
    else:
        right = box.right - round(CUT * box.width)
    bounds = left, max(0, box.top - near), right, min(photo.height, box.bottom + near)
    return photo.crop(bounds), matte.crop(bounds)


PERTURBATIONS: dict[str, Callable[[Image.Image, Image.Image, Cutout], Pair]] = {
    "300 px": shrink,
    "grain": roughen,
    "dim": dim,
    "cut off": cut_off,
}


def _add_grain(levels: npt.NDArray[np.float32], deviation: float) -> Image.Image:
    grain = np.random.default_rng(0).normal(0, deviation, (*levels.shape[:2], 1))
    return Image.fromarray(np.clip(levels + grain, 0, 255).astype(np.uint8))


def measure(segmenter: U2NetSegmenter, path: Path) -> Iterator[tuple[str, float]]:
    """Each perturbation's IoU for one photo; none where the photo brings its own matte."""
    photo = read_photo(path)
    (whole,) = segmenter.segment([photo])
    if whole.segmenter == "alpha":
        return
    picture, matte = Image.fromarray(photo.rgb), Image.fromarray(np.round(whole.alpha_matte * 255).astype(np.uint8))
    for kind, perturb in PERTURBATIONS.items():
        other, true = perturb(picture, matte, whole)
        yield kind, compare(segmenter, other, np.asarray(true) > 127)


def compare(segmenter: U2NetSegmenter, picture: Image.Image, true: npt.NDArray[np.bool_]) -> float:
    """IoU of what is cut out of a picture; 0 where nothing is found."""
    try:
        found = segmenter.segment([read_photo(picture)])[0].alpha_matte > 0.5
    except NoProductFoundError:
        return 0.0
    return float((found & true).sum() / max(1, int((found | true).sum())))


def read_rows(kept: Path | None) -> dict[str, dict[str, float]]:
    """What was measured before, by photo and perturbation."""
    lines = kept.read_text(encoding="utf-8").splitlines() if kept is not None and kept.exists() else []
    return dict(json.loads(line) for line in lines)


def keep_row(kept: Path | None, name: str, found: dict[str, float]) -> None:
    """Keep what was measured on one photo, empty where it brings its own matte."""
    if kept is not None:
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, found]) + "\n")


def main() -> None:
    folder, kept = read_folder_and_rows(__doc__.splitlines()[0])
    verdicts = {name: half for name, (half, verdict) in read_verdicts().items() if verdict == "clean"}
    segmenter, rows = U2NetSegmenter(SegmentationSettings(glass=False)), read_rows(kept)
    for path in sorted(path for path in folder.iterdir() if path.stem in verdicts.keys() - rows.keys()):
        rows[path.stem] = dict(measure(segmenter, path))
        keep_row(kept, path.stem, rows[path.stem])
        print(path.stem, *(f"{kind} {iou:.3f}" for kind, iou in rows[path.stem].items()), flush=True)
    text = "\n".join(_describe({name: found for name, found in rows.items() if found}, verdicts))
    (RESULTS / "perturbed.md").write_text(text, encoding="utf-8")


def _describe(rows: dict[str, dict[str, float]], halves: dict[str, str]) -> Iterator[str]:
    yield from ("# Small, noisy, dim and cut off", "")
    yield "Written by `benchmarks/bench_perturbed.py`: IoU with the cut-out of the photo itself, of those judged clean"
    yield from ("in [real_photos.md](real_photos.md).", "")
    yield from ("| | half | photos | mean | least | under .95 |", "|---|---|---|---|---|---|")
    for kind in PERTURBATIONS:
        for half in "AB":
            own = [found[kind] for name, found in rows.items() if halves[name] == half]
            bad = sum(iou < GOOD for iou in own)
            yield f"| {kind} | {half} | {len(own)} | {np.mean(own):.4f} | {min(own):.3f} | {bad} |"
    yield from ("", f"| photo | half | {' | '.join(PERTURBATIONS)} |", "|---|---|" + "---|" * len(PERTURBATIONS))
    for name in sorted(rows, key=lambda name: min(rows[name].values())):
        yield f"| {name} | {halves[name]} | {' | '.join(f'{rows[name][kind]:.3f}' for kind in PERTURBATIONS)} |"
    yield ""


if __name__ == "__main__":
    main()
