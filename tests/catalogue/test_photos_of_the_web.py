"""A shop's list names photos by their addresses: they are loaded when they are made, and known by them after that."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from photoshoot.catalogue import Item, Recipe, list_items, run_catalogue
from photoshoot.errors import SettingsError
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels import downloads
from photoshoot.prompts import Prompt
from photoshoot.request import Request
from tests.catalogue.products import work_with, write_photos
from tests.jobs.stubs import FlatPlacer


class Shop(http.server.SimpleHTTPRequestHandler):
    """A shop's photos; notes which were asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of this machine with two photos, which here counts as public."""
    write_photos(tmp_path / "shop", 2)
    Shop.asked.clear()
    monkeypatch.setattr(downloads, "is_public", lambda address: address == "127.0.0.1")
    handler = functools.partial(Shop, directory=str(tmp_path / "shop"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_they_are_made_once_for_each_address_and_a_dead_one_fails_alone(shop: str, tmp_path: Path) -> None:
    recipe = Recipe(request=Request(prompts=(Prompt.custom("on slate"),), render_kind="64x64", seed=1))
    feed, out = tmp_path / "feed.csv", tmp_path / "out"
    with Photoshoot.with_placer(FlatPlacer()) as photoshoot:

        def run(*photos: str) -> tuple[int, int, int]:
            feed.write_text("sku,base_image\n" + "".join(f"{one.partition('?')[0]},{shop}/{one}\n" for one in photos))
            Shop.asked.clear()
            tally = run_catalogue(list_items(feed), recipe, out, work=work_with(photoshoot))
            return tally.made, tally.skipped, tally.failed

        assert run("bottle_00.png", "gone.png", "headphones_01.png") == (2, 0, 1)
        rows = [json.loads(line) for line in (out / "report.jsonl").read_text().splitlines()]
        assert [row["photo"] for row in rows] == [
            f"{shop}/{name}" for name in ("bottle_00.png", "gone.png", "headphones_01.png")
        ]
        assert "the server answers 404" in rows[1]["message"]
        assert run("bottle_00.png", "headphones_01.png") == (0, 2, 0)
        assert Shop.asked == [], "what is finished is not loaded again"
        assert run("bottle_00.png", "headphones_01.png?v=2") == (1, 1, 0)
        assert Shop.asked == ["/headphones_01.png?v=2"], "another address is another photo"


def test_an_item_has_a_path_or_an_address(tmp_path: Path) -> None:
    assert Item(id="a", photo=tmp_path / "a.jpg").place == (tmp_path / "a.jpg").as_posix()
    assert Item(id="a", photo="https://x.example/b.jpg?v=2").photo_name == "b"
    with pytest.raises(SettingsError, match="http or https"):
        Item(id="a", photo="a.jpg")
