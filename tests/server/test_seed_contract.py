"""Every command and every body of the API's document, against a running server.

What it makes are flat pictures; the same on a Ray cluster has those of the studio.
"""

from __future__ import annotations

import dataclasses
import io
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from photoshoot import Photoshoot
from photoshoot.jobs import Credentials
from photoshoot.server import Service, build_service
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import PATIENCE_S
from tests.server.asking import fetch, headers_of
from tests.server.conftest import generous_settings
from tests.server.contract import DOCUMENT, Block, load_contract, read_document
from tests.server.replay import Reply, replay, same_shape, without_trace
from tests.server.serving import serving
from tests.server.uploads import draw_photo, encode_photo

(
    PROMPTS,
    PRESETS,
    TOO_LARGE,
    UNKNOWN_FOREGROUND,
    PRESET_KEYS,
    PRESET_KEYS_ANSWER,
    RECOMMENDATIONS,
    RECOMMENDATIONS_ANSWER,
    BAD_TOKEN,
    NO_FILE,
    WHITE_BACKGROUND,
    AD_CREATIVE,
    AD_CREATIVE_ANSWER,
    DOWNLOAD,
    NOT_FOUND,
    DOWNLOAD_BAD_TOKEN,
    NO_CREDITS,
    BAD_PROCESS_ID,
    USER_PROGRESS,
    USER_PROGRESS_ANSWER,
    ALL_PROGRESSES,
    ALL_PROGRESSES_ANSWER,
) = load_contract()
COMMANDS = [PRESET_KEYS, RECOMMENDATIONS, AD_CREATIVE, DOWNLOAD, USER_PROGRESS, ALL_PROGRESSES]
EXAMPLE_APPLICATION = "6a9d3f2c-1b0e-4c7f-a8d5-e3f0c1b9a4d6"
EXAMPLE_USER = "2f1e3c4d-5b6a-4d8f-9c01-e2d3c4b5f6a7"
EXAMPLE_PROCESS = "60a743a6-c761-4168-9288-40a729dd407e"
EXAMPLE_ASSET = "d7f5c3b1-c029-4df5-8908-896ab0c1f24d"
Run = Callable[..., Reply]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The service; ``url`` starts it."""
    flat = Photoshoot.with_placer(FlatPlacer())
    return build_service(generous_settings(tmp_path_factory.mktemp("service")), flat)


@pytest.fixture(scope="module")
def url(service: Service) -> Iterator[str]:
    """Where it is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="module")
def credentials(service: Service, url: str) -> Credentials:
    """An application's secrets."""
    assert url
    return service.jobs.applications.create("tests")


@pytest.fixture(scope="module")
def client(url: str, credentials: Credentials) -> Iterator[httpx.Client]:
    """A client with them."""
    with httpx.Client(base_url=url, headers=headers_of(credentials), timeout=PATIENCE_S) as connected:
        yield connected


