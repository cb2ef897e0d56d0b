"""Photos whose right answer is known: real products laid on drawn backdrops, with and without shadow, and on real ones.

The real ones are the empty parts of other photos, with tables, walls, lawns and windows, mirrored to fill the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter
from scipy import ndimage

Floats = npt.NDArray[np.float32]

BACKDROPS = ("white", "gradient", "texture", "white, shadow", "texture, shadow", "room")
PLACES = {
    "v_zoltan-kovacs-642412": (0.66, 0.5, 1, 1),
    "v_mark-tegethoff-667351": (0, 0, 0.27, 1),
    "v_abel-y-costa-716024": (0, 0.1, 0.12, 1),
    "v_patrick-brinksma-663044": (0.75, 0.1, 1, 1),
    "v_thomas-serer-420833": (0, 0, 0.18, 1),
    "v_nik-shuliahin-619349": (0.55, 0, 1, 1),
    "r_girl-3": (0.6, 0, 1, 1),
    "v_benjamin-voros-310026": (0.8, 0, 1, 1),
    "v_chuttersnap-324234": (0, 0, 0.4, 1),
    "u_bike": (0, 0, 0.2, 1),
}
"""Where photos are empty: left, top, right and bottom as shares."""
SHADED = ("white, shadow", "texture, shadow", "room")
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """A photo with its right answer."""

    product: str
    backdrop: str
    photo: npt.NDArray[np.uint8]
    """(H, W, 3)."""
    premultiplied: Floats
    """(H, W, 3): the product's colours on black."""
    alpha_matte: Floats
    """(H, W): its true matte, without the shadow baked into the file."""


def make_samples(size: int, every: int = 1) -> Iterator[Sample]:
    """Every so-many-th product on each backdrop, ``size`` px a side."""
    for index, path in enumerate(sorted((SHARED / "products").glob("*.png"))):
        if index % every:
            continue
        premultiplied, alpha, true = load_product(path, size)
        for kind in BACKDROPS:
            behind = np.clip(draw_backdrop(kind, size, index), 0, 1)
            if kind in SHADED:
                behind *= cast_shadow(true, index)[..., None]
            photo = np.round((premultiplied + behind * (1 - alpha[..., None])) * 255).clip(0, 255).astype(np.uint8)
            clean = premultiplied * (true > 0)[..., None]
            yield Sample(product=path.stem, backdrop=kind, photo=photo, premultiplied=clean, alpha_matte=true)


def smooth_noise(size: int, cells: tuple[int, int], rng: np.random.Generator) -> Floats:
    grid = rng.random((cells[0] + 3, cells[1] + 3)).astype(np.float32)
    box = (1, 1, cells[1] + 1, cells[0] + 1)
    return np.asarray(Image.fromarray(grid).resize((size, size), Image.Resampling.BICUBIC, box=box))


def draw_wood(size: int, rng: np.random.Generator) -> Floats:
    y = np.linspace(0, 1, size, endpoint=False, dtype=np.float32)[:, None] + np.zeros((1, size), np.float32)
    warp = 0.35 * smooth_noise(size, (3, 4), rng) + 0.03 * smooth_noise(size, (14, 5), rng)
    shade = rng.random(5).astype(np.float32)[(y * 5).astype(int)]
    grain = np.sin((y * 9 + warp + shade * 7) * 2 * np.pi * 6) * 0.5 + 0.5
    fibre = 0.45 * grain + 0.55 * smooth_noise(size, (700, 12), rng)
    color = np.stack([0.62 + 0.18 * fibre, 0.43 + 0.16 * fibre, 0.27 + 0.12 * fibre], -1)
    gap = np.minimum(y * 5 % 1, 1 - y * 5 % 1)
    light = (
        (0.86 + 0.2 * shade)
        * (0.45 + 0.55 * np.clip(gap / 0.012, 0, 1))
        * (0.85 + 0.25 * smooth_noise(size, (2, 2), rng))
    )
    return np.asarray(color * light[..., None], np.float32)


