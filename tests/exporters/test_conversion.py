from __future__ import annotations

import io

import pytest
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.file_exporter import convert, encode
from photoshoot.records import Shot
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_shot


@pytest.fixture(scope="module")
def shot() -> Shot:
    return make_shot(700, 300, name="Ünïcode & <bottle>")


@pytest.mark.parametrize("format", list(ImageFormat))
@pytest.mark.parametrize("low", [False, True])
def test_converting_a_file_gives_the_bytes_of_exporting_the_shot(shot: Shot, format: ImageFormat, low: bool) -> None:
    kept = encode(shot, ExportSettings(format=ImageFormat.JPEG if low else ImageFormat.PNG, low_resolution=low))
    assert convert(kept, format) == encode(shot, ExportSettings(format=format, low_resolution=low))


def test_other_dots_per_inch_are_kept(shot: Shot) -> None:
    kept = encode(shot, ExportSettings(dpi=300))
    assert convert(kept, ImageFormat.PDF) == encode(shot, ExportSettings(format=ImageFormat.PDF, dpi=300))


def test_other_files_are_refused(shot: Shot) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    webp = encode(shot, ExportSettings(format=ImageFormat.WEBP))
    for data in (b"", plain.getvalue(), webp, encode(shot, ExportSettings())[:500]):
        with pytest.raises(PhotoError, match="no picture that photoshoot wrote"):
            convert(data, ImageFormat.JPEG)
