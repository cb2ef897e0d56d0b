"""``/ProductGeneration/Shoot``: photo in, picture out, in one call."""

import asyncio
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from photoshoot.errors import UnknownNameError
from photoshoot.jobs import Process, RenderState
from photoshoot.prompts import parse_prompts
from photoshoot.request import list_sizes
from photoshoot.server.http.errors import ApiError, Refusals, ValidationError, sentence
from photoshoot.server.http.files import answer_file
from photoshoot.server.http.multipart import open_form
from photoshoot.server.http.openapi import describe_form, file_answers, problem_answers
from photoshoot.server.http.order_schemas import BaseShootForm, ShootForm, complete_order
from photoshoot.server.http.progress_schemas import SubmittedAnswer
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import Identified, Served
from photoshoot.server.routes.generation import build_order, submit
from photoshoot.server.routes.pictures import FORMATS, DownloadFormat, Format, LowResolution
from photoshoot.server.routes.progress import facts_of
from photoshoot.server.service import Service
from photoshoot.server.uploads import PHOTO_FIELD, read_wishes, warn

_SHOOTING = Refusals("ProductGeneration/Shoot", "starting product generation", "Image content not found.")
_LOOK_S: Final = 0.25
router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])


@router.post(
    "/Shoot",
    summary="Photo in, picture out",
    response_class=Response,
    openapi_extra=describe_form(ShootForm, photo=PHOTO_FIELD),
    responses=file_answers("image/png", "image/jpeg", "application/pdf")
    | {202: {"model": SubmittedAnswer, "description": "It takes longer: ask for the process's progress."}}
    | problem_answers(400, 401, 404, 409, 413, 415, 429, 500, 503, cutout=True),
)
async def shoot(
    request: Request,
    caller: Identified,
    service: Served,
    format: Format = DownloadFormat.PNG,
    low_resolution: LowResolution = False,
    wait_s: Annotated[float, Query(alias="waitSeconds", ge=0, le=600, description="Longest wait.")] = 120,
) -> Response:
    """Uploads the photo, orders one picture of it, and waits. Without a prompt the best preset is taken.

    The headers `X-Process-Id`, `X-Task-Id` and `X-Asset-Id` name what was made, for more of it.
    """
    async with open_form(request) as form:
        fields = form.read(ShootForm, PHOTO_FIELD)
        caller.must_be(fields.application_id)
        caller.count(fields.user_id)
        _check(fields, service)
        photo, wishes = form.file(PHOTO_FIELD), read_wishes(form, fields)
        found = await service.photos.recommend(photo, wishes, request.is_disconnected)
    add = service.jobs.assets.add_packed
    asset = await run_slow(request, add, caller.id, fields.user_id, found.packed, found.name, found.description)
    order = build_order(complete_order(fields, asset.id, found.name, found.description, found.preset_ids[0]), None)
    with _SHOOTING.answering():
        process = await run_slow(request, submit, service, order)
    process = await _wait(request, service, process, wait_s)
    headers = _name(process, asset.id) | warn(found)
    if not process.state.is_final:
        answer = SubmittedAnswer(**facts_of(process), tasks={task.id: task.state for task in process.tasks})
        return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202, headers)
    if process.state is not RenderState.COMPLETED:
        raise ApiError(500, {"business:": [process.error_message or "The picture could not be made."]}, headers)
    ids = (caller.id, process.id, process.tasks[0].id)
    try:
        with _SHOOTING.answering():
            picture = await run_slow(
                request, service.jobs.pictures.download, *ids, low_resolution=low_resolution, format=FORMATS[format]
            )
    except ApiError as error:  # it is made, and can be had when it is paid
        error.headers = {**(error.headers or {}), **headers}
        raise
    return answer_file(request, picture, "attachment", headers)


def _check(fields: BaseShootForm, service: Service) -> None:
    """What can be wrong with an order, before its photo is read and kept.

    Raises:
        ValidationError: A value is wrong, or there are several prompts or sizes.
    """
    order = build_order(complete_order(fields, fields.user_id, "product", "A product.", "white_background"), None)
    if order.engine is not None and order.engine not in service.settings.engines:
        error = UnknownNameError("engine", order.engine, service.settings.engines)
        raise ValidationError({"engine": [sentence(str(error))]})
    if len(parse_prompts(order.request.prompts)) != 1:
        raise ValidationError({"PromptObjectsString": ["One prompt makes one picture; AdCreative takes more."]})
    if len(list_sizes(order.request.render_kind)) != 1:
        raise ValidationError({"size": ["One size makes one picture; AdCreative takes more."]})


async def _wait(request: Request, service: Service, process: Process, seconds: float) -> Process:
    """The process once it is finished, or when the time is over: the caller's, or the service's own.

    Raises:
        ApiError: The client has gone: what nobody was told the name of is not made.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not process.state.is_final and loop.time() < until:
        if service.ending.is_near or (service.ending.has_begun and process.state is RenderState.QUEUED):
            break
        if await request.is_disconnected():
            await run_in_threadpool(service.jobs.cancel, process.application_id, process.id)
            raise ApiError(408, {"business:": ["The client has gone before its picture was made."]})
        await asyncio.sleep(_LOOK_S)
        process = await run_in_threadpool(service.jobs.processes.find, process.application_id, process.id)
    return process


def _name(process: Process, asset_id: UUID) -> dict[str, str]:
    return {
        "X-Process-Id": str(process.id),
        "X-Task-Id": str(process.tasks[0].id),
        "X-Asset-Id": str(asset_id),
    }
