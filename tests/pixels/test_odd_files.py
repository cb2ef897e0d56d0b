"""TIFFs as other programs write them: their pixels come out right, or it is said what can't be read."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, TiffImagePlugin

from photoshoot.errors import PhotoError
from photoshoot.pixels.photos import read_photo

Y, X = np.mgrid[0:48, 0:64]
RAMP = np.stack([X * 3, Y * 4, 200 - X - Y], -1).astype(np.uint8)
RGB, GREY, WHITE_IS_ZERO, CMYK, YCBCR = 2, 1, 0, 5, 6


def write_tiff(
    values: npt.NDArray[np.generic], photometric: int, *, apart: bool = False, strips: int = 1, **more: Any
) -> bytes:
    """An uncompressed TIFF of such samples, (H, W, C); of planes that lie apart, or of several strips.

    ``more`` are further tags, as ``t530=(1, 1)``.
    """
    height, width, samples = values.shape
    parts = [values[..., index] for index in range(samples)] if apart else np.split(values, strips)
    lengths = tuple(part.nbytes for part in parts)
    tags = TiffImagePlugin.ImageFileDirectory_v2(prefix=b"II")
    tags[256], tags[257], tags[258], tags[259] = width, height, (8 * values.itemsize,) * samples, 1
    tags[262], tags[277], tags[278], tags[284] = photometric, samples, height // strips, 2 if apart else 1
    tags[273] = tuple(int(start) for start in np.cumsum((0, *lengths[:-1])))  # Pillow adds where they begin
    tags[279] = lengths
    if values.dtype.kind == "f":
        tags[339] = (3,) * samples
    for name, value in more.items():
        tags[int(name[1:])] = value
    return b"II*\0\x08\0\0\0" + tags.tobytes(8) + b"".join(part.tobytes() for part in parts)


def sixteen(values: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    return values.astype("<u2") * np.uint16(257)


def to(mode: str) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.fromarray(RAMP).convert(mode))


def difference(file: bytes, expected: npt.NDArray[np.uint8] = RAMP) -> int:
    return int(np.abs(read_photo(file).rgb.astype(int) - expected).max())


@pytest.mark.parametrize("strips", [1, 4])
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "jpeg"])
def test_luma_and_chroma_are_read(strips: int, compression: str) -> None:
    if compression == "raw":
        file = write_tiff(to("YCbCr"), YCBCR, strips=strips, t530=(1, 1))
    else:
        buffer = io.BytesIO()
        image = Image.fromarray(RAMP) if compression == "jpeg" else Image.fromarray(RAMP).convert("YCbCr")
        options = {"quality": 95} if compression == "jpeg" else {}
        image.save(buffer, "TIFF", compression=compression, strip_size=48 // strips * 64 * 3, **options)
        file = buffer.getvalue()
    assert difference(file) <= 6  # of rounding twice, and of JPEG


def test_sixteen_bits_of_grey_colour_and_print_are_read() -> None:
    assert difference(write_tiff(sixteen(RAMP), RGB)) == 0
    assert difference(write_tiff(sixteen(to("CMYK")), CMYK)) == 0
    grey = np.repeat(RAMP[..., :1], 3, -1)
    assert difference(write_tiff(sixteen(RAMP[..., :1]), GREY), grey) == 0
    turned = write_tiff(65535 - sixteen(RAMP[..., :1]), WHITE_IS_ZERO)
    assert difference(turned, grey) == 0
    assert difference(write_tiff(255 - RAMP[..., :1], WHITE_IS_ZERO), grey) == 0
    with Image.open(io.BytesIO(turned)) as opened:
        before = np.asarray(opened).copy()
        assert np.abs(read_photo(opened).rgb.astype(int) - grey).max() == 0
        np.testing.assert_array_equal(np.asarray(opened), before)  # the caller's picture stays as it was


def test_planes_that_lie_apart_are_read_or_refused_never_wrong() -> None:
    assert difference(write_tiff(RAMP, RGB, apart=True)) == 0
    with pytest.raises(PhotoError, match=r"planes of 16 bits\): save it as RGB"):
        read_photo(write_tiff(sixteen(RAMP), RGB, apart=True))


@pytest.mark.parametrize(
    ("values", "photometric"), [(np.float32(RAMP / 255), RGB), (np.dstack([RAMP, RAMP[..., :2]]), CMYK)]
)
def test_a_kind_that_cannot_be_read_is_not_called_damage(values: npt.NDArray[np.generic], photometric: int) -> None:
    with pytest.raises(PhotoError, match="photo is a TIFF of a kind that can't be read"):
        read_photo(write_tiff(values, photometric))


@pytest.mark.parametrize("tags", [{"t254": 1}, {"t50706": b"\x01\x04\x00\x00"}])
def test_a_cameras_raw_file_is_no_tiny_picture(tags: dict[str, Any]) -> None:
    with pytest.raises(PhotoError, match="photo is a camera's raw file: develop it"):
        read_photo(write_tiff(RAMP, RGB, **tags))
    with pytest.raises(PhotoError, match="photo is a camera's raw file: develop it"):
        read_photo(b"II*\0\x10\0\0\0CR\x02\0" + bytes(64))
