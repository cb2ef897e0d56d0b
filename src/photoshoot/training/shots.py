"""Held-out pictures as orders to the placer: the same product at the same place, its scene painted anew."""

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import ndimage

from photoshoot.pixels.imaging import CORE_ALPHA, tight_box
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.records import Box, Canvas, Category, Cutout, Product, ProductLayer, RgbImage, Scene, ShotRequest
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import DiffusionSettings, Stance
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.samples import TrainingSample
from photoshoot.training.settings import ValidationSettings


def order_shot(sample: TrainingSample, place: int, seed: int) -> ShotRequest | None:
    """The order that a held-out picture answers; None where it shows no product.

    Args:
        sample: The picture.
        place: Its place among the shots that are looked at; with ``seed`` it gives the shot's own seed.
        seed: Of the run.
    """
    height, width = sample.alpha_matte.shape
    box = tight_box(sample.alpha_matte)
    if box is None:
        return None
    layer = ProductLayer(rgb=_spread_colors(sample), alpha_matte=sample.alpha_matte)
    canvas = Canvas(
        label="validation",
        width_px=width,
        height_px=height,
        product_box=box,
        safe_area=Box(left=0, top=0, right=width, bottom=height),
        stance=Stance.UPRIGHT,
    )
    return ShotRequest(
        product=_make_product(sample, box),
        layer=layer,
        canvas=canvas,
        scene=_make_scene(sample.caption),
        seed=int(draw(seed, Stream.VALIDATION, place).integers(2**32)),
        prompt_index=0,
    )


def choose_samples(products: Sequence[str], most: int) -> list[int]:
    """Places of the pictures that are painted: the first one of each product, then the second ones, and so on."""
    turns = [products[:place].count(product) for place, product in enumerate(products)]
    return sorted(sorted(range(len(products)), key=lambda place: (turns[place], place))[:most])


def painting_settings(base: str | Path, settings: ValidationSettings) -> DiffusionSettings:
    """How held-out shots are painted: as the model's profile has it, but from noise alone, without a start."""
    profile = find_profile(base).settings
    return dataclasses.replace(
        profile,
        init="noise",
        num_inference_steps=settings.num_inference_steps,
        guidance_scale=settings.guidance_scale,
        base_scale=profile.base_scale if settings.base_scale is None else settings.base_scale,
        loras=(),
    )


def _spread_colors(sample: TrainingSample) -> RgbImage:
    """The picture's colours with the product's own carried over its soft edge, where the old scene shines through."""
    soft = sample.alpha_matte < CORE_ALPHA
    if soft.all():
        return sample.image
    nearest = ndimage.distance_transform_edt(soft, return_distances=False, return_indices=True)
    return np.ascontiguousarray(sample.image[nearest[0], nearest[1]])


def _make_product(sample: TrainingSample, box: Box) -> Product:
    cutout = Cutout(
        rgb=sample.image,
        alpha_matte=sample.alpha_matte,
        box=box,
        touches=frozenset(),
        confidence=1.0,
        segmenter="data",
        photo_name=sample.key,
        photo_sha256=hashlib.sha256(sample.image.tobytes()).hexdigest(),
    )
    return Product(cutout=cutout, name="", description="", category=Category.OTHER, palette=(), confidence=1.0)


def _make_scene(caption: str) -> Scene:
    return Scene(
        text=caption,
        full_text=caption,
        negative_text="",
        preset_id=None,
        design=Cyclorama(),
        style_reference=None,
        reading="caption",
    )
