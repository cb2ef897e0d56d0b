from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.catalogue import list_items
from photoshoot.errors import InputError
from photoshoot.training.data import DataTally, PhotoSettings, open_training_data
from photoshoot.training.data.photos import shrink
from photoshoot.training.data.running import cut_photos
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


def test_picture_and_matte_shrink_together() -> None:
    rgb, alpha = np.full((300, 200, 3), 90, np.uint8), np.zeros((300, 200), np.float32)
    alpha[:, 100:] = 1
    small, matte = shrink(rgb, alpha, 0.015)
    assert small.shape == (150, 100, 3)
    assert matte.shape == (150, 100)
    assert matte[:, :48].max() < 0.02
    assert matte[:, 52:].min() > 0.98
    assert shrink(rgb, alpha, 1)[0] is rgb
