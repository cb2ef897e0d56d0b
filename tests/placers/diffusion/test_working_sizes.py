"""What is painted has about the area that the network was trained on, and a usual shape, whatever the ad's size."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from torch import Tensor, nn

from photoshoot import Photoshoot, Product, Prompt, RenderKind, Request
from photoshoot.framing.layout import SAFE_MARGIN, AdSize, ad_sizes, lay_out
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer
from photoshoot.placers.diffusion.canvas.working_sizes import (
    LEAST_AREA,
    MOST_AREA,
    MOST_ASPECT,
    WorkingSize,
    choose_working_size,
)
from photoshoot.placers.diffusion.families import FAMILIES, UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import Box, Canvas, Edge, ProductLayer, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings, Stance

NATIVE: Final = {Family.SD15: 512**2, Family.SDXL: 1024**2, Family.FLUX2: 1024**2}
WIDE: Final = 4e6 / 1024**2
"""Most of the native area where a network paints all at once, as FLUX.2 does up to 4 megapixels."""
CANVASES: Final = [
    (round(size.width_px * margin / 2) * 2, size.height_px)
    for size in ad_sizes(RenderKind.ALL)
    for margin in (1, SAFE_MARGIN)
]


def make_canvas(
    width: int, height: int, snapped: frozenset[Edge] = frozenset(), stance: Stance = Stance.UPRIGHT
) -> Canvas:
    whole = Box(left=0, top=0, right=width, bottom=height)
    product = Box(left=width // 3, top=height // 5, right=width // 3 + width // 4 + 1, bottom=height - height // 8)
    return Canvas(
        label="any",
        width_px=width,
        height_px=height,
        product_box=product,
        safe_area=whole,
        stance=stance,
        snapped=snapped,
    )


def check_size(size: WorkingSize, canvas: Canvas, native_px: int, most: float = MOST_AREA) -> None:
    share = size.base_grid.area_px / native_px
    assert LEAST_AREA <= share <= most, f"{share:.2f} of the native area"
    rows, columns = size.base_grid.latent_size
    assert max(rows, columns) <= MOST_ASPECT * min(rows, columns) + 4
    whole = Box(left=0, top=0, right=size.width_px, bottom=size.height_px)
    assert whole.contains(size.ad)
    a_column = canvas.height_px / canvas.width_px  # in rows; the ad's four edges are each rounded to a pixel
    assert abs(size.ad.width * a_column - size.ad.height) <= a_column + 1
    assert size.ad.width >= canvas.width_px, "the ad is never enlarged from less than its own pixels"
    assert size.ad.height >= canvas.height_px


@pytest.mark.parametrize("profile", SETTINGS)
@pytest.mark.parametrize("canvas_px", CANVASES)
def test_every_ad_is_painted_near_the_native_area(profile: str, canvas_px: tuple[int, int]) -> None:
    canvas, family, settings = make_canvas(*canvas_px), Family(profile.split("-")[0]), SETTINGS[profile]
    size = choose_working_size(canvas, NATIVE[family], settings, FAMILIES[family].multiple_px)
    check_size(size, canvas, NATIVE[family], MOST_AREA if settings.refine_steps else WIDE)
    sides = (size.base_grid.padded_width_px, size.base_grid.padded_height_px)
    assert all(side % FAMILIES[family].multiple_px == 0 for side in sides)


@example(width=64, height=555, family=Family.SD15, stance=Stance.HANGING)  # the ad is 96x840: 7.5 rows too much
@given(st.integers(32, 4000), st.integers(32, 4000), st.sampled_from(UNET_FAMILIES), st.sampled_from(sorted(Stance)))
def test_any_canvas_is_painted_near_the_native_area(width: int, height: int, family: Family, stance: Stance) -> None:
    canvas = make_canvas(width, height, stance=stance)
    check_size(choose_working_size(canvas, NATIVE[family], DiffusionSettings()), canvas, NATIVE[family])


@pytest.mark.parametrize(
    ("family", "canvas_px", "base_px"),
    [
        (Family.SD15, (1674, 628), (840, 320)),
        (Family.SD15, (1200, 628), (600, 320)),
        (Family.SD15, (1080, 1080), (544, 544)),
        (Family.SDXL, (1674, 628), (1680, 632)),
        (Family.SDXL, (1080, 1080), (1080, 1080)),
    ],
)
def test_what_was_near_it_is_painted_as_before(
    family: Family, canvas_px: tuple[int, int], base_px: tuple[int, int]
) -> None:
    size = choose_working_size(make_canvas(*canvas_px), NATIVE[family], SETTINGS[family])
    assert (size.base_grid.padded_width_px, size.base_grid.padded_height_px) == base_px
    assert (size.width_px, size.height_px) == canvas_px


def test_a_given_scale_is_taken_as_it_is() -> None:
    canvas, native_px = make_canvas(728, 90), NATIVE[Family.SDXL]
    size = choose_working_size(canvas, native_px, DiffusionSettings(base_scale=0.5))
    assert (size.width_px, size.height_px, size.base_scale) == (728, 90, 0.5)
    assert not choose_working_size(canvas, native_px, DiffusionSettings(base_scale=0.5, refine_steps=0)).two_stages


def test_scene_is_added_above_and_below_a_long_canvas_but_not_beyond_a_cut() -> None:
    def place(snapped: frozenset[Edge] = frozenset(), stance: Stance = Stance.UPRIGHT) -> tuple[int, int]:
        canvas = make_canvas(728, 90, snapped, stance=stance)
        size = choose_working_size(canvas, NATIVE[Family.SD15], DiffusionSettings())
        return size.ad.top, size.height_px

    height = math.ceil(728 / MOST_ASPECT)
    assert place() == (135, height)
    assert place(stance=Stance.LYING) == (90, height)
    assert place(frozenset({Edge.BOTTOM})) == (height - 90, height)
    assert place(frozenset({Edge.TOP, Edge.LEFT})) == (0, height)
    assert place(frozenset({Edge.TOP, Edge.BOTTOM})) == (0, 180), "painted twice as large, whatever its shape"


def test_the_product_lies_at_its_place_in_what_is_painted(bottle: Product) -> None:
    for ad in ad_sizes(RenderKind.DISPLAY):
        canvas = lay_out(bottle.cutout, ad, stance=Stance.UPRIGHT, safe_margin=False)
        request = _request(bottle, canvas)
        size = choose_working_size(canvas, NATIVE[Family.SDXL], DiffusionSettings())
        layers: dict[int, ProductLayer] = {}
        painted = size.enlarge(request, layers)
        assert painted.layer.alpha_matte.shape == (size.height_px, size.width_px)
        assert size.enlarge(dataclasses.replace(request, seed=9), layers).layer is painted.layer
        cut = painted.layer.alpha_matte[size.ad.slices()]
        scales = size.ad.height / canvas.height_px, size.ad.width / canvas.width_px
        for axis, scale in enumerate(scales):
            found, own = (
                np.flatnonzero((alpha > 0.5).any(1 - axis)) + 0.5 for alpha in (cut, request.layer.alpha_matte)
            )
            assert found[0] / scale == pytest.approx(own[0], abs=1), ad.label
            assert found[-1] / scale == pytest.approx(own[-1], abs=1), ad.label


def _request(product: Product, canvas: Canvas) -> ShotRequest:
    request = Request(product=product, prompts=[Prompt.custom("on wet sand at dusk")], seed=2)
    (planned,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
    return dataclasses.replace(planned, canvas=canvas, layer=build_layer(product.cutout, canvas))


class Watch:
    """Latent sizes and size conditions of a UNet's calls."""

    def __init__(self, unet: nn.Module) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.told: list[Sequence[float]] = []
        self._hook = unet.register_forward_pre_hook(self._note, with_kwargs=True)

    def _note(self, _: nn.Module, inputs: tuple[Tensor, ...], keywords: dict[str, dict[str, Tensor]]) -> None:
        self.sizes.append((inputs[0].shape[2], inputs[0].shape[3]))
        if keywords["added_cond_kwargs"]:
            self.told.append(keywords["added_cond_kwargs"]["time_ids"][0].tolist())

    def remove(self) -> None:
        self._hook.remove()


