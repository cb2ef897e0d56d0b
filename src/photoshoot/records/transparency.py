"""A product's pixels and its matte, as a picture with transparency and as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from photoshoot.errors import ExportError, SettingsError
from photoshoot.files import AtomicFiles
from photoshoot.settings import check_color

if TYPE_CHECKING:
    from PIL import Image

_OPTIONS: Final[Mapping[str, dict[str, Any]]] = {
    ".png": {},
    ".webp": {"lossless": True},
    ".jpg": {"quality": 92, "subsampling": 0},
    ".jpeg": {"quality": 92, "subsampling": 0},
    ".avif": {"quality": 92},
}
"""Suffix → what Pillow is told."""
_LOSSLESS: Final = (".png", ".webp")


def build_picture(
    rgb: npt.NDArray[np.uint8], alpha_matte: npt.NDArray[np.float32], background: str | None, matte: bool
) -> Image.Image:
    """Colours (H, W, 3) and matte (H, W), 0 to 1, to an RGBA image, or RGB over a colour, or the matte alone in grey.

    Raises:
        SettingsError: The colour is none, or a colour and the matte alone are asked for at once.
    """
    from PIL import Image

    if matte and background is not None:
        raise SettingsError("background", background, "None where the matte alone is asked for")
    alpha = Image.fromarray(np.round(alpha_matte * 255).astype(np.uint8))
    if matte:
        return alpha
    visible = np.asarray(alpha) > 0
    image = Image.fromarray(rgb * visible[..., None])
    if background is None:
        image.putalpha(alpha)
        return image
    check_color("background", background)
    return Image.composite(image, Image.new("RGB", image.size, background), alpha)


def check_target(path: Path, *, has_alpha: bool) -> None:
    """Hold that a file's suffix can say how a picture, which may have transparency or be a matte, is written.

    Raises:
        SettingsError: It can't.
    """
    allowed = _LOSSLESS if has_alpha else list(_OPTIONS)
    if path.suffix.lower() not in allowed:
        raise SettingsError("target", str(path), f"a folder, or a name that ends with {', '.join(allowed)}")


def save_picture(image: Image.Image, path: Path, *, overwrite: bool = True) -> Path:
    """Write a picture as its name's suffix says, whole or not at all, and return its path.

    Without ``overwrite``, a name that another file has gets the next free number.

    Raises:
        SettingsError: The suffix is no picture's, or can't hold transparency or a matte without loss.
        ExportError: The file can't be written.
    """
    check_target(path, has_alpha=image.mode != "RGB")
    file, suffix = io.BytesIO(), path.suffix.lower()
    try:
        image.save(file, suffix.lstrip(".").upper().replace("JPG", "JPEG"), **_OPTIONS[suffix])
    except (OSError, ValueError) as error:
        raise ExportError(f"{path} can't be written: {error}") from error
    with AtomicFiles() as files:
        return files.place(path, file.getvalue(), overwrite=overwrite)
