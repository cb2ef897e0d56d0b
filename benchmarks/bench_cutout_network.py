"""How well the network alone finds things that it was never shown: before it was taught on renders, after, and between.

Photos of ``cutout_data``'s held-out half. Columns: IoU at 0.5; photos under IoU .9; MAE x1000; shares of the product
that are missed, and of what is not the product that is taken; photos better or worse by .005 of IoU. Needs torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from benchmarks.cutout_network import CutoutNetwork, load_weights
from benchmarks.cutout_views import normalise
from PIL import Image

HEADS = ("share", "IoU", "< .9", "MAE x1000", "missed", "taken", "better", "worse")


def build(start: Path, taught: Path, share: float) -> CutoutNetwork:
    """The network, its weights so far on the way from one file's to the other's."""
    old, new = np.load(start), np.load(taught)
    network = CutoutNetwork()
    load_weights(network, [old[key] + np.float32(share) * (new[key] - old[key]) for key in sorted(old.files)])
    return network.to(memory_format=torch.channels_last).eval()


def measure(network: CutoutNetwork, rgb: np.ndarray, alpha: np.ndarray, side: int) -> tuple[float, ...]:
    """IoU, MAE, what is missed and what is taken, of one photo (h, w, 3) and its matte (h, w), uint8."""
    shown = np.asarray(Image.fromarray(rgb).resize((side, side), Image.Resampling.LANCZOS), np.float32) / 255
    true = np.asarray(Image.fromarray(alpha).resize((side, side), Image.Resampling.BOX), np.float32) / 255
    with torch.no_grad():
        found = network(torch.from_numpy(normalise(shown))[None])[0].sigmoid()[0, 0].numpy()
    one, other = found > 0.5, true > 0.5
    joint = float((one & other).sum() / max(1, (one | other).sum()))
    return joint, 1000 * float(np.abs(found - true).mean()), float((~one)[other].mean()), float(one[~other].mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--taught", type=Path, required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.0, 0.3, 1.0])
    parser.add_argument("--side", type=int, default=192, help="px; the library looks at 288 and 192")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    shards = [np.load(path) for path in sorted(arguments.folder.glob("held-out-????.npz"))]
    photos, mattes = (np.concatenate([shard[key] for shard in shards])[:: arguments.every] for key in ("rgb", "alpha"))
    print(f"{len(photos)} photos, {arguments.side} px\n\n| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    first = None
    for share in arguments.shares:
        network = build(arguments.start, arguments.taught, share)
        rows = np.array([measure(network, *one, arguments.side) for one in zip(photos, mattes, strict=True)])
        first = rows if first is None else first
        gain, (joint, error, missed, taken) = rows[:, 0] - first[:, 0], rows.mean(0)
        print(
            f"| {share:g} | {joint:.3f} | {(rows[:, 0] < 0.9).sum()} | {error:.1f} | {missed:.3f} | {taken:.4f} "
            f"| {(gain > 0.005).sum()} | {(gain < -0.005).sum()} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
