"""Who is told of jobs: metrics, and a collector of traces where the settings name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photoshoot.jobs import JobEvent, Observer
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.settings import ServerSettings

if TYPE_CHECKING:
    from photoshoot.server.ops.spans import SpanSender


def build_spans(settings: ServerSettings) -> SpanSender | None:
    """What sends traces; None where the settings name no collector.

    Raises:
        MissingExtraError: The extra ``telemetry`` is not installed.
    """
    if settings.otlp_endpoint is None:
        return None
    from photoshoot.server.ops.spans import SpanSender  # its packages are an extra

    return SpanSender(settings.otlp_endpoint)


def observer_of(metrics: Metrics, spans: SpanSender | None) -> Observer:
    """Tells both of each event of jobs."""
    if spans is None:
        return metrics.observe_job
    both = metrics.observe_job, spans.observe_job

    def tell(event: JobEvent) -> None:
        for observe in both:
            observe(event)

    return tell
