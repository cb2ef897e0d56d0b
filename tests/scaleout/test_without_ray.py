from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest

from photoshoot.catalogue import Item, Recipe
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import DeviceError, InputError, MissingExtraError
from photoshoot.scaleout.batch import shoot_on_cluster
from photoshoot.scaleout.cluster import join_cluster
from photoshoot.scaleout.serving import RayServePlacer
from photoshoot.server import ServerSettings
from photoshoot.server.engines import build_engines


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[ray\]"):
        list(shoot_on_cluster("local")(Recipe(), [Item(id="one", photo=Path("one.jpg"))]))
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[ray\]"):
        RayServePlacer(EngineChoice(), "local")
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[ray\]"):
        next(build_engines(ServerSettings(ray="local")))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ServerSettings(ray="local", device="cuda"), "device='cuda'"),
        (ServerSettings(ray="local", engine="no such engine"), "unknown engine"),
        (ServerSettings(ray="ray://head:10001"), "ray://"),
    ],
)
def test_what_cant_be_is_refused_before_a_cluster_is_sought(settings: ServerSettings, words: str) -> None:
    with pytest.raises(InputError, match=words):
        next(build_engines(settings))


class Busy:
    """A machine on which Ray takes too long, so many times."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    def init(self, **_: object) -> None:
        self.asked += 1
        if self.asked <= self.times:
            raise Exception("The current node timed out during startup. This could happen because…")  # Ray's


@pytest.mark.parametrize(("times", "address", "asked"), [(2, "local", 3), (9, "local", 3), (9, "head:6379", 1)])
def test_a_cluster_that_takes_too_long_is_begun_anew(
    times: int, address: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray", reason="Ray, of the extra ray, is not installed")
    machine = Busy(times)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "shutdown", lambda: None)
    monkeypatch.setattr(ray, "init", machine.init)
    with contextlib.nullcontext() if times == 2 else pytest.raises(DeviceError, match=address), join_cluster(address):
        assert times == 2
    assert machine.asked == asked
