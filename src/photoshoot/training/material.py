"""What a run works with: the base's UNet, and pictures and texts as it reads them."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from photoshoot.engines.registry import load_class
from photoshoot.errors import SettingsError
from photoshoot.placers.diffusion.loading import load_parts
from photoshoot.placers.diffusion.models.fingerprints import identify
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.settings import Checkpoint, Lora, SegmentationSettings
from photoshoot.training.accelerator import dtype_of
from photoshoot.training.latent_cache import EncodedSample, LatentCache
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.samples import TrainingData
from photoshoot.training.settings import TrainingSettings
from photoshoot.training.shots import choose_samples, order_shot, painting_settings
from photoshoot.training.validation import Validator

if TYPE_CHECKING:
    from accelerate import Accelerator
    from diffusers import UNet2DConditionModel

    from photoshoot.stages import Placer, Segmenter


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """Pictures that are encoded."""

    done: int
    """Pictures encoded so far, at least 1."""
    total: int
    """Pictures that this process encodes in all."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """What is there before the first step."""

    unet: UNet2DConditionModel
    """Of the base, on the device."""
    scheduler_config: Mapping[str, object]
    """Of the base."""
    sources: Sources
    """The base's files."""
    identity: Mapping[str, str]
    """Name → revision or fingerprint of them."""
    trained: Sequence[EncodedSample]
    """What is learnt."""
    held_out: Sequence[EncodedSample]
    """What is validated on."""
    empty_text: Path
    """File of the empty caption."""


def prepare(
    settings: TrainingSettings,
    trained: TrainingData,
    held_out: TrainingData | None,
    accelerator: Accelerator,
    on_encoded: Callable[[Encoded], None],
) -> Material:
    """Load the base and encode the data, each process a part of it; the encoders are given up afterwards.

    Raises:
        WeightsError: The base is not here, or no inpainting model.
        ExportError: The cache can't be written.
    """
    sources = find_base(settings.base)
    dtype = torch.float32 if settings.method == "full" else dtype_of(accelerator.mixed_precision)
    parts = load_parts(sources, dtype, accelerator.device)
    identity = identify(sources.paths())
    cache = LatentCache(parts, identity, settings, accelerator.device, dtype)
    validated = [] if held_out is None else spread(len(held_out), settings.validation.samples)
    material = Material(
        unet=parts.unet,
        scheduler_config=parts.scheduler_config,
        sources=sources,
        identity=identity,
        trained=_encode(cache, trained, range(len(trained)), accelerator, on_encoded),
        held_out=[] if held_out is None else _encode(cache, held_out, validated, accelerator, on_encoded),
        empty_text=cache.encode_text(""),
    )
    del parts, cache
    gc.collect()
    if accelerator.device.type == "cuda":
        torch.cuda.empty_cache()
    return material


def spread(count: int, most: int) -> list[int]:
    """Up to ``most`` of ``count`` indices, evenly spread."""
    return (
        sorted({index * count // most for index in range(most)}) if count > most > 0 else list(range(min(count, most)))
    )


def _encode(
    cache: LatentCache,
    data: TrainingData,
    indices: Sequence[int],
    accelerator: Accelerator,
    on_encoded: Callable[[Encoded], None],
) -> list[EncodedSample]:
    """Each process encodes its part; all know of all afterwards, in order."""
    own = indices[accelerator.process_index :: accelerator.num_processes]
    done = cache.encode_all(data, own, lambda count: on_encoded(Encoded(done=count, total=len(own))))
    return sorted(_gather(done, accelerator), key=lambda sample: sample.index)


def find_base(base: str) -> Sources:
    """The files of a base, without a profile's own LoRAs and style adapter.

    Raises:
        WeightsMissingError: They are not on this machine.
    """
    return dataclasses.replace(find_profile(base).sources, adapter=None, image_encoder=None, loras=())


def build_validator(
    settings: TrainingSettings, held_out: TrainingData | None, material: Material, schedule: NoiseSchedule
) -> Validator:
    """What validates the run: the loss of the held-out pictures, and a shot of each of the first held-out products."""
    validation, shots = settings.validation, []
    for place in choose_samples([sample.product for sample in material.held_out], validation.shots):
        assert held_out is not None
        sample = held_out[material.held_out[place].index]
        request = order_shot(sample, place, settings.seed)
        shots += [] if request is None else [(request, sample.image)]
    segmenter = _build_segmenter() if validation.measure_expansion and shots else None
    folder = settings.out / "validation"
    return Validator(folder, material.held_out, shots, schedule, settings, segmenter)


def build_placer(settings: TrainingSettings, result: Path, device: torch.device) -> Placer:
    """The public placer with a result of training.

    Args:
        settings: Of the run.
        result: A LoRA's file, or a model's folder.
        device: Where it paints.
    """
    is_model = result.is_dir()
    checkpoint = Checkpoint(
        model=result if is_model else settings.base,
        device=f"cuda:{device.index or 0}" if device.type == "cuda" else device.type,
        settings=painting_settings(settings.base, settings.validation),
        loras=() if is_model else (Lora(path=result),),
    )
    return DiffusionPlacer.load(checkpoint, _refuse_starter, _build_segmenter())


def _refuse_starter() -> Placer:
    raise SettingsError("init", "studio", "noise: training looks at what the network paints by itself")


def _build_segmenter() -> Segmenter:
    build: Any = load_class("segmenter", "u2netp")
    segmenter: Segmenter = build(SegmentationSettings())
    return segmenter


def _gather(samples: list[EncodedSample], accelerator: Accelerator) -> list[EncodedSample]:
    if accelerator.num_processes == 1:
        return samples
    from accelerate.utils import gather_object

    gathered: list[EncodedSample] = gather_object(samples)
    return gathered