@pytest.fixture(scope="module")
def values(
    credentials: Credentials, user_id: UUID, client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What stands in the place of the document's placeholders and examples."""
    photo = tmp_path_factory.mktemp("photos") / "image.png"
    photo.write_bytes(encode_photo(draw_photo()))
    application = str(credentials.application.id)
    body = {"applicationId": application, "jwtPrivateKey": credentials.jwt_private_key}
    token = client.post("/api/v1/Authorization/GenerateJwtToken", json=body).json()["accessToken"]
    keys = dict.fromkeys(("<your-api-key>", "{your_api_key}", "f8a3d2c6e9b1a7d4c5f0e6b3a9d7c2f1"), credentials.key)
    secrets = dict.fromkeys(
        (
            "<your-api-secret>",
            "{your_api_secret}",
            "b7e4c1d9a5f2e8c6d3a9b0f1c7e2d5a3f6b8c9a1d4e7f0b3c2a5d9f6e1b7c4a8",
        ),
        credentials.secret,
    )
    applications = dict.fromkeys(("<your-application-id>", "{applicationId}", EXAMPLE_APPLICATION), application)
    users = dict.fromkeys(("<your-user-id>", EXAMPLE_USER), str(user_id))
    return {**keys, **secrets, **applications, **users, "{jwt_token}": token, "/path/to/image.png": str(photo)}


@pytest.fixture(scope="module")
def run(url: str, values: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Replays a command."""

    def run(block: Block, more: Mapping[str, str] | None = None, *, without: str = "", at: str = url) -> Reply:
        return replay(block, at, {**(more or {}), **values}, tmp_path_factory.mktemp("curl"), without=without)

    return run


@pytest.fixture(scope="module")
def printed(run: Run, service: Service, values: Mapping[str, str]) -> dict[str, Reply]:
    """The commands as they are printed, up to the first of the six pictures; the others are cancelled to save time."""
    replies = {"presets": run(PRESET_KEYS), "recommendations": run(RECOMMENDATIONS)}
    asset = replies["recommendations"].body["backgroundRemovedImageAssetId"]
    replies["order"] = run(AD_CREATIVE, {EXAMPLE_ASSET: asset})
    process = replies["order"].body["imageRenderProcessId"]
    _poll(run, process, lambda body: body["completedTaskCount"] > 0)
    service.jobs.cancel(UUID(values[EXAMPLE_APPLICATION]), UUID(process))
    replies["progress"] = _poll(run, process, lambda body: body["progress"] == 100)
    replies["download"] = _download_first(run, replies["progress"])
    return replies


@pytest.fixture(scope="module")
def session(run: Run, printed: Mapping[str, Reply]) -> dict[str, Reply]:
    """The document's basic flow to its end, with its smallest pictures: 728x90 instead of 1200x628."""
    asset = printed["recommendations"].body["backgroundRemovedImageAssetId"]
    replies = {"order": run(_with(AD_CREATIVE, 'renderKind="4"', 'renderKind="64"'), {EXAMPLE_ASSET: asset})}
    process = replies["order"].body["imageRenderProcessId"]
    replies["progress"] = _poll(run, process, lambda body: body["progress"] == 100)
    replies["all"] = run(ALL_PROGRESSES)
    replies["download"] = _download_first(run, replies["progress"])
    return {**printed, **replies}


def _poll(run: Run, process: str, done: Callable[[Mapping[str, Any]], bool]) -> Reply:
    end = time.monotonic() + PATIENCE_S
    while not done((reply := run(USER_PROGRESS, {EXAMPLE_PROCESS: process})).body[0]):
        assert time.monotonic() < end, reply.body
        time.sleep(0.5)
    return reply


def _download_first(run: Run, progress: Reply) -> Reply:
    """The process's first picture that is there."""
    (process,) = progress.body
    task = next(task["taskId"] for task in process["taskUrls"] if task["renderState"] == 5)
    return run(DOWNLOAD, {"{imageProductGeneratorProcessId}": process["imageRenderProcessId"], "{taskId}": task})


@pytest.fixture(scope="module")
def ids(session: Mapping[str, Reply]) -> dict[str, str]:
    """Process, task and asset of the flow, for the document's placeholders."""
    process = session["progress"].body[0]
    return {
        "{imageProductGeneratorProcessId}": process["imageRenderProcessId"],
        "{taskId}": process["taskUrls"][0]["taskId"],
        EXAMPLE_PROCESS: process["imageRenderProcessId"],
        EXAMPLE_ASSET: session["recommendations"].body["backgroundRemovedImageAssetId"],
    }


def test_the_copy_is_the_documents() -> None:
    if not DOCUMENT.exists():
        pytest.skip("the API's document is not beside the project")
    assert load_contract() == list(read_document(DOCUMENT.read_text()))


def test_every_command_of_the_flow_succeeds_as_it_is_printed(
    printed: Mapping[str, Reply], session: Mapping[str, Reply]
) -> None:
    for replies in (printed, session):
        assert {name: reply.status for name, reply in replies.items()} == dict.fromkeys(replies, 200)


def test_presets_are_the_documents_in_names_types_and_texts(session: Mapping[str, Reply], url: str) -> None:
    found = {preset["id"]: preset for preset in session["presets"].body}
    fields = ["id", "previewImageUrl", "previewName", "promptText", "tags", "categories", "isOldPreset"]
    for preset in found.values():
        assert list(preset) == fields
        same_shape(preset, {**PRESET_KEYS_ANSWER.body[0], "tags": PRESET_KEYS_ANSWER.body[1]["tags"]})
    for example in (*PRESET_KEYS_ANSWER.body, *PRESETS.body, WHITE_BACKGROUND.body):
        preset = found[example["id"]]
        address = urlparse(preset["previewImageUrl"])
        assert address.path == urlparse(example["previewImageUrl"]).path
        assert preset["previewImageUrl"].startswith(url)
        for name in ("previewName", "promptText", "categories"):
            assert preset[name] == example.get(name, preset[name])
        assert set(example.get("tags", ())) <= set(preset["tags"])
        assert preset["isOldPreset"] == example.get("isOldPreset", False)


def test_every_preview_is_served_where_the_answer_says(session: Mapping[str, Reply]) -> None:
    addresses = [preset["previewImageUrl"] for preset in session["presets"].body]
    reply = fetch(addresses[0])
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/webp")
    assert all(addresses)


def test_recommendations_have_the_documents_shape(session: Mapping[str, Reply]) -> None:
    body, example = session["recommendations"].body, RECOMMENDATIONS_ANSWER.body
    same_shape(body, example)
    for name in ("recommendedPrompts", "recommendedPresetIds"):
        assert len(body[name]) == len(example[name])
    known = {preset["id"] for preset in session["presets"].body}
    assert set(body["recommendedPresetIds"]) <= known
    assert set(example["recommendedPresetIds"]) <= known


def test_an_order_is_answered_as_in_the_document(session: Mapping[str, Reply], values: Mapping[str, str]) -> None:
    body, example = session["order"].body, AD_CREATIVE_ANSWER.body
    same_shape(body, example)
    assert list(body["tasks"].values()) == list(example["tasks"].values())
    assert body["applicationId"] == values[EXAMPLE_APPLICATION]
    assert body["userId"] == values[EXAMPLE_USER]
    changing = ("applicationId", "userId", "imageRenderProcessId", "tasks")
    assert _without(body, changing) == _without(example, changing)


def test_progress_is_told_as_in_the_document(session: Mapping[str, Reply], values: Mapping[str, str]) -> None:
    (body,), (example,) = session["progress"].body, USER_PROGRESS_ANSWER.body
    same_shape(body, example)
    assert [task["renderState"] for task in body["taskUrls"]] == [task["renderState"] for task in example["taskUrls"]]
    assert [task["taskId"] for task in body["taskUrls"]] == list(session["order"].body["tasks"])
    assert (body["applicationId"], body["userId"]) == (values[EXAMPLE_APPLICATION], values[EXAMPLE_USER])
    assert body["imageRenderProcessId"] == session["order"].body["imageRenderProcessId"]
    changing = ("applicationId", "userId", "imageRenderProcessId", "taskUrls")
    assert _without(body, changing) == _without(example, changing)


def test_all_progresses_are_told_as_in_the_document(session: Mapping[str, Reply]) -> None:
    body, example = session["all"].body, ALL_PROGRESSES_ANSWER.body
    same_shape(body[0], example[0])
    assert session["progress"].body[0] in body


def test_result_pictures_are_served_where_the_answer_says(session: Mapping[str, Reply], url: str) -> None:
    addresses = {task["publicImageUrl"] for task in session["progress"].body[0]["taskUrls"]}
    assert len(addresses) == 6
    for address in addresses:
        assert address.startswith(url)
        assert urlparse(address).path.endswith(".png")
    reply = fetch(addresses.pop())
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")


def test_the_download_is_a_png_of_the_size_that_was_asked_for(
    printed: Mapping[str, Reply], session: Mapping[str, Reply]
) -> None:
    for replies, size in ((printed, (1200, 628)), (session, (728, 90))):  # DisableSafeMargin="true"
        assert replies["download"].headers["content-type"] == "image/png"
        with Image.open(io.BytesIO(replies["download"].content)) as image:
            assert (image.format, image.size) == ("PNG", size)


def test_the_order_as_it_is_printed_is_answered_as_in_the_document(printed: Mapping[str, Reply]) -> None:
    body, example = printed["order"].body, AD_CREATIVE_ANSWER.body
    same_shape(body, example)
    assert len(body["tasks"]) == body["totalTaskCount"] == 6


@pytest.mark.parametrize("command", COMMANDS, ids=lambda block: block.heading)
def test_without_a_key_the_answer_is_the_documents_401(command: Block, run: Run, ids: Mapping[str, str]) -> None:
    reply = run(command, ids, without="x-api-key")
    assert reply.status == 401
    assert without_trace(reply.body) == without_trace(BAD_TOKEN.body) == without_trace(DOWNLOAD_BAD_TOKEN.body)


def test_without_a_photo_the_answer_is_the_documents(run: Run) -> None:
    reply = run(RECOMMENDATIONS, without="productImage")
    assert reply.status == 400
    assert without_trace(reply.body) == without_trace(NO_FILE.body)


def test_a_photo_that_is_too_large_is_answered_as_in_the_document(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "large.png"
    file.write_bytes(bytes(23 * 2**20))
    reply = run(_with(RECOMMENDATIONS, "/path/to/image.png", str(file)))
    assert (reply.status, reply.body) == (400, TOO_LARGE.body)


def test_a_photo_without_a_product_is_answered_as_in_the_document(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "grey.png"
    Image.new("RGB", (320, 240), (128, 128, 128)).save(file)
    reply = run(_with(RECOMMENDATIONS, "/path/to/image.png", str(file)))
    assert (reply.status, reply.body) == (400, UNKNOWN_FOREGROUND.body)


def test_a_picture_that_does_not_exist_is_answered_as_in_the_document(run: Run, ids: Mapping[str, str]) -> None:
    reply = run(DOWNLOAD, {**ids, "{taskId}": str(uuid4())})
    assert reply.status == 404
    assert without_trace(reply.body) == without_trace(NOT_FOUND.body)


def test_a_malformed_id_is_answered_as_in_the_document(run: Run, ids: Mapping[str, str]) -> None:
    malformed = f"{EXAMPLE_PROCESS}1"
    reply = run(DOWNLOAD, {"{imageProductGeneratorProcessId}": malformed, "{taskId}": ids["{taskId}"]})
    assert reply.status == 400
    assert without_trace(reply.body) == without_trace(BAD_PROCESS_ID.body)


def test_without_credits_the_answer_is_the_documents(
    run: Run, ids: Mapping[str, str], charging: tuple[Service, str], values: Mapping[str, str]
) -> None:
    service, address = charging
    reply = run(DOWNLOAD, ids, at=address)
    service.jobs.applications.grant_credits(UUID(values[EXAMPLE_APPLICATION]), 1)
    assert run(DOWNLOAD, ids, at=address).status == 200
    expected = NO_CREDITS.text.replace("e790c565-d56a-4e32-b00a-66be90cfcd43", values[EXAMPLE_APPLICATION])
    assert reply.status == 400
    assert without_trace(reply.body) == without_trace(dataclasses.replace(NO_CREDITS, text=expected).body)


def test_the_documents_prompts_are_taken_as_they_are_printed(
    client: httpx.Client, service: Service, values: Mapping[str, str], ids: Mapping[str, str]
) -> None:
    fields = {
        "applicationId": values[EXAMPLE_APPLICATION],
        "userId": values[EXAMPLE_USER],
        "renderKind": "64",
        "productImageAssetId": ids[EXAMPLE_ASSET],
        "PromptObjectsString": PROMPTS.text,
        "productName": "box",
        "productDescription": "A box.",
    }
    files = {name: (None, value) for name, value in fields.items()}
    reply = client.post("/api/v1/Image/ProductGeneration/AdCreative", files=files)
    assert reply.status_code == 200, reply.text
    body = reply.json()
    service.jobs.cancel(UUID(body["applicationId"]), UUID(body["imageRenderProcessId"]))
    assert body["totalTaskCount"] == len(PROMPTS.body)


def _with(block: Block, name: str, value: str) -> Block:
    """A command that names another file."""
    assert name in block.text
    return dataclasses.replace(block, text=block.text.replace(name, value))


def _without(body: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}
