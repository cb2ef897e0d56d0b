from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import PromptError, UnknownNameError
from photoshoot.presets import PresetRegistry
from photoshoot.prompt_text import join_name
from photoshoot.prompts import MAX_PROMPTS, Prompt, PromptLike, parse_prompts, resolve_prompts
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import ShotSettings
from tests.making import make_product

REGISTRY = PresetRegistry.load()
PRODUCT = make_product()
SEED_STRING = """[
  {
    "tag": "custom",
    "prompt": "on a sleek black and blue geometric pattern background...",
    "nativeLanguagePrompt": null
  },
  {"preset": "white_pink_yellow_gradient_background_monochrome", "tag": "preset"},
  {"tag": "custom", "prompt": "custom style prompt", "nativeLanguagePrompt": "benutzerdefiniert"}
]"""


def test_seed_string_is_read_in_order() -> None:
    prompts = parse_prompts(SEED_STRING)
    assert [prompt.tag for prompt in prompts] == ["custom", "preset", "custom"]
    assert prompts[0].text == "on a sleek black and blue geometric pattern background..."
    assert prompts[1].preset_id == "white_pink_yellow_gradient_background_monochrome"
    assert prompts[2].native_language_prompt == "benutzerdefiniert"


def test_seed_string_round_trips() -> None:
    prompts = parse_prompts(SEED_STRING)
    seed = [prompt.to_api() for prompt in prompts]
    assert seed == json.loads(SEED_STRING)
    assert parse_prompts(json.dumps(seed)) == prompts


def test_keys_are_in_any_case_and_what_is_empty_is_left_out() -> None:
    """As clients write them whose serializers have a mind of their own."""
    custom = {"Tag": "custom", "PROMPT": "on slate", "Preset": "", "nativelanguageprompt": None}
    preset = {"Tag": "preset", "Preset": "white_background", "Prompt": "", "NativeLanguagePrompt": ""}
    assert parse_prompts([custom, preset]) == [Prompt.custom("on slate"), Prompt.preset("white_background")]


def test_python_values_mix() -> None:
    mixed: list[PromptLike] = [
        Prompt.preset("white_background"),
        "on marble",
        {"tag": "preset", "preset": "white_background"},
    ]
    assert parse_prompts(mixed) == [
        Prompt.preset("white_background"),
        Prompt.custom("on marble"),
        Prompt.preset("white_background"),
    ]
    assert parse_prompts("on marble") == parse_prompts(Prompt.custom("on marble")) == [Prompt.custom("on marble")]
    assert parse_prompts({"tag": "custom", "prompt": " on\n marble "}) == [Prompt.custom("on marble")]


def test_six_prompts_are_the_most() -> None:
    same = [Prompt.preset("mid_century_modern_office")] * MAX_PROMPTS
    assert len(parse_prompts(same)) == 6
    with pytest.raises(PromptError, match="7 prompts are too many; give at most 6"):
        parse_prompts([*same, "one more"])
    assert len(parse_prompts([*same, "one more"], limit=None)) == 7


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "no prompts"),
        ("[]", "no prompts"),
        ("[{", "not a JSON array"),
        ("[" * 100_000, "not a JSON array of objects: it is nested too deeply"),
        (["on marble", ""], "prompt 1: .*no text: give a scene"),
        (["on marble", "  \n"], "prompt 1: .*no text: give a scene"),
        ([7], "prompt 0: must be a text"),
        (7, "not int"),
        (b"[]", "not bytes"),
        ([{"prompt": "x"}], "prompt 0: has no tag; give 'custom' or 'preset'"),
        ([{"tag": "style", "prompt": "x"}], "prompt 0: tag must be 'custom' or 'preset', not 'style'"),
        ([{"tag": "custom"}], "prompt 0: a custom prompt must be a text"),
        ([{"tag": "custom", "prompt": 3}], "prompt 0: a custom prompt must be a text"),
        ([{"tag": "preset"}], "prompt 0: a preset prompt has no preset"),
        ([{"tag": "preset", "preset": ["x"]}], "prompt 0: a preset prompt has no preset"),
        ([{"tag": "preset", "preset": "x", "prompt": "y"}], "prompt 0: has both"),
        ([{"tag": "custom", "prompt": "y", "preset": "x"}], "prompt 0: has both"),
        ([{"tag": "custom", "promt": "y"}], "prompt 0: has an unknown key 'promt'"),
        ([{"tag": "custom", "prompt": "y", "nativeLanguagePrompt": 5}], "prompt 0: nativeLanguagePrompt"),
        (["x" * 2001], "prompt 0: .*2000 characters"),
        ([{"tag": "custom", "prompt": None}], "prompt 0: a custom prompt must be a text that is not empty$"),
        ([{"tag": "custom", "prompt": True}], "prompt 0: a custom prompt must be a text, not true$"),
        ("[null]", "prompt 0: must be a text, a Prompt or an object, not null$"),
        (['\ud800 on "marble"'], "prompt 0: .*lone surrogates"),
    ],
)
def test_malformed_prompts_say_where_and_why(value: Any, message: str) -> None:
    with pytest.raises(PromptError, match=message):
        parse_prompts(value)


