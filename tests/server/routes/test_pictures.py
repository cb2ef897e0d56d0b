from __future__ import annotations

import dataclasses
import io
import logging
import re
import time
from uuid import UUID

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
from tests.jobs.waiting import wait_until
from tests.server.asking import fetch

DOWNLOAD = "/api/v1/Image/ProductGeneration/Download"
PREVIEW = "/assets/ai-product-preset/white_background.webp"
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
    ((field, (told,)),) = reply.json()["errors"].items()
    assert (field, told.startswith(f"The value '{value}' is not valid.")) == (name, True)
    assert ("It should be" in told) == (name != "taskId"), "how to mend it; the contract has none for ids"


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


def test_an_empty_format_is_the_default(
    client: httpx.Client, query: dict[str, str], table: dict[tuple[bool, int], bytes]
) -> None:
    assert client.get(DOWNLOAD, params={**query, "format": ""}).content == table[False, 0]


@pytest.fixture(scope="module")
def public(url: str, process: Process, service: Service) -> str:
    return service.signer.url(service.signer.address(process.application_id, process.id, process.tasks[0].id), url)


def test_head_tells_what_get_would_give(client: httpx.Client, query: dict[str, str], public: str) -> None:
    for address, params in ((DOWNLOAD, query), (public, None), (PREVIEW, None)):
        whole, head = client.get(address, params=params), client.head(address, params=params)
        assert (whole.status_code, head.status_code, head.content) == (200, 200, b"")
        for name in ("content-length", "content-type", "etag", "accept-ranges"):
            assert head.headers[name] == whole.headers[name], name
        assert int(head.headers["content-length"]) == len(whole.content)


def test_a_tag_tells_whether_a_picture_is_still_the_same(
    client: httpx.Client, query: dict[str, str], public: str
) -> None:
    for address, params in ((DOWNLOAD, query), (public, None), (PREVIEW, None)):
        tag = client.get(address, params=params).headers["etag"]
        for known in (tag, f'"other", W/{tag}', "*"):
            reply = client.get(address, params=params, headers={"If-None-Match": known})
            assert (reply.status_code, reply.content, reply.headers["etag"]) == (304, b"", tag)
        assert client.get(address, params=params, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_part_of_a_picture_can_be_had(client: httpx.Client, query: dict[str, str], public: str) -> None:
    for address, params in ((DOWNLOAD, query), (public, None), (PREVIEW, None)):
        whole = client.get(address, params=params)
        data, size, tag = whole.content, len(whole.content), whole.headers["etag"]
        for asked, part in (("0-9", data[:10]), ("10-", data[10:]), ("-7", data[-7:]), (f"5-{size + 9}", data[5:])):
            reply = client.get(address, params=params, headers={"Range": f"bytes={asked}", "If-Range": tag})
            assert (reply.status_code, reply.content) == (206, part), asked
            first = size - len(part) if asked != "0-9" else 0
            last = size - 1 if asked != "0-9" else 9
            assert reply.headers["content-range"] == f"bytes {first}-{last}/{size}"
        for asked in (f"{size}-", "-0"):
            reply = client.get(address, params=params, headers={"Range": f"bytes={asked}"})
            assert (reply.status_code, reply.headers["content-range"]) == (416, f"bytes */{size}")
        for headers in ({"Range": "bytes=9-0"}, {"Range": "items=0-1"}, {"Range": "bytes=0-1", "If-Range": '"old"'}):
            assert client.get(address, params=params, headers=headers).status_code == 200


def test_paths_and_names_count_in_any_case(client: httpx.Client, query: dict[str, str], public: str) -> None:
    shouted = {name.upper(): value for name, value in query.items()}
    assert client.get(DOWNLOAD.lower(), params=shouted).content == client.get(DOWNLOAD, params=query).content
    for slashed in (f"{DOWNLOAD}/", f"/{DOWNLOAD}", DOWNLOAD.replace("/Image/", "//Image/")):
        assert (
            client.get(str(client.base_url).rstrip("/") + slashed, params=query).status_code == 200
        )  # a redirect loses forms
    assert client.get(public.replace("/images/", "/Images/").replace(".png?", ".PNG?")).status_code == 200
    body = {"APPLICATIONID": query["applicationId"], "jwtprivatekey": "wrong"}
    assert client.post("/API/V1/authorization/generatejwttoken", json=body).status_code == 401
    form = {"APPLICATIONID": query["applicationId"], "USERID": "none"}
    reply = client.post("/api/v1/image/productgeneration/recommendations", files={"PRODUCTIMAGE": b"x"}, data=form)
    assert reply.json()["errors"] == {"userId": ["The value 'none' is not valid."]}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/NotificationChannel", "GET, HEAD, POST"),
        ("/api/v1/NotificationChannel/Active", "GET, HEAD"),
        (f"/api/v1/NotificationChannel/{UUID(int=1)}", "DELETE, PATCH"),
        (DOWNLOAD, "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
        ("/api/v1/Authorization/GenerateJwtToken", "POST"),
    ],
)
def test_a_refused_method_is_told_all_that_are_allowed(client: httpx.Client, path: str, allowed: str) -> None:
    reply = client.request("PUT", path)
    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)


