"""The paper of shoji screens."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.backdrops.shoji import Paper, paper_image

DAY = Paper(aspect=1.6, color="#f6efe0", light="#ffffff", night=0.0, seed=3)
NIGHT = replace(DAY, night=1.0)


def test_paper_is_nearly_white_by_day_and_dim_and_warm_by_night() -> None:
    day, night = (paper_image(paper) for paper in (DAY, NIGHT))
    assert day.shape == night.shape == (360, 576, 3)
    assert 0.6 < float(np.median(day @ LUMINANCE)) < 1.0
    assert float((night @ LUMINANCE).mean()) < 0.6 * float((day @ LUMINANCE).mean())
    warmth = [float(image[..., 0].mean() / image[..., 2].mean()) for image in (day, night)]
    assert warmth[1] > 1.2 * warmth[0]


def test_bamboo_throws_shadows_on_it_by_day_alone() -> None:
    day, night = (paper_image(paper) @ LUMINANCE for paper in (DAY, NIGHT))
    shaded = [float((level < 0.75 * np.median(level, axis=1, keepdims=True)).mean()) for level in (day, night)]
    assert shaded[0] > 0.02
    assert shaded[1] == 0.0


def test_a_low_sun_tints_it() -> None:
    low = paper_image(replace(DAY, light="#ffb46a")).mean((0, 1))
    assert low[2] / low[0] < 0.9 * (lambda mean: mean[2] / mean[0])(paper_image(DAY).mean((0, 1)))
