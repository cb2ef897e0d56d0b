"""The page in a browser, from a dropped photo to a downloaded archive, and what goes wrong on the way."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import time
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from PIL import Image

from tests.jobs.waiting import PATIENCE_S
from tests.ui.conftest import (
    BOTTLE,
    SEEN,
    WAIT_MS,
    Drafted,
    Served,
    draw_draft,
    draw_things,
    drop,
    loading,
    open_box,
    open_page,
    reopen,
    start,
    wait_for_finals,
    wait_for_shots,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

ANSWER_LATE = """() => {
  const ask = window.fetch;
  window.fetch = (...asked) => new Promise(late => setTimeout(late, 2000)).then(() => ask(...asked));
}"""
"""From now on a page is answered as by a busy machine."""
ANSWER_MS = 10_000
"""How long a page takes to do as it is told, mostly."""
READ_LATE = """() => {
  const read = Response.prototype.json;
  Response.prototype.json = async function () {
    await new Promise(late => setTimeout(late, 3000));
    return read.call(this);
  };
}"""
"""From now on a page is so busy that it reads late what it has been answered."""
FEW_FRAMES = """() => {
  window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 1000);
}"""
"""From now on what a page draws all the time is drawn once a second: the CPU draws what a GPU draws elsewhere."""
SLEEP_S, MOST_SLEEPS = 2, 300
"""A busy machine wakes it less often, never more."""
pytestmark = pytest.mark.slow


def choose_one_scene(page: Page) -> None:
    """Leave one of the six scenes that were chosen."""
    for left in range(page.locator("#recommended [aria-checked=true]").count() - 1, 0, -1):
        page.locator("#recommended [aria-checked=true]").last.click()
        chosen = "document.querySelectorAll('#recommended [aria-checked=true]')"
        page.wait_for_function(f"{chosen}.length === {left}")  # else the next click might meet the same one


@pytest.fixture
def ready(visit: BrowserContext, served: Served, drafted: Drafted, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page with the bottle in it, drafts, and one scene chosen: a session of the test's own."""
    name = request.node.name.replace("_", " ")
    drafted.copy(served.folder, name)
    page = open_page(visit, served)
    reopen(page, name)
    wait_for_shots(page, 6)
    choose_one_scene(page)
    yield page
    hosts = {urllib.parse.urlsplit(url).hostname for url in page.asked}  # type: ignore[attr-defined]
    assert hosts <= {"127.0.0.1", None}, hosts  # None: data and blob addresses


def wait_for_another_shot(page: Page, before: str | None) -> None:
    """Until the first picture is one that was not there ``before``: none at all is a page that is being drawn anew."""
    picture = "document.querySelector('#shots img')"
    page.wait_for_function(f"{picture} && {picture}.getAttribute('src') !== {json.dumps(before)}")


def test_a_page_that_nobody_uses_sleeps(served: Served) -> None:
    """Gradio looks a thousand times a second for what is to be done: a twentieth of a core, for nothing."""
    status = Path(f"/proc/{served.process.pid}/status")  # of its first thread, where the page is served
    if not status.exists():
        pytest.skip("tells of processes as Linux does")

    def count_sleeps() -> int:
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("voluntary_ctxt_switches"))
        return int(line.split()[1])

    before = count_sleeps()
    time.sleep(SLEEP_S)
    assert count_sleeps() - before < MOST_SLEEPS


def test_from_a_dropped_photo_to_an_archive(ready: Page, served: Served) -> None:
    page = ready
    page.fill("#prompts textarea", "on a black marble table, soft light from the left")
    page.wait_for_selector("#reading .ps-note >> text=black marble")
    page.click("#finals")
    wait_for_finals(page, 2)
    page.click("#shots .ps-shot >> nth=0")
    page.wait_for_selector("#gate >> text=Your product is untouched")
    with page.expect_download() as waited:
        page.click("#links a >> text=Download this picture")
    assert waited.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as waited:
        page.click("#links a >> text=Download all")
    with zipfile.ZipFile(waited.value.path()) as bundle:
        names = bundle.namelist()
        assert {"contact-sheet.png", "make-again.sh"} <= set(names)
        pictures = [Image.open(io.BytesIO(bundle.read(name))) for name in names if name[:1].isdigit()]
        commands = bundle.read("make-again.sh").decode()
    assert {picture.size for picture in pictures} == {(334, 124)}
    assert commands.count("photoshoot shoot bottle.jpg") == 2
    assert not [text for text in (commands, page.content()) if str(served.folder) in text]  # no path is shown


