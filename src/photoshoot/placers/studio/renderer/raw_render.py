"""What was traced of a picture, before its noise is taken out."""

from __future__ import annotations

from dataclasses import dataclass

from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.full_res import FullResAovs
from photoshoot.placers.studio.renderer.highlights import Highlights
from photoshoot.placers.studio.renderer.holdout import Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.refine import FullResPatch
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.placers.studio.renderer.upsample import Detail, missing_detail
from photoshoot.records import LinearImage


@dataclass(frozen=True, kw_only=True, eq=False)
class RawRender:
    """What was traced; holds no scene."""

    camera: Camera
    """Its film is the grid of ``light`` and ``aovs``."""
    light: LinearImage
    """Radiance on the film (h, w, 3), noisy."""
    aovs: Aovs | None
    """Of the film; None where nothing is denoised or refined."""
    guides: Aovs | None = None
    """The AOVs that a denoiser is shown, without the lens's noise; None: those of the film, as in drafts."""
    full_res: FullResAovs | None = None
    """None where the film is the canvas's own, or albedo is plain or blurred."""
    patch: FullResPatch | None = None
    """None where the film is the canvas's own, or holds all."""
    highlights: Highlights | None = None
    """What clear glass mirrors, on the canvas's own pixels; ``light`` is without it. None where no glass is seen."""
    holdout: Holdout
    """Where the product's stand-in hides the set."""
    spp: int
    """Paths that a pixel of the film got, their mean where some got more than others."""
    quick: bool = False
    """Whether so little noise is foretold that the quick denoiser will do."""

    def find_detail(self) -> Detail | None:
        """What the film's albedo, enlarged, lacks of the canvas's own; None where nothing."""
        if self.aovs is None or self.full_res is None:
            return None
        aovs = self.aovs.with_albedo(inpaint_under_holdout(self.aovs.albedo, self.holdout.coverage))
        return missing_detail(aovs, self.camera, self.full_res, self.holdout.mask)

    @property
    def told(self) -> dict[str, str | int]:
        """What a picture's record says of it."""
        return {"paths": self.spp} | ({"denoiser_quality": "fast"} if self.quick else {})
