"""Files of the page, by addresses that name no path: presets' pictures, results, downloads and archives.

Without Gradio, so that others can ask it, too.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.requests import Request as HttpRequest

from photoshoot.errors import InputError, PhotoshootError
from photoshoot.exporters.file_exporter import SUFFIX_OF_FORMAT, convert
from photoshoot.files import write_disposition
from photoshoot.presets import PresetRegistry
from photoshoot.settings import ExportSettings, ImageFormat
from photoshoot.ui.batches import BatchRoom
from photoshoot.ui.code import write_code
from photoshoot.ui.sessions import SHEET, STROKES, Session, SessionStore
from photoshoot.ui.wording import explain

_MEDIA: Final = {
    ImageFormat.PNG: "image/png",
    ImageFormat.JPEG: "image/jpeg",
    ImageFormat.WEBP: "image/webp",
    ImageFormat.AVIF: "image/avif",
    ImageFormat.PDF: "application/pdf",
}


def add_routes(app: FastAPI, store: SessionStore, presets: PresetRegistry) -> None:
    """Add the page's files to an application.

    Args:
        app: The application, whose root the page is at.
        store: Where sessions are kept.
        presets: Whose pictures are shown.
    """

    @app.exception_handler(PhotoshootError)
    async def tell(_: HttpRequest, error: PhotoshootError) -> JSONResponse:
        return JSONResponse({"detail": explain(error)}, status_code=404 if isinstance(error, InputError) else 500)

    @app.get("/presets/{name}.webp", include_in_schema=False)
    def preview(name: str) -> Response:
        path = presets.get(name).preview_path
        if path is None:
            raise InputError("this preset has no picture")
        return FileResponse(path, media_type="image/webp", headers={"cache-control": "max-age=86400"})

    @app.get("/shots/{session}/{file}", include_in_schema=False)
    def shot(session: str, file: str) -> Response:
        return FileResponse(store.picture(session, file), media_type="image/png")

    @app.get("/download/{session}/{file}", include_in_schema=False)
    def download(session: str, file: str, format: str = "png", dpi: int = 72) -> Response:
        asked = ExportSettings(format=format, dpi=dpi)  # type: ignore[arg-type]  # a word is read
        path = store.picture(session, file)
        return _attach(_convert(path, asked), f"{path.stem}{SUFFIX_OF_FORMAT[asked.format]}", _MEDIA[asked.format])

    @app.get("/zip/{session}", include_in_schema=False)
    def archive(session: str, format: str = "png", dpi: int = 72) -> Response:
        asked = ExportSettings(format=format, dpi=dpi)  # type: ignore[arg-type]
        known = store.load(session)
        return _attach(build_zip(store, known, asked), f"{Path(known.photo_name).stem}-pictures.zip", "application/zip")


def add_batch_route(app: FastAPI, batches: BatchRoom) -> None:
    """Add the archive of a batch."""

    @app.get("/batch/{name}.zip", include_in_schema=False)
    def archive(name: str) -> Response:
        return _attach(batches.zip(name), f"{name}.zip", "application/zip")


def build_zip(store: SessionStore, session: Session, settings: ExportSettings) -> bytes:
    """A session's final pictures (its drafts where it has none), its contact sheet, and the code that makes them again.

    Raises:
        InputError: There are no pictures yet.
    """
    finals = [picture for picture in session.pictures if not picture.draft] or session.pictures
    if not finals:
        raise InputError("there are no pictures yet")
    file, commands = io.BytesIO(), []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
        for picture in finals:
            path = store.picture(session.id, picture.file)
            bundle.writestr(f"{path.stem}{SUFFIX_OF_FORMAT[settings.format]}", _convert(path, settings))
            commands.append(write_code(session.photo_name, picture)[1])
        sheet = session.folder / SHEET
        if sheet.is_file():
            bundle.write(sheet, SHEET)
        for kind in STROKES:
            if (strokes := session.read_mask(kind)) is not None:
                bundle.writestr(f"{kind}.png", strokes)
        bundle.writestr("make-again.sh", "\n".join(["#!/bin/sh", *commands, ""]))
    return file.getvalue()


def _convert(path: Path, settings: ExportSettings) -> bytes:
    data = path.read_bytes()
    same = settings.format is ImageFormat.PNG and settings.dpi == ExportSettings.dpi
    return data if same else convert(data, settings.format, settings.quality, dpi=settings.dpi)


def _attach(data: bytes, name: str, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers={"content-disposition": write_disposition("attachment", name)})
