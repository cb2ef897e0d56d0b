"""How good are cut-outs? Real products with known mattes on three backdrops, side by side with rembg.

Columns: IoU at matte 0.5; MAE x1000 over the whole photo; boundary F at 2 px; fringe: mean colour error, 8-bit steps,
of the cut-out laid on black against the true one, in a band of 3 px round the true edge; seconds a photo.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter
from scipy import ndimage

from photoshoot.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.weights import find_weights

Floats = npt.NDArray[np.float32]
Method = Callable[[npt.NDArray[np.uint8]], tuple[Floats, Floats]]

BACKDROPS = ("white", "gradient", "texture")
_SHARED = Path(__file__).resolve().parents[1].parent / "shared"


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


def draw_backdrop(kind: str, size: int, index: int) -> Floats:
    rng = np.random.default_rng(100 + index)
    if kind == "white":
        return np.ones((size, size, 3), np.float32)
    if kind == "gradient":
        along = np.linspace(0, 1, size, dtype=np.float32)
        grey = 0.72 - 0.4 * along[:, None] - 0.1 * along[None] + rng.normal(0, 0.006, (size, size)).astype(np.float32)
        return np.repeat(grey[..., None], 3, axis=2)
    if index % 3 == 2:
        photos = sorted((_SHARED / "photos").glob("*.jpg"))
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


def boundary_f(found: Floats, true: Floats, tolerance_px: int = 2) -> float:
    edges = [(m > 0.5) ^ ndimage.binary_erosion(m > 0.5, border_value=1) for m in (found, true)]
    reach = [ndimage.distance_transform_edt(~edge) <= tolerance_px for edge in edges]
    precision = float((edges[0] & reach[1]).sum() / max(1, edges[0].sum()))
    recall = float((edges[1] & reach[0]).sum() / max(1, edges[1].sum()))
    return 2 * precision * recall / max(1e-9, precision + recall)


def score(rgb: Floats, alpha: Floats, premultiplied: Floats, true: Floats) -> tuple[float, float, float, float]:
    union = ((alpha > 0.5) | (true > 0.5)).sum()
    iou = float(((alpha > 0.5) & (true > 0.5)).sum() / max(1, union))
    solid = true > 0.5
    band = ndimage.binary_dilation(solid, iterations=3) & ~ndimage.binary_erosion(solid, iterations=3)
    fringe = float(np.abs(rgb * alpha[..., None] - premultiplied)[band].mean() * 255)
    return iou, float(np.abs(alpha - true).mean()) * 1000, boundary_f(alpha, true), fringe


def build_methods(home: Path) -> dict[str, Method]:
    """Ours, and rembg with the same network with and without its own matting."""
    segmenter = U2NetSegmenter()
    os.environ["U2NET_HOME"] = str(home)  # this script's own process: rembg finds the weights there
    shutil.copy(find_weights("u2netp"), home / "u2netp.onnx")
    import rembg

    session = rembg.new_session("u2netp", providers=["CPUExecutionProvider"])

    def ours(rgb: npt.NDArray[np.uint8]) -> tuple[Floats, Floats]:
        cutout = segmenter.segment([read_photo(rgb)])[0]
        return np.asarray(cutout.rgb, np.float32) / np.float32(255), cutout.alpha_matte

    def with_rembg(matting: bool) -> Method:
        def cut(rgb: npt.NDArray[np.uint8]) -> tuple[Floats, Floats]:
            with contextlib.redirect_stdout(sys.stderr):  # its matting library prints warnings
                picture = rembg.remove(Image.fromarray(rgb), session=session, alpha_matting=matting)
            out = np.asarray(picture, np.float32) / np.float32(255)
            return out[..., :3], out[..., 3]

        return cut

    return {"photoshoot": ours, "rembg": with_rembg(False), "rembg + alpha_matting": with_rembg(True)}


def measure(methods: dict[str, Method], size: int) -> Iterator[tuple[str, str, str, list[float]]]:
    warm = np.full((256, 256, 3), 255, np.uint8)
    warm[64:192, 64:192] = (180, 40, 40)
    for method in methods.values():
        method(warm)
    for index, path in enumerate(sorted((_SHARED / "products").glob("*.png"))):
        premultiplied, alpha, true = load_product(path, size)
        for kind in BACKDROPS:
            behind = np.clip(draw_backdrop(kind, size, index), 0, 1)
            photo = np.round((premultiplied + behind * (1 - alpha[..., None])) * 255).clip(0, 255).astype(np.uint8)
            clean = premultiplied * (true > 0)[..., None]
            for name, method in methods.items():
                start = time.perf_counter()
                found = method(photo)
                seconds = time.perf_counter() - start
                yield path.stem, kind, name, [*score(*found, clean, true), seconds]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1080, help="side of the photos, px")
    size = parser.parse_args().size
    if not _SHARED.is_dir():
        print(f"skipped: the products are not there ({_SHARED.name} beside the repository)")
        return
    rows: dict[str, list[list[float]]] = {}
    print(f"# Cut-outs, {size}x{size} px photos, 2 CPU cores\n\n{(__doc__ or '').strip()}\n")
    print(
        "| product | backdrop | method | IoU | MAE x1000 | boundary F | fringe | s |\n|---|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as home:
        for product, kind, name, values in measure(build_methods(Path(home)), size):
            rows.setdefault(name, []).append(values)
            print(f"| {product} | {kind} | {name} |", " | ".join(_format(values)), "|", flush=True)
    print(
        "\n| all photos | IoU mean | IoU least | MAE x1000 | boundary F | fringe | s, median |",
        "|---|---|---|---|---|---|---|",
        sep="\n",
    )
    for name, table in rows.items():
        mean = np.mean(table, axis=0)
        summary = [mean[0], np.min(table, axis=0)[0], *mean[1:4], np.median(table, axis=0)[4]]
        print(
            f"| {name} |",
            " | ".join(f"{value:.4f}" if i < 2 else f"{value:.3f}" for i, value in enumerate(summary)),
            "|",
        )


def _format(values: list[float]) -> list[str]:
    return [f"{value:.{digits}f}" for value, digits in zip(values, (4, 2, 3, 2, 2), strict=True)]


if __name__ == "__main__":
    main()
