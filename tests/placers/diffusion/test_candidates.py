from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from photoshoot import NoProductFoundError, Photoshoot, Product, Prompt, RenderKind, Request
from photoshoot.pixels.imaging import composite
from photoshoot.placers.diffusion.painting.candidates import candidate_seed, keep_best, with_candidates
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import Cutout, Photo, RgbImage, ShotRequest
from photoshoot.request import resolve_request


@pytest.fixture(scope="module")
def request_(bottle: Product) -> ShotRequest:
    request = Request(
        product=bottle, prompts=Prompt.custom("on sand"), render_kind=RenderKind.POST, safe_margin=False, seed=1
    )
    return plan_shots(resolve_request(request, bottle), PresetRegistry.load())[0]


def picture(request: ShotRequest, grown_px: int) -> RgbImage:
    """The product on white; with a bar of its own dark green grown to its right."""
    background = np.full((*request.layer.alpha_matte.shape, 3), 245, np.uint8)
    box = request.canvas.product_box
    if grown_px:
        middle = (box.top + box.bottom) // 2
        background[middle - 120 : middle + 120, box.right - 8 : box.right + grown_px] = (16, 52, 40)
    return composite(background, request.layer)


def test_the_candidate_that_grew_least_is_kept(shoot: Photoshoot, request_: ShotRequest) -> None:
    images = [picture(request_, 150), picture(request_, 0), picture(request_, 90)]
    ((best, expansion),) = keep_best(images, [request_] * 3, 3, shoot.segmenter)
    assert best is images[1]
    assert expansion < 0.02


def test_a_picture_without_a_product_has_not_grown(request_: ShotRequest) -> None:
    class Blind:
        def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
            raise NoProductFoundError(f"{len(photos)} photos")

    ((_, expansion),) = keep_best([picture(request_, 0)], [request_], 1, Blind())
    assert expansion == 0


def test_candidates_have_seeds_of_their_own(request_: ShotRequest) -> None:
    second = dataclasses.replace(request_, seed=9)
    seeds = [item.seed for item in with_candidates([request_, second], 3)]
    assert seeds[0] == request_.seed
    assert seeds[3] == 9
    assert len(set(seeds)) == 6
    assert seeds[4] == candidate_seed(9, 1)
    assert all(0 <= seed < 2**32 for seed in seeds)
