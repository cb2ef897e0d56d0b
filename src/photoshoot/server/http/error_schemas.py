"""The bodies of errors, as the OpenAPI document describes them; ``photoshoot.server.http.errors`` makes them."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from photoshoot.server.http.schemas import Body


class TraceExtension(Body):
    """What goes with a problem."""

    trace_id: str


class _Problem(Body):
    errors: dict[str, list[str]]
    type: str
    title: str
    status: int


class ProblemAnswer(_Problem):
    """A request that can't be met."""

    detail: str | None
    instance: str | None
    extensions: TraceExtension


class ValidationProblemAnswer(_Problem):
    """A request with a field that is missing or malformed."""

    trace_id: str


class CutoutErrorItem(Body):
    """Why a background can't be removed."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)  # there is not always a detail

    title: str
    code: Literal["file_too_large", "unknown_foreground"]
    detail: str | None = Field(default=None, json_schema_extra=lambda schema: _drop_null(schema))


class CutoutErrorAnswer(Body):
    """A background that can't be removed."""

    errors: list[CutoutErrorItem]


def _drop_null(schema: dict[str, Any]) -> None:
    """It is left out rather than null."""
    schema.pop("anyOf", None)
    schema.pop("default", None)
    schema["type"] = "string"
