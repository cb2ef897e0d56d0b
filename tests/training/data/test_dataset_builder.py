from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest

from photoshoot.errors import InputError, SettingsError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.training.data import DataTally, open_training_data
from photoshoot.training.data.product_cutouts import load_product, read_card
from photoshoot.training.data.randomization import Randomizer
from photoshoot.training.data.shard_index import scan_shard
from photoshoot.training.data.shard_manifest import load_manifest
from tests.catalogue.products import read_tree, write_photos
from tests.training.data.making import PRODUCTS, QUICK, render


class StoppedError(Exception):
    pass


def stop_after(samples: int, tally: DataTally) -> None:
    if tally.stage == "make" and tally.made == samples:
        raise StoppedError


def test_a_run_that_was_stopped_goes_on_and_has_the_bytes_of_one_that_was_not(
    products: Path, rendered: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoppedError):
        render(products, tmp_path, on_step=functools.partial(stop_after, 3))
    half_written = tmp_path / ".unfinished" / f".{'0' * 16}.tmp"
    half_written.write_bytes(b"half")
    told: list[DataTally] = []
    render(products, tmp_path, on_step=told.append)
    assert (told[-1].there, told[-1].made) == (3, QUICK.count - 3)
    assert read_tree(tmp_path) == read_tree(rendered)


@pytest.mark.exhaustive(
    "tests/training/data/test_dataset_builder.py::test_what_is_finished_is_not_made_again_and_a_lost_shard_is"
)
@pytest.mark.slow
def test_two_processes_and_a_growing_count_give_the_same_bytes(products: Path, rendered: Path, tmp_path: Path) -> None:
    render(products, tmp_path, count=3)
    render(products, tmp_path, processes=2)
    assert read_tree(tmp_path) == read_tree(rendered)


def test_what_is_finished_is_not_made_again_and_a_lost_shard_is(products: Path, rendered: Path, tmp_path: Path) -> None:
    for name, data in read_tree(rendered).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    told: list[DataTally] = []
    render(products, tmp_path, on_step=told.append)
    assert (told[-1].there, told[-1].made) == (QUICK.count, 0)
    (tmp_path / "shard-00002.tar").unlink()
    render(products, tmp_path, on_step=told.append)
    assert told[-1].made == 1
    assert read_tree(tmp_path) == read_tree(rendered)


def test_pictures_and_mattes_are_those_of_the_shots(rendered: Path) -> None:
    data, draws = open_training_data(rendered), Randomizer(QUICK)
    cards = [read_card(file) for file in sorted((rendered / "products").glob("*.json"))]
    placer = StudioPlacer(QUICK.studio)
    for index in (0, 4):
        card = cards[draws.product_at(index, PRODUCTS)]
        drawn = draws.draw(index, load_product(rendered, card))
        (shot,) = placer.place([drawn.request])
        sample = data[index]
        assert (sample.product, sample.caption, sample.source) == (card.product, drawn.caption, "rendered")
        np.testing.assert_array_equal(sample.image, shot.image)
        matte = np.round(drawn.request.layer.alpha_matte * 255).astype(np.uint8)
        np.testing.assert_array_equal(np.round(sample.alpha_matte * 255).astype(np.uint8), matte)
        assert matte.max() == 255
        assert data.size_of(index) == (shot.canvas.width_px, shot.canvas.height_px)


def test_products_take_turns_and_shadows_lie_beside_them(rendered: Path) -> None:
    data = open_training_data(rendered)
    assert len(data) == QUICK.count
    assert len({data.product_of(index) for index in range(PRODUCTS)}) == PRODUCTS
    for sample in (data[index] for index in range(len(data))):
        assert sample.shadow is not None
        assert 0 <= sample.shadow.min() < 0.9 < sample.shadow.max() <= 1, sample.key


def test_another_seed_shows_other_things(products: Path, rendered: Path, tmp_path: Path) -> None:
    render(products, tmp_path, seed=5, count=2)
    first, other = (scan_shard(folder / "shard-00000.tar") for folder in (rendered, tmp_path))
    assert [entry.size for entry in first] != [entry.size for entry in other] or first[0].caption != other[0].caption


def test_a_folder_takes_no_other_data_and_loses_none(products: Path, rendered: Path) -> None:
    before = read_tree(rendered)
    for changes, words in (({"seed": 5}, "seed"), ({"megapixels": 0.02}, "megapixels"), ({"count": 4}, "grow")):
        with pytest.raises(InputError, match=words):
            render(products, rendered, **changes)
    assert read_tree(rendered) == before


def test_photos_that_cant_be_used_are_told_and_left_out(tmp_path: Path) -> None:
    write_photos(tmp_path / "photos", 1)
    (tmp_path / "photos" / "broken.png").write_bytes(b"no picture")
    told: list[DataTally] = []
    render(tmp_path / "photos", tmp_path / "out", on_step=told.append, count=1)
    assert [one.id for one in told[-1].refused] == ["broken"]
    manifest = load_manifest(tmp_path / "out")
    assert manifest is not None
    assert [product["id"] for product in manifest.made_from["products"]] == ["bottle_00"]
    for photo in (tmp_path / "photos").glob("bottle*"):
        photo.unlink()
    with pytest.raises(InputError, match="none of 1 photos can be used: broken"):
        render(tmp_path / "photos", tmp_path / "other")


@pytest.mark.parametrize("wrong", [{"count": 0}, {"seed": -1}, {"megapixels": 9}, {"shard_size": 0}])
def test_settings_are_checked(wrong: dict[str, int], products: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        render(products, tmp_path, **wrong)
    with pytest.raises(SettingsError, match="processes"):
        render(products, tmp_path, processes=0)
