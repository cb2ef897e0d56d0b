from __future__ import annotations

import dataclasses
import io
import logging
import re
import socket
import struct
import tempfile
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from uuid import UUID

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from photoshoot.jobs import Credentials
from photoshoot.server import Service
from tests.conftest import EXAMPLES
from tests.jobs.waiting import wait_until
from tests.server.asking import ask, headers_of
from tests.server.uploads import draw_photo, encode_photo, two_bottles

RECOMMENDATIONS = "/api/v1/Image/ProductGeneration/Recommendations"
LEAK = re.compile(r"Traceback|0x[0-9a-f]{6}|site-packages|\.py\b|/(work|tmp|usr|root|home|srv)/|PIL|BytesIO")


@pytest.fixture(scope="module")
def form(credentials: Credentials, user_id: UUID) -> dict[str, str]:
    return {"applicationId": str(credentials.application.id), "userId": str(user_id)}


def upload(client: httpx.Client, form: Mapping[str, str], file: bytes, name: str = "photo.png") -> httpx.Response:
    """The answer to an upload, which has neither an internal error nor a leak in any case."""
    reply = client.post(RECOMMENDATIONS, data=form, files={"productImage": (name, file)})
    assert reply.status_code in (200, 400), reply.text
    assert not LEAK.search(reply.text), reply.text
    return reply


@pytest.mark.parametrize("path", [RECOMMENDATIONS, RECOMMENDATIONS.replace("Recommendations", "Shoot")])
def test_a_missing_photo_is_told_with_all_else_that_is_missing(client: httpx.Client, path: str) -> None:
    reply = client.post(path, files={"other": ("a.txt", b"text")})
    assert reply.status_code == 400
    assert reply.json()["errors"] == {
        "applicationId": ["The applicationId field is required."],
        "userId": ["The userId field is required."],
        "productImage": [
            "The productImage field is required.",
            "The request does not contain a file. Please make sure to upload the file.",
        ],
    }


def photo_of(mode: str) -> Image.Image:
    """A small photo of a bottle, opaque."""
    with Image.open(EXAMPLES / "bottle.jpg") as image:
        return image.resize((240, 240 * image.height // image.width)).convert(mode)


def deep_png() -> bytes:
    """Sixteen bits of grey."""
    grey = np.asarray(photo_of("L"), np.uint16) * 257
    return encode_photo(Image.fromarray(grey))


def turned_jpeg() -> bytes:
    """Lies on its side; EXIF says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encode_photo(photo_of("RGB").transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


def palette_png() -> bytes:
    return encode_photo(draw_photo().quantize(64))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb_png(width: int, height: int) -> bytes:
    """A picture that says it is huge; its data is a short stream of zeros."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(2**20), 9)) + chunk(b"IEND", b"")


def text_bomb_png() -> bytes:
    """A small picture with 200 MB of zeros in a compressed text."""
    squeezer = zlib.compressobj(9)
    text = b"".join(squeezer.compress(bytes(2**20)) for _ in range(200)) + squeezer.flush()
    good = encode_photo(draw_photo())
    return good[:33] + chunk(b"zTXt", b"Comment\x00\x00" + text) + good[33:]


def animation(format: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "blue")]
    return encode_photo(frames[0], format, save_all=True, append_images=frames[1:])


GOOD: Mapping[str, Callable[[], bytes]] = {
    "transparent": lambda: encode_photo(draw_photo()),
    "webp": lambda: encode_photo(draw_photo(), "WEBP", lossless=True),
    "tiff": lambda: encode_photo(draw_photo(), "TIFF"),
    "palette": palette_png,
    "16 bits": deep_png,
    "cmyk": lambda: encode_photo(photo_of("CMYK"), "JPEG"),
    "turned by exif": turned_jpeg,
    "gif": lambda: encode_photo(photo_of("RGB").quantize(64), "GIF"),
    "bmp": lambda: encode_photo(photo_of("RGB"), "BMP"),
}
BAD: Mapping[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"hello" * 100,
    "pdf": lambda: b"%PDF-1.6\n%%EOF",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "animated gif": lambda: animation("GIF"),
    "truncated png": lambda: encode_photo(draw_photo())[:2000],
    "truncated jpeg": lambda: encode_photo(photo_of("RGB"), "JPEG")[:1500],
    "header only": lambda: b"\x89PNG\r\n\x1a\n",
    "jpeg start only": lambda: b"\xff\xd8\xff\xe0",
    "tiff of itself": lambda: b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x08\x00\x00\x00" * 50,
    "tiny": lambda: encode_photo(Image.new("RGB", (4, 4))),
    "animated png": lambda: animation("PNG"),
    "animated webp": lambda: animation("WEBP"),
    "several pages": lambda: animation("TIFF"),
    "bomb": lambda: bomb_png(50_000, 50_000),
    "thin bomb": lambda: bomb_png(2**31 - 1, 16),
    "zero size": lambda: bomb_png(0, 0),
    "text bomb": text_bomb_png,
    "heic": lambda: b"\x00\x00\x00\x18ftypheic" + bytes(200),
    "avif": lambda: b"\x00\x00\x00\x18ftypavif" + bytes(200),
    "polyglot": lambda: encode_photo(draw_photo()) + b"<script>alert(document.domain)</script>",
}


@pytest.mark.swept("kind")
@pytest.mark.parametrize("kind", GOOD)
def test_a_photo_of_every_kind_is_taken(client: httpx.Client, form: Mapping[str, str], kind: str) -> None:
    reply = upload(client, form, GOOD[kind]())
    assert reply.status_code == 200, reply.text


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_single_photo_is_refused_by_name(client: httpx.Client, form: Mapping[str, str], kind: str) -> None:
    reply = upload(client, form, BAD[kind]())
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == ["productImage"]


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\x00.png", "é🙂.png", "x" * 1000, "", "CON"])
def test_a_files_name_does_not_matter(client: httpx.Client, form: Mapping[str, str], name: str) -> None:
    upload(client, form, encode_photo(draw_photo()), name)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), format=st.sampled_from(["PNG", "JPEG", "WEBP", "TIFF"]))
