"""Where models run: the only file that asks for CUDA."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from photoshoot.errors import MissingExtraError, NoCudaError, SettingsError, WeightsError

if TYPE_CHECKING:
    import onnxruntime

_PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


def build_onnx_session(path: Path, device: str = "auto") -> onnxruntime.InferenceSession:
    """Load an ONNX model.

    Args:
        path: The model's file.
        device: ``"cpu"``, ``"cuda"``, or ``"auto"``: CUDA where ONNX Runtime has it, else the CPU.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        NoCudaError: ``"cuda"`` was asked for and is not there.
        WeightsError: The file is no ONNX model.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtraError("running an ONNX model", "cpu") from error
    provider = _choose_provider(device, onnxruntime.get_available_providers())
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores to others
    try:
        return onnxruntime.InferenceSession(str(path), sess_options=options, providers=[provider])
    except Exception as error:  # ONNX Runtime's own exceptions share no public base class
        raise WeightsError(f"{path} can't be loaded as an ONNX model: {error}") from error


def _choose_provider(device: str, available: list[str]) -> str:
    if device == "auto":
        return _PROVIDERS["cuda" if _PROVIDERS["cuda"] in available else "cpu"]
    if device not in _PROVIDERS:
        raise SettingsError("device", device, "auto, cpu or cuda")
    if _PROVIDERS[device] not in available:
        raise NoCudaError("device='cuda' needs onnxruntime-gpu and a CUDA driver; use device='cpu'")
    return _PROVIDERS[device]
