from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from torch import Tensor, fx, nn

from photoshoot.placers.diffusion.components.attention import AttentionControl, install_attention
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.hosting.compiling import compile_apart, fuse_self_attention
from photoshoot.placers.diffusion.models.control import ControlledUNet
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.painting.denoise import Pass, denoise
from tests.placers.diffusion.checkpoints import write_model, write_network
from tests.placers.diffusion.loaded import load
from tests.placers.diffusion.paintings import SAMPLER, ignore, make_painting, randn
from tests.placers.diffusion.test_attention import add_adapter
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, SECOND_TEXT_WIDTH, build_control, build_unet, seeded
from tests.sweeps import is_exhaustive

PLAN = Pass(name="base", num_inference_steps=2, strength=1, guidance_scale=6, guidance_interval=(0, 0.5))
WIDTH, CHUNK = CROSS_WIDTH[Family.SDXL], 77


class Kind(NamedTuple):
    """A kind of request, as a service gets them."""

    shots: int
    size: tuple[int, int]
    chunks: int = 1
    mixed: bool = False
    style: bool = False


HALF, FULL, ODD = (4, 10), (8, 20), (9, 13)
KINDS = [
    Kind(6, HALF),
    Kind(6, FULL),
    Kind(6, HALF),
    Kind(4, HALF),
    Kind(4, FULL),
    Kind(1, HALF),
    Kind(1, FULL),
    Kind(2, HALF),
    Kind(6, (6, 6)),
    Kind(6, (7, 5)),
    Kind(6, HALF, style=True),
    Kind(6, FULL, style=True),
    Kind(1, HALF, style=True),
    Kind(2, FULL, style=True),
    Kind(6, HALF, chunks=2),
    Kind(6, HALF, chunks=2, mixed=True),
    Kind(6, FULL, chunks=2, mixed=True, style=True),
    Kind(1, FULL, chunks=2, mixed=True, style=True),
    Kind(3, FULL, chunks=3, mixed=True, style=True),
    Kind(6, (12, 14)),
    Kind(6, ODD),
    Kind(6, ODD, style=True),
    Kind(1, ODD, style=True),
]


EACH_ONCE = [Kind(6, HALF), Kind(6, FULL, chunks=2, mixed=True, style=True), Kind(1, ODD, style=True)]
"""Each property of a kind, in two graphs: to make one takes seconds."""
TRIED = KINDS if is_exhaustive() else EACH_ONCE


class Counter:
    """A backend that compiles nothing, and counts graphs and how often they run."""

    def __init__(self) -> None:
        self.graphs = self.calls = 0

    def __call__(self, graph: fx.GraphModule, _: list[Tensor]) -> Callable[..., object]:
        self.graphs += 1

        def run(*inputs: object) -> object:
            self.calls += 1
            return graph.forward(*inputs)

        return run


def build_thin_unet(
    in_channels: int = 9, middle: str | None = None, layers: int | tuple[int, int] = (1, 0)
) -> UNet2DConditionModel:
    """All kinds of inputs, and so few layers that tracing takes seconds: those of a way up are one more than down."""
    with seeded(0):
        unet = UNet2DConditionModel(
            in_channels=in_channels,
            out_channels=4,
            block_out_channels=(8, 8),
            layers_per_block=layers,
            norm_num_groups=4,
            cross_attention_dim=WIDTH,
            attention_head_dim=2,
            down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
            mid_block_type=middle,
            up_block_types=("UpBlock2D", "UpBlock2D"),
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=6 * 8 + SECOND_TEXT_WIDTH,
        )
    return unet.eval().requires_grad_(False)


def build_thin_vae() -> AutoencoderKL:
    with seeded(0):
        vae = AutoencoderKL(block_out_channels=(4,), norm_num_groups=2, sample_size=8)
    return vae.eval().requires_grad_(False)


def paint_kind(unet: UNet2DConditionModel | ControlledUNet, attention: AttentionControl, kind: Kind) -> Tensor:
    painting = make_painting(kind.shots, Family.SDXL, kind.size)
    rows, tokens = 2 * kind.shots, CHUNK * kind.chunks
    mask = torch.ones(rows, tokens, dtype=torch.bool)
    if kind.mixed:
        mask[1:, CHUNK:] = False
    words = dataclasses.replace(
        painting.conditioning,
        text=randn(rows, tokens, WIDTH, seed=1),
        text_mask=mask,
        style_tokens=randn(rows, 4, WIDTH, seed=9),
        style_scale=torch.full((rows,), 0.5 * kind.style),
    )
    return denoise(unet, attention, dataclasses.replace(painting, conditioning=words), SAMPLER, PLAN, ignore)


def test_a_service_runs_compiled_whatever_it_is_asked_for() -> None:
    unet, counter = build_thin_unet(), Counter()
    add_adapter(unet)
    attention = install_attention(unet, {"down_blocks": 1.0})
    plain = [paint_kind(unet, attention, kind) for kind in TRIED]
    attention.compiled = True
    compile_apart(unet, counter)
    for kind, expected in zip(TRIED, plain, strict=True):
        torch.testing.assert_close(paint_kind(unet, attention, kind), expected, rtol=1e-4, atol=1e-5)
    assert counter.calls == PLAN.num_inference_steps * len(TRIED), "a call that is no compiled one"
    assert counter.graphs <= 4, "rows 1 or more, sides that halve or not"


