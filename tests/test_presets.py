from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from photoshoot.color.space import bytes_to_linear, linear_to_oklab
from photoshoot.errors import PresetError, UnknownNameError
from photoshoot.files import find_data
from photoshoot.presets import PresetRegistry, load_presets
from photoshoot.sets import SETS, set_name
from photoshoot.sets.window_room import WindowRoom

SEED_IDS = (
    "on_platform_natural_beige_background",
    "thanksgiving_rustic_scene",
    "white_pink_yellow_gradient_background_monochrome",
    "natural_beige_background",
    "white_background",
    "light_grey_background",
    "light_blue_background",
    "gray_shadowy_room_sunlight_streaming_studio",
    "gray_shadowy_room_sunlight_streaming_neutral",
    "mid_century_modern_office",
)
REGISTRY = PresetRegistry.load()


GROUPS = (
    *("monochrome", "gradient", "studio", "platform", "natural", "interior", "outdoor", "luxury", "tech"),
    *("food & drink", "beauty", "fashion", "seasonal", "holiday"),
)
HOLIDAYS = (
    *("thanksgiving", "christmas", "black friday", "valentine", "easter", "halloween", "mothers day", "fathers day"),
    *("new year", "lunar new year", "ramadan", "diwali", "hanukkah", "summer", "back to school", "autumn", "winter"),
)
JOINING = re.compile(r"(, (in|on)|(on|in|before|between|lying|hanging|floating|standing|product on)) \b")
LEAST_DIFFERENCE = 1.0
"""Mean OKLab distance x 100 of two plates' thumbnails."""


def look(plate: Path) -> npt.NDArray[np.float32]:
    """A plate as 40x30 patches of colour, OKLab x 100."""
    with Image.open(plate) as image:
        small = np.asarray(image.convert("RGB").resize((40, 30), Image.Resampling.BOX))
    return linear_to_oklab(bytes_to_linear(small)) * np.float32(100)


def preset_data(**changes: Any) -> dict[str, Any]:
    return {
        "id": "my_scene",
        "previewName": "My Scene",
        "promptText": "on my table",
        "sceneText": "a plain table",
        "set": {"name": "tabletop", "material": "wood"},
        **changes,
    }


def write(folder: Path, *presets: dict[str, Any], name: str = "mine.json") -> Path:
    (folder / name).write_text(json.dumps(presets), encoding="utf-8")
    return folder


@pytest.mark.parametrize("preset_id", SEED_IDS)
def test_every_preset_of_the_seed_exists(preset_id: str) -> None:
    assert REGISTRY.get(preset_id).id == preset_id


def test_texts_are_the_seeds_where_it_gives_them() -> None:
    platform = REGISTRY.get("on_platform_natural_beige_background")
    assert platform.preview_name == "On Platform Natural Beige Background"
    assert platform.prompt_text == "on a platform, in front of a natural beige background"
    assert (platform.tags, platform.categories, platform.is_old_preset) == ((), ("monochrome",), False)
    thanksgiving = REGISTRY.get("thanksgiving_rustic_scene")
    assert thanksgiving.prompt_text == (
        "product on rustic wood table with autumn leaves and warm lighting, thanksgiving style"
    )
    assert (thanksgiving.tags, thanksgiving.categories) == (("holiday", "thanksgiving"), ())
    assert REGISTRY.get("white_background").prompt_text == ", in front of a white background"


def test_the_catalogue_is_large_and_has_every_group() -> None:
    assert len(REGISTRY) >= 112
    groups = {name: len(presets) for name, presets in REGISTRY.groups().items()}
    assert set(groups) == set(GROUPS)
    assert min(groups.values()) >= 6, groups
    for holiday in HOLIDAYS:
        found = REGISTRY.search(tag=holiday)
        assert any({"holiday", "seasonal"} & {*preset.categories, *preset.tags} for preset in found), holiday


def test_every_preset_can_be_told_from_the_others() -> None:
    for part in ("id", "preview_name", "prompt_text", "scene_text", "design"):
        values = [getattr(preset, part) for preset in REGISTRY]
        assert len(set(values)) == len(values), part


