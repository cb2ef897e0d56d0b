from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from photoshoot.contact_sheet import build_contact_sheet, save_contact_sheet
from photoshoot.errors import InputError, SettingsError
from photoshoot.records import RgbImage
from tests.exporters.shots import make_shot, with_pixels

COLORS = [(200, 20, 40), (20, 160, 60), (30, 60, 210)]


def count(page: RgbImage, color: tuple[int, int, int]) -> int:
    return int(np.all(page == color, axis=-1).sum())


def test_every_shot_is_on_the_page_once_and_unchanged_in_size() -> None:
    plain = [with_pixels(make_shot(), np.full((160, 240, 3), color, np.uint8)) for color in COLORS]
    page = build_contact_sheet(plain, columns=2)
    assert page.dtype == np.uint8
    assert page.shape[1:] == (2200, 3)
    assert [count(page, color) for color in COLORS] == [240 * 160] * 3


def test_pictures_of_one_shape_stand_in_straight_rows() -> None:
    plain = [with_pixels(make_shot(), np.full((160, 240, 3), color, np.uint8)) for color in COLORS]
    long = dataclasses.replace(plain[0], scene=dataclasses.replace(plain[0].scene, text="many words " * 60))
    page = build_contact_sheet([long, plain[1], plain[2]], columns=2)
    tops = [int(np.flatnonzero(np.all(page == color, axis=-1).any(axis=1))[0]) for color in COLORS]
    assert tops[0] == tops[1] < tops[2]


def test_mixed_shapes_texts_and_a_title_fit_the_page() -> None:
    sizes = [(900, 300), (160, 600), (728, 90), (240, 160), (1500, 1500)]
    shots = [make_shot(*size, preset_id=None if i % 2 else "a_preset") for i, size in enumerate(sizes)]
    shots = [
        dataclasses.replace(shot, scene=dataclasses.replace(shot.scene, text="crème 緑 " + "word" * 200))
        for shot in shots
    ]
    page = build_contact_sheet(shots, title="A title " * 50)
    paper = page[0, 0]
    assert np.all(page[:, :50] == paper), "the left margin is empty"
    assert np.all(page[:, -50:] == paper), "the right margin is empty"
    assert np.all(page[-40:] == paper), "the lower margin is empty"


def test_a_shot_that_failed_the_gate_is_marked() -> None:
    shot = make_shot()
    assert shot.quality is not None
    check = dataclasses.replace(shot.quality.check("max_difference"), value=3)
    failed = dataclasses.replace(shot, quality=dataclasses.replace(shot.quality, checks=(check,)))
    assert not np.array_equal(build_contact_sheet([shot]), build_contact_sheet([failed]))


def test_what_of_a_prompt_was_not_read_stands_under_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    shot = make_shot(preset_id=None)
    half_read = dataclasses.replace(shot, scene=dataclasses.replace(shot.scene, unread=("zorbing", "on glimmers")))
    written: list[str] = []
    draw = ImageDraw.ImageDraw.text

    def write(self: ImageDraw.ImageDraw, at: tuple[float, float], text: str, *rest: Any, **more: Any) -> None:
        written.append(text)
        draw(self, at, text, *rest, **more)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", write)
    build_contact_sheet([shot])
    assert not any("not read" in line for line in written)
    build_contact_sheet([half_read])
    assert "not read: zorbing, on glimmers" in written


def test_no_shots_columns_out_of_range_and_broken_fonts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one"):
        build_contact_sheet([])
    with pytest.raises(SettingsError, match="columns"):
        build_contact_sheet([make_shot()], columns=0)
    with pytest.raises(InputError, match="font"):
        build_contact_sheet([make_shot()], font=tmp_path / "none.ttf")


def test_the_file_is_the_page(tmp_path: Path) -> None:
    save_contact_sheet([make_shot()], tmp_path / "sheet.png", title="One")
    with Image.open(tmp_path / "sheet.png") as picture:
        assert np.array_equal(np.asarray(picture), build_contact_sheet([make_shot()], title="One"))
