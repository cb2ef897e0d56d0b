from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from photoshoot.errors import FileTooLargeError, PhotoError
from photoshoot.pixels.photos import read_photo
from photoshoot.records import RgbImage
from photoshoot.settings import PhotoLimits

RAMP = np.stack(np.broadcast_arrays(np.arange(64)[None] * 3, np.arange(48)[:, None] * 4, np.full((1, 1), 90)), -1)
RAMP = RAMP.astype(np.uint8)


def encode(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("format", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF", "BMP", "GIF"])
def test_every_format_gives_the_same_picture(format: str) -> None:
    options = {"lossless": True} if format == "WEBP" else {"quality": 95} if format in ("JPEG", "AVIF") else {}
    photo = read_photo(encode(Image.fromarray(RAMP), format, **options))
    tolerance = {"JPEG": 8, "AVIF": 8, "GIF": 12}.get(format, 0)  # a GIF has 256 colours
    assert np.abs(photo.rgb.astype(int) - RAMP).max() <= tolerance
    assert photo.alpha_matte is None


def test_heic_is_read() -> None:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(RAMP)).save(buffer, quality=95)
    assert np.abs(read_photo(buffer.getvalue()).rgb.astype(int) - RAMP).max() <= 12


def test_every_kind_of_source_gives_the_same_photo(tmp_path: Path) -> None:
    path = tmp_path / "green bottle.png"
    Image.fromarray(RAMP).save(path)
    with path.open("rb") as file:
        photos = [read_photo(s) for s in (path, str(path), path.read_bytes(), file, Image.fromarray(RAMP), RAMP)]
    assert {photo.sha256 for photo in photos} == {photos[0].sha256}
    assert photos[0].name == "green bottle"
    assert read_photo(photos[0]) is photos[0]


@pytest.mark.parametrize(
    ("orientation", "shown"),
    [
        (2, RAMP[:, ::-1]),
        (3, RAMP[::-1, ::-1]),
        (4, RAMP[::-1]),
        (5, RAMP.transpose(1, 0, 2)),
        (6, np.rot90(RAMP, -1)),
        (7, RAMP[::-1, ::-1].transpose(1, 0, 2)),
        (8, np.rot90(RAMP)),
    ],
)
def test_exif_orientation_is_applied(orientation: int, shown: RgbImage) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = read_photo(encode(Image.fromarray(RAMP), "PNG", exif=exif))
    np.testing.assert_array_equal(photo.rgb, shown)


def test_the_caller_s_picture_stays_as_it_was_and_the_photo_is_read_only() -> None:
    rgba = np.random.default_rng(4).integers(0, 256, (70, 40, 4), np.uint8)
    rgba[0, 0, 3] = 0
    for mode in ("RGB", "RGBA"):
        picture = Image.fromarray(rgba).convert(mode)
        picture.getexif()[0x0112] = 6
        before = picture.copy()
        photo = read_photo(picture)
        assert photo.rgb.shape == (40, 70, 3)
        assert not photo.rgb.flags.writeable
        assert picture == before


def test_icc_profile_is_converted_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = read_photo(encode(Image.fromarray(RAMP), "PNG", icc_profile=srgb))
    assert np.abs(same.rgb.astype(int) - RAMP).max() <= 1


def test_a_linear_profile_changes_the_numbers() -> None:
    profile = gamma_one_profile()
    photo = read_photo(encode(Image.new("RGB", (32, 32), (55, 55, 55)), "PNG", icc_profile=profile))
    assert abs(int(photo.rgb[0, 0, 1]) - 128) <= 2, photo.rgb[0, 0]  # linear 55/255 is sRGB 128/255


def gamma_one_profile() -> bytes:
    """An RGB profile with sRGB primaries and a transfer curve of gamma 1."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    for index in range(count):
        tag, offset, _ = struct.unpack(">4sII", data[132 + 12 * index : 144 + 12 * index])
        if tag in (b"rTRC", b"gTRC", b"bTRC"):
            data[offset : offset + 12] = b"para" + bytes(4) + struct.pack(">HH", 0, 0)
            data[offset + 12 : offset + 16] = struct.pack(">i", 1 << 16)
    return bytes(data)


@pytest.mark.parametrize(("padding", "read"), [(3_000_000, True), (40_000_000, False)])
def test_a_large_icc_profile_of_a_png_is_no_damage(padding: int, read: bool, caplog: pytest.LogCaptureFixture) -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = (len(plain) + padding).to_bytes(4, "big") + plain[4:] + bytes(padding)
    photo = read_photo(encode(Image.fromarray(RAMP), "PNG", icc_profile=profile))
    assert np.abs(photo.rgb.astype(int) - read_photo(encode(Image.fromarray(RAMP), "PNG")).rgb).max() <= 1
    assert ("ICC" in caplog.text) != read


def test_a_broken_icc_profile_is_said_and_read_as_srgb(caplog: pytest.LogCaptureFixture) -> None:
    photo = read_photo(encode(Image.fromarray(RAMP), "PNG", icc_profile=b"nonsense" * 40))
    np.testing.assert_array_equal(photo.rgb, RAMP)
    assert "ICC" in caplog.text


def test_cmyk_sixteen_bit_grey_and_palette_are_read() -> None:
    image = Image.fromarray(RAMP)
    cmyk = read_photo(encode(image.convert("CMYK"), "TIFF"))
    assert np.abs(cmyk.rgb.astype(int) - RAMP).max() <= 2
    deep = (np.arange(32 * 32).reshape(32, 32) * 64).astype(np.uint16)
    grey = read_photo(encode(Image.fromarray(deep), "PNG"))
    assert np.abs(grey.rgb[..., 0].astype(int) - np.round(deep / 257)).max() == 0
    palette = read_photo(encode(image.quantize(200), "PNG"))
    assert np.abs(palette.rgb.astype(int) - RAMP).mean() <= 6


def test_sixteen_bit_and_float_arrays_match_eight_bits() -> None:
    np.testing.assert_array_equal(read_photo(RAMP.astype(np.uint16) * 257).rgb, RAMP)
    np.testing.assert_array_equal(read_photo(RAMP / 255.0).rgb, RAMP)
    with pytest.raises(PhotoError, match=r"\[0, 1\]"):
        read_photo(RAMP * 1.0)


def test_what_pillow_holds_in_integers_and_floats_is_read_or_told_in_words() -> None:
    """``convert("I")`` keeps the numbers of eight bits: of sixteen they would be black."""
    grey = Image.fromarray(RAMP).convert("L")
    np.testing.assert_array_equal(read_photo(grey.convert("I")).rgb, read_photo(grey).rgb)
    deep = Image.fromarray(np.asarray(grey).astype(np.int32) * 257)
    np.testing.assert_array_equal(read_photo(deep).rgb, read_photo(grey).rgb)
    with pytest.raises(PhotoError, match=r"^photo: a picture of floating-point numbers must lie in \[0, 1\]"):
        read_photo(grey.convert("F"))


def test_a_data_uri_is_its_file() -> None:
    data = encode(Image.fromarray(RAMP), "PNG")
    text = base64.b64encode(data).decode()
    for uri in (f"data:image/png;base64,{text}", f"DATA:;Base64,{text.replace('+', '%2B').replace('/', '%2F')}"):
        assert read_photo(uri).sha256 == read_photo(data).sha256
        assert read_photo(uri).name == "photo"
    for uri in (
        "data:image/png;base64,not base64",
        f"data:image/png,{text}",
        "data:",
        f"data:image/png;base64,{text}=",
    ):
        with pytest.raises(PhotoError, match="base64") as caught:
            read_photo(uri)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "RGBa", "La"])
def test_alpha_is_kept_as_the_matte(mode: str) -> None:
    image = Image.fromarray(RAMP)
    alpha = Image.linear_gradient("L").resize(image.size)
    image.putalpha(alpha)
    image = image.convert("LA") if mode == "La" else image  # Pillow has no other way there
    photo = read_photo(image.convert(mode) if mode != "PA" else image.quantize(64))
    assert photo.alpha_matte is not None
    tolerance = 0.5 / 255 if mode != "PA" else 0.2
    assert np.abs(photo.alpha_matte - np.asarray(alpha) / 255).max() <= tolerance


def test_an_opaque_alpha_channel_is_no_matte() -> None:
    assert read_photo(Image.fromarray(RAMP).convert("RGBA")).alpha_matte is None


def test_a_transparent_colour_becomes_a_matte() -> None:
    image = Image.new("RGB", (32, 32), (255, 0, 255))
    image.paste((10, 200, 30), (8, 8, 24, 24))
    photo = read_photo(encode(image, "PNG", transparency=(255, 0, 255)))
    assert photo.alpha_matte is not None
    assert photo.alpha_matte.sum() == 16 * 16


@pytest.mark.parametrize("cut", [0.35, 0.7])
@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_truncated_files_are_a_clear_error(format: str, cut: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    data = encode(Image.fromarray(noise), format)
    with pytest.raises(PhotoError, match=r"damaged|no photo"):
        read_photo(data[: int(len(data) * cut)])


def test_text_is_no_photo() -> None:
    with pytest.raises(PhotoError, match="JPEG, PNG"):
        read_photo(b"hello, world " * 99)
    with pytest.raises(PhotoError, match="is empty"):
        read_photo(b"")
    with pytest.raises(PhotoError, match="binary"):
        read_photo(io.StringIO("hello"))  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF"])
def test_animations_and_pages_are_refused(format: str) -> None:
    frames = [Image.fromarray(RAMP), Image.fromarray(255 - RAMP)]
    data = encode(frames[0], format, save_all=True, append_images=frames[1:])
    with pytest.raises(PhotoError, match="animated"):
        read_photo(data)


def test_a_file_over_the_limit_says_so(tmp_path: Path) -> None:
    path = tmp_path / "big.jpg"
    path.write_bytes(b"\xff\xd8" + bytes(22 * 2**20))
    for source in (path, path.read_bytes(), path.open("rb")):
        with pytest.raises(FileTooLargeError, match=r"^File exceeds limit of 22MB$") as caught:
            read_photo(source)
        if hasattr(source, "close"):
            source.close()
    assert caught.value.code == "file_too_large"


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    with pytest.raises(PhotoError, match="64x48"):
        read_photo(RAMP, PhotoLimits(max_pixels=64 * 48 - 1))
    with pytest.raises(PhotoError, match="limit"):
        read_photo(bomb(60_000, 60_000))


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises far more pixels than its few bytes hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    )


def test_a_missing_file_names_its_path(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="nowhere"):
        read_photo(tmp_path / "nowhere.png")
    with pytest.raises(PhotoError, match="is a folder: give a photo"):
        read_photo(tmp_path)
    with pytest.raises(PhotoError, match=r"'' is not an address that can be read: .* path"):
        read_photo("")
    with pytest.raises(PhotoError, match=r"can't be read: .*embedded null"):
        read_photo("bottle\0.jpg")


@pytest.mark.parametrize(
    "address", ["ftp://shop.example/bottle.jpg", "file:///photos/bottle.jpg", "s3://shop/bottle.jpg"]
)
def test_an_address_of_another_kind_is_named_as_it_was_given(address: str) -> None:
    with pytest.raises(PhotoError, match=f"{address} is not an address .*http, https, .* path"):
        read_photo(address)


def test_a_tiny_picture_is_refused() -> None:
    with pytest.raises(PhotoError, match="at least 32"):
        read_photo(RAMP[:8])


def test_a_file_that_is_open_as_text_or_closed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    with path.open(encoding="utf-8") as text, pytest.raises(PhotoError, match="binary mode"):
        read_photo(text)  # type: ignore[arg-type]
    with pytest.raises(PhotoError, match="closed"):
        read_photo(text)  # type: ignore[arg-type]
