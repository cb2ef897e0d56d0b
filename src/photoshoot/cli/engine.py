"""Builds the photoshoot that a command line asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.photoshoot import Photoshoot
from photoshoot.registry import REGISTRY
from photoshoot.settings import StudioSettings


def build_engine(engine: str, segmenter: str, samples: int | None, preset_folders: Sequence[Path]) -> Photoshoot:
    """Build a photoshoot round an engine.

    Args:
        engine: The engine's name.
        segmenter: The segmenter's name.
        samples: Light paths a pixel; None: the studio's default.
        preset_folders: Folders of the user's own preset files.

    Raises:
        UnknownNameError: There is no engine or segmenter of that name.
        SettingsError: ``samples`` is out of range, or not for this engine.
    """
    if engine not in REGISTRY["placer"]:
        raise UnknownNameError("engine", engine, REGISTRY["placer"])
    if engine != "studio":
        raise SettingsError("engine", engine, "studio: the command line builds no other yet")
    studio = StudioSettings() if samples is None else StudioSettings(samples=samples)
    return Photoshoot.embedded(studio=studio, segmenter=segmenter, preset_folders=preset_folders)
