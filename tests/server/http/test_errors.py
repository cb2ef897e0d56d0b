from __future__ import annotations

from uuid import UUID

import pytest

from photoshoot.errors import BusyError, IdempotencyError, NoCreditsError, PictureNotFoundError, UnknownJobError
from photoshoot.server.http.errors import ApiError, Refusals, ValidationError, busy, sentence

OPENING = Refusals("ProductGeneration/Download", "getting image content stream", "Image content not found.")
ID = UUID(int=1)


@pytest.mark.parametrize(
    ("error", "status", "engine", "business"),
    [
        (UnknownJobError("task", ID), 404, "Image content not found.", "Not found error occurred"),
        (PictureNotFoundError("no"), 404, "Image content not found.", "Not found error occurred"),
        (IdempotencyError("no"), 409, "The Idempotency-Key was used for another request.", "Conflict error occurred"),
        (NoCreditsError(ID, "None."), 400, str(NoCreditsError(ID, "None.")), "Bad request error occurred"),
    ],
)
def test_an_error_of_jobs_is_worded_as_the_contract_has_it(
    error: Exception, status: int, engine: str, business: str
) -> None:
    with pytest.raises(ApiError) as refused, OPENING.answering():
        raise error
    body = refused.value.body("trace")
    assert list(body) == ["errors", "type", "title", "status", "detail", "instance", "extensions"]
    assert body["status"] == status
    assert body["errors"] == {
        "engine: ProductGeneration/Download": [engine],
        "business: ProductGeneration/Download": [f"{business} while getting image content stream"],
    }


def test_a_full_queue_says_when_to_come_back() -> None:
    with pytest.raises(ApiError) as refused, OPENING.answering():
        raise BusyError(7)
    assert (refused.value.status_code, refused.value.headers) == (429, {"Retry-After": "7"})
    assert busy("too much", 0).headers == {"Retry-After": "1"}


def test_other_errors_pass() -> None:
    with pytest.raises(ZeroDivisionError), OPENING.answering():
        raise ZeroDivisionError


def test_a_validation_problem_has_its_trace_at_the_top() -> None:
    body = ValidationError({"url": ["No."]}).body("trace")
    assert list(body) == ["errors", "type", "title", "status", "traceId"]
    assert (body["status"], body["traceId"]) == (400, "trace")


def test_a_message_becomes_a_sentence() -> None:
    assert sentence("a prompt is empty") == "A prompt is empty."
    assert sentence("seed=-1 is not allowed: give more") == "The value -1 is not allowed: give more."