@pytest.mark.parametrize(
    ("name", "text", "joined"),
    [
        ("vodka bottle", ", in front of a white background", "vodka bottle, in front of a white background"),
        ("vodka bottle", " , in front", "vodka bottle, in front"),
        ("headphones", "on a platform, in front of a wall", "headphones on a platform, in front of a wall"),
        ("headphones", " on a platform", "headphones on a platform"),
        ("headphones", "product on rustic wood table", "headphones on rustic wood table"),
        ("headphones", "The product lying on sand", "headphones lying on sand"),
        ("headphones", "product, alone", "headphones, alone"),
        ("headphones", "a sleek scene", "headphones, a sleek scene"),
        ("headphones", "product photography on marble", "headphones, product photography on marble"),
        ("headphones", "island at dawn", "headphones, island at dawn"),
        ("mug", "Mug on a desk", "Mug on a desk"),
        ("mug", "mugs on a shelf", "mug, mugs on a shelf"),
        ("mug", "", "mug"),
        ("mug", ",", "mug"),
        ("", ", in front of a wall", "in front of a wall"),
    ],
)
def test_name_and_scene_read_right(name: str, text: str, joined: str) -> None:
    assert join_name(name, text) == joined


@given(st.text(), st.text())
def test_joining_keeps_the_name_and_never_fails(name: str, text: str) -> None:
    joined = join_name(name, text)
    assert name.strip().lower() in joined.lower()


def test_preset_becomes_its_scene() -> None:
    (scene,) = resolve_prompts([Prompt.preset("white_background")], PRODUCT, REGISTRY)
    preset = REGISTRY.get("white_background")
    assert (scene.preset_id, scene.text, scene.design) == ("white_background", preset.scene_text, preset.design)
    assert scene.full_text == "green bottle, in front of a white background"
    assert scene.style_reference == preset.plate_path
    assert scene.negative_text
    assert scene.reading == "preset white_background"


def test_style_reference_can_be_switched_off() -> None:
    ids = list(REGISTRY.ids)
    prompts = [Prompt.preset(preset_id) for preset_id in ids]
    scenes = resolve_prompts(prompts, PRODUCT, REGISTRY, ShotSettings(lean_palette=False, style_reference=False))
    assert [scene.design for scene in scenes] == [REGISTRY.get(preset_id).design for preset_id in ids]
    assert all(scene.style_reference is None for scene in scenes)


def test_accents_lean_toward_the_product_but_near_neutrals_stay() -> None:
    ids = ["pink_podium_disc", "natural_beige_background", "light_grey_background"]
    scenes = resolve_prompts([Prompt.preset(preset_id) for preset_id in ids], PRODUCT, REGISTRY)
    changed = [scene.design != REGISTRY.get(preset_id).design for scene, preset_id in zip(scenes, ids, strict=True)]
    assert changed == [True, False, False]


def test_custom_prompt_goes_to_the_director() -> None:
    prompts = [Prompt.custom("product on a sleek black marble slab, rim light"), Prompt.custom(", burgundy background")]
    marble, burgundy = resolve_prompts(prompts, PRODUCT, REGISTRY)
    assert isinstance(marble.design, Tabletop)
    assert isinstance(burgundy.design, Cyclorama)
    assert marble.text == "on a sleek black marble slab, rim light"
    assert marble.full_text == "green bottle on a sleek black marble slab, rim light"
    assert burgundy.text == "burgundy background"
    assert (marble.preset_id, marble.style_reference) == (None, None)
    assert marble.reading.startswith("read as: tabletop")
    assert marble.negative_text


def test_unknown_preset_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown preset"):
        resolve_prompts([Prompt.preset("nowhere")], PRODUCT, REGISTRY)
