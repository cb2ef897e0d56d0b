"""Further looks where the network is in doubt: at the whole from farther away, and at each doubtful place alone.

A network sees some things only at one size: a table top alone, a pot together with its plant. Where it half sees
a thing in one view, another one often decides. Each view counts by how certain it is, pixel by pixel, and the more the
closer it is.

Where the backdrop is plain, views with their contrast to it stretched show the pale one of a pair, of which a network
sees nothing. In them it sees shadows and mirror images, too. But those touch what they belong to: what stands apart is
a thing.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter

import numpy as np
from PIL import Image, ImageOps
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.imaging import reduce_view
from photoshoot.records import Box
from photoshoot.segmenters.looking.consensus import rate_confidence
from photoshoot.segmenters.regions import Labels, find_boxes, find_largest, find_largest_channel, grow, opened, shrink

Network = Callable[[Image.Image], Float32Array]
"""A view of any size to its saliency: (h, w) float32 in [0, 1], never stretched, at the network's own size."""

_VIEW_PX = 640  # a view is made from what is reduced to no less than this
_UNSURE = 0.5  # confidence under which the whole is looked at from farther away
_ALL = 0.9  # mean saliency of the whole photo: a look that sees all of it, such as a dotted sheet, parts nothing
_DOUBT = (0.12, 0.88)  # saliency between which the network has not decided
_THICK = 2  # saliency pixels: half the width from which doubt is more than a soft outline
_DISSENT, _APART = 0.5, 3  # of two looks, and half the width in saliency pixels from which it is no outline's
_LEAST_SHARE = 0.02  # of what is seen: so much thick doubt is worth another look
_SURELY_NONE = 0.01  # of what is seen: two looks that agree need no third with less doubt in either
_LEAST_SPOT = 0.12  # of all doubt: smaller spots get none of their own
_SPOTS = 3  # places that are looked at alone, at most
_AROUND = 0.8  # of a spot's longer side, kept round it
_LEAST_VIEW = 0.3  # of the window's sides that a view covers at least
_WHOLE = 0.25  # of a closer view's word counts that of the whole from farther away
_FLOOR = np.float32(0.05)  # what a wholly undecided pixel still counts
_SURE_SEEN = 0.95  # saliency beyond doubt, and 1 less it
_LEAST_KNOWN = 0.03  # of a view's pixels, from which it can be judged by them
_CHANCE = 0.5  # a view that is right of so many sure pixels knows nothing
_FADE = 0.12  # of a view's sides over which it fades out toward where it is cut off


def overlook(network: Network, coarse: Network | None, photo: Image.Image) -> tuple[Float32Array, float, Network]:
    """The whole photo's saliency, how sure it is, and what saw it: from farther away, if surer.

    Args:
        network: What sees it.
        coarse: What sees it from farther away, where the first is unsure. None: nothing does.
        photo: The photo, in mode RGB.
    """
    overview = network(photo)
    best = overview, rate_confidence(overview), network
    if coarse is None or best[1] >= _UNSURE:
        return best
    farther, seer = coarse(photo), coarse
    if float(farther.mean()) > _ALL:
        farther, seer = mirror_look(network, photo, overview.shape), network
    return max(best, (farther, rate_confidence(farther), seer), key=itemgetter(1))


def look_again(
    look: Network,
    photo: Image.Image,
    window: Box,
    saliency: Float32Array,
    *,
    second: Float32Array | None = None,
    sure: BoolArray | None = None,
) -> tuple[Float32Array, Float32Array]:
    """Decide doubtful places by further views; saliency as sharp and sure as the first is returned as it is.

    Args:
        look: What sees the further views.
        photo: The photo, in mode RGB.
        window: Where in it the saliency lies, px.
        saliency: (h, w) of the window.
        second: (h, w), another look at the same window, as sharp; where it says otherwise there is doubt. None: there
            is none.
        sure: (h, w): what stays as it is, whatever the further views show. None: nothing.

    Returns:
        The saliency (h, w) that all views come to, and the largest that any of them has.
    """
    doubt = find_doubt(saliency)
    if second is not None:
        doubt |= find_dissent(saliency, second)
    if doubt.sum() < _LEAST_SHARE * max(1, int((saliency > _DOUBT[0]).sum())):
        return saliency, saliency
    most = saliency.copy()
    total, weight = saliency * _certainty(saliency), _certainty(saliency)
    if second is not None:
        total += second * _certainty(second)
        weight += _certainty(second)
        most = np.maximum(most, second)
    for rows, columns in [(slice(0, doubt.shape[0]), slice(0, doubt.shape[1])), *_spots(doubt)]:
        shape = rows.stop - rows.start, columns.stop - columns.start
        answer = look_at(look, photo.crop(_to_photo(rows, columns, window, doubt.shape)), shape)
        zoom = doubt.size / (shape[0] * shape[1])
        count = np.float32(zoom * zoom if zoom > 1 else _WHOLE) * _certainty(answer) * _fade(rows, columns, doubt.shape)
        count *= np.float32(rate_view(answer, saliency[rows, columns], doubt[rows, columns]))
        total[rows, columns] += answer * count
        weight[rows, columns] += count
        most[rows, columns] = np.maximum(most[rows, columns], answer)
    fused, near = total / weight, ndimage.gaussian_filter(grow(doubt, 3 * _THICK).astype(np.float32), _THICK)
    if sure is not None:
        near[sure] = 0
    return np.asarray(saliency + near * (fused - saliency), np.float32), most


