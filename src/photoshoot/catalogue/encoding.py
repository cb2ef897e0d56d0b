"""From a shot to the bytes of its files, and the small picture that the page shows."""

import io
from collections.abc import Sequence

from PIL import Image

from photoshoot.catalogue.outcomes import EncodedFile, MadeShot
from photoshoot.exporters.encoders import build_srgb_profile
from photoshoot.exporters.file_exporter import FileNames, encode
from photoshoot.records import RgbImage, Shot
from photoshoot.settings import ExportSettings

THUMBNAIL_FOLDER = "thumbnails"
"""In a product's folder."""

_THUMBNAIL_PX = 480
_THUMBNAIL_QUALITY = 82


def encode_shot(
    shot: Shot, files: Sequence[ExportSettings], names: FileNames
) -> tuple[MadeShot, tuple[EncodedFile, ...]]:
    """Encode a shot in each format, and its thumbnail.

    Args:
        shot: A finished shot.
        files: The formats.
        names: Of this product's files.

    Raises:
        ExportError: A format can't hold the picture.
    """
    encoded = [EncodedFile(name=names.name(shot, settings), data=encode(shot, settings)) for settings in files]
    stem = encoded[0].name.rpartition(".")[0]
    thumbnail = EncodedFile(name=f"{THUMBNAIL_FOLDER}/{stem}.jpg", data=_encode_thumbnail(shot.image))
    shared = shot.provenance.settings.get("shared_set")
    made = MadeShot(
        files=tuple(file.name for file in encoded),
        thumbnail=thumbnail.name,
        preset_id=shot.scene.preset_id,
        prompt=shot.scene.text,
        label=shot.canvas.label,
        width_px=shot.canvas.width_px,
        height_px=shot.canvas.height_px,
        seed=shot.seed,
        passed=shot.quality is None or shot.quality.passed,
        shared_set=None if shared is None else str(shared),
    )
    return made, (*encoded, thumbnail)


def _encode_thumbnail(image: RgbImage) -> bytes:
    """For a page that shows hundreds: a quick reduction, where the exporter's thumbnails are careful ones."""
    small = Image.fromarray(image)
    small.thumbnail((_THUMBNAIL_PX, _THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_THUMBNAIL_QUALITY, icc_profile=build_srgb_profile())
    return file.getvalue()
