"""What sends a client's calls for asyncio; see ``photoshoot.client.sender``."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self, TypeVar

import httpx

from photoshoot.client import generation_calls
from photoshoot.client.bearer import Bearer
from photoshoot.client.calls import Call, Credentials, pause_s
from photoshoot.client.records import ApiError, Tokens
from photoshoot.client.sender import TIMEOUT_S

T = TypeVar("T")


class AsyncSender:
    """See the module.

    Args:
        url: Where the service is, such as ``"https://ads.example.com"``.
        credentials: The application's.
        retries: How often a call is sent again that was answered with 429 or 503.
        http: An ``httpx.AsyncClient`` of your own; it stays yours. None: a plain one.
    """

    def __init__(
        self, url: str, credentials: Credentials, *, retries: int = 5, http: httpx.AsyncClient | None = None
    ) -> None:
        self.credentials, self._retries, self._is_own = credentials, retries, http is None
        self._http = http or httpx.AsyncClient(timeout=TIMEOUT_S)
        self._http.base_url = httpx.URL(url)
        self._http.headers.update(credentials.headers)
        self._bearer = Bearer(credentials, self._http.headers)
        self._renewing = asyncio.Lock()

    async def send(self, call: Call[T]) -> T:
        """Send a call, again where the service is busy, and with new tokens where the old ones have ended.

        Raises:
            ApiError: It was refused.
        """
        carried = self._bearer.tokens
        try:
            return await self._send(call)
        except ApiError as error:
            if not self._bearer.is_why(error):
                raise
        async with self._renewing:
            if self._bearer.tokens is carried:  # else another call has renewed them meanwhile
                self._bearer.carry(await self._send(self._bearer.renew()))
        return await self._send(call)

    async def _send(self, call: Call[T]) -> T:
        for tries in range(self._retries + 1):
            try:
                return call.finish(await self._http.send(call.build(self._http)))
            except ApiError as error:
                wait_s = pause_s(error, tries)
                if wait_s is None or tries == self._retries:
                    raise
                await asyncio.sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    async def get_tokens(self, jwt_private_key: str) -> Tokens:
        """Tokens for the application's private key: all calls carry them from then on, and renew them when they end."""
        self._bearer.private_key = jwt_private_key
        return self._bearer.carry(await self._send(generation_calls.get_tokens(self.credentials, jwt_private_key)))

    async def refresh_tokens(self, tokens: Tokens) -> Tokens:
        """New tokens for those that are about to end, which count once; all calls carry the new ones from then on."""
        return self._bearer.carry(await self._send(generation_calls.refresh_tokens(self.credentials, tokens)))

    async def close(self) -> None:
        """Hang up; safe to call twice."""
        if self._is_own:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.close()