@pytest.mark.exhaustive(
    "tests/placers/diffusion/test_compiling.py::test_a_service_runs_compiled_whatever_it_is_asked_for"
)
def test_a_held_painting_runs_compiled_whatever_it_is_asked_for() -> None:
    middle = "UNetMidBlock2D"
    unet, counters = build_thin_unet(middle=middle, layers=1), (Counter(), Counter())
    with seeded(1):
        control = ControlNetModel.from_unet(
            build_thin_unet(4, middle, 1), conditioning_embedding_out_channels=(4, 4), load_weights_from_unet=False
        )
        for layer in (*control.controlnet_down_blocks, control.controlnet_cond_embedding.conv_out):
            nn.init.normal_(layer.weight, std=0.2)
    control.eval().requires_grad_(False)
    add_adapter(unet)
    attention = install_attention(unet, {"down_blocks": 1.0})
    attention.join(install_attention(control))

    def paint_held(kind: Kind, scale: float) -> Tensor:
        image = randn(kind.shots, 3, 2 * kind.size[0], 2 * kind.size[1], seed=5)
        held = ControlledUNet(unet, control, image, [scale] * kind.shots)
        return paint_kind(held, attention, kind)

    kinds = [Kind(3, HALF), Kind(2, ODD, chunks=2, mixed=True), Kind(1, HALF)]
    plain = [paint_held(kind, 0.8) for kind in kinds]
    assert (plain[0] - paint_held(kinds[0], 0.0)).abs().max() > 0.01, "it is held"
    attention.compiled = True
    for network, counter in zip((unet, control), counters, strict=True):
        compile_apart(network, counter)
    for kind, expected in zip(kinds, plain, strict=True):
        torch.testing.assert_close(paint_held(kind, 0.8), expected, rtol=1e-4, atol=1e-5)
    for counter in counters:
        assert counter.calls == PLAN.num_inference_steps * len(kinds), "a call that is no compiled one"
        assert counter.graphs <= 4, "rows 1 or more, sides that halve or not"


def test_a_control_is_compiled_with_what_it_holds(tmp_path: Path, compiled: list[object]) -> None:
    folder = write_model(tmp_path / "held", Family.SD15)
    write_network(folder / "controlnet", build_control())
    models = load(find_profile(folder).sources, compile=True)
    assert models.control is not None
    assert len(compiled) == 5, "the UNet, its outer layers, both halves of the autoencoder, and the ControlNet"
    assert models.control.conv_in.weight.is_contiguous(memory_format=torch.channels_last)


ENCODED = [(6, 16, 24), (5, 8, 12), *([(1, 16, 24), (3, 10, 10), (1, 7, 9)] if is_exhaustive() else [])]
"""How many pictures, and their rows and columns: in a sample one graph's."""


def test_pictures_of_any_size_are_encoded_and_decoded_compiled() -> None:
    vae, counter, calls = build_thin_vae(), Counter(), []
    codec = LatentCodec(vae)
    for network in (vae.encoder, vae.decoder):
        compile_apart(network, counter)
        network.register_forward_pre_hook(lambda *_: calls.append(1))
    for count, rows, columns in ENCODED:
        latents = codec.encode(randn(count, 3, rows, columns, seed=0))
        assert len(torch.cat(list(codec.decode(latents)))) == count
    assert counter.calls == len(calls)
    assert counter.graphs <= 4, "one picture or more, in either direction"


def test_two_devices_networks_have_graphs_of_their_own() -> None:
    counters = [Counter() for _ in range(10)]
    networks = [nn.Linear(2, 2) for _ in counters]
    for network, counter in zip(networks, counters, strict=True):
        compile_apart(network, counter)
        network(torch.zeros(3, 2))
    assert [(counter.graphs, counter.calls) for counter in counters] == [(1, 1)] * 10


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What torch is asked to compile; it is not compiled."""
    asked: list[object] = []

    def note(function: object, **_: object) -> object:
        asked.append(function)
        return function

    monkeypatch.setattr(torch, "compile", note)
    return asked


def test_what_costs_is_compiled_when_asked_for(model_folders: dict[Family, Path], compiled: list[object]) -> None:
    sources = Sources(base=model_folders[Family.SD15])
    plain = load(sources)
    assert not compiled
    assert not plain.attention.compiled
    assert plain.unet.conv_in.weight.is_contiguous()
    models = load(sources, compile=True)
    assert len(compiled) == 4, "the UNet, its outer layers, and both halves of the autoencoder"
    assert models.attention.compiled
    for convolution in (models.unet.conv_in, models.vae.encoder.conv_in, models.vae.decoder.conv_in):
        assert convolution.weight.is_contiguous(memory_format=torch.channels_last)


def test_fused_self_attention_computes_the_same_and_keeps_no_second_copy() -> None:
    fused, plain = build_unet(), build_unet()
    fuse_self_attention(fused)
    with seeded(1):
        sample, text = torch.randn(2, 9, 8, 8), torch.randn(2, 5, CROSS_WIDTH[Family.SD15])
    torch.testing.assert_close(fused(sample, 10, text).sample, plain(sample, 10, text).sample, rtol=1e-4, atol=1e-5)
    kinds = {name.split(".")[-2]: type(processor).__name__ for name, processor in fused.attn_processors.items()}
    assert kinds == {"attn1": "FusedAttnProcessor2_0", "attn2": "AttnProcessor2_0"}
    assert not any(weight.requires_grad for weight in fused.parameters())
    assert fused.num_parameters() == plain.num_parameters()
