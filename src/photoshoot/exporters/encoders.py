"""Encodes a picture's file: its pixels, by one encoder a format, and its metadata.

Every format carries the sRGB profile, the DPI, and an XMP packet with the IPTC digital source type (partly synthetic)
and photoshoot's own record, as JSON; a PNG has the record once more as a text chunk named ``photoshoot``. The record
says what made the shot: enough to make the same file again from the same photo. Nothing in it depends on the time, the
machine or a folder, so that the same pixels and notes give the same bytes. With ``ExportSettings.record`` off it is
brief: software, engine and how the file was written.
"""

import functools
import io
import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from photoshoot.distribution import read_version
from photoshoot.exporters.packets import clean_text, write_xmp
from photoshoot.exporters.png import write_png
from photoshoot.records import Canvas, Product, RgbImage, Scene, Shot
from photoshoot.records.plain_data import Json, to_plain
from photoshoot.settings import ExportSettings, ImageFormat
from photoshoot.weights import load_manifest

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_OF_NETWORKS = ("diffusion",)
_BRIEF = ("software", "engine", "file")
"""What of a record a file keeps that is to tell nothing of its making."""


@dataclass(frozen=True, kw_only=True)
class FileNotes:
    """What a file carries beside its pixels."""

    title: str
    """One line for people; empty in a brief file."""
    software: str
    """What wrote the file: ``"photoshoot"`` and its version."""
    record: str
    """The shot's record, JSON in ASCII."""
    xmp: bytes
    """The XMP packet, UTF-8."""
    dpi: int
    """Dots per inch."""


def digital_source_type(engine: str) -> str:
    """The IPTC digital source type of an engine's pictures, a URI.

    A photo in a scene that was rendered is a composite with synthetic elements; in one that a trained network painted,
    a composite with trained algorithmic media. Source: IPTC NewsCodes, Digital Source Type.
    """
    trained = engine in _OF_NETWORKS
    return _SOURCE_TYPES + ("compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic")


def describe_shot(shot: Shot, settings: ExportSettings) -> FileNotes:
    """Write down what made a shot and its file. The same shot and settings give the same notes."""
    return write_notes(write_record(shot, settings, f"photoshoot {read_version()}"))


def write_notes(record: Mapping[str, Any]) -> FileNotes:
    """What a file carries that has this record (see ``write_record``): all of it follows from the record."""
    if is_brief(record):
        return _write_notes({name: record[name] for name in _BRIEF}, title="", about=None)
    scene = (record["preset_id"] or "custom scene").replace("_", " ")
    title = clean_text(f"{record['product']['name']}, {scene}")
    return _write_notes(record, title=title, about=record["full_prompt"])


def is_brief(record: Mapping[str, Any]) -> bool:
    """Whether a file with this record tells nothing of its making, see ``ExportSettings.record``."""
    return not record["file"].get("record", True)


def _write_notes(record: Mapping[str, Any], *, title: str, about: str | None) -> FileNotes:
    text = json.dumps(record, sort_keys=True, allow_nan=False, separators=(",", ":"))
    xmp = write_xmp(text, record["software"], digital_source_type(record["engine"]), title=title, about=about)
    return FileNotes(title=title, software=record["software"], record=text, xmp=xmp, dpi=record["file"]["dpi"])


def write_record(shot: Shot, settings: ExportSettings, software: str) -> dict[str, Json]:
    """A shot's record as plain data; no times, no paths."""
    scene, provenance, quality = shot.scene, shot.provenance, shot.quality
    return {
        "software": software,
        "engine": provenance.engine,
        "versions": dict(provenance.versions),
        "models": _write_models(shot.product),
        "settings": dict(provenance.settings),
        "seed": shot.seed,
        "prompt_index": shot.prompt_index,
        **_write_scene(scene),
        "product": _write_product(shot.product),
        "product_light": None if shot.product_light is None else {**shot.product_light.to_record()},
        "canvas": _write_canvas(shot.canvas),
        "recipe": None if shot.recipe is None else to_plain(shot.recipe),
        "quality": None if quality is None else dict(quality.to_record()),  # type: ignore[arg-type]  # invariance
        "core_region": "" if quality is None else quality.core_region,
        "file": _write_file(settings),
    }


def _write_file(settings: ExportSettings) -> dict[str, Json]:
    """How a file was written; that it carries its record is said by the record."""
    written = dict(to_plain(settings))
    if settings.record:
        del written["record"]
    return written


def _write_models(product: Product) -> dict[str, Json]:
    """Digest of the embedded model that cut the product out; what an engine loads is among its versions."""
    models = load_manifest().embedded.items()
    return {name: model.sha256 for name, model in models if product.cutout.segmenter.startswith(f"{name}-")}


