"""The product's stand-in: a thin solid that fills exactly the product's silhouette and shines its colours into the set.

It casts the product's shadows and shows in reflections; the camera's own view of it is painted over by the product's
pixels at the end. Its front is bent so that it touches the support along the product's lower contour, and its back is
pushed away along the camera's rays, hence hidden behind the front whatever the product's shape. Where the product is
translucent both sides are perforated, so that part of the light passes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.color import bytes_to_linear
from photoshoot.placers.studio.geometry import Mesh, triangulate_region
from photoshoot.placers.studio.translucency import Silhouette, build_screen
from photoshoot.placers.studio.view import View
from photoshoot.records import AlphaMatte, Canvas, Edge, LinearImage, ProductLayer
from photoshoot.settings import Stance

Floats = npt.NDArray[np.float64]

_MARGIN_PX = 6
_ERODE_PX = 1.0  # the solid stays this far inside the matte's edge, so that no rim of it shows
_CELLS = 60_000  # about how many grid cells cover the product
_FLAT_REACH = 0.03  # of the product's height: a contour lower than this over the base touches the support
_CONTACT_REACH = 0.14  # so does a gentle one up to here: a second foot
_SLOPE_REACH = 0.40  # and a sole that climbs gently from the base, as of a shoe turned aside, up to here
_GENTLE = 0.8  # rows a column; what is steeper is a rounded corner, not a sole
_THICKNESS = {Stance.UPRIGHT: (0.8, 0.5), Stance.LYING: (0.25, 0.05), Stance.HANGING: (0.4, 0.09)}
"""Share of a round body, and half of the most, in world units."""
_BEHIND = 0.002  # so that front and back don't fight at the rim


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductProxy:
    """The stand-in's two sides."""

    front: Mesh
    """Faces the camera; its texture coordinates address ``colors``."""
    back: Mesh
    """Faces away from the camera."""
    colors: LinearImage
    """The product's pixels round its box, extended past the matte; row 0 is the top."""
    body_color: npt.NDArray[np.float32]
    """Mean colour (3,), linear; of the back."""


