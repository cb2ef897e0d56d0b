"""Things beside the product in sets that show none by themselves: on the support, and only where they are asked for."""

from collections.abc import Iterator

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.records import Box, Canvas
from photoshoot.sets import SetDesign
from photoshoot.sets.beach import Beach
from photoshoot.sets.bed import Bed
from photoshoot.sets.cafe import Cafe
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.desk import Desk
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.interior import Interior
from photoshoot.sets.lab import Lab
from photoshoot.sets.pool import Pool
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.vanity import Vanity
from photoshoot.sets.water import Water
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics


@pytest.fixture(scope="module", autouse=True)
def shapes_alone() -> Iterator[None]:
    """What is asked here is where things lie."""
    with smooth_plastics():
        yield


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


def test_things_keep_off_what_stands_there(view: View) -> None:
    table = rounded_box((1.6, 0.2, 1.2), 0.02, steps=1).moved(view.product_x + 2.2, 0.2, -0.4)
    for among, touches in (((), True), ((table,), False)):
        shapes = beside(Counter(beside="citrus"), view, np.random.default_rng(3), among=among)
        points = np.concatenate(
            [np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3) for shape in shapes.values()]
        )
        inside = np.abs(points[:, [0, 2]] - [view.product_x + 2.2, -0.4]) < [1.4, 1.0]
        assert inside.all(axis=1).any() == touches


@pytest.mark.swept("design")
@pytest.mark.parametrize(
    "design",
    [Beach, Bed, Cafe, Crates, Desk, Dunes, Interior, Lab, Pool, Rocks, Stairs, Vanity, Water],
    ids=lambda kind: kind.__name__,
)
def test_things_lie_in_sets_of_furniture_and_of_nature(design: type[SetDesign], view: View) -> None:
    build = load_builder(design())
    bare, laid = (
        build(held, view, np.random.default_rng(3)).shapes
        for held in (design(), design(beside="pearls"))  # type: ignore[call-arg]
    )
    assert set(laid) - set(bare) == {name for name in laid if name.startswith("beside")} != set()


def test_a_desk_to_write_at_has_no_screen(view: View) -> None:
    build = load_builder(Desk())
    shapes = [build(Desk(screen=screen), view, np.random.default_rng(3)).shapes for screen in ("laptop", "none")]
    assert ["screen" in held for held in shapes] == [True, False]
