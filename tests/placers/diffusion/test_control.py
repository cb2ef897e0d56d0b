"""A ControlNet holds the painting: its numbers are diffusers' own, its weight is each row's own, and nought is none."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import (
    ControlNetModel,
    StableDiffusionControlNetInpaintPipeline,
    StableDiffusionXLControlNetInpaintPipeline,
)
from torch import Tensor, nn

from photoshoot import Photoshoot, Product, Prompt, Request, SettingsError, WeightsError, WeightsMissingError
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.diffusion.canvas.latent_grid import Grid
from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.models.control import ControlledUNet, draw_product
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.placers.diffusion.painting.candidates import Painted, paint_best
from photoshoot.placers.diffusion.painting.denoise import Painting, denoise
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from tests.measures import FLOAT32_NETWORK
from tests.placers.diffusion.checkpoints import write_model, write_network
from tests.placers.diffusion.loaded import check_same, load
from tests.placers.diffusion.paintings import COLUMNS, FULL, ROWS, SAMPLER, SHOTS, ignore, make_painting, paint, randn
from tests.placers.diffusion.test_denoise_as_diffusers import SCHEDULER_KINDS, with_torch_noise
from tests.placers.diffusion.test_placer import shrink
from tests.placers.diffusion.tiny_networks import build_control, build_unet, build_vae

IMAGE = randn(SHOTS, 3, 8 * ROWS, 8 * COLUMNS, seed=9).clamp(-1, 1)
QUICK = DiffusionSettings(num_inference_steps=3, refine_steps=4, init="noise", batch_size=2)


def paint_controlled(
    painting: Painting, network: ControlNetModel, scales: Sequence[float], family: Family = Family.SD15
) -> Tensor:
    unet = build_unet(family)
    attention = install_attention(unet)
    attention.join(install_attention(network))
    held = ControlledUNet(unet, network, IMAGE[: len(scales)], scales)
    return denoise(held, attention, painting, SAMPLER, FULL, ignore)


class _SeesAll(nn.Module):
    """A ControlNet with 9 channels in a pipeline that would give it 4: the published one's way of calling it."""

    def __init__(self, network: ControlNetModel, painting: Painting) -> None:
        super().__init__()
        self._network = network
        self._rest = torch.cat([painting.repaint, painting.masked], 1).repeat(2, 1, 1, 1)

    def forward(self, sample: Tensor, *inputs: Any, **keywords: Any) -> Any:
        return self._network(torch.cat([sample, self._rest[: len(sample)]], 1), *inputs, **keywords)


class _MaskedLatents:
    """Gives a pipeline the masked latents that it has no argument for: all that it encodes with noise to start from."""

    painting: Painting

    def _encode_vae_image(self, *_: object, **__: object) -> Tensor:
        return self.painting.masked


class _Plain(_MaskedLatents, StableDiffusionControlNetInpaintPipeline):  # type: ignore[misc]
    pass


class _PlainXl(_MaskedLatents, StableDiffusionXLControlNetInpaintPipeline):  # type: ignore[misc]
    pass


