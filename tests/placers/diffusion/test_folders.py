from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from tests.placers.diffusion.checkpoints import build_text_encoders, build_unet, build_vae, write_model, write_network
from tests.placers.diffusion.loaded import CPU, check_parts, check_same, load


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_folder_is_loaded_whole(model_folders: dict[Family, Path], family: Family) -> None:
    models = load(Sources(base=model_folders[family]))
    check_parts(models, family)
    assert models.adapter is None
    assert models.dtype is models.unet.dtype is torch.float32
    assert models.unet.device == models.device == CPU


def test_half_precision_reads_the_half_precision_files(tmp_path: Path) -> None:
    write_model(tmp_path, Family.SD15)
    others = {"unet": build_unet(seed=9), "vae": build_vae(seed=9), "text_encoder": build_text_encoders(seed=9)[0]}
    for name, network in others.items():
        write_network(tmp_path / name, network.half(), variant="fp16")
    check_parts(load(Sources(base=tmp_path)), Family.SD15)
    half = load(Sources(base=tmp_path), dtype="float16")
    for name, network in zip(others, (half.unet, half.vae, half.text_encoders[0]), strict=True):
        check_same(network, others[name])
        assert half.dtype is network.dtype is torch.float16


def test_files_of_the_other_precision_are_read_where_there_are_no_others(tmp_path: Path) -> None:
    folder = write_model(tmp_path, Family.SD15, half_too=True)
    for file in (*folder.rglob("model.safetensors"), *folder.rglob("diffusion_pytorch_model.safetensors")):
        file.unlink()
    models = load(Sources(base=folder))
    check_same(models.unet, build_unet().half().float())
    assert models.unet.dtype is models.text_encoders[0].dtype is torch.float32


def test_an_autoencoder_that_overflows_in_half_precision_stays_single(model_folders: dict[Family, Path]) -> None:
    models = load(Sources(base=model_folders[Family.SDXL]), dtype="float16")
    check_same(models.vae, build_vae(Family.SDXL, 1))
    assert (models.unet.dtype, models.vae.dtype) == (torch.float16, torch.float32)
    assert load(Sources(base=model_folders[Family.SDXL]), dtype="bfloat16").vae.dtype is torch.bfloat16


def test_models_that_do_not_inpaint_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"not an inpainting model.*4 channels"):
        load(Sources(base=write_model(tmp_path / "plain", Family.SD15, in_channels=4)))


def test_an_autoencoder_with_old_names_is_read(tmp_path: Path) -> None:
    file = write_model(tmp_path, Family.SD15) / "vae" / "diffusion_pytorch_model.safetensors"
    old = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}
    weights = {}
    for name, weight in load_file(file).items():
        for new_part, old_part in old.items():
            name = name.replace(new_part, old_part)
        weights[name] = weight
    assert any("proj_attn" in name for name in weights)
    save_file(weights, file)
    check_parts(load(Sources(base=tmp_path)), Family.SD15)


@pytest.mark.parametrize("precision", [None, "fp16"])
def test_weights_in_several_files_are_read_in_silence(
    tmp_path: Path, precision: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = write_model(tmp_path, Family.SD15) / "unet"
    (folder / "diffusion_pytorch_model.safetensors").unlink()
    build_unet().save_pretrained(folder, max_shard_size="1MB", variant=precision)
    assert len(list(folder.glob("*.safetensors"))) > 2
    capfd.readouterr()
    check_parts(load(Sources(base=tmp_path)), Family.SD15)
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder_2", "tokenizer_2", "scheduler"])
def test_missing_parts_are_named(tmp_path: Path, part: str) -> None:
    folder = write_model(tmp_path / "model", Family.SDXL)
    (folder / part).rename(tmp_path / part)
    with pytest.raises(WeightsError, match=f"its part '{part}' is missing"):
        load(Sources(base=folder))


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("model_index.json", "no model_index.json"),
        ("unet/diffusion_pytorch_model.safetensors", "unet holds no weights"),
        ("text_encoder/model.safetensors", "text_encoder holds no weights"),
        ("vae/config.json", "config.json is missing"),
        ("tokenizer/vocab.json", "tokenizer holds no tokenizer"),
        ("scheduler/scheduler_config.json", "scheduler_config.json is missing"),
    ],
)
def test_missing_files_are_named(tmp_path: Path, file: str, says: str) -> None:
    (write_model(tmp_path, Family.SD15) / file).unlink()
    with pytest.raises(WeightsError, match=says):
        load(Sources(base=tmp_path))


@pytest.mark.parametrize("file", ["unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"])
def test_files_that_lack_weights_or_are_cut_off_are_named(tmp_path: Path, file: str) -> None:
    path = write_model(tmp_path, Family.SD15) / f"{file}.safetensors"
    weights = load_file(path)
    del weights[sorted(weights)[3]]
    save_file(weights, path)
    with pytest.raises(WeightsError, match=f"{path.parent.name} lacks 1 weights"):
        load(Sources(base=tmp_path))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match=path.parent.name):
        load(Sources(base=tmp_path))


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    write_model(tmp_path, Family.SD15)
    for name, network in {"unet": build_unet(Family.SDXL), "text_encoder": build_text_encoders(Family.SDXL)[1]}.items():
        file = next((write_model(tmp_path, Family.SD15) / name).glob("*.safetensors"))
        save_file({**load_file(file), **network.state_dict()}, file)
        with pytest.raises(WeightsError, match=f"{name} can't be loaded"):
            load(Sources(base=tmp_path))


def test_models_of_other_kinds_are_refused(tmp_path: Path) -> None:
    index = tmp_path / "model_index.json"
    index.write_text('{"transformer": ["diffusers", "FluxTransformer2DModel"], "vae": ["diffusers", "AutoencoderKL"]}')
    with pytest.raises(
        WeightsError, match=r"not a model of Stable Diffusion 1\.5, .*, FLUX\.2 klein: it consists of transformer, vae"
    ):
        load(Sources(base=tmp_path))
    index.write_text("[1]")
    with pytest.raises(WeightsError, match=r"model_index\.json is not a JSON object"):
        load(Sources(base=tmp_path))


def test_pickles_are_refused_unless_allowed(tmp_path: Path) -> None:
    write_model(tmp_path, Family.SD15)
    for file in list(tmp_path.rglob("*.safetensors")):
        name = "pytorch_model.bin" if file.stem == "model" else f"{file.stem}.bin"
        torch.save(load_file(file), file.with_name(name))
        file.unlink()
    with pytest.raises(WeightsError, match=r"diffusion_pytorch_model\.bin is a pickle.*allow_pickle"):
        load(Sources(base=tmp_path))
    check_parts(load(Sources(base=tmp_path), allow_pickle=True), Family.SD15)
