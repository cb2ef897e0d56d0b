"""Where the product is: a network's raw saliency, looked at twice where once is not enough; and whether it is there."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.records import Box
from photoshoot.segmenters.backdrop import Backdrop, fit_backdrop
from photoshoot.segmenters.claims import join_claims
from photoshoot.segmenters.looks import Network, look_again, mirror_look
from photoshoot.segmenters.votes import vote

_SEEN = 0.35  # saliency from which a pixel counts for the product's box
_MARGIN = 0.12  # of the product's longer side, kept round it in the second view
_UNSURE = 0.5  # confidence under which the whole is looked at from farther away
_SURE = 0.9  # confidence from which the first view needs no mirrored one beside it
_WHOLE = 0.85  # a product that fills this share of the photo both ways needs no second view
_SMALL = 0.5  # one that fills no more than this always does
_WIDER = 0.5  # of the window's longer side, by which it grows where it cuts through what is seen
_VIEW_PX = 640  # the network's view is made from a photo reduced to no less than this
_BACKDROP_PX = 480  # and the backdrop's
_BLUR = 1.6  # doubtful pixels to each step of its outline from which the first view is not sharp enough
_NOISE = 0.2  # correlation of neighbouring pixels under which a photo shows nothing; real photos have 0.7 and more
_ROWS = 256  # so many tell noise from a picture
_SPECK = 0.01  # parts under this share of the largest do not stretch the box


@dataclass(frozen=True, kw_only=True, eq=False)
class Sighting:
    """What the network saw."""

    window: Box
    """The product with a margin round it, photo pixels."""
    detail: Float32Array
    """(h, w) saliency of the window."""
    most: Float32Array
    """(h, w): the largest saliency that any view has there."""
    confidence: float
    """0 to 1."""
    backdrop: Backdrop | None
    """The colour behind the product; None where it is not plain."""


def find_product(
    network: Network, photo: Image.Image, *, twice: bool, coarse: Network | None = None
) -> Sighting | None:
    """Find the product in a photo.

    Args:
        network: What sees it.
        photo: The photo, in mode RGB.
        twice: Look a second time, at the product's box, where the first view is small, or where it is not sharp and no
            plain backdrop tells more than the network could; at its mirror image where the first view is unsure; and
            again where it is in doubt.
        coarse: A faster network for those further looks. None: the same.

    Returns:
        The sighting, or None where nothing is seen.
    """
    if _is_noise(photo):
        return None
    overview, confidence, seer = _overlook(network, coarse if twice else None, _reduce(photo, _VIEW_PX))
    seen = _seen_box(overview)
    if seen is None:
        return None
    window = _window(seen, overview.shape, photo.size)
    backdrop = _fit_backdrop(_reduce(photo, _BACKDROP_PX), overview)
    view = _View(photo=photo, overview=overview, confidence=confidence, backdrop=backdrop)
    part, most = _look_into(view, window, (network, coarse or network, seer), twice=twice)
    wider = _widen(window, part, photo.size)
    if twice and wider != window:
        again = _look_into(view, wider, (network, coarse or network, seer), twice=True)
        part, most = (np.maximum(_carry(old, window, wider), new) for old, new in zip((part, most), again, strict=True))
        window = wider
    return Sighting(window=window, detail=part, most=most, confidence=confidence, backdrop=backdrop)


@dataclass(frozen=True, kw_only=True, eq=False)
class _View:
    """A photo after the first look."""

    photo: Image.Image
    overview: Float32Array
    """(h, w) saliency of the whole."""
    confidence: float
    backdrop: Backdrop | None


def _look_into(
    view: _View, window: Box, networks: tuple[Network, Network, Network], *, twice: bool
) -> tuple[Float32Array, Float32Array]:
    """A window's saliency, and the largest of any look, by the sharp, the fast and the first network."""
    (network, fast, seer), photo = networks, view.photo
    part = _cut(view.overview, window, photo.size)
    share = max(window.width / photo.width, window.height / photo.height)
    vague = view.backdrop is None and share < _WHOLE and _blur(view.overview) > _BLUR
    if twice and (share < _SMALL or vague):
        part = _blend(part, network(photo.crop(window.as_tuple())), max(photo.size) / max(window.width, window.height))
    part = np.clip(part, 0, 1)
    if not twice:
        return part, part
    picture = photo.crop(window.as_tuple())
    second = mirror_look(seer, picture, part.shape) if view.confidence < _SURE else None
    part, most = look_again(fast, photo, window, part, second=second)
    if view.backdrop is None:
        part = join_claims(picture, vote(picture, part), most)
    return part, most


