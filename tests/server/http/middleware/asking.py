"""Asks a middleware round a small application of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Mapping

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send


def ask(
    app: ASGIApp,
    path: str = "/",
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | AsyncIterable[bytes] | None = None,
) -> httpx.Response:
    """One request and its answer; what the application raises is raised here."""

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service.test") as client:
            return await client.request("POST", path, headers=headers, content=content)

    return asyncio.run(send())


async def answer_with_body(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that gives back what it was sent."""
    del scope
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