def build_proxy(layer: ProductLayer, canvas: Canvas, view: View) -> ProductProxy:
    """Shape the stand-in of a product on its canvas.

    Args:
        layer: The product on the canvas. Edges under 50 % opacity are left out, see ``translucency`` for glass.
        canvas: Its geometry; on snapped edges the solid goes on a little past the picture.
        view: The canvas's camera.
    """
    window = _Window.around(layer, canvas)
    contact = trace_contact(window.alpha, window.top, canvas)
    silhouette = Silhouette.of(window.alpha)
    points, faces = _outline(window, silhouette, contact)
    columns, rows = window.left + points[:, 0], window.top + points[:, 1]
    front = _front_vertices(columns, rows, window, contact, view)
    back = _push_back(front, _thickness_at(points, silhouette.filled, contact, view), view)
    height, width = window.alpha.shape
    uv = points / [width, height]
    colors = _extend_colors(window, silhouette)
    return ProductProxy(
        front=Mesh(vertices=front.astype(np.float32), faces=faces, uv=uv.astype(np.float32)),
        back=Mesh(vertices=back.astype(np.float32), faces=np.ascontiguousarray(faces[:, ::-1])),
        colors=colors,
        body_color=np.asarray(np.clip(colors[window.alpha > 0.5].mean(0), 0.02, 0.9), np.float32),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Contact:
    """Where the product meets its support, by column of a window."""

    rows_px: Floats
    """Canvas row (fractional, lower edge) of the contour that stands on the support, interpolated between contacts."""
    touches: npt.NDArray[np.bool_]
    """Columns whose contour touches."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Window:
    """The product's part of the canvas, with a margin that may lie outside the canvas."""

    left: int
    top: int
    alpha: AlphaMatte
    rgb: npt.NDArray[np.uint8]

    @classmethod
    def around(cls, layer: ProductLayer, canvas: Canvas) -> _Window:
        box, margin = canvas.product_box, _MARGIN_PX
        padded_alpha = _pad(layer.alpha_matte, canvas.snapped)
        padded_rgb = np.pad(layer.rgb, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
        rows = slice(max(0, box.top), min(canvas.height_px, box.bottom) + 2 * margin)
        columns = slice(max(0, box.left), min(canvas.width_px, box.right) + 2 * margin)
        return cls(
            left=columns.start - margin,
            top=rows.start - margin,
            alpha=padded_alpha[rows, columns],
            rgb=padded_rgb[rows, columns],
        )


def trace_contact(alpha: AlphaMatte, top: int, canvas: Canvas) -> Contact:
    """Find the lower contour and which of it stands on the support.

    Args:
        alpha: (h, w), a window of the layer's matte.
        top: Canvas row of the window's first row.
        canvas: The product's geometry; only what stands has a contour on a support.
    """
    solid = alpha > 0.5
    filled = solid.any(axis=0)
    lowest = top + alpha.shape[0] - np.argmax(solid[::-1], axis=0).astype(np.float64)
    base = min(canvas.product_box.bottom, float(lowest[filled].max()) if filled.any() else np.inf)
    touches = filled & _stands(base - lowest, canvas.product_box.height)
    if canvas.stance is not Stance.UPRIGHT or not touches.any():
        return Contact(rows_px=np.full(alpha.shape[1], base), touches=np.zeros(alpha.shape[1], bool))
    columns = np.arange(alpha.shape[1])
    rows = np.interp(columns, columns[touches], lowest[touches])
    rows = ndimage.gaussian_filter1d(ndimage.median_filter(rows, 9, mode="nearest"), 3, mode="nearest")
    return Contact(rows_px=np.minimum(rows, base), touches=touches)


def contact_rise(layer: ProductLayer, canvas: Canvas) -> float:
    """How far over the base the highest foot of a product stands in the picture, px: more the steeper it was seen."""
    window = _Window.around(layer, canvas)
    contact = trace_contact(window.alpha, window.top, canvas)
    if not contact.touches.any():
        return 0.0
    rows = contact.rows_px[contact.touches]
    return float(rows.max() - rows.min())


def _stands(height_px: Floats, product_px: int) -> npt.NDArray[np.bool_]:
    """Which columns of a contour, given its height over the base, stand on the support."""
    slope = np.abs(np.gradient(ndimage.gaussian_filter1d(height_px, max(1.0, 0.01 * product_px), mode="nearest")))
    gentle = slope < _GENTLE
    flat = height_px <= _FLAT_REACH * product_px + 1
    runs, _ = ndimage.label(gentle & (height_px <= _SLOPE_REACH * product_px + 1))
    from_base = np.unique(runs[flat])
    sole = np.isin(runs, from_base[from_base > 0])
    return np.asarray(flat | sole | (gentle & (height_px <= _CONTACT_REACH * product_px + 1)), bool)


def _pad(alpha: AlphaMatte, snapped: frozenset[Edge]) -> AlphaMatte:
    margin = _MARGIN_PX
    padded = np.pad(alpha, margin)
    if Edge.LEFT in snapped:
        padded[:, :margin] = padded[:, margin : margin + 1]
    if Edge.RIGHT in snapped:
        padded[:, -margin:] = padded[:, -margin - 1 : -margin]
    if Edge.TOP in snapped:
        padded[:margin] = padded[margin : margin + 1]
    if Edge.BOTTOM in snapped:
        padded[-margin:] = padded[-margin - 1 : -margin]
    return padded


def _outline(window: _Window, silhouette: Silhouette, contact: Contact) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Vertices and triangles as of ``_triangulate``: the solid part whole, the translucent one as a screen."""
    glass = ndimage.binary_erosion(silhouette.translucent, iterations=2)  # the parts overlap: no light between them
    solid = silhouette.filled & ~glass
    points, faces = _triangulate(_inside_distance(_with_foot(solid, contact)))
    if not glass.any():
        return points, faces
    screen, plates = build_screen(window.alpha, silhouette.translucent)
    return np.concatenate([points, screen]), np.concatenate([faces, plates + np.int32(len(points))])


def _with_foot(solid: npt.NDArray[np.bool_], contact: Contact) -> npt.NDArray[np.bool_]:
    """The silhouette, grown downward where it touches, so that shrinking it takes nothing off the base."""
    reach = int(np.ceil(_ERODE_PX))
    grown = solid.copy()
    for step in range(1, reach + 1):
        grown[step:] |= solid[:-step]
    return np.where(contact.touches, grown, solid)


def _inside_distance(solid: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Signed distance to the silhouette's edge, px, positive inside, less what is shaved off."""
    outside = ndimage.distance_transform_edt(~solid)
    inside = ndimage.distance_transform_edt(solid)
    return np.asarray(ndimage.gaussian_filter(inside - outside, 0.7) - _ERODE_PX, np.float32)


def _triangulate(distance: npt.NDArray[np.float32]) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Vertices as (column, row) in the window, fractional px with pixel centres at +0.5, and triangles."""
    step = max(1, round((distance.size / _CELLS) ** 0.5))
    field = distance[::step, ::step].copy()
    field[[0, -1]] = np.minimum(field[[0, -1]], -0.1)
    field[:, [0, -1]] = np.minimum(field[:, [0, -1]], -0.1)
    points, faces = triangulate_region(field, 0.0)
    return points.astype(np.float64) * step + 0.5, faces


def _front_vertices(columns: Floats, rows: Floats, window: _Window, contact: Contact, view: View) -> Floats:
    if view.frontal:
        return view.to_world(columns, rows, 0.0)
    centers = window.left + np.arange(window.alpha.shape[1]) + 0.5
    support = np.clip(view.floor_z(contact.rows_px), -view.product_reach, 0)
    vertices = view.to_world(columns, rows, np.interp(columns, centers, support))
    vertices[:, 1] = np.maximum(vertices[:, 1], 0)
    return vertices


def _thickness_at(points: Floats, solid: npt.NDArray[np.bool_], contact: Contact, view: View) -> Floats:
    """How thick the solid is at points of the window, world units: a round body, cut at the base where it stands."""
    share, most = _THICKNESS[view.stance]
    height, width = solid.shape
    grounded = np.zeros((height + height // 2, width), bool)
    grounded[:height] = solid
    below = np.arange(len(grounded))[:, None] >= np.where(
        solid.any(0), height - np.argmax(solid[::-1], axis=0), len(grounded)
    )
    grounded |= below & contact.touches
    edge = ndimage.distance_transform_edt(grounded)[:height]
    radius = edge.max()
    body = 2 * share * np.sqrt(np.maximum(edge * (2 * radius - edge), 0)) / view.px_per_unit
    smooth = ndimage.gaussian_filter(np.minimum(body, 2 * most), 1.5)
    at = [np.clip(points[:, 1] - 0.5, 0, height - 1), np.clip(points[:, 0] - 0.5, 0, width - 1)]
    return np.asarray(ndimage.map_coordinates(smooth, at, order=1), np.float64)


def _push_back(front: Floats, thickness: Floats, view: View) -> Floats:
    camera = np.array([0.0, view.camera_y, view.distance])
    depth = view.distance - front[:, 2]
    return np.asarray(camera + (front - camera) * (1 + (thickness + _BEHIND) / depth)[:, None], np.float64)


def _extend_colors(window: _Window, silhouette: Silhouette) -> LinearImage:
    """Linear colours; pixels of the soft edge take the nearest inner pixel's."""
    solid = (window.alpha > 0.85) | silhouette.translucent
    linear = bytes_to_linear(window.rgb)
    if not solid.any():
        return linear
    rows, columns = ndimage.distance_transform_edt(~solid, return_distances=False, return_indices=True)
    return np.asarray(linear[rows, columns], np.float32)
