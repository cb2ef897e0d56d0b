"""``/docs``: the OpenAPI document as a page, without a script and without anything from elsewhere."""

import html
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

router = APIRouter()

_STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
code{background:#f3f3f0;padding:.1em .3em;border-radius:3px}h2{margin-top:2.5rem}
details{border:1px solid #ddd;border-radius:6px;margin:.6rem 0;padding:.5rem .9rem}summary{cursor:pointer}
b.method{display:inline-block;width:4.5rem}table{border-collapse:collapse;width:100%;margin:.5rem 0}
td,th{text-align:left;vertical-align:top;border-top:1px solid #eee;padding:.25rem .6rem .25rem 0}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> HTMLResponse:
    """Every route, what it takes, and what it answers."""
    return HTMLResponse(draw_page(request.app.openapi()), headers={"Content-Security-Policy": _POLICY})


def draw_page(document: Mapping[str, Any]) -> str:
    """The page of an OpenAPI document."""
    groups: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["Other"])[0]
            groups.setdefault(tag, []).append(_draw_operation(document, path, method, operation))
    info = document["info"]
    parts = [f"<h2>{html.escape(tag)}</h2>{''.join(drawn)}" for tag, drawn in groups.items()]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(info["title"])}</title>'
        f"<style>{_STYLE}</style><h1>{html.escape(info['title'])} {html.escape(info['version'])}</h1>"
        f"<p>{html.escape(info.get('summary', ''))} The same for programs: <code>/openapi.json</code>.</p>"
        f"{''.join(parts)}</html>"
    )


def _draw_operation(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> str:
    rows = [
        (parameter["name"], f"{parameter['in']}, {_kind_of(document, parameter['schema'])}", parameter)
        for parameter in operation.get("parameters", ())
    ]
    taken = _draw_table(
        (name, kind + ("" if item.get("required") else ", optional"), item.get("description", ""))
        for name, kind, item in rows
    )
    body = "".join(
        f"<p>Body: <code>{html.escape(media)}</code></p>{_draw_schema(document, content['schema'])}"
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
    )
    answers = _draw_table(
        (status, _kinds_of(document, answer), answer.get("description", ""))
        for status, answer in operation["responses"].items()
    )
    return (
        f'<details><summary><b class="method">{method.upper()}</b> <code>{html.escape(path)}</code> '
        f"{html.escape(operation.get('summary', ''))}</summary><p>{html.escape(operation.get('description', ''))}</p>"
        f"{taken}{body}<p>Answers:</p>{answers}</details>"
    )


def _draw_table(rows: Any) -> str:
    cells = "".join(
        f"<tr><td><code>{html.escape(str(name))}</code></td><td>{html.escape(kind)}</td>"
        f"<td>{html.escape(text)}</td></tr>"
        for name, kind, text in rows
    )
    return f"<table>{cells}</table>" if cells else ""


def _draw_schema(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    whole = _resolve(document, schema)
    required = whole.get("required", ())
    return _draw_table(
        (name, _kind_of(document, item) + ("" if name in required else ", optional"), item.get("description", ""))
        for name, item in whole.get("properties", {}).items()
    )


def _kinds_of(document: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{media}: {_kind_of(document, content.get('schema', {}))}"
        for media, content in answer.get("content", {}).items()
    )


def _kind_of(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind_of(document, one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind_of(document, schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "any"))


def _resolve(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][str(schema["$ref"]).rpartition("/")[2]]
    return found
