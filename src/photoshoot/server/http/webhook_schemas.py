"""The messages to notification channels, as the OpenAPI document's ``webhooks`` describe them.

``photoshoot.jobs.webhooks`` writes and signs them.
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import FastAPI, Header
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal


class _Message(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True, extra="forbid")

    application_id: UUID
    user_id: UUID
    image_render_process_id: UUID
    is_successful: bool
    error_message: str = Field(description="What went wrong; empty where nothing did.")


class TaskCompletedMessage(_Message):
    """A task that has become final, also where it failed or was cancelled."""

    message_type: Literal["ImageProductGenerationTaskCompleted"]
    task_id: UUID
    image_content_bytes: str | None = Field(description="The PNG in base64, for channels with `includeImageData`.")


class ProcessCompletedMessage(_Message):
    """A process whose tasks are all final."""

    message_type: Literal["ImageProductGenerationProgress"]
    request_render_state: int
    total_task_count: int
    completed_task_count: int
    progress: int
    tasks: dict[UUID, int] = Field(description="Every task's state, by its id.")
    render_type: int


MessageId = Annotated[str, Header(alias="webhook-id", description="The same at every try.")]
"""Header of every message."""
Timestamp = Annotated[str, Header(alias="webhook-timestamp", description="Of this try, seconds since 1970.")]
"""Header of every message."""
Signature = Annotated[
    str, Header(alias="webhook-signature", description="`v1,` and HMAC-SHA-256 of `{id}.{timestamp}.{body}`, base64.")
]
"""Header of every message."""


def describe_webhooks(app: FastAPI) -> None:
    """Add the messages to an application's document."""

    @app.webhooks.post("taskCompleted", summary="A task has become final", status_code=204, tags=["Webhooks"])
    def task_completed(
        body: TaskCompletedMessage, message_id: MessageId, timestamp: Timestamp, signature: Signature
    ) -> None:
        """Answer 2xx within ten seconds, or it comes again."""
        del body, message_id, timestamp, signature

    @app.webhooks.post("processCompleted", summary="A process has ended", status_code=204, tags=["Webhooks"])
    def process_completed(
        body: ProcessCompletedMessage, message_id: MessageId, timestamp: Timestamp, signature: Signature
    ) -> None:
        """Answer 2xx within ten seconds, or it comes again."""
        del body, message_id, timestamp, signature
