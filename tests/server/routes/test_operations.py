from __future__ import annotations

import dataclasses
import json
import logging
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from photoshoot import Photoshoot, Prompt, RenderKind, Request
from photoshoot.errors import StoreError
from photoshoot.jobs import Credentials, Jobs, JobSettings, Order, RenderState
from photoshoot.server import ServerSettings, Service, build_service
from tests.jobs.waiting import wait_until
from tests.server.asking import ask, headers_of
from tests.server.serving import serving
from tests.server.uploads import draw_photo


def test_it_says_that_it_lives_and_is_ready(client: httpx.Client) -> None:
    for path in ("/healthz", "/readyz"):
        reply = client.get(path)
        assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_metrics_are_prometheuss_and_count_requests_by_route(client: httpx.Client) -> None:
    for _ in range(3):
        client.get(f"/assets/ai-product-preset/{uuid4()}.webp")
    client.get("/nowhere")
    client.delete(f"/api/v1/notificationchannel/{uuid4()}", params={"applicationId": str(uuid4())})
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    families = {family.name: family for family in text_string_to_metric_families(reply.text)}
    counts: Counter[tuple[str, str]] = Counter()  # of all methods: others may have asked the service, too
    for sample in families["photoshoot_http_request_seconds"].samples:
        if sample.name.endswith("_count"):
            counts[sample.labels["route"], sample.labels["status"]] += int(sample.value)
    assert counts["/assets/ai-product-preset/{presetId}.webp", "404"] >= 3
    assert counts["/api/v1/NotificationChannel/{channelId}", "401"] >= 1
    assert not any(route.startswith(("/nowhere", "/Notif")) for route, _ in counts)
    assert families["process_cpu_seconds"].samples[0].value > 0
    assert {sample.labels["state"] for sample in families["photoshoot_tasks"].samples} == {"queued", "processing"}


def test_metrics_are_told_while_the_store_is_out_of_reach(service: Service, client: httpx.Client) -> None:
    assert "photoshoot_store_up 1.0" in client.get("/metrics").text
    broken = dataclasses.replace(service, jobs=_OutOfReach())  # type: ignore[arg-type]
    reply = ask(broken, "GET", "/metrics")
    assert reply.status_code == 200
    assert "photoshoot_store_up 0.0" in reply.text
    assert "photoshoot_http_request_seconds" in reply.text


class _OutOfReach:
    def counts(self) -> None:
        raise StoreError("the database is out of reach")


def test_a_full_disk_is_not_ready(service: Service, url: str) -> None:
    assert url
    settings = JobSettings(least_free_bytes=2**62)
    folder = service.settings.folder
    with Jobs.open(
        service.settings.database_url, str(folder / "pictures"), presets=service.shoot.presets, settings=settings
    ) as full:
        with pytest.raises(StoreError, match="full"):
            full.check()
        assert ask(dataclasses.replace(service, jobs=full), "GET", "/readyz").status_code == 503


def test_each_request_is_logged_with_its_trace_and_without_secrets(
    client: httpx.Client, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "photoshoot")
    query = {"applicationId": str(credentials.application.id), "userId": str(uuid4())}
    trace = "6865a20820da1254cdd62ef5de9df71e"
    reply = client.get(
        "/api/v1/Image/ProductGeneration/PresetKeys",
        params=query,
        headers={"traceparent": f"00-{trace}-60781c154d97f7c6-01"},
    )
    assert reply.headers["X-Trace-Id"].startswith(f"00-{trace}-")
    facts = _wait_for_log(caplog, reply.headers["X-Trace-Id"])
    assert facts["application"] == query["applicationId"]
    assert facts["route"] == "/api/v1/Image/ProductGeneration/PresetKeys"
    assert facts["method"] == "GET"
    assert credentials.secret not in json.dumps(facts)
    assert credentials.secret not in caplog.text


def _wait_for_log(caplog: pytest.LogCaptureFixture, trace_id: str) -> dict[str, object]:
    """What is logged of a request, which is just after its answer."""
    told: list[dict[str, object]] = []

    def is_told() -> bool:
        facts = [vars(record).get("facts") or {} for record in list(caplog.records)]
        told[:] = [item for item in facts if item.get("traceId") == trace_id]
        return bool(told)

    wait_until(is_told)
    return told[0]


