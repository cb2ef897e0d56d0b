"""Which networks stay on a card, by what is free there."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

import numpy as np
import pytest

from photoshoot import Photoshoot, Product, Prompt, RenderKind, Request
from photoshoot.placers.diffusion.memory_ladder import choose_rung
from photoshoot.placers.diffusion.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.model_parts import Family
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import resolve_request
from tests.placers.diffusion.fake_card import fake_card, is_fake
from tests.placers.diffusion.test_fake_card import few_steps, models_of
from tests.placers.diffusion.test_placer import write_styled

SMALL = RenderKind.MEDIUM_BANNER
WEIGHTS = {
    Family.SD15: ((859_535_364 + 83_653_863) * 2, [123_060_480 * 2, 632_076_800 * 2]),
    Family.SDXL: ((2_567_478_084 + 83_653_863) * 2, [123_060_480 * 2, 694_659_840 * 2, 632_076_800 * 2]),
}
"""Published networks in half precision: UNet and autoencoder; text encoders and the style adapter's image encoder."""
TAKEN_GB = 0.8  # of a card, by its driver and a desktop
ENCODERS_LEAVE = {Family.SD15: [6], Family.SDXL: [6, 8, 12]}


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("card_gb", [6, 8, 12, 16, 24, 80])
def test_encoders_leave_small_cards(family: Family, card_gb: int, caplog: pytest.LogCaptureFixture) -> None:
    needs, (painters, encoders) = MemoryNeeds(family=family, unet_bytes=2, vae_bytes=2), WEIGHTS[family]
    with caplog.at_level(logging.INFO, "photoshoot"):
        rung = choose_rung("auto", needs, painters, encoders, int((card_gb - TAKEN_GB) * 1e9))
    assert rung == ("encoder_offload" if card_gb in ENCODERS_LEAVE[family] else "resident")
    assert rung in caplog.text


def test_a_rung_that_is_asked_for_is_taken_and_without_a_figure_all_stay() -> None:
    needs = MemoryNeeds(family=Family.SD15, unet_bytes=2, vae_bytes=2)
    assert choose_rung("encoder_offload", needs, 0, [], 10**12) == "encoder_offload"
    assert choose_rung("auto", needs, 0, [], None) == "resident"


@pytest.fixture(scope="module")
def shot(bottle: Product) -> ShotRequest:
    request = Request(product=bottle, prompts=[Prompt.preset("white_background")], seed=5, render_kind=SMALL)
    return plan_shots(resolve_request(request, bottle), PresetRegistry.load())[0]


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_styled(tmp_path_factory.mktemp("styled") / "sdxl", Family.SDXL)


@pytest.mark.parametrize(("free_bytes", "stays"), [(70 * 2**30, True), (2**20, False)])
def test_encoders_come_to_a_card_for_the_time_that_they_work(
    styled: Path, shot: ShotRequest, free_bytes: int, *, stays: bool
) -> None:
    asked = {"device": "cuda", "diffusion": few_steps("sdxl")}
    with fake_card(free_bytes) as card, Photoshoot.from_pretrained(styled, **asked) as photoshoot:  # type: ignore[arg-type]
        models = models_of(photoshoot, card)
        assert models.adapter is not None
        encoders = [*models.text_encoders, models.adapter.image_encoder]
        worked: list[bool] = []
        for encoder in encoders:
            encoder.register_forward_pre_hook(lambda network, _: worked.append(is_fake(network)))
        assert [is_fake(encoder) for encoder in encoders] == [stays] * 3
        (made,) = photoshoot.placer.place([shot])
        assert [is_fake(encoder) for encoder in encoders] == [stays] * 3
        assert all(is_fake(network) for network in (models.unet, models.vae, models.adapter.projection))
    assert len(worked) >= 3
    assert all(worked), "they work on the card"
    assert card.faults == []
    assert made.provenance.settings["memory"] == ("resident" if stays else "encoder_offload")


def test_pictures_are_the_same_on_both_rungs(styled: Path, shot: ShotRequest) -> None:
    """On the CPU, whose memory is the host's: the way there and back is the card's test."""
    images = []
    for memory in ("resident", "encoder_offload"):
        settings = dataclasses.replace(few_steps("sdxl"), memory=memory)
        with Photoshoot.from_pretrained(styled, device="cpu", diffusion=settings) as photoshoot:
            images.append(photoshoot.placer.place([shot])[0].image)
    np.testing.assert_array_equal(images[0], images[1])
