"""A network paints the scene round the product, and the original pixels are laid over it. START HERE."""

from __future__ import annotations

import dataclasses
import functools
import importlib.metadata
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from photoshoot.device import choose_torch_device, free_memory_bytes
from photoshoot.distribution import DISTRIBUTION
from photoshoot.errors import DeviceError
from photoshoot.placers.diffusion.batch_sizes import by_size, fitting_batch, run_in_batches
from photoshoot.placers.diffusion.candidates import keep_best, with_candidates
from photoshoot.placers.diffusion.conditioning import Conditioner
from photoshoot.placers.diffusion.inpainting import Batch, Layers, Painter
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.model_parts import Models
from photoshoot.placers.diffusion.precision import KERNELS
from photoshoot.placers.diffusion.profiles import find_profile
from photoshoot.placers.diffusion.working_sizes import WorkingSize, choose_working_size
from photoshoot.records import Preview, ProductLayer, Provenance, RgbImage, Shot, ShotRequest
from photoshoot.settings import Checkpoint, DiffusionSettings
from photoshoot.stages import OnStep, Placer, Segmenter

_ON_GPU, _ON_CPU = 16, 1  # shots a call; memory decides how many of them are painted together
_log = logging.getLogger("photoshoot")


class DiffusionPlacer:
    """Paints scenes with Stable Diffusion inpainting; the product's pixels stay the original ones.

    Safe to call from several threads: calls take turns.

    Args:
        models: The networks, see ``load_models``.
        settings: How to paint.
        starter: Makes the pictures that painting starts from; None with ``init="noise"``.
        segmenter: Cuts products out of finished pictures, to find candidates in which they grew.
    """

    overlap = 1

    def __init__(
        self, models: Models, settings: DiffusionSettings, *, starter: Placer | None, segmenter: Segmenter
    ) -> None:
        self.settings = settings
        self.batch_size = settings.batch_size or (_ON_CPU if models.device.type == "cpu" else _ON_GPU)
        self._models: Models | None = models
        self._painter, self._conditioner = Painter(models, settings), Conditioner(models, settings)
        self._starter, self._segmenter = starter, segmenter
        self._lock = threading.Lock()
        self._provenance = _describe(models, settings)

    @classmethod
    def load(cls, checkpoint: Checkpoint, build_starter: Callable[[], Placer], segmenter: Segmenter) -> DiffusionPlacer:
        """Load a checkpoint.

        Args:
            checkpoint: Which, where, and how it paints.
            build_starter: Called where painting starts from the studio's pictures.
            segmenter: See the class.

        Raises:
            WeightsMissingError: Weights are not on this machine.
            WeightsError: They are not what they should be.
            NoCudaError: CUDA was asked for and is not there.
        """
        device, profile = choose_torch_device(checkpoint.device), find_profile(checkpoint.model)
        settings = checkpoint.settings or profile.settings
        settings = dataclasses.replace(
            settings, dtype=checkpoint.dtype or settings.dtype, loras=(*settings.loras, *checkpoint.loras)
        )
        sources = dataclasses.replace(profile.sources, loras=(*profile.sources.loras, *settings.loras))
        models = load_models(sources, settings, device)
        starter = build_starter() if settings.init == "studio" else None
        placer = cls(models, settings, starter=starter, segmenter=segmenter)
        placer._provenance = _name_checkpoint(placer._provenance, checkpoint, starts=starter is not None)
        return placer

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture; a picture depends on its own request only.

        Args:
            requests: What to make; shots of one canvas size are painted together.
            on_step: Called between the steps of a batch with those done, all, and a preview; what it raises stops it.

        Raises:
            DeviceError: The placer is closed, or a network's output is no picture.
            OutOfMemoryError: A single shot does not fit in the device's memory.
        """
        with self._lock:
            if self._models is None:
                raise DeviceError("this placer is closed; make a new one")
            candidates = with_candidates(requests, self.settings.num_candidates)
            with KERNELS.hold(self.settings, self._models.device):
                images = self._paint_all(self._models, candidates, on_step or _ignore)
            return self._finish(requests, candidates, images)

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._lock:
            if self._models is None:
                return
            on_gpu = self._models.device.type == "cuda"
            self._models = None
            del self._painter, self._conditioner
            if self._starter is not None:
                self._starter.close()
            if on_gpu:
                torch.cuda.empty_cache()

    def _paint_all(self, models: Models, requests: Sequence[ShotRequest], on_step: OnStep) -> list[RgbImage]:
        images: dict[int, RgbImage] = {}
        sizes = [choose_working_size(request.canvas, models.native_px, self.settings) for request in requests]
        for size, group in by_size(sizes).items():
            shots = [requests[index] for index in group]
            paint = functools.partial(self._paint, models.device, size, on_step)
            painted = run_in_batches(shots, self._fitting(models, size), paint)
            images.update(zip(group, painted, strict=True))
        return [images[index] for index in range(len(requests))]

    def _fitting(self, models: Models, size: WorkingSize) -> int:
        if self.settings.batch_size is not None:
            return self.settings.batch_size
        free = free_memory_bytes(models.device)
        if free is None or models.device.type == "cpu":
            return self.batch_size
        rows, columns = size.grid.latent_size
        return fitting_batch(models.family, rows * columns, free, models.dtype.itemsize)

    def _paint(
        self, device: torch.device, size: WorkingSize, on_step: OnStep, requests: Sequence[ShotRequest]
    ) -> list[RgbImage]:
        """Shots of one size."""
        layers: dict[int, ProductLayer] = {}
        painted = [size.enlarge(request, layers) for request in requests]
        starts = None if self._starter is None else [shot.image for shot in self._starter.place(painted)]
        product = _stack_layers(painted, device)
        batch = Batch(
            size=size,
            product=product,
            ad_product=_stack_layers(requests, device) if layers else product,
            start=None if starts is None else _stack(starts, device),
            words=self._conditioner.encode(requests),
            seeds=tuple(request.seed for request in requests),
        )
        pictures = [part.cpu().numpy() for part in self._painter.paint(batch, on_step)]
        return list(np.concatenate(pictures))

    def _finish(
        self, requests: Sequence[ShotRequest], candidates: Sequence[ShotRequest], images: Sequence[RgbImage]
    ) -> list[Shot]:
        count = self.settings.num_candidates
        if count > 1:
            best = keep_best(images, candidates, count, self._segmenter)
            _log.info("expansion of the kept candidates: %s", ", ".join(f"{grown:.3f}" for _, grown in best))
            images = [image for image, _ in best]
        return [request.answer(image, self._provenance) for request, image in zip(requests, images, strict=True)]


def _stack(arrays: Sequence[np.typing.NDArray[np.generic]], device: torch.device) -> Tensor:
    return torch.from_numpy(np.stack(arrays)).to(device)


def _stack_layers(requests: Sequence[ShotRequest], device: torch.device) -> Layers:
    return Layers(
        rgb=_stack([request.layer.rgb for request in requests], device),
        alpha_matte=_stack([request.layer.alpha_matte for request in requests], device),
    )


def _ignore(_: int, __: int, ___: Preview | None = None) -> None:
    """Nobody listens."""


def _describe(models: Models, settings: DiffusionSettings) -> Provenance:
    packages = {name: importlib.metadata.version(name) for name in (DISTRIBUTION, "torch", "diffusers", "transformers")}
    told = dataclasses.asdict(settings)
    del told["loras"], told["guidance_interval"], told["batch_size"], told["preview_vae"]
    start, end = settings.guidance_interval
    loras = ", ".join(f"{lora.path.name}:{lora.weight:g}" for lora in settings.loras)
    return Provenance(
        engine="diffusion",
        versions={**packages, **models.identity},
        settings={
            **told,
            "base_scale": "auto" if settings.base_scale is None else settings.base_scale,
            "dtype": str(models.dtype).removeprefix("torch."),
            "device": models.device.type,
            "guidance_interval": f"{start:g}-{end:g}",
            "loras": loras or "none",
            "style_reference": "ip_adapter" if models.adapter is not None else "none",
        },
    )


def _name_checkpoint(provenance: Provenance, checkpoint: Checkpoint, *, starts: bool) -> Provenance:
    """Add what the checkpoint is called (not where it lies), and how the studio renders what painting starts from."""
    path = Path(checkpoint.model)
    told = dict(provenance.settings, checkpoint=f"{path.name} (local)" if path.exists() else path.name)
    if starts and checkpoint.starter is not None:
        for name, value in dataclasses.asdict(checkpoint.starter).items():
            told[f"starter_{name}"] = "auto" if value is None else value
    return dataclasses.replace(provenance, settings=told)
