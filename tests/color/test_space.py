from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.color.space import (
    NAMED_COLORS,
    bytes_to_linear,
    format_hex,
    hex_to_oklab,
    linear_to_oklab,
    linear_to_srgb,
    oklab_to_hex,
    oklab_to_linear,
    parse_hex,
    srgb_to_linear,
)

hex_colors = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_srgb_meets_known_values() -> None:
    assert srgb_to_linear(0.5) == pytest.approx(0.21404, abs=1e-5)
    assert linear_to_srgb(0.18) == pytest.approx(0.46136, abs=1e-4)


def test_decoding_and_encoding_every_byte_is_the_identity() -> None:
    every = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(np.round(linear_to_srgb(bytes_to_linear(every)) * 255), every)


def test_oklab_meets_its_authors_values() -> None:
    red = linear_to_oklab([1.0, 0.0, 0.0])
    np.testing.assert_allclose(red, [0.62796, 0.22486, 0.12585], atol=2e-4)
    np.testing.assert_allclose(linear_to_oklab([1.0, 1.0, 1.0]), [1, 0, 0], atol=1e-4)


def test_oklab_goes_there_and_back() -> None:
    linear = np.random.default_rng(0).random((500, 3), np.float32)
    np.testing.assert_allclose(oklab_to_linear(linear_to_oklab(linear)), linear, atol=1e-5)


@given(hex_colors)
def test_hex_goes_there_and_back(color: str) -> None:
    assert format_hex(parse_hex(color)) == color
    assert oklab_to_hex(hex_to_oklab(color)) == color


def test_named_colours_look_different_from_each_other() -> None:
    labs = np.array([hex_to_oklab(color) for color in NAMED_COLORS.values()])
    distance = np.linalg.norm(labs[:, None] - labs[None], axis=-1) + np.eye(len(labs))
    assert distance.min() > 0.02
