from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage
from scipy.signal import find_peaks

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product import contact
from photoshoot.placers.studio.product.contact import Contact, contact_rise, contact_shade, trace_contact
from photoshoot.placers.studio.product.far_feet import far_feet, find_lows
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.records import Edge
from photoshoot.settings import SizeClass, Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer


def test_shade_hugs_the_base() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert shade.shape == alpha.shape
    assert 0.25 < shade[138, 210] < 0.9
    assert shade[138, 60] > 0.98
    assert shade[60, 210] == 1


@pytest.mark.parametrize("base", [138, HEIGHT - 2])
def test_the_shade_round_the_base_alone_is_that_of_the_whole(base: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alpha = draw_vase(HEIGHT, WIDTH, base, 210)
    layer, canvas = make_layer(alpha), make_canvas(alpha)
    near = contact_shade(layer, canvas, View.of(canvas, 1.45))
    monkeypatch.setattr(contact, "_around", lambda foot, _: tuple(slice(0, size) for size in foot.shape))
    whole = contact_shade(layer, canvas, View.of(canvas, 1.45))
    assert near.min() < 0.5
    assert np.array_equal(near, whole)


@pytest.mark.parametrize("down_px", [0.0, 0.4, 2.592, 11.7])
def test_shade_moves_down_as_scipy_moves_it(down_px: float) -> None:
    whole = np.random.default_rng(1).random((120, 7), np.float32)
    whole[:30] = whole[80:] = 0
    moved = contact._moved_down(whole[25:100], 25, down_px)
    assert np.array_equal(moved, ndimage.shift(whole, (down_px, 0), order=1, mode="nearest")[25:100])


def test_what_is_cut_off_below_shades_nothing_at_the_cut() -> None:
    """Round a person who stands in her photo to her hips, white paper was dark at the picture's lower edge."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[30:, 150:270] = 1
    canvas = replace(make_canvas(alpha), snapped=frozenset({Edge.BOTTOM}))
    assert (contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45)) == 1).all()


def test_what_stands_on_a_mirror_meets_its_image_there_and_shades_nothing() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    assert (contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45), mirrored=True) == 1).all()


@pytest.mark.parametrize("times", [1, 3, 7])
def test_shade_falls_off_as_under_a_rounded_base(times: int) -> None:
    """White shoes on white linen looked pasted: a shade of a tenth is lost in a bright ground's highlights."""
    alpha = np.zeros((HEIGHT * times, WIDTH * times), np.float32)
    alpha[30 * times : 138 * times, 120 * times : 300 * times] = 1
    canvas = make_canvas(alpha)
    below = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45))[138 * times :, 210 * times]
    assert below[0] < 0.55
    assert below[int(0.01 * len(alpha))] < 0.85
    assert 0.8 < below[int(0.04 * len(alpha))] < 0.95
    assert below[int(0.12 * len(alpha))] > 0.98
    assert (np.diff(below) >= 0).all()


def test_what_hangs_low_shades_the_floor_and_what_hangs_high_does_not() -> None:
    """A football stood on a beach as if pasted: only the point that it stands on had a shade."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    ball = ((rows - 88.0) ** 2 + (columns - 210.0) ** 2 < 50**2).astype(np.float32)
    stem, table = np.zeros_like(ball), np.zeros_like(ball)
    stem[38:138, 205:216] = 1
    table[38:60], table[60:138, 205:216] = ball[38:60], 1
    ball_side, stem_side, table_side = (
        contact_shade(make_layer(alpha), canvas := make_canvas(alpha), View.of(canvas, 1.45))[138, 186]
        for alpha in (ball, stem, table)
    )
    assert ball_side < 0.88 * stem_side
    assert table_side == pytest.approx(stem_side, abs=0.01)


@pytest.mark.parametrize("clear", [0.07, 0.3])
def test_clear_glass_stands_on_its_own_base(clear: float) -> None:
    """A clear jar under a wooden lid hovered: its lid alone threw a shadow, and far behind it, as if that stood."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[30:60, 150:270], alpha[60:138, 156:264] = 1, clear
    layer, canvas = make_layer(alpha), make_canvas((alpha > 0).astype(np.float32))
    contact = trace_contact(alpha, 0, canvas)
    assert contact.touches[160:260].all()
    np.testing.assert_array_equal(contact.rows_px[160:260], 138)
    view = View.of(canvas, 1.45)
    shade = contact_shade(layer, canvas, view)
    assert shade[138, 210] < 0.8
    assert shade[90, 210] == 1
    proxy = build_proxy(layer, canvas, view)
    assert np.abs(proxy.front.vertices[:, 2]).max() < 0.05


