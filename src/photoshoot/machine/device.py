"""Where models run: the only file that asks for CUDA."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from photoshoot.errors import DeviceError, MissingExtraError, NoCudaError, SettingsError, WeightsError
from photoshoot.machine.onnx_runtime import build_cpu_session, describe_clash, import_onnxruntime

if TYPE_CHECKING:
    import onnxruntime
    import torch

_TORCH_NAME = re.compile(r"cpu|mps|(?P<cuda>cuda)(:(?P<index>\d+))?")
_DRIVER_FILE = Path("/proc/driver/nvidia/version")
_DRIVER = re.compile(r"\d+\.\d+(\.\d+)?")
_DTYPES = ("float32", "float16", "bfloat16")
_PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


def build_onnx_session(
    model: Path | bytes, device: str = "auto", *, is_optimized: bool = False, optimized_file: Path | None = None
) -> onnxruntime.InferenceSession:
    """Load an ONNX model, to be run by ``onnx_runtime.run_onnx``.

    Args:
        model: The model's file, or what is in it.
        device: ``"cpu"``, ``"cuda"``, or ``"auto"``: CUDA where ONNX Runtime has it, else the CPU.
        is_optimized: The model is what ONNX Runtime has made of one, for this very processor: it is left as it is.
        optimized_file: Where to write what ONNX Runtime makes of the model for this processor. None: nowhere.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        NoCudaError: ``"cuda"`` was asked for and is not there.
        WeightsError: It is no ONNX model.
    """
    onnxruntime = import_onnxruntime()
    place = choose_onnx_device(device)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # would hold 150 MB more after a network's second run, and is no faster
    options.enable_cpu_mem_arena = place == "cpu"  # of one for all, which gives back what it took
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores to others
    if is_optimized:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    if optimized_file is not None:
        options.optimized_model_filepath = str(optimized_file)
    source, name = (model, "the model") if isinstance(model, bytes) else (str(model), str(model))
    try:
        if place == "cpu":
            return build_cpu_session(source, options)
        return onnxruntime.InferenceSession(source, sess_options=options, providers=[_PROVIDERS[place]])
    except Exception as error:  # ONNX Runtime's own exceptions share no public base class
        raise WeightsError(f"{name} can't be loaded as an ONNX model: {error}") from error


def choose_onnx_device(device: str = "auto") -> str:
    """``"cpu"`` or ``"cuda"``: where ``build_onnx_session`` puts a model, and its errors but for the model's own."""
    available = import_onnxruntime().get_available_providers()
    if device == "auto":
        return "cuda" if _PROVIDERS["cuda"] in available else "cpu"
    if device not in _PROVIDERS:
        raise SettingsError("device", device, "auto, cpu or cuda")
    if _PROVIDERS[device] not in available:
        clash = describe_clash() or "device='cuda' needs onnxruntime-gpu and a CUDA driver; use device='cpu'"
        raise NoCudaError(clash)
    return device


def choose_torch_device(name: str = "auto") -> torch.device:
    """The device that networks of the extra ``diffusion`` run on.

    Args:
        name: ``"cpu"``, ``"mps"``, ``"cuda"``, ``"cuda:N"``, or ``"auto"``: the first of CUDA, MPS and the CPU that
            this machine has.

    Raises:
        MissingExtraError: PyTorch is not installed.
        SettingsError: There is no device of that name.
        NoCudaError: CUDA, or its device N, was asked for and is not there.
        DeviceError: MPS was asked for and is not there.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("running a diffusion model", "diffusion") from error
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    match = _TORCH_NAME.fullmatch(name)
    if match is None:
        raise SettingsError("device", name, "auto, cpu, mps, cuda or cuda:N")
    if match["cuda"]:
        _check_cuda(int(match["index"] or 0), torch.cuda.device_count() if torch.cuda.is_available() else 0)
        return torch.device("cuda", int(match["index"] or torch.cuda.current_device()))
    if name == "mps" and not torch.backends.mps.is_available():
        raise DeviceError("device='mps' needs a Mac with Apple silicon; use device='cpu'")
    return torch.device(name)


def choose_dtype(name: str, device: torch.device) -> torch.dtype:
    """The number format of a network's weights.

    Args:
        name: ``"float32"``, ``"float16"``, ``"bfloat16"``, or ``"auto"``: half precision on CUDA, else single.
        device: Where the network runs.

    Raises:
        SettingsError: There is no format of that name.
    """
    import torch

    if name == "auto":
        return torch.float16 if device.type == "cuda" else torch.float32
    if name not in _DTYPES:
        raise SettingsError("dtype", name, ", ".join(("auto", *_DTYPES)))
    dtype: torch.dtype = getattr(torch, name)
    return dtype


def choose_writing_dtype(device: torch.device) -> torch.dtype:
    """The number format of networks that write text: their activations overflow in ``float16``.

    Returns:
        ``bfloat16`` on CUDA devices that have it (Ampere and later), else ``float32``.
    """
    import torch

    if device.type == "cuda" and torch.cuda.get_device_capability(device) >= (8, 0):
        return torch.bfloat16
    return torch.float32


def describe_card(device: torch.device) -> dict[str, str]:
    """What the bytes that a CUDA device makes depend on: its name, driver, CUDA and cuDNN; nothing for others."""
    import torch

    if device.type != "cuda":
        return {}
    driver = _DRIVER.search(_DRIVER_FILE.read_text(encoding="utf-8")) if _DRIVER_FILE.is_file() else None
    return {
        "card": torch.cuda.get_device_name(device),
        "driver": driver[0] if driver else "unknown",
        "cuda": str(torch.version.cuda),
        "cudnn": str(torch.backends.cudnn.version()),  # type: ignore[no-untyped-call]
    }


def free_memory_bytes(device: torch.device) -> int | None:
    """What networks can still take of a device's memory; None: the device does not say (the CPU)."""
    import torch

    if device.type == "cuda":
        unused = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return int(torch.cuda.mem_get_info(device)[0] + unused)
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return None


def count_cores() -> int:
    """The CPU cores that this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_cuda(index: int, count: int) -> None:
    if count == 0:
        raise NoCudaError("device='cuda' needs an NVIDIA GPU with its driver and a CUDA build of PyTorch")
    if index >= count:
        raise NoCudaError(f"device='cuda:{index}' is not there: this machine has cuda:0 to cuda:{count - 1}")
