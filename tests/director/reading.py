"""How tests read a prompt: with the catalogue's presets, and without comparing by meaning."""

from __future__ import annotations

from photoshoot.director import Direction, direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name

REGISTRY = PresetRegistry.load()


def read(text: str) -> Direction:
    return direct(text, REGISTRY, None)


def missed(direction: Direction) -> str:
    """What of a prompt nothing in the scene comes from: its product's name, and what was not read."""
    return " ".join((direction.product, *direction.unread))


def parts(text: str) -> dict[str, object]:
    """Its set's name and parameters."""
    direction = read(text)
    return {"set": set_name(direction.design), **vars(direction.design)}
