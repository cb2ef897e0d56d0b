from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from photoshoot import (
    CancelledError,
    DeviceError,
    NoProductFoundError,
    Photoshoot,
    Product,
    Progress,
    Prompt,
    RenderKind,
    Request,
    SettingsError,
    Shot,
    ShotsFailedError,
    WeightsError,
    WeightsMissingError,
)
from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.candidates import Painted, candidate_seed
from photoshoot.placers.diffusion.painting.started_shots import StartedShot
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import Cutout, Photo, Provenance, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings, StyleImage
from photoshoot.stages import OnStep, Segmenter
from tests.jobs.waiting import PATIENCE_S
from tests.making import cutout_of
from tests.placers.diffusion.checkpoints import write_image_encoder, write_ip_adapter, write_model
from tests.placers.diffusion.test_shared_batches import until

QUICK = DiffusionSettings(num_inference_steps=3, refine_steps=4, refine_strength=0.5, init="noise")
SMALL = RenderKind.WIDE_SKYSCRAPER  # 160x600
TINY = AdSize(label="tiny", width_px=92, height_px=100)
QUARTER = AdSize(label="a quarter of a landscape", width_px=418, height_px=157)
PROMPTS = [
    Prompt.preset("white_background"),
    Prompt.custom("on a marble slab, soft light"),
    Prompt.preset("on_platform_natural_beige_background"),
    Prompt.custom("in the snow, " + "with a great many pine trees, and lights between them, " * 12),
    Prompt.preset("black_marble_rim_light"),
    Prompt.custom("on wet sand at dusk"),
]


def write_styled(folder: Path, family: Family) -> Path:
    write_model(folder, family)
    write_image_encoder(folder / "image_encoder")
    write_ip_adapter(folder / "ip_adapter.safetensors", family=family)
    return folder


pytestmark = pytest.mark.swept("checkpoint")


@pytest.fixture(scope="module", params=[Family.SD15, Family.SDXL])
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_styled(tmp_path_factory.mktemp("model") / request.param, request.param)


@pytest.fixture(scope="module")
def painted(checkpoint: Path) -> Iterator[Photoshoot]:
    with Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=QUICK) as photoshoot:
        yield photoshoot


@pytest.fixture(scope="module")
def plan(bottle: Product) -> list[ShotRequest]:
    request = Request(product=bottle, prompts=PROMPTS, render_kind=SMALL, safe_margin=False, seed=5)
    return [shrink(item) for item in plan_shots(resolve_request(request, bottle), PresetRegistry.load())]


def shrink(request: ShotRequest, size: AdSize = TINY) -> ShotRequest:
    """On a canvas so small that a tiny network paints it at once; its sides are no multiples of 8."""
    cutout = request.product.cutout
    canvas = lay_out(cutout, size, stance=request.canvas.stance, safe_margin=False)
    return dataclasses.replace(request, canvas=canvas, layer=build_layer(cutout, canvas))


@pytest.fixture(scope="module")
def together(painted: Photoshoot, plan: list[ShotRequest]) -> list[Shot]:
    return place(painted, plan)


def place(
    photoshoot: Photoshoot,
    requests: Sequence[ShotRequest],
    settings: DiffusionSettings = QUICK,
    *,
    adapter: bool = True,
    together: int | None = None,
    segmenter: Segmenter | None = None,
) -> list[Shot]:
    """All requests in one batch."""
    assert isinstance(photoshoot.placer, DiffusionPlacer)
    settings = dataclasses.replace(settings, batch_size=together or len(requests))
    models = photoshoot.placer._models
    assert models is not None
    models = models if adapter else dataclasses.replace(models, adapter=None)
    placer = DiffusionPlacer(models, settings, starter=None, segmenter=segmenter or photoshoot.segmenter)
    return placer.place(requests)


