"""Structured logs: one JSON object a line, with the trace id of the request."""

from __future__ import annotations

import json
import logging
import time
from typing import Final, TextIO

from photoshoot.server.tracing import current_trace_id

_LOGGERS: Final = ("photoshoot", "uvicorn")


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


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """Send the logs of photoshoot and uvicorn to a stream (standard error); for a program, not for a library."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level.upper())
        logger.propagate = False
