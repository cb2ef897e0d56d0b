from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import Cutout, ExportError, SettingsError
from tests.making import draw_cutout


@pytest.fixture(scope="module")
def cutout() -> Cutout:
    return draw_cutout(60, 80)


def test_nothing_of_the_old_background_is_kept(cutout: Cutout) -> None:
    pixels = np.asarray(cutout.to_pil())
    matte = np.round(cutout.alpha_matte * 255).astype(np.uint8)
    np.testing.assert_array_equal(pixels[..., 3], matte)
    np.testing.assert_array_equal(pixels[matte > 0][:, :3], cutout.rgb[matte > 0])
    assert cutout.rgb[matte == 0].any()
    assert not pixels[matte == 0].any()


def test_over_a_colour_and_the_matte_alone(cutout: Cutout) -> None:
    over = np.asarray(cutout.to_pil(background="#ff8000"))
    assert over.shape == (80, 60, 3)
    assert over[0, 0].tolist() == [255, 128, 0]
    inside = cutout.alpha_matte == 1
    np.testing.assert_array_equal(over[inside], cutout.rgb[inside])
    matte = np.asarray(cutout.to_pil(matte=True))
    np.testing.assert_array_equal(matte, np.round(cutout.alpha_matte * 255).astype(np.uint8))


@pytest.mark.parametrize("name", ["a.png", "a.webp", "b/A.PNG"])
def test_a_file_has_the_same_pixels(cutout: Cutout, tmp_path: Path, name: str) -> None:
    path = cutout.save(tmp_path / name)
    assert path == tmp_path / name
    with Image.open(path) as image:
        np.testing.assert_array_equal(np.asarray(image), np.asarray(cutout.to_pil()))


def test_a_folder_gets_a_name_by_the_photo(cutout: Cutout, tmp_path: Path) -> None:
    assert cutout.save(tmp_path) == tmp_path / "drawn_cutout.png"
    assert cutout.save(str(tmp_path / "new"), matte=True) == tmp_path / "new" / "drawn_matte.png"


def test_a_jpeg_needs_a_colour(cutout: Cutout, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"\.png, \.webp"):
        cutout.save(tmp_path / "a.jpg")
    assert list(tmp_path.iterdir()) == []
    with Image.open(cutout.save(tmp_path / "a.jpg", background="#ffffff")) as image:
        assert (image.format, image.size) == ("JPEG", (60, 80))


def test_what_makes_no_sense_is_refused(cutout: Cutout, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="#rrggbb"):
        cutout.to_pil(background="white")
    with pytest.raises(SettingsError, match="matte alone"):
        cutout.to_pil(background="#ffffff", matte=True)
    with pytest.raises(SettingsError, match="target"):
        cutout.save(tmp_path / "a.gif", background="#ffffff")
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="a\\.png"):
        cutout.save(tmp_path / "file" / "a.png")
