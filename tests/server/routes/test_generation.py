from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import Engine, event

from photoshoot.errors import BusyError
from photoshoot.jobs import Credentials, Jobs, Order, Process
from photoshoot.server import Service
from tests.server.asking import ask, headers_of
from tests.server.replay import without_trace

AD_CREATIVE = "/api/v1/Image/ProductGeneration/AdCreative"
PRESET = {"tag": "preset", "preset": "white_background"}


@pytest.fixture(scope="module")
def form(credentials: Credentials, user_id: UUID, asset_id: UUID) -> dict[str, str]:
    return {
        "applicationId": str(credentials.application.id),
        "userId": str(user_id),
        "renderKind": "64",
        "productImageAssetId": str(asset_id),
        "PromptObjectsString": json.dumps([PRESET]),
        "productName": "bottle",
        "productDescription": "A bottle.",
    }


def order(client: httpx.Client, form: Mapping[str, str], **headers: str) -> httpx.Response:
    files = {name: (None, value) for name, value in form.items()}
    return client.post(AD_CREATIVE, files=files, headers=headers)


@pytest.fixture
def cancelled(service: Service, credentials: Credentials) -> Any:
    """Calls an order off, to save time."""

    def cancel(reply: httpx.Response) -> Process:
        assert reply.status_code == 200, reply.text
        return service.jobs.cancel(credentials.application.id, UUID(reply.json()["imageRenderProcessId"]))

    return cancel


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("renderKind", "3"),
        ("renderKind", "four"),
        ("renderKind", "2048"),
        ("renderKind", "9" * 5000),
        ("userId", "me"),
        ("productImageAssetId", "../secret"),
        ("productName", "x" * 2001),
        ("productName", "a\x00b"),
        ("DisableSafeMargin", "perhaps"),
        ("UseSameStyleReferenceImage", "2"),
        ("PromptObjectsString", "white_background"),
        ("PromptObjectsString", "{}"),
        ("PromptObjectsString", "[]"),
        ("PromptObjectsString", "[" * 100_000),
        ("PromptObjectsString", "[1, null]"),
        ("PromptObjectsString", '[{"tag": "preset", "preset": "white_background", "preset": "black_background"}]'),
        ("PromptObjectsString", json.dumps([PRESET] * 7)),
        ("PromptObjectsString", json.dumps([{"tag": "preset", "preset": "no_such_preset"}])),
        ("PromptObjectsString", json.dumps([{"tag": "custom", "prompt": " "}])),
        ("PromptObjectsString", json.dumps([{"tag": "custom", "prompt": "a\ud800"}])),
        ("PromptObjectsString", json.dumps([{"tag": "custom", "prompt": "a", "nativeLanguagePrompt": "\ud800"}])),
        ("PromptObjectsString", json.dumps([{"tag": "custom", "prompt": "a", "nativeLanguagePrompt": "\x00"}])),
        ("PromptObjectsString", json.dumps([{"tag": "preset", "preset": "\ud800"}])),
        ("PromptObjectsString", json.dumps([{**PRESET, "unknown": 1}])),
    ],
)
def test_a_wrong_field_is_refused_by_name(client: httpx.Client, form: Mapping[str, str], name: str, value: str) -> None:
    reply = order(client, {**form, name: value})
    assert reply.status_code == 400, reply.text
    assert list(reply.json()["errors"]) == [name]
    assert len(reply.content) < 2000


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [("renderKind", "four", "a whole number"), ("DisableSafeMargin", "maybe", "true or false")],
)
def test_what_a_field_should_be_is_said_plainly(
    client: httpx.Client, form: Mapping[str, str], name: str, value: str, wanted: str
) -> None:
    errors = order(client, {**form, name: value}).json()["errors"]
    assert errors == {name: [f"The value '{value}' is not valid. It should be {wanted}."]}


