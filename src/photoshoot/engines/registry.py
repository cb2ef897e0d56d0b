"""Names of implementations, where they live, and the extra that each needs. Nothing is imported before it is chosen."""

import importlib
import types
from collections.abc import Mapping
from dataclasses import dataclass

from photoshoot.errors import MissingExtraError, PhotoshootError, UnknownNameError


@dataclass(frozen=True)
class Entry:
    """One implementation."""

    target: str
    """Where the class is: ``"module:Class"``."""
    extra: str | None = None
    """The extra that brings what it imports; None: always installed."""
    model: str | None = None
    """The model of ``weights/manifest.toml`` that it opens; None: none, or it knows which."""


REGISTRY: Mapping[str, Mapping[str, Entry]] = types.MappingProxyType(
    {
        "segmenter": {
            "u2netp": Entry("photoshoot.segmenters.u2net:U2NetSegmenter", "cpu"),
            "rembg": Entry("photoshoot.segmenters.rembg:RembgSegmenter", "rembg"),
            "words": Entry("photoshoot.segmenters.words:WordsSegmenter", "diffusion"),
        },
        "captioner": {
            "efficientnet_lite0": Entry("photoshoot.captioners.efficientnet:EfficientNetCaptioner", "cpu"),
            "smolvlm2": Entry("photoshoot.captioners.vlm:VlmCaptioner", "diffusion", "smolvlm2-500m"),
            "qwen3-vl": Entry("photoshoot.captioners.vlm:VlmCaptioner", "diffusion", "qwen3-vl-2b"),
            "florence2": Entry(
                "photoshoot.captioners.sentence_captioner:Florence2Captioner", "diffusion", "florence2-base"
            ),
            "blip": Entry("photoshoot.captioners.sentence_captioner:BlipCaptioner", "diffusion", "blip-large"),
        },
        "translator": {"verbatim": Entry("photoshoot.translators.verbatim:VerbatimTranslator")},
        "matcher": {"siglip2": Entry("photoshoot.matchers.siglip:SiglipMatcher", "diffusion", "siglip2-base")},
        "moderator": {"opennsfw": Entry("photoshoot.moderators.opennsfw:OpenNsfwModerator", "moderation")},
        "recommender": {"affinity": Entry("photoshoot.recommenders.affinity:AffinityRecommender")},
        "placer": {
            "studio": Entry("photoshoot.placers.studio.placer:StudioPlacer"),
            "diffusion": Entry("photoshoot.placers.diffusion.placer:DiffusionPlacer", "diffusion"),
        },
        "exporter": {"files": Entry("photoshoot.exporters.file_exporter:FileExporter")},
    }
)
"""Role → name → implementation."""


def load_class(role: str, name: str) -> type:
    """Import an implementation's class.

    Raises:
        UnknownNameError: There is no such role or name.
        MissingExtraError: A package that it needs is not installed.
    """
    if role not in REGISTRY:
        raise UnknownNameError("role", role, REGISTRY)
    if name not in REGISTRY[role]:
        raise UnknownNameError(role, name, REGISTRY[role])
    entry = REGISTRY[role][name]
    module, _, attribute = entry.target.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except ImportError as error:
        if entry.extra is None or isinstance(error, PhotoshootError):
            raise
        raise MissingExtraError(f"the {role} {name!r}", entry.extra) from error
    if not isinstance(found, type):
        raise TypeError(f"{entry.target} is not a class")
    return found