def test_what_is_suggested_gives_way_to_words_and_what_is_chosen_is_brought_into_view(
    browser: Browser, served: Served, drafted: Drafted
) -> None:
    context = browser.new_context(storage_state=drafted.state, viewport={"width": 390, "height": 600}, **SEEN)
    context.set_default_timeout(WAIT_MS)
    page = open_page(context, served)
    wait_for_shots(page, 6)
    width, most = page.evaluate(
        "(shot => [shot.width, getComputedStyle(shot).maxWidth])(document.querySelector('#shots img'))"
    )
    assert float(most.removesuffix("px")) >= width, "a small draft is no blur"
    page.fill("#prompts textarea", "on slate\n\non sand")
    page.wait_for_function("document.querySelectorAll('#recommended [aria-checked=true]').length === 4")
    page.fill("#own-size input, #own-size textarea", "9x9")
    page.wait_for_selector("#sizes-told >> text=“9x9” can't be made")
    page.fill("#prompts textarea", "word " * 500)
    page.wait_for_selector("#reading >> text=may have 2000 characters")
    page.click("#shots .ps-shot >> nth=0")
    seen = "(({top, bottom}) => top < innerHeight && bottom > 0)(document.querySelector('%s').getBoundingClientRect())"
    page.wait_for_selector("#gate >> text=Your product is untouched")
    page.wait_for_function(seen % "#slider")
    page.fill("#dpi input", "0")
    page.wait_for_selector("#links >> text=DPI 0 can't be used")
    context.close()


@pytest.mark.exhaustive(
    "tests/ui/test_words_and_orders.py::test_one_of_several_things_is_chosen_its_name_follows_and_it_is_kept",
    "tests/ui/test_page.py::test_no_serious_fault_of_access",
)
def test_the_product_is_chosen_among_several_things_by_keyboard_and_kept(
    visit: BrowserContext, served: Served, tmp_path: Path
) -> None:
    (tmp_path / "two.png").write_bytes(draw_things())
    page = open_page(visit, served)
    drop(page, tmp_path / "two.png")
    things = page.get_by_role("group", name="Which of these is your product?")
    things.get_by_role("checkbox", name="2, on the right").wait_for()
    both = page.get_attribute("#cut img", "src")
    things.get_by_role("checkbox", name="2, on the right").press("Space")
    page.wait_for_function("src => document.querySelector('#cut img').src !== src", arg=both)
    page.wait_for_function("!document.querySelector('#description textarea').value.includes('red')")
    page.evaluate("document.querySelector('#stop').click()")
    with loading(page):
        page.reload()
    things.get_by_role("checkbox", name="2, on the right", checked=True).wait_for()
    assert page.locator("#things [aria-checked=true]").all_inner_texts() == ["2"]


PASTE, DROP = "paste", "drop"
HAND_OVER = """([kind, bytes]) => {
  const handed = new DataTransfer();
  handed.items.add(new File([new Uint8Array(bytes)], 'two.png', {type: 'image/png'}));
  const more = {bubbles: true, cancelable: true};
  const event = kind === 'paste' ? new ClipboardEvent(kind, {...more, clipboardData: handed})
    : new DragEvent(kind, {...more, dataTransfer: handed});
  document.querySelector('#prompts textarea').dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_a_photo_is_pasted_or_dropped_anywhere_one_after_the_other(visit: BrowserContext, served: Served) -> None:
    page = open_page(visit, served)
    for kind in (PASTE, DROP):
        page.wait_for_selector("#photo input[type=file]", state="attached")
        assert page.evaluate(HAND_OVER, [kind, list(draw_things())]), "else the browser would show the file"
        page.wait_for_selector("#told >> text=Cutting")
        page.wait_for_selector("#told >> text=Drafts appear")
        page.evaluate("document.querySelector('#stop').click()")


def draw_stroke(page: Page) -> None:
    """One green stroke on the bottle's neck."""
    page.locator("#brush canvas").first.scroll_into_view_if_needed()
    box = page.locator("#brush canvas").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.48, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.35, steps=6)
    page.mouse.up()


