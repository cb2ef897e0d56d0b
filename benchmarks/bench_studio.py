"""How long does a studio shot take, part by part, and how much noise is left? Beside it, Mitsuba alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from photoshoot import Photoshoot
from photoshoot.imaging import build_layer
from photoshoot.layout import RenderKind, ad_sizes, lay_out
from photoshoot.placers.studio.contact import contact_shade
from photoshoot.placers.studio.denoise import Denoiser
from photoshoot.placers.studio.exposure import choose_exposure, read_card
from photoshoot.placers.studio.families import FAMILIES
from photoshoot.placers.studio.proxy import build_proxy
from photoshoot.placers.studio.render import Lens, Renderer, compose_scene, load_shapes, product_shapes
from photoshoot.placers.studio.tone import encode, tone_map
from photoshoot.placers.studio.view import View
from photoshoot.records import LinearImage, Product, Scene, ShotRequest
from photoshoot.sets import Cyclorama, GlossyFloor, Podium, SetDesign
from photoshoot.settings import Stance

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, REFERENCE_SAMPLES, RUNS = 4, 64, 3
P = ParamSpec("P")
T = TypeVar("T")


class Parts(dict[str, list[float]]):
    """Seconds of each run, by part."""


def timed(parts: Parts, name: str, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    start = time.perf_counter()
    result = work(*args, **options)
    parts.setdefault(name, []).append(time.perf_counter() - start)
    return result


def psnr(picture: LinearImage, reference: LinearImage, outside: np.ndarray) -> float:
    error = float(np.mean((picture - reference)[outside] ** 2))
    return -10 * float(np.log10(max(error, 1e-12)))


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One set with one product in it."""

    request: ShotRequest
    renderer: Renderer
    denoiser: Denoiser

    def finish(self, light: LinearImage, exposure: float, view: View) -> None:
        """Contact line, tone and dither, as the placer does it."""
        shade = contact_shade(self.request.layer, self.request.canvas, view)[..., None]
        encode(tone_map(light * shade, exposure), np.random.default_rng(0))

    def measure(self) -> list[str]:
        """The set's row of the table."""
        design, layer, canvas = self.request.scene.design, self.request.layer, self.request.canvas
        family, once, parts = FAMILIES[type(design)], Parts(), Parts()
        view = View.of(canvas, family.camera_y)
        built = timed(once, "build", family.build, design, view, np.random.default_rng(0))
        shapes = timed(once, "load", load_shapes, built.shapes)
        reading = timed(once, "meter", read_card, self.renderer, shapes, view, sides=False)
        exposure, lens = choose_exposure(built, reading), Lens(view=view, aperture=built.aperture)
        for run in range(RUNS + 1):
            if run == 1:
                parts.clear()  # the first run compiles
            proxy = timed(parts, "proxy", build_proxy, layer, canvas, view)
            product = product_shapes(proxy, exposure)
            scene = timed(parts, "scene", compose_scene, {**shapes, **product}, lens)
            noisy = timed(parts, "render", self.renderer.render, scene, SAMPLES, 1)
            guides = timed(parts, "guides", self.renderer.render_guides, scene, lens, 1)
            clean = timed(parts, "denoise", self.denoiser.denoise, noisy, guides)
            timed(parts, "finish", self.finish, clean, exposure, view)
        plain = timed(once, "plain", self.renderer.render, scene, REFERENCE_SAMPLES, 99)
        plain_seconds = once.pop("plain")[0]
        reference = self.denoiser.denoise(plain, guides)
        shown = [tone_map(image, exposure) for image in (reference, clean, plain)]
        good, raw = (psnr(image, shown[0], layer.alpha_matte == 0) for image in shown[1:])
        median = {name: statistics.median(seconds) for name, seconds in parts.items()}
        cells = [f"{median[name]:.2f}" for name in ("proxy", "scene", "render", "guides", "denoise", "finish")]
        setup = sum(seconds[0] for seconds in once.values())
        shot = sum(median.values())
        return [
            type(design).__name__,
            f"{setup:.2f}",
            *cells,
            f"{shot:.2f}",
            f"{good:.1f}",
            f"{plain_seconds:.1f}",
            f"{raw:.1f}",
        ]


def request_of(design: SetDesign, product: Product) -> ShotRequest:
    canvas = lay_out(product.cutout, ad_sizes(RenderKind.LANDSCAPE)[0], stance=Stance.UPRIGHT)
    scene = Scene(
        text="",
        full_text="",
        negative_text="",
        preset_id=None,
        design=design,
        style_reference=None,
        reading="benchmark",
    )
    layer = build_layer(product.cutout, canvas)
    return ShotRequest(product=product, layer=layer, canvas=canvas, scene=scene, seed=1, prompt_index=0)


def main() -> None:
    head = "set | set up | proxy | scene | render | guides | denoise | finish | shot | PSNR | plain | plain PSNR"
    lines = ["| " + head + " |", "|" + "---|" * 12]
    with Photoshoot.embedded() as shoot:
        product = shoot.describe([ROOT / "examples" / "bottle.jpg"])[0]
        renderer, denoiser = Renderer(6), Denoiser()
        for design in (Cyclorama(), Podium(), GlossyFloor()):
            bench = Bench(request=request_of(design, product), renderer=renderer, denoiser=denoiser)
            lines.append("| " + " | ".join(bench.measure()) + " |")
            print(lines[-1], flush=True)
    text = "\n".join(lines)
    note = (
        f"1674x628, {SAMPLES} samples a pixel, 2 CPU cores; seconds, median of {RUNS} warm runs. `set up` is paid once "
        f"a set. `plain` is Mitsuba alone, {REFERENCE_SAMPLES} samples a pixel without a denoiser. PSNR (dB, outside "
        "the product, as displayed) is against that render, denoised: the reference shares its noise with `plain`, "
        "which favours it, and its denoiser with ours, which favours ours."
    )
    target = ROOT / "benchmarks" / "results" / "studio.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"# Studio\n\n{note}\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
