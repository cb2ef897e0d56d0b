"""What the service's answers say, read into records."""

import json
import re
import urllib.parse
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import httpx

from photoshoot.client.records import (
    ApiError,
    Channel,
    Deleted,
    Delivery,
    FoundPreset,
    Page,
    Picture,
    Preset,
    Progress,
    PromptReading,
    Task,
    Tokens,
)

PHOTO_WARNING: Final = "x-photo-warning"
"""The header that says what was not there of an uploaded photo's file."""
_DENIAL: Final = re.compile(r'error_description="([^"]*)"')


def read_error(response: httpx.Response) -> ApiError:
    """What a refusal says, in any of the contract's three shapes."""
    try:
        body = response.json()
    except ValueError:
        body = {}
    errors = body.get("errors", {}) if isinstance(body, dict) else {}
    if isinstance(errors, list):  # a photo that can't be cut out
        errors = {str(one.get("code", "")): [str(one.get("title", "")), str(one.get("detail", ""))] for one in errors}
    wait = response.headers.get("retry-after", "")
    return ApiError(
        response.status_code,
        errors if isinstance(errors, dict) else {},
        response.headers.get("x-trace-id", ""),
        float(wait) if wait.isdigit() else None,
        denial[1] if (denial := _DENIAL.search(response.headers.get("www-authenticate", ""))) else "",
    )


def read_progress(told: Mapping[str, Any]) -> Progress:
    """Where a process stands, from either of the contract's bodies."""
    tasks = [
        Task(
            id=UUID(task["taskId"]),
            state=task["renderState"],
            url=task["publicImageUrl"],
            urls=task.get("fileUrls", {}),
            prompt_index=task.get("promptIndex"),
            size=task.get("size", ""),
            error_message=task.get("errorMessage", ""),
        )
        for task in told.get("taskUrls", ())
    ] or [Task(id=UUID(name), state=state) for name, state in told.get("tasks", {}).items()]
    return Progress(
        process_id=UUID(told["imageRenderProcessId"]),
        user_id=UUID(told["userId"]),
        state=told["requestRenderState"],
        percent=told["progress"],
        tasks=tuple(tasks),
        is_successful=told["isSuccessful"],
        error_message=told["errorMessage"],
        queue_position=told.get("queuePosition"),
        seconds_left=told.get("secondsLeft"),
    )


def read_process(response: httpx.Response) -> Progress:
    """A process that was ordered."""
    return read_progress(response.json())


def read_tokens(response: httpx.Response) -> Tokens:
    """A pair of tokens."""
    told = response.json()
    return Tokens(
        access_token=told["accessToken"],
        refresh_token=told["refreshToken"],
        expires_at=datetime.fromisoformat(told["accessTokenExpiration"]),
        refresh_expires_at=datetime.fromisoformat(told["refreshTokenExpiration"]),
    )


def read_presets(response: httpx.Response) -> list[Preset]:
    """All presets."""
    return [
        Preset(
            id=told["id"],
            preview_image_url=told["previewImageUrl"],
            preview_name=told["previewName"],
            prompt_text=told["promptText"],
            tags=tuple(told["tags"]),
            categories=tuple(one["name"] for one in told["categories"]),
        )
        for told in response.json()
    ]


def read_found_presets(response: httpx.Response) -> list[FoundPreset]:
    """Presets that were searched for."""
    return [
        FoundPreset(
            id=told["id"],
            preview_image_url=told["previewImageUrl"],
            preview_name=told["previewName"],
            score=told["score"],
        )
        for told in response.json()
    ]


def read_prompt_reading(response: httpx.Response) -> PromptReading:
    """How a prompt is read."""
    told = response.json()
    return PromptReading(
        understood=told["understood"],
        reading=told["reading"],
        language=told["language"],
        english=told["english"],
        unread=tuple(told["unread"]),
        absent=tuple(told["absent"]),
        nearest=tuple(one["id"] for one in told["nearest"]),
    )


def read_page(response: httpx.Response) -> Page:
    """Some of an application's processes."""
    processes = tuple(map(read_progress, response.json()))
    return Page(processes=processes, next_cursor=response.headers.get("x-next-cursor"))


def read_picture(response: httpx.Response) -> Picture:
    """A picture's file.

    Raises:
        ApiError: It was not waited for.
    """
    if response.status_code == 202:
        told = read_process(response)
        text = f"the picture takes longer: process {told.process_id} is made, but was not waited for"
        raise ApiError(202, {"": [text]}, process=told)
    header = response.headers.get("content-disposition", "")
    name = re.search(r"filename\*=UTF-8''(\S+)", header) or re.search(r'filename="([^"]+)"', header)
    media_type = response.headers["content-type"].partition(";")[0]
    return Picture(
        data=response.content,
        media_type=media_type,
        name=urllib.parse.unquote(name[1]) if name else "picture",
        process_id=_read_id(response, "x-process-id"),
        task_id=_read_id(response, "x-task-id"),
        asset_id=_read_id(response, "x-asset-id"),
        warning=response.headers.get(PHOTO_WARNING, ""),
    )


def _read_id(response: httpx.Response, header: str) -> UUID | None:
    return UUID(text) if (text := response.headers.get(header)) else None


def read_event(line: str) -> Progress | None:
    """What a line of server-sent events tells; None: nothing."""
    return read_progress(json.loads(line.removeprefix("data:"))) if line.startswith("data:") else None


def read_channel(response: httpx.Response) -> Channel:
    """A channel; its secret only where it is new."""
    return _read_channel(response.json())


def read_channels(response: httpx.Response) -> list[Channel]:
    """Channels."""
    return list(map(_read_channel, response.json()))


def read_delivery(response: httpx.Response) -> Delivery:
    """A message to a channel."""
    return _read_delivery(response.json())


def read_deliveries(response: httpx.Response) -> list[Delivery]:
    """Messages to a channel."""
    return list(map(_read_delivery, response.json()))


def _read_delivery(told: Mapping[str, Any]) -> Delivery:
    return Delivery(
        id=UUID(told["id"]),
        process_id=UUID(told["imageRenderProcessId"]),
        task_id=None if told["taskId"] is None else UUID(told["taskId"]),
        state=told["state"],
        tries=told["tries"],
        last_error=told["lastError"],
    )


def _read_channel(told: Mapping[str, Any]) -> Channel:
    return Channel(
        id=UUID(told["id"]),
        url=told["url"],
        name=told["name"],
        is_active=told["isActive"],
        with_image=told["includeImageData"],
        secret=told.get("secret", ""),
    )


def read_deleted(response: httpx.Response) -> Deleted:
    """What is gone."""
    return Deleted(**{name: tuple(map(UUID, ids)) for name, ids in response.json().items()})
