"""Trace ids in W3C Trace Context's form, as the contract's answers carry them: ``00-<trace>-<span>-00``."""

import contextvars
import re
import secrets
from typing import Final

_TRACEPARENT: Final = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
"""Source: W3C Trace Context, 3.2.2: neither id may be all zero."""
_current: contextvars.ContextVar[str] = contextvars.ContextVar("photoshoot_trace_id", default="")


def begin_trace(traceparent: str | None) -> str:
    """Begin to work on a request, and return its trace id.

    Args:
        traceparent: The request's header; a well-formed one is continued: its trace, our own span.
    """
    match = _TRACEPARENT.fullmatch(traceparent or "")
    trace = match[1] if match else _draw(32)
    trace_id = f"00-{trace}-{_draw(16)}-00"
    _current.set(trace_id)
    return trace_id


def current_trace_id() -> str:
    """The trace id of the request that is being worked on; empty outside of one."""
    return _current.get()


def _draw(digits: int) -> str:
    while not (number := secrets.randbits(4 * digits)):
        pass
    return f"{number:0{digits}x}"
