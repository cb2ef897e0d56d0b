"""Style pictures as a transformer reads them: latents of a square, as tokens."""

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

from photoshoot.placers.diffusion.codec import LatentCodec
from photoshoot.placers.diffusion.latent_grid import CELL_PX
from photoshoot.placers.diffusion.patches import PATCH, to_tokens
from photoshoot.placers.diffusion.style_adapter import digest_image
from photoshoot.recent_results import RecentResults
from photoshoot.records import RgbImage

SIDE_PX = 512
"""Of the square that is cut out of a style picture's middle: 1024 tokens."""
_CACHED_IMAGES = 64  # 0.3 MB each in half precision


class ReferenceEncoder:
    """Turns style pictures into tokens; the same pixels are encoded once. As ``StyleEncoder``.

    Args:
        codec: Of the transformer's latents.
        channels: Of these.
        device: Where they go.
        dtype: Of the tokens.
        side_px: Of the square that is read.
    """

    def __init__(
        self, codec: LatentCodec, channels: int, device: torch.device, dtype: torch.dtype, side_px: int = SIDE_PX
    ) -> None:
        self._codec, self._side_px, self._device, self._dtype = codec, side_px, device, dtype
        self._shape = ((side_px // CELL_PX // PATCH) ** 2, channels * PATCH**2)
        self._recent: RecentResults[str, Tensor] = RecentResults(_CACHED_IMAGES)

    def encode(self, images: Sequence[RgbImage | None]) -> Tensor:
        """Tokens (B, n, 4 C) of pictures; None: zeros, to be weighed by 0."""
        keys = [None if image is None else digest_image(image) for image in images]
        known = {key: image for key, image in zip(keys, images, strict=True) if key is not None and image is not None}
        made = self._recent.get(list(known), lambda missing: [self._encode_new(known[key]) for key in missing])
        tokens: dict[str | None, Tensor] = dict(zip(known, made, strict=True))
        tokens[None] = torch.zeros(self._shape, device=self._device, dtype=self._dtype)
        return torch.stack([tokens[key] for key in keys])

    def encode_nothing(self, rows: int) -> Tensor:
        """Tokens (rows, n, 4 C) that are not read."""
        return torch.zeros((rows, *self._shape), device=self._device, dtype=self._dtype)

    def _encode_new(self, image: RgbImage) -> Tensor:
        square = ImageOps.fit(Image.fromarray(image), (self._side_px, self._side_px), Image.Resampling.LANCZOS)
        picture = torch.from_numpy(np.asarray(square, np.float32) / 127.5 - 1).movedim(-1, 0)[None]
        return to_tokens(self._codec.encode(picture.to(self._device)))[0].to(self._dtype)
