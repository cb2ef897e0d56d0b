from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from photoshoot.errors import CancelledError
from photoshoot.machine.cancellation import cancel_scope
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.denoise import OidnDenoiser
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.renderer import Renderer
from tests.placers.studio.conftest import SMALL, make_request

REQUEST = make_request(alpha=SMALL)


class Wish:
    """Whether a picture is wanted; how often that was asked."""

    def __init__(self, most: float = float("inf")) -> None:
        self.asked, self.most = 0, most

    def check(self) -> None:
        self.asked += 1
        if self.asked > self.most:
            raise CancelledError("not wanted")


def test_a_shot_stops_after_its_first_pass_and_leaves_no_trace(
    placer: StudioPlacer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = placer.place([REQUEST])[0].image
    wish, reconstructed, reconstruct = Wish(), list[object](), RenderPipeline.reconstruct

    def then_unwanted(start: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            begun = start(*args, **kwargs)
            wish.most = 0
            return begun

        return call

    def noted(pipeline: RenderPipeline, raw: Any) -> Any:
        reconstructed.append(raw)
        return reconstruct(pipeline, raw)

    monkeypatch.setattr(RenderPipeline, "reconstruct", noted)
    with monkeypatch.context() as patched:
        patched.setattr(Renderer, "start_radiance", then_unwanted(Renderer.start_radiance))
        with cancel_scope(wish.check), pytest.raises(CancelledError):
            placer.place([REQUEST])
    assert reconstructed == []
    np.testing.assert_array_equal(placer.place([REQUEST])[0].image, whole)
    assert len(reconstructed) == 1


def test_wherever_a_shot_stops_the_next_one_is_the_same(placer: StudioPlacer) -> None:
    uncancelled = Wish()
    with cancel_scope(uncancelled.check):
        whole = placer.place([REQUEST])[0].image
    assert uncancelled.asked > 20
    for share in (0, 0.3, 0.6, 0.9):
        wish = Wish(most=int(share * uncancelled.asked))
        with cancel_scope(wish.check), pytest.raises(CancelledError):
            placer.place([REQUEST])
        np.testing.assert_array_equal(placer.place([REQUEST])[0].image, whole)


def test_denoising_stops_between_layers(placer: StudioPlacer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The denoiser is asked often, raises the reason itself, and is of use afterwards."""
    denoise, asked = OidnDenoiser.denoise, list[int]()
    whole = placer.place([REQUEST])[0].image

    def stopped(denoiser: OidnDenoiser, *args: Any, **kwargs: Any) -> Any:
        wish = Wish(most=3)
        try:
            with cancel_scope(wish.check):
                return denoise(denoiser, *args, **kwargs)
        finally:
            asked.append(wish.asked)

    with monkeypatch.context() as patched:
        patched.setattr(OidnDenoiser, "denoise", stopped)
        with pytest.raises(CancelledError, match="not wanted"):
            placer.place([REQUEST])
    assert asked[0] > 3
    np.testing.assert_array_equal(placer.place([REQUEST])[0].image, whole)
