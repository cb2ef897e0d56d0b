from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import InputError, SettingsError
from photoshoot.files import find_data
from photoshoot.layout import AdSize
from photoshoot.placers.studio.variant import SCALAR
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.previews import products as previews_products
from photoshoot.previews import studio as previews_studio
from photoshoot.previews.products import EXAMPLES, choose_product, load_examples, preset_seed
from photoshoot.previews.sheet import build_sheet, save_sheet
from photoshoot.previews.studio import PreviewStudio, picture_folder, save_pictures
from photoshoot.records import Product, RgbImage, Swatch
from photoshoot.sets import SetDesign
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import StudioSettings
from tests.making import make_product
from tests.measures import psnr

REGISTRY = PresetRegistry.load()
SAMPLE = ("white_background", "rustic_wood_warm_bokeh", "white_linen_flat_lay_leaf_shadows")


def make_preset(folder: Path, id: str = "mine", tags: tuple[str, ...] = (), design: SetDesign | None = None) -> Preset:
    base = REGISTRY.get("white_background")
    return dataclasses.replace(
        base, id=id, tags=tags, categories=(), source=folder / "mine.json", design=design or base.design
    )


def products_of(**colors: str) -> dict[str, Product]:
    """Products of one colour each."""
    product = make_product()
    return {
        name: dataclasses.replace(product, palette=(Swatch(hex=color, name=name, share=1.0),))
        for name, color in colors.items()
    }


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewStudio]:
    """A studio for small, quick pictures of the drawn bottle."""
    monkeypatch.setattr(previews_studio, "PREVIEW_SIZE", AdSize(label="preview", width_px=200, height_px=150))
    with PreviewStudio({"drawn": make_product()}, StudioSettings(samples=1)) as studio:
        yield studio


def test_the_products_are_the_examples_with_their_true_mattes() -> None:
    examples = load_examples()
    assert set(examples) == set(EXAMPLES)
    for name, product in examples.items():
        with Image.open(find_data("examples") / "mattes" / f"{name}.png") as matte:
            share = float((np.asarray(matte) / 255).mean())
        assert product.cutout.segmenter == "alpha"
        assert float(product.cutout.alpha_matte.mean()) == pytest.approx(share, rel=0.01), name
        assert product.palette, name


def test_an_installed_photoshoot_says_what_to_do_without_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(name)

    monkeypatch.setattr(previews_products, "find_data", missing)
    with pytest.raises(InputError, match="--product PHOTO"):
        load_examples()


def test_tags_choose_before_sets_and_sets_before_the_rest(tmp_path: Path) -> None:
    products = products_of(bottle="#203040", mug="#203040", sneaker="#203040", headphones="#203040")
    assert choose_product(make_preset(tmp_path, tags=("technology",)), products) == "headphones"
    assert choose_product(make_preset(tmp_path, tags=("unknown", "spa")), products) == "bottle"
    drape = REGISTRY.get("ivory_silk_drape").design
    assert choose_product(make_preset(tmp_path, design=drape), products) == "bottle"
    rest = {choose_product(make_preset(tmp_path, id=f"scene_{i}"), products) for i in range(30)}
    assert rest == set(products), "any of them, by the preset's id"


def test_a_product_that_is_lost_in_the_set_is_passed_over(tmp_path: Path) -> None:
    white = make_preset(tmp_path, tags=("technology",), design=Cyclorama(colors=("#f8f8f8",)))
    assert choose_product(white, products_of(headphones="#f8f8f8", mug="#203040")) == "mug"
    assert choose_product(white, products_of(headphones="#f8f8f8", mug="#dcdcdc")) == "mug", "the least lost"


def test_every_example_is_shown_and_none_everywhere() -> None:
    examples = load_examples()
    chosen = [choose_product(preset, examples) for preset in REGISTRY]
    for name in EXAMPLES:
        assert 0.08 <= chosen.count(name) / len(chosen) <= 0.4, (name, chosen.count(name))


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


def test_presets_have_seeds_of_their_own() -> None:
    seeds = {preset_seed(preset) for preset in REGISTRY}
    assert len(seeds) == len(REGISTRY)
    assert all(0 <= seed < 2**32 for seed in seeds)


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


def with_preview(folder: Path, id: str, color: tuple[int, int, int]) -> Preset:
    (folder / "previews").mkdir(exist_ok=True)
    Image.new("RGB", (80, 60), color).save(folder / "previews" / f"{id}.webp", lossless=True)
    return make_preset(folder, id)


def count(page: RgbImage, color: tuple[int, int, int]) -> int:
    return int(np.all(page == color, axis=-1).sum())


def test_a_sheet_has_every_preview_once(tmp_path: Path) -> None:
    colors = [(200, 20, 40), (20, 160, 60), (30, 60, 210)]
    presets = [with_preview(tmp_path, f"scene_{i}", color) for i, color in enumerate(colors)]
    page = build_sheet(presets, columns=2, width_px=400)
    cell = (400 - 2 * 24 - 14) // 2
    assert page.shape[1:] == (400, 3)
    assert [count(page, color) for color in colors] == [cell * round(cell * 60 / 80)] * 3
    assert np.all(page[-20:] == page[0, 0]), "the lower margin is empty"
    assert np.all(page[:, -20:] == page[0, 0]), "the right margin is empty"


def test_long_ids_fit_their_picture(tmp_path: Path) -> None:
    presets = [with_preview(tmp_path, "a_rather_long_id_" * 4 + str(i), (9, 9, 9)) for i in range(4)]
    page = build_sheet(presets, columns=4, width_px=600)
    gutter = page[:, 24 + 127 + 1 : 24 + 127 + 13]
    assert np.all(gutter == page[0, 0]), "labels stay apart"


def test_what_can_not_be_a_sheet_is_refused(tmp_path: Path) -> None:
    shown = with_preview(tmp_path, "shown", (1, 2, 3))
    with pytest.raises(InputError, match="at least one"):
        build_sheet([])
    with pytest.raises(InputError, match="photoshoot presets render mine"):
        build_sheet([shown, make_preset(tmp_path)])
    with pytest.raises(SettingsError, match="columns"):
        build_sheet([shown], columns=0)
    with pytest.raises(InputError, match=r"\.jpg"):
        save_sheet([shown], tmp_path / "sheet.gif")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_a_sheet_is_written_in_the_format_of_its_name(tmp_path: Path, suffix: str) -> None:
    save_sheet([with_preview(tmp_path, "shown", (90, 120, 60))], tmp_path / f"sheet.{suffix}", width_px=500)
    with Image.open(tmp_path / f"sheet.{suffix}") as picture:
        assert picture.format == {"jpg": "JPEG"}.get(suffix, suffix.upper())
        assert picture.width == 500


@pytest.mark.slow
@pytest.mark.parametrize("preset_id", SAMPLE)
def test_the_stored_pictures_are_what_the_studio_makes(preset_id: str, variant: str) -> None:
    preset = REGISTRY.get(preset_id)
    least_db = 30 if variant == SCALAR else 35  # the stored ones are not its own: it draws its paths otherwise
    with PreviewStudio(load_examples()) as studio:
        pictures = studio.photograph(preset)
    for path, made in ((preset.preview_path, pictures.preview), (preset.plate_path, pictures.plate)):
        assert path is not None, "make it with: photoshoot presets render"
        with Image.open(path) as image:
            stored = np.asarray(image.convert("RGB"))
        assert psnr(stored, made) >= least_db, f"{path}: {psnr(stored, made):.1f} dB"
