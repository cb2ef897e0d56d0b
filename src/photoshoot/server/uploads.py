"""Where uploads become products: a few readers, and a bounded queue before them."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
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
_LOOK_S: Final = 0.25
"""How often it is looked whether the client still waits."""
_WARNING_HEADER: Final = "X-Photo-Warning"
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

    async def recommend(
        self,
        file: BinaryIO,
        wishes: CutoutWishes | None = None,
        has_gone: Callable[[], Awaitable[bool]] | None = None,
    ) -> DescribedPhoto:
        """Describe the product of a photo, and find what suits it.

        Args:
            file: The photo.
            wishes: How it is cut out. None: as every other.
            has_gone: Whether the client hung up: then a photo that waits gives up its place. None: nobody can.

        Raises:
            ApiError: The photo is too large, unreadable or shows no product, a wish can't be met, too many photos
                wait, or the client has gone.
        """
        if not self._places.acquire(blocking=False):
            raise busy("Too many photos are waiting to be processed.", _RETRY_AFTER_S)
        future = self._readers.submit(self._recommend, file, wishes)
        future.add_done_callback(lambda _: self._places.release())
        described = asyncio.wrap_future(future)
        while has_gone is not None and not (await asyncio.wait({described}, timeout=_LOOK_S))[0]:
            if await has_gone():
                future.cancel()  # what is under way already is finished
                described.cancel()
                raise ApiError(408, {"business:": ["The client has gone before its photo was processed."]})
        try:
            return await described
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


def warn(found: DescribedPhoto) -> dict[str, str]:
    """The headers that tell an uploader what was not there of the photo; none of a whole one."""
    return {_WARNING_HEADER: f"The file is cut short: {found.missing}."} if found.missing else {}


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
