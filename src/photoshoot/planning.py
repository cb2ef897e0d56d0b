"""From a request to the shots that answer it: scenes resolved, the product laid out, a seed for each."""

from __future__ import annotations

from dataclasses import replace

from photoshoot.layout import choose_stance, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import resolve_prompts
from photoshoot.records import Canvas, ProductLayer, Recipe, ShotRequest
from photoshoot.request import ResolvedRequest, settings_of
from photoshoot.seeds import SHOT
from photoshoot.sets import hold
from photoshoot.settings import Stance


def plan_shots(request: ResolvedRequest, presets: PresetRegistry) -> list[ShotRequest]:
    """Resolve scenes and lay out a request: prompts in order, and sizes within a prompt.

    Args:
        request: What is asked for, as ``resolve_request`` gives it.
        presets: The presets that its prompts may name.

    Raises:
        UnknownNameError: A preset does not exist.
        ProductDoesNotFitError: The product can't be laid out in a canvas as asked.
    """
    product = request.product
    scenes = resolve_prompts(request.prompts, product, presets, request)
    stances = [choose_stance(scene.design, product.category, request.placement) for scene in scenes]
    placed = {stance: _place_in_canvases(request, stance) for stance in dict.fromkeys(stances)}
    return [
        ShotRequest(
            product=product,
            layer=layer,
            canvas=canvas,
            scene=replace(scene, design=hold(scene.design, stance)),
            seed=shot_seed(request.seed, index),
            prompt_index=index,
            recipe=Recipe(**settings_of(request), seed=request.seed, prompt=prompt.to_seed()),
        )
        for index, (prompt, scene, stance) in enumerate(
            zip(request.prompts, scenes, stances, strict=True), request.first_prompt_index
        )
        for canvas, layer in placed[stance]
    ]


def shot_seed(seed: int, prompt_index: int) -> int:
    """The seed of one shot, 0 to 2**32 - 1: ``seed + prompt_index`` mixed with the prompt's index, and nothing else."""
    return SHOT.seed(seed + prompt_index, prompt_index)


def _place_in_canvases(request: ResolvedRequest, stance: Stance) -> list[tuple[Canvas, ProductLayer]]:
    """The product on each canvas that is asked for."""
    cutout = request.product.cutout
    canvases = [
        lay_out(cutout, size, stance=stance, safe_margin=request.safe_margin, placement=request.placement)
        for size in request.sizes
    ]
    return [(canvas, build_layer(cutout, canvas)) for canvas in canvases]
