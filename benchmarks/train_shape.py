"""Teaches the shape network on shards of ``shape_data``, within so many CPU seconds; writes ``shape.onnx``.

One thread. A tenth of the training shards are never trained on; the others are shown with their sides swapped and their
colours shifted by chance.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from benchmarks.learned_shape import DEPTH_UNIT, GRID, stack_planes
from benchmarks.shape_network import ShapeNetwork
from torch import Tensor
from torch.nn import functional

_BATCH, _RATE, _DECAY, _WARM = 16, 4e-3, 0.01, 0.05


class Views:
    """All views of some shards, as they lie there, moved to the middle."""

    def __init__(self, paths: list[Path]) -> None:
        shards = [dict(np.load(path)) for path in paths]
        self.data = {key: np.concatenate([shard[key] for shard in shards]) for key in shards[0]}
        for number, alpha in enumerate(self.data["alpha"]):
            rows, columns = (np.flatnonzero((alpha > 127).any(axis)) for axis in (1, 0))
            shift = (56 - (rows[0] + rows[-1] + 1) // 2, 56 - (columns[0] + columns[-1] + 1) // 2)
            for key in ("rgb", "alpha", "inflated", "height", "normals", "depth", "valid"):
                self.data[key][number] = np.roll(self.data[key][number], shift, (0, 1))

    def __len__(self) -> int:
        return len(self.data["form"])

    def take(self, which: np.ndarray, rng: np.random.Generator | None = None) -> tuple[Tensor, dict[str, Tensor]]:
        """What the network is given and what it is to say; with ``rng``, changed by chance."""
        one = {key: self.data[key][which] for key in self.data if key != "name"}
        rgb, alpha = one["rgb"].astype(np.float32) / 255, one["alpha"].astype(np.float32) / 255
        inflated, normals = one["inflated"].astype(np.float32) / 127, one["normals"].astype(np.float32) / 127
        if rng is not None:
            gain = rng.uniform(0.8, 1.2, (len(which), 1, 1, 3)) * rng.uniform(0.7, 1.3, (len(which), 1, 1, 1))
            rgb = np.clip(rgb, 1e-4, 1) ** rng.uniform(0.7, 1.4, (len(which), 1, 1, 1)) * gain
            rgb = np.clip(rgb, 0, 1).astype(np.float32)
        height, form = one["height"].astype(np.float32), one["form"].tolist()
        given = np.stack([stack_planes(*view) for view in zip(rgb, alpha, inflated, height, form, strict=True)])
        wanted = {
            "normals": np.moveaxis(normals, -1, 1),
            "depth": one["depth"].astype(np.float32)[:, None] / DEPTH_UNIT,
            "valid": one["valid"].astype(np.float32)[:, None],
        }
        if rng is not None:
            swapped = rng.random(len(which)) < 0.5
            for plane in (given, *wanted.values()):
                plane[swapped] = plane[swapped][..., ::-1]
            given[swapped, 4] *= -1
            given[swapped, 13] *= -1
            wanted["normals"][swapped, 0] *= -1
        told = {key: torch.from_numpy(np.ascontiguousarray(plane)) for key, plane in wanted.items()}
        told["kind"] = torch.from_numpy(one["kind"].astype(np.int64))
        return torch.from_numpy(given).contiguous(memory_format=torch.channels_last), told


def loss_of(said: tuple[Tensor, Tensor, Tensor], wanted: dict[str, Tensor]) -> Tensor:
    """Squared error of vectors, whose length is so how sure they are; of directions, of relief's steps; the kind."""
    vectors, relief, kinds = said
    valid, normals = wanted["valid"], wanted["normals"]
    share = 1 / valid.sum((1, 2, 3)).clamp(min=1)
    mean = lambda plane: ((plane * valid).sum((1, 2, 3)) * share).mean()  # noqa: E731
    length = (vectors.square().sum(1, keepdim=True) + 1e-4).sqrt()
    turned = 1 - (vectors * normals).sum(1, keepdim=True) / length
    steps = 0.0
    for apart in (2, 8):
        for axis in (2, 3):
            both = valid.narrow(axis, apart, GRID - apart) * valid.narrow(axis, 0, GRID - apart)
            off = relief - wanted["depth"]
            step = (off.narrow(axis, apart, GRID - apart) - off.narrow(axis, 0, GRID - apart)).abs().clamp(max=0.5)
            steps = steps + (step * both).sum() / both.sum().clamp(min=1) / apart
    kind = functional.cross_entropy(kinds, wanted["kind"], ignore_index=-1)
    return mean((vectors - normals).square().sum(1, keepdim=True)) + mean(turned) + 2.0 * steps + 0.03 * kind


