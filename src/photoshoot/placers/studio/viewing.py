"""From where a set is seen, and with how wide a lens: as suits it, or as its design asks for."""

from dataclasses import replace
from functools import partial
from typing import Final

from photoshoot.placers.studio.assets.props.instancing import prop_scale
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.rounding import FINE, Rounding
from photoshoot.records import Canvas, Edge
from photoshoot.sets import LARGE, SetDesign
from photoshoot.sets.props import LARGE_LEAVES
from photoshoot.settings import SizeClass

_PERSON_M, _LEGS_M = 1.65, 0.9
"""Height of who wears what the picture cuts off below, and most of it that is under the picture: there is the floor."""
_LOWEST_EYE, _HIGHEST_EYE = 1.0, 2.1
"""Camera heights between which a photographer's eyes are held, world units: large things are seen from far away."""
_LOW_Y: Final = 0.9
"""Height of a low camera, world units; of products over 1.8 high it is their middle, see ``View.of``."""
_FROM_HIGH_DEG: Final = 24.0
"""How steeply a high camera looks down, where the photo does not say how it did."""
_WIDER, _WIDE_OPEN, _WIDEST_OPEN = 2.0, 0.1, 0.2
"""Of a lens that is opened: how many times as wide as the set's, its least radius and its largest, world units."""
_BEFORE_LEAVES = 0.08
"""Least radius of a lens before large leaves, world units: palms on white have 37.1 dB for 35.6, leaves on sand 41.1
for 39.2."""


def lens_radius(usual: float, design: SetDesign) -> float:
    """Radius of the lens that a design is seen through, world units, where its set's own has a usual one.

    A deep field is that of a pinhole: all is sharp. Large leaves that frame a product are softer than it: all that
    is sharp of them is edges, of which a picture is noisier and takes longer the sharper they are.
    """
    if usual > 0 and design.depth_of_field == "usual" and _is_framed_by_leaves(design):
        return max(usual, _BEFORE_LEAVES)
    if design.depth_of_field == "shallow":
        return min(max(_WIDER * usual, _WIDE_OPEN), max(usual, _WIDEST_OPEN))
    return 0.0 if design.depth_of_field == "deep" else usual


def _is_framed_by_leaves(design: SetDesign) -> bool:
    """Whether large leaves grow beside its product; by night they don't hide stars, which no lens may blur."""
    things = {getattr(design, "props", ""), getattr(design, "beside", ""), *getattr(design, "also", ())}
    return not LARGE_LEAVES.isdisjoint(things) and getattr(design, "night_sky", "none") == "none"


def view_of(canvas: Canvas, design: SetDesign, contact_rise_px: float = 0.0, rounding: Rounding = FINE) -> View:
    """The view from the height that suits the set or is asked for; where it is built to scale, from eyes' height.

    What lies beside the product is in scale to it in every set, and so are rows and paint.
    """
    view = _seen(canvas, design, contact_rise_px, rounding)
    if canvas.m_per_px is None:
        return view
    metre = canvas.m_per_px * view.px_per_unit
    if design.on_foot and canvas.size_class is SizeClass.WEARABLE and Edge.BOTTOM in canvas.snapped:
        shown_m = canvas.product_box.height * canvas.m_per_px
        legs = round(min(max(_PERSON_M - shown_m, 0.0), _LEGS_M) / metre, 1)
        view = replace(view, camera_y=view.camera_y + legs, product_height=view.product_height + legs)
    return replace(view, prop_scale=prop_scale(metre, lying=view.lying)) if design.strews or design.in_scale else view


def _seen(canvas: Canvas, design: SetDesign, contact_rise_px: float, rounding: Rounding) -> View:
    has_floor = design.only_stance is None and canvas.size_class is not SizeClass.WALL
    if design.eye_m is None and canvas.size_class not in (SizeClass.FLOOR, *LARGE):
        canvas = replace(canvas, m_per_px=None)  # not built to scale: one set for small products of any size
    if design.camera_angle == "high" and canvas.pitch_deg is None:
        canvas = replace(canvas, pitch_deg=_FROM_HIGH_DEG)
    look = partial(View.of, has_floor=has_floor, rounding=rounding, shows=design.shows, afloat=design.afloat)
    low = design.camera_angle == "low"
    flat = look(canvas, _LOW_Y if low else design.camera_y, contact_rise_px)
    if design.eye_m is None or flat.unit_m is None or not has_floor:
        return flat
    eye = _LOW_Y if low else min(max(design.eye_m / flat.unit_m, _LOWEST_EYE), _HIGHEST_EYE)
    return look(canvas, round(eye, 2), contact_rise_px)
