"""What is sent for each call about tokens, presets, uploads and pictures, and how its answer is read."""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from photoshoot.client.answers import (
    PHOTO_WARNING,
    read_deleted,
    read_found_presets,
    read_page,
    read_picture,
    read_presets,
    read_process,
    read_progress,
    read_prompt_reading,
    read_tokens,
)
from photoshoot.client.calls import (
    API,
    GENERATION,
    Call,
    Credentials,
    Prompts,
    Upload,
    name_process,
    write_fields,
    write_format,
    write_prompts,
)
from photoshoot.client.records import (
    Deleted,
    FoundPreset,
    Page,
    Picture,
    Preset,
    Progress,
    PromptReading,
    Recommendation,
    Task,
    Tokens,
)


def get_tokens(who: Credentials, jwt_private_key: str) -> Call[Tokens]:
    """Tokens for the private key."""
    body = {"applicationId": str(who.application_id), "jwtPrivateKey": jwt_private_key}
    return Call(method="POST", path=f"{API}/Authorization/GenerateJwtToken", body=body, read=read_tokens)


def refresh_tokens(who: Credentials, tokens: Tokens) -> Call[Tokens]:
    """New tokens for old ones."""
    body = {"applicationId": str(who.application_id), "refreshToken": tokens.refresh_token}
    return Call(method="POST", path=f"{API}/Authorization/RefreshJwtToken", body=body, read=read_tokens)


def list_presets(who: Credentials, user_id: UUID) -> Call[list[Preset]]:
    """All presets."""
    params = {"applicationId": str(who.application_id), "userId": str(user_id)}
    return Call(method="GET", path=f"{GENERATION}/PresetKeys", params=params, read=read_presets)


def search_presets(who: Credentials, user_id: UUID, text: str) -> Call[list[FoundPreset]]:
    """The presets that fit a text."""
    params = {"applicationId": str(who.application_id), "userId": str(user_id), "text": text}
    return Call(method="GET", path=f"{GENERATION}/PresetSearch", params=params, read=read_found_presets)


def read_prompt(who: Credentials, user_id: UUID, text: str) -> Call[PromptReading]:
    """How a prompt would be read."""
    params = {"applicationId": str(who.application_id), "userId": str(user_id), "text": text}
    return Call(method="GET", path=f"{GENERATION}/PromptReading", params=params, read=read_prompt_reading)


def recommend(who: Credentials, upload: Upload, user_id: UUID) -> Call[Recommendation]:
    """Upload a photo."""
    form = {"applicationId": str(who.application_id), "userId": str(user_id), **upload.fields}

    def read(response: httpx.Response) -> Recommendation:
        told = response.json()
        return Recommendation(
            asset_id=UUID(told["backgroundRemovedImageAssetId"]),
            user_id=user_id,
            product_name=told["productInfo"]["productName"],
            product_description=told["productInfo"]["productDescription"],
            prompts=tuple(told["recommendedPrompts"]),
            preset_ids=tuple(told["recommendedPresetIds"]),
            warning=response.headers.get(PHOTO_WARNING, ""),
        )

    path = f"{GENERATION}/Recommendations"
    return Call(method="POST", path=path, form=form, files=upload.files, read=read)


def order(
    who: Credentials, of: Recommendation, prompts: Prompts, render_kind: int, fields: Mapping[str, object]
) -> Call[Progress]:
    """Order pictures; sent twice, it is carried out once."""
    form = {
        "applicationId": str(who.application_id),
        "userId": str(of.user_id),
        "renderKind": str(int(render_kind)),
        "productImageAssetId": str(of.asset_id),
        "PromptObjectsString": write_prompts(prompts),
        "productName": of.product_name or "product",
        "productDescription": of.product_description or "A product.",
        **write_fields(fields),
    }
    key = {"Idempotency-Key": uuid.uuid4().hex}
    return Call(method="POST", path=f"{GENERATION}/AdCreative", form=form, headers=key, read=read_process)


def shoot(
    who: Credentials,
    upload: Upload,
    user_id: UUID,
    prompt: str | Mapping[str, Any] | None,
    format: str,
    low_resolution: bool,
    wait_s: float,
    fields: Mapping[str, object],
) -> Call[Picture]:
    """Photo in, picture out."""
    form = {
        "applicationId": str(who.application_id),
        "userId": str(user_id),
        **upload.fields,
        **write_fields(fields),
    }
    if prompt is not None:
        form["PromptObjectsString"] = write_prompts([prompt])
    params = {"format": write_format(format), "waitSeconds": f"{wait_s:g}"}
    params["lowResolution"] = "true" if low_resolution else "false"
    path = f"{GENERATION}/Shoot"
    return Call(method="POST", path=path, params=params, form=form, files=upload.files, read=read_picture)


def check(progress: Progress) -> Call[Progress]:
    """Ask how far a process is."""
    params = {"userId": str(progress.user_id), "imageProductGeneratorProcessId": str(progress.process_id)}
    path = f"{GENERATION}/CheckUserProgress"
    return Call(
        method="GET", path=path, params=params | {"details": "true"}, read=lambda got: read_progress(got.json()[0])
    )


def follow(progress: Progress) -> Call[None]:
    """Have a process's changes told as they come; the answer is read line by line."""
    params = {"userId": str(progress.user_id), "imageProductGeneratorProcessId": str(progress.process_id)}
    return Call(method="GET", path=f"{GENERATION}/ProgressEvents", params=params, read=lambda _: None)


def list_processes(who: Credentials, filters: Mapping[str, object]) -> Call[Page]:
    """A page of the application's processes."""
    given = {name: str(value) for name, value in filters.items() if value is not None}
    params = {"applicationId": str(who.application_id)} | given
    return Call(method="GET", path=f"{GENERATION}/CheckApplicationAllProgresses", params=params, read=read_page)


def cancel(who: Credentials, progress: Progress, task: Task | None) -> Call[Progress]:
    """Cancel a process or a task."""
    params = name_process(who, progress) | ({} if task is None else {"taskId": str(task.id)})
    return Call(method="POST", path=f"{GENERATION}/Cancel", params=params, read=lambda got: read_progress(got.json()))


def reroll(who: Credentials, progress: Progress, task: Task, seed: int | None) -> Call[Progress]:
    """Order a picture once more."""
    params = name_process(who, progress) | {"taskId": str(task.id)} | ({} if seed is None else {"seed": str(seed)})
    return Call(method="POST", path=f"{GENERATION}/Reroll", params=params, read=read_process)


def download(who: Credentials, progress: Progress, task: Task, format: str, low_resolution: bool) -> Call[Picture]:
    """Download a picture."""
    params = name_process(who, progress) | {"taskId": str(task.id), "format": write_format(format)}
    params["lowResolution"] = "true" if low_resolution else "false"
    return Call(method="GET", path=f"{GENERATION}/Download", params=params, read=read_picture)


def delete(who: Credentials, what: str, **ids: UUID) -> Call[Deleted]:
    """Delete an upload, a picture, a process or a user's everything: ``what`` is the route's name."""
    params = {"applicationId": str(who.application_id), **{name: str(value) for name, value in ids.items()}}
    return Call(method="DELETE", path=f"{GENERATION}/{what}", params=params, read=read_deleted)


def delete_application(who: Credentials) -> Call[Deleted]:
    """Delete the calling application."""
    params = {"applicationId": str(who.application_id)}
    return Call(method="DELETE", path=f"{API}/Application", params=params, read=read_deleted)
