"""Does a low confidence mean a bad cut-out?

Usage: ``python benchmarks/bench_confidence.py [FOLDER]``. The folder holds the photos that were judged by eye in
``benchmarks/results/real_photos.md``; by default ``../shared/photos/real``. Writes
``benchmarks/results/confidence.md``: the area under the ROC curve of clean cut-outs against the rest, and every photo
from the least sure on.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
from benchmarks.strangers import read_folder

from photoshoot import NoProductFoundError, Photoshoot

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
VERDICTS = ("clean", "small", "bad")
BOUNDS = (0.0, 0.65, 0.85, 0.95, 1.0001)


def read_verdicts() -> dict[str, tuple[str, str]]:
    """Photo → (half, the last verdict)."""
    rows = {}
    for line in (RESULTS / "real_photos.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        said = [cell for cell in cells if cell in VERDICTS]
        if len(cells) > 3 and cells[1] in ("A", "B") and said:
            rows[cells[0]] = (cells[1], said[-1])
    return rows


def find_confidences(folder: Path, names: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Photo → confidence; those that brought their own matte are left out, those without a product have 0."""
    shoot, found = Photoshoot.embedded(), {}
    for path in sorted(path for path in folder.iterdir() if path.stem in names):
        try:
            cutout = shoot.cut_out([path])[0]
        except NoProductFoundError:
            found[path.stem] = 0.0
            continue
        if cutout.segmenter != "alpha":
            found[path.stem] = cutout.confidence
    return found


def measure_auroc(sure: list[float], clean: list[bool]) -> float:
    """The chance that a clean one is surer than another, ties counting half."""
    values, good = np.array(sure), np.array(clean)
    better, worse = values[good][:, None], values[~good][None]
    return float(((better > worse) + 0.5 * (better == worse)).mean())


def main() -> None:
    folder = read_folder(__doc__.splitlines()[0])
    verdicts = read_verdicts()
    found = find_confidences(folder, verdicts)
    lines = ["# Does a low confidence mean a bad cut-out?", ""]
    lines += ["Written by `benchmarks/bench_confidence.py` from the verdicts of [real_photos.md](real_photos.md).", ""]
    lines += ["| half | photos | clean | AUROC |", "|---|---|---|---|"]
    for half in ("A", "B", "all"):
        own = [name for name in found if half in ("all", verdicts[name][0])]
        clean = [verdicts[name][1] == "clean" for name in own]
        area = measure_auroc([found[name] for name in own], clean)
        lines.append(f"| {half} | {len(own)} | {sum(clean)} | {area:.2f} |")
    lines += ["", "| confidence | photos | clean |", "|---|---|---|"]
    for low, high in itertools.pairwise(BOUNDS):
        own = [name for name, value in found.items() if low <= value < high]
        clean = sum(verdicts[name][1] == "clean" for name in own)
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(own)} | {clean} |")
    lines += ["", "| photo | half | confidence | verdict |", "|---|---|---|---|"]
    order = sorted(found, key=lambda name: found[name])
    lines += [f"| {name} | {verdicts[name][0]} | {found[name]:.2f} | {verdicts[name][1]} |" for name in order]
    text = "\n".join([*lines, ""])
    (RESULTS / "confidence.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
