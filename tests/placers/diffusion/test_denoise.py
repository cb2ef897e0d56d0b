from __future__ import annotations

import dataclasses

import pytest
import torch
from diffusers import UNet2DConditionModel
from torch import Tensor

from photoshoot.errors import CancelledError
from photoshoot.placers.diffusion.canvas.latent_grid import Grid, keep_strength, repaint_mask, resize
from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.compositing import to_signed
from photoshoot.placers.diffusion.painting.denoise import Conditioning, Painting, Pass, denoise, find_overflows
from photoshoot.placers.diffusion.painting.sampling import BASE_STREAM, REFINE_STREAM, make_noise
from photoshoot.settings import DiffusionSettings
from tests.placers.diffusion.paintings import FULL, SAMPLER, SHOTS, SIZE, TOKENS, ignore, make_painting, paint, randn
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, build_unet, build_vae


class Counting:
    """Notes how many rows each call of a UNet holds."""

    def __init__(self, unet: UNet2DConditionModel) -> None:
        self.rows: list[int] = []
        unet.register_forward_pre_hook(lambda _, inputs: self.rows.append(len(inputs[0])))


def test_guidance_acts_in_its_interval_only() -> None:
    unet = build_unet()
    counting = Counting(unet)
    plan = dataclasses.replace(FULL, num_inference_steps=10, guidance_interval=(0.2, 0.5))
    paint(make_painting(), plan, unet=unet)
    assert counting.rows == [2, 2, 4, 4, 4, 2, 2, 2, 2, 2]
    counting.rows.clear()
    paint(make_painting(), dataclasses.replace(plan, strength=0.7), unet=unet)
    assert counting.rows == [4, 4, 2, 2, 2, 2, 2], "the interval is one of noise, whatever is left out"
    counting.rows.clear()
    paint(make_painting(), dataclasses.replace(plan, guidance_scale=1), unet=unet)
    assert set(counting.rows) == {2}


def test_unguided_steps_follow_the_prompts_not_the_negative_ones() -> None:
    painting = make_painting()
    other = painting.conditioning.text.clone()
    other[SHOTS:] += 1
    changed = dataclasses.replace(painting, conditioning=dataclasses.replace(painting.conditioning, text=other))
    unguided = dataclasses.replace(FULL, guidance_scale=1)
    assert torch.equal(paint(painting, unguided), paint(changed, unguided))
    assert not torch.allclose(paint(painting), paint(changed), atol=1e-3)


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_shot_in_a_batch_is_the_shot_alone(family: Family) -> None:
    batch = make_painting(4, family)
    batch = dataclasses.replace(batch, keep=torch.rand(4, 1, *SIZE, generator=torch.Generator().manual_seed(5)))
    together = paint(batch, unet=build_unet(family))
    for shot in (0, 3):
        both = [shot, 4 + shot]
        words = batch.conditioning
        alone = Painting(
            conditioning=Conditioning(
                text=words.text[both],
                text_mask=words.text_mask[both],
                added={name: tensor[both] for name, tensor in words.added.items()},
            ),
            start=None if batch.start is None else batch.start[[shot]],
            masked=batch.masked[[shot]],
            repaint=batch.repaint[[shot]],
            keep=batch.keep[[shot]],
            noise=make_noise([shot], SIZE, BASE_STREAM),
        )
        single = paint(alone, unet=build_unet(family))
        most = float(together[shot].abs().max())  # untaught weights make it 30 to 60
        assert torch.allclose(single[0], together[shot], rtol=0, atol=1e-5 * most)  # 84 times float32's step


@pytest.mark.parametrize("with_start", [True, False])
def test_cells_that_are_wholly_product_stay_exactly_the_original(with_start: bool) -> None:
    painting = make_painting()
    painting.keep[..., :3] = 1
    if not with_start:
        painting = dataclasses.replace(painting, start=None)
    latents = paint(painting, dataclasses.replace(FULL, strength=0.5))
    assert torch.equal(latents[..., :3], painting.original[..., :3])
    assert not torch.isclose(latents[..., 3:], painting.original[..., 3:], atol=1e-3).all((1, 2)).any()


def test_cells_are_held_at_the_noised_original_up_to_their_share_of_the_pass() -> None:
    painting = make_painting()
    painting.keep[..., 0] = 0.5
    painting.keep[..., 1] = 0.25
    unet = build_unet()
    seen: list[Tensor] = []
    unet.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0][:SHOTS, :4]))
    paint(painting, unet=unet)
    run = SAMPLER.begin(4, 1, torch.device("cpu"))
    held = [
        [torch.equal(noisy[..., i], run.add_noise(painting.original, painting.noise, step)[..., i]) for i in range(3)]
        for step, noisy in enumerate(seen)
    ]
    assert held == [[True, True, False], [True, False, False], [False] * 3, [False] * 3]


