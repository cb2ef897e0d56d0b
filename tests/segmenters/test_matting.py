from __future__ import annotations

import numpy as np

from photoshoot.segmenters.ground.backdrop import fit_backdrop
from photoshoot.segmenters.matte.matting import fit_lines, keep_lines, solve_matte
from photoshoot.segmenters.regions import drop_islands, sample, spread
from tests.segmenters.drawing import draw_backdrop, draw_matte, paint, take_photo


def test_the_band_is_solved_from_its_borders() -> None:
    true = draw_matte("bottle", 160)
    photo = take_photo(true, draw_backdrop("gradient", 160))
    planes = np.moveaxis(photo.rgb, 2, 0).astype(np.float32) / np.float32(255)
    unknown = np.zeros(true.shape, bool)
    edge = (true > 0.02) & (true < 0.98)
    for down in range(-3, 4):
        for right in range(-3, 4):
            unknown |= np.roll(edge, (down, right), (0, 1))
    prior = np.where(unknown, np.float32(0.5), np.round(true)).astype(np.float32)
    alpha, lines = solve_matte(planes, prior, np.zeros_like(true), unknown)
    error = float(np.abs(alpha - true)[unknown].mean())
    assert error < 0.05, f"mean error {error:.4f} in the band"
    field = fit_lines(lines, alpha, unknown)
    slope, offset = field.values[:3, field.entry[unknown]], field.values[3, field.entry[unknown]]
    again = (slope * planes[:, unknown]).sum(axis=0) + offset
    assert float(np.abs(again - alpha[unknown]).mean()) < 0.05
    rows, columns = (position.astype(np.float32) for position in np.nonzero(unknown))
    assert np.allclose(field.sample(rows, columns), field.values[:, field.entry[unknown]])


def test_colour_lines_hold_the_windows_covariances() -> None:
    rng = np.random.default_rng(3)
    planes = rng.random((3, 9, 11)).astype(np.float32)
    planes[:, :4] = 0.25
    _, lines = solve_matte(planes, planes[0], planes[0], np.ones((9, 11), bool))
    assert lines.deviations.shape == (3, 9, lines.centers.size)
    regular = np.eye(3) * 1e-5 / 9
    expected = np.linalg.inv(np.einsum("cpn,dpn->ncd", lines.deviations, lines.deviations) / 9 + regular)
    found = lines.inverse.transpose(2, 0, 1)
    assert np.allclose(found, expected, rtol=2e-3, atol=1e-2 * np.abs(expected).max(axis=(1, 2), keepdims=True))


def test_lines_kept_twice_are_those_of_both() -> None:
    planes = np.random.default_rng(6).random((3, 9, 11)).astype(np.float32)
    _, lines = solve_matte(planes, planes[0], planes[0], np.ones((9, 11), bool))
    upper, left = np.zeros((2, 9, 11), bool)
    upper[:5], left[:, :4] = True, True
    kept, expected = keep_lines(keep_lines(lines, upper), left), keep_lines(lines, upper & left)
    assert 0 < kept.centers.size < keep_lines(lines, upper).centers.size
    for name in ("centers", "mean", "deviations", "inverse"):
        assert np.array_equal(getattr(kept, name), getattr(expected, name)), name


def test_colour_lines_reach_the_pictures_corners() -> None:
    planes = np.random.default_rng(4).random((3, 9, 11)).astype(np.float32)
    everywhere = np.ones((9, 11), bool)
    alpha, lines = solve_matte(planes, planes[0], planes[0], everywhere)
    field = fit_lines(lines, alpha, everywhere)
    assert np.isfinite(field.values[:, field.entry]).all()
    assert np.abs(field.values[:3, field.entry[-1, -1]]).max() > 0, "the last corner has a line, too"


def test_a_matte_without_a_band_stays() -> None:
    prior = np.eye(12, dtype=np.float32)
    alpha, _ = solve_matte(np.zeros((3, 12, 12), np.float32), prior, prior, np.zeros((12, 12), bool))
    assert np.array_equal(alpha, prior)


def test_known_values_are_kept_and_spread() -> None:
    values = np.zeros((2, 33, 21), np.float32)
    weight = np.zeros((2, 33, 21), np.float32)
    values[:, 4, 5], weight[0, 4, 5] = (0.25, 3.0), 1
    values[:, 30, 2], weight[1, 30, 2] = (0.5, 1.0), 1
    expected = np.array([(0.25, 3.0), (0.5, 1.0)], np.float32)[..., None, None]
    together = spread(values, weight)
    assert np.allclose(together, expected, atol=1e-5)
    assert np.array_equal(together[1], spread(values, weight[1]))


def test_fields_are_read_between_their_points() -> None:
    rows, columns = np.mgrid[0:6, 0:9].astype(np.float32)
    field = np.stack([rows + 2 * columns, columns])
    points = np.array([[2.25, 3.5], [0, -4], [9, 8]], np.float32)
    read = sample(field, points[:, 0], points[:, 1])
    assert np.allclose(read, np.array([[9.25, 0, 21], [3.5, 0, 8]]), atol=1e-5)


def test_plain_backdrops_are_told_from_patterned_ones() -> None:
    true = draw_matte("bottle", 160)
    for kind, plain in (("white", True), ("gradient", True), ("wood", False)):
        rgb = paint(true) * true[..., None] + draw_backdrop(kind, 160) * (1 - true[..., None])
        backdrop = fit_backdrop(rgb, true)
        assert (backdrop is not None) == plain, kind
        if backdrop is not None:
            colors = backdrop.colors((0, 0, 1, 1), true.shape)
            worst = float(np.abs(np.moveaxis(colors, 0, 2) - draw_backdrop(kind, 160)).max())
            assert worst < 0.02, f"{kind}: off by {worst:.3f}"


def test_specks_go_and_near_or_large_parts_stay() -> None:
    alpha = np.zeros((200, 200), np.float32)
    alpha[50:150, 50:100] = 1
    alpha[60:62, 102:104] = 1
    alpha[60:110, 160:180] = 1
    with_speck = alpha.copy()
    with_speck[5:8, 5:8] = 1
    assert np.array_equal(drop_islands(with_speck), alpha)
