"""What is to be kept no longer: an upload, a picture, a process, a user's everything, an application."""

from uuid import UUID

from fastapi import APIRouter

from photoshoot.jobs import Deleted
from photoshoot.server.http.errors import Refusals
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.progress_schemas import DeletedAnswer
from photoshoot.server.routes.access import ApplicationId, AssetId, Identified, ProcessId, Served, TaskId, UserId

_PROBLEMS = problem_answers(400, 401, 404, 429, 503)
_UPLOAD = Refusals("ProductGeneration/Upload", "deleting product image asset", "Product image asset not found.")
_PICTURE = Refusals("ProductGeneration/Picture", "deleting image content", "Image content not found.")
_PROCESS = Refusals("ProductGeneration/Process", "deleting process", "Image generation process not found.")
router = APIRouter(tags=["Deletion"])


@router.delete("/Image/ProductGeneration/Upload", summary="Delete an upload", responses=_PROBLEMS)
def delete_upload(
    application_id: ApplicationId, asset_id: AssetId, caller: Identified, service: Served
) -> DeletedAnswer:
    """Its pixels and texts are gone; what is not made yet of it is cancelled, and pictures of it stay."""
    caller.must_be(application_id)
    with _UPLOAD.answering():
        return _answer(service.jobs.deletions.upload(caller.id, asset_id))


@router.delete("/Image/ProductGeneration/Picture", summary="Delete a picture", responses=_PROBLEMS)
def delete_picture(
    application_id: ApplicationId, process_id: ProcessId, task_id: TaskId, caller: Identified, service: Served
) -> DeletedAnswer:
    """Its URLs are dead at once; its task is cancelled (6)."""
    caller.must_be(application_id)
    with _PICTURE.answering():
        return _answer(service.jobs.deletions.picture(caller.id, process_id, task_id))


@router.delete("/Image/ProductGeneration/Process", summary="Delete a process", responses=_PROBLEMS)
def delete_process(
    application_id: ApplicationId, process_id: ProcessId, caller: Identified, service: Served
) -> DeletedAnswer:
    """With its tasks, pictures and messages; what is not made yet is not made."""
    caller.must_be(application_id)
    with _PROCESS.answering():
        return _answer(service.jobs.deletions.process(caller.id, process_id))


@router.delete("/Image/ProductGeneration/User", summary="Delete everything of a user", responses=_PROBLEMS)
def delete_user(application_id: ApplicationId, user_id: UserId, caller: Identified, service: Served) -> DeletedAnswer:
    """Uploads, processes and pictures; of a user of whom nothing is kept, nothing."""
    caller.must_be(application_id)
    return _answer(service.jobs.deletions.user(caller.id, user_id))


@router.delete("/Application", summary="Delete the calling application", responses=_PROBLEMS)
def delete_application(application_id: ApplicationId, caller: Identified, service: Served) -> DeletedAnswer:
    """And everything of it; its key, secret and tokens are void at once."""
    caller.must_be(application_id)
    return _answer(service.jobs.deletions.application(caller.id))


def _answer(deleted: Deleted) -> DeletedAnswer:
    lists: dict[str, list[UUID]] = {name: list(ids) for name, ids in vars(deleted).items()}
    return DeletedAnswer(**lists)
