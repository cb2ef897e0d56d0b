"""Shots whose starts are rendered: as a batch on the device, and their pictures back from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from photoshoot.arrays import Float32Array
from photoshoot.pixels.product_light import asked_light
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.painting.conditioning import Words
from photoshoot.placers.diffusion.painting.inpainting import Batch, Finished, Layers
from photoshoot.records import RgbImage, ShotRequest


@dataclass(frozen=True, eq=False)
class StartedShot:
    """A shot whose turn comes."""

    size: WorkingSize
    """What is painted of it."""
    request: ShotRequest
    """What was asked for."""
    painted: ShotRequest
    """The same at the size that is painted."""
    start: RgbImage | None
    """What painting starts from, at that size; None: noise."""
    set_picture: Float32Array | None
    """See ``SHOW``, at that size; None: nothing holds to the set."""
    control_scale: float
    """Weight of the control; 0: nothing holds it."""


def to_batch(shots: Sequence[StartedShot], words: Words, device: torch.device) -> Batch:
    """Bring shots of one size onto a device.

    Args:
        shots: At least one.
        words: What they are painted after.
        device: Of the network.
    """
    requests, painted = [shot.request for shot in shots], [shot.painted for shot in shots]
    starts = [shot.start for shot in shots if shot.start is not None]
    shown = [shot.set_picture for shot in shots if shot.set_picture is not None]
    product = _stack_layers(painted, device)
    is_ad = all(one is other for one, other in zip(requests, painted, strict=True))
    return Batch(
        size=shots[0].size,
        product=product,
        ad_product=product if is_ad else _stack_layers(requests, device),
        start=_stack(starts, device) if starts else None,
        set_pictures=_stack(shown, device) if shown else None,
        control_scales=tuple(shot.control_scale for shot in shots),
        words=words,
        seeds=tuple(request.seed for request in requests),
        keep_scenes=any(asked_light(request) > 0 for request in requests),
    )


def to_host(part: Finished) -> Iterator[tuple[RgbImage, RgbImage | None, str | None]]:
    """Each picture, its scene where that is wanted, and why it is none."""
    pictures = part.pictures.cpu().numpy()
    scenes = [None] * len(pictures) if part.scenes is None else part.scenes.cpu().numpy()
    return zip(pictures, scenes, part.faults, strict=True)


def _stack(arrays: Sequence[np.typing.NDArray[np.generic]], device: torch.device) -> Tensor:
    return torch.from_numpy(np.stack(arrays)).to(device)


def _stack_layers(requests: Sequence[ShotRequest], device: torch.device) -> Layers:
    return Layers.stack([request.layer for request in requests], device)
