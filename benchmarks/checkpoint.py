"""Networks as a checkpoint on disk, in the layout of the hub, from which the library loads them as it loads any."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from network_sizes import SD15
from networks import META, SCHEDULER, Networks, build_text_encoder
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import CLIPTokenizer

from photoshoot.placers.diffusion.families import FAMILIES, Family
from photoshoot.placers.diffusion.models.profiles import RELIGHT_FILE

_FORMATS = {torch.float32: "F32", torch.float16: "F16"}
_RESAMPLER = {
    "ln0": "0.norm1",
    "ln1": "0.norm2",
    "attn.to_q": "0.to_q",
    "attn.to_out.0": "0.to_out",
    "ff.0": "1.0",
    "ff.1.net.0.proj": "1.1",
    "ff.1.net.2": "1.3",
}
"""Names of a layer of IP-Adapter Plus's resampler, from diffusers' to the published file's."""


def write_checkpoint(folder: Path, networks: Networks, family: Family) -> Path:
    """Write networks with their style adapter; of those on the meta device the disk keeps the shapes alone."""
    encoders = {f"text_encoder{_number(place)}": encoder for place, encoder in enumerate(networks.text_encoders)}
    painters = {"unet": networks.unet, "vae": networks.vae}
    if networks.control is not None:
        painters["controlnet"] = networks.control
    for name, network in painters.items():
        network.save_config(folder / name)
        write_shapes(folder / name / "diffusion_pytorch_model.safetensors", _own_weights(network))
    for name, encoder in {**encoders, "image_encoder": networks.image_encoder}.items():
        encoder.config.save_pretrained(folder / name)
        write_shapes(folder / name / "model.safetensors", encoder.state_dict())
    for place, tokenizer in enumerate(networks.tokenizers):
        tokenizer.save_pretrained(folder / f"tokenizer{_number(place)}")
    write_shapes(folder / "ip_adapter.safetensors", _adapter_weights(networks))
    parts = {name: ["transformers", type(encoder).__name__] for name, encoder in encoders.items()}
    index = {"_class_name": FAMILIES[family].pipeline, "unet": ["diffusers", "UNet2DConditionModel"], **parts}
    _write_json(folder / "model_index.json", index)
    _write_json(folder / "scheduler" / "scheduler_config.json", SCHEDULER)
    return folder


def write_relight(folder: Path, tokenizer: CLIPTokenizer) -> Path:
    """A plain Stable Diffusion 1.5 of its published size, with IC-Light's file in it: shapes alone."""
    with META:
        plain, wide = (UNet2DConditionModel(**{**SD15.unet, "in_channels": channels}).half() for channels in (4, 12))
        vae = AutoencoderKL(**SD15.vae).half()
        text = build_text_encoder(SD15.text[0], tokenizer).half()
    for name, network in (("unet", plain), ("vae", vae)):
        network.save_config(folder / name)
        write_shapes(folder / name / "diffusion_pytorch_model.safetensors", network.state_dict())
    text.config.save_pretrained(folder / "text_encoder")
    write_shapes(folder / "text_encoder" / "model.safetensors", text.state_dict())
    tokenizer.save_pretrained(folder / "tokenizer")
    write_shapes(folder / RELIGHT_FILE, wide.state_dict())
    parts = {"unet": ["diffusers", "UNet2DConditionModel"], "text_encoder": ["transformers", "CLIPTextModel"]}
    _write_json(folder / "model_index.json", parts)
    _write_json(folder / "scheduler" / "scheduler_config.json", SCHEDULER)
    return folder


def _number(place: int) -> str:
    return f"_{place + 1}" if place else ""


def _own_weights(network: nn.Module) -> dict[str, Tensor]:
    """Without the adapter's, which have a file of their own."""
    weights = network.state_dict()
    return {name: w for name, w in weights.items() if ".processor." not in name and "encoder_hid_proj" not in name}


def _adapter_weights(networks: Networks) -> dict[str, Tensor]:
    """An IP-Adapter Plus as it is published: processors by their number, keys and values of the resampler in one."""
    weights = {}
    for number, processor in enumerate(networks.unet.attn_processors.values()):
        if hasattr(processor, "to_k_ip"):
            weights[f"ip_adapter.{number}.to_k_ip.weight"] = processor.to_k_ip[0].weight
            weights[f"ip_adapter.{number}.to_v_ip.weight"] = processor.to_v_ip[0].weight
    resampler = networks.unet.encoder_hid_proj.image_projection_layers[0].state_dict()
    for name, weight in resampler.items():
        layer, place, part = name.split(".", 2) if name.startswith("layers.") else ("", "", name)
        inner, kind = part.rsplit(".", 1) if layer else (part, "")
        if inner == "attn.to_k":
            both = torch.cat([weight, resampler[f"layers.{place}.attn.to_v.weight"]])
            weights[f"image_proj.layers.{place}.0.to_kv.weight"] = both
        elif inner != "attn.to_v":
            weights["image_proj." + (f"layers.{place}.{_RESAMPLER[inner]}.{kind}" if layer else part)] = weight
    return weights


def write_shapes(path: Path, weights: Mapping[str, Tensor]) -> None:
    """Tensors as a ``.safetensors`` file; of those on the meta device the disk keeps the shapes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not any(weight.is_meta for weight in weights.values()):
        save_file({name: weight.cpu().contiguous() for name, weight in weights.items()}, path)
        return
    header, end = {}, 0
    for name, weight in weights.items():
        start, end = end, end + weight.nbytes
        header[name] = {"dtype": _FORMATS[weight.dtype], "shape": list(weight.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + end)


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
