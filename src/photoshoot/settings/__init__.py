"""Settings: frozen, documented, checked when they are made."""

from photoshoot.settings.checks import check_color, check_range
from photoshoot.settings.diffusion import Checkpoint, DiffusionSettings, Lora
from photoshoot.settings.files import ExportSettings, ImageFormat, PhotoLimits
from photoshoot.settings.placing import Anchor, LightOverride, Placement, Stance
from photoshoot.settings.segmentation import SegmentationSettings
from photoshoot.settings.shots import ShotSettings
from photoshoot.settings.studio import StudioSettings

__all__ = [
    "Anchor",
    "Checkpoint",
    "DiffusionSettings",
    "ExportSettings",
    "ImageFormat",
    "LightOverride",
    "Lora",
    "PhotoLimits",
    "Placement",
    "SegmentationSettings",
    "ShotSettings",
    "Stance",
    "StudioSettings",
    "check_color",
    "check_range",
]
