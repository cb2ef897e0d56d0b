"""Paths and the names of queries in any case, as ASP.NET matches them: put into the case of the OpenAPI document.

So is a path with a slash too many, as clients make of an address that ends with one: a redirect would lose a form.
A query that is left empty counts as left out, as a form's field does.
"""

import re
from urllib.parse import quote, unquote_plus

from starlette.types import ASGIApp, Receive, Scope, Send

from photoshoot.server.http.middleware.base import RequestMiddleware
from photoshoot.server.http.route_table import RouteTable


class AnyCaseMiddleware(RequestMiddleware):
    """See the module.

    Args:
        app: What is inside.
        table: The routes there are.
    """

    def __init__(self, app: ASGIApp, *, table: RouteTable) -> None:
        super().__init__(app)
        self._table = table

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        path = self._table.spell_path(re.sub("/+", "/", scope["path"]).rstrip("/") or "/")
        if path != scope["path"]:
            scope["path"], scope["raw_path"] = path, quote(path).encode()
        scope["query_string"] = b"&".join(map(self._spell, filter(_has_value, scope["query_string"].split(b"&"))))
        await self.app(scope, receive, send)

    def _spell(self, item: bytes) -> bytes:
        name, equals, value = item.partition(b"=")
        asked = unquote_plus(name.decode("latin-1"))
        spelt = self._table.spell_query(asked)
        return item if spelt == asked else quote(spelt).encode() + equals + value


def _has_value(item: bytes) -> bool:
    return unquote_plus(item.partition(b"=")[2].decode("latin-1")).strip() != ""