def mirror_look(look: Network, view: Image.Image, shape: tuple[int, ...]) -> Float32Array:
    """What a network sees of a view's mirror image, mirrored back, (h, w): it errs elsewhere than a plain look does."""
    return look_at(look, ImageOps.mirror(view), shape)[:, ::-1]


def find_dissent(first: Float32Array, second: Float32Array) -> BoolArray:
    """Where two looks say the opposite, outlines apart."""
    return opened(np.abs(first - second) > _DISSENT, _APART)


def is_beyond_doubt(first: Float32Array, second: Float32Array) -> bool:
    """Whether two looks (h, w) say the same of all but outlines, and are sure of it: a third would add nothing."""
    most = _SURELY_NONE * max(1, int((first > _DOUBT[0]).sum()))
    sure = all(find_doubt(look).sum() < most for look in (first, second))
    return sure and not find_dissent(first, second).any()


def find_doubt(saliency: Float32Array) -> BoolArray:
    """Where the network has not decided, soft outlines apart."""
    between = (saliency > _DOUBT[0]) & (saliency < _DOUBT[1])
    return opened(between, _THICK)


def rate_view(answer: Float32Array, saliency: Float32Array, doubt: BoolArray) -> float:
    """How far a view can be trusted, 0 to 1: by what it says of places, all (h, w), that are beyond doubt.

    A place out of its surroundings is easily misunderstood: an arm's middle alone is nothing, and a leg's is a thing.
    A view that takes sure product for backdrop, or backdrop for product, knows no more of what lies between.
    """
    right = 1.0
    for sure, value in ((saliency > _SURE_SEEN, 1), (saliency < 1 - _SURE_SEEN, 0)):
        known = sure & ~doubt
        if known.sum() > _LEAST_KNOWN * known.size:
            right = min(right, 1 - float(np.abs(answer[known] - value).mean()))
    return max(0.0, (right - _CHANCE) / (1 - _CHANCE))


def _certainty(saliency: Float32Array) -> Float32Array:
    return np.asarray(np.abs(2 * saliency - 1) + _FLOOR, np.float32)


def _spots(doubt: BoolArray) -> Iterator[tuple[slice, slice]]:
    """The largest doubtful places, each with its surroundings."""
    labels, count = ndimage.label(grow(doubt, 2 * _THICK))
    sizes = np.bincount(labels[doubt], minlength=count + 1)
    places = find_boxes(labels)
    for label in np.argsort(sizes)[::-1][:_SPOTS]:
        if label and sizes[label] >= _LEAST_SPOT * doubt.sum():
            place = places[label - 1]
            reach = _AROUND * max(side.stop - side.start for side in place)
            rows, columns = (_widen(side, reach, length) for side, length in zip(place, doubt.shape, strict=True))
            yield rows, columns


def _widen(side: slice, reach: float, length: int) -> slice:
    more = max(reach, (_LEAST_VIEW * length - (side.stop - side.start)) / 2)
    return slice(max(0, int(side.start - more)), min(length, int(side.stop + more) + 1))


