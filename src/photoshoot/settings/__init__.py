"""Settings: frozen, documented, checked when they are made."""

from photoshoot.settings.checks import OneOf, Range, check_color, check_fields, check_range, check_text
from photoshoot.settings.diffusion import Checkpoint, DiffusionSettings, Lora
from photoshoot.settings.pictures import ExportSettings, ImageFormat, PhotoLimits, SegmentationSettings
from photoshoot.settings.placing import Anchor, LightOverride, Placement, Stance
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
    "OneOf",
    "PhotoLimits",
    "Placement",
    "Range",
    "SegmentationSettings",
    "ShotSettings",
    "Stance",
    "StudioSettings",
    "check_color",
    "check_fields",
    "check_range",
    "check_text",
]
