"""A network paints the scene round the product, and the original pixels are laid over it. START HERE."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

import torch

from photoshoot.arrays import Float32Array
from photoshoot.errors import DeviceError, SettingsError
from photoshoot.machine.device import choose_torch_device, free_memory_bytes
from photoshoot.machine.lookahead import map_ahead
from photoshoot.pixels.light_bounds import Bounds
from photoshoot.pixels.product_light import asked_light, unlit
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize, choose_working_size
from photoshoot.placers.diffusion.hosting.precision import KERNELS
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.memory.batch_sizes import by_size, fitting_batch, run_in_batches
from photoshoot.placers.diffusion.memory.memory_ladder import SQUARE, needs_of, relighting_needs, with_visits
from photoshoot.placers.diffusion.memory.shared_batches import Call, SharedBatches
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.placers.diffusion.models.profiles import find_profile, with_relighter
from photoshoot.placers.diffusion.models.set_pictures import SHOW
from photoshoot.placers.diffusion.painting.candidates import Painted, paint_best
from photoshoot.placers.diffusion.painting.conditioning import Conditioner
from photoshoot.placers.diffusion.painting.inpainting import Painter
from photoshoot.placers.diffusion.painting.started_shots import StartedShot, to_batch, to_host
from photoshoot.placers.diffusion.provenance import describe, name_checkpoint
from photoshoot.placers.diffusion.refusals import refuse_what_it_can_not
from photoshoot.placers.diffusion.relighting import Relighter, ToLight
from photoshoot.records import Preview, ProductLayer, RgbImage, Shot, ShotRequest
from photoshoot.settings import Checkpoint, DiffusionSettings
from photoshoot.stages import OnStep, Placer, Segmenter, SetMeter, take_all

_ON_GPU, _ON_CPU = 16, 1  # shots a call; memory decides how many of them are painted together
_ON_GPU_AT_ONCE = 2  # calls: one renders its starts, or is inspected, while another one paints
_STARTING = 2  # batches whose starts are rendered while one is painted


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
        needs = needs_of(
            models, settings, models.device, controlled=models.control is not None, relighter=models.relighter
        )
        self._needs = with_visits(models.rung, needs, models.sizes)
        self._light_needs = relighting_needs(models.rung, needs, models.sizes)
        self._relighter = None
        if models.relighter is not None:
            bounds = Bounds(delta_e=settings.light_delta_e, hue_deg=settings.light_hue_deg)
            self._relighter = Relighter(models.relighter, models.device, bounds)
        self._free_bytes = free_memory_bytes(models.device)  # while nobody paints: of the last turn's beginning
        self._turns: SharedBatches[StartedShot | ToLight, Painted] = SharedBatches(self._take_turn)
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
        sources = with_relighter(profile.sources, settings)
        sources = dataclasses.replace(sources, loras=(*sources.loras, *settings.loras))
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
            SettingsError: Light on the product was asked for, and the model has nothing that tells it; or a style
                image, and it has no style adapter.
        """
        refuse_what_it_can_not(requests, self._open_models())
        settings, listener = self.settings, on_step or _ignore
        scales = settings.control_scales if self._is_controlled else (0.0,)
        kept = paint_best(
            requests,
            settings.num_candidates,
            scales,
            self._segmenter,
            lambda wanted, scale: self._paint_all(wanted, scale, listener),
        )
        kept = self._light_all(requests, kept, listener)
        return take_all([self._answer(request, one) for request, one in zip(requests, kept, strict=True)])

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        with self._turns.pause():
            if self._models is None:
                return
            on_gpu = self._models.device.type == "cuda"
            self._models = None
            del self._painter, self._conditioner
            self._relighter = None
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

    def _light_all(self, requests: Sequence[ShotRequest], painted: list[Painted], on_step: OnStep) -> list[Painted]:
        """Give the products of finished pictures the scene's light, where it was asked for."""
        lit = list(painted)
        wanted = [
            place
            for place, (request, one) in enumerate(zip(requests, painted, strict=True))
            if asked_light(request) > 0 and not isinstance(one.image, DeviceError)
        ]
        most = self._fitting(None)
        for start in range(0, len(wanted), most):
            group = wanted[start : start + most]
            items = [ToLight(request=requests[place], painted=painted[place]) for place in group]
            kind = None if self.settings.deterministic else "light"
            done = self._turns.run(Call(items=items, kind=kind, most=most, on_step=on_step))
            for place, one in zip(group, done, strict=True):
                lit[place] = one
        return lit

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

    def _start(self, size: WorkingSize, requests: Sequence[ShotRequest], scale: float) -> list[StartedShot]:
        """What painting starts from: rendered without the device, a batch ahead."""
        layers: dict[int, ProductLayer] = {}
        painted = [size.enlarge(request, layers) for request in requests]
        starts: list[RgbImage | None] = [None] * len(painted)
        if self._starter is not None:
            starts = [shot.image for shot in self._starter.place([unlit(request) for request in painted])]
        shown: list[Float32Array | None] = [None] * len(painted)
        if self._is_controlled and (show := SHOW.get(self.settings.control)) is not None:
            shown = [show(guides) for guides in _find_meter(self._starter, self.settings).measure_sets(painted)]
        return [StartedShot(size, *shot, scale) for shot in zip(requests, painted, starts, shown, strict=True)]

    def _paint(self, size: WorkingSize, shots: Sequence[StartedShot], on_step: OnStep) -> list[Painted]:
        """Wait for a turn at the device, and paint there with what others want at this size meanwhile."""
        alone = self.settings.deterministic  # a batch's size chooses kernels, whose last bits differ
        kind = None if alone else size
        return self._turns.run(Call(items=shots, kind=kind, most=self._fitting(size), on_step=on_step))

    def _take_turn(self, items: Sequence[StartedShot | ToLight], on_step: OnStep) -> list[Painted]:
        """Paint shots of one size, or light products, of one call or several."""
        models = self._open_models()
        self._free_bytes = free_memory_bytes(models.device)
        to_light = [item for item in items if isinstance(item, ToLight)]
        shots = [item for item in items if not isinstance(item, ToLight)]
        with KERNELS.hold(self.settings, models.device):
            if self._relighter is not None and to_light:
                light = self._relighter.light
                return list(run_in_batches(to_light, self._fitting(None), lambda part: light(part, on_step)))
            size = shots[0].size

            def paint(part: Sequence[StartedShot]) -> list[Painted]:
                whole = len(part) == len(shots)  # else nobody could tell whose pictures a preview shows
                told = on_step if whole else lambda done, total, _=None, /: on_step(done, total)
                return self._paint_batch(models.device, told, part)

            return list(run_in_batches(shots, self._fitting(size), paint))

    def _open_models(self) -> Models:
        if self._models is None:
            raise DeviceError("this placer is closed; make a new one")
        return self._models

    def _fitting(self, size: WorkingSize | None) -> int:
        """How many shots are painted together at a size, or lit: None."""
        if self.settings.shots_together is not None:
            return self.settings.shots_together
        models = self._open_models()
        if self._free_bytes is None or models.device.type == "cpu":
            return self.batch_size
        if size is None:
            return 1 if self._light_needs is None else fitting_batch(self._light_needs, SQUARE, self._free_bytes)
        return fitting_batch(self._needs, size, self._free_bytes)

    def _paint_batch(self, device: torch.device, on_step: OnStep, shots: Sequence[StartedShot]) -> list[Painted]:
        batch = to_batch(shots, self._conditioner.encode([shot.request for shot in shots]), device)
        made = [one for part in self._painter.paint(batch, on_step) for one in to_host(part)]
        in_tiles = self._painter.used_tiles
        return [
            Painted(
                image=image if fault is None else DeviceError(fault),
                in_tiles=in_tiles,
                control_scale=shot.control_scale,
                scene=scene,
            )
            for shot, (image, scene, fault) in zip(shots, made, strict=True)
        ]

    def _answer(self, request: ShotRequest, painted: Painted) -> Shot | DeviceError:
        if isinstance(painted.image, DeviceError):
            return painted.image
        settings = {
            **self._provenance.settings,
            "vae_tiles": painted.in_tiles,
            "control_scale": painted.control_scale,
        }
        return request.answer(painted.image, dataclasses.replace(self._provenance, settings=settings), painted.light)


def _find_meter(starter: Placer | None, settings: DiffusionSettings) -> SetMeter:
    if isinstance(starter, SetMeter):
        return starter
    raise SettingsError("control", settings.control, "another, unless the studio makes what painting starts from")


def _ignore(_: int, __: int, ___: Preview | None = None) -> None:
    """Nobody listens."""
