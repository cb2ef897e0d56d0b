"""Harder photos whose right answer is known: corners of real rooms, own colours behind, hard shadow, gloss, white.

None of what is drawn here stood in the benchmark that the methods were tuned on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from backdrops import SHARED, Floats, Sample, cast_shadow, load_product, smooth_noise
from PIL import Image
from scipy import ndimage

KINDS = ("other room", "own colour", "hard shadow", "glossy table", "white below")
CORNERS = {
    "v_kari-shea-398668": (0.86, 0, 1, 1),
    "v_natalia-y-345738": (0, 0, 0.2, 1),
    "v_neslihan-gunaydin-3493": (0, 0.3, 0.35, 1),
    "r_animal-1": (0.62, 0, 1, 0.5),
    "v_ben-hershey-574483": (0.55, 0, 1, 1),
    "v_silvia-agrasar-227575": (0, 0, 0.25, 0.9),
    "r_car-3": (0, 0, 1, 0.45),
    "v_nathan-fertig-249917": (0, 0.2, 0.25, 1),
}
"""Where photos that the other benchmark does not take are empty: left, top, right and bottom as shares."""
_SCALES = (0.85, 0.6, 0.45, 0.7)  # of the product's own size in its file
_PAPER = np.array([0.98, 0.98, 0.975], np.float32)
_LEVEL = 0.72  # of the height: where a table's far edge lies


def make_hard_samples(size: int, every: int = 1) -> Iterator[Sample]:
    """Every so-many-th product, once before each kind, ``size`` px a side."""
    paths = sorted((SHARED / "products").glob("*.png"))
    for index, path in enumerate(paths):
        if index % every:
            continue
        for turn, kind in enumerate(KINDS):
            rng = np.random.default_rng(500 + 10 * index + turn)
            scale = _SCALES[(index + turn) % len(_SCALES)]
            planes = [_move(plane, scale, rng_at=(index, turn)) for plane in _load(path, size)]
            colors, alpha, true = np.dstack(planes[:3]), planes[3], planes[4]
            if kind == "white below":
                colors = _whiten(colors, alpha, true, index)
            behind = _draw(kind, size, index, (colors, true), rng)
            grain = rng.normal(0, 0.008, behind.shape).astype(np.float32)
            photo = np.clip(colors + behind * (1 - alpha[..., None]) + grain, 0, 1)
            yield Sample(
                product=path.stem,
                backdrop=kind,
                photo=np.round(photo * 255).astype(np.uint8),
                premultiplied=colors * (true > 0)[..., None],
                alpha_matte=true,
            )


def _load(path: Path, size: int) -> list[Floats]:
    premultiplied, alpha, true = load_product(path, size)
    # the shadow baked into the file stays with it on white alone
    return [*np.moveaxis(premultiplied * (true > 0)[..., None], -1, 0), np.where(true > 0, alpha, 0), true]


def _move(plane: Floats, scale: float, rng_at: tuple[int, int]) -> Floats:
    """A plane made smaller and laid somewhere, on black."""
    size = len(plane)
    side = round(size * scale)
    small = np.asarray(Image.fromarray(plane.astype(np.float32)).resize((side, side), Image.Resampling.BOX))
    left, top = (int((size - side) * share) for share in ((0.2, 0.5, 0.75)[sum(rng_at) % 3], 0.62))
    out = np.zeros_like(plane, dtype=np.float32)
    out[top : top + side, left : left + side] = small
    return out


def _draw(kind: str, size: int, index: int, product: tuple[Floats, Floats], rng: np.random.Generator) -> Floats:
    colors, true = product
    if kind == "other room":
        return _draw_corner(size, index) * cast_shadow(true, index)[..., None]
    light = 0.85 + 0.15 * smooth_noise(size, (2, 2), rng)[..., None]
    if kind == "own colour":
        solid = true > 0.9
        own = np.median(colors[solid], axis=0) + rng.uniform(-0.07, 0.07)
        return np.clip(own * light, 0, 1).astype(np.float32) * cast_shadow(true, index)[..., None]
    if kind == "white below":
        return np.asarray(_PAPER * (0.93 + 0.07 * light) * cast_shadow(true, index)[..., None], np.float32)
    tone = np.array(
        [(0.86, 0.84, 0.8), (0.55, 0.62, 0.66), (0.78, 0.6, 0.5), (0.93, 0.93, 0.94)][index % 4], np.float32
    )
    if kind == "hard shadow":
        return np.asarray(tone * light * _throw(true, index)[..., None], np.float32)
    return _lay_gloss(tone * light, colors, true)


def _draw_corner(size: int, index: int) -> Floats:
    """An empty corner of a real photo with its mirror image to the left."""
    name, (left, top, right, bottom) = list(CORNERS.items())[index % len(CORNERS)]
    image = Image.open(SHARED / "photos" / "real" / f"{name}.jpg").convert("RGB")
    box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
    half = np.asarray(image.resize((size // 2, size), Image.Resampling.BICUBIC, box=box), np.float32)
    return np.asarray(np.concatenate([half[:, ::-1], half], axis=1) / np.float32(255), np.float32)


def _whiten(colors: Floats, alpha: Floats, true: Floats, index: int) -> Floats:
    """The product, premultiplied, as white as its backdrop from a fifth to half of its height on, as a pot is.

    Its outline is a little darker, on one side more than on the other, as on white china.
    """
    rows = np.flatnonzero((true > 0.5).any(axis=1))
    start = rows[0] + (0.2 + 0.1 * (index % 4)) * (rows[-1] - rows[0])
    inside = ndimage.distance_transform_edt(true > 0.5)
    columns = np.arange(true.shape[1]) - np.average(np.arange(true.shape[1]), weights=true.sum(axis=0))
    rim = np.where(columns * (-1 if index % 2 else 1) > 0, 0.07, 0.02)
    shade = 1.01 - rim * np.exp(-inside / (0.012 * len(true)))
    white = np.clip(_PAPER * shade[..., None], 0, 1) * alpha[..., None]
    below = (np.arange(len(true)) >= start)[:, None, None]
    return np.asarray(np.where(below, white, colors), np.float32)


def _throw(matte: Floats, index: int) -> Floats:
    """Factor of light behind a product that hangs near a wall in the sun: its outline moved, with a sharp edge."""
    size = len(matte)
    across = (-1 if index % 2 else 1) * (0.05 + 0.02 * (index % 3)) * size
    moved = ndimage.shift(matte, (0.05 * size, across), order=1)
    return np.asarray(1 - 0.5 * ndimage.gaussian_filter(moved, 0.002 * size), np.float32)


def _lay_gloss(wall: Floats, colors: Floats, true: Floats) -> Floats:
    """A darker, glossy table before the wall, with the product's mirror image under it, fading out."""
    size = len(true)
    rows = np.flatnonzero((true > 0.5).any(axis=1))
    base = int(rows[-1]) + 1
    y = np.arange(size, dtype=np.float32)[:, None, None]
    table = np.clip((y - min(_LEVEL * size, base - 0.06 * size)) / 3, 0, 1)
    behind = wall * (1 - table) + wall * np.array([0.62, 0.56, 0.52], np.float32) * table
    height = min(size - base, base)
    mirrored, cover = np.zeros_like(colors), np.zeros((size, size, 1), np.float32)
    mirrored[base : base + height] = colors[base - height : base][::-1]
    cover[base : base + height, :, 0] = true[base - height : base][::-1]
    fade = 0.4 * np.clip(1 - (y - base) / (0.18 * size), 0, 1)
    behind = behind * (1 - fade * cover) + fade * ndimage.gaussian_filter(mirrored, (2, 1, 0))
    return np.asarray(np.clip(behind, 0, 1), np.float32)
