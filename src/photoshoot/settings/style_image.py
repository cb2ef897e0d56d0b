"""A picture whose style a request follows, small enough to travel in a record, a database and a form."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from photoshoot.errors import PhotoError

if TYPE_CHECKING:
    from photoshoot.arrays import ByteArray

SIDE_PX: Final = 224
"""Shorter side that is kept: what image encoders look at. Source: CLIP ViT-H/14's ``preprocessor_config.json``."""
_MOST_BYTES = 24 * 1024  # a JPEG file's XMP packet holds 64 KB, the record with this as text in it
_LONGEST = 2  # sides' ratio: what is longer is cut at its middle, as encoders cut it
_MOST_PIXELS = 4_000_000  # of what is parsed; larger pictures are read as photos are
_PREFIX = "data:image/jpeg;base64,"
_QUALITIES = (90, 75, 60, 40, 20)


class StyleImage:
    """A style picture in its one small form; equal ones are the same file.

    Args:
        jpeg: A JPEG file as ``StyleImage.of`` writes it.

    Raises:
        PhotoError: It is no such file.
    """

    __slots__ = ("jpeg",)
    jpeg: bytes

    def __init__(self, jpeg: bytes) -> None:
        width, height = _read_size(jpeg)
        if len(jpeg) > _MOST_BYTES or min(width, height) > SIDE_PX or max(width, height) > _LONGEST * SIDE_PX:
            raise PhotoError(
                f"a style image is kept within {SIDE_PX}x{_LONGEST * SIDE_PX} px and {_MOST_BYTES // 1024} KB: "
                "make it with StyleImage.of"
            )
        object.__setattr__(self, "jpeg", jpeg)

    @classmethod
    def of(cls, rgb: ByteArray) -> StyleImage:
        """The small form of a picture, uint8 (H, W, 3)."""
        from PIL import Image  # settings are read before any picture is

        image = Image.fromarray(np.ascontiguousarray(rgb))
        wanted = (min(image.width, image.height * _LONGEST), min(image.height, image.width * _LONGEST))
        left, top = ((whole - part) // 2 for whole, part in zip(image.size, wanted, strict=True))
        image = image.crop((left, top, left + wanted[0], top + wanted[1]))
        scale = min(1.0, SIDE_PX / min(image.size))
        size = tuple(max(1, round(side * scale)) for side in image.size)
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)  # type: ignore[arg-type]
        written = (_write(image, quality) for quality in _QUALITIES)
        return cls(next(jpeg for jpeg in written if len(jpeg) <= _MOST_BYTES))

    @classmethod
    def parse(cls, text: str) -> StyleImage:
        """Read a data URI of a picture: its small form as it is, any other JPEG, PNG or WebP made small.

        Raises:
            PhotoError: It is none, or too large.
        """
        kind, _, encoded = text.partition(";base64,")
        if not kind.startswith("data:image/"):
            raise PhotoError("a style image is written as data:image/jpeg;base64,… (JPEG, PNG or WebP)")
        try:
            data = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise PhotoError(f"the style image's base64 is broken: {error}") from error
        try:
            return cls(data)
        except PhotoError:
            return cls.of(_decode(data))

    @property
    def rgb(self) -> ByteArray:
        """Its pixels, uint8 (height, width, 3)."""
        return _decode(self.jpeg)

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.jpeg).hexdigest()

    def __str__(self) -> str:
        return _PREFIX + base64.b64encode(self.jpeg).decode()

    def __repr__(self) -> str:
        return f"StyleImage({self.sha256[:12]})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StyleImage) and self.jpeg == other.jpeg

    def __hash__(self) -> int:
        return hash(self.jpeg)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a style image does not change: {name}")

    def __reduce__(self) -> tuple[type[StyleImage], tuple[bytes]]:
        return StyleImage, (self.jpeg,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Callable[[Any], Any]) -> Any:
        """What pydantic asks of an annotation: it stands in plain data as ``str`` writes it."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(_read)


def _read(value: object) -> StyleImage:
    if isinstance(value, StyleImage):
        return value
    if not isinstance(value, str):
        raise PhotoError(f"a style image is written as data:image/jpeg;base64,…, not {type(value).__name__}")
    return StyleImage.parse(value)


def _write(image: Any, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _read_size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            image.verify()
            return image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoError("the style image is not a whole JPEG file") from error


def _decode(data: bytes) -> ByteArray:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise PhotoError(f"the style image has {image.width}x{image.height} px, too many: make it smaller")
            return np.array(ImageOps.exif_transpose(image).convert("RGB"), np.uint8)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, PhotoError):
            raise
        raise PhotoError("the style image can't be read: it must be a whole JPEG, PNG or WebP file") from error
