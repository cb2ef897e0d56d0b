from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import drjit
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.discs import without_lens_noise
from photoshoot.placers.studio.renderer.holdout import Holdout
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.records import LinearImage
from photoshoot.sets import SetDesign
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.drapery import Drapery
from photoshoot.sets.interior import Interior
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import StudioSettings
from tests.measures import psnr
from tests.placers.studio.conftest import SMALL, draw_vase, make_canvas, make_request


@pytest.mark.swept("design")
@pytest.mark.parametrize("design", [Cyclorama(), Tabletop()], ids=lambda design: type(design).__name__)
@pytest.mark.usefixtures("placer")
def test_a_coarse_film_shows_the_same_picture(design: Cyclorama | Tabletop) -> None:
    request = make_request(design, alpha=SMALL)
    pictures = []
    for settings in (StudioSettings(samples=16, render_scale=1), StudioSettings(samples=16, render_scale=0.5)):
        placer = StudioPlacer(settings)
        pictures.append(placer.place([request])[0].image)
        placer.close()
    outside = request.layer.alpha_matte == 0
    closeness = psnr(pictures[0], pictures[1], outside)
    assert closeness > 35, f"{closeness:.1f} dB"


@pytest.mark.usefixtures("placer")
def test_small_pictures_are_traced_on_their_own_pixels() -> None:
    small = View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4)
    large = View.of(make_canvas(draw_vase(628, 1674, 540, 837)), 1.4)
    pipeline = RenderPipeline(StudioSettings(denoiser="none"))
    assert pipeline.camera(small, 0.0).film.scale == 1
    assert pipeline.camera(large, 0.0).film.scale == 0.5
    assert pipeline.camera(small, 0.1, film_density=0).film.scale == 1
    assert RenderPipeline(StudioSettings(render_scale=0.5)).camera(large, 0.1, film_density=0).film.scale == 0.5
    assert RenderPipeline(StudioSettings(denoiser="none", render_scale=2 / 3)).camera(small, 0.0).film.stride == 1.5


@pytest.mark.usefixtures("placer")
def test_films_are_no_denser_than_their_sets_need() -> None:
    """A canvas of more pixels shows the same set, and what is out of focus there has nothing finer."""
    pipeline = RenderPipeline(StudioSettings(denoiser="none"))
    low, high = (
        View.of(make_canvas(draw_vase(height, width, 500, 500)), 1.4) for height, width in ((628, 1674), (1080, 1506))
    )

    def scale(view: View, share: float) -> float:
        return pipeline.camera(view, 0.1, film_density=share * low.px_per_unit).film.scale

    assert scale(low, 0.6) == 0.5, "half of a canvas's pixels will do for all sets"
    assert scale(low, 0.46) == pytest.approx(0.46)
    assert scale(high, 0.46) < scale(low, 0.46)
    assert scale(high, 0) == scale(low, 0) >= 0.4, "but things beside the product are sharp"


