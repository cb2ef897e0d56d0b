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
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import anyio
import anyio.from_thread
import anyio.to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, ContentBlock, ImageContent, TextContent
from PIL import Image

from photoshoot.director import find_presets
from photoshoot.distribution import read_version
from photoshoot.errors import InputError, PhotoshootError
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.photos import PhotoSource
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt
from photoshoot.records import Progress, Shot
from photoshoot.request import Request

_LONGEST_PX: Final = 768  # of a picture in an answer; its file has all of it
_MOST_FOUND: Final = 20
_INSTRUCTIONS = (
    "Makes ad pictures of one product photo. A photo is a path on this machine, a web address, or a data: address. "
    "Ask recommend first, show drafts (draft=true), then make finals of what is liked. A scene is a preset's id or "
    "plain words: a place, materials, colours, light."
)


@dataclass(frozen=True)
class FoundPreset:
    """A preset."""

    id: str
    """Names it as a scene."""
    name: str
    """The name that people read."""
    scene: str
    """What it shows."""
    categories: list[str]
    """Groups it is in."""


@dataclass(frozen=True)
class Advice:
    """What a product is, and what suits it."""

    name: str
    """The product's name."""
    description: str
    """One sentence about it."""
    prompts: list[str]
    """Four scenes in words."""
    presets: list[FoundPreset]
    """Six presets, best first."""


@dataclass(frozen=True)
class CutProduct:
    """A product cut from its photo."""

    file: str
    """A PNG with transparency."""
    confidence: float
    """0 to 1: how sure it is that this is the product."""
    parts: int
    """Separate things that it shows."""


@dataclass(frozen=True)
class MadePicture:
    """A finished picture."""

    file: str
    """Where it lies."""
    scene: str
    """Preset or words that it shows."""
    width_px: int
    """Width of the picture, px."""
    height_px: int
    """Height of the picture, px."""
    seed: int | None
    """The request's: with it the same picture is made again."""
    passed: bool
    """Whether the quality gate let it pass."""
    unread: list[str]
    """Words of the scene that nothing in the picture comes from."""
    unmet: list[str]
    """What of the scene is not as it was asked for, in words: those, and what is shown otherwise."""


@dataclass(frozen=True)
class MadePictures:
    """What ``make_pictures`` made."""

    pictures: list[MadePicture]
    """Scenes in order, and sizes within a scene."""


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
    server = MCPServer("photoshoot", version=read_version(), instructions=_INSTRUCTIONS, log_level="WARNING")

    def list_presets(search: str = "", category: str | None = None) -> list[FoundPreset]:
        """Find scenes by words of any language, best first, at most twenty; without words those of a category, or all.

        Args:
            search: What the picture should show, such as "marble, morning light".
            category: beauty, fashion, food & drink, gradient, holiday, interior, luxury, monochrome, natural, outdoor,
                platform, seasonal, studio or tech.
        """
        with _told():
            found = find_presets(search, engine.presets, category=category)
            return [_tell_preset(engine, item.preset.id) for item in found[:_MOST_FOUND]]

    def recommend(photo: str) -> Advice:
        """Say what a photo's product is, and which scenes suit it.

        Args:
            photo: A path, a web address, or a data: address.
        """
        with _told():
            told = engine.shoot.recommend(_read_source(photo))
        return Advice(
            name=told.product.name,
            description=told.product.description,
            prompts=list(told.prompts),
            presets=[_tell_preset(engine, name) for name in told.preset_ids],
        )

    def cut_out(photo: str) -> Annotated[CallToolResult, CutProduct]:
        """Cut the product out of a photo: a PNG with transparency.

        Args:
            photo: A path, a web address, or a data: address.
        """
        with _told():
            (cutout,) = engine.shoot.cut_out([_read_source(photo)])
            engine.out.mkdir(parents=True, exist_ok=True)
        told = CutProduct(str(cutout.save(engine.out)), round(cutout.confidence, 3), len(cutout.parts))
        return _answer(asdict(told), [_show(cutout.to_pil())])

    async def make_pictures(
        photo: str,
        context: Context,
        scenes: list[str],
        sizes: list[str] | None = None,
        draft: bool = False,
        seed: int = 7,
    ) -> Annotated[CallToolResult, MadePictures]:
        """Make pictures of a photo's product: one a scene and size, written as PNG files and shown small.

        Args:
            photo: A path, a web address, or a data: address.
            context: Given by the server.
            scenes: One to six: presets' ids, or scenes in plain words.
            sizes: landscape (the default), post, story, vertical, pin, medium_banner, leaderboard, wide_skyscraper,
                half_page, large_leaderboard, a group (social, display), or one of your own such as 1920x1080.
            draft: Quick pictures of a third of the size, to choose by.
            seed: The same seed gives the same pictures.
        """

        def tell(progress: Progress) -> None:
            anyio.from_thread.run(context.report_progress, progress.done, progress.total, progress.message)

        with _told():
            request = Request(
                product=_read_source(photo),
                prompts=tuple(_read_scene(engine.presets, scene) for scene in scenes),
                render_kind=sizes or ["landscape"],
                draft=draft,
                seed=seed,
            )
            shots = await anyio.to_thread.run_sync(lambda: engine.shoot.generate_many([request], tell)[0])
        made = [_tell_shot(shot, shot.save(engine.out)) for shot in shots]
        return _answer(asdict(MadePictures(made)), [_show(Image.fromarray(shot.image)) for shot in shots])

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
def _told() -> Iterator[None]:
    """The client reads what is wrong with what it asked for; anything else is a failure of ours."""
    try:
        yield
    except PhotoshootError as error:
        raise ToolError(str(error)) from error


def _tell_preset(engine: _Engine, preset_id: str) -> FoundPreset:
    preset = engine.presets.get(preset_id)
    return FoundPreset(preset.id, preset.preview_name, preset.scene_text, list(preset.categories))


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
    """A photo's bytes where it is a ``data:`` address; a path or a web address as it is."""
    if not photo.startswith("data:"):
        return photo
    try:
        return base64.b64decode(photo.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise InputError(f"the data: URI is not valid base64: {error}") from error


def _answer(told: dict[str, object], pictures: list[ImageContent]) -> CallToolResult:
    content: list[ContentBlock] = [TextContent(type="text", text=json.dumps(told, ensure_ascii=False)), *pictures]
    return CallToolResult(content=content, structured_content=told)


def _show(picture: Image.Image) -> ImageContent:
    small, file = picture.copy(), io.BytesIO()
    small.thumbnail((_LONGEST_PX, _LONGEST_PX))
    small.save(file, "WEBP", quality=85)
    return ImageContent(type="image", data=base64.b64encode(file.getvalue()).decode(), mime_type="image/webp")
