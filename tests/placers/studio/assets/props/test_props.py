"""Every theme covers its name, follows its seed and colours, stays off the product and rests on the support."""

from __future__ import annotations

import itertools
from typing import get_args

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props import STREWN, still_life
from photoshoot.placers.studio.assets.props.desk import CLIP_SIZES
from photoshoot.placers.studio.assets.props.instancing import crowd
from photoshoot.placers.studio.assets.props.meshes.lamps import flame
from photoshoot.placers.studio.assets.props.meshes.produce import coffee_bean
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Thing, fit_spots, support_frame
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.records import Box, Canvas
from photoshoot.sets import Props
from photoshoot.sets.strewn import FLAMES
from photoshoot.settings import Stance
from tests.sweeps import is_exhaustive, sampled

THEMES = tuple(name for name in STREWN if name != "none")
EACH_THEME = sampled(itertools.product(THEMES, [Stance.UPRIGHT, Stance.LYING]), lambda case: case[0])
"""Each standing or lying; all of both where all are tried."""
HANGING = {"bubbles", "paper_lanterns", "leaves"}
LAID_UNDER = [("linens", Stance.UPRIGHT), ("silks", Stance.UPRIGHT)]  # flat where the product stands on them
SIZES = ((1674, 628), (160, 600), (970, 90), (1080, 1080))


