"""The whole placer on a card that is not there, with networks of the published sizes."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from photoshoot import Photoshoot, Product, Prompt, Request
from photoshoot.placers.diffusion import relighting
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import Recipe, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.fake_card import CARD, Card, fake_card, is_fake
from tests.placers.diffusion.published import (
    write_narrow_relight,
    write_published,
    write_published_klein,
)

LONG = Prompt.custom("in the snow, " + "with a great many pine trees, and lights between them, " * 12)
PROMPTS = [Prompt.preset("white_background"), Prompt.custom("on a marble slab"), LONG]


@pytest.fixture(scope="module")
def landscape(bottle: Product) -> list[ShotRequest]:
    request = Request(product=bottle, prompts=PROMPTS, seed=5)
    return plan_shots(resolve_request(request, bottle), PresetRegistry.load())


@pytest.fixture(scope="module", params=UNET_FAMILIES)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stable Diffusion XL with the autoencoder that it came with, which is for single precision."""
    family: Family = request.param
    return write_published(tmp_path_factory.mktemp("published") / family, family, force_upcast=family is Family.SDXL)


def few_steps(profile: str) -> DiffusionSettings:
    """A profile's settings with as few steps as show all that they do: with guidance and without, and a second pass."""
    return dataclasses.replace(
        SETTINGS[profile],
        init="noise",
        num_inference_steps=2,
        guidance_interval=(0.5, 1.0),
        refine_steps=1,
        refine_strength=1,
    )


def models_of(photoshoot: Photoshoot, card: Card) -> Models:
    """The networks, whose calls the card notes from now on."""
    assert isinstance(photoshoot.placer, DiffusionPlacer)
    models = photoshoot.placer._models
    assert models is not None
    card.watch(models.unet, "unet")
    if models.outer is not None:
        card.watch(models.outer, "unet")
    card.watch(models.vae.encoder, "vae")
    card.watch(models.vae.decoder, "vae")
    return models


@pytest.mark.swept("published")
def test_every_profile_paints_on_a_card_and_no_step_waits_for_it(published: Path, landscape: list[ShotRequest]) -> None:
    family = Family(published.name)
    with fake_card() as card, Photoshoot.from_pretrained(published, device="cuda") as photoshoot:
        models = models_of(photoshoot, card)
        assert models.adapter is not None
        assert models.control is not None, "it lies beside the other parts"
        networks = (models.unet, models.control, models.vae, *models.text_encoders, models.adapter.image_encoder)
        assert all(is_fake(network) for network in (*networks, models.adapter.projection))
        assert models.unet.dtype is torch.float16
        assert models.vae.dtype is (torch.float32 if family is Family.SDXL else torch.float16)
        whole, fast = few_steps(family.value), few_steps(f"{family.value}-fast")
        fast = dataclasses.replace(fast, guidance_interval=(0.0, 1.0), cache_interval=2)
        for settings, held in ((whole, True), (fast, False)):
            used = models if held else dataclasses.replace(models, control=None)
            placer = DiffusionPlacer(used, settings, starter=None, segmenter=photoshoot.segmenter)
            shots = placer.place(landscape, lambda *_: card.log.append("step"))
            assert [shot.image.shape for shot in shots] == [(628, 1674, 3)] * 3
    assert card.faults == []
    assert card.log.count("step") == (4 if family is Family.SDXL else 6)
    assert card.waits_in_steps == []
    assert not {"wait for nonzero", "wait for index", "wait for index_put_"} & {*card.log}, "pixels are never picked"
    assert {style for style, _ in card.attention} >= {"torch.float16"}


def test_a_flow_paints_on_a_card_and_no_step_waits_for_it(tmp_path: Path, landscape: list[ShotRequest]) -> None:
    settings = dataclasses.replace(SETTINGS["flux2-klein"], init="noise", num_inference_steps=2)
    folder = write_published_klein(tmp_path / "klein")
    with fake_card() as card, Photoshoot.from_pretrained(folder, device="cuda", diffusion=settings) as photoshoot:
        models = models_of(photoshoot, card)
        assert all(is_fake(network) for network in (models.unet, models.vae, *models.text_encoders))
        assert models.unet.dtype is torch.bfloat16
        shots = photoshoot.placer.place(landscape[:2], lambda *_: card.log.append("step"))
        assert [shot.image.shape for shot in shots] == [(628, 1674, 3)] * 2
    assert card.faults == []
    assert card.log.count("step") == 2
    assert card.waits_in_steps == []