def test_no_damaged_file_breaks_it(
    client: httpx.Client, form: Mapping[str, str], data: st.DataObject, format: str
) -> None:
    image = draw_photo().resize((48, 64))
    file = bytearray(encode_photo(image.convert("RGB") if format == "JPEG" else image, format))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    del file[data.draw(st.integers(len(file) // 2, len(file))) :]
    upload(client, form, bytes(file))


def part(name: str, value: str, boundary: str = "b") -> str:
    return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=", b"x", 400),
        ("multipart/form-data; boundary=b", b"", 400),
        ("multipart/form-data; boundary=b", b"--b", 400),
        ("multipart/form-data; boundary=b", b"nonsense" * 50, 400),
        ("multipart/form-data; boundary=b", part("userId", "x").encode() + b"--b--", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n" + b"X" * 20_000 + b": y\r\n\r\nx\r\n--b--", 400),
        ("multipart/form-data; boundary=b", (part("x", "y") * 100).encode() + b"--b--", 400),
        ("multipart/form-data; boundary=b", part("userId", "x" * 200_000).encode() + b"--b--", 400),
        ("multipart/form-data; boundary=b; charset=utf-7", part("userId", "\xe9").encode("latin-1") + b"--b--", 400),
        (f"multipart/form-data; boundary={'b' * 300}", b"x", 400),
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"userId=x", 400),
        ("", b"x", 415),
    ],
)
def test_a_broken_form_is_refused(client: httpx.Client, content_type: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    reply = client.post(RECOMMENDATIONS, content=body, headers=headers)
    assert reply.status_code == status, reply.text
    assert not LEAK.search(reply.text), reply.text


def test_fields_are_checked_before_the_photo_and_all_are_named(client: httpx.Client) -> None:
    files: dict[str, tuple[str | None, bytes]] = {
        "productImage": ("a.png", b"nonsense"),
        "userId": (None, b"not a guid"),
    }
    reply = client.post(RECOMMENDATIONS, files=files)
    assert reply.json()["errors"] == {
        "applicationId": ["The applicationId field is required."],
        "userId": ["The value 'not a guid' is not valid."],
    }


class Flood:
    """A body without an end, and how much of it was taken."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.taken = 0
        self._head = "".join(part(name, value) for name, value in form.items()).encode()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._head + b'--b\r\nContent-Disposition: form-data; name="productImage"; filename="a"\r\n\r\n'
        while True:
            self.taken += 65536
            assert self.taken < 2**30, "it reads on and on"
            yield bytes(65536)


def test_the_limit_holds_while_the_file_streams_in(
    service: Service, credentials: Credentials, form: Mapping[str, str]
) -> None:
    small = dataclasses.replace(service, settings=dataclasses.replace(service.settings, max_upload_bytes=2**20))
    flood = Flood(form)
    headers = {**headers_of(credentials), "Content-Type": "multipart/form-data; boundary=b"}
    reply = ask(small, "POST", RECOMMENDATIONS, headers=headers, content=flood)
    assert reply.status_code == 400
    assert reply.json()["errors"][0] == {
        "title": "File too large",
        "code": "file_too_large",
        "detail": "File exceeds limit of 1MB",
    }
    assert flood.taken < 2 * 2**20


def test_nothing_is_read_of_those_who_may_not_upload(service: Service, form: Mapping[str, str]) -> None:
    flood = Flood(form)
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    reply = ask(service, "POST", RECOMMENDATIONS, headers=headers, content=flood)
    assert reply.status_code == 401
    assert flood.taken == 0


def test_an_announced_length_over_the_limit_is_refused_before_the_body(
    service: Service, credentials: Credentials, form: Mapping[str, str]
) -> None:
    flood = Flood(form)
    headers = {
        **headers_of(credentials),
        "Content-Type": "multipart/form-data; boundary=b",
        "Content-Length": str(2**40),
    }
    reply = ask(service, "POST", RECOMMENDATIONS, headers=headers, content=flood)
    assert reply.json()["errors"][0]["code"] == "file_too_large"
    assert flood.taken == 0


def test_a_client_that_hangs_up_is_no_internal_error(
    client: httpx.Client, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "photoshoot")
    address = (client.base_url.host, client.base_url.port)
    headers = {**headers_of(credentials), "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "100000"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(address) as connection:
        head = f"POST {RECOMMENDATIONS} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n{lines}\r\n"
        connection.sendall(f"{head}--b\r\n".encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 100")  # by now the body is being read
    told = caplog.records
    wait_until(lambda: [record for record in list(told) if vars(record).get("facts", {}).get("status") == 499])
    assert "internal error" not in caplog.text


def test_uploads_leave_no_file_behind(
    client: httpx.Client, form: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    noise = np.random.default_rng(1).integers(0, 256, (900, 900, 3), np.uint8)
    upload(client, form, encode_photo(Image.fromarray(noise)))  # over a megabyte: spooled
    assert list(tmp_path.iterdir()) == []


def test_a_form_says_which_thing_is_meant_and_corrects_it(
    service: Service, client: httpx.Client, form: Mapping[str, str], credentials: Credentials
) -> None:
    file = two_bottles()
    with Image.open(io.BytesIO(file)) as photo:
        width, height = photo.size
    stroke = np.zeros((height, width), np.uint8)
    stroke[:, : width // 2] = 255
    mask = encode_photo(Image.fromarray(stroke))

    def box(data: Mapping[str, str], **files: bytes) -> tuple[int, int, int, int]:
        reply = client.post(RECOMMENDATIONS, data={**form, **data}, files={"productImage": file, **files})
        assert reply.status_code == 200, reply.text
        asset = UUID(reply.json()["backgroundRemovedImageAssetId"])
        return service.jobs.assets.load(credentials.application.id, asset).cutout.box.as_tuple()

    everything, right = box({}), box({"select": "the right one"})
    assert right[2] == everything[2]
    assert right[0] >= width // 2 > everything[0]
    assert box({"Remove": "", "glass": "false"}, remove=mask)[0] >= width // 2
    for wrong in ({"select": "the purple one"}, {"select": "9"}):
        reply = client.post(RECOMMENDATIONS, data={**form, **wrong}, files={"productImage": file})
        assert reply.status_code == 400
        assert "select" in reply.json()["errors"]
    reply = client.post(RECOMMENDATIONS, data=form, files={"productImage": file, "keep": b"nonsense"})
    assert reply.status_code == 400
    assert "keep" in reply.json()["errors"]
    small = encode_photo(Image.fromarray(stroke[1:]))
    reply = client.post(RECOMMENDATIONS, data=form, files={"productImage": file, "remove": small})
    (told,) = reply.json()["errors"]["remove"]
    asked, there = f"{width}x{height - 1}", f"{width}x{height}"
    assert told == f"The value '{asked} px' is not allowed: give a picture of the photo's size, {there} px."
