"""How much of what was drawn by hand on strangers' photos does the cut-out decide wrongly?

``cutout_labels.json`` holds polygons, in pixels of the photo, each wholly product or wholly ground: parts that cut-outs
lost, gaps, shade, thin parts, and places of the same kinds that are decided rightly. They were drawn where the cut-out
of November 2026 was in doubt, so they tell one code from another, and nothing of how good either is. Half A is to tune
on, half B (the halves of ``results/real_photos.md``) to measure. Wrong: the mean of ``|matte - truth|`` in a polygon.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from strangers import read_folder

from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter

LABELS = Path(__file__).with_name("cutout_labels.json")


def rate(matte: npt.NDArray[np.float32], labels: list[dict[str, object]]) -> list[float]:
    """How wrong a matte (H, W) is in each labelled place, 0 to 1."""
    wrong = []
    for label in labels:
        mask = Image.new("L", matte.shape[::-1])
        ImageDraw.Draw(mask).polygon([(x, y) for x, y in label["polygon"]], fill=255)  # type: ignore[attr-defined]
        share = float(matte[np.asarray(mask) > 0].mean())
        wrong.append(1 - share if label["truth"] == "product" else share)
    return wrong


def main() -> None:
    folder, segmenter, halves = read_folder((__doc__ or "").strip()), U2NetSegmenter(), dict[str, list[float]]()
    print("# What was drawn by hand on strangers' photos\n\nWritten by `benchmarks/bench_cutout_labels.py`, which says")
    print("what is measured.\n\n| photo | half | places | wrong, mean | mostly wrong |\n|---|---|---|---|---|")
    for photo in json.loads(LABELS.read_text(encoding="utf-8")):
        matte = segmenter.segment([read_photo(folder / photo["photo"])])[0].alpha_matte
        wrong = rate(matte, photo["labels"])
        halves.setdefault(photo["half"], []).extend(wrong)
        print(f"| {Path(photo['photo']).stem} | {photo['half']} | {tell(wrong)} |", flush=True)
    for half, wrong in sorted(halves.items()):
        print(f"| all | {half} | {tell(wrong)} |")


def tell(wrong: list[float]) -> str:
    names = [f"{share:.2f}" for share in wrong if share > 0.5]
    return f"{len(wrong)} | {np.mean(wrong):.3f} | {len(names)}"


if __name__ == "__main__":
    main()
