"""How far are the studio's pictures from what endless paths show? A sample of presets that changes with its seed.

Usage: bench_error.py [--sample N] [--seed N] [--paths N] [--pixels N] [--limit-s S] [PRESET …]. Pictures of
1674x628; the error is of the whole picture outside the product, as displayed, before grain and the photo's softness: on
pixels strewn over it, against means of so many paths that no denoiser touched, see ``converged.py``. Rows are kept in
``benchmarks/results/error.md`` by seed and preset, so a run that was cut short (``--limit-s``) goes on where it ended.

``--stance upright lying hanging [--size 1506x1080]`` asks the error alone of each stance, and keeps it in
``benchmarks/results/error_by_stance.md``. ``--prompt TEXT … [--stance …] [--size 1506x1080]`` prints the rows of
prompts and keeps none.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from converged import Errors, WatchedPlacer
from stance_page import StancePage

from photoshoot import Photoshoot, Placement, Preset, Product, Prompt, Stance
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import Request, resolve_request

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "results" / "error.md"
STANCES = PAGE.with_name("error_by_stance.md")
BOTTLE = ROOT / "examples" / "bottle.jpg"
WANTED_DB = 38.0
HEAD = "| seed | preset | paths | pixels | dB | ± | CPU s |\n|---|---|---|---|---|---|---|"


def choose(shoot: Photoshoot, seed: int, count: int) -> list[Preset]:
    """Presets by chance; pure white ones, in which nothing is traced, are left out."""
    presets = [preset for preset in shoot.presets if not preset.design.pure_white]
    order = np.random.default_rng(seed).permutation(len(presets))
    return [presets[index] for index in order[:count]]


def plan(
    shoot: Photoshoot, prompt: Prompt, product: Product, arguments: argparse.Namespace, stance: Stance | None = None
) -> ShotRequest:
    """The one shot of a prompt; without a stance the product's own."""
    request = Request(
        prompts=prompt,
        placement=Placement(stance=stance),
        render_kind=arguments.size,
        seed=arguments.seed,
    )
    (shot,) = plan_shots(resolve_request(request, product), shoot.presets)
    return shot


def measure(
    shoot: Photoshoot,
    name: str,
    prompt: Prompt,
    product: Product,
    arguments: argparse.Namespace,
    stance: Stance | None = None,
) -> str:
    """The table's row of a prompt, under a name; without a stance in the product's own."""
    shot = plan(shoot, prompt, product, arguments, stance)
    placer = WatchedPlacer()
    placer.place([shot])  # compiles, and builds the set
    placer.close()
    placer, start = WatchedPlacer(), time.process_time()
    placer.place([shot])
    seconds = time.process_time() - start
    errors = placer.measure(shot, arguments.paths, arguments.pixels)
    placer.close()
    cells = (arguments.seed, name, arguments.paths, len(errors.squares))
    numbers = f"{errors.decibels:.1f} | {errors.spread_db:.1f} | {seconds:.1f}"
    return f"| {' | '.join(map(str, cells))} | {numbers} |"


def measure_stance(
    shoot: Photoshoot, preset: Preset, product: Product, arguments: argparse.Namespace, stance: Stance
) -> Errors:
    """The error alone of one stance."""
    placer = WatchedPlacer()
    errors = placer.measure(
        plan(shoot, Prompt.preset(preset.id), product, arguments, stance), arguments.paths, arguments.pixels
    )
    placer.close()
    return errors


