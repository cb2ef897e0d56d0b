"""Makes presets for the tests of previews."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from photoshoot.presets import Preset, PresetRegistry
from photoshoot.sets import SetDesign

REGISTRY = PresetRegistry.load()


def make_preset(folder: Path, id: str = "mine", tags: tuple[str, ...] = (), design: SetDesign | None = None) -> Preset:
    base = REGISTRY.get("white_background")
    return dataclasses.replace(
        base, id=id, tags=tags, categories=(), source=folder / "mine.json", design=design or base.design
    )
