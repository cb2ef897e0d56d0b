"""Builds the parts of a photoshoot: those of an engine's name, the embedded ones, or those round a checkpoint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from photoshoot.engines.choice import EMBEDDED_CAPTIONER, EMBEDDED_SEGMENTER, STUDIO, EngineChoice, Selection
from photoshoot.engines.registry import REGISTRY, load_class
from photoshoot.errors import UnknownNameError, WeightsError
from photoshoot.placers.multi_device import MultiDevicePlacer
from photoshoot.presets import PresetRegistry
from photoshoot.settings import Checkpoint, SegmentationSettings, StudioSettings
from photoshoot.stages import Translator
from photoshoot.weights import find_hub_model

if TYPE_CHECKING:
    from photoshoot.captioners.product_words import ProductWords
    from photoshoot.stages import Captioner, Exporter, Matcher, Moderator, Placer, Recommender, Segmenter

STARTER: Final = StudioSettings(samples=4, render_scale=0.5, grain=0.0, set_blur_px=0.0)
"""How pictures are rendered that a network then paints over: it has a grain of its own."""


READING: Final = "+ocr"
"""Ends a captioner's name where what is printed on the product is read, too."""
KINDS: Final = "+kinds"
"""Ends the embedded captioner's name where words on packages tell what is in them, and nothing else is read."""
_KINDS_VIEW_PX = 480  # longest side at which those words are looked for
_OF_TYPES = {"blip": "blip", "florence2": "florence2"}  # ``model_type`` → captioner; all others answer questions
_ANSWERS = "smolvlm2"


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
    moderator: Moderator | None = None


def build_choice(choice: EngineChoice, preset_folders: Sequence[Path], device: str) -> Parts:
    """The parts of an engine that was chosen by its name; see ``Photoshoot.of``."""
    choice.check_device(device)
    choice.check()
    selection = choice.select(preset_folders, device)
    if choice.name == STUDIO:
        return build_embedded(selection, choice.studio)
    checkpoint = Checkpoint(
        model=choice.name, device=device, settings=choice.diffusion, dtype=choice.dtype, loras=choice.loras
    )
    return build_pretrained(selection, checkpoint, choice.studio)


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
    if selection.segmenter == EMBEDDED_SEGMENTER:
        embedded: Segmenter = load_class("segmenter", EMBEDDED_SEGMENTER)(settings)
        return embedded
    folders = [Path(folder.strip()) for folder in selection.segmenter.split(",")]
    if all(folder.is_dir() for folder in folders[:2]):
        by_words: Any = load_class("segmenter", "words")
        named: Segmenter = by_words(folders, settings, device=selection.device)
        return named
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
        moderator=None if selection.moderator is None else load_class("moderator", selection.moderator)(),
    )


def build_captioner(choice: str | Path, device: str) -> Captioner:
    """Build the captioner of a name, or of a folder in the hub's layout, whose ``model_type`` says which kind it is.

    ``"+ocr"`` after the name adds what is printed on the product; ``"+kinds"`` after the embedded one's reads on
    packages alone, what is in them.

    Raises:
        UnknownNameError: It is no name and no folder.
        MissingExtraError: A package that it needs is not installed.
        WeightsMissingError: Its weights are not on this machine; says the command that pulls them.
        WeightsError: They are not what they should be.
    """
    if isinstance(choice, str) and choice.endswith(READING):
        from photoshoot.captioners.reading_captioner import ReadingCaptioner

        words = _build_words()
        return ReadingCaptioner(_build_captioner(choice.removesuffix(READING), device, words), words)
    if choice == EMBEDDED_CAPTIONER + KINDS:
        return _build_captioner(EMBEDDED_CAPTIONER, device, _build_words(_KINDS_VIEW_PX))
    return _build_captioner(choice, device)


def _build_words(view_px: int | None = None) -> ProductWords:
    from photoshoot.captioners.product_words import ProductWords
    from photoshoot.vision.printed_text import PrintedTextReader

    return ProductWords(PrintedTextReader(view_px))


def _build_captioner(choice: str | Path, device: str, words: ProductWords | None = None) -> Captioner:
    if choice == EMBEDDED_CAPTIONER:
        embedded: Captioner = load_class("captioner", EMBEDDED_CAPTIONER)(device, words)
        return embedded
    name, folder = _find("captioner", choice)
    kind: Any = load_class("captioner", name or _OF_TYPES.get(_read_type(folder), _ANSWERS))
    captioner: Captioner = kind(folder, device)
    return captioner


def build_matcher(choice: str | Path, device: str) -> Matcher:
    """Build the matcher of a name or of a folder in the hub's layout.

    Raises:
        UnknownNameError: It is no name and no folder.
        MissingExtraError: A package that it needs is not installed.
        WeightsMissingError: Its weights are not on this machine; says the command that pulls them.
        WeightsError: They are not what they should be.
    """
    name, folder = _find("matcher", choice)
    kind: Any = load_class("matcher", name or "siglip2")
    matcher: Matcher = kind(folder, device)
    return matcher


def _find(role: str, choice: str | Path) -> tuple[str | None, Path]:
    """(name, or None for a folder; where the model lies)."""
    entry = REGISTRY[role].get(str(choice))
    if entry is not None and entry.model is not None:
        load_class(role, str(choice))  # a missing extra is said before missing weights
        return str(choice), find_hub_model(entry.model)
    if Path(choice).is_dir():
        return None, Path(choice)
    raise UnknownNameError(role, str(choice), [*REGISTRY[role], "a folder"])


def _read_type(folder: Path) -> str:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return str(config["model_type"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{folder} is not a model folder: its config.json names no model_type") from error
