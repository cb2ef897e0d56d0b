"""Tools of the Model Context Protocol: an assistant cuts out, asks for advice and makes pictures, on this machine.

``serve`` names four tools; each answers with plain data that has a schema, and pictures beside it where it makes
some. Over stdio the assistant starts the program itself; over HTTP several share one.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import functools
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

import anyio
import anyio.from_thread
import anyio.to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, ContentBlock, ImageContent, InputRequiredResult, TextContent
from PIL import Image
from pydantic import ValidationError

from photoshoot.director import find_presets
from photoshoot.distribution import read_version
from photoshoot.errors import InputError, PhotoshootError, SettingsError, UnknownNameError
from photoshoot.mcp_schemas import (
    Advice,
    Answer,
    Category,
    CutProduct,
    Draft,
    FoundPreset,
    MadePicture,
    MadePictures,
    Photo,
    Scenes,
    Search,
    Seed,
    Sizes,
)
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.photos import PhotoSource
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt
from photoshoot.records import Progress, Shot
from photoshoot.request import Request

_LONGEST_PX: Final = 768  # of a picture in an answer; its file has all of it
_MOST_FOUND: Final = 20
_INSTRUCTIONS = (
    "Makes ad pictures of one product photo. A photo is a path on this machine, or a web, file: or data: address. "
    "Ask recommend first, show drafts (draft=true), then make finals of what is liked. A scene is a preset's id or "
    "plain words: a place, materials, colours, light."
)


class _Server(MCPServer):  # type: ignore[misc]  # mypy is told nothing of its types
    """Tells arguments that a tool can't take in the words of its schema, those that it does not know, too."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool.

        Raises:
            ToolError: There is no such tool, it does not take the arguments, or what was asked of it can't be done.
        """
        taken: dict[str, list[str]] = {
            tool.name: [*tool.input_schema["properties"]] for tool in await self.list_tools()
        }
        for given in arguments:
            if given not in taken.get(name, arguments):
                raise ToolError(str(UnknownNameError("argument", given, taken[name])))
        try:
            answer: CallToolResult | InputRequiredResult = await super().call_tool(name, arguments, context)
            return answer
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            found = error.__cause__.errors(include_url=False)
            told = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
            raise ToolError("; ".join(told)) from error


class _Engine:
    """One photoshoot for all calls, built when it is first needed."""

    def __init__(self, out: Path) -> None:
        self.out, self.presets = out, PresetRegistry.load()

    @functools.cached_property
    def shoot(self) -> Photoshoot:
        return Photoshoot.embedded()

    def close(self) -> None:
        """Give the memory back; the denoiser complains at the program's end where that was not done."""
        if "shoot" in vars(self):
            self.shoot.close()


def _build_server(engine: _Engine) -> MCPServer:
    server = _Server("photoshoot", version=read_version(), instructions=_INSTRUCTIONS, log_level="WARNING")

    def list_presets(search: Search = "", category: Category = None) -> list[FoundPreset]:
        """Find scenes by words of any language, best first, at most twenty; without words a category's, or any."""
        with _told(engine.presets):
            found = find_presets(search, engine.presets, category=category or None)
            return [_tell_preset(engine, item.preset.id) for item in found[:_MOST_FOUND]]

    def recommend(photo: Photo) -> Advice:
        """Say what a photo's product is, and which scenes suit it."""
        with _told(engine.presets):
            told = engine.shoot.recommend(_read_source(photo))
        return Advice(
            name=told.product.name,
            description=told.product.description,
            prompts=list(told.prompts),
            presets=[_tell_preset(engine, name) for name in told.preset_ids],
        )

    def cut_out(photo: Photo) -> Annotated[CallToolResult, CutProduct]:
        """Cut the product out of a photo: a PNG with transparency."""
        with _told(engine.presets):
            (cutout,) = engine.shoot.cut_out([_read_source(photo)])
            engine.out.mkdir(parents=True, exist_ok=True)
            told = CutProduct(
                file=str(cutout.save(engine.out)), confidence=round(cutout.confidence, 3), parts=len(cutout.parts)
            )
        return _answer(told, [_show(cutout.to_pil())])

    async def make_pictures(
        photo: Photo,
        context: Context,
        scenes: Scenes,
        sizes: Sizes = None,
        draft: Draft = False,
        seed: Seed = 7,
    ) -> Annotated[CallToolResult, MadePictures]:
        """Make pictures of a photo's product: one a scene and size, written as PNG files and shown small."""

        def tell(progress: Progress) -> None:
            anyio.from_thread.run(context.report_progress, progress.done, progress.total, progress.message)

        with _told(engine.presets):
            request = Request(
                product=_read_source(photo),
                prompts=tuple(_read_scene(engine.presets, scene) for scene in scenes),
                render_kind=sizes or ["landscape"],
                draft=draft,
                seed=seed,
            )
            shots = await anyio.to_thread.run_sync(lambda: engine.shoot.generate_many([request], tell)[0])
            made = [_tell_shot(shot, shot.save(engine.out)) for shot in shots]
        return _answer(MadePictures(pictures=made), [_show(Image.fromarray(shot.image)) for shot in shots])

    for tool in (list_presets, recommend, cut_out, make_pictures):
        server.add_tool(tool)
    return server


