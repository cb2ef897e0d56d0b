"""Routes whose body is JSON: one with several values of a key is refused, as a form with several values is."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from photoshoot.records.plain_data import RepeatedKeyError, build_object
from photoshoot.server.http.errors import ValidationError, repeated


class _JsonRequest(Request):
    async def json(self) -> Any:
        """The body, decoded.

        Raises:
            ValidationError: A key has several values.
        """
        try:
            return json.loads(await self.body(), object_pairs_hook=build_object)
        except RepeatedKeyError as error:
            raise ValidationError({error.key: [repeated(error.key)]}) from error


class JsonRoute(APIRoute):
    """A route whose body is JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            return await handle(_JsonRequest(request.scope, request.receive))

        return answer
