"""Makes the pictures of the page: python -m docs.ui_pictures. Wants the extras ui and dev, and Chromium.

The page is served from a folder of its own, the example bottle is given to it, and what a browser shows is kept.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from benchmarks.ui_server import serve_page
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "ui"
_WAIT_MS = 600_000
_PAGE, _DESK, _PHONE = (1250, 1000), (1080, 1000), (390, 844)
_SCALE = 0.8  # of what is kept
_ROOM_PX = 30  # over it
_CHOSEN = "#shots .ps-shot >> nth=1"


def open_page(browser: Browser, url: str, size: tuple[int, int], scheme: Literal["light", "dark"]) -> Page:
    """The page in a window of its own."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(_WAIT_MS)
    page = context.new_page()
    page.goto(f"{url}?__theme={scheme}")
    page.wait_for_selector("#sizes .ps-pick")
    return page


def draw(page: Page) -> None:
    """Give the example to the page, and wait for its drafts."""
    page.click("#example")
    page.wait_for_selector("#progress >> text=6 drafts, ready")


def reopen(page: Page) -> None:
    """Open the session that is there, in another window."""
    page.click("#sessions-box button >> nth=0")
    page.click("#sessions input")
    page.click("[role=option] >> nth=0")
    page.click("#reopen")
    page.wait_for_function("document.querySelectorAll('#shots .ps-shot').length >= 6")
    page.click("#sessions-box button >> nth=0")


def keep(page: Page, name: str, first: str, after: str) -> None:
    """Keep what is seen from the step that an element is in down to another one's."""
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager'; })")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    page.wait_for_timeout(1500)  # they fade in
    top, bottom = (
        page.evaluate(
            f"""(() => {{ const it = document.querySelector('{name}');
            return (it.closest('.ps-step') ?? it).getBoundingClientRect().top + window.scrollY; }})()"""
        )
        for name in (first, after)
    )
    width = page.evaluate("document.documentElement.clientWidth")
    top = max(0, top - _ROOM_PX)
    area: FloatRect = {"x": 0, "y": top, "width": width, "height": bottom - top - _ROOM_PX / 2}
    shown = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=area))).convert("RGB")
    size = round(shown.width * _SCALE), round(shown.height * _SCALE)
    shown.resize(size, Image.Resampling.LANCZOS).save(TARGET / f"{name}.webp", quality=82, method=6)


def main() -> None:
    """Make the pictures."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    chromium = next((path for name in names if (path := shutil.which(name))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder, serve_page(Path(folder)) as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        page = open_page(browser, url, _PAGE, "light")
        draw(page)
        keep(page, "page", ".ps-head", "#sessions-box")
        page.click("#light-box button >> nth=0")
        keep(page, "light", "#light-box", "#drafts")
        page.context.close()
        desk = open_page(browser, url, _DESK, "dark")
        reopen(desk)
        desk.click(_CHOSEN)
        desk.wait_for_selector("#gate >> text=Your product is untouched")
        keep(desk, "desktop-dark", "#drafts", "#sessions-box")
        desk.context.close()
        phone = open_page(browser, url, _PHONE, "dark")
        reopen(phone)
        keep(phone, "phone-dark", ".ps-head", "#sizes")
        browser.close()


if __name__ == "__main__":
    main()
