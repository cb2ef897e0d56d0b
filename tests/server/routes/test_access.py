from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping
from uuid import uuid4

import httpx
import pytest

from photoshoot.errors import StoreError
from photoshoot.jobs import Credentials, Jobs, Process
from photoshoot.jobs.store.processes import Processes
from photoshoot.server import Service
from photoshoot.server.auth.keys import load_signing_key
from photoshoot.server.auth.rate_limits import RateLimiter
from photoshoot.server.auth.tokens import Tokens
from photoshoot.server.http.errors import BAD_TOKEN, Denial
from tests.jobs.waiting import Clock
from tests.server.asking import ask, fetch, headers_of
from tests.server.replay import GUID, without_trace

PRESETS = "/api/v1/Image/ProductGeneration/PresetKeys"
PROGRESS = "/api/v1/Image/ProductGeneration/CheckUserProgress"
DOWNLOAD = "/api/v1/Image/ProductGeneration/Download"
TOKEN = "/api/v1/Authorization/GenerateJwtToken"
REFRESH = "/api/v1/Authorization/RefreshJwtToken"
CHANNELS = "/api/v1/NotificationChannel"


@pytest.fixture
def query(credentials: Credentials) -> dict[str, str]:
    return {"applicationId": str(credentials.application.id), "userId": str(uuid4())}


def is_refused(reply: httpx.Response, why: Denial = Denial.WRONG_KEY) -> bool:
    told = (reply.status_code, reply.json()["errors"], reply.headers["WWW-Authenticate"])
    return told == (401, {"business:": [BAD_TOKEN]}, why)


def test_wrong_swapped_or_half_credentials_are_refused(
    url: str, credentials: Credentials, other: Credentials, query: Mapping[str, str]
) -> None:
    good = headers_of(credentials)
    assert fetch(url + PRESETS, params=query, headers=good).status_code == 200
    wrong: list[dict[str, str]] = [
        {},
        {"x-api-key": credentials.key},
        {"x-api-secret": credentials.secret},
        {**good, "x-api-secret": other.secret},
        {**good, "x-api-key": other.key},
        {**good, "x-api-secret": credentials.secret[:-1]},
        {"x-api-key": credentials.secret, "x-api-secret": credentials.key},
        {**good, "x-api-key": ""},
    ]
    for headers in wrong:
        why = Denial.WRONG_KEY if headers else Denial.NO_KEY
        assert is_refused(fetch(url + PRESETS, params=query, headers=headers), why), headers


def test_a_query_with_two_values_is_refused(url: str, credentials: Credentials, query: Mapping[str, str]) -> None:
    whole = f"{url}{PRESETS}?applicationId={query['applicationId']}&userId={query['userId']}"
    replies = [
        fetch(f"{whole}&USERID={user}", headers=headers_of(credentials)) for user in ("", query["userId"], uuid4())
    ]
    assert [reply.status_code for reply in replies] == [200, 200, 400]
    assert replies[2].json()["errors"] == {"userId": ["The userId field is given more than once."]}


def test_a_token_on_top_must_be_good_and_of_the_same_application(
    client: httpx.Client, credentials: Credentials, other: Credentials, service: Service, query: Mapping[str, str]
) -> None:
    def with_token(text: str) -> httpx.Response:
        return client.get(PRESETS, params=query, headers={"Authorization": text})

    good = service.tokens.sign(credentials.application, "access").text
    late = Tokens(load_signing_key(service.settings), {"access": 60}, lambda: 1_000_000)
    assert with_token(f"Bearer {good}").status_code == 200
    assert with_token(f"bearer {good}").status_code == 200
    for text in (
        good,
        "Bearer",
        f"Basic {good}",
        f"Bearer {good}x",
        f"Bearer {service.tokens.sign(credentials.application, 'refresh').text}",
        f"Bearer {service.tokens.sign(other.application, 'access').text}",
        f"Bearer {late.sign(credentials.application, 'access').text}",
    ):
        assert is_refused(with_token(text), Denial.WRONG_TOKEN), text


def test_a_token_can_be_demanded(service: Service, credentials: Credentials, query: Mapping[str, str]) -> None:
    strict = dataclasses.replace(service, settings=dataclasses.replace(service.settings, require_token=True))
    headers = headers_of(credentials)
    assert is_refused(ask(strict, "GET", PRESETS, headers=headers, params=query), Denial.NO_TOKEN)
    token = service.tokens.sign(credentials.application, "access").text
    headers["Authorization"] = f"Bearer {token}"
    assert ask(strict, "GET", PRESETS, headers=headers, params=query).status_code == 200


