"""Is clear glass told from china, steel and all other things, by the photo alone?

Usage: ``python benchmarks/bench_glass.py [FOLDER]``. Renders glass, china and steel in the same shapes, and cuts out
these, this repository's examples and the photos of the folder, by default ``../shared/photos/real``, as the default
settings do. Writes ``benchmarks/results/glass.md``: what was taken for clear glass, each half by the name's digest
apart, and the signs of what came near. The thresholds were set on half A of the photos and on other renders, made
before these.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench_names import half_of
from benchmarks.glass_things import photograph_things
from benchmarks.strangers import read_folder

from photoshoot import NoProductFoundError
from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.segmenters import cutout as cutting
from photoshoot.segmenters.clear_glass import Signs
from photoshoot.segmenters.u2net import U2NetSegmenter

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "glass.md"
GLASS = ("g_bamboo-glass-jar", "g_salt-and-pepper-shakers", "m_ug06-lb-0")
"""Those of the photos that show clear glass."""
SIZE_PX, SAMPLES = 400, 24
NEAR = 0.35  # clear share from which a thing's signs are told


def gather(folder: Path) -> Iterator[tuple[str, str, bool, PhotoSource]]:
    """(kind, name, whether it is clear glass, photo)."""
    for name, is_glass, photo in photograph_things(SIZE_PX, SAMPLES):
        yield "render", name, is_glass, photo
    for path in [*sorted(folder.iterdir()), *sorted((ROOT / "examples").glob("*.jpg"))]:
        if path.suffix in (".jpg", ".png"):
            yield "photo", path.stem, path.stem in GLASS, path


def measure(folder: Path) -> Iterator[tuple[str, str, bool, str, Signs | None, float | None]]:
    """(kind, name, whether it is glass, what it was taken for, its signs, how surely it is a vessel)."""
    read, rate = cutting.read_signs, cutting.rate_vessel
    seen: list[Signs] = []
    rated: list[float] = []
    cutting.read_signs = lambda *told: seen.append(read(*told)) or seen[-1]  # type: ignore[assignment,func-returns-value]
    cutting.rate_vessel = lambda *told: rated.append(rate(*told)) or rated[-1]  # type: ignore[assignment,func-returns-value]
    segmenter = U2NetSegmenter()
    for kind, name, is_glass, photo in gather(folder):
        seen.clear()
        rated.clear()
        try:
            (cutout,) = segmenter.segment([read_photo(photo)])
            settings = cutout.segmentation
            taken = "glass" if settings is not None and settings.glass else "opaque"
        except NoProductFoundError:
            taken = "not found"
        yield kind, name, is_glass, taken, (seen or [None])[0], (rated or [None])[0]


def main() -> None:
    rows = list(measure(read_folder(__doc__.splitlines()[0])))
    lines = ["# Clear glass, told by the photo alone", "", "Written by `benchmarks/bench_glass.py`.", ""]
    lines += [
        "| what | half | clear glass | taken for it | not found | others | taken for glass |",
        "|---|" + "---|" * 6,
    ]
    for kind in ("render", "photo"):
        for half in ("A", "B"):
            own = [row for row in rows if row[0] == kind and half_of(row[1]) == half]
            cells = [sum(row[2] for row in own)]
            cells += [sum(row[2] and row[3] == taken for row in own) for taken in ("glass", "not found")]
            cells += [sum(not row[2] for row in own), sum(not row[2] and row[3] == "glass" for row in own)]
            lines.append(f"| {kind}s | {half} | " + " | ".join(map(str, cells)) + " |")
    lines += ["", "Those that are of glass, or look like their backdrop:", ""]
    lines += ["| name | half | is | taken for | clear | lines | rim | light | vessel |", "|---|" + "---|" * 8]
    for _, name, is_glass, taken, signs, vessel in rows:
        if is_glass or (signs is not None and signs.clear >= NEAR):
            told = [signs.clear, signs.lines, signs.rim, signs.light] if signs is not None else []
            cells = [f"{value:.2f}" for value in told] or ["", "", "", ""]
            sure = "" if vessel is None else f"{vessel:.2f}"
            truth = "clear glass" if is_glass else "other"
            lines.append(f"| {name} | {half_of(name)} | {truth} | {taken} | {' | '.join(cells)} | {sure} |")
    text = "\n".join([*lines, ""])
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
