"""ONNX Runtime, as it is installed and loaded: without its telemetry, from one build of it."""

import importlib.metadata
import logging
import os
import sys
from types import ModuleType

from photoshoot.environment import default_variable
from photoshoot.errors import MissingExtraError

_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
_BUILDS = ("onnxruntime", "onnxruntime-gpu")
_log = logging.getLogger("photoshoot")


def import_onnxruntime() -> ModuleType:
    """ONNX Runtime, which every module gets from here: its telemetry is off.

    It stays as it is where the host loaded it before, or has decided itself in ``ORT_DISABLE_TELEMETRY``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
    """
    is_first = "onnxruntime" not in sys.modules
    try:
        with default_variable(_NO_TELEMETRY, "1"):  # read once, while it is loaded; everywhere but on Windows
            import onnxruntime
    except ImportError as error:
        raise MissingExtraError("running an ONNX model", "cpu") from error
    if is_first and _NO_TELEMETRY not in os.environ:
        onnxruntime.disable_telemetry_events()
    if is_first and (clash := describe_clash()):
        _log.warning(clash)
    module: ModuleType = onnxruntime
    return module


def describe_clash() -> str:
    """What is wrong where two builds of ONNX Runtime are installed, and how to mend it; empty where all is well."""
    found = [build for build in _BUILDS if _is_installed(build)]
    if len(found) < 2:
        return ""
    return (
        f"{' and '.join(found)} are both installed, and overwrite each other's files; keep one: pip uninstall -y "
        f"{' '.join(found)}; pip install --no-deps --force-reinstall {found[1]} (CUDA) or {found[0]}"
    )


def _is_installed(distribution: str) -> bool:
    try:
        return bool(importlib.metadata.version(distribution))
    except importlib.metadata.PackageNotFoundError:
        return False
