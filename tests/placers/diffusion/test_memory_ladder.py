"""Which networks stay on a card, by what is free there."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

import numpy as np
import pytest
from torch import nn

from photoshoot import Photoshoot, Product, Prompt, RenderKind, Request
from photoshoot.errors import SettingsError
from photoshoot.placers.diffusion.memory.memory_ladder import PUBLISHED, RUNGS, choose_rung, half_needs, peak_of
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.fake_card import fake_card, is_fake
from tests.placers.diffusion.published import SIZES
from tests.placers.diffusion.test_fake_card import few_steps, models_of
from tests.placers.diffusion.test_placer import write_styled

SMALL = RenderKind.MEDIUM_BANNER
TAKEN_GB = 0.8  # of a card, by its driver and a desktop
CARDS = {
    Family.SD15: {4: "model_offload", 6: "encoder_offload", 8: "resident", 80: "resident"},
    Family.SDXL: {
        4: "sequential_offload",
        6: "sequential_offload",
        8: "model_offload",
        12: "encoder_offload",
        16: "resident",
        80: "resident",
    },
    Family.FLUX2: {12: "model_offload", 16: "model_offload", 24: "resident", 80: "resident"},
}
"""GB of a card → what stays on it."""


def test_the_table_holds_what_the_published_networks_have() -> None:
    for family, sizes in SIZES.items():
        halves = {name: 2 * count for name, count in sizes.parameters.items()}
        unet, vae = halves.pop("unet"), halves.pop("vae")
        del halves["controlnet"]
        found = PUBLISHED[family]
        assert (found.vae, sorted(found.encoders)) == (vae, sorted(halves.values()))
        assert unet < found.unet < 1.03 * unet, "with the adapter's layers"


@pytest.mark.parametrize(
    ("family", "card_gb", "expected"), [(family, *card) for family in Family for card in CARDS[family].items()]
)
def test_networks_leave_small_cards(
    family: Family, card_gb: int, expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "photoshoot"):
        rung = choose_rung("auto", half_needs(family), PUBLISHED[family], int((card_gb - TAKEN_GB) * 1e9))
    assert rung == expected
    assert rung in caplog.text


def test_each_rung_takes_less_than_the_one_before() -> None:
    for family in Family:
        peaks = [peak_of(rung, half_needs(family), PUBLISHED[family]) for rung in RUNGS]
        assert peaks == sorted(peaks, reverse=True)
        assert len(set(peaks)) == len(RUNGS)


def test_a_rung_that_is_asked_for_is_taken_and_without_a_figure_all_stay(caplog: pytest.LogCaptureFixture) -> None:
    needs, sizes = half_needs(Family.SD15), PUBLISHED[Family.SD15]
    assert choose_rung("model_offload", needs, sizes, 10**12) == "model_offload"
    assert choose_rung("auto", needs, sizes, None) == "resident"
    assert choose_rung("auto", needs, sizes, 10**9, RUNGS[:2]) == "encoder_offload"
    assert "may not do" in caplog.text


def test_compiled_networks_stay() -> None:
    with pytest.raises(SettingsError, match="compile=True"):
        DiffusionSettings(memory="model_offload", compile=True)


@pytest.fixture(scope="module")
def shot(bottle: Product) -> ShotRequest:
    request = Request(product=bottle, prompts=[Prompt.preset("white_background")], seed=5, render_kind=SMALL)
    return plan_shots(resolve_request(request, bottle), PresetRegistry.load())[0]


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_styled(tmp_path_factory.mktemp("styled") / "sdxl", Family.SDXL)


@pytest.mark.swept("rung")
@pytest.mark.parametrize("rung", RUNGS)
def test_networks_come_to_a_card_for_the_time_that_they_work(styled: Path, shot: ShotRequest, rung: str) -> None:
    settings = dataclasses.replace(few_steps("sdxl"), memory=rung, cache_interval=2, num_inference_steps=4)
    with (
        fake_card() as card,
        Photoshoot.from_pretrained(styled, device="cuda", diffusion=settings) as photoshoot,
    ):
        models = models_of(photoshoot, card)
        assert models.adapter is not None
        encoders = [*models.text_encoders, models.adapter.image_encoder]
        painters: list[nn.Module] = [models.unet, models.vae]
        layers = [layer for layer in models.unet.modules() if layer._parameters]
        worked: list[bool] = []
        by_layer = rung == "sequential_offload"
        for network in [*encoders, *painters[by_layer:], *(layers if by_layer else [])]:
            method = "forward" if network is not models.vae else "decode"
            watch_work(network, method, worked)
        lie = [is_fake(network) for network in (*encoders, *painters)]
        assert lie == [rung == "resident"] * 3 + [rung in RUNGS[:2]] * 2
        (made,) = photoshoot.placer.place([shot], lambda *_: card.log.append("step"))
        assert [is_fake(network) for network in (*encoders, *painters)] == lie, "and leave it"
        assert is_fake(models.adapter.projection)
    assert len(worked) > 3
    assert all(worked), "they work on the card"
    assert card.faults == []
    assert card.waits_in_steps == [], "weights come without the host waiting for them"
    assert made.provenance.settings["memory"] == rung


def watch_work(network: nn.Module, method: str, worked: list[bool]) -> None:
    """Note whether a network lies on the card whenever it is called."""
    call = getattr(network, method)

    def run(*inputs: object, **keywords: object) -> object:
        worked.append(is_fake(network))
        return call(*inputs, **keywords)

    setattr(network, method, run)


def test_a_card_is_asked_what_is_free(styled: Path) -> None:
    with fake_card(2**20), Photoshoot.from_pretrained(styled, device="cuda") as photoshoot:
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        assert photoshoot.placer._provenance.settings["memory"] == "sequential_offload"


def test_pictures_are_the_same_whatever_stays(styled: Path, shot: ShotRequest) -> None:
    """On the CPU, whose memory is the host's: the way there and back is the card's test."""
    images = []
    for memory in ("resident", "sequential_offload"):
        settings = dataclasses.replace(few_steps("sdxl"), memory=memory)
        with Photoshoot.from_pretrained(styled, device="cpu", diffusion=settings) as photoshoot:
            images.append(photoshoot.placer.place([shot])[0].image)
    np.testing.assert_array_equal(images[0], images[1])


def test_tiles_are_told(styled: Path, shot: ShotRequest) -> None:
    told = {}
    for tiling in ("auto", "always"):
        settings = dataclasses.replace(few_steps("sdxl"), vae_tiling=tiling)
        with Photoshoot.from_pretrained(styled, device="cpu", diffusion=settings) as photoshoot:
            told[tiling] = photoshoot.placer.place([shot])[0].provenance.settings["vae_tiles"]
    assert told == {"auto": False, "always": True}
