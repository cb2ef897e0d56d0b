"""The OpenAPI document is complete and true, and no request that it allows or forbids breaks the service."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from photoshoot import Prompt, RenderKind, Request
from photoshoot.jobs import Credentials, Order, Process
from photoshoot.jobs.webhooks.messages import describe_process, describe_task
from photoshoot.jobs.webhooks.signing import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER
from photoshoot.server import Service
from photoshoot.server.app import documented_paths
from photoshoot.server.http.webhook_schemas import ProcessCompletedMessage, TaskCompletedMessage
from tests.jobs.waiting import PATIENCE_S
from tests.making import make_product
from tests.server.asking import fetch, headers_of
from tests.sweeps import is_exhaustive, sampled

if TYPE_CHECKING:  # loaded where it is asked: it takes each process that collects these tests more than a second
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

ROUTES = {
    "POST /api/v1/Authorization/GenerateJwtToken",
    "POST /api/v1/Authorization/RefreshJwtToken",
    "GET /api/v1/Image/ProductGeneration/PresetKeys",
    "GET /api/v1/Image/ProductGeneration/PromptReading",
    "GET /api/v1/Image/ProductGeneration/PresetSearch",
    "POST /api/v1/Image/ProductGeneration/Recommendations",
    "POST /api/v1/Image/ProductGeneration/AdCreative",
    "GET /api/v1/Image/ProductGeneration/CheckUserProgress",
    "GET /api/v1/Image/ProductGeneration/CheckApplicationAllProgresses",
    "GET /api/v1/Image/ProductGeneration/Download",
    "POST /api/v1/Image/ProductGeneration/Shoot",
    "POST /api/v1/Image/ProductGeneration/Cancel",
    "POST /api/v1/Image/ProductGeneration/Reroll",
    "GET /api/v1/Image/ProductGeneration/ProgressEvents",
    "DELETE /api/v1/Image/ProductGeneration/Upload",
    "DELETE /api/v1/Image/ProductGeneration/Picture",
    "DELETE /api/v1/Image/ProductGeneration/Process",
    "DELETE /api/v1/Image/ProductGeneration/User",
    "DELETE /api/v1/Application",
    "POST /api/v1/NotificationChannel",
    "GET /api/v1/NotificationChannel",
    "GET /api/v1/NotificationChannel/Active",
    "DELETE /api/v1/NotificationChannel/{channelId}",
    "PATCH /api/v1/NotificationChannel/{channelId}",
    "GET /api/v1/NotificationChannel/{channelId}/Deliveries",
    "POST /api/v1/NotificationChannel/{channelId}/Deliveries/{deliveryId}/Redeliver",
    "GET /images/ai-product-images/{taskId}.{suffix}",
    "GET /assets/ai-product-preset/{presetId}.webp",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
}
METHODS = ("GET", "HEAD")
ANYTHING_GOES = {"GET /healthz", "GET /readyz", "GET /metrics", "GET /assets/ai-product-preset/{presetId}.webp"}
"""Routes that take nothing that could be malformed."""


ASKED = [
    *((route, "positive") for route in sorted(ROUTES)),
    *((route, "negative") for route in sorted(ROUTES - ANYTHING_GOES)),
]
"""Of each route what its document allows, and what it forbids."""
TRIED = sampled(ASKED, lambda asked: asked[0])
"""One of the two, where not all is tried."""
ENDS_ALL = {"DELETE /api/v1/Application"}
"""Routes after which the application has nothing to ask any more."""

EVENTS = "Events"
"""How paths of streams end: the document describes one as text, as clients read it; the check takes it for an event."""
ORDERS = ("/AdCreative", "/Reroll")
"""Ends of the routes that order pictures."""


@pytest.fixture(scope="module")
def schemathesis_credentials(service: Service, url: str) -> Credentials:
    assert url  # its jobs run
    return service.jobs.applications.create("schemathesis")


@pytest.fixture(scope="module")
def ids(service: Service, schemathesis_credentials: Credentials, user_id: UUID) -> dict[str, str]:
    """Ids of things that the application has, and its secrets, by the names of the fields that take them."""
    application_id = schemathesis_credentials.application.id
    asset_id = service.jobs.assets.add(application_id, user_id, make_product()).id
    order = Order(
        application_id=application_id,
        user_id=user_id,
        asset_id=asset_id,
        request=Request(prompts=(Prompt.preset("white_background"),), render_kind=RenderKind.MEDIUM_BANNER),
    )
    process = service.jobs.cancel(application_id, service.jobs.submit(order).id)
    channel = service.jobs.channels.create(application_id, "http://127.0.0.1:9/hook", name="schemathesis")
    return {
        "applicationId": str(application_id),
        "jwtPrivateKey": schemathesis_credentials.jwt_private_key,
        "refreshToken": service.tokens.sign(schemathesis_credentials.application, "refresh").text,
        "userId": str(user_id),
        "productImageAssetId": str(asset_id),
        "imageProductGeneratorProcessId": str(process.id),
        "taskId": str(process.tasks[0].id),
        "channelId": str(channel.id),
    }


@pytest.fixture(scope="module")
def document(url: str) -> dict[str, Any]:
    found: dict[str, Any] = fetch(f"{url}/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def schema(document: dict[str, Any], url: str) -> BaseSchema:
    """The document as Schemathesis reads it."""
    import schemathesis

    found = schemathesis.openapi.from_dict(document)
    found.config.update(base_url=url)
    return found


def test_every_route_is_described(document: Mapping[str, Any]) -> None:
    found = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert found == ROUTES


def test_every_question_is_answered_by_head_too(
    document: Mapping[str, Any], url: str, ids: Mapping[str, str], schemathesis_credentials: Credentials
) -> None:
    asked = [(path, methods["get"]) for path, methods in document["paths"].items() if "get" in methods]
    assert len(asked) > 12
    with httpx.Client(base_url=url, headers=headers_of(schemathesis_credentials), timeout=PATIENCE_S) as client:
        for path, operation in asked:
            names = {parameter["name"]: ids.get(parameter["name"]) for parameter in operation.get("parameters", ())}
            known = {name: value for name, value in names.items() if value is not None}
            got, head = (
                client.request(method, path.format_map({**names, **known}), params=known) for method in METHODS
            )
            assert (head.status_code, head.content) == (got.status_code, b""), path
            assert head.headers["content-type"] == got.headers["content-type"]
            assert "content-length" not in got.headers or path == "/metrics" or "content-length" in head.headers


def test_a_form_without_a_file_may_be_url_encoded(document: Mapping[str, Any]) -> None:
    kinds = {
        path.rpartition("/")[2]: sorted(operation["requestBody"]["content"])
        for path, methods in document["paths"].items()
        for operation in methods.values()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", ())
    }
    both = ["application/x-www-form-urlencoded", "multipart/form-data"]
    assert kinds == {"AdCreative": both, "Recommendations": both[1:], "Shoot": both[1:]}


def test_paths_and_queries_are_spelled_as_in_the_document(document: Mapping[str, Any]) -> None:
    def queries(paths: Mapping[str, Any]) -> set[tuple[str, str, str]]:
        calls = [(path, method, call) for path, calls in paths.items() for method, call in calls.items()]
        return {
            (path, method, parameter["name"])
            for path, method, call in calls
            for parameter in call.get("parameters", ())
            if parameter["in"] == "query"
        }

    assert list(documented_paths()) == list(document["paths"])
    assert len(queries(documented_paths())) > 20
    assert queries(documented_paths()) == queries(document["paths"])


def test_calls_demand_key_and_secret_and_take_a_token(document: Mapping[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            both: list[dict[str, list[str]]] = [{"key": [], "secret": []}, {"key": [], "secret": [], "token": []}]
            secured = path.startswith(("/api/v1/Image", "/api/v1/NotificationChannel", "/api/v1/Application"))
            assert operation.get("security") == (both if secured else []), path
            assert ("401" in operation["responses"]) == path.startswith("/api/v1"), path
            assert "422" not in operation["responses"]
    assert set(document["components"]["securitySchemes"]) == {"key", "secret", "token"}


def test_headers_are_described_where_they_are_sent(
    document: Mapping[str, Any], client: httpx.Client, credentials: Credentials
) -> None:
    path = "/api/v1/Image/ProductGeneration/CheckApplicationAllProgresses"
    described = document["paths"][path]["get"]["responses"]["200"]["headers"]
    sent = client.get(path, params={"applicationId": str(credentials.application.id), "limit": "1"}).headers
    assert {name for name in sent if name.startswith("ratelimit")} <= {name.lower() for name in described}
    answers = document["paths"]["/api/v1/Image/ProductGeneration/Shoot"]["post"]["responses"]
    for status in ("200", "202"):
        assert {"X-Process-Id", "X-Task-Id", "X-Asset-Id", "X-Photo-Warning"} <= answers[status]["headers"].keys()
    assert "X-Next-Cursor" in described
    assert "Retry-After" in answers["429"]["headers"]


def test_forms_are_described_field_by_field(document: Mapping[str, Any]) -> None:
    def form(name: str) -> dict[str, Any]:
        body = document["paths"][f"/api/v1/Image/ProductGeneration/{name}"]["post"]["requestBody"]
        schema: dict[str, Any] = body["content"]["multipart/form-data"]["schema"]
        return schema

    assert form("Recommendations")["required"] == ["applicationId", "userId", "productImage"]
    assert form("Recommendations")["properties"]["productImage"]["format"] == "binary"
    contract = [
        "applicationId",
        "userId",
        "renderKind",
        "productImageAssetId",
        "PromptObjectsString",
        "productName",
        "productDescription",
        "DisableSafeMargin",
        "UseSameStyleReferenceImage",
    ]
    described = list(form("AdCreative")["properties"])
    assert described[:9] == contract
    of_contract = {"product", "prompts", "render_kind", "safe_margin", "name", "description"}
    more = {field.name for field in dataclasses.fields(Request)} - of_contract
    assert set(described[9:]) == {
        "size",
        "engine",
        "formats",
        *map(to_camel, more),
    }  # what a request has beyond the contract
    assert form("AdCreative")["required"] == contract[:7]
    assert form("AdCreative")["properties"]["renderKind"]["enum"] == [
        0, 1, 2, 4, 8, 16, 31, 32, 64, 128, 256, 512, 992, 1023,
    ]  # fmt: skip


def test_what_every_answer_has_is_required_of_it(document: Mapping[str, Any]) -> None:
    """Generated clients take what is not required for what may be missing."""
    may_be_missing = {
        (name, field)
        for name, schema in document["components"]["schemas"].items()
        if not name.endswith(("Request", "Changes"))
        for field in schema.get("properties", {}).keys() - set(schema.get("required", ()))
    }
    assert may_be_missing == {("CutoutErrorItem", "detail")}


def test_a_body_that_is_text_is_described_as_text(document: Mapping[str, Any]) -> None:
    """A generated client of Python fails where it is to read an object out of an event stream."""
    answers = document["paths"]["/api/v1/Image/ProductGeneration/ProgressEvents"]["get"]["responses"]
    assert answers["200"]["content"]["text/event-stream"]["schema"]["type"] == "string"


def test_what_has_fields_is_no_choice_between_others(document: Mapping[str, Any]) -> None:
    """Generators of clients leave such fields out."""

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            assert "properties" not in value or not {"anyOf", "oneOf", "allOf"} & value.keys(), value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            visit(inner)

    visit(document)


def test_webhooks_are_described_as_they_are_sent(document: Mapping[str, Any], process: Process) -> None:
    sent: dict[str, tuple[type[BaseModel], dict[str, Any]]] = {
        "taskCompleted": (TaskCompletedMessage, describe_task(process, process.tasks[0])),
        "processCompleted": (ProcessCompletedMessage, describe_process(process)),
    }
    assert set(document["webhooks"]) == set(sent)
    for name, (model, body) in sent.items():
        described = model.model_validate(body)
        assert described.model_dump(mode="json", by_alias=True) == body
        operation = document["webhooks"][name]["post"]
        assert set(operation["responses"]) == {"204"}
        headers = {parameter["name"] for parameter in operation["parameters"]}
        assert headers == {ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER}


@pytest.mark.parametrize(("route", "mode"), TRIED)
def test_what_the_document_allows_or_forbids_is_answered_as_it_says(
    route: str,
    mode: str,
    schema: BaseSchema,
    service: Service,
    ids: Mapping[str, str],
    schemathesis_credentials: Credentials,
) -> None:
    """What is allowed is asked with ids of things that are there: it is answered by more than a refusal."""
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    held = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
    ]
    method, path = route.split()
    if not path.endswith(EVENTS):
        held.append(checks.response_schema_conformance)
    secrets = schemathesis_credentials
    if route in ENDS_ALL:
        secrets = service.jobs.applications.create("schemathesis")
        ids = {"applicationId": str(secrets.application.id)}
    allowed = mode == "positive"
    seen: set[int] = set()

    @settings(
        max_examples=8 if is_exhaustive() else 4,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=GenerationMode(mode)))
    def ask(case: Case[Any]) -> None:
        for part in (case.query, case.path_parameters, case.body) if allowed else ():
            if isinstance(part, dict):
                part.update({name: ids[name] for name in part.keys() & ids.keys()})
        answer = case.call_and_validate(headers=headers_of(secrets), checks=held, timeout=PATIENCE_S)
        seen.add(answer.status_code)
        if answer.status_code == 200 and path.endswith(ORDERS):
            service.jobs.cancel(secrets.application.id, UUID(answer.json()["imageRenderProcessId"]))

    ask()
    if allowed:
        assert seen - {401, 403}, "every case was refused before it was looked at"
