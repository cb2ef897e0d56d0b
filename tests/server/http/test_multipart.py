"""A form is read from its stream: fields and files by name, and what is no form is refused with its reason."""

from __future__ import annotations

import asyncio
import base64
import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.types import Message

from photoshoot.errors import StoreError
from photoshoot.server.http.errors import ApiError, ValidationError
from photoshoot.server.http.multipart import Form, open_form
from photoshoot.server.http.schemas import RecommendationsForm

_T = TypeVar("_T")
IDS = {"applicationId": "8f14e45f-ceea-467f-a8d3-0c0a5d3a3f10", "userId": "1f14e45f-ceea-467f-a8d3-0c0a5d3a3f10"}
NO_MULTIPART = {"content-type": "application/json"}


def read(sent: httpx.Request, use: Callable[[Form], _T], chunk: int = 7) -> _T:
    """What comes of a form that arrives a few bytes at a time."""
    body = sent.read()
    chunks = [body[at : at + chunk] for at in range(0, len(body), chunk)] or [b""]

    async def receive() -> Message:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def run() -> _T:
        headers = [(name.lower().encode(), value.encode()) for name, value in sent.headers.items()]
        async with open_form(Request({"type": "http", "headers": headers, "method": "POST"}, receive)) as form:
            return use(form)

    return asyncio.run(run())


def post(data: dict[str, str], files: list[tuple[str, bytes]]) -> httpx.Request:
    return httpx.Request(
        "POST", "http://t/", data=data, files=[(name, (f"{name}.png", content)) for name, content in files]
    )


@pytest.mark.parametrize("chunk", [1, 7, 4096])
def test_fields_and_files_come_as_they_were_sent(chunk: int) -> None:
    content = bytes(range(256)) + b"\r\n--x\r\n"
    sent = post(IDS, [("file", content)])
    ids, found = read(sent, lambda form: (form.read(RecommendationsForm), form.file("file").read()), chunk)
    assert ids.model_dump(mode="json", by_alias=True, exclude_unset=True) == IDS
    assert found == content


@pytest.mark.parametrize(("use", "name"), [(Form.file, "file"), (Form.read_optional_file, "FILE")])
def test_of_two_photos_none_is_chosen(use: Callable[[Form, str], object], name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(post(IDS, [("file", b"one"), ("File", b"two")]), lambda form: use(form, name))
    assert caught.value.errors == {name: [f"The {name} field is given more than once."]}
    assert read(post(IDS, [("file", b""), ("file", b"two")]), lambda form: form.file("file").read()) == b"two"


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize("spelt", ["select", "Select"])
def test_of_two_values_none_is_chosen(spelt: str, as_file: bool) -> None:
    def ask(second: str) -> str | None:
        head = f'Content-Disposition: form-data; name="{spelt}"' + '; filename="blob"' * as_file
        parts = (*FIELDS, b'Content-Disposition: form-data; name="select"\r\n\r\n1', f"{head}\r\n\r\n{second}".encode())
        return read(send(*parts), lambda form: form.read(RecommendationsForm).select)

    with pytest.raises(ValidationError) as caught:
        ask("2")
    assert caught.value.errors == {"select": ["The select field is given more than once."]}
    assert [ask(same) for same in ("1", " 1 ", "")] == ["1"] * 3


def test_what_no_call_reads_may_come_as_often_as_it_likes() -> None:
    parts = [f'Content-Disposition: form-data; name="sead"\r\n\r\n{value}'.encode() for value in range(3)]
    assert str(read(send(*FIELDS, *parts), lambda form: form.read(RecommendationsForm).user_id)) == IDS["userId"]


@pytest.mark.parametrize("name", ["filename*=UTF-8''%e2%98%95.jpg", "FileName*=utf-8''m.jpg; x=y", "filename=m.jpg"])
def test_a_file_is_one_however_its_name_is_written(name: str) -> None:
    """Some clients write a name that is no ASCII in the extended form alone."""
    body = f'--x\r\nContent-Disposition: form-data; name="file"; {name}\r\n\r\nphoto\r\n--x--\r\n'.encode()
    headers = {"content-type": "multipart/form-data; boundary=x"}
    sent = httpx.Request("POST", "http://t/", content=body, headers=headers)
    assert read(sent, lambda form: form.file("file").read()) == b"photo"


def send(*parts: bytes, around: tuple[bytes, bytes] = (b"", b"")) -> httpx.Request:
    """A form written by hand: each part is its head, an empty line and its data."""
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts)
    content = around[0] + body + b"--x--\r\n" + around[1]
    return httpx.Request(
        "POST", "http://t/", content=content, headers={"content-type": "multipart/form-data; boundary=x"}
    )


