from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from tests.placers.diffusion.checkpoints import CROSS_WIDTH, build_image_encoder, build_unet, seeded, write_network
from tests.placers.diffusion.loaded import check_same, load


@pytest.mark.parametrize("family", UNET_FAMILIES)
@pytest.mark.parametrize("plus", [True, False])
def test_an_adapter_acts_in_the_style_blocks(
    model_folders: dict[Family, Path], style_folder: Path, family: Family, plus: bool
) -> None:
    adapter = style_folder / f"{'plus' if plus else 'base'}_{family}.safetensors"
    models = load(Sources(base=model_folders[family], adapter=adapter, image_encoder=style_folder / "image_encoder"))
    assert models.adapter is not None
    assert models.adapter.plus is plus
    check_same(models.adapter.image_encoder, build_image_encoder())
    assert models.adapter.image_processor.crop_size["height"] == 56
    assert models.attention.style_layers
    with seeded(1):
        read = torch.randn(2, 17, 32) if plus else torch.randn(2, 24)
    assert models.adapter.projection(read).shape == (2, 4, CROSS_WIDTH[family])
    assert not any(weight.is_meta or weight.requires_grad for weight in models.unet.parameters())
    assert not any(weight.requires_grad for weight in models.adapter.projection.parameters())


@pytest.mark.parametrize("plus", [True, False])
def test_an_adapter_is_what_diffusers_makes_of_it(
    style_folder: Path, model_folders: dict[Family, Path], plus: bool
) -> None:
    path = style_folder / f"{'plus' if plus else 'base'}_sd15.safetensors"
    sources = Sources(base=model_folders[Family.SD15], adapter=path, image_encoder=style_folder / "image_encoder")
    models, unet = load(sources), build_unet()
    unet._load_ip_adapter_weights([read_parts(path)])
    assert models.adapter is not None
    check_same(models.adapter.projection, unet.encoder_hid_proj.image_projection_layers[0])
    for name in models.attention.style_layers:
        found, expected = models.unet.get_submodule(name).processor, unet.get_submodule(name).processor
        assert torch.equal(found.style_to_key.weight, expected.to_k_ip[0].weight)
        assert torch.equal(found.style_to_value.weight, expected.to_v_ip[0].weight)


def test_an_adapter_takes_the_precision_of_the_model(style_folder: Path, model_folders: dict[Family, Path]) -> None:
    adapter, encoder = style_folder / "plus_sdxl.safetensors", style_folder / "image_encoder"
    models = load(Sources(base=model_folders[Family.SDXL], adapter=adapter, image_encoder=encoder), dtype="float16")
    assert models.adapter is not None
    for network in (models.adapter.projection, models.adapter.image_encoder, models.unet):
        assert {weight.dtype for weight in network.parameters()} == {torch.float16}


def test_an_adapter_in_a_pickle_is_read_where_allowed(
    style_folder: Path, model_folders: dict[Family, Path], tmp_path: Path
) -> None:
    torch.save(read_parts(style_folder / "plus_sd15.safetensors"), tmp_path / "plus.bin")
    encoder = style_folder / "image_encoder"
    sources = Sources(base=model_folders[Family.SD15], adapter=tmp_path / "plus.bin", image_encoder=encoder)
    with pytest.raises(WeightsError, match=r"plus\.bin is a pickle"):
        load(sources)
    assert load(sources, allow_pickle=True).attention.style_layers


def test_a_preprocessor_beside_the_encoder_is_used(
    style_folder: Path, model_folders: dict[Family, Path], tmp_path: Path
) -> None:
    write_network(tmp_path, build_image_encoder())
    (tmp_path / "preprocessor_config.json").write_text(
        '{"crop_size": 42, "size": 50, "image_mean": [0.5, 0.5, 0.5], "feature_extractor_type": "CLIPFeatureExtractor"}'
    )
    adapter = style_folder / "plus_sd15.safetensors"
    models = load(Sources(base=model_folders[Family.SD15], adapter=adapter, image_encoder=tmp_path))
    assert models.adapter is not None
    pixels = models.adapter.image_processor(np.full((90, 60, 3), 255, np.uint8), return_tensors="pt").pixel_values
    assert pixels.shape == (1, 3, 42, 42)
    torch.testing.assert_close(pixels[0, 0, 0, 0], torch.tensor(0.5 / 0.26862954))


def test_adapters_that_do_not_fit_are_refused(
    style_folder: Path, model_folders: dict[Family, Path], tmp_path: Path
) -> None:
    def load_with(adapter: Path, encoder: Path = style_folder / "image_encoder") -> None:
        load(Sources(base=model_folders[Family.SD15], adapter=adapter, image_encoder=encoder))

    with pytest.raises(WeightsError, match=r"plus_sdxl\.safetensors is for another UNet"):
        load_with(style_folder / "plus_sdxl.safetensors")
    with pytest.raises(WeightsError, match="neither a base IP-Adapter nor an IP-Adapter Plus"):
        load_with(style_folder / "image_encoder" / "model.safetensors")
    weights = load_file(style_folder / "plus_sd15.safetensors")
    weights["image_proj.proj_in.weight"] = torch.zeros(32, 40)
    save_file(weights, tmp_path / "wide.safetensors")
    with pytest.raises(WeightsError, match=r"wide\.safetensors reads 40 channels.*gives 32"):
        load_with(tmp_path / "wide.safetensors")
    with pytest.raises(WeightsError, match="holds no weights"):
        load_with(style_folder / "plus_sd15.safetensors", tmp_path)


def read_parts(path: Path) -> dict[str, dict[str, torch.Tensor]]:
    weights = load_file(path)
    return {
        part: {name.removeprefix(f"{part}."): w for name, w in weights.items() if name.startswith(part)}
        for part in ("image_proj", "ip_adapter")
    }


@pytest.mark.parametrize(
    "name",
    [
        "ip_adapter.7.to_v_ip.weight",
        "image_proj.proj_in.weight",
        "image_proj.norm_out.bias",
        "image_proj.layers.1.1.3.weight",
    ],
)
def test_an_incomplete_adapter_is_told_when_it_is_loaded(
    model_folders: dict[Family, Path], style_folder: Path, tmp_path: Path, name: str
) -> None:
    weights = load_file(style_folder / "plus_sdxl.safetensors")
    del weights[name]
    save_file(weights, tmp_path / "part.safetensors")
    sources = Sources(
        base=model_folders[Family.SDXL],
        adapter=tmp_path / "part.safetensors",
        image_encoder=style_folder / "image_encoder",
    )
    with pytest.raises(WeightsError, match=r"part\.safetensors lacks 1 weights, such as (ip_adapter|image_proj)"):
        load(sources)
