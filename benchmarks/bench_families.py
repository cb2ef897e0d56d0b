"""Has every newer family the error and the time that is asked of it? A preset of each by chance, and linen from above.

Usage: bench_families.py [--paths N] [--pixels N] [--seed N] [--limit-s S] [--denoised N] [FAMILY …]. Pictures of
1506x1080. As in ``bench_error.py`` the truth is paths that no denoiser touched, on strewn pixels; ``--denoised`` asks a
whole picture of so many denoised paths as well, which takes minutes a family. Rows are kept in
``benchmarks/results/families.md``, so a run that was cut short goes on where it ended. ``--clock``, on an idle machine,
prints what each stance takes with each of the examples instead, of all of the families' presets: the second picture of
two, of another seed, since the first compiles what kernels its set has that none before had.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from bench_error import BOTTLE, WANTED_DB, add_options, measure

from photoshoot import Photoshoot, Placement, Preset, Product, Prompt, Stance, StudioSettings
from photoshoot.framing.product_sizes import find_size
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.production import plan_shots
from photoshoot.request import Request, resolve_request
from photoshoot.sets import set_name

PAGE = Path(__file__).resolve().parents[1] / "benchmarks" / "results" / "families.md"
SIZE = "1506x1080"
EXAMPLES = sorted((PAGE.parents[2] / "examples").glob("*.jpg"))
FAMILIES = ("bed", "desk", "cafe", "road", "garden", "pool", "cabin", "crates", "stairs", "vanity", "lab", "playroom")
LINEN = "white_linen_flat_lay_leaf_shadows"  # bedding seen from above, in the hardest shadows that there are
WANTED_S = 3.5
HEAD = "| family | preset | paths | pixels | dB | ± | dB, denoised truth | CPU s |\n|---|---|---|---|---|---|---|---|"


def choose(presets: Iterable[Preset], families: Iterable[str], seed: int) -> dict[str, Preset]:
    """A preset of each family, by chance."""
    rng, known = np.random.default_rng(seed), list(presets)
    groups = {name: [preset for preset in known if set_name(preset.design) == name] for name in FAMILIES}
    chosen = {name: group[int(rng.integers(len(group)))] for name, group in groups.items()}
    return {name: chosen[name] for name in families}


def measure_denoised(shoot: Photoshoot, preset: Preset, product: Product, paths: int, seed: int) -> float:
    """Decibels of the whole picture outside the product, against so many denoised paths, without grain."""
    request = Request(prompts=Prompt.preset(preset.id), render_kind=SIZE, seed=seed)
    (shot,) = plan_shots(resolve_request(request, product), shoot.presets)
    pictures = []
    for settings in (
        StudioSettings(grain=0, set_blur_px=0),
        StudioSettings(grain=0, set_blur_px=0, samples=paths, render_scale=1),
    ):
        placer = StudioPlacer(settings)
        pictures.append(placer.place([shot])[0].image.astype(np.float64))
        placer.close()
    off = (pictures[0] - pictures[1])[shot.layer.alpha_matte == 0]
    return float(10 * np.log10(255**2 / np.mean(off**2)))


def print_clock(shoot: Photoshoot, presets: Iterable[Preset], products: Iterable[Product]) -> None:
    """Seconds by the clock from cut-out to picture, a row a preset: of every stance, and the first one's beside it."""
    print("| family | preset | median, s | most, s | most of first pictures, s |\n|---|---|---|---|---|")
    known = list(products)
    for preset in presets:
        taken: list[tuple[float, float]] = []
        for stance in (Stance.UPRIGHT, Stance.LYING, Stance.HANGING):
            for product in known:
                if preset.design.takes(find_size(product, None).size_class):
                    first, second = (_clock(shoot, preset, product, stance, seed) for seed in (1, 2))
                    taken.append((first, second))
        firsts, seconds = np.array(taken).T
        cells = (np.median(seconds), seconds.max(), firsts.max())
        print(
            f"| {set_name(preset.design)} | {preset.id} | {' | '.join(f'{cell:.1f}' for cell in cells)} |", flush=True
        )


def _clock(shoot: Photoshoot, preset: Preset, product: Product, stance: Stance, seed: int) -> float:
    start = time.perf_counter()
    placement = Placement(stance=stance)
    shoot.generate(product, prompts=Prompt.preset(preset.id), render_kind=SIZE, placement=placement, seed=seed)
    return time.perf_counter() - start


def read_rows() -> dict[str, list[str]]:
    """The page's rows in cells, by preset."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ") and line not in HEAD]
    return {cells[1]: cells for cells in rows}


def write_page(rows: dict[str, list[str]]) -> None:
    """The page, the worst first."""
    order = sorted(rows.values(), key=lambda cells: float(cells[4]))
    near = sum(float(cells[4]) >= WANTED_DB for cells in order)
    quick = sum(float(cells[7]) <= WANTED_S for cells in order)
    lines = [
        "# The twelve newer families",
        "",
        f"Pictures of {SIZE} of a preset of each family by chance, and of linen seen from above, with the bottle of "
        "the examples; outside the product, as displayed, before grain and the photo's softness. The truth is so many "
        "paths a pixel that no denoiser touched, on so many strewn pixels ([error.md](error.md) says how; ±: one "
        "standard error); where it was asked for, a whole picture of so many denoised paths, too. CPU seconds of all "
        "cores, from cut-out to picture, of a warm picture whose set is built anew, beside other work; two idle cores' "
        "clock shows less.",
        "",
        f"**{near} of {len(order)} have {WANTED_DB:.0f} dB, {quick} take at most {WANTED_S} CPU s.**",
        "",
        HEAD,
        *(f"| {' | '.join(cells)} |" for cells in order),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure what isn't in the page yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "families", nargs="*", metavar="FAMILY", help="measured again if known; default: all, and linen"
    )
    add_options(parser, SIZE, pixels=2500)
    parser.add_argument("--denoised", type=int, default=0, metavar="PATHS")
    parser.add_argument("--clock", type=int, default=0, metavar="EXAMPLES", help="time pictures of so many examples")
    arguments = parser.parse_args()
    if arguments.clock:
        with Photoshoot.embedded() as shoot:
            wanted = [preset for preset in shoot.presets if set_name(preset.design) in (arguments.families or FAMILIES)]
            print_clock(shoot, wanted, shoot.describe(EXAMPLES[: arguments.clock]))
        return
    start, rows = time.monotonic(), read_rows()
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([BOTTLE])
        chosen = choose(shoot.presets, arguments.families or FAMILIES, arguments.seed)
        if not arguments.families:
            chosen["flat_lay"] = shoot.presets.get(LINEN)
        for name, preset in chosen.items():
            if (preset.id in rows and not arguments.families) or time.monotonic() - start > arguments.limit_s:
                continue
            row = measure(shoot, preset.id, Prompt.preset(preset.id), product, arguments).strip("| ").split(" | ")
            _, _, paths, pixels, decibels, spread, seconds = row
            denoised = "–"
            if arguments.denoised:
                asked = measure_denoised(shoot, preset, product, arguments.denoised, arguments.seed)
                denoised = f"{asked:.1f} ({arguments.denoised} paths)"
            rows[preset.id] = [name, preset.id, paths, pixels, decibels, spread, denoised, seconds]
            print(rows[preset.id], flush=True)
            write_page(rows)


if __name__ == "__main__":
    main()