def spell(data: bytes) -> bytes:
    """Quoted-printable: each byte by its number, in short lines."""
    return b"".join(b"=%02X" % byte + b"=\r\n" * (at % 20 == 19) for at, byte in enumerate(data))


FIELDS = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in IDS.items()]
PHOTO = bytes(range(256)) * 3 + b"\r\n\n-\n--y\n\n"
FILE = b'Content-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PHOTO


def hold(sent: httpx.Request, chunk: int) -> None:
    ids, found = read(sent, lambda form: (form.read(RecommendationsForm), form.file("file").read()), chunk)
    assert ids.model_dump(mode="json", by_alias=True, exclude_unset=True) == IDS
    assert found == PHOTO


@pytest.mark.parametrize("chunk", [1, 7, 100_000])
def test_what_stands_before_and_after_the_parts_is_left_out(chunk: int) -> None:
    hold(send(*FIELDS, FILE, around=(b"A form.\r\n-- x\r\n a--x\r\n", b"Its end.\r\n")), chunk)


@pytest.mark.parametrize("chunk", [1, 7, 100_000])
def test_lines_may_end_with_bare_line_feeds(chunk: int) -> None:
    """As programs that write a form by hand often do; a file's own bytes stay."""
    parts = [
        (head.replace(b"\r\n", b"\n"), data) for head, _, data in (p.partition(b"\r\n\r\n") for p in (*FIELDS, FILE))
    ]
    body = b"".join(b"--x\n" + head + b"\n\n" + data + b"\n" for head, data in parts) + b"--x--\n"
    headers = {"content-type": "multipart/form-data; boundary=x"}
    hold(httpx.Request("POST", "http://t/", content=body, headers=headers), chunk)


@pytest.mark.parametrize("kind", ["; filename=p.png", ""])
def test_base64_that_is_none_is_a_broken_form(kind: str) -> None:
    head = f'Content-Disposition: form-data; name="file"{kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    body = f"--b\r\n{head}iVBORw0KG\r\n--b--\r\n".encode()
    sent = httpx.Request("POST", "http://t/", content=body, headers={"content-type": "multipart/form-data; boundary=b"})
    with pytest.raises(ValidationError):
        read(sent, lambda form: form)


@pytest.mark.parametrize(("coding", "encode"), [("base64", base64.encodebytes), ("Quoted-Printable", spell)])
def test_what_is_encoded_for_mail_is_decoded(coding: str, encode: Callable[[bytes], bytes]) -> None:
    def code(part: bytes) -> bytes:
        head, _, data = part.partition(b"\r\n\r\n")
        return head + f"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + encode(data)

    hold(send(*map(code, (*FIELDS, FILE))), 7)


def test_a_picture_without_a_file_name_is_a_file() -> None:
    hold(send(*FIELDS, FILE.replace(b'; filename="a.png"', b"\r\nContent-Type: image/png")), 7)


def test_a_text_with_a_content_type_is_read_though_it_came_as_a_file() -> None:
    typed = [part.replace(b"\r\n", b'; filename="blob"\r\nContent-Type: application/json\r\n', 1) for part in FIELDS]
    hold(send(*typed, FILE), 7)


@pytest.mark.parametrize("more", [b"", b'; filename="blob"'])
def test_a_field_that_is_too_long_is_named(more: bytes) -> None:
    long = b'Content-Disposition: form-data; name="userId"' + more + b"\r\n\r\n" + b"x" * 140_000
    with pytest.raises(ValidationError) as caught:
        read(send(long), lambda form: form.read(RecommendationsForm), 4096)
    assert caught.value.errors == {"userId": ["It may have 128 KB; a picture is sent as a file, not as a text."]}


@pytest.mark.parametrize("chunk", [1, 7, 100_000])
def test_a_boundary_that_the_header_leaves_out_is_the_bodys_first_line(chunk: int) -> None:
    """Programs that set the header by hand, as the contract's page spells it, send it so."""
    sent = send(*FIELDS, FILE)
    sent.headers["content-type"] = "multipart/form-data"
    hold(sent, chunk)
    for body in (b"", b"no form", b"--\r\n", b"x" * 70_000):
        with pytest.raises(ValidationError) as caught:
            read(httpx.Request("POST", "http://t/", content=body, headers=sent.headers), lambda form: form, chunk)
        assert "names no boundary" in str(caught.value.errors[""])


