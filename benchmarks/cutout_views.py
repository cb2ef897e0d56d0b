"""What the cut-out network is shown of a photo and its matte: other backdrops, colours, crops and faults, by chance."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from benchmarks.cutout_material import list_pictures
from PIL import Image, ImageFilter
from scipy import ndimage

Floats = np.ndarray
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_STD = np.array([0.229, 0.224, 0.225], np.float32)
_ELSEWHERE = 0.4  # share of products that are laid on another backdrop


def vary(
    rgb: np.ndarray, alpha: np.ndarray, side: int, rng: np.random.Generator, *, train: bool = True
) -> tuple[Floats, Floats]:
    """A view of ``side`` px of a photo (h, w, 3) and its matte (h, w), uint8: normalised, and in [0, 1]."""
    picture, matte = rgb.astype(np.float32) / 255, alpha.astype(np.float32) / 255
    if rng.random() < _ELSEWHERE:
        picture, matte = _lay_elsewhere(picture, matte, rng, train=train)
    if rng.random() < 0.4:
        picture = _pull(picture, matte, rng)
    picture, matte = _crop(picture, matte, side, rng)
    return normalise(_spoil(picture, rng)), np.clip(matte, 0, 1)


def normalise(picture: Floats) -> Floats:
    """A picture (h, w, 3) in [0, 1] as the network is given it, (3, h, w)."""
    planes = np.moveaxis(picture, -1, 0) / max(float(picture.max()), 1e-6)
    return np.ascontiguousarray((planes - _MEAN[:, None, None]) / _STD[:, None, None], np.float32)


def _crop(picture: Floats, matte: Floats, side: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A part that keeps most of the product, stretched to a square as every photo is."""
    height, width = matte.shape
    rows, columns = (np.flatnonzero((matte > 0.5).any(axis)) for axis in (1, 0))
    if rng.random() < 0.7 and len(rows):
        spare = rng.uniform(0, 1, 4) ** 1.3  # of what is round it
        if rng.random() < 0.15:
            spare[int(rng.integers(4))] = 0
        box = (
            columns[0] * (1 - spare[0]), rows[0] * (1 - spare[1]),
            columns[-1] + 1 + (width - 1 - columns[-1]) * spare[2], rows[-1] + 1 + (height - 1 - rows[-1]) * spare[3],
        )  # fmt: skip
        box = tuple(
            float(np.clip(edge, 0, limit)) for edge, limit in zip(box, (width, height, width, height), strict=True)
        )
        if box[2] - box[0] < 48 or box[3] - box[1] < 48:
            box = (0.0, 0.0, float(width), float(height))
    else:
        box = (0.0, 0.0, float(width), float(height))
    planes = [_sized(plane, side, box) for plane in (*np.moveaxis(picture, -1, 0), matte)]
    if rng.random() < 0.5:
        planes = [plane[:, ::-1] for plane in planes]
    return np.clip(np.stack(planes[:3], -1), 0, 1), planes[3]


def _sized(plane: Floats, side: int, box: tuple[float, ...]) -> Floats:
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize((side, side), Image.Resampling.BILINEAR, box=box, reducing_gap=None), np.float32)


def _pull(picture: Floats, matte: Floats, rng: np.random.Generator) -> Floats:
    """The product's colours nearer to those right behind it: white on white, dark on dark."""
    near = ndimage.binary_dilation(matte > 0.5, iterations=10) & (matte < 0.05)
    if near.sum() < 30 or (matte > 0.9).sum() < 30:
        return picture
    behind, own = picture[near].mean(0), picture[matte > 0.9].mean(0)
    share, flat = rng.uniform(0.4, 0.97), rng.uniform(0.4, 1.0)
    if rng.random() < 0.25:  # a part of it alone
        low, high = np.flatnonzero((matte > 0.5).any(1))[[0, -1]]
        edge = rng.uniform(low, high)
        matte = matte * (np.arange(len(matte)) > edge)[:, None]
    pulled = behind + rng.normal(0, 0.03, 3) + (picture - own) * flat
    return np.clip(picture + (share * matte)[..., None] * (pulled - picture), 0, 1).astype(np.float32)


def _lay_elsewhere(picture: Floats, matte: Floats, rng: np.random.Generator, *, train: bool) -> tuple[Floats, Floats]:
    """The product on a plate or a plain ground, with a shadow or a mirror image under it."""
    side = len(matte)
    sure = matte > 0.97
    if sure.sum() < 200:
        return picture, matte
    rows, columns = ndimage.distance_transform_edt(~sure, return_distances=False, return_indices=True)
    colors = picture[rows, columns]
    down, across = (np.flatnonzero((matte > 0.02).any(axis)) for axis in (1, 0))
    box = (int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1)
    tall, wide = box[3] - box[1], box[2] - box[0]
    scale = rng.uniform(0.35, 0.92) * side / max(tall, wide)
    size = max(8, round(wide * scale)), max(8, round(tall * scale))
    left, top = int(rng.uniform(0, side - size[0] + 1)), int((side - size[1]) * rng.uniform(0.3, 1.0))
    planes = []
    for plane in (*np.moveaxis(colors, -1, 0), matte):
        whole = np.zeros((side, side), np.float32)
        image = Image.fromarray(np.ascontiguousarray(plane, np.float32)).resize(
            size, Image.Resampling.BILINEAR, box=box, reducing_gap=2.0
        )
        whole[top : top + size[1], left : left + size[0]] = np.asarray(image)[: side - top, : side - left]
        planes.append(whole)
    laid, cover = np.stack(planes[:3], -1), np.clip(planes[3], 0, 1)
    behind = _behind(side, laid[cover > 0.9].mean(0) if (cover > 0.9).any() else np.full(3, 0.5), rng, train=train)
    base = top + size[1]
    behind = behind * _shadow(cover, base, rng)[..., None]
    if rng.random() < 0.2:
        behind = _mirror(behind, laid, cover, base, rng)
    return np.clip(laid * cover[..., None] + behind * (1 - cover[..., None]), 0, 1).astype(np.float32), cover


