"""IC-Light: its numbers are those of diffusers' own pipeline, and the product's pixels move within the bounds alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import save_file
from torch import Tensor

from photoshoot import (
    DeviceError,
    Photoshoot,
    Product,
    Prompt,
    RenderKind,
    Request,
    SettingsError,
    WeightsError,
    WeightsMissingError,
)
from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.pixels.imaging import CORE_ALPHA, light_product
from photoshoot.pixels.light_bounds import Bounds
from photoshoot.placers.diffusion import relighting
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import RELIGHT_FILE, find_profile
from photoshoot.placers.diffusion.models.relight_networks import load_relighter
from photoshoot.placers.diffusion.painting.candidates import Painted
from photoshoot.placers.diffusion.painting.compositing import to_linear
from photoshoot.placers.diffusion.painting.network_prompts import describe_shot
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.diffusion.relighting import PLAN, Relighter, ToLight, fill_under, find_window
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ProductLayer, Shot, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.checkpoints import build_text_encoders, build_tokenizers, write_model
from tests.placers.diffusion.loaded import CPU, check_same, load
from tests.placers.diffusion.paintings import randn
from tests.placers.diffusion.relight_checkpoints import SEED, build_offsets, build_reference, write_relight
from tests.placers.diffusion.test_denoise_as_diffusers import SCHEDULER_KINDS
from tests.placers.diffusion.test_placer import shrink
from tests.placers.diffusion.tiny_networks import build_vae

QUICK = DiffusionSettings(num_inference_steps=2, refine_steps=2, init="noise", batch_size=2)
FREE = Bounds(delta_e=60, hue_deg=180)
SHORT = dataclasses.replace(PLAN, num_inference_steps=4)
pytestmark = pytest.mark.swept("folder")


@pytest.fixture(scope="module")
def relight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_relight(tmp_path_factory.mktemp("relight") / "plain")


@pytest.fixture(scope="module", params=[Family.SD15, Family.SDXL])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of either family with an IC-Light, which is of the first, beside it."""
    folder = write_model(tmp_path_factory.mktemp("lit") / request.param, request.param)
    write_relight(folder / "relight")
    return folder


