from __future__ import annotations

import dataclasses
import io
import time

import numpy as np
import pikepdf
import pytest
from PIL import Image

from photoshoot.exporters.file_exporter import encode
from photoshoot.records import RgbImage, Shot
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import decode, make_shot, with_pixels
from tests.measures import psnr

WIDE = 700, 300
EVERY = [ExportSettings(format=kind, low_resolution=low) for kind in ImageFormat for low in (False, True)]


@pytest.fixture(scope="module")
def shot() -> Shot:
    return make_shot(*WIDE)


@dataclasses.dataclass(frozen=True)
class Embedded:
    raw: bytes
    pixels: RgbImage
    icc: bytes


def embedded(pdf_file: bytes) -> Embedded:
    with pikepdf.open(io.BytesIO(pdf_file)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert isinstance(image, pikepdf.Stream)
        kind, profile = image.ColorSpace.as_list()
        assert kind == "/ICCBased"
        pixels = np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))
        return Embedded(image.read_raw_bytes(), pixels, profile.read_bytes())


def make(shot: Shot, format: ImageFormat, *, low: bool = False, quality: int = 92, dpi: int = 72) -> bytes:
    return encode(shot, ExportSettings(format=format, low_resolution=low, quality=quality, dpi=dpi))


def test_png_keeps_every_pixel(shot: Shot) -> None:
    assert np.array_equal(decode(make(shot, ImageFormat.PNG)), shot.image)


@pytest.mark.parametrize("format", [ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF])
def test_lossy_formats_stay_close(shot: Shot, format: ImageFormat) -> None:
    value = psnr(decode(make(shot, format)), shot.image)
    assert value > 38, f"{format}: {value:.1f} dB"


@pytest.mark.parametrize("format", [ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF])
def test_quality_buys_bytes(shot: Shot, format: ImageFormat) -> None:
    sizes = [len(make(shot, format, quality=quality)) for quality in (20, 60, 95)]
    assert sizes == sorted(set(sizes)), f"{format}: {sizes}"


def test_jpeg_keeps_full_colour_resolution() -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = (255, 0, 0)
    stripes[:, 1::2] = (0, 0, 255)
    value = psnr(decode(make(with_pixels(make_shot(), stripes), ImageFormat.JPEG, quality=95)), stripes)
    assert value > 30, f"{value:.1f} dB"  # 4:2:0 would blend the stripes to purple, 10 dB


@pytest.mark.parametrize("quality", [1, 50, 92, 94, 95, 100])
def test_jpeg_holds_pure_noise(quality: int, capfd: pytest.CaptureFixture[str]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (420, 420, 3), dtype=np.uint8)
    data = make(with_pixels(make_shot(), noise), ImageFormat.JPEG, quality=quality)
    assert decode(data).shape == noise.shape
    assert capfd.readouterr().err == ""


def test_high_resolution_pdf_embeds_the_original_losslessly(shot: Shot) -> None:
    image = embedded(make(shot, ImageFormat.PDF))
    assert np.array_equal(image.pixels, shot.image)
    png = make(shot, ImageFormat.PNG)
    assert image.raw in join_idat(png)


def join_idat(png: bytes) -> bytes:
    data, at = b"", 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return data


def test_low_resolution_pdf_embeds_the_thumbnail_itself(shot: Shot) -> None:
    image = embedded(make(shot, ImageFormat.PDF, low=True))
    assert image.raw == make(shot, ImageFormat.JPEG, low=True)


def test_thumbnail_is_512_px_and_close_to_a_reference(shot: Shot) -> None:
    small = decode(make(shot, ImageFormat.JPEG, low=True))
    assert small.shape == (round(300 * 512 / 700), 512, 3)
    reference = np.asarray(Image.fromarray(shot.image).resize((512, 219), Image.Resampling.LANCZOS))
    value = psnr(small, reference)
    assert value > 34, f"{value:.1f} dB"


@pytest.mark.parametrize("format", [ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF])
def test_low_resolution_converts_the_thumbnails_pixels(shot: Shot, format: ImageFormat) -> None:
    thumbnail = decode(make(shot, ImageFormat.JPEG, low=True))
    converted = decode(make(shot, format, low=True))
    value = psnr(converted, thumbnail)
    assert value > (90 if format is ImageFormat.PNG else 38), f"{format}: {value:.1f} dB"


def test_png_of_the_thumbnail_is_larger_than_the_thumbnail(shot: Shot) -> None:
    assert len(make(shot, ImageFormat.PNG, low=True)) > len(make(shot, ImageFormat.JPEG, low=True))


def test_thumbnail_is_never_scaled_up() -> None:
    assert decode(make(make_shot(120, 90), ImageFormat.PNG, low=True)).shape == (90, 120, 3)


@pytest.mark.parametrize(("dpi", "unit"), [(72, 1), (300, 1), (2400, 1), (1, 10)])
def test_pdf_is_version_1_6_with_a_page_of_the_pictures_size(shot: Shot, dpi: int, unit: int) -> None:
    data = make(shot, ImageFormat.PDF, dpi=dpi) if unit == 1 else make(make_shot(15_000, 8), ImageFormat.PDF, dpi=dpi)
    assert data.startswith(b"%PDF-1.6")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pdf_version == "1.6"
        (page,) = pdf.pages
        scale = float(page.get("/UserUnit", 1)) / 72 * dpi
        size = [float(page.mediabox[index]) * scale for index in (2, 3)]
        assert max(map(float, page.mediabox)) <= 14_400, "the format's largest page is 200 inches"
    expected = [700, 300] if unit == 1 else [15_000, 8]
    assert size == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("settings", EVERY, ids=lambda item: f"{item.format}-{item.low_resolution}")
def test_same_shot_gives_the_same_bytes(settings: ExportSettings) -> None:
    assert encode(make_shot(), settings) == encode(make_shot(), settings)


def test_pdf_does_not_depend_on_the_time() -> None:
    settings = ExportSettings(format=ImageFormat.PDF)
    first = encode(make_shot(), settings)
    time.sleep(1.1)  # a time stamp has seconds
    assert encode(make_shot(), settings) == first


@pytest.mark.parametrize("format", ImageFormat)
def test_every_file_carries_the_srgb_profile(shot: Shot, format: ImageFormat) -> None:
    data = make(shot, format)
    if format is ImageFormat.PDF:
        icc = embedded(data).icc
    else:
        with Image.open(io.BytesIO(data)) as picture:
            icc = picture.info["icc_profile"]
    assert icc[36:40] == b"acsp"
    assert icc[16:20] == b"RGB "
