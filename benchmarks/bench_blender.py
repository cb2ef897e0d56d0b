"""How long does Blender's Cycles take for the studio's picture at the studio's error? Four sets, the very same scenes.

Usage: bench_blender.py [--python PATH] [--rounds N] [--reference N] [--keep DIR] [PRESET…]. PATH, or
``$PHOTOSHOOT_BLENDER_PYTHON``, is the interpreter of an environment of its own with Blender as a module (``pip install
bpy``; it wants libxkbcommon, libsm6, libgl1); without one the script says so and stops. DIR keeps references.

A scene is the studio's own set, written down triangle by triangle (see ``blender_scenes``), with the same camera, size,
lamps and length of paths. Each renderer's error is held against its own picture of many paths, both shown with the same
exposure and tones. Blender is asked for 1, 2, 4… samples until it is as near; its time at our error lies between those
of two counts. It is that of building the scene from arrays in memory and rendering it; ours is a whole shot with a set
built anew. The rounds take turns, so that a machine that slows down does so for all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mitsuba as mi
import numpy as np
from benchmarks.bench_studio import PHOTO, psnr, request_of
from benchmarks.blender_scenes import write_scene

from photoshoot import Photoshoot, Prompt, StudioSettings
from photoshoot.photoshoot import Photoshoot as Engine
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.exposure import ToneMapping, encode
from photoshoot.records import Product, RgbImage, ShotRequest
from photoshoot.seeds import DITHER

ROOT = Path(__file__).resolve().parents[1]
WORKER = Path(__file__).with_name("blender_worker.py")
VARIABLE = "PHOTOSHOOT_BLENDER_PYTHON"
ANSWER = "photoshoot-answer "
PRESETS = ("white_background", "pink_podium_disc", "sunlit_living_room_oak", "neon_bars_acid_green")
COUNTS = (1, 2, 4, 8, 16, 32)
WAYS = {"tuned": ("FAST", "BALANCED"), "default": ("ACCURATE", "HIGH")}
"""Prefilter of the denoiser's guides, and its quality."""


@dataclass(frozen=True)
class Cost:
    """Seconds of one picture."""

    wall_s: float
    cpu_s: float

    def towards(self, other: Cost, share: float) -> Cost:
        """Between this one and another."""
        return Cost(self.wall_s + share * (other.wall_s - self.wall_s), self.cpu_s + share * (other.cpu_s - self.cpu_s))


@dataclass(frozen=True)
class Peer:
    """What Blender needs for our error."""

    samples: float
    """A pixel; between two counts where it lies there."""
    db: float
    """Its error at the larger of them."""
    cost: Cost


@dataclass(frozen=True)
class Row:
    """One scene."""

    preset_id: str
    db: float
    cost: Cost
    apart: float
    """Mean difference of the two references, steps of 1/255: how much the same the scenes are."""
    peers: dict[str, Peer]


class Blender:
    """Cycles in a process of its own, that stays warm.

    Args:
        python: An interpreter that has ``bpy``.
        bounces: Of the longest path.
    """

    def __init__(self, python: str, bounces: int) -> None:
        command, pipe = [python, str(WORKER)], subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        self._bounces = bounces
        self.version = str(self._read()["version"])

    def render(self, scene: Path, samples: int, way: str, seed: int) -> tuple[np.ndarray, Cost]:
        """Linear light (H, W, 3), and what it cost."""
        prefilter, quality = WAYS[way]
        target = scene.with_suffix(".exr")
        order = {"scene": str(scene), "samples": samples, "prefilter": prefilter, "quality": quality, "seed": seed}
        order |= {"bounces": self._bounces, "out": str(target)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        taken = self._read()
        return np.array(mi.Bitmap(str(target)))[..., :3], Cost(taken["wall_s"], taken["cpu_s"])

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(ANSWER):
                answer: dict[str, Any] = json.loads(line.removeprefix(ANSWER))
                return answer
        raise SystemExit("Blender ended; run benchmarks/blender_worker.py with its interpreter to see why")


@contextmanager
def timed() -> Iterator[list[Cost]]:
    """Put what is spent within into the list."""
    held: list[Cost] = []
    start, used = time.perf_counter(), time.process_time()
    yield held
    held.append(Cost(time.perf_counter() - start, time.process_time() - used))


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.wall_s for cost in costs), statistics.median(cost.cpu_s for cost in costs))


def shoot_once(engine: Engine, product: Product, preset_id: str, seed: int) -> Cost:
    """A whole shot in a set built anew; the layout is part of it."""
    with timed() as held:
        engine.generate(product, prompts=Prompt.preset(preset_id), seed=seed)
    return held[0]


def our_reference(request: ShotRequest, samples: int) -> RgbImage:
    placer = StudioPlacer(StudioSettings(samples=samples, render_scale=1))
    image = placer.place([request])[0].image
    placer.close()
    return image


def kept(folder: Path | None, name: str, make: Any) -> np.ndarray:
    """An array of the folder, or made and kept there."""
    path = folder / f"{name}.npy" if folder else None
    if path is not None and path.exists():
        return np.asarray(np.load(path))
    made = np.asarray(make())
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, made)
    return made


