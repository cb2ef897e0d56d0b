"""What Blender is handed is the studio's set, and without Blender nothing is measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks import bench_blender
from benchmarks.blender_scenes import write_scene

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.variant import load_variant
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.settings import StudioSettings
from tests.placers.studio.conftest import HEIGHT, WIDTH, make_request


def test_it_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(bench_blender.VARIABLE, raising=False)
    monkeypatch.setattr(sys, "argv", ["bench_blender.py"])
    with pytest.raises(SystemExit) as ended:
        bench_blender.main()
    assert ended.value.code == 0
    assert bench_blender.VARIABLE in capsys.readouterr().out


def test_a_written_set_has_every_triangle_lamp_and_coat(tmp_path: Path) -> None:
    load_variant()
    placer, request = StudioPlacer(StudioSettings(samples=1)), make_request(design=NeonRoom())
    write_scene(placer, request, tmp_path / "set.npz")
    built = placer._scenes.build(placer._key(request))
    with np.load(tmp_path / "set.npz") as held:
        scene = json.loads(str(held["scene"]))
        written = {shape["name"]: shape for shape in scene["shapes"]}
        meshes: dict[str, Any] = {name: shape for name, shape in built.shapes.items() if hasattr(shape, "face_count")}
        assert written.keys() == meshes.keys() | {"product_front", "product_back"}
        for name, mesh in meshes.items():
            assert held[f"{name}/faces"].shape == (mesh.face_count(), 3)
            assert ("light" in written[name]) == (mesh.emitter() is not None)
    assert written["floor"].keys() == {"name", "albedo", "alpha", "ior"}
    assert scene["view"]["size"] == [WIDTH, HEIGHT]
    assert min(scene["fill"]) >= 0
    placer.close()
