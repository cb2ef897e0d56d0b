"""JPEGs whose end was lost on the way are read as far as they are there, and say so."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.pixels.photos import read_photo

END = b"\xff\xd9"
HEIGHT = 240
ACROSS, DOWN = np.meshgrid(np.arange(320), np.arange(HEIGHT))
WAVES = np.stack([np.sin(ACROSS / 9) * 90, np.cos(DOWN / 7) * 90, np.sin((ACROSS + DOWN) / 5) * 90], -1)
GRAIN = np.random.default_rng(3).normal(0, 12, (HEIGHT, 320, 1))
PICTURE = np.clip(128 + WAVES + GRAIN, 0, 255).astype(np.uint8)
KINDS: Mapping[str, Mapping[str, Any]] = {
    "baseline": {},
    "fine chroma": {"subsampling": 0},
    "restarts": {"restart_marker_rows": 1},
    "progressive": {"progressive": True},
}


def encode(picture: np.ndarray, mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).convert(mode).save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("kind", KINDS)
def test_without_its_end_marker_alone_it_is_whole(kind: str, mode: str, caplog: pytest.LogCaptureFixture) -> None:
    data = encode(PICTURE, mode, **KINDS[kind])
    assert data.endswith(END)
    with caplog.at_level(logging.WARNING, "photoshoot"):
        photo = read_photo(data.removesuffix(END))
    np.testing.assert_array_equal(photo.rgb, read_photo(data).rgb)
    assert read_photo(data).missing == ""
    assert "cut short" in caplog.text or kind == "restarts"  # after a restart decoders may stop without looking on


@pytest.mark.parametrize("filled", [0, 5000])
@pytest.mark.parametrize("kind", ["baseline", "fine chroma", "restarts"])
def test_rows_that_are_missing_are_left_out(kind: str, filled: int, caplog: pytest.LogCaptureFixture) -> None:
    """Also where the file's room was made before its bytes came."""
    data = encode(PICTURE, **KINDS[kind])
    with caplog.at_level(logging.WARNING, "photoshoot"):
        photo = read_photo(data[: int(len(data) * 0.92)] + bytes(filled))
    whole = read_photo(data).rgb
    rows = photo.rgb.shape[0]
    assert 0.8 * HEIGHT < rows < HEIGHT
    np.testing.assert_array_equal(photo.rgb[: rows - 1], whole[: rows - 1])  # chroma of the last is spread from below
    assert photo.missing == f"its lowest {HEIGHT - rows} of {HEIGHT} rows are missing and left out"
    assert photo.missing in caplog.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.4, 0.65])
def test_with_too_little_of_it_there_it_is_refused(kind: str, share: float) -> None:
    data = encode(PICTURE, **KINDS[kind])
    with pytest.raises(PhotoError, match="cut short"):
        read_photo(data[: int(len(data) * share)])


def test_what_lies_in_front_is_not_taken_for_the_end() -> None:
    """A preview in a segment is a whole JPEG of its own."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x927C] = encode(PICTURE[:16, :16])
    data = encode(PICTURE, exif=exif)
    np.testing.assert_array_equal(read_photo(data.removesuffix(END)).rgb, read_photo(data).rgb)


def test_flat_grey_ground_is_no_missing_part() -> None:
    """Grey is what decoders fill with."""
    picture = PICTURE.copy()
    picture[120:] = 128
    data = encode(picture)
    assert read_photo(data.removesuffix(END)).rgb.shape == picture.shape
