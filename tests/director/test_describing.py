"""Adjectives, parts of plants and holders as in English, what leads to nouns before them, and whose each colour is."""

import pytest

from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("cerveza fría en la playa", "cold beer in beach"),
        ("mesa de cocina rústica", "table of rustic kitchen"),
        ("toalla blanca doblada", "folded white towels"),
        ("una vecchia sedia di legno", "old wooden chair"),
        ("gałązki lawendy i słoik miodu", "lavender branches and jar of honey"),
        ("daun pisang", "banana leaf"),
        ("أوراق خريف", "autumn leaves"),
        ("branches de lavande, mur lavande", "lavender sprigs , lavender wall"),
        ("라벤더와 하얀 수건", "lavender sprigs and white towels"),
        ("лавандовая стена", "lavender wall"),
        ("ramitas de eucalipto", "eucalyptus branches"),
    ],
)
def test_what_describes_a_noun_goes_before_it(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("लकड़ी की मेज पर फूलों के साथ", "on wood table with flowers ,"),
        ("수영장 옆에 하얀 수건", "white towels near swimming pool"),
        ("옆에 라벤더", "near lavender sprigs"),
        ("ağaçların altında ahşap masa", "wood table under trees"),
        ("放在白色毛巾旁边", "on near white towels ,"),
        ("valkoisella pöydällä kynttilöiden kanssa", "white table on with candles ,"),
    ],
)
def test_what_leads_to_a_noun_goes_before_it(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text", ["a white towel beside the pool", "toalla blanca junto a la piscina", "수영장 옆에 하얀 수건"]
)
def test_the_colour_of_what_is_told_is_told_with_it(text: str) -> None:
    bare = read("beside the pool")
    direction = read(text)
    assert direction.design == bare.design
    assert {entry.fate for entry in direction.account if "white" in entry.english} == {"not shown"}


def test_the_colour_of_a_car_is_no_lamp_s() -> None:
    direction = read("sneakers on asphalt, red sports car behind, bokeh")
    assert direction.absent == ("vehicles",)
    assert vars(direction.design)["neon_colors"] == ()


@pytest.mark.parametrize(
    ("text", "linen"),
    [
        ("bedroom, white linen", "#f8f8f7"),
        ("coffee on a wood tray in bed, beige linen", "#e3d3bb"),
        ("寝室のベッドの上、白いリネン", "#f8f8f7"),
    ],
)
def test_a_bed_is_of_the_linen_that_is_named_and_no_wood_s_colour(text: str, linen: str) -> None:
    direction = read(text)
    assert (set_name(direction.design), vars(direction.design)["linen_color"]) == ("bed", linen)


def test_a_packshot_is_on_the_colour_that_is_said() -> None:
    assert vars(read("packshot on a sage green background").design)["colors"] == ("#a9b79a",)


@pytest.mark.parametrize(("text", "warm"), [("beer on the beach", True), ("cold light on the beach", False)])
def test_a_temperature_is_the_light_s_where_light_is_spoken_of(text: str, warm: bool) -> None:
    cold = read(f"cold {text}") if warm else read(text)
    assert (cold.design.light.color == read("beer on the beach").design.light.color) == warm


@pytest.mark.parametrize(
    "text",
    ["masă veche de stejar", "gammelt træbord", "régi fa asztalon", "vanhalla puupöydällä"],
)
def test_old_wood_is_old_in_every_language(text: str) -> None:
    assert vars(read(text).design)["surface_color"] == "#8f8272"


