from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import InputError, SettingsError
from photoshoot.presets import Preset
from photoshoot.previews.sheet import build_sheet, save_sheet
from photoshoot.records import RgbImage
from tests.previews.making import make_preset


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
