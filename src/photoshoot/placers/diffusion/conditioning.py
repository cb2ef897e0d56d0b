"""What a batch is painted after: its prompts, its style references, and their weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from photoshoot.placers.diffusion.codec import LatentCodec
from photoshoot.placers.diffusion.denoise import Conditioning
from photoshoot.placers.diffusion.families import FAMILIES, Family
from photoshoot.placers.diffusion.language_encoder import LanguageEncoder
from photoshoot.placers.diffusion.latent_grid import Grid
from photoshoot.placers.diffusion.model_parts import Models
from photoshoot.placers.diffusion.network_prompts import describe_scene, exclude
from photoshoot.placers.diffusion.palette_blend import blend_palette
from photoshoot.placers.diffusion.references import ReferenceEncoder
from photoshoot.placers.diffusion.style_adapter import StyleEncoder
from photoshoot.placers.diffusion.text_encoder import EncodedText, TextEncoder
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.settings import DiffusionSettings


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
