"""Every field of a request gets through every door. A field that is added fails here until each of them carries it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import pickle
import sqlite3
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from photoshoot import (
    ExportSettings,
    ImageFormat,
    Photoshoot,
    Product,
    Prompt,
    Provenance,
    RenderKind,
    Request,
    SettingsError,
)
from photoshoot.catalogue import Item, Recipe, load_recipe
from photoshoot.cli.arguments import build_parser
from photoshoot.cli.batch import read_recipe
from photoshoot.cli.orders import Order as CommandOrder
from photoshoot.exporters.encoders import write_record
from photoshoot.jobs import Jobs, Order
from photoshoot.jobs.orders import read_ordered
from photoshoot.photoshoot import OnProgress
from photoshoot.production import plan_shots
from photoshoot.records import Shots
from photoshoot.request import list_sizes, resolve_request, write_request
from photoshoot.reruns import Rerun
from photoshoot.server.http.order_schemas import AdCreativeForm, ShootForm, complete_order
from photoshoot.server.routes.generation import build_order
from photoshoot.settings import LightOverride, Placement, Stance
from tests.requests import FULL, list_defaults, tell

OPTIONS = (
    "--kind medium_banner --no-safe-margin --no-lean-palette --no-style-reference --anchor left --center-x 0.4 "
    "--scale 0.8 --padding 0.05 --base 0.9 --box-px 20 30 200 220 --stance upright --size-class hand_held --size-m 0.3 "
    "--pitch 15 --light-from 40 --light-height 35 "
    "--shadow-softness 0.25 --shadow-intensity 0.75 --brightness 1.25 --light-color #ffe0b0 --rim-light 0.5 --seed 11 "
    "--first-prompt-index 3 --light-on-product 0.5 --max-redraws 5 --no-measure-expansion --plain-if-unread --draft"
)


def test_nothing_of_the_request_is_as_it_would_be_without_it() -> None:
    assert list_defaults(FULL) == ["product"]


def test_python(bottle: Product) -> None:
    taken: list[Request] = []

    class Taking(Photoshoot):
        def __init__(self) -> None:
            """Has no parts."""

        def generate_many(self, requests: Sequence[Request], on_progress: OnProgress | None = None) -> list[Shots]:
            del on_progress
            taken.extend(requests)
            return [Shots()]

    given = {field.name: getattr(FULL, field.name) for field in dataclasses.fields(Request)}
    Taking().generate(**{**given, "product": bottle})
    assert taken == [dataclasses.replace(FULL, product=bottle)]


def test_python_takes_dicts_for_records_and_says_what_they_may_hold() -> None:
    request = Request(placement={"stance": "lying", "pitch_deg": 15}, light={"azimuth_deg": 40})  # type: ignore[arg-type]
    assert request.placement == Placement(stance=Stance.LYING, pitch_deg=15)
    assert request.light == LightOverride(azimuth_deg=40)
    wrong: dict[str, Any] = {"placement": [{"x": 1}, "left", None], "light": [{"azimut": 4}, "left", 3]}
    for name, values in wrong.items():
        for value in values:
            with pytest.raises(SettingsError, match=rf"^{name}=.* is not allowed: give a \w+, or a dict of .*_"):
                Request(**{name: value})
    with pytest.raises(SettingsError, match=r"^azimuth_deg=999 is not allowed"):
        Request(light={"azimuth_deg": 999})  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=r"^same_style_reference='x'"):
        Request(same_style_reference="x")  # type: ignore[arg-type]


def list_words(folder: Path) -> list[str]:
    """All of ``FULL`` as options, but for its scenes."""
    (folder / "style.jpg").write_bytes(FULL.style_image.jpeg)  # type: ignore[union-attr]
    style = ["--style-image", str(folder / "style.jpg"), "--style-strength", "0.75"]
    prompt = ["--prompt", "on a black marble slab", "--negative", "flowers"]
    return [*prompt, "--name", "vodka bottle", "--description", "Clear glass.", *style, *OPTIONS.split()]


ONE_SCENE = dataclasses.replace(FULL, prompts=Prompt.custom("on a black marble slab", negative="flowers"))


def test_command_line(bottle: Product, tmp_path: Path) -> None:
    arguments = build_parser().parse_args(["shoot", "bottle.jpg", "--out", str(tmp_path), *list_words(tmp_path)])
    assert tell(CommandOrder.read(arguments).request, bottle) == tell(ONE_SCENE, bottle)


def test_command_line_of_a_catalogue(bottle: Product, tmp_path: Path) -> None:
    """Its options go before its recipe; what neither says is a recipe's default."""
    command, recipe = ["batch", "photos", "--out", str(tmp_path)], tmp_path / "recipe.toml"
    alone = read_recipe(build_parser().parse_args([*command, *list_words(tmp_path)]))
    assert tell(alone.request, bottle) == tell(ONE_SCENE, bottle)
    assert dataclasses.replace(alone, request=Recipe().request) == Recipe()
    assert read_recipe(build_parser().parse_args(command)) == Recipe()
    recipe.write_text('prompts = ["on slate"]\nseed = 7\n[light]\nrim = 0.5\nbrightness = 0.5\n', encoding="utf-8")
    command += ["--recipe", str(recipe)]
    assert read_recipe(build_parser().parse_args(command)) == load_recipe(recipe)
    both = read_recipe(build_parser().parse_args([*command, "--brightness", "1.2", "--kind", "story"])).request
    light = LightOverride(rim=0.5, brightness=1.2)
    assert both == dataclasses.replace(load_recipe(recipe).request, light=light, render_kind=RenderKind.STORY)


