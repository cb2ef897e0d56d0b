"""How pictures are made of a product, whatever its prompts and sizes are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from photoshoot.settings.checks import Range, check_fields
from photoshoot.settings.placing import LightOverride, Placement


@dataclass(frozen=True, kw_only=True)
class ShotSettings:
    """What a request, and the record of each of its shots, says of how they are made."""

    safe_margin: bool = True
    """Widen the canvas (1674x628 for 1200x628) and keep the product inside the centred original width."""
    lean_palette: bool = True
    """Lean a preset's accents a little toward the product's colours."""
    style_reference: bool = True
    """Attach a preset's plate as the style picture of diffusion engines."""
    placement: Placement = field(default_factory=Placement)
    """Where and how large the product stands."""
    light: LightOverride | None = None
    """What of the scenes' light the caller decides. None: all stays as the scenes have it."""
    max_redraws: Annotated[int, Range(0, 10)] = 2
    """How often a picture that fails a hard check of the quality gate is drawn again with another seed, 0 to 10."""
    measure_expansion: bool | None = None
    """Whether the gate cuts the product out of the picture to see whether it grew; takes about a second. None: where a
    network painted the scene."""

    def __post_init__(self) -> None:
        check_fields(self)