def test_texts_are_fit_for_people_and_networks() -> None:
    for preset in REGISTRY:
        name = preset.id.replace("_", " ").title()
        assert preset.preview_name == name, preset.id
        assert JOINING.match(preset.prompt_text), (preset.id, preset.prompt_text)
        assert 12 <= len(preset.scene_text.split()) <= 60, preset.id
        assert "duplicate objects" in preset.negative_text, preset.id
        assert all(tag == tag.lower().strip() for tag in preset.tags), preset.id


def test_light_comes_from_many_sides() -> None:
    lights = [preset.design.light for preset in REGISTRY]
    for share, holds in {
        "left": [light.azimuth_deg < 0 for light in lights],
        "hard": [light.softness < 0.25 for light in lights],
        "low": [light.elevation_deg < 40 for light in lights],
        "moody": [light.intensity < 0.95 for light in lights],
    }.items():
        assert 0.15 <= sum(holds) / len(lights) <= 0.85, share


def test_every_preset_has_a_preview_and_a_plate() -> None:
    missing = [preset.id for preset in REGISTRY if preset.preview_path is None or preset.plate_path is None]
    assert missing == [], "make them with: photoshoot presets render " + " ".join(missing)
    folder = find_data("presets")
    files = {path.stem for name in ("previews", "plates") for path in (folder / name).iterdir()}
    assert files == set(REGISTRY.ids), "a picture without its preset"
    assert sum(path.stat().st_size for path in folder.rglob("*.webp")) <= 20e6


def test_no_two_plates_look_the_same() -> None:
    kept = [preset for preset in REGISTRY if not preset.design.pure_white]  # nothing but white
    looks = {preset.id: look(preset.plate_path) for preset in kept if preset.plate_path is not None}
    pairs = itertools.combinations(looks, 2)
    nearest = min((float(np.abs(looks[a] - looks[b]).mean()), a, b) for a, b in pairs)
    assert nearest[0] > LEAST_DIFFERENCE, nearest


def test_catalogue_uses_every_set() -> None:
    assert {set_name(preset.design) for preset in REGISTRY} == set(SETS)


def test_scene_texts_name_no_product_and_fit_a_text_encoder() -> None:
    for preset in REGISTRY:
        assert "product" not in preset.scene_text.split(), preset.id
        # CLIP reads 75 tokens; English has about 1.3 a word, punctuation is one each.
        assert 1.3 * len(preset.scene_text.split()) + preset.scene_text.count(",") < 75, preset.id


def test_the_two_gray_rooms_differ() -> None:
    studio = REGISTRY.get("gray_shadowy_room_sunlight_streaming_studio").design
    neutral = REGISTRY.get("gray_shadowy_room_sunlight_streaming_neutral").design
    assert isinstance(studio, WindowRoom)
    assert isinstance(neutral, WindowRoom)
    assert studio.gobo != neutral.gobo
    assert studio.light.intensity < neutral.light.intensity


def test_white_background_is_high_key() -> None:
    light = REGISTRY.get("white_background").design.light
    assert light.intensity >= 1.1
    assert light.fill >= 0.75


def test_unknown_preset_lists_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="did you mean white_background"):
        REGISTRY.get("white_bakground")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        (" white_background ", True),
        ("white_backgroud", True),
        ("on slate", False),
        ("a white_background", False),
        ("", False),
    ],
)
def test_a_text_means_a_preset_where_it_looks_like_an_id(text: str, means: bool) -> None:
    assert REGISTRY.means(text) is means


def test_groups_hold_categories_and_leave_out_holidays() -> None:
    groups = REGISTRY.groups()
    assert "white_background" in [preset.id for preset in groups["monochrome"]]
    assert "thanksgiving_rustic_scene" not in {preset.id for group in groups.values() for preset in group}


def test_search_ranks_the_best_match_first() -> None:
    assert REGISTRY.search("white background")[0].id == "white_background"
    assert REGISTRY.search("thanksgiving")[0].id == "thanksgiving_rustic_scene"
    assert REGISTRY.search("pink yellow grad")[0].id == "white_pink_yellow_gradient_background_monochrome"
    assert {preset.id for preset in REGISTRY.search("grad")} >= {preset.id for preset in REGISTRY.groups()["gradient"]}


def test_search_filters_by_category_and_tag() -> None:
    assert {preset.id for preset in REGISTRY.search(tag="Holiday")} >= {"thanksgiving_rustic_scene"}
    assert all("studio" in preset.categories for preset in REGISTRY.search("gray", category="studio"))
    assert REGISTRY.search("gray", category="studio")
    assert REGISTRY.search("gray", tag="holiday") == []


