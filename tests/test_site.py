"""The documentation's site is built without a warning, holds all that there is, and loads nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from tests.test_drawings import load

ROOT = Path(__file__).resolve().parents[1]
REGISTRY = PresetRegistry.load()


class Links(HTMLParser):
    """What a page loads by itself."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the addresses of scripts, styles, pictures and frames."""
        values = dict(attrs)
        name = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}.get(tag, "")
        if values.get("rel") not in ("prev", "next", "canonical") and values.get(name):
            self.loaded.append(str(values[name]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    return folder


@pytest.mark.exhaustive("tests/test_docs.py::test_every_link_leads_somewhere")
@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere_and_all_of_it_is_there(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        for address in Links(page).loaded:
            if address.startswith("data:"):
                continue
            assert not re.match(r"(?:[a-z]+:)?//", address), f"{page.name} loads {address}"
            assert page.name == "404.html" or (page.parent / address.partition("?")[0]).exists(), (
                f"{page.name}: {address}"
            )


@pytest.mark.exhaustive("tests/test_docs.py::test_every_link_leads_somewhere")
@pytest.mark.slow
def test_the_gallery_has_every_preset(site: Path) -> None:
    text = (site / "gallery.html").read_text(encoding="utf-8")
    assert re.findall(r'<li data-id="(\w+)"', text) == list(REGISTRY.ids)
    assert f"{len(REGISTRY)} presets" in text
    for preset in REGISTRY:
        assert (site / "presets" / "previews" / f"{preset.id}.webp").is_file()
        assert (site / "presets" / "plates" / f"{preset.id}.webp").is_file()


def test_every_word_that_prompts_know_is_on_the_page() -> None:
    words = load(ROOT / "docs" / "site" / "words.py")
    assert words.list_phrases() == set(load_vocabulary().phrases)
    assert words.list_words().count("\n| ") > 300


def test_the_cookbooks_pictures_are_those_of_its_script() -> None:
    pictures = load(ROOT / "docs" / "cookbook_pictures.py")
    told = pictures.read_pictures((ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8"))
    assert {f"{name}.jpg" for name in told} == {path.name for path in pictures.FOLDER.glob("*.jpg")}
    assert set(pictures.FIELDS) <= told.keys()
    for name in pictures.FIELDS:
        assert len(pictures.read_lights(name, told[name])) == 4


def test_holidays_are_found() -> None:
    gallery = load(ROOT / "docs" / "site" / "gallery.py")
    assert gallery.find_holidays(REGISTRY.get("christmas_pine_wood_lights")) == ["christmas"]
    assert gallery.find_holidays(REGISTRY.get("white_background")) == []
    assert all(gallery.find_holidays(preset) for preset in REGISTRY if "holiday" in preset.categories)
