"""What an upload may say of its cut-out: which thing is meant, whether it is glass, and strokes that correct it."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from photoshoot.errors import PhotoError, SettingsError
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.imaging import read_stroke
from photoshoot.pixels.photos import read_photo
from photoshoot.records import Cutout, Photo
from photoshoot.server.polyglot_check import screen_photo
from photoshoot.settings import PhotoLimits, SegmentationSettings


@dataclass(frozen=True, kw_only=True)
class CutoutWishes:
    """How a photo is to be cut out, where not as every other."""

    select: str | None = None
    """Which of the things in it, as in ``SegmentationSettings.select``."""
    glass: bool | None = None
    """Whether it is of clear glass, as in ``SegmentationSettings.glass``."""
    keep: bytes | None = field(default=None, repr=False)
    """A picture's file of the photo's size: what is not black belongs to the product."""
    remove: bytes | None = field(default=None, repr=False)
    """Likewise, what does not."""

    def cut_out(self, shoot: Photoshoot, photo: Photo, limits: PhotoLimits) -> Cutout:
        """Cut a photo's product out as wished.

        Raises:
            NoProductFoundError: The photo shows no product, or the strokes leave nothing.
            SettingsError: A wish can't be met; its name says which.
        """
        keep, remove = (self._stroke(name, photo, limits) for name in ("keep", "remove"))
        usual = getattr(shoot.segmenter, "settings", SegmentationSettings())
        glass = usual.glass if self.glass is None else self.glass
        wanted = replace(usual, select=self.select or usual.select, glass=glass)
        (cutout,) = shoot.cut_out([photo], None if wanted == usual else wanted)
        return cutout if keep is None and remove is None else shoot.refine(cutout, keep=keep, remove=remove)

    def _stroke(self, name: str, photo: Photo, limits: PhotoLimits) -> npt.NDArray[np.uint8] | None:
        data: bytes | None = getattr(self, name)
        if data is None:
            return None
        try:
            screen_photo(data)
            stroke = read_photo(data, limits)
        except PhotoError as error:
            raise SettingsError(name, "this file", "a picture of the photo's size") from error
        (height, width), own = photo.rgb.shape[:2], stroke.rgb.shape
        if own[:2] != (height, width):
            allowed = f"a picture of the photo's size, {width}x{height} px"
            raise SettingsError(name, f"{own[1]}x{own[0]} px", allowed)
        return read_stroke(stroke)
