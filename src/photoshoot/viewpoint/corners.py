"""How far the corner of a box comes down: two edges at a right angle on the floor tell how steeply they are seen.

Of two such edges, one turned by φ, the other by 90° - φ, seen at θ below the horizon from far away, the pictures climb
by tan φ sin θ and by cot φ sin θ. Their product is sin² θ, whatever φ is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoshoot.viewpoint.outline import Outline

_TRIM = 0.03  # of the width at each side: corners are rounded
_PLACES = np.linspace(0.06, 0.94, 41)
_LEAST_COLUMNS = 24


@dataclass(frozen=True, kw_only=True)
class Corner:
    """Two lines along the lower contour."""

    left: float
    """Rows a column that the left one comes down."""
    right: float
    """Rows a column that the right one climbs."""
    place: float
    """Where they meet, of the width."""
    error: float
    """Root mean square that they leave, of the width."""
    straight: float
    """What one line leaves."""

    @property
    def sine(self) -> float:
        """Of how steeply they are seen, 0 to 1; 0 where they do not form a corner."""
        return float(min(1.0, np.sqrt(max(0.0, self.left) * max(0.0, self.right))))


def fit_corner(outline: Outline) -> Corner | None:
    """Fit the lower contour of an outline; None where it is too small."""
    columns, rows = outline.lower()
    if len(columns) < _LEAST_COLUMNS:
        return None
    wide = len(columns)
    across = (columns - columns[0]) / wide
    use = (across > _TRIM) & (across < 1 - _TRIM)
    across, rows = across[use], rows[use] / wide
    fits = []
    for place in _PLACES:
        away = across - place
        basis = np.stack([np.ones_like(away), np.minimum(away, 0), np.maximum(away, 0)], 1)
        fit = np.linalg.lstsq(basis, rows, rcond=None)[0]
        fits.append((float(np.sqrt(np.mean((basis @ fit - rows) ** 2))), float(fit[1]), -float(fit[2]), float(place)))
    error, left, right, place = min(fits)
    line = np.polyval(np.polyfit(across, rows, 1), across)
    straight = float(np.sqrt(np.mean((line - rows) ** 2)))
    return Corner(left=left, right=right, place=place, error=error, straight=straight)
