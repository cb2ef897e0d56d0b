"""A program that makes pictures and answers nobody: what ``photoshoot worker`` runs, on the store of a service."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

from prometheus_client import start_http_server

from photoshoot.server.engines import build_engines
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.ops.observing import build_spans, observer_of
from photoshoot.server.processes.render_process import open_jobs
from photoshoot.server.settings import ServerSettings


def work_alone(settings: ServerSettings, stopped: threading.Event, on_start: Callable[[], object]) -> None:
    """Make pictures until it is told to stop; then finish what is under way, for ``drain_s`` seconds at most.

    Args:
        settings: Store and engine, as of the service.
        stopped: Set to stop.
        on_start: Called once it works.

    Raises:
        PhotoshootError: An engine can't be built, or the store can't be opened.
    """
    configure_logs(settings.log_level, with_ray=settings.ray is not None)
    settings.make_folder()
    metrics, spans = Metrics(), build_spans(settings)
    with ExitStack() as stack:
        if spans is not None:
            stack.callback(spans.close)
        jobs = []
        for own in settings.engines.values():
            shoots = [stack.enter_context(shoot) for shoot in build_engines(own)]
            jobs.append(stack.enter_context(open_jobs(own, shoots, observer_of(metrics, spans))))
        if settings.metrics_port is not None:
            server, thread = start_http_server(settings.metrics_port, settings.host, metrics.registry)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        for part in jobs:
            part.start()
        on_start()
        stopped.wait()
