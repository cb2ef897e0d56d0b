"""How often a path samples each light: chosen on the set itself, so that the picture is least noisy.

A path asks one light at each of its bounces, by chance; its noise is the sum of what each light adds, over how often it
is asked. So a few hundred pixels are traced with each light asked more often in turn, what each adds is read from how
the noise changes, and the chances follow its root. The picture's mean does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.renderer.launches import Pending
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.records import LinearImage
from photoshoot.seeds import EMITTER_CHOICE

_PIXELS, _REPEATS = 500, 4  # of a very coarse film, and independent means at each
_OFTENER = 4.0  # times as often a light is asked in its turn
_LEAST = 0.5  # of an even chance that any light keeps: what is seldom asked is bright when it is, and lights the shade
_SELDOM = 0.5  # of the mean: what a set's builder asks less often, or never (``MET``), is left so
_STEPS = 200  # of the fit
_WEIGHT = "sampling_weight"


@contextmanager
def balanced_emitters(
    renderer: Renderer, scene: mi.Scene, camera: Camera, seed: int, exposure: float
) -> Iterator[float | None]:
    """While it lasts, the scene's lights are asked as often as makes it least noisy, as displayed.

    It gives the variance that a pass leaves at most, the mean over the picture; None where there is nothing to choose.

    Args:
        renderer: Traces.
        scene: With its lights; they are shared by other scenes, and get their own chances back.
        camera: What sees it.
        seed: Chooses the paths.
        exposure: The picture's factor on the light.
    """
    emitters = _Emitters(scene)
    if emitters.free.sum() < 2:  # there is nothing to choose
        yield None
        return
    try:
        chances, noise = choose_chances(_Trial(renderer, scene, camera, seed, exposure), emitters)
        emitters.set(chances)
        yield noise
    finally:
        emitters.set(emitters.own)


class _Emitters:
    """The chances of a scene's lights."""

    def __init__(self, scene: mi.Scene) -> None:
        self._scene = scene
        self._parameters = [mi.traverse(emitter) for emitter in scene.emitters()]
        for each in self._parameters:
            each.keep(_WEIGHT)  # with all, `update` copies each lamp's picture
        self.own = np.array([float(np.ravel(each[_WEIGHT])[0]) for each in self._parameters])
        self.free = self.own > _SELDOM * self.own.mean() if self.own.size else np.zeros(0, np.bool_)

    def set(self, weights: npt.NDArray[np.floating]) -> None:
        """Ask the lights in these proportions."""
        for each, weight in zip(self._parameters, weights.tolist(), strict=True):
            each[_WEIGHT] = weight
            each.update()
        self._scene.parameters_changed()


class _Trial:
    """Traces a few pixels to see how noisy they are."""

    def __init__(self, renderer: Renderer, scene: mi.Scene, camera: Camera, seed: int, exposure: float) -> None:
        film = camera.film
        scale = (_PIXELS / (film.view.width_px * film.view.height_px)) ** 0.5
        self._camera = replace(camera, film=Film(view=film.view, scale=scale))
        self._renderer, self._scene, self._exposure = renderer, scene, exposure
        self._seed = EMITTER_CHOICE.seed(seed)

    def start(self) -> Pending:
        """Begin to trace with the chances that the lights have now; the same paths each time."""
        return self._renderer.start_repeats(self._scene, self._camera, _REPEATS, self._seed)

    def noise(self, light: LinearImage) -> float:
        """Variance of a pixel's light as displayed, the mean over the picture."""
        return float(linear_to_srgb(tone_map(light, self._exposure)).var(0, ddof=1).mean(dtype=np.float64))


def choose_chances(trial: _Trial, emitters: _Emitters) -> tuple[Float64Array, float]:
    """The chances (N,) that leave least noise, their sum 1; those of lights that are to be asked seldom stay.

    With the least noise of those that were tried, as ``_Trial.noise`` gives it.
    """
    chances, free = emitters.own / emitters.own.sum(), emitters.free
    count, tried = int(free.sum()), np.tile(emitters.own[free], (int(free.sum()) + 1, 1))
    tried[np.arange(count), np.arange(count)] *= _OFTENER
    tried[count] *= 1 + 1e-3 * np.arange(count)  # never all alike: that is other code for Mitsuba, to be compiled
    tried *= chances[free].sum() / tried.sum(1, keepdims=True)
    begun = []
    for some in tried:
        chances[free] = some
        emitters.set(chances)
        begun.append(trial.start())
    noise = np.array([trial.noise(light()) for light in begun])
    chances[free] = least_noisy(tried, noise)
    return np.asarray(chances, np.float64), float(noise.min())


def least_noisy(tried: Float64Array, noise: Float64Array) -> Float64Array:
    """The chances (N,) that leave least noise, none under ``_LEAST`` of an even one.

    Args:
        tried: Chances that were tried (M, N), all of one sum, which the answer has.
        noise: Variances that they left (M,).
    """
    count, whole = tried.shape[1], float(tried[0].sum())
    if not (noise > 0).all():
        return np.full(count, whole / count)
    system = np.column_stack([1 / tried, np.ones(len(tried))]) / noise[:, None]
    added = np.ones(count + 1)
    wanted = system.T @ np.ones(len(tried))
    for _ in range(_STEPS):  # D. Lee, S. Seung, "Algorithms for Non-negative Matrix Factorization", NIPS 2000
        added *= wanted / (system.T @ (system @ added))
    root = np.sqrt(added[:count])
    best = np.maximum(root / root.sum(), _LEAST / count)
    return np.asarray(whole * best / best.sum(), np.float64)
