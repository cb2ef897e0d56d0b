from __future__ import annotations

import sys
from pathlib import Path

import pytest

from photoshoot.catalogue import Item, Recipe
from photoshoot.catalogue.engine import EngineChoice
from photoshoot.errors import MissingExtraError
from photoshoot.scaleout.batch import shoot_on_cluster
from photoshoot.scaleout.serving import RayServePlacer


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"photoshoot\[ray\]"):
        list(shoot_on_cluster("local")(Recipe(), [Item(id="one", photo=Path("one.jpg"))]))
    with pytest.raises(MissingExtraError, match=r"photoshoot\[ray\]"):
        RayServePlacer(EngineChoice(), "local")
