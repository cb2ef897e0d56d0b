from __future__ import annotations

import re

import pytest
from starlette.types import Receive, Scope, Send

from photoshoot.server.http.middleware.answer_headers import AnswerHeadersMiddleware
from photoshoot.server.http.middleware.trace import TraceMiddleware
from photoshoot.server.ops.tracing import current_trace_id
from tests.server.http.middleware.asking import answer_with_body, ask


@pytest.mark.parametrize(("path", "kept"), [("/api/v1/x", "no-store"), ("/images/x", None)])
def test_answers_are_not_sniffed_and_those_of_the_api_not_kept(path: str, kept: str | None) -> None:
    headers = ask(AnswerHeadersMiddleware(answer_with_body), path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers.get("Cache-Control") == kept


def test_a_route_may_ask_for_headers_of_its_own() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["answer_headers"] = {"RateLimit-Limit": "7", "Cache-Control": "private"}
        await answer_with_body(scope, receive, send)

    headers = ask(AnswerHeadersMiddleware(app), "/api/x").headers
    assert (headers["RateLimit-Limit"], headers["Cache-Control"]) == ("7", "private")


def test_an_answer_says_the_trace_that_its_request_was_worked_on_under() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(current_trace_id())
        await answer_with_body(scope, receive, send)

    traced = TraceMiddleware(app)
    trace = "6865a20820da1254cdd62ef5de9df71e"
    replies = [ask(traced, headers={"traceparent": f"00-{trace}-60781c154d97f7c6-01"}), ask(traced)]
    assert [reply.headers["X-Trace-Id"] for reply in replies] == seen
    assert seen[0].startswith(f"00-{trace}-")
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", seen[1])
