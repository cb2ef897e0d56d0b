"""What a picture's record tells of the networks that painted it."""

import dataclasses
from pathlib import Path

from photoshoot.distribution import DISTRIBUTION, read_version
from photoshoot.machine.device import describe_card
from photoshoot.placers.diffusion.models.control import PRODUCT
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.records import Provenance
from photoshoot.settings import Checkpoint, DiffusionSettings


def describe(models: Models, settings: DiffusionSettings) -> Provenance:
    """What paints, and how, as far as all shots share it."""
    packages = {name: read_version(name) for name in (DISTRIBUTION, "torch", "diffusers", "transformers")}
    told = dataclasses.asdict(settings)
    del told["loras"], told["guidance_interval"], told["batch_size"], told["preview_vae"]
    start, end = settings.guidance_interval
    loras = ", ".join(f"{lora.path.name}:{lora.weight:g}" for lora in settings.loras)
    return Provenance(
        engine="diffusion",
        versions={**packages, **models.identity},
        settings={
            **told,
            "control": _name_control(models, settings),
            "control_scales": ", ".join(f"{scale:g}" for scale in settings.control_scales),
            "relighter": "none" if models.relighter is None else "iclight",
            "base_scale": "auto" if settings.base_scale is None else settings.base_scale,
            "memory": models.rung,
            "dtype": str(models.dtype).removeprefix("torch."),
            "device": models.device.type,
            **describe_card(models.device),
            "shots_together": settings.shots_together or "what memory holds",
            "guidance_interval": f"{start:g}-{end:g}",
            "loras": loras or "none",
            "style_reference": _name_style(models),
            "negative_prompt": "read" if settings.guidance_scale > 1 else "not read: no guidance",
        },
    )


def name_checkpoint(provenance: Provenance, checkpoint: Checkpoint, *, starts: bool) -> Provenance:
    """Add what the checkpoint is called (not where it lies), and how the studio renders what painting starts from."""
    path = Path(checkpoint.model)
    told = dict(provenance.settings, checkpoint=f"{path.name} (local)" if path.exists() else path.name)
    if starts and checkpoint.starter is not None:
        for name, value in dataclasses.asdict(checkpoint.starter).items():
            told[f"starter_{name}"] = "auto" if value is None else value
    return dataclasses.replace(provenance, settings=told)


def _name_control(models: Models, settings: DiffusionSettings) -> str:
    if models.control is None:
        return "none"
    return PRODUCT if settings.control == "auto" else settings.control


def _name_style(models: Models) -> str:
    if models.paints_by_flow:
        return "reference"
    return "none" if models.adapter is None else "ip_adapter"
