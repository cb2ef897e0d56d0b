"""Networks compiled for this machine: few graphs, each good for many sizes, batches, prompts and style references."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from diffusers.models.attention_processor import Attention, FusedAttnProcessor2_0
from torch import Tensor, nn
from torch.utils._pytree import tree_iter

Backend: TypeAlias = str | Callable[..., object]
"""What makes kernels of graphs, as ``torch.compile`` takes it."""
BACKEND: Final = "inductor"
"""Torch's own."""


def compile_networks(
    unet: UNet2DConditionModel,
    vae: AutoencoderKL,
    outer: nn.Module,
    control: ControlNetModel | None,
) -> None:
    """Have a UNet, its outer layers and both halves of an autoencoder compiled on first use, in place.

    Convolutions get their weights in the order of channels that tensor cores take. Only compiled code keeps that order:
    outside it, CUDA's group norm hands the convolutions after it the other one, and each would copy.

    Args:
        unet: On its device, with its adapters and its attention installed.
        vae: On its device.
        outer: Of the UNet, see ``OuterLayers``.
        control: What works beside the UNet, compiled with it.
    """
    beside = [] if control is None else [control]
    for network in (unet, vae, *beside):
        network.to(memory_format=torch.channels_last)
    for network in (unet, outer, vae.encoder, vae.decoder, *beside):
        compile_apart(network, BACKEND)


def compile_apart(network: nn.Module, backend: Backend) -> None:
    """Have one network compiled; its hooks stay outside.

    Torch gives up at the eighth graph of a code object. Modules that it compiles itself share one, so that a second
    device's networks would run uncompiled; here each has a code object of its own.
    """
    forward = network.forward

    def run(*inputs: object, **keywords: object) -> object:
        return forward(*inputs, **keywords)

    run.__code__ = run.__code__.replace()
    compiled = torch.compile(run, backend=backend)

    def mark_and_run(sample: Tensor, *inputs: object, **keywords: object) -> object:
        sample = sample.contiguous()
        mark_sizes(tensor for tensor in tree_iter((sample, inputs, keywords)) if isinstance(tensor, Tensor))
        return compiled(sample, *inputs, **keywords)

    network.forward = mark_and_run


def mark_sizes(tensors: Iterable[Tensor | None]) -> None:
    """Tell torch's compiler which sizes change from call to call: all but the second, of channels or heads.

    It would find out by compiling anew for each; and were all to change, it would take those that are equal by chance,
    such as the rows of a batch and its channels, for the same.
    """
    for tensor in tensors:
        if tensor is not None:
            torch._dynamo.maybe_mark_dynamic(tensor, [dim for dim in range(tensor.dim()) if dim != 1])


def fuse_self_attention(unet: UNet2DConditionModel) -> None:
    """Make query, key and value of each self-attention in one product, in place: before an adapter is installed."""
    for layer in unet.modules():
        if isinstance(layer, Attention) and not layer.is_cross_attention:
            layer.fuse_projections()
            layer.set_processor(FusedAttnProcessor2_0())
            del layer.to_q, layer.to_k, layer.to_v
    unet.requires_grad_(False)