PORT: Final = 8765
"""Where the tools are served over HTTP unless told otherwise."""


def serve(out: Path, *, host: str | None = None, port: int = PORT) -> None:
    """Serve the tools until the client leaves, or the program is interrupted.

    Args:
        out: The folder that pictures are written to.
        host: The address to serve HTTP at, under ``/mcp``. None: over standard input and output.
        port: The port.
    """
    with contextlib.closing(_Engine(out)) as engine:
        server = _build_server(engine)
        if host is None:
            server.run("stdio")
        else:
            server.run("streamable-http", host=host, port=port)


@contextlib.contextmanager
def _told(presets: PresetRegistry) -> Iterator[None]:
    """The client reads what is wrong with what it asked for, in the tools' words; the rest is a failure of ours."""
    try:
        yield
    except UnknownNameError as error:
        near = UnknownNameError("preset", error.name, presets.ids)  # without the command that lists them
        raise ToolError(str(near if error.kind == "preset" else error)) from error
    except SettingsError as error:
        name = {"render_kind": "sizes", "size": "sizes"}.get(error.name, error.name)
        raise ToolError(str(SettingsError(name, error.value, error.allowed))) from error
    except (PhotoshootError, OSError) as error:  # its folder can't be made
        raise ToolError(str(error)) from error


def _tell_preset(engine: _Engine, preset_id: str) -> FoundPreset:
    preset = engine.presets.get(preset_id)
    return FoundPreset(
        id=preset.id, name=preset.preview_name, scene=preset.scene_text, categories=list(preset.categories)
    )


def _tell_shot(shot: Shot, path: Path) -> MadePicture:
    return MadePicture(
        file=str(path),
        scene=shot.scene.preset_id or shot.scene.text,
        width_px=shot.canvas.width_px,
        height_px=shot.canvas.height_px,
        seed=None if shot.recipe is None else shot.recipe.seed,
        passed=shot.quality is None or shot.quality.passed,
        unread=list(shot.unread),
        unmet=list(shot.unmet),
    )


def _read_scene(presets: PresetRegistry, text: str) -> Prompt:
    return Prompt.preset(text.strip()) if presets.means(text) else Prompt.custom(text)


def _read_source(photo: str) -> PhotoSource:
    """A photo's bytes where it is a ``data:`` address; a web address as it is; else a path, as assistants write one."""
    if photo.startswith("file:"):
        return url2pathname(urlsplit(photo).path)
    if not photo.startswith("data:"):
        return os.path.expanduser(photo)  # no shell stands between
    try:
        return base64.b64decode(photo.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise InputError(f"the data: URI is not valid base64: {error}") from error


def _answer(told: Answer, pictures: list[ImageContent]) -> CallToolResult:
    plain = told.model_dump(mode="json")
    content: list[ContentBlock] = [TextContent(type="text", text=json.dumps(plain, ensure_ascii=False)), *pictures]
    return CallToolResult(content=content, structured_content=plain)


def _show(picture: Image.Image) -> ImageContent:
    small, file = picture.copy(), io.BytesIO()
    small.thumbnail((_LONGEST_PX, _LONGEST_PX))
    small.save(file, "WEBP", quality=85)
    return ImageContent(type="image", data=base64.b64encode(file.getvalue()).decode(), mime_type="image/webp")
