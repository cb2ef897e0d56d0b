"""The embedded networks, loaded once in a process however often a command builds them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from photoshoot.machine.onnx_runtime import import_onnxruntime


def keep_networks() -> None:
    """From now on, in this process."""
    onnxruntime: Any = import_onnxruntime()
    build, kept = onnxruntime.InferenceSession, dict[bytes, Any]()

    def load(model: str | bytes, **options: Any) -> Any:
        source = model if isinstance(model, bytes) else Path(model).read_bytes()
        key = hashlib.sha256(source).digest()
        if key not in kept:
            kept[key] = build(model, **options)
        return kept[key]

    onnxruntime.InferenceSession = load
