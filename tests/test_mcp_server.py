"""The tools, by a real client: over stdio and over HTTP."""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from PIL import Image

from photoshoot.cli import main
from tests.jobs.ports import reserve_port
from tests.jobs.waiting import PATIENCE_S
from tests.small_pictures import small_environment

if importlib.util.find_spec("mcp") is None:  # which is loaded where it is asked: it takes half a second
    pytest.skip("the extra mcp is not installed", allow_module_level=True)
ROOT = Path(__file__).resolve().parents[1]
BOTTLE = str(ROOT / "examples" / "bottle.jpg")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server over HTTP."""
    folder = tmp_path_factory.mktemp("mcp")
    with reserve_port() as port:
        command = [sys.executable, "-m", "photoshoot", "mcp", "--http", "--port", str(port), "--out", str(folder)]
        with subprocess.Popen(command, env=small_environment(folder, ROOT), stderr=subprocess.DEVNULL) as process:
            for _ in range(6000):
                assert process.poll() is None, "it ended at once"
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/mcp", timeout=PATIENCE_S).close()  # loopback
                except urllib.error.HTTPError as answer:
                    answer.close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/mcp"
            process.kill()


def open_file(path: str) -> Image.Image:
    """A picture, read."""
    with Image.open(path) as image:
        image.load()
        return image


def call(where: Any, name: str, arguments: dict[str, Any]) -> tuple[Any, list[tuple[float, float | None]]]:
    """A tool's result, and the progress that was told."""
    told: list[tuple[float, float | None]] = []

    async def on_progress(done: float, total: float | None, message: str | None) -> None:
        del message
        told.append((done, total))

    import mcp

    async def ask() -> Any:
        async with mcp.Client(where) as client:
            return await client.call_tool(name, arguments, progress_callback=on_progress)

    return anyio.run(ask), told


def test_its_tools_are_typed_and_documented(served: str) -> None:
    import mcp

    async def ask() -> Any:
        async with mcp.Client(served) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in anyio.run(ask)}
    assert set(tools) == {"cut_out", "recommend", "list_presets", "make_pictures"}
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema is not None, tool.name
        told = [tool.input_schema, tool.output_schema, *tool.output_schema.get("$defs", {}).values()]
        fields = {name: field for schema in told for name, field in schema["properties"].items() if name != "result"}
        assert all(field.get("description") for field in fields.values()), fields
    assert set(tools["make_pictures"].input_schema["required"]) == {"photo", "scenes"}


def test_presets_are_found_over_http(served: str) -> None:
    result, _ = call(served, "list_presets", {"search": "marble bathroom"})
    assert "marble_bathroom_herringbone" in [preset["id"] for preset in result.structured_content["result"]]


@pytest.mark.slow
def test_pictures_are_made_over_http_and_told_one_by_one(served: str) -> None:
    advice, _ = call(served, "recommend", {"photo": Path(BOTTLE).as_uri()})
    assert advice.structured_content["name"] == "bottle"
    scenes = [advice.structured_content["presets"][0]["id"], "on a black marble table"]
    made, told = call(
        served, "make_pictures", {"photo": BOTTLE, "scenes": scenes, "sizes": ["medium_banner"], "draft": True}
    )
    pictures = made.structured_content["pictures"]
    assert [open_file(picture["file"]).size for picture in pictures] == [
        (picture["width_px"], picture["height_px"]) for picture in pictures
    ]
    shown = [part for part in made.content if part.type == "image"]
    assert len(shown) == len(pictures) == 2
    assert Image.open(io.BytesIO(base64.b64decode(shown[0].data))).format == "WEBP"
    assert (2, 2) in told


@pytest.mark.slow
def test_a_product_is_cut_out_over_stdio(tmp_path: Path) -> None:
    import mcp
    from mcp.client.stdio import stdio_client

    program = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "photoshoot", "mcp", "--out", str(tmp_path)],
        env=small_environment(tmp_path, ROOT),
    )
    data = "data:image/jpeg;base64," + base64.b64encode(Path(BOTTLE).read_bytes()).decode()
    with (tmp_path / "told.txt").open("w", encoding="utf-8") as told:  # else what was stderr when mcp was imported
        result, _ = call(stdio_client(program, errlog=told), "cut_out", {"photo": data})
    assert open_file(result.structured_content["file"]).mode == "RGBA"
    assert result.structured_content["confidence"] > 0.8
    assert json.loads(result.content[0].text) == result.structured_content
    assert "leaked" not in (tmp_path / "told.txt").read_text(encoding="utf-8"), "its memory is given back"


@pytest.mark.parametrize(
    ("photo", "told"),
    [
        ("/nowhere/photo.jpg", "/nowhere/photo.jpg can't be read"),
        ("file:///nowhere/a%20photo.jpg", "/nowhere/a photo.jpg can't be read"),
        ("~/nowhere.jpg", "{home}/nowhere.jpg can't be read"),
    ],
)
def test_what_goes_wrong_is_told(served: str, photo: str, told: str) -> None:
    result, _ = call(served, "recommend", {"photo": photo})
    assert result.is_error
    assert told.format(home=Path.home()) in result.content[0].text


def test_a_mistyped_presets_id_is_refused_with_what_is_near(served: str) -> None:
    order = {"photo": BOTTLE, "scenes": ["white_backgroud"], "sizes": ["64x64"]}
    result, _ = call(served, "make_pictures", order)
    assert result.is_error
    assert "white_background" in result.content[0].text
    assert "photoshoot presets" not in result.content[0].text, "which is a command, and no tool"


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("list_presets", {"serch": "marble"}, "unknown argument 'serch'; did you mean search?"),
        ("make_pictures", {"photo": BOTTLE, "scenes": "on slate"}, "scenes: Input should be a valid list"),
        ("make_pictures", {"photo": BOTTLE, "scenes": ["white_background"], "sizes": ["huge"]}, "sizes='huge'"),
        ("recommend", {}, "photo: Field required"),
    ],
)
def test_errors_are_in_the_words_of_the_tools_schema(served: str, name: str, given: dict[str, Any], told: str) -> None:
    result, _ = call(served, name, given)
    assert result.is_error
    assert told in result.content[0].text
    assert "pydantic" not in result.content[0].text


def test_a_port_that_is_taken_is_refused_before_anything_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["mcp", "--http", "--port", str(taken.getsockname()[1])]) == 2
    told = capsys.readouterr().err
    assert told.startswith("photoshoot: port=")
    assert "free on 127.0.0.1" in told
    assert told.count("\n") == 1


def test_an_address_is_of_http_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--port", "8765"]) == 2
    assert "--http" in capsys.readouterr().err
