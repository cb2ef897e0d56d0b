"""What a family of models must say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from torch import Tensor

from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX

if TYPE_CHECKING:
    from transformers import CLIPTextModel, CLIPTextModelWithProjection, Qwen3Model

UNET, TRANSFORMER = "unet", "transformer"
"""Kinds of painters, by the subfolder of a model."""
TextEncoders: TypeAlias = "Mapping[str, type[CLIPTextModel | CLIPTextModelWithProjection | Qwen3Model]]"
"""Subfolder of a model and class of each text encoder, in order."""
Convert: TypeAlias = "Callable[[dict[str, Tensor]], dict[str, Tensor]]"
"""Weights under their original names to the same under diffusers' or transformers' names."""


class Family(StrEnum):
    """The names of the families."""

    SD15 = "sd15"
    """Stable Diffusion 1.5: one text encoder."""
    SDXL = "sdxl"
    """Stable Diffusion XL: two text encoders, conditioned on sizes."""
    FLUX2 = "flux2"
    """FLUX.2 klein: a transformer that reads pictures beside the one that it paints."""


@dataclass(frozen=True, kw_only=True)
class NetworkBytes:
    """Of a model's weights, as they are stored."""

    unet: int
    """Of the UNet, and of the ControlNet that works beside it."""
    vae: int
    """Of the autoencoder."""
    encoders: tuple[int, ...]
    """Of each text encoder, and of the style adapter's image encoder where there is one."""
    layer: int
    """Of the UNet's largest layer."""
    kept: int = 0
    """Of what is always on the device: the style adapter's projection."""
    relighter: NetworkBytes | None = None
    """Of the networks that light products; None: there are none."""


class ModelFamily(Protocol):
    """One kind of networks. The noise schedule, what is predicted and the latents' scale are a checkpoint's own."""

    name: Family
    """What it is called in profiles, and in messages."""
    title: str
    """What people call it, in messages."""
    licence: str
    """Of the published weights, as the manifest has it."""
    profile: str
    """Whose settings its models are made for, where no other is named."""
    painter: str = UNET
    """What paints: ``UNET``, an inpainting one; or ``TRANSFORMER``, which reads pictures as references, so that style
    needs no adapter."""
    latent_channels: int = 4
    """Of the autoencoder's latents."""
    multiple_px: int = CELL_PX
    """Sides of what it paints are multiples of this."""
    native_cells: int
    """Side of the pictures that it was trained on, in latent cells, where a checkpoint does not say."""
    text_encoders: TextEncoders
    """Its text conditioning."""
    original_texts: Mapping[str, Convert]
    """For each text encoder, what its weights' names begin with in an original file, and what reads them."""
    style_blocks: Mapping[str, float]
    """Layers in which style adapters act, see ``install_attention``."""
    outer_layers: int
    """Layers at either end of the UNet that steps between whole ones run."""
    unet_values: int
    """Numbers alive at the peak of a UNet call, for a row and a latent cell. Source: ``bench_live_bytes``."""
    key_values: int
    """Keys and values that all layers keep, for a row and a token of its text. Source: ``bench_live_bytes``."""
    control_values: int
    """Numbers that a ControlNet's answer keeps alive beside the UNet's, for a row and a latent cell."""
    control_keys: int
    """Keys and values that a ControlNet's layers keep, for a row and a token of its text."""
    published: NetworkBytes
    """The published networks in half precision, with IP-Adapter Plus in the layers of its style."""
    base_model: str
    """The manifest's model whose configurations and tokenizers an original file is read with."""
    half_vae: str | None
    """The manifest's autoencoder for half precision, where the published one overflows there."""
    pipeline: str
    """The class that diffusers loads a whole model as."""
    index_extras: Mapping[str, object]
    """What that class wants in ``model_index.json`` beside the parts."""

    def consists_of(self, parts: Collection[str]) -> bool:
        """Whether a model of such parts is of this family."""
        ...

    def size_conditions(self, pooled: Tensor | None, width_px: int, height_px: int) -> dict[str, Tensor]:
        """What the UNet is told beside the text.

        Args:
            pooled: Pooled texts (rows, P), where the text encoders give some.
            width_px: Of the picture that is painted.
            height_px: Of it.
        """
