"""What Prometheus reads is what happened: each event counts once, under its label."""

from __future__ import annotations

import uuid

import pytest
from prometheus_client.parser import text_string_to_metric_families

from photoshoot.jobs import (
    BatchPlaced,
    DeliveryTried,
    OrderAccepted,
    OrderRefused,
    QueueCounts,
    RenderState,
    TaskFinished,
)
from photoshoot.server.ops.metrics import Metrics

APPLICATION = uuid.uuid4()
NONE = QueueCounts(queued=0, processing=0, pending_deliveries=0)


def samples(metrics: Metrics, counts: QueueCounts = NONE) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = metrics.write(counts).decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_orders_and_tasks_are_counted_by_how_they_ended() -> None:
    metrics = Metrics()
    for _ in range(3):
        metrics.observe_job(OrderAccepted(application_id=APPLICATION, task_count=2))
    metrics.observe_job(OrderRefused(application_id=APPLICATION, retry_after_s=5))
    for state, worked_s in ((RenderState.COMPLETED, 2.0), (RenderState.COMPLETED, 3.5), (RenderState.FAILED, 1.0)):
        metrics.observe_job(
            TaskFinished(
                application_id=APPLICATION,
                task_id=APPLICATION,
                trace_id=None,
                state=state,
                waited_s=0.5,
                worked_s=worked_s,
            )
        )
    found = samples(metrics)
    assert found["photoshoot_orders_total", (("answer", "accepted"),)] == 3
    assert found["photoshoot_orders_total", (("answer", "refused"),)] == 1
    assert found["photoshoot_task_seconds_count", (("state", "completed"),)] == 2
    assert found["photoshoot_task_seconds_sum", (("state", "completed"),)] == pytest.approx(5.5)
    assert found["photoshoot_task_seconds_count", (("state", "failed"),)] == 1
    assert found["photoshoot_task_wait_seconds_sum", ()] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("delivered", "last", "result"),
    [(True, False, "delivered"), (True, True, "delivered"), (False, False, "failed"), (False, True, "given_up")],
)
def test_a_try_is_delivered_failed_or_given_up(delivered: bool, last: bool, result: str) -> None:
    metrics = Metrics()
    metrics.observe_job(DeliveryTried(delivered=delivered, last=last, seconds=0.1))
    tries = {key: value for key, value in samples(metrics).items() if key[0] == "photoshoot_webhook_tries_total"}
    assert tries == {("photoshoot_webhook_tries_total", (("result", result),)): 1}


def test_requests_and_batches_are_timed() -> None:
    metrics = Metrics()
    metrics.observe_request("GET", "/a/{id}", 200, 0.02)
    metrics.observe_request("GET", "/a/{id}", 404, 0.4)
    metrics.observe_job(BatchPlaced(task_count=4, seconds=7.0))
    found = samples(metrics)
    labels = (("method", "GET"), ("route", "/a/{id}"), ("status", "200"))
    assert found["photoshoot_http_request_seconds_count", labels] == 1
    assert found["photoshoot_http_request_seconds_bucket", (("le", "0.025"), *labels)] == 1
    assert found["photoshoot_http_request_seconds_bucket", (("le", "0.01"), *labels)] == 0
    assert found["photoshoot_batch_seconds_sum", ()] == 7.0


def test_the_queue_is_as_it_is_now_and_services_count_apart() -> None:
    first, other = Metrics(), Metrics()
    first.observe_job(OrderAccepted(application_id=APPLICATION, task_count=1))
    samples(first, QueueCounts(queued=9, processing=9, pending_deliveries=9))
    found = samples(first, QueueCounts(queued=5, processing=2, pending_deliveries=3))
    assert found["photoshoot_tasks", (("state", "queued"),)] == 5
    assert found["photoshoot_tasks", (("state", "processing"),)] == 2
    assert found["photoshoot_webhooks_pending", ()] == 3
    assert ("photoshoot_orders_total", (("answer", "accepted"),)) not in samples(other)