def test_without_a_start_half_product_cells_are_free_and_strength_does_not_count() -> None:
    painting = dataclasses.replace(make_painting(), start=None)
    whole = paint(painting)
    painting.keep[..., :3] = 0.6
    assert torch.equal(paint(painting, dataclasses.replace(FULL, strength=0.3)), whole)


def test_little_strength_stays_near_the_start() -> None:
    painting = make_painting()
    assert painting.start is not None
    moved = [
        (paint(painting, dataclasses.replace(FULL, num_inference_steps=20, strength=strength)) - painting.start).norm()
        for strength in (0.05, 0.4, 0.8)
    ]
    assert moved[0] < 0.2 * painting.start.norm()
    assert moved[0] < moved[1] < moved[2]


def test_steps_are_reported_and_what_the_report_raises_ends_the_loop() -> None:
    unet = build_unet()
    attention = install_attention(unet)
    steps: list[tuple[int, int]] = []

    def cancel(done: int, total: int, _: Tensor) -> None:
        steps.append((done, total))
        if done == 3:
            raise CancelledError("enough")

    with pytest.raises(CancelledError):
        denoise(unet, attention, make_painting(), SAMPLER, FULL, cancel)
    assert steps == [(1, 4), (2, 4), (3, 4)]
    with pytest.raises(AssertionError, match="prime"):
        attention.select(1)
    again = denoise(unet, attention, make_painting(), SAMPLER, FULL, ignore)
    assert torch.equal(again, paint(make_painting()))


def test_broken_numbers_name_the_pass_and_the_shot() -> None:
    painting = make_painting()
    painting.noise[1, 0, 0, 0] = torch.nan
    plan = dataclasses.replace(FULL, name="refine")
    fine, broken, *others = find_overflows(paint(painting, plan), plan, torch.float32)
    assert broken is not None
    assert broken.startswith("the refine pass ended in NaN or infinity: the weights are broken")
    assert {fine, *others} == {None}


def test_half_precision_networks_paint_with_single_precision_latents() -> None:
    latents = paint(make_painting(), unet=build_unet().to(torch.bfloat16))
    assert latents.dtype == torch.float32
    assert (latents - paint(make_painting())).abs().mean() < 0.1 * latents.abs().mean()


def test_the_passes_of_the_settings() -> None:
    settings = DiffusionSettings()
    base, refine = Pass.base(settings), Pass.refine(settings)
    assert (base.num_inference_steps, base.strength) == (25, 0.85)
    assert (refine.num_inference_steps, refine.strength) == (14, 0.5)
    assert [step for step in range(25) if base.guides_at(step / 25)] == list(range(3, 16))


def test_painting_small_and_refining_at_full_size() -> None:
    """Two calls of the loop; the product's cells are those of the product in the end."""
    grid = Grid(90, 60, 16)
    small = grid.scaled(0.5)
    codec, unet = LatentCodec(build_vae()), build_unet()
    attention = install_attention(unet)
    alpha = torch.zeros(1, 60, 90)
    alpha[:, 16:48, 32:64] = 1
    alpha = grid.pad(alpha[:, None])[:, 0]
    product = to_signed(torch.full((1, 64, 96, 3), 200, dtype=torch.uint8)) * alpha[:, None]
    words = Conditioning(
        text=randn(2, TOKENS, CROSS_WIDTH[Family.SD15], seed=1), text_mask=torch.ones(2, TOKENS, dtype=torch.bool)
    )

    def set_up(at: Grid, start: Tensor | None, stream: int) -> Painting:
        return Painting(
            conditioning=words,
            start=start,
            masked=codec.encode(resize(product, at)),
            repaint=repaint_mask(alpha, at),
            keep=keep_strength(alpha, at),
            noise=make_noise([3], at.latent_size, stream),
        )

    settings = DiffusionSettings(num_inference_steps=3, refine_steps=6)
    drafted = denoise(unet, attention, set_up(small, None, BASE_STREAM), SAMPLER, Pass.base(settings), print)
    picture = resize(torch.cat(list(codec.decode(drafted))), grid)
    start = codec.encode(torch.where(alpha[:, None] >= 0.5, product, picture))
    painting = set_up(grid, start, REFINE_STREAM)
    refined = denoise(unet, attention, painting, SAMPLER, Pass.refine(settings), print)
    assert refined.shape == (1, 4, 8, 12)
    assert torch.equal(refined[..., 2:6, 4:8], start[..., 2:6, 4:8])
    assert not torch.allclose(refined[..., :2, :], start[..., :2, :], atol=1e-2)