def test_answers_carry_headers_that_keep_them_from_being_sniffed_or_kept(client: httpx.Client) -> None:
    reply = client.get("/api/v1/NotificationChannel")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Cache-Control"] == "no-store"


def test_urls_begin_with_the_public_url_where_there_is_one(service: Service, credentials: Credentials) -> None:
    behind = dataclasses.replace(
        service, settings=dataclasses.replace(service.settings, public_url="https://ads.example.com/")
    )
    query = {"applicationId": str(credentials.application.id), "userId": str(uuid4())}
    reply = ask(
        behind, "GET", "/api/v1/Image/ProductGeneration/PresetKeys", headers=headers_of(credentials), params=query
    )
    assert reply.json()[0]["previewImageUrl"].startswith("https://ads.example.com/assets/ai-product-preset/")


def test_pages_of_the_origins_that_are_named_may_call(service: Service, credentials: Credentials) -> None:
    shop, path = "https://shop.example.com", "/api/v1/Image/ProductGeneration/PresetKeys"
    open_to = dataclasses.replace(service, settings=dataclasses.replace(service.settings, cors_origins=(shop,)))
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-api-key,x-api-secret"}
    for origin, allowed in ((shop, shop), ("https://elsewhere.example.com", None)):
        reply = ask(open_to, "OPTIONS", path, headers={"Origin": origin, **asked})
        assert reply.headers.get("Access-Control-Allow-Origin") == allowed
    reply = ask(open_to, "GET", path, headers={"Origin": shop})
    assert reply.headers["Access-Control-Allow-Origin"] == shop
    exposed = reply.headers["Access-Control-Expose-Headers"]
    assert {"X-Trace-Id", "WWW-Authenticate", "Retry-After", "X-Next-Cursor"} <= set(exposed.split(", "))
    closed = ask(service, "GET", path, headers={"Origin": shop, **headers_of(credentials)})
    assert "Access-Control-Allow-Origin" not in closed.headers


def test_answers_are_compressed_where_the_settings_say_so(service: Service) -> None:
    small = dataclasses.replace(service, settings=dataclasses.replace(service.settings, gzip_bytes=500))
    for path, method in (("/openapi.json", "gzip"), ("/healthz", None)):
        reply = ask(small, "GET", path, headers={"Accept-Encoding": "gzip"})
        assert (reply.status_code, reply.headers.get("Content-Encoding")) == (200, method)
        assert reply.json()
    assert "Content-Encoding" not in ask(service, "GET", "/openapi.json").headers


@pytest.fixture
def fresh(shoot: Photoshoot, tmp_path: Path) -> Service:
    return build_service(ServerSettings(folder=tmp_path, drain_s=60), shoot)


def order(service: Service, application_id: UUID, shoot: Photoshoot) -> UUID:
    """Orders two small pictures, and returns their process."""
    (product,) = shoot.describe([draw_photo()])
    user_id = uuid4()
    asset = service.jobs.assets.add(application_id, user_id, product)
    return service.jobs.submit(
        Order(
            application_id=application_id,
            user_id=user_id,
            asset_id=asset.id,
            request=Request(
                prompts=(Prompt.preset("white_background"),) * 2,
                render_kind=RenderKind.MEDIUM_BANNER,
                safe_margin=False,
                seed=1,
            ),
        )
    ).id


def test_a_stop_in_the_middle_loses_nothing(fresh: Service, shoot: Photoshoot) -> None:
    application = fresh.jobs.applications.create("stopped").application.id
    with serving(fresh):
        process_id = order(fresh, application, shoot)
        wait_until(lambda: fresh.jobs.processes.find(application, process_id).state is not RenderState.QUEUED)
    again = build_service(fresh.settings, shoot)
    stopped = again.jobs.processes.find(application, process_id)
    assert {task.state for task in stopped.tasks} <= {RenderState.COMPLETED, RenderState.QUEUED}
    with serving(again):
        wait_until(lambda: again.jobs.processes.find(application, process_id).is_successful)
    final = build_service(fresh.settings, shoot)
    assert [task.attempts for task in final.jobs.processes.find(application, process_id).tasks] == [1, 1]
    final.jobs.close()
