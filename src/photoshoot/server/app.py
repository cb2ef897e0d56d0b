"""START HERE: the service as an ASGI application.

A request passes the middlewares of ``http.middleware``, is read and answered by a function of ``routes``, which asks
the parts of ``service``; what goes wrong becomes one of the contract's bodies in ``http.errors``.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from photoshoot.distribution import read_version
from photoshoot.server.http.error_handlers import build_handlers
from photoshoot.server.http.middleware.answer_headers import AnswerHeadersMiddleware
from photoshoot.server.http.middleware.any_case import AnyCaseMiddleware
from photoshoot.server.http.middleware.body_limit import BodyLimitMiddleware
from photoshoot.server.http.middleware.internal_errors import InternalErrorsMiddleware
from photoshoot.server.http.middleware.request_log import RequestLogMiddleware
from photoshoot.server.http.middleware.studio_page import StudioPageMiddleware
from photoshoot.server.http.middleware.trace import TraceMiddleware
from photoshoot.server.http.openapi import complete
from photoshoot.server.http.route_table import RouteTable
from photoshoot.server.http.thread_pools import provide_threads
from photoshoot.server.http.webhook_schemas import describe_webhooks
from photoshoot.server.routes import (
    authorization,
    control,
    deletion,
    documentation,
    generation,
    landing,
    notification_channels,
    operations,
    pictures,
    prompt_reading,
    shooting,
)
from photoshoot.server.routes import recommendations as recommending
from photoshoot.server.service import Service
from photoshoot.ui.guard import Login

_PREFIX: Final = "/api/v1"
_EXPOSED: Final = (
    "Content-Disposition",
    "Content-Range",
    "ETag",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
    "WWW-Authenticate",
    "X-Asset-Id",
    "X-Next-Cursor",
    "X-Photo-Warning",
    "X-Process-Id",
    "X-Task-Id",
    "X-Trace-Id",
)
"""Headers that a page of another origin may read."""


def build_app(service: Service) -> FastAPI:
    """The application round a service. While it runs, the service's jobs run; when it stops, they are closed."""
    settings = service.settings

    @asynccontextmanager
    async def run_jobs(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(service.jobs.start)
        try:
            yield
        finally:
            await asyncio.to_thread(service.close)

    def name_route(path: str) -> str | None:
        return table.name_route(path)

    app = FastAPI(
        title="photoshoot",
        version=read_version(),
        summary="Turn one product photo into finished ad creatives.",
        description="Upload a photo, order pictures of its product, ask how far they are or be told, download them.",
        contact={"name": "photoshoot"},
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/"}],
        lifespan=run_jobs,
        middleware=[  # from the outside in
            Middleware(TraceMiddleware),
            Middleware(RequestLogMiddleware, metrics=service.metrics, spans=service.spans, name_route=name_route),
            Middleware(AnswerHeadersMiddleware),
            Middleware(InternalErrorsMiddleware),
            Middleware(BodyLimitMiddleware, max_upload_bytes=settings.max_upload_bytes),
        ],
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    table = RouteTable(app, documented_paths)
    app.add_middleware(AnyCaseMiddleware, table=table)
    _add_optional(app, service)
    app.exception_handlers |= build_handlers(table)
    app.state.service = service
    provide_threads(app)
    for router in _routers():
        app.include_router(router)
    describe_webhooks(app)
    complete(app)
    return app


@cache
def documented_paths() -> Mapping[str, Any]:
    """Each path's methods and parameters, as every application's document has them: it takes long to write one."""
    app = FastAPI()
    for router in _routers():
        app.include_router(router)
    paths: Mapping[str, Any] = app.openapi()["paths"]
    return paths


def _add_optional(app: FastAPI, service: Service) -> None:
    """What is only there where the settings ask for it."""
    settings, studio = service.settings, service.studio
    if settings.gzip_bytes is not None:
        app.add_middleware(GZipMiddleware, minimum_size=settings.gzip_bytes)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=_EXPOSED,
        )
    if studio is not None:
        app.add_middleware(
            StudioPageMiddleware,
            login=Login(settings.studio_user, settings.studio_password),
            failures=service.failures,
            find_port=lambda: studio.port,
        )


def _routers() -> Sequence[APIRouter]:
    api = APIRouter(prefix=_PREFIX)
    for router in (
        authorization.router,
        recommending.router,
        prompt_reading.router,
        generation.router,
        control.router,
        shooting.router,
        pictures.router,
        deletion.router,
        notification_channels.router,
    ):
        api.include_router(_answering_head(router))
    pages = (pictures.public_router, operations.router, documentation.router, landing.router)
    return api, *map(_answering_head, pages)


def _answering_head(router: APIRouter) -> APIRouter:
    """A router that answers HEAD wherever it answers GET, without the body; the document need not say so."""
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    taken = {route.path for route in routes if "HEAD" in (route.methods or ())}
    for route in routes:
        if "GET" in (route.methods or ()) and route.path not in taken:
            router.add_api_route(
                route.path.removeprefix(router.prefix),
                route.endpoint,
                methods=["HEAD"],
                include_in_schema=False,
                response_model=route.response_model,
                response_class=route.response_class,
            )
    return router
