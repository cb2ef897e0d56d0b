"""Downloads a photo from the web, within limits of time and size, from public addresses only.

A host's name is looked up once for each request, and the connection goes to the very address that was looked at.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import time
import urllib.parse
from typing import Final

from photoshoot.addresses import is_public, look_up_host
from photoshoot.errors import FileTooLargeError, PhotoError

TIME_LIMIT_S: Final = 30.0
"""Longest a download may take, its redirects included."""
_MOST_REDIRECTS = 5
_CHUNK_BYTES = 1 << 16
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_SCHEMES = {"http": 80, "https": 443}


def is_url(text: object) -> bool:
    """Whether a photo's source is an address of the web."""
    return isinstance(text, str) and text.partition("://")[0].lower() in _SCHEMES


def is_data_uri(text: object) -> bool:
    """Whether a photo's source is the photo itself, as text."""
    return isinstance(text, str) and text[:5].lower() == "data:"


def decode_data_uri(text: str) -> bytes:
    """The file of a photo that is written as ``data:image/…;base64,…``.

    Raises:
        PhotoError: It is none.
    """
    kind, comma, encoded = text.partition(",")
    if not comma or not kind.lower().endswith(";base64"):
        raise PhotoError("a photo as a data URI is written as data:image/jpeg;base64,…")
    try:
        return base64.b64decode(urllib.parse.unquote(encoded), validate=True)
    except ValueError as error:
        raise PhotoError(f"the data URI's base64 is broken: {error}") from error


def download_photo(url: str, max_bytes: int, *, time_limit_s: float = TIME_LIMIT_S) -> bytes:
    """Load a photo's file from the web.

    Args:
        url: An ``http`` or ``https`` address.
        max_bytes: Largest file.
        time_limit_s: Longest time for all of it.

    Raises:
        FileTooLargeError: It has more bytes; no more than these are loaded.
        PhotoError: It can't be had in time, or lies in a private network; says why.
    """
    deadline, target = time.monotonic() + time_limit_s, url
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            found = _ask(target, max_bytes, deadline)
            if isinstance(found, bytes):
                return found
            target = urllib.parse.urljoin(target, found)
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, PhotoError):
            raise
        reason = getattr(error, "strerror", None) or error or type(error).__name__
        raise PhotoError(f"{url} can't be loaded: {reason}") from error
    raise PhotoError(f"{url} can't be loaded: it is redirected more than {_MOST_REDIRECTS} times")


def _ask(url: str, max_bytes: int, deadline: float) -> bytes | str:
    """A file, or where it is instead."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.username is not None:
        raise PhotoError(f"{url} can't be loaded: give an http or https address without a user's name")
    connection = _connect(parts, deadline)
    try:
        connection.request("GET", _write_target(parts), headers={"User-Agent": "photoshoot"})
        with connection.getresponse() as answer:  # one that ends the connection has the socket, and closes it
            if answer.status in (301, 302, 303, 307, 308) and (place := answer.getheader("Location")):
                return place
            if answer.status != http.client.OK:
                raise PhotoError(f"{url} can't be loaded: the server answers {answer.status} {answer.reason}")
            return _read(answer, connection, max_bytes, deadline)
    finally:
        connection.close()


def _write_target(parts: urllib.parse.SplitResult) -> str:
    """Path and query as a request has them; in addresses they may be written with spaces and in any letters."""
    return urllib.parse.quote(parts._replace(scheme="", netloc="", fragment="").geturl(), safe=_PRINTABLE) or "/"


def _connect(parts: urllib.parse.SplitResult, deadline: float) -> http.client.HTTPConnection:
    host, port = str(parts.hostname), parts.port or _SCHEMES[parts.scheme]
    addresses = look_up_host(host, port)
    if not all(map(is_public, addresses)):
        raise PhotoError(f"{parts.geturl()} is in a private network: save it as a file and give that")
    connection = http.client.HTTPConnection(host, port)
    connection.sock = socket.create_connection((addresses[0], port), timeout=_left_s(deadline))
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    return connection


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, max_bytes: int, deadline: float
) -> bytes:
    data = bytearray()
    while chunk := answer.read1(_CHUNK_BYTES):
        data += chunk
        if len(data) > max_bytes:
            raise FileTooLargeError(len(data), max_bytes)
        if connection.sock is not None:
            connection.sock.settimeout(_left_s(deadline))
    return bytes(data)


def _left_s(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it takes too long")
    return left
