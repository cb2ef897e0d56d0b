"""Paint on streets."""

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.streets import Street, painted_share
from photoshoot.placers.studio.scene_cache import SetKey
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.settings import Stance
from tests.placers.studio.conftest import make_request


def _street(line: str, prop_scale: float) -> Street:
    return Street(
        color="#3a3a3c",
        line=line,  # type: ignore[arg-type]
        line_color="#ffffff",
        x=0.0,
        half_width=0.5,
        prop_scale=prop_scale,
    )


def _painted_share(line: str, prop_scale: float) -> float:
    paint = painted_share(_street(line, prop_scale), 1)
    near = slice(round(0.64 * len(paint)), round(0.72 * len(paint)))
    return float((paint[near] > 0.4).mean())


@pytest.mark.parametrize("line", ["solid", "double", "crossing"])
@pytest.mark.parametrize("prop_scale", [1.0, 7.5])
def test_the_edge_of_paint_is_no_staircase(line: str, prop_scale: float) -> None:
    """Beside a bicycle each pixel of the paint's picture was a tooth."""
    paint = painted_share(_street(line, prop_scale), 1)
    assert float(np.abs(np.diff(paint, axis=1)).max()) < 0.8


@pytest.mark.parametrize("line", ["solid", "double"])
def test_a_line_beside_a_bicycle_is_narrower_in_the_picture_than_beside_a_shoe(line: str) -> None:
    """It was two feet wide."""
    shoe, bicycle = (_painted_share(line, scale) for scale in (1.25, 5.9605))
    assert shoe == _painted_share(line, 1.0), "as built"
    assert 0.18 * shoe < bicycle < 0.33 * shoe


def test_bars_of_a_crossing_are_more_and_narrower_beside_large_things_and_cover_as_much() -> None:
    one, other = (_painted_share("crossing", scale) for scale in (1.0, 5.9605))
    assert other == pytest.approx(one, rel=0.15)


def test_chips_of_asphalt_are_smaller_in_the_picture_beside_a_coat_than_beside_a_watch() -> None:
    """Beside a hoodie they were as large as its cuffs: only what large things lie on knew a size."""
    watch, coat = (_street("none", scale).tile for scale in (1.0, 2.8))
    assert coat == pytest.approx(watch / 2.8)
    request = make_request(FlatLay(surface="asphalt"), stance=Stance.LYING)
    canvas = replace(request.canvas, m_per_px=0.7 / request.canvas.product_box.height)
    assert SetKey.of(replace(request, canvas=canvas)).view.prop_scale > 1.5
