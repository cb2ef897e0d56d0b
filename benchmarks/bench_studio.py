"""How long does a studio shot take, and how far is it from a converged render? Beside it, Mitsuba alone.

Usage: bench_studio.py [--every N] [--runs N] [--reference PATHS…] [--accuracy N…] [--keep DIR]: time every Nth preset,
and measure presets' error against pictures of so many paths a pixel: of N presets for each reference. One of 1024 paths
or more is Mitsuba's own, without a denoiser, and takes many minutes a preset: DIR keeps references for later runs
(empty it when sets change), and ``--references-only`` makes them without timing anything.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Prompt, StudioSettings
from photoshoot.framing.holding import choose_stance
from photoshoot.framing.layout import RenderKind, ad_sizes, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.presets import Preset
from photoshoot.prompts import resolve_prompts
from photoshoot.records import Product, ShotRequest
from photoshoot.settings import Placement

ROOT = Path(__file__).resolve().parents[1]
PHOTO = ROOT / "examples" / "bottle.jpg"
BLENDER_PAGE = ROOT / "benchmarks" / "results" / "blender.md"
"""What ``bench_blender.py`` wrote; it wants an environment of its own, and says so where there is none."""
RUNS, PLAIN_SAMPLES, REFERENCE_SAMPLES = 3, 64, 256
UNDENOISED_FROM = 1024  # paths from which on a reference needs no denoiser, so that it favours nobody
PLAIN = StudioSettings(samples=PLAIN_SAMPLES, render_scale=1, denoiser="none")
SCALAR_PRESETS = 5


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """One preset's error, dB as displayed, outside the product, and the seconds it took."""

    preset_id: str
    ours_db: tuple[float, ...]
    """Against each reference."""
    ours_s: float
    plain_db: tuple[float, ...]
    """Against each reference."""
    plain_s: float

    @property
    def ratio(self) -> float:
        """Seconds that Mitsuba alone needs for our error, over ours: its error falls with the number of paths."""
        paths = 10 ** (max(self.ours_db[0] - self.plain_db[0], 0) / 10)
        return paths * self.plain_s / self.ours_s


def request_of(shoot: Photoshoot, preset: Preset, product: Product) -> ShotRequest:
    """The landscape shot of a preset."""
    (scene,) = resolve_prompts([Prompt.preset(preset.id)], product, shoot.presets)
    stance = choose_stance(scene.design, product.category, Placement())
    canvas = lay_out(product.cutout, ad_sizes(RenderKind.LANDSCAPE)[0], stance=stance)
    layer = build_layer(product.cutout, canvas)
    return ShotRequest(product=product, layer=layer, canvas=canvas, scene=scene, seed=1, prompt_index=0)


def time_presets(shoot: Photoshoot, presets: Sequence[Preset], product: Product, runs: int = RUNS) -> dict[str, float]:
    """Seconds from cut-out to picture, through the public call: median of warm runs, each building its set anew."""
    seconds: dict[str, list[float]] = {}
    for run in range(runs + 1):
        for preset in presets:
            start = time.perf_counter()
            shoot.generate(product, prompts=Prompt.preset(preset.id), seed=run)
            if run:  # the first one compiles
                seconds.setdefault(preset.id, []).append(time.perf_counter() - start)
        print(f"run {run} of {runs}", flush=True)
    return {preset_id: statistics.median(taken) for preset_id, taken in seconds.items()}