def test_a_soft_edge_is_no_clear_glass() -> None:
    """Hair, blur and what is left of an old shadow stay what they were: no foot of the product."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[30:138, 150:270], alpha[138:142, 140:280] = 1, 0.3
    np.testing.assert_array_equal(trace_contact(alpha, 0, make_canvas(alpha)).rows_px[160:260], 138)


def test_lying_products_have_a_narrow_line_all_round() -> None:
    """Where the light runs along a strap it had no shadow at all, and looked pasted."""
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45))
    for edge, away in ((int(np.flatnonzero(alpha[100] > 0.5).max()), 1), (int(np.argmax(alpha[100] > 0.5)), -1)):
        assert 0.6 < shade[100, edge + away] < 0.9
        assert shade[100, edge + 12 * away] > 0.99


def test_on_a_mirror_a_lying_product_has_its_outline() -> None:
    """No shadow falls there, and it would hover."""
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45), mirrored=True)
    edge = int(np.flatnonzero(alpha[100] > 0.5).max())
    assert shade[100, edge + 1] < 0.75
    assert shade[100, min(edge + 60, WIDTH - 1)] > 0.99
    assert 0 < shade.min() < shade.max() <= 1


def test_a_sole_that_climbs_gently_stands_and_a_handle_does_not() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    sole = 138 - 0.25 * (columns - 120)
    shoe = (columns >= 120) & (columns < 260) & (rows < sole) & (rows > 50)
    handle = (columns >= 260) & (columns < 300) & (rows < 90) & (rows > 60)
    alpha = (shoe | handle).astype(np.float32)
    canvas = make_canvas(alpha)
    touches = trace_contact(alpha, 0, canvas).touches
    assert touches[125:240].all()
    assert not touches[266:300].any()


def _pair_of_shoes(second: bool) -> np.ndarray:
    """A shoe whose sole climbs to the left as seen from high up, and the toe of another one behind it."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    shoe = (columns >= 120) & (columns < 260) & (rows < np.minimum(138, 138 + 0.3 * (columns - 220))) & (rows > 50)
    toe = (columns >= 260) & (columns < 310) & (rows < 118) & (rows > 60)
    return np.asarray(shoe | (toe & second), np.float32)


def test_a_second_shoe_that_was_seen_from_high_up_stands() -> None:
    alpha = _pair_of_shoes(True)
    canvas = make_canvas(alpha)
    contact = trace_contact(alpha, 0, canvas)
    assert contact.touches[266:304].all()
    np.testing.assert_allclose(contact.rows_px[275:300], 118, atol=1)


