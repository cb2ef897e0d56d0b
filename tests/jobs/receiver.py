"""A webhook's receiver on this machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.jobs.waiting import PATIENCE_S


@dataclass(frozen=True)
class Message:
    """A message as it came in."""

    headers: Mapping[str, str]
    raw: bytes
    path: str
    came_s: float
    """When it came, seconds since 1970."""

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    def is_signed_with(self, secret: str) -> bool:
        """Checks the signature as a receiver would, from the description of the scheme alone."""
        key = base64.b64decode(secret.split("_", 1)[1])
        stamp = self.headers["webhook-timestamp"]
        signed = f"{self.id}.{stamp}.".encode() + self.raw
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return self.headers["webhook-signature"] == f"v1,{expected}" and abs(self.came_s - int(stamp)) < PATIENCE_S


class Receiver(ThreadingHTTPServer):
    """Answers the tries of the first message with the statuses given, and all else with 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[Message] = []
        self.statuses: list[int] = []
        self.answering = threading.Event()
        """While it is cleared, nothing is answered."""
        self.answering.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"

    @property
    def tries(self) -> list[Message]:
        """Of the first message."""
        return [message for message in self.messages if message.id == self.messages[0].id]

    @property
    def bodies(self) -> list[Any]:
        return [message.body for message in self.messages]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.messages.append(Message(headers, raw, self.path, time.time()))
        is_first = headers.get("webhook-id") == self.server.messages[0].headers.get("webhook-id")
        status = self.server.statuses.pop(0) if is_first and self.server.statuses else 200
        self.server.answering.wait(PATIENCE_S)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("location", "/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def run_receiver() -> Iterator[Receiver]:
    """A receiver that runs meanwhile."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
