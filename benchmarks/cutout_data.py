"""Photos and mattes in shards, for ``train_cutout``; run it again to go on where it was stopped."""

from __future__ import annotations

import argparse
from pathlib import Path

import drjit as dr
import numpy as np
from benchmarks.cutout_scenes import Scenery

from photoshoot.placers.studio.variant import load_variant

PER_SHARD, VIEWS = 8, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", type=Path, required=True, help="BlendSwap-CC-0.sh3f")
    parser.add_argument("--half", choices=("train", "held-out"), default="train")
    parser.add_argument("--shards", type=int, default=30)
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    load_variant(None)
    scenery = Scenery(arguments.archive, train=arguments.half == "train")
    dr.set_thread_count(1)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for shard in range(arguments.first, arguments.first + arguments.shards):
        path = arguments.folder / f"{arguments.half}-{shard:04d}.npz"
        if path.exists():
            continue
        taken = []
        for number in range(PER_SHARD):
            taken += scenery.photograph(np.random.default_rng([shard, number, 61, *arguments.half.encode()]), VIEWS)
        partial = path.with_suffix(".tmp.npz")
        np.savez(partial, rgb=np.stack([one.rgb for one in taken]), alpha=np.stack([one.alpha for one in taken]),
                 names=np.array([one.names for one in taken], "U40"))  # fmt: skip
        partial.rename(path)
        print(path.name, len(taken), flush=True)


if __name__ == "__main__":
    main()
