"""What does the embedded recommender say about real products, and how long does it take?

Usage: ``python benchmarks/bench_recommend.py [FOLDER]``. The folder holds RGBA pictures whose alpha is the true matte;
of a baked shadow under a product only the largest connected part of the matte is kept. Writes
``benchmarks/results/recommend.md``, with the time from a 12 MP photo to its recommendation.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.captioners.efficientnet import EfficientNetCaptioner
from photoshoot.photos import read_photo
from photoshoot.presets import PresetRegistry
from photoshoot.recommenders.affinity import AffinityRecommender
from photoshoot.records import Box, Cutout, Recommendation
from photoshoot.segmenters.u2net import U2NetSegmenter

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "recommend.md"
LARGE = (4000, 3000)


def build_cutout(path: Path) -> Cutout:
    photo = read_photo(path)
    alpha = np.asarray(Image.open(path).convert("RGBA").getchannel("A"))
    labels, _ = ndimage.label(alpha > 25)
    areas = np.bincount(labels[alpha > 127])
    areas[0] = 0
    matte = np.where(labels == areas.argmax(), alpha, 0)
    rows, columns = np.flatnonzero((matte > 127).any(axis=1)), np.flatnonzero((matte > 127).any(axis=0))
    return Cutout(
        rgb=photo.rgb,
        alpha_matte=(matte / 255).astype(np.float32),
        box=Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1),
        touches=frozenset(),
        confidence=1.0,
        segmenter="alpha",
        photo_name=path.stem,
        photo_sha256=photo.sha256,
    )


def measure(work: Callable[[], object], repeats: int = 3, clock: Callable[[], float] = time.perf_counter) -> float:
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def draw_large_photo(path: Path) -> bytes:
    """A JPEG of 12 MP: the product before a soft gradient with a little grain."""
    width, height = LARGE
    grain = np.random.default_rng(7).normal(0, 1.5, (height, width, 1))
    grey = 205 - 60 * np.linspace(0, 1, height)[:, None, None] + grain
    photo = Image.fromarray(np.repeat(grey, 3, axis=2).clip(0, 255).astype(np.uint8))
    side = round(0.9 * height)
    product = Image.open(path).convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
    photo.paste(product, ((width - side) // 2, (height - side) // 2), product)
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=92)
    return file.getvalue()


def time_large_photo(path: Path, captioner: EfficientNetCaptioner, recommender: AffinityRecommender) -> str:
    """Seconds of each stage, warm, imports excluded: medians; those of CPU sum over the cores."""
    file, segmenter = draw_large_photo(path), U2NetSegmenter(device="cpu")
    photo = read_photo(file)
    cutouts = segmenter.segment([photo])
    products = captioner.describe(cutouts)
    stages: dict[str, Callable[[], object]] = {
        "decode": lambda: read_photo(file),
        "segment": lambda: segmenter.segment([photo]),
        "describe": lambda: captioner.describe(cutouts),
        "rank": lambda: recommender.recommend(products),
    }
    wall = {name: measure(work) for name, work in stages.items()}
    cpu = {name: measure(work, clock=time.process_time) for name, work in stages.items()}
    parts = ", ".join(f"{name} {seconds:.2f} ({cpu[name]:.2f} of CPU)" for name, seconds in wall.items())
    total = f"{sum(wall.values()):.2f} s ({sum(cpu.values()):.2f} of CPU)"
    return f"- {path.stem}: {total}: {parts}."


def write_entry(recommendation: Recommendation) -> str:
    product = recommendation.product
    palette = ", ".join(f"{swatch.name} {swatch.hex} {swatch.share:.0%}" for swatch in product.palette)
    prompts = "\n".join(f"- {prompt}" for prompt in recommendation.prompts)
    return (
        f"## {product.cutout.photo_name}\n\n"
        f"**{product.name}** ({product.category}, confidence {product.confidence:.2f}). {product.description}\n\n"
        f"Palette: {palette}\n\n{prompts}\n\nPresets: {', '.join(recommendation.preset_ids)}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "products")
    paths = sorted(parser.parse_args().folder.glob("*.png"))
    if not paths:
        raise SystemExit("give a folder of RGBA product pictures")
    captioner, recommender = EfficientNetCaptioner(device="cpu"), AffinityRecommender(PresetRegistry.load())
    cutouts = [build_cutout(path) for path in paths]
    products = captioner.describe(cutouts)
    entries = [write_entry(recommendation) for recommendation in recommender.recommend(products)]
    describe_s = measure(lambda: captioner.describe(cutouts)) / len(cutouts)
    recommend_s = measure(lambda: recommender.recommend(products)) / len(cutouts)
    head = (
        f"# Recommendations for {len(cutouts)} products\n\n"
        f"Median seconds a product: name, description and palette {describe_s:.2f}, "
        f"prompts and presets {recommend_s:.3f}.\n\n"
        f"Photo to recommendation, JPEGs of {LARGE[0]}x{LARGE[1]} px. Where the machine is busy with other work only "
        "the seconds of CPU, of all cores, tell:\n\n"
        + "\n".join(time_large_photo(path, captioner, recommender) for path in paths[::3])
        + "\n"
    )
    text = "\n".join([head, *entries])
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
