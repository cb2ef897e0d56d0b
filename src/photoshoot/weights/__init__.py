"""A model's name goes in, a verified file or folder on this machine comes out.

``manifest`` reads ``weights/manifest.toml``: every model, its licence and digests. ``inventory`` finds models,
``verification`` reads all their bytes, ``downloads`` gets them when told to: nothing is fetched by itself.

START HERE: ``inventory``.
"""

from photoshoot.weights.downloads import pull
from photoshoot.weights.inventory import (
    find_hub_model,
    find_model,
    find_rembg_model,
    find_weights,
    is_present,
    resolve_profile,
    verify_file,
)
from photoshoot.weights.manifest import (
    EmbeddedModel,
    HubModel,
    Manifest,
    Model,
    Profile,
    RembgModel,
    load_manifest,
    load_profiles,
)
from photoshoot.weights.verification import Verification, verify_model

__all__ = [
    "EmbeddedModel",
    "HubModel",
    "Manifest",
    "Model",
    "Profile",
    "RembgModel",
    "Verification",
    "find_hub_model",
    "find_model",
    "find_rembg_model",
    "find_weights",
    "is_present",
    "load_manifest",
    "load_profiles",
    "pull",
    "resolve_profile",
    "verify_file",
    "verify_model",
]
