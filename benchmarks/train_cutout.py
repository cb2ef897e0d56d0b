"""Goes on teaching the cut-out network on shards of ``cutout_data``, within so many CPU seconds; resumable.

One thread. Weights begin with ``--start``; a running mean of them is kept. Pictures without mattes (``--plain``) hold
the network to what it said before it was taught, where it was sure.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from benchmarks.cutout_network import CutoutNetwork, convolutions, load_weights
from benchmarks.cutout_views import normalise, vary
from PIL import Image
from torch import Tensor
from torch.nn import functional

_RATE, _DECAY, _MEAN_OVER = 2e-4, 1e-4, 0.99
_SIZES = {192: 8, 288: 4}  # side to photos a step
_LARGE = 0.25  # of steps
_SURE, _HOLD = 0.1, 1.0


def loss_of(logits: list[Tensor], wanted: Tensor, weight: Tensor) -> Tensor:
    """Cross entropy, five times so at outlines, and the share that is missed; of all seven outputs."""
    near = 1 + 4 * (functional.avg_pool2d(wanted, 15, 1, 7) - wanted).abs()
    near = near * weight
    total = torch.zeros(())
    for number, plane in enumerate(logits):
        plane = plane.float()
        entropy = functional.binary_cross_entropy_with_logits(plane, wanted, reduction="none")
        part = (entropy * near).sum() / near.sum()
        found = plane.sigmoid() * weight
        both = (found * wanted).sum((1, 2, 3))
        either = (found + wanted * weight).sum((1, 2, 3)) - both
        part = part + (1 - (both + 1) / (either + 1)).mean()
        total = total + part * (1.0 if not number else 0.25)
    return total


class Pupil:
    """The network, what it was, its running mean and its optimizer."""

    def __init__(self, start: list[np.ndarray], state: Path) -> None:
        self.network, self.before, self.mean = (CutoutNetwork() for _ in range(3))
        for network in (self.network, self.before, self.mean):
            load_weights(network, start)
            network.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=_RATE, weight_decay=_DECAY)
        self.state, self.steps, self.spent_s = state, 0, 0.0
        if state.exists():
            kept = torch.load(state, weights_only=True)
            self.network.load_state_dict(kept["network"])
            self.mean.load_state_dict(kept["mean"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.steps, self.spent_s = kept["steps"], kept["spent_s"]

    def save(self) -> None:
        """Keep all in the file of the state, and the mean's weights beside it."""
        kept = {"network": self.network.state_dict(), "mean": self.mean.state_dict(),
                "optimizer": self.optimizer.state_dict(), "steps": self.steps, "spent_s": self.spent_s}  # fmt: skip
        partial = self.state.with_suffix(".tmp")
        torch.save(kept, partial)
        partial.rename(self.state)
        arrays = [part.detach().numpy() for conv in convolutions(self.mean) for part in (conv.weight, conv.bias)]
        np.savez(self.state.with_suffix(".npz"), **{f"{number:04d}": array for number, array in enumerate(arrays)})

    def learn(self, given: Tensor, wanted: Tensor, weight: Tensor, rate: float) -> float:
        """One step; the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", torch.bfloat16):
            said = self.network(given)
        loss = loss_of(said, wanted, weight)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        self.steps += 1
        over = min(_MEAN_OVER, 1 - 1 / (self.steps + 1))
        with torch.no_grad():
            for kept, new in zip(self.mean.parameters(), self.network.parameters(), strict=True):
                kept.lerp_(new, 1 - over)
        return float(loss.detach())


def hold(
    before: CutoutNetwork, pictures: list[np.ndarray], side: int, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures without mattes: what the network said of them before, and where it was sure."""
    views = []
    for number in rng.choice(len(pictures), _SIZES[side], replace=False):
        picture = pictures[number]
        height, width = picture.shape[:2]
        share = rng.uniform(0.6, 1.0, 2)
        top, left = (
            int(rng.uniform(0, length * (1 - part) + 1)) for length, part in zip((height, width), share, strict=True)
        )
        crop = picture[top : top + max(8, int(height * share[0])), left : left + max(8, int(width * share[1]))]
        crop = crop[:, ::-1] if rng.random() < 0.5 else crop
        shown = (
            np.asarray(
                Image.fromarray(np.ascontiguousarray(crop)).resize((side, side), Image.Resampling.LANCZOS), np.float32
            )
            / 255
        )
        views.append(normalise(np.clip(shown, 1e-4, 1) ** np.float32(rng.uniform(0.8, 1.25))))
    given = torch.from_numpy(np.stack(views)).contiguous(memory_format=torch.channels_last)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        said = before(given)[0].float().sigmoid()
    sure = ((said < _SURE) | (said > 1 - _SURE)).float()
    return given, said.clamp(0, 1), sure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="weights, as cutout_weights writes them")
    parser.add_argument("--plain", type=Path, help="pictures without mattes: an .npz of uint8 arrays")
    parser.add_argument("--cpu-seconds", type=float, default=900)
    parser.add_argument("--piece-seconds", type=float, default=270, help="of the clock, after which it stops")
    parser.add_argument("--rate", type=float, default=_RATE)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    shards = [np.load(path) for path in sorted(arguments.folder.glob("train-????.npz"))]
    photos, mattes = (np.concatenate([shard[key] for shard in shards]) for key in ("rgb", "alpha"))
    plain = list(np.load(arguments.plain).values()) if arguments.plain else []
    start = np.load(arguments.start)
    pupil = Pupil([start[key] for key in sorted(start.files)], arguments.state)
    rng = np.random.default_rng([arguments.seed, pupil.steps])
    began, clock, losses = time.process_time() - pupil.spent_s, time.time(), []
    print(f"{len(photos)} photos, {len(plain)} plain, from step {pupil.steps}", flush=True)
    while time.time() - clock < arguments.piece_seconds:
        pupil.spent_s = time.process_time() - began
        share = pupil.spent_s / arguments.cpu_seconds
        if share >= 1:
            break
        rate = arguments.rate * min(1.0, (pupil.steps + 1) / 30) * max(0.02, 0.5 * (1 + np.cos(np.pi * share)))
        side = 288 if rng.random() < _LARGE else 192
        if plain and pupil.steps % 5 == 4:
            given, wanted, weight = hold(pupil.before, plain, side, rng)
        else:
            which = rng.choice(len(photos), _SIZES[side], replace=False)
            views = [vary(photos[one], mattes[one], side, rng) for one in which]
            given = torch.from_numpy(np.stack([view[0] for view in views])).contiguous(
                memory_format=torch.channels_last
            )
            wanted = torch.from_numpy(np.stack([view[1] for view in views]))[:, None]
            weight = torch.ones_like(wanted)
        losses.append(pupil.learn(given, wanted, weight, float(rate)))
        if pupil.steps % 20 == 0:
            print(f"{pupil.steps} steps, {pupil.spent_s:.0f} s, loss {np.mean(losses):.3f}", flush=True)
            losses = []
        if pupil.steps % 60 == 0:
            pupil.save()
    pupil.save()


if __name__ == "__main__":
    main()
