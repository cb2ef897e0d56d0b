"""Finds the weights of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from photoshoot.errors import UnknownNameError, WeightsMissingError
from photoshoot.weights.inventory import find_model, is_present
from photoshoot.weights.manifest import load_profiles


def resolve_profile(name: str) -> Mapping[str, Path]:
    """Where the parts of a profile lie.

    Returns:
        ``"base"``, ``"vae"``, ``"adapter"``, ``"image_encoder"``, ``"lora_1"``, … → folder or file; a part that the
        profile does not have is not there.

    Raises:
        UnknownNameError: No profile of that name is in the manifest.
        WeightsMissingError: Parts are not on this machine; names all of them and the command that pulls them.
    """
    profiles = load_profiles()
    if name not in profiles:
        raise UnknownNameError("profile", name, profiles)
    parts = profiles[name].parts
    lacking = [model for model in dict.fromkeys(parts.values()) if not is_present(model)]
    if lacking:
        raise WeightsMissingError(f"{name} lacks {', '.join(lacking)}: photoshoot weights pull {name}")
    return {part: find_model(model) for part, model in parts.items()}
