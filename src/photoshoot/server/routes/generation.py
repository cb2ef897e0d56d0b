"""``/ProductGeneration/AdCreative``, ``/CheckUserProgress`` and ``/CheckApplicationAllProgresses``."""

import contextlib
import json
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query
from pydantic.alias_generators import to_camel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from photoshoot.errors import (
    ProductDoesNotFitError,
    PromptError,
    PromptNotUnderstoodError,
    RecipeError,
    SettingsError,
    UnknownNameError,
)
from photoshoot.framing.layout import check_box
from photoshoot.jobs import Order, Process, RenderState
from photoshoot.jobs.store.processes import ProcessFilter
from photoshoot.prompts import MAX_PROMPTS, Prompt, parse_prompts
from photoshoot.request import Request, list_sizes, read_request
from photoshoot.server.http.errors import Refusals, ValidationError, sentence
from photoshoot.server.http.multipart import open_form
from photoshoot.server.http.openapi import describe_form, problem_answers
from photoshoot.server.http.order_schemas import AdCreativeForm, ContractForm, read_more
from photoshoot.server.http.progress_schemas import DetailedProgressAnswer, ProgressAnswer, SubmittedAnswer
from photoshoot.server.http.schemas import Off
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.ops.tracing import current_trace_id
from photoshoot.server.routes.access import ApplicationId, Asking, Identified, ProcessId, Served, UserId
from photoshoot.server.routes.progress import (
    answer_in_detail,
    answer_process,
    facts_of,
    read_cursor,
    write_cursor,
)
from photoshoot.server.service import Service, base_url_of
from photoshoot.settings import ImageFormat
from photoshoot.settings.checks import read_choice

_PROMPTS = "PromptObjectsString"
_EXAMPLE = '[{"tag": "preset", "preset": "white_background"}]'
_READ_PROMPTS = "GET PromptReading tells how a text is read, and plainIfUnread=true takes a plain backdrop for it"
_ORDERING = Refusals("ProductGeneration/AdCreative", "starting product generation", "Product image asset not found.")
_CHECKING = Refusals(
    "ProductGeneration/CheckUserProgress", "checking user progress", "Image generation process not found."
)
router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])


@router.post(
    "/AdCreative",
    summary="Order pictures",
    openapi_extra=describe_form(AdCreativeForm),
    responses=problem_answers(400, 401, 404, 409, 413, 415, 429, 503),
)
async def ad_creative(
    request: HttpRequest,
    caller: Identified,
    service: Served,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="The same key and order give the same process again.")
    ] = None,
) -> SubmittedAnswer:
    """One picture per prompt and size is queued; `CheckUserProgress` tells how far they are."""
    async with open_form(request) as form:
        fields = form.read(AdCreativeForm)
    caller.must_be(fields.application_id)
    caller.count(fields.user_id)
    order = build_order(fields, idempotency_key or None)
    with _ORDERING.answering():
        process = await run_slow(request, submit, service, order)
    return SubmittedAnswer(
        **facts_of(process),
        tasks={task.id: task.state for task in process.tasks},
    )


@router.get(
    "/CheckUserProgress", summary="Ask how far a process is", responses=problem_answers(400, 401, 404, 429, 503)
)
async def check_user_progress(
    user_id: UserId,
    process_id: ProcessId,
    request: HttpRequest,
    caller: Asking,
    service: Served,
    details: Annotated[Off, Query(description="Also its place in the queue, and the time that is left.")] = False,
) -> list[DetailedProgressAnswer | ProgressAnswer]:
    """A list of one: the process of that user."""
    base_url, write = base_url_of(service, request), answer_in_detail if details else answer_process

    def look() -> DetailedProgressAnswer | ProgressAnswer:
        return write(service.jobs.processes.find(caller.id, process_id, user_id), service, base_url)

    with _CHECKING.answering():
        return [await run_in_threadpool(look)]


@router.get(
    "/CheckApplicationAllProgresses",
    summary="Ask how far all processes of an application are",
    responses=problem_answers(400, 401, 429, 503),
)
async def check_application_all_progresses(
    application_id: ApplicationId,
    request: HttpRequest,
    caller: Asking,
    service: Served,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most processes.")] = 100,
    cursor: Annotated[str | None, Query(max_length=100, description="`X-Next-Cursor` of the page before.")] = None,
    user_id: Annotated[UUID | None, Query(alias="userId", description="Of this user alone.")] = None,
    state: Annotated[int | None, Query(ge=1, le=6, description="In this `requestRenderState` alone.")] = None,
    since: Annotated[datetime | None, Query(description="Ordered then or later.")] = None,
    until: Annotated[datetime | None, Query(description="Ordered before then.")] = None,
) -> list[ProgressAnswer]:
    """Newest first. Where there are more, `X-Next-Cursor` is the next page's `cursor`."""
    caller.must_be(application_id)
    wanted = ProcessFilter(
        user_id=user_id,
        state=None if state is None else RenderState(state),
        since_s=_seconds(since),
        until_s=_seconds(until),
    )
    after = read_cursor(cursor) if cursor else None
    processes, following = await run_in_threadpool(service.jobs.processes.page, caller.id, wanted, after, limit)
    if following is not None:
        response.headers["X-Next-Cursor"] = write_cursor(following)
    base_url = base_url_of(service, request)
    return [answer_process(process, service, base_url) for process in processes]


