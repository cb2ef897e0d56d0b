"""It really inpaints: networks that know two plates by heart paint the one that the prompt asks for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import Photoshoot, Product, Prompt, Request
from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from tests.measures import psnr
from tests.placers.diffusion.overfitting import write_overfitted

SIZE = AdSize(label="small", width_px=92, height_px=68)
SCENES = {"sunny_yellow_background": "on a sunny yellow backdrop", "black_marble_rim_light": "on black marble at night"}
SETTINGS = DiffusionSettings(num_inference_steps=20, guidance_scale=1.0, init="noise", base_scale=1.0, batch_size=2)

pytestmark = pytest.mark.slow


def known(bottle: Product) -> tuple[list[ShotRequest], list[RgbImage]]:
    """A shot of each scene, and its plate."""
    registry, size = PresetRegistry.load(), (SIZE.width_px, SIZE.height_px)
    request = Request(product=bottle, prompts=[Prompt.custom(text) for text in SCENES.values()], seed=2)
    shots = [_small(item) for item in plan_shots(resolve_request(request, bottle), registry)]
    paths = [registry.get(preset_id).plate_path for preset_id in SCENES]
    return shots, [np.asarray(Image.open(path).convert("RGB").resize(size), np.uint8) for path in paths if path]


def _small(request: ShotRequest) -> ShotRequest:
    cutout = request.product.cutout
    canvas = lay_out(cutout, SIZE, stance=request.canvas.stance, safe_margin=False)
    return dataclasses.replace(request, canvas=canvas, layer=build_layer(cutout, canvas))


def test_the_right_scene_appears_for_the_right_prompt(bottle: Product, tmp_path: Path) -> None:
    requests, plates = known(bottle)
    folder = write_overfitted(tmp_path / "known", "inpainting", "inpainting")
    with Photoshoot.from_pretrained(folder, device="cpu", diffusion=SETTINGS) as photoshoot:
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        shots = photoshoot.placer.place(requests)
    for index, (request, shot) in enumerate(zip(requests, shots, strict=True)):
        alpha = request.layer.alpha_matte
        core = alpha >= CORE_ALPHA
        np.testing.assert_array_equal(shot.image[core], request.layer.rgb[core])
        right, wrong = (psnr(shot.image, plates[which], alpha == 0) for which in (index, 1 - index))
        assert right >= 18, f"{right:.1f} dB"
        assert right >= wrong + 4, f"{right:.1f} dB, and {wrong:.1f} dB to the other plate"
