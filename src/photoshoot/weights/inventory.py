"""Finds any model on this machine, whatever it comes from."""

from __future__ import annotations

from pathlib import Path

from photoshoot.errors import WeightsMissingError
from photoshoot.weights.embedded import find_weights
from photoshoot.weights.hub import find_hub_model
from photoshoot.weights.manifest import load_manifest
from photoshoot.weights.matting import find_rembg_model
from photoshoot.weights.models import EmbeddedModel, HubModel


def find_model(name: str) -> Path:
    """What a loader opens: the model's file or folder.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
        WeightsMissingError: It is not on this machine; says how to get it.
        WeightsChecksumError: An embedded model's file is not the one that the manifest names.
    """
    model = load_manifest().get(name)
    if isinstance(model, EmbeddedModel):
        return find_weights(name)
    return find_hub_model(name) if isinstance(model, HubModel) else find_rembg_model(name)


def is_present(name: str) -> bool:
    """Whether all of a model is on this machine.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
    """
    try:
        find_model(name)
    except WeightsMissingError:
        return False
    return True
