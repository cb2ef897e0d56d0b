"""Tiny checkpoints, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from tests.captioners import checkpoints

WRITERS = {
    "smolvlm": checkpoints.write_smolvlm,
    "qwen": checkpoints.write_qwen,
    "florence": checkpoints.write_florence,
    "blip": checkpoints.write_blip,
    "siglip": checkpoints.write_siglip,
}


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each kind of model."""
    root = tmp_path_factory.mktemp("models")
    return {name: write(root / name) for name, write in WRITERS.items()}
