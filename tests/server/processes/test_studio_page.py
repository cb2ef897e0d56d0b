"""The page under ``/studio`` of ``photoshoot serve``, as it runs: behind its own login, in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
from pathlib import Path

import httpx
import pytest

from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.processes.test_serving_apart import children_of, loaded_by, serving

if importlib.util.find_spec("gradio") is None:  # which is not imported: it takes two seconds, and is not needed here
    pytest.skip("the extra ui is not installed", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[3]
BOTTLE = ROOT / "examples" / "bottle.jpg"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are looked at through Linux's /proc"),
]


LONG = pytest.mark.exhaustive(
    "tests/server/processes/test_studio_page.py::test_the_page_is_served_beside_the_service",
    "tests/server/processes/test_serving_apart.py::test_what_works_may_die_and_what_answers_is_lean",
)
"""Its process is killed, and another one begun: the same supervision as of those that make the service's pictures."""


def make_picture(page: httpx.Client) -> bytes:
    """A draft, asked for as Gradio's own client does: an upload, a call, its events, a file."""
    (path,) = page.post("gradio_api/upload", files={"files": ("bottle.jpg", BOTTLE.read_bytes())}).json()
    photo = {"path": path, "meta": {"_type": "gradio.FileData"}}
    asked = {"data": [photo, "white_background", "medium_banner", True]}
    event = page.post("gradio_api/call/make_picture", json=asked).json()["event_id"]
    with page.stream("GET", f"gradio_api/call/make_picture/{event}") as events:
        told = [line for line in events.iter_lines() if line.startswith("data: ")]
    (made,) = json.loads(told[-1].removeprefix("data: "))
    return page.get(made["url"]).content


@pytest.mark.parametrize("dies", [False, pytest.param(True, marks=LONG)])
def test_the_page_is_served_beside_the_service(dies: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"STUDIO_PAGE": "true", "STUDIO_PASSWORD": "open sesame", "FAILURES_A_MINUTE": "2", "DRAIN_S": "3600"}
    for name, value in given.items():
        monkeypatch.setenv(f"PHOTOSHOOT_{name}", value)
    with serving(tmp_path, "--workers", "0") as (program, url, _):
        assert httpx.get(f"{url}/healthz", timeout=PATIENCE_S).status_code == 200, "as soon as the url is told"
        assert "gradio" not in Path(f"/proc/{program.pid}/maps").read_text()
        assert loaded_by(program.pid) == ""
        assert "Try it here" in httpx.get(url, timeout=PATIENCE_S).text
        with httpx.Client(timeout=PATIENCE_S) as stranger:
            refused = {stranger.get(f"{url}/studio/").status_code for _ in range(6)}  # of two minutes, perhaps
        assert refused == {401, 429}
        with httpx.Client(
            base_url=f"{url}/studio/", auth=("photoshoot", "open sesame"), timeout=PATIENCE_S, follow_redirects=True
        ) as page:
            assert page.get(f"{url}/studio").url.path == "/studio/"
            wait_until(lambda: page.get("healthz").status_code == 200)
            assert page.get("config").json()["root"] == f"{url}/studio"
            assert make_picture(page).startswith(b"\x89PNG")
            assert page.get("presets/white_background.webp").headers["content-type"] == "image/webp"
            (child,) = [pid for pid, loaded in children_of(program.pid).items() if "mitsuba" in loaded]
            if dies:
                os.kill(child, signal.SIGKILL)
                wait_until(lambda: page.get("healthz").status_code == 503 or child not in children_of(program.pid))
                wait_until(lambda: page.get("healthz").status_code == 200)
            assert list((tmp_path / "studio").glob("*/pictures/*.png"))
            with page.stream("GET", "gradio_api/heartbeat/none"):  # a page that is open holds no end up
                program.terminate()
                assert program.wait(PATIENCE_S) == 0
