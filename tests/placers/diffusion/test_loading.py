from __future__ import annotations

import threading
from pathlib import Path

import pytest
import torch

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.settings import Lora
from tests.placers.diffusion.checkpoints import (
    build_text_encoders,
    build_unet,
    build_vae,
    write_network,
)
from tests.placers.diffusion.loaded import check_parts, check_same, load
from tests.placers.diffusion.lora_files import draw_layers, name_as_hub, write_lora


def test_another_autoencoder_replaces_the_own_one(model_folders: dict[Family, Path], tmp_path: Path) -> None:
    write_network(tmp_path / "vae", build_vae(seed=7))
    models = load(Sources(base=model_folders[Family.SDXL], vae=tmp_path / "vae"))
    check_same(models.vae, build_vae(seed=7))
    assert models.vae.config.scaling_factor == 0.18215
    assert list(models.identity) == ["sdxl", "vae"]


def test_loras_are_in_the_weights_before_all_else(model_folders: dict[Family, Path], tmp_path: Path) -> None:
    layers = draw_layers({"unet": build_unet(), "text_encoder": build_text_encoders()[0]})
    path = write_lora(tmp_path / "style.safetensors", layers, name_as_hub)
    models = load(Sources(base=model_folders[Family.SD15], loras=(Lora(path=path, weight=0.5),)), compile=True)
    name = "mid_block.attentions.0.transformer_blocks.0.attn1"
    plain = torch.cat([build_unet().get_submodule(f"{name}.to_{part}").weight for part in "qkv"])
    change = torch.cat([layers["unet"][f"{name}.to_{part}"].change for part in "qkv"])
    torch.testing.assert_close(models.unet.get_submodule(f"{name}.to_qkv").weight, plain + 0.5 * change)
    text = "encoder.layers.0.mlp.fc1"
    before, after = (
        encoder.get_submodule(text).weight for encoder in (build_text_encoders(seed=2)[0], models.text_encoders[0])
    )
    torch.testing.assert_close(after, before + 0.5 * layers["text_encoder"][text].change)
    assert list(models.identity) == ["sd15", "style.safetensors"]


def test_loading_draws_nothing_and_prints_nothing(
    model_folders: dict[Family, Path], style_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lora = write_lora(tmp_path / "a.safetensors", draw_layers({"unet": build_unet(Family.SDXL)}), name_as_hub)
    sources = Sources(
        base=model_folders[Family.SDXL],
        adapter=style_folder / "plus_sdxl.safetensors",
        image_encoder=style_folder / "image_encoder",
        loras=(Lora(path=lora),),
    )
    capfd.readouterr()
    state, dtype = torch.get_rng_state(), torch.get_default_dtype()
    load(sources, compile=True, dtype="float16")
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.get_default_dtype() is dtype
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""


def test_threads_may_load_at_the_same_time(model_folders: dict[Family, Path]) -> None:
    found: list[Models] = []
    threads = [
        threading.Thread(target=lambda f=f: found.append(load(Sources(base=model_folders[f])))) for f in UNET_FAMILIES
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for models in found:
        check_parts(models, models.family)
    assert len(found) == 2


def test_missing_paths_are_named(model_folders: dict[Family, Path], style_folder: Path, tmp_path: Path) -> None:
    base, gone = model_folders[Family.SD15], tmp_path / "gone"
    for sources in (
        Sources(base=gone),
        Sources(base=base, vae=gone),
        Sources(base=base, adapter=gone, image_encoder=style_folder / "image_encoder"),
        Sources(base=base, loras=(Lora(path=gone),)),
    ):
        with pytest.raises(WeightsMissingError, match=r"gone.*photoshoot weights pull"):
            load(sources)
    with pytest.raises(WeightsMissingError, match="image encoder"):
        load(Sources(base=base, adapter=style_folder / "plus_sd15.safetensors"))


def test_a_lora_for_another_model_is_refused(model_folders: dict[Family, Path], tmp_path: Path) -> None:
    layers = draw_layers({"unet": build_unet(Family.SDXL)})
    lora = Lora(path=write_lora(tmp_path / "a.safetensors", layers, name_as_hub))
    with pytest.raises(WeightsError, match=r"a\.safetensors is for another model"):
        load(Sources(base=model_folders[Family.SD15], loras=(lora,)))
