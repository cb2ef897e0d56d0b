from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

EXAMPLES = Path(__file__).parents[1] / "examples"
PHOTOS = sorted(EXAMPLES.glob("*.jpg"))


def test_there_are_at_least_five_photos() -> None:
    assert len(PHOTOS) >= 5


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda path: path.stem)
def test_each_photo_has_a_true_matte(photo: Path) -> None:
    with Image.open(photo) as picture, Image.open(EXAMPLES / "mattes" / f"{photo.stem}.png") as image:
        assert image.size == picture.size
        assert image.mode == "L"
        matte = np.asarray(image)
    assert matte.min() == 0
    assert matte.max() == 255
    assert 0.10 < (matte / 255).mean() < 0.70
    assert ((matte > 0) & (matte < 255)).any(), "a rendered matte has soft edges"


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda path: path.stem)
def test_files_stay_small(photo: Path) -> None:
    assert photo.stat().st_size <= 250_000
    assert (EXAMPLES / "mattes" / f"{photo.stem}.png").stat().st_size <= 60_000


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda path: path.stem)
def test_the_readme_names_each_photo(photo: Path) -> None:
    assert f"{photo.stem}.jpg" in (EXAMPLES / "README.md").read_text(encoding="utf-8")