def time_request(shoot: Photoshoot, presets: Sequence[Preset]) -> float:
    """Seconds from a photo's path to six pictures."""
    prompts = [Prompt.preset(preset.id) for preset in presets[:: max(1, len(presets) // 6)][:6]]
    start = time.perf_counter()
    shoot.generate(PHOTO, prompts=prompts, seed=1)
    return time.perf_counter() - start


def shoot_once(settings: StudioSettings, request: ShotRequest) -> tuple[np.ndarray, float]:
    """A picture and its seconds; the kernels are warm, which few paths are enough for."""
    few = StudioPlacer(settings if settings.samples is None else replace(settings, samples=min(settings.samples, 8)))
    few.place([request])
    few.close()
    placer = StudioPlacer(settings)
    start = time.perf_counter()
    image = placer.place([request])[0].image
    seconds = time.perf_counter() - start
    placer.close()
    return image, seconds


def psnr(picture: np.ndarray, reference: np.ndarray, outside: np.ndarray) -> float:
    error = float(np.mean((picture.astype(np.float64) - reference)[outside] ** 2))
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))


def reference_settings(samples: int) -> StudioSettings:
    denoiser = "none" if samples >= UNDENOISED_FROM else "auto"
    return StudioSettings(samples=samples, render_scale=1, denoiser=denoiser)


def converge(request: ShotRequest, preset_id: str, samples: int, keep: Path | None) -> np.ndarray:
    """The picture at many paths a pixel; taken from the folder where it is there."""
    kept = keep / f"{preset_id}-{samples}.png" if keep else None
    if kept is not None and kept.exists():
        with Image.open(kept) as opened:
            return np.asarray(opened.convert("RGB"))
    placer = StudioPlacer(reference_settings(samples))
    image = placer.place([request])[0].image
    placer.close()
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(kept)
    return image


def measure_accuracy(request: ShotRequest, preset_id: str, references: Sequence[np.ndarray]) -> Accuracy:
    """Our picture, and Mitsuba's alone, against converged ones; all with the same dither."""
    outside = request.layer.alpha_matte == 0
    ours, ours_s = shoot_once(StudioSettings(), request)
    plain, plain_s = shoot_once(PLAIN, request)
    return Accuracy(
        preset_id=preset_id,
        ours_db=tuple(psnr(ours, converged, outside) for converged in references),
        ours_s=ours_s,
        plain_db=tuple(psnr(plain, converged, outside) for converged in references),
        plain_s=plain_s,
    )


def time_variant(variant: str, preset_ids: Sequence[str]) -> float:
    """Median seconds of a shot in a process of its own, which runs that variant of Mitsuba."""
    command = [sys.executable, __file__, "--variant", variant, *preset_ids]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def report(
    times: dict[str, float],
    six_s: float,
    peak_gb: float,
    accuracies: Sequence[Accuracy],
    scalar: float,
    reference_samples: Sequence[int],
    runs: int,
) -> str:
    """The page of results."""
    shots, names = list(times.values()), [reference_name(samples) for samples in reference_samples]
    slowest = max(times, key=lambda preset_id: times[preset_id])
    decibels = [
        [item.ours_db[index] for item in accuracies if index < len(item.ours_db)] for index in range(len(names))
    ]
    errors = [
        f"- Error against {name} a pixel, outside the product: median {statistics.median(values):.1f} dB, worst "
        f"{min(values):.1f} dB (presets: {len(values)})."
        for name, values in zip(names, decibels, strict=True)
    ]
    lines = [
        "# Studio",
        "",
        f"1674x628, 2 CPU cores, warm; each shot builds its set anew; seconds are medians of {runs} runs.",
        "",
        f"- A shot, cut-out to picture, over {len(times)} presets: median {statistics.median(shots):.2f} s, "
        f"slowest {max(shots):.2f} s ({slowest}).",
        f"- Six shots of one request, photo to pictures (segmentation included): {six_s:.1f} s.",
        *errors,
        "- Mitsuba alone at our error takes "
        f"{statistics.median(item.ratio for item in accuracies):.0f} times as long (median; from its error at "
        f"{PLAIN_SAMPLES} paths, which falls with the number of paths).",
        f"- Without LLVM (scalar variant): {scalar:.2f} times as long.",
        f"- Peak memory over all those shots: {peak_gb:.2f} GB.",
        *(["- Beside Blender's Cycles, on the same sets: [blender.md](blender.md)."] if BLENDER_PAGE.exists() else []),
        "",
        f"Decibels against {' / '.join(names)}:",
        "",
        f"| preset | ours, s | ours, dB | Mitsuba alone, {PLAIN_SAMPLES} paths, s | dB | at our error |",
        "|---|---|---|---|---|---|",
        *(
            f"| {item.preset_id} | {item.ours_s:.2f} | {slashed(item.ours_db)} | {item.plain_s:.1f} "
            f"| {slashed(item.plain_db)} | x{item.ratio:.0f} |"
            for item in accuracies
        ),
        "",
        "| preset | s |",
        "|---|---|",
        *(f"| {preset_id} | {taken:.2f} |" for preset_id, taken in sorted(times.items(), key=lambda item: -item[1])),
    ]
    return "\n".join(lines) + "\n"


def reference_name(samples: int) -> str:
    return f"{samples} {'denoised' if samples < UNDENOISED_FROM else 'plain'} paths"


def slashed(decibels: Sequence[float]) -> str:
    return " / ".join(f"{value:.1f}" for value in decibels)


def run_variant(variant: str, preset_ids: Sequence[str]) -> None:
    with Photoshoot.embedded(studio=StudioSettings(variant=variant)) as shoot:
        product = shoot.describe([PHOTO])[0]
        times = time_presets(shoot, [shoot.presets.get(preset_id) for preset_id in preset_ids], product)
    print(statistics.median(times.values()))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--runs", type=int, default=RUNS, help="after the one that compiles (3)")
    parser.add_argument("--reference", type=int, nargs="+", default=[REFERENCE_SAMPLES], help="paths a pixel (256)")
    parser.add_argument("--accuracy", type=int, nargs="+", default=[8], help="presets for each reference, falling (8)")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--references-only", action="store_true")
    parser.add_argument("--variant")
    parser.add_argument("preset_ids", nargs="*")
    arguments = parser.parse_args()
    if len(arguments.accuracy) != len(arguments.reference) or sorted(arguments.accuracy)[::-1] != arguments.accuracy:
        parser.error("--accuracy wants a number of presets for each --reference, the first the largest")
    return arguments


def main() -> None:
    arguments = read_arguments()
    if arguments.variant:
        run_variant(arguments.variant, arguments.preset_ids)
        return
    times, six_s = {}, 0.0
    with Photoshoot.embedded() as shoot:
        presets, product = list(shoot.presets)[:: arguments.every], shoot.describe([PHOTO])[0]
        if not arguments.references_only:
            times, six_s = time_presets(shoot, presets, product, arguments.runs), time_request(shoot, presets)
        peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        most = arguments.accuracy[0]
        sample = presets[:: max(1, len(presets) // most)][:most]
        requests = {preset.id: request_of(shoot, preset, product) for preset in sample}
    references: dict[str, list[np.ndarray]] = {preset_id: [] for preset_id in requests}
    for samples, count in zip(arguments.reference, arguments.accuracy, strict=True):
        for preset_id in list(requests)[:: max(1, len(requests) // count)][:count]:
            references[preset_id].append(converge(requests[preset_id], preset_id, samples, arguments.keep))
            print(f"{preset_id}: {samples} paths", flush=True)
    if arguments.references_only:
        return
    few = list(times)[:SCALAR_PRESETS]
    scalar = time_variant("scalar_rgb", few) / statistics.median(times[preset_id] for preset_id in few)
    accuracies = []
    for preset_id, request in requests.items():
        accuracies.append(measure_accuracy(request, preset_id, references[preset_id]))
        print(accuracies[-1], flush=True)
    target = ROOT / "benchmarks" / "results" / "studio.md"
    page = report(times, six_s, peak_gb, accuracies, scalar, arguments.reference, arguments.runs)
    target.write_text(page, encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
