from __future__ import annotations

import logging
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from photoshoot.jobs import QueueCounts
from photoshoot.server.http.middleware.request_log import RequestLogMiddleware
from photoshoot.server.http.middleware.trace import TraceMiddleware
from photoshoot.server.ops.metrics import Metrics
from tests.server.http.middleware.asking import answer_with_body, ask

NOTHING = QueueCounts(queued=0, processing=0, pending_deliveries=0)


def log_of(app: ASGIApp, caplog: pytest.LogCaptureFixture) -> tuple[dict[str, Any], str]:
    """What is logged of a request, and the metrics after it."""
    caplog.set_level(logging.INFO, "photoshoot")
    metrics = Metrics()
    ask(TraceMiddleware(RequestLogMiddleware(app, metrics=metrics)), "/there")
    (facts,) = [vars(record)["facts"] for record in caplog.records if record.getMessage() == "request"]
    return facts, metrics.write(NOTHING).decode()


def test_an_answers_status_is_logged_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    facts, written = log_of(answer_with_body, caplog)
    assert (facts["method"], facts["route"], facts["status"]) == ("POST", "unmatched", 200)
    assert facts["traceId"].startswith("00-")
    (family,) = [
        item for item in text_string_to_metric_families(written) if item.name == "photoshoot_http_request_seconds"
    ]
    (count,) = [sample for sample in family.samples if sample.name.endswith("_count")]
    assert (count.value, count.labels) == (1, {"method": "POST", "route": "unmatched", "status": "200"})


def test_a_client_that_hung_up_is_told_from_what_broke(caplog: pytest.LogCaptureFixture) -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        await answer_with_body(scope, receive, send)
        raise ClientDisconnect

    facts, _ = log_of(gone, caplog)
    assert facts["status"] == 499
