"""Asks an application without a socket; its jobs are not started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Mapping

import httpx

from photoshoot.jobs import Credentials
from photoshoot.server import Service, build_app
from tests.jobs.waiting import PATIENCE_S


def ask(
    service: Service,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    content: bytes | AsyncIterable[bytes] | None = None,
) -> httpx.Response:
    """One request and its answer."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(build_app(service), raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://service.test") as client:
            return await client.request(method, path, headers=headers, params=params, content=content)

    return asyncio.run(send())


def headers_of(credentials: Credentials) -> dict[str, str]:
    """The headers of an application's calls."""
    return {"x-api-key": credentials.key, "x-api-secret": credentials.secret}


def fetch(
    url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """A page of a service that listens; waits as long as a busy machine may take."""
    return httpx.get(url, params=params, headers=headers, timeout=PATIENCE_S)
