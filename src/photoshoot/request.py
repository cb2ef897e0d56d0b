"""What a caller asks for: a product, prompts, sizes and how the product is placed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

from photoshoot.errors import SettingsError
from photoshoot.layout import RenderKind
from photoshoot.pixels.photos import PhotoSource
from photoshoot.prompts import PromptsLike
from photoshoot.records import Cutout, Product
from photoshoot.settings import LightOverride, Placement, check_range

ProductLike: TypeAlias = "Product | Cutout | PhotoSource"
"""A described product, a cut-out, or anything that ``read_photo`` takes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Request:
    """What to make of one product."""

    product: ProductLike
    """The product, or a photo of it."""
    prompts: PromptsLike
    """Up to six prompts: ``Prompt`` records, texts, or the seed API's JSON string."""
    render_kind: RenderKind = RenderKind.LANDSCAPE
    """A size, or a group of sizes: one shot per prompt and size."""
    safe_margin: bool = True
    """Widen the canvas (1674x628 for 1200x628) and keep the product inside the centred original width."""
    same_style_reference: bool = True
    """Take up the preset's style and lean its accents toward the product's colours."""
    placement: Placement = dataclasses.field(default_factory=Placement)
    """Where and how large the product stands."""
    light: LightOverride | None = None
    """What of the scenes' light the caller decides. None: all stays as the scenes have it."""
    seed: int | None = None
    """0 to 2**31 - 1: the same seed gives the same pictures. None: a random one."""
    name: str | None = None
    """The product's name, instead of the captioner's."""
    description: str | None = None
    """The product's description, instead of the captioner's."""
    first_prompt_index: int = 0
    """Number of its first prompt, where these prompts are a later part of a larger request: seeds go by it."""
    max_redraws: int = 2
    """How often a picture that fails a hard check of the quality gate is drawn again with another seed, 0 to 10."""
    measure_expansion: bool | None = None
    """Whether the gate cuts the product out of the picture to see whether it grew; takes about a second. None: where a
    network painted the scene."""

    def __post_init__(self) -> None:
        if self.seed is not None and not 0 <= self.seed < 2**31:
            raise SettingsError("seed", self.seed, "a whole number from 0 to 2147483647")
        check_range("max_redraws", self.max_redraws, 0, 10)