@pytest.mark.usefixtures("placer")
def test_no_grain_of_few_rays_over_a_lens_is_put_back_beside_what_a_denoiser_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipeline, rng = RenderPipeline(StudioSettings(render_scale=0.5)), np.random.default_rng(3)
    camera = pipeline.camera(View.of(make_canvas(SMALL), 1.4), 0.4)
    shape = (camera.film.height_px, camera.film.width_px)
    far = np.indices(shape)[1] > shape[1] // 2
    flecks = np.where(far, 0, 0.3 * (rng.random(shape) > 0.9))
    noise = np.where(far, rng.normal(0, 0.05, shape), 0)
    albedo = np.repeat((0.4 + flecks + noise)[..., None], 3, -1).astype(np.float32)
    distance = np.where(far, 2.5, 1.0).astype(np.float32) * camera.film.view.distance
    normals = np.broadcast_to(np.array([0, 0, 1], np.float32), (*shape, 3))
    aovs = Aovs(albedo=albedo, normals=normals, distance=distance)
    light = (0.4 + flecks[..., None] + rng.normal(0, 0.1, (*shape, 3))).astype(np.float32)
    told: list[Aovs] = []

    def smear(noisy: LinearImage, aovs: Aovs, **_: bool) -> LinearImage:
        told.append(aovs)
        return np.full_like(noisy, 0.4)

    monkeypatch.setattr(pipeline, "_denoise", smear)
    clear = Holdout.of(np.zeros((camera.film.view.height_px, camera.film.view.width_px), np.float32), camera.film)
    raw = RawRender(camera=camera, light=light, aovs=aovs, holdout=clear, spp=4)
    grain = []
    for guides in (None, without_lens_noise(aovs, camera)):
        clean = pipeline._clean(replace(raw, guides=guides))[..., 0]
        beside = slice(10, -10), slice(shape[1] // 2 + 4, shape[1] // 2 + 11)
        grain.append(float(clean[beside].std()))
        assert clean[~far].std() > 0.05, "flecks that are sharp come back"
    assert told[1].albedo[far].std() < 0.4 * told[0].albedo[far].std()
    assert grain[1] < 0.6 * grain[0], grain


def test_a_plate_is_the_set_without_the_product(placer: StudioPlacer) -> None:
    request = make_request()
    plate = placer.plate(request.canvas, request.scene.design, request.seed)
    again = placer.plate(request.canvas, request.scene.design, request.seed)
    np.testing.assert_array_equal(plate, again)
    shot = placer.place([request])[0].image
    far = np.indices(request.layer.alpha_matte.shape)[1] < 60
    inside = request.layer.alpha_matte > 0.9
    assert np.abs(shot.astype(int) - plate)[far].mean() < 12
    assert np.abs(shot.astype(int) - plate)[inside].mean() > 30


@pytest.fixture(scope="module")
def quick_to_clean() -> Iterator[StudioPlacer]:
    """For what is asked of the tracing alone."""
    built = StudioPlacer(StudioSettings(samples=1, denoiser_quality="fast"))
    yield built
    built.close()


DESIGNS = [Cyclorama(), Tabletop(props="autumn"), Celebration(props="gifts", air="balloons"), Interior()]


@pytest.mark.swept("design")
@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: type(design).__name__)
def test_another_seed_compiles_nothing(quick_to_clean: StudioPlacer, design: SetDesign) -> None:
    """Compiling takes as long as tracing: what varies from shot to shot must be data, not code."""
    compiled = operations_compiled(quick_to_clean, design)
    assert not compiled, f"kernels of {compiled} operations were compiled anew"


@pytest.mark.exhaustive("tests/placers/studio/renderer/test_pipeline.py::test_another_seed_compiles_nothing")
@pytest.mark.usefixtures("placer")
def test_nor_does_a_patch() -> None:
    """Nor another number of paths: by default a first pass says how many a picture takes."""
    coarse = StudioPlacer(StudioSettings(render_scale=0.5, denoiser_quality="fast"))
    compiled = operations_compiled(coarse, Tabletop(props="pine"))
    coarse.close()
    assert not compiled, f"kernels of {compiled} operations were compiled anew"


def operations_compiled(placer: StudioPlacer, design: SetDesign) -> list[int]:
    """Sizes of the kernels that further seeds compile."""
    if not placer.variant.variant.startswith("llvm"):
        pytest.skip("only the LLVM variant is watched")
    gc.collect()  # scenes of other tests: kernels are compiled anew when one goes
    placer.place([make_request(design, seed, alpha=SMALL) for seed in range(1, 4)])
    drjit.set_flag(drjit.JitFlag.KernelHistory, True)
    drjit.kernel_history_clear()
    try:
        placer.place([make_request(design, seed, alpha=SMALL) for seed in range(5, 7)])
        kernels = drjit.kernel_history()
    finally:
        drjit.set_flag(drjit.JitFlag.KernelHistory, False)
    return [kernel["operation_count"] for kernel in kernels if not kernel.get("cache_hit", True)]


@pytest.mark.exhaustive("tests/placers/studio/renderer/test_denoise.py::test_what_trusted_aovs_show_is_kept")
@pytest.mark.usefixtures("placer", "variant_compiled")
def test_the_careful_denoiser_is_nearer_to_many_paths() -> None:
    """Sixteen times as many: it is 0.8 dB nearer to them, and 0.5 dB to four times those."""
    request = make_request(Drapery(), alpha=SMALL)
    pictures = []
    for quality, samples in (("high", 64), ("high", 4), ("balanced", 4)):
        placer = StudioPlacer(StudioSettings(samples=samples, denoiser_quality=quality, grain=0, set_blur_px=0))
        pictures.append(placer.place([request])[0].image)
        placer.close()
    outside = request.layer.alpha_matte == 0
    truth, *seen = pictures
    careful, usual = (psnr(truth, picture, outside) for picture in seen)
    assert careful > usual + 0.3, f"{careful:.1f} dB, {usual:.1f} dB"
