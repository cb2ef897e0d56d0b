"""Things beside the product in sets that show none by themselves: on the support, and only where they are asked for."""

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.camera import View
from photoshoot.records import Box, Canvas
from photoshoot.sets.counter import Counter
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import Stance


@pytest.fixture
def view() -> View:
    box = Box(left=660, top=120, right=1010, bottom=520)
    canvas = Canvas(label="test", width_px=1674, height_px=628, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.45)


def test_nothing_draws_nothing(view: View) -> None:
    rng = np.random.default_rng(3)
    assert beside(Cyclorama(), view, rng) == {}
    assert rng.uniform() == np.random.default_rng(3).uniform()


@pytest.mark.parametrize("theme", ["citrus", "flowers"])
def test_nothing_hangs_over_the_edge(theme: str, view: View) -> None:
    front = 0.5
    shapes = beside(Counter(beside=theme), view, np.random.default_rng(3), front)  # type: ignore[arg-type]
    assert shapes
    for shape in shapes.values():
        assert isinstance(shape, mi.Mesh)
        assert float(shape.bbox().max.z) < front + 0.35
    free = beside(Counter(beside=theme), view, np.random.default_rng(3))  # type: ignore[arg-type]
    assert max(float(shape.bbox().max.z) for shape in free.values()) > front + 0.35  # type: ignore[attr-defined]