@pytest.mark.exhaustive(
    "tests/placers/diffusion/test_relighting.py::test_alone_as_in_a_batch_and_exact_where_no_light_is_asked_for",
    "tests/placers/diffusion/test_fake_card.py::test_a_flow_paints_on_a_card_and_no_step_waits_for_it",
)
def test_products_are_lit_on_a_card_and_no_step_waits_for_it(
    tmp_path: Path,
    model_folders: dict[Family, Path],
    landscape: list[ShotRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relighting, "PLAN", dataclasses.replace(relighting.PLAN, num_inference_steps=2))
    shutil.copytree(model_folders[Family.SD15], tmp_path / "model")
    write_narrow_relight(tmp_path / "model" / "relight")
    settings = dataclasses.replace(few_steps("sd15"), memory="model_offload")
    asked = [dataclasses.replace(one, recipe=with_light(one, 1.0)) for one in landscape[:1]]
    with fake_card() as card, Photoshoot.from_pretrained(tmp_path / "model", device="cuda", diffusion=settings) as p:
        lighter = models_of(p, card).relighter
        assert lighter is not None
        assert not any(is_fake(one) for one in (lighter.unet, lighter.vae, *lighter.text_encoders))
        assert lighter.unet.dtype is torch.float16
        card.log.clear()
        card.watch(lighter.unet, "unet")
        card.watch(lighter.vae.decoder, "vae")
        shots = p.placer.place(asked, lambda *_: card.log.append("step"))
        assert all(shot.product_light is not None for shot in shots)
    assert card.faults == []
    assert card.log.count("step") == 5, "of two passes, and of the light"
    assert card.waits_in_steps == []


def with_light(request: ShotRequest, strength: float) -> Recipe | None:
    """What was asked for, with so much of the scene's light on the product."""
    return None if request.recipe is None else dataclasses.replace(request.recipe, light_on_product=strength)


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_model_lies_whole_on_the_card_in_half_precision(model_folders: dict[Family, Path], family: Family) -> None:
    with fake_card() as card, Photoshoot.from_pretrained(model_folders[family], device="auto") as photoshoot:
        models = models_of(photoshoot, card)
        assert models.device == CARD
        assert photoshoot.placer.batch_size == 16
        assert all(is_fake(network) for network in (models.unet, models.vae, *models.text_encoders))
        assert models.dtype is torch.float16
    assert card.faults == []


def read_a_number(_: nn.Module, __: object, output: tuple[torch.Tensor]) -> None:
    assert float(output[0].sum()) > 0


def use_the_host(_: nn.Module, __: object, output: tuple[torch.Tensor]) -> None:
    output[0].add_(torch.ones(output[0].shape[-1]))


def mix_formats(_: nn.Module, __: object, output: tuple[torch.Tensor]) -> None:
    torch.nn.functional.conv2d(output[0], torch.ones(4, 4, 1, 1, device=CARD))


@pytest.mark.swept("told")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (read_a_number, "wait for a number"),
        (use_the_host, "tensors on ['cpu', 'cuda']"),
        (mix_formats, "tensors in ['torch.float16', 'torch.float32']"),
    ],
)
def test_what_a_card_would_not_bear_is_found(
    model_folders: dict[Family, Path],
    landscape: list[ShotRequest],
    fault: Callable[[nn.Module, object, tuple[torch.Tensor]], None],
    told: str,
) -> None:
    settings = few_steps("sdxl")
    folder = model_folders[Family.SDXL]
    with fake_card() as card, Photoshoot.from_pretrained(folder, device="cuda", diffusion=settings) as photoshoot:
        models_of(photoshoot, card).unet.register_forward_hook(fault)
        try:
            photoshoot.placer.place(landscape[:1], lambda *_: card.log.append("step"))
        except RuntimeError as error:
            card.faults.append(str(error))
    assert any(told in entry for entry in (*card.faults, *card.waits_in_steps))


def test_a_card_leaves_no_trace() -> None:
    with fake_card():
        pass
    assert torch.tensor([torch.tensor(7)]).tolist() == [7], "a number is no sequence, after as before"
