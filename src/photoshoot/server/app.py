"""START HERE: the service as an ASGI application.

A request passes the middlewares of ``http.middleware``, is read and answered by a function of ``routes``, which asks
the parts of ``service``; what goes wrong becomes one of the contract's bodies in ``http.errors``.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from photoshoot.distribution import read_version
from photoshoot.errors import InputError, StoreError
from photoshoot.server.http.errors import ApiError, ValidationError, answer, invalid, required, sentence
from photoshoot.server.http.middleware.answer_headers import AnswerHeadersMiddleware
from photoshoot.server.http.middleware.body_limit import BodyLimitMiddleware
from photoshoot.server.http.middleware.internal_errors import InternalErrorsMiddleware
from photoshoot.server.http.middleware.request_log import RequestLogMiddleware
from photoshoot.server.http.middleware.trace import TraceMiddleware
from photoshoot.server.http.openapi import complete
from photoshoot.server.http.thread_pools import provide_threads
from photoshoot.server.routes import authorization, generation, notification_channels, operations, pictures
from photoshoot.server.routes import recommendations as recommending
from photoshoot.server.service import Service

_PREFIX: Final = "/api/v1"
_OUT_OF_REACH: Final = "The service is not available at the moment. Please try again later."
_RETRY_AFTER_S: Final = 5


def build_app(service: Service) -> FastAPI:
    """The application round a service. While it runs, the service's jobs run; when it stops, they are closed."""
    settings = service.settings

    @asynccontextmanager
    async def run_jobs(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(service.jobs.start)
        try:
            yield
        finally:
            await asyncio.to_thread(service.photos.close)
            await asyncio.to_thread(service.jobs.close, settings.drain_s)

    app = FastAPI(
        title="photoshoot",
        version=read_version(),
        summary="Turn one product photo into finished ad creatives.",
        lifespan=run_jobs,
        middleware=[  # from the outside in
            Middleware(TraceMiddleware),
            Middleware(RequestLogMiddleware, metrics=service.metrics),
            Middleware(AnswerHeadersMiddleware),
            Middleware(InternalErrorsMiddleware),
            Middleware(BodyLimitMiddleware, max_upload_bytes=settings.max_upload_bytes),
        ],
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers={
            HTTPException: _answer_http_error,
            RequestValidationError: _answer_validation_error,
            InputError: _answer_input_error,
            StoreError: _answer_store_error,
        },
    )
    app.state.service = service
    provide_threads(app)
    for router in _routers():
        app.include_router(router)
    complete(app)
    return app


def _routers() -> Sequence[APIRouter]:
    api = APIRouter(prefix=_PREFIX)
    for router in (
        authorization.router,
        recommending.router,
        generation.router,
        pictures.router,
        notification_channels.router,
    ):
        api.include_router(router)
    return api, pictures.public_router, operations.router


async def _answer_http_error(_request: Request, error: Exception) -> Response:
    if isinstance(error, ApiError):
        return answer(error)
    assert isinstance(error, HTTPException)
    return answer(ApiError(error.status_code, {"business:": [str(error.detail)]}, error.headers))


async def _answer_input_error(_request: Request, error: Exception) -> Response:
    return answer(ValidationError({"": [sentence(str(error))]}))


async def _answer_store_error(_request: Request, _error: Exception) -> Response:
    return answer(ApiError(503, {"business:": [_OUT_OF_REACH]}, {"Retry-After": str(_RETRY_AFTER_S)}))


async def _answer_validation_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors: dict[str, list[str]] = {}
    for item in error.errors():
        name = _field_of(item)
        text = required(name) if item["type"] == "missing" and name else invalid(_value_of(item))
        errors.setdefault(name, []).append(text)
    return answer(ValidationError(errors))


def _field_of(item: dict[str, Any]) -> str:
    """The field that a complaint is of; empty for the body as a whole."""
    names = [part for part in item["loc"][1:] if isinstance(part, str)] if item["loc"] else []
    if item["type"] == "json_invalid":
        return ""
    return names[0] if names else ""


def _value_of(item: dict[str, Any]) -> object:
    value = item.get("input")
    return "" if value is None or isinstance(value, dict | list) else value
