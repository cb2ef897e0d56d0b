from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from photoshoot.exporters.png import SIGNATURE, write_png
from photoshoot.records import RgbImage
from tests.exporters.shots import decode


def draw_dithered(height: int, width: int, seed: int = 0) -> RgbImage:
    """A slope of light with the grain that pictures of the studio have."""
    rows, columns = np.mgrid[:height, :width]
    slope = 60 + 120 * rows / height + 40 * np.sin(columns / 60)
    grain = np.random.default_rng(seed).normal(0, 1.2, (height, width, 3))
    return np.asarray(np.clip(slope[..., None] + grain, 0, 255), np.uint8)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, value = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert int.from_bytes(data[at + 8 + length : at + 12 + length], "big") == zlib.crc32(kind + value)
        yield kind, value
        at += 12 + length


@pytest.mark.parametrize("height", [1, 2, 3, 31, 32, 33, 63, 64, 65, 130])
@pytest.mark.parametrize("width", [1, 2, 77])
def test_every_pixel_is_kept(height: int, width: int) -> None:
    noise = np.random.default_rng(height * width).integers(0, 256, (height, width, 3), np.uint8)
    for image in (noise, draw_dithered(height, width), np.full((height, width, 3), 255, np.uint8)):
        assert np.array_equal(decode(write_png(image, [])), image)


def test_extremes_next_to_each_other_are_kept() -> None:
    image = np.random.default_rng(1).choice(np.array([0, 1, 127, 128, 254, 255], np.uint8), (40, 50, 3))
    assert np.array_equal(decode(write_png(image, [])), image)


def test_views_of_larger_pictures_are_kept() -> None:
    image = draw_dithered(64, 90)[::2, 10:71]
    assert np.array_equal(decode(write_png(image, [])), image)


def test_each_row_has_the_filter_that_leaves_least() -> None:
    columns = np.arange(60, dtype=np.uint8)
    down, across = np.tile(columns[:, None, None], (1, 60, 3)), np.tile(columns[None, :, None], (60, 1, 3))
    for image, filters in ((down, {1}), (across, {1, 2})):  # the first row has none above it
        (packed,) = (value for kind, value in chunks_of(write_png(image, [])) if kind == b"IDAT")
        rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(60, -1)
        assert set(rows[:, 0].tolist()) == filters


def test_chunks_stand_in_order_before_the_pixels() -> None:
    data = write_png(draw_dithered(8, 9), [(b"pHYs", bytes(8) + b"\1"), (b"tEXt", b"a\0b")])
    kinds = [kind for kind, _ in chunks_of(data)]
    assert kinds == [b"IHDR", b"pHYs", b"tEXt", b"IDAT", b"IEND"]


def test_a_dithered_picture_is_no_larger_than_by_every_filter() -> None:
    image, file = draw_dithered(400, 640), io.BytesIO()
    Image.fromarray(image).save(file, "PNG", compress_type=zlib.Z_RLE)
    ratio = len(write_png(image, [])) / len(file.getvalue())
    assert ratio < 1.03, f"{ratio:.3f} of the size that Pillow comes to with all five filters"


def test_the_same_picture_gives_the_same_bytes() -> None:
    image = draw_dithered(120, 80)
    assert write_png(image, []) == write_png(image.copy(), [])
