"""Makes products one after another with one ``Photoshoot``; cutting out, placing and encoding overlap.

::

    items ─prepare─▶ planned shots ─in batches across products─▶ place ─▶ encode ─▶ Outcome
          (threads)                                          (threads)  (threads)

From a shot to the bytes of its files, and the small picture that the page shows.
"""

import dataclasses
import io
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from PIL import Image

from photoshoot.catalogue.identity import identify_photo
from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import EncodedFile, Failed, Made, MadeShot, Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.errors import FileTooLargeError, PhotoError, PhotoshootError
from photoshoot.exporters.encoders import build_srgb_profile
from photoshoot.exporters.file_exporter import FileNames, encode
from photoshoot.machine.device import count_cores
from photoshoot.machine.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.downloads import download_photo
from photoshoot.pixels.photos import read_photo
from photoshoot.production import gather
from photoshoot.records import Photo, Product, RgbImage, Shot, ShotRequest
from photoshoot.settings import ExportSettings, PhotoLimits

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


_MOST_CUT_OUT_AHEAD = 8
_ENCODERS = 2
_log = logging.getLogger("photoshoot")


ReadPhoto: TypeAlias = "Callable[[Item, PhotoLimits], bytes]"
"""Brings the bytes of an item's photo, or raises a ``PhotoError``."""


def read_photo_file(item: Item, limits: PhotoLimits) -> bytes:
    """Read an item's photo from its path, or load it from its address.

    Raises:
        PhotoError: It can't be read.
        FileTooLargeError: It is over the limit.
    """
    if isinstance(item.photo, str):
        return download_photo(item.photo, limits.max_bytes)
    try:
        size = item.photo.stat().st_size
        if size > limits.max_bytes:
            raise FileTooLargeError(size, limits.max_bytes)
        return item.photo.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, PhotoshootError):
            raise
        raise PhotoError(f"{item.place} can't be read: {getattr(error, 'strerror', None) or error}") from error


def shoot_items(
    photoshoot: Photoshoot, recipe: Recipe, items: Iterable[Item], read: ReadPhoto = read_photo_file
) -> Iterator[Outcome]:
    """Make each product's pictures, as the bytes of their files. What is wrong with one product stops no other.

    An item's pictures are the same whatever else is in ``items``. Stopping early is safe.

    Args:
        photoshoot: What makes them.
        recipe: What to make.
        items: The products; taken as they are needed.
        read: Where photos come from.

    Yields:
        One outcome an item, each as soon as it is there.
    """
    line = _Line(photoshoot, recipe, read)
    # At least two calls: while the placer works on one batch, the next one's products are cut out.
    placed = map_ahead(line.place, line.batches(items), max(2, photoshoot.placer.overlap), cancels=True)
    for batch in map_ahead(line.encode, placed, _ENCODERS):
        for job, result in batch:
            job.take(result)
            if job.is_over:
                yield job.outcome()
        yield from line.take_failed()
    yield from line.take_failed()


_Encoded = tuple[MadeShot, tuple[EncodedFile, ...]]


class _Job:
    """One product on its way."""

    def __init__(self, item: Item, photo_sha256: str, planned: Sequence[ShotRequest]) -> None:
        self.item, self.planned, self.names = item, planned, FileNames()
        self._photo_sha256, self._product, self._left = photo_sha256, planned[0].product, len(planned)
        self._encoded: list[_Encoded] = []
        self._error: Exception | None = None

    @property
    def is_over(self) -> bool:
        """Whether each of its shots is made or has failed."""
        return self._left == 0

    def take(self, result: _Encoded | Exception) -> None:
        """One more shot is over; shots come in order."""
        self._left -= 1
        if isinstance(result, Exception):
            self._error = self._error or result
        else:
            self._encoded.append(result)

    def outcome(self) -> Outcome:
        """All of its pictures, or the first error."""
        if self._error is not None:
            return Failed.of(self.item, self._error)
        product: Product = self._product
        return Made(
            item=self.item,
            photo_sha256=self._photo_sha256,
            product_name=product.name,
            description=product.description,
            category=product.category.value,
            shots=tuple(shot for shot, _ in self._encoded),
            encoded=tuple(file for _, files in self._encoded for file in files),
        )


_Placed = list[tuple[_Job, "Shot | Exception"]]


class _Line:
    """The steps, and the failures of the first one."""

    def __init__(self, photoshoot: Photoshoot, recipe: Recipe, read: ReadPhoto) -> None:
        self._photoshoot, self._recipe, self._read = photoshoot, recipe, read
        self._failed: deque[Failed] = deque()

    def batches(self, items: Iterable[Item]) -> Iterator[list[tuple[_Job, ShotRequest]]]:
        """Planned shots, as many at a time as the placer likes best, whichever products they are of."""
        size = max(1, self._photoshoot.placer.batch_size)
        waiting: list[tuple[_Job, ShotRequest]] = []
        for job in map_ahead(self._prepare, items, min(_MOST_CUT_OUT_AHEAD, max(2, min(size, count_cores())))):
            if isinstance(job, Failed):
                self._failed.append(job)
                continue
            for request in job.planned:
                waiting.append((job, request))
                if len(waiting) == size:
                    yield waiting
                    waiting = []
        if waiting:
            yield waiting

    def take_failed(self) -> Iterator[Failed]:
        """Products that did not come as far as a shot."""
        while self._failed:
            yield self._failed.popleft()

    def place(self, batch: Sequence[tuple[_Job, ShotRequest]]) -> _Placed:
        """Make a batch; one that fails is made shot by shot, so that only those fail that must."""
        try:
            shots = gather(self._photoshoot.place([request for _, request in batch]))
        except Exception as error:
            if len(batch) == 1:
                _log.warning("%s: a shot failed", batch[0][0].item.id, exc_info=error)
                return [(batch[0][0], error)]
            return [result for one in batch for result in self.place([one])]
        return [(job, shot) for (job, _), shot in zip(batch, shots, strict=True)]

    def encode(self, batch: _Placed) -> list[tuple[_Job, _Encoded | Exception]]:
        """Encode the files of a batch's shots."""
        return [(job, result if isinstance(result, Exception) else self._encode(job, result)) for job, result in batch]

    def _encode(self, job: _Job, shot: Shot) -> _Encoded | Exception:
        try:
            return encode_shot(shot, self._recipe.files, job.names)
        except Exception as error:
            return error

    def _prepare(self, item: Item) -> _Job | Failed:
        try:
            file = self._read(item, self._photoshoot.limits)
            (product,) = self._photoshoot.describe([self._decode(item, file)])
            planned = self._recipe.plan(self._photoshoot, item, product)
            return _Job(item, identify_photo(item, file), planned)
        except PhotoshootError as error:
            return Failed.of(item, error)
        except Exception as error:  # one photo that no one foresaw must not end a night's run
            _log.exception("%s: an error that no one foresaw", item.id)
            return Failed.of(item, error)

    def _decode(self, item: Item, file: bytes) -> Photo:
        stream = io.BytesIO(file)
        stream.name = item.place  # what messages call it
        return dataclasses.replace(read_photo(stream, self._photoshoot.limits), name=item.photo_name)
