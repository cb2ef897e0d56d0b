"""A product's outline and two of its colours, as numbers with which nouns are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.color.space import bytes_to_linear, find_leaves, find_skin, linear_to_oklab
from photoshoot.records import AlphaMatte, RgbImage

_BESIDE = 0.12  # share of skin beside a garment from which its colours are told from the skin's
_TOUCH, _FACE = 0.04, 0.2  # share of skin beside a garment, and of its top sixth, that is a head above it
_WORN, _BARE = 0.2, 0.8  # shares of skin between which a garment is worn; with more, the cloth itself is so coloured
_OTHER_HUE, _OTHER_LIGHT = 0.03, 0.2  # OKLab distance in hue and chroma, and in lightness, of skin from the cloth
_SIDE = 200  # samples along the longer side
_GAP = 0.15  # share of the width between two legs
_BAND = 0.3  # share of the width that an arch's band spans before its legs part
_LEG = 1.5  # width of a leg over the thickness of the band
_FEWEST = 4  # samples that have an axis
_HEAD_WIDTH = 0.55  # share of the greatest width up to which the top of an outline counts as its head


@dataclass(frozen=True, kw_only=True)
class Silhouette:
    """The outline of a product, in its own box."""

    aspect: float
    """Width over height of the box, > 0."""
    fill: float
    """Share of the box that is filled, 0 to 1; a front-on rectangle has 1, a disc 0.79."""
    symmetry: float
    """Overlap with its own mirror image, left to right, 0 to 1."""
    head: float
    """Share of the height at the top that is narrower than about half the greatest width: a hood, a bottle's neck."""
    holes: int
    """Openings that are seen through, such as a mug's handle."""
    arch: float
    """Share of the height in which two legs stand apart under one closed band, which is thinner than they are wide."""
    round: float = 0.0
    """Overlap with the disc of its own area and centre, 0 to 1; a ball has 1, a mug about 0.8."""
    leaves: float = 0.0
    """Share of the surface in the green of leaves, 0 to 1."""
    skin: float = 0.0
    """Share of the surface in colours of skin, 0 to 1; 0 where the rest has the same hue: brown leather and wood."""
    face: float = 0.0
    """Share of skin in the topmost sixth, 0 to 1: a wearer's head is there."""
    elongation: float = 1.0
    """Length over width along its own axis, however it lies, >= 1; a square has 1, a watch laid flat about 10."""

    @property
    def is_worn(self) -> bool:
        """Whether so much skin shows that a garment is on somebody."""
        return _WORN <= self.skin <= _BARE

    @property
    def has_face(self) -> bool:
        """Whether so much skin shows at the top that it is a wearer's head and neck."""
        return self.face >= _FACE

    @property
    def is_on_head(self) -> bool:
        """Whether skin shows below the top alone: a hat's wearer; straw and leather have its colour at the top, too."""
        return self.shows_skin and self.face < _TOUCH

    @property
    def shows_skin(self) -> bool:
        """Whether some skin shows beside a garment, less where it is a head's; what it is called needs more."""
        return (_TOUCH if self.has_face else _BESIDE) <= self.skin <= _BARE

    def lies_in(self, ranges: Mapping[str, tuple[float, float]]) -> bool:
        """Whether each of these measures is in its range, ends included."""
        return all(low <= getattr(self, name) <= high for name, (low, high) in ranges.items())


def measure_silhouette(alpha_matte: AlphaMatte, rgb: RgbImage | None = None) -> Silhouette:
    """Measure the outline of a matte (H, W); an empty matte counts as a full square.

    Args:
        alpha_matte: The product's.
        rgb: (H, W, 3), for the shares of leaf green and skin; None: they are 0.
    """
    solid = _crop_solid(alpha_matte)
    height, width = solid.shape
    widths = solid.sum(axis=1)
    wide = np.flatnonzero(widths > _HEAD_WIDTH * widths.max())
    return Silhouette(
        aspect=width / height,
        fill=float(solid.mean()),
        symmetry=float((solid & solid[:, ::-1]).sum() / (solid | solid[:, ::-1]).sum()),
        head=float(wide[0] / height),
        holes=_count_holes(solid),
        arch=_measure_arch(solid),
        round=_measure_roundness(solid),
        leaves=_measure_share(find_leaves, alpha_matte, rgb),
        skin=_measure_skin(alpha_matte, rgb),
        face=_measure_share(find_skin, *_crop_top(alpha_matte, rgb)),
        elongation=_measure_elongation(solid),
    )


