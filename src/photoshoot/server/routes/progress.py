"""How far processes are, as the contract's answers tell it."""

import base64
import binascii
import struct
from typing import Any
from uuid import UUID

from photoshoot.jobs import Process, RenderState, Task
from photoshoot.jobs.store.processes import ProcessCursor
from photoshoot.server.http.errors import ValidationError, invalid
from photoshoot.server.http.progress_schemas import (
    DetailedProgressAnswer,
    DetailedTaskAnswer,
    ProgressAnswer,
    TaskAnswer,
)
from photoshoot.server.routes.pictures import SUFFIXES
from photoshoot.server.service import Service

_CURSOR = struct.Struct(">d16s")


def answer_in_detail(process: Process, service: Service, base_url: str) -> DetailedProgressAnswer:
    """Where a process stands, with its place in the queue and the time that is left."""
    estimate = service.jobs.estimate(process)
    return DetailedProgressAnswer(
        **facts_of(process),
        task_urls=[_answer_task_in_detail(task, process, service, base_url) for task in process.tasks],
        queue_position=estimate.place,
        seconds_left=estimate.seconds_left,
    )


def write_cursor(cursor: ProcessCursor) -> str:
    """Where a page ended, as a text that is safe in a URL."""
    packed = _CURSOR.pack(cursor.created_s, cursor.process_id.bytes)
    return base64.urlsafe_b64encode(packed).decode()


def read_cursor(text: str) -> ProcessCursor:
    """What ``write_cursor`` wrote.

    Raises:
        ValidationError: It is something else.
    """
    try:
        created_s, process_id = _CURSOR.unpack(base64.b64decode(text, altchars=b"-_", validate=True))
    except (binascii.Error, struct.error, ValueError) as error:
        raise ValidationError({"cursor": [invalid(text)]}) from error
    if not abs(created_s) < 1e12:
        raise ValidationError({"cursor": [invalid(text)]})
    return ProcessCursor(created_s=created_s, process_id=UUID(bytes=process_id))


def facts_of(process: Process) -> dict[str, Any]:
    """What both answers say of a process."""
    return {
        "request_render_state": process.state,
        "application_id": process.application_id,
        "user_id": process.user_id,
        "image_render_process_id": process.id,
        "total_task_count": process.total_count,
        "completed_task_count": process.completed_count,
        "progress": process.progress,
        "is_successful": process.is_successful,
        "error_message": process.error_message,
    }


def answer_process(process: Process, service: Service, base_url: str) -> ProgressAnswer:
    """Where a process stands, with the URLs of its pictures."""
    return ProgressAnswer(
        **facts_of(process),
        task_urls=[_answer_task(task, process, service, base_url) for task in process.tasks],
    )


def _answer_task(task: Task, process: Process, service: Service, base_url: str) -> TaskAnswer:
    done = task.state is RenderState.COMPLETED
    address = service.signer.address(process.application_id, process.id, task.id)
    url = service.signer.url(address, base_url) if done else ""
    return TaskAnswer(task_id=task.id, render_state=task.state, public_image_url=url)


def _answer_task_in_detail(task: Task, process: Process, service: Service, base_url: str) -> DetailedTaskAnswer:
    plain = _answer_task(task, process, service, base_url)
    formats = process.formats if plain.public_image_url else ()
    address = service.signer.address(process.application_id, process.id, task.id)
    urls = {name.value: service.signer.url(address, base_url, SUFFIXES[name]) for name in formats}
    return DetailedTaskAnswer(
        **dict(plain),
        prompt_index=task.prompt_index,
        size=task.size_label,
        error_message=task.error_message,
        file_urls=urls,
    )
