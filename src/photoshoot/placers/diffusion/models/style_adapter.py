"""A style adapter (IP-Adapter): installed in a UNet's cross-attention, and style references as a few tokens for it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import UNet2DConditionModel
from PIL import Image
from torch import Tensor
from transformers import CLIPVisionModelWithProjection

from photoshoot.errors import WeightsError
from photoshoot.machine.recent_results import RecentResults
from photoshoot.placers.diffusion.components.tensors import read_tensors
from photoshoot.placers.diffusion.hosting.offloading import at_work
from photoshoot.placers.diffusion.models.model_parts import StyleAdapter
from photoshoot.placers.diffusion.models.networks import load_clip
from photoshoot.records import RgbImage

try:  # pictures are prepared by Pillow, whatever else is installed: the same numbers everywhere
    from transformers import CLIPImageProcessorPil as CLIPImageProcessor
except ImportError:  # transformers 4 knows no other way
    from transformers import CLIPImageProcessor

_PROJECTION, _ATTENTION = "image_proj", "ip_adapter"
CACHED_IMAGES: Final = 256
"""Pictures whose tokens are kept; one picture's are 64 kB at most in half precision."""
_NOTHING = "nothing"


def install_adapter(
    unet: UNet2DConditionModel, path: Path, image_encoder: Path, *, allow_pickle: bool = False
) -> StyleAdapter:
    """Put an adapter's attention weights into a UNet, and load what turns pictures into tokens for it.

    Args:
        unet: Changed in place: its cross-attention gets diffusers' processors for adapters.
        path: File of an IP-Adapter, base or Plus; its keys tell which.
        image_encoder: Folder of the CLIP image encoder that the adapter was trained with.
        allow_pickle: Accept pickles.

    Raises:
        WeightsError: A file is broken, of another kind, or for another UNet or image encoder.
    """
    weights = read_tensors(path, allow_pickle=allow_pickle)
    parts = {part: _select(weights, part, unet) for part in (_PROJECTION, _ATTENTION)}
    plus = _is_plus(path, parts[_PROJECTION])
    _check_layers(path, parts[_ATTENTION], unet)
    encoder = load_clip(CLIPVisionModelWithProjection, image_encoder, unet.dtype, allow_pickle=allow_pickle)
    _check_encoder(path, parts[_PROJECTION], plus, encoder, image_encoder)
    try:
        projection = unet._convert_ip_adapter_image_proj_to_diffusers(parts[_PROJECTION])
        processors = unet._convert_ip_adapter_attn_to_diffusers([parts])
    except (KeyError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{path} is for another UNet, or of a kind that can't be used: {error}") from error
    missing = [name for name, weight in projection.named_parameters() if weight.is_meta]
    _check_complete(path, [f"{_PROJECTION} {name}" for name in missing])
    unet.set_attn_processor(processors)
    unet.requires_grad_(False)
    return StyleAdapter(
        image_encoder=encoder,
        image_processor=_load_image_processor(image_encoder, encoder.config.image_size),
        projection=projection.eval().requires_grad_(False),
        plus=plus,
    )


def build_image_processor(side_px: int) -> CLIPImageProcessor:
    """CLIP's own preparation: the shorter side to ``side_px``, the middle square, CLIP's mean and deviation."""
    return CLIPImageProcessor(size={"shortest_edge": side_px}, crop_size={"height": side_px, "width": side_px})


def _load_image_processor(folder: Path, side_px: int) -> CLIPImageProcessor:
    if (folder / "preprocessor_config.json").is_file():
        return CLIPImageProcessor.from_pretrained(folder, local_files_only=True)
    return build_image_processor(side_px)


def _select(weights: dict[str, Tensor], part: str, unet: UNet2DConditionModel) -> dict[str, Tensor]:
    start, device, dtype = f"{part}.", unet.device, unet.dtype  # looked for among all weights: once
    return {name[len(start) :]: w.to(device, dtype) for name, w in weights.items() if name.startswith(start)}


def _is_plus(path: Path, projection: dict[str, Tensor]) -> bool:
    if "latents" in projection:
        return True
    if "proj.weight" in projection:
        return False
    raise WeightsError(f"{path} is neither a base IP-Adapter nor an IP-Adapter Plus")


def _check_layers(path: Path, attention: dict[str, Tensor], unet: UNet2DConditionModel) -> None:
    """Each cross-attention layer has a key and a value in the file, under odd numbers."""
    count = sum(name.endswith("attn2.processor") for name in unet.attn_processors)
    names = [f"{2 * place + 1}.to_{part}_ip.weight" for place in range(count) for part in "kv"]
    _check_complete(path, [f"{_ATTENTION}.{name}" for name in names if name not in attention])


def _check_complete(path: Path, missing: Sequence[str]) -> None:
    if missing:
        raise WeightsError(
            f"{path} lacks {len(missing)} weights, such as {missing[0]}: it is incomplete, or for another UNet"
        )


def _check_encoder(
    path: Path, projection: dict[str, Tensor], plus: bool, encoder: CLIPVisionModelWithProjection, folder: Path
) -> None:
    """Plus reads hidden states, base the pooled embedding: both have the encoder's width, not another's."""
    first = "proj_in.weight" if plus else "proj.weight"
    _check_complete(path, [] if first in projection else [f"{_PROJECTION}.{first}"])
    reads = projection[first].shape[1]
    gives = encoder.config.hidden_size if plus else encoder.config.projection_dim
    if reads != gives:
        raise WeightsError(f"{path} reads {reads} channels, the image encoder in {folder} gives {gives}: give its own")


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
        keys = [None if image is None else digest_image(image) for image in images]
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
        with at_work(self._adapter.image_encoder, self._device):
            output = self._adapter.image_encoder(pixels, output_hidden_states=self._adapter.plus)
        embedding: Tensor = output.hidden_states[-2] if self._adapter.plus else output.image_embeds
        return embedding

    def _project(self, embedding: Tensor) -> list[Tensor]:
        return [tokens.clone() for tokens in self._adapter.projection(embedding).to(self._dtype)]


def digest_image(image: RgbImage) -> str:
    """Tells pictures of other pixels or another shape apart."""
    return hashlib.sha256(repr(image.shape).encode() + np.ascontiguousarray(image).tobytes()).hexdigest()
