from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from photoshoot.server.http.errors import ApiError, CutoutError
from photoshoot.server.http.middleware.body_limit import UPLOAD_PATHS, BodyLimitMiddleware
from tests.server.http.middleware.asking import answer_with_body, ask

APP = BodyLimitMiddleware(answer_with_body, max_upload_bytes=1000)
LIMIT = 256 * 1024


async def stream(size: int) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for start in range(0, size, 10_000):
        yield bytes(min(10_000, size - start))


@pytest.mark.parametrize(("path", "limit"), [("/", LIMIT), *((path, LIMIT + 1000) for path in UPLOAD_PATHS)])
def test_a_body_up_to_the_limit_passes_and_no_byte_more(path: str, limit: int) -> None:
    assert len(ask(APP, path, content=stream(limit)).content) == limit
    assert len(ask(APP, path, content=bytes(limit)).content) == limit
    for content in (stream(limit + 1), bytes(limit + 1)):
        with pytest.raises(ApiError) as refused:
            ask(APP, path, content=content)
        assert (refused.value.status_code, isinstance(refused.value, CutoutError)) == (
            (400, True) if path in UPLOAD_PATHS else (413, False)
        )


@pytest.mark.parametrize("digits", [16, 19, 20, 5000])
@pytest.mark.parametrize("path", ["/", *UPLOAD_PATHS])
def test_an_absurd_length_is_refused_before_the_body(path: str, digits: int) -> None:
    with pytest.raises(ApiError):
        ask(APP, path, headers={"content-length": "9" * digits}, content=stream(10))


@pytest.mark.parametrize("length", ["", "x", "-1", "1e9", "0" * 6000 + "10"])
def test_a_length_that_is_none_is_not_believed(length: str) -> None:
    assert ask(APP, headers={"content-length": length}, content=stream(10)).content == bytes(10)
