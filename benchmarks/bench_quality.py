"""What does the quality gate say of studio shots of real products, and which twenty are the worst?

Usage: bench_quality.py [FOLDER] [--products N] [--presets N] [--sizes both|wide|plain] [--expansion] [--limit-s S]
[--sheet FILE]. The folder holds RGBA pictures whose alpha is the matte. Presets are spread evenly over the catalogue.
Writes ``benchmarks/results/quality.md``; the sheet of the worst twenty goes where it is asked for, and is not kept.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photoshoot import Photoshoot, Preset, Product, Prompt, Request, Shot
from photoshoot.contact_sheet import save_contact_sheet
from photoshoot.pixels.imaging import build_layer
from photoshoot.quality import THRESHOLDS
from photoshoot.quality.gate import inspect
from photoshoot.records.reports import Check, QualityReport

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "quality.md"
WORST = 20
EXACT = ("changed_share", "max_difference", "delta_e_p95", "gradient_correlation", "outside_safe_area")
SIZES = {"both": (True, False), "wide": (True,), "plain": (False,)}


@dataclass(kw_only=True)
class Tally:
    """What was measured so far; pictures of the worst shots alone are kept."""

    reports: list[QualityReport] = field(default_factory=list)
    worst: list[tuple[float, Shot]] = field(default_factory=list)
    gate_s: list[float] = field(default_factory=list)

    def add(self, shot: Shot) -> None:
        """Count a shot in."""
        assert shot.quality is not None
        layer = build_layer(shot.product.cutout, shot.canvas)
        start = time.process_time()
        inspect(shot, layer)
        self.gate_s.append(time.process_time() - start)
        self.reports.append(shot.quality)
        self.worst.append((badness(shot.quality), shot))
        self.worst.sort(key=lambda pair: -pair[0])
        del self.worst[WORST:]


def badness(report: QualityReport) -> float:
    """How bad a shot looks to the gate: how near, or how far past, its worst two checks are to their thresholds."""
    ratios = sorted((nearness(check) for check in report.checks), reverse=True)
    return ratios[0] + 0.25 * ratios[1]


def nearness(check: Check) -> float:
    """0 = far from its threshold, 1 = at it, more = past it."""
    if check.value is None or (check.passed and check.name in EXACT):
        return 0.0
    if check.high < float("inf"):
        return check.value / check.high if check.high else float(check.value > 0) * 10
    return min(10.0, check.low / max(check.value, 1e-3))


def plan(products: Sequence[Product], presets: Sequence[Preset], sizes: Sequence[bool]) -> Iterator[Request]:
    """Every product in every preset and size, so ordered that a run that is cut short has seen something of each."""
    for shift in range(len(products)):
        for index, preset in enumerate(presets):
            product = products[(index + shift) % len(products)]
            for safe_margin in sizes if shift else sizes[:1]:
                yield request_for(product, preset, safe_margin)
    for index, preset in enumerate(presets):
        for safe_margin in sizes[1:]:
            yield request_for(products[index % len(products)], preset, safe_margin)


def request_for(product: Product, preset: Preset, safe_margin: bool) -> Request:
    return Request(product=product, prompts=Prompt.preset(preset.id), safe_margin=safe_margin, seed=1, max_redraws=0)


def caption(shot: Shot) -> Shot:
    """The shot with its numbers in place of its words, for the sheet."""
    assert shot.quality is not None
    near = sorted(shot.quality.checks, key=nearness, reverse=True)[:3]
    words = ", ".join(f"{check.name} {check.value:.3g}" for check in near if check.value is not None)
    return dataclasses.replace(
        shot, scene=dataclasses.replace(shot.scene, text=f"{shot.product.cutout.photo_name}: {words}")
    )


def report(tally: Tally, products: int, presets: Sequence[str], cut_short: bool) -> str:
    count = len(tally.reports)
    hard = sum(not item.passed for item in tally.reports)
    soft = sum(bool(item.warnings) for item in tally.reports)
    fired = Counter(name for item in tally.reports for name in (*item.failed, *item.warnings))
    seen = "; cut short by --limit-s, of all that was asked for" if cut_short else ""
    lines = [
        "# Quality gate",
        "",
        f"{count} studio shots of {products} products in {len(presets)} presets, of 1674x628 and 1200x628 px{seen}.",
        "",
        f"- {hard} shots fail a hard check, {soft} have a soft one that is worth a look.",
        f"- The gate takes {statistics.median(tally.gate_s):.3f} CPU seconds a shot (median), without expansion.",
        "",
        "| check | threshold | kind | measured | lowest | median | highest | past it |",
        "|---|---|---|---|---|---|---|---|",
        *(line_of(name, tally.reports, fired[name]) for name in THRESHOLDS),
        "",
        f"The {len(tally.worst)} shots nearest to or past a threshold:",
        "",
        "| product | preset | px | checks |",
        "|---|---|---|---|",
        *(describe(shot) for _, shot in tally.worst),
    ]
    return "\n".join(lines) + "\n"


def line_of(name: str, reports: Sequence[QualityReport], fired: int) -> str:
    kind = THRESHOLDS[name]
    limit = f"at most {kind.high:g}" if kind.high < float("inf") else f"at least {kind.low:g}"
    values = [value for item in reports if (value := item.value(name)) is not None]
    found = f"{min(values):.3g} | {statistics.median(values):.3g} | {max(values):.3g}" if values else "| | "
    return f"| {name} | {limit} | {'hard' if kind.hard else 'soft'} | {len(values)} | {found} | {fired} |"


def describe(shot: Shot) -> str:
    words = caption(shot).scene.text.partition(": ")[2]
    return f"| {shot.product.cutout.photo_name} | {shot.scene.preset_id} | {shot.canvas.width_px} | {words} |"


def spread(items: Sequence[Preset], count: int) -> list[Preset]:
    return [items[index * len(items) // count] for index in range(min(count, len(items)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "products")
    parser.add_argument("--products", type=int, default=12)
    parser.add_argument("--presets", type=int, default=20)
    parser.add_argument("--sizes", choices=SIZES, default="both")
    parser.add_argument("--expansion", action="store_true", help="measure it too: about a second a shot")
    parser.add_argument("--limit-s", type=float, default=float("inf"), help="begin no shot after so many seconds")
    parser.add_argument("--sheet", type=Path, help="where the worst twenty are laid out, a PNG")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.png"))[: arguments.products]
    if not paths:
        raise SystemExit(f"{arguments.folder} holds no RGBA product pictures; give a folder that does")
    start, tally, cut_short = time.monotonic(), Tally(), False
    with Photoshoot.embedded() as shoot:
        presets = spread(list(shoot.presets), arguments.presets)
        for request in plan(shoot.describe(paths), presets, SIZES[arguments.sizes]):
            cut_short = time.monotonic() - start > arguments.limit_s
            if cut_short:
                break
            for shot in shoot.stream(dataclasses.replace(request, measure_expansion=arguments.expansion)):
                tally.add(shot)
                print(len(tally.reports), describe(shot), flush=True)
    RESULT.write_text(report(tally, len(paths), [item.id for item in presets], cut_short), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))
    if arguments.sheet is not None:
        save_contact_sheet([caption(shot) for _, shot in tally.worst], arguments.sheet, title="Nearest to a threshold")


if __name__ == "__main__":
    main()
