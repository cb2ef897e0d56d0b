from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from photoshoot import PhotoError
from photoshoot.server.polyglot_check import screen_photo
from tests.server.uploads import encode_photo


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_photo_passes_whatever_its_pixels_are(format: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (256, 256, 3), np.uint8)
    screen_photo(encode_photo(Image.fromarray(noise), format))


def test_a_jpeg_with_a_second_picture_behind_it_passes() -> None:
    jpeg = encode_photo(Image.new("RGB", (32, 32)), "JPEG")
    screen_photo(jpeg + jpeg + b"\0" * 100)


def _archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "hello")
    return file.getvalue()


@pytest.mark.parametrize(
    "tail",
    [_archive(), _archive() + b"\xff\xd9", b"<script >alert(1)</script>", b"<?php system(1)", b"<!DOCTYPE HTML>"],
    ids=["zip", "zip and more", "script", "php", "html"],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_photo_that_is_something_else_besides_is_refused(tail: bytes, format: str) -> None:
    with pytest.raises(PhotoError, match="which no photo does"):
        screen_photo(encode_photo(Image.new("RGB", (32, 32)), format) + tail)


def test_a_photo_with_a_pdf_in_its_comment_is_refused() -> None:
    file = io.BytesIO()
    Image.new("RGB", (32, 32)).save(file, "JPEG", comment=b"%PDF-1.4 and so on")
    with pytest.raises(PhotoError, match="PDF"):
        screen_photo(file.getvalue())
