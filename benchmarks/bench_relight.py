"""How far does full relighting move the product's colours? CIEDE2000 over its core, every preset, two products."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

from photoshoot import Photoshoot, Prompt, RenderKind, Shot, StudioSettings
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer

ROOT = Path(__file__).resolve().parents[1]
PHOTOS = ("bottle", "mug")


def color_shift(shot: Shot) -> np.ndarray:
    """CIEDE2000 of each core pixel against the product as it was."""
    layer = build_layer(shot.product.cutout, shot.canvas)
    core = layer.alpha_matte >= CORE_ALPHA
    shown, original = (rgb2lab(pixels[core][None] / 255.0) for pixels in (shot.image, layer.rgb))
    return np.asarray(deltaE_ciede2000(shown, original)[0])


def main() -> None:
    lines = ["| product | preset | mean | p95 | most |", "|---|---|---|---|---|"]
    worst = 0.0
    with Photoshoot.embedded(studio=StudioSettings(relight=1.0)) as shoot:
        for name in PHOTOS:
            product = shoot.describe([ROOT / "examples" / f"{name}.jpg"])[0]
            for preset in shoot.presets:
                prompts = [Prompt.preset(preset.id)]
                kind = RenderKind.MEDIUM_BANNER
                (shot,) = shoot.generate(product, prompts=prompts, render_kind=kind, safe_margin=False, seed=3)
                shift = color_shift(shot)
                p95 = float(np.percentile(shift, 95))
                worst = max(worst, p95)
                lines.append(f"| {name} | {preset.id} | {shift.mean():.2f} | {p95:.2f} | {shift.max():.2f} |")
                print(lines[-1], flush=True)
    text = f"# Relighting\n\nFull strength, 300x250; largest 95th percentile {worst:.2f}.\n\n" + "\n".join(lines) + "\n"
    (ROOT / "benchmarks" / "results" / "relight.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
