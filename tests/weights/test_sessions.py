"""The embedded networks' graphs, kept on disk: the same numbers, whatever becomes of the files."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from photoshoot.machine.device import build_onnx_session
from photoshoot.machine.onnx_runtime import import_onnxruntime, run_onnx
from photoshoot.segmenters import u2net
from photoshoot.vision import image_classes
from photoshoot.weights import find_weights, sessions
from photoshoot.weights.sessions import Rewriting, build_embedded_session

pytest.importorskip("onnxruntime")
needs_abilities = pytest.mark.skipif(
    sessions._read_abilities() is None, reason="the system does not tell processors apart"
)
NETWORK = "objects_oid"
HASTENED = "b980269bbd464efc5c37c5e4052fb1b3b88334bea71cb5ce86b031b167dea01e"
"""SHA-256 of what ``u2net.RECIPE`` makes of the embedded network, 288 px wide."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where graphs are kept, still empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "photoshoot" / "networks"


def answer(session: object) -> bytes:
    """What a network says of one and the same noise."""
    (entry,) = session.get_inputs()  # type: ignore[attr-defined]
    shape = [side if isinstance(side, int) else 2 for side in entry.shape]
    noise = np.random.default_rng(1).normal(0, 1, shape).astype(np.float32)
    return b"".join(array.tobytes() for array in run_onnx(session, None, {entry.name: noise}))


def sessions_of_all() -> list[object]:
    """The four that a photoshoot has."""
    segmenter = u2net.U2NetSegmenter()
    return [
        *(segmenter._fine, segmenter._coarse),
        image_classes.ImageClassifier("cpu")._session,
        image_classes.ObjectDetector("cpu")._session,
    ]


@needs_abilities
def test_kept_graphs_answer_as_those_that_are_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [answer(session) for session in sessions_of_all()]
    assert len(list(folder.iterdir())) == 4
    monkeypatch.setattr(sessions, "_build_and_keep", lambda *_: pytest.fail("one was not taken from the disk"))
    kept = [answer(session) for session in sessions_of_all()]
    monkeypatch.setattr(sessions, "_find_place", lambda *_: None)
    plain = [answer(session) for session in sessions_of_all()]
    assert first == kept == plain
    assert len({*plain}) == 4


def cut_off(graph: bytes) -> bytes:
    return graph[: len(graph) // 2]


def empty(graph: bytes) -> bytes:
    return graph[:0]


def turn_a_bit(graph: bytes) -> bytes:
    middle = len(graph) // 2
    return graph[:middle] + bytes([graph[middle] ^ 1]) + graph[middle + 1 :]


def write_no_model(_: bytes) -> bytes:
    nothing = b"no model"
    return nothing + sessions._check(nothing)


@needs_abilities
@pytest.mark.parametrize("damage", [cut_off, empty, turn_a_bit, write_no_model], ids=lambda damage: damage.__name__)
def test_a_damaged_graph_is_told_of_and_made_anew(
    damage: Callable[[bytes], bytes], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = answer(build_embedded_session(NETWORK, "cpu"))
    (file,) = folder.iterdir()
    graph = file.read_bytes()
    file.write_bytes(damage(graph))
    with caplog.at_level(logging.WARNING, "photoshoot"):
        assert answer(build_embedded_session(NETWORK, "cpu")) == whole
    assert "made anew" in caplog.text
    assert file.read_bytes() == graph


@needs_abilities
def test_a_graph_is_not_taken_for_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of another network, another recipe, another processor or another ONNX Runtime."""
    place = sessions._find_place
    rewriting = Rewriting(recipe="none", rewrite=bytes)
    places = {place(NETWORK, None), place("u2netp", None), place(NETWORK, rewriting)}
    monkeypatch.setattr(sessions, "_read_abilities", lambda: "x86_64 sse2")
    places.add(place(NETWORK, None))
    monkeypatch.setattr(import_onnxruntime(), "__version__", "1.0.0")
    places.add(place(NETWORK, None))
    assert len(places) == 5
    assert {path.parent for path in places if path} == {folder}


def test_nothing_is_kept_where_nothing_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where the system does not tell processors apart, nor where a file has the folder's place."""
    plain = answer(build_onnx_session(find_weights(NETWORK), "cpu"))
    with monkeypatch.context() as patch:
        patch.setattr(sessions, "_read_abilities", lambda: None)
        assert answer(build_embedded_session(NETWORK, "cpu")) == plain
        assert not folder.exists()
    folder.parent.write_text("a file")
    assert answer(build_embedded_session(NETWORK, "cpu")) == plain


@needs_abilities
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    build_embedded_session(NETWORK, "cpu")
    assert list(folder.iterdir()) == []


@needs_abilities
def test_two_processes_at_once_keep_one_whole_graph(folder: Path) -> None:
    code = f"from photoshoot.weights.sessions import build_embedded_session; build_embedded_session({NETWORK!r}, 'cpu')"
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    (file,) = folder.iterdir()
    assert sessions._load(file) is not None


@needs_abilities
def test_old_graphs_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    old = folder / "old.onnx"
    old.write_bytes(bytes(2 * 2**20))
    os.utime(old, (1, 1))
    monkeypatch.setattr(sessions, "MOST_DISK_BYTES", 20 * 2**20)
    build_embedded_session(NETWORK, "cpu")
    (file,) = folder.iterdir()
    assert file != old


def test_the_recipe_has_another_name_as_soon_as_it_makes_other_bytes() -> None:
    made = u2net._hasten(find_weights("u2netp").read_bytes(), u2net._FASTER_PX)
    assert (u2net.RECIPE, hashlib.sha256(made).hexdigest()) == ("half pixels, transposed, sized 1", HASTENED), (
        "raise the number of RECIPE: graphs of the old bytes are on disks"
    )
