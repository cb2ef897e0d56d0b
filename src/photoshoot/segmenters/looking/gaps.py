"""Finds gaps that the network overlooked: enclosed regions that look like the backdrop are looked at close up.

The inside of a coiled rope and a white label are alike to colour: both are the backdrop's. From near, where the place
fills the view, the network tells them apart; it need only say so once. Slits are narrower than print and highlights
may be; of these only what ends sharply all round is looked at, with more round it, and finer ones beside a gap that is
told go with it.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.backdrop import Evidence
from photoshoot.segmenters.looking.looks import Network
from photoshoot.segmenters.regions import Labels, find_boxes, grow, measure_distance, shrink, widen

_LEAST_SHARE = 0.004  # of the product
_LEAST_HALF = 2.2  # saliency pixels, half of the width: print and highlights are narrower
_LEAST_NARROW, _NARROW_SHARE = 1.1, 0.0007  # the same, and share, of narrower ones that end sharply on even ground
_ENDS, _END_PX = 0.5, 3  # sRGB units from the backdrop that the rim of such a place has so many px outside it
_MOST_NARROW = 3  # of these that are looked at
_SHADED = 0.08  # sRGB units from the backdrop in the shade of such a gap's ends
_MOST_PLACES = 6  # the largest
_SEEN = 0.1  # mean saliency under which a place is a gap already
_NEAR, _FAR = 0.3, 0.8  # of a place's longer side, kept round it in its views
_GAP = 0.2  # mean saliency that makes it a gap, from near
_SURE = 0.9  # saliency of what is the product beyond doubt
_BESIDE_PX, _LEAST_SLIT_PX = 40, 12  # how near to such a gap slits are, and of how many pixels at least
_SHINES = 5  # times as much that is as pale but fades out: highlights of chrome
_BESIDE = 0.3  # mean saliency of that beside a gap, in the same view: one that sees nothing at all tells nothing
_EVEN = 0.004  # sRGB units; before a backdrop more even than this, such as a white one, just its colour is enough
_MOST_GRAIN = 0.015  # sRGB units; much of a product looks like a backdrop of more grain
_FAINT = 0.5  # mean saliency under which it is a gap before so even a backdrop
_LEAST_PX = 8  # saliency pixels of such a gap, at least
_CRUMBS_PX = 5  # enclosed crumbs so near a gap are its rim
_SQUARE = np.ones((3, 3), bool)  # a slit may run diagonally
_MOST_OFF = 2.0  # standard deviations by which its mean may differ from the backdrop


def find_gaps(
    looks: tuple[Network, Network], picture: Image.Image, evidence: Evidence, saliency: Float32Array, unit_px: float
) -> BoolArray:
    """Tell gaps from parts of the backdrop's colour.

    Args:
        looks: A fast network and a sharp one, which is asked only where the fast one sees no gap.
        picture: The view, in mode RGB, of any size.
        evidence: What the backdrop tells of the view, all (H, W).
        saliency: (H, W).
        unit_px: Pixels of the evidence to one of the network.

    Returns:
        (H, W): the gaps among the enclosed places, and slits of the shaded backdrop near them.
    """
    found = np.zeros_like(evidence.enclosed)
    if evidence.spread > _MOST_GRAIN or not evidence.enclosed.any():
        return found
    labels, count = ndimage.label(evidence.enclosed)
    sizes = np.bincount(labels[evidence.enclosed], minlength=count + 1)
    faint = _find_faint(evidence, saliency, unit_px) if evidence.spread < _EVEN else found
    for place in _places(labels, sizes, saliency, unit_px):
        alike = float(evidence.distance[place].mean()) < _MOST_OFF * evidence.spread
        sure = evidence.product & (saliency > _SURE) if evidence.spread > _EVEN else None
        if alike and _is_gap(looks, picture, place, sure):
            found |= place
    if evidence.spread < _EVEN:
        for place in _narrow_places(labels, sizes, evidence, saliency, unit_px):
            if _look_at(looks[0], picture, place, _FAR, place)[0] < _GAP:
                faint |= place
        faint |= _find_slits(found | faint, evidence, saliency, unit_px)
    return ((grow(found, _CRUMBS_PX) & evidence.enclosed) if found.any() else found) | faint


def _find_faint(evidence: Evidence, saliency: Float32Array, unit_px: float) -> BoolArray:
    """Places too narrow for a look of their own that the network sees less than half: between an arm and a waist.

    A compressed photo's noise tears them; over single pixels of little difference they are one.
    """
    whole = shrink(grow(evidence.enclosed)) & (evidence.distance < _SHADED)
    labels, _ = ndimage.label(whole)
    sizes = np.bincount(labels.ravel())
    seen = np.bincount(labels.ravel(), saliency.ravel())
    small = sizes < max(1, _LEAST_PX * unit_px * unit_px)
    return whole & ~(small | (seen >= _FAINT * sizes)).take(labels)


def _places(labels: Labels, sizes: Labels, saliency: Float32Array, unit_px: float) -> Iterator[BoolArray]:
    """The largest of the enclosed places, labelled, that the network saw at least a ghost in."""
    least, boxes = _LEAST_SHARE * int((saliency > 0.5).sum()), find_boxes(labels)
    for label in np.argsort(sizes)[::-1][:_MOST_PLACES]:
        if sizes[label] < max(1, least):
            return
        place = labels == label
        thick = _half_width(place[boxes[label - 1]]) >= _LEAST_HALF * unit_px
        if thick and float(saliency[place].mean()) > _SEEN:
            yield place


def _narrow_places(
    labels: Labels, sizes: Labels, evidence: Evidence, saliency: Float32Array, unit_px: float
) -> Iterator[BoolArray]:
    """The largest places too narrow for ``_places`` that end sharply, as highlights do not: between a coil's turns."""
    least, boxes, found = _NARROW_SHARE * int((saliency > 0.5).sum()), find_boxes(labels), 0
    for label in np.argsort(sizes)[::-1]:
        if sizes[label] < max(1, least) or found == _MOST_NARROW:
            return
        near = widen(boxes[label - 1], _END_PX + 1)
        place = labels[near] == label
        half = _half_width(place) / unit_px
        if not _LEAST_NARROW <= half < _LEAST_HALF or float(saliency[near][place].mean()) <= _SEEN:
            continue
        if _ends(place, evidence.distance[near]):
            found += 1
            yield labels == label


