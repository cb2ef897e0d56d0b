"""Pictures: ``/ProductGeneration/Download``, result pictures at their signed URLs, and presets' previews."""

from enum import IntEnum
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, BeforeValidator
from starlette.requests import Request
from starlette.responses import Response

from photoshoot.jobs import PictureFile
from photoshoot.server.auth.signed_urls import PICTURES_PATH, PictureAddress
from photoshoot.server.http.errors import ApiError, Refusals
from photoshoot.server.http.files import answer_file
from photoshoot.server.http.openapi import file_answers, problem_answers
from photoshoot.server.http.schemas import Off
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import ApplicationId, Identified, ProcessId, Served, TaskId
from photoshoot.settings import ImageFormat

_OPENING = Refusals("ProductGeneration/Download", "getting image content stream", "Image content not found.")
PREVIEW_PATH = "/assets/ai-product-preset"
"""Where presets' previews are served."""
_ONE_DAY_S = 86400
SUFFIXES: Final = {kind: "jpg" if kind is ImageFormat.JPEG else kind.value for kind in ImageFormat}
"""What the URLs of result pictures end with."""
_KINDS = {suffix: kind for kind, suffix in SUFFIXES.items()}
router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])
public_router = APIRouter(tags=["Pictures"])


class DownloadFormat(IntEnum):
    """The contract's ``format``."""

    PNG = 0
    JPEG = 1
    PDF = 2


FORMATS = {
    DownloadFormat.PNG: ImageFormat.PNG,
    DownloadFormat.JPEG: ImageFormat.JPEG,
    DownloadFormat.PDF: ImageFormat.PDF,
}
"""The contract's formats as the library has them."""


LowResolution = Annotated[Off, Query(alias="lowResolution", description="The thumbnail, longest side 512 px.")]
"""The contract's ``lowResolution``."""
Format = Annotated[
    DownloadFormat,
    BeforeValidator(lambda value: value or DownloadFormat.PNG, json_schema_input_type=DownloadFormat | Literal[""]),
    Query(description="0 PNG, 1 JPEG, 2 PDF 1.6."),
]
"""The contract's ``format``; PNG where it is left out or empty."""
_FILES = file_answers("image/png", "image/jpeg", "application/pdf")


@router.get(
    "/Download",
    summary="Download a picture",
    response_class=Response,
    responses=_FILES | problem_answers(400, 401, 404, 416, 429, 500, 503),
)
async def download(
    request: Request,
    application_id: ApplicationId,
    task_id: TaskId,
    process_id: ProcessId,
    caller: Identified,
    service: Served,
    low_resolution: LowResolution = False,
    format: Format = DownloadFormat.PNG,
) -> Response:
    """A credit is charged for a task's first download, where the service charges at all."""
    caller.must_be(application_id)
    open_it = service.jobs.pictures.download if request.method == "GET" else service.jobs.pictures.look
    with _OPENING.answering():
        picture = await run_slow(
            request,
            open_it,
            caller.id,
            process_id,
            task_id,
            low_resolution=low_resolution,
            format=FORMATS[format],
        )
    return answer_file(request, picture, "attachment", {})


@public_router.get(
    f"{PICTURES_PATH}/{{taskId}}.{{suffix}}",
    summary="Get a result picture",
    response_class=Response,
    responses=file_answers("image/png", "image/jpeg", "image/webp", "image/avif", "application/pdf")
    | problem_answers(400, 404, 410, 416, 500, 503),
)
async def result_picture(
    request: Request,
    task_id: Annotated[UUID, Path(alias="taskId")],
    suffix: Annotated[str, Path(description="png, jpg, webp, avif or pdf.", json_schema_extra={"enum": [*_KINDS]})],
    service: Served,
    application: UUID,
    process: UUID,
    expires: Annotated[int, Query(ge=0, lt=2**40)],
    signature: Annotated[str, Query(min_length=1, max_length=100), AfterValidator(str.strip)],
) -> Response:
    """The URL comes from `publicImageUrl` or `fileUrls`; it needs no credentials, and expires.

    It is charged like a download.
    """
    address = PictureAddress(application_id=application, process_id=process, task_id=task_id, expires_s=expires)
    kind = _KINDS.get(suffix.lower())
    if kind is None or not service.signer.is_genuine(address, signature):
        raise _OPENING.refuse(404, _OPENING.not_found)
    if service.signer.is_expired(address):
        raise ApiError(410, {"business:": ["This URL has expired. CheckUserProgress gives a new one."]})
    open_it = service.jobs.pictures.download if request.method == "GET" else service.jobs.pictures.look
    with _OPENING.answering():
        picture = await run_slow(request, open_it, application, process, task_id, format=kind)
    return answer_file(request, picture, "inline", {"Cache-Control": "private, no-cache"})  # it may be deleted


@public_router.get(
    f"{PREVIEW_PATH}/{{presetId}}.webp",
    summary="Get a preset's preview",
    response_class=Response,
    responses=file_answers("image/webp") | problem_answers(404, 416),
)
def preset_preview(request: Request, preset_id: Annotated[str, Path(alias="presetId")], service: Served) -> Response:
    """The URL comes from `previewImageUrl`."""
    presets = service.presets
    path = presets.get(preset_id).preview_path if preset_id in presets else None
    if path is None:
        raise ApiError(404, {"business:": ["Not Found: there is no preset of that id, or it has no picture."]})
    picture = PictureFile(data=path.read_bytes(), media_type="image/webp", name=f"{preset_id}.webp")
    return answer_file(request, picture, "inline", {"Cache-Control": f"public, max-age={_ONE_DAY_S}"})
