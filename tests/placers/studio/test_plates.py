"""Products laid over plates: the same bytes warm, cold and from disk, and nearly those of the whole picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from photoshoot.errors import SettingsError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.rounding import SHARED
from photoshoot.placers.studio.scene_cache import PlateCache, SetKey
from photoshoot.records import ShotRequest
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import Stance, StudioSettings
from tests.measures import psnr
from tests.placers.studio.conftest import HEIGHT, SMALL, WIDTH, draw_vase, make_request

SETTINGS = StudioSettings(samples=4, share_plates=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plates")


@pytest.fixture(scope="module")
def sharing(placer: StudioPlacer, folder: Path) -> Iterator[StudioPlacer]:
    del placer  # it chose the variant
    built = StudioPlacer(SETTINGS, folder)
    yield built
    built.close()


def nearly_alike() -> list[ShotRequest]:
    """Two vases, of which one is a little higher and farther to the left in its box."""
    return [make_request(alpha=draw_vase(80, 210, 69, 105, tall)) for tall in (46, 44)]


def test_products_of_nearly_one_size_share_a_set() -> None:
    first, second = nearly_alike()
    assert SetKey.of(first) != SetKey.of(second)
    assert SetKey.of(first, shared=True) == SetKey.of(second, shared=True)
    view = SetKey.of(first, shared=True).view
    assert view.product_half_width >= SetKey.of(first).view.product_half_width, "there is room for each of them"
    assert 2 * view.product_half_width in SHARED.widths
    lying = make_request(stance=Stance.LYING)
    middles = [
        view.product_bottom + view.product_height / 2
        for view in (SetKey.of(lying).view, SetKey.of(lying, shared=True).view)
    ]
    assert abs(middles[0] - middles[1]) < 0.11, "what lies keeps its middle, to a tenth"


def test_a_product_in_a_shared_set_reaches_as_far_back_as_it_does_alone() -> None:
    narrow, wide = (make_request(alpha=draw_vase(HEIGHT, WIDTH, 138, 210, tall)) for tall in (72, 96))
    view, other, own = (SetKey.of(narrow, shared=True).view, SetKey.of(wide, shared=True).view, SetKey.of(narrow).view)
    assert (view.product_half_width, view.product_height) == (other.product_half_width, other.product_height)
    assert view.product_reach > own.product_reach
    assert view.reach_of(narrow.canvas) == own.product_reach


def test_bytes_do_not_depend_on_what_is_kept(placer: StudioPlacer, tmp_path: Path) -> None:
    del placer  # it chose the variant
    first, second = nearly_alike()
    sharing = StudioPlacer(SETTINGS, tmp_path)
    cold = [sharing.place([request])[0].image for request in (first, second)]
    assert len(list(tmp_path.glob("*.npz"))) == 1, "one plate for both"
    again = StudioPlacer(SETTINGS, tmp_path)  # another process, which finds the plate on disk
    from_disk = [again.place([request])[0].image for request in (second, first)]
    again.close()
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(b"half a file")
    sharing.close()
    anew = StudioPlacer(SETTINGS, tmp_path)
    remade = anew.place([second])[0].image
    anew.close()
    np.testing.assert_array_equal(from_disk[1], cold[0])
    np.testing.assert_array_equal(from_disk[0], cold[1])
    np.testing.assert_array_equal(remade, cold[1])


def test_a_shared_set_is_as_bright_behind_every_product(folder: Path) -> None:
    """Alone, what a dark set would swallow has a patch of light behind it, and each product another one."""
    request = make_request(Cyclorama(colors=("#141416",)), alpha=nearly_alike()[0].layer.alpha_matte)
    told = []
    for shares in (False, True):
        placer = StudioPlacer(replace(SETTINGS, share_plates=shares), folder)
        told.append(placer.place([request])[0].provenance.settings)
        placer.close()
    alone, shared = told
    assert float(str(alone["backdrop_gain"])) > 1
    assert "backdrop_gain" not in shared


def test_a_batch_is_traced_set_by_set_and_comes_in_its_own_order(
    sharing: StudioPlacer, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [make_request(seed=seed, alpha=SMALL) for seed in (5, 6, 5, 6)]
    order = sharing._scenes.sort([SetKey.of(request, shared=True) for request in requests])
    assert order in ([0, 2, 1, 3], [1, 3, 0, 2]), "each set once"
    monkeypatch.setattr(sharing, "_shoot", lambda request: request)
    made: list[Any] = [*sharing.place(requests)]
    assert all(one is asked for one, asked in zip(made, requests, strict=True))


def test_it_is_nearly_the_whole_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = nearly_alike()[0]
    over = StudioPlacer(SETTINGS, folder)
    told = over.place([request])[0]
    monkeypatch.setattr(PlateCache, "get", lambda *_: pytest.fail("the whole is traced without a plate"))
    over.close()
    whole = StudioPlacer(replace(SETTINGS, samples=32, share_plates=False), folder)
    monkeypatch.setattr(StudioPlacer, "_key", lambda _, request: SetKey.of(request, shared=True))
    picture = whole.place([request])[0].image
    whole.close()
    outside = request.layer.alpha_matte == 0
    closeness = psnr(told.image, picture, outside)
    assert closeness > 42, f"{closeness:.1f} dB"
    assert told.provenance.settings["share_plates"] is True
    assert told.provenance.settings["shared_set"] == SetKey.of(request, shared=True).name


def test_a_product_that_changes_all_is_traced_whole(
    sharing: StudioPlacer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del sharing
    monkeypatch.setattr("photoshoot.placers.studio.renderer.plate.MOST_CHANGED", 0.0)
    traced: list[object] = []
    over = StudioPlacer(SETTINGS, folder)
    render = over._render

    def spy(*args: Any) -> RawRender:
        traced.append(args)
        return render(*args)

    monkeypatch.setattr(over, "_render", spy)
    over.place([nearly_alike()[0]])
    over.close()
    assert len(traced) == 1


def test_plates_need_a_denoiser() -> None:
    with pytest.raises(SettingsError, match="share_plates"):
        StudioSettings(share_plates=True, denoiser="none")
