from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from photoshoot import Photoshoot
from photoshoot.server import ServerSettings, build_service
from tests.jobs.receiver import Receiver, run_receiver
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import headers_of
from tests.server.serving import serving
from tests.server.uploads import draw_photo, encode_photo

API = "/api/v1/Image/ProductGeneration"
FACTS = {
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "photoshoot.task.id",
    "photoshoot.task.state",
    "photoshoot.batch.size",
}
"""All that spans tell: no names, no prompts, no secrets."""
TRACE, CALLERS_SPAN = "6865a20820da1254cdd62ef5de9df71e", "60781c154d97f7c6"


def read_spans(collector: Receiver) -> list[Any]:
    """All spans that came in."""
    spans = []
    for message in collector.messages:
        raw = gzip.decompress(message.raw) if message.headers.get("content-encoding") == "gzip" else message.raw
        for resource in ExportTraceServiceRequest.FromString(raw).resource_spans:
            facts = {item.key: item.value.string_value for item in resource.resource.attributes}
            assert facts["service.name"] == "photoshoot"
            spans += [span for scope in resource.scope_spans for span in scope.spans]
    return spans


def facts_of(span: Any) -> dict[str, Any]:
    return {item.key: item.value.string_value or item.value.int_value for item in span.attributes}


@pytest.fixture(scope="module")
def spans(shoot: Photoshoot, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What a collector got of one order with a caller's trace, once its service had ended."""
    with run_receiver() as collector, pytest.MonkeyPatch.context() as patch:
        patch.setattr("photoshoot.server.ops.spans._CLOSING_S", PATIENCE_S)  # else a busy machine loses the last ones
        folder = tmp_path_factory.mktemp("traced")
        service = build_service(ServerSettings(folder=folder, otlp_endpoint=f"{collector.url}/v1/traces"), shoot)
        secrets, user_id = service.jobs.applications.create("traced"), str(uuid4())
        owner = {"applicationId": str(secrets.application.id), "userId": user_id}
        with serving(service) as url, httpx.Client(base_url=url, headers=headers_of(secrets)) as client:
            client.timeout = PATIENCE_S
            photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
            asset = client.post(f"{API}/Recommendations", data=owner, files=photo).json()
            form = owner | {
                "renderKind": "64",
                "productImageAssetId": asset["backgroundRemovedImageAssetId"],
                "PromptObjectsString": json.dumps([{"tag": "preset", "preset": "white_background"}]),
                "productName": "bottle",
                "productDescription": "A bottle.",
            }
            fields = {name: (None, value) for name, value in form.items()}
            traceparent = f"00-{TRACE}-{CALLERS_SPAN}-01"
            reply = client.post(f"{API}/AdCreative", files=fields, headers={"traceparent": traceparent})
            process_id = UUID(reply.json()["imageRenderProcessId"])
            wait_until(lambda: service.jobs.processes.find(secrets.application.id, process_id).state.is_final)
        return read_spans(collector)


def test_a_request_continues_its_callers_trace_with_the_span_of_its_answer(spans: list[Any]) -> None:
    (request,) = [span for span in spans if span.name.endswith("/AdCreative")]
    assert request.trace_id.hex() == TRACE
    assert request.parent_span_id.hex() == CALLERS_SPAN
    assert facts_of(request)["http.response.status_code"] == 200
    assert request.name.startswith("POST /")


def test_what_an_order_came_to_lies_under_its_request(spans: list[Any]) -> None:
    (request,) = [span for span in spans if span.name.endswith("/AdCreative")]
    below = {span.name: span for span in spans if span.parent_span_id == request.span_id}
    assert below.keys() == {"wait", "place", "make"}
    assert {span.trace_id for span in below.values()} == {request.trace_id}
    assert below["wait"].end_time_unix_nano == below["make"].start_time_unix_nano
    assert below["make"].start_time_unix_nano < below["make"].end_time_unix_nano
    assert facts_of(below["make"])["photoshoot.task.state"] == "completed"
    assert facts_of(below["place"])["photoshoot.batch.size"] == 1


def test_every_request_has_a_span_and_no_two_have_one_id(spans: list[Any]) -> None:
    assert len({span.span_id for span in spans}) == len(spans)
    (upload,) = [span for span in spans if span.name.endswith("/Recommendations")]
    assert upload.trace_id.hex() != TRACE
    assert not upload.parent_span_id
    assert {fact for span in spans for fact in facts_of(span)} == FACTS


@pytest.fixture
def silent() -> Iterator[str]:
    """A collector that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1/traces"


@pytest.fixture
def away() -> str:
    """Where no collector listens: nobody gives port 1 away."""
    return "http://127.0.0.1:1/v1/traces"


ENDING = """
import json, sys, threading
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.ops.spans import SpanSender
configure_logs("info")
sender = SpanSender(sys.argv[1])
sender.observe_request("00-%s-%s-00" % ("6" * 32, "7" * 16), None, "GET", "/healthz", 200, 0.01)
waits, join = [], threading.Thread.join
def join_and_note(thread, timeout=None):
    if threading.current_thread() is threading.main_thread():
        waits.append(timeout)
    join(thread, timeout)
threading.Thread.join = join_and_note
sender.close()
print(json.dumps(waits))
"""


@pytest.mark.parametrize("collector", ["silent", "away"])
def test_a_collector_that_is_away_holds_no_shutdown_up(collector: str, request: pytest.FixtureRequest) -> None:
    endpoint = request.getfixturevalue(collector)
    ended = subprocess.run([sys.executable, "-c", ENDING, endpoint], capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.returncode == 0, ended.stderr
    waits = json.loads(ended.stdout)
    assert None not in waits
    assert 0 < sum(waits) < 5, "seconds that the end waits at most, however long it takes to be at it"
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert any(line["level"] in ("warning", "error") and "spans" in line["message"] for line in lines)
