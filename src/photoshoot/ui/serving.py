"""Serves the page: an address, a password where one is set, and nothing that leaves this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Iterator
from typing import Final

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from photoshoot.ui.batches import BatchRoom
from photoshoot.ui.downloads import add_batch_route, add_routes
from photoshoot.ui.guard import guard_page
from photoshoot.ui.page import build_page, build_theme, load_style
from photoshoot.ui.settings import UiSettings
from photoshoot.ui.widgets import read_template
from photoshoot.ui.workroom import Workroom

_GRACE_S: Final = 5  # that pages which still listen may take at the end
_MOST_BYTES: Final = 64 * 2**20  # of an upload; larger photos than the library's limit are told so, in plain words


def build_app(settings: UiSettings, workroom: Workroom | None = None) -> ASGIApp:
    """The page as an ASGI application, at its root.

    Args:
        settings: How it is served.
        workroom: What does its work. None: one of the settings.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read by Gradio alone, before its first page is built
    workroom = workroom or Workroom(settings)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    batches = BatchRoom(workroom, settings.folder / "batches")
    add_routes(app, workroom.store, workroom.presets)
    add_batch_route(app, batches)
    app.get("/healthz", include_in_schema=False)(lambda: {"status": "ok"})
    gr.mount_gradio_app(
        app,
        build_page(workroom, batches),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        root_path=settings.root_path or None,
        max_file_size=_MOST_BYTES,
        show_error=False,
        ssr_mode=False,
        footer_links=[],
        enable_monitoring=False,
        theme=build_theme(),
        css=load_style(),
        head=f"<script>{read_template('page.js')}</script>",
    )
    return guard_page(app, settings)


def serve(settings: UiSettings, listener: socket.socket) -> None:
    """Serve the page on a listening socket until SIGINT or SIGTERM."""
    workroom = Workroom(settings)
    workroom.warm()
    config = uvicorn.Config(
        build_app(settings, workroom),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_S,
    )
    _Server(config).run([listener])


class _Server(uvicorn.Server):
    """Ends well when it is told to: a signal is not raised again after it was obeyed."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """See uvicorn."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
