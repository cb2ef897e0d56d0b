"""How long does a picture of every family take by the clock, and of every place that only prompts name?

Usage: bench_clock.py [--seed N] [--limit-s S] [--only WORD …]. Pictures of 1506x1080 of the bottle of the examples as
it stands: a preset by chance of each family of sets, and ``PLACES``. From the described product to the picture; the
second of two, of another seed, since the first compiles what kernels its set has that none before had. On an idle
machine with two cores it takes some seven minutes, and it begins no picture after eight. It only prints; a run beside
other work tells nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable

import numpy as np
from bench_error import BOTTLE
from bench_families import SIZE, WANTED_S

from photoshoot import Photoshoot, Preset, Product, Prompt
from photoshoot.sets import FAMILIES, set_name

PLACES = (
    "on a wooden pier by a lake at dusk",
    "on a balcony table with fairy lights at night",
    "in a yoga studio",
    "on a park bench",
    "on clouds",
    "starry night above the clouds",
    "in a log cabin by a window",
    "on an alpine ridge",
    "in an alpine meadow with mountains",
    "in a greenhouse",
    "on a country road through the desert",
    "on a cafe terrace",
    "on a picnic blanket in a park",
    "on a round stone platform in a park",
    "in a tatami room",
    "by a campfire at night",
    "in a parking garage",
    "on white marble with palm leaves",
    "on sand with tropical leaves",
    "by the fireplace",
    "in a log cabin with a fire",
    "under the christmas tree",
    "on an oak table before a christmas tree",
    "in a skate park",
    "on moroccan tiles in a kitchen",
)
"""What no preset is of, or not so."""


def choose(presets: Iterable[Preset], seed: int) -> dict[str, Prompt]:
    """What is timed, by what its row says: a preset by chance of each family, then the places."""
    rng, groups = np.random.default_rng(seed), {family: list[str]() for family in FAMILIES}
    for preset in presets:
        groups[set_name(preset.design)].append(preset.id)
    chosen = {family: str(rng.choice(ids)) for family, ids in groups.items() if ids}
    return {f"{family} | {name}": Prompt.preset(name) for family, name in chosen.items()} | {
        f"– | {text}": Prompt.custom(text) for text in PLACES
    }


def clock(shoot: Photoshoot, prompt: Prompt, product: Product, seed: int) -> float:
    """Seconds from the described product to the picture."""
    start = time.perf_counter()
    shoot.generate(product, prompts=prompt, render_kind=SIZE, seed=seed)
    return time.perf_counter() - start


def main() -> None:
    """Print a row each, and then what is over the time that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit-s", type=float, default=480, help="begins no picture after so many seconds")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="of rows with one of these words in them")
    arguments = parser.parse_args()
    start, taken = time.monotonic(), dict[str, float]()
    print("| family | preset or prompt | s | first picture, s |\n|---|---|---|---|")
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([BOTTLE])
        rows = choose(shoot.presets, arguments.seed)
        wanted = {
            row: prompt
            for row, prompt in rows.items()
            if not arguments.only or any(word in row for word in arguments.only)
        }
        for row, prompt in wanted.items():
            if time.monotonic() - start > arguments.limit_s:
                break
            first, taken[row] = (clock(shoot, prompt, product, arguments.seed + more) for more in (0, 1))
            print(f"| {row} | {taken[row]:.1f} | {first:.1f} |", flush=True)
    over = [row for row, seconds in taken.items() if seconds > WANTED_S]
    print(
        f"\n{len(taken) - len(over)} of {len(taken)} rows (of {len(wanted)}) take at most {WANTED_S} s, "
        f"median {np.median(list(taken.values())):.1f}. Over: {', '.join(over) or 'none'}."
    )


if __name__ == "__main__":
    main()
