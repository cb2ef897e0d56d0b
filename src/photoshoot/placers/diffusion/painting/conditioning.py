"""What a batch is painted after: its prompts, its style references, and their weights.

Style pictures as a transformer reads them: latents of a square, as tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

from photoshoot.machine.recent_results import RecentResults
from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX, Grid
from photoshoot.placers.diffusion.canvas.patches import PATCH, to_tokens
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.language_encoder import LanguageEncoder
from photoshoot.placers.diffusion.components.text_encoder import EncodedText, TextEncoder
from photoshoot.placers.diffusion.families import FAMILIES, Family
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.placers.diffusion.models.style_adapter import StyleEncoder, digest_image
from photoshoot.placers.diffusion.painting.denoise import Conditioning
from photoshoot.placers.diffusion.painting.network_prompts import describe_scene, exclude
from photoshoot.placers.diffusion.painting.palette_blend import blend_palette
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.settings import DiffusionSettings

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


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """Encoded prompts and style references of B shots: 2 B rows, the prompts' first."""

    text: EncodedText
    """Of all rows."""
    style_tokens: Tensor | None
    """(2 B, n, D); None: the model has no style adapter."""
    style_scale: Tensor | None
    """(2 B,), weight of each row's style reference, 0 to 2."""

    def conditioning(self, family: Family, grid: Grid) -> Conditioning:
        """What the loop takes, for a pass at a grid's size."""
        kind, width_px, height_px = FAMILIES[family], grid.padded_width_px, grid.padded_height_px
        return Conditioning(
            text=self.text.states,
            text_mask=self.text.mask,
            style_tokens=self.style_tokens,
            style_scale=self.style_scale,
            added=kind.size_conditions(self.text.pooled, width_px, height_px),
        )


class Conditioner:
    """Encodes what requests ask for; the same text or picture is encoded once.

    Args:
        models: The encoders.
        settings: Weights of style and palette.
    """

    def __init__(self, models: Models, settings: DiffusionSettings) -> None:
        self._settings = settings
        self._text, self._style = _build_encoders(models)

    def encode(self, requests: Sequence[ShotRequest]) -> Words:
        """Encode a batch."""
        texts = [describe_scene(item) for item in requests]
        texts += [exclude(item) for item in requests] if self._settings.guidance_scale > 1 else texts
        if self._settings.deterministic:  # each in a batch of its own, whatever is cached of the others
            for one in texts:
                self._text.encode([one])
        text = self._text.encode(texts)
        if self._style is None:
            return Words(text=text, style_tokens=None, style_scale=None)
        images = [self._style_image(request) for request in requests]
        tokens = self._style.encode(images)
        scale = [
            0.0 if image is None else self._scale(request) for image, request in zip(images, requests, strict=True)
        ]
        nothing = self._style.encode_nothing(len(images))
        return Words(
            text=text,
            style_tokens=torch.cat([tokens, nothing]),
            style_scale=torch.tensor(scale * 2, device=tokens.device, dtype=tokens.dtype),
        )

    def _scale(self, request: ShotRequest) -> float:
        """Weight of its style picture."""
        scene = request.scene
        return self._settings.ip_adapter_scale * (1 if scene.style_image is None else 2 * scene.style_strength)

    def _style_image(self, request: ShotRequest) -> RgbImage | None:
        path, own = request.scene.style_reference, request.scene.style_image
        if self._scale(request) == 0:
            return None
        if own is not None:
            return own.rgb
        if path is None:
            return None
        return blend_palette(_read(path), request.product.palette, self._settings.palette_strength)


def _build_encoders(
    models: Models,
) -> tuple[TextEncoder | LanguageEncoder, StyleEncoder | ReferenceEncoder | None]:
    """What reads texts for a model, and what reads style pictures."""
    device, dtype = models.device, models.dtype
    if models.paints_by_flow:
        codec = LatentCodec(models.vae, device)
        text = LanguageEncoder(models.tokenizers[0], models.text_encoders[0], device, dtype)
        return text, ReferenceEncoder(codec, models.kind.latent_channels, device, dtype)
    style = None if models.adapter is None else StyleEncoder(models.adapter, device, dtype)
    return TextEncoder(models.tokenizers, models.text_encoders, device, dtype), style


def _read(path: Path) -> RgbImage:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.uint8)
