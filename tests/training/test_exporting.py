from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionInpaintPipeline, UNet2DConditionModel
from safetensors.torch import load_file
from torch import Tensor

from photoshoot import Photoshoot
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.loading import load_models, load_parts
from photoshoot.placers.diffusion.models.lora import fuse_lora
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.settings import DiffusionSettings, Lora
from photoshoot.training.exporting import export_lora, export_model
from photoshoot.training.settings import LoraLayers, TrainingSettings
from photoshoot.training.trainable import TrainableUNet
from tests.placers.diffusion.checkpoints import CROSS_WIDTH
from tests.placers.diffusion.tiny_networks import SECOND_TEXT_WIDTH

CPU = torch.device("cpu")
ALL_LAYERS = LoraLayers(rank=4, alpha=6.0, layers=("attention", "feed_forward", "convolution"))


def learn(base: Path, lora: LoraLayers = ALL_LAYERS) -> tuple[TrainableUNet, dict[str, Tensor]]:
    """A UNet with low-rank weights, and weights for them as if it had learnt something."""
    subject = TrainableUNet(load_parts(Sources(base=base), torch.float32, CPU).unet, TrainingSettings(lora=lora))
    generator = torch.Generator().manual_seed(3)
    drawn = {name: 0.1 * torch.randn(weight.shape, generator=generator) for name, weight in subject.weights.items()}
    return subject, drawn


@torch.no_grad()
def predict(unet: UNet2DConditionModel, family: Family = Family.SD15) -> Tensor:
    generator = torch.Generator().manual_seed(4)
    added = {"text_embeds": torch.ones(1, SECOND_TEXT_WIDTH), "time_ids": torch.ones(1, 6)}
    output: Tensor = unet(
        torch.randn(1, 9, 8, 8, generator=generator),
        torch.tensor([500]),
        encoder_hidden_states=torch.randn(1, 7, CROSS_WIDTH[family], generator=generator),
        added_cond_kwargs=added if family is Family.SDXL else None,
        return_dict=False,
    )[0]
    return output


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_lora_does_the_same_unfused_and_fused(bases: dict[Family, Path], tmp_path: Path, family: Family) -> None:
    subject, weights = learn(bases[family])
    untouched = predict(subject.unet, family)
    with subject.showing(weights):
        unfused = predict(subject.unet, family)
    file = export_lora(subject, weights, ALL_LAYERS, tmp_path)
    plain = load_parts(Sources(base=bases[family]), torch.float32, CPU).unet
    torch.testing.assert_close(predict(plain, family), untouched, rtol=0, atol=0)
    fuse_lora({"unet": plain}, Lora(path=file))
    torch.testing.assert_close(predict(plain, family), unfused, rtol=1e-4, atol=1e-5)
    assert (unfused - untouched).abs().max() > 0.01


def test_a_lora_file_is_what_diffusers_loads(bases: dict[Family, Path], tmp_path: Path) -> None:
    subject, weights = learn(bases[Family.SD15])
    with subject.showing(weights):
        unfused = predict(subject.unet)
    export_lora(subject, weights, ALL_LAYERS, tmp_path)
    pipeline = StableDiffusionInpaintPipeline.from_pretrained(bases[Family.SD15], safety_checker=None)
    pipeline.load_lora_weights(tmp_path)
    torch.testing.assert_close(predict(pipeline.unet), unfused, rtol=1e-4, atol=1e-5)
    pipeline.fuse_lora()
    torch.testing.assert_close(predict(pipeline.unet), unfused, rtol=1e-4, atol=1e-5)
    names = set(load_file(tmp_path / "pytorch_lora_weights.safetensors"))
    assert len(names) == len(weights)
    assert all(name.startswith("unet.") and name.endswith((".lora_A.weight", ".lora_B.weight")) for name in names)


def test_layers_that_are_not_asked_for_are_not_in_the_file(bases: dict[Family, Path], tmp_path: Path) -> None:
    lora = replace(ALL_LAYERS, layers=("feed_forward",))
    subject, weights = learn(bases[Family.SD15], lora)
    names = load_file(export_lora(subject, weights, lora, tmp_path))
    assert names
    assert all(".ff.net." in name for name in names)


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_full_fine_tune_is_a_model_of_its_own(bases: dict[Family, Path], tmp_path: Path, family: Family) -> None:
    sources = Sources(base=bases[family])
    subject = TrainableUNet(load_parts(sources, torch.float32, CPU).unet, TrainingSettings(method="full"))
    weights = {name: weight.detach() + 0.01 for name, weight in subject.weights.items()}
    with subject.showing(weights):
        expected = predict(subject.unet, family)
    folder = export_model(sources, weights, tmp_path / "model")
    again = export_model(sources, weights, tmp_path / "model")
    assert folder == again
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    parts = load_parts(Sources(base=folder), torch.float32, CPU)
    torch.testing.assert_close(predict(parts.unet, family), expected, rtol=0, atol=0)
    base = load_models(sources, DiffusionSettings(), CPU)
    for found, own in zip((parts.vae, *parts.text_encoders), (base.vae, *base.text_encoders), strict=True):
        for (_, weight), (_, other) in zip(found.named_parameters(), own.named_parameters(), strict=True):
            assert torch.equal(weight, other)
    assert parts.scheduler_config == base.scheduler_config
    with Photoshoot.from_pretrained(folder, device="cpu") as shoot:
        assert shoot.placer.settings.loras == ()  # type: ignore[attr-defined]
