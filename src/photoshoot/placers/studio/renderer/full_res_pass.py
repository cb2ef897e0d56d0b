"""The full-resolution pass: what is rendered on the canvas's own pixels beside the film, which is often coarser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import mitsuba as mi
import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX
from photoshoot.placers.studio.renderer.full_res import FullResAovs
from photoshoot.placers.studio.renderer.highlights import Highlights
from photoshoot.placers.studio.renderer.holdout import Holdout
from photoshoot.placers.studio.renderer.refine import TracesPatch, find_undersampled
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.upsample import find_detail
from photoshoot.seeds import HIGHLIGHTS


@dataclass(frozen=True, kw_only=True, eq=False)
class FullResPass:
    """Fine albedo, patches of light and highlights of glass, begun while the film's first pass is traced."""

    weight: Float32Array
    """Opacity of a patch over the enlarged film (H, W), [0, 1]; 0 where there is none."""
    full_res: Callable[[], FullResAovs] | None = None
    """Waits for the AOVs; None where albedo is plain or blurred."""
    patch: Callable[[], TracesPatch] | None = None
    """Waits for the AOVs, and returns what starts tracing light there; None where the film's resolution will do."""
    highlights: Callable[[], Highlights] | None = None
    """Waits for what clear glass mirrors; None where no glass is seen."""

    @classmethod
    def begin(
        cls,
        renderer: Renderer,
        scene: mi.Scene,
        aovs: Aovs | None,
        camera: Camera,
        holdout: Holdout,
        seed: int,
        *,
        lone_edges: bool = False,
    ) -> Self:
        """Choose pixels by the film's AOVs, and begin; with a full-size film, with highlights alone.

        ``lone_edges`` is as of ``find_undersampled``.
        """
        film = camera.film
        highlights = Highlights.begin(scene, aovs, camera, HIGHLIGHTS.seed(seed))
        if aovs is None or film.scale >= 1:
            return cls(weight=np.zeros_like(holdout.mask), highlights=highlights)
        weight = find_undersampled(aovs, camera, holdout.coverage, lone_edges=lone_edges)
        check_cancelled()
        rays = np.where(weight < 1, find_detail(aovs, camera, holdout.coverage), 0)
        full_res, patch = None, None
        if rays.any():
            full_res = renderer.start_full_res_aovs(scene, Camera(film=Film(view=film.view)), rays, seed)
        if weight.any():
            full = Camera(film=Film(view=film.view, margin=MARGIN_PX), aperture=camera.aperture)
            patch = renderer.start_patch(scene, full, weight, seed)
        return cls(weight=weight, full_res=full_res, patch=patch, highlights=highlights)