@pytest.fixture(scope="module")
def plan(bottle: Product) -> list[ShotRequest]:
    prompts = [Prompt.custom("on sand at dusk", negative="fog"), Prompt.custom("on a slab before a window")]
    request = Request(product=bottle, prompts=prompts, seed=5, light_on_product=1.0)
    return [shrink(item) for item in plan_shots(resolve_request(request, bottle), PresetRegistry.load())]


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relighting, "PLAN", SHORT)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")
def test_it_is_diffusers_pipeline_with_a_wider_unet(
    relight: Path, plan: list[ShotRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = [
        dataclasses.replace(request, scene=dataclasses.replace(request.scene, text=text, negative_text=negative))
        for request, text, negative in zip(plan, ("on sand", "in snow"), ("fog", ""), strict=True)
    ]  # so short that the pipeline cuts nothing off
    front, back, noise = (randn(2, 4, 8, 8, seed=seed) for seed in (1, 2, 20))
    monkeypatch.setattr(relighting, "make_noise", lambda *_: noise)
    parts = load_relighter(relight, relight / RELIGHT_FILE, torch.float32)
    ours = Relighter(parts, CPU, FREE).paint(plan, front, back, lambda *_: None)
    plain = run_plain(plan, front, back, noise)
    other = run_plain(plan, front, front, noise)
    assert (plain - other).abs().max() > 0.01, "the scene changes the picture"
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()


def run_plain(plan: list[ShotRequest], front: Tensor, back: Tensor, noise: Tensor) -> Tensor:
    """What diffusers makes of it, as IC-Light's authors have it: its UNet is called with more channels."""
    unet, shown = build_reference(), torch.cat([front, back], 1).repeat(2, 1, 1, 1)
    forward = unet.forward
    unet.forward = lambda sample, *inputs, **more: forward(torch.cat([sample, shown], 1), *inputs, **more)
    unet.config["in_channels"] = 4
    pipeline: Any = StableDiffusionPipeline(
        vae=build_vae(seed=SEED + 1),
        text_encoder=build_text_encoders(Family.SD15, SEED + 2)[0],
        tokenizer=build_tokenizers()[0],
        unet=unet,
        scheduler=SCHEDULER_KINDS["dpmpp_2m_karras"](),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    latents: Tensor = pipeline(
        prompt=[describe_shot(request) for request in plan],
        negative_prompt=[request.scene.negative_text for request in plan],
        latents=noise.clone(),
        height=64,
        width=64,
        num_inference_steps=SHORT.num_inference_steps,
        guidance_scale=SHORT.guidance_scale,
        output_type="latent",
    ).images
    return latents


def test_the_file_is_added_to_a_plain_unet_and_to_no_other(relight: Path, tmp_path: Path) -> None:
    parts = load_relighter(relight, relight / RELIGHT_FILE, torch.float32)
    check_same(parts.unet, build_reference())
    offsets = build_offsets()
    narrow = {**offsets, "conv_in.weight": offsets["conv_in.weight"][:, :8].clone()}
    del offsets["conv_out.bias"]
    for wrong, told in ((narrow, r"fbc.*\(32, 8, 3, 3\), not \(32, 12, 3, 3\)"), (offsets, "such as conv_out.bias")):
        save_file(wrong, tmp_path / "wrong.safetensors")
        with pytest.raises(WeightsError, match=told):
            load_relighter(relight, tmp_path / "wrong.safetensors", torch.float32)
    painter = write_model(tmp_path / "painter", Family.SD15)
    with pytest.raises(WeightsError, match="not a plain UNet: it takes 9 channels"):
        load_relighter(painter, relight / RELIGHT_FILE, torch.float32)


def test_it_is_loaded_where_it_is_wanted(folder: Path, model_folders: dict[Family, Path]) -> None:
    sources = find_profile(folder).sources
    models = load(sources)
    assert models.relighter is not None
    assert models.relighter.family is Family.SD15
    assert models.sizes.relighter is not None
    assert f"{RELIGHT_FILE}" in models.identity
    assert load(sources, relighter="none").relighter is None
    with pytest.raises(WeightsMissingError, match="IC-Light's weights"):
        load(find_profile(model_folders[Family.SD15]).sources, relighter="iclight")
    with pytest.raises(WeightsMissingError, match="weights pull iclight-sd15-fbc"):
        Photoshoot.from_pretrained(
            model_folders[Family.SD15], device="cpu", diffusion=dataclasses.replace(QUICK, relighter="iclight")
        )


@pytest.fixture(scope="module")
def lit(folder: Path, plan: list[ShotRequest]) -> Iterator[tuple[DiffusionPlacer, list[Shot]]]:
    with (
        pytest.MonkeyPatch.context() as patch,
        Photoshoot.from_pretrained(folder, device="cpu", diffusion=QUICK) as photoshoot,
    ):
        patch.setattr(relighting, "PLAN", SHORT)
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        yield photoshoot.placer, photoshoot.placer.place(plan)


def test_the_product_s_pixels_are_its_own_times_a_light_within_the_bounds(
    lit: tuple[DiffusionPlacer, list[Shot]], plan: list[ShotRequest]
) -> None:
    placer, shots = lit
    for request, shot in zip(plan, shots, strict=True):
        core = request.layer.alpha_matte >= CORE_ALPHA
        assert shot.product_light is not None
        expected = light_product(request.layer, shot.product_light)
        np.testing.assert_array_equal(shot.image[core], expected.rgb[core])
        moved = delta_e(rgb_to_lab(request.layer.rgb[core]), rgb_to_lab(shot.image[core]))
        assert 0.5 < np.percentile(moved, 95) <= placer.settings.light_delta_e + 0.5
        assert max(shot.product_light.levels.shape) <= 48
        assert shot.provenance.settings["relighter"] == "iclight"
        assert any(name.endswith(RELIGHT_FILE) for name in shot.provenance.versions)


def test_alone_as_in_a_batch_and_exact_where_no_light_is_asked_for(
    lit: tuple[DiffusionPlacer, list[Shot]], plan: list[ShotRequest]
) -> None:
    placer, shots = lit
    recipe = plan[0].recipe
    assert recipe is not None
    bare = dataclasses.replace(plan[0], recipe=dataclasses.replace(recipe, light_on_product=0.0))
    exact, alone = placer.place([bare, plan[1]])
    assert alone.product_light is not None
    assert shots[1].product_light is not None
    assert np.abs(alone.product_light.stops - shots[1].product_light.stops).max() < 0.03
    assert np.abs(alone.image.astype(int) - shots[1].image).max() <= 2
    assert exact.product_light is None
    core = bare.layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(exact.image[core], bare.layer.rgb[core])
    outside = bare.layer.alpha_matte == 0
    assert np.abs(exact.image[outside].astype(int) - shots[0].image[outside]).max() <= 1, "the scene is the same"


def test_more_strength_is_more_light_and_the_gate_holds_the_product_to_it(folder: Path, bottle: Product) -> None:
    settings = dataclasses.replace(QUICK, light_delta_e=60.0, light_hue_deg=180.0)
    spans = []
    with Photoshoot.from_pretrained(folder, device="cpu", diffusion=settings) as photoshoot:
        for strength in (0.4, 1.0):
            (shot,) = photoshoot.generate(
                bottle,
                prompts="on sand at dusk",
                render_kind=RenderKind.MEDIUM_BANNER,
                seed=4,
                light_on_product=strength,
                max_redraws=0,
            )
            assert shot.product_light is not None
            assert shot.quality is not None
            assert not {"fidelity", "fidelity_relit"} & {*shot.quality.failed, *shot.quality.warnings}
            assert shot.quality.value("fidelity_relit") is not None
            spans.append(np.ptp(shot.product_light.stops))
    assert spans[0] < spans[1]


def test_without_it_light_is_refused_and_says_what_gives_it(
    model_folders: dict[Family, Path], plan: list[ShotRequest]
) -> None:
    plain = model_folders[Family.SD15]
    with (
        Photoshoot.from_pretrained(plain, device="cpu", diffusion=QUICK) as photoshoot,
        pytest.raises(SettingsError, match="sd15-relight"),
    ):
        photoshoot.placer.place(plan)


def test_holes_are_filled_from_around() -> None:
    columns = torch.linspace(-1, 1, 32).expand(1, 3, 32, 32)
    known = torch.ones(1, 1, 32, 32)
    known[..., 8:24, 12:20] = 0
    filled = fill_under(torch.where(known > 0, columns, 9), known)
    assert torch.equal(filled[..., :8, :], columns[..., :8, :])
    assert (filled - columns).abs().max() < 0.35
    assert torch.isfinite(fill_under(columns, torch.zeros_like(known))).all()


def test_the_window_holds_the_product_wherever_it_stands() -> None:
    alpha = np.zeros((60, 200), np.float32)
    alpha[20:, 150:190] = 1
    window = find_window(ProductLayer(rgb=np.zeros((60, 200, 3), np.uint8), alpha_matte=alpha))
    assert window.width == window.height == 52
    assert window.left <= 150
    assert window.right >= 190
    assert window.bottom >= 60


def test_light_is_what_the_network_changed_smoothly_and_nothing_else() -> None:
    own = randn(1, 3, 64, 64, seed=3).clamp(-1, 1) * 0.4
    matte = torch.ones(1, 1, 64, 64)
    same, share = relighting._to_cells(own, own, matte)
    assert torch.allclose(same, torch.ones_like(same), atol=1e-5)
    assert (share == 1).all()
    dusk = torch.linspace(0.5, 1, 64)[None, None, None]
    linear = to_linear((own + 1) * 127.5) * dusk
    relit = torch.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055) * 2 - 1
    ratio, _ = relighting._to_cells(relit, own, matte)
    middle = ratio[0, 0, 10:-10].mean(0)
    assert torch.allclose(middle[8:-8], torch.linspace(0.5, 1, 48)[8:-8], atol=0.06)
    scrambled, _ = relighting._to_cells(own.roll(1, -1), own, matte)
    assert (scrambled[..., 8:-8, 8:-8] - 1).abs().max() < 0.12, "texture that moves is no light"


def test_a_picture_that_overflows_fails_alone(
    relight: Path, plan: list[ShotRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = load_relighter(relight, relight / RELIGHT_FILE, torch.float32)
    relighter = Relighter(parts, CPU, FREE)
    good = relighter.paint

    def break_first(*inputs: Any) -> Tensor:
        latents = good(*inputs)
        latents[0] = torch.nan
        return latents

    monkeypatch.setattr(relighter, "paint", break_first)
    scenes = [np.full_like(request.layer.rgb, 90) for request in plan]
    items = [
        ToLight(request=request, painted=Painted(image=scene, in_tiles=False, scene=scene))
        for request, scene in zip(plan, scenes, strict=True)
    ]
    broken, fine = relighter.light(items, lambda *_: None)
    assert isinstance(broken.image, DeviceError)
    assert "relighting pass" in str(broken.image)
    assert fine.light is not None
