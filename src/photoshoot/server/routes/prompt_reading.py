"""``/ProductGeneration/PromptReading`` and ``/PresetSearch``: how a prompt is read, and which presets fit words."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator, StringConstraints
from starlette.requests import Request

from photoshoot.director import find_presets, read_prompt
from photoshoot.presets import Preset
from photoshoot.prompt_text import MAX_PROMPT_CHARACTERS
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.prompt_schemas import FoundPresetAnswer, NearPresetAnswer, PromptReadingAnswer
from photoshoot.server.http.schemas import check_characters
from photoshoot.server.routes.access import ApplicationId, Identified, Served, UserId
from photoshoot.server.routes.pictures import PREVIEW_PATH
from photoshoot.server.service import base_url_of

router = APIRouter(prefix="/Image/ProductGeneration", tags=["Product generation"])

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_PROMPT_CHARACTERS),
    AfterValidator(check_characters),
    Query(alias="text", description="In any language."),
]
_ANSWERS = problem_answers(400, 401, 429, 503)


@router.get("/PromptReading", summary="Show how a prompt is read", responses=_ANSWERS)
def prompt_reading(
    application_id: ApplicationId,
    user_id: UserId,  # noqa: ARG001  # every user's prompts are read alike
    text: Words,
    request: Request,
    caller: Identified,
    service: Served,
) -> PromptReadingAnswer:
    """Which set, materials, light and season the studio reads in it, what is left over, and which presets are near."""
    caller.must_be(application_id)
    presets, base_url = service.presets, base_url_of(service, request)
    reading = read_prompt(text, presets)
    near = [
        NearPresetAnswer(
            id=item.id, score=item.score, why=item.why, preview_image_url=_picture(presets.get(item.id), base_url)
        )
        for item in reading.nearest
    ]
    return PromptReadingAnswer(
        understood=reading.understood,
        language=reading.language,
        english=reading.english,
        mended=dict(reading.mended),
        set_name=reading.set,
        words={kind: list(words) for kind, words in reading.words.items()},
        unread=list(reading.unread),
        absent=list(reading.absent),
        confidence=reading.confidence,
        reading=reading.reading,
        nearest=near,
        note=reading.note,
    )


@router.get("/PresetSearch", summary="Search presets", responses=_ANSWERS)
def preset_search(
    application_id: ApplicationId,
    user_id: UserId,  # noqa: ARG001  # every user sees all presets
    text: Words,
    request: Request,
    caller: Identified,
    service: Served,
) -> list[FoundPresetAnswer]:
    """Presets that fit a text, best first, each with why it was found."""
    caller.must_be(application_id)
    base_url = base_url_of(service, request)
    return [
        FoundPresetAnswer(
            id=found.preset.id,
            preview_name=found.preset.preview_name,
            preview_image_url=_picture(found.preset, base_url),
            score=found.score,
            likeness=found.likeness,
            words=list(found.words),
        )
        for found in find_presets(text, service.presets)
    ]


def _picture(preset: Preset, base_url: str) -> str:
    return f"{base_url}{PREVIEW_PATH}/{preset.id}.webp" if preset.preview_path else ""
