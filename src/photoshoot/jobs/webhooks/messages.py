"""What webhooks say: AdCreative's two messages, in its PascalCase."""

import base64
import json
from typing import Any, Final

from photoshoot.jobs.orders import Process, RenderState, Task

TASK_COMPLETED: Final = "ImageProductGenerationTaskCompleted"
"""``MessageType`` of a task that has become final, also where it failed."""
PROGRESS: Final = "ImageProductGenerationProgress"
"""``MessageType`` of a process whose tasks are all final; the HTTP API's progress answers have it too."""
RENDER_TYPE: Final = 4
"""``renderType``: the HTTP API's examples have no other."""
_IMAGE = "ImageContentBytes"


def describe_task(process: Process, task: Task) -> dict[str, Any]:
    """The message of a task that has become final; ``encode_message`` adds the picture."""
    done = task.state is RenderState.COMPLETED
    return {
        "MessageType": TASK_COMPLETED,
        "ApplicationId": str(process.application_id),
        "UserId": str(process.user_id),
        "ImageRenderProcessId": str(process.id),
        "TaskId": str(task.id),
        _IMAGE: None,
        "IsSuccessful": done,
        "ErrorMessage": task.error_message,
    }


def describe_process(process: Process) -> dict[str, Any]:
    """The message of a process whose tasks are all final."""
    return {
        "MessageType": PROGRESS,
        "RequestRenderState": int(process.state),
        "ApplicationId": str(process.application_id),
        "UserId": str(process.user_id),
        "ImageRenderProcessId": str(process.id),
        "TotalTaskCount": process.total_count,
        "CompletedTaskCount": process.completed_count,
        "Progress": process.progress,
        "Tasks": {str(task.id): int(task.state) for task in process.tasks},
        "RenderType": RENDER_TYPE,
        "IsSuccessful": process.is_successful,
        "ErrorMessage": process.error_message,
    }


def encode_message(body: dict[str, Any], picture: bytes | None) -> bytes:
    """The body as it is posted; the same at every try.

    Args:
        body: Made by one of the functions above.
        picture: The task's PNG, for channels that ask for it.
    """
    if picture is not None:
        body = {**body, _IMAGE: base64.b64encode(picture).decode()}
    return json.dumps(body, separators=(",", ":")).encode()