@pytest.fixture(scope="module", params=UNET_FAMILIES)
def painter(request: pytest.FixtureRequest, model_folders: dict[Family, object]) -> Iterator[Photoshoot]:
    settings = DiffusionSettings(num_inference_steps=1, refine_steps=1, guidance_scale=1, init="noise")
    with Photoshoot.from_pretrained(str(model_folders[request.param]), device="cpu", diffusion=settings) as photoshoot:
        yield photoshoot


@pytest.mark.parametrize("canvas_px", [(30, 25), (170, 20), (24, 90), (64, 64), (150, 240)])
def test_a_network_paints_at_its_native_area_and_is_told_so(
    painter: Photoshoot, bottle: Product, canvas_px: tuple[int, int]
) -> None:
    """Of the tiny networks it is 64 x 64 px."""
    ad = AdSize(label="any", width_px=canvas_px[0], height_px=canvas_px[1])
    request = _request(bottle, lay_out(bottle.cutout, ad, stance=Stance.UPRIGHT, safe_margin=False))
    watch = Watch(painter.placer._models.unet)  # type: ignore[attr-defined]
    (shot,) = painter.placer.place([request])
    watch.remove()
    rows, columns = watch.sizes[0]
    assert LEAST_AREA <= rows * columns / 64 <= MOST_AREA, watch.sizes
    for (rows, columns), told in zip(watch.sizes, watch.told, strict=bool(watch.told)):
        assert told == [rows * 8, columns * 8, 0, 0, rows * 8, columns * 8]
    core = request.layer.alpha_matte >= CORE_ALPHA
    assert core.any()
    assert shot.image.shape == (canvas_px[1], canvas_px[0], 3)
    np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
