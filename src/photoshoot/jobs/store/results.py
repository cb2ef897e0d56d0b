"""Finished pictures: written once, and opened in any format."""

import io
from typing import Final
from uuid import UUID

from PIL import Image

from photoshoot.errors import DamagedPictureError, PhotoError, PictureNotFoundError, UnknownJobError
from photoshoot.exporters.file_exporter import convert, encode, slug
from photoshoot.jobs.orders import RenderState, read_ordered
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.records import PictureFile, TaskKey
from photoshoot.jobs.store.tables import AssetRow, ProcessRow, TaskRow
from photoshoot.prompts import parse_prompts
from photoshoot.records import Shot
from photoshoot.settings import ExportSettings, ImageFormat

_MEDIA_TYPES: Final = {
    ImageFormat.PNG: ("image/png", ".png"),
    ImageFormat.JPEG: ("image/jpeg", ".jpg"),
    ImageFormat.WEBP: ("image/webp", ".webp"),
    ImageFormat.AVIF: ("image/avif", ".avif"),
    ImageFormat.PDF: ("application/pdf", ".pdf"),
}


class Results:
    """Pictures by task: an original, and a thumbnail beside it.

    Args:
        database: Where the tasks are.
        objects: Where the files are.
        records: Whether the files that are kept from now on say how they were made.
    """

    def __init__(self, database: Database, objects: ObjectStore, *, records: bool = True) -> None:
        self._database, self._objects, self._records = database, objects, records
        self._thumbnail = ExportSettings(format=ImageFormat.JPEG, low_resolution=True, record=records)
        self._original = ExportSettings(format=ImageFormat.PNG, record=records)

    def keep(self, key: TaskKey, shot: Shot, *, again: bool = False) -> None:
        """Write a task's thumbnail and then its original, which says that both are there.

        Args:
            key: The task.
            shot: Its picture.
            again: Whether the task was begun before, so that halves of files may lie about.

        Raises:
            StoreError: They can't be written.
        """
        original, thumbnail = paths_of_picture(key)
        if again:
            self._objects.sweep(original)
            self._objects.sweep(thumbnail)
        self._objects.write(thumbnail, encode(shot, self._thumbnail))
        self._objects.write(original, encode(shot, self._original))

    def is_kept(self, key: TaskKey) -> bool:
        """Whether a task's pictures are there, from a worker that was killed before it could say so."""
        return self._objects.exists(paths_of_picture(key)[0])

    def read_original(self, key: TaskKey) -> bytes:
        """A finished task's PNG.

        Raises:
            DamagedPictureError: It is gone, or not what was written.
        """
        return self._read(paths_of_picture(key)[0])

    def remove(self, key: TaskKey) -> None:
        """Remove a task's pictures."""
        for path in paths_of_picture(key):
            self._objects.remove(path)

    def open(
        self,
        application_id: UUID,
        process_id: UUID,
        task_id: UUID,
        *,
        low_resolution: bool = False,
        format: ImageFormat = ImageFormat.PNG,
    ) -> PictureFile:
        """A finished picture as a file.

        The pixels of each, as the HTTP API's document has it, and WebP and AVIF like JPEG::

            low_resolution  PNG                     JPEG                     PDF 1.6
            False           the original, as it is  the original, converted  the original, embedded
            True            thumbnail, converted    thumbnail, as it is      the thumbnail, embedded

        Raises:
            UnknownJobError: The application has no such task in such a process.
            PictureNotFoundError: The task has no picture, or not yet.
            DamagedPictureError: It is gone, or not what was written.
        """
        key = TaskKey(application_id=application_id, process_id=process_id, task_id=task_id)
        stem = self._name(key)
        kept = self._read(paths_of_picture(key)[low_resolution])
        media_type, suffix = _MEDIA_TYPES[format]
        name = f"{stem}_thumbnail{suffix}" if low_resolution else stem + suffix
        try:
            return PictureFile(data=convert(kept, format), media_type=media_type, name=name)
        except PhotoError as error:
            raise DamagedPictureError(f"the picture of task {task_id} is damaged: {error}") from error

    def _read(self, path: str) -> bytes:
        kept = self._objects.read(path)
        if kept is None:
            raise DamagedPictureError(f"{path} is gone")
        try:
            with Image.open(io.BytesIO(kept), formats=("PNG", "JPEG")) as image:
                if image.format == "PNG":
                    image.verify()  # the checksum of every chunk
                else:
                    image.load()
        except (OSError, SyntaxError, ValueError) as error:
            raise DamagedPictureError(f"{path} is damaged: {error}") from error
        return kept

    def _name(self, key: TaskKey) -> str:
        """A finished task's file name, without a suffix."""
        with self._database.reading() as session:
            task, process = session.get(TaskRow, key.task_id), session.get(ProcessRow, key.process_id)
            if process is None or process.application_id != key.application_id:
                raise UnknownJobError("process", key.process_id)
            if task is None or task.process_id != key.process_id:
                raise UnknownJobError("task", key.task_id)
            asset = session.get_one(AssetRow, process.asset_id)
        if task.state != RenderState.COMPLETED:
            raise PictureNotFoundError("Image content not found.")
        if not self._records:
            return f"product_{slug(task.size_label, 'size')}_{key.task_id.hex[:8]}"
        asked = read_ordered(process.ordered)
        product = slug(asked.name or asset.product_name, "product")
        prompt = parse_prompts(asked.prompts)[task.prompt_index]
        scene = slug(prompt.preset_id or prompt.text or "", f"custom-{task.prompt_index + 1}")
        return f"{product}_{scene}_{slug(task.size_label, 'size')}_{key.task_id.hex[:8]}"


def paths_of_picture(key: TaskKey) -> tuple[str, str]:
    """Where a task's original and its thumbnail lie."""
    stem = f"pictures/{key.application_id}/{key.process_id}/{key.task_id}"
    return f"{stem}.png", f"{stem}.thumbnail.jpg"
