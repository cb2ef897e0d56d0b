"""Values from a caller go in, frozen records come out, or a ``SettingsError`` with name, value and range.

A field says its bounds in its annotation (``checks.Range``, ``checks.OneOf``) and its meaning in the line below it.

START HERE: ``shots``, how a product stands and is lit, and files are written; the others are named after what they set.
"""

from photoshoot.settings.checks import (
    Choice,
    OneOf,
    Range,
    check_color,
    check_colors,
    check_fields,
    check_range,
    check_text,
    read_choice,
)
from photoshoot.settings.diffusion import Checkpoint, DiffusionSettings, Lora
from photoshoot.settings.shots import (
    Anchor,
    ExportSettings,
    ImageFormat,
    LightOverride,
    PhotoLimits,
    Placement,
    SegmentationSettings,
    ShotSettings,
    SizeClass,
    Stance,
)
from photoshoot.settings.studio import StudioSettings
from photoshoot.settings.style_image import StyleImage

__all__ = [
    "Anchor",
    "Checkpoint",
    "Choice",
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
    "SizeClass",
    "Stance",
    "StudioSettings",
    "StyleImage",
    "check_color",
    "check_colors",
    "check_fields",
    "check_range",
    "check_text",
    "read_choice",
]
