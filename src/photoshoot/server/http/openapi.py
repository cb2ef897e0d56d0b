"""The OpenAPI document: what FastAPI can't know of the routes, so that every answer is described and true."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel

from photoshoot.server.http.error_schemas import CutoutErrorAnswer, ProblemAnswer, ValidationProblemAnswer

Responses = dict[int | str, dict[str, Any]]
"""FastAPI's ``responses``."""

_PROBLEMS: Final = {
    401: "Credentials are missing or wrong, or of another application.",
    404: "It does not exist, or belongs to another application.",
    409: "The idempotency key was used for another order.",
    410: "The URL has expired.",
    413: "The body is too long.",
    415: "The body is of another kind than the route takes.",
    416: "The file has none of the bytes that `Range` asks for.",
    429: "Too many requests, or the queue is full; `Retry-After` says when to come back.",
    431: "The request's headers are too long.",
    500: "Something went wrong that is in the service's log, such as a kept picture that is damaged.",
    503: "Database or pictures are out of reach.",
}
_TAGS: Final = {
    "Authorization": "Bearer tokens for an application's private key.",
    "Product generation": "Upload a photo, order pictures of its product, ask how far they are, download them.",
    "Deletion": "Forget an upload, a picture, a process, a user or all of an application.",
    "Notification channels": "Be told of what is finished, by webhook or RabbitMQ.",
    "Pictures": "Files at public addresses: finished pictures by signed URL, previews of presets.",
    "Operations": "For those who run the service: whether it lives and works, and what it does.",
}
"""What each group of routes is for."""
_DENIED: Final = {
    "description": "Which of the credentials is wrong.",
    "schema": {"type": "string"},
    "example": 'ApiKey error="invalid_key", error_description="x-api-key or x-api-secret is wrong"',
}
_LIMITS: Final = {
    "RateLimit-Limit": "Calls a minute.",
    "RateLimit-Remaining": "What is left of them.",
    "RateLimit-Reset": "Seconds until the next minute begins.",
}
_PHOTO: Final = {"X-Photo-Warning": "What was not there of the photo's file, where it was cut short."}
_SHOT: Final = {
    "X-Process-Id": "The process that was ordered.",
    "X-Task-Id": "Its task.",
    "X-Asset-Id": "The upload that was made.",
    **_PHOTO,
}
_PAGE: Final = {"X-Next-Cursor": "The next page's `cursor`, where there is one."}
_OF_ROUTE: Final = {"shoot": _SHOT, "recommendations": _PHOTO, "check_application_all_progresses": _PAGE}
"""Headers of answers that are no errors, by the operation's id."""
_INVALID: Final = "A field is missing or malformed."
_SECURED: Final = ("/api/v1/Image/", "/api/v1/NotificationChannel", "/api/v1/Application")
_SCHEMES: Final = {
    "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "secret": {"type": "apiKey", "in": "header", "name": "x-api-secret"},
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}


def file_answers(*media_types: str) -> Responses:
    """A route that answers with a file, with a part of it, or that it is still the same."""
    content: dict[str, Any] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in media_types}
    return {
        200: {"description": "The file.", "content": content},
        206: {"description": "The part of it that `Range` asks for.", "content": content},
        304: {"description": "It is the one that `If-None-Match` names."},
    }


def stream_answers(model: type[BaseModel]) -> Responses:
    """A route that answers with server-sent events, each of which holds such a body; clients read them as text."""
    schema = {"type": "string", "description": f"Events whose `data` is a {model.__name__}, as JSON."}
    return {200: {"description": "The events.", "content": {"text/event-stream": {"schema": schema}}}}


_STROKES = {
    name: f"A picture of the photo's size: what is not black {verb} to the product, and what is like it beside it."
    for name, verb in (("keep", "belongs"), ("remove", "does not belong"))
}


def problem_answers(*statuses: int, cutout: bool = False) -> Responses:
    """The errors a route may answer with.

    Args:
        statuses: 400 stands for a validation problem.
        cutout: 400 may also be an error of the cut-out.
    """
    responses: Responses = {
        status: {"model": ProblemAnswer, "description": _PROBLEMS[status]} for status in statuses if status != 400
    }
    if 401 in statuses:
        responses[401]["headers"] = {"WWW-Authenticate": _DENIED}
    if 400 in statuses:
        model = ValidationProblemAnswer | CutoutErrorAnswer if cutout else ValidationProblemAnswer | ProblemAnswer
        responses[400] = {"model": model, "description": _INVALID}
    return responses


def describe_form(model: type[BaseModel], photo: str | None = None) -> dict[str, Any]:
    """A route's ``openapi_extra`` that says which form it takes: multipart, or URL-encoded where it has no file.

    Args:
        model: The fields.
        photo: Name of the field that holds a file, if there is one.
    """
    schema = model.model_json_schema(by_alias=True)
    kinds = ["multipart/form-data", *(["application/x-www-form-urlencoded"] if photo is None else [])]
    if photo is not None:
        schema["properties"][photo] = {"type": "string", "format": "binary", "description": "JPEG or PNG."}
        for name, what in _STROKES.items():
            schema["properties"][name] = {"type": "string", "format": "binary", "description": what}
        schema["required"] = [*schema["required"], photo]
    return {"requestBody": {"required": True, "content": {kind: {"schema": schema} for kind in kinds}}}


def complete(app: FastAPI) -> None:
    """Replace an app's OpenAPI document by a completed one."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(generate())
        return generate()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this as the way to do it


def _complete(document: dict[str, Any]) -> None:
    components, tags = document["components"], dict[str, dict[str, str]]()
    components["securitySchemes"] = _SCHEMES
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    for operations in document.get("webhooks", {}).values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["security"] = []  # the signature in the headers is what they carry
    for path, operations in document["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            both: list[dict[str, list[str]]] = [{"key": [], "secret": []}, {"key": [], "secret": [], "token": []}]
            operation["security"] = both if path.startswith(_SECURED) else []
            headers = (_LIMITS if path.startswith(_SECURED) else {}) | _OF_ROUTE.get(operation["operationId"], {})
            _add_headers(operation, headers)
            tags |= {tag: {"name": tag, "description": _TAGS[tag]} for tag in operation.get("tags", ())}
    document["tags"] = list(tags.values())


def _add_headers(operation: dict[str, Any], headers: Mapping[str, str]) -> None:
    """What answers that are no errors say in their headers, and when a caller may come back."""
    described = {name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()}
    for status, answer in operation["responses"].items():
        if status.startswith("2") and described:
            answer["headers"] = described
        elif status in ("429", "503"):
            answer["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
