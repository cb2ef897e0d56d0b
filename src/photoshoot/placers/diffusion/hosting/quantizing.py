"""Weights of linear layers stored in one byte a number: half of half precision, and multiplied in the layer's own."""

from __future__ import annotations

from typing import Final

from torch import nn

from photoshoot.errors import MissingExtraError

NONE: Final = "none"
_SCALE_BYTES: Final = 5  # of an output: a scale in single precision, and where its nought is


def check_quantization(kind: str) -> None:
    """Hold that weights can be stored so, before any is read.

    Raises:
        MissingExtraError: torchao is not installed.
    """
    if kind != NONE:
        _find_configs()


def quantize_linear(network: nn.Module, kind: str) -> None:
    """Store the weights of a network's linear layers in one byte a number, with a scale for each output, in place.

    Args:
        network: In its number format, with all that is added to its weights.
        kind: ``"int8"``, ``"fp8"`` (e4m3), or ``"none"``, which changes nothing.
    """
    if kind == NONE:
        return
    from torchao.quantization import quantize_

    quantize_(network, _find_configs()[kind])
    network.requires_grad_(False)


def stored_bytes(network: nn.Module, kind: str = NONE) -> int:
    """Bytes of a network's weights, as they are or as they would be quantized."""
    linear = {id(layer.weight) for layer in network.modules() if kind != NONE and isinstance(layer, nn.Linear)}
    return sum(
        weight.numel() + len(weight) * _SCALE_BYTES if id(weight) in linear else weight.numel() * weight.itemsize
        for weight in network.parameters()
    )


def _find_configs() -> dict[str, object]:
    try:
        from torchao.quantization import Float8WeightOnlyConfig, Int8WeightOnlyConfig
    except ImportError as error:
        raise MissingExtraError("storing weights in one byte", "quantization") from error
    own = {"set_inductor_config": False}  # which are this process's, not a network's
    return {"int8": Int8WeightOnlyConfig(**own), "fp8": Float8WeightOnlyConfig(**own)}
