"""Exports shots to PNG, JPEG, WebP, AVIF and PDF files. START HERE for exporting.

The pixels of each file, by resolution and format::

    high   PNG    the shot's own pixels, lossless: the original
    high   PDF    the original PNG's compressed pixels, embedded as they are
    high   other  the shot's pixels, encoded
    low    JPEG   the thumbnail: the shot scaled down to 512 px
    low    PDF    the thumbnail JPEG, embedded as it is
    low    other  the thumbnail JPEG's pixels, encoded (a PNG of it is larger than the JPEG: it is full colour)

A file's name says what is in it: product, preset, size and seed.
"""

import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from photoshoot.errors import ExportError, PhotoError, SettingsError
from photoshoot.exporters.encoders import ENCODERS, FileNotes, describe_shot, is_brief, write_notes
from photoshoot.exporters.packets import read_xmp
from photoshoot.exporters.reading import UNREADABLE
from photoshoot.files import AtomicFiles
from photoshoot.pixels.imaging import shrink
from photoshoot.records import Product, RgbImage, Shot
from photoshoot.records.plain_data import Json
from photoshoot.settings import ExportSettings, ImageFormat


class FileExporter:
    """Writes shots to files, each of which is there whole or not at all."""

    def export(
        self, shots: Sequence[Shot], target: Path, settings: ExportSettings, *, overwrite: bool | None = None
    ) -> list[Path]:
        """Write each shot and return the paths of the files, in order.

        The same shots and settings give the same names and bytes, so a repeated export changes nothing. A failure
        leaves nothing behind, not even the files of the shots before it.

        Args:
            shots: The shots.
            target: A folder, made where there is none; or, for one shot, a file: a name with a known suffix
                (.png .jpg .jpeg .webp .avif .pdf) that is no folder already.
            settings: Format, quality, DPI and resolution.
            overwrite: Whether another file of the same name is replaced; if not, the new one is numbered: ``ad-2.png``.
                None: a file that ``target`` names is replaced, and none in a folder.

        Raises:
            ExportError: A file can't be encoded or written; names the path.
            SettingsError: ``target`` is a file and there are several shots, or its suffix is another format's.
        """
        paths = _choose_paths(shots, target, settings)
        overwrite = paths == [target] if overwrite is None else overwrite
        with AtomicFiles() as files:
            for index, (shot, path) in enumerate(zip(shots, paths, strict=True)):
                paths[index] = files.place(path, _encode_for(path, shot, settings), overwrite=overwrite)
        return paths


def encode(shot: Shot, settings: ExportSettings) -> bytes:
    """A shot as the bytes of a file; the same shot and settings give the same bytes.

    Raises:
        ExportError: The format can't hold the picture, or this Pillow was built without the format.
    """
    try:
        return _encode_low(shot, settings) if settings.low_resolution else _encode_high(shot, settings)
    except (OSError, ValueError, KeyError) as error:
        height, width = shot.image.shape[:2]
        raise ExportError(f"a picture of {width}x{height} can't be encoded as {settings.format}: {error}") from error


def _encode_high(shot: Shot, settings: ExportSettings) -> bytes:
    if settings.format is ImageFormat.PDF:
        original = _encode_high(shot, replace(settings, format=ImageFormat.PNG))
        return _wrap_in_pdf(original, describe_shot(shot, settings))
    return _encode(shot.image, settings, describe_shot(shot, settings))


def _encode_low(shot: Shot, settings: ExportSettings) -> bytes:
    if settings.format is ImageFormat.JPEG:
        return _encode(shrink(shot.image), settings, describe_shot(shot, settings))
    thumbnail = _encode_low(shot, replace(settings, format=ImageFormat.JPEG))
    if settings.format is ImageFormat.PDF:
        return _wrap_in_pdf(thumbnail, describe_shot(shot, settings))
    with Image.open(io.BytesIO(thumbnail)) as picture:
        return _encode(np.asarray(picture), settings, describe_shot(shot, settings))


def _encode(image: RgbImage, settings: ExportSettings, notes: FileNotes) -> bytes:
    return ENCODERS[settings.format](image, settings.quality, notes)


def _wrap_in_pdf(image_file: bytes, notes: FileNotes) -> bytes:
    from photoshoot.exporters.pdf import wrap_in_pdf  # 0.1 s to import, which the other formats need not wait for

    return wrap_in_pdf(image_file, notes)


def _encode_for(path: Path, shot: Shot, settings: ExportSettings) -> bytes:
    try:
        return encode(shot, settings)
    except ExportError as error:
        raise ExportError(f"{path} can't be written: {error}") from error


def _choose_paths(shots: Sequence[Shot], target: Path, settings: ExportSettings) -> list[Path]:
    by_suffix = FORMAT_OF_SUFFIX.get(target.suffix.lower())
    is_folder = os.path.isdir(target)
    if target.suffix.lower() in _NOT_WRITTEN and not is_folder:
        raise SettingsError("target", str(target), f"a folder, or a file that ends in {', '.join(FORMAT_OF_SUFFIX)}")
    if by_suffix is None or is_folder:
        names = FileNames()
        return [target / names.name(shot, settings) for shot in shots]
    if by_suffix is not settings.format:
        raise SettingsError("target", str(target), f"a folder, or a file whose suffix says {settings.format}")
    if len(shots) != 1:
        raise SettingsError("target", str(target), f"a folder, for {len(shots)} shots")
    return [target]


