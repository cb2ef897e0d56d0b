"""Traces for an OpenTelemetry collector: a span for every request, and for what its order came to.

A request's span has the trace and span of its ``X-Trace-Id``, under the caller's own span where it sent a
``traceparent``. Under it come, for each task of its order, ``wait`` (from the order to its last beginning) and ``make``
(from there to its end), and for each batch ``place`` (the engine at work), from whichever process they happen in.

Source: W3C Trace Context; OpenTelemetry semantic conventions, HTTP server spans.
"""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Final

try:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope
    from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags
    from opentelemetry.util.types import AttributeValue
except ModuleNotFoundError as error:
    from photoshoot.errors import MissingExtraError

    raise MissingExtraError("traces for OpenTelemetry", "telemetry") from error

from photoshoot.distribution import read_version
from photoshoot.jobs import BatchPlaced, JobEvent, RenderState, TaskFinished
from photoshoot.server.ops.tracing import draw_id, read_traceparent

_SCOPE: Final = InstrumentationScope("photoshoot", read_version())
_SAMPLED: Final = TraceFlags(TraceFlags.SAMPLED)
_FAULT: Final = 500
"""The least status that is the service's own fault."""
_PER_S: Final = 1_000_000_000
_CLOSING_S: Final = 2.0
"""How long the last spans may take to be sent; no collector that is away holds a shutdown up."""
_LETTING_GO_S: Final = 0.5
"""How long what was told to give up may take to do so."""

_log = logging.getLogger("photoshoot")


class SpanSender:
    """Sends spans to a collector, in the background; what it can't take is dropped, and no request waits for it.

    Args:
        endpoint: Where the collector takes OTLP over HTTP, such as ``http://collector:4318/v1/traces``.
    """

    def __init__(self, endpoint: str) -> None:
        self._resource = Resource.create({SERVICE_NAME: "photoshoot", SERVICE_VERSION: read_version()})
        self._exporter = OTLPSpanExporter(endpoint=endpoint)
        self._processor = BatchSpanProcessor(self._exporter)

    def observe_request(
        self, trace_id: str, traceparent: str | None, method: str, route: str, status: int, seconds: float
    ) -> None:
        """A request was answered.

        Args:
            trace_id: As its answer says it.
            traceparent: As the request said it.
            method: Such as ``POST``.
            route: The route's pattern, without ids.
            status: Of the answer.
            seconds: From its first byte to the answer's last.
        """
        now = time.time()
        self._send(
            f"{method} {route}",
            _context(trace_id),
            _context(traceparent),
            now - seconds,
            now,
            kind=SpanKind.SERVER,
            failed=status >= _FAULT,
            facts={"http.request.method": method, "http.route": route, "http.response.status_code": status},
        )

    def observe_job(self, event: JobEvent) -> None:
        """Something happened to a job."""
        now = time.time()
        match event:
            case BatchPlaced():
                for trace_id in dict.fromkeys(event.trace_ids):
                    facts: dict[str, AttributeValue] = {"photoshoot.batch.size": event.task_count}
                    self._send_under(trace_id, "place", now - event.seconds, now, facts=facts)
            case TaskFinished():
                facts = {"photoshoot.task.id": str(event.task_id), "photoshoot.task.state": event.state.name.lower()}
                began, failed = now - event.worked_s, event.state is RenderState.FAILED
                self._send_under(event.trace_id, "wait", began - event.waited_s, began, facts=facts)
                self._send_under(event.trace_id, "make", began, now, facts=facts, failed=failed)

    def close(self) -> None:
        """Send what is left, for two seconds at most."""
        ending = threading.Thread(target=self._processor.shutdown, name="last spans", daemon=True)
        ending.start()
        ending.join(_CLOSING_S)
        if ending.is_alive():
            _log.warning("the last spans are dropped: the collector of otlp_endpoint does not take them")
            self._exporter.shutdown()  # type: ignore[no-untyped-call]  # of the SDK; it wakes what waits to try again
            ending.join(_LETTING_GO_S)

    def _send_under(
        self,
        trace_id: str | None,
        name: str,
        began_s: float,
        ended_s: float,
        *,
        facts: Mapping[str, AttributeValue],
        failed: bool = False,
    ) -> None:
        """A span below that of a request; nothing where there was none."""
        parent = _context(trace_id)
        if parent is not None:
            own = SpanContext(parent.trace_id, int(draw_id(16), 16), is_remote=False, trace_flags=_SAMPLED)
            self._send(name, own, parent, began_s, ended_s, kind=SpanKind.INTERNAL, failed=failed, facts=facts)

    def _send(
        self,
        name: str,
        own: SpanContext | None,
        parent: SpanContext | None,
        began_s: float,
        ended_s: float,
        *,
        kind: SpanKind,
        failed: bool,
        facts: Mapping[str, AttributeValue],
    ) -> None:
        span = ReadableSpan(
            name=name,
            context=own,
            parent=parent,
            resource=self._resource,
            attributes=facts,
            kind=kind,
            status=Status(StatusCode.ERROR if failed else StatusCode.UNSET),
            start_time=int(began_s * _PER_S),
            end_time=int(ended_s * _PER_S),
            instrumentation_scope=_SCOPE,
        )
        self._processor.on_end(span)


def _context(traceparent: str | None) -> SpanContext | None:
    """A span by its name on the wire; None where it has none."""
    ids = read_traceparent(traceparent)
    if ids is None:
        return None
    trace_id, span_id = ids
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=_SAMPLED)
