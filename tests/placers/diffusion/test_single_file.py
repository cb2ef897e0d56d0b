from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from tests.placers.diffusion.checkpoints import build_vae, write_model, write_network
from tests.placers.diffusion.loaded import check_parts, check_same, load
from tests.placers.diffusion.original_layout import write_original


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_single_file_holds_the_same_weights(
    model_folders: dict[Family, Path], tmp_path: Path, family: Family
) -> None:
    file = write_original(tmp_path / "model.safetensors", family, seed=5)
    check_parts(load(Sources(base=file, config=model_folders[family])), family, seed=5)


def test_an_own_autoencoder_and_half_precision_hold_for_single_files(
    model_folders: dict[Family, Path], tmp_path: Path
) -> None:
    file = write_original(tmp_path / "model.safetensors", Family.SDXL)
    write_network(tmp_path / "vae", build_vae(seed=7))
    models = load(Sources(base=file, config=model_folders[Family.SDXL]), dtype="float16")
    assert (models.unet.dtype, models.vae.dtype) == (torch.float16, torch.float32)
    check_same(models.vae, build_vae(Family.SDXL, 1))
    models = load(Sources(base=file, config=model_folders[Family.SDXL], vae=tmp_path / "vae"), dtype="float16")
    check_same(models.vae, build_vae(seed=7).half())


def test_single_files_are_read_in_silence(
    model_folders: dict[Family, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = write_original(tmp_path / "model.safetensors", Family.SDXL)
    capfd.readouterr()
    load(Sources(base=file, config=model_folders[Family.SDXL]), dtype="float16")
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""


def test_configurations_of_a_plain_model_will_do(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "plain", Family.SD15, in_channels=4)
    check_parts(load(Sources(base=write_original(tmp_path / "a.safetensors", Family.SD15), config=folder)), Family.SD15)


def test_a_checkpoint_in_a_pickle_is_read_where_allowed(model_folders: dict[Family, Path], tmp_path: Path) -> None:
    weights = load_file(write_original(tmp_path / "model.safetensors", Family.SD15))
    torch.save({"state_dict": weights, "global_step": 7}, tmp_path / "model.ckpt")
    sources = Sources(base=tmp_path / "model.ckpt", config=model_folders[Family.SD15])
    with pytest.raises(WeightsError, match=r"model\.ckpt is a pickle"):
        load(sources)
    check_parts(load(sources, allow_pickle=True), Family.SD15)


def test_files_that_can_not_be_used_are_named(
    model_folders: dict[Family, Path], style_folder: Path, tmp_path: Path
) -> None:
    config = model_folders[Family.SD15]
    with pytest.raises(WeightsMissingError, match=r"a\.safetensors holds weights alone.*sd15"):
        load(Sources(base=write_original(tmp_path / "a.safetensors", Family.SD15)))
    with pytest.raises(WeightsError, match=r"b\.safetensors is not an inpainting model.*4 channels"):
        load(Sources(base=write_original(tmp_path / "b.safetensors", Family.SD15, in_channels=4), config=config))
    with pytest.raises(WeightsError, match=r"c\.safetensors is a model of the family sdxl.*of sd15"):
        load(Sources(base=write_original(tmp_path / "c.safetensors", Family.SDXL), config=config))
    with pytest.raises(WeightsError, match="original Stable Diffusion layout"):
        load(Sources(base=style_folder / "plus_sd15.safetensors", config=config))


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ("first_stage_model.decoder.conv_out", "lacks 2 weights of AutoencoderKL"),
        ("model.diffusion_model.middle_block.1.norm", "lacks 2 weights of UNet2DConditionModel"),
        ("cond_stage_model.transformer.text_model.final", "lacks 2 weights of CLIPTextModel"),
        ("first_stage_model.", "lacks 180 weights of AutoencoderKL"),
        ("cond_stage_model.", "no text encoder"),
    ],
)
def test_files_that_lack_weights_are_named(
    model_folders: dict[Family, Path], tmp_path: Path, start: str, says: str
) -> None:
    file = write_original(tmp_path / "model.safetensors", Family.SD15)
    save_file({name: weight for name, weight in load_file(file).items() if not name.startswith(start)}, file)
    with pytest.raises(WeightsError, match=rf"model\.safetensors .*{says}"):
        load(Sources(base=file, config=model_folders[Family.SD15]))
