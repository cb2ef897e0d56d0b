"""What sends a client's calls: again where the service is busy, and with new tokens where the old ones ended."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self, TypeVar

import httpx

from photoshoot.client import generation_calls
from photoshoot.client.bearer import Bearer
from photoshoot.client.calls import Call, Credentials, pause_s
from photoshoot.client.records import ApiError, Tokens

T = TypeVar("T")
TIMEOUT_S = 660.0
"""Longest that an answer may take: the service itself waits ten minutes at most."""


class Sender:
    """See the module.

    Args:
        url: Where the service is, such as ``"https://ads.example.com"``.
        credentials: The application's.
        retries: How often a call is sent again that was answered with 429 or 503.
        http: An ``httpx.Client`` of your own; it stays yours. None: a plain one.
    """

    def __init__(
        self, url: str, credentials: Credentials, *, retries: int = 5, http: httpx.Client | None = None
    ) -> None:
        self.credentials, self._retries, self._is_own = credentials, retries, http is None
        self._http = http or httpx.Client(timeout=TIMEOUT_S)
        self._http.base_url = httpx.URL(url)
        self._http.headers.update(credentials.headers)
        self._bearer = Bearer(credentials, self._http.headers)
        self._renewing = threading.Lock()

    def send(self, call: Call[T]) -> T:
        """Send a call, again where the service is busy, and with new tokens where the old ones have ended.

        Raises:
            ApiError: It was refused.
        """
        carried = self._bearer.tokens
        try:
            return self._send(call)
        except ApiError as error:
            if not self._bearer.is_why(error):
                raise
        with self._renewing:
            if self._bearer.tokens is carried:  # else another call has renewed them meanwhile
                self._bearer.carry(self._send(self._bearer.renew()))
        return self._send(call)

    def _send(self, call: Call[T]) -> T:
        for tries in range(self._retries + 1):
            try:
                return call.finish(self._http.send(call.build(self._http)))
            except ApiError as error:
                wait_s = pause_s(error, tries)
                if wait_s is None or tries == self._retries:
                    raise
                time.sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    def get_tokens(self, jwt_private_key: str) -> Tokens:
        """Tokens for the application's private key: all calls carry them from then on, and renew them when they end."""
        self._bearer.private_key = jwt_private_key
        return self._bearer.carry(self._send(generation_calls.get_tokens(self.credentials, jwt_private_key)))

    def refresh_tokens(self, tokens: Tokens) -> Tokens:
        """New tokens for those that are about to end, which count once; all calls carry the new ones from then on."""
        return self._bearer.carry(self._send(generation_calls.refresh_tokens(self.credentials, tokens)))

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if self._is_own:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