def draw_fabric(size: int, rng: np.random.Generator) -> Floats:
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) * (2 * np.pi / 11)
    weave = (
        0.5
        + 0.25 * np.sin(x + 3 * smooth_noise(size, (20, 20), rng))
        + 0.25 * np.sin(y + smooth_noise(size, (20, 20), rng))
    )
    thread = 0.7 * weave + 0.3 * smooth_noise(size, (400, 400), rng)
    light = 0.75 + 0.25 * thread + 0.35 * (smooth_noise(size, (4, 3), rng) - 0.5)
    return np.asarray(np.array([0.55, 0.57, 0.52], np.float32) * light[..., None], np.float32)


def draw_table(size: int, rng: np.random.Generator, photo: Path) -> Floats:
    """A wooden table before a photo out of focus."""
    image = Image.open(photo).convert("RGB")
    side = min(image.size)
    left, top = int(rng.integers(0, image.width - side + 1)), int(rng.integers(0, image.height - side + 1))
    far = image.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BICUBIC)
    far = far.filter(ImageFilter.GaussianBlur(size * 0.03))
    table = np.clip((np.arange(size, dtype=np.float32) / size - 0.58) / 0.02, 0, 1)[:, None, None]
    return (np.asarray(far, np.float32) / 255 * (1 - table) + draw_wood(size, rng) * table).astype(np.float32)


def draw_room(size: int, index: int) -> Floats:
    """An empty part of a real photo with its mirror image to the left."""
    name, (left, top, right, bottom) = list(PLACES.items())[index % len(PLACES)]
    image = Image.open(SHARED / "photos" / "real" / f"{name}.jpg").convert("RGB")
    width, height = image.size
    box = (left * width, top * height, right * width, bottom * height)
    half = image.resize((size // 2, size), Image.Resampling.BICUBIC, box=box)
    pixels = np.asarray(half, np.float32) / np.float32(255)
    return np.concatenate([pixels[:, ::-1], pixels], axis=1)


def cast_shadow(matte: Floats, index: int) -> Floats:
    """Factor of light behind a product: dark where it stands, and its outline thrown softly to one side."""
    size = len(matte)
    rows, columns = np.nonzero(matte > 0.5)
    base = int(np.quantile(rows, 0.998))
    middle = float(columns[rows > base - 0.04 * size].mean())
    foot = columns[rows > base - 0.04 * size]
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    half = max(float(np.ptp(foot)) / 2, 0.02 * size)
    contact = (((x - middle) / half) ** 2 + ((y - base) / (0.018 * size)) ** 2 < 1).astype(np.float32)
    flat = ndimage.affine_transform(
        matte, [[4, 0], [(1.6 if index % 2 else -1.6), 1]], [-3 * base, (-1.6 if index % 2 else 1.6) * base], order=1
    )
    soft = ndimage.gaussian_filter(flat, 0.012 * size) * 0.35
    return np.asarray((1 - soft) * (1 - 0.55 * ndimage.gaussian_filter(contact, 0.007 * size)), np.float32)


def draw_backdrop(kind: str, size: int, index: int) -> Floats:
    rng = np.random.default_rng(100 + index)
    if kind == "room":
        return draw_room(size, index)
    if kind.startswith("white"):
        return np.ones((size, size, 3), np.float32)
    if kind == "gradient":
        along = np.linspace(0, 1, size, dtype=np.float32)
        grey = 0.72 - 0.4 * along[:, None] - 0.1 * along[None] + rng.normal(0, 0.006, (size, size)).astype(np.float32)
        return np.repeat(grey[..., None], 3, axis=2)
    if index % 3 == 2:
        photos = sorted((SHARED / "photos").glob("*.jpg"))
        return draw_table(size, rng, photos[index % len(photos)])
    return (draw_wood, draw_fabric)[index % 3](size, rng)


def load_product(path: Path, size: int) -> tuple[Floats, Floats, Floats]:
    """Premultiplied colours, the file's matte, and the true matte without the baked shadow."""
    rgba = np.asarray(Image.open(path).convert("RGBA"), np.float32) / 255
    rgba[..., :3] *= rgba[..., 3:]
    planes = [np.asarray(Image.fromarray(rgba[..., i]).resize((size, size), Image.Resampling.BOX)) for i in range(4)]
    alpha = planes[3]
    labels, _ = ndimage.label(alpha > 0.5)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    core = np.isin(labels, np.flatnonzero(sizes >= 0.01 * sizes.max()))
    near = ndimage.distance_transform_edt(~core) <= 4 * size / 2160
    return np.dstack(planes[:3]), alpha, np.where(near, alpha, 0).astype(np.float32)
