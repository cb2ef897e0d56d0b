"""Cross-attention of the network: keys and values of texts and style pictures, made once a request, each row its own.

A UNet's cross-attention reads the same text in every step, so its keys and values are computed once, when a request is
primed. The style adapter (IP-Adapter) adds a second attention, over the tokens of a picture, whose weight is the row's
own: one batch holds shots with different style pictures and shots without one.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Final

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from diffusers.models.attention_processor import Attention, IPAdapterAttnProcessor2_0
from torch import Tensor, nn
from torch.nn import functional

from photoshoot.errors import UnknownNameError, WeightsError
from photoshoot.placers.diffusion.hosting.compiling import mark_sizes

ALL_BLOCKS: Final[Mapping[str, float]] = types.MappingProxyType(
    {"down_blocks": 1.0, "mid_block": 1.0, "up_blocks": 1.0}
)
"""The style adapter acts everywhere: layout and things of its picture are taken over too."""
STYLE_BLOCKS_SD15: Final[Mapping[str, float]] = types.MappingProxyType({"up_blocks.1": 1.0})
"""Style alone in Stable Diffusion 1.5, whose first upward block has no attention at all."""
STYLE_BLOCKS_SDXL: Final[Mapping[str, float]] = types.MappingProxyType({"up_blocks.0.attentions.1": 1.0})
"""Style alone in Stable Diffusion XL. Source: Wang et al., "InstantStyle", arXiv 2404.02733, section 3.3."""

_PROCESSOR = ".processor"
_CROSS = ".attn2.processor"
_REMEMBERED = ("text_key", "text_value", "text_bias", "style_key", "style_value")
_KEYS_MULTIPLE = 8  # CUDA's attention kernels take a bias as it lies if its rows are as long; else they copy it
_UNKNOWN_PARTS = ("norm_cross", "group_norm", "spatial_norm", "norm_q", "norm_k", "added_kv_proj_dim")


_Memory = Mapping[str, Tensor | None]
"""The tensors of one layer that change from request to request, by the names of its attributes."""


class AttentionControl:
    """Sets what all cross-attention layers of one UNet attend to. Made by ``install_attention``."""

    compiled = False
    """Whether the UNet is compiled: it is told then which sizes change from request to request."""

    def __init__(self, layers: Mapping[str, tuple[Attention, _CrossAttention]], *, has_adapter: bool) -> None:
        self._layers = dict(layers)
        self._has_adapter = has_adapter
        self._memories: list[_Memory] = []
        self._selected = 0

    def join(self, other: AttentionControl) -> None:
        """Set what another network's layers attend to, too: of one that works beside this one, on the same rows."""
        self._layers |= {f"beside.{name}": layer for name, layer in other._layers.items()}

    @property
    def style_layers(self) -> tuple[str, ...]:
        """Names of the layers in which the style adapter acts."""
        return tuple(name for name, (_, processor) in self._layers.items() if processor.style_to_key is not None)

    @torch.no_grad()
    def prime(
        self, text: Tensor, text_mask: Tensor, style_tokens: Tensor | None = None, style_scale: Tensor | None = None
    ) -> None:
        """Compute keys and values of every layer; the UNet calls that follow hold all rows.

        The UNet ignores the ``encoder_hidden_states`` that it is given: give None.

        Args:
            text: (B, T, cross-attention width).
            text_mask: bool (B, T); False = padding, which gets no attention. Each row needs a True.
            style_tokens: (B, n, cross-attention width); None: no row has a style picture.
            style_scale: (B,), weight of each row's style picture; 0 is exactly as without one. None: 1 for all.
        """
        assert style_tokens is None or self._has_adapter, "style tokens need a style adapter"
        text, bias = _pad_keys(text, text_mask)
        self._memories = [
            processor.remember(attention, text, bias, style_tokens, style_scale)
            for attention, processor in self._layers.values()
        ]
        self._selected = 0
        self.select(len(text))

    def select(self, rows: int) -> None:
        """Say how many of the primed rows, from the first on, the UNet calls that follow hold: the prompts' alone."""
        assert self._memories, "prime before selecting"
        if rows == self._selected:
            return
        self._selected = rows
        for (_, processor), memory in zip(self._layers.values(), self._memories, strict=True):
            selected = {name: None if full is None else full[:rows].detach() for name, full in memory.items()}
            if self.compiled:
                mark_sizes(selected.values())
            processor.attend_to(selected)

    def clear(self) -> None:
        """Give the memory of keys and values back; the UNet can't run until it is primed again."""
        self._memories, self._selected = [], 0
        for _, processor in self._layers.values():
            processor.attend_to(dict.fromkeys(_REMEMBERED))


def install_attention(
    unet: UNet2DConditionModel | ControlNetModel, block_scales: Mapping[str, float] = ALL_BLOCKS
) -> AttentionControl:
    """Replace the cross-attention processors of a UNet or a ControlNet, once all else that changes them is done.

    Weights of a style adapter that is installed are taken over; self-attention stays as it is.

    Args:
        unet: Changed in place.
        block_scales: Start of a layer's name, such as ``"up_blocks.1"``, → factor on the adapter's weight; the longest
            that fits counts. Layers that none fits, or with factor 0, carry no adapter. Ignored without an adapter.

    Raises:
        UnknownNameError: No cross-attention layer's name starts so.
        WeightsError: The UNet's cross-attention is of another kind, or it has several adapters.
    """
    names = [name.removesuffix(_PROCESSOR) for name in unet.attn_processors if name.endswith(_CROSS)]
    layers = {name: unet.get_submodule(name) for name in names}
    has_adapter = any(isinstance(layer.processor, IPAdapterAttnProcessor2_0) for layer in layers.values())
    if has_adapter:
        _check_blocks(block_scales, names)
    made = {name: (layer, _build_processor(name, layer, block_scales)) for name, layer in layers.items()}
    for layer, processor in made.values():
        layer.set_processor(processor)
    return AttentionControl(made, has_adapter=has_adapter)