def _write_scene(scene: Scene) -> dict[str, Json]:
    return {
        "preset_id": scene.preset_id,
        "preset_sha256": scene.preset_sha256,
        "prompt": scene.text,
        "native_prompt": scene.native_text,
        "full_prompt": scene.full_text,
        "negative_prompt": scene.negative_text,
        "style_reference": scene.style_reference is not None,
        "style_image_sha256": None if scene.style_image is None else scene.style_image.sha256,
        "reading": scene.reading,
    }


def _write_product(product: Product) -> dict[str, Json]:
    cutout = product.cutout
    return {
        "name": product.name,
        "description": product.description,
        "category": product.category.value,
        "segmenter": cutout.segmenter,
        "segmentation": None if cutout.segmentation is None else asdict(cutout.segmentation),
        "photo_sha256": cutout.photo_sha256,
    }


def _write_canvas(canvas: Canvas) -> dict[str, Json]:
    return {
        "label": canvas.label,
        "width_px": canvas.width_px,
        "height_px": canvas.height_px,
        "product_box": list(canvas.product_box.as_tuple()),
        "safe_area": list(canvas.safe_area.as_tuple()),
        "stance": canvas.stance.value,
        "pitch_deg": canvas.pitch_deg,
    }


Encoder = Callable[[RgbImage, int, FileNotes], bytes]
"""(pixels, quality 1 to 100, notes) to a file's bytes."""

_PNG_TEXT = "photoshoot"
_PNG_XMP = "XML:com.adobe.xmp"
"""Keyword of an XMP text chunk. Source: XMP specification part 3, 1.1.5."""
_PNG_PROFILE = b"ICC Profile\0\0"
"""The profile's name, and that it is packed by zlib. Source: PNG specification, 11.3.2.3."""
_INCH_M, _METRES = 0.0254, b"\1"
"""An inch, and the unit of what says pixels a metre. Source: PNG specification, 11.3.4.3."""
_INCHES = 2
"""EXIF ResolutionUnit. Source: EXIF 2.32, 4.6.4."""
_CREATED = slice(24, 36)
"""Creation date in a profile's header, six big-endian 16-bit numbers. Source: ICC.1:2022, 7.2.8."""
_FIXED_DATE = b"".join(number.to_bytes(2, "big") for number in (2000, 1, 1, 0, 0, 0))


def encode_png(image: RgbImage, _quality: int, notes: FileNotes) -> bytes:
    """Lossless; see ``png``."""
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt(_PNG_TEXT, notes.record)
    texts.add_itxt(_PNG_XMP, notes.xmp.decode())
    profile = _PNG_PROFILE + zlib.compress(build_srgb_profile())
    per_metre = round(notes.dpi / _INCH_M).to_bytes(4, "big")
    size = per_metre + per_metre + _METRES
    return write_png(image, [(b"iCCP", profile), *(chunk[:2] for chunk in texts.chunks), (b"pHYs", size)])


def encode_jpeg(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), progressive with optimised tables.

    Pillow gives an optimised JPEG a fixed buffer, which a very noisy picture overruns; such a picture keeps the
    standard tables, with the same pixels.
    """
    options = {"quality": quality, "subsampling": "4:4:4", "dpi": (notes.dpi, notes.dpi), "xmp": notes.xmp}
    plain = _save(image, "JPEG", {**options, "optimize": False, "progressive": False})
    buffer_bytes = image.shape[0] * image.shape[1] * (2 if quality >= 95 else 1)
    if len(plain) > 0.9 * buffer_bytes:
        return plain
    return min(plain, _save(image, "JPEG", {**options, "optimize": True, "progressive": True}), key=len)


def encode_webp(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Lossy, with the encoder's most careful search."""
    return _save(image, "WEBP", {"quality": quality, "method": 6, "exif": _exif(notes.dpi), "xmp": notes.xmp})


def encode_avif(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), at the encoder's default effort."""
    options = {"quality": quality, "subsampling": "4:4:4", "speed": 6, "exif": _exif(notes.dpi), "xmp": notes.xmp}
    return _save(image, "AVIF", options)


def _save(image: RgbImage, kind: str, options: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, kind, icc_profile=build_srgb_profile(), **options)
    return file.getvalue()


def _exif(dpi: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.XResolution] = float(dpi)
    exif[ExifTags.Base.YResolution] = float(dpi)
    exif[ExifTags.Base.ResolutionUnit] = _INCHES
    return exif.tobytes()


ENCODERS: Mapping[ImageFormat, Encoder] = types.MappingProxyType(
    {
        ImageFormat.PNG: encode_png,
        ImageFormat.JPEG: encode_jpeg,
        ImageFormat.WEBP: encode_webp,
        ImageFormat.AVIF: encode_avif,
    }
)
"""Every raster format's encoder; a PDF holds one of these files."""


@functools.cache
def build_srgb_profile() -> bytes:
    """The ICC profile of sRGB, about 600 bytes, always the same bytes.

    LittleCMS stamps the profiles that it makes with the present time; the stamp is replaced by a fixed date, so that
    the same picture gives the same file.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATED] = _FIXED_DATE
    return bytes(profile)
