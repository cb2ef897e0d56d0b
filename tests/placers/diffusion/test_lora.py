from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import torch
from peft import LoraConfig
from safetensors.torch import load_file, save_file
from torch import nn

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.lora import fuse_lora
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.settings import Lora
from tests.placers.diffusion import lora_files
from tests.placers.diffusion.checkpoints import CROSS_WIDTH, build_text_encoders, build_unet, seeded
from tests.placers.diffusion.lora_files import draw_layers, write_lora

Namer = Callable[[str, str], tuple[str, str, str]]


def build_networks(family: Family) -> dict[str, nn.Module]:
    names = ("text_encoder", "text_encoder_2")
    return {"unet": build_unet(family), **dict(zip(names, build_text_encoders(family), strict=False))}


def check_weights(networks: Mapping[str, nn.Module], family: Family, layers: lora_files.Layers, weight: float) -> None:
    """Every layer has changed by exactly what a LoRA says, and nothing else has."""
    before = build_networks(family)
    for name, network in networks.items():
        for (key, now), old in zip(network.state_dict().items(), before[name].state_dict().values(), strict=True):
            change = layers.get(name, {}).get(key.removesuffix(".weight")) if key.endswith(".weight") else None
            expected = old if change is None else old + weight * change.change.view_as(old)
            torch.testing.assert_close(now, expected, msg=f"{name}.{key}")


def fuse_and_check(family: Family, path: Path, layers: lora_files.Layers, weight: float = 0.5) -> None:
    networks = build_networks(family)
    fuse_lora(networks, Lora(path=path, weight=weight))
    check_weights(networks, family, layers, weight)


@pytest.mark.parametrize("family", UNET_FAMILIES)
@pytest.mark.parametrize("namer", [lora_files.name_as_hub, lora_files.name_as_peft])
def test_hub_layouts_change_each_layer_by_what_they_say(tmp_path: Path, family: Family, namer: Namer) -> None:
    layers = draw_layers(build_networks(family))
    fuse_and_check(family, write_lora(tmp_path / "a.safetensors", layers, namer), layers)


@pytest.mark.parametrize(
    ("family", "namer"), [(Family.SD15, lora_files.name_as_kohya), (Family.SDXL, lora_files.name_as_kohya_sdxl)]
)
def test_kohya_layers_keep_their_own_alphas(tmp_path: Path, family: Family, namer: Namer) -> None:
    layers = draw_layers(build_networks(family), own_alphas=True)
    fuse_and_check(family, write_lora(tmp_path / "a.safetensors", layers, namer), layers)


def test_kohya_names_of_the_original_blocks_are_known(tmp_path: Path) -> None:
    block = "transformer_blocks"
    names = {
        f"down_blocks.1.attentions.0.{block}.1.attn2.to_out.0": f"input_blocks_3_1_{block}_1_attn2_to_out_0",
        f"mid_block.attentions.0.{block}.0.attn1.to_q": f"middle_block_1_{block}_0_attn1_to_q",
        f"up_blocks.0.attentions.1.{block}.0.ff.net.0.proj": f"output_blocks_1_1_{block}_0_ff_net_0_proj",
        "up_blocks.0.attentions.0.proj_in": "output_blocks_0_1_proj_in",
    }
    drawn = draw_layers({"unet": build_unet(Family.SDXL)}, own_alphas=True)["unet"]
    layers = {"unet": {path: drawn[path] for path in names}}
    path = write_lora(
        tmp_path / "a.safetensors",
        layers,
        lambda _, layer: (
            f"lora_unet_{names[layer]}.lora_down.weight",
            f"lora_unet_{names[layer]}.lora_up.weight",
            f"lora_unet_{names[layer]}.alpha",
        ),
    )
    fuse_and_check(Family.SDXL, path, layers)


def test_names_of_old_diffusers_are_known(tmp_path: Path) -> None:
    attention = "mid_block.attentions.0.transformer_blocks.0.attn1"
    old = {
        f"{attention}.to_q": f"{attention}.processor.to_q_lora",
        f"{attention}.to_out.0": f"{attention}.processor.to_out_lora",
    }
    text = {"encoder.layers.1.self_attn.v_proj": "text_model.encoder.layers.1.self_attn.to_v_lora"}
    networks = build_networks(Family.SD15)
    drawn = draw_layers(networks)
    layers = {
        "unet": {path: drawn["unet"][path] for path in old},
        "text_encoder": {path: drawn["text_encoder"][path] for path in text},
    }
    path = write_lora(
        tmp_path / "a.safetensors",
        layers,
        lambda network, layer: (
            f"{network}.{(old | text)[layer]}.down.weight",
            f"{network}.{(old | text)[layer]}.up.weight",
            "",
        ),
    )
    fuse_and_check(Family.SD15, path, layers)


