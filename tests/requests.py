"""A request of which nothing is as it would be without it, to see what a door carries."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from photoshoot import LightOverride, Placement, Product, Prompt, RenderKind, Request, Stance
from photoshoot.request import resolve_request, settings_of
from photoshoot.settings import Anchor, SizeClass, StyleImage

FULL = Request(
    prompts=(Prompt.custom("on a black marble slab", "auf schwarzem Marmor", negative="flowers"),),
    render_kind=RenderKind.MEDIUM_BANNER,
    safe_margin=False,
    lean_palette=False,
    style_reference=False,
    style_image=StyleImage.of(np.full((40, 60, 3), (90, 140, 110), np.uint8)),
    style_strength=0.75,
    placement=Placement(
        anchor=Anchor.LEFT,
        center_x=0.4,
        scale=0.8,
        padding=0.05,
        base=0.9,
        box_px=(20, 30, 200, 220),
        stance=Stance.UPRIGHT,
        pitch_deg=15.0,
        size_class=SizeClass.HAND_HELD,
        size_m=0.3,
    ),
    light=LightOverride(
        azimuth_deg=40.0,
        elevation_deg=35.0,
        shadow_softness=0.25,
        shadow_intensity=0.75,
        brightness=1.25,
        color="#ffe0b0",
        rim=0.5,
    ),
    seed=11,
    name="vodka bottle",
    description="Clear glass.",
    first_prompt_index=3,
    light_on_product=0.5,
    max_redraws=5,
    measure_expansion=False,
    draft=True,
    plain_if_unread=True,
)


def list_defaults(record: Any) -> list[str]:
    """Fields, also of the records in it, that are as they would be without being given."""
    kind, found = type(record), []
    plain = kind()
    for name in (field.name for field in dataclasses.fields(kind)):
        value = getattr(record, name)
        if dataclasses.is_dataclass(value):
            found += [f"{name}.{below}" for below in list_defaults(value)]
        elif value == getattr(plain, name):
            found.append(name)
    return found


def tell(request: Request, product: Product) -> dict[str, object]:
    """What a request comes to."""
    known = resolve_request(request, product)
    return {
        **settings_of(known),
        "prompts": known.prompts,
        "sizes": [size.label for size in known.sizes],
        "seed": known.seed,
        "name": known.product.name,
        "description": known.product.description,
        "first_prompt_index": known.first_prompt_index,
    }