def test_both_sides_of_a_box_that_was_seen_from_high_up_stand() -> None:
    """An open laptop that was turned by 25 degrees stood on its front edge alone: its side is too steep for a sole."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    lower = np.where(columns < 170, 139 - 1.0 * (170 - columns), 138 - 0.3 * (columns - 170))
    box = ((rows > 20) & (rows < lower) & (columns > 140) & (columns < 290)).astype(np.float32)
    canvas = make_canvas(box)
    assert not trace_contact(box, 0, canvas).touches[145:155].any()
    assert trace_contact(box, 0, replace(canvas, pitch_deg=42.0)).touches[145:285].all()


def test_a_handle_over_a_flat_base_does_not_stand() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    cup = (columns >= 120) & (columns < 260) & (rows < 138) & (rows > 50)
    handle = (columns >= 260) & (columns < 310) & (rows < 118) & (rows > 60)
    alpha = (cup | handle).astype(np.float32)
    assert not trace_contact(alpha, 0, make_canvas(alpha)).touches[266:304].any()


def test_the_camera_rises_until_both_shoes_stand() -> None:
    alpha = _pair_of_shoes(True)
    canvas, layer = make_canvas(alpha), make_layer(alpha)
    view = View.of(canvas, 1.45, contact_rise(layer, canvas))
    flat = View.of(canvas, 1.45)
    assert view.camera_y > flat.camera_y
    assert view.product_back <= view.product_reach + 0.1


def _bars(far_slope: float, far_row: float = 100.0, *, between: bool = False) -> np.ndarray:
    """Two arches side by side: near feet whose soles run aslant, and a far foot to the left of both, or between."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    soles = [
        ((columns >= start) & (columns < start + 50) & (rows < 138 - 0.4 * (columns - start)) & (rows > 30))
        for start in (150, 230)
    ]
    start = 205 if between else 85
    wide = 20 if between else 50
    far = (columns >= start) & (columns < start + wide) & (rows > 30) & (rows < far_row - far_slope * (columns - start))
    return np.asarray(
        soles[0] | soles[1] | far | ((rows > 25) & (rows < 40) & (columns > 84) & (columns < 280)), np.float32
    )


def test_a_far_foot_whose_sole_runs_as_the_near_ones_do_stands() -> None:
    alpha = _bars(0.42)
    canvas = make_canvas(alpha)
    contact = trace_contact(alpha, 0, canvas)
    assert contact.touches[90:130].all()
    np.testing.assert_allclose(contact.rows_px[90:130], 100 - 0.42 * np.arange(5, 45), atol=2)


def test_what_runs_otherwise_or_high_up_or_between_soles_hangs_over() -> None:
    for alpha, columns in (
        (_bars(0.0), slice(90, 130)),
        (_bars(0.42, far_row=70), slice(90, 130)),
        (_bars(0.42, between=True), slice(208, 222)),
    ):
        assert not trace_contact(alpha, 0, make_canvas(alpha)).touches[columns].any()


def test_the_camera_rises_until_a_far_foot_stands_within_reach() -> None:
    alpha = _bars(0.42)
    canvas, layer = make_canvas(alpha), make_layer(alpha)
    view = View.of(canvas, 1.45, contact_rise(layer, canvas))
    contact = trace_contact(alpha, 0, canvas)
    assert contact.touches[100], "the far one"
    back = view.floor_z(contact.rows_px[contact.touches]).min()
    assert -1.2 * view.reach_of(canvas) < back < -0.3