def measure(
    engine: Engine, product: Product, blender: Blender, preset_id: str, folder: Path, arguments: argparse.Namespace
) -> Row:
    """One scene: errors first, then rounds that take turns."""
    placer, request = engine.placer, request_of(engine, engine.presets.get(preset_id), product)
    assert isinstance(placer, StudioPlacer)
    scene, outside = folder / f"{preset_id}.npz", request.layer.alpha_matte == 0
    tones = write_scene(placer, request, scene)
    many = arguments.reference
    ours = kept(arguments.keep, f"{preset_id}-ours-{many}", lambda: our_reference(request, many))
    light = kept(arguments.keep, f"{preset_id}-blender-{many}", lambda: blender.render(scene, many, "default", 0)[0])
    theirs = show(light, tones, request.seed)
    db = psnr(placer.place([request])[0].image, ours, outside)
    between = {way: find_counts(blender, scene, way, db, theirs, outside, tones, request.seed) for way in WAYS}
    spent: dict[tuple[str, int], list[Cost]] = {}
    for turn in range(arguments.rounds):
        spent.setdefault(("ours", 0), []).append(shoot_once(engine, product, preset_id, 10 + turn))
        for way, (low, high, _, _) in between.items():
            for count in {low, high}:
                spent.setdefault((way, count), []).append(blender.render(scene, count, way, 10 + turn)[1])
    peers = {
        way: Peer(
            samples=low + share * (high - low),
            db=reached,
            cost=median(spent[way, low]).towards(median(spent[way, high]), share),
        )
        for way, (low, high, share, reached) in between.items()
    }
    apart = float(np.abs(ours.astype(float) - theirs)[outside].mean())
    return Row(preset_id, db, median(spent["ours", 0]), apart, peers)


def find_counts(
    blender: Blender,
    scene: Path,
    way: str,
    wanted_db: float,
    reference: RgbImage,
    outside: np.ndarray,
    tones: ToneMapping,
    seed: int,
) -> tuple[int, int, float, float]:
    """The counts of samples round an error, how far between them it is, and the larger one's error."""
    before: tuple[int, float] | None = None
    for count in COUNTS:
        db = psnr(show(blender.render(scene, count, way, 1)[0], tones, seed), reference, outside)
        print(f"  {way}, {count} samples: {db:.1f} dB (ours {wanted_db:.1f})", flush=True)
        if db >= wanted_db or count == COUNTS[-1]:
            if before is None:
                return count, count, 1.0, db
            return before[0], count, min(1.0, (wanted_db - before[1]) / max(db - before[1], 1e-6)), db
        before = count, db
    raise AssertionError("COUNTS is empty")


def show(light: np.ndarray, tones: ToneMapping, seed: int) -> RgbImage:
    """Linear light as the studio shows its own."""
    return encode(tones.apply(np.asarray(light, np.float32)), DITHER.generator(seed))


def page(rows: Sequence[Row], version: str, arguments: argparse.Namespace) -> str:
    """The page of results."""
    lines = [
        "# The studio beside Blender",
        "",
        f"Cycles of Blender {version} (PyPI's `bpy`), on the CPU, with Open Image Denoise: *default* leaves its",
        "prefilter (accurate) and quality (high), *tuned* takes the fast prefilter and balanced quality; both as few",
        f"samples as our error needs, at least one. The same scenes, 1674x628, {os.cpu_count()} cores, all warm,",
        f"medians of {arguments.rounds} rounds that take turns; errors against each renderer's own "
        f"{arguments.reference} denoised paths.",
        "Cycles' time is that of building a scene from arrays and rendering it; ours is a whole shot with a set built",
        "anew.",
        "",
    ]
    for way in WAYS:
        wall = statistics.median(row.cost.wall_s / row.peers[way].cost.wall_s for row in rows)
        cpu = statistics.median(row.cost.cpu_s / row.peers[way].cost.cpu_s for row in rows)
        lines.append(
            f"- Of Blender's time, {way}, at our error: {wall:.2f} by the clock, {cpu:.2f} of CPU seconds (medians)."
        )
    lines += [
        "",
        "| scene | our error, dB | ours, s (CPU s) | tuned: samples (dB), s (CPU s) | ours / tuned "
        "| default: samples (dB), s (CPU s) | ours / default | references apart, steps of 1/255 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [row.preset_id, f"{row.db:.1f}", shown(row.cost)]
        for way in WAYS:
            peer = row.peers[way]
            ratio = f"{row.cost.wall_s / peer.cost.wall_s:.2f} ({row.cost.cpu_s / peer.cost.cpu_s:.2f})"
            cells += [f"{peer.samples:.1f} ({peer.db:.1f}), {shown(peer.cost)}", ratio]
        lines.append(f"| {' | '.join([*cells, f'{row.apart:.1f}'])} |")
    return "\n".join(lines) + "\n"


def shown(cost: Cost) -> str:
    return f"{cost.wall_s:.2f} ({cost.cpu_s:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=os.environ.get(VARIABLE), help=f"interpreter with bpy (${VARIABLE})")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reference", type=int, default=64, help="paths a pixel (64)")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("preset_ids", nargs="*", default=list(PRESETS), metavar="PRESET")
    arguments = parser.parse_args()
    if not arguments.python:
        print(f"skipped: no interpreter with Blender's bpy was given, by --python or {VARIABLE}")
        sys.exit(0)
    settings = StudioSettings()
    blender = Blender(arguments.python, settings.max_depth - 2)  # Cycles counts no camera ray and no last one to a lamp
    rows = []
    with tempfile.TemporaryDirectory() as name, Photoshoot.embedded(studio=settings) as engine:
        product = engine.describe([PHOTO])[0]
        for preset_id in arguments.preset_ids:
            rows.append(measure(engine, product, blender, preset_id, Path(name), arguments))
            print(rows[-1], flush=True)
    blender.close()
    target = ROOT / "benchmarks" / "results" / "blender.md"
    target.write_text(page(rows, blender.version, arguments), encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