def degrees_off(network: ShapeNetwork, views: Views) -> Iterator[dict[str, object]]:
    """Of each view, how far the network's normals and the outline's are off."""
    network.eval()
    for first in range(0, len(views), 32):
        which = np.arange(first, min(first + 32, len(views)))
        given, wanted = views.take(which)
        with torch.no_grad():
            vectors, _, kinds = network(given)
        valid = wanted["valid"][:, 0] > 0
        for number, view in enumerate(which):
            row: dict[str, object] = {"name": str(views.data["name"][view]), "form": int(views.data["form"][view])}
            row |= {"kind": int(views.data["kind"][view]), "told": int(kinds[number].argmax())}
            row["sure"] = float(vectors[number].norm(dim=0)[valid[number]].mean())
            for name, found in (("net", vectors[number]), ("inflated", given[number, 4:7])):
                cosine = functional.cosine_similarity(found, wanted["normals"][number], dim=0)[valid[number]]
                off = torch.rad2deg(torch.arccos(cosine.clamp(-1, 1)))
                row[name], row[f"{name}_under"] = float(off.mean()), float((off < 20).float().mean())
            yield row
    network.train()


def say(rows: list[dict[str, object]]) -> str:
    mean = lambda key: float(np.mean([float(str(row[key])) for row in rows]))  # noqa: E731
    better = np.mean([float(str(row["net"])) < float(str(row["inflated"])) for row in rows])
    return (
        f"{len(rows)} views: outline {mean('inflated'):.1f} ({mean('inflated_under'):.0%} under 20), "
        f"network {mean('net'):.1f} ({mean('net_under'):.0%}), better in {better:.0%}"
    )


def export(network: ShapeNetwork, path: Path) -> None:
    """Write it as ONNX, with weights in half precision behind casts that ONNX Runtime folds away."""
    import onnx
    from weights.half_precision import store_weights_as_fp16  # which needs onnx, too

    buffer, told = io.BytesIO(), ["vectors", "relief", "kinds"]
    example = (torch.zeros(1, 14, GRID, GRID),)
    torch.onnx.export(
        network.eval(), example, buffer, input_names=["planes"], output_names=told, opset_version=17, dynamo=False
    )
    model = onnx.load_from_string(buffer.getvalue())
    onnx.save(store_weights_as_fp16(model, "Shape of a product; Apache-2.0"), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cpu-seconds", type=float, default=900)
    parser.add_argument("--minutes", type=float, default=60, help="by the clock, where that ends first")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--views", type=int, default=1 << 20, help="train on so many shards at most")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    paths = sorted(arguments.folder.glob("train-*[0-9].npz"))
    kept, shown = paths[::10], [path for number, path in enumerate(paths) if number % 10]
    views, check = Views(shown[: arguments.views]), Views(kept)
    network = ShapeNetwork().to(memory_format=torch.channels_last)
    print(f"{sum(part.numel() for part in network.parameters())} parameters, {len(views)} views", flush=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    began = time.time()
    start, spent, steps, told, losses = time.process_time(), 0.0, 0, 0.0, []
    order = np.zeros(0, int)
    while spent < 1:
        if len(order) < _BATCH:
            order = np.concatenate([order, rng.permutation(len(views))])
        which, order = order[:_BATCH], order[_BATCH:]
        spent = max(
            (time.process_time() - start) / arguments.cpu_seconds, (time.time() - began) / 60 / arguments.minutes
        )
        rate = _RATE * min(spent / _WARM, 0.5 * (1 + np.cos(np.pi * min(1, max(0, spent - _WARM) / (1 - _WARM)))))
        for group in optimizer.param_groups:
            group["lr"] = max(rate, 1e-6)
        given, wanted = views.take(which, rng)
        loss = loss_of(network(given), wanted)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(float(loss.detach()))
        steps += 1
        if spent - told > 0.1 or spent >= 1:
            told = spent
            told_now = say(list(degrees_off(network, check)))
            print(f"{spent:.0%} {steps} steps, loss {np.mean(losses):.3f}; kept back, {told_now}", flush=True)
            torch.save(network.state_dict(), arguments.folder / "shape.pt")
            losses = []
    torch.save(network.state_dict(), arguments.folder / "shape.pt")
    rows = list(degrees_off(network, Views(sorted(arguments.folder.glob("held-out-*[0-9].npz")))))
    print(f"held out: {say(rows)}", flush=True)
    export(network, arguments.folder / "shape.onnx")


if __name__ == "__main__":
    main()