def _seconds(moment: datetime | None) -> float | None:
    """Since 1970; a time without a zone is UTC."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def build_order(fields: ContractForm, idempotency_key: str | None) -> Order:
    """The order that a form is: the contract's fields, and those of a request beside them.

    Raises:
        ValidationError: A value is wrong; names the field.
    """
    plain = {
        "prompts": [prompt.to_api() for prompt in _read_prompts(fields.prompt_objects_string)],
        "render_kind": size.split(",") if (size := getattr(fields, "size", None)) else fields.render_kind,
        "safe_margin": not fields.disable_safe_margin,
        "same_style_reference": fields.use_same_style_reference_image,
        "name": fields.product_name,
        "description": fields.product_description,
        "plain_if_unread": True,  # the contract takes any prompt; the task tells what was not read
        **read_more(fields),
    }
    try:
        request = read_request(plain, where="the form", complaint=RecipeError)
        _check_boxes(request)
        return Order(
            application_id=fields.application_id,
            user_id=fields.user_id,
            asset_id=fields.product_image_asset_id,
            request=request,
            engine=getattr(fields, "engine", None) or None,
            formats=_read_formats(getattr(fields, "formats", None)),
            idempotency_key=idempotency_key,
            trace_id=current_trace_id(),
        )
    except RecipeError as error:
        name, *inside = error.key.split(".")  # the keys within a field's JSON are as they were sent
        name = "size" if plain["render_kind"] != fields.render_kind and name == "render_kind" else to_camel(name)
        raise ValidationError({".".join((name, *inside)): [sentence(error.reason)]}) from error


def _check_boxes(request: Request) -> None:
    """Hold that an exact box fits each size that is ordered.

    Raises:
        ValidationError: It does not; says where it may lie.
    """
    for size in list_sizes(request.render_kind) if request.placement is not None else ():
        try:
            check_box(size, request.placement, safe_margin=request.safe_margin)
        except ProductDoesNotFitError as error:
            raise ValidationError({"placement.box_px": [sentence(f"for {size.label}: {error}")]}) from error


def _read_formats(text: str | None) -> tuple[ImageFormat, ...]:
    """The formats of a list with commas, each once.

    Raises:
        ValidationError: One is none.
    """
    names = [name.strip(' "') for name in (text or "png").strip("[] ").split(",")]  # also a JSON array
    try:
        return tuple(dict.fromkeys(read_choice(ImageFormat, name, "formats") for name in names))
    except SettingsError as error:
        raise ValidationError({"formats": [sentence(str(error))]}) from error


def _read_prompts(text: str) -> list[Prompt]:
    """The prompts of the contract's string.

    Raises:
        ValidationError: It is malformed.
    """
    try:
        return _parse_prompts(text)
    except PromptError as error:
        raise ValidationError({_PROMPTS: [sentence(str(error))]}) from error


def _unquote(text: str) -> str:
    """An array that was put into a string once more than it had to, or between the quotes of the contract's example."""
    if not (text.startswith('"') and text.endswith('"') and len(text) > 1):
        return text
    with contextlib.suppress(ValueError, RecursionError):
        return str(json.loads(text)).strip()
    return text[1:-1].strip()


def _parse_prompts(text: str) -> list[Prompt]:
    text = text.removeprefix("\ufeff")  # of a file that an editor wrote with a byte order mark
    text = text.replace("\xa0", " ").strip()  # JSON that is copied from a page often has no-break spaces
    text = _unquote(text)
    if not text.startswith("["):
        raise PromptError(f"it must be a JSON array of one to {MAX_PROMPTS} prompt objects, such as {_EXAMPLE}")
    prompts = parse_prompts(text)
    for prompt in prompts:
        words = f"{prompt.preset_id or ''}{prompt.native_language_prompt or ''}{prompt.negative or ''}"
        if "\x00" in words or any("\ud800" <= char <= "\udfff" for char in words):
            raise PromptError("a prompt has characters that can't be written down")
    return prompts


def submit(service: Service, order: Order) -> Process:
    """Hand an order in.

    Raises:
        ValidationError: A preset or an engine does not exist, or nothing of a prompt is understood.
    """
    try:
        return service.jobs.submit(order)
    except UnknownNameError as error:
        if error.kind == "engine":
            raise ValidationError({"engine": [sentence(str(error))]}) from error
        told = UnknownNameError(error.kind, error.name, service.presets.ids, "GET PresetKeys")
        raise ValidationError({_PROMPTS: [sentence(str(told))]}) from error
    except PromptNotUnderstoodError as error:
        raise ValidationError({_PROMPTS: [sentence(f"{error.said}; {_READ_PROMPTS}")]}) from error
    except PromptError as error:
        raise ValidationError({_PROMPTS: [sentence(str(error))]}) from error
