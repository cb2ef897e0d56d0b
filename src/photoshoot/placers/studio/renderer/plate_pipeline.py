"""The pipeline that can also lay products over plates."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.plate import (
    PLATE_TIMES,
    Plate,
    RawChange,
    lay_over_plate,
    render_change,
    render_coarse,
)
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.records import AlphaMatte, LinearImage


class PlatePipeline(RenderPipeline):
    """Traces and denoises pictures, plates, and what products change in them; see ``RenderPipeline``."""

    def render_plate(
        self,
        shapes: Mapping[str, object],
        absence: Mapping[str, object],
        camera: Camera,
        seed: int,
        exposure: float,
    ) -> Plate:
        """The converged light of a loaded set; see ``plate``.

        Args:
            shapes: The set, without product.
            absence: What is chosen among the lamps in a product's place, see ``proxy.load_absence``.
            camera: See ``camera``.
            seed: Chooses the paths.
            exposure: The picture's factor on the light.

        Raises:
            DeviceError: The pipeline is closed, or the denoiser fails.
        """
        view = camera.film.view
        shapes = {**shapes, **absence}  # so the kernels of pictures serve
        coarse = render_coarse(self._open(), compose_scene(shapes), camera, seed)
        no_product = np.zeros((view.height_px, view.width_px), np.float32)
        raw = self.render(shapes, camera, no_product, seed, exposure, times=PLATE_TIMES)
        assert raw.aovs is not None, "settings hold that plates are denoised"
        clean = self._clean(raw)
        spp = max(raw.spp // PLATE_TIMES, self._first_spp)
        return Plate.of(clean, self._enlarge(clean, raw, raw.find_detail()), raw.guides or raw.aovs, coarse, spp)

    def render_change(
        self, shapes: Mapping[str, object], camera: Camera, alpha: AlphaMatte, plate: Plate, seed: int, exposure: float
    ) -> RawChange | None:
        """Trace what a product changes in the plate's set; None where that is too much of the picture.

        Args:
            shapes: The set, with the product's stand-in.
            camera: The plate's.
            alpha: Where the product is (H, W).
            plate: The set without it.
            seed: The plate's.
            exposure: The picture's factor on the light.

        Raises:
            DeviceError: The pipeline is closed.
        """
        return render_change(self._open(), shapes, camera, alpha, plate, seed, exposure)

    def reconstruct(self, raw: RawRender | RawChange) -> LinearImage:
        """Clean light (canvas height, canvas width, 3) of what was traced, whole or over a plate.

        What is laid over a plate has clean light round it: the quick network leaves as little noise there.

        Raises:
            DeviceError: The pipeline is closed, or the denoiser fails.
        """
        return (
            lay_over_plate(raw, partial(self._denoise, quick=True))
            if isinstance(raw, RawChange)
            else super().reconstruct(raw)
        )
