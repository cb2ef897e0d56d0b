"""A small hub: the few answers that the hub's library needs to download a repository, on this machine."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.weights.caches import COMMIT, name_blob

Repositories = Mapping[str, Mapping[str, bytes]]
_FILE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/[^/]+/(?P<path>.+)")
_API = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)/(?P<what>revision|tree)/[^/]+")


class Hub(http.server.ThreadingHTTPServer):
    """Serves repositories but for ``refused`` files; ``sent`` holds the paths of those that were sent."""

    daemon_threads = True

    def __init__(self, repositories: Repositories) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories = repositories
        self.refused: set[str] = set()
        self.sent: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file, api = _FILE.fullmatch(path), _API.fullmatch(path)
        match = file or api
        files = self.server.repositories.get(match["repo"]) if match else None
        if files is None or (file and file["path"] not in files):
            self._send(404, b"", {"X-Error-Code": "EntryNotFound" if files else "RepoNotFound"})
        elif file and file["path"] in self.server.refused:
            self._send(403, b"", {})
        elif file:
            self._send_file(file["path"], files[file["path"]])
        elif api:
            self._send_json(_describe(api["repo"], files) if api["what"] == "revision" else _list(files))

    def _send_file(self, path: str, contents: bytes) -> None:
        etag = name_blob(path, contents)
        headers = {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT}
        if len(etag) == 64:
            headers |= {"X-Linked-ETag": f'"{etag}"', "X-Linked-Size": str(len(contents))}
        if self.command == "GET":
            self.server.sent.append(path)
        self._send(200, contents, headers)

    def _send_json(self, document: object) -> None:
        self._send(200, json.dumps(document).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def _describe(repo: str, files: Mapping[str, bytes]) -> object:
    siblings = [{"rfilename": path, "size": len(contents)} for path, contents in files.items()]
    return {"_id": "1", "id": repo, "modelId": repo, "sha": COMMIT, "private": False, "siblings": siblings}


def _list(files: Mapping[str, bytes]) -> object:
    return [_entry(path, contents) for path, contents in files.items()]


def _entry(path: str, contents: bytes) -> dict[str, object]:
    etag = name_blob(path, contents)
    lfs = {"lfs": {"oid": etag, "size": len(contents), "pointerSize": 130}} if len(etag) == 64 else {}
    return {"type": "file", "path": path, "size": len(contents), "oid": etag[:40], **lfs}


@contextmanager
def serve(repositories: Repositories) -> Iterator[Hub]:
    """Run a hub in a thread."""
    hub = Hub(repositories)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        thread.join()
        hub.server_close()