@pytest.mark.parametrize(
    "name",
    [
        "applicationId",
        "userId",
        "renderKind",
        "productImageAssetId",
        "PromptObjectsString",
        "productName",
        "productDescription",
    ],
)
def test_a_field_that_is_left_out_or_empty_is_required(
    client: httpx.Client, form: Mapping[str, str], name: str
) -> None:
    for changed in ({key: value for key, value in form.items() if key != name}, {**form, name: " "}):
        reply = order(client, changed)
        assert reply.status_code == 400
        assert without_trace(reply.json())["errors"] == {name: [f"The {name} field is required."]}


@pytest.mark.parametrize(
    ("switches", "safe_margin", "style"),
    [
        ({}, True, True),
        ({"DisableSafeMargin": "", "UseSameStyleReferenceImage": ""}, True, True),
        ({"DisableSafeMargin": "true", "UseSameStyleReferenceImage": "false"}, False, False),
        ({"DisableSafeMargin": "False", "UseSameStyleReferenceImage": "True"}, True, True),
    ],
)
def test_switches_reach_the_order(
    service: Service,
    credentials: Credentials,
    form: Mapping[str, str],
    switches: Mapping[str, str],
    safe_margin: bool,
    style: bool,
) -> None:
    taken: list[Order] = []

    class Taking(Jobs):
        def __init__(self) -> None:
            self.applications = service.jobs.applications

        def submit(self, order: Order) -> Process:
            taken.append(order)
            raise BusyError(7)

    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**form, **switches}.items()
    ]
    headers = {**headers_of(credentials), "Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": "k"}
    content = f"{''.join(parts)}--b--".encode()
    reply = ask(dataclasses.replace(service, jobs=Taking()), "POST", AD_CREATIVE, headers=headers, content=content)
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "7")
    (asked,) = taken
    assert (asked.request.safe_margin, asked.request.lean_palette, asked.request.style_reference) == (
        safe_margin,
        style,
        style,
    )
    assert (asked.idempotency_key, asked.request.name, asked.request.render_kind) == ("k", "bottle", 64)
    assert asked.trace_id == reply.headers["X-Trace-Id"]


def test_the_same_idempotency_key_gives_the_same_process(
    client: httpx.Client, form: Mapping[str, str], cancelled: Any
) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first, again = order(client, form, **key), order(client, form, **key)
    other = order(client, {**form, "productName": "flask"}, **key)
    cancelled(first)
    assert first.json()["imageRenderProcessId"] == again.json()["imageRenderProcessId"]
    assert other.status_code == 409
    assert "Idempotency-Key" in other.text


def test_a_group_of_sizes_has_a_task_per_prompt_and_size(
    client: httpx.Client, form: Mapping[str, str], cancelled: Any
) -> None:
    reply = order(client, {**form, "renderKind": "992", "PromptObjectsString": json.dumps([PRESET] * 2)})
    process = cancelled(reply)
    assert reply.json()["totalTaskCount"] == len(reply.json()["tasks"]) == 10
    assert process.total_count == 10


def test_sizes_of_ones_own_stand_for_the_kind(client: httpx.Client, form: Mapping[str, str], cancelled: Any) -> None:
    own = {name: value for name, value in form.items() if name != "renderKind"}
    for name in ("size", "SIZE"):
        process = cancelled(order(client, own | {name: "96x64,64x128"}))
        assert [task.size_label for task in process.tasks] == ["96x64", "64x128"]
    assert [task.size_label for task in cancelled(order(client, {**form, "size": "96x64"})).tasks] == ["96x64"]
    reply = order(client, own | {"size": "9x9"})
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["size"])