def _tripod(far_row: float, *, foot: int = 0) -> np.ndarray:
    """A head on three splayed legs: the near one ends lowest, two far ones at ``far_row``; ``foot`` widens the near."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    head = (rows > 20) & (rows < 45) & (np.abs(columns - 210) < 50)
    legs = np.zeros(head.shape, bool)
    for lean, end in ((0.0, 138.0), (-0.4, far_row), (0.4, far_row)):
        legs |= (np.abs(columns - (210 + lean * (rows - 40))) < 3) & (rows >= 40) & (rows < end)
    plate = (np.abs(columns - 210) < foot) & (rows > 132) & (rows < 138)
    return np.asarray(head | legs | plate, np.float32)


def _ends(row: float) -> list[int]:
    return [round(210 + lean * (row - 40)) for lean in (-0.4, 0.4)]


@pytest.mark.parametrize("far_row", [118.0, 104.0])
def test_far_legs_of_a_tripod_stand(far_row: float) -> None:
    alpha = _tripod(far_row)
    contact = trace_contact(alpha, 0, make_canvas(alpha))
    for column in _ends(far_row):
        assert contact.touches[column - 2 : column + 3].any()
        assert contact.rows_px[column] == pytest.approx(far_row, abs=3)
    assert not contact.touches[_ends(far_row)[0] + 12 : 204].any(), "nothing between legs stands"
    assert contact_rise(make_layer(alpha), make_canvas(alpha)) == pytest.approx(138 - far_row, abs=3)


def test_what_hangs_beside_a_wide_foot_or_ends_high_up_is_no_leg() -> None:
    for alpha, row in ((_tripod(104.0, foot=20), 104.0), (_tripod(80.0), 80.0)):
        contact = trace_contact(alpha, 0, make_canvas(alpha))
        assert not any(contact.touches[column - 3 : column + 4].any() for column in _ends(row))


def test_a_far_leg_is_shaded_where_it_stands() -> None:
    alpha = _tripod(118.0)
    canvas = make_canvas(alpha)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert all(shade[118, column] < 0.9 for column in _ends(118.0))


def test_lows_are_those_of_scipy() -> None:
    rng = np.random.default_rng(4)
    for case in range(200):
        course = np.cumsum(rng.integers(-2, 3, 60)).astype(float) if case % 2 else rng.integers(0, 6, 60).astype(float)
        for depth in (1.0, 3.0):
            np.testing.assert_array_equal(find_lows(course, depth), find_peaks(-course, prominence=depth)[0])
    assert len(find_lows(np.zeros(5), 1.0)) == 0


def _pots(rise: int, wide: int = 50, bulge: int = 16) -> np.ndarray:
    """Two round pots that are looked down on, the second behind the first and joined to it; rows 20 to 138."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    for middle, half, foot in ((180, 50, 138), (180 + 50 + wide, wide, 138 - rise)):
        across = np.clip(np.abs(columns - middle) / half, 0, 1)
        bottom = foot - bulge * (1 - np.sqrt(1 - across**2))
        alpha[(np.abs(columns - middle) <= half) & (rows < bottom) & (rows >= 20)] = 1
    return alpha


def test_a_second_pot_behind_the_first_stands() -> None:
    """The farther of two joined shakers hung in the air over the table's edge."""
    alpha = _pots(30)
    contact = trace_contact(alpha, 0, make_canvas(alpha))
    assert contact.touches[260:300].all()
    np.testing.assert_allclose(contact.rows_px[265:295], 108, atol=3)
    assert contact_rise(make_layer(alpha), make_canvas(alpha)) > 25


def test_what_is_narrower_or_too_high_or_seen_from_the_side_is_no_second_pot() -> None:
    """A handle, a hand, and a body that hangs over: from the side nothing that ends higher stands."""
    for alpha in (_pots(30, wide=20), _pots(64), _pots(30, bulge=1)):
        assert not trace_contact(alpha, 0, make_canvas(alpha)).touches[250:262].any()


