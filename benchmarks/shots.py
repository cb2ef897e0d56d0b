"""Six landscape shots of one product, each of another preset, which the diffusion benchmarks make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from photoshoot import Photoshoot, Prompt
from photoshoot.placers.diffusion.painting.network_prompts import describe_scene, exclude
from photoshoot.production import plan_shots
from photoshoot.records import ShotRequest
from photoshoot.request import Request, resolve_request

PHOTO = Path(__file__).resolve().parents[1] / "examples" / "bottle.jpg"
SHOTS = 6


def plan_six() -> list[ShotRequest]:
    """The shots: 1674x628 px, each with its own prompt and style reference."""
    with Photoshoot.embedded() as shoot:
        presets = list(shoot.presets)
        prompts = [Prompt.preset(preset.id) for preset in presets[:: len(presets) // SHOTS][:SHOTS]]
        product = shoot.describe([PHOTO])[0]
        requests = plan_shots(resolve_request(Request(prompts=prompts, seed=1), product), shoot.presets)
    assert len(requests) == SHOTS
    assert all(request.scene.style_reference for request in requests)
    return requests


def with_light(request: ShotRequest) -> ShotRequest:
    """The shot with all of the scene's light on its product."""
    assert request.recipe is not None
    return replace(request, recipe=replace(request.recipe, light_on_product=1.0))


def texts_of(requests: Sequence[ShotRequest]) -> list[str]:
    """All that text encoders read, on either side."""
    scenes = [request.scene for request in requests]
    plain = [text for scene in scenes for text in (scene.text, scene.negative_text)]
    return plain + [text for request in requests for text in (describe_scene(request), exclude(request))]
