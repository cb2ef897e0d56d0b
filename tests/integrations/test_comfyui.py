"""ComfyUI's nodes, imported and run without ComfyUI."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoshoot import Photoshoot

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def nodes(shoot: Photoshoot) -> Iterator[Any]:
    """The folder, imported as ComfyUI does it, with the tests' own engine."""
    spec = importlib.util.spec_from_file_location(
        "photoshoot_comfyui", ROOT / "integrations" / "comfyui" / "__init__.py",
        submodule_search_locations=[str(ROOT / "integrations" / "comfyui")],
    )  # fmt: skip
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["photoshoot_comfyui"] = module
    spec.loader.exec_module(module)
    inner = sys.modules["photoshoot_comfyui.nodes"]
    inner.load_shoot = lambda: shoot  # type: ignore[attr-defined]
    yield module
    del sys.modules["photoshoot_comfyui"], sys.modules["photoshoot_comfyui.nodes"]


def test_every_node_says_what_it_takes_and_gives(nodes: Any) -> None:
    assert set(nodes.NODE_CLASS_MAPPINGS) == set(nodes.NODE_DISPLAY_NAME_MAPPINGS)
    for kind in nodes.NODE_CLASS_MAPPINGS.values():
        assert kind.INPUT_TYPES()
        assert len(kind.RETURN_TYPES) == len(kind.RETURN_NAMES)
        assert hasattr(kind(), kind.FUNCTION)


def test_from_a_photo_to_an_inspected_picture(nodes: Any) -> None:
    with Image.open(ROOT / "examples" / "bottle.jpg") as photo:
        image = np.asarray(photo.convert("RGB"), np.float32)[None] / 255
    kinds = nodes.NODE_CLASS_MAPPINGS
    product, cut, matte, name = kinds["PhotoshootCutOut"]().cut_out(image)
    assert name == "bottle"
    named, *_, told = kinds["PhotoshootCutOut"]().cut_out(image, " hand wash ")
    assert named.name == told == "hand wash"
    assert cut.shape == image.shape
    assert matte.shape == image.shape[:3]
    (presets,) = kinds["PhotoshootPresets"]().list_presets(product)
    best = presets.splitlines()[0]
    picture, shot = kinds["PhotoshootPlace"]().place(product, best, "medium_banner", 7, True)
    assert tuple(picture.shape) == (1, *shot.image.shape)
    assert float(picture.max()) <= 1
    passed, report = kinds["PhotoshootGate"]().inspect(shot)
    assert passed
    assert "BAD" not in report
    assert "max_difference: 0" in report
