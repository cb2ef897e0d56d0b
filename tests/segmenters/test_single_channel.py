"""Convolutions to one channel are transposed, and a network says the same as before."""

import numpy as np
import pytest

from photoshoot.machine.device import build_onnx_session
from photoshoot.machine.onnx_runtime import run_onnx
from photoshoot.segmenters.single_channel import transpose_single
from photoshoot.weights import find_weights
from tests.measures import FLOAT32_NETWORK

WEIGHTS = find_weights("u2netp").read_bytes()


def test_a_network_says_the_same() -> None:
    small = WEIGHTS.replace(b"\x0a\x03\x08\xc0\x02", b"\x0a\x03\x08\xc0\x01")  # 192 px
    view = np.random.default_rng(3).normal(size=(1, 3, 192, 192)).astype(np.float32)
    before, after = (
        run_onnx(build_onnx_session(model, "cpu"), None, {"input.1": view})
        for model in (small, transpose_single(small))
    )
    assert len(before) == 7
    for one, other in zip(before, after, strict=True):
        assert one.std() > 1e-4
        np.testing.assert_allclose(one, other, atol=FLOAT32_NETWORK)


def test_its_six_side_outputs_are_transposed_and_nothing_else() -> None:
    once = transpose_single(WEIGHTS)
    assert once.count(b"ConvTranspose") == 6
    assert WEIGHTS.count(b"ConvTranspose") == 0
    assert transpose_single(once) == once


@pytest.mark.parametrize("data", [b"no model at all", b"\x3a\xff\x01", b"\xff" * 12])
def test_what_is_no_protocol_buffer_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"field ends|does not end"):
        transpose_single(data)
