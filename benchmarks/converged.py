"""The studio's error as displayed, without a converged picture: on pixels that are strewn over the canvas.

Two means of many paths, drawn apart, stand for the truth. A product of what our picture is off each of them has the
square of our error for its mean, whatever noise they have, since theirs is independent; and no denoiser smears them.
What noise does to the mean of what is shown is taken out by halves of each (``show_endless``): at 64 paths .6 decibels.
So a hundredth of the pixels tells a picture's error to a few tenths of a decibel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.plate import RawChange
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.placers.studio.scene_cache import BuiltSet
from photoshoot.records import AlphaMatte, LinearImage, ShotRequest

_APART = 0x5EED  # mixed into the seed of what stands for the truth


@dataclass(frozen=True, kw_only=True, eq=False)
class Errors:
    """What a picture is off the truth, at N pixels outside the product."""

    where: BoolArray
    """Which ones, of the canvas (H, W)."""
    off: tuple[Float32Array, Float32Array]
    """Ours less each of the two means (N, 3), steps of 1/255 as displayed, before grain and the photo's softness."""
    weight: Float32Array
    """How much of a full-size patch shows there (N,), [0, 1]."""

    @property
    def squares(self) -> Float32Array:
        """Whose mean over many pixels is the mean square error (N,); single ones may be under 0."""
        return np.asarray((self.off[0] * self.off[1]).mean(-1), np.float32)

    @property
    def decibels(self) -> float:
        """PSNR of the whole picture outside the product."""
        return float(10 * np.log10(255**2 / max(float(self.squares.mean()), 1e-3)))

    @property
    def spread_db(self) -> float:
        """Standard error of ``decibels``, from the pixels' own spread."""
        squares = self.squares
        share = float(squares.std()) / np.sqrt(len(squares)) / max(float(squares.mean()), 1e-3)
        return float(10 / np.log(10) * share)


class WatchedPlacer(StudioPlacer):
    """The studio, which can be asked how far its pictures are from the truth."""

    _seen: tuple[BuiltSet, Mapping[str, object]]
    _instead: LinearImage | None = None

    def measure(self, request: ShotRequest, paths: int, pixels: int) -> Errors:
        """Make a picture, and trace some of its pixels with many paths.

        Args:
            request: What to make.
            paths: How many a pixel gets, both means together; a multiple of 16.
            pixels: How many are strewn over the canvas outside the product, evenly and at random.
        """
        with self._lock:
            traced = self._trace(request)
        assert isinstance(traced.raw, RawRender)
        clean = super()._reconstruct(request, traced.raw)
        where = strew(request.layer.alpha_matte == 0, pixels, request.seed)

        def show(light: Float32Array) -> Float32Array:
            self._instead = clean.copy()
            self._instead[where] = light
            display = traced.tone_mapping.apply(self._light(request, traced), request.layer.alpha_matte)[where]
            self._instead = None
            return 255 * linear_to_srgb(display)

        ours, quarters = show(clean[where]), self._trace_again(where, paths, request.seed)
        off = ours - show_endless(show, *quarters[:2]), ours - show_endless(show, *quarters[2:])
        patch = traced.raw.patch
        weight = np.zeros(where.sum(), np.float32) if patch is None else patch.weight[where]
        return Errors(where=where, off=off, weight=weight)

    def _trace_again(self, where: BoolArray, paths: int, seed: int) -> list[Float32Array]:
        """Four means (N, 3) of a quarter of the paths each, at full size."""
        built, shapes = self._seen
        film = Film(view=built.key.view)
        camera, scene = Camera(film=film, aperture=built.camera.aperture), compose_scene(shapes)
        renderer, passes = Renderer(self.settings.max_depth, highlights_apart=False), paths // PASS_SPP // 4
        left, top, _, _ = film.window
        rows, columns = (
            slice(int(start), int(start) + size) for start, size in zip((top, left), where.shape, strict=True)
        )
        near = np.zeros((film.height_px, film.width_px), np.bool_)
        near[rows, columns] = where
        return [
            renderer.render_pixels(
                scene, camera, near, PASS_SPP * passes * (part + 1), seed ^ _APART, skip=passes * part
            )
            for part in range(4)
        ]

    def _render(
        self, request: ShotRequest, built: BuiltSet, shapes: Mapping[str, object], alpha: AlphaMatte
    ) -> RawRender:
        self._seen = built, shapes
        return super()._render(request, built, shapes, alpha)

    def _reconstruct(self, request: ShotRequest, raw: RawRender | RawChange) -> LinearImage:
        return super()._reconstruct(request, raw) if self._instead is None else self._instead


def show_endless(
    show: Callable[[Float32Array], Float32Array], first: Float32Array, second: Float32Array
) -> Float32Array:
    """What endless paths would show, of two means that have noise.

    A tone curve bends, so that noise darkens what is shown, half as much where it is the mean of twice as many paths.

    Source: M. Quenouille, "Notes on Bias in Estimation", Biometrika 43, 1956.

    Args:
        show: The light of pixels (N, 3), as displayed.
        first: Mean light (N, 3).
        second: Another one, of as many paths.
    """
    whole = show(np.asarray((first + second) / 2, np.float32))
    return np.asarray(2 * whole - (show(first) + show(second)) / 2, np.float32)


def strew(outside: BoolArray, pixels: int, seed: int) -> BoolArray:
    """About so many pixels of those that are ``outside`` (H, W): one in each square of a grid, where it is outside."""
    side = max(1, round(float(np.sqrt(outside.sum() / pixels))))
    rng, chosen = np.random.default_rng(seed), np.zeros_like(outside)
    rows, columns = (np.arange(0, size - side + 1, side) for size in outside.shape)
    shape = (len(rows), len(columns))
    chosen[rows[:, None] + rng.integers(side, size=shape), columns[None] + rng.integers(side, size=shape)] = True
    return chosen & outside
