"""The quality gate: is the product in the shot still exactly the product?"""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np

from photoshoot.imaging import CORE_ALPHA, tight_box
from photoshoot.records import Box, Canvas, Edge, ProductLayer, QualityReport, Shot

MAX_RELIT_DIFFERENCE = 48
"""Largest change of a core pixel, 0 to 255, that passes when relighting was asked for; without it the bound is 0."""


def inspect(shot: Shot, layer: ProductLayer) -> Shot:
    """Measure a shot against the product layer it was made from; returns it with its ``QualityReport``.

    The core is every pixel whose matte is at least 254/255. ``changed_share`` and ``max_difference`` compare the
    core of the picture with the layer; ``core_sha256`` is the digest of the core's bytes in the picture, so two shots
    of one canvas with the same product have the same digest.
    """
    core = layer.alpha_matte >= CORE_ALPHA
    shown, expected = shot.image[core], layer.rgb[core]
    difference = np.abs(shown.astype(np.int16) - expected).max(axis=1, initial=0)
    relit = float(shot.provenance.settings.get("relight", 0)) > 0
    worst = int(difference.max(initial=0))
    inside = _inside_safe_area(shot.canvas, layer)
    report = QualityReport(
        changed_share=float((difference > 0).mean()) if difference.size else 0.0,
        max_difference=worst,
        core_sha256=hashlib.sha256(shown.tobytes()).hexdigest(),
        inside_safe_area=inside,
        passed=inside and worst <= (MAX_RELIT_DIFFERENCE if relit else 0),
    )
    return dataclasses.replace(shot, quality=report)


def _inside_safe_area(canvas: Canvas, layer: ProductLayer) -> bool:
    box = tight_box(layer.alpha_matte, float(CORE_ALPHA) - 1e-6)
    safe = canvas.safe_area
    allowed = Box(
        left=0 if Edge.LEFT in canvas.snapped else safe.left,
        top=0 if Edge.TOP in canvas.snapped else safe.top,
        right=canvas.width_px if Edge.RIGHT in canvas.snapped else safe.right,
        bottom=canvas.height_px if Edge.BOTTOM in canvas.snapped else safe.bottom,
    )
    return box is None or allowed.contains(box)
