"""How long does writing a shot take, and how large are the files, beside Pillow's defaults for the same pixels?

Usage: bench_export.py [--presets N]: medians over shots of N presets. Writes ``benchmarks/results/export.md``.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

from photoshoot import ExportSettings, ImageFormat, Photoshoot, Prompt, Shot
from photoshoot.exporters.file_exporter import encode
from photoshoot.pixels.imaging import shrink

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "export.md"
PHOTO = ROOT / "examples" / "bottle.jpg"
RUNS = 3
LOSSLESS = (ImageFormat.PNG, ImageFormat.PDF)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One way of writing a picture."""

    what: str
    seconds: float
    kilobytes: float
    error: str
    """How near the decoded file is to the shot, over all pixels: dB, or ``"exact"``."""


def measure(what: str, shots: Sequence[Shot], write: Callable[[Shot], bytes], *, lossy: bool) -> Row:
    """CPU seconds and size: medians over shots of the best of three runs, since other work only adds to a run."""
    seconds, sizes, errors = [], [], []
    for shot in shots:
        runs = []
        for _ in range(RUNS):
            start = time.process_time()
            data = write(shot)
            runs.append(time.process_time() - start)
        seconds.append(min(runs))
        sizes.append(len(data) / 1000)
        if lossy:
            errors.append(psnr(data, shot.image))
    return Row(
        what=what,
        seconds=statistics.median(seconds),
        kilobytes=statistics.median(sizes),
        error=f"{statistics.median(errors):.1f}" if lossy else "exact",
    )


def psnr(data: bytes, image: np.ndarray) -> float:
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (page,) = pdf.pages[0].get_images().values()
            data = page.read_raw_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        error = float(np.mean((np.asarray(picture.convert("RGB"), np.float64) - image) ** 2))
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))


def plainly(kind: ImageFormat) -> Callable[[Shot], bytes]:
    """Pillow's own defaults."""

    def write(shot: Shot) -> bytes:
        file = io.BytesIO()
        Image.fromarray(shot.image).save(file, kind.value.upper())
        return file.getvalue()

    return write


def ours(kind: ImageFormat, *, low: bool = False) -> Callable[[Shot], bytes]:
    settings = ExportSettings(format=kind, low_resolution=low)
    return lambda shot: encode(shot, settings)


def report(rows: Mapping[ImageFormat, tuple[Row, Row]], thumbnail: Row, count: int) -> str:
    """The page of results."""
    png, plain_png = rows[ImageFormat.PNG]
    jpeg, plain_jpeg = rows[ImageFormat.JPEG]
    lines = [
        "# Export",
        "",
        f"Shots of {count} presets, 1674x628 px; medians of CPU seconds (all threads) and of sizes. Ours carry "
        "profile, DPI and record.",
        "",
        f"- A PNG takes {png.seconds:.2f} s and {png.kilobytes:.0f} kB; Pillow's default {plain_png.seconds:.2f} s and "
        f"{plain_png.kilobytes:.0f} kB.",
        f"- A JPEG takes {jpeg.seconds:.3f} s, {jpeg.kilobytes:.0f} kB and has {jpeg.error} dB; Pillow's default "
        f"{plain_jpeg.seconds:.3f} s, {plain_jpeg.kilobytes:.0f} kB and {plain_jpeg.error} dB.",
        f"- A thumbnail (JPEG, 512 px) takes {thumbnail.seconds:.2f} s and {thumbnail.kilobytes:.0f} kB.",
        "",
        "| format | ours, s | kB | dB | Pillow's default, s | kB | dB |",
        "|---|---|---|---|---|---|---|",
        *(f"| {kind} | {cells(mine)} | {cells(plain)} |" for kind, (mine, plain) in rows.items()),
        "",
        "Pillow's defaults: PNG level 6; JPEG quality 75 and WebP 80, AVIF 75, with colour at half resolution; its PDF "
        "holds such a JPEG. Ours: quality 92, colour at full resolution; the PDF holds the PNG's pixels.",
    ]
    return "\n".join(lines) + "\n"


def cells(row: Row) -> str:
    return f"{row.seconds:.3f} | {row.kilobytes:.0f} | {row.error}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--presets", type=int, default=3)
    count = parser.parse_args().presets
    with Photoshoot.embedded() as shoot:
        presets = list(shoot.presets)[:: max(1, len(shoot.presets) // count)][:count]
        shots = shoot.generate(PHOTO, prompts=[Prompt.preset(preset.id) for preset in presets], seed=1)
    rows = {}
    for kind in ImageFormat:
        rows[kind] = (
            measure(f"{kind}, ours", shots, ours(kind), lossy=kind not in LOSSLESS),
            measure(f"{kind}, Pillow", shots, plainly(kind), lossy=kind is not ImageFormat.PNG),
        )
        print(*rows[kind], sep="\n", flush=True)
    thumbnail = measure("thumbnail", shots, ours(ImageFormat.JPEG, low=True), lossy=False)
    assert max(shrink(shots[0].image).shape) == 512
    RESULT.write_text(report(rows, thumbnail, count), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
