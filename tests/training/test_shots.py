from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.pixels.imaging import CORE_ALPHA, composite, tight_box
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.settings import ValidationSettings
from photoshoot.training.shots import choose_samples, order_shot, painting_settings
from tests.training.scenes import make_sample

SAMPLE = make_sample(1, caption="before a wall")


def test_an_order_is_for_the_pictures_own_product_in_its_place() -> None:
    request = order_shot(SAMPLE, 3, 7)
    assert request is not None
    assert request.scene.full_text == "before a wall"
    assert (request.canvas.width_px, request.canvas.height_px) == (64, 48)
    assert request.canvas.product_box == request.product.cutout.box == tight_box(SAMPLE.alpha_matte)
    np.testing.assert_array_equal(request.layer.alpha_matte, SAMPLE.alpha_matte)
    core = SAMPLE.alpha_matte >= CORE_ALPHA
    painted = composite(np.full_like(SAMPLE.image, 255), request.layer)
    np.testing.assert_array_equal(painted[core], SAMPLE.image[core])


def test_the_old_scene_does_not_shine_through_the_soft_edge() -> None:
    matte = np.zeros((20, 20), np.float32)
    matte[5:15, 5:15] = 0.5
    matte[7:13, 7:13] = 1
    image = np.full((20, 20, 3), 250, np.uint8)
    image[matte == 0.5] = 130
    image[matte == 1] = 10
    sample = replace(SAMPLE, image=image, alpha_matte=matte, shadow=None)
    request = order_shot(sample, 0, 0)
    assert request is not None
    assert (request.layer.rgb[matte > 0] == 10).all()


def test_a_picture_without_a_product_gives_no_order() -> None:
    assert order_shot(replace(SAMPLE, alpha_matte=np.zeros_like(SAMPLE.alpha_matte)), 0, 0) is None


def test_seeds_follow_from_the_run_and_the_place_alone() -> None:
    seeds = {
        (place, seed): [request.seed for request in (order_shot(SAMPLE, place, seed),) * 2 if request]
        for place in range(3)
        for seed in range(3)
    }
    assert all(first == second for first, second in seeds.values())
    assert len({first for first, _ in seeds.values()}) == 9


@given(products=st.lists(st.sampled_from("abcd"), max_size=20), most=st.integers(0, 20))
def test_every_product_has_its_turn_before_one_has_a_second(products: list[str], most: int) -> None:
    chosen = choose_samples(products, most)
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(most, len(products))
    taken = {name: [products[place] for place in chosen].count(name) for name in set(products)}
    for name, count in taken.items():
        assert [place for place in chosen if products[place] == name] == [
            place for place, other in enumerate(products) if other == name
        ][:count], "a product's first pictures"
        if count < products.count(name):
            assert count >= max(taken.values()) - 1


@pytest.mark.parametrize("scale", [None, 0.5])
def test_held_out_shots_are_painted_from_noise_as_the_settings_say(
    bases: dict[Family, Path], scale: float | None
) -> None:
    validation = ValidationSettings(num_inference_steps=3, guidance_scale=2.5, base_scale=scale)
    painting = painting_settings(bases[Family.SD15], validation)
    assert (painting.init, painting.num_inference_steps, painting.guidance_scale) == ("noise", 3, 2.5)
    assert painting.loras == ()
    if scale is not None:
        assert painting.base_scale == scale