@pytest.mark.parametrize("body", [b"--z\r\n\r\n--z--\r\n", b"x" * 70_000, b"--x\n" + b"y" * 70_000])
def test_a_boundary_that_is_not_there_is_told(body: bytes) -> None:
    sent = httpx.Request("POST", "http://t/", content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    with pytest.raises(ValidationError) as caught:
        read(sent, lambda form: form, 4096)
    assert "boundary that its Content-Type names" in str(caught.value.errors[""])


@pytest.mark.parametrize("files", [[("other", b"x")], [("file", b"")]])
def test_a_file_that_is_missing_or_empty_is_named(files: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ValidationError) as caught:
        read(post(IDS, files), lambda form: form.file("file"))
    assert "file" in caught.value.errors


@pytest.mark.parametrize("value", ["", "   ", "no id"])
def test_every_field_that_is_wrong_is_named(value: str) -> None:
    with pytest.raises(RequestValidationError) as caught:
        read(post(dict.fromkeys(IDS, value), [("file", b"x")]), lambda form: form.read(RecommendationsForm))
    assert {error["loc"] for error in caught.value.errors()} == {("body", name) for name in IDS}


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(ApiError) as caught:
        read(httpx.Request("POST", "http://t/", json={}), lambda form: form)
    assert caught.value.status_code == 415


def test_a_form_that_is_compressed_is_refused_as_such() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"}
    with pytest.raises(ApiError, match="415") as caught:
        read(httpx.Request("POST", "http://t/", content=gzip.compress(b"a=b"), headers=headers), lambda form: form)
    assert "compressed" in str(caught.value.errors)


@pytest.mark.parametrize("header", ["multipart/form-data", "multipart/form-data; boundary=other"])
def test_a_broken_form_is_refused(header: str) -> None:
    sent = httpx.Request("POST", "http://t/", content=b"--x\r\nnothing", headers={"content-type": header})
    with pytest.raises(ValidationError):
        read(sent, lambda form: form)


def test_too_many_and_too_long_parts_are_refused() -> None:
    assert read(post({str(i): "v" for i in range(32)}, [("file", b"x")]), lambda form: form.file("file").read()) == b"x"
    for sent in (
        post({str(i): "v" for i in range(33)}, [("file", b"x")]),
        post({"a": "v" * 131_073}, [("file", b"x")]),
    ):
        with pytest.raises(ValidationError):
            read(sent, lambda form: form, 65_536)


def test_a_form_without_files_may_be_url_encoded() -> None:
    """What clients send that only name fields: a photo that is missing is then said to be missing."""
    sent = httpx.Request("POST", "http://t/", data=IDS | {"select": "the left one; 50% фляга"})
    fields = read(sent, lambda form: form.read(RecommendationsForm))
    assert str(fields.application_id) == IDS["applicationId"]
    assert fields.select == "the left one; 50% фляга"
    with pytest.raises(ValidationError) as caught:
        read(sent, lambda form: form.file("productImage"))
    assert list(caught.value.errors) == ["productImage"]


@pytest.mark.parametrize("content", [b"a=%ff", b"a=\xff", b"&".join([b"a=b"] * 33), b"a=" + b"v" * 262_143])
def test_a_broken_or_long_url_encoded_form_is_refused(content: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    with pytest.raises(ValidationError):
        read(httpx.Request("POST", "http://t/", content=content, headers=headers), lambda form: form, 65_536)


def test_a_form_that_is_cut_short_says_so() -> None:
    whole = post(IDS, [("file", b"x" * 50)])
    content = whole.read()
    for length in (len(content) - 4, len(content) // 2, 30, 0):
        headers = {"content-type": whole.headers["content-type"]}
        with pytest.raises(ValidationError, match="400") as caught:
            read(httpx.Request("POST", "http://t/", content=content[:length], headers=headers), lambda form: form)
        assert "cut short" in str(caught.value.errors[""])


def test_an_upload_for_which_there_is_no_temporary_file_is_out_of_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    sent = httpx.Request("POST", "http://s/", data=IDS, files={"productImage": bytes(2 * 2**20)})
    with pytest.raises(StoreError):
        read(sent, lambda form: form.file("productImage"), chunk=2**16)
