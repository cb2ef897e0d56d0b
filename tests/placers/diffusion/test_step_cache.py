from __future__ import annotations

import dataclasses
from typing import NamedTuple

import pytest
import torch
from diffusers import UNet2DConditionModel
from torch import Tensor

from photoshoot.placers.diffusion.components.attention import AttentionControl, install_attention
from photoshoot.placers.diffusion.components.step_cache import CachedSteps, OuterLayers
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.hosting.compiling import compile_apart
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.denoise import Pass, denoise
from tests.placers.diffusion.paintings import FULL, SAMPLER, SHOTS, ignore, make_painting, randn
from tests.placers.diffusion.test_compiling import Counter, build_thin_unet
from tests.placers.diffusion.tiny_networks import build_unet

PLAN = dataclasses.replace(FULL, num_inference_steps=10, guidance_interval=(0.2, 0.5))


class Cached(NamedTuple):
    """A tiny UNet that can keep its deep half, and how many rows its calls held."""

    unet: UNet2DConditionModel
    attention: AttentionControl
    outer: OuterLayers
    whole: list[int]
    shallow: list[int]

    def paint(self, interval: int, plan: Pass = PLAN, family: Family = Family.SD15) -> Tensor:
        steps = CachedSteps(self.outer, interval)
        return denoise(steps, self.attention, make_painting(family=family), SAMPLER, plan, ignore)


def build_cached(unet: UNet2DConditionModel, layers: int = 2) -> Cached:
    cached = Cached(unet, install_attention(unet), OuterLayers(unet, layers), [], [])
    unet.register_forward_pre_hook(lambda _, inputs: cached.whole.append(len(inputs[0])))
    cached.outer.register_forward_pre_hook(lambda _, inputs: cached.shallow.append(len(inputs[0])))
    return cached


@pytest.mark.parametrize("layers", [1, 2, 3, 6])
@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_outer_layers_round_the_deep_half_of_the_same_inputs_are_the_unet(family: Family, layers: int) -> None:
    cached, words = build_cached(build_unet(family), layers), make_painting(family=family).conditioning
    cached.attention.prime(words.text, words.text_mask)
    sample, timestep = randn(2 * SHOTS, 9, 7, 9, seed=6), torch.tensor(400)
    steps = CachedSteps(cached.outer, 2)
    with torch.no_grad():
        whole, shallow = (
            steps(sample, timestep, encoder_hidden_states=None, added_cond_kwargs=words.added, return_dict=False)[0]
            for _ in range(2)
        )
    assert (len(cached.whole), len(cached.shallow)) == (1, 1)
    torch.testing.assert_close(shallow, whole, rtol=1e-4, atol=1e-5)


def test_an_interval_of_1_is_the_unet_to_the_bit() -> None:
    plain, cached = build_unet(), build_cached(build_unet())
    expected = denoise(plain, install_attention(plain), make_painting(), SAMPLER, PLAN, ignore)
    assert torch.equal(cached.paint(1), expected)
    assert cached.shallow == []


def test_steps_between_whole_ones_keep_the_deep_half() -> None:
    cached = build_cached(build_unet())
    whole = cached.paint(1)
    cached.whole.clear()
    kept = cached.paint(2)
    assert cached.whole == [2, 4, 4, 2, 2], "a guided step has rows that no step before it had"
    assert cached.shallow == [2, 4, 2, 2, 2]
    difference = (kept - whole).norm() / whole.norm()
    assert 1e-4 < difference < 0.2
    assert (cached.paint(8) - whole).norm() > (kept - whole).norm()
    assert cached.outer.deep is None, "nothing stays"


@pytest.mark.exhaustive(
    "tests/placers/diffusion/test_compiling.py::test_a_service_runs_compiled_whatever_it_is_asked_for",
    "tests/placers/diffusion/test_step_cache.py::test_steps_between_whole_ones_keep_the_deep_half",
)
def test_cached_steps_run_compiled() -> None:
    cached, counter = build_cached(build_thin_unet()), Counter()
    expected = cached.paint(2, family=Family.SDXL)
    cached.attention.compiled = True
    compile_apart(cached.unet, counter)
    compile_apart(cached.outer, counter)
    torch.testing.assert_close(cached.paint(2, family=Family.SDXL), expected, rtol=1e-4, atol=1e-5)
    assert counter.calls == PLAN.num_inference_steps
    assert counter.graphs == 2
