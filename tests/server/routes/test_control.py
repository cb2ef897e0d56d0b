"""A process that is under way: followed, cancelled, ordered once more, found again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from photoshoot import Prompt, RenderKind, Request
from photoshoot.jobs import Credentials, Order, Process
from photoshoot.server import Service
from tests.jobs.waiting import wait_until
from tests.server.uploads import draw_photo, encode_photo

API = "/api/v1/Image/ProductGeneration"


@pytest.fixture
def waiting(service: Service, credentials: Credentials, user_id: UUID, asset_id: UUID) -> Iterator[Process]:
    """A process of three pictures that is not finished yet."""
    request = Request(
        prompts=(Prompt.preset("white_background"),) * 3,
        render_kind=RenderKind.LEADERBOARD,
        safe_margin=False,
        seed=3,
    )
    ids: dict[str, UUID] = {"application_id": credentials.application.id, "user_id": user_id, "asset_id": asset_id}
    process = service.jobs.submit(Order(**ids, request=request))  # type: ignore[arg-type]
    yield process
    service.jobs.cancel(process.application_id, process.id)


def name(process: Process, **more: str) -> dict[str, str]:
    ids = {"applicationId": str(process.application_id), "imageProductGeneratorProcessId": str(process.id)}
    return ids | more


def test_a_task_and_then_the_rest_is_cancelled(client: httpx.Client, waiting: Process) -> None:
    last = str(waiting.tasks[2].id)
    reply = client.post(f"{API}/Cancel", params=name(waiting, taskId=last))
    assert reply.status_code == 200
    states = {task["taskId"]: task["renderState"] for task in reply.json()["taskUrls"]}
    assert states[last] == 6
    assert client.post(f"{API}/Cancel", params=name(waiting, taskId=str(uuid4()))).status_code == 404
    told = client.post(f"{API}/Cancel", params=name(waiting)).json()
    assert told["progress"] == 100
    assert {task["renderState"] for task in told["taskUrls"]} <= {5, 6}


def test_a_picture_is_ordered_once_more(client: httpx.Client, process: Process, service: Service) -> None:
    params = name(process, taskId=str(process.tasks[0].id), seed="9")
    told = client.post(f"{API}/Reroll", params=params).json()
    again = service.jobs.processes.find(process.application_id, UUID(told["imageRenderProcessId"]))
    service.jobs.cancel(process.application_id, again.id)
    assert (again.seed, again.total_count, len(told["tasks"])) == (9, 1, 1)
    assert again.id != process.id
    for wrong, status in (({"seed": "-1"}, 400), ({"taskId": str(uuid4())}, 404)):
        assert client.post(f"{API}/Reroll", params=params | wrong).status_code == status


def test_details_tell_the_place_in_the_queue(client: httpx.Client, process: Process, waiting: Process) -> None:
    for one in (process, waiting):
        query = {"userId": str(one.user_id), "imageProductGeneratorProcessId": str(one.id)}
        (plain,) = client.get(f"{API}/CheckUserProgress", params=query).json()
        (detailed,) = client.get(f"{API}/CheckUserProgress", params=query | {"details": "true"}).json()
        assert set(detailed) - set(plain) == {"queuePosition", "secondsLeft"}
        more = {"promptIndex", "size", "errorMessage", "fileUrls"}
        assert {key for task in detailed["taskUrls"] for key in task} - set(plain["taskUrls"][0]) == more
        told = [(task["promptIndex"], task["size"], task["errorMessage"]) for task in detailed["taskUrls"]]
        assert told == [(task.prompt_index, task.size_label, "") for task in one.tasks]
        assert (detailed["secondsLeft"] == 0) == (detailed["progress"] == 100)


def read_events(client: httpx.Client, process: Process, user_id: UUID) -> list[Any]:
    query = {"userId": str(user_id), "imageProductGeneratorProcessId": str(process.id)}
    with client.stream("GET", f"{API}/ProgressEvents", params=query) as reply:
        if reply.status_code != 200:
            return [reply.status_code]
        assert reply.headers["content-type"].startswith("text/event-stream")
        return [json.loads(line.removeprefix("data: ")) for line in reply.iter_lines() if line.startswith("data: ")]


def test_a_process_is_followed_to_its_end(client: httpx.Client, waiting: Process) -> None:
    events = read_events(client, waiting, waiting.user_id)
    assert events[-1]["progress"] == 100
    assert events[-1]["isSuccessful"]
    assert [event["progress"] for event in events] == sorted(event["progress"] for event in events)
    assert read_events(client, waiting, uuid4()) == [404]


def test_processes_are_paged_and_filtered(
    client: httpx.Client, service: Service, credentials: Credentials, asset_id: UUID, user_id: UUID
) -> None:
    request = Request(prompts=(Prompt.preset("white_background"),), render_kind=RenderKind.LEADERBOARD)
    application = credentials.application.id
    made = []
    for _ in range(5):
        order = Order(application_id=application, user_id=user_id, asset_id=asset_id, request=request)
        made.append(str(service.jobs.submit(order).id))
        service.jobs.cancel(application, UUID(made[-1]))
    query = {"applicationId": str(application), "userId": str(user_id), "state": "6", "limit": "2"}
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        reply = client.get(f"{API}/CheckApplicationAllProgresses", params=query | cursor)
        page = [process["imageRenderProcessId"] for process in reply.json()]
        assert len(page) <= 2
        seen += page
        if "X-Next-Cursor" not in reply.headers:
            break
        cursor = {"cursor": reply.headers["X-Next-Cursor"]}
    assert [one for one in seen if one in made] == made[::-1]
    assert len(seen) == len(set(seen))
    for none in ({"userId": str(uuid4())}, {"since": "2100-01-01"}, {"until": "2000-01-01T00:00:00Z"}, {"state": "2"}):
        reply = client.get(f"{API}/CheckApplicationAllProgresses", params=query | none)
        assert not set(made) & {process["imageRenderProcessId"] for process in reply.json()}
    for wrong in ({"cursor": "nonsense"}, {"state": "7"}, {"since": "yesterday"}):
        assert client.get(f"{API}/CheckApplicationAllProgresses", params=query | wrong).status_code == 400


def test_a_photo_becomes_a_picture_in_one_call(
    client: httpx.Client, credentials: Credentials, user_id: UUID, service: Service
) -> None:
    form = {"applicationId": str(credentials.application.id), "userId": str(user_id), "renderKind": "64"}
    form |= {"DisableSafeMargin": "true", "seed": "5"}
    photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
    reply = client.post(f"{API}/Shoot", data=form, files=photo, params={"format": "1", "waitSeconds": "600"})
    assert reply.status_code == 200, reply.text
    assert (reply.headers["content-type"], reply.content[:2]) == ("image/jpeg", b"\xff\xd8")
    made = service.jobs.processes.find(credentials.application.id, UUID(reply.headers["X-Process-Id"]))
    assert (made.seed, str(made.asset_id)) == (5, reply.headers["X-Asset-Id"])
    late = client.post(f"{API}/Shoot", data=form, files=photo, params={"waitSeconds": "0"})
    assert (late.status_code, late.json()["totalTaskCount"]) == (202, 1)
    service.jobs.cancel(credentials.application.id, UUID(late.json()["imageRenderProcessId"]))
    two = json.dumps([{"tag": "preset", "preset": "white_background"}] * 2)
    small = client.post(f"{API}/Shoot", data=form | {"size": "200x150"}, files=photo, params={"waitSeconds": "600"})
    assert Image.open(io.BytesIO(small.content)).size == (200, 150)
    wrongs = ({"renderKind": "31"}, {"PromptObjectsString": two}, {"PromptObjectsString": "[]"}, {"seed": "x"})
    for wrong in (*wrongs, {"size": "200x150,pin"}, {"engine": "sd16"}, {"formats": "gif"}):
        assert client.post(f"{API}/Shoot", data=form | wrong, files=photo).status_code == 400
    assert client.post(f"{API}/Shoot", data=form).status_code in (400, 415)


def test_what_is_deleted_is_gone_for_those_who_know_its_url(
    client: httpx.Client, stranger: httpx.Client, service: Service, process: Process, url: str
) -> None:
    params = name(process, taskId=str(process.tasks[0].id), seed="5")
    told = client.post(f"{API}/Reroll", params=params).json()
    again = UUID(told["imageRenderProcessId"])
    wait_until(lambda: service.jobs.processes.find(process.application_id, again).is_successful)
    (task,) = told["tasks"]
    address = service.signer.url(service.signer.address(process.application_id, again, UUID(task)), url)
    assert client.get(address).status_code == 200
    ids = {"applicationId": str(process.application_id), "imageProductGeneratorProcessId": str(again)}
    assert stranger.delete(f"{API}/Picture", params={**ids, "taskId": task}).status_code == 401
    deleted = client.delete(f"{API}/Picture", params={**ids, "taskId": task}).json()
    assert deleted == {"uploads": [], "processes": [], "pictures": [task], "channels": []}
    assert client.get(address).status_code == 404
    deleted = client.delete(f"{API}/Process", params=ids).json()
    assert deleted["processes"] == [str(again)]
    assert client.delete(f"{API}/Process", params=ids).status_code == 404


def test_what_waits_for_a_deleted_upload_says_that_it_is_gone(
    client: httpx.Client, service: Service, credentials: Credentials, user_id: UUID
) -> None:
    application = credentials.application.id
    form = {"applicationId": str(application), "userId": str(user_id)}
    photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
    asset = client.post(f"{API}/Recommendations", data=form, files=photo).json()["backgroundRemovedImageAssetId"]
    request = Request(prompts=(Prompt.preset("white_background"),) * 6, render_kind=RenderKind.LEADERBOARD)
    order = Order(application_id=application, user_id=user_id, asset_id=UUID(asset), request=request)
    process = service.jobs.submit(order)
    of_upload = {"applicationId": str(application), "productImageAssetId": asset}
    assert client.delete(f"{API}/Upload", params=of_upload).json()["uploads"] == [asset]
    left = [task for task in service.jobs.processes.find(application, process.id).tasks if task.state == 6]
    assert {task.error_message for task in left} == {"The upload was deleted."}
    again = client.post(f"{API}/Reroll", params=name(process, taskId=str(process.tasks[0].id)))
    assert again.status_code == 404
    assert "The upload was deleted" in again.text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("renderKind", "3", "It should be one of 0, 1, 2, 4"),
        ("size", "100", "WIDTHxHEIGHT in pixels"),
        ("productName", "x" * 2001, "It should have at most 2000 characters"),
        ("styleImage", "data:image/jpeg", "must be a whole JPEG, PNG or WebP file"),
        ("light", '{"azimuth": 1}', "did you mean azimuth_deg?"),
        ("placement", '{"box_px": [100, 0, 400, 300]}', "For landscape: box_px (100, 0, 400, 300) is not inside"),
        ("PromptObjectsString", '[{"tag": "custom"}]', "must be a text"),
    ],
)
def test_a_refusal_says_how_to_mend_it(
    client: httpx.Client, credentials: Credentials, user_id: UUID, asset_id: UUID, field: str, value: str, told: str
) -> None:
    form = {
        "applicationId": str(credentials.application.id),
        "userId": str(user_id),
        "productImageAssetId": str(asset_id),
        "renderKind": "4",
        "PromptObjectsString": '[{"tag": "preset", "preset": "white_background"}]',
        "productName": "bottle",
        "productDescription": "A bottle.",
    }
    files = {name: (None, text) for name, text in (form | {field: value}).items()}
    reply = client.post(f"{API}/AdCreative", files=files)
    ((key, (text,)),) = reply.json()["errors"].items()
    assert (reply.status_code, key.partition(".")[0], told in text) == (400, field, True), reply.text
    assert "object at 0x" not in text
    assert "None" not in text
    assert "?." not in text
    assert len(text) < 300


def test_queries_and_broken_json_say_how_to_mend_them(client: httpx.Client, credentials: Credentials) -> None:
    listing = f"{API}/CheckApplicationAllProgresses"
    own = {"applicationId": str(credentials.application.id)}
    for wrong, told in (
        ({"limit": "0"}, "It should be greater than or equal to 1."),
        ({"state": "0"}, "It should be greater than or equal to 1."),  # no process is in it
        ({"state": "9"}, "It should be less than or equal to 6."),
        ({"since": "2026-01-01T00:00:00 01:00"}, "%2B"),
    ):
        assert told in client.get(listing, params=own | wrong).text
    as_json = {"content-type": "application/json"}
    broken = client.post("/api/v1/NotificationChannel", content=b"{'url': 1}", headers=as_json)
    assert broken.json()["errors"] == {"": ["The request body is not valid JSON."]}
    for unread in (b'{"url": "\xff"}', b"[" * 200_000):
        told = client.post("/api/v1/NotificationChannel", content=unread, headers=as_json).json()["errors"]
        assert told == {"business:": ["The request body can't be read as JSON: it is not UTF-8, or nested too deeply."]}
    secret = client.post("/api/v1/NotificationChannel", json={**own, "url": 5})  # it may hold a password
    assert secret.json()["errors"]["url"] == ["The value is not valid. It should be a valid string."]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/docs", "/", "/openapi.json"])
def test_pages_and_health_checks_answer_head_and_name_what_they_take(client: httpx.Client, path: str) -> None:
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    refused = client.put(path)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_an_application_deletes_itself(client: httpx.Client, service: Service) -> None:
    leaving = service.jobs.applications.create("leaving")
    headers = {"x-api-key": leaving.key, "x-api-secret": leaving.secret}
    params = {"applicationId": str(leaving.application.id)}
    user = client.delete(f"{API}/User", params=params | {"userId": str(uuid4())}, headers=headers)
    assert user.json() == {"uploads": [], "processes": [], "pictures": [], "channels": []}
    assert client.delete("/api/v1/Application", params=params, headers=headers).status_code == 200
    assert client.delete("/api/v1/Application", params=params, headers=headers).status_code == 401


def test_the_document_is_a_page_that_needs_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    for route in client.get("/openapi.json").json()["paths"]:
        assert route in page.text
