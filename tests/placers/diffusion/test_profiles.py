from __future__ import annotations

from pathlib import Path

import pytest
import torch

from photoshoot import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import SETTINGS, find_profile
from photoshoot.weights import HubModel, load_manifest, load_profiles
from tests.placers.diffusion.checkpoints import (
    build_vae,
    write_image_encoder,
    write_ip_adapter,
    write_model,
    write_network,
)
from tests.placers.diffusion.loaded import check_same, load


def test_every_profile_of_the_manifest_has_settings() -> None:
    assert set(SETTINGS) == set(load_profiles())


def test_a_folder_is_a_profile_with_its_familys_settings(tmp_path: Path) -> None:
    for family in UNET_FAMILIES:
        folder = write_model(tmp_path / family, family)
        profile = find_profile(folder)
        assert profile.name == family
        assert profile.sources.base == folder
        assert profile.sources.adapter is None
        assert profile.settings == SETTINGS[family]


def test_a_style_adapter_beside_the_parts_is_found(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "styled", Family.SD15)
    write_ip_adapter(folder / "ip_adapter.safetensors")
    assert find_profile(folder).sources.adapter is None, "it needs an image encoder"
    write_image_encoder(folder / "image_encoder")
    sources = find_profile(folder).sources
    assert (sources.adapter, sources.image_encoder) == (folder / "ip_adapter.safetensors", folder / "image_encoder")


def test_a_single_file_needs_the_configurations_of_its_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    write_ip_adapter(tmp_path / "mine.safetensors")
    with pytest.raises(WeightsMissingError, match="sd15-inpaint"):
        find_profile(tmp_path / "mine.safetensors")
    (tmp_path / "text.safetensors").write_text("no tensors", encoding="utf-8")
    with pytest.raises(WeightsError, match=r"is not a \.safetensors file"):
        find_profile(tmp_path / "text.safetensors")


def test_what_is_nothing_of_all_this_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="sdxl-fast"):
        find_profile("sd3")
    with pytest.raises(WeightsError, match="model_index"):
        find_profile(tmp_path)


def test_half_precision_takes_the_autoencoder_made_for_it_where_it_is_here_and_the_own_one_overflows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    folder = write_model(tmp_path / "sdxl", Family.SDXL)
    vae = build_vae(Family.SDXL, seed=1)
    vae.register_to_config(force_upcast=True)
    write_network(folder / "vae", vae)
    assert find_profile(folder).sources.vae_for_half is None
    assert load(find_profile(folder).sources, dtype="float16").vae.dtype is torch.float32

    model = load_manifest().get("sdxl-vae-fp16-fix")
    assert isinstance(model, HubModel)
    fixed = build_vae(Family.SDXL, seed=9)
    fixed.register_to_config(force_upcast=False)
    name = f"models--{model.repo.replace('/', '--')}"
    write_network(tmp_path / "hub" / name / "snapshots" / model.revision, fixed)
    sources = find_profile(folder).sources
    half, single = load(sources, dtype="float16"), load(sources, dtype="float32")
    check_same(half.vae, fixed.half())
    check_same(single.vae, vae)
    assert half.vae.dtype is torch.float16
    assert model.repo in " ".join(half.identity)
    assert model.repo not in " ".join(single.identity)
