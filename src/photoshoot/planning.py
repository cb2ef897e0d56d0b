"""From a request to the shots that answer it: scenes resolved, the product laid out, a seed for each."""

from __future__ import annotations

import dataclasses
import secrets

from photoshoot.layout import ad_sizes, choose_stance, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt, parse_prompts, resolve_prompts
from photoshoot.records import Canvas, Product, ProductLayer, Recipe, ShotRequest
from photoshoot.request import Request
from photoshoot.seeds import derive_seed
from photoshoot.sets import hold
from photoshoot.settings import Stance
from photoshoot.stages import Translator


def plan_shots(request: Request, product: Product, presets: PresetRegistry) -> list[ShotRequest]:
    """Resolve and lay out a request: prompts in order, and sizes within a prompt.

    Args:
        request: What is asked for.
        product: Its product, described.
        presets: The presets that its prompts may name.

    Raises:
        InputError: A prompt or a setting is wrong.
        ProductDoesNotFitError: The product can't be laid out in a canvas as asked.
    """
    product = _rename(product, request)
    prompts = parse_prompts(request.prompts)
    scenes = resolve_prompts(
        prompts,
        product,
        presets,
        same_style_reference=request.same_style_reference,
        light=request.light,
    )
    stances = [choose_stance(scene.design, product.category, request.placement) for scene in scenes]
    placed = {stance: _place_in_canvases(request, product, stance) for stance in dict.fromkeys(stances)}
    seed = secrets.randbelow(2**31) if request.seed is None else request.seed
    return [
        ShotRequest(
            product=product,
            layer=layer,
            canvas=canvas,
            scene=dataclasses.replace(scene, design=hold(scene.design, stance)),
            seed=shot_seed(seed, index),
            prompt_index=index,
            recipe=_write_recipe(request, seed, prompt),
        )
        for index, (prompt, scene, stance) in enumerate(
            zip(prompts, scenes, stances, strict=True), request.first_prompt_index
        )
        for canvas, layer in placed[stance]
    ]


def translate(request: Request, translator: Translator) -> Request:
    """The same request, with its prompts that have no English text translated; their own words are kept beside it.

    Raises:
        PromptError: A prompt is malformed.
    """
    prompts = parse_prompts(request.prompts)
    native = [prompt for prompt in prompts if prompt.is_native]
    if not native:
        return request
    texts = iter(translator.translate([prompt.text or "" for prompt in native]))
    return dataclasses.replace(
        request, prompts=[_reword(prompt, next(texts)) if prompt.is_native else prompt for prompt in prompts]
    )


def _reword(prompt: Prompt, text: str) -> Prompt:
    return Prompt.custom(text, prompt.native_language_prompt)


def _write_recipe(request: Request, seed: int, prompt: Prompt) -> Recipe:
    return Recipe(
        seed=seed,
        prompt=prompt.to_seed(),
        safe_margin=request.safe_margin,
        same_style_reference=request.same_style_reference,
        placement=request.placement,
        light=request.light,
        max_redraws=request.max_redraws,
        measure_expansion=request.measure_expansion,
    )


def _place_in_canvases(request: Request, product: Product, stance: Stance) -> list[tuple[Canvas, ProductLayer]]:
    """The product on each canvas that is asked for."""
    canvases = [
        lay_out(product.cutout, size, stance=stance, safe_margin=request.safe_margin, placement=request.placement)
        for size in ad_sizes(request.render_kind)
    ]
    return [(canvas, build_layer(product.cutout, canvas)) for canvas in canvases]


def shot_seed(seed: int, prompt_index: int) -> int:
    """The seed of one shot, 0 to 2**32 - 1: ``seed + prompt_index`` mixed with the prompt's index, and nothing else."""
    return derive_seed(f"{seed + prompt_index}:{prompt_index}")


def _rename(product: Product, request: Request) -> Product:
    named = product if request.name is None else dataclasses.replace(product, name=request.name, confidence=1.0)
    if request.description is None:
        return named
    return dataclasses.replace(named, description=request.description)
