"""Does the whole cut-out see more than its network's one look? Photos of ``cutout_data``, whose mattes are known.

What the rules do after the network was tuned on real photos; these renders show things and colours that none of them
had: a rule that takes away what the network rightly saw stands out at once. Photos are enlarged to 640 px, since 320
are fewer than the rules work on. Writes ``results/cutout_rules.md``.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoshootError
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter

PAGE = Path(__file__).parent / "results" / "cutout_rules.md"
SIDE, CLEAN, MUCH, THIRDS = 640, 0.95, 0.05, 3


@dataclass(frozen=True, kw_only=True)
class Row:
    """One photo's name, third, and IoU at 0.5 of the network's one look at all of it and of the whole cut-out."""

    name: str
    third: int
    look: float
    whole: float


def measure(folder: Path) -> Iterator[Row]:
    """Every photo of a folder's shards; a photo in which nothing is found has an IoU of 0."""
    segmenter, number = U2NetSegmenter(), 0
    for path in sorted(folder.glob("*-????.npz")):
        shard = np.load(path)
        for rgb, matte, name in zip(shard["rgb"], shard["alpha"], shard["names"], strict=True):
            number += 1
            look = segmenter._predict(Image.fromarray(rgb))
            packed = io.BytesIO()
            Image.fromarray(rgb).resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(packed, "PNG")
            try:
                whole = segmenter.segment([read_photo(packed.getvalue())])[0].alpha_matte
            except PhotoshootError:
                whole = np.zeros(matte.shape, np.float32)
            true = matte > 127
            yield Row(name=str(name), third=number % THIRDS, look=_score(look, true), whole=_score(whole, true))


def _score(found: np.ndarray, true: np.ndarray) -> float:
    sized = Image.fromarray(np.asarray(found, np.float32)).resize(true.shape[::-1], Image.Resampling.BILINEAR)
    one = np.asarray(sized) > 0.5
    return float((one & true).sum() / max(1, (one | true).sum()))


def describe(rows: list[Row]) -> Iterator[str]:
    """The page's lines."""
    yield from ("# The whole cut-out beside its network's one look", "")
    yield from (
        f"{len(rows)} renders of CC0 things and solids in rooms and before plain grounds (`cutout_data.py`);",
        f"true mattes are known; IoU at 0.5, means; clean: over {CLEAN}. The first third was in view when rules were",
        "mended that had cut into products of their backdrop's own hue; the second was measured before and after;",
        "the third only after.",
        "Written by `benchmarks/bench_cutout_rules.py`.",
        "",
        "| third | photos | one look | clean | whole cut-out | clean | better by .05 | worse by .05 |",
        "|---|---|---|---|---|---|---|---|",
    )
    for third, label in enumerate(("first", "second", "third")):
        some = [row for row in rows if row.third == third]
        gain = np.array([row.whole - row.look for row in some])
        look, whole = (np.array([getattr(row, name) for row in some]) for name in ("look", "whole"))
        yield (
            f"| {label} | {len(some)} | {look.mean():.3f} | {(look > CLEAN).sum()} | {whole.mean():.3f} "
            f"| {(whole > CLEAN).sum()} | {(gain > MUCH).sum()} | {(gain < -MUCH).sum()} |"
        )
    yield from ("", "The worst against one look:", "", "| photo | third | one look | whole |", "|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.whole - row.look)[:12]:
        yield f"| {row.name} | {row.third + 1} | {row.look:.3f} | {row.whole:.3f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what cutout_data wrote")
    lines = list(describe(list(measure(parser.parse_args().folder))))
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
