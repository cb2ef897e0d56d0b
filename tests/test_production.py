from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from photoshoot import (
    DeviceError,
    Photoshoot,
    Product,
    Progress,
    Prompt,
    RenderKind,
    Request,
    SettingsError,
    Shot,
    ShotsFailedError,
)
from photoshoot.production import redraw_seed
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.stages import OnStep, take_all

PROMPTS = [Prompt.preset("white_background"), Prompt.preset("sunny_yellow_background"), Prompt.custom("on sand")]


class Painter:
    """An engine whose pictures are made of the seed alone; those of some seeds are blank."""

    overlap = 1

    def __init__(
        self, batch_size: int, blank: Iterable[int] = (), *, always: bool = False, broken: Iterable[int] = ()
    ) -> None:
        self.batch_size, self.blank, self.always, self.broken = batch_size, set(blank), always, set(broken)
        self.asked: list[int] = []

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        from tests.quality.test_gate import shot_of

        del on_step
        self.asked += [request.seed for request in requests]
        return take_all(
            [
                DeviceError("NaN")
                if request.seed in self.broken
                else dataclasses.replace(shot, image=self._blanked(shot.image, request))
                for request, shot in ((request, shot_of(request)) for request in requests)
            ]
        )

    def _blanked(self, image: RgbImage, request: ShotRequest) -> RgbImage:
        if request.seed not in self.blank and not self.always:
            return image
        return np.where((request.layer.alpha_matte > 0)[..., None], image, np.uint8(0))

    def close(self) -> None:
        """Nothing is held."""


def generate(
    shoot: Photoshoot, painter: Painter, product: Product, max_redraws: int = 2
) -> tuple[list[Shot], list[Progress]]:
    photoshoot = Photoshoot(
        segmenter=shoot.segmenter,
        captioner=shoot.captioner,
        recommender=shoot.recommender,
        placer=painter,
        exporter=shoot.exporter,
        presets=shoot.presets,
    )
    heard: list[Progress] = []
    shots = photoshoot.generate(
        product,
        prompts=PROMPTS,
        render_kind=RenderKind.MEDIUM_BANNER,
        seed=7,
        max_redraws=max_redraws,
        on_progress=heard.append,
    )
    return shots, heard


def redraws(shots: Sequence[Shot]) -> list[int]:
    return [shot.quality.redraws for shot in shots if shot.quality is not None]


@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_blank_picture_is_drawn_again_and_its_neighbours_are_as_ever(
    shoot: Photoshoot, bottle: Product, batch_size: int
) -> None:
    plain, _ = generate(shoot, Painter(batch_size), bottle)
    seed = plain[1].seed
    painter = Painter(batch_size, [seed, redraw_seed(seed, 1)])
    shots, heard = generate(shoot, painter, bottle)
    assert redraws(plain) == [0, 0, 0]
    assert redraws(shots) == [0, 2, 0]
    assert [shot.seed for shot in shots] == [plain[0].seed, redraw_seed(seed, 2), plain[2].seed]
    assert all(shot.quality is not None and shot.quality.passed for shot in shots)
    for index in (0, 2):
        np.testing.assert_array_equal(shots[index].image, plain[index].image)
    said = [progress.message for progress in heard if "drawn again" in progress.message]
    assert len(said) == 2
    assert "tonal_range" in said[0]
    again, _ = generate(shoot, Painter(batch_size, painter.blank), bottle)
    for one, two in zip(shots, again, strict=True):
        np.testing.assert_array_equal(one.image, two.image)


def test_the_first_is_kept_where_none_is_better_and_it_is_told(shoot: Photoshoot, bottle: Product) -> None:
    shots, _ = generate(shoot, Painter(1, always=True), bottle, max_redraws=1)
    plain, _ = generate(shoot, Painter(1), bottle)
    assert redraws(shots) == [1, 1, 1]
    assert [shot.seed for shot in shots] == [shot.seed for shot in plain]
    assert all(shot.quality is not None and shot.quality.failed == ("tonal_range",) for shot in shots)


def test_no_redraws_are_made_where_none_are_wanted_or_of_use(shoot: Photoshoot, bottle: Product) -> None:
    painter = Painter(1, always=True)
    shots, _ = generate(shoot, painter, bottle, max_redraws=0)
    assert redraws(shots) == [0, 0, 0]
    assert len(painter.asked) == 3

    class Scribbler(Painter):
        def _blanked(self, image: RgbImage, request: ShotRequest) -> RgbImage:
            del request
            return image ^ np.uint8(1)  # no seed mends a changed product

    scribbler = Scribbler(1)
    shots, _ = generate(shoot, scribbler, bottle)
    assert len(scribbler.asked) == 3
    assert not any(shot.quality is not None and shot.quality.passed for shot in shots)


@pytest.mark.parametrize("count", [-1, 11])
def test_the_number_of_redraws_has_a_range(count: int, bottle: Product) -> None:
    with pytest.raises(SettingsError, match="max_redraws"):
        Request(product=bottle, prompts=PROMPTS, max_redraws=count)


@pytest.mark.parametrize("batch_size", [1, 2, 3])
def test_a_shot_that_becomes_no_picture_is_told_after_the_others(
    shoot: Photoshoot, bottle: Product, batch_size: int
) -> None:
    plain, _ = generate(shoot, Painter(batch_size), bottle)
    with pytest.raises(ShotsFailedError, match="shot 2: NaN") as told:
        generate(shoot, Painter(batch_size, broken=[plain[1].seed]), bottle)
    first, failed, last = told.value.outcomes()
    assert str(failed) == "NaN"
    for shot, expected in ((first, plain[0]), (last, plain[2])):
        assert isinstance(shot, Shot)
        np.testing.assert_array_equal(shot.image, expected.image)
    again = pickle.loads(pickle.dumps(told.value))
    assert (list(again.failures), len(again.shots)) == ([1], 2)


def test_a_redraw_that_becomes_no_picture_leaves_the_first_drawing(shoot: Photoshoot, bottle: Product) -> None:
    plain, _ = generate(shoot, Painter(3), bottle)
    seed = plain[1].seed
    again = [redraw_seed(seed, number) for number in (1, 2)]
    shots, _ = generate(shoot, Painter(3, [seed], broken=again), bottle)
    assert len(shots) == 3
    assert shots[1].seed == seed
