"""Photos from the web: within a size and a time, and from public addresses alone."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import io
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from photoshoot import FileTooLargeError, PhotoError, PhotoLimits, read_photo
from photoshoot.pixels import downloads
from photoshoot.pixels.downloads import download_photo, is_url

PICTURE = np.full((32, 48, 3), 90, np.uint8)


def encode() -> bytes:
    file = io.BytesIO()
    Image.fromarray(PICTURE).save(file, "PNG")
    return file.getvalue()


class Answers(http.server.BaseHTTPRequestHandler):
    """``/mug.png`` is a picture, ``/to?PLACE`` and ``/loop`` are elsewhere, ``/never`` stops midway; no more is.

    ``/Gro%C3%9Fe%20Tasse.png?v=1`` is that picture for those who say who they are.
    """

    left = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/Gro%C3%9Fe%20Tasse.png?v=1" and self.headers["User-Agent"] == "photoshoot":
            self.path = "/mug.png"
        place = "/loop" if self.path == "/loop" else self.path.partition("?")[2]
        self.send_response(200 if self.path in ("/mug.png", "/never") else 302 if place else 404)
        if place:
            self.send_header("Location", place)
        self.end_headers()
        if self.path == "/mug.png":
            self.wfile.write(encode())
        elif self.path == "/never":
            self.wfile.write(b"x")
            self.wfile.flush()
            self.left.wait()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of this machine, which here counts as public."""
    Answers.left.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(downloads, "is_public", lambda address: address == "127.0.0.1")
        yield f"http://127.0.0.1:{server.server_address[1]}"
        Answers.left.set()
        server.shutdown()


@pytest.mark.parametrize("path", ["/mug.png", "/to?/mug.png", "/to?/to?/mug.png"])
def test_a_photo_is_read_from_its_address(site: str, path: str) -> None:
    photo = read_photo(site + path)
    np.testing.assert_array_equal(photo.rgb, PICTURE)
    assert photo.name == ("mug" if path == "/mug.png" else "to")


@pytest.mark.parametrize("path", ["/Große Tasse.png?v=1", "/Gro%C3%9Fe%20Tasse.png?v=1"])
def test_an_address_may_be_written_as_it_is_read(site: str, path: str) -> None:
    np.testing.assert_array_equal(read_photo(site + path).rgb, PICTURE)


@pytest.mark.parametrize("path", ["/gone.png", "/to?/mug.png", "/mug.png"])
def test_each_answer_is_closed(site: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    given: list[http.client.HTTPResponse] = []
    get = http.client.HTTPConnection.getresponse

    def watched(connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
        given.append(get(connection))
        return given[-1]

    monkeypatch.setattr(http.client.HTTPConnection, "getresponse", watched)
    with contextlib.suppress(PhotoError):
        read_photo(site + path)
    assert given
    assert all(answer.isclosed() for answer in given)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone.png", "404"),
        ("/to?file:///etc/passwd", "http or https"),
        ("/to?http://[::1]/mug.png", "private network"),
        ("/to?http://10.0.0.1/mug.png", "private network"),
        ("/to?http://me:secret@example.com/", "user"),
        ("/to?http://no-such-host.invalid/", r"can't be loaded: [^\[\]]+$"),
    ],
)
def test_what_cant_be_had_is_told(site: str, path: str, words: str) -> None:
    with pytest.raises(PhotoError, match=words):
        read_photo(site + path)


def test_an_endless_redirect_ends(site: str) -> None:
    with pytest.raises(PhotoError, match="redirected more than"):
        download_photo(f"{site}/loop", 10_000)


def test_no_more_is_loaded_than_a_photo_may_have(site: str) -> None:
    with pytest.raises(FileTooLargeError):
        read_photo(f"{site}/mug.png", PhotoLimits(max_bytes=len(encode()) - 1))
    assert download_photo(f"{site}/mug.png", len(encode())) == encode()


def test_a_server_that_never_ends_is_left(site: str) -> None:
    with pytest.raises(PhotoError, match="can't be loaded"):
        download_photo(f"{site}/never", 10_000, time_limit_s=0.2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]"])
def test_private_networks_are_refused(host: str) -> None:
    with pytest.raises(PhotoError, match="private network"):
        read_photo(f"http://{host}/mug.png")


def test_only_the_webs_addresses_are_addresses() -> None:
    assert is_url("HTTPS://example.com/a.jpg")
    assert not any(map(is_url, ["a.jpg", "C:/a.jpg", "ftp://example.com/a.jpg", "file:///a.jpg", b"http://x", None]))
