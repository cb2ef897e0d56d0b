from __future__ import annotations

import re

import pytest

from photoshoot.server.ops.tracing import begin_trace, current_trace_id

FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00")
"""As in the contract's examples."""


def test_a_trace_id_has_the_contracts_form_and_no_two_are_alike() -> None:
    ids = {begin_trace(None) for _ in range(50)}
    assert len(ids) == 50
    assert all(FORM.fullmatch(trace_id) for trace_id in ids)
    assert current_trace_id() in ids


def test_a_callers_trace_is_continued_with_a_span_of_our_own() -> None:
    trace = "6865a20820da1254cdd62ef5de9df71e"
    trace_id = begin_trace(f"00-{trace}-60781c154d97f7c6-01")
    assert trace_id.startswith(f"00-{trace}-")
    assert "60781c154d97f7c6" not in trace_id
    assert FORM.fullmatch(trace_id)


@pytest.mark.parametrize("header", ["", "x", f"00-{'0' * 32}-{'1' * 16}-01", f"ff-{'1' * 32}-{'1' * 16}-01"])
def test_a_malformed_trace_is_not_continued(header: str) -> None:
    trace_id = begin_trace(header)
    assert FORM.fullmatch(trace_id)
    assert trace_id[3:35] not in header
