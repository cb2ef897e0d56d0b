"""The network that reads a product's shape: a small U-Net that mends what its outline tells. Needs torch.

In: 14 planes of 112 x 112 cells (``learned_shape.stack_planes``), the product in the middle. Out: a vector a cell,
whose direction is the normal and whose length is how sure that is; relief, in 28 cells; and which of four kinds of
solid it is.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

PLANES, KINDS = 14, 4
_WIDTHS = (20, 40, 72, 128)


class _Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.inner(x))


def _join(into: int, width: int, size: int, stride: int) -> nn.Sequential:
    conv = nn.Conv2d(into, width, size, stride, padding=size // 2, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(width), nn.ReLU(inplace=True))


class ShapeNetwork(nn.Module):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, fourth = _WIDTHS
        self.down = nn.ModuleList(
            [
                nn.Sequential(_join(PLANES, first, 5, 2), _Block(first)),
                nn.Sequential(_join(first, second, 3, 2), _Block(second)),
                nn.Sequential(_join(second, third, 3, 2), _Block(third), _Block(third)),
                nn.Sequential(_join(third, fourth, 3, 2), _Block(fourth), _Block(fourth)),
            ]
        )
        self.up = nn.ModuleList(
            nn.Sequential(_join(below + width, width, 1, 1), _Block(width))
            for below, width in ((fourth, third), (third, second), (second, first))
        )
        self.mend = nn.Conv2d(first, 4, 3, padding=1)
        self.tell = nn.Linear(fourth, KINDS)
        nn.init.zeros_(self.mend.weight)
        nn.init.zeros_(self.mend.bias)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors (N, 3, 112, 112), relief (N, 1, 112, 112), and scores of kinds (N, 4)."""
        kept, deep = [], x
        for part in self.down:
            deep = part(deep)
            kept.append(deep)
        kinds = self.tell(deep.mean((2, 3)))
        for part, skip in zip(self.up, kept[-2::-1], strict=True):
            larger = nn.functional.interpolate(deep, scale_factor=2.0, mode="nearest")
            deep = part(torch.cat([larger, skip], 1))
        mended = nn.functional.interpolate(self.mend(deep), scale_factor=2.0, mode="bilinear", align_corners=False)
        return x[:, 4:7] + mended[:, :3], x[:, 7:8] + mended[:, 3:], kinds