def test_recipe(bottle: Product, tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(json.dumps(write_request(FULL)), encoding="utf-8")
    assert tell(load_recipe(path).request, bottle) == tell(FULL, bottle)


def test_jobs(bottle: Product, shoot: Photoshoot, tmp_path: Path) -> None:
    with Jobs.open(f"sqlite:///{tmp_path}/jobs.db", str(tmp_path / "pictures"), presets=shoot.presets) as jobs:
        owner, user = jobs.applications.create("shop").application.id, uuid.uuid4()
        asset = jobs.assets.add(owner, user, bottle).id
        jobs.submit(Order(application_id=owner, user_id=user, asset_id=asset, request=FULL))
    with contextlib.closing(sqlite3.connect(tmp_path / "jobs.db")) as database:
        ((ordered, seed),) = database.execute("select ordered, seed from processes")
    assert seed == FULL.seed
    assert tell(read_ordered(json.loads(ordered)), bottle) == tell(FULL, bottle)


def test_orders_of_older_stores_are_read() -> None:
    older = {
        "prompts": [prompt.to_api() for prompt in FULL.prompts],  # type: ignore[union-attr]
        "render_kind": 32,
        "safe_margin": False,
        "same_style_reference": False,
        "product_name": "vodka bottle",
        "product_description": "Clear glass.",
    }
    asked = read_ordered(older)
    assert (asked.lean_palette, asked.style_reference, asked.render_kind) == (False, False, FULL.render_kind)
    assert (asked.name, asked.description, asked.prompts) == (FULL.name, FULL.description, FULL.prompts)


def test_http() -> None:
    plain = write_request(FULL)
    ids = {name: str(uuid.uuid4()) for name in ("applicationId", "userId", "productImageAssetId")}
    contract = {
        "renderKind": "32",
        "PromptObjectsString": json.dumps(plain["prompts"]),
        "productName": "vodka bottle",
        "productDescription": "Clear glass.",
        "DisableSafeMargin": "true",
    }
    further = {
        "leanPalette": "false",
        "styleReference": "false",
        "styleImage": str(FULL.style_image),
        "styleStrength": "0.75",
        "placement": json.dumps(plain["placement"]),
        "light": json.dumps(plain["light"]),
        "seed": "11",
        "firstPromptIndex": "3",
        "lightOnProduct": "0.5",
        "maxRedraws": "5",
        "measureExpansion": "false",
        "draft": "true",
        "plainIfUnread": "true",
    }
    beside = {"engine": "sd15", "formats": "png,webp"}
    given = {**ids, **contract, **further, **beside}
    shot = complete_order(ShootForm.model_validate(given), uuid.UUID(ids["productImageAssetId"]), "a", "b", "c")
    for form in (AdCreativeForm.model_validate(given), shot):
        order = build_order(form, "a key")
        assert order.request == FULL
        assert (order.engine, order.formats) == ("sd15", (ImageFormat.PNG, ImageFormat.WEBP))
        asked = {field.name for field in dataclasses.fields(order) if getattr(order, field.name) != field.default}
        assert asked >= {field.name for field in dataclasses.fields(order)} - {"trace_id"}  # which no form has


def test_ray_and_other_processes(bottle: Product, shoot: Photoshoot) -> None:
    recipe: Recipe = pickle.loads(pickle.dumps(Recipe(request=FULL)))
    planned = recipe.plan(shoot, Item(id="bottle", photo=Path("bottle.jpg")), bottle)
    expected = plan_shots(resolve_request(FULL, bottle), shoot.presets)
    assert [shot.recipe for shot in planned] == [shot.recipe for shot in expected]
    assert [(shot.seed, shot.prompt_index, shot.canvas) for shot in planned] == [
        (shot.seed, shot.prompt_index, shot.canvas) for shot in expected
    ]
    assert {(shot.product.name, shot.product.description) for shot in planned} == {(FULL.name, FULL.description)}


def test_like(bottle: Product, shoot: Photoshoot) -> None:
    (planned,) = plan_shots(resolve_request(FULL, bottle), shoot.presets)
    image = np.zeros((planned.canvas.height_px, planned.canvas.width_px, 3), np.uint8)
    shot = planned.answer(image, Provenance(engine="studio", versions={}, settings={}))
    record = json.loads(json.dumps(write_record(shot, ExportSettings(), "photoshoot")))
    assert tell(Rerun(path=Path("shot.png"), record=record).read_request(bottle), bottle) == tell(FULL, bottle)
    older = {**record["recipe"], "same_style_reference": False}
    del older["lean_palette"], older["style_reference"]
    read = Rerun(path=Path("shot.png"), record={**record, "recipe": older}).read_request(bottle)
    assert tell(read, bottle) == tell(FULL, bottle)


def test_a_size_of_ones_own_gets_through_every_door(bottle: Product, tmp_path: Path) -> None:
    words = ["--prompt", "on a black marble slab", "--size", "500x400", "--kind", "pin"]
    arguments = build_parser().parse_args(["shoot", "bottle.jpg", "--out", str(tmp_path), *words])
    (tmp_path / "recipe.json").write_text(json.dumps({"sizes": ["500x400", "pin"]}), encoding="utf-8")
    ids = {name: str(uuid.uuid4()) for name in ("applicationId", "userId", "productImageAssetId")}
    words_of_form = {"PromptObjectsString": '["a"]', "productName": "a", "productDescription": "b", "renderKind": "4"}
    form = AdCreativeForm.model_validate({**ids, **words_of_form, "size": "500x400,pin"})
    orders = (CommandOrder.read(arguments).request, load_recipe(tmp_path / "recipe.json").request)
    single = ShootForm.model_validate({**ids, **words_of_form, "size": "500x400"})
    shot = complete_order(single, uuid.uuid4(), "", "", "")
    assert [size.label for size in list_sizes(build_order(shot, None).request.render_kind)] == ["500x400"]
    for request in (*orders, build_order(form, None).request, Request(render_kind=["500x400", "pin"])):
        again = read_ordered(write_request(request))
        assert tell(dataclasses.replace(again, prompts="a"), bottle)["sizes"] == ["500x400", "pin"]
