"""Prometheus metrics of the service and of its jobs."""

import math

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from photoshoot.jobs import BatchPlaced, DeliveryTried, JobEvent, OrderAccepted, OrderRefused, QueueCounts, TaskFinished

_REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_TASK_BUCKETS_S = (0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900)


class Metrics:
    """What is counted. One registry a service, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        """Where everything is counted."""
        ProcessCollector(registry=registry)
        self._requests = Histogram(
            "photoshoot_http_request_seconds",
            "Seconds a request took, by route and status.",
            ("method", "route", "status"),
            buckets=_REQUEST_BUCKETS_S,
            registry=registry,
        )
        self._queue = Gauge("photoshoot_tasks", "Tasks that are not finished, by state.", ("state",), registry=registry)
        self._deliveries = Gauge("photoshoot_webhooks_pending", "Messages that wait for a try.", registry=registry)
        self._store = Gauge("photoshoot_store_up", "Whether the store answers.", registry=registry)
        self._orders = Counter("photoshoot_orders", "Orders, by answer.", ("answer",), registry=registry)
        self._finished = Histogram(
            "photoshoot_task_seconds",
            "Seconds a task was worked on, by how it ended.",
            ("state",),
            buckets=_TASK_BUCKETS_S,
            registry=registry,
        )
        self._waited = Histogram(
            "photoshoot_task_wait_seconds", "Seconds a task waited.", buckets=_TASK_BUCKETS_S, registry=registry
        )
        self._batches = Histogram(
            "photoshoot_batch_seconds", "Seconds a batch took.", buckets=_TASK_BUCKETS_S, registry=registry
        )
        self._tries = Counter("photoshoot_webhook_tries", "Messages posted, by result.", ("result",), registry=registry)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered. ``route`` is the route's pattern, so that ids don't make series of their own."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def observe_job(self, event: JobEvent) -> None:
        """Something happened to a job."""
        match event:
            case OrderAccepted():
                self._orders.labels("accepted").inc()
            case OrderRefused():
                self._orders.labels("refused").inc()
            case BatchPlaced():
                self._batches.observe(event.seconds)
            case TaskFinished():
                self._finished.labels(event.state.name.lower()).observe(event.worked_s)
                self._waited.observe(event.waited_s)
            case DeliveryTried():
                result = "delivered" if event.delivered else "given_up" if event.last else "failed"
                self._tries.labels(result).inc()

    def write(self, counts: QueueCounts | None) -> bytes:
        """Everything in Prometheus's text format; without counts, which the store did not give, no numbers of them."""
        self._store.set(counts is not None)
        queued, processing, pending = (
            (math.nan,) * 3 if counts is None else (counts.queued, counts.processing, counts.pending_deliveries)
        )
        self._queue.labels("queued").set(queued)
        self._queue.labels("processing").set(processing)
        self._deliveries.set(pending)
        return generate_latest(self.registry)
