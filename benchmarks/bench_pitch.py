"""How well does an outline tell from how high a photo looks down? Things rendered from six heights, against the truth.

Each thing is photographed from 0 to 50 degrees above, from 2.5 to 9 times its size away (so the lines of sight to its
base and its rim differ by up to 20 degrees), cut out, and its pitch read. "Told" is the share of photos of which
anything is said; of the others nothing is, and their set keeps its own camera.

Thresholds were set on procedural seeds 0 and 1 and every other CC0 thing from the first; what is reported are seeds 5
and 6 and the rest of the things (`--archive`: the file `BlendSwap-CC-0.sh3f` of Debian's `sweethome3d-furniture`).
"""

from __future__ import annotations

import argparse
import collections
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from benchmarks.pitch_photos import PITCHES, Taken, list_models, photograph

from photoshoot.placers.studio.variant import load_variant
from photoshoot.records import Box
from photoshoot.viewpoint import estimate_pitch

ROOT = Path(__file__).resolve().parents[1]
_NEAR_DEG = 8
_HALVES = {"tuned": ((0, 1), 0), "held-out": ((5, 6), 1)}


@dataclass(frozen=True)
class Read:
    """What was said of one photo."""

    kind: str
    truth_deg: float
    told_deg: float | None

    @property
    def off_deg(self) -> float:
        """How far off it is; not a number where nothing was said."""
        return float("nan") if self.told_deg is None else abs(self.told_deg - self.truth_deg)


def read(taken: Taken) -> Read:
    """What is said of a photo."""
    solid = taken.alpha > 0.5
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    box = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    cutout: Any = SimpleNamespace(box=box, rgb=taken.rgb, alpha_matte=taken.alpha, touches=frozenset())
    seen = estimate_pitch(cutout, taken.model.category)
    return Read(taken.model.kind, taken.pitch_deg, None if seen is None else seen.pitch_deg)


def measure(archive: Path | None, half: str) -> list[Read]:
    seeds, first = _HALVES[half]
    found = []
    for model in list_models(archive, seeds, first):
        for number, pitch in enumerate(PITCHES):
            rng = np.random.default_rng([model.seed, number, *model.kind.encode()])
            found.append(read(photograph(model, pitch, rng)))
        print(*found[-len(PITCHES) :], flush=True)
    return found


def summarize(found: list[Read]) -> list[str]:
    groups: dict[str, list[Read]] = {"all": found}
    groups |= {f"at {pitch:.0f}°": [one for one in found if one.truth_deg == pitch] for pitch in PITCHES}
    by_kind: dict[str, list[Read]] = collections.defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    lines = [
        "| photos | number | told | mean error | within 8° | told and wrong by > 8° |",
        "|---|---|---|---|---|---|",
    ]
    for name, group in {**groups, **by_kind}.items():
        told = np.array([one.off_deg for one in group if one.told_deg is not None])
        share, wrong = len(told) / len(group), float((told > _NEAR_DEG).sum()) / len(group)
        each = f"{told.mean():.1f}° | {(told <= _NEAR_DEG).mean():.0%}" if len(told) else "- | -"
        lines.append(f"| {name} | {len(group)} | {share:.0%} | {each} | {wrong:.0%} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--archive", type=Path, help="BlendSwap-CC-0.sh3f; without it only procedural things")
    parser.add_argument("--half", choices=tuple(_HALVES), default="held-out")
    arguments = parser.parse_args()
    load_variant(None)
    found = measure(arguments.archive, arguments.half)
    table = summarize(found)
    print("\n".join(table))
    if arguments.archive is None or arguments.half != "held-out":
        return
    told = np.array([one.off_deg for one in found if one.told_deg is not None])
    kinds = len({one.kind for one in found})
    head = [
        "# The photo's pitch",
        "",
        f"- Of {len(found)} photos of {kinds} kinds of things, held out, {len(told) / len(found):.0%} are told: mean "
        f"error {told.mean():.1f}°, {(told <= _NEAR_DEG).mean():.0%} within {_NEAR_DEG}°; told and wrong by more "
        f"{(told > _NEAR_DEG).sum() / len(found):.1%} of all.",
        "",
        (__doc__ or "").strip(),
        "",
    ]
    (ROOT / "benchmarks" / "results" / "pitch.md").write_text("\n".join([*head, *table, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