def test_tokens_are_given_for_the_private_key_and_for_a_refresh_token(client: httpx.Client, service: Service) -> None:
    credentials = service.jobs.applications.create("tokens")
    application = str(credentials.application.id)
    body = {"applicationId": application, "jwtPrivateKey": credentials.jwt_private_key}
    first = client.post(TOKEN, json=body, headers={"Content-Type": "application/json; x-api-version=1.0"})
    assert list(first.json()) == [
        "applicationId",
        "accessToken",
        "accessTokenExpiration",
        "refreshToken",
        "refreshTokenExpiration",
    ]
    assert first.json()["accessTokenExpiration"].endswith("Z")
    renew = {"applicationId": application, "refreshToken": first.json()["refreshToken"]}
    second = client.post(REFRESH, json=renew).json()
    assert is_refused(client.post(REFRESH, json=renew), Denial.WRONG_TOKEN)  # it counts once
    third = client.post(REFRESH, json={**renew, "refreshToken": second["refreshToken"]}).json()
    assert service.tokens.belongs_to(third["accessToken"], credentials.application, "access")
    assert service.tokens.belongs_to(second["accessToken"], credentials.application, "access")
    assert second["accessToken"] != first.json()["accessToken"]
    for path, wrong in (
        (TOKEN, {**body, "jwtPrivateKey": "x" * 64}),
        (TOKEN, {**body, "applicationId": str(uuid4())}),
        (REFRESH, {**renew, "refreshToken": first.json()["accessToken"]}),
        (REFRESH, {**renew, "applicationId": str(uuid4())}),
    ):
        why = Denial.WRONG_PRIVATE_KEY if path == TOKEN else Denial.WRONG_TOKEN
        assert is_refused(client.post(path, json=wrong), why), wrong


def test_rotated_secrets_void_the_old_ones_and_their_tokens(url: str, service: Service) -> None:
    old = service.jobs.applications.create("rotated")
    query = {"applicationId": str(old.application.id), "userId": str(uuid4())}
    token = service.tokens.sign(old.application, "access").text
    new = service.jobs.applications.rotate(old.application.id)
    assert is_refused(fetch(url + PRESETS, params=query, headers=headers_of(old)))
    assert fetch(url + PRESETS, params=query, headers=headers_of(new)).status_code == 200
    bearer = {**headers_of(new), "Authorization": f"Bearer {token}"}
    assert is_refused(fetch(url + PRESETS, params=query, headers=bearer), Denial.WRONG_TOKEN)


def test_another_applications_ids_are_answered_like_those_that_do_not_exist(
    client: httpx.Client, stranger: httpx.Client, credentials: Credentials, other: Credentials, process: Process
) -> None:
    mine, theirs = str(credentials.application.id), str(other.application.id)
    channel = client.post(CHANNELS, json={"applicationId": mine, "url": "http://127.0.0.1:9/hook"}).json()["id"]
    task = str(process.tasks[0].id)

    def calls(known: bool) -> list[httpx.Response]:
        process_id, task_id, channel_id, asset_id = (
            (str(process.id), task, channel, str(process.asset_id)) if known else [str(uuid4()) for _ in range(4)]
        )
        order = {
            "applicationId": theirs,
            "userId": str(process.user_id),
            "renderKind": "64",
            "productImageAssetId": asset_id,
            "PromptObjectsString": '[{"tag":"preset","preset":"white_background"}]',
            "productName": "bottle",
            "productDescription": "A bottle.",
        }
        ids = {"imageProductGeneratorProcessId": process_id}
        return [
            stranger.get(PROGRESS, params={**ids, "userId": str(process.user_id)}),
            stranger.get(DOWNLOAD, params={**ids, "applicationId": theirs, "taskId": task_id}),
            stranger.delete(f"{CHANNELS}/{channel_id}", params={"applicationId": theirs}),
            stranger.post(
                "/api/v1/Image/ProductGeneration/AdCreative", files={key: (None, text) for key, text in order.items()}
            ),
        ]

    for known, unknown in zip(calls(True), calls(False), strict=True):
        assert known.status_code == unknown.status_code == 404
        assert without_trace(known.json()) == without_trace(unknown.json())
    assert channel in [kept["id"] for kept in client.get(CHANNELS, params={"applicationId": mine}).json()]
    assert client.delete(f"{CHANNELS}/{channel}", params={"applicationId": mine}).status_code == 204


def test_naming_another_application_is_refused(stranger: httpx.Client, query: Mapping[str, str]) -> None:
    for path in (
        PRESETS,
        CHANNELS,
        f"{CHANNELS}/Active",
        "/api/v1/Image/ProductGeneration/CheckApplicationAllProgresses",
    ):
        assert is_refused(stranger.get(path, params=query), Denial.OTHER_APPLICATION), path


def test_a_process_is_shown_to_its_user_only(client: httpx.Client, process: Process) -> None:
    ids = {"imageProductGeneratorProcessId": str(process.id)}
    assert client.get(PROGRESS, params={**ids, "userId": str(process.user_id)}).status_code == 200
    assert client.get(PROGRESS, params={**ids, "userId": str(uuid4())}).status_code == 404


