"""What is done with a process that is under way: followed, cancelled, or ordered once more."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from photoshoot.errors import SettingsError, UnknownJobError
from photoshoot.jobs import Process
from photoshoot.server.http.errors import Refusals, ValidationError, sentence
from photoshoot.server.http.openapi import problem_answers, stream_answers
from photoshoot.server.http.progress_schemas import DetailedProgressAnswer, ProgressAnswer, SubmittedAnswer
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import ApplicationId, Asking, Identified, ProcessId, Served, TaskId, UserId
from photoshoot.server.routes.progress import answer_in_detail, answer_process, facts_of
from photoshoot.server.service import Service, base_url_of

_CANCELLING = Refusals("ProductGeneration/Cancel", "cancelling process", "Image generation process not found.")
_AGAIN = Refusals("ProductGeneration/Reroll", "starting product generation", "Image generation task not found.")
_FOLLOWING = Refusals(
    "ProductGeneration/ProgressEvents", "checking user progress", "Image generation process not found."
)
_LOOK_S: Final = 0.5
_SILENCE_S: Final = 15.0
"""After which a comment is sent, so that no proxy takes the connection for dead."""
router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])


@router.post("/Cancel", summary="Cancel a process or a task", responses=problem_answers(400, 401, 404, 429, 503))
async def cancel(
    application_id: ApplicationId,
    process_id: ProcessId,
    request: Request,
    caller: Identified,
    service: Served,
    task_id: Annotated[UUID | None, Query(alias="taskId", description="This task alone.")] = None,
) -> ProgressAnswer:
    """What is not finished becomes cancelled (6); what is finished stays."""
    caller.must_be(application_id)
    with _CANCELLING.answering():
        process = await run_slow(request, service.jobs.cancel, caller.id, process_id, task_id)
    return answer_process(process, service, base_url_of(service, request))


@router.post("/Reroll", summary="Order a picture once more", responses=problem_answers(400, 401, 404, 429, 503))
async def reroll(
    application_id: ApplicationId,
    process_id: ProcessId,
    task_id: TaskId,
    request: Request,
    caller: Identified,
    service: Served,
    seed: Annotated[int | None, Query(ge=0, lt=2**31, description="The new seed; a random one is drawn.")] = None,
) -> SubmittedAnswer:
    """The same prompt and size with another seed: a new process of one task."""
    caller.must_be(application_id)
    try:
        with _AGAIN.answering(), _naming_upload():
            process = await run_slow(request, service.jobs.reroll, caller.id, process_id, task_id, seed)
    except SettingsError as error:
        raise ValidationError({error.name: [sentence(str(error))]}) from error
    return SubmittedAnswer(**facts_of(process), tasks={task.id: task.state for task in process.tasks})


@contextmanager
def _naming_upload() -> Iterator[None]:
    """Say what is gone, where it is not the picture.

    Raises:
        ApiError: The upload was deleted.
    """
    try:
        yield
    except UnknownJobError as error:
        if error.kind != "asset":
            raise
        raise _AGAIN.refuse(404, "The upload was deleted: nothing further can be made of it.") from error


@router.get(
    "/ProgressEvents",
    summary="Follow a process",
    response_class=StreamingResponse,
    responses=stream_answers(DetailedProgressAnswer) | problem_answers(400, 401, 404, 429, 503),
)
async def progress_events(
    user_id: UserId, process_id: ProcessId, request: Request, caller: Asking, service: Served
) -> Response:
    """Server-sent events: `progress` whenever something has changed, until all tasks are final.

    Where the events end before, the service was shut down: ask again.
    """

    def find() -> Process:
        return service.jobs.processes.find(caller.id, process_id, user_id)

    with _FOLLOWING.answering():
        await run_in_threadpool(find)
    base_url = base_url_of(service, request)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type="text/event-stream")
    events = _follow(request, service, caller.id, (process_id, user_id), base_url)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _follow(
    request: Request, service: Service, application_id: UUID, ids: tuple[UUID, UUID], base_url: str
) -> AsyncIterator[str]:
    loop, before, said = asyncio.get_running_loop(), "", 0.0
    while not (service.ending.has_begun or await request.is_disconnected()):
        told, is_final = await run_in_threadpool(_look, service, application_id, ids, base_url)
        if told != before:
            yield f"event: progress\ndata: {told}\n\n"
            before, said = told, loop.time()
        elif loop.time() - said > _SILENCE_S:
            yield ": still at it\n\n"
            said = loop.time()
        if is_final:
            return
        await asyncio.sleep(_LOOK_S)


def _look(service: Service, application_id: UUID, ids: tuple[UUID, UUID], base_url: str) -> tuple[str, bool]:
    process = service.jobs.processes.find(application_id, *ids)
    answer = answer_in_detail(process, service, base_url)
    return answer.model_dump_json(by_alias=True), process.state.is_final
