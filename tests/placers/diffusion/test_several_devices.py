from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from photoshoot import Photoshoot, Product, Prompt, RenderKind, Request, SettingsError, ShotRequest
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.multi_device import MultiDevicePlacer
from photoshoot.production import plan_shots
from photoshoot.records import Shot
from photoshoot.request import resolve_request
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import OnStep, Placer
from tests.placers.diffusion.test_placer import shrink

SETTINGS = DiffusionSettings(num_inference_steps=2, base_scale=1, init="noise", ip_adapter_scale=0)


def test_each_named_device_has_a_placer_and_shots_are_spread_over_them(
    model_folders: dict[Family, Path], bottle: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(
        product=bottle,
        prompts=[Prompt.custom(f"on stone number {number}") for number in range(6)],
        render_kind=RenderKind.WIDE_SKYSCRAPER,
        safe_margin=False,
        measure_expansion=False,
        seed=5,
    )
    calls, place = Counter[int](), DiffusionPlacer.place

    def count(placer: DiffusionPlacer, requests: list[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        calls[id(placer)] += 1
        return place(placer, requests, on_step)

    monkeypatch.setattr(DiffusionPlacer, "place", count)
    images = {}
    for device in ("cpu", "cpu, cpu"):
        calls.clear()
        with Photoshoot.from_pretrained(model_folders[Family.SD15], device=device, diffusion=SETTINGS) as photoshoot:
            planned = [shrink(item) for item in plan_shots(resolve_request(request, bottle), photoshoot.presets)]
            images[device] = [shot.image for shot in photoshoot.place(planned)]
            several = isinstance(photoshoot.placer, MultiDevicePlacer)
            assert isinstance(photoshoot.placer, Placer)
            assert photoshoot.placer.overlap == (2 if several else 1)
            photoshoot.close()
        assert several == ("," in device)
        assert sum(calls.values()) == 6
        assert len(calls) == (2 if several else 1), "every placer has worked"
    assert all(np.array_equal(one, two) for one, two in zip(images["cpu"], images["cpu, cpu"], strict=True))


def test_a_placer_of_none_is_refused() -> None:
    with pytest.raises(SettingsError):
        MultiDevicePlacer([])
