"""An empty machine: no hub cache, no rembg folder; and a small manifest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

VARIABLES = ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_ENDPOINT", "XDG_CACHE_HOME", "XDG_DATA_HOME", "U2NET_HOME")
ADAPTER = b"adapter" * 100
NETWORK = b"a network"
MANIFEST = f"""
[[model]]
name = "built-in"
role = "segmenter"
file = "built-in.onnx"
sha256 = "{hashlib.sha256(NETWORK).hexdigest()}"
bytes = {len(NETWORK)}
licence = "MIT"
commercial_use = true
source = "here"

[[rembg]]
name = "isnet-general-use"
role = "segmenter"
file = "isnet-general-use.onnx"
sha256 = "{hashlib.sha256(NETWORK).hexdigest()}"
bytes = {len(NETWORK)}
licence = "Apache-2.0"
commercial_use = true

[[hub]]
name = "pipeline"
role = "inpainter"
repo = "toy/pipeline"
revision = "main"
files = ["model_index.json", "tokenizer/*", "unet/config.json", "unet/model.fp16.safetensors"]
bytes = 1
approximate = true
licence = "openrail++"
commercial_use = false

[[hub]]
name = "adapter"
role = "adapter"
repo = "toy/adapters"
revision = "main"
files = ["models/adapter.safetensors"]
path = "models/adapter.safetensors"
sha256 = {{ "models/adapter.safetensors" = "{hashlib.sha256(ADAPTER).hexdigest()}" }}
bytes = {len(ADAPTER)}
licence = "MIT"
commercial_use = true

[[hub]]
name = "encoder"
role = "image_encoder"
repo = "toy/adapters"
revision = "main"
files = ["models/encoder/config.json", "models/encoder/model.safetensors"]
path = "models/encoder"
bytes = 2
licence = "MIT"
commercial_use = true

[[profile]]
name = "toy"
base = "pipeline"
adapter = "adapter"
image_encoder = "encoder"

[[profile]]
name = "toy-fast"
base = "pipeline"
adapter = "adapter"
image_encoder = "encoder"
loras = ["adapter"]
"""
PIPELINE = {
    "model_index.json": b'{"_class_name": "Toy"}',
    "tokenizer/vocab.json": b'{"a": 0}',
    "tokenizer/merges.txt": b"#",
    "unet/config.json": b'{"in_channels": 9}',
    "unet/model.fp16.safetensors": b"half" * 1000,
    "unet/model.safetensors": b"full" * 2000,
    "safety_checker/model.safetensors": b"not needed",
}
ADAPTERS = {
    "models/adapter.safetensors": ADAPTER,
    "models/encoder/config.json": b"{}",
    "models/encoder/model.safetensors": b"encoder",
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The hub's cache of a machine that has nothing."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    monkeypatch.setenv("REMBG_HOME", str(tmp_path / "rembg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "huggingface" / "hub"


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """Lets photoshoot know small models only; returns the folder of its embedded ones."""
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "built-in.onnx").write_bytes(NETWORK)
    for module in ("manifest", "inventory"):
        monkeypatch.setattr(f"photoshoot.weights.{module}.find_data", lambda _: folder)
    assert not cache.exists()
    return folder
