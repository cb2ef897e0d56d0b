"""Reads photos: whatever a caller passes becomes an upright, eight-bit sRGB ``Photo``."""

import hashlib
import io
import logging
import os
import urllib.parse
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, ImageOps

from photoshoot.errors import FileTooLargeError, PhotoError
from photoshoot.pixels.downloads import decode_data_uri, download_photo, is_data_uri, is_url
from photoshoot.records import AlphaMatte, Photo, RgbImage
from photoshoot.settings import PhotoLimits, StyleImage

PhotoSource: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO | Image.Image | npt.NDArray[np.generic] | Photo
"""Whatever ``read_photo`` takes."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF")
"""Pillow's names of the formats that are read; HEIC comes on top."""

_ODD = ("PNG", "TIFF")  # Pillow refuses some whole files of these, or reads them wrong
_PREFIX_BYTES = 16  # what Pillow tells formats by
_STRIP_PX = 32  # rows at a time: few enough to stay in the processor's cache
_JPEG, _JPEGS = b"\xff\xd8", ("JPEG", "MPO")
_PREMULTIPLIED = {"RGBa": "RGBA", "La": "LA"}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_log = logging.getLogger("photoshoot")


def read_photo(source: PhotoSource, limits: PhotoLimits | None = None) -> Photo:
    """Read a photo.

    Args:
        source: A path, an ``http`` or ``https`` address (public ones alone, within 30 s), a data URI, the bytes of a
            file, an open binary file, a Pillow image, an array, or a ``Photo`` (returned as it is). Arrays are (H, W),
            (H, W, 1), (H, W, 3) or (H, W, 4): uint8, uint16, or floats in [0, 1], sRGB, straight alpha. Files are JPEG,
            PNG, WebP, AVIF, TIFF, BMP, GIF (of one picture) or HEIC.
        limits: What is too large. None: the defaults, 22 MB and 100 megapixels.

    Returns:
        The photo turned upright by its EXIF orientation, converted to sRGB by its ICC profile, with its transparency
        (if any) as the matte; ``missing`` says what was not there of a JPEG that was cut short.

    Raises:
        FileTooLargeError: The file has too many bytes.
        PhotoError: It is unreadable, truncated (a JPEG: with less than three quarters of its rows there), animated, of
            another format, or has too many or too few pixels.
    """
    if isinstance(source, Photo):
        return source
    limits = limits or PhotoLimits()
    path = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    path = None if is_data_uri(source) else path
    told = os.fspath(path) if isinstance(path, str | os.PathLike) else "photo"  # in messages
    name = Path(urllib.parse.urlsplit(told).path if is_url(told) else told).stem or "photo"
    if isinstance(source, np.ndarray):
        return _finish(_image_of_array(source), (told, name), limits, "")
    image = source if isinstance(source, Image.Image) else _open(_read_bytes(source, limits), told)
    _check_size(image, told, limits)
    decoded, missing = _decode(image, told)
    return _finish(decoded, (told, name), limits, missing)


def read_style_image(source: StyleImage | PhotoSource) -> StyleImage:
    """The small form of a style picture.

    Args:
        source: Whatever ``read_photo`` takes, a data URI of a picture, or the small form itself.

    Raises:
        PhotoError: It can't be read.
    """
    if isinstance(source, StyleImage):
        return source
    if isinstance(source, str) and is_data_uri(source):
        return StyleImage.parse(source)
    return StyleImage.of(read_photo(source).rgb)


def _read_bytes(source: str | os.PathLike[str] | bytes | BinaryIO, limits: PhotoLimits) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    elif is_url(source):
        data = download_photo(str(source), limits.max_bytes)
    elif isinstance(source, str) and is_data_uri(source):
        data = decode_data_uri(source)
    elif isinstance(source, str) and ("://" in source or not source.strip()):
        told = source or repr(source)
        raise PhotoError(f"{told} is not an address that can be read: give http, https, a data URI, or a file's path")
    elif isinstance(source, str | os.PathLike):
        data = _read_file(Path(source), limits)
    elif hasattr(source, "read"):
        data = _read_open(source, limits.max_bytes + 1)
    else:
        raise PhotoError(
            f"a photo can't be read from {type(source).__name__}; give a path, bytes, file, image or array"
        )
    if len(data) > limits.max_bytes:
        raise FileTooLargeError(len(data), limits.max_bytes)
    return data


