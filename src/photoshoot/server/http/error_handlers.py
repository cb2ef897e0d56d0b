"""What becomes of errors that the routes do not answer themselves."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from photoshoot.errors import InputError, StoreError
from photoshoot.server.http.errors import (
    NO_FILE,
    ApiError,
    ValidationError,
    answer,
    invalid,
    out_of_reach,
    required,
    sentence,
)
from photoshoot.server.http.route_table import RouteTable

_NO_JSON: Final = "The request body must be application/json."
_NO_OBJECT: Final = ("model_type", "model_attributes_type", "dict_type")
"""What pydantic says of a body that is a list, a text or a number."""
_PLAIN_KINDS: Final = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "string_unicode": "a text in UTF-8",
}
"""pydantic's word for what a value isn't → what it should be."""
_SECRETS: Final = ("jwtprivatekey", "refreshtoken", "secret", "signature", "url")
"""Fields that hold a secret, or may: an answer never repeats one."""
_NO_READABLE_JSON: Final = "The request body can't be read as JSON: it is not UTF-8, or nested too deeply."
Handler = Callable[[Request, Exception], Awaitable[Response]]


def build_handlers(table: RouteTable) -> dict[int | type[Exception], Any]:
    """The handlers of an application, for FastAPI."""

    async def answer_http_error(request: Request, error: Exception) -> Response:
        if isinstance(error, ApiError):
            return answer(error)
        assert isinstance(error, HTTPException)
        headers, text = error.headers, str(error.detail)
        if error.status_code == 400:  # FastAPI's, of what no JSON reader takes
            text = _NO_READABLE_JSON
        if error.status_code == 404:
            text = "Not Found: there is no such path. GET /docs lists all calls."
        if error.status_code == 405:  # the router names the methods of one route, and a path may have several
            headers = {"Allow": ", ".join(table.methods(request.url.path))}
            text = f"Method Not Allowed: this address takes {headers['Allow']}."
        return answer(ApiError(error.status_code, {"business:": [text]}, headers))

    return {
        HTTPException: answer_http_error,
        RequestValidationError: _answer_validation_error,
        InputError: _answer_input_error,
        StoreError: _answer_store_error,
    }


async def _answer_input_error(_request: Request, error: Exception) -> Response:
    return answer(ValidationError({"": [sentence(str(error))]}))


async def _answer_store_error(_request: Request, _error: Exception) -> Response:
    return answer(out_of_reach())


async def _answer_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    items: Sequence[dict[str, Any]] = error.errors()
    if any(tuple(item["loc"]) == ("body",) for item in items) and not _says_json(request):
        return answer(ApiError(415, {"business:": [_NO_JSON]}))
    errors: dict[str, list[str]] = {}
    for item in items:
        name = _field_of(item)
        if item["type"] == "json_invalid":
            text = "The request body is not valid JSON."
        elif item["type"] == NO_FILE:
            text = NO_FILE
        elif not name and (item["type"] in _NO_OBJECT or item.get("input") is None):
            text = "The request body must be a JSON object."
        elif name and (item["type"] == "missing" or item.get("input") is None):
            text = required(name)
        elif (value := _value_of(item, name)) == "":
            text = f"The value is not valid. {_hint_of(item)}".strip()
        else:
            text = invalid(value, _hint_of(item))
        errors.setdefault(name, []).append(text)
    return answer(ValidationError(errors))


def _hint_of(item: dict[str, Any]) -> str:
    """What is allowed, as a sentence; empty where the contract has none, of a malformed id."""
    kind, message = str(item["type"]), str(item["msg"])
    if kind.startswith("uuid") or not _field_of(item):
        return ""
    if kind.startswith("datetime"):
        return "It should be a time in ISO 8601, such as 2026-11-27T08:00:00Z; in a URL a + is written as %2B."
    if kind in _PLAIN_KINDS:
        return f"It should be {_PLAIN_KINDS[kind]}."
    for before, after in (("Value error, ", ""), ("Input should", "it should"), ("String should", "it should")):
        message = message.replace(before, after, 1)
    return sentence(message)


def _says_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _field_of(item: dict[str, Any]) -> str:
    """The field that a complaint is of; empty for the body as a whole."""
    names = [part for part in item["loc"][1:] if isinstance(part, str)] if item["loc"] else []
    if item["type"] == "json_invalid":
        return ""
    return names[0] if names else ""


def _value_of(item: dict[str, Any], name: str) -> object:
    """What is repeated of a malformed value: nothing of a body as a whole, nor of a field that may hold a secret."""
    value = item.get("input")
    hidden = not name or name.lower() in _SECRETS or value is None or isinstance(value, dict | list)
    return "" if hidden else value