def _widen(window: Box, part: Float32Array, size: tuple[int, int]) -> Box:
    """The window, wider at those sides that cut through what is seen, such as a strap that had been too thin."""
    more = round(_WIDER * max(window.width, window.height))
    left, top, right, bottom = (bool((line > 0.5).any()) for line in (part[:, 0], part[0], part[:, -1], part[-1]))
    return Box(
        left=max(0, window.left - more * left),
        top=max(0, window.top - more * top),
        right=min(size[0], window.right + more * right),
        bottom=min(size[1], window.bottom + more * bottom),
    )


def _carry(part: Float32Array, window: Box, wider: Box) -> Float32Array:
    """A window's saliency in the place that it has in a wider one, of the same shape; 0 beside it."""
    height, width = part.shape
    down, across = height / wider.height, width / wider.width
    top, left = round((window.top - wider.top) * down), round((window.left - wider.left) * across)
    size = min(width - left, round(window.width * across)), min(height - top, round(window.height * down))
    out = np.zeros_like(part)
    small = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BICUBIC))
    out[top : top + size[1], left : left + size[0]] = np.clip(small, 0, 1)
    return out


def _overlook(network: Network, coarse: Network | None, photo: Image.Image) -> tuple[Float32Array, float, Network]:
    """The whole photo's saliency, how sure it is, and what saw it: from farther away where that is surer."""
    overview = network(photo)
    confidence = rate_confidence(overview)
    if coarse is not None and confidence < _UNSURE:
        farther = coarse(photo)
        if rate_confidence(farther) > confidence:
            return farther, rate_confidence(farther), coarse
    return overview, confidence, network


def _reduce(photo: Image.Image, least_px: int) -> Image.Image:
    factor = min(photo.size) // least_px
    return photo.reduce(factor) if factor > 1 else photo


def _fit_backdrop(photo: Image.Image, overview: Float32Array) -> Backdrop | None:
    small = photo.resize((overview.shape[1], overview.shape[0]), Image.Resampling.BOX)
    return fit_backdrop(np.asarray(small, np.float32) / np.float32(255), overview)


def _is_noise(photo: Image.Image) -> bool:
    """Whether neighbouring pixels have nothing to do with each other: networks see shapes even there."""
    rows = photo.resize((photo.width, min(photo.height, _ROWS)), Image.Resampling.NEAREST)
    light = np.asarray(rows.convert("L"), np.float32)
    light -= light.mean()
    power = float((light * light).sum())
    return power > 0 and float((light[:, 1:] * light[:, :-1]).sum()) < _NOISE * power


def rate_confidence(saliency: Float32Array) -> float:
    """How sure the network is: high where all that it sees at all it sees clearly, 0 where it sees nothing.

    The mean saliency of what is seen, times the share of all saliency that lies there.
    """
    clear = saliency > 0.5
    if not clear.any():
        return 0.0
    mass = float(saliency[clear].sum())
    return mass / int(clear.sum()) * mass / float(saliency[saliency > 0.05].sum())


def _blur(saliency: Float32Array) -> float:
    """Doubtful pixels to each step of the product's outline: about 1.2 where the network sees it clearly."""
    product = saliency > 0.5
    steps = int((product[1:] != product[:-1]).sum()) + int((product[:, 1:] != product[:, :-1]).sum())
    return int(((saliency > 0.1) & (saliency < 0.9)).sum()) / max(1, steps)


def _seen_box(saliency: Float32Array) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of what is seen, specks apart, in saliency pixels."""
    labels, count = ndimage.label(saliency > _SEEN)
    if count == 0:
        return None
    sizes = np.bincount(labels.ravel())[1:]
    wanted = np.concatenate([[False], sizes >= _SPECK * sizes.max()]).take(labels)
    rows, columns = (np.flatnonzero(wanted.any(axis=axis)) for axis in (1, 0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _window(seen: tuple[int, int, int, int], shape: tuple[int, ...], size: tuple[int, int]) -> Box:
    across, down = size[0] / shape[1], size[1] / shape[0]
    left, top, right, bottom = seen[0] * across, seen[1] * down, seen[2] * across, seen[3] * down
    margin = max(_MARGIN * max(right - left, bottom - top), 2 * across, 2 * down)
    return Box(
        left=max(0, int(left - margin)),
        top=max(0, int(top - margin)),
        right=min(size[0], int(right + margin) + 1),
        bottom=min(size[1], int(bottom + margin) + 1),
    )


def _cut(overview: Float32Array, window: Box, size: tuple[int, int]) -> Float32Array:
    """The window's part of the overview, at the overview's size."""
    height, width = overview.shape
    across, down = width / size[0], height / size[1]
    box = (window.left * across, window.top * down, window.right * across, window.bottom * down)
    return np.asarray(Image.fromarray(overview).resize((width, height), Image.Resampling.BICUBIC, box=box))


def _blend(overview: Float32Array, closer: Float32Array, zoom: float) -> Float32Array:
    """Mean of both views, the closer one counting more the closer it is. One errs where the other does not."""
    trust = np.float32(zoom / (1 + zoom))
    return trust * closer + (1 - trust) * overview
