from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("transformers")

from photoshoot.engines.build import build_segmenter
from photoshoot.engines.choice import Selection
from photoshoot.errors import WeightsError
from photoshoot.records import Photo
from photoshoot.segmenters.words import ClipSegFinder, WordsSegmenter
from photoshoot.settings import SegmentationSettings
from tests.captioners import checkpoints
from tests.segmenters.drawing import draw_backdrop, draw_matte, take_photo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoints.write_clipseg(tmp_path_factory.mktemp("clipseg") / "tiny")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Folders of a detector and of what makes masks of its boxes."""
    place = tmp_path_factory.mktemp("grounded")
    return f"{checkpoints.write_grounding_dino(place / 'dino')}, {checkpoints.write_sam2(place / 'sam')}"


@pytest.fixture(scope="module")
def photo() -> Photo:
    return take_photo(draw_matte("mug"), draw_backdrop("white"))


@pytest.mark.parametrize("kind", ["folder", "both"])
def test_the_answer_depends_on_words_and_picture(kind: str, photo: Photo, request: pytest.FixtureRequest) -> None:
    segmenter = build_segmenter(Selection(segmenter=str(request.getfixturevalue(kind)), device="cpu"))
    assert isinstance(segmenter, WordsSegmenter)
    picture, finder = Image.fromarray(photo.rgb), segmenter._finder
    mug, garden = (finder.find(words, picture) for words in ("mug", "sunlit garden"))
    assert mug.ndim == 2
    assert mug.dtype == np.float32
    assert 0 <= mug.min() < mug.max() <= 1
    assert np.abs(mug - garden).max() > 1e-4
    assert np.array_equal(mug, finder.find("mug", picture))
    assert np.abs(mug - finder.find("mug", picture.rotate(90))).max() > 1e-4
    segmenter.close()
    with pytest.raises(WeightsError, match="closed"):
        finder.find("mug", picture)


def test_words_go_to_the_network_and_those_of_place_choose_among_parts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    matte = np.zeros((480, 480), np.float32)
    matte[150:300, 50:175] = matte[175:275, 300:400] = 1
    photo = take_photo(matte, draw_backdrop("white"))

    def find(self: ClipSegFinder, words: str, view: object) -> object:
        del self, view
        asked.append(words)
        seen = np.zeros((96, 96), np.float32)
        seen[30:60, 10:35] = seen[35:55, 60:80] = 1
        return seen

    monkeypatch.setattr(ClipSegFinder, "find", find)
    segmenter = WordsSegmenter([folder], SegmentationSettings(select="the blue mug"), device="cpu")
    found = segmenter.segment([photo])[0]
    right = segmenter.with_settings(SegmentationSettings(select="the right blue mug")).segment([photo])[0]
    assert set(asked) == {"blue mug"}
    assert right.box.left > found.box.left
    assert found.segmenter == "clipseg/tiny"
    asked.clear()
    usual = segmenter.with_settings(SegmentationSettings(select="largest")).segment([photo])[0]
    assert not asked
    assert usual.segmenter.startswith("u2netp")


def test_another_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        WordsSegmenter([checkpoints.write_siglip(tmp_path / "siglip")], device="cpu")