def _read_open(file: BinaryIO, most_bytes: int) -> bytes:
    try:
        return bytes(file.read(most_bytes))
    except (OSError, TypeError, ValueError) as error:  # it is closed, or gives text
        raise PhotoError(f"the file object can't be read ({error}): open it in binary mode") from error


def _read_file(path: Path, limits: PhotoLimits) -> bytes:
    try:
        if (size := path.stat().st_size) <= limits.max_bytes:
            return path.read_bytes()
    except IsADirectoryError as error:
        raise PhotoError(f"{path} is a folder: give a photo, or the folder to photoshoot batch") from error
    except (OSError, ValueError) as error:  # a null character
        raise PhotoError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}") from error
    raise FileTooLargeError(size, limits.max_bytes)


def _open(data: bytes, name: str) -> Image.Image:
    """The picture, not decoded yet; by Pillow's plugins, since ``Image.open`` warns by a limit of its own."""
    from PIL import (  # noqa: F401
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    if not data:
        raise PhotoError(f"{name} is empty: it has no bytes")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return _open_heif(data, name)
    if data.startswith(_JPEG):
        data = data.rstrip(b"\0")  # room made before the bytes came, which a decoder would take for pixels
    for kind in FORMATS:
        factory, accepts = Image.OPEN[kind]
        if accepts is not None and accepts(data[:_PREFIX_BYTES]) is True:
            try:
                return _open_odd(kind, data, name) if kind in _ODD else factory(io.BytesIO(data), "")
            except PhotoError:
                raise
            except Exception as error:  # a broken header reaches us as any of half a dozen kinds
                raise PhotoError(f"{name} is damaged: {error}") from error
    raise PhotoError(f"{name} is not a file that can be read: give JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF or HEIC")


def _open_odd(kind: str, data: bytes, name: str) -> Image.Image:
    from photoshoot.pixels import odd_files

    return odd_files.open_png(data) if kind == "PNG" else odd_files.open_tiff(data, name)


def _open_heif(data: bytes, name: str) -> Image.Image:
    import pi_heif  # pillow-heif without its encoders

    try:
        image = pi_heif.open_heif(io.BytesIO(data)).to_pillow()
    except Exception as error:  # libheif's errors come as ValueError, EOFError, RuntimeError…
        raise PhotoError(f"{name} is damaged: {error}") from error
    if not isinstance(image, Image.Image):
        raise PhotoError(f"{name} holds no picture")
    return image


def _check_size(image: Image.Image, name: str, limits: PhotoLimits) -> None:
    width, height = image.size
    if width * height > limits.max_pixels:
        raise PhotoError(f"{name} has {width}x{height} pixels, the limit is {limits.max_pixels} in all")
    if min(width, height) < limits.min_side_px:
        raise PhotoError(f"{name} has {width}x{height} pixels, each side needs at least {limits.min_side_px}")
    # An MPO is a JPEG that brings a second view or a preview along: its first picture is the photo.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise PhotoError(f"{name} is animated or has several pages: give a single picture")


def _decode(image: Image.Image, name: str) -> tuple[Image.Image, str]:
    try:
        image, missing = _load(image, name)
        turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
        upright = ImageOps.exif_transpose(image) if turned else image
        if image.format == "TIFF":
            from photoshoot.pixels.odd_files import turn_over_grey

            upright = turn_over_grey(upright, image)
        return _to_srgb(upright, name), missing
    except PhotoError as error:
        raise PhotoError(f"{name}: {error}") from error
    except Exception as error:  # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error, EOFError…
        raise PhotoError(f"{name} is damaged or cut short: {error}") from error


def _load(image: Image.Image, name: str) -> tuple[Image.Image, str]:
    try:
        image.load()
    except OSError:
        if image.format not in _JPEGS:
            raise
        from photoshoot.pixels.cut_jpegs import mend

        return mend(image, name)
    return image, ""


def _to_srgb(image: Image.Image, name: str) -> Image.Image:
    """Any mode to RGB or RGBA in sRGB."""
    profile = image.info.get("icc_profile")
    if image.mode == "P" or image.mode == "PA":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_eight_bits(image)
    if image.mode in _PREMULTIPLIED:
        image = image.convert(_PREMULTIPLIED[image.mode])
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    opaque = image.convert(image.mode.rstrip("A")) if image.mode in ("RGBA", "LA") else image
    rgb = _apply_profile(opaque, profile, name) if profile else _as_rgb(opaque)
    return rgb if alpha is None else Image.merge("RGBA", (*rgb.split(), alpha))


def _as_rgb(image: Image.Image) -> Image.Image:
    """In mode RGB: the image itself where it is, since copies of large photos cost as much as decoding them."""
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits, of floats in [0, 1], or of longer integers that eight bits can hold, to ``L``."""
    values = np.asarray(image)
    if image.mode == "F":
        return Image.fromarray(_bytes_of_floats(values, "a picture of floating-point numbers"))
    if image.mode == "I" and values.max() <= 255:  # what ``convert("I")`` makes: of 16 bits it would be black
        return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return Image.fromarray(np.clip(np.round(values / 257), 0, 255).astype(np.uint8))


def _apply_profile(image: Image.Image, profile: bytes, name: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        converted = ImageCms.profileToProfile(image, source, target, intent, outputMode="RGB", flags=flags)
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        _log.warning("%s: its ICC profile does not fit it (%s); read as sRGB", name, error)
        return _as_rgb(image)
    return _as_rgb(image) if converted is None else converted


def _image_of_array(array: npt.NDArray[np.generic]) -> Image.Image:
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[..., 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)):
        raise PhotoError(f"an array of shape {array.shape} is not a photo: give (H, W), (H, W, 3) or (H, W, 4)")
    if array.dtype == np.uint16:
        array = np.round(np.asarray(array, np.float32) / np.float32(257)).astype(np.uint8)
    elif np.issubdtype(array.dtype, np.floating):
        array = _bytes_of_floats(np.asarray(array, np.float32), "an array of floats")
    if array.dtype != np.uint8:
        raise PhotoError(f"an array of {array.dtype} is not a photo: give uint8, uint16 or floats in [0, 1]")
    return Image.fromarray(np.ascontiguousarray(array))


def _bytes_of_floats(array: npt.NDArray[np.float32], what: str) -> npt.NDArray[np.uint8]:
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise PhotoError(f"{what} must lie in [0, 1], without NaN; 8 and 16 bits a channel are read as they are")
    return np.round(array * 255).astype(np.uint8)


def _finish(image: Image.Image, names: tuple[str, str], limits: PhotoLimits, missing: str) -> Photo:
    told, name = names
    _check_size(image, told, limits)
    rgb = _pixels(_as_rgb(image))
    alpha = _matte(image) if image.mode == "RGBA" else None
    digest = hashlib.sha256(f"{rgb.shape}".encode())
    digest.update(rgb.reshape(-1).data)
    if alpha is not None:
        digest.update(alpha.tobytes())
    return Photo(rgb=rgb, alpha_matte=alpha, name=name, sha256=digest.hexdigest(), missing=missing)


def _pixels(image: Image.Image) -> RgbImage:
    """(H, W, 3), a strip at a time: half the time of the whole at once."""
    rgb = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, _STRIP_PX):
        bottom = min(image.height, top + _STRIP_PX)
        rgb[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    rgb.setflags(write=False)
    return rgb


def _matte(image: Image.Image) -> AlphaMatte | None:
    alpha = np.asarray(image.getchannel("A"))
    return None if alpha.min() == 255 else alpha.astype(np.float32) / np.float32(255)
