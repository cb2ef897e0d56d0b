"""Tests of what a negative prompt takes out of a set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photoshoot import Product, Prompt
from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.director.leaving_out import leave_out
from photoshoot.errors import PromptError
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.prompts import parse_prompts, resolve_prompts
from photoshoot.request import Request, resolve_request
from photoshoot.sets import hold
from photoshoot.sets.beach import Beach
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.location import Location
from photoshoot.sets.podium import Podium
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import Stance

REGISTRY = PresetRegistry.load()
FLOWERED = Tabletop(props="petals", material="marble")


@pytest.mark.parametrize("words", ["flowers", "no flowers", "rose petals", "red flowers", "Blumen", "(flowers:1.4)"])
def test_a_thing_is_left_out_however_it_is_called(words: str) -> None:
    left = leave_out(FLOWERED, words)
    assert left.design == replace(FLOWERED, props="none")
    assert (left.gone, left.kept, left.unknown) == ((words,), (), ())


def test_what_is_not_there_is_no_matter() -> None:
    left = leave_out(FLOWERED, "candles, people, shells, beach, watermark, low quality, blurry")
    assert left.design == FLOWERED
    assert (left.gone, left.kept, left.unknown) == ((), (), ())


def test_what_the_set_cannot_do_without_is_told() -> None:
    left = leave_out(FLOWERED, "marble, flowers, zorgs")
    assert (left.gone, left.kept, left.unknown) == (("flowers",), ("marble",), ("zorgs",))
    told = "; ".join(left.tell())
    assert told == "left out: flowers; can't leave out: marble; not known, so not left out: zorgs"
    assert leave_out(Location(place="park"), "park").kept == ("park",)
    red = Cyclorama(colors=(NAMED_COLORS["red"],))
    assert (leave_out(red, "red").kept, leave_out(red, "blue").kept) == (("red",), ())


def test_all_that_lies_about_goes_with_a_general_word() -> None:
    assert leave_out(Celebration(props="gifts", air="confetti"), "decorations").design == Celebration(
        props="none", air="none"
    )
    assert leave_out(Podium(shapes=True, props="shells"), "props").design == Podium(shapes=False, props="none")
    assert leave_out(Beach(props="palms"), "props").design == Beach(props="none")


def test_shadows_are_softened() -> None:
    left = leave_out(FLOWERED, "shadows")
    assert left.design.light.fill > FLOWERED.light.fill
    assert left.gone == ("shadows",)


def test_shadows_of_leaves_are_leaves() -> None:
    assert leave_out(FlatLay(gobo="leaves"), "leaves").design == FlatLay(gobo="none")


@pytest.mark.parametrize("stance", Stance)
def test_no_preset_brings_back_what_was_left_out(stance: Stance) -> None:
    for preset in REGISTRY:
        held = leave_out(hold(leave_out(preset.design, "props").design, stance), "props").design
        assert getattr(held, "props", "none") in ("none", False), preset.id


def test_prompt_and_preset_say_it(bottle: Product) -> None:
    prompts = [
        Prompt.custom("on a marble table with candles", negative="candles, marble"),
        Prompt.preset(next(preset.id for preset in REGISTRY if getattr(preset.design, "props", "none") == "petals")),
    ]
    prompts[1] = replace(prompts[1], negative="petals")
    custom, preset = resolve_prompts(prompts, bottle, REGISTRY)
    assert isinstance(custom.design, Tabletop)
    assert custom.design.props == "none"
    assert custom.negative_text.startswith("candles, marble, ")
    assert "left out: candles" in custom.reading
    assert "no marble" in custom.unread
    assert getattr(preset.design, "props") == "none"  # noqa: B009  # of whichever set
    assert preset.reading.endswith("left out: petals")
    assert [prompt.negative for prompt in parse_prompts([prompt.to_api() for prompt in prompts])] == [
        "candles, marble",
        "petals",
    ]


def test_a_set_that_becomes_another_is_without_it_too(bottle: Product) -> None:
    request = Request(prompts=[Prompt.custom("on a table with candles, flat lay", negative="candles")])
    (planned,) = plan_shots(resolve_request(request, bottle), REGISTRY)
    assert getattr(planned.scene.design, "props", "none") == "none"


def test_without_one_nothing_changes(bottle: Product) -> None:
    plain = Prompt.custom("on a marble table with candles")
    (scene,) = resolve_prompts([plain], bottle, REGISTRY)
    assert "negative" not in plain.to_api()
    assert scene.negative_text == direct(plain.text or "", REGISTRY).negative_text
    assert Prompt.custom("on a table", negative="  ").negative is None


def test_it_is_a_text() -> None:
    with pytest.raises(PromptError, match="a negative prompt must be a text, not 3"):
        parse_prompts([{"tag": "custom", "prompt": "on a table", "negative": 3}])
    with pytest.raises(PromptError, match="a negative prompt may have 2000"):
        Prompt.custom("on a table", negative="a" * 2001)
