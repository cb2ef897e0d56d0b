"""A style adapter (IP-Adapter): part of it reads pictures, part of it lies in the UNet's cross-attention."""

from __future__ import annotations

from pathlib import Path

from diffusers import UNet2DConditionModel
from torch import Tensor
from transformers import CLIPVisionModelWithProjection

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.model_parts import StyleAdapter
from photoshoot.placers.diffusion.networks import load_clip
from photoshoot.placers.diffusion.tensors import read_tensors

try:  # pictures are prepared by Pillow, whatever else is installed: the same numbers everywhere
    from transformers import CLIPImageProcessorPil as CLIPImageProcessor
except ImportError:  # transformers 4 knows no other way
    from transformers import CLIPImageProcessor

_PROJECTION, _ATTENTION = "image_proj", "ip_adapter"


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
    encoder = load_clip(CLIPVisionModelWithProjection, image_encoder, unet.dtype, allow_pickle=allow_pickle)
    _check_encoder(path, parts[_PROJECTION], plus, encoder, image_encoder)
    try:
        projection = unet._convert_ip_adapter_image_proj_to_diffusers(parts[_PROJECTION])
        processors = unet._convert_ip_adapter_attn_to_diffusers([parts])
    except (KeyError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{path} is for another UNet, or of a kind that can't be used: {error}") from error
    unet.set_attn_processor(processors)
    unet.requires_grad_(False)
    return StyleAdapter(
        image_encoder=encoder.to(unet.device),
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
    start = f"{part}."
    return {name[len(start) :]: w.to(unet.device, unet.dtype) for name, w in weights.items() if name.startswith(start)}


def _is_plus(path: Path, projection: dict[str, Tensor]) -> bool:
    if "latents" in projection:
        return True
    if "proj.weight" in projection:
        return False
    raise WeightsError(f"{path} is neither a base IP-Adapter nor an IP-Adapter Plus")


def _check_encoder(
    path: Path, projection: dict[str, Tensor], plus: bool, encoder: CLIPVisionModelWithProjection, folder: Path
) -> None:
    """Plus reads hidden states, base the pooled embedding: both have the encoder's width, not another's."""
    reads = projection["proj_in.weight" if plus else "proj.weight"].shape[1]
    gives = encoder.config.hidden_size if plus else encoder.config.projection_dim
    if reads != gives:
        raise WeightsError(f"{path} reads {reads} channels, the image encoder in {folder} gives {gives}: give its own")
