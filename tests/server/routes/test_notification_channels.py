from __future__ import annotations

import dataclasses
import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from photoshoot.jobs import Credentials, Process
from photoshoot.server import Service, build_service
from tests.jobs.receiver import run_receiver
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import ask, headers_of
from tests.server.replay import TRACE_ID

CHANNELS = "/api/v1/NotificationChannel"
FIELDS = ["id", "applicationId", "name", "url", "includeImageData", "isActive", "createdAt"]


@pytest.fixture
def owner(service: Service, url: str) -> Credentials:
    assert url
    return service.jobs.applications.create("channels")


def test_channels_are_created_listed_and_deleted(url: str, owner: Credentials) -> None:
    application = str(owner.application.id)
    query = {"applicationId": application}
    with httpx.Client(base_url=url, headers=headers_of(owner), timeout=PATIENCE_S) as client:
        created = [
            client.post(CHANNELS, json={**query, "url": "http://127.0.0.1:9/a", "includeImageData": True}),
            client.post(CHANNELS, json={**query, "url": "http://127.0.0.1:9/b", "name": "b", "isActive": False}),
        ]
        assert [reply.status_code for reply in created] == [201, 201]
        first, second = (reply.json() for reply in created)
        assert list(first) == [*FIELDS, "secret"]
        assert (first["includeImageData"], first["isActive"], first["name"]) == (True, True, "")
        assert first["secret"].startswith("whsec_")
        assert first["secret"] != second["secret"]
        listed = client.get(CHANNELS, params=query).json()
        assert [list(channel) for channel in listed] == [FIELDS, FIELDS]  # the secret is shown once
        assert [channel["id"] for channel in listed] == [first["id"], second["id"]]
        active = client.get(f"{CHANNELS}/Active", params=query).json()
        assert [channel["id"] for channel in active] == [first["id"]]
        deleted = client.delete(f"{CHANNELS}/{first['id']}", params=query)
        assert (deleted.status_code, deleted.content) == (204, b"")
        assert client.delete(f"{CHANNELS}/{first['id']}", params=query).status_code == 404
        assert [channel["id"] for channel in client.get(CHANNELS, params=query).json()] == [second["id"]]


@pytest.mark.parametrize(
    "target", ["ftp://example.com/", "no address", "http://", "http://[::1", "javascript:alert(1)"]
)
def test_a_malformed_address_is_refused_by_name(client: httpx.Client, credentials: Credentials, target: str) -> None:
    body = {"applicationId": str(credentials.application.id), "url": target}
    reply = client.post(CHANNELS, json=body)
    assert reply.status_code == 400, reply.text
    assert list(reply.json()["errors"]) == ["url"]


def test_private_addresses_are_refused_unless_they_are_allowed(service: Service, owner: Credentials) -> None:
    public = build_service(dataclasses.replace(service.settings, private_webhooks=False), service.shoot)
    try:
        for target in (
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]/",
            "http://10.1.2.3/",
        ):
            body = json.dumps({"applicationId": str(owner.application.id), "url": target}).encode()
            headers = {**headers_of(owner), "Content-Type": "application/json"}
            reply = ask(public, "POST", CHANNELS, headers=headers, content=body)
            assert reply.status_code == 400, target
    finally:
        public.jobs.close()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "http://example.com"}, "applicationId"),
        ({"applicationId": str(uuid4())}, "url"),
        ({"applicationId": "x", "url": "http://example.com"}, "applicationId"),
        ({"applicationId": str(uuid4()), "url": "\x00"}, "url"),
        ({"applicationId": str(uuid4()), "url": "\ud800"}, "url"),
        ({"applicationId": str(uuid4()), "url": "http://e.com", "name": "a\x00"}, "name"),
        ({"applicationId": str(uuid4()), "url": "http://e.com", "isActive": "perhaps"}, "isActive"),
    ],
)
def test_a_wrong_field_is_named(client: httpx.Client, body: dict[str, object], field: str) -> None:
    reply = client.post(CHANNELS, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]


def refuse(client: httpx.Client, content: bytes) -> Any:
    """The body of the answer to one that is no object."""
    reply = client.post(CHANNELS, content=content, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400, reply.text
    return reply.json()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"'])
def test_a_body_that_is_no_object_is_refused(client: httpx.Client, content: bytes) -> None:
    told = refuse(client, content)
    assert TRACE_ID.fullmatch(told["traceId"])
    assert told["errors"] == {
        "": [f"The request body {'is not valid JSON' if content == b'{' else 'must be a JSON object'}."]
    }


def test_what_is_null_is_left_out(client: httpx.Client, credentials: Credentials) -> None:
    """As serializers write what their callers did not set."""
    body = {"applicationId": str(credentials.application.id), "url": "http://93.184.216.34/hook"}
    unset = dict.fromkeys(("name", "includeImageData", "isActive"))
    made = client.post(CHANNELS, json=body | unset, headers=headers_of(credentials)).json()
    assert (made["name"], made["includeImageData"], made["isActive"]) == ("", False, True)


@pytest.mark.parametrize("content", [b"\xff", b"[" * 100_000])
def test_a_body_that_cant_be_read_at_all_is_refused(client: httpx.Client, content: bytes) -> None:
    assert TRACE_ID.fullmatch(refuse(client, content)["extensions"]["traceId"])


def test_a_body_that_is_too_long_is_refused(client: httpx.Client) -> None:
    reply = client.post(CHANNELS, content=b" " * 300_000, headers={"Content-Type": "application/json"})
    assert reply.status_code == 413


def test_a_channel_is_changed_and_its_messages_are_sent_again(
    client: httpx.Client, credentials: Credentials, service: Service, process: Process
) -> None:
    ours = str(credentials.application.id)
    with run_receiver() as receiver:
        made = client.post(CHANNELS, json={"applicationId": ours, "url": "http://127.0.0.1:9/old"}).json()
        body = {"applicationId": ours, "url": receiver.url, "name": "new", "INCLUDEIMAGEDATA": True}
        changed = client.patch(f"{CHANNELS}/{made['id']}", json=body).json()
        assert changed == {
            **{key: made[key] for key in changed},
            "url": receiver.url,
            "name": "new",
            "includeImageData": True,
        }
        params = {
            "applicationId": ours,
            "imageProductGeneratorProcessId": str(process.id),
            "taskId": str(process.tasks[0].id),
        }
        again = client.post("/api/v1/Image/ProductGeneration/Reroll", params=params).json()["imageRenderProcessId"]
        service.jobs.cancel(credentials.application.id, UUID(again))
        wait_until(lambda: len(receiver.messages) == 2)
        where = f"{CHANNELS}/{made['id']}/Deliveries"
        query = {"applicationId": ours, "state": "delivered"}
        wait_until(lambda: len(client.get(where, params=query).json()) == 2)
        newest, oldest = client.get(where, params=query).json()
        assert [newest["taskId"], newest["imageRenderProcessId"], oldest["tries"]] == [None, again, 1]
        assert client.get(where, params=query | {"before": newest["id"]}).json() == [oldest]
        assert client.get(where, params=query | {"before": str(uuid4())}).status_code == 404
        reply = client.post(f"{where}/{oldest['id']}/Redeliver", params={"applicationId": ours})
        assert (reply.status_code, reply.json()["state"]) == (202, "pending")
        wait_until(lambda: len(receiver.messages) == 3)
        assert receiver.messages[-1].id == oldest["id"]
        assert receiver.messages[-1].is_signed_with(made["secret"])
        assert client.delete(f"{CHANNELS}/{made['id']}", params={"applicationId": ours}).status_code == 204
