from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.models.networks import (
    check_channels,
    choose_vae_dtype,
    fill,
    load_unet,
    load_vae,
    read_json,
)

SOURCE = Path("somewhere")


def build() -> nn.Sequential:
    return nn.Sequential(nn.Linear(3, 2), nn.Dropout(), nn.Linear(2, 1))


def weights(seed: int = 0) -> dict[str, Tensor]:
    torch.manual_seed(seed)
    return {name: torch.randn_like(weight) for name, weight in build().state_dict().items()}


def test_a_network_has_exactly_the_weights_it_is_given_and_learns_nothing() -> None:
    given = weights()
    network = fill(build, given, SOURCE)
    for name, weight in network.state_dict().items():
        assert torch.equal(weight, given[name])
    assert not network.training
    assert not any(weight.requires_grad for weight in network.parameters())


def test_weights_that_it_has_not_are_left_and_old_names_of_a_text_model_are_known() -> None:
    given = weights()
    old = {f"text_model.{name}": weight for name, weight in given.items()}
    network = fill(build, {**old, "position_ids": torch.zeros(1)}, SOURCE)
    assert all(torch.equal(weight, given[name]) for name, weight in network.state_dict().items())


@pytest.mark.parametrize("lost", sorted(weights()))
def test_a_weight_that_is_missing_is_named_and_none_is_drawn_instead(lost: str) -> None:
    given = weights()
    del given[lost]
    with pytest.raises(WeightsError, match=rf"somewhere lacks 1 weights of Sequential, such as {lost}"):
        fill(build, given, SOURCE)


def test_a_weight_of_another_shape_is_refused() -> None:
    with pytest.raises(WeightsError, match="somewhere can't be loaded"):
        fill(build, {**weights(), "0.weight": torch.zeros(2, 4)}, SOURCE)


@pytest.mark.parametrize(
    ("config", "dtype", "chosen"),
    [
        ({"force_upcast": True}, torch.float16, torch.float32),
        ({"force_upcast": True}, torch.bfloat16, torch.bfloat16),
        ({"force_upcast": False}, torch.float16, torch.float16),
        ({}, torch.float16, torch.float16),
        ({"force_upcast": True}, torch.float32, torch.float32),
    ],
)
def test_only_half_precision_overflows(
    config: Mapping[str, object], dtype: torch.dtype, chosen: torch.dtype, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert choose_vae_dtype(tmp_path, dtype) is chosen


@pytest.mark.parametrize("channels", [4, 8, 13])
def test_a_network_of_other_channels_paints_into_no_picture(channels: int) -> None:
    check_channels(SOURCE, 9)
    with pytest.raises(WeightsError, match=rf"takes {channels} channels, not 9"):
        check_channels(SOURCE, channels)


@pytest.mark.parametrize(
    ("content", "says"), [("{", "is not valid JSON"), ("[1]", "not a JSON object"), (None, "is missing")]
)
def test_a_broken_configuration_is_named(content: str | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(WeightsError, match=rf"config\.json.*{says}"):
        read_json(path)


def test_a_folder_of_another_kind_of_network_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"latent_channels": 16, "in_channels": "nine"}', encoding="utf-8")
    with pytest.raises(WeightsError, match="does not have 4 latent channels"):
        load_vae(tmp_path, torch.float32)
    with pytest.raises(WeightsError, match="gives no in_channels"):
        load_unet(tmp_path, torch.float32)
    (tmp_path / "config.json").write_text('{"in_channels": 9}', encoding="utf-8")
    (tmp_path / "diffusion_pytorch_model.safetensors.index.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WeightsError, match="has no weight_map"):
        load_unet(tmp_path, torch.float32)
