"""Finished pictures: written once, and opened in any of the seed's formats."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from photoshoot.errors import PictureNotFoundError, SettingsError, UnknownJobError
from photoshoot.exporters.conversion import convert
from photoshoot.exporters.files import encode
from photoshoot.exporters.names import slug
from photoshoot.jobs.orders import RenderState, read_ordered
from photoshoot.jobs.queue.queue import Claim
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import PictureStore
from photoshoot.jobs.store.records import PictureFile
from photoshoot.jobs.store.tables import AssetRow, ProcessRow, TaskRow
from photoshoot.prompts import parse_prompts
from photoshoot.records import Shot
from photoshoot.settings import ExportSettings, ImageFormat

_MEDIA_TYPES: Final = {
    ImageFormat.PNG: ("image/png", ".png"),
    ImageFormat.JPEG: ("image/jpeg", ".jpg"),
    ImageFormat.PDF: ("application/pdf", ".pdf"),
}
_THUMBNAIL: Final = ExportSettings(format=ImageFormat.JPEG, low_resolution=True)
_ORIGINAL: Final = ExportSettings(format=ImageFormat.PNG)


class Results:
    """Pictures by task: an original, and a thumbnail beside it."""

    def __init__(self, database: Database, pictures: PictureStore) -> None:
        self._database, self._pictures = database, pictures

    def keep(self, claim: Claim, shot: Shot) -> None:
        """Write a task's thumbnail and then its original, which says that both are there.

        Raises:
            StoreError: They can't be written.
        """
        original, thumbnail = _paths(claim.application_id, claim.process_id, claim.task_id)
        if claim.attempts > 1:
            self._pictures.sweep(original)
            self._pictures.sweep(thumbnail)
        self._pictures.write(thumbnail, encode(shot, _THUMBNAIL))
        self._pictures.write(original, encode(shot, _ORIGINAL))

    def is_kept(self, claim: Claim) -> bool:
        """Whether a task's pictures are there, from a worker that was killed before it could say so."""
        return self._pictures.exists(_paths(claim.application_id, claim.process_id, claim.task_id)[0])

    def read_original(self, application_id: UUID, process_id: UUID, task_id: UUID) -> bytes | None:
        """A task's PNG; None where there is none."""
        return self._pictures.read(_paths(application_id, process_id, task_id)[0])

    def open(
        self, application_id: UUID, process_id: UUID, task_id: UUID, *, low_resolution: bool, format: ImageFormat
    ) -> PictureFile:
        """See ``Jobs.open_picture``."""
        if format not in _MEDIA_TYPES:
            raise SettingsError("format", format, ", ".join(_MEDIA_TYPES))
        stem = self._name(application_id, process_id, task_id)
        path = _paths(application_id, process_id, task_id)[low_resolution]
        kept = self._pictures.read(path)
        if kept is None:
            raise PictureNotFoundError("Image content not found.")
        media_type, suffix = _MEDIA_TYPES[format]
        name = f"{stem}_thumbnail{suffix}" if low_resolution else stem + suffix
        return PictureFile(data=convert(kept, format), media_type=media_type, name=name)

    def _name(self, application_id: UUID, process_id: UUID, task_id: UUID) -> str:
        """A finished task's file name, without a suffix."""
        with self._database.reading() as session:
            task, process = session.get(TaskRow, task_id), session.get(ProcessRow, process_id)
            if process is None or process.application_id != application_id:
                raise UnknownJobError("process", process_id)
            if task is None or task.process_id != process_id:
                raise UnknownJobError("task", task_id)
            asset = session.get_one(AssetRow, process.asset_id)
        if task.state != RenderState.COMPLETED:
            raise PictureNotFoundError("Image content not found.")
        asked = read_ordered(process.ordered)
        product = slug(asked.name or asset.product_name, "product")
        preset_id = parse_prompts(asked.prompts)[task.prompt_index].preset_id
        scene = slug(preset_id or f"custom-{task.prompt_index + 1}", "scene")
        return f"{product}_{scene}_{slug(task.size_label, 'size')}_{task_id.hex[:8]}"


def _paths(application_id: UUID, process_id: UUID, task_id: UUID) -> tuple[str, str]:
    stem = f"pictures/{application_id}/{process_id}/{task_id}"
    return f"{stem}.png", f"{stem}.thumbnail.jpg"