class GrownAtFirst:
    """Finds a product all over the first picture that it is shown, and none in those after it."""

    def __init__(self) -> None:
        self._has_seen_one = False

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out the first."""
        if self._has_seen_one:
            raise NoProductFoundError("the picture")
        self._has_seen_one = True
        return [cutout_of(photo.rgb, np.ones(photo.rgb.shape[:2], np.float32)) for photo in photos]


def test_each_picture_is_the_same_alone(painted: Photoshoot, plan: list[ShotRequest], together: list[Shot]) -> None:
    for request, shot in zip(plan, together, strict=True):
        (alone,) = place(painted, [request])
        assert np.abs(alone.image.astype(int) - shot.image).max() <= 1


def test_order_and_split_do_not_matter(painted: Photoshoot, plan: list[ShotRequest], together: list[Shot]) -> None:
    backwards = place(painted, plan[::-1])[::-1]
    for one, other in zip(backwards, together, strict=True):
        assert np.abs(one.image.astype(int) - other.image).max() <= 1


def test_another_style_changes_its_own_picture_alone(
    painted: Photoshoot, plan: list[ShotRequest], together: list[Shot]
) -> None:
    other = PresetRegistry.load().get("sunny_yellow_background").plate_path
    scene = dataclasses.replace(plan[0].scene, style_reference=other)
    changed = place(painted, [dataclasses.replace(plan[0], scene=scene), *plan[1:]])
    assert np.abs(changed[0].image.astype(int) - together[0].image).max() > 1
    for one, kept in zip(changed[1:], together[1:], strict=True):
        assert np.abs(one.image.astype(int) - kept.image).max() <= 1


def test_ones_own_style_picture_is_followed_as_far_as_it_is_asked(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    picture = StyleImage.of(np.random.default_rng(3).integers(0, 256, (64, 48, 3), np.uint8))

    def ask(strength: float) -> ShotRequest:
        scene = dataclasses.replace(plan[0].scene, style_reference=None, style_image=picture, style_strength=strength)
        return dataclasses.replace(plan[0], scene=scene)

    plain = dataclasses.replace(plan[0], scene=dataclasses.replace(plan[0].scene, style_reference=None))
    settings = dataclasses.replace(QUICK, palette_strength=0.0)
    none, nothing, half, whole = (shot.image for shot in place(painted, [plain, ask(0), ask(0.5), ask(1)], settings))
    np.testing.assert_array_equal(none, nothing)
    assert np.abs(half.astype(int) - none).max() > 1
    assert np.abs(whole.astype(int) - half).max() > 1
    (stronger,) = place(painted, [ask(0.5)], dataclasses.replace(settings, ip_adapter_scale=2 * QUICK.ip_adapter_scale))
    assert np.abs(stronger.image.astype(int) - whole).max() <= 1
    with pytest.raises(SettingsError, match="style_image"):
        place(painted, [ask(0.5)], adapter=False)


def test_scale_nought_is_no_adapter(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    off = place(painted, plan[:1], dataclasses.replace(QUICK, ip_adapter_scale=0))
    np.testing.assert_array_equal(off[0].image, place(painted, plan[:1], adapter=False)[0].image)


def test_a_product_that_several_shots_show_is_encoded_once(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    assert isinstance(painted.placer, DiffusionPlacer)
    assert painted.placer._models is not None
    products = {(item.layer.rgb.tobytes(), item.layer.alpha_matte.tobytes()) for item in plan}
    assert len(products) < len(plan)
    rows: list[int] = []
    handle = painted.placer._models.vae.encoder.register_forward_pre_hook(lambda _, given: rows.append(len(given[0])))
    place(painted, plan, dataclasses.replace(QUICK, base_scale=0.5))
    handle.remove()
    assert sum(rows) == 2 * len(products) + len(plan), "small and large; and each enlarged picture"


def test_steps_that_keep_the_deep_half_paint_nearly_the_same(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    settings = dataclasses.replace(QUICK, num_inference_steps=10)
    (whole,) = place(painted, plan[:1], settings)
    (kept,) = place(painted, plan[:1], dataclasses.replace(settings, cache_interval=2))
    difference = np.abs(kept.image.astype(int) - whole.image)
    assert 0 < difference.mean() < 20
    core = plan[0].layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(kept.image[core], whole.image[core])


def test_the_product_is_exact_and_the_scene_is_not_empty(plan: list[ShotRequest], together: list[Shot]) -> None:
    for request, shot in zip(plan, together, strict=True):
        core = request.layer.alpha_matte >= CORE_ALPHA
        assert shot.image.shape == (100, 92, 3)
        np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
        assert shot.image[request.layer.alpha_matte == 0].std() > 2


@pytest.mark.slow
def test_a_checkerboard_comes_back_exact_on_a_canvas_that_is_padded(
    model_folders: dict[Family, Path], bottle: Product
) -> None:
    request = Request(product=bottle, prompts=PROMPTS[1], seed=1)
    (landscape,) = plan_shots(resolve_request(request, bottle), PresetRegistry.load())
    landscape = shrink(landscape, QUARTER)
    rows, columns = np.indices(landscape.layer.alpha_matte.shape)
    board = np.stack([(rows + columns) % 2 * 255] * 3, -1).astype(np.uint8)
    layer = dataclasses.replace(landscape.layer, rgb=board)
    settings = DiffusionSettings(num_inference_steps=1, refine_steps=1, guidance_scale=1, init="noise")
    with Photoshoot.from_pretrained(model_folders[Family.SD15], device="cpu", diffusion=settings) as photoshoot:
        (shot,) = photoshoot.placer.place([dataclasses.replace(landscape, layer=layer)])
    core = layer.alpha_matte >= CORE_ALPHA
    assert shot.image.shape == (157, 418, 3)
    np.testing.assert_array_equal(shot.image[core], board[core])


def test_nothing_stays_from_request_to_request(
    painted: Photoshoot, plan: list[ShotRequest], together: list[Shot]
) -> None:
    for request in (plan[3], plan[0]):
        place(painted, [request])
    again = place(painted, plan)
    for one, other in zip(again, together, strict=True):
        np.testing.assert_array_equal(one.image, other.image)


def test_a_shot_says_what_made_it(checkpoint: Path, together: list[Shot]) -> None:
    provenance = together[0].provenance
    assert provenance.engine == "diffusion"
    assert checkpoint.name in " ".join(provenance.versions)
    assert provenance.settings["style_reference"] == "ip_adapter"
    assert provenance.settings["num_inference_steps"] == 3


def test_painting_starts_from_the_studio_through_the_public_interface(checkpoint: Path, bottle: Product) -> None:
    seen: list[Progress] = []
    settings = dataclasses.replace(QUICK, init="studio", strength=0.67)
    with Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=settings) as photoshoot:
        (shot,) = photoshoot.generate(
            bottle,
            prompts=PROMPTS[:1],
            render_kind=SMALL,
            safe_margin=False,
            seed=5,
            on_progress=seen.append,
        )
    assert shot.quality is not None
    assert shot.quality.passed
    steps = [progress for progress in seen if "step" in progress.message]
    assert [progress.ahead for progress in steps] == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert steps[1].percent == 50


def test_a_call_stops_between_steps(checkpoint: Path, bottle: Product) -> None:
    with Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=QUICK) as photoshoot:
        steps: list[str] = []

        def stop(progress: Progress) -> None:
            if "step" in progress.message:
                steps.append(progress.message)
                photoshoot.cancel()

        with pytest.raises(CancelledError):
            photoshoot.generate(bottle, prompts=PROMPTS[:1], render_kind=SMALL, safe_margin=False, on_progress=stop)
        assert len(steps) == 1
        (shot,) = photoshoot.generate(bottle, prompts=PROMPTS[:1], render_kind=SMALL, safe_margin=False, seed=1)
        assert shot.image.shape == (600, 160, 3)


def test_a_closed_placer_says_so(checkpoint: Path, plan: list[ShotRequest]) -> None:
    photoshoot = Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=QUICK)
    photoshoot.close()
    photoshoot.close()
    with pytest.raises(DeviceError, match="closed"):
        photoshoot.placer.place(plan)


def test_light_on_the_product_is_refused(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    recipe = plan[0].recipe
    assert recipe is not None
    asked = dataclasses.replace(plan[0], recipe=dataclasses.replace(recipe, light_on_product=0.5))
    with pytest.raises(SettingsError, match="light_on_product"):
        painted.placer.place([asked])


def test_of_several_candidates_the_one_that_grew_least_is_kept(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    settings = dataclasses.replace(QUICK, num_candidates=2)
    (best,) = place(painted, plan[:1], settings, segmenter=GrownAtFirst())
    (first,) = place(painted, plan[:1])
    (second,) = place(painted, [dataclasses.replace(plan[0], seed=candidate_seed(plan[0].seed, 1))])
    assert best.seed == plan[0].seed
    assert np.abs(best.image.astype(int) - second.image).max() <= 1 < np.abs(best.image.astype(int) - first.image).max()
    core = plan[0].layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(best.image[core], first.image[core])


def test_deterministic_pictures_are_the_same_to_the_bit_alone_and_beside_others(
    checkpoint: Path, plan: list[ShotRequest]
) -> None:
    settings = dataclasses.replace(QUICK, deterministic=True, batch_size=3)
    images = []
    for asked in ([plan[0], plan[3], plan[1]], [plan[1]]):
        with Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=settings) as photoshoot:
            images.append(photoshoot.placer.place(asked)[-1])
    np.testing.assert_array_equal(images[0].image, images[1].image)
    assert images[0].provenance.settings["shots_together"] == 1


def test_a_decoder_without_memory_for_two_costs_no_step_again(painted: Photoshoot, plan: list[ShotRequest]) -> None:
    assert isinstance(painted.placer, DiffusionPlacer)
    models = painted.placer._models
    assert models is not None
    rows: list[int] = []

    def check(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if len(inputs[0]) > 1:
            raise RuntimeError("CUDNN_STATUS_ALLOC_FAILED")

    with models.unet.register_forward_pre_hook(lambda _, inputs: rows.append(len(inputs[0]))):
        place(painted, plan[:2])
        enough = sum(rows)
        rows.clear()
        with models.vae.decoder.register_forward_pre_hook(check):
            shots = place(painted, plan[:2])
    assert sum(rows) == enough
    assert len(shots) == 2


@pytest.mark.parametrize("part", ["unet", "vae.decoder"])
def test_a_shot_that_overflows_is_told_alone_and_the_others_are_finished(
    painted: Photoshoot, plan: list[ShotRequest], part: str
) -> None:
    assert isinstance(painted.placer, DiffusionPlacer)
    models = painted.placer._models
    assert models is not None

    def overflow(_: nn.Module, __: object, output: Tensor | tuple[Tensor]) -> None:
        (output if isinstance(output, Tensor) else output[0])[1] = torch.nan

    network = models.unet if part == "unet" else models.vae.decoder
    settings = dataclasses.replace(QUICK, base_scale=0.5)
    expected = place(painted, plan[:3], settings)
    with network.register_forward_hook(overflow), pytest.raises(ShotsFailedError, match="NaN") as told:
        place(painted, plan[:3], settings)
    first, failed, last = told.value.outcomes()
    assert isinstance(failed, DeviceError)
    for made, fine in ((first, expected[0]), (last, expected[2])):
        assert isinstance(made, Shot)
        np.testing.assert_array_equal(made.image, fine.image)
    with network.register_forward_hook(overflow):
        two = dataclasses.replace(settings, num_candidates=2)
        (shot,) = place(painted, plan[:1], two, together=2, segmenter=GrownAtFirst())
    assert np.abs(shot.image.astype(int) - expected[0].image).max() <= 1, "the other candidate is kept"


def test_what_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(WeightsMissingError, match="photoshoot weights pull sd15"):
        Photoshoot.from_pretrained("sd15", device="cpu")
    with pytest.raises(WeightsError, match="model_index"):
        Photoshoot.from_pretrained(tmp_path, device="cpu")
    with pytest.raises(WeightsMissingError, match="no_such_model"):
        Photoshoot.from_pretrained("no_such_model", device="cpu")


def test_requests_that_come_while_the_device_works_are_painted_together_as_alone(
    painted: Photoshoot, plan: list[ShotRequest], together: list[Shot], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(painted.placer, DiffusionPlacer)
    models = painted.placer._models
    assert models is not None
    settings = dataclasses.replace(QUICK, batch_size=6)
    placer = DiffusionPlacer(models, settings, starter=None, segmenter=painted.segmenter)
    sizes: list[int] = []
    paint = placer._paint_batch

    def count(device: torch.device, on_step: OnStep, shots: Sequence[StartedShot]) -> list[Painted]:
        sizes.append(len(shots))
        return paint(device, on_step, shots)

    monkeypatch.setattr(placer, "_paint_batch", count)
    others_wait = threading.Event()

    def hold(*_: object) -> None:
        assert others_wait.wait(PATIENCE_S)

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(placer.place, plan[:1], hold)]
        assert until(lambda: len(sizes) == 1)
        asked += [pool.submit(placer.place, plan[part]) for part in (slice(1, 3), slice(3, 6))]
        assert until(lambda: len(placer._turns._waiting) == 2)
        others_wait.set()
        shots = [shot for one in asked for shot in one.result(PATIENCE_S)]
    assert sizes == [1, 5]
    for one, kept in zip(shots, together, strict=True):
        assert np.abs(one.image.astype(int) - kept.image).max() <= 1


def test_starts_of_the_next_batch_are_rendered_while_one_is_painted(
    painted: Photoshoot, plan: list[ShotRequest]
) -> None:
    assert isinstance(painted.placer, DiffusionPlacer)
    models = painted.placer._models
    assert models is not None
    rendered = [threading.Event() for _ in range(3)]

    class Starter:
        batch_size, overlap = 1, 2

        def place(self, requests: Sequence[ShotRequest], _: OnStep | None = None) -> list[Shot]:
            rendered[requests[0].prompt_index].set()
            return [
                request.answer(request.layer.rgb, Provenance(engine="studio", versions={}, settings={}))
                for request in requests
            ]

        def close(self) -> None:
            """Nothing to give back."""

    settings = dataclasses.replace(QUICK, init="studio", batch_size=1)
    placer = DiffusionPlacer(models, settings, starter=Starter(), segmenter=painted.segmenter)

    def wait_for_the_next(*_: object) -> None:
        assert rendered[1].wait(PATIENCE_S), "nobody renders while the device paints"

    assert len(placer.place(plan[:3], wait_for_the_next)) == 3
