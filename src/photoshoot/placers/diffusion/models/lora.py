"""Low-rank weights (LoRA): read in all layouts that are about, and added into a model, so that they cost nothing."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers.loaders import StableDiffusionLoraLoaderMixin, StableDiffusionXLLoraLoaderMixin
from torch import Tensor, nn

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.components.tensors import read_metadata, read_tensors
from photoshoot.settings import Lora

_UNET, _FIRST_TEXT, _SECOND_TEXT = "unet", "text_encoder", "text_encoder_2"
_KOHYA = {"lora_unet_": _UNET, "lora_te_": _FIRST_TEXT, "lora_te1_": _FIRST_TEXT, "lora_te2_": _SECOND_TEXT}
_METADATA = "lora_adapter_metadata"
_HALF = re.compile(r"(?P<path>.+?)(\.lora_linear_layer\.|[._]lora[._])(?P<half>down|up|A|B)\.weight")
_TEXT_NAMES = {"to_q": "q_proj", "to_k": "k_proj", "to_v": "v_proj", "to_out": "out_proj"}
LORA_FILE = "pytorch_lora_weights.safetensors"
_Layer = nn.Linear | nn.Conv2d


@dataclass(frozen=True, kw_only=True, eq=False)
class Update:
    """What one layer's weights change by: ``scale * up @ down``."""

    network: str
    """``"unet"``, ``"text_encoder"`` or ``"text_encoder_2"``."""
    path: str
    """Of the layer in its network, with or without ``text_model``."""
    down: Tensor
    """(rank, inputs), or (rank, inputs, height, width)."""
    up: Tensor
    """(outputs, rank), or (outputs, rank, 1, 1)."""
    scale: float
    """Alpha / rank, as trained."""


def read_updates(file: Path, networks: Mapping[str, nn.Module], *, allow_pickle: bool = False) -> list[Update]:
    """All layers of a LoRA file.

    Args:
        file: In the layout of the hub, of peft, or of kohya's scripts.
        networks: The model that it goes into, by ``Update.network``: kohya's names are told apart by it.
        allow_pickle: Accept a pickle.

    Raises:
        WeightsError: The file is broken, or holds anything but low-rank changes of linear and convolution layers.
    """
    weights = read_tensors(file, allow_pickle=allow_pickle)
    for name in weights:
        if not (_HALF.fullmatch(name) or name.endswith(".alpha")):
            raise WeightsError(f"{file} is not a plain LoRA: it holds {name}")
    halves = sum(1 for name in weights if not name.endswith(".alpha"))
    named, alphas = _name_alike(file, weights, networks)
    updates = list(_pair(named, alphas, json.loads(read_metadata(file).get(_METADATA, "{}"))))
    if not updates or 2 * len(updates) != halves:
        raise WeightsError(
            f"{file} is for another model, or incomplete: of {halves} matrices {2 * len(updates)} make pairs"
        )
    return updates


def _name_alike(
    file: Path, weights: Mapping[str, Tensor], networks: Mapping[str, nn.Module]
) -> tuple[dict[str, Tensor], dict[str, float]]:
    """Matrices and alphas by diffusers' names, whichever names the file uses."""
    known = dict(_flat_names(networks))
    named: dict[str, Tensor] = {}
    foreign: dict[str, Tensor] = {}
    for name, weight in weights.items():
        start, _, rest = name.partition(".")
        if start in known:
            named[f"{known[start]}.{rest}"] = weight
        else:
            (foreign if name.startswith(tuple(_KOHYA)) else named)[name] = weight
    converted, alphas = _convert(file, foreign, networks) if foreign else ({}, {})
    own = {name: float(value) for name, value in named.items() if name.endswith(".alpha")}
    return {**{name: named[name] for name in named if name not in own}, **converted}, {**own, **alphas}


def _flat_names(networks: Mapping[str, nn.Module]) -> Iterator[tuple[str, str]]:
    """Kohya's name of each layer → diffusers'. A dot became an underscore, so only a known layer can be told."""
    for start, network in _KOHYA.items():
        for path, _ in networks[network].named_modules() if network in networks else ():
            deeper = path if network == _UNET or path.startswith("text_") else f"text_model.{path}"
            yield f"{start}{deeper.replace('.', '_')}", f"{network}.{path}"


def _convert(
    file: Path, weights: dict[str, Tensor], networks: Mapping[str, nn.Module]
) -> tuple[dict[str, Tensor], dict[str, float]]:
    """Kohya's files for SDXL name blocks as the original Stable Diffusion does."""
    sdxl = _SECOND_TEXT in networks
    loader = StableDiffusionXLLoraLoaderMixin if sdxl else StableDiffusionLoraLoaderMixin
    try:
        named, alphas = loader.lora_state_dict(weights, unet_config=networks[_UNET].config if sdxl else None)
    except (ValueError, KeyError, IndexError) as error:
        raise WeightsError(f"{file} is for another model, or not a LoRA: {error}") from error
    return dict(named), dict(alphas or {})


