"""``photoshoot serve`` as it runs: the process that answers is lean, and those that work may die."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from photoshoot.cli import main
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.uploads import draw_photo, encode_photo

ROOT = Path(__file__).resolve().parents[3]
API = "/api/v1/Image/ProductGeneration"
MOST_KB = 350 * 1024
ENGINES = ("mitsuba", "drjit", "onnxruntime", "torch", "scipy")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are looked at through Linux's /proc"),
]


def run(*words: str, **options: Any) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "PHOTOSHOOT_POLLS_A_MINUTE": "1000000",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "photoshoot", *words, "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


@contextlib.contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str, dict[str, str]]]:
    """A service, its URL, and the secrets of an application."""
    where = ["--folder", str(folder)]
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert main(["apps", "create", "shop", *where, "--json"]) == 0
    secrets = json.loads(told.getvalue())
    with open(folder / "log", "w", encoding="utf-8") as log:
        program = run("serve", *where, "--port", "0", "--samples", "1", *more, stderr=log)
    with program:
        try:
            assert program.stdout is not None
            answer = ""
            while not answer.endswith("}\n"):
                line = program.stdout.readline()
                assert line, (folder / "log").read_text(encoding="utf-8")
                answer += line
            yield program, json.loads(answer)["url"], secrets
        finally:
            program.kill()


def children_of(pid: int) -> dict[int, str]:
    """The processes that one has started, and what of engines each has loaded."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]  # by the thread that did
    return {int(child): loaded_by(int(child)) for child in " ".join(lists).split()}


def loaded_by(pid: int) -> str:
    maps = Path(f"/proc/{pid}/maps").read_text()
    return " ".join(name for name in ENGINES if f"/{name}" in maps)


def is_alive(pid: int) -> bool:
    """Whether a process works, or may: who ends as an orphan is a zombie until whoever is first here collects it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def find_renderer(pid: int) -> int | None:
    return next((child for child, loaded in children_of(pid).items() if "mitsuba" in loaded), None)


def test_what_works_may_die_and_what_answers_is_lean(tmp_path: Path) -> None:
    with serving(tmp_path) as (program, url, secrets):
        headers = {name: secrets[name] for name in ("x-api-key", "x-api-secret")}
        with httpx.Client(base_url=url, headers=headers, timeout=PATIENCE_S) as client:
            ids = {"applicationId": secrets["applicationId"], "userId": str(uuid4())}
            photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
            told = client.post(f"{API}/Recommendations", data=ids, files=photo).json()
            form = {
                **ids,
                "renderKind": "64",
                "productImageAssetId": told["backgroundRemovedImageAssetId"],
                "PromptObjectsString": json.dumps([{"tag": "preset", "preset": told["recommendedPresetIds"][0]}] * 3),
                "productName": "bottle",
                "productDescription": "A bottle.",
            }
            order = client.post(f"{API}/AdCreative", files={name: (None, text) for name, text in form.items()}).json()
            query = {"userId": ids["userId"], "imageProductGeneratorProcessId": order["imageRenderProcessId"]}

            def ask() -> Any:
                return client.get(f"{API}/CheckUserProgress", params=query).json()[0]

            wait_until(lambda: ask()["requestRenderState"] == 2)
            first = find_renderer(program.pid)
            assert first is not None
            os.kill(first, signal.SIGKILL)
            wait_until(lambda: ask()["progress"] == 100)
            assert ask()["isSuccessful"]
            assert find_renderer(program.pid) not in (None, first)
            assert client.get("/readyz").status_code == 200
            assert loaded_by(program.pid) == ""
            status = Path(f"/proc/{program.pid}/status").read_text()
            assert int(status.split("VmHWM:")[1].split()[0]) < MOST_KB
        working = children_of(program.pid)
        assert len(working) >= 2
        program.kill()  # nothing outlives it; that SIGTERM ends it in peace, the README's session holds
        wait_until(lambda: not any(is_alive(child) for child in working))


def test_a_signal_as_soon_as_the_url_is_told_is_heard(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "0") as (program, _, _):
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE_S) == 0
