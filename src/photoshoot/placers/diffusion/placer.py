"""A network paints the scene round the product, and the original pixels are laid over it. START HERE."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from photoshoot.arrays import Float32Array
from photoshoot.device import choose_torch_device, free_memory_bytes
from photoshoot.errors import DeviceError, SettingsError
from photoshoot.lookahead import map_ahead
from photoshoot.placers.diffusion.batch_sizes import by_size, fitting_batch, run_in_batches
from photoshoot.placers.diffusion.candidates import Painted, paint_best
from photoshoot.placers.diffusion.conditioning import Conditioner
from photoshoot.placers.diffusion.control import DEPTH, show_nearness
from photoshoot.placers.diffusion.inpainting import Batch, Layers, Painter
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.memory_ladder import needs_of, with_visits
from photoshoot.placers.diffusion.model_parts import Models
from photoshoot.placers.diffusion.precision import KERNELS
from photoshoot.placers.diffusion.profiles import find_profile
from photoshoot.placers.diffusion.provenance import describe, name_checkpoint
from photoshoot.placers.diffusion.shared_batches import Call, SharedBatches
from photoshoot.placers.diffusion.working_sizes import WorkingSize, choose_working_size
from photoshoot.records import Preview, ProductLayer, RgbImage, Shot, ShotRequest
from photoshoot.settings import Checkpoint, DiffusionSettings
from photoshoot.stages import DepthMeter, OnStep, Placer, Segmenter, take_all

_ON_GPU, _ON_CPU = 16, 1  # shots a call; memory decides how many of them are painted together
_ON_GPU_AT_ONCE = 2  # calls: one renders its starts, or is inspected, while another one paints
_STARTING = 2  # batches whose starts are rendered while one is painted


@dataclass(frozen=True, eq=False)
class _Shot:
    """A shot whose turn comes."""

    size: WorkingSize
    request: ShotRequest
    painted: ShotRequest  # the same at the size that is painted
    start: RgbImage | None  # what painting starts from, at that size; None: noise
    nearness: Float32Array | None  # of the set, at that size; None: nothing holds to it
    control_scale: float  # 0: nothing holds it


class DiffusionPlacer:
    """Paints scenes with Stable Diffusion inpainting; the product's pixels stay the original ones.

    Safe to call from several threads: they take turns at the device, and what waits for it at one size is painted
    together. What painting starts from is rendered before a call's turn, while the device paints other batches.

    Args:
        models: The networks, see ``load_models``.
        settings: How to paint.
        starter: Makes the pictures that painting starts from; None with ``init="noise"``.
        segmenter: Cuts products out of finished pictures, to find candidates in which they grew.
    """

    reads_any_text = True

    def __init__(
        self, models: Models, settings: DiffusionSettings, *, starter: Placer | None, segmenter: Segmenter
    ) -> None:
        self.settings = settings
        self.batch_size = settings.batch_size or (_ON_CPU if models.device.type == "cpu" else _ON_GPU)
        self._models: Models | None = models
        self._painter, self._conditioner = Painter(models, settings), Conditioner(models, settings)
        self._starter, self._segmenter = starter, segmenter
        self.overlap = 1 if models.device.type == "cpu" else _ON_GPU_AT_ONCE
        needs = needs_of(models, settings, models.device, controlled=models.control is not None)
        self._needs = with_visits(models.rung, needs, models.sizes)
        self._free_bytes = free_memory_bytes(models.device)  # while nobody paints: of the last turn's beginning
        self._turns: SharedBatches[_Shot, Painted] = SharedBatches(self._take_turn)
        self._provenance = describe(models, settings)

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
            settings,
            control=profile.settings.control if settings.control == "auto" else settings.control,
            dtype=checkpoint.dtype or settings.dtype,
            loras=(*settings.loras, *checkpoint.loras),
        )
        sources = dataclasses.replace(profile.sources, loras=(*profile.sources.loras, *settings.loras))
        models = load_models(sources, settings, device)
        starter = build_starter() if settings.init == "studio" else None
        placer = cls(models, settings, starter=starter, segmenter=segmenter)
        placer._provenance = name_checkpoint(placer._provenance, checkpoint, starts=starter is not None)
        return placer

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture; a picture depends on its own request only.

        Args:
            requests: What to make; shots of one canvas size are painted together.
            on_step: Called between the steps of a batch with those done, all, and a preview; what it raises stops it.

        Raises:
            DeviceError: The placer is closed.
            ShotsFailedError: Networks made no pictures of some shots; it has the others.
            OutOfMemoryError: A single shot does not fit in the device's memory.
            SettingsError: Light on the product was asked for: nothing tells what light a network paints; or a style
                image, and the model has no style adapter.
        """
        _refuse_light(requests)
        if self._models is not None and self._models.adapter is None and not self._models.paints_by_flow:
            _refuse_style_images(requests)
        settings, listener = self.settings, on_step or _ignore
        scales = settings.control_scales if self._is_controlled else (0.0,)
        kept = paint_best(
            requests,
            settings.num_candidates,
            scales,
            self._segmenter,
            lambda wanted, scale: self._paint_all(wanted, scale, listener),
        )
        return take_all([self._answer(request, one) for request, one in zip(requests, kept, strict=True)])

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._turns.pause():
            if self._models is None:
                return
            on_gpu = self._models.device.type == "cuda"
            self._models = None
            del self._painter, self._conditioner
            if self._starter is not None:
                self._starter.close()
            if on_gpu:
                torch.cuda.empty_cache()

    @property
    def _is_controlled(self) -> bool:
        return self._open_models().control is not None

    def _paint_all(self, requests: Sequence[ShotRequest], scale: float, on_step: OnStep) -> list[Painted]:
        """Paint shots of any sizes under one weight of the control."""
        batches, images = list(self._batches(requests)), dict[int, Painted]()
        wanted = ((size, [requests[index] for index in group]) for size, group in batches)
        started = map_ahead(lambda batch: self._start(*batch, scale), wanted, _STARTING)
        for (size, group), shots in zip(batches, started, strict=True):
            images.update(zip(group, self._paint(size, shots, on_step), strict=True))
        return [images[index] for index in range(len(requests))]

    def _batches(self, requests: Sequence[ShotRequest]) -> Iterator[tuple[WorkingSize, list[int]]]:
        """Places of the shots that are painted at one size, as many as the device holds at once."""
        models = self._open_models()
        sizes = [
            choose_working_size(request.canvas, models.native_px, self.settings, models.kind.multiple_px)
            for request in requests
        ]
        for size, group in by_size(sizes).items():
            most = self._fitting(size)
            yield from ((size, group[start : start + most]) for start in range(0, len(group), most))

    def _start(self, size: WorkingSize, requests: Sequence[ShotRequest], scale: float) -> list[_Shot]:
        """What painting starts from: rendered without the device, a batch ahead."""
        layers: dict[int, ProductLayer] = {}
        painted = [size.enlarge(request, layers) for request in requests]
        starts: list[RgbImage | None] = [None] * len(painted)
        if self._starter is not None:
            starts = [shot.image for shot in self._starter.place(painted)]
        near: list[Float32Array | None] = [None] * len(painted)
        if self._is_controlled and self.settings.control == DEPTH:
            near = [show_nearness(distance) for distance in _find_meter(self._starter).measure_depth(painted)]
        return [_Shot(size, *shot, scale) for shot in zip(requests, painted, starts, near, strict=True)]

    def _paint(self, size: WorkingSize, shots: Sequence[_Shot], on_step: OnStep) -> list[Painted]:
        """Wait for a turn at the device, and paint there with what others want at this size meanwhile."""
        alone = self.settings.deterministic  # a batch's size chooses kernels, whose last bits differ
        kind = None if alone else size
        return self._turns.run(Call(items=shots, kind=kind, most=self._fitting(size), on_step=on_step))

    def _take_turn(self, shots: Sequence[_Shot], on_step: OnStep) -> list[Painted]:
        """Paint shots of one size, of one call or several."""
        models, size = self._open_models(), shots[0].size
        self._free_bytes = free_memory_bytes(models.device)
        with KERNELS.hold(self.settings, models.device):

            def paint(part: Sequence[_Shot]) -> list[Painted]:
                whole = len(part) == len(shots)  # else nobody could tell whose pictures a preview shows
                told = on_step if whole else lambda done, total, _=None, /: on_step(done, total)
                return self._paint_batch(models.device, size, told, part)

            return list(run_in_batches(shots, self._fitting(size), paint))

    def _open_models(self) -> Models:
        if self._models is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._models

    def _fitting(self, size: WorkingSize) -> int:
        if self.settings.shots_together is not None:
            return self.settings.shots_together
        models = self._open_models()
        if self._free_bytes is None or models.device.type == "cpu":
            return self.batch_size
        return fitting_batch(self._needs, size, self._free_bytes)

    def _paint_batch(
        self, device: torch.device, size: WorkingSize, on_step: OnStep, shots: Sequence[_Shot]
    ) -> list[Painted]:
        requests, painted = [shot.request for shot in shots], [shot.painted for shot in shots]
        starts = [shot.start for shot in shots if shot.start is not None]
        near = [shot.nearness for shot in shots if shot.nearness is not None]
        product = _stack_layers(painted, device)
        is_ad = all(one is other for one, other in zip(requests, painted, strict=True))
        batch = Batch(
            size=size,
            product=product,
            ad_product=product if is_ad else _stack_layers(requests, device),
            start=_stack(starts, device) if starts else None,
            nearness=_stack(near, device) if near else None,
            control_scales=tuple(shot.control_scale for shot in shots),
            words=self._conditioner.encode(requests),
            seeds=tuple(request.seed for request in requests),
        )
        parts = [(pictures.cpu().numpy(), faults) for pictures, faults in self._painter.paint(batch, on_step)]
        made = [one for pictures, faults in parts for one in zip(pictures, faults, strict=True)]
        in_tiles = self._painter.used_tiles
        return [
            Painted(
                image=image if fault is None else DeviceError(fault),
                in_tiles=in_tiles,
                control_scale=shot.control_scale,
            )
            for shot, (image, fault) in zip(shots, made, strict=True)
        ]

    def _answer(self, request: ShotRequest, painted: Painted) -> Shot | DeviceError:
        if isinstance(painted.image, DeviceError):
            return painted.image
        settings = {
            **self._provenance.settings,
            "vae_tiles": painted.in_tiles,
            "control_scale": painted.control_scale,
        }
        return request.answer(painted.image, dataclasses.replace(self._provenance, settings=settings))


