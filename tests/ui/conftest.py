"""One server of the page, in a process of its own, and one browser, for a module's tests."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from tests.jobs.ports import reserve_port
from tests.jobs.waiting import PATIENCE_S
from tests.small_pictures import small_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, StorageState, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
BOTTLE = ROOT / "examples" / "bottle.jpg"
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
WAIT_MS = 300_000
"""How long is waited for what must come; a busy machine compiles kernels for minutes."""
VIEWPORT: ViewportSize = {"width": 1440, "height": 1000}
"""A desk's window."""
SEEN: Mapping[str, Any] = {"reduced_motion": "reduce", "device_scale_factor": 0.5}
"""Without a GPU the CPU draws each pixel of each frame: nothing moves while it waits, and pixels are a quarter."""


@dataclass(frozen=True)
class Served:
    """The page, served."""

    url: str
    """Where it is, without a slash at its end."""
    folder: Path
    """Where it keeps sessions."""
    process: subprocess.Popen[bytes]
    """What serves it."""


def start(folder: Path, sessions: Path, *options: str) -> Served:
    """Start ``photoshoot ui`` with small pictures, and wait until it answers."""
    if importlib.util.find_spec("gradio") is None:
        pytest.skip("the extra ui (gradio) is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    with reserve_port() as port:
        command = [sys.executable, "-m", "photoshoot", "ui", "--port", str(port), "--folder", str(sessions), *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, env=small_environment(folder, ROOT), cwd=folder, stdout=log, stderr=log)
        served = Served(f"http://127.0.0.1:{port}", sessions, process)
        for _ in range(6000):
            if process.poll() is not None:
                raise AssertionError((folder / "log").read_text(encoding="utf-8"))
            try:
                urllib.request.urlopen(f"{served.url}/healthz", timeout=PATIENCE_S).close()  # loopback
                return served
            except urllib.error.HTTPError as answer:
                answer.close()
                return served
            except OSError:
                time.sleep(0.1)
    raise AssertionError("the page did not come up")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page, for every test that changes nothing of its settings."""
    folder = tmp_path_factory.mktemp("ui")
    page = start(folder, folder / "sessions")
    yield page
    page.process.terminate()
    page.process.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; no longer than a module, since its event loop would be in others' way."""
    if importlib.util.find_spec("playwright") is None or CHROMIUM is None:
        pytest.skip("playwright or Chromium is not installed: apt-get install chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if root else [])
        yield opened
        opened.close()


def draw_things() -> bytes:
    """A photo of two things apart, a large red one on the left and a blue one; it brings its own matte."""
    picture = np.zeros((200, 300, 4), np.uint8)
    picture[40:180, 30:130] = (200, 30, 30, 255)
    picture[80:180, 200:270] = (30, 60, 200, 255)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return file.getvalue()


def open_page(visit: BrowserContext, served: Served) -> Page:
    """The page, ready; whatever it asks of elsewhere is noted."""
    page = visit.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with loading(page):
        page.goto(served.url)
    setattr(page, "asked", asked)  # noqa: B010
    return page


@contextlib.contextmanager
def loading(page: Page) -> Iterator[None]:
    """The page is loaded meanwhile. At the end it is there, and has heard what it asks as it is loaded.

    Two questions: which sessions there are, and then what is to be seen of its own. An answer to them that came after
    what a visitor did would undo it.
    """
    asked = 0
    waiting = set()

    def ask(request: Request) -> None:
        if "/queue/data" in request.url:
            waiting.add(request)

    def hear(request: Request) -> None:
        nonlocal asked
        asked += "/queue/join" in request.url
        waiting.discard(request)

    handlers: tuple[tuple[Any, Callable[[Request], None]], ...] = (
        ("request", ask),
        ("requestfinished", hear),
        ("requestfailed", hear),
    )
    for event, handler in handlers:
        page.on(event, handler)
    yield
    page.wait_for_selector("#photo input[type=file]", state="attached")
    page.wait_for_selector("#sizes .ps-pick")
    for _ in range(WAIT_MS // 100):
        page.wait_for_timeout(100)  # during which the events come
        if asked >= 2 and not waiting:
            break
    for event, handler in handlers:
        page.remove_listener(event, handler)


def drop(page: Page, file: Path) -> None:
    """Give a photo to the page."""
    page.set_input_files("#photo input[type=file]", str(file))


def wait_for_shots(page: Page, count: int) -> None:
    """Until so many pictures are there."""
    page.wait_for_function(f"document.querySelectorAll('#shots .ps-shot').length >= {count}", timeout=WAIT_MS)


def wait_for_finals(page: Page, count: int) -> None:
    """Until just so many are there, and none is a draft: how far they are is told before they are drawn."""
    shots = "[...document.querySelectorAll('#shots .ps-shot')]"
    page.wait_for_selector(f"#progress >> text={count} final picture{'s' if count > 1 else ''}, ready")
    page.wait_for_function(f"{shots}.length === {count} && !{shots}.some(shot => shot.innerText.includes('draft'))")


def draw_draft(page: Page) -> None:
    """Have the one scene that is chosen drawn."""
    page.click("#drafts")
    page.wait_for_selector("#progress >> text=1 draft, ready")
    page.wait_for_function("document.querySelectorAll('#shots .ps-shot').length === 1")  # those of before are gone


@dataclass(frozen=True)
class Drafted:
    """A session that has a photo of the bottle and drafts of the six scenes that suit it. To be read, not changed."""

    state: StorageState
    """What its visitor's browser keeps."""
    folder: Path
    """Where the server keeps it."""
    url: str
    """Where its visitor saw it."""

    def copy(self, sessions: Path, name: str) -> None:
        """The like of it, under another name, for a test that changes it."""
        known = uuid.uuid4().hex
        shutil.copytree(self.folder, sessions / known)
        record = sessions / known / "session.json"
        plain = json.loads(record.read_text(encoding="utf-8"))
        record.write_text(json.dumps({**plain, "id": known, "name": name}), encoding="utf-8")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bottle on few pixels: the brush's canvas has the photo's own, which the CPU draws, twelve seconds of it."""
    file = tmp_path_factory.mktemp("photo") / BOTTLE.name
    with Image.open(BOTTLE) as image:
        image.resize((500, 500), Image.Resampling.LANCZOS).save(file, quality=95)
    return file


@pytest.fixture(scope="module")
def drafted(browser: Browser, served: Served, photo: Path) -> Drafted:
    """Drafts of a photo that was dropped, made once."""
    before = set(served.folder.glob("*/session.json"))
    context = browser.new_context(viewport=VIEWPORT, **SEEN)
    context.set_default_timeout(WAIT_MS)
    page = open_page(context, served)
    drop(page, photo)
    page.wait_for_selector("#cut img")
    page.wait_for_selector("#cut >> text=sure")
    page.wait_for_function("document.querySelector('#name input, #name textarea').value === 'bottle'")
    page.wait_for_selector("#progress >> text=6 drafts, ready")
    wait_for_shots(page, 6)
    state = context.storage_state()
    context.close()
    (record,) = set(served.folder.glob("*/session.json")) - before
    return Drafted(state, record.parent, served.url)


def open_box(page: Page, button: str) -> None:
    """Open what is shut, by its button: a click in the moment in which the page draws it is lost, as a visitor's is."""
    from playwright.sync_api import TimeoutError as Late

    page.wait_for_selector(button)
    while (shut := page.locator(f"{button}:not(.open)")).count():
        with contextlib.suppress(Late):
            shut.click(timeout=5000)
            shut.wait_for(state="detached", timeout=5000)


def reopen(page: Page, name: str) -> None:
    """Open an earlier session by its name."""
    open_box(page, "#sessions-box button.label-wrap")
    page.click("#sessions input")
    page.click(f"[role=option] >> text={name}")
    page.click("#reopen")
    page.wait_for_selector("#cut img")


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's window that has the page's code from its first visit on: a third of what it takes to open it."""
    context = browser.new_context(viewport=VIEWPORT, accept_downloads=True, **SEEN)
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()


@pytest.fixture
def visit(window: BrowserContext, served: Served) -> Iterator[BrowserContext]:
    """A visit of somebody who was never here, and reaches nothing but this machine."""
    page = window.new_page()
    page.goto(f"{served.url}/healthz")
    page.evaluate("localStorage.clear()")
    page.close()
    window.clear_cookies()
    yield window
    for page in window.pages:
        page.close()
