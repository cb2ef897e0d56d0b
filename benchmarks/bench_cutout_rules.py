"""Does the whole cut-out see more than its network's one look, on photos whose mattes are known?

They are those of ``cutout_data`` and ``cutout_shop``. What the rules do after the network was tuned on real photos;
these renders show things and colours that none of them had: a rule that takes away what the network rightly saw stands
out at once. Photos are enlarged to 640 px, since the rules work on so many. Run it again to go on where it was stopped.
Writes ``results/cutout_rules.md``.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoshootError
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter

PAGE = Path(__file__).parent / "results" / "cutout_rules.md"
SIDE, CLEAN, MUCH, THIRDS = 640, 0.95, 0.05, 3
HEAD = (
    "# The whole cut-out beside its network's one look",
    "",
    f"True mattes are known; IoU at 0.5, means; clean: over {CLEAN}; AUROC: how often a clean one is surer than not.",
    "Written by `benchmarks/bench_cutout_rules.py`.",
    "",
)
NOTES = {
    "rooms": """renders of CC0 things and solids in rooms and before plain grounds (`cutout_data.py`).
The first third was in view when rules were mended that had cut into products of their backdrop's own hue, and when
others were; of the second three of the worst were opened; the third was only measured.""",
    "shop": """renders as shops take photos (`cutout_shop.py`: other things, 512 px; paper with and without a horizon,
boards, marble, linen, concrete, gloss, white on white, dark on dark, hard lamps), enlarged. The first third was in view
when rules were mended, the second for one of them (shaded sides); of the third some of the worst were opened.""",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One photo: IoU at 0.5 of the network's one look at all of it and of the whole cut-out, and how sure that is."""

    name: str
    third: int
    look: float
    whole: float
    sure: float


def measure(folder: Path, known: list[Row]) -> Iterator[Row]:
    """Every photo of a folder's shards but the first ones, known; where nothing is found the IoU is 0."""
    segmenter, number = U2NetSegmenter(), 0
    for path in sorted(folder.glob("*-????.npz")):
        shard = np.load(path)
        thirds = (
            shard["thirds"] if "thirds" in shard else np.arange(number + 1, number + 1 + len(shard["names"])) % THIRDS
        )
        for rgb, matte, name, third in zip(shard["rgb"], shard["alpha"], shard["names"], thirds, strict=True):
            number += 1
            if number <= len(known):
                continue
            look = segmenter._predict(Image.fromarray(rgb))
            packed = io.BytesIO()
            Image.fromarray(rgb).resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(packed, "PNG")
            try:
                (cutout,) = segmenter.segment([read_photo(packed.getvalue())])
                whole, sure = cutout.alpha_matte, cutout.confidence
            except PhotoshootError:
                whole, sure = np.zeros(matte.shape, np.float32), 0.0
            true = matte > 127
            yield Row(name=str(name), third=int(third), look=_score(look, true), whole=_score(whole, true), sure=sure)


def _score(found: np.ndarray, true: np.ndarray) -> float:
    sized = Image.fromarray(np.asarray(found, np.float32)).resize(true.shape[::-1], Image.Resampling.BILINEAR)
    one = np.asarray(sized) > 0.5
    return float((one & true).sum() / max(1, (one | true).sum()))


def rate(rows: list[Row]) -> float:
    """Area under the ROC curve: how often a clean cut-out is surer than one that is not."""
    clean, other = (
        np.array([row.sure for row in rows if (row.whole > CLEAN) is is_clean]) for is_clean in (True, False)
    )
    if not clean.size or not other.size:
        return float("nan")
    return float((clean[:, None] > other).mean() + 0.5 * (clean[:, None] == other).mean())


def describe(rows: list[Row], note: str) -> Iterator[str]:
    """The lines of one set."""
    yield from (
        f"{len(rows)} {note}",
        "",
        "| third | photos | one look | clean | whole cut-out | clean | better by .05 | worse by .05 | AUROC |",
        "|---|---|---|---|---|---|---|---|---|",
    )
    for third, label in enumerate(("first", "second", "third")):
        some = [row for row in rows if row.third == third]
        gain = np.array([row.whole - row.look for row in some])
        look, whole = (np.array([getattr(row, name) for row in some]) for name in ("look", "whole"))
        yield (
            f"| {label} | {len(some)} | {look.mean():.3f} | {(look > CLEAN).sum()} | {whole.mean():.3f} "
            f"| {(whole > CLEAN).sum()} | {(gain > MUCH).sum()} | {(gain < -MUCH).sum()} | {rate(some):.2f} |"
        )
    yield from ("", "The worst against one look:", "", "| photo | third | one look | whole |", "|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.whole - row.look)[:12]:
        yield f"| {row.name} | {row.third + 1} | {row.look:.3f} | {row.whole:.3f} |"
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", type=Path, help="what cutout_data wrote")
    parser.add_argument("shop", type=Path, help="what cutout_shop wrote")
    parser.add_argument("rows", type=Path, help="folder to keep what is measured in, till the next change")
    arguments = parser.parse_args()
    arguments.rows.mkdir(parents=True, exist_ok=True)
    lines = [*HEAD]
    for name, note in NOTES.items():
        kept = arguments.rows / f"{name}.jsonl"
        rows = [Row(**json.loads(line)) for line in kept.read_text().splitlines()] if kept.exists() else []
        with kept.open("a") as file:
            for row in measure(getattr(arguments, name), list(rows)):
                rows.append(row)
                print(json.dumps(asdict(row)), file=file, flush=True)
        lines += describe(rows, note)
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
