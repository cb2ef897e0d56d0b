from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.device import build_onnx_session
from photoshoot.errors import NoCudaError, SettingsError, WeightsError
from photoshoot.weights import find_weights


def test_a_model_is_loaded_on_the_cpu() -> None:
    session = build_onnx_session(find_weights("u2netp"), "cpu")
    assert session.get_providers() == ["CPUExecutionProvider"]


def test_cuda_that_is_not_there_is_no_silent_cpu() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has CUDA")
    with pytest.raises(NoCudaError, match="onnxruntime-gpu"):
        build_onnx_session(find_weights("u2netp"), "cuda")


def test_unknown_devices_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cuda"):
        build_onnx_session(find_weights("u2netp"), "tpu")
    (tmp_path / "bad.onnx").write_bytes(b"no model")
    with pytest.raises(WeightsError, match=r"bad\.onnx"):
        build_onnx_session(tmp_path / "bad.onnx")