def _to_photo(rows: slice, columns: slice, window: Box, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    down, across = window.height / shape[0], window.width / shape[1]
    left, top = window.left + columns.start * across, window.top + rows.start * down
    right, bottom = window.left + columns.stop * across, window.top + rows.stop * down
    return round(left), round(top), max(round(right), round(left) + 1), max(round(bottom), round(top) + 1)


def reduce_views(look: Network) -> Network:
    """A network whose views are reduced before it scales them: those of large photos, by whole factors."""
    return lambda view: look(reduce_view(view, _VIEW_PX))


def look_at(look: Network, view: Image.Image, shape: tuple[int, ...]) -> Float32Array:
    """What a network sees of a view, at another size (h, w)."""
    answer = Image.fromarray(np.asarray(look(view), np.float32))
    enlarged = np.asarray(answer.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32)
    return np.asarray(np.clip(enlarged, 0, 1), np.float32)


def _fade(rows: slice, columns: slice, shape: tuple[int, ...]) -> Float32Array:
    """1 inside a view, falling to 0 at sides that cut the picture off."""
    down, across = (_ramp(side, length) for side, length in zip((rows, columns), shape, strict=True))
    return np.asarray(down[:, None] * across, np.float32)


def _ramp(side: slice, length: int) -> Float32Array:
    place = (np.arange(side.stop - side.start, dtype=np.float32) + 0.5) / max(1.0, _FADE * (side.stop - side.start))
    start = place if side.start > 0 else np.ones_like(place)
    end = place[::-1] if side.stop < length else np.ones_like(place)
    return np.asarray(np.clip(np.minimum(start, end), 0, 1), np.float32)


_GAIN, _BEHIND = 3, 0.8  # of the contrast, and what the backdrop becomes
_SEEN, _HALF, _SURELY = 0.35, 0.5, 0.9  # saliency of the product; of what is seen, and of what surely is
_LEAST_THING, _LEAST_GAP = 0.08, 6  # of the product; saliency pixels from it: shadows and mirror images lie nearer
_MOST_STRAYS, _DIFFERS = 3, 0.03  # standard deviations of the backdrop, and sRGB units more, by which another differs
_LEAST_HALF = 2  # saliency pixels, half of the least width
_STEP, _LEAST_SHARP, _BLUR = 0.01, 0.8, 0.8  # slope of its outline, sRGB units a pixel; share that has it; pixels


def stretch_contrast(view: Image.Image, behind: Float32Array) -> Image.Image:
    """The view before an even light grey, with more contrast to it.

    Args:
        view: It, in mode RGB.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1], of the view's size.
    """
    planes = _BEHIND + _GAIN * (np.asarray(view, np.float32) / np.float32(255) - behind)
    return Image.fromarray(np.asarray(np.clip(planes, 0, 1) * 255, np.uint8))


def find_apart(
    look: Network, photo: Image.Image, saliency: Float32Array, behind: Float32Array, spread: float
) -> Float32Array | None:
    """Find what stands apart from the product, and shows in more contrast alone: a second pouch before grey marble.

    Args:
        look: What sees it.
        photo: The whole photo, in mode RGB, of the saliency's size.
        saliency: (h, w) that all looks so far come to.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].
        spread: How far the backdrop strays from it, sRGB units.

    Returns:
        (h, w): that look's saliency there, and 0 elsewhere; None where there is no such thing.
    """
    seen = saliency > _SEEN
    least, near = _LEAST_THING * int(seen.sum()), grow(seen, _LEAST_GAP)
    planes = np.asarray(photo, np.float32) / np.float32(255)
    other = (find_largest_channel(np.abs(planes - behind)) > _MOST_STRAYS * spread + _DIFFERS) & ~near
    if not _find_things(opened(other, _LEAST_HALF), least)[1].any():
        return None
    more = look_at(look, stretch_contrast(photo, behind), saliency.shape)
    sure = saliency > _SURELY
    if not sure.any() or float(more[sure].mean()) < _SURELY:
        return None
    slope = np.maximum.reduce([ndimage.gaussian_gradient_magnitude(planes[..., i], _BLUR) for i in range(3)])
    sharp = find_largest(slope, 1) > _STEP
    labels, things = _find_things(more > _HALF, least)
    things[labels[near]] = False
    for label in np.flatnonzero(things):
        place = labels == label
        things[label] = more[place].mean() > _SURELY and sharp[place & ~shrink(place)].mean() >= _LEAST_SHARP
    return np.where(grow(things.take(labels), _LEAST_HALF), more, np.float32(0)) if things.any() else None


def _find_things(region: BoolArray, least: float) -> tuple[Labels, BoolArray]:
    """Its parts' labels (h, w), and which of them are large enough, and neither cut off nor a table."""
    labels, count = ndimage.label(region, np.ones((3, 3), bool))
    things = np.bincount(labels.ravel(), minlength=count + 1) >= least
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        things[side] = False
    things[0] = False
    return labels, things
