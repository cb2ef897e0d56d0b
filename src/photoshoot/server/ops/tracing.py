"""Trace ids in W3C Trace Context's form, as the contract's answers carry them: ``00-<trace>-<span>-00``."""

import contextvars
import re
import secrets
from typing import Final

_TRACEPARENT: Final = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}")
"""Source: W3C Trace Context, 3.2.2: neither id may be all zero."""
_current: contextvars.ContextVar[str] = contextvars.ContextVar("photoshoot_trace_id", default="")


def begin_trace(traceparent: str | None) -> str:
    """Begin to work on a request, and return its trace id.

    Args:
        traceparent: The request's header; a well-formed one is continued: its trace, our own span.
    """
    ids = read_traceparent(traceparent)
    trace_id = f"00-{ids[0] if ids else draw_id(32)}-{draw_id(16)}-00"
    _current.set(trace_id)
    return trace_id


def read_traceparent(traceparent: str | None) -> tuple[str, str] | None:
    """The trace and the span of a ``traceparent``, in hexadecimal; None where there is none, or none well-formed."""
    match = _TRACEPARENT.fullmatch(traceparent or "")
    return (match[1], match[2]) if match else None


def current_trace_id() -> str:
    """The trace id of the request that is being worked on; empty outside of one."""
    return _current.get()


def draw_id(digits: int) -> str:
    """A random id of so many hexadecimal digits, never zero."""
    while not (number := secrets.randbits(4 * digits)):
        pass
    return f"{number:0{digits}x}"