def test_a_damaged_picture_is_an_internal_error_that_is_logged_and_made_again(
    client: httpx.Client,
    query: dict[str, str],
    service: Service,
    process: Process,
    table: dict[tuple[bool, int], bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (file,) = (service.settings.folder / "pictures" / "pictures").rglob(f"{process.tasks[0].id}.png")
    file.write_bytes(file.read_bytes()[:-100])
    caplog.set_level(logging.ERROR, "photoshoot")
    reply = client.get(DOWNLOAD, params={**query, "format": "1"})
    assert reply.status_code == 500
    assert reply.json()["errors"]["engine: ProductGeneration/Download"] == [
        "Image content is damaged. It is made again."
    ]
    assert reply.json()["extensions"]["traceId"] == reply.headers["X-Trace-Id"]
    assert "object at 0x" not in reply.text
    (logged,) = [record for record in caplog.records if "is queued again" in record.getMessage()]
    assert str(process.tasks[0].id) in logged.getMessage()
    wait_until(lambda: service.jobs.processes.find(process.application_id, process.id).is_successful)
    assert client.get(DOWNLOAD, params=query).content == table[False, 0]


def test_an_orders_formats_have_urls_of_their_own(
    client: httpx.Client, credentials: Credentials, user_id: UUID, asset_id: UUID
) -> None:
    form = {
        "applicationId": str(credentials.application.id),
        "userId": str(user_id),
        "renderKind": "32",
        "productImageAssetId": str(asset_id),
        "PromptObjectsString": '[{"tag": "preset", "preset": "white_background"}]',
        "productName": "bottle",
        "productDescription": "A bottle.",
        "engine": "studio",
        "formats": "png, jpg,webp,avif,pdf",
    }
    path = "/api/v1/Image/ProductGeneration"
    wrong = client.post(f"{path}/AdCreative", files=as_files(form | {"formats": "png,gif"}))
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["formats"])
    wrong = client.post(f"{path}/AdCreative", files=as_files(form | {"engine": "sd16"}))
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["engine"])
    ordered = client.post(f"{path}/AdCreative", files=as_files(form))
    assert ordered.status_code == 200, ordered.text
    query = {"userId": str(user_id), "imageProductGeneratorProcessId": ordered.json()["imageRenderProcessId"]}
    query["details"] = "true"
    wait_until(lambda: client.get(f"{path}/CheckUserProgress", params=query).json()[0]["progress"] == 100)
    (told,) = client.get(f"{path}/CheckUserProgress", params=query).json()
    (task,) = told["taskUrls"]
    assert task["fileUrls"]["png"] == task["publicImageUrl"]
    kinds = {}
    for name, url in task["fileUrls"].items():
        kinds[name] = (url.partition("?")[0].rpartition(".")[2], fetch(url).headers["content-type"])
    assert kinds == {
        "png": ("png", "image/png"),
        "jpeg": ("jpg", "image/jpeg"),
        "webp": ("webp", "image/webp"),
        "avif": ("avif", "image/avif"),
        "pdf": ("pdf", "application/pdf"),
    }
    assert fetch(task["publicImageUrl"].replace(".png?", ".gif?")).status_code == 404


def as_files(form: dict[str, str]) -> dict[str, tuple[None, str]]:
    return {name: (None, value) for name, value in form.items()}
