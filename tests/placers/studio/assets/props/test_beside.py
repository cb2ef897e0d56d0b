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
    shapes = beside(Counter(beside=theme), view, np.random.default_rng(3), front=front)  # type: ignore[arg-type]
    assert shapes
    for shape in shapes.values():
        assert isinstance(shape, mi.Mesh)
        assert float(shape.bbox().max.z) < front + 0.35
    free = beside(Counter(beside=theme), view, np.random.default_rng(3))  # type: ignore[arg-type]
    assert max(float(shape.bbox().max.z) for shape in free.values()) > front + 0.35  # type: ignore[attr-defined]


def test_things_on_a_slope_keep_their_shapes(view: View) -> None:
    flat = beside(Cyclorama(beside="pearls"), view, np.random.default_rng(3))
    raised = beside(Cyclorama(beside="pearls"), view, np.random.default_rng(3), ground=lambda x, z: 0.3 * x + 0 * z)
    ours, theirs = (
        np.array(mi.traverse(shapes["beside_pearls"])["vertex_positions"]).reshape(-1, 3) for shapes in (raised, flat)
    )
    lifted = np.round(ours[:, 1] - theirs[:, 1], 4)
    assert np.array_equal(ours[:, ::2], theirs[:, ::2])
    assert len(np.unique(lifted)) > 10
    assert np.abs(lifted - 0.3 * theirs[:, 0]).max() < 0.3 * 0.35
    balls = np.unique(lifted)
    for lift in balls:
        ball = ours[lifted == lift]
        assert np.ptp(ball[:, 1]) == pytest.approx(np.ptp(ball[:, 0]), rel=0.1)
