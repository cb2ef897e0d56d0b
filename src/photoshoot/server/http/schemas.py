"""The bodies of requests and answers, in the contract's names and casing; orders are in ``order_schemas``."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

_LONGEST_TEXT = 2000
_LONGEST_NAME = 40
"""Most characters of a field's name in the log."""
_log = logging.getLogger("photoshoot")


class Body(BaseModel):
    """A JSON object whose names are in camel case."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,  # of an answer a client may rely on what always has a value
    )


class RequestBody(Body):
    """A body that is sent: its names count in any case, as ASP.NET reads them, and what is null is left out."""

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        names = {(field.alias or name).lower(): field.alias or name for name, field in cls.model_fields.items()}
        known = names.keys() | cls.model_fields.keys()
        if unread := sorted(str(name)[:_LONGEST_NAME] for name in given if str(name).lower() not in known):
            _log.warning("fields that are not read: %r", unread)  # the contract's clients may send any
        return {names.get(str(name).lower(), name): value for name, value in given.items() if value is not None}


def check_characters(text: str) -> str:
    """Refuse what databases can't hold."""
    if "\x00" in text:
        raise ValueError("it should have no null character")
    return text


def empty_to(default: bool | None) -> BeforeValidator:
    """What is empty counts as left out."""
    return BeforeValidator(lambda value: default if value == "" else value, json_schema_input_type=bool | Literal[""])


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST_TEXT),
    AfterValidator(check_characters),
]
"""A text that is not blank and that any database can hold."""
Off = Annotated[bool, empty_to(False)]
"""A switch that is off where it is left out or empty."""
On = Annotated[bool, empty_to(True)]
"""A switch that is on where it is left out or empty."""
Told = Annotated[bool | None, empty_to(None)]
"""A switch that is None where it is left out or empty."""


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


class CutoutForm(RequestBody):
    """What a form with a photo may say of its cut-out; two pictures may come beside it, `keep` and `remove`."""

    select: Text | None = Field(
        default=None,
        description="Which of the things in the photo is the product: its number from 0, the largest first (`1`, "
        "`0 and 2`); a point `x,y` or a box `left,top,right,bottom` in the photo's pixels; or words (`the left one`, "
        "`largest`).",
        examples=["the left one", "0", "420,310"],
    )
    glass: Told = Field(
        default=None,
        description="Whether the product is of clear glass, which becomes transparent before a plain backdrop. Left "
        "out or empty: the photo tells.",
    )


class RecommendationsForm(CutoutForm):
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
