"""``/ProductGeneration/PresetKeys`` and ``/Recommendations``: what scenes there are, and which suit a photo."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from photoshoot.presets import Preset
from photoshoot.server.http.multipart import open_form
from photoshoot.server.http.openapi import describe_form, problem_answers
from photoshoot.server.http.schemas import (
    PresetAnswer,
    PresetCategory,
    ProductInfo,
    RecommendationsAnswer,
    RecommendationsForm,
)
from photoshoot.server.http.thread_pools import run_slow
from photoshoot.server.routes.access import ApplicationId, Asking, Identified, Served, UserId
from photoshoot.server.routes.pictures import PREVIEW_PATH
from photoshoot.server.service import base_url_of
from photoshoot.server.uploads import PHOTO_FIELD, read_wishes, warn

router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])


@router.get("/PresetKeys", summary="List the presets", responses=problem_answers(400, 401, 429, 503))
def preset_keys(
    application_id: ApplicationId,
    user_id: UserId,  # noqa: ARG001  # every user sees all presets
    request: Request,
    caller: Asking,
    service: Served,
) -> list[PresetAnswer]:
    """Every preset, in the catalogue's order."""
    caller.must_be(application_id)
    base_url = base_url_of(service, request)
    return [_answer(preset, base_url) for preset in service.presets]


@router.post(
    "/Recommendations",
    summary="Upload a photo",
    openapi_extra=describe_form(RecommendationsForm, photo=PHOTO_FIELD),
    responses=problem_answers(400, 401, 415, 429, 503, cutout=True),
)
async def recommendations(
    request: Request, response: Response, caller: Identified, service: Served
) -> RecommendationsAnswer:
    """The product is cut out, named and described; the answer has its asset id, four prompts and six presets."""
    async with open_form(request) as form:
        fields = form.read(RecommendationsForm, PHOTO_FIELD)
        caller.must_be(fields.application_id)
        caller.count(fields.user_id)
        photo, wishes = form.file(PHOTO_FIELD), read_wishes(form, fields)
        found = await service.photos.recommend(photo, wishes, request.is_disconnected)
    add = service.jobs.assets.add_packed
    asset = await run_slow(request, add, caller.id, fields.user_id, found.packed, found.name, found.description)
    response.headers.update(warn(found))
    return RecommendationsAnswer(
        product_info=ProductInfo(product_name=found.name, product_description=found.description),
        background_removed_image_asset_id=asset.id,
        recommended_prompts=list(found.prompts),
        recommended_preset_ids=list(found.preset_ids),
    )


def _answer(preset: Preset, base_url: str) -> PresetAnswer:
    url = f"{base_url}{PREVIEW_PATH}/{preset.id}.webp"
    return PresetAnswer(
        id=preset.id,
        preview_image_url=url if preset.preview_path else "",
        preview_name=preset.preview_name,
        prompt_text=preset.prompt_text,
        tags=list(preset.tags),
        categories=[PresetCategory(name=name) for name in preset.categories],
        is_old_preset=preset.is_old_preset,
    )
