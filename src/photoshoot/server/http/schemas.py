"""The bodies of requests and answers, in the contract's names and casing."""

import contextlib
import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, get_args, get_type_hints
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic.alias_generators import to_camel

from photoshoot.layout import RenderKind
from photoshoot.records_io import read_docs
from photoshoot.request import Request

RENDER_TYPE = 4
"""``renderType`` of product pictures."""
_LONGEST_TEXT = 2000
_KINDS = tuple(kind.value for kind in RenderKind.__members__.values())


class Body(BaseModel):
    """A JSON object whose names are in camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class RequestBody(Body):
    """A body that is sent: its names count in any case, as ASP.NET reads them."""

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        names = {(field.alias or name).lower(): field.alias or name for name, field in cls.model_fields.items()}
        return {names.get(str(name).lower(), name): value for name, value in given.items()}


def _check_text(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character")
    return text


def _check_kind(kind: int) -> int:
    if kind not in _KINDS:
        raise ValueError("no render kind")
    return kind


def _empty_to(default: bool) -> BeforeValidator:
    return BeforeValidator(lambda value: default if value == "" else value, json_schema_input_type=bool | Literal[""])


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST_TEXT), AfterValidator(_check_text)
]
"""A text that is not blank and that any database can hold."""
Off = Annotated[bool, _empty_to(False)]
"""A switch that is off where it is left out or empty."""
On = Annotated[bool, _empty_to(True)]
"""A switch that is on where it is left out or empty."""


# Authorization


class TokenRequest(RequestBody):
    """Asks for tokens."""

    application_id: UUID
    jwt_private_key: Text


class RefreshRequest(RequestBody):
    """Asks for new tokens in exchange for an old one."""

    application_id: UUID
    refresh_token: Text


class TokenAnswer(Body):
    """A pair of tokens."""

    application_id: UUID
    access_token: str = Field(description="JSON Web Token, HS256; goes into `Authorization: Bearer`.")
    access_token_expiration: datetime
    refresh_token: str
    refresh_token_expiration: datetime


# Presets and recommendations


class PresetCategory(Body):
    """A group that a preset is shown in."""

    name: str


class PresetAnswer(Body):
    """A preset."""

    id: str
    preview_image_url: str = Field(description="A WebP picture; empty where a preset has none.")
    preview_name: str
    prompt_text: str
    tags: list[str]
    categories: list[PresetCategory]
    is_old_preset: bool


class RecommendationsForm(RequestBody):
    """The fields beside the photo."""

    application_id: UUID
    user_id: UUID


class ProductInfo(Body):
    """What the product is."""

    product_name: str
    product_description: str


class RecommendationsAnswer(Body):
    """What the photo shows, and what suits it."""

    product_info: ProductInfo
    background_removed_image_asset_id: UUID
    recommended_prompts: list[str]
    recommended_preset_ids: list[str]


# Generation


class ContractForm(RequestBody):
    """An order, as the contract has it."""

    application_id: UUID
    user_id: UUID
    render_kind: Annotated[int, AfterValidator(_check_kind)] = Field(json_schema_extra={"enum": list(_KINDS)})
    product_image_asset_id: UUID
    prompt_objects_string: str = Field(
        alias="PromptObjectsString",
        description="A JSON array of one to six prompt objects, as a string.",
        examples=['[{"preset": "white_background", "tag": "preset"}]'],
    )
    product_name: Text
    product_description: Text
    disable_safe_margin: Off = Field(default=False, alias="DisableSafeMargin")
    use_same_style_reference_image: On = Field(default=True, alias="UseSameStyleReferenceImage")


_CONTRACTS = ("product", "prompts", "render_kind", "safe_margin", "name", "description")
"""Fields of a request that the contract has fields of its own for."""


def _describe_more() -> Iterator[tuple[str, Any]]:
    """The further fields of a request, optional ones: plain values, or JSON objects as strings."""
    docs, hints = read_docs(Request), get_type_hints(Request)
    for name in (field.name for field in dataclasses.fields(Request) if field.name not in _CONTRACTS):
        kinds = [kind for kind in get_args(hints[name]) or (hints[name],) if kind is not type(None)]
        record: Any = next(filter(dataclasses.is_dataclass, kinds), None)
        keys = "" if record is None else f" A JSON object, as a string, of {', '.join(read_docs(record))}."
        schema: dict[str, Any] = {"type": "string" if record else _JSON_TYPES[kinds[0]]}
        yield name, (Annotated[str | None, WithJsonSchema(schema)], Field(default=None, description=docs[name] + keys))


_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
_MORE: Final = dict(_describe_more())
_SIZE: Any = (
    str | None,
    Field(
        default=None,
        description="A size of one's own instead of renderKind, 64 to 8192 px a side; or several, with commas.",
        examples=["1920x1080"],
    ),
)
AdCreativeForm = create_model("AdCreativeForm", __base__=ContractForm, __doc__="An order.", size=_SIZE, **_MORE)


def read_more(form: ContractForm) -> dict[str, object]:
    """What a form says of a request beyond the contract, as plain data: each text as the JSON value that it is."""
    texts = {name: getattr(form, name) for name in _MORE}
    return {name: _decode(text) for name, text in texts.items() if text is not None}


def _decode(text: str) -> object:
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text.lower() if text.lower() in ("true", "false") else text)
    return text


class _Process(Body):
    message_type: Literal["ImageProductGenerationProgress"] = "ImageProductGenerationProgress"
    request_render_state: int
    application_id: UUID
    user_id: UUID
    image_render_process_id: UUID
    total_task_count: int
    completed_task_count: int
    progress: int = Field(ge=0, le=100)


class SubmittedAnswer(_Process):
    """An order that was accepted: its tasks by id, with their states."""

    tasks: dict[UUID, int]
    render_type: int = RENDER_TYPE
    is_successful: bool
    error_message: str


class TaskAnswer(Body):
    """A task of a process."""

    task_id: UUID
    render_state: int = Field(
        description="0 unset, 1 queued, 2 processing, 3 uploading, 4 failed, 5 completed, 6 cancelled."
    )
    public_image_url: str = Field(description="A signed URL that expires; empty until the task is completed.")


class ProgressAnswer(_Process):
    """Where a process stands."""

    task_urls: list[TaskAnswer]
    render_type: int = RENDER_TYPE
    is_successful: bool
    error_message: str


# Notification channels


class ChannelRequest(RequestBody):
    """A channel to be created."""

    application_id: UUID
    url: Text = Field(description="Where messages are posted: http or https.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_check_text)] = ""
    include_image_data: bool = Field(default=False, description="Put pictures into messages, in base64.")
    is_active: bool = True


class ChannelAnswer(Body):
    """A channel."""

    id: UUID
    application_id: UUID
    name: str
    url: str
    include_image_data: bool
    is_active: bool
    created_at: datetime


class CreatedChannelAnswer(ChannelAnswer):
    """A new channel, with the secret that its messages are signed with. It is shown this once."""

    secret: str
