"""What data are rendered, and how."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from photoshoot.errors import SettingsError
from photoshoot.framing.layout import RenderKind
from photoshoot.settings import Range, StudioSettings, check_fields
from photoshoot.training.data.tars import PICTURE_FORMATS, PictureFormat


@dataclass(frozen=True, kw_only=True)
class RenderSettings:
    """What data are rendered, and how."""

    count: int
    """How many samples, from 1. It may grow later: samples that are there stay as they are."""
    seed: Annotated[int, Range(0, 2**31 - 1)] = 0
    """0 to 2**31 - 1: the same seed gives the same data."""
    render_kinds: tuple[RenderKind, ...] = (RenderKind.SOCIAL,)
    """Sizes and groups of sizes; each is drawn equally often, with and without its safe margin."""
    megapixels: Annotated[float, Range(0.005, 4)] = 0.4
    """Largest area of a picture, 0.005 to 4; a size of more is rendered smaller, in its own shape."""
    preset_ids: tuple[str, ...] = ()
    """Only these presets. Empty: all that are not old."""
    preset_folders: tuple[Path, ...] = ()
    """Folders of the user's own preset files."""
    segmenter: str = "u2netp"
    """What cuts products out, see ``Photoshoot.embedded``."""
    picture: PictureFormat = "png"
    """File format of the pictures; mattes and shadows are PNG."""
    shard_size: Annotated[int, Range(1, 100_000)] = 100
    """Samples a shard, 1 to 100000."""
    studio: StudioSettings = field(default_factory=StudioSettings)
    """How the studio renders."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.count < 1:
            raise SettingsError("count", self.count, "a whole number from 1")
        if not self.render_kinds:
            raise SettingsError("render_kinds", self.render_kinds, "at least one")
        if self.picture not in PICTURE_FORMATS:
            raise SettingsError("picture", self.picture, " or ".join(PICTURE_FORMATS))