@pytest.mark.exhaustive(
    "tests/ui/test_words_and_orders.py::test_an_order_or_a_reload_while_the_cut_out_is_corrected_is_of_what_comes_of_it",
    "tests/ui/test_page.py::test_a_photo_is_pasted_or_dropped_anywhere_one_after_the_other",
)
def test_an_order_that_is_given_while_a_photo_is_sent_is_of_that_photo(
    ready: Page, served: Served, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page, file = ready, tmp_path / "things.png"
    file.write_bytes(draw_things())
    name = request.node.name.replace("_", " ")
    (before,) = (path for path in served.folder.glob("*/session.json") if name in path.read_text(encoding="utf-8"))
    kept = before.read_bytes()
    sent: list[Route] = []
    page.route("**/upload?*", lambda route: sent.append(route))  # a builtin is no handler
    drop(page, file)
    page.wait_for_function("document.querySelector('#photo .uploading')")
    page.click("#finals")
    page.wait_for_selector(".ps-waits >> text=still being cut out")
    page.evaluate(READ_LATE)
    sent[0].continue_()
    page.wait_for_selector("#progress >> text=/[Ff]inal picture/")
    assert not page.is_visible(".ps-waits")
    assert before.read_bytes() == kept, "the photo of before has no new pictures"
    page.evaluate("document.querySelector('#stop').click()")  # which does nothing where the work is done
    drop(page, file)
    page.wait_for_function("document.querySelector('#photo .uploading')")
    page.click("#drafts")
    page.wait_for_selector(".ps-waits >> text=still being cut out")
    sent[1].fulfill(status=413)
    page.wait_for_selector(".ps-waits", state="hidden")


@pytest.mark.exhaustive(
    "tests/ui/test_words_and_orders.py::test_strokes_of_two_tabs_both_count",
    "tests/ui/test_words_and_orders.py::test_strokes_stay_where_another_thing_is_chosen",
)
def test_a_brush_takes_part_of_the_product_away(ready: Page) -> None:
    from playwright.sync_api import TimeoutError as Late

    page = ready
    draw_draft(page)
    before = page.get_attribute("#cut img", "src")
    page.set_viewport_size({"width": 480, "height": 1000})
    page.evaluate(FEW_FRAMES)  # the brush draws its canvas all the time
    open_box(page, "#correct button.label-wrap")
    page.wait_for_selector("#brush canvas")
    page.wait_for_selector("#brush [aria-label=Undo]:not([disabled])")  # once the photo is laid under it
    for _ in range(WAIT_MS // ANSWER_MS):  # a busy page takes no stroke yet, or has not told of it when it is asked for
        draw_stroke(page)
        page.click("#use-strokes")
        with contextlib.suppress(Late):  # a stroke more would be another cut-out, and the picture drawn anew
            page.wait_for_selector("#strokes-told >> text=The cut-out follows your strokes", timeout=ANSWER_MS)
            break
    page.wait_for_selector("#strokes-told >> text=The cut-out follows your strokes")
    assert page.get_attribute("#cut img", "src") is not None
    assert before is not None


def test_light_draws_a_draft_again_and_it_becomes_its_final(ready: Page) -> None:
    page = ready
    draw_draft(page)
    first = page.get_attribute("#shots img", "src")
    open_box(page, "#light-box button.label-wrap")
    page.check("#own-light input")
    wait_for_another_shot(page, first)
    page.wait_for_selector("#progress >> text=1 draft, ready")
    second = page.get_attribute("#shots img", "src")
    page.focus("#dial svg")
    page.keyboard.press("ArrowRight")
    wait_for_another_shot(page, second)
    page.wait_for_selector("#progress >> text=1 draft, ready")
    page.click("#shots .ps-shot")
    page.click("#finish")
    wait_for_finals(page, 1)


@pytest.mark.exhaustive(
    "tests/ui/test_page.py::test_light_draws_a_draft_again_and_it_becomes_its_final",
    "tests/ui/test_words_and_orders.py::test_controls_become_a_request",
)
def test_what_the_photo_says_of_its_camera_is_shown_and_can_be_said_otherwise(ready: Page) -> None:
    from playwright.sync_api import TimeoutError as Late

    page = ready
    draw_draft(page)
    first = page.get_attribute("#shots img", "src")
    page.evaluate(FEW_FRAMES)
    open_box(page, "#light-box button.label-wrap")
    told = page.inner_text("#pitch")
    assert "the photo says" in told, told  # the example's ends are ellipses
    assert not page.is_checked("#own-pitch input")
    page.fill("#pitch input[type=number]", "30")
    page.evaluate("() => new Promise(requestAnimationFrame)")  # in which the page draws what it has just opened
    assert page.input_value("#pitch input[type=number]") == "30"
    page.keyboard.press("Tab")
    page.wait_for_function("document.querySelector('#own-pitch input').checked")
    wait_for_another_shot(page, first)
    page.wait_for_selector("#progress >> text=1 draft, ready")
    for _ in range(
        WAIT_MS // ANSWER_MS
    ):  # both what was typed and what was ticked draw it anew: the first may be chosen
        page.click("#shots .ps-shot >> nth=0")
        open_box(page, "button.label-wrap:has-text('The code that makes it again')")
        with contextlib.suppress(Late):
            page.wait_for_function("document.body.innerText.includes('--pitch 30.0')", timeout=ANSWER_MS)
            break
    assert "--pitch 30.0" in page.inner_text("body")


@pytest.mark.exhaustive("tests/ui/test_page.py::test_a_reload_in_the_middle_of_work_goes_on")
def test_an_order_right_after_a_group_of_sizes_is_of_that_group_and_what_is_finished_stays_where_it_is_stopped(
    ready: Page,
) -> None:
    page = ready
    page.evaluate(ANSWER_LATE)
    page.click("#social-sizes")
    page.click("#finals")
    page.wait_for_selector("#progress >> text=/final pictures?: \\d of|final pictures?, ready/")
    assert re.search(r"of 5|5 final", told := page.inner_text("#progress")), told
    page.wait_for_selector("#progress >> text=/final pictures: [1-9] of 5|5 final pictures, ready/")
    page.evaluate("document.querySelector('#stop').click()")  # which does nothing where the work is done
    page.wait_for_selector("#progress >> text=/Stopped|ready/")
    wait_for_shots(page, 1)


def test_a_reload_in_the_middle_of_work_goes_on(ready: Page) -> None:
    page = ready
    page.fill("#prompts textarea", "on slate")
    page.wait_for_selector("#reading .ps-note >> text=slate")
    page.click("#finals")
    page.wait_for_selector("#progress >> text=/final pictures: [01] of 2|2 final pictures, ready/")
    page.reload()
    page.wait_for_selector("#cut img")
    page.wait_for_selector("#progress >> text=2 final pictures, ready")
    wait_for_shots(page, 2)


def test_a_server_that_is_gone_is_told_and_controls_are_kept_until_it_is_back(ready: Page) -> None:
    page = ready
    page.fill("#prompts textarea", "on slate")
    page.click("#sizes [data-id=story]")
    open_box(page, "#light-box button.label-wrap")
    page.check("#own-light input")
    page.route("**/healthz", lambda route: route.abort())
    told = page.get_by_role("alert").filter(has_text="has stopped answering")
    told.wait_for()
    assert "Your photo and settings are kept" in told.inner_text()
    with loading(page):
        page.unroute("**/healthz")
        page.wait_for_event("load")
    page.wait_for_selector("#cut img")
    page.wait_for_function("document.querySelector('#prompts textarea').value === 'on slate'")
    chosen = page.locator("#sizes [aria-checked=true]")
    assert [size.get_attribute("data-id") for size in chosen.all()] == ["story", "landscape"]
    assert page.locator("#recommended [aria-checked=true]").count() == 1
    assert page.is_checked("#own-light input")
    assert not told.is_visible()


@pytest.mark.exhaustive(
    "tests/ui/test_words_and_orders.py::test_two_tabs_open_one_work_and_a_running_one_is_kept_in_memory"
)
def test_two_browsers_at_once(browser: Browser, served: Served) -> None:
    contexts = [browser.new_context(**SEEN) for _ in range(2)]
    pages = []
    for context in contexts:
        context.set_default_timeout(WAIT_MS)
        pages.append(open_page(context, served))
    for page in pages:
        page.click("#example")
    for page in pages:
        wait_for_shots(page, 1)
    assert len({page.get_attribute("#shots img", "src").split("/")[1] for page in pages}) == 2  # type: ignore[union-attr]
    for page in pages:
        page.evaluate("document.querySelector('#stop').click()")  # the other drafts: one test draws all six
    for context in contexts:
        context.close()


def test_what_goes_wrong_is_told_in_plain_words(visit: BrowserContext, served: Served, tmp_path: Path) -> None:
    page = open_page(visit, served)
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 not a picture")
    drop(page, tmp_path / "broken.jpg")
    page.wait_for_selector("#told >> text=can't be read as a photo")
    page.fill("#prompts textarea", "on slate")
    page.wait_for_function("(sessionStorage.getItem('photoshoot-controls') || '').includes('on slate')")
    with loading(page):
        page.reload()
    page.wait_for_function("document.querySelector('#prompts textarea').value === 'on slate'")  # without a photo, too
    flat = np.full((400, 400, 3), 200, np.uint8)
    Image.fromarray(flat).save(tmp_path / "empty.png")
    drop(page, tmp_path / "empty.png")
    page.wait_for_selector("#told >> text=No product was found")
    with loading(page):
        page.reload()
    (tmp_path / "large.png").write_bytes(BOTTLE.read_bytes() + bytes(30 * 2**20))
    drop(page, tmp_path / "large.png")
    page.wait_for_selector("#told >> text=too large")
    page.click("#finals")
    page.wait_for_selector("#wrong >> text=Drop a photo first")
    page.fill("#prompts textarea", "qwxz vbnm")
    page.wait_for_selector("#reading >> text=nothing of it was understood")
    assert page.inner_text("#stop") == "Stop"
    assert "No pictures yet" in page.inner_text("#shots")
    assert not re.search("Traceback|Error rendering", page.content())


@pytest.mark.exhaustive(
    "tests/ui/test_words_and_orders.py::test_what_was_kept_and_then_taken_away_is_so_after_a_restart",
    "tests/ui/test_page.py::test_light_draws_a_draft_again_and_it_becomes_its_final",
)
def test_an_earlier_session_is_opened_after_a_restart(
    browser: Browser, visit: BrowserContext, drafted: Drafted, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("again")
    drafted.copy(folder / "sessions", "what an earlier process left")
    shutil.copytree(drafted.folder, folder / "sessions" / drafted.folder.name)
    second = start(folder, folder / "sessions")
    try:
        kept = json.dumps(drafted.state).replace(drafted.url, second.url)
        known = browser.new_context(storage_state=json.loads(kept), **SEEN)
        known.set_default_timeout(WAIT_MS)
        open_page(known, second).wait_for_selector("#cut img")  # the browser's own session
        known.close()
        page = open_page(visit, second)
        reopen(page, "what an earlier process left")
        wait_for_shots(page, 1)
    finally:
        second.process.terminate()
        second.process.wait(PATIENCE_S)


@pytest.mark.swept("scheme")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_of_access(
    browser: Browser, served: Served, drafted: Drafted, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(color_scheme=scheme, storage_state=drafted.state, **SEEN)
    context.set_default_timeout(WAIT_MS)
    page = open_page(context, served)
    page.wait_for_selector("#cut img")
    wait_for_shots(page, 1)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"window.innerWidth === {width}")
        found = axe.Axe().run(page).response["violations"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
        serious = [
            (fault["id"], [re.sub(r"\s+", " ", node["html"])[:160] for node in fault["nodes"][:4]])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert not serious, f"{width} px: {json.dumps(serious, indent=1)}"
    context.close()
