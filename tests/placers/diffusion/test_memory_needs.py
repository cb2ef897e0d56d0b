"""What the placer reckons with against bytes counted alive; the whole placer is counted by ``bench_live_bytes``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
import torch
from benchmarks.stage_watch import MetaHost
from benchmarks.tensor_lives import TensorLives
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from torch.nn import functional

from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.families import FAMILIES, UNET_FAMILIES
from photoshoot.placers.diffusion.memory.memory_needs import DECODER_VALUES, MemoryNeeds
from photoshoot.placers.diffusion.models.control import ControlledUNet
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.records import Box
from tests.placers.diffusion.published import SIZES

META = torch.device("meta")
ROWS, HIGH, WIDE = 2, 16, 24
CELLS = HIGH * WIDE


@pytest.fixture(autouse=True)
def attention_of_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """CUDA's kernels keep no matrix of all pairs."""
    monkeypatch.setattr(functional, "scaled_dot_product_attention", lambda query, *_, **__: torch.empty_like(query))


def peak(work: Callable[[], object]) -> int:
    lives = TensorLives()
    with MetaHost(), lives, torch.no_grad():  # type: ignore[no-untyped-call]
        work()
    return lives.peak


LONG = pytest.mark.exhaustive(
    "tests/placers/diffusion/test_memory_needs.py::test_a_unet_keeps_as_much_alive_as_is_reckoned"
)


@pytest.mark.parametrize(
    "family", [pytest.param(one, marks=LONG if one is Family.SDXL else ()) for one in UNET_FAMILIES]
)
def test_a_unet_keeps_as_much_alive_as_is_reckoned(family: Family) -> None:
    with META:
        unet = UNet2DConditionModel(**SIZES[family].unet).half().requires_grad_(False)
        control = install_attention(unet)
        text = torch.zeros(ROWS, 80, unet.config.cross_attention_dim, dtype=torch.float16)
        mask = torch.ones(ROWS, 80, dtype=torch.bool)
        keys = peak(lambda: control.prime(text, mask)) / ROWS / 80
        assert keys == pytest.approx(FAMILIES[family].key_values * 2, rel=0.15)
        control.select(ROWS)
        sizes = {"text_embeds": torch.zeros(ROWS, 1280).half(), "time_ids": torch.zeros(ROWS, 6).half()}
        added = sizes if family is Family.SDXL else {}
        latents, time = torch.zeros(ROWS, 9, HIGH, WIDE).half(), torch.zeros((), dtype=torch.int64)
        values = peak(lambda: unet(latents, time, encoder_hidden_states=None, added_cond_kwargs=added)) / 2
        plain = UNet2DConditionModel(**{**SIZES[family].unet, "in_channels": 4})
        beside = ControlNetModel.from_unet(plain, load_weights_from_unet=False).half().requires_grad_(False)
        control.join(install_attention(beside))
        more = peak(lambda: control.prime(text, mask)) / ROWS / 80 - keys
        image = torch.zeros(ROWS // 2, 3, 8 * HIGH, 8 * WIDE)
        held = ControlledUNet(unet, beside, image, [1.0])
        both = peak(lambda: held(latents, time, encoder_hidden_states=None, added_cond_kwargs=added)) / 2
    kind = FAMILIES[family]
    assert values / ROWS / CELLS == pytest.approx(kind.unet_values, rel=0.15)
    assert both / ROWS / CELLS == pytest.approx(kind.unet_values + kind.control_values, rel=0.15)
    assert more == pytest.approx(kind.control_keys * 2, rel=0.15)


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32])
def test_an_autoencoder_keeps_as_much_alive_as_is_reckoned_and_less_to_encode(dtype: torch.dtype) -> None:
    down, up = ("DownEncoderBlock2D",) * 4, ("UpDecoderBlock2D",) * 4
    with META:
        channels = (128, 256, 512, 512)
        vae = AutoencoderKL(3, 3, down, up, channels, layers_per_block=2).requires_grad_(False)
        codec = LatentCodec(torch.nn.Module.to(vae, dtype))
        latents, pictures = torch.zeros(2, 4, HIGH, WIDE), torch.zeros(2, 3, 8 * HIGH, 8 * WIDE)
        reckoned = DECODER_VALUES * dtype.itemsize * 2 * CELLS
        assert peak(lambda: list(codec.decode(latents))) == pytest.approx(reckoned, rel=0.15)
        assert 0.7 * reckoned < peak(lambda: codec.encode(pictures)) < reckoned


def test_what_runs_at_the_same_time_is_added_and_the_largest_counts() -> None:
    ad = Box(left=0, top=0, right=1680, bottom=640)
    size = WorkingSize(canvas_px=(1680, 640), ad=ad, width_px=1680, height_px=640, base_scale=0.5)

    def needs(vae_bytes: int, shots: int) -> int:
        return MemoryNeeds(family=Family.SD15, unet_bytes=2, vae_bytes=vae_bytes).peak_bytes(size, shots)

    assert needs(4, 1) == pytest.approx(2 * needs(2, 1), rel=0.05), "decoding is the peak of one shot"
    assert needs(4, 16) == needs(2, 16), "the UNet is the peak of many"


def test_start_renders_on_the_same_card_and_weights_that_come_are_in_the_sum() -> None:
    def size_of(width_px: int, height_px: int) -> WorkingSize:
        ad = Box(left=0, top=0, right=width_px, bottom=height_px)
        return WorkingSize(canvas_px=(width_px, height_px), ad=ad, width_px=width_px, height_px=height_px)

    plain = MemoryNeeds(family=Family.SDXL, unet_bytes=2, vae_bytes=2)
    small, large = size_of(512, 512), size_of(1504, 1920)
    for size in (small, large):
        added = dataclasses.replace(plain, starts=True).peak_bytes(size, 1) - plain.peak_bytes(size, 1)
        assert 88e6 < added <= 270e6
        visited = dataclasses.replace(plain, unet_visits=10**10, vae_visits=1).peak_bytes(size, 1)
        assert 10**10 < visited < 10**10 + plain.peak_bytes(size, 1)
    tiled = dataclasses.replace(plain, tiled=True)
    assert tiled.peak_bytes(small, 1) == plain.peak_bytes(small, 1), "no larger than a tile"
    assert tiled.peak_bytes(large, 1) < plain.peak_bytes(large, 1) / 2