@pytest.mark.parametrize("text", ["fond en tons beiges", "tło w beżowych odcieniach", "fondo en tonos beige"])
def test_tones_of_a_colour_are_that_colour(text: str) -> None:
    direction = read(text)
    assert vars(direction.design)["colors"] == ("#e3d3bb",)
    assert direction.unread == ()


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("白色陶瓷杯放在木桌上", "white mug on wood table"),
        ("护手霜置于灰色岩石上", "lotion on grey rocks"),
        ("木桌上的咖啡", "coffee on wood table"),
    ],
)
def test_a_chinese_verb_of_place_leads_to_what_something_is_on(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


def test_what_is_put_somewhere_in_chinese_gives_its_colour_to_nothing() -> None:
    direction = read("白色陶瓷杯放在木桌上")
    assert (set_name(direction.design), vars(direction.design)["surface_color"]) == ("tabletop", "#a9743f")
    assert {entry.fate for entry in direction.account if "white" in entry.english} == {"no request"}


def test_a_tray_is_of_its_metal_whatever_else_it_is() -> None:
    direction = read("sur un plateau en cuivre martelé, tapis berbère rouge")
    assert vars(direction.design)["surface_color"] == "#b8703f"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("pellavaisella pöydällä", "linen table on"),
        ("bambuisella tarjottimella", "bamboo tray"),
        ("järven rannalla", "lake"),
        ("na lodowym cokole", "on ice pedestal"),
        ("na żółtym morskim piasku", "on yellow sea sandy"),
        ("limon dilimleriyle", "with lemon slices"),
        ("su damlacıklarıyla", "with droplets"),
        ("cahaya dari belakang", "backlit"),
        ("régi fatálcán", "old wood tray on"),
        ("लकड़ी की पुरानी मेज", "old wood table"),
        ("una abuela al fondo y mantel amarillo", "abuela in background and yellow tablecloth"),
        ("hullámok a háttérben", "waves in background"),
        ("des galets gris au bord du lac", "of grey pebbles near lake"),
        ("vaaleanpunaisella sametilla", "pink velvet on"),
        ("น้ำหอมบนหินอ่อนสีดำ แสงสีทอง", "perfume on black marble , golden light"),
    ],
)
def test_adjectives_of_materials_and_compounds_are_read(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize("text", ["leather shoes, concrete stairs", "革靴、コンクリートの階段"])
def test_leather_of_what_is_not_known_paints_nothing(text: str) -> None:
    direction = read(text)
    assert direction.design == read("concrete stairs").design
    assert {entry.fate for entry in direction.account if "leather" in entry.english} <= {"not shown", "no request"}


def test_the_colour_of_what_is_in_the_background_is_no_sky_s() -> None:
    direction = read("praia, guarda-sol amarelo ao fundo, céu azul")
    assert vars(direction.design)["sky_colors"] == vars(read("beach, blue sky").design)["sky_colors"]


def test_a_background_is_one_whatever_follows_it() -> None:
    assert "背景" not in " ".join(read("黒い大理石の上の香水、背景はぼやけ").unread)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("kopi di meja kayu", "coffee on wood table"),
        ("café numa mesa rústica", "coffee on rustic table"),
        ("perfume numa toalha listrada", "perfume on striped towels"),
        ("木のテーブルに", "on wood table"),
        ("vino in una scatola", "wine in box"),
    ],
)
def test_nothing_stands_in_what_is_flat(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("tas kulit", "leather handbag"),
        ("กระเป๋าหนังบนม้านั่งไม้สีขาว", "leather handbag on white wood bench"),
        ("وعاء نحاسي على طاولة رخام", "copper bowl on marble table"),
        ("trên nền nhung đen", "on background black velvet"),
    ],
)
def test_what_a_thing_is_made_of_goes_before_it(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("op een regenachtige dag", "on rainy day"),
        ("un día lluvioso", "rainy day"),
        ("em um fundo amarelo liso", "in plain yellow background"),
        ("alter Holzstuhl", "old wooden chair"),
    ],
)
def test_a_days_weather_and_a_plain_backdrop_are_said_as_in_english(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("古い木箱の上", "on old crates"),
        ("旧木箱上", "on old crates"),
        ("黑色大理石上", "on black marble"),
        ("en una mesa navideña con piñas", "on christmas table with pine cones"),
        ("zumo con piñas y cocos", "juice with pineapple and coconut"),
        ("sobre una manta zurcida", "on zurcida blanket"),
    ],
)
def test_a_word_is_parted_and_meant_by_what_stands_beside_it(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text",
    [
        "sepatu anak di atas karpet",
        "Kinderschuhe auf einem Teppich",
        "chaussures d'enfant sur un tapis",
        "giày trẻ em trên thảm",
        "barnskor på en matta",
    ],
)
def test_what_is_for_children_shows_no_child(text: str) -> None:
    assert word_prompt(text, load_vocabulary()).text.startswith("children's shoes on")
    assert word_prompt("quarto das crianças", load_vocabulary()).text == "children's room"
    assert word_prompt("mãos de uma criança", load_vocabulary()).text.endswith("child")


@pytest.mark.parametrize("text", ["Lederhandtasche auf Stein", "handzeep op een plank", "handtvål på en hylla"])
def test_compounds_of_hands_show_none(text: str) -> None:
    assert "hands" not in word_prompt(text, load_vocabulary()).text
