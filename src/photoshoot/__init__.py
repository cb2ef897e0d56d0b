"""photoshoot turns one product photo into finished ad creatives, on your own machine.

Start with ``Photoshoot.embedded()``; ``photoshoot.photoshoot`` shows the whole flow, ``photoshoot.errors`` what is
raised.
"""

import importlib.util
from typing import TYPE_CHECKING, Final

import photoshoot.distribution  # noqa: F401  # warns where another project's files lie among ours
from photoshoot.public_names import load_public_name

if TYPE_CHECKING:
    from photoshoot.engines.choice import Selection
    from photoshoot.errors import (
        CancelledError,
        CaptionError,
        DeviceError,
        ExportError,
        FileTooLargeError,
        InputError,
        JobError,
        MissingExtraError,
        NoCudaError,
        NoProductFoundError,
        OutOfMemoryError,
        PhotoError,
        PhotoshootError,
        PresetError,
        ProductDoesNotFitError,
        PromptError,
        PromptNotUnderstoodError,
        RecipeError,
        RefusedContentError,
        SettingsError,
        ShotsFailedError,
        UnknownJobError,
        UnknownNameError,
        WeightsChecksumError,
        WeightsError,
        WeightsMissingError,
    )
    from photoshoot.framing.layout import RenderKind
    from photoshoot.photoshoot import Photoshoot
    from photoshoot.pixels.photos import read_photo
    from photoshoot.presets import Preset, PresetRegistry
    from photoshoot.prompts import Prompt
    from photoshoot.records import (
        Box,
        Canvas,
        Category,
        Cutout,
        Edge,
        Evidence,
        Photo,
        PresetScore,
        Product,
        ProductLayer,
        Progress,
        Provenance,
        QualityReport,
        Recommendation,
        Scene,
        Shot,
        ShotRequest,
        Swatch,
    )
    from photoshoot.request import Request
    from photoshoot.settings import (
        Anchor,
        DiffusionSettings,
        ExportSettings,
        ImageFormat,
        LightOverride,
        Lora,
        PhotoLimits,
        Placement,
        SegmentationSettings,
        Stance,
        StudioSettings,
        StyleImage,
    )

_HOMES: Final = (
    "errors",
    "settings",
    "framing.layout",
    "records",
    "presets",
    "prompts",
    "request",
    "pixels.photos",
    "engines.choice",
    "photoshoot",
)
"""Where the public names live, the light ones first."""

__all__ = [
    "Anchor",
    "Box",
    "CancelledError",
    "Canvas",
    "CaptionError",
    "Category",
    "Cutout",
    "DeviceError",
    "DiffusionSettings",
    "Edge",
    "Evidence",
    "ExportError",
    "ExportSettings",
    "FileTooLargeError",
    "ImageFormat",
    "InputError",
    "JobError",
    "LightOverride",
    "Lora",
    "MissingExtraError",
    "NoCudaError",
    "NoProductFoundError",
    "OutOfMemoryError",
    "Photo",
    "PhotoError",
    "PhotoLimits",
    "Photoshoot",
    "PhotoshootError",
    "Placement",
    "Preset",
    "PresetError",
    "PresetRegistry",
    "PresetScore",
    "Product",
    "ProductDoesNotFitError",
    "ProductLayer",
    "Progress",
    "Prompt",
    "PromptError",
    "PromptNotUnderstoodError",
    "Provenance",
    "QualityReport",
    "RecipeError",
    "Recommendation",
    "RefusedContentError",
    "RenderKind",
    "Request",
    "Scene",
    "SegmentationSettings",
    "Selection",
    "SettingsError",
    "Shot",
    "ShotRequest",
    "ShotsFailedError",
    "Stance",
    "StudioSettings",
    "StyleImage",
    "Swatch",
    "UnknownJobError",
    "UnknownNameError",
    "WeightsChecksumError",
    "WeightsError",
    "WeightsMissingError",
    "read_photo",
]
__version__ = "0.1.0"


if not TYPE_CHECKING:  # which would take any name for one of the package's

    def __getattr__(name: str) -> object:
        """A public name, or a module of the library: neither is loaded before it is asked for."""
        if name in __all__:
            return load_public_name(name, __name__, _HOMES)
        if name.startswith("_") or importlib.util.find_spec(f"{__name__}.{name}") is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return importlib.import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