@pytest.mark.parametrize(
    ("name", "value", "field", "told"),
    [
        ("light", '{"From": 1}', "light.From", "Unknown key 'From'; known: azimuth_deg, "),
        ("light", '{"azimuth_deg": "left"}', "light.azimuth_deg", "Must be a valid number, not 'left'."),
        ("placement", '{"size_m": 99}', "placement.size_m", "The value 99.0 is not allowed: give "),
        ("maxRedraws", "99", "maxRedraws", "The value 99 is not allowed: give a number from 0 to 10."),
        ("formats", "gif", "formats", "The value 'gif' is not allowed: give png, "),
        ("size", "big", "size", "The value 'big' is not allowed: give "),
    ],
)
def test_a_wrong_value_is_told_by_its_own_name(
    client: httpx.Client, form: Mapping[str, str], name: str, value: str, field: str, told: str
) -> None:
    errors = order(client, {**form, name: value}).json()["errors"]
    assert list(errors) == [field]
    assert errors[field][0].startswith(told)


def test_a_prompt_that_is_not_read_is_refused_where_the_order_asks_for_it(
    client: httpx.Client, form: Mapping[str, str], cancelled: Any
) -> None:
    unread = {**form, "PromptObjectsString": json.dumps([{"tag": "custom", "prompt": "qqwv zzxq"}])}
    cancelled(order(client, unread))
    reply = order(client, unread | {"plainIfUnread": "false"})
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["PromptObjectsString"])
    (told,) = reply.json()["errors"]["PromptObjectsString"]
    assert told.startswith("Nothing of the prompt 'qqwv zzxq' was understood")
    assert told.endswith(
        "GET PromptReading tells how a text is read, and plainIfUnread=true takes a plain backdrop for it."
    )
    assert "photoshoot prompts" not in told


def test_an_unknown_preset_is_told_the_nearest_and_where_all_are(client: httpx.Client, form: Mapping[str, str]) -> None:
    for asked, told in (("white_backgrond", "did you mean white_background"), ("zzzz", "GET PresetKeys lists all")):
        prompts = json.dumps([{"tag": "preset", "preset": asked}])
        (text,) = order(client, {**form, "PromptObjectsString": prompts}).json()["errors"]["PromptObjectsString"]
        assert told in text


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda text: f'"{text}"',
        lambda text: f" {text} ",
        lambda text: f"\ufeff{text}\r\n",
        lambda text: text.replace('"tag"', '"Tag"'),
    ],
    ids=["twice a string", "in quotes", "in spaces", "a file's text", "other case"],
)
def test_prompts_are_read_however_a_client_puts_them_into_a_string(
    client: httpx.Client, form: Mapping[str, str], cancelled: Any, write: Callable[[str], str]
) -> None:
    process = cancelled(order(client, {**form, "PromptObjectsString": write(json.dumps([PRESET]))}))
    assert len(process.tasks) == 1


def test_an_order_has_no_file_and_may_be_url_encoded(
    client: httpx.Client, form: Mapping[str, str], cancelled: Any
) -> None:
    assert len(cancelled(client.post(AD_CREATIVE, data=dict(form))).tasks) == 1


def test_an_empty_query_counts_as_left_out(client: httpx.Client, form: Mapping[str, str]) -> None:
    query = {"applicationId": form["applicationId"], "limit": "", "state": " ", "since": "", "cursor": "", "userId": ""}
    path = "/api/v1/Image/ProductGeneration/CheckApplicationAllProgresses"
    assert client.get(path, params=query).status_code == 200
    errors = client.get(path, params=query | {"applicationId": ""}).json()["errors"]
    assert errors == {"applicationId": ["The applicationId field is required."]}


def test_a_question_about_progress_costs_three_statements(
    service: Service, credentials: Credentials, process: Process
) -> None:
    """Clients ask all the time: an application, a process and its tasks are looked up, once each."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        if threading.current_thread().name.startswith("AnyIO"):  # the service's own threads ask on
            seen.append(arguments[2].split()[0])

    query = {"userId": str(process.user_id), "imageProductGeneratorProcessId": str(process.id)}
    path = "/api/v1/Image/ProductGeneration/CheckUserProgress"
    event.listen(Engine, "before_cursor_execute", note)
    try:
        reply = ask(service, "GET", path, params=query, headers=headers_of(credentials))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert reply.json()[0]["progress"] == 100
    assert [word for word in seen if word != "BEGIN"] == ["SELECT"] * 3
