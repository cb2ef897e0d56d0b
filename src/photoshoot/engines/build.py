"""The parts of a photoshoot: the embedded ones, or those round a diffusion checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from photoshoot.engines.language import EMBEDDED_CAPTIONER, build_captioner, build_matcher
from photoshoot.engines.registry import load_class
from photoshoot.placers.multi_device import MultiDevicePlacer
from photoshoot.presets import PresetRegistry
from photoshoot.settings import Checkpoint, SegmentationSettings, StudioSettings
from photoshoot.stages import Translator

if TYPE_CHECKING:
    from photoshoot.stages import Captioner, Exporter, Placer, Recommender, Segmenter

STARTER: Final = StudioSettings(samples=4, light_stride=2)
"""How pictures are rendered that a network then paints over."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What the engines share: how products are cut out and described, and which presets there are."""

    segmenter: str = "u2netp"
    """See ``Photoshoot.embedded``."""
    segmentation: SegmentationSettings | None = None
    """How products are cut out."""
    captioner: str | Path = EMBEDDED_CAPTIONER
    """See ``Photoshoot.embedded``."""
    matcher: str | Path | None = None
    """See ``Photoshoot.embedded``."""
    device: str = "auto"
    """Where captioner and matcher run."""
    preset_folders: Sequence[Path] = ()
    """Folders of the user's own preset files."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Parts:
    """One implementation of each role."""

    segmenter: Segmenter
    captioner: Captioner
    recommender: Recommender
    placer: Placer
    exporter: Exporter
    presets: PresetRegistry
    translator: Translator


def build_embedded(selection: Selection, studio: StudioSettings | None) -> Parts:
    """The parts that come with the library; see ``Photoshoot.embedded``."""
    segmenter = build_segmenter(selection)
    return _assemble(selection, segmenter, load_class("placer", "studio")(studio or StudioSettings()))


def build_pretrained(selection: Selection, checkpoint: Checkpoint, studio: StudioSettings | None) -> Parts:
    """The parts round a diffusion checkpoint; see ``Photoshoot.from_pretrained``."""
    placer: Any = load_class("placer", "diffusion")
    segmenter = build_segmenter(selection)

    starting = studio or STARTER

    def build_starter() -> Placer:
        starter: Placer = load_class("placer", "studio")(starting)
        return starter

    placers: list[Placer] = [
        placer.load(replace(checkpoint, device=device.strip(), starter=starting), build_starter, segmenter)
        for device in checkpoint.device.split(",")
    ]
    return _assemble(selection, segmenter, placers[0] if len(placers) == 1 else MultiDevicePlacer(placers))


def build_round(placer: Placer, selection: Selection) -> Parts:
    """The embedded parts round a placer that is there already; see ``Photoshoot.with_placer``."""
    return _assemble(selection, build_segmenter(selection), placer)


def build_segmenter(selection: Selection) -> Segmenter:
    """What cuts products out, alone.

    Raises:
        UnknownNameError: There is no segmenter of that name.
        WeightsMissingError: Its weights are not on this machine.
    """
    settings = selection.segmentation or SegmentationSettings()
    if selection.segmenter == "u2netp":
        embedded: Segmenter = load_class("segmenter", "u2netp")(settings)
        return embedded
    network: Segmenter = load_class("segmenter", "rembg")(selection.segmenter, settings)
    return network


def _assemble(selection: Selection, segmenter: Segmenter, placer: Placer) -> Parts:
    presets = PresetRegistry.load(selection.preset_folders)
    captioner = build_captioner(selection.captioner, selection.device)
    matcher = None if selection.matcher is None else build_matcher(selection.matcher, selection.device)
    recommender: Any = load_class("recommender", "affinity")
    return Parts(
        segmenter=segmenter,
        captioner=captioner,
        recommender=recommender(presets, matcher=matcher),
        placer=placer,
        exporter=load_class("exporter", "files")(),
        presets=presets,
        translator=captioner if isinstance(captioner, Translator) else load_class("translator", "verbatim")(),
    )