def _measure_share(
    find: Callable[[RgbImage], npt.NDArray[np.bool_]], alpha_matte: AlphaMatte, rgb: RgbImage | None
) -> float:
    """Share of the product's samples in colours that are looked for."""
    step = max(1, max(alpha_matte.shape) // (2 * _SIDE))
    solid = alpha_matte[::step, ::step] > 0.5
    if rgb is None or not solid.any():
        return 0.0
    return float(find(rgb[::step, ::step][solid]).mean())


def _measure_skin(alpha_matte: AlphaMatte, rgb: RgbImage | None) -> float:
    """Share of skin: of a thing all in its colours, or of what is told from the rest by more than light and shade."""
    step = max(1, max(alpha_matte.shape) // (2 * _SIDE))
    solid = alpha_matte[::step, ::step] > 0.5
    if rgb is None or not solid.any():
        return 0.0
    colors = rgb[::step, ::step][solid]
    skin = find_skin(colors)
    share = float(skin.mean())
    if not 0 < share <= _BARE:
        return share
    lab = linear_to_oklab(bytes_to_linear(colors))
    apart = np.abs(np.median(lab[skin], axis=0) - np.median(lab[~skin], axis=0))
    return share if np.hypot(*apart[1:]) >= _OTHER_HUE or apart[0] >= _OTHER_LIGHT else 0.0


def _crop_top(alpha_matte: AlphaMatte, rgb: RgbImage | None) -> tuple[AlphaMatte, RgbImage | None]:
    """The topmost sixth of the rows that hold the product."""
    rows = np.flatnonzero((alpha_matte > 0.5).any(axis=1))
    if not len(rows):
        return alpha_matte, rgb
    top = slice(rows[0], rows[0] + max(1, len(rows) // 6))
    return alpha_matte[top], None if rgb is None else rgb[top]


def _crop_solid(alpha_matte: AlphaMatte) -> npt.NDArray[np.bool_]:
    solid = alpha_matte > 0.5
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not len(rows):
        return np.ones((1, 1), np.bool_)
    step = max(1, -(-max(rows[-1] - rows[0], columns[-1] - columns[0]) // _SIDE))
    return np.asarray(solid[rows[0] : rows[-1] + 1 : step, columns[0] : columns[-1] + 1 : step], np.bool_)


def _measure_arch(solid: npt.NDArray[np.bool_]) -> float:
    """0 where there is no band on top, a gap is narrow, or the legs are no wider than the band is thick."""
    height, width = solid.shape
    edges = np.diff(solid.astype(np.int8), axis=1, prepend=0, append=0)
    gaps, leg_widths = np.zeros(height), np.zeros(height)
    for row in range(height):
        starts, ends = np.flatnonzero(edges[row] == 1), np.flatnonzero(edges[row] == -1)
        if len(starts) == 2:
            gaps[row], leg_widths[row] = starts[1] - ends[0], min(ends - starts)
    apart = gaps >= _GAP * width
    if not apart.any():
        return 0.0
    first = int(np.argmax(apart))
    band = float(solid[: height // 2, width // 2].sum())
    is_band = solid[:first].any(axis=0).mean() >= _BAND and 0 < first <= height / 3
    return float(apart.mean()) if is_band and leg_widths[apart].max() > _LEG * band else 0.0


def _measure_roundness(solid: npt.NDArray[np.bool_]) -> float:
    rows, columns = np.nonzero(solid)
    y, x = np.ogrid[: solid.shape[0], : solid.shape[1]]
    disc = (y - rows.mean()) ** 2 + (x - columns.mean()) ** 2 <= solid.sum() / np.pi
    return float((solid & disc).sum() / (solid | disc).sum())


def _measure_elongation(solid: npt.NDArray[np.bool_]) -> float:
    """The root of the ratio of the second moments along and across the main axis."""
    points = np.stack(np.nonzero(solid)).astype(np.float64)
    if points.shape[1] < _FEWEST:
        return 1.0
    across, along = np.linalg.eigvalsh(np.cov(points) + np.eye(2) / 12)
    return float(np.sqrt(along / across))


def _count_holes(solid: npt.NDArray[np.bool_]) -> int:
    """Openings of at least 0.2 % of the box; smaller ones are flaws of the matte."""
    labels, count = ndimage.label(~np.pad(solid, 1))
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    return int((areas >= 0.002 * solid.size).sum()) - 1
