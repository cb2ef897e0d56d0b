"""Finds the product: a network's raw saliency, with a second look where one is not enough."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.pixels.imaging import reduce_view
from photoshoot.records import Box
from photoshoot.segmenters.ground.backdrop import Backdrop, fit_backdrop
from photoshoot.segmenters.ground.two_planes import fit_two_planes
from photoshoot.segmenters.looking.claims import join_claims
from photoshoot.segmenters.looking.companions import claim_companions
from photoshoot.segmenters.looking.consensus import (
    agree,
    fill_notches,
    fill_own,
    find_consent,
    find_foreign,
    rate_confidence,
    weigh_look,
)
from photoshoot.segmenters.looking.looks import (
    Network,
    find_apart,
    is_beyond_doubt,
    look_again,
    look_at,
    mirror_look,
    overlook,
    reduce_views,
)
from photoshoot.segmenters.looking.pale_parts import claim_pale, find_outlined

_SEEN = 0.35  # saliency from which a pixel counts for the product's box
_MARGIN = 0.12  # of the product's longer side, kept round it in the second view
_SURE = 0.95  # confidence from which the first view before a plain backdrop needs no mirrored one beside it
_COARSE = 0.02  # sRGB units of grain from which a backdrop tells less than further looks do
_EVEN = 0.006  # sRGB units of grain of paper, on which lies what is sold alone
_WHOLE = 0.95  # a window of this share of the photo is no closer view
_GHOST = 0.05  # saliency under which the closer look sees nothing: there no claim of another one counts
_SMALL = 0.5  # one that fills no more than this always does
_WIDER = 0.5  # of the window's longer side, by which it grows where it cuts through what is seen
_BACKDROP_PX = 480  # the backdrop's view is made from a photo reduced to no less than this
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
        twice: Look a second time, at the product's box, where the first view is small, or where no plain backdrop tells
            more than the network could; at its mirror image there, too, and where the first view is unsure; and again
            where it is in doubt.
        coarse: A faster network for those further looks. None: the same.

    Returns:
        The sighting, or None where nothing is seen.
    """
    if _is_noise(photo):
        return None
    network, coarse = reduce_views(network), None if coarse is None else reduce_views(coarse)
    overview, confidence, seer = overlook(network, coarse if twice else None, photo)
    if (seen := _seen_box(overview)) is None:
        return None
    window = _window(seen, overview.shape, photo.size)
    small = reduce_view(photo, _BACKDROP_PX).resize(overview.shape[::-1], Image.Resampling.BOX)
    backdrop = fit_backdrop(rgb := np.asarray(small, np.float32) / np.float32(255), overview)
    view = _View(photo=photo, small=small, overview=overview, confidence=confidence, backdrop=backdrop)
    part, most = _look_into(view, window, (network, coarse or network, seer), twice=twice)
    wider = _widen(window, part, photo.size)
    if twice and wider != window:
        again = _look_into(view, wider, (network, coarse or network, seer), twice=True)
        part, most = (np.maximum(_carry(old, window, wider), new) for old, new in zip((part, most), again, strict=True))
        window = wider
    for claim_more in (_claim_pale, _claim_companions) if twice else ():
        if (more := claim_more(coarse or network, view, window, part)) is not None:
            part, most = (np.maximum(_carry(old, window, more[0]), more[1]) for old in (part, most))
            window = more[0]
    if twice and (backdrop is None or backdrop.spread >= _EVEN):
        backdrop = fit_two_planes(rgb, overview, backdrop) or backdrop
    return Sighting(window=window, detail=part, most=most, confidence=confidence, backdrop=backdrop)


@dataclass(frozen=True, kw_only=True, eq=False)
class _View:
    """A photo after the first look."""

    photo: Image.Image
    small: Image.Image
    """It, of the overview's size."""
    overview: Float32Array
    """(h, w) saliency of the whole."""
    confidence: float
    backdrop: Backdrop | None

    @property
    def plain(self) -> bool:
        """Whether the backdrop tells more than further looks would."""
        return self.backdrop is not None and (self.confidence >= _SURE or self.backdrop.spread < _COARSE)

    @cached_property
    def behind(self) -> Float32Array:
        """(h, w, 3): what the plain backdrop shows in the product's place, too."""
        assert self.backdrop is not None
        return self.backdrop.colors((0, 0, 1, 1), self.overview.shape).transpose(1, 2, 0)

    def spread_out(self, part: Float32Array, window: Box) -> Float32Array:
        """A window's saliency in its place in the whole."""
        return _carry(part, window, Box(left=0, top=0, right=self.photo.width, bottom=self.photo.height))


