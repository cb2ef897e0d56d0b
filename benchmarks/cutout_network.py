"""U^2-Net's small network in PyTorch, with the weights of an ONNX file. Needs torch.

The batch normalisation of its training is folded into the convolutions there, and stays so: no running statistic can
drift. Source: Qin et al., "U^2-Net: going deeper with nested U-structure for salient object detection" (2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

_MID, _OUT = 16, 64


class _Conv(nn.Conv2d):
    def __init__(self, into: int, out: int, dilation: int = 1) -> None:
        super().__init__(into, out, 3, padding=dilation, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(super().forward(x))


class _Block(nn.Module):
    """A small U-Net with a way round it; ``dilations`` takes the place of smaller sizes where it is given."""

    def __init__(self, into: int, depth: int, *, flat: bool = False) -> None:
        super().__init__()
        down = [2**number for number in range(depth)] if flat else [1] * (depth - 1) + [2]
        up = down[-2::-1] if flat else [1] * (depth - 1)
        self.flat = flat
        self.entry = _Conv(into, _OUT)
        self.down = nn.ModuleList(_Conv(_OUT if not number else _MID, _MID, by) for number, by in enumerate(down))
        wide = [_MID] * (depth - 2) + [_OUT]
        self.up = nn.ModuleList(_Conv(2 * _MID, out, by) for out, by in zip(wide, up, strict=True))

    def forward(self, x: Tensor) -> Tensor:
        start = self.entry(x)
        kept, deep = [], start
        for number, conv in enumerate(self.down):
            if not self.flat and 0 < number < len(self.down) - 1:
                deep = _halve(deep)
            deep = conv(deep)
            kept.append(deep)
        deep = kept.pop()
        for conv in self.up:
            skip = kept.pop()
            deep = conv(torch.cat([_resize(deep, skip), skip], 1))
        return deep + start


def _halve(x: Tensor) -> Tensor:
    return functional.max_pool2d(x, 2, 2, ceil_mode=True)


def _resize(x: Tensor, like: Tensor) -> Tensor:
    if x.shape[-2:] == like.shape[-2:]:
        return x
    return functional.interpolate(x, size=like.shape[-2:], mode="bilinear", align_corners=False)


class CutoutNetwork(nn.Module):
    """A normalised picture (N, 3, h, w) to seven logits (N, 1, h, w), the joint one first."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList(
            [_Block(3, 7), _Block(_OUT, 6), _Block(_OUT, 5), _Block(_OUT, 4),
             _Block(_OUT, 4, flat=True), _Block(_OUT, 4, flat=True)]
        )  # fmt: skip
        deep = 2 * _OUT
        self.up = nn.ModuleList(
            [_Block(deep, 4, flat=True), _Block(deep, 4), _Block(deep, 5), _Block(deep, 6), _Block(deep, 7)]
        )
        self.sides = nn.ModuleList(nn.Conv2d(_OUT, 1, 3, padding=1) for _ in range(6))
        self.join = nn.Conv2d(6, 1, 1)

    def forward(self, x: Tensor) -> list[Tensor]:
        """See the class."""
        kept, deep = [], x
        for number, block in enumerate(self.down):
            deep = block(_halve(deep) if number else deep)
            kept.append(deep)
        found = [kept.pop()]
        for block in self.up:
            skip = kept.pop()
            deep = block(torch.cat([_resize(deep, skip), skip], 1))
            found.append(deep)
        sides = [_resize(side(plane), x) for side, plane in zip(self.sides, reversed(found), strict=True)]
        return [self.join(torch.cat(sides, 1)), *sides]


def convolutions(network: CutoutNetwork) -> list[nn.Conv2d]:
    """All of a network's, in the order in which they come in the ONNX file."""
    blocks = [*network.down, *network.up]
    inner = [conv for block in blocks for conv in block.modules() if isinstance(conv, nn.Conv2d)]
    return [*inner, *network.sides, network.join]  # type: ignore[list-item]


def load_weights(network: CutoutNetwork, arrays: Sequence[np.ndarray]) -> None:
    """Weights and biases by turns, as ``cutout_weights`` finds them."""
    slots = [part for conv in convolutions(network) for part in (conv.weight, conv.bias)]
    with torch.no_grad():
        for slot, array in zip(slots, arrays, strict=True):
            assert slot is not None
            slot.copy_(torch.from_numpy(array.copy()))
