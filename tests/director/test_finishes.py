"""How a surface was worked, in other languages: a brushed copper is what the product stands on, and no colour."""

import pytest

from photoshoot.director.direction import direct
from photoshoot.director.languages.translation import translate
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from tests.director.reading import parts

COPPER = "#b8703f"


@pytest.mark.parametrize(
    "text",
    [
        "auf gebürstetem Kupfer vor einer beigen Wand",
        "auf mattem Kupfer vor einer beigen Wand",
        "auf zaubrigem Kupfer vor einer beigen Wand",
        "posé sur du cuivre brossé devant un mur beige",
        "sobre cobre cepillado, pared beige",
        "su rame martellato, parete beige",
        "em cobre escovado, parede bege",
        "op geborsteld koper voor een beige muur",
        "på borstad koppar mot en beige vägg",
        "på børstet kobber foran en beige vegg",
        "na szczotkowanej miedzi, beżowa ściana",
        "na kartáčované mědi, béžová stěna",
        "na brúsenej medi, béžová stena",
        "на шлифованной меди, бежевая стена",
        "на шліфованій міді на тлі бежевої стіни",
        "върху полирана мед, бежова стена",
        "na brušenom bakru, bež zid",
        "pe cupru periat, perete bej",
        "σε βουρτσισμένο χαλκό, μπεζ τοίχος",
        "szálcsiszolt rézen, bézs fal előtt",
        "harjatulla kuparilla beigen seinän edessä",
        "fırçalanmış bakır üzerinde, bej duvar önünde",
        "磨かれた銅の上、ベージュの壁",
        "放在拉丝铜板上，米色墙面背景",
        "헤어라인 구리 위, 베이지색 벽",
        "trên đồng chải xước, nền tường be",
        "di atas tembaga dipoles, dinding krem",
        "על נחושת מוברשת, קיר בז'",
        "روی مس برس خورده، دیوار بژ",
    ],
)
def test_a_metal_is_what_the_product_is_on_however_it_was_worked(text: str) -> None:
    direction = direct(text, PresetRegistry.load(), None)
    assert set_name(direction.design) == "tabletop", direction.wording.text
    assert getattr(direction.design, "surface_color", None) == COPPER, direction.wording.text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("su acciaio spazzolato", "on brushed metal"),
        ("på en frostad glasskiva", "on frosted glass"),
        ("на шероховатом бетоне", "on rough concrete"),
        ("върху полиран бетон", "on polished concrete"),
        ("πάνω σε βουρτσισμένο αλουμίνιο", "on brushed aluminium"),
        ("på rå beton", "on rough concrete"),
        ("透明なアクリル板の上", "on transparent acrylic"),
        ("บนแผ่นอะคริลิกใส", "on transparent acrylic"),
        ("trên đá cẩm thạch đen bóng", "on glossy black marble"),
        ("mit Töpfen aus Kupfer auf Holz", "with cooking pot of copper on wood"),
    ],
)
def test_how_a_surface_was_worked_is_read(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("bež zid", "beige wall"),
        ("беж зид, дрвени сто", "beige wall , wood table"),
        ("bez zida, drveni stol", "without wall , wood table"),
        ("na tle beż", "on background beige"),
    ],
)
def test_a_bez_with_its_mark_is_beige(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


def test_what_is_not_known_is_with_what_it_is_said_of() -> None:
    found = translate("zzıqq çiçeklerle, ahşap masada", {"flowers", "wood", "table", "with", "on"})
    assert found is not None
    assert "with zzıqq flowers" in found.text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("sobre madera de nogal", "on walnut"),
        ("sobre una mesa de madera de roble", "on oak table"),
        ("sobre una taula de fusta de roure", "on oak table"),
        ("su legno d'ulivo", "on olive wood"),
        ("sobre una piedra áspera de pizarra", "on rough slate"),
        ("sur du bois et des noix", "on wood and walnuts"),
        ("sobre bronce envejecido, fondo negro", "on old bronze slab , black background"),
        ("sobre madera envejecida", "on weathered wood"),
    ],
)
def test_a_wood_or_a_stone_is_of_its_kind(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


def test_no_geometric_wall_has_a_platform_of_metal() -> None:
    assert parts("gold abaca, geometric wall")["set"] == "geometric_wall"