def _pair(
    weights: Mapping[str, Tensor], alphas: Mapping[str, float], metadata: Mapping[str, object]
) -> Iterator[Update]:
    pairs: dict[tuple[str, str], dict[str, Tensor]] = {}
    for name, weight in weights.items():
        if match := _HALF.fullmatch(name):
            half = {"A": "down", "B": "up"}.get(match["half"], match["half"])
            pairs.setdefault(_split(match["path"]), {})[half] = weight
    scaled = {_split(_strip(name)): alpha for name, alpha in alphas.items()}
    for (network, path), pair in pairs.items():
        if len(pair) == 2:
            rank = len(pair["down"])
            alpha = scaled.get((network, path))
            scale = _metadata_scale(metadata, network, path, rank) if alpha is None else alpha / rank
            yield Update(network=network, path=path, down=pair["down"], up=pair["up"], scale=scale)


def _strip(name: str) -> str:
    """``"….to_q_lora.down.weight.alpha"`` and ``"….to_q.alpha"`` to ``"….to_q"``."""
    name = name.removesuffix(".alpha")
    match = _HALF.fullmatch(name)
    return match["path"] if match else name


def _split(path: str) -> tuple[str, str]:
    """A layer's network, and its path in it; layers without a network are the UNet's."""
    path = path.removeprefix("base_model.model.")
    network, _, rest = path.partition(".")
    if network not in (_UNET, _FIRST_TEXT, _SECOND_TEXT):
        network, rest = _UNET, path
    *parents, last = rest.replace(".processor.", ".").split(".")
    names = {"to_out": "to_out.0"} if network == _UNET else _TEXT_NAMES
    return network, ".".join((*parents, names.get(last, last)))


def _metadata_scale(metadata: Mapping[str, object], network: str, path: str, rank: int) -> float:
    """The scale by peft's configuration in the file, as peft reads it; 1 without one."""
    start = f"{network}." if any(name.startswith(f"{network}.") for name in metadata) else ""
    alpha = metadata.get(f"{start}lora_alpha", rank)
    patterns = metadata.get(f"{start}alpha_pattern")
    if isinstance(patterns, Mapping):
        fits = (value for key, value in patterns.items() if re.match(rf"(.*\.)?({key})$", path))
        alpha = next(fits, alpha)
    if not isinstance(alpha, int | float):
        return 1.0
    return alpha / rank**0.5 if metadata.get(f"{start}use_rslora") else alpha / rank


def find_lora_file(path: Path) -> Path:
    """The weights file of a LoRA that is given as a file, or as a folder in the hub's layout.

    Raises:
        WeightsMissingError: There is none.
    """
    file = path / LORA_FILE if path.is_dir() else path
    if not file.is_file():
        raise WeightsMissingError(
            f"the LoRA {file} is missing: check its path, or get it with `photoshoot weights pull`"
        )
    return file


@torch.no_grad()
def fuse_lora(networks: Mapping[str, nn.Module], lora: Lora, *, allow_pickle: bool = False) -> None:
    """Add a LoRA into the weights of a model, in place. Where layers have scales (alpha) of their own, each keeps its.

    Args:
        networks: ``"unet"``, ``"text_encoder"`` and, in SDXL, ``"text_encoder_2"``.
        lora: In the layout of the hub, of peft, or of kohya's scripts.
        allow_pickle: Accept a pickle.

    Raises:
        WeightsMissingError: There is no such file.
        WeightsError: It is no plain LoRA, or is for another model: nothing has changed then.
    """
    file = find_lora_file(lora.path)
    updates = read_updates(file, networks, allow_pickle=allow_pickle)
    layers = {
        (name, path.removeprefix("text_model.")): layer
        for name, network in networks.items()
        for path, layer in network.named_modules()
    }
    targets = [_find_layer(layers, update) for update in updates]
    lost = [f"{update.network}.{update.path}" for update, layer in zip(updates, targets, strict=True) if layer is None]
    if lost:
        raise WeightsError(f"{file} is for another model: {len(lost)} of {len(updates)} layers don't fit, as {lost[0]}")
    for update, layer in zip(updates, targets, strict=True):
        if layer is not None:
            _add(layer, update, lora.weight)


def _find_layer(layers: Mapping[tuple[str, str], nn.Module], update: Update) -> _Layer | None:
    """The layer that an update is for; None: there is none, or one of another shape."""
    layer = layers.get((update.network, update.path.removeprefix("text_model.")))
    return layer if isinstance(layer, _Layer) and _fits(layer, update) else None


def _fits(layer: _Layer, update: Update) -> bool:
    rank, inputs = update.down.flatten(1).shape
    return update.up.shape[:2] == (len(layer.weight), rank) and inputs == layer.weight[0].numel()


def _add(layer: _Layer, update: Update, weight: float) -> None:
    """In single precision, rounded once."""
    up, down = (half.to(layer.weight.device, torch.float32).flatten(1) for half in (update.up, update.down))
    change = (up @ down).view_as(layer.weight) * (weight * update.scale)
    layer.weight.copy_(layer.weight.float() + change)