def make_view(width: int, height: int, stance: Stance = Stance.UPRIGHT, half_share: float = 0.06) -> View:
    lying = stance is Stance.LYING
    tall = round((0.7 if lying else 0.55) * height)
    half = max(2, min(round(half_share * width), round(0.4 * width), 2 * tall))
    bottom = round((0.85 if lying else 0.84) * height)
    box = Box(left=width // 2 - half, top=bottom - tall, right=width // 2 + half, bottom=bottom)
    canvas = Canvas(label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=stance)
    return View.of(canvas, 1.5)


def build(name: str, view: View, seed: int = 1, colors: tuple[str, ...] = ()) -> Pieces:
    return STREWN[name](view, np.random.default_rng(seed), colors)


def pixels(pieces: Pieces, view: View) -> npt.NDArray[np.float64]:
    frame = support_frame(view)
    points = np.concatenate([mesh.vertices for mesh, _ in pieces.values() if len(mesh.faces) > 1])  # no specks
    return np.asarray(view.to_pixel(points @ frame[:3, :3].T + frame[:3, 3]))


def albedos(entry: object) -> list[npt.NDArray[np.float32]]:
    """All colours (…, 3) in a material."""
    if not isinstance(entry, dict):
        return []
    if entry.get("type") == "bitmap":
        return [np.array(entry["bitmap"]).reshape(-1, 3)]
    if entry.get("type") == "rgb":
        return [np.array([entry["value"]], np.float32)]
    return [albedo for value in entry.values() for albedo in albedos(value)]


def test_every_name_of_a_design_has_props() -> None:
    assert set(STREWN) == set(get_args(Props))
    assert set(STREWN) >= FLAMES


@pytest.mark.parametrize(("name", "stance"), EACH_THEME)
def test_props_fit_every_picture_in_few_shapes(name: str, stance: Stance) -> None:
    for size in SIZES if is_exhaustive() else (SIZES[THEMES.index(name) % len(SIZES)],):
        pieces = build(name, make_view(*size, stance))
        triangles = sum(len(mesh.faces) for mesh, _ in pieces.values())
        assert len(pieces) <= 6, f"{len(pieces)} shapes at {size}"
        assert triangles < 280_000, f"{triangles} triangles at {size}"
        assert all(np.isfinite(mesh.vertices).all() for mesh, _ in pieces.values())
        if size != (160, 600):
            assert pieces, f"nothing at {size}"


@pytest.mark.parametrize(("name", "stance"), [case for case in EACH_THEME if case not in LAID_UNDER])
def test_props_never_hide_or_touch_the_product(name: str, stance: Stance) -> None:
    for half_share, seed in ((0.04, 1), (0.2, 2), *(((0.04, 2), (0.2, 1)) if is_exhaustive() else ())):
        view = make_view(1674, 628, stance, half_share)
        seen = pixels(build(name, view, seed), view)
        half = view.product_half_width * view.px_per_unit
        base = view.axis_row_px + (view.camera_y - view.product_bottom) * view.px_per_unit
        beside = np.abs(seen[:, 0] - view.width_px / 2 - view.product_x * view.px_per_unit) > half
        top = base - view.product_height * view.px_per_unit
        off = beside | (seen[:, 1] > base) | (seen[:, 1] < top)
        assert off.mean() > 0.9999, f"{(~off).sum()} points over the product with seed {seed}"


@pytest.mark.parametrize("name", THEMES)
def test_seed_decides_the_props(name: str) -> None:
    view = make_view(1674, 628)
    first, again, other = (build(name, view, seed) for seed in (4, 4, 5))
    assert list(first) == list(again)
    for key, (mesh, _) in first.items():
        assert np.array_equal(mesh.vertices, again[key][0].vertices)
    assert any(key not in other or first[key][0].vertices.shape != other[key][0].vertices.shape
               or not np.array_equal(first[key][0].vertices, other[key][0].vertices) for key in first)  # fmt: skip


@pytest.mark.parametrize(("name", "stance"), [case for case in EACH_THEME if case[0] not in HANGING])
def test_props_rest_on_the_support(name: str, stance: Stance) -> None:
    pieces = build(name, make_view(1674, 628, stance))
    lowest = min(float(mesh.vertices[:, 1].min()) for mesh, _ in pieces.values())
    assert -0.16 < lowest < 0.02


@pytest.mark.parametrize("name", ["autumn", "autumn_leaves", "halloween"])
def test_flat_leaves_do_not_sink_in_which_would_cut_them_to_pieces(name: str) -> None:
    for seed in range(4):
        leaves, _ = build(name, make_view(1506, 1080, Stance.LYING), seed)["leaves"]
        assert leaves.vertices[:, 1].min() > 0


def test_petals_do_not_cut_into_each_other() -> None:
    """All rest on the support, so where two overlapped, the one came out of the other in crescents."""
    for seed in range(4):
        petals, _ = build("petals", make_view(1506, 1080, Stance.LYING), seed)["petals"]
        ends = (petals.faces[:, :2].ravel(), petals.faces[:, 1:].ravel())
        links = csr_array((np.ones(len(ends[0])), ends), shape=(len(petals.vertices),) * 2)
        count, part = connected_components(links, directed=False)
        pieces = [petals.vertices[part == index][:, [0, 2]] for index in range(count)]
        middle = np.array([(piece.min(0) + piece.max(0)) / 2 for piece in pieces])
        reach = np.array([0.5 * float(np.ptp(piece, axis=0).max()) for piece in pieces])
        apart = np.linalg.norm(middle[:, None] - middle, axis=2) / (reach[:, None] + reach)
        assert count > 20
        assert np.sort(apart[np.triu_indices(count, 1)])[2] > 0.78


@pytest.mark.parametrize("name", sorted(set(THEMES) - {"none"}))
def test_props_take_the_asked_colour(name: str) -> None:
    asked = hex_to_linear("#1fa37c")
    coats: list[Entry] = [coat for _, coat in build(name, make_view(1674, 628), 1, ("#1fa37c",)).values()]
    found = np.concatenate([albedo for coat in coats for albedo in albedos(coat)])
    assert float(np.abs(found - asked).max(1).min()) < 0.03, "the asked colour is in no material"


def test_balls_do_not_intersect() -> None:
    pieces = build("ornaments", make_view(1674, 628))
    balls = [mesh for name, (mesh, _) in pieces.items() if name != "caps"]
    per_ball = 29 * 57
    centers, radii = [], []
    for mesh in balls:
        for ball in mesh.vertices.reshape(-1, per_ball, 3):
            low, high = ball.min(0), ball.max(0)
            centers.append((low + high) / 2)
            radii.append((high - low)[1] / 2)
    apart = np.linalg.norm(np.array(centers)[:, None] - np.array(centers), axis=-1)
    touching = apart < 0.95 * (np.array(radii)[:, None] + np.array(radii))
    assert touching.sum() == len(radii)


@pytest.mark.parametrize("name", ["citrus", "gifts", "shells", "flowers"])
def test_round_a_garment_that_fills_the_picture_props_are_small_enough_to_be_seen(name: str) -> None:
    view = make_view(500, 500, Stance.LYING, 0.36)
    seen = pixels(build(name, view), view)
    inside = ((seen >= 0) & (seen < 500)).all(1)
    assert inside.mean() > 0.5
    assert np.ptp(seen[inside], axis=0).min() > 300, "they lie in more than one corner"


@pytest.mark.parametrize("name", ["candles", "diyas"])
def test_flames_seen_from_above_are_drops(name: str) -> None:
    """Upright ones show a disk there, a pale spot on pale wax."""
    lengths = {}
    for stance in (Stance.LYING, Stance.UPRIGHT):
        pieces = build(name, make_view(1674, 628, stance))
        flames = pieces["flames"][0].vertices.reshape(-1, len(flame().vertices), 3)[:, :, [0, 2]]
        spreads = [np.linalg.svd(points - points.mean(0), compute_uv=False) for points in flames]
        lengths[stance] = [spread[0] / spread[1] for spread in spreads]
        assert ("melt" in pieces) == (name == "candles" and stance is Stance.LYING)
    assert min(lengths[Stance.LYING]) > 1.4
    assert max(lengths[Stance.UPRIGHT]) < 1.1


def test_no_candle_seems_to_have_two_flames() -> None:
    """One stood behind another, hidden but for its flame."""
    view, left_out = make_view(1506, 1080), 0
    for seed in range(12):
        flames = build("candles", view, seed)["flames"][0].vertices.reshape(-1, len(flame().vertices), 3)
        seen = view.to_pixel(flames.mean(1).astype(np.float64)) / view.px_per_unit
        away = np.abs(seen[:, None] - seen) + 9 * np.eye(len(seen))[..., None]
        assert ((away[..., 0] > 0.12) | (away[..., 1] > 0.28)).all(), seed
        left_out += 6 + crowd(view, 2) - len(flames)
        assert len(flames) >= 4
    assert left_out > 0


@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
def test_shells_reach_into_no_others_room(stance: Stance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turret shells took half as much more room than was kept for them, and stood in scallops."""
    rooms: list[tuple[float, ...]] = []

    def note(view: View, things: list[Thing], rng: np.random.Generator, patch: Patch) -> tuple[Spots, float]:
        spots, share = fit_spots(view, things, rng, patch)
        rooms.extend((float(at[0]), float(at[2]), share * things[index].radius) for index, at in spots.items())
        return spots, share

    monkeypatch.setattr(still_life, "fit_spots", note)
    for seed in range(4):
        rooms.clear()
        mesh, _ = build("shells", make_view(1674, 628, stance), seed)["shells"]
        x, z, radius = np.array(rooms).T
        away = np.hypot(mesh.vertices[:, :1] - x, mesh.vertices[:, 2:] - z) - 1.1 * radius
        assert (away.min(1) < 0).all(), "each part lies in a shell's own room"
        between = np.hypot(x[:, None] - x, z[:, None] - z) + np.eye(len(x)) * 9
        assert (between > 0.9 * (radius[:, None] + radius)).all(), "rooms lie apart"


def test_coffee_beans_are_about_a_centimetre_long() -> None:
    """They were up to two beside a bottle. A world unit is 5.5 to 12.6 cm where props are as built."""
    view = make_view(1674, 628)
    mesh = build("coffee", view)["beans"][0]
    lengths = np.linalg.norm(
        np.ptp(mesh.vertices.reshape(-1, len(coffee_bean().vertices), 3), axis=1)[:, [0, 2]], axis=1
    )
    assert 100 * 0.055 * lengths.min() > 0.5
    assert 100 * 0.09 * np.median(lengths) < 1.3
    assert len(lengths) > 100, "and many"


@pytest.mark.parametrize("share", [0.1, 0.25, 0.33])
def test_a_cup_among_coffee_beans_is_no_dolls_cup(share: float) -> None:
    """In a tall picture it shrank until its saucer was three beans wide; a real one is twelve."""
    pieces = build("coffee", make_view(1080, 1350, Stance.LYING, share))
    wide = float(np.ptp(pieces["china"][0].vertices[:, 0]))
    assert wide < 0.001 or wide > 7 * 0.115, "none, or one of its size"


def test_a_notebook_among_pencils_keeps_its_size_in_a_narrow_picture() -> None:
    """It was shorter than a paper clip is long, since what found no room shrank."""
    sizes = []
    for share in (0.1, 0.2, 0.25, 0.3):
        covers, _ = build("school", make_view(1080, 1350, Stance.LYING, share))["covers"]
        sizes.append(float(np.ptp(covers.vertices[:, [0, 2]], axis=0).max()))
    there = [size for size in sizes if size > 0.01]  # else it found no room: a speck
    assert there
    assert min(there) > 3 * CLIP_SIZES[1]


@pytest.mark.parametrize("seed", range(6))
def test_boughs_that_reach_in_hang_in_the_upper_half(seed: int) -> None:
    """Halfway up they were tied to nothing."""
    view = make_view(1080, 1350)
    points = build("leaves", view, seed)["leaves"][0].vertices
    at = view.to_pixel(points[points[:, 1] > 0.9])  # what lies is lower
    seen = at[(at[:, 0] > 0) & (at[:, 0] < view.width_px)]
    assert len(seen)
    assert (seen[:, 1] < 0.5 * view.height_px).mean() > 0.9
