"""``/NotificationChannel``: addresses that are told of finished tasks and processes."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request

from photoshoot.errors import TargetError
from photoshoot.jobs import NotificationChannel
from photoshoot.server.http.errors import Refusals, ValidationError, sentence
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.schemas import ChannelAnswer, ChannelRequest, CreatedChannelAnswer
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import ApplicationId, Asking, Identified, Served

_DELETING = Refusals("NotificationChannel", "deleting notification channel", "Notification channel not found.")
router = APIRouter(prefix="/NotificationChannel", tags=["Notification channels"])


@router.post("", status_code=201, summary="Create a channel", responses=problem_answers(400, 401, 413, 415, 429, 503))
async def create_channel(
    body: ChannelRequest, request: Request, caller: Identified, service: Served
) -> CreatedChannelAnswer:
    """Messages are signed with the answer's `secret`, which is shown this once."""
    caller.must_be(body.application_id)
    try:
        channel = await run_slow(
            request,
            service.jobs.channels.create,
            caller.id,
            body.url,
            name=body.name,
            with_image=body.include_image_data,
            is_active=body.is_active,
        )
    except TargetError as error:
        raise ValidationError({"url": [sentence(str(error))]}) from error
    return CreatedChannelAnswer(**_answer(channel).model_dump(), secret=channel.secret)


@router.get("", summary="List the channels", responses=problem_answers(400, 401, 429, 503))
def list_channels(
    application_id: ApplicationId,
    caller: Asking,
    service: Served,
) -> list[ChannelAnswer]:
    """All channels, oldest first."""
    caller.must_be(application_id)
    return [_answer(channel) for channel in service.jobs.channels.of_application(caller.id)]


@router.get("/Active", summary="List the active channels", responses=problem_answers(400, 401, 429, 503))
def list_active_channels(
    application_id: ApplicationId,
    caller: Asking,
    service: Served,
) -> list[ChannelAnswer]:
    """The channels that are told of anything, oldest first."""
    caller.must_be(application_id)
    return [_answer(channel) for channel in service.jobs.channels.of_application(caller.id, only_active=True)]


@router.delete(
    "/{channelId}", status_code=204, summary="Delete a channel", responses=problem_answers(400, 401, 404, 429, 503)
)
def delete_channel(
    channel_id: Annotated[UUID, Path(alias="channelId")],
    application_id: ApplicationId,
    caller: Identified,
    service: Served,
) -> None:
    """Messages that wait for it are dropped."""
    caller.must_be(application_id)
    with _DELETING.answering():
        service.jobs.channels.delete(caller.id, channel_id)


def _answer(channel: NotificationChannel) -> ChannelAnswer:
    return ChannelAnswer(
        id=channel.id,
        application_id=channel.application_id,
        name=channel.name,
        url=channel.url,
        include_image_data=channel.with_image,
        is_active=channel.is_active,
        created_at=datetime.fromtimestamp(channel.created_s, UTC),
    )