_LOSSY_ANEW = ((ImageFormat.JPEG, "JPEG"), (ImageFormat.PDF, "JPEG"))
"""What a file becomes, and is: a PDF embeds a file as it is."""


def convert(
    file: bytes, format: ImageFormat, quality: int = 92, *, dpi: int | None = None, record: bool = True
) -> bytes:
    """Convert a PNG or JPEG that photoshoot wrote.

    An original converted is byte for byte what ``photoshoot.exporters.file_exporter.encode`` makes of its shot, and a
    thumbnail likewise. A file that has the format already stays as it is; a PDF embeds the file as it is.

    Args:
        file: The PNG or JPEG.
        format: What it is to be.
        quality: For lossy formats, 1 to 100.
        dpi: Dots per inch, 1 to 2400. None: as the file has it.
        record: Whether the record is kept, see ``ExportSettings.record``; a file that has none gets none.

    Raises:
        PhotoError: It is no file that photoshoot wrote, or a JPEG that is to stay one without its record: the
            original loses nothing.
    """
    try:
        with Image.open(io.BytesIO(file), formats=("PNG", "JPEG")) as picture:
            kept, _ = read_xmp(picture.info["xmp"])
            drops = not record and not is_brief(kept)
            same = picture.format == format.upper() and dpi is None
            if same and not drops:
                return file
            if drops and (format, picture.format) in _LOSSY_ANEW:
                raise PhotoError(
                    f"a JPEG would lose quality by being written again as {format}; convert the original PNG"
                )
            image: RgbImage = np.asarray(picture)
            told = _of_format(kept["file"], format, quality) | ({"record": False} if drops else {})
            notes = write_notes({**kept, "file": told if dpi is None else {**told, "dpi": dpi}})
    except UNREADABLE as error:
        no_picture = isinstance(error, UnidentifiedImageError)  # whose own words are of a stream's address
        why = (
            "it has no record" if isinstance(error, KeyError) else "it is neither PNG nor JPEG" if no_picture else error
        )
        raise PhotoError(f"this is not a picture that photoshoot wrote: {why}") from error
    if format is not ImageFormat.PDF:
        return ENCODERS[format](image, quality, notes)
    return _wrap_in_pdf(ENCODERS[ImageFormat.PNG](image, quality, notes) if drops else file, notes)


def _of_format(file: Json, format: ImageFormat, quality: int) -> dict[str, Json]:
    """A record's note of its file, for another format."""
    if not isinstance(file, dict):
        raise ValueError("its record does not say what file it is")
    return {**file, "format": format.value, "quality": quality}


FORMAT_OF_SUFFIX: Mapping[str, ImageFormat] = {
    ".png": ImageFormat.PNG,
    ".jpg": ImageFormat.JPEG,
    ".jpeg": ImageFormat.JPEG,
    ".webp": ImageFormat.WEBP,
    ".avif": ImageFormat.AVIF,
    ".pdf": ImageFormat.PDF,
}
"""Known suffixes; a format's own is its first."""
_NOT_WRITTEN = frozenset({".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".jp2", ".svg", ".psd", ".eps"})

_LONGEST_PART_BYTES = 60
SUFFIX_OF_FORMAT = {kind: suffix for suffix, kind in reversed(list(FORMAT_OF_SUFFIX.items()))}
"""A format's own suffix."""


class FileNames:
    """Names the files of one run: no two alike, and the same ones when the run is repeated."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def name(self, shot: Shot, settings: ExportSettings) -> str:
        """The next shot's file name, such as ``green-bottle_white-background_landscape_seed-7.png``.

        It has small letters, digits, hyphens and underscores alone, safe on every system; a name that was given before
        gets ``-2``, ``-3`` and so on. A custom prompt gives its first words, or ``custom-<its number>`` where it has no
        letter; a thumbnail is marked. With ``settings.record`` off, product and prompt stay out of it.
        """
        custom = f"custom-{shot.prompt_index + 1}"
        about = (shot.product.name, shot.scene.preset_id or shot.scene.text) if settings.record else ("", "")
        parts = [slug(about[0], "product"), slug(about[1], custom), slug(shot.canvas.label, "size")]
        parts += ["thumbnail"] * settings.low_resolution + [f"seed-{shot.seed}"]
        return self._give("_".join(parts), SUFFIX_OF_FORMAT[settings.format])

    def name_sheet(self, product: Product) -> str:
        """The file name of a product's contact sheet, such as ``green-bottle_contact-sheet.png``."""
        return self._give(f"{slug(product.name, 'product')}_contact-sheet", ".png")

    def _give(self, stem: str, suffix: str) -> str:
        self._taken[stem + suffix] += 1
        times = self._taken[stem + suffix]
        return f"{stem}-{times}{suffix}" if times > 1 else f"{stem}{suffix}"


def slug(text: str, default: str) -> str:
    """Small letters of any language, digits and single hyphens, at most 60 bytes; ``default`` where nothing is left."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    letters = "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else "-" for one in small)
    cut = re.sub("-+", "-", letters).strip("-").encode()[:_LONGEST_PART_BYTES].decode(errors="ignore")
    return cut.strip("-") or default
