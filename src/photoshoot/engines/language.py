"""Builds the captioner and the matcher that were chosen by a name or by a model's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from photoshoot.engines.registry import REGISTRY, load_class
from photoshoot.errors import UnknownNameError, WeightsError
from photoshoot.weights import find_hub_model

if TYPE_CHECKING:
    from photoshoot.stages import Captioner, Matcher

EMBEDDED_CAPTIONER: Final = "efficientnet_lite0"
"""Comes with the library."""

_OF_TYPES = {"blip": "blip", "florence2": "florence2"}  # ``model_type`` → captioner; all others answer questions
_ANSWERS = "smolvlm2"


def build_captioner(choice: str | Path, device: str) -> Captioner:
    """Build the captioner of a name, or of a folder in the hub's layout, whose ``model_type`` says which kind it is.

    Raises:
        UnknownNameError: It is no name and no folder.
        MissingExtraError: A package that it needs is not installed.
        WeightsMissingError: Its weights are not on this machine; says the command that pulls them.
        WeightsError: They are not what they should be.
    """
    if choice == EMBEDDED_CAPTIONER:
        embedded: Captioner = load_class("captioner", EMBEDDED_CAPTIONER)(device)
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
        raise WeightsError(f"{folder} is no model's folder: its config.json names no model_type") from error
