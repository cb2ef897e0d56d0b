"""How what is far behind a product is seen where its photo looks steeply down on it: its horizon comes down.

1. From high up the camera sees nothing behind a table but ground / of a photo, ``horizon_drop``: so far it comes down.
2. What is built there is built as seen from lower / ``seen_from_lower`` has that view, and the slope to rake it by.
"""

from dataclasses import replace

from photoshoot.placers.studio.camera import View

_HIGHEST, _LOWER = 0.32, 0.65  # of a photo behind: share of the picture's height from the top, and how far a higher
_BUILT_HIGHEST, _BUILT_LOWER = 0.2, 0.72  # horizon is lowered to it; and of what is built, which has no need before


def horizon_drop(view: View, least: float = 0.0) -> float:
    """How far the horizon of what is far behind lies under the camera's, world units at the product.

    It is the camera's; but where that lies near the picture's upper edge or over it, as in photos taken from high up,
    it comes part of the way down, so that more is seen than the ground.

    Args:
        view: The camera.
        least: Share of the picture's height that lies over it at least, 0 = any.
    """
    asked = least * (view.top - view.bottom) - (view.top - view.camera_y) if least > 0 else 0.0
    return max(0.0, _LOWER * _over(view, _HIGHEST), asked)


def seen_from_lower(view: View) -> tuple[View, float]:
    """The view that what is far behind is built for, and the slope that brings it there, see ``raked``.

    The lens is shifted, so seen from lower with the film as much lower is sheared: y falls evenly with the distance
    behind the product, uprights stay upright, and what stands at the product stays in its place. As theatres' stages
    are raked, this one falls away.
    """
    rows = round(max(0.0, _BUILT_LOWER * _over(view, _BUILT_HIGHEST)) * view.px_per_unit)
    drop = rows / view.px_per_unit
    lower = replace(view, axis_row_px=view.axis_row_px + rows, camera_y=view.camera_y - drop)
    return (lower, drop / view.distance) if rows else (view, 0.0)


def _over(view: View, highest: float) -> float:
    """How far the camera's horizon lies over what is a share of the picture's height under its upper edge."""
    return view.camera_y - view.top + highest * (view.top - view.bottom)
