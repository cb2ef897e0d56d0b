"""FLUX.2 klein paints as diffusers' own inpainting pipeline does, behind the same doors as all others."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler, Flux2KleinInpaintPipeline
from torch import Tensor

from photoshoot import Photoshoot, Product, Prompt, PromptError, Request, SettingsError, WeightsError
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.diffusion.canvas.patches import from_patches, to_patches, to_tokens
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.flow_transformer import FlowTransformer, Reading
from photoshoot.placers.diffusion.components.language_encoder import LanguageEncoder
from photoshoot.placers.diffusion.loading import load_parts
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.painting.denoise import Conditioning, Painting, Pass, denoise
from photoshoot.placers.diffusion.painting.sampling import build_sampler
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings, Lora, StyleImage
from tests.placers.diffusion.loaded import CPU, check_same, load
from tests.placers.diffusion.paintings import ignore, randn
from tests.placers.diffusion.test_placer import shrink
from tests.placers.diffusion.tiny_flow import (
    LAYERS,
    SCHEDULER,
    WIDTH,
    build_chat_tokenizer,
    build_flow_vae,
    build_language_model,
    build_transformer,
    write_klein,
)

SHOTS, ROWS, COLUMNS = 2, 8, 12  # latent cells: patches of two by two
STYLE_CELLS = 4
QUICK = dataclasses.replace(
    SETTINGS["flux2-klein"], num_inference_steps=2, init="noise", dtype="float32", base_scale=1.0, batch_size=2
)


def build_pipeline() -> Flux2KleinInpaintPipeline:
    pipeline = Flux2KleinInpaintPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler.from_config(SCHEDULER),
        vae=build_flow_vae(),
        text_encoder=build_language_model(),
        tokenizer=build_chat_tokenizer(),
        transformer=build_transformer(),
        is_distilled=True,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def normalised(patches: Tensor) -> Tensor:
    """Latents of an autoencoder's patches, as the pipeline scales them."""
    norm = build_flow_vae().bn
    mean, variance = norm.running_mean[None, :, None, None], norm.running_var[None, :, None, None]
    return from_patches((patches - mean) / (variance + norm.eps).sqrt())


