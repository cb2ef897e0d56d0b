from __future__ import annotations

import json
from pathlib import Path

import pytest

from photoshoot import RecipeError, RenderKind
from photoshoot.catalogue import EngineChoice, Recipe, load_recipe
from photoshoot.prompts import Prompt
from photoshoot.request import Request
from photoshoot.settings import Anchor, ExportSettings, ImageFormat, LightOverride, Lora, Placement, StudioSettings

FULL = """
presets = ["white_background"]
prompts = ["on a black marble slab"]
recommended = 3
sizes = ["landscape", "display"]
safe_margin = false
same_style_reference = false
seed = 7
formats = ["png", "webp"]
quality = 80
dpi = 300
preset_folders = ["ours"]
[placement]
anchor = "left"
scale = 1
box_px = [10, 20, 110, 220]
[light]
azimuth_deg = -70
color = "#ffeedd"
[engine]
name = "model"
dtype = "float32"
loras = [{ path = "brand.safetensors", weight = 0.5 }]
[studio]
samples = 4
"""


def write(folder: Path, text: str, name: str = "recipe.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read_and_paths_are_beside_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    recipe = load_recipe(write(tmp_path, FULL))
    lora = Lora(path=tmp_path / "brand.safetensors", weight=0.5)
    assert recipe == Recipe(
        request=Request(
            prompts=(Prompt.preset("white_background"), Prompt.custom("on a black marble slab")),
            render_kind=(RenderKind.LANDSCAPE, RenderKind.DISPLAY),
            safe_margin=False,
            lean_palette=False,
            style_reference=False,
            seed=7,
            placement=Placement(anchor=Anchor.LEFT, scale=1.0, box_px=(10, 20, 110, 220)),
            light=LightOverride(azimuth_deg=-70, color="#ffeedd"),
        ),
        recommended=3,
        files=tuple(ExportSettings(format=kind, quality=80, dpi=300) for kind in (ImageFormat.PNG, ImageFormat.WEBP)),
        engine=EngineChoice(
            name=str(tmp_path / "model"), dtype="float32", loras=(lora,), studio=StudioSettings(samples=4)
        ),
        preset_folders=(tmp_path / "ours",),
    )


def test_json_says_the_same_and_nothing_gives_the_defaults(tmp_path: Path) -> None:
    text = json.dumps({"presets": ["white_background"], "light": {"rim": 0.5}})
    toml = 'presets = ["white_background"]\nlight = { rim = 0.5 }\n'
    assert load_recipe(write(tmp_path, text, "a.json")) == load_recipe(write(tmp_path, toml, "a.toml"))
    assert load_recipe(write(tmp_path, "", "b.toml")) == Recipe()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("preset = ['white_background']", ["recipe.toml: preset:", "did you mean", "presets"]),
        ("[light]\nazimut_deg = 3", ["light.azimut_deg", "azimuth_deg"]),
        ("[light]\nrim = 3", ["light.rim", "0 to 1"]),
        ("[placement]\nanchor = 'middle'", ["placement.anchor", "left"]),
        ("[placement]\nbox_px = [1, 2, 3]", ["placement.box_px", "4 whole numbers"]),
        ("[studio]\nsamples = 'many'", ["studio.samples", "int", "'many'"]),
        ("[studio]\nsamples = true", ["studio.samples", "true"]),
        ("seed = -1", ["seed", "2147483647"]),
        ("seed = 1.5", ["seed", "1.5"]),
        ("sizes = ['huge']", ["sizes", "huge", "landscape"]),
        ("sizes = []", ["sizes"]),
        ("formats = ['gif']", ["formats", "gif", "webp"]),
        ("formats = ['png', 'png']", ["png"]),
        ("quality = 0", ["quality", "1 to 100"]),
        ("prompts = ['']", ["prompts"]),
        (f"presets = {['a'] * 7}", ["6"]),
        ("[engine]\ndtype = 'float32'", ["engine.dtype", "diffusion"]),
        ("[engine]\nname = 'sd15'\nloras = [{ weight = 1 }]", ["engine.loras[0].path", "missing"]),
        ("[engine]\nname = 'sd15'\nloras = [{ path = 'x', weight = 9 }]", ["engine.loras[0].weight", "-4 to 4"]),
        ("this is no TOML", ["recipe.toml: file:", "TOML"]),
    ],
)
def test_what_is_wrong_is_told_by_file_key_and_reason(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(RecipeError) as caught:
        load_recipe(write(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "recipe.toml"))
    assert all(word in message for word in words), message


def test_a_recipe_that_is_not_there_or_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="No such file"):
        load_recipe(tmp_path / "none.toml")
    with pytest.raises(RecipeError, match=r"\.toml or \.json"):
        load_recipe(write(tmp_path, "", "recipe.yaml"))
    with pytest.raises(RecipeError, match="'name' is given more than once"):
        load_recipe(write(tmp_path, '{"name": "a", "name": "b"}', "recipe.json"))


def test_a_recipe_from_before_the_render_scale_is_read(tmp_path: Path) -> None:
    recipe = load_recipe(write(tmp_path, "presets = ['white_background']\n[studio]\nsamples = 4\nlight_stride = 2\n"))
    assert recipe.engine.studio == StudioSettings(samples=4, render_scale=0.5)


@pytest.mark.parametrize(
    ("lines", "leans"),
    [
        ("[studio]\nshare_plates = true", False),
        ("[studio]\nshare_plates = false", True),
        ("lean_palette = true\n[studio]\nshare_plates = true", True),
        ("same_style_reference = true\n[studio]\nshare_plates = true", True),
    ],
)
def test_products_that_share_sets_share_their_colours(tmp_path: Path, lines: str, leans: bool) -> None:
    assert load_recipe(write(tmp_path, lines)).request.lean_palette is leans
