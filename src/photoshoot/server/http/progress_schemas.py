"""The bodies that tell of processes, and of what was deleted."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from photoshoot.server.http.schemas import Body

RENDER_TYPE = 4
"""``renderType`` of product pictures."""


class _Process(Body):
    message_type: Literal["ImageProductGenerationProgress"] = "ImageProductGenerationProgress"
    request_render_state: int
    application_id: UUID
    user_id: UUID
    image_render_process_id: UUID
    total_task_count: int
    completed_task_count: int
    progress: int = Field(ge=0, le=100)


class SubmittedAnswer(_Process):
    """An order that was accepted: its tasks by id, with their states."""

    tasks: dict[UUID, int]
    render_type: int = RENDER_TYPE
    is_successful: bool
    error_message: str


class TaskAnswer(Body):
    """A task of a process."""

    task_id: UUID
    render_state: int = Field(
        description="0 unset, 1 queued, 2 processing, 3 uploading, 4 failed, 5 completed, 6 cancelled."
    )
    public_image_url: str = Field(description="A signed URL that expires; empty until the task is completed.")


class DetailedTaskAnswer(TaskAnswer):
    """A task of a process: what it is a picture of, and all its files."""

    prompt_index: int = Field(description="Which of the order's prompts it answers, from 0.")
    size: str = Field(description="Name of its size, such as `landscape`, or the size that was asked for: `96x64`.")
    error_message: str = Field(description="Why it failed or was cancelled; empty where it was not.")
    file_urls: dict[str, str] = Field(
        description="Signed URLs by format (png, jpeg, webp, avif, pdf), of those that the order asked for; none until "
        "the task is completed."
    )


class ProgressAnswer(_Process):
    """Where a process stands."""

    task_urls: list[TaskAnswer]
    render_type: int = RENDER_TYPE
    is_successful: bool
    error_message: str


class DetailedProgressAnswer(ProgressAnswer):
    """Where a process stands, and when it will be ready."""

    task_urls: list[DetailedTaskAnswer]  # type: ignore[assignment]
    queue_position: int | None = Field(
        description="Tasks that are made before its first one that waits; null: none waits."
    )
    seconds_left: int = Field(description="Until its last picture is there, about; 0 once it is finished.")


class DeletedAnswer(Body):
    """What was deleted, by its ids; it can't be had back."""

    uploads: list[UUID]
    processes: list[UUID]
    pictures: list[UUID] = Field(description="Tasks whose pictures are gone.")
    channels: list[UUID]
