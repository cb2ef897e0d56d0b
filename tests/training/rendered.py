"""A small data set of the studio's own pictures: example products in a few sets."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from photoshoot.framing.holding import choose_stance
from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.prompts import Prompt
from photoshoot.records import Product, RgbImage, ShotRequest
from photoshoot.request import Request, resolve_request
from photoshoot.settings import StudioSettings
from photoshoot.training.samples import TrainingSample

SIZE = AdSize(label="small", width_px=64, height_px=48)


def order(products: Mapping[str, Product], presets: Sequence[str], seed: int) -> list[ShotRequest]:
    """Each product in each preset's set, on a small canvas."""
    prompts = [Prompt.preset(preset) for preset in presets]
    registry = PresetRegistry.load()
    requests = []
    for product in products.values():
        request = Request(product=product, prompts=prompts, seed=seed, lean_palette=False, style_reference=False)
        requests += [_shrink(planned) for planned in plan_shots(resolve_request(request, product), registry)]
    return requests


def render(requests: Sequence[ShotRequest]) -> list[RgbImage]:
    """The studio's pictures of them, at its quickest."""
    placer = StudioPlacer(StudioSettings(samples=2))
    try:
        return [shot.image for shot in placer.place(requests)]
    finally:
        placer.close()


def as_samples(requests: Sequence[ShotRequest], images: Sequence[RgbImage]) -> list[TrainingSample]:
    """Finished pictures as data."""
    return [
        TrainingSample(
            key=f"{place:04d}",
            image=image,
            alpha_matte=request.layer.alpha_matte,
            shadow=None,
            caption=request.scene.text,
            product=request.product.name,
            source="rendered",
        )
        for place, (request, image) in enumerate(zip(requests, images, strict=True))
    ]


def _shrink(request: ShotRequest) -> ShotRequest:
    product, design = request.product, request.scene.design
    canvas = lay_out(product.cutout, SIZE, stance=choose_stance(design, product.category), safe_margin=False)
    return dataclasses.replace(request, canvas=canvas, layer=build_layer(product.cutout, canvas))