def _half_width(place: BoolArray) -> float:
    """Of a place, where it is widest, px; what lies outside the picture is not its."""
    return float(measure_distance(~np.pad(place, 1)).max())


def _ends(place: BoolArray, distance: Float32Array) -> bool:
    """Whether a place ends sharply, by what lies round it."""
    inner = grow(place, _END_PX - 1)
    rim = grow(inner) & ~inner
    return bool(rim.any()) and float(np.median(distance[rim])) > _ENDS


def _find_slits(gap: BoolArray, evidence: Evidence, saliency: Float32Array, unit_px: float) -> BoolArray:
    """Slits of the shaded backdrop's colour that end sharply, too narrow to show all of it: near a gap, or half seen.

    None where far more of the product is as pale and fades out: it shines.
    """
    pale = (evidence.distance < _SHADED) & ~evidence.backdrop & ~gap
    labels, _ = ndimage.label(pale, _SQUARE)
    close, found, fading = grow(gap, _BESIDE_PX), np.zeros_like(gap), 0
    boxes = find_boxes(labels)
    for label in np.flatnonzero(np.bincount(labels[pale]) >= _LEAST_SLIT_PX):
        near = widen(boxes[label - 1], _END_PX + 1)
        place = labels[near] == label
        if not _ends(place, evidence.distance[near]):
            fading += int((place & evidence.product[near]).sum())
        elif close[near][place].any() or float(saliency[near][place].mean()) < _FAINT:
            found[near] |= place & (_half_width(place) < _LEAST_HALF * unit_px)
    return found if _SHINES * found.sum() > fading else np.zeros_like(found)


def _is_gap(looks: tuple[Network, Network], picture: Image.Image, place: BoolArray, sure: BoolArray | None) -> bool:
    """Whether one view sees nothing there, but the product round it, which None says need not be asked."""
    fast, sharp = looks
    for look, around in ((fast, _NEAR), (fast, _FAR), (sharp, _NEAR)):
        inside, beside = _look_at(look, picture, place, around, place if sure is None else sure)
        if inside < _GAP and (sure is None or beside > _BESIDE):
            return True
    return False


def _look_at(
    look: Network, picture: Image.Image, place: BoolArray, around: float, beside: BoolArray
) -> tuple[float, float]:
    """Mean saliency of a place in a view of its own, and of what lies beside it there; 0 where nothing does."""
    rows, columns = (np.flatnonzero(place.any(axis=axis)) for axis in (1, 0))
    reach = round(around * max(np.ptp(rows), np.ptp(columns)))
    top, bottom = _widen(rows, reach, place.shape[0])
    left, right = _widen(columns, reach, place.shape[1])
    down, across = picture.height / place.shape[0], picture.width / place.shape[1]
    view = picture.crop((round(left * across), round(top * down), round(right * across), round(bottom * down)))
    seen = np.asarray(Image.fromarray(np.ascontiguousarray(look(view))).resize((right - left, bottom - top)))
    parts = (seen[region[top:bottom, left:right]] for region in (place, beside))
    inside, near = (float(part.mean()) if part.size else 0.0 for part in parts)
    return inside, near


def _widen(found: npt.NDArray[np.intp], reach: int, length: int) -> tuple[int, int]:
    return max(0, int(found[0]) - reach), min(length, int(found[-1]) + 1 + reach)
