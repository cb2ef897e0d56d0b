from __future__ import annotations

import dataclasses
import io
import re
import time

import httpx
import numpy as np
import numpy.typing as npt
import pikepdf
import pytest
from PIL import Image

from photoshoot.jobs import Credentials, Process
from photoshoot.server import Service
from photoshoot.server.auth.keys import load_signing_key
from photoshoot.server.auth.signed_urls import PictureSigner
from tests.server.asking import fetch

DOWNLOAD = "/api/v1/Image/ProductGeneration/Download"
TYPES = ["image/png", "image/jpeg", "application/pdf"]
SUFFIXES = ["png", "jpg", "pdf"]
Pixels = npt.NDArray[np.int16]


@pytest.fixture(scope="module")
def query(credentials: Credentials, process: Process) -> dict[str, str]:
    return {
        "applicationId": str(credentials.application.id),
        "imageProductGeneratorProcessId": str(process.id),
        "taskId": str(process.tasks[0].id),
    }


@pytest.fixture(scope="module")
def table(client: httpx.Client, query: dict[str, str]) -> dict[tuple[bool, int], bytes]:
    """The contract's six rows, by (lowResolution, format)."""
    files = {}
    for low in (False, True):
        for kind in range(3):
            reply = client.get(DOWNLOAD, params={**query, "lowResolution": str(low).lower(), "format": str(kind)})
            assert reply.status_code == 200
            assert reply.headers["content-type"] == TYPES[kind]
            name = re.fullmatch(r'attachment; filename="([\w.-]+)"', reply.headers["content-disposition"])
            assert name is not None
            assert name[1].startswith("vodka-bottle_white-background")
            assert name[1].endswith(f".{SUFFIXES[kind]}")
            files[low, kind] = reply.content
    return files


def decode(file: bytes) -> Pixels:
    with Image.open(io.BytesIO(file)) as image:
        return np.asarray(image.convert("RGB"), np.int16)


def embedded(file: bytes) -> Pixels:
    """The picture in a PDF."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert isinstance(image, pikepdf.Stream)
        return np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("RGB"), np.int16)


def test_the_original_is_served_as_it_is_and_converted(table: dict[tuple[bool, int], bytes]) -> None:
    original = decode(table[False, 0])
    assert original.shape == (250, 300, 3)
    assert np.abs(decode(table[False, 1]) - original).mean() < 3
    assert table[False, 2].startswith(b"%PDF-1.6")
    np.testing.assert_array_equal(embedded(table[False, 2]), original)


def test_the_thumbnail_is_a_jpeg_and_its_png_and_pdf_have_its_pixels(table: dict[tuple[bool, int], bytes]) -> None:
    thumbnail = decode(table[True, 1])
    assert max(thumbnail.shape) <= 512
    np.testing.assert_array_equal(decode(table[True, 0]), thumbnail)
    assert len(table[True, 0]) > len(table[True, 1])  # "increased file size due to full color"
    assert table[True, 2].startswith(b"%PDF-1.6")
    np.testing.assert_array_equal(embedded(table[True, 2]), thumbnail)


def test_left_out_or_empty_switches_give_the_original_png(
    client: httpx.Client, query: dict[str, str], table: dict[tuple[bool, int], bytes]
) -> None:
    assert client.get(DOWNLOAD, params=query).content == table[False, 0]
    assert client.get(DOWNLOAD, params={**query, "lowResolution": ""}).content == table[False, 0]


@pytest.mark.parametrize(
    ("name", "value"), [("format", "3"), ("format", "png"), ("lowResolution", "maybe"), ("taskId", "1")]
)
def test_a_malformed_value_is_refused_by_name(
    client: httpx.Client, query: dict[str, str], name: str, value: str
) -> None:
    reply = client.get(DOWNLOAD, params={**query, name: value})
    assert reply.status_code == 400
    assert reply.json()["errors"] == {name: [f"The value '{value}' is not valid."]}


def test_all_that_is_missing_is_named(client: httpx.Client) -> None:
    reply = client.get(DOWNLOAD)
    names = ["applicationId", "imageProductGeneratorProcessId", "taskId"]
    assert reply.json()["errors"] == {name: [f"The {name} field is required."] for name in names}


def test_a_signed_url_needs_no_credentials_and_no_change_survives(
    client: httpx.Client, url: str, process: Process, service: Service, table: dict[tuple[bool, int], bytes]
) -> None:
    ids = (process.application_id, process.id, process.tasks[0].id)
    told = client.get(
        "/api/v1/Image/ProductGeneration/CheckUserProgress",
        params={"userId": str(process.user_id), "imageProductGeneratorProcessId": str(process.id)},
    )
    address = told.json()[0]["taskUrls"][0]["publicImageUrl"]
    expires = re.search(r"expires=(\d+)", address)
    assert expires is not None
    signed = dataclasses.replace(service.signer.address(*ids), expires_s=int(expires[1]))
    assert address == service.signer.url(signed, url)
    reply = fetch(address)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
    assert reply.content == table[False, 0]
    assert reply.headers["content-disposition"].startswith("inline")
    later = address.replace(expires[0], f"expires={int(expires[1]) + 1}")
    for changed in (later, address[:-1], address.replace(str(ids[2]), str(ids[1]))):
        assert fetch(changed).status_code == 404


def test_an_expired_url_says_so(url: str, process: Process, service: Service) -> None:
    yesterday = PictureSigner(load_signing_key(service.settings), 60, lambda: time.time() - 86400)
    address = yesterday.address(process.application_id, process.id, process.tasks[0].id)
    reply = fetch(yesterday.url(address, url))
    assert reply.status_code == 410
    assert "expired" in reply.text