def _look_into(
    view: _View, window: Box, networks: tuple[Network, Network, Network], *, twice: bool
) -> tuple[Float32Array, Float32Array]:
    """A window's saliency, and the largest of any look, by the sharp, the fast and the first network."""
    (network, fast, seer), photo = networks, view.photo
    part = np.asarray(np.clip(_cut(view.overview, window, photo.size), 0, 1), np.float32)
    if not twice:
        return part, part
    picture, zoom = photo.crop(window.as_tuple()), max(photo.size) / max(window.width, window.height)
    closer, mirrored = _look_closely(view, window, (network, seer), part)
    if view.plain:
        part = part if closer is None else _blend(part, closer, zoom)
        sure = None if mirrored is None else find_consent([part, mirrored])
        return look_again(fast, photo, window, part, second=mirrored, sure=sure)
    seen = [(part, 1.0), (closer, zoom), (mirrored, 1.0)]
    part, looks = _settle(picture, [(look, near) for look, near in seen if look is not None])
    second, sure = np.maximum.reduce([part, *looks]), find_consent(looks)
    part, most = look_again(fast, photo, window, part, second=second, sure=sure)
    part = fill_notches(part, looks)
    if closer is not None:
        most = np.where(looks[1] < _GHOST, part, most)
    if view.backdrop is None:
        part = join_claims(picture, part, most)
    return fill_own(picture, part, most), most


def _claim_pale(look: Network, view: _View, window: Box, part: Float32Array) -> tuple[Box, Float32Array] | None:
    """A part as pale as a plain backdrop, and the window, wider than the given one, in which it lies."""
    if view.backdrop is None:
        return None
    photo, (height, width) = view.photo, part.shape
    outlined = find_outlined(view.small, view.spread_out(part, window), view.behind)
    box = None if outlined is None else _seen_box(outlined.astype(np.float32))
    if box is None:
        return None
    wider = _unite(window, _window(box, (height, width), photo.size))
    left, top, right, bottom = (edge / side for edge, side in zip(wider.as_tuple(), 2 * photo.size, strict=True))
    near = photo.crop(wider.as_tuple()).resize((width, height), Image.Resampling.BOX)
    behind = view.backdrop.colors((left, top, right, bottom), (height, width)).transpose(1, 2, 0)
    claim = claim_pale(look, near, _carry(part, window, wider), behind)
    return None if claim is None else (wider, claim)


def _claim_companions(look: Network, view: _View, window: Box, part: Float32Array) -> tuple[Box, Float32Array] | None:
    """What stands beside the product before a plain backdrop, and the window, wider than the given one, with it."""
    if view.backdrop is None:
        return None
    seen = view.spread_out(part, window)
    if view.backdrop.spread > _EVEN:
        claim = find_apart(look, view.small, seen, view.behind, view.backdrop.spread)
    else:
        claim = claim_companions(look, (view.photo, view.small), seen, view.behind)
    if claim is None:
        return None
    wider = window if (box := _seen_box(claim)) is None else _unite(window, _window(box, part.shape, view.photo.size))
    return wider, np.asarray(np.clip(_cut(claim, wider, view.photo.size), 0, 1), np.float32)


def _unite(first: Box, second: Box) -> Box:
    (left, top, right, bottom), (left2, top2, right2, bottom2) = first.as_tuple(), second.as_tuple()
    return Box(left=min(left, left2), top=min(top, top2), right=max(right, right2), bottom=max(bottom, bottom2))


def _settle(picture: Image.Image, looks: list[tuple[Float32Array, float]]) -> tuple[Float32Array, list[Float32Array]]:
    """What looks, each with its zoom, come to, and each of them without what is foreign."""
    weights = [weigh_look(rate_confidence(look), zoom) for look, zoom in looks]
    foreign = find_foreign(picture, [look for look, _ in looks])
    own = [np.where(foreign, np.float32(0), look) for look, _ in looks]
    return agree(own, weights), own


def _look_closely(
    view: _View, window: Box, networks: tuple[Network, Network], part: Float32Array
) -> tuple[Float32Array | None, Float32Array | None]:
    """The window alone and its mirror image, where the first look (``part``, (h, w)) is worth checking."""
    (network, seer), photo = networks, view.photo
    picture, closer, mirrored = photo.crop(window.as_tuple()), None, None
    small = max(window.width / photo.width, window.height / photo.height) < _SMALL
    nearer = window.width * window.height < _WHOLE * photo.width * photo.height
    if small or (not view.plain and nearer):
        closer = look_at(network, picture, part.shape)
    agrees = closer is not None and is_beyond_doubt(part, closer)
    if not agrees and (not view.plain or view.confidence < _SURE):
        mirrored = mirror_look(seer, picture, part.shape)
    return closer, mirrored


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


def _is_noise(photo: Image.Image) -> bool:
    """Whether neighbouring pixels have nothing to do with each other: networks see shapes even there."""
    rows = photo.resize((photo.width, min(photo.height, _ROWS)), Image.Resampling.NEAREST)
    light = np.asarray(rows.convert("L"), np.float32)
    light -= light.mean()
    power = float((light * light).sum())
    return power > 0 and float((light[:, 1:] * light[:, :-1]).sum()) < _NOISE * power


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
