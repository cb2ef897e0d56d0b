"""Model weights: what there is (``weights/manifest.toml``), where it lies, how to get it, and whether it is right."""

from photoshoot.weights.downloads import pull
from photoshoot.weights.embedded import find_weights, verify_file
from photoshoot.weights.hub import find_hub_model
from photoshoot.weights.inventory import find_model, is_present
from photoshoot.weights.manifest import Manifest, load_manifest, load_profiles
from photoshoot.weights.matting import find_rembg_model
from photoshoot.weights.models import EmbeddedModel, HubModel, Model, Profile, RembgModel
from photoshoot.weights.profiles import resolve_profile
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