def _camera_from_above(beyond: int = 0) -> np.ndarray:
    """A body that ends at row 115, a round lens before its left that reaches down to row 138, and a wheel beyond."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    alpha: np.ndarray = ((rows >= 20) & (rows < 115) & (columns >= 120) & (columns < 300)).astype(np.float32)
    alpha[np.hypot(rows - 98, columns - 160) < 40] = 1
    alpha[(rows >= 100) & (rows < 100 + beyond) & (columns >= 290) & (columns < 310)] = 1
    return alpha


def test_the_body_of_a_camera_that_is_looked_down_on_stands_behind_its_lens() -> None:
    """It hovered on the rim of its lens, over a corner of the table."""
    alpha = _camera_from_above()
    contact = trace_contact(alpha, 0, make_canvas(alpha))
    assert contact.touches[220:290].all()
    np.testing.assert_allclose(contact.rows_px[220:290], 115, atol=1)
    assert contact_rise(make_layer(alpha), make_canvas(alpha)) > 20


def test_a_body_between_wheels_and_a_screen_over_its_stand_hang_over() -> None:
    assert not trace_contact(_camera_from_above(30), 0, make_canvas(_camera_from_above(30))).touches[220:280].any()
    screen = np.zeros((HEIGHT, WIDTH), np.float32)
    screen[20:115, 120:300], screen[115:132, 200:220], screen[132:138, 170:250] = 1, 1, 1
    contact = trace_contact(screen, 0, make_canvas(screen))
    assert not contact.touches[120:160].any()
    assert not contact.touches[260:300].any()


def _car(size_class: SizeClass) -> Contact:
    """A body whose sill is 12 rows over the road between two wheels, and a far wheel's foot 5 rows over it."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[40:126, 100:320] = 1
    for left, end in ((110, 138), (200, 133), (280, 138)):
        alpha[100:end, left : left + 26] = 1
    return trace_contact(alpha, 0, replace(make_canvas(alpha), size_class=size_class))


def test_a_cars_sill_hangs_between_its_wheels_and_its_far_wheel_stands() -> None:
    """It was taken for a foot farther back, so that the road under it was as bright as beside it."""
    touches = _car(SizeClass.GEAR).touches
    assert touches[112:134].all(), "a near wheel"
    assert touches[204:222].any(), "the far one"
    assert not touches[145:190].any(), "the sill"
    assert not touches[235:270].any(), "the sill"
    assert _car(SizeClass.TABLE_TOP).touches[145:190].any(), "of small things one may stand behind two others"


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_product_of_a_few_pixels_has_no_far_feet(columns: int) -> None:
    """It may be a bicycle in an icon's corner, 6 px high, with a step between each two columns."""
    height_px, mass_px = np.array([0.0, 2.0, 4.0][:columns]), np.full(columns, 3.0)
    near = height_px == 0
    assert not far_feet(height_px, mass_px, near, product_px=6).any()


def _round(half_height: float) -> np.ndarray:
    """What is as wide as a ball of radius 50 and has an elliptic underside of that height, with walls over it."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    middle = 138 - half_height
    aside = np.abs(columns - 210) / 50
    under = (np.maximum(rows - middle, 0) / half_height) ** 2 + aside**2 < 1
    return np.asarray(under & (rows > 38), np.float32)


def test_a_ball_touches_in_a_spot_on_one_level() -> None:
    """A gym ball on black lacquer had a flat front down to its contour, and its image there was as wide as itself."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    ball = ((rows - 88) ** 2 + (columns - 210) ** 2 < 50**2).astype(np.float32)
    contact = trace_contact(ball, 0, make_canvas(ball))
    assert 20 < contact.touches.sum() < 45
    assert np.ptp(contact.rows_px) == 0
    proxy = build_proxy(make_layer(ball), canvas := make_canvas(ball), View.of(canvas, 1.45))
    assert np.ptp(proxy.front.vertices[:, 2]) < 1e-3


@pytest.mark.parametrize("half_height", [15.0, 30.0, 44.0])
def test_a_round_base_that_is_looked_down_on_stands_on_its_near_rim(half_height: float) -> None:
    alpha = _round(half_height)
    contact = trace_contact(alpha, 0, make_canvas(alpha))
    assert contact.touches.sum() > 45
    assert np.ptp(contact.rows_px) > 1


def test_a_ball_with_a_handle_is_no_ball() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    ball = ((rows - 88) ** 2 + (columns - 210) ** 2 < 50**2).astype(np.float32)
    plain = trace_contact(ball, 0, make_canvas(ball)).touches.sum()
    ball[60:80, 250:280] = 1
    assert trace_contact(ball, 0, make_canvas(ball)).touches.sum() > plain
