from __future__ import annotations

import dataclasses
import json
import re
import time
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from photoshoot.framing.layout import SAFE_MARGIN, RenderKind, ad_sizes
from photoshoot.jobs.webhooks.signing import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, draw_secret, sign
from photoshoot.server import ServerSettings
from photoshoot.server.http.channel_schemas import CreatedChannelAnswer
from photoshoot.server.http.error_schemas import CutoutErrorAnswer, ProblemAnswer, ValidationProblemAnswer
from photoshoot.server.http.errors import Denial
from photoshoot.server.http.order_schemas import AdCreativeForm
from photoshoot.server.http.progress_schemas import (
    DeletedAnswer,
    DetailedProgressAnswer,
    DetailedTaskAnswer,
    SubmittedAnswer,
)
from photoshoot.server.http.schemas import RecommendationsAnswer, TokenAnswer
from photoshoot.server.http.webhook_schemas import ProcessCompletedMessage, TaskCompletedMessage
from photoshoot.settings import LightOverride, Placement
from photoshoot.settings.checks import Range
from tests.server.http.test_openapi import ROUTES

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT, OPERATING = (DOCS / "service.md").read_text(), (DOCS / "operating.md").read_text()


def test_every_setting_is_documented_with_its_range() -> None:
    (tables,) = re.findall(r"## Settings\n(.*?)\n## ", OPERATING, re.DOTALL)
    hints, named = typing.get_type_hints(ServerSettings, include_extras=True), list[str]()
    for row in (line for line in tables.splitlines() if line.startswith("| `")):
        names = re.findall(r"`(\w+)`", row.split("|")[1])
        named += names
        for name in names:
            for limits in (one for one in getattr(hints[name], "__metadata__", ()) if isinstance(one, Range)):
                assert f"{limits.low} to {limits.high}" in row, name
    assert sorted(named) == sorted(field.name for field in dataclasses.fields(ServerSettings))


def test_every_size_is_documented_as_it_is_made() -> None:
    (table,) = re.findall(r"### Sizes\n(.*?)\n### ", TEXT, re.DOTALL)
    for kind in RenderKind.__members__.values():
        assert re.search(rf"^\| (4, and )?{kind.value} \||^\| {kind.value}, and 0 \|", table, re.MULTILINE), kind
        for size in ad_sizes(kind) if kind.value.bit_count() == 1 else ():
            margin = f"{2 * round(size.width_px * SAFE_MARGIN / 2)}x{size.height_px}"
            row = f"| {size.label.replace('_', ' ')} | {size.width_px}x{size.height_px} | {margin} |"
            assert row in table


def test_every_field_of_an_order_is_documented() -> None:
    for field in AdCreativeForm.model_fields.values():
        assert f"`{field.alias}`" in TEXT, field.alias
    for record in (LightOverride, Placement):
        for own in dataclasses.fields(record):
            assert f"`{own.name}`" in TEXT, own.name


def test_the_bodies_that_are_shown_are_those_that_are_sent() -> None:
    shown = [json.loads(text) for text in re.findall(r"^```\n([\[{].*?)```", TEXT, re.DOTALL | re.MULTILINE)]
    told = [body[0] if isinstance(body, list) else body for body in shown]
    models: list[type[BaseModel]] = [
        CreatedChannelAnswer,
        TaskCompletedMessage,
        ProcessCompletedMessage,
        SubmittedAnswer,
        TokenAnswer,
        RecommendationsAnswer,
        DeletedAnswer,
        ValidationProblemAnswer,
        ProblemAnswer,
        CutoutErrorAnswer,
        DetailedProgressAnswer,
    ]
    for model in models:
        names = {field.alias or name for name, field in model.model_fields.items()}
        assert [body.keys() for body in told if body.keys() == names], model.__name__
    (progress,) = [body for body in told if "queuePosition" in body]
    tasks = {field.alias for field in DetailedTaskAnswer.model_fields.values()}
    assert [task.keys() for task in progress["taskUrls"]] == [tasks, tasks]


def test_every_reason_of_a_refusal_is_documented() -> None:
    for denial in Denial:
        ((scheme, error),) = re.findall(r'^(\w+) error="(\w+)"', denial)
        assert f"| `{error}` | {scheme} |" in TEXT, denial


def test_every_route_is_documented() -> None:
    for route in ROUTES:
        path = route.split()[1].removeprefix("/api/v1")
        assert f"{path}`" in TEXT, route


def test_the_receivers_check_knows_a_genuine_message() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/service.md", "exec"), names)
    secret, body, now = draw_secret(), b'{"MessageType":"x"}', int(time.time())

    def headers(timestamp_s: int) -> dict[str, str]:
        signature = sign(secret, "id", timestamp_s, body)
        return {ID_HEADER: "id", TIMESTAMP_HEADER: str(timestamp_s), SIGNATURE_HEADER: signature}

    assert names["is_genuine"](secret, headers(now), body)
    assert not names["is_genuine"](draw_secret(), headers(now), body)
    assert not names["is_genuine"](secret, headers(now), body + b" ")
    assert not names["is_genuine"](secret, headers(now - 600), body)
    for missing in (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER):
        assert not names["is_genuine"](secret, headers(now) | {missing: ""}, body)
    assert not names["is_genuine"](secret, {}, body)
