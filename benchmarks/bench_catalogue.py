"""How many pictures a minute does a catalogue of one preset make, over shared plates, whole, and by another release?

Usage: bench_catalogue.py [PRESET…] [--products N] [--some N] [--before PHOTOSHOOT] [--keep DIR]

Each way is a process of its own, ``photoshoot batch``, as a user runs it, on a folder of photos (see
``shared_sets.write_stretched``). Of shared sets all is counted, from the command to its end. Whole pictures cost the
same however many there are, so ``--some`` of the products tell their rate, from the moment when the first one's file is
there: until then engines start and kernels are compiled. ``--before`` is the ``photoshoot`` command of another release,
installed in an environment of its own. Ways take turns; a row is printed as soon as it is known.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plates import FAMILIES
from benchmarks.shared_sets import write_stretched

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.jpg"))


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How quick a run was."""

    products: int
    pictures_a_minute: float
    """From the command on, or from the first product on."""


def time_run(command: Sequence[str], photos: Path, recipe: dict[str, object], out: Path, *, warm: bool = True) -> Rate:
    """Make a catalogue in a process of its own, with no plates on disk; ``warm`` counts from the first product on."""
    written = out.with_suffix(".json")
    written.write_text(json.dumps(recipe))
    other = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # it finds its own modules
    started = time.time()
    subprocess.run(
        [*command, "batch", str(photos), "--recipe", str(written), "--out", str(out)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={
            **(os.environ if command[0] == sys.executable else other),
            "XDG_CACHE_HOME": str(out.with_suffix(".cache")),
        },
    )
    ended, made_at = time.time(), sorted(_pictures(out))
    assert len(made_at) == len(list(photos.iterdir()))
    if warm:
        return Rate(products=len(made_at), pictures_a_minute=60 * (len(made_at) - 1) / (made_at[-1] - made_at[0]))
    return Rate(products=len(made_at), pictures_a_minute=60 * len(made_at) / (ended - started))


def _pictures(out: Path) -> list[float]:
    """When each product's picture was written."""
    return [path.stat().st_mtime for path in out.rglob("*.jpg") if path.parent.name != "thumbnails"]


def main() -> None:
    """Print a table, a row a preset."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("presets", nargs="*", default=FAMILIES)
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--some", type=int, default=10)
    parser.add_argument("--before", help="the photoshoot command of another release")
    parser.add_argument("--keep", type=Path, help="folder for the pictures")
    arguments = parser.parse_args()
    here = [sys.executable, "-m", "photoshoot"]
    print("| preset | before, pictures a minute | whole | shared | times before | times whole |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        write_stretched(EXAMPLES, folder / "all", arguments.products)
        (folder / "some").mkdir()
        for photo in sorted((folder / "all").iterdir())[: arguments.some]:
            (folder / "some" / photo.name).hardlink_to(photo)
        for preset in arguments.presets:
            recipe = {"presets": [preset], "sizes": ["landscape"], "formats": ["jpeg"], "seed": 1}
            before = None
            if arguments.before:
                before = time_run([arguments.before], folder / "some", recipe, folder / f"{preset}-before")
            whole = time_run(here, folder / "some", recipe, folder / f"{preset}-whole")
            sharing = {**recipe, "studio": {"share_plates": True}}
            shared = time_run(here, folder / "all", sharing, folder / f"{preset}-shared", warm=False)
            print(_row(preset, before, whole, shared), flush=True)


def _row(preset: str, before: Rate | None, whole: Rate, shared: Rate) -> str:
    cells = [f"{rate.pictures_a_minute:.1f}" if rate else "–" for rate in (before, whole, shared)]
    times = [f"{shared.pictures_a_minute / rate.pictures_a_minute:.2f}" if rate else "–" for rate in (before, whole)]
    return f"| {preset} | {' | '.join([*cells, *times])} |"


if __name__ == "__main__":
    main()