def test_fused_paints_as_peft_does_unfused(tmp_path: Path) -> None:
    unet = build_unet()
    names = ["to_q", "to_k", "to_v", "to_out.0", "conv1", "conv2", "proj_in", "ff.net.0.proj"]
    with seeded(3):
        unet.add_adapter(LoraConfig(r=4, lora_alpha=2, target_modules=names, init_lora_weights=False), "style")
        sample, text = torch.randn(2, 9, 8, 8), torch.randn(2, 5, CROSS_WIDTH[Family.SD15])
    unet.save_lora_adapter(tmp_path, "style")
    fused = build_unet()
    before = fused(sample, 500, text).sample
    fuse_lora({"unet": fused}, Lora(path=tmp_path))
    expected = unet(sample, 500, text).sample
    torch.testing.assert_close(fused(sample, 500, text).sample, expected, rtol=1e-4, atol=1e-5)
    assert (before - expected).abs().max() > 0.01


def test_alphas_of_peft_settings_in_the_file_count(tmp_path: Path) -> None:
    drawn = draw_layers({"unet": build_unet()})["unet"]
    alphas = {path: 6.0 if path.endswith("to_k") else 3.0 for path in drawn}
    layers = {
        "unet": {
            path: lora_files.LoraLayer(down=layer.down, up=layer.up, alpha=alphas[path])
            for path, layer in drawn.items()
        }
    }
    path = lora_files.write_peft_lora(tmp_path / "a.safetensors", layers, alpha=3.0, patterns={"to_k": 6.0})
    fuse_and_check(Family.SD15, path, layers)


def test_several_add_up_and_weight_zero_adds_nothing(tmp_path: Path) -> None:
    networks = build_networks(Family.SD15)
    first, second = draw_layers(networks, 1), draw_layers(networks, 2)
    paths = [
        write_lora(tmp_path / f"{index}.safetensors", layers, lora_files.name_as_hub)
        for index, layers in enumerate((first, second))
    ]
    fuse_lora(networks, Lora(path=paths[1], weight=0))
    check_weights(networks, Family.SD15, {}, 0)
    fuse_lora(networks, Lora(path=paths[0], weight=0.5))
    fuse_lora(networks, Lora(path=paths[1], weight=1))
    fuse_lora(networks, Lora(path=paths[1], weight=-1))
    check_weights(networks, Family.SD15, first, 0.5)


def test_half_precision_is_rounded_once(tmp_path: Path) -> None:
    layers = draw_layers({"unet": build_unet()})
    path = write_lora(tmp_path / "a.safetensors", layers, lora_files.name_as_hub)
    unet, exact = build_unet().half(), build_unet().half().float()
    fuse_lora({"unet": unet}, Lora(path=path))
    fuse_lora({"unet": exact}, Lora(path=path))
    for now, expected in zip(unet.parameters(), exact.parameters(), strict=True):
        assert torch.equal(now, expected.half())


@pytest.mark.parametrize("namer", [lora_files.name_as_hub, lora_files.name_as_kohya_sdxl])
def test_a_lora_for_another_model_changes_nothing(tmp_path: Path, namer: Namer) -> None:
    path = write_lora(tmp_path / "xl.safetensors", draw_layers(build_networks(Family.SDXL)), namer)
    networks = build_networks(Family.SD15)
    with pytest.raises(WeightsError, match=r"xl\.safetensors is for another model"):
        fuse_lora(networks, Lora(path=path))
    check_weights(networks, Family.SD15, {}, 0)


@pytest.mark.parametrize(
    "extra", ["unet.conv_in.lora_magnitude_vector", "lora_unet_conv_in.hada_w1_a", "unet.conv_in.lora_B.bias"]
)
def test_other_kinds_than_plain_lora_are_refused(tmp_path: Path, extra: str) -> None:
    networks = build_networks(Family.SD15)
    path = write_lora(tmp_path / "a.safetensors", draw_layers(networks), lora_files.name_as_peft)
    save_file({**load_file(path), extra: torch.ones(3)}, path)
    with pytest.raises(WeightsError, match=f"not a plain LoRA: it holds {extra}"):
        fuse_lora(networks, Lora(path=path))


def test_half_a_lora_is_refused(tmp_path: Path) -> None:
    networks = build_networks(Family.SD15)
    path = write_lora(tmp_path / "a.safetensors", draw_layers(networks), lora_files.name_as_peft)
    weights = load_file(path)
    del weights["unet.conv_in.lora_B.weight"]
    save_file(weights, path)
    with pytest.raises(WeightsError, match="incomplete"):
        fuse_lora(networks, Lora(path=path))


def test_folders_hold_the_hub_name_and_missing_files_are_named(tmp_path: Path) -> None:
    layers = draw_layers(build_networks(Family.SD15))
    write_lora(tmp_path / "style" / "pytorch_lora_weights.safetensors", layers, lora_files.name_as_hub)
    fuse_and_check(Family.SD15, tmp_path / "style", layers)
    with pytest.raises(WeightsMissingError, match=r"pytorch_lora_weights\.safetensors"):
        fuse_lora(build_networks(Family.SD15), Lora(path=tmp_path))
