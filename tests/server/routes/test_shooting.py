"""One call from photo to picture, whose client may leave."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from photoshoot import Photoshoot
from photoshoot.jobs.store.processes import ProcessFilter
from photoshoot.server import build_app, build_service
from tests.server.asking import headers_of
from tests.server.conftest import generous_settings
from tests.server.uploads import draw_photo, encode_photo

PATH = "/api/v1/Image/ProductGeneration/Shoot"


def test_what_a_client_that_hangs_up_waited_for_is_not_made(shoot: Photoshoot, tmp_path: Path) -> None:
    """It never learned the process's name, and could not ask for it."""
    service = build_service(generous_settings(tmp_path), shoot)  # its jobs are not started: nothing finishes first
    credentials = service.jobs.applications.create("leaving")
    application = credentials.application.id
    form = {"applicationId": str(application), "userId": str(uuid4()), "renderKind": "64"}
    photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
    asked = httpx.Request("POST", f"http://service.test{PATH}", data=form, files=photo, headers=headers_of(credentials))
    body = [{"type": "http.request", "body": asked.read(), "more_body": False}]

    def processes() -> list[Any]:
        return service.jobs.processes.page(application, ProcessFilter(), None, 9)[0]

    async def receive() -> dict[str, Any]:
        if body:
            return body.pop()
        if not processes():
            await asyncio.Event().wait()  # until who asks gives up
        return {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        """Nobody listens."""

    scope = {
        "type": "http",
        "method": "POST",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"waitSeconds=600",
        "headers": [(name.lower(), value) for name, value in asked.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": ("service.test", 80),
        "scheme": "http",
        "http_version": "1.1",
    }
    with contextlib.closing(service):
        asyncio.run(build_app(service)(scope, receive, send))
        (process,) = processes()
    assert [task.state for task in process.tasks] == [6]
