"""``/NotificationChannel``: addresses that are told of finished tasks and processes."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from photoshoot.errors import TargetError
from photoshoot.jobs import Delivery, DeliveryState, NotificationChannel
from photoshoot.server.http.channel_schemas import (
    ChannelAnswer,
    ChannelChanges,
    ChannelRequest,
    CreatedChannelAnswer,
    DeliveryAnswer,
)
from photoshoot.server.http.errors import Refusals, ValidationError, sentence
from photoshoot.server.http.json_route import JsonRoute
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import ApplicationId, Asking, Identified, Served

_DELETING = Refusals("NotificationChannel", "deleting notification channel", "Notification channel not found.")
_CHANGING = Refusals("NotificationChannel", "changing notification channel", "Notification channel not found.")
_LISTING = Refusals("NotificationChannel", "listing deliveries", "Notification channel or delivery not found.")
_SENDING = Refusals("NotificationChannel", "delivering again", "Notification channel or delivery not found.")
ChannelId = Annotated[UUID, Path(alias="channelId")]
"""A channel, in the path."""
router = APIRouter(prefix="/NotificationChannel", tags=["Notification channels"], route_class=JsonRoute)


@router.post("", status_code=201, summary="Create a channel", responses=problem_answers(400, 401, 413, 415, 429, 503))
async def create_channel(
    body: ChannelRequest, request: Request, caller: Identified, service: Served
) -> CreatedChannelAnswer:
    """Messages are signed with the answer's `secret`, which is shown only once."""
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


@router.patch("/{channelId}", summary="Change a channel", responses=problem_answers(400, 401, 404, 413, 415, 429, 503))
async def change_channel(
    channel_id: ChannelId, body: ChannelChanges, request: Request, caller: Identified, service: Served
) -> ChannelAnswer:
    """What is left out stays; so does the secret."""
    caller.must_be(body.application_id)
    try:
        with _CHANGING.answering():
            channel = await run_slow(
                request,
                service.jobs.channels.update,
                caller.id,
                channel_id,
                url=body.url,
                name=body.name,
                with_image=body.include_image_data,
                is_active=body.is_active,
            )
    except TargetError as error:
        raise ValidationError({"url": [sentence(str(error))]}) from error
    return _answer(channel)


@router.get(
    "/{channelId}/Deliveries", summary="List a channel's messages", responses=problem_answers(400, 401, 404, 429, 503)
)
def list_deliveries(
    channel_id: ChannelId,
    application_id: ApplicationId,
    caller: Asking,
    service: Served,
    state: Annotated[DeliveryState | None, Query(description="In this state alone.")] = None,
    before: Annotated[UUID | None, Query(description="The last message of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most messages.")] = 100,
) -> list[DeliveryAnswer]:
    """Newest first; the next page is had with the last one's id as `before`."""
    caller.must_be(application_id)
    with _LISTING.answering():
        found = service.jobs.channels.deliveries_of(caller.id, channel_id, state=state, before=before, limit=limit)
    return list(map(_answer_delivery, found))


@router.post(
    "/{channelId}/Deliveries/{deliveryId}/Redeliver",
    status_code=202,
    summary="Send a message once more",
    responses=problem_answers(400, 401, 404, 429, 503),
)
def redeliver(
    channel_id: ChannelId,
    delivery_id: Annotated[UUID, Path(alias="deliveryId")],
    application_id: ApplicationId,
    caller: Identified,
    service: Served,
) -> DeliveryAnswer:
    """It has the same id, and as many tries as a new one."""
    caller.must_be(application_id)
    with _SENDING.answering():
        delivery = service.jobs.channels.redeliver(caller.id, channel_id, delivery_id)
    service.jobs.notifier.notify()
    return _answer_delivery(delivery)


@router.delete(
    "/{channelId}", status_code=204, summary="Delete a channel", responses=problem_answers(400, 401, 404, 429, 503)
)
def delete_channel(
    channel_id: ChannelId,
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


def _answer_delivery(delivery: Delivery) -> DeliveryAnswer:
    created = None if delivery.created_s is None else datetime.fromtimestamp(delivery.created_s, UTC)
    return DeliveryAnswer(
        id=delivery.id,
        image_render_process_id=delivery.process_id,
        task_id=delivery.task_id,
        state=delivery.state.value,
        tries=delivery.tries,
        last_error=delivery.last_error,
        created_at=created,
    )
