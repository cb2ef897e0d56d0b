"""What the tools of ``mcp_server`` take and give, with the descriptions that an assistant reads in their schemas."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from photoshoot.prompts import MAX_PROMPTS
from photoshoot.seeds import SEED_LIMIT

Photo: TypeAlias = Annotated[str, Field(description="A path on this machine, or a web, file: or data: address.")]
Search: TypeAlias = Annotated[
    str, Field(description='What the picture should show, such as "marble, morning light". Empty: whatever there is.')
]
Category: TypeAlias = Annotated[
    str | None,
    Field(
        description="Of this group alone: beauty, fashion, food & drink, gradient, holiday, interior, luxury, "
        "monochrome, natural, outdoor, platform, seasonal, studio or tech. Left out: of all."
    ),
]
Scenes: TypeAlias = Annotated[
    list[str],
    Field(
        description="One to six: presets' ids, or scenes in plain words. None at all: the six presets that suit best.",
        json_schema_extra={"maxItems": MAX_PROMPTS},
    ),
]
Sizes: TypeAlias = Annotated[
    list[str] | None,
    Field(
        description="landscape (where it is left out), post, story, vertical, pin, medium_banner, leaderboard, "
        "wide_skyscraper, half_page, large_leaderboard, a group (social, display, all), or one of your own such as "
        "1920x1080: 32 to 8192 px a side. One picture of each scene in each size."
    ),
]
Draft: TypeAlias = Annotated[bool, Field(description="Quick pictures of a third of the size, to choose by.")]
Seed: TypeAlias = Annotated[
    int,
    Field(
        description="The same seed gives the same pictures.",
        json_schema_extra={"minimum": 0, "maximum": SEED_LIMIT - 1},
    ),
]


class Answer(BaseModel):
    """What a tool answers; its schema tells what stands under each field."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class FoundPreset(Answer):
    """A preset."""

    id: str
    """Names it as a scene."""
    name: str
    """The name that people read."""
    scene: str
    """What it shows."""
    categories: list[str]
    """Groups it is in."""


class Advice(Answer):
    """What a product is, and what suits it."""

    name: str
    """The product's name."""
    description: str
    """One sentence about it."""
    prompts: list[str]
    """Four scenes in words."""
    presets: list[FoundPreset]
    """Six presets, best first."""


class CutProduct(Answer):
    """A product cut from its photo."""

    file: str
    """A PNG with transparency."""
    confidence: float
    """0 to 1: how sure it is that this is the product."""
    parts: int
    """Separate things that it shows."""


class MadePicture(Answer):
    """A finished picture."""

    file: str
    """Where it lies."""
    scene: str
    """Preset or words that it shows."""
    width_px: int
    """Width of the picture, px."""
    height_px: int
    """Height of the picture, px."""
    seed: int | None
    """The request's: with it the same picture is made again."""
    passed: bool
    """Whether the quality gate let it pass."""
    unread: list[str]
    """Words of the scene that nothing in the picture comes from."""
    unmet: list[str]
    """What of the scene is not as it was asked for, in words: those, and what is shown otherwise."""


class MadePictures(Answer):
    """What ``make_pictures`` made."""

    pictures: list[MadePicture]
    """Scenes in order, and sizes within a scene."""
