"""A service that is shut down while it is asked: nobody is cut off without a word."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import uvicorn

from photoshoot import Photoshoot
from photoshoot.addresses import take_port, url_of
from photoshoot.server import ServerSettings, Service, build_service
from photoshoot.server.service import Ending
from photoshoot.server.uvicorn_runner import build_server
from tests.jobs.stubs import FlatPlacer, with_placer
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import headers_of
from tests.server.uploads import draw_photo, encode_photo

API = "/api/v1/Image/ProductGeneration"
DRAIN_S = 8
"""What comes in by halves is waited for, and so long."""


@pytest.fixture
def goes_on() -> Iterator[threading.Event]:
    """Set once pictures may be made."""
    event = threading.Event()
    yield event
    event.set()


@contextlib.contextmanager
def ended(server: uvicorn.Server, goes_on: threading.Event) -> Iterator[None]:
    """Whatever fails meanwhile, nothing that works in a thread is left to be waited for."""
    try:
        yield
    finally:
        server.should_exit = True
        goes_on.set()


@pytest.fixture
def slow(shoot: Photoshoot, goes_on: threading.Event, tmp_path: Path) -> Service:
    """A service whose pictures take until the test's end."""
    never = with_placer(shoot, FlatPlacer(before=lambda _: goes_on.wait(PATIENCE_S)))
    return build_service(ServerSettings(folder=tmp_path, drain_s=DRAIN_S), never)


def test_who_waits_is_answered_before_the_service_ends(
    slow: Service, goes_on: threading.Event, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoshoot.server.service._TO_ANSWER_S", DRAIN_S)  # who waits is answered at once
    server, credentials, user = build_server(slow), slow.jobs.applications.create("shop"), str(uuid4())
    form = {"applicationId": str(credentials.application.id), "userId": user, "renderKind": "64"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers_of(credentials).items())
    head += "host: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 1000\r\n\r\n"

    with take_port("127.0.0.1", 0) as listener, ThreadPoolExecutor() as others, ended(server, goes_on):
        running = others.submit(server.run, sockets=[listener])
        wait_until(lambda: server.started)
        with httpx.Client(base_url=url_of(listener), headers=headers_of(credentials), timeout=PATIENCE_S) as client:
            photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
            shooting = others.submit(client.post, f"{API}/Shoot", data=form, files=photo)
            wait_until(lambda: bool(slow.jobs.counts().processing))
            query = {"applicationId": str(credentials.application.id)}
            (told,) = client.get(f"{API}/CheckApplicationAllProgresses", params=query).json()
            ids = {"userId": user, "imageProductGeneratorProcessId": told["imageRenderProcessId"]}
            told_of = threading.Event()

            def follow() -> str:
                with client.stream("GET", f"{API}/ProgressEvents", params=ids) as events:
                    lines = []
                    for line in events.iter_lines():
                        lines.append(line)
                        told_of.set()
                return "\n".join(lines)

            following = others.submit(follow)
            uploading = socket.create_connection(listener.getsockname(), PATIENCE_S)
            uploading.sendall(f"POST {API}/Recommendations HTTP/1.1\r\n{head}".encode())  # and no more of it
            wait_until(lambda: len(server.server_state.tasks) == 3)  # shot, events, upload
            assert told_of.wait(PATIENCE_S)
            server.should_exit = True
            assert "event: progress" in following.result(PATIENCE_S)
            shot = shooting.result(PATIENCE_S)
            assert (shot.status_code, shot.json()["imageRenderProcessId"]) == (202, told["imageRenderProcessId"])
            assert UUID(shot.headers["X-Process-Id"])
            with uploading, uploading.makefile("rb") as read:
                status, _, rest = read.read().decode().partition("\r\n")
            assert status.split()[1] == "503"
            headers, _, body = rest.lower().partition("\r\n\r\n")
            assert {"retry-after: 5", "content-type: application/json"} <= set(headers.split("\r\n"))
            assert f"x-trace-id: {json.loads(body)['extensions']['traceid']}" in headers
        goes_on.set()
        running.result(PATIENCE_S)
    assert not [record for record in caplog.records if record.exc_info and record.levelno >= logging.ERROR]


def test_an_end_begins_once() -> None:
    ending = Ending()
    assert not ending.has_begun
    assert not ending.is_near
    ending.begin(60)
    assert ending.has_begun
    assert not ending.is_near
    ending.begin(0)
    assert 50 < ending.left_s <= 60
