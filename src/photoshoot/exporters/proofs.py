"""Proves from a file alone that its product's pixels are those that the quality gate saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.encoders import is_brief
from photoshoot.exporters.pdf import read_pdf_pixels
from photoshoot.exporters.reading import FileMetadata, is_pdf, read_metadata
from photoshoot.quality.core_region import digest, unpack
from photoshoot.records import RgbImage
from photoshoot.records.light_map import LightMap
from photoshoot.records.plain_data import Json

_LOSSLESS = "PNG"


class Proof(StrEnum):
    """What a file proves of its product."""

    PROVED = "proved"
    """Every core pixel is as the gate saw it."""
    CHANGED = "changed"
    """They are not: the picture was edited after it was made."""
    UNPROVABLE = "unprovable"
    """The file's format or size does not keep pixels exactly."""


@dataclass(frozen=True, kw_only=True)
class FileProof:
    """What was found."""

    metadata: FileMetadata
    """What the file says of itself."""
    proof: Proof
    """What it proves."""
    reason: str
    """Why, for people."""
    core_pixels: int
    """Pixels of the core that the digest is of; 0 where none was taken."""


def prove_file(path: str | Path) -> FileProof:
    """Compare the product's core in a file with the digest that the file carries.

    The record is not signed: it guards against edits of the picture, not against one who writes a new record.

    Raises:
        PhotoError: The file can't be read, photoshoot did not write it, or its record is damaged.
    """
    path = Path(path)
    metadata = read_metadata(path)
    if is_brief(metadata.record):
        reason = "the file was written without the record of its making"
        return FileProof(metadata=metadata, proof=Proof.UNPROVABLE, reason=reason, core_pixels=0)
    image, kind = _read_pixels(path)
    if image is None:
        reason = f"{kind} does not keep pixels exactly; only a full-size PNG, or a PDF of it, does"
        return FileProof(metadata=metadata, proof=Proof.UNPROVABLE, reason=reason, core_pixels=0)
    proof, reason, core_pixels = _compare(image, metadata.record)
    return FileProof(metadata=metadata, proof=proof, reason=reason, core_pixels=core_pixels)


def _compare(image: RgbImage, record: Mapping[str, Json]) -> tuple[Proof, str, int]:
    """What the pixels prove, why, and of how many core pixels."""
    canvas, quality = _mapping(record, "canvas"), _mapping(record, "quality")
    height, width = image.shape[:2]
    if (canvas.get("width_px"), canvas.get("height_px")) != (width, height):
        made = f"{canvas.get('width_px')}x{canvas.get('height_px')}"
        low = _mapping(record, "file").get("low_resolution") is True
        reason = f"the picture has {width}x{height} pixels, but had {made} when it was made"
        return (Proof.UNPROVABLE if low else Proof.CHANGED), reason, 0
    region = unpack(str(record.get("core_region") or ""), width, height)
    core_pixels = int(region.sum())
    if not core_pixels:
        return Proof.UNPROVABLE, "the product has no opaque pixel", 0
    if digest(image, region) != quality.get("core_sha256"):
        return Proof.CHANGED, "the product's pixels were changed after the file was made", core_pixels
    return Proof.PROVED, f"all {core_pixels} core pixels are {_tell_light(record)}", core_pixels


def _tell_light(record: Mapping[str, Json]) -> str:
    """What was done to the product's own pixels, of a record whose gate compared every one."""
    written = record.get("product_light")
    if not isinstance(written, dict):
        return "the product's own"
    light = LightMap.read(written)
    height, width = light.levels.shape[:2]
    least, most = (2**stops for stops in (float(light.stops.min()), float(light.stops.max())))
    return (
        f"the product's own, times a smooth light of {width}x{height} cells, {least:.2f} to {most:.2f} times as bright"
    )


def _mapping(record: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = record.get(name)
    if not isinstance(found, dict):
        raise PhotoError(f"the record has no {name!r}: nothing can be proved")
    return found


def _read_pixels(path: Path) -> tuple[RgbImage | None, str]:
    """The file's exact pixels (None where its format has none), and the format's name."""
    try:
        if is_pdf(path):
            image = read_pdf_pixels(path)
            return image, "PDF" if image is not None else "a JPEG in a PDF"
        with Image.open(path) as picture:
            kind = str(picture.format)
            return (np.asarray(picture.convert("RGB")), kind) if kind == _LOSSLESS else (None, kind)
    except (OSError, ValueError, SyntaxError) as error:
        raise PhotoError(f"{path} can't be read: {error}") from error