def test_requests_are_limited_by_application_and_the_headers_say_so(
    service: Service, credentials: Credentials, other: Credentials, query: Mapping[str, str]
) -> None:
    limited = dataclasses.replace(service, polls=RateLimiter(2, Clock()))
    replies = [ask(limited, "GET", PRESETS, headers=headers_of(credentials), params=query) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert [reply.headers["RateLimit-Remaining"] for reply in replies] == ["1", "0", "0"]
    assert all(reply.headers["RateLimit-Limit"] == "2" for reply in replies)
    assert replies[2].headers["Retry-After"] == replies[2].headers["RateLimit-Reset"]
    assert 1 <= int(replies[2].headers["Retry-After"]) <= 60
    theirs = {**query, "applicationId": str(other.application.id)}
    assert ask(limited, "GET", PRESETS, headers=headers_of(other), params=theirs).status_code == 200


def test_questions_use_up_nothing_of_what_orders_and_downloads_have(
    service: Service, credentials: Credentials, query: Mapping[str, str]
) -> None:
    limited = dataclasses.replace(service, requests=RateLimiter(1, Clock()), polls=RateLimiter(3, Clock()))
    headers = headers_of(credentials)
    download = {**query, "imageProductGeneratorProcessId": str(uuid4()), "taskId": str(uuid4())}
    asked = [ask(limited, "GET", PRESETS, headers=headers, params=query).status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]
    taken = [ask(limited, "GET", DOWNLOAD, headers=headers, params=download).status_code for _ in range(2)]
    assert taken == [404, 429]


def test_a_user_does_not_use_up_what_the_others_have(
    service: Service, credentials: Credentials, query: Mapping[str, str]
) -> None:
    limited = dataclasses.replace(service, user_requests=RateLimiter(1, Clock()))

    def order(user_id: str) -> int:
        form = {
            **query,
            "userId": user_id,
            "renderKind": "64",
            "productImageAssetId": str(uuid4()),
            "PromptObjectsString": '[{"tag":"preset","preset":"white_background"}]',
            "productName": "bottle",
            "productDescription": "A bottle.",
        }
        request = httpx.Request("POST", "http://x", files={name: (None, text) for name, text in form.items()})
        headers = {**headers_of(credentials), "content-type": request.headers["content-type"]}
        path = "/api/v1/Image/ProductGeneration/AdCreative"
        return ask(limited, "POST", path, headers=headers, content=request.read()).status_code

    first, second = str(uuid4()), str(uuid4())
    assert [order(user) for user in (first, first, second)] == [404, 429, 404]


def test_wrong_credentials_are_limited_by_address(
    service: Service, credentials: Credentials, query: Mapping[str, str]
) -> None:
    limited = dataclasses.replace(service, failures=RateLimiter(2, Clock()))
    wrong = {**headers_of(credentials), "x-api-secret": "0" * 64}
    statuses = [ask(limited, "GET", PRESETS, headers=wrong, params=query).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    body = f'{{"applicationId": "{uuid4()}", "jwtPrivateKey": "x"}}'.encode()
    reply = ask(limited, "POST", TOKEN, headers={"Content-Type": "application/json"}, content=body)
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) >= 1
    assert ask(limited, "GET", PRESETS, headers=headers_of(credentials), params=query).status_code == 200


class Broken(Processes, Jobs):
    """Jobs whose store fails when a process is looked up, or all is checked."""

    def __init__(self, jobs: Jobs, error: Exception) -> None:
        self.applications, self.processes, self.error = jobs.applications, self, error

    def find(self, *_: object) -> Process:
        raise self.error

    def check(self) -> None:
        raise self.error


def ask_broken(service: Service, credentials: Credentials, error: Exception) -> httpx.Response:
    broken = Broken(service.jobs, error)
    query = {"userId": str(uuid4()), "imageProductGeneratorProcessId": str(uuid4())}
    failing = dataclasses.replace(service, jobs=broken)
    assert ask(failing, "GET", "/healthz").status_code == 200
    assert ask(failing, "GET", "/readyz").status_code in (500, 503)
    return ask(failing, "GET", PROGRESS, headers=headers_of(credentials), params=query)


def test_an_internal_error_is_logged_and_its_answer_says_nothing_of_it(
    service: Service, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "photoshoot")
    reply = ask_broken(service, credentials, RuntimeError("/srv/secret/path is broken"))
    assert reply.status_code == 500
    assert without_trace(reply.json())["title"] == "One or more errors occurred."
    for leak in ("secret", "RuntimeError", "Traceback", ".py"):
        assert leak not in reply.text
    assert "/srv/secret/path is broken" in caplog.text
    assert reply.headers["X-Trace-Id"] == reply.json()["extensions"]["traceId"]


def test_a_store_out_of_reach_is_answered_with_503(service: Service, credentials: Credentials) -> None:
    reply = ask_broken(service, credentials, StoreError("the database can't be reached"))
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/nothing", 404, "/docs"),
        ("POST", PRESETS, 405, "GET, HEAD"),
        ("GET", "/assets/ai-product-preset/..%2F..%2Fsecret.webp", 404, "/docs"),
        ("GET", "/assets/ai-product-preset/nothing.webp", 404, "no preset"),
    ],
)
def test_what_is_not_there_is_a_problem_too(
    client: httpx.Client, method: str, path: str, status: int, told: str
) -> None:
    reply = client.request(method, path)
    assert reply.status_code == status
    assert without_trace(reply.json())["status"] == status
    assert told in str(reply.json()["errors"])
    assert not GUID.search(reply.json()["title"])