def run_plain(
    pipeline: Any, painting: Painting, scale: float, generators: list[torch.Generator], **more: Any
) -> Tensor:
    """What diffusers makes of a painting and ``IMAGE``."""
    text = painting.conditioning.text
    pipeline.painting = painting
    pipeline.set_progress_bar_config(disable=True)
    latents: Tensor = pipeline(
        prompt_embeds=text[:SHOTS],
        negative_prompt_embeds=text[SHOTS:],
        image=torch.zeros(SHOTS, 3, ROWS * 8, COLUMNS * 8),
        mask_image=painting.repaint.repeat_interleave(8, 2).repeat_interleave(8, 3),
        control_image=IMAGE,
        controlnet_conditioning_scale=scale,
        height=ROWS * 8,
        width=COLUMNS * 8,
        num_inference_steps=FULL.num_inference_steps,
        strength=1.0,
        guidance_scale=FULL.guidance_scale,
        generator=generators,
        output_type="latent",
        **more,
    ).images
    return latents


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")
@pytest.mark.parametrize(("in_channels", "scale"), [(4, 1.0), (4, 0.6), (9, 1.0)])
def test_it_is_the_controlnet_inpaint_pipeline_of_diffusers(in_channels: int, scale: float) -> None:
    painting, generators = with_torch_noise(make_painting())
    network = build_control(in_channels=in_channels)
    given = network
    if in_channels == 9:
        given = build_control()
        given.forward = _SeesAll(network, painting).forward
    pipeline = _Plain(
        vae=build_vae(),
        text_encoder=None,
        tokenizer=None,
        unet=build_unet(),
        controlnet=given,
        scheduler=SCHEDULER_KINDS["dpmpp_2m_karras"](),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    plain = run_plain(pipeline, painting, scale, generators)
    ours = paint_controlled(painting, build_control(in_channels=in_channels), [scale] * SHOTS)
    assert (plain - paint(painting)).abs().max() > 0.05, "the control changes the picture"
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")
def test_it_is_the_sdxl_controlnet_inpaint_pipeline_of_diffusers() -> None:
    painting, generators = with_torch_noise(make_painting(family=Family.SDXL))
    pipeline = _PlainXl(
        vae=build_vae(Family.SDXL),
        text_encoder=None,
        text_encoder_2=None,
        tokenizer=None,
        tokenizer_2=None,
        unet=build_unet(Family.SDXL),
        controlnet=build_control(Family.SDXL),
        scheduler=SCHEDULER_KINDS["dpmpp_2m_karras"](),
        add_watermarker=False,
    )
    pooled = painting.conditioning.added["text_embeds"]
    both = {"pooled_prompt_embeds": pooled[:SHOTS], "negative_pooled_prompt_embeds": pooled[SHOTS:]}
    plain = run_plain(pipeline, painting, 0.8, generators, **both)
    ours = paint_controlled(painting, build_control(Family.SDXL), [0.8] * SHOTS, Family.SDXL)
    assert (plain - paint(painting, unet=build_unet(Family.SDXL))).abs().max() > 0.05, "the control changes the picture"
    assert torch.allclose(ours, plain, atol=1e-4), (ours - plain).abs().max()


def test_weight_nought_is_no_control_to_the_bit_and_each_row_has_its_own() -> None:
    painting = make_painting()
    network = build_control()
    without = paint(painting)
    assert torch.equal(paint_controlled(painting, network, [0.0] * SHOTS), without)
    mixed = paint_controlled(painting, build_control(), [0.0, 0.9])
    assert torch.equal(mixed[0], without[0])
    whole = paint_controlled(painting, build_control(), [0.9, 0.9])
    assert torch.allclose(mixed[1], whole[1], atol=FLOAT32_NETWORK)
    network.controlnet_mid_block.weight.fill_(torch.inf)
    assert torch.equal(paint_controlled(painting, network, [0.0] * SHOTS), without), "nor where it overflows"


def test_what_a_product_s_control_is_shown() -> None:
    grid = Grid(16, 8)
    alpha = torch.zeros(1, 8, 16)
    alpha[..., 4:] = 1
    pictures = torch.full((1, 3, 8, 16), 0.5)
    outline = draw_product(pictures, alpha, grid, build_control(in_channels=9))
    assert outline.shape == (1, 3, 8, 16)
    assert torch.equal(outline, (1 - alpha)[:, None].expand(-1, 3, -1, -1))
    shown = draw_product(pictures, alpha, grid, build_control())
    assert (shown[..., :4] == -1).all()
    assert (shown[..., 4:] == 0.75).all()
    half = draw_product(
        pictures.repeat_interleave(2, 2).repeat_interleave(2, 3), alpha.repeat(1, 2, 2), grid, build_control()
    )
    assert half.shape == shown.shape


@pytest.fixture(scope="module", params=[(Family.SD15, 4), (Family.SD15, 9), (Family.SDXL, 4)], ids=str)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with a ControlNet, as the hub has them."""
    family, channels = request.param
    folder = write_model(tmp_path_factory.mktemp("held") / "model", family)
    write_network(folder / "controlnet", build_control(family, in_channels=channels))
    return folder


@pytest.fixture(scope="module")
def plan(bottle: Product) -> list[ShotRequest]:
    request = Request(product=bottle, prompts=[Prompt.custom("on sand"), Prompt.custom("on a slab")], seed=5)
    return [shrink(item) for item in plan_shots(resolve_request(request, bottle), PresetRegistry.load())]


@pytest.mark.swept("held")
def test_a_held_painting_goes_through_the_public_interface(held: Path, plan: list[ShotRequest]) -> None:
    with Photoshoot.from_pretrained(held, device="cpu", diffusion=QUICK) as photoshoot:
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        shots = photoshoot.placer.place(plan)
        alone = photoshoot.placer.place(plan[1:])
        models = photoshoot.placer._models
        assert models is not None
        free = dataclasses.replace(models, control=None)
        unheld = DiffusionPlacer(free, QUICK, starter=None, segmenter=photoshoot.segmenter).place(plan[:1])
    for request, shot in zip(plan, shots, strict=True):
        core = request.layer.alpha_matte >= CORE_ALPHA
        np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
        assert shot.provenance.settings["control"] == "product"
        assert shot.provenance.settings["control_scale"] == 1.0
    assert np.abs(shots[1].image.astype(int) - alone[0].image).max() <= 1, "alone as in a batch"
    assert np.abs(shots[0].image.astype(int) - unheld[0].image).max() > 8, "it is held"


@pytest.mark.swept("held")
def test_a_folder_s_control_is_loaded_where_it_is_wanted(held: Path, tmp_path: Path) -> None:
    sources = find_profile(held).sources
    assert sources.control == held / "controlnet"
    models = load(sources)
    family = models.family
    assert models.control is not None
    check_same(models.control, build_control(family, in_channels=models.control.config.in_channels))
    assert models.sizes.unet > load(sources, control="none").sizes.unet
    assert load(sources, control="none").control is None
    with pytest.raises(WeightsMissingError, match="control='product' needs a ControlNet"):
        load(dataclasses.replace(sources, control=None), control="product")
    other = Family.SDXL if family is Family.SD15 else Family.SD15
    wrong = write_network(tmp_path / "other", build_control(other))
    with pytest.raises(WeightsError, match="for another UNet: its cross_attention_dim"):
        load(dataclasses.replace(sources, control=wrong))
    for name, value, told in (("in_channels", 5, "5 channels"), ("conditioning_channels", 1, "reads pictures")):
        config = json.loads((held / "controlnet" / "config.json").read_text())
        (wrong / "config.json").write_text(json.dumps({**config, name: value}))
        with pytest.raises(WeightsError, match=told):
            load(dataclasses.replace(sources, control=wrong))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("control_scales", {"control_scales": ()}),
        ("control_scales", {"control_scales": (1.0, 2.5)}),
        *(("init", {"control": kind, "init": "noise"}) for kind in ("depth", "normals", "edges")),
        ("cache_interval", {"control": "product", "cache_interval": 2}),
    ],
)
def test_what_does_not_go_together_is_refused(name: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=name):
        DiffusionSettings(**wrong)


class _Sees:
    """Finds a product as much larger as a picture is bright."""

    name = "sees"


def test_what_grew_is_painted_again_under_more_control(
    plan: list[ShotRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    growth = {0: {0.5: 0.1, 1.0: 0.0}, 1: {0.5: 0.9, 1.0: 0.5, 1.5: 0.7}}
    asked = list[tuple[int, float]]()
    seeds = [request.seed for request in plan]

    def paint_(requests: Sequence[ShotRequest], scale: float) -> list[Painted]:
        places = [seeds.index(request.seed) for request in requests]
        asked.extend((place, scale) for place in places)
        images = [np.full((1, 1, 3), 100 * growth[place][scale], np.uint8) for place in places]
        return [Painted(image=image, in_tiles=False, control_scale=scale) for image in images]

    def measure(image: np.ndarray, *_: object) -> Any:
        return type("Expansion", (), {"share": image.max() / 100})()

    monkeypatch.setattr("photoshoot.placers.diffusion.painting.candidates.measure_expansion", measure)
    kept = paint_best(plan, 1, (0.5, 1.0, 1.5), _Sees(), paint_)  # type: ignore[arg-type]
    assert asked == [(0, 0.5), (1, 0.5), (1, 1.0), (1, 1.5)]
    assert [one.control_scale for one in kept] == [0.5, 1.0]
    asked.clear()
    paint_best(plan, 1, (0.5,), _Sees(), paint_)  # type: ignore[arg-type]
    assert asked == [(0, 0.5), (1, 0.5)]
