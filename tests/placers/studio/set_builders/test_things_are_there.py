"""What a prompt asked for beside the product, and is told as shown, is in the scene: in every set, narrow ones too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any, get_args

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.assets.props import STREWN, placement, several
from photoshoot.placers.studio.assets.props.placement import Pieces, to_scale
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders.platform import Platform
from photoshoot.placers.studio.set_builders.podium import strew_round
from photoshoot.records import Box, Canvas
from photoshoot.sets import SETS, Props, parse_set
from photoshoot.sets.desk import Desk
from photoshoot.sets.podium import Podium
from photoshoot.sets.strewn import COUNTED, HeldSet, StrewnSet
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics
from tests.sweeps import sampled

_KINDS = [kind for kind in get_args(Props) if kind != "none"]
_HELD = sorted(name for name, kind in SETS.items() if issubclass(kind, HeldSet))
_PAIRS = [(name, "candles") for name in _HELD] + list(zip(_HELD, cycle(_KINDS), strict=False))
_TRIED = sampled(sorted({*_PAIRS}), lambda pair: pair[0])
_NARROW = (1080, 1920, 0.2)


@pytest.fixture(scope="module", autouse=True)
def shapes_alone() -> Iterator[None]:
    """What is asked here is what lies there."""
    with smooth_plastics():
        yield


def make_view(width: int, height: int, half: float) -> View:
    left, right = int(width * (0.5 - half)), int(width * (0.5 + half))
    box = Box(left=left, top=int(height * 0.3), right=right, bottom=int(height * 0.84))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.45)


def spy(monkeypatch: pytest.MonkeyPatch, kind: str) -> list[Pieces]:
    """What a kind's builder makes, each time it is asked."""
    made: list[Pieces] = []

    def build(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
        made.append(STREWN[kind](view, rng, colors))
        return made[-1]

    monkeypatch.setattr(several, "STREWN", {**STREWN, kind: build})
    return made


@pytest.mark.parametrize(("name", "kind"), _TRIED)
def test_one_kind_finds_room_in_every_set(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = spy(monkeypatch, kind)
    part = "beside" if issubclass(SETS[name], StrewnSet) else "props"
    design = parse_set({"name": name, part: kind})
    if isinstance(design, StrewnSet) and kind in design.made_of:
        return
    load_builder(design)(design, make_view(*_NARROW), np.random.default_rng(1))
    mesh, _ = next(iter(made[-1].values()))
    assert len(mesh.faces) > 1


@pytest.mark.parametrize("shape", ["round", "square", "steps"])
@pytest.mark.parametrize("kind", ["candles", "citrus", "bread"])
def test_a_platform_that_fills_the_picture_holds_them(kind: str, shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = spy(monkeypatch, kind)
    design = Podium(props=kind, shape=shape)  # type: ignore[arg-type]
    for seed in range(4):
        load_builder(design)(design, make_view(*_NARROW), np.random.default_rng(seed))
        mesh, _ = next(iter(made[-1].values()))
        assert len(mesh.faces) > 1, seed


@pytest.mark.parametrize(("width", "on_top"), [(1080, True), (2400, False)])
def test_things_lie_on_a_platform_that_leaves_no_floor_beside_it(width: int, on_top: bool) -> None:
    """Before it they were cut off by the picture's lower edge."""
    view, design = make_view(width, 1350, 150 / width), Podium(props="citrus", shapes=False)
    platform = Platform.under(view)
    floor = (-platform.height, 0.0)
    for seed in range(3):
        shapes = strew_round(design, view, platform, floor, [], np.random.default_rng(seed)).values()
        heights = [np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)[:, 1] for shape in shapes]
        below = float(np.mean(np.concatenate(heights) < -0.02))
        assert below < 0.22 if on_top else below > 0.26, (seed, below)


@pytest.mark.parametrize("kind", ["petals", "pearls", "drops", "leaves", "confetti", "stars"])
@pytest.mark.parametrize("height", [1080, 1350])
def test_beside_what_fills_the_width_little_things_are_no_crumbs_at_the_lower_edge(kind: str, height: int) -> None:
    """Before a bag's platform a few px of floor were left, and all petals lay on it."""
    view, design = make_view(1080, height, 0.33), Podium(props=kind, shapes=False)  # type: ignore[arg-type]
    platform = Platform.under(view)
    for seed in range(3):
        shapes = strew_round(design, view, platform, (-platform.height, 0.0), [], np.random.default_rng(seed)).values()
        points = np.concatenate([np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3) for shape in shapes])
        rows = view.to_pixel(points)[:, 1]
        assert np.median(rows) < 0.97 * height, (seed, np.median(rows) / height)


def test_each_kind_of_three_finds_room() -> None:
    view = make_view(*_NARROW)
    for first, second, third in zip(_KINDS[::3], _KINDS[1::3], _KINDS[2::3], strict=False):
        design = Podium(props=first, also=(second, third))
        pieces = several.strew_held(design)(view, np.random.default_rng(2), ())
        assert several.are_there(design, pieces), (first, second, third)


def count_laid(design: Podium, view: View, seed: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many things a design's builder finds room for, of each kind that is counted."""
    laid: list[int] = []
    fit = placement._fit_counted

    def noted(*given: Any) -> tuple[placement.Spots, float]:
        spots, share = fit(*given)
        laid.append(len(spots))
        return spots, share

    monkeypatch.setattr(placement, "_fit_counted", noted)
    to_scale(several.strew_held(design), view, np.random.default_rng(seed), ())
    return laid


@pytest.mark.parametrize("kind", sorted(COUNTED))
def test_as_many_lie_there_as_were_asked_for(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for width, height, half in ((1080, 1080, 0.2), (1200, 628, 0.12), (1080, 1920, 0.3), (300, 250, 0.25)):
        for count in (1, COUNTED[kind]):
            laid = count_laid(Podium(props=kind, counts=(count,)), make_view(width, height, half), 3, monkeypatch)  # type: ignore[arg-type]
            assert laid[-1] == (1 if kind == "books" else count), (width, height, count)  # books are one stack
            monkeypatch.undo()


def test_of_two_kinds_each_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    design = Podium(props="candles", also=("citrus",), counts=(2, 3))
    assert count_laid(design, make_view(1080, 1080, 0.2), 1, monkeypatch) == [2, 3]


@pytest.mark.parametrize("narrow", [False, True])
def test_plants_on_a_desk_are_those_in_pots_where_they_have_room(narrow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twigs lay about before a home office with plants."""
    twigs = spy(monkeypatch, "leaves")
    view = make_view(300, 2400, 0.49) if narrow else make_view(900, 900, 0.2)
    for seed in range(4):
        before = len(twigs)
        design = parse_set({"name": "desk", "beside": "leaves"})
        assert isinstance(design, Desk)
        shapes = load_builder(design)(design, view, np.random.default_rng(seed)).shapes
        assert (len(twigs) > before) == narrow
        assert "desk" in shapes
