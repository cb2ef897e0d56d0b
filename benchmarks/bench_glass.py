"""Is clear glass told from china, steel and all other things, by the photo alone?

Usage: ``python benchmarks/bench_glass.py [FOLDER]``. Renders glass, china and steel in the same shapes, and cuts out
these, this repository's examples and the photos of the folder, by default ``../shared/photos/real``, as the default
settings do. Writes ``benchmarks/results/glass.md``: what was taken for clear glass, each half by the name's digest
apart, and the signs of what came near. The thresholds were set on half A of the photos and on other renders, made
before these.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Container, Iterator
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any

from benchmarks.bench_names import half_of
from benchmarks.glass_things import photograph_things
from benchmarks.strangers import read_folder

from photoshoot import NoProductFoundError
from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.segmenters import cutout as cutting
from photoshoot.segmenters.matte.clear_glass import Signs
from photoshoot.segmenters.u2net import U2NetSegmenter

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "glass.md"
GLASS = ("g_bamboo-glass-jar", "g_salt-and-pepper-shakers", "m_ug06-lb-0")
"""Those of the photos that show clear glass."""
SIZE_PX, SAMPLES = 400, 24
NEAR = 0.35  # clear share from which a thing's signs are told


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing."""

    kind: str
    name: str
    glass: bool
    """Whether it is of clear glass."""
    taken: str
    """For what it was taken."""
    signs: list[float]
    """The fields of ``Signs``; none where there is no plain backdrop."""
    vessel: float | None
    """How surely it is a vessel; None where that was not asked."""


def gather(folder: Path, known: Container[str]) -> Iterator[tuple[str, str, bool, PhotoSource]]:
    """(kind, name, whether it is clear glass, photo) of what is not known yet."""
    for name, is_glass, photo in photograph_things(SIZE_PX, SAMPLES, known):
        yield "render", name, is_glass, photo
    for path in [*sorted(folder.iterdir()), *sorted((ROOT / "examples").glob("*.jpg"))]:
        if path.suffix in (".jpg", ".png") and path.stem not in known:
            yield "photo", path.stem, path.stem in GLASS, path


def measure(folder: Path, known: Container[str]) -> Iterator[Row]:
    """Cut out what is not known yet."""
    read, rate = cutting.read_signs, cutting.rate_vessel
    seen: list[Signs] = []
    rated: list[float] = []

    def hear_signs(*told: Any) -> Signs:
        seen.append(read(*told))
        return seen[-1]

    def hear_vessel(*told: Any) -> float:
        rated.append(rate(*told))
        return rated[-1]

    cutting.read_signs, cutting.rate_vessel = hear_signs, hear_vessel
    segmenter = U2NetSegmenter()
    for kind, name, is_glass, photo in gather(folder, known):
        seen.clear()
        rated.clear()
        try:
            settings = segmenter.segment([read_photo(photo)])[0].segmentation
            taken = "glass" if settings is not None and settings.glass else "opaque"
        except NoProductFoundError:
            taken = "not found"
        signs = list(astuple(seen[0])) if seen else []
        yield Row(kind=kind, name=name, glass=is_glass, taken=taken, signs=signs, vessel=rated[0] if rated else None)


def measure_all(folder: Path) -> list[Row]:
    """All rows; each is kept in a file until all are there, so that an interruption costs little."""
    kept = Path(tempfile.gettempdir()) / "photoshoot-bench-glass.jsonl"
    text = kept.read_text(encoding="utf-8") if kept.exists() else ""
    rows = [Row(**json.loads(line)) for line in text.splitlines()]
    with kept.open("a", encoding="utf-8") as file:
        for row in measure(folder, {row.name for row in rows}):
            rows.append(row)
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()
    kept.unlink()
    return rows


def main() -> None:
    rows = measure_all(read_folder(__doc__.splitlines()[0]))
    lines = ["# Clear glass, told by the photo alone", "", "Written by `benchmarks/bench_glass.py`.", ""]
    lines += [
        "| what | half | clear glass | taken for it | not found | others | taken for glass |",
        "|---|" + "---|" * 6,
    ]
    for kind in ("render", "photo"):
        for half in ("A", "B"):
            own = [row for row in rows if row.kind == kind and half_of(row.name) == half]
            counts = [sum(row.glass for row in own)]
            counts += [sum(row.glass and row.taken == taken for row in own) for taken in ("glass", "not found")]
            counts += [sum(not row.glass for row in own), sum(not row.glass and row.taken == "glass" for row in own)]
            lines.append(f"| {kind}s | {half} | " + " | ".join(map(str, counts)) + " |")
    lines += ["", "Those that are of glass, or look like their backdrop:", ""]
    signs = [field.name for field in fields(Signs)]
    lines += [f"| name | half | is | taken for | {' | '.join(signs)} | vessel |", "|" + "---|" * (len(signs) + 5)]
    for row in rows:
        if row.glass or (row.signs and row.signs[0] >= NEAR):
            cells = [f"{value:.2f}" for value in row.signs] or [""] * len(signs)
            sure = "" if row.vessel is None else f"{row.vessel:.2f}"
            truth = "clear glass" if row.glass else "other"
            lines.append(f"| {row.name} | {half_of(row.name)} | {truth} | {row.taken} | {' | '.join(cells)} | {sure} |")
    text = "\n".join([*lines, ""])
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
