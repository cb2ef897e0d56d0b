"""Style references as the network reads them: a few tokens of a picture, made by an IP-Adapter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from photoshoot.placers.diffusion.model_parts import StyleAdapter
from photoshoot.recent_results import RecentResults
from photoshoot.records import RgbImage

CACHED_IMAGES: Final = 256
"""Pictures whose tokens are kept; one picture's are 64 kB at most in half precision."""

_NOTHING = "nothing"


class StyleEncoder:
    """Turns pictures into style tokens; the same pixels are encoded once.

    Args:
        adapter: Its networks.
        device: Where they lie.
        dtype: Of the image encoder's weights, and of the tokens.
    """

    def __init__(self, adapter: StyleAdapter, device: torch.device, dtype: torch.dtype) -> None:
        self._adapter = adapter
        self._device = device
        self._dtype = dtype
        self._recent: RecentResults[str, Tensor] = RecentResults(CACHED_IMAGES)

    def encode(self, images: Sequence[RgbImage | None]) -> Tensor:
        """Tokens (B, n, the UNet's cross-attention width) of pictures, at least one; None: zeros, to be scaled by 0."""
        keys = [None if image is None else _digest(image) for image in images]
        known = {key: image for key, image in zip(keys, images, strict=True) if key is not None and image is not None}
        made = self._recent.get(list(known), lambda missing: self._encode_new([known[key] for key in missing]))
        tokens: dict[str | None, Tensor] = dict(zip(known, made, strict=True))
        if None in keys:
            tokens[None] = torch.zeros_like(self.encode_nothing(1)[0])
        return torch.stack([tokens[key] for key in keys])

    def encode_nothing(self, rows: int) -> Tensor:
        """Tokens (rows, n, cross-attention width) that the adapter was taught to mean no picture: for negative rows."""
        return torch.stack(self._recent.get([_NOTHING], lambda _: self._encode_blank())).expand(rows, -1, -1)

    @torch.no_grad()
    def _encode_new(self, images: list[RgbImage]) -> list[Tensor]:
        pictures = [Image.fromarray(image) for image in images]
        return self._project(self._embed(self._adapter.image_processor(pictures, return_tensors="pt").pixel_values))

    @torch.no_grad()
    def _encode_blank(self) -> list[Tensor]:
        config = self._adapter.image_encoder.config
        embedding = self._embed(torch.zeros(1, config.num_channels, config.image_size, config.image_size))
        return self._project(embedding if self._adapter.plus else torch.zeros_like(embedding))

    def _embed(self, pixels: Tensor) -> Tensor:
        pixels = pixels.to(self._device, self._dtype)
        output = self._adapter.image_encoder(pixels, output_hidden_states=self._adapter.plus)
        embedding: Tensor = output.hidden_states[-2] if self._adapter.plus else output.image_embeds
        return embedding

    def _project(self, embedding: Tensor) -> list[Tensor]:
        return [tokens.clone() for tokens in self._adapter.projection(embedding).to(self._dtype)]


def _digest(image: RgbImage) -> str:
    return hashlib.sha256(repr(image.shape).encode() + np.ascontiguousarray(image).tobytes()).hexdigest()