def read_rows() -> dict[tuple[str, str], str]:
    """The page's rows, by seed and preset."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rows = [line for line in text.splitlines() if line.startswith("| ") and line not in HEAD]
    return {(cells[0], cells[1]): row for row in rows if (cells := row.strip("| ").split(" | "))}


def write_page(rows: dict[tuple[str, str], str]) -> None:
    """The page, the worst first."""
    decibels = {key: float(row.strip("| ").split(" | ")[4]) for key, row in rows.items()}
    order = sorted(rows, key=decibels.__getitem__)
    below = [preset for _, preset in order if decibels[_, preset] < WANTED_DB]
    seeds = ", ".join(sorted({seed for seed, _ in rows}))
    named = f" Below: {', '.join(below)}." if below else ""
    lines = [
        "# How far from endless paths",
        "",
        "Pictures of 1674x628 as the studio makes them, outside the product, as displayed, before grain and the "
        "photo's softness. The truth is the mean of so many paths a pixel at full size, on pixels strewn over the "
        "picture; no denoiser touched it, and its own noise is taken out of the error (`converged.py`). ±: one "
        "standard error, from the pixels' spread. CPU seconds of a warm picture whose set is built anew, on a busy "
        f"machine. Presets by chance (seeds: {seeds}), and some by name.",
        "",
        f"**{len(rows) - len(below)} of {len(rows)} have {WANTED_DB:.0f} dB**, median "
        f"{np.median(list(decibels.values())):.1f}, worst {min(decibels.values()):.1f}.{named}",
        "",
        HEAD,
        *(rows[key] for key in order),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def add_options(parser: argparse.ArgumentParser, size: str, *, pixels: int) -> None:
    """What ``measure`` wants of the arguments, and when to stop."""
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paths", type=int, default=1024)
    parser.add_argument("--pixels", type=int, default=pixels)
    parser.set_defaults(size=size)
    parser.add_argument("--limit-s", type=float, default=float("inf"), help="begins no picture after so many seconds")


def main() -> None:
    """Measure what isn't in the page yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("presets", nargs="*", metavar="PRESET", help="measured in place of a sample, again if known")
    parser.add_argument("--sample", type=int, default=24)
    parser.add_argument("--stance", nargs="+", choices=[stance.value for stance in Stance], default=[])
    parser.add_argument("--prompt", nargs="+", default=[], metavar="TEXT", help="measured instead, and only printed")
    parser.add_argument("--size", help="of pictures by stance, and of prompts")
    add_options(parser, "landscape", pixels=4000)
    arguments = parser.parse_args()
    if arguments.size != parser.get_default("size") and not (arguments.stance or arguments.prompt):
        parser.error("--size is for --stance and --prompt: the page of the others is of one size")
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([BOTTLE])
        for text in arguments.prompt:
            for stance in [Stance(asked) for asked in arguments.stance] or [None]:
                name = text if stance is None else f"{text}, {stance}"
                print(measure(shoot, name, Prompt.custom(text), product, arguments, stance), flush=True)
        if arguments.prompt:
            return
        named = [shoot.presets.get(name) for name in arguments.presets]
        chosen = named or choose(shoot, arguments.seed, arguments.sample)
        (fill_stances if arguments.stance else fill_page)(shoot, chosen, product, arguments)


def fill_page(shoot: Photoshoot, presets: list[Preset], product: Product, arguments: argparse.Namespace) -> None:
    """Measure presets, again if they were named, and rewrite the page after each."""
    start, rows = time.monotonic(), read_rows()
    for preset in presets:
        key = str(arguments.seed), preset.id
        if (key in rows and not arguments.presets) or time.monotonic() - start > arguments.limit_s:
            continue
        rows[key] = measure(shoot, preset.id, Prompt.preset(preset.id), product, arguments)
        print(rows[key], flush=True)
        write_page(rows)


def fill_stances(shoot: Photoshoot, presets: list[Preset], product: Product, arguments: argparse.Namespace) -> None:
    """Measure presets in stances, again if they were named, and rewrite their page after each."""
    start, page = time.monotonic(), StancePage.read(STANCES)
    for preset in presets:
        row = arguments.size, arguments.paths, arguments.pixels, preset.id
        for stance in map(Stance, arguments.stance):
            if (page.has(row, stance) and not arguments.presets) or time.monotonic() - start > arguments.limit_s:
                continue
            errors = measure_stance(shoot, preset, product, arguments, stance)
            page.set(row, stance, errors.decibels, errors.spread_db)
            print(preset.id, stance, page.cells[row][stance], flush=True)
            page.write(STANCES, WANTED_DB)


if __name__ == "__main__":
    main()
