"""A sample as members of a tar, as webdataset has them: KEY.png, KEY.matte.png, KEY.shadow.png, KEY.json.

The same sample gives the same bytes, and the bytes of a shard are those of its samples, one after another.
"""

import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.training.samples import TrainingSample

PictureFormat: TypeAlias = Literal["png", "jpg", "webp"]
"""File format of the pictures, by its suffix; ``png`` keeps every pixel."""
PICTURE_FORMATS: Final[tuple[PictureFormat, ...]] = get_args(PictureFormat)
"""All of them."""
MATTE: Final = "matte.png"
"""Suffix of the alpha matte's member."""
SHADOW: Final = "shadow.png"
"""Suffix of the shadow's member."""
FACTS: Final = "json"
"""Suffix of the member with what is known of a sample."""

_END = bytes(2 * tarfile.BLOCKSIZE)
_QUALITY = 95


def encode_sample(sample: TrainingSample, picture: PictureFormat, facts: Mapping[str, object]) -> bytes:
    """The members of a sample, without a tar's end.

    Args:
        sample: The sample; layers are written in eight bits.
        picture: How its picture is encoded.
        facts: What else is known of it; plain values.
    """
    height, width = sample.alpha_matte.shape
    told = {
        "key": sample.key,
        "product": sample.product,
        "caption": sample.caption,
        "source": sample.source,
        "width": width,
        "height": height,
        **facts,
    }
    members = {picture: _encode_picture(sample.image, picture), MATTE: _encode_layer(sample.alpha_matte)}
    if sample.shadow is not None:
        members[SHADOW] = _encode_layer(sample.shadow)
    members[FACTS] = (json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n").encode()
    return b"".join(_member(f"{sample.key}.{suffix}", data) for suffix, data in members.items())


def join_samples(samples: Iterable[bytes]) -> bytes:
    """A whole tar of encoded samples."""
    return b"".join([*samples, _END])


def decode_picture(data: bytes) -> RgbImage:
    """A picture's pixels.

    Raises:
        OSError: The file is damaged.
        ValueError: It is damaged, or no colour picture.
    """
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
        return np.array(image.convert("RGB"))


def decode_layer(data: bytes) -> AlphaMatte:
    """A layer's values in [0, 1].

    Raises:
        OSError: The file is damaged.
        ValueError: It is damaged, or not grey.
    """
    with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
        if image.mode != "L":
            raise ValueError(f"a layer is a grey picture of eight bits, not {image.mode}")
        return np.asarray(image, np.float32) / np.float32(255)


def _member(name: str, data: bytes) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o644
    return info.tobuf(tarfile.USTAR_FORMAT) + data + bytes(-len(data) % tarfile.BLOCKSIZE)


def _encode_picture(image: RgbImage, picture: PictureFormat) -> bytes:
    file = io.BytesIO()
    if picture == "png":
        Image.fromarray(image).save(file, "PNG", compress_level=6)
    elif picture == "jpg":
        Image.fromarray(image).save(file, "JPEG", quality=_QUALITY, subsampling="4:4:4", optimize=True)
    else:
        Image.fromarray(image).save(file, "WEBP", quality=_QUALITY, method=4)
    return file.getvalue()


def _encode_layer(layer: AlphaMatte) -> bytes:
    values: npt.NDArray[np.uint8] = np.round(np.clip(layer, 0, 1) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(values).save(file, "PNG", compress_level=6)
    return file.getvalue()