def _stack(arrays: Sequence[np.typing.NDArray[np.generic]], device: torch.device) -> Tensor:
    return torch.from_numpy(np.stack(arrays)).to(device)


def _stack_layers(requests: Sequence[ShotRequest], device: torch.device) -> Layers:
    return Layers.stack([request.layer for request in requests], device)


def _find_meter(starter: Placer | None) -> DepthMeter:
    if isinstance(starter, DepthMeter):
        return starter
    raise SettingsError("control", DEPTH, "another, unless the studio makes what painting starts from")


def _refuse_light(requests: Sequence[ShotRequest]) -> None:
    """Hold that no product is to follow a light that nobody knows, and that no draft is asked of a network."""
    if any(request.draft_of is not None for request in requests):
        raise SettingsError("quality", "draft", "'final' where a network paints the scene; the studio makes drafts")
    for recipe in (request.recipe for request in requests):
        if recipe is not None and recipe.light_on_product > 0:
            raise SettingsError(
                "light_on_product", recipe.light_on_product, "0 where a network paints the scene; the studio can do it"
            )


def _refuse_style_images(requests: Sequence[ShotRequest]) -> None:
    if any(request.scene.style_image is not None and request.scene.style_strength > 0 for request in requests):
        raise SettingsError("style_image", "a picture", "none with this model: it has no style adapter (IP-Adapter)")


def _ignore(_: int, __: int, ___: Preview | None = None) -> None:
    """Nobody listens."""
