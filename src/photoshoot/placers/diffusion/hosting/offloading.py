"""Networks that lie on the host and come to a device for the time that they work: whole, or a layer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

_Place: TypeAlias = "tuple[dict[str, Any], str, Tensor]"  # a layer's parameters or buffers, a name there, what it has


@contextmanager
def at_work(network: nn.Module, device: torch.device | None) -> Iterator[None]:
    """Bring a network to a device while it works there; one that lies there, or with None anywhere, stays.

    What comes is a copy, so nothing is carried back.
    """
    if device is None or next(network.parameters()).device == device:
        yield
        return
    homes = _find_weights(network)
    try:
        _bring(homes, device)
        yield
    finally:
        _leave(homes)


def visit_by_layer(network: nn.Module, device: torch.device) -> None:
    """Have each layer of a network on the host come to a device for each of its calls, by whomever it is called.

    Copies from pinned memory are queued on the device like the layer's own work: nobody waits for them.
    """
    for layer in network.modules():
        homes = _find_weights(layer, deep=False)
        if not homes:
            continue

        def come(_: nn.Module, __: object, homes: list[_Place] = homes) -> None:
            _bring(homes, device)

        def go(_: nn.Module, __: object, ___: object, homes: list[_Place] = homes) -> None:
            _leave(homes)

        layer.register_forward_pre_hook(come)
        layer.register_forward_hook(go, always_call=True)


def pin(network: nn.Module) -> None:
    """Put a network's weights into memory from which a CUDA card takes them by itself; quantized ones stay."""
    for store, name, weight in _find_weights(network):
        if type(weight.data) is Tensor:
            store[name] = _like(weight, weight.pin_memory())


def _bring(homes: list[_Place], device: torch.device) -> None:
    brought: dict[int, Tensor] = {}  # weights that two layers share come once
    for store, name, weight in homes:
        if id(weight) not in brought:
            pinned = type(weight.data) is Tensor and weight.is_pinned()
            brought[id(weight)] = _like(weight, weight.to(device, non_blocking=pinned))
        store[name] = brought[id(weight)]


def _leave(homes: list[_Place]) -> None:
    for store, name, weight in homes:
        store[name] = weight


def _like(weight: Tensor, moved: Tensor) -> Tensor:
    return nn.Parameter(moved, requires_grad=False) if isinstance(weight, nn.Parameter) else moved


def _find_weights(network: nn.Module, *, deep: bool = True) -> list[_Place]:
    """Where each parameter and buffer stands, and the tensor itself."""
    return [
        (store, name, weight)
        for module in (network.modules() if deep else [network])
        for store in (module._parameters, module._buffers)
        for name, weight in store.items()
        if weight is not None
    ]
