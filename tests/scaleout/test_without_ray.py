from __future__ import annotations

import sys
from pathlib import Path

import pytest

from photoshoot.catalogue import Item, Recipe
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import InputError, MissingExtraError
from photoshoot.scaleout.batch import shoot_on_cluster
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
