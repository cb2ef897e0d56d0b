from __future__ import annotations

import io
import json
import logging
import re
import sys

import pytest

from photoshoot.server.ops import logs
from photoshoot.server.ops.logs import JsonFormatter, configure_logs
from photoshoot.server.ops.tracing import begin_trace


def test_a_log_line_is_one_json_object_with_the_trace_id() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.Logger("photoshoot.test")
    logger.addHandler(handler)
    trace_id = begin_trace(None)
    logger.info("two\nlines %d", 7, extra={"facts": {"status": 200}})
    try:
        raise ValueError("broken")
    except ValueError:
        logger.exception("failed")
    first, second = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert (first["message"], first["status"], first["level"]) == ("two\nlines 7", 200, "info")
    assert first["traceId"] == second["traceId"] == trace_id
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["time"])
    assert "ValueError: broken" in second["exception"]


def test_lines_go_to_standard_error_as_it_is_when_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_LOGGERS", ("photoshoot.test_logs",))
    monkeypatch.setattr(logs, "_TRACES_LOGGER", "photoshoot.test_logs.traces")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    configure_logs("info")
    sys.stderr.close()
    monkeypatch.setattr(sys, "stderr", now := io.StringIO())
    logging.getLogger("photoshoot.test_logs").info("still told")
    assert json.loads(now.getvalue())["message"] == "still told"
