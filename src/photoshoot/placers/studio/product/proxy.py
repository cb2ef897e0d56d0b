"""The product's stand-in: a thin solid that fills exactly the product's silhouette and shines its colours into the set.

It casts the product's shadows and shows in reflections; the camera's own view of it is painted over by the product's
pixels at the end. Its front is bent so that it touches the support along the product's lower contour, and its back is
pushed away along the camera's rays, hence hidden behind the front whatever the product's shape. What lies rests on its
whole back, and its front is as far over that as it is thick there, so that its shadow begins at its outline. Where the
product is translucent both sides are perforated, so that part of the light passes: see ``translucency``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.geometry.marching_squares import triangulate_region
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.product.contact import Contact, ProductWindow, trace_contact
from photoshoot.placers.studio.product.translucency import Silhouette, build_screen
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, area_emitter, bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.records import Canvas, LinearImage, ProductLayer
from photoshoot.settings import Stance

_ERODE_PX = 1.0  # the solid stays this far inside the matte's edge, so that no rim of it shows
_CELLS = 25_000  # about how many grid cells cover the product: cells of two to four pixels
_LARGEST = 4  # of them along the side of what they are joined to, deep inside
_THICKNESS = {Stance.UPRIGHT: (0.8, 0.5), Stance.LYING: (0.25, 0.05), Stance.HANGING: (0.4, 0.09)}
"""Share of a round body, and half of the most, in world units."""
_THINNEST = 0.045  # of what lies, at its rim, world units; thinner things throw no shadow that is seen
_LOW_BODY = 0.5  # of the product's height, under which what is between its feet has a flat underside
_FRAME = 0.035  # of it, half the width up to which what is between feet is a leg or a stretcher, and no body
_SLANT_BLUR = 0.02  # of the product's width
_BEHIND = 0.002  # so that front and back don't fight at the rim
_TEXTURE_PX = 384  # side of the product's colours; one size for all, since each size has kernels of its own


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductProxy:
    """The stand-in's two sides."""

    front: Mesh
    """Faces the camera; its texture coordinates address ``colors``."""
    back: Mesh
    """Faces away from the camera."""
    colors: LinearImage
    """The product's pixels round its box, extended past the matte; row 0 is the top. Darker where the front is slanted,
    so that a pixel gives no more light than it shows."""
    body_color: npt.NDArray[np.float32]
    """Mean colour (3,), linear; of the back."""

    def load_shapes(self, tone_mapping: ToneMapping) -> dict[str, mi.Object]:
        """Mitsuba shapes: as ``tone_mapping`` shows it the front has the product's pixels, whatever the light."""
        if not len(self.front.faces):  # the product is thinner than the solid's rim: it has no body
            return load_absence()
        size = (_TEXTURE_PX, _TEXTURE_PX)
        planes = [Image.fromarray(np.ascontiguousarray(self.colors[..., channel])) for channel in range(3)]
        resampled = np.dstack([np.asarray(plane.resize(size, Image.Resampling.BOX)) for plane in planes])
        radiance = bitmap(tone_mapping.emission(resampled), clamp=True)
        return {
            "product_front": to_shape(self.front, bsdf=BLACK, emitter=area_emitter(radiance, MET)),
            "product_back": to_shape(self.back, bsdf=diffuse(self.body_color)),
        }


def load_absence() -> dict[str, mi.Object]:
    """Two specks without light, out of sight, in a stand-in's place.

    So a set without a product draws the same random numbers as one with it, and both are traced by the same kernels.
    """
    corners = np.array([[0, -30, 0], [1e-3, -30, 0], [0, 1e-3 - 30, 0]], np.float32)
    mesh = Mesh(vertices=corners, faces=np.array([[0, 1, 2]], np.int32), uv=np.zeros((3, 2), np.float32))
    dark = bitmap(np.zeros((_TEXTURE_PX, _TEXTURE_PX, 3), np.float32), clamp=True)
    return {
        "product_front": to_shape(mesh, bsdf=BLACK, emitter=area_emitter(dark, MET)),
        "product_back": to_shape(replace(mesh, uv=None), bsdf=diffuse(np.full(3, 0.5, np.float32))),
    }


def build_proxy(layer: ProductLayer, canvas: Canvas, view: View) -> ProductProxy:
    """Shape the stand-in of a product on its canvas.

    Args:
        layer: The product on the canvas. Edges under 50 % opacity are left out; glass becomes a screen.
        canvas: Its geometry; on snapped edges the solid goes on a little past the picture.
        view: The canvas's camera.
    """
    view = replace(view, product_reach=view.reach_of(canvas))  # its own, not that of all products that share the set
    window = ProductWindow.around(layer, canvas)
    contact = trace_contact(window.alpha, window.top, canvas)
    silhouette = Silhouette.of(window.alpha)
    check_cancelled()  # each of these takes seconds in a picture of many megapixels
    points, faces = _outline(window, silhouette, contact)
    columns, rows = window.left + points[:, 0], window.top + points[:, 1]
    support = _support_depths(window, contact, view)
    check_cancelled()
    thickness = _thickness_at(points, silhouette.filled, contact, view)
    depths = np.interp(columns, window.left + np.arange(len(support)) + 0.5, support)
    if view.stance is Stance.LYING:
        thickness = np.maximum(thickness, _THINNEST)
        depths = LYING_SURFACE_Z + 2 * _BEHIND + thickness
    front = _front_vertices(columns, rows, depths, view)
    back = _push_back(front, thickness, view)
    height, width = window.alpha.shape
    uv = points / [width, height]
    check_cancelled()
    colors = _extend_colors(window, silhouette)
    check_cancelled()
    emitted = colors * _facing(support, view)[:, None].astype(np.float32)
    return ProductProxy(
        front=Mesh(vertices=front.astype(np.float32), faces=faces, uv=uv.astype(np.float32)),
        back=Mesh(vertices=back.astype(np.float32), faces=np.ascontiguousarray(faces[:, ::-1])),
        colors=emitted,
        body_color=np.asarray(np.clip(colors[window.alpha > 0.5].mean(0), 0.02, 0.9), np.float32),
    )


