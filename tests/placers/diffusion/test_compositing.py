from __future__ import annotations

import numpy as np
import pytest
import torch

from photoshoot.pixels.imaging import CORE_ALPHA, composite
from photoshoot.placers.diffusion.painting.compositing import (
    composite_batch,
    find_blanks,
    match_colors,
    product_on_grey,
    shrink,
    to_bytes,
    to_signed,
)
from photoshoot.records import ProductLayer
from tests.measures import FLOAT32

HEIGHT, WIDTH = 33, 46


def draw_batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Random scenes and products; mattes with every kind of value."""
    rng = np.random.default_rng(7)
    rgb = torch.from_numpy(rng.integers(0, 256, (3, HEIGHT, WIDTH, 3), np.uint8))
    alpha = torch.from_numpy(rng.random((3, HEIGHT, WIDTH), np.float32))
    alpha[:, :8] = 0
    alpha[:, 8:16] = 1
    alpha[:, 16:18] = float(CORE_ALPHA)
    backgrounds = torch.from_numpy(rng.uniform(-1.1, 1.1, (3, 3, HEIGHT, WIDTH)).astype(np.float32))
    return backgrounds, rgb, alpha


def test_it_is_the_compositing_of_the_studio() -> None:
    backgrounds, rgb, alpha = draw_batch()
    batch = composite_batch(backgrounds, rgb, alpha).numpy()
    scenes = to_bytes(backgrounds).numpy()
    for shot in range(3):
        layer = ProductLayer(rgb=rgb[shot].numpy(), alpha_matte=alpha[shot].numpy())
        single = composite(scenes[shot], layer)
        core, outside = layer.alpha_matte >= CORE_ALPHA, layer.alpha_matte == 0
        assert core.any()
        assert outside.any()
        np.testing.assert_array_equal(batch[shot][core], layer.rgb[core])
        np.testing.assert_array_equal(batch[shot][outside], scenes[shot][outside])
        assert np.abs(batch[shot].astype(int) - single).max() <= 1


def test_pictures_are_brought_down_in_linear_light() -> None:
    stripes = -torch.ones(1, 3, 40, 60)
    stripes[..., ::2] = 1
    middle = to_bytes(shrink(stripes, 30, 20))[0, 4:-4, 4:-4]
    assert (middle.int() - 188).abs().max() <= 1, "half of the light, not half of the code values"
    backgrounds, _, _ = draw_batch()
    assert shrink(backgrounds, WIDTH, HEIGHT) is backgrounds


def test_it_waits_for_no_device() -> None:
    """What depends on values, such as picking some pixels, can't be asked of a tensor that has none."""
    backgrounds, rgb, alpha = (tensor.to("meta") for tensor in draw_batch())
    assert composite_batch(match_colors(backgrounds, to_signed(rgb), alpha), rgb, alpha).shape == rgb.shape


def test_bytes_survive_the_network_s_range() -> None:
    every = torch.arange(256, dtype=torch.uint8).reshape(1, 16, 16, 1).expand(-1, -1, -1, 3)
    assert torch.equal(to_bytes(to_signed(every)), every)
    assert to_signed(every).min() == -1
    assert to_signed(every).max() == 1


def test_the_network_sees_the_product_on_grey() -> None:
    _, rgb, alpha = draw_batch()
    shown = product_on_grey(rgb, alpha)
    hidden = alpha[:, None] < 0.5
    assert (shown[hidden.expand_as(shown)] == 0).all()
    assert torch.equal(shown[~hidden.expand_as(shown)], to_signed(rgb)[~hidden.expand_as(shown)])


def test_the_decoder_s_shift_is_taken_out_of_the_whole_picture() -> None:
    scenes, _, alpha = draw_batch()
    truth = scenes.clamp(-0.9, 0.9)
    shift = torch.tensor([0.03, -0.02, 0.01])[:, None, None]
    matched = match_colors(truth + shift, truth, alpha)
    assert torch.allclose(matched, truth, atol=1e-5)


def test_the_shift_is_bounded_and_needs_a_product() -> None:
    truth = torch.zeros(2, 3, 8, 8)
    alpha = torch.zeros(2, 8, 8)
    alpha[0, :4] = 1
    matched = match_colors(truth + 0.5, truth, alpha)
    assert torch.allclose(matched[0], torch.tensor(0.44), atol=FLOAT32)
    assert torch.allclose(matched[1], torch.tensor(0.5), atol=FLOAT32)


def test_burnt_out_parts_of_the_product_do_not_count() -> None:
    truth = torch.full((1, 3, 8, 8), 1.0)
    truth[..., 4:] = 0.2
    decoded = (truth + 0.02 * torch.ones_like(truth)).clamp(-1, 1)
    matched = match_colors(decoded, truth, torch.ones(1, 8, 8))
    assert torch.allclose(matched[..., 4:], torch.tensor(0.2), atol=1e-6)


@pytest.mark.parametrize(("value", "reason"), [(torch.nan, "NaN"), (-1.0, "one colour")])
def test_pictures_of_nothing_are_refused(value: float, reason: str) -> None:
    pictures = draw_batch()[0].clamp(-1, 1)
    assert find_blanks(pictures) == [None] * len(pictures)
    broken = pictures.clone()
    broken[1] = value
    found = find_blanks(broken)
    assert reason in str(found[1])
    assert found[0] is None
    broken[1] = pictures[1]
    broken[1, 0, 0, 0] = torch.nan
    assert [fault is None for fault in find_blanks(broken)] == [True, False, True]
