"""The tiny checkpoints are what they stand for: diffusers itself reads them, and they are the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from diffusers import DiffusionPipeline, StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline
from torch import nn

from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.checkpoints import (
    build_image_encoder,
    build_text_encoders,
    build_tokenizers,
    build_unet,
    build_vae,
    write_model,
)
from tests.placers.diffusion.loaded import check_same

PIPELINES = {Family.SD15: StableDiffusionInpaintPipeline, Family.SDXL: StableDiffusionXLInpaintPipeline}


@pytest.mark.parametrize("family", UNET_FAMILIES)
@pytest.mark.parametrize("precision", [None, "fp16"])
def test_diffusers_reads_the_folders(model_folders: dict[Family, Path], family: Family, precision: str | None) -> None:
    pipeline = DiffusionPipeline.from_pretrained(model_folders[family], variant=precision, local_files_only=True)
    assert type(pipeline) is PIPELINES[family]
    networks = [build_unet(family), build_vae(family, 1), *build_text_encoders(family, 2)]
    found = [pipeline.unet, pipeline.vae, pipeline.text_encoder, getattr(pipeline, "text_encoder_2", None)]
    for network, expected in zip(found, networks, strict=False):
        check_same(network, expected.half().float() if precision else expected)


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_diffusers_reads_the_adapters(model_folders: dict[Family, Path], style_folder: Path, family: Family) -> None:
    pipeline = DiffusionPipeline.from_pretrained(model_folders[family], local_files_only=True)
    for kind in ("plus", "base"):
        pipeline.load_ip_adapter(
            str(style_folder), "", f"{kind}_{family}.safetensors", image_encoder_folder=None, local_files_only=True
        )
        assert pipeline.unet.encoder_hid_proj.num_ip_adapters == 1
        pipeline.unload_ip_adapter()


def test_seeds_alone_decide_the_weights(tmp_path: Path) -> None:
    state = torch.get_rng_state()
    for build in (build_unet, build_vae, lambda seed: build_text_encoders(seed=seed)[0], build_image_encoder):
        first, again, other = (nn.utils.parameters_to_vector(build(seed=seed).parameters()) for seed in (1, 1, 2))
        assert torch.equal(first, again)
        assert not torch.equal(first, other)
    write_model(tmp_path, Family.SDXL)
    assert torch.equal(torch.get_rng_state(), state)


def test_prompts_are_told_apart() -> None:
    for encoder, tokenizer in zip(build_text_encoders(Family.SDXL), build_tokenizers(Family.SDXL), strict=True):
        ids = tokenizer(["red wood", "blue snow"], padding="max_length", return_tensors="pt").input_ids
        assert ids.shape == (2, 77)
        states = encoder(ids, output_hidden_states=True).hidden_states[-2]
        assert (states[0] - states[1]).std() > 0.1 * states.std()
