"""Structured logs: one JSON object a line, with the trace id of the request."""

import contextlib
import importlib
import json
import logging
import sys
import time
from typing import Final, TextIO

from photoshoot.server.ops.tracing import current_trace_id

_LOGGERS: Final = ("photoshoot", "uvicorn")
_RAY_LOGGERS: Final = ("ray", "ray.serve")
_TRACES_LOGGER: Final = "opentelemetry"
"""What sends traces: it warns of each try, so that only what it gave up is logged."""
_FORMS_LOGGER: Final = "python_multipart"
"""What reads forms: it warns of what clients sent, which answers tell them."""


class JsonFormatter(logging.Formatter):
    """Writes a record as ``{"time", "level", "logger", "message", "traceId", …}``.

    ``extra={"facts": {…}}`` adds keys of its own. An exception's trace goes to ``"exception"``: logs are for the
    operator, answers never have one.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        milliseconds = int(record.msecs)
        facts: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{milliseconds:03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if trace_id := current_trace_id():
            facts["traceId"] = trace_id
        facts |= getattr(record, "facts", {})
        if record.exc_info:
            facts["exception"] = self.formatException(record.exc_info)
        return json.dumps(facts, default=str)


class _JsonHandler(logging.StreamHandler[TextIO]):
    """Writes JSON whatever formatter it is given: Ray gives its own to each handler that it finds.

    Without a stream it writes to what is standard error by then, as what was may be closed.
    """

    _json = JsonFormatter()

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream)
        self._has_own = stream is not None

    def emit(self, record: logging.LogRecord) -> None:
        if not self._has_own:
            self.stream = sys.stderr
        super().emit(record)

    def format(self, record: logging.LogRecord) -> str:
        return self._json.format(record)


def configure_logs(level: str, stream: TextIO | None = None, *, with_ray: bool = False) -> None:
    """Send the logs of photoshoot, uvicorn and what sends traces to a stream (standard error); not for a library.

    Args:
        level: The least that is logged.
        stream: Where to. None: standard error.
        with_ray: Also Ray's warnings, which it would write there in a form of its own.
    """
    handler = _JsonHandler(stream)
    for name in _LOGGERS:
        _direct(name, handler, logging.getLevelName(level.upper()))
    for name in (_TRACES_LOGGER, _FORMS_LOGGER):
        _direct(name, handler, logging.ERROR)
    if with_ray:
        with contextlib.suppress(ImportError):  # whoever uses it says that it is missing
            importlib.import_module("ray.serve")  # first: it gives its logger a handler
        for name in _RAY_LOGGERS:
            _direct(name, handler, max(logging.WARNING, logging.getLevelName(level.upper())))


def _direct(name: str, handler: logging.Handler, level: int) -> None:
    logger = logging.getLogger(name)
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