class _CrossAttention(nn.Module):
    """Attends to what it remembers: plain attributes, since a compiled UNet takes a buffer's size as fixed."""

    text_key: Tensor | None = None
    """(B, heads, tokens, head width), as are all but the bias."""
    text_value: Tensor | None = None
    text_bias: Tensor | None = None
    """(B, 1, 1, tokens): 0, or -inf for padding."""
    style_key: Tensor | None = None
    style_value: Tensor | None = None
    """Already times the row's weight: a weight of 0 adds exactly 0."""

    def __init__(self, to_key: nn.Linear | None, to_value: nn.Linear | None, style_factor: float) -> None:
        super().__init__()
        self.style_to_key = to_key
        self.style_to_value = to_value
        self._style_factor = style_factor

    def remember(
        self, attn: Attention, text: Tensor, bias: Tensor, style: Tensor | None, scale: Tensor | None
    ) -> _Memory:
        """Keys and values of all rows."""
        text = text.to(attn.to_k.weight.dtype)  # its device may be another, until the layer works
        memory = dict.fromkeys(_REMEMBERED) | {
            "text_key": _split_heads(attn.to_k(text), attn.heads),
            "text_value": _split_heads(attn.to_v(text), attn.heads),
            "text_bias": bias.to(text),
        }
        if style is not None and self.style_to_key is not None and self.style_to_value is not None:
            style = style.to(text)
            weight = self._style_factor if scale is None else (scale * self._style_factor).to(text)[:, None, None]
            memory["style_key"] = _split_heads(self.style_to_key(style), attn.heads)
            memory["style_value"] = _split_heads(self.style_to_value(style) * weight, attn.heads)
        return memory

    def attend_to(self, memory: _Memory) -> None:
        """Set what is attended to."""
        for name, tensor in memory.items():
            setattr(self, name, tensor)

    def forward(
        self,
        attn: Attention,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,  # noqa: ARG002  # the UNet passes it on
        attention_mask: Tensor | None = None,  # noqa: ARG002
    ) -> Tensor:
        """(B, pixels, width) to (B, pixels, width)."""
        query = _split_heads(attn.to_q(hidden_states), attn.heads)
        assert self.text_key is not None, "prime the attention before running the UNet"
        assert self.text_value is not None
        assert len(query) == len(self.text_key), "the UNet's rows are not those that are selected"
        mixed = functional.scaled_dot_product_attention(query, self.text_key, self.text_value, self.text_bias)
        if self.style_key is not None and self.style_value is not None:
            mixed = mixed + functional.scaled_dot_product_attention(query, self.style_key, self.style_value)
        out: Tensor = attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))
        return out


def _check_blocks(block_scales: Mapping[str, float], names: Sequence[str]) -> None:
    for block in block_scales:
        if not any(_lies_in(name, block) for name in names):
            raise UnknownNameError("block with cross-attention", block, names)


def _build_processor(name: str, attn: Attention, block_scales: Mapping[str, float]) -> _CrossAttention:
    plain = attn.rescale_output_factor == 1 and not attn.residual_connection
    if not plain or any(getattr(attn, part) is not None for part in _UNKNOWN_PARTS):
        raise WeightsError(f"{name} of the UNet is not a cross-attention of Stable Diffusion 1.5 or XL")
    factor = block_scales.get(max((block for block in block_scales if _lies_in(name, block)), key=len, default=""), 0.0)
    if factor == 0 or not isinstance(attn.processor, IPAdapterAttnProcessor2_0):
        return _CrossAttention(None, None, 0.0)
    if len(attn.processor.to_k_ip) != 1:
        raise WeightsError(f"{name} of the UNet has {len(attn.processor.to_k_ip)} style adapters; one can be used")
    return _CrossAttention(attn.processor.to_k_ip[0], attn.processor.to_v_ip[0], factor)


def _lies_in(name: str, block: str) -> bool:
    return name == block or name.startswith(f"{block}.")


def _split_heads(states: Tensor, heads: int) -> Tensor:
    """(B, N, heads · width) to (B, heads, N, width)."""
    return states.view(*states.shape[:2], heads, -1).transpose(1, 2)


def _pad_keys(text: Tensor, text_mask: Tensor) -> tuple[Tensor, Tensor]:
    """Texts with as many tokens as kernels like, and the bias (B, 1, 1, tokens) that hides padding."""
    missing = -text.shape[1] % _KEYS_MULTIPLE
    padded, seen = functional.pad(text, (0, 0, 0, missing)), functional.pad(text_mask, (0, missing))
    bias = torch.zeros(seen.shape, device=text.device, dtype=text.dtype).masked_fill(~seen, -torch.inf)
    return padded, bias[:, None, None]
