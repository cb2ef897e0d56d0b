from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.files import find_data
from photoshoot.framing.layout import AdSize
from photoshoot.placers.studio.variant import SCALAR
from photoshoot.previews import studio as previews_studio
from photoshoot.previews.studio import PREVIEW_SIZE, PreviewStudio, picture_folder, save_pictures
from photoshoot.records import Product
from photoshoot.settings import StudioSettings
from tests.making import make_product
from tests.measures import psnr
from tests.previews.making import REGISTRY, make_preset

SAMPLE = ("white_background", "rustic_wood_warm_bokeh", "white_linen_flat_lay_leaf_shadows")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewStudio]:
    """A studio for small, quick pictures of the drawn bottle."""
    monkeypatch.setattr(previews_studio, "PREVIEW_SIZE", AdSize(label="preview", width_px=200, height_px=150))
    with PreviewStudio({"drawn": make_product()}, StudioSettings(samples=1)) as studio:
        yield studio


def test_a_plate_is_the_preview_without_the_product(small: PreviewStudio, tmp_path: Path) -> None:
    pictures = small.photograph(make_preset(tmp_path))
    assert pictures.preview.shape == pictures.plate.shape == (150, 200, 3)
    middle = np.s_[60:110, 90:110]
    assert psnr(pictures.preview[middle], pictures.plate[middle]) < 20, "the product is in the preview alone"
    assert psnr(pictures.preview[:30], pictures.plate[:30]) > 30, "the set is the same"
    green = pictures.plate[..., 1].astype(int) - pictures.plate[..., 0]
    assert green.max() < 12, "nothing of the green bottle is left"


def test_the_same_preset_gives_the_same_files(small: PreviewStudio, tmp_path: Path) -> None:
    preset = REGISTRY.get("pink_podium_disc")
    first = save_pictures(small.photograph(preset), tmp_path / "a")
    again = save_pictures(small.photograph(preset), tmp_path / "b")
    assert [path.relative_to(tmp_path / "a").as_posix() for path in first] == [
        "previews/pink_podium_disc.webp",
        "plates/pink_podium_disc.webp",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_pictures_go_where_presets_look_for_them(small: PreviewStudio, tmp_path: Path) -> None:
    assert picture_folder(REGISTRY.get("white_background")) == find_data("presets")
    mine = make_preset(tmp_path)
    save_pictures(small.photograph(mine), picture_folder(mine))
    assert mine.preview_path == tmp_path / "previews" / "mine.webp"
    assert mine.plate_path == tmp_path / "plates" / "mine.webp"


def test_files_are_small_and_plain_pictures_lose_least(small: PreviewStudio, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (600, 800, 3), dtype=np.uint8)
    ramp = np.linspace(90, 160, 800)[None, :, None] + np.zeros((600, 1, 3))
    plain = np.round(ramp).astype(np.uint8)
    pictures = dataclasses.replace(small.photograph(make_preset(tmp_path)), preview=plain, plate=noise)
    preview, plate = save_pictures(pictures, tmp_path)
    assert preview.stat().st_size <= 48 * 1024
    assert plate.stat().st_size <= 400 * 1024
    with Image.open(preview) as image:
        assert psnr(np.asarray(image.convert("RGB")), plain) > 46


@pytest.mark.slow
@pytest.mark.swept("preset_id")
@pytest.mark.parametrize("preset_id", SAMPLE)
def test_the_stored_pictures_are_what_the_studio_makes(
    preset_id: str, variant: str, examples: Mapping[str, Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from twice as far: a third of the work, and what differs by more than noise is as far below the bar."""
    preset = REGISTRY.get(preset_id)
    least_db = 30 if variant == SCALAR else 35  # the stored ones are not its own: it draws its paths otherwise
    whole = PREVIEW_SIZE.width_px, PREVIEW_SIZE.height_px
    half = AdSize(label="preview", width_px=whole[0] // 2, height_px=whole[1] // 2)
    monkeypatch.setattr(previews_studio, "PREVIEW_SIZE", half)
    with PreviewStudio(examples) as studio:
        pictures = studio.photograph(preset)
    for path, made in ((preset.preview_path, pictures.preview), (preset.plate_path, pictures.plate)):
        assert path is not None, "make it with: photoshoot presets render"
        with Image.open(path) as image:
            assert image.size == whole
            stored = np.asarray(image.convert("RGB").reduce(2))
        assert psnr(stored, made) >= least_db, f"{path}: {psnr(stored, made):.1f} dB"
