"""Named ways to paint: which weights, and the settings they are made for."""

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from photoshoot.errors import WeightsMissingError
from photoshoot.placers.diffusion.components.tensors import read_names
from photoshoot.placers.diffusion.families import FAMILIES, ModelFamily, tell_by_weights
from photoshoot.placers.diffusion.models.folders import read_family
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.settings import DiffusionSettings, Lora
from photoshoot.weights import find_model, is_present, load_profiles, resolve_profile

_FAST = DiffusionSettings(
    num_inference_steps=8,
    guidance_scale=5.0,
    guidance_interval=(0.0, 0.62),
    sampler="ddim_trailing",
    refine_steps=8,
    refine_strength=0.4,
)
"""For few-step weights, Hyper-SD's LoRAs for 8 steps with guidance: DDIM with trailing steps, guidance of 5 to 8.
Source: the model cards of the checkpoints."""
SETTINGS: Mapping[str, DiffusionSettings] = types.MappingProxyType(
    {
        "sd15": DiffusionSettings(),
        "sd15-fast": _FAST,
        "sdxl": DiffusionSettings(guidance_scale=6.0, guidance_interval=(0.2, 0.7)),
        "flux2-klein": DiffusionSettings(
            num_inference_steps=4,
            guidance_scale=1.0,
            sampler="flow_euler",
            strength=1.0,
            refine_steps=0,
            dtype="bfloat16",
        ),
        "sd15-product": DiffusionSettings(control="product", control_scales=(0.75, 1.0)),
        "sdxl-product": DiffusionSettings(
            guidance_scale=6.0, guidance_interval=(0.2, 0.7), control="product", control_scales=(0.5, 1.0)
        ),
        "sd15-relight": DiffusionSettings(relighter="iclight"),
        "sdxl-relight": DiffusionSettings(guidance_scale=6.0, guidance_interval=(0.2, 0.7), relighter="iclight"),
        "sd15-depth": DiffusionSettings(control="depth", strength=0.95),
        "sdxl-depth": DiffusionSettings(
            guidance_scale=6.0, guidance_interval=(0.2, 0.7), control="depth", strength=0.95
        ),
        "sd15-normals": DiffusionSettings(control="normals", strength=0.95),
        "sd15-edges": DiffusionSettings(control="edges", strength=0.95),
        "sdxl-edges": DiffusionSettings(
            guidance_scale=6.0, guidance_interval=(0.2, 0.7), control="edges", strength=0.95
        ),
        "sdxl-fast": _FAST,
    }
)
"""Profile → the settings that its weights are made for."""
RELIGHT_FILE: Final = "iclight_sd15_fbc.safetensors"
"""IC-Light's weights in a folder, as the hub calls them."""
_RELIGHT_MODELS = ("iclight-sd15-fbc", "sd15-plain")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Weights on this machine, and how to paint with them."""

    name: str
    """Of the profile, or the folder's or file's own."""
    sources: Sources
    """Where the parts lie."""
    settings: DiffusionSettings
    """What they are made for."""


def find_profile(model: str | Path) -> Profile:
    """Find the weights of a profile, a folder in diffusers' layout, or a single ``.safetensors`` file.

    A folder may hold an ``ip_adapter.safetensors`` and an ``image_encoder`` beside the pipeline's parts, a
    ``controlnet``, and a ``relight``: a plain Stable Diffusion 1.5 with an ``iclight_sd15_fbc.safetensors``. A single
    file is read with the configurations and tokenizers of the model that it comes from, which must be on this machine.

    Raises:
        WeightsMissingError: They are not on this machine; names the command that pulls them.
        WeightsError: It is no profile, folder or file of weights.
    """
    path = Path(model)
    if path.is_dir():
        return _folder_profile(path)
    if path.is_file():
        return _file_profile(path)
    if str(model) not in load_profiles():
        known = ", ".join(load_profiles())
        raise WeightsMissingError(f"{model} is neither a folder or file on this machine nor a profile ({known})")
    parts = resolve_profile(str(model))
    sources = Sources(
        base=parts["base"],
        vae=parts.get("vae"),
        adapter=parts.get("adapter"),
        image_encoder=parts.get("image_encoder"),
        control=parts.get("control"),
        relight=parts.get("relight"),
        relight_base=parts.get("relight_base"),
        loras=tuple(Lora(path=path) for name, path in parts.items() if name.startswith("lora")),
    )
    return Profile(name=str(model), sources=sources, settings=SETTINGS[str(model)])


def with_relighter(sources: Sources, settings: DiffusionSettings) -> Sources:
    """With the manifest's IC-Light, where that is asked for and the model brings none.

    Raises:
        WeightsMissingError: It is not on this machine; names the command that pulls it.
    """
    if settings.relighter != "iclight" or sources.relight is not None:
        return sources
    offsets, plain = (find_model(name) for name in _RELIGHT_MODELS)
    return dataclasses.replace(sources, relight=offsets, relight_base=plain)


def _folder_profile(folder: Path) -> Profile:
    family, adapter, image_encoder = read_family(folder), folder / "ip_adapter.safetensors", folder / "image_encoder"
    control, relight = folder / "controlnet", folder / "relight"
    offsets = relight / RELIGHT_FILE
    with_style = adapter.is_file() and image_encoder.is_dir()
    sources = Sources(
        base=folder,
        vae_for_half=_find_fixed_vae(FAMILIES[family]),
        adapter=adapter if with_style else None,
        image_encoder=image_encoder if with_style else None,
        control=control if control.is_dir() else None,
        relight=offsets if offsets.is_file() else None,
        relight_base=relight if offsets.is_file() else None,
    )
    return Profile(name=folder.name, sources=sources, settings=SETTINGS[FAMILIES[family].profile])


def _file_profile(path: Path) -> Profile:
    family = _family_of_file(path)
    try:
        config = find_model(family.base_model)
    except WeightsMissingError as error:
        raise WeightsMissingError(
            f"{path.name} needs configurations and tokenizers of {family.base_model}: {error}"
        ) from error
    sources = Sources(base=path, config=config, vae_for_half=_find_fixed_vae(family))
    return Profile(name=path.stem, sources=sources, settings=SETTINGS[family.profile])


def _find_fixed_vae(family: ModelFamily) -> Path | None:
    """The family's autoencoder that was made to work in half precision, where there is one on this machine."""
    return find_model(family.half_vae) if family.half_vae is not None and is_present(family.half_vae) else None


def _family_of_file(path: Path) -> ModelFamily:
    """Told by the text encoders' names alone; the rest of the file is looked at when it is loaded."""
    return tell_by_weights(read_names(path)) or next(iter(FAMILIES.values()))