def _outline(
    window: ProductWindow, silhouette: Silhouette, contact: Contact
) -> tuple[Float64Array, npt.NDArray[np.int32]]:
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
    check_cancelled()
    inside = ndimage.distance_transform_edt(solid)
    return np.asarray(ndimage.gaussian_filter(inside - outside, 0.7) - _ERODE_PX, np.float32)


def _triangulate(distance: npt.NDArray[np.float32]) -> tuple[Float64Array, npt.NDArray[np.int32]]:
    """Vertices as (column, row) in the window, fractional px with pixel centres at +0.5, and triangles."""
    step = max(1, round((distance.size / _CELLS) ** 0.5))
    field = distance[::step, ::step].copy()
    field[[0, -1]] = np.minimum(field[[0, -1]], -0.1)
    field[:, [0, -1]] = np.minimum(field[:, [0, -1]], -0.1)
    points, faces = triangulate_region(field, 0.0, largest=_LARGEST)
    return points.astype(np.float64) * step + 0.5, faces


def _support_depths(window: ProductWindow, contact: Contact, view: View) -> Float64Array:
    """Depth of the support under each column of the window."""
    if view.stance is not Stance.UPRIGHT or view.bottom > 0:  # what stands under the picture stands on nothing in it
        return np.zeros(window.alpha.shape[1])
    return np.clip(view.floor_z(contact.rows_px), -view.product_reach, 0)


def _front_vertices(columns: Float64Array, rows: Float64Array, depths: Float64Array, view: View) -> Float64Array:
    vertices = view.to_world(columns, rows, depths)
    if view.has_floor:
        vertices[:, 1] = np.maximum(vertices[:, 1], 0)
    return vertices


def _facing(support: Float64Array, view: View) -> Float64Array:
    """Cosine of the front's slant in each column; of its course, not of the contour's steps from pixel to pixel."""
    width = (view.distance - support) / (view.distance * view.px_per_unit)
    course = ndimage.gaussian_filter1d(support, max(2.0, _SLANT_BLUR * len(support)), mode="nearest")
    return np.asarray(1 / np.hypot(1, np.gradient(course) / width), np.float64)


def _thickness_at(points: Float64Array, solid: npt.NDArray[np.bool_], contact: Contact, view: View) -> Float64Array:
    """How thick the solid is at points of the window, world units: a round body, cut at the base where it stands."""
    share, most = _THICKNESS[view.stance]
    height, width = solid.shape
    grounded = np.zeros((height + height // 2, width), bool)
    grounded[:height] = solid
    below = np.arange(len(grounded))[:, None] >= np.where(
        solid.any(0), height - np.argmax(solid[::-1], axis=0), len(grounded)
    )
    grounded |= below & contact.touches
    edge, hung = ndimage.distance_transform_edt(grounded)[:height], _flat_under(solid, contact)
    if hung.any():
        edge = np.where(hung, ndimage.distance_transform_edt(grounded | (below & hung))[:height], edge)
    radius = edge.max()
    body = 2 * share * np.sqrt(np.maximum(edge * (2 * radius - edge), 0)) / view.px_per_unit
    smooth = ndimage.gaussian_filter(np.minimum(body, 2 * most), 1.5)
    at = [np.clip(points[:, 1] - 0.5, 0, height - 1), np.clip(points[:, 0] - 0.5, 0, width - 1)]
    return np.asarray(ndimage.map_coordinates(smooth, at, order=1), np.float64)


def _flat_under(solid: npt.NDArray[np.bool_], contact: Contact) -> npt.NDArray[np.bool_]:
    """Columns between feet in which a body hangs low over the support, flat below: a car's floor, a sofa's, a seat.

    A tripod's legs are none: as thick as what would fill the room between them they would throw one shadow, a wall's.
    """
    feet, height_px = np.flatnonzero(contact.touches), solid.any(1).sum()
    if not len(feet):
        return contact.touches
    frame = _FRAME * height_px
    body = ndimage.distance_transform_edt(solid) > frame
    lowest = np.argmax(solid[::-1], axis=0)
    near = np.argmax(body[::-1], axis=0) - lowest < 3 * frame
    over_base = lowest - np.argmax(solid[::-1].any(1))
    low = body.any(0) & near & (over_base < _LOW_BODY * height_px) & ~contact.touches
    low[: feet[0]], low[feet[-1] :] = False, False
    return np.asarray(low, bool)


def _push_back(front: Float64Array, thickness: Float64Array, view: View) -> Float64Array:
    camera = np.array([0.0, view.camera_y, view.distance])
    depth = view.distance - front[:, 2]
    return np.asarray(camera + (front - camera) * (1 + (thickness + _BEHIND) / depth)[:, None], np.float64)


def _extend_colors(window: ProductWindow, silhouette: Silhouette) -> LinearImage:
    """Linear colours; pixels of the soft edge take the nearest inner pixel's."""
    solid = (window.alpha > 0.85) | silhouette.translucent
    linear = bytes_to_linear(window.rgb)
    if not solid.any():
        return linear
    rows, columns = ndimage.distance_transform_edt(~solid, return_distances=False, return_indices=True)
    return np.asarray(linear[rows, columns], np.float32)