@pytest.mark.parametrize(("strength", "with_style"), [(1.0, False), (1.0, True), (0.5, True)])
def test_it_is_the_inpaint_pipeline_of_diffusers(strength: float, with_style: bool) -> None:
    patches = randn(SHOTS, 128, ROWS // 2, COLUMNS // 2, seed=1)
    style = randn(SHOTS, 128, STYLE_CELLS // 2, STYLE_CELLS // 2, seed=2)
    text = randn(SHOTS, 16, len(LAYERS) * WIDTH, seed=3)
    noise = torch.cat([randn(1, 128, ROWS // 2, COLUMNS // 2, seed=20 + shot) for shot in range(SHOTS)])
    repaint = torch.zeros(SHOTS, 1, ROWS, COLUMNS)
    repaint[..., COLUMNS // 2 :] = 1
    pipeline = build_pipeline()
    plain = pipeline(
        image=patches,
        image_reference=style if with_style else None,
        mask_image=repaint.repeat_interleave(8, 2).repeat_interleave(8, 3),
        prompt_embeds=text,
        num_inference_steps=4,
        strength=strength,
        guidance_scale=1.0,
        generator=[torch.Generator().manual_seed(20 + shot) for shot in range(SHOTS)],
        output_type="latent",
    ).images
    tokens = to_tokens(normalised(style))
    painting = Painting(
        conditioning=Conditioning(
            text=text.repeat(2, 1, 1),
            text_mask=torch.ones(2 * SHOTS, 16, dtype=torch.bool),
            style_tokens=tokens.repeat(2, 1, 1) if with_style else None,
            style_scale=torch.full((2 * SHOTS,), 0.5) if with_style else None,
        ),
        start=normalised(patches),
        masked=torch.zeros(SHOTS, 32, ROWS, COLUMNS),
        repaint=repaint,
        keep=1 - repaint,
        noise=from_patches(noise),
    )
    reading = Reading()
    plan = Pass(name="base", num_inference_steps=4, strength=strength, guidance_scale=1, guidance_interval=(0, 1))
    network = FlowTransformer(build_transformer(), reading, painting.original)
    ours = denoise(network, reading, painting, build_sampler("flow_euler", SCHEDULER), plan, ignore)
    norm = pipeline.vae.bn
    deviation = (norm.running_var + norm.eps).sqrt()[None, :, None, None]
    ours = from_patches(to_patches(ours) * deviation + norm.running_mean[None, :, None, None])
    assert plain.std() > 0.1
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()


def test_texts_are_read_as_by_the_pipeline_without_the_layers_that_nobody_reads(tmp_path: Path) -> None:
    texts = ["on wet sand at dusk", "a slab"]
    plain, _ = build_pipeline().encode_prompt(texts, text_encoder_out_layers=LAYERS)
    folder = write_klein(tmp_path / "klein", seed=-2)
    models = load(Sources(base=folder))
    (encoder,) = models.text_encoders
    assert len(encoder.layers) == 4, "of four, the third quarter's and the one after it"
    ours = LanguageEncoder(models.tokenizers[0], encoder, CPU, torch.float32).encode(texts)
    assert torch.allclose(ours.states, plain, atol=1e-5), (ours.states - plain).abs().max()
    assert ours.mask.all()
    with pytest.raises(PromptError, match="this network reads 512"):
        LanguageEncoder(models.tokenizers[0], encoder, CPU, torch.float32).encode(["sand " * 200])


def test_pictures_become_the_pipeline_s_latents_and_come_back() -> None:
    pictures = randn(2, 3, 64, 96, seed=4).clamp(-1, 1)
    vae = build_flow_vae()
    codec = LatentCodec(vae)
    with torch.no_grad():
        plain = build_pipeline()._encode_vae_image(pictures, torch.Generator())
        decoded = vae.decode(vae.encode(pictures).latent_dist.mode(), return_dict=False)[0]
    latents = codec.encode(pictures)
    assert torch.allclose(to_patches(latents), plain, atol=1e-4)
    (back,) = codec.decode(latents)
    assert torch.allclose(back, decoded.clamp(-1, 1), atol=1e-4)


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_klein(tmp_path_factory.mktemp("model") / "klein")


@pytest.fixture(scope="module")
def plan(bottle: Product) -> list[ShotRequest]:
    request = Request(product=bottle, prompts=[Prompt.custom("on sand"), Prompt.custom("on a slab")], seed=5)
    return [shrink(item) for item in plan_shots(resolve_request(request, bottle), PresetRegistry.load())]


def with_style(request: ShotRequest) -> ShotRequest:
    style = StyleImage.of(np.random.default_rng(0).integers(0, 255, (64, 80, 3), np.uint8))
    return dataclasses.replace(request, scene=dataclasses.replace(request.scene, style_image=style, style_strength=1.0))


def test_it_paints_through_the_public_interface(klein: Path, plan: list[ShotRequest]) -> None:
    mixed = [with_style(plan[0]), plan[1]]
    with Photoshoot.from_pretrained(klein, device="cpu", diffusion=QUICK) as photoshoot:
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        place = photoshoot.placer.place
        shots, plain = place(mixed), place(plan)
        alone = [place([request])[0] for request in mixed]
        models = photoshoot.placer._models
    assert models is not None
    assert models.family is Family.FLUX2
    check_same(models.unet, build_transformer())
    for request, shot, single in zip(mixed, shots, alone, strict=True):
        core = request.layer.alpha_matte >= CORE_ALPHA
        np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
        assert np.abs(shot.image.astype(int) - single.image).max() <= 1, "alone as in a batch"
        assert shot.provenance.settings["style_reference"] == "reference"
        assert shot.provenance.settings["negative_prompt"] == "not read: no guidance"
    assert np.abs(shots[0].image.astype(int) - plain[0].image).max() > 3, "the style picture is read"
    assert np.abs(shots[1].image.astype(int) - plain[1].image).max() <= 1, "by its own shot alone"


@pytest.mark.parametrize(
    ("name", "value"),
    [("compile", True), ("cache_interval", 2), ("control", "product"), ("preview_vae", Path("taesd"))],
)
def test_what_is_for_unets_is_refused(klein: Path, name: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=name):
        load(Sources(base=klein), **{**dataclasses.asdict(QUICK), name: value})
    with pytest.raises(SettingsError, match="loras"):
        load(Sources(base=klein, loras=(Lora(path=klein / "transformer" / "diffusion_pytorch_model.safetensors"),)))


def test_it_is_not_trained(klein: Path) -> None:
    with pytest.raises(WeightsError, match="has no UNet"):
        load_parts(Sources(base=klein), torch.float32, CPU)


def test_samplers_are_for_the_networks_that_they_suit() -> None:
    with pytest.raises(SettingsError, match="'flow_euler' with this model"):
        build_sampler(DiffusionSettings().sampler, SCHEDULER)
    with pytest.raises(SettingsError, match="another with this model"):
        build_sampler("flow_euler", {"beta_start": 0.1, "beta_end": 0.2, "beta_schedule": "linear"})


def test_another_transformer_is_told(tmp_path: Path) -> None:
    folder = write_klein(tmp_path / "other")
    config = folder / "transformer" / "config.json"
    config.write_text(config.read_text().replace("Flux2Transformer2DModel", "AnotherTransformer"))
    with pytest.raises(WeightsError, match="a model that photoshoot does not know"):
        load(Sources(base=folder))