def _behind(side: int, own: Floats, rng: np.random.Generator, *, train: bool) -> Floats:
    if rng.random() < 0.6:
        paths = list_pictures("plates", train)
        image = _open(paths[int(rng.integers(len(paths)))])
        height = rng.uniform(240, 600)
        width = min(800.0, height * rng.uniform(0.8, 1.5))
        left, top = rng.uniform(0, 800 - width), rng.uniform(0, 600 - height)
        image = image.resize((side, side), Image.Resampling.BILINEAR, box=(left, top, left + width, top + height))
        if rng.random() < 0.4:
            image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 5))))
        return np.asarray(image, np.float32) / 255 * np.float32(rng.uniform(0.6, 1.2))
    first = (
        np.full(3, rng.uniform(0.85, 1)) if rng.random() < 0.4
        else own + rng.normal(0, 0.06, 3) if rng.random() < 0.5 else rng.uniform(0, 1, 3)
    )  # fmt: skip
    second = first * rng.uniform(0.6, 1.2)
    along = np.linspace(0, 1, side)[:, None, None] if rng.random() < 0.7 else np.linspace(0, 1, side)[None, :, None]
    if rng.random() < 0.3:  # a table's edge
        along = np.clip((along - rng.uniform(0.3, 0.8)) / 0.01, 0, 1)
    return np.asarray(np.clip(first + along * (second - first) + np.zeros((side, side, 1)), 0, 1), np.float32)


@lru_cache(maxsize=300)
def _open(path: Path) -> Image.Image:
    return Image.open(path).convert("RGB")


def _shadow(cover: Floats, base: int, rng: np.random.Generator) -> Floats:
    """Light that is left behind a product: dark at its foot, and its outline thrown down or to a side."""
    side = len(cover)
    foot = cover * (np.arange(side) > base - 0.12 * side)[:, None]
    contact = ndimage.gaussian_filter(
        ndimage.shift(foot, (rng.uniform(-4, 6), rng.uniform(-6, 6)), order=0), (rng.uniform(1, 5), rng.uniform(2, 9))
    )
    slope, squash = rng.uniform(-2, 2), rng.uniform(1.5, 6)
    thrown = ndimage.affine_transform(
        cover, [[squash, 0], [slope, 1]], [-(squash - 1) * base, -slope * base], order=1
    )  # fmt: skip
    soft = ndimage.gaussian_filter(thrown, rng.uniform(0.5, 8))
    wall = ndimage.gaussian_filter(np.roll(cover, rng.integers(-25, 26, 2), (0, 1)), rng.uniform(2, 12)) * (
        rng.random() < 0.3
    )
    most = np.maximum(
        np.maximum(rng.uniform(0, 0.85) * np.minimum(1.6 * contact, 1), rng.uniform(0, 0.6) * soft),
        rng.uniform(0, 0.5) * wall,
    )
    return np.asarray(1 - most, np.float32)


def _mirror(behind: Floats, laid: Floats, cover: Floats, base: int, rng: np.random.Generator) -> Floats:
    """A glossy ground's picture of the product, fading."""
    side, gap = len(cover), int(rng.integers(0, 3))
    rows = np.clip(2 * (base + gap) - np.arange(side), 0, side - 1)
    below = (np.arange(side) >= base)[:, None] * np.exp(-np.maximum(np.arange(side) - base, 0) / rng.uniform(10, 120))[
        :, None
    ]
    share = ndimage.gaussian_filter(cover[rows] * below, 1.0) * rng.uniform(0.15, 0.7)
    return behind + share[..., None] * (laid[rows] - behind)


def _spoil(picture: Floats, rng: np.random.Generator) -> Floats:
    """Another exposure, colour and contrast; blur, grain and JPEG."""
    picture = (
        np.clip(picture, 1e-4, 1) ** rng.uniform(0.7, 1.45) * rng.uniform(0.75, 1.25) * (1 + rng.normal(0, 0.04, 3))
    )
    picture = np.clip((picture - 0.5) * rng.uniform(0.75, 1.25) + 0.5, 0, 1).astype(np.float32)
    if rng.random() < 0.1:
        picture = np.repeat(picture.mean(-1, keepdims=True), 3, -1)
    if rng.random() < 0.25:
        picture = ndimage.gaussian_filter(picture, (*[rng.uniform(0.3, 1.3)] * 2, 0))
    if rng.random() < 0.4:
        picture = picture + rng.normal(0, rng.uniform(0.003, 0.05), picture.shape)
    picture = np.clip(picture, 0, 1)
    if rng.random() < 0.4:
        file = io.BytesIO()
        Image.fromarray(np.round(255 * picture).astype(np.uint8)).save(file, "JPEG", quality=int(rng.integers(25, 92)))
        picture = np.asarray(Image.open(file).convert("RGB"), np.float32) / 255
    return np.asarray(picture, np.float32)
