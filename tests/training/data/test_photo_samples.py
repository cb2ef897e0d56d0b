from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.catalogue import list_items
from photoshoot.engines.registry import load_class
from photoshoot.errors import InputError, SettingsError
from photoshoot.records import RgbImage
from photoshoot.training.data import DataTally, PhotoSettings, open_training_data
from photoshoot.training.data.dataset_builder import cut_photos
from photoshoot.training.data.photo_samples import CutPhotos, hide_product, shrink
from photoshoot.training.data.shard_store import ShardStore
from photoshoot.training.data.tally import MadeSample
from tests.catalogue.products import EXAMPLES, read_tree

SETTINGS = PhotoSettings(megapixels=0.02, shard_size=2)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos of one mug, one of a bottle, a cut-out, and a file that is no photo."""
    folder = tmp_path / "photos"
    (folder / "mug").mkdir(parents=True)
    for name, target in (("mug", "mug/front"), ("mug", "mug/side"), ("bottle", "bottle")):
        with Image.open(EXAMPLES / f"{name}.jpg") as photo:
            photo.resize((240, 240)).save(folder / f"{target}.jpg")
    (folder / "mug" / "front.txt").write_text("a grey  wall,\nsoft light\n", encoding="utf-8")
    Image.new("RGBA", (64, 64), (90, 90, 90, 100)).save(folder / "cut.png")
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


def test_photos_become_samples_and_bad_ones_are_told(photos: Path, tmp_path: Path) -> None:
    told: list[DataTally] = []
    tally = cut_photos(list_items(photos), SETTINGS, tmp_path / "out", on_step=told.append)
    assert (tally.total, tally.made, tally.failed) == (5, 3, 0)
    assert [one.id for one in tally.refused] == ["broken", "cut"]
    assert "cut out already" in tally.refused[1].reason
    data = open_training_data(tmp_path / "out", verify=True)
    samples = [data[index] for index in range(len(data))]
    assert [sample.product for sample in samples] == ["bottle", "mug", "mug"]
    assert [sample.caption for sample in samples] == ["", "a grey wall, soft light", ""]
    for sample in samples:
        assert sample.source == "photo"
        assert sample.shadow is None
        assert sample.image.shape == (141, 141, 3)
        assert 0.05 < sample.alpha_matte.mean() < 0.6
        assert sample.alpha_matte[0, 0] == 0
    card = (tmp_path / "out" / "README.md").read_text()
    assert "3 pictures of 2 products" in card
    assert "KEY.shadow.png" not in card


def test_a_stopped_run_goes_on_and_has_the_same_bytes(photos: Path, tmp_path: Path) -> None:
    def stop(tally: DataTally) -> None:
        if tally.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_photos(list_items(photos), SETTINGS, tmp_path / "first", on_step=stop)
    tally = cut_photos(list_items(photos), SETTINGS, tmp_path / "first")
    assert tally.there == 3
    assert [one.id for one in tally.refused] == ["broken", "cut"]
    cut_photos(list_items(photos), SETTINGS, tmp_path / "second")
    assert read_tree(tmp_path / "first") == read_tree(tmp_path / "second")


def test_another_caption_is_other_data(photos: Path, tmp_path: Path) -> None:
    shutil.rmtree(photos / "mug")
    cut_photos(list_items(photos), SETTINGS, tmp_path / "out")
    (photos / "bottle.txt").write_text("a white table")
    with pytest.raises(InputError, match="other photos"):
        cut_photos(list_items(photos), SETTINGS, tmp_path / "out")
    (photos / "bottle.jpg").unlink()
    with pytest.raises(InputError, match="none of 2 photos"):
        cut_photos(list_items(photos), SETTINGS, tmp_path / "none")


def test_a_hidden_product_leaves_its_surroundings() -> None:
    image, alpha = np.full((40, 60, 3), 200, np.uint8), np.zeros((40, 60), np.float32)
    image[10:30, 20:40], alpha[10:30, 20:40] = (10, 90, 20), 1
    np.testing.assert_array_equal(hide_product(image, alpha), np.full((40, 60, 3), 200, np.uint8))


class Describer:
    """Says the mean colour of what it sees."""

    def describe_scenes(self, pictures: Sequence[RgbImage]) -> list[str]:
        return [f"grey {round(float(picture.mean()))}" for picture in pictures]


def test_a_captioner_is_asked_where_no_text_lies_beside_a_photo(photos: Path, tmp_path: Path) -> None:
    items = [item for item in list_items(photos) if item.id.startswith("mug")]
    segmenter = load_class("segmenter", "u2netp")()
    work = CutPhotos(items=items, settings=SETTINGS, segmenter=segmenter, captioner=Describer())
    store = ShardStore(tmp_path, work.identify(), count=2, shard_size=2)
    for made in work(store.left()):
        assert isinstance(made, MadeSample)
        store.add(made.index, made.data)
    data = open_training_data(tmp_path)
    shown = hide_product(data[1].image, data[1].alpha_matte)
    assert [data[0].caption, data[1].caption] == ["a grey wall, soft light", f"grey {round(float(shown.mean()))}"]
    assert shown.std() < data[1].image.std()
    with pytest.raises(SettingsError, match="blip"):
        cut_photos(items, replace(SETTINGS, captioner="efficientnet_lite0"), tmp_path / "out")


def test_picture_and_matte_shrink_together() -> None:
    rgb, alpha = np.full((300, 200, 3), 90, np.uint8), np.zeros((300, 200), np.float32)
    alpha[:, 100:] = 1
    small, matte = shrink(rgb, alpha, 0.015)
    assert small.shape == (150, 100, 3)
    assert matte.shape == (150, 100)
    assert matte[:, :48].max() < 0.02
    assert matte[:, 52:].min() > 0.98
    assert shrink(rgb, alpha, 1)[0] is rgb
