"""A bottle of hand wash: dark green plastic, wooden cap, a printed label."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from photography import Part

from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, plastic
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from products.artwork import Sheet

RADIUS = 0.43
_LABEL_ANGLE_DEG = 118.0
_LABEL_BOTTOM, _LABEL_TOP = 0.2, 1.16
_INK = "#23392f"


def build_bottle() -> dict[str, Part]:
    """The bottle's parts."""
    cap_wood = bitmap(
        wood("#c9a574", "#8d6238", WoodGrain(planks=1, contrast=0.7, seed=2)).color, Tiling(scale=(0.5, 0.35))
    )
    return {
        "body": (_body(), plastic("#123328", 0.045, 1.52)),
        "label": (_label(), plastic(bitmap(_artwork(), clamp=True), 0.32)),
        "collar": (bevelled_cylinder(0.215, 0.07, 0.015).moved(y=1.535), plastic("#0c0d0d", 0.12)),
        "cap": (bevelled_cylinder(0.25, 0.40, 0.022).moved(y=1.6), plastic(cap_wood, 0.3)),
    }


def _body() -> Mesh:
    turn = np.linspace(0, np.pi / 2, 20)
    shoulder = np.stack([0.21 + (RADIUS - 0.21) * np.sin(turn), 1.28 + 0.22 * np.cos(turn) ** 1.3], 1)
    foot = np.stack([RADIUS - 0.07 * (1 - np.cos(turn)), 0.07 * (1 - np.sin(turn))], 1)
    rim = [(0.0, 1.56), (0.19, 1.56), (0.19, 1.53)]
    return lathe(np.concatenate([rim, shoulder, foot, [[0.0, 0.0]]]), 160)


def _label() -> Mesh:
    """A sheet round the body, its edges a hair off the surface."""
    angle = np.radians(np.linspace(-_LABEL_ANGLE_DEG, _LABEL_ANGLE_DEG, 121))
    y = np.linspace(_LABEL_TOP, _LABEL_BOTTOM, 9)[:, None] + 0 * angle
    radius = RADIUS + 0.0035
    return grid(np.stack([radius * np.sin(angle) + 0 * y, y, radius * np.cos(angle) + 0 * y], -1))


def _artwork() -> npt.NDArray[np.float32]:
    sheet = Sheet(2214, 1200, "#efe8d8")
    middle = sheet.width / 2
    sheet.box((0, 0, sheet.width, 26), "#b9824a")
    sheet.box((0, sheet.height - 26, sheet.width, sheet.height), "#b9824a")
    sheet.sprig((middle - 6, 500), 360, "#4d6a55")
    sheet.text((middle, 610), "VERDANE", 104, _INK, spacing=0.22, bold=0.012)
    sheet.box((middle - 60, 694, middle + 60, 698), "#b9824a")
    sheet.text((middle, 762), "BERGAMOT & CEDAR", 44, _INK, spacing=0.16)
    sheet.text((middle, 832), "botanical hand wash", 42, "#5c6b60", spacing=0.04)
    sheet.text((middle, 1080), "300 ml  ·  10.1 fl oz", 34, _INK, spacing=0.08)
    note = ["Lather, rinse, breathe in.", "Plant oils from small", "groves. Vegan. Refill me."]
    sheet.paragraph((1640, 420), note, 36, _INK)
    sheet.paragraph(
        (1640, 640),
        ["Aqua, Coco-Glucoside,", "Glycerin, Citrus Bergamia,", "Cedrus Atlantica, Linalool"],
        26,
        "#5c6b60",
    )
    sheet.barcode((330, 760), (260, 150), 3)
    return sheet.printed()
