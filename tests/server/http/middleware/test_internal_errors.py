from __future__ import annotations

import logging

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from photoshoot.server.http.middleware.internal_errors import InternalErrorsMiddleware
from tests.server.http.middleware.asking import answer_with_body, ask


def failing(error: Exception, *, late: bool = False) -> InternalErrorsMiddleware:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if late:
            await answer_with_body(scope, receive, send)
        raise error

    return InternalErrorsMiddleware(app)


def test_what_no_one_foresaw_is_answered_without_a_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "photoshoot")
    reply = ask(failing(RuntimeError("/srv/secret")))
    assert reply.status_code == 500
    assert reply.json()["title"] == "One or more errors occurred."
    assert "secret" not in reply.text
    assert "/srv/secret" in caplog.text


def test_an_answer_that_has_begun_is_not_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    reply = ask(failing(RuntimeError("late"), late=True), content=b"whole")
    assert (reply.status_code, reply.content) == (200, b"whole")
    assert "late" in caplog.text


def test_a_client_that_hangs_up_is_left_to_the_log() -> None:
    with pytest.raises(ClientDisconnect):
        ask(failing(ClientDisconnect()))
