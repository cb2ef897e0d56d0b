from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import drjit
import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.errors import DeviceError
from photoshoot.pixels.imaging import CORE_ALPHA, light_product
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import Edge, Recipe
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.settings import Stance, StudioSettings
from photoshoot.stages import Placer
from tests.jobs.waiting import PATIENCE_S
from tests.placers.studio.conftest import HEIGHT, SMALL, WIDTH, draw_vase, make_request

_HASH_IN_NEW_PROCESS = """
import hashlib, sys, drjit
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.settings import StudioSettings
from tests.placers.studio.conftest import SMALL, make_request
drjit.set_thread_count(int(sys.argv[1]))
shot = StudioPlacer(StudioSettings(samples=1, variant=sys.argv[2])).place([make_request(alpha=SMALL)])[0]
print(hashlib.sha256(shot.image.tobytes()).hexdigest())
"""


def test_placer_fills_its_role(placer: StudioPlacer) -> None:
    assert isinstance(placer, Placer)


def test_core_is_exactly_the_layer(placer: StudioPlacer) -> None:
    request = make_request()
    image = placer.place([request])[0].image
    core = request.layer.alpha_matte >= CORE_ALPHA
    assert image.shape == (HEIGHT, WIDTH, 3)
    assert core.sum() > 2000
    np.testing.assert_array_equal(image[core], request.layer.rgb[core])


def test_the_lens_and_the_film_are_the_sets_and_leave_product_and_pure_white_alone(placer: StudioPlacer) -> None:
    lens = StudioSettings(samples=1, grain=6.0, set_blur_px=1.0, vignette=0.5)
    requests = [make_request(alpha=SMALL), make_request(Cyclorama(packshot=True), alpha=SMALL)]
    with closing(StudioPlacer(lens)) as other:
        (changed, white), (again,) = other.place(requests), other.place(requests[:1])
    plain, plain_white = placer.place(requests)
    core = requests[0].layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(changed.image[core], requests[0].layer.rgb[core])
    np.testing.assert_array_equal(changed.image, again.image)
    np.testing.assert_array_equal(white.image, plain_white.image)
    roughness = [float(np.diff(shot.image[:20, :, 1].astype(float), axis=0).std()) for shot in (changed, plain)]
    corners, middle = (
        [shot.image[at].mean() for shot in (changed, plain)] for at in (np.s_[:5, :5], np.s_[:5, 100:110])
    )
    assert roughness[0] > 2 * roughness[1], roughness
    assert corners[0] / middle[0] < 0.95 * corners[1] / middle[1], (corners, middle)


def test_batch_equals_solo_and_repeats(placer: StudioPlacer) -> None:
    requests = [make_request(GlossyFloor(), seed=9, alpha=SMALL), make_request(alpha=SMALL)]
    batch = placer.place(requests)
    solo = [placer.place([request])[0] for request in reversed(requests)][::-1]
    for together, alone in zip(batch, solo, strict=True):
        np.testing.assert_array_equal(together.image, alone.image)


def test_another_seed_gives_another_picture(placer: StudioPlacer) -> None:
    first, second = placer.place([make_request(alpha=SMALL), make_request(seed=6, alpha=SMALL)])
    assert (first.image != second.image).mean() > 0.2


@pytest.mark.slow
def test_bytes_do_not_depend_on_threads(placer: StudioPlacer) -> None:
    here = hashlib.sha256(placer.place([make_request(alpha=SMALL)])[0].image.tobytes()).hexdigest()
    root = Path(__file__).resolve().parents[3]
    others = 3 if drjit.thread_count() == 1 else 1
    command = [sys.executable, "-c", _HASH_IN_NEW_PROCESS, str(others), placer.variant.variant]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    assert done.stdout.split()[-1] == here


@pytest.mark.parametrize("stance", list(Stance))
def test_product_is_grounded(placer: StudioPlacer, stance: Stance) -> None:
    request = make_request(stance=stance)
    luminance = bytes_to_linear(placer.place([request])[0].image) @ LUMINANCE
    box = request.canvas.product_box
    under = luminance[box.bottom + 1, box.left + 20 : box.left + 50].mean()
    aside = luminance[box.bottom + 1, 10:60].mean()
    assert under < 0.93 * aside, f"{stance}: {under:.3f} under the product, {aside:.3f} aside"


def test_product_at_the_side_is_placed(placer: StudioPlacer) -> None:
    request = make_request(alpha=draw_vase(HEIGHT, WIDTH, 138, WIDTH - 60))
    image = placer.place([request])[0].image
    core = request.layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(image[core], request.layer.rgb[core])


def test_snapped_product_is_placed(placer: StudioPlacer) -> None:
    request = make_request(
        alpha=draw_vase(HEIGHT, WIDTH, 170, 12, tall=130), snapped=frozenset({Edge.LEFT, Edge.BOTTOM})
    )
    core = request.layer.alpha_matte >= CORE_ALPHA
    image = placer.place([request])[0].image
    np.testing.assert_array_equal(image[core], request.layer.rgb[core])


def test_white_paper_is_white(placer: StudioPlacer) -> None:
    image = placer.place([make_request(Cyclorama(colors=("#f6f6f5",)), alpha=SMALL)])[0].image
    assert 205 <= np.median(image[:10]) <= 253


def test_provenance_says_what_made_it(placer: StudioPlacer) -> None:
    provenance = placer.place([make_request(alpha=SMALL)])[0].provenance
    assert provenance.engine == "studio"
    assert {"product-photoshoot", "mitsuba", "drjit", "oidn"} == set(provenance.versions)
    assert provenance.settings["variant"] == placer.variant.variant
    assert provenance.settings["samples"] == 1


def test_the_scenes_light_falls_on_the_product_where_it_is_asked_for(placer: StudioPlacer) -> None:
    design = Cyclorama(light=replace(Cyclorama().light, color="#ffb060", azimuth_deg=-80))
    plain = make_request(design, alpha=SMALL)
    asked = {strength: replace(plain, recipe=make_recipe(strength)) for strength in (0.0, 1.0)}
    own, lit = (placer.place([request])[0] for request in asked.values())
    np.testing.assert_array_equal(own.image, placer.place([plain])[0].image)
    assert own.product_light is None
    assert lit.product_light is not None
    core = plain.layer.alpha_matte >= CORE_ALPHA
    np.testing.assert_array_equal(lit.image[core], light_product(plain.layer, lit.product_light).rgb[core])
    levels = lit.product_light.levels.astype(int)
    assert (levels[..., 0] - levels[..., 2]).mean() > 3, "the light is warm"
    half = levels.shape[1] // 2
    assert levels[:, :half].mean() > levels[:, half:].mean() + 3, "and from the left"


def make_recipe(strength: float) -> Recipe:
    return Recipe(seed=1, prompt={"tag": "custom", "prompt": "on paper"}, light_on_product=strength)


def test_closed_placer_refuses() -> None:
    closed = StudioPlacer(StudioSettings(samples=1, denoiser="none"))
    closed.close()
    closed.close()
    with pytest.raises(DeviceError, match="closed"):
        closed.place([make_request()])