def test_search_without_words_gives_all_and_with_unknown_words_none() -> None:
    assert len(REGISTRY.search()) == len(REGISTRY) == len(REGISTRY.ids) == len(list(REGISTRY))
    assert REGISTRY.search("xylophone") == []


def test_own_folder_comes_on_top_and_brings_its_pictures(tmp_path: Path) -> None:
    write(tmp_path, preset_data())
    (tmp_path / "plates").mkdir()
    (tmp_path / "plates" / "my_scene.webp").write_bytes(b"picture")
    registry = PresetRegistry.load([tmp_path])
    mine = registry.get("my_scene")
    assert len(registry) == len(REGISTRY) + 1
    assert mine.plate_path == tmp_path / "plates" / "my_scene.webp"
    assert mine.preview_path is None
    assert "my_scene" in registry
    assert "my_scene" not in REGISTRY


def test_duplicate_ids_are_refused(tmp_path: Path) -> None:
    write(tmp_path, preset_data(id="white_background"))
    with pytest.raises(PresetError, match="'white_background' is already taken"):
        PresetRegistry.load([tmp_path])


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"id": "My Scene"}, "id", "lower snake case"),
        ({"id": "../up"}, "id", "lower snake case"),
        ({"id": 7}, "id", "must be of type str"),
        ({"previewName": "  "}, "previewName", "is empty"),
        ({"promptText": None}, "promptText", "must be of type str"),
        ({"tags": "holiday"}, "tags", "must be of type list"),
        ({"tags": [1]}, "tags", "array of words"),
        ({"categories": ["studio"]}, "categories", "array of"),
        ({"isOldPreset": "no"}, "isOldPreset", "must be of type bool"),
        ({"sceneTxt": "x"}, "sceneTxt", "did you mean sceneText"),
        ({"set": "tabletop"}, "set", "must be of type dict"),
        ({"set": {"name": "tabel"}}, "set", "unknown set 'tabel'"),
        ({"set": {"name": "tabletop", "light": {"rim": 3}}}, "set", "light.rim=3"),
        ({"set": {"name": "tabletop", "surface_color": "brown"}}, "set", "#rrggbb"),
    ],
)
def test_bad_preset_names_file_key_and_reason(tmp_path: Path, changes: dict[str, Any], key: str, reason: str) -> None:
    write(tmp_path, preset_data(**changes))
    with pytest.raises(PresetError) as caught:
        load_presets(tmp_path / "mine.json")
    assert caught.value.file == str(tmp_path / "mine.json")
    assert caught.value.key.endswith(key)
    assert reason in caught.value.reason


@pytest.mark.parametrize("key", ["id", "previewName", "promptText", "sceneText", "set"])
def test_missing_key_is_refused(tmp_path: Path, key: str) -> None:
    data = preset_data()
    del data[key]
    write(tmp_path, data)
    with pytest.raises(PresetError, match=f"{key}: is missing"):
        load_presets(tmp_path / "mine.json")


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", "[" * 100_000, "\ufeff[]"])
def test_what_is_no_array_of_presets_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(PresetError, match=r"bad\.json"):
        load_presets(tmp_path / "bad.json")


def test_missing_folder_and_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="does not exist"):
        PresetRegistry.load([tmp_path / "none"])
    (tmp_path / "file").touch()
    with pytest.raises(PresetError, match="is a file; give a folder"):
        PresetRegistry.load([tmp_path / "file"])
    with pytest.raises(PresetError, match="can't be read"):
        load_presets(tmp_path / "none.json")


def test_the_guide_shows_a_preset_that_can_be_read(tmp_path: Path) -> None:
    guide = (find_data("presets").parent / "docs" / "presets.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json[^\n]*\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "mine.json").write_text(example, encoding="utf-8")
    (preset,) = load_presets(tmp_path / "mine.json")
    assert preset.id in guide.replace(example, "")
    assert f"There are {len(REGISTRY)} of them" in " ".join(guide.split())
    for key in (
        "id",
        "previewName",
        "promptText",
        "tags",
        "categories",
        "isOldPreset",
        "sceneText",
        "negativeText",
        "set",
    ):
        assert f"`{key}`" in guide, key
