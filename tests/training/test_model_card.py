from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from photoshoot.training.model_card import Account, describe_base, write_card
from photoshoot.training.settings import TrainingSettings
from photoshoot.weights import HubModel, load_manifest

SETTINGS = TrainingSettings(
    base="/secret/place/my-base",
    data=(Path("/secret/place/cups"),),
    out=Path("/secret/place/tuned"),
    cache=Path("/secret/place/cache"),
)
ACCOUNT = Account(
    settings=SETTINGS,
    identity={"my-base": "abc123"},
    sources=["rendered"] * 5 + ["photo"] * 2,
    products=4,
    held_out=3,
    losses=[1.0] * 60 + [0.5] * 40,
    validations={20: {"loss": 0.25, "expansion": None, "seam": 1.5}, 3: {"loss": 0.75}},
)


def test_a_card_for_others_names_no_place_on_this_machine() -> None:
    card = write_card(ACCOUNT)
    assert "secret" not in card
    assert re.search(r"^# tuned$", card, re.MULTILINE)
    settings = tomllib.loads(card.split("```toml\n")[1].split("```")[0])
    assert (settings["base"], settings["data"], settings["out"]) == ("my-base", ["cups"], "tuned")
    assert settings["steps"] == SETTINGS.steps


def test_what_it_was_made_of_and_how_it_went_are_told() -> None:
    card = write_card(ACCOUNT)
    assert "5 pictures rendered" in card
    assert "2 photographs" in card
    assert "of 4 products" in card
    assert "Of 3 more" in card
    assert "100 steps; the mean loss of the last 50 is 0.6000." in card
    rows = [line for line in card.splitlines() if re.match(r"\| \d", line)]
    assert rows == ["| 3 | 0.7500 |  |  |", "| 20 | 0.2500 |  | 1.5000 |"]
    assert "photographs" not in write_card(replace(ACCOUNT, sources=["rendered"]))
    assert "held-out loss" not in write_card(replace(ACCOUNT, validations={}))


@pytest.mark.parametrize(
    ("method", "tagged", "usage"), [("lora", True, "--lora tuned"), ("full", False, "--engine tuned/model")]
)
def test_the_head_and_the_usage_say_what_it_is(method: str, tagged: bool, usage: str) -> None:
    card = write_card(replace(ACCOUNT, settings=replace(SETTINGS, method=method)))
    head = yaml.safe_load(card.split("---\n")[1])
    assert head["base_model"] == "my-base"
    assert head["license"] == "other", "nobody knows a local model's licence"
    assert ("lora" in head["tags"]) is tagged
    assert usage in card


@pytest.mark.parametrize("profile", ["sd15", "sdxl"])
def test_a_known_base_has_its_repository_and_licence(profile: str) -> None:
    manifest = load_manifest()
    model = manifest.get(manifest.profiles[profile].base)
    assert isinstance(model, HubModel)
    assert describe_base(profile, {"x": "y"}) == (model.repo, model.licence)
    assert describe_base("/some/copy", {model.repo: "rev"}) == (model.repo, model.licence)
    assert describe_base("/some/copy", {"copy": "rev"}) == ("copy", None)
    card = write_card(replace(ACCOUNT, settings=replace(SETTINGS, base=profile)))
    assert f"license: {model.licence}" in card
