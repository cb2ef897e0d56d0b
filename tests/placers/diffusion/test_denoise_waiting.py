"""No step of the loop waits for the device."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.paintings import FULL, make_painting, paint
from tests.placers.diffusion.tiny_networks import build_unet


class NoWaiting(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Fails where a number leaves a tensor, or a tensor is made of numbers: both wait for a device."""

    FORBIDDEN = (
        "_local_scalar_dense",
        "nonzero",
        "is_nonzero",
        "equal",
        "lift_fresh",
        "scalar_tensor",
        "masked_select",
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = func.overloadpacket.__name__
        waits = name in self.FORBIDDEN or (
            name == "index" and any(index is not None and index.dtype == torch.bool for index in args[1])
        )
        assert not waits, f"{name} waits for the device"
        self.count += 1
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("forbidden", [lambda x: x.max().item(), lambda x: x[x > 0], lambda _: torch.tensor(1.0)])
def test_the_watch_for_waiting_sees_it(forbidden: Callable[[Tensor], object]) -> None:
    with NoWaiting(), pytest.raises(AssertionError, match="waits"):
        forbidden(torch.ones(3))


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_no_step_waits_for_the_device(family: Family) -> None:
    """All steps but the first run watched, from their beginning to their end."""
    painting = make_painting(family=family)
    painting.keep[..., 0] = 0.6
    plan = dataclasses.replace(FULL, num_inference_steps=6, guidance_interval=(0.3, 0.6))
    watch = NoWaiting()
    with ExitStack() as watching:

        def on_step(done: int, total: int, _: Tensor) -> None:
            if done == 1:
                watching.enter_context(watch)
            if done == total:
                watching.close()

        paint(painting, plan, unet=build_unet(family), on_step=on_step)
    assert watch.count > 500, "it watched the network's operations"
