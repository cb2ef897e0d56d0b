"""Which paths, methods and query names there are, as the OpenAPI document says."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from fastapi import FastAPI
from starlette.routing import Match

_METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
_PARAMETER: Final = re.compile(r"\{\w+\}")


class RouteTable:
    """Read from the document when it is first asked.

    Args:
        app: Its routes must be there by then.
        documented: Gives the document's paths.
    """

    def __init__(self, app: FastAPI, documented: Callable[[], Mapping[str, Any]]) -> None:
        self._app, self._documented = app, documented

    def spell_path(self, path: str) -> str:
        """A path as the document spells it; one that it does not have stays as it is."""
        if path in self._paths:
            return path
        for pattern, template in self._patterns:
            if (match := pattern.fullmatch(path)) is not None:
                return _fill(template, match.groups())
        return path

    def name_route(self, path: str) -> str | None:
        """The template of a path, such as ``"/things/{thingId}"``; None where the document has no such path."""
        if path in self._paths:
            return path
        return next((template for pattern, template in self._patterns if pattern.fullmatch(path)), None)

    def spell_query(self, name: str) -> str:
        """A query's name as the document spells it; one that it does not have stays as it is."""
        return self._queries.get(name.lower(), name)

    def methods(self, path: str) -> list[str]:
        """What a path takes, sorted, also where the document does not have it; empty where there is no such path."""
        if (template := self.name_route(path)) is None:
            return [method for method in _METHODS if self._takes(path, method)]
        documented = {name.upper() for name in self._paths[template]}
        return sorted(documented | ({"HEAD"} if "GET" in documented else set()))

    def _takes(self, path: str, method: str) -> bool:
        scope = {"type": "http", "method": method, "path": self.spell_path(path), "root_path": "", "headers": []}
        return any(route.matches(scope)[0] is Match.FULL for route in self._app.routes)

    @cached_property
    def _paths(self) -> Mapping[str, Any]:
        return self._documented()

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """Those without parameters first, as a router that has both must have them."""
        plain_first = sorted(self._paths, key=lambda template: "{" in template)
        return [(_compile(template), template) for template in plain_first]

    @cached_property
    def _queries(self) -> dict[str, str]:
        operations = [operation for methods in self._paths.values() for operation in methods.values()]
        return {
            parameter["name"].lower(): parameter["name"]
            for operation in operations
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "query"
        }


def _fill(template: str, values: Sequence[str]) -> str:
    left = iter(values)
    return _PARAMETER.sub(lambda _: next(left), template)


def _compile(template: str) -> re.Pattern[str]:
    return re.compile("([^/]+)".join(map(re.escape, _PARAMETER.split(template))), re.IGNORECASE)
