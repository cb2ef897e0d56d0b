"""Where uploads become products: a few readers, and a bounded queue before them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Final

from photoshoot.errors import FileTooLargeError, NoProductFoundError, PhotoError, RefusedContentError, SettingsError
from photoshoot.server.http.errors import (
    ApiError,
    ValidationError,
    busy,
    file_too_large,
    sentence,
    unknown_foreground,
)
from photoshoot.server.http.multipart import Form
from photoshoot.server.http.schemas import CutoutForm
from photoshoot.server.processes.cutout_wishes import CutoutWishes
from photoshoot.server.processes.readers import DescribedPhoto, PhotoReader

PHOTO_FIELD: Final = "productImage"
"""The form's field of the photo."""
_RETRY_AFTER_S: Final = 5
_DAMAGED: Final = "The file is damaged or cut short."


class PhotoIntake:
    """Reads, cuts out and describes uploaded photos, a few at a time.

    Args:
        reader: Does the work.
        max_bytes: Largest photo, in bytes.
        readers: Photos that are worked on at once; each may take some hundred megabytes.
        waiting: Photos that may wait.
    """

    def __init__(self, reader: PhotoReader, max_bytes: int, *, readers: int, waiting: int) -> None:
        self._reader, self._max_bytes = reader, max_bytes
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="photoshoot-reader")
        self._places = threading.BoundedSemaphore(readers + waiting)

    async def recommend(self, file: BinaryIO, wishes: CutoutWishes | None = None) -> DescribedPhoto:
        """Describe the product of a photo, and find what suits it.

        Args:
            file: The photo.
            wishes: How it is cut out. None: as every other.

        Raises:
            ApiError: The photo is too large, unreadable or shows no product, a wish can't be met, or too many photos
                wait.
        """
        if not self._places.acquire(blocking=False):
            raise busy("Too many photos are waiting to be processed.", _RETRY_AFTER_S)
        future = self._readers.submit(self._recommend, file, wishes)
        future.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.wrap_future(future)
        except (PhotoError, NoProductFoundError) as error:
            raise _translate(error) from error
        except RefusedContentError as error:
            raise ValidationError({PHOTO_FIELD: [sentence(str(error))]}) from error
        except SettingsError as error:
            raise ValidationError({error.name: [sentence(str(error))]}) from error

    def _recommend(self, file: BinaryIO, wishes: CutoutWishes | None) -> DescribedPhoto:
        return self._reader.read(file.read(self._max_bytes + 1), wishes)

    def close(self) -> None:
        """Finish what is under way; safe to call twice."""
        self._readers.shutdown(cancel_futures=True)
        self._reader.close()


def read_wishes(form: Form, fields: CutoutForm) -> CutoutWishes | None:
    """What an upload's form says of its cut-out; None where it says nothing."""
    wishes = CutoutWishes(
        select=fields.select,
        glass=fields.glass,
        keep=form.read_optional_file("keep"),
        remove=form.read_optional_file("remove"),
    )
    return None if wishes == CutoutWishes() else wishes


def _translate(error: PhotoError | NoProductFoundError) -> ApiError:
    if isinstance(error, FileTooLargeError):
        return file_too_large(error)
    if isinstance(error, NoProductFoundError):
        return unknown_foreground()
    damaged = "damaged" in str(error)  # what a decoder says of a broken file is nothing for the caller
    return ValidationError({PHOTO_FIELD: [_DAMAGED if damaged else sentence(str(error))]})
