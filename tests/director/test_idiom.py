"""What is read word by word in other languages is put as English says it, and as the director reads English."""

from functools import cache
from pathlib import Path

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.direction import direct
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name

PARALLEL = Path(__file__).parent / "parallel_prompts.psv"
"""Twenty briefs in English, each put into twelve other languages."""


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("auf schwarzem Samt mit goldenem Licht", "on black velvet with golden light"),
        ("terciopelo negro con luz dorada", "black velvet with golden light"),
        ("黒いベルベットの上、金色の光", "on black velvet , golden light"),
        ("met dennentakken", "with pine branches"),
        ("전나무 가지", "pine branches"),
        ("vidrio negro con luz azul por detrás", "black glass with blue light backlit"),
        ("야자수 잎 그림자가 있는", "palm leaf shadows"),
        ("sur un tapis blanc", "on white carpet"),
        ("un salon avec un tapis rouge", "living room with red rug"),
        ("na stole, venku sníh", "on table , snow outside"),
        ("na kamenné zdi nad mořem", "on stone wall above sea"),
        ("di latar belakang hitam dengan asap", "black background with smoke"),
        ("egy halom könyvön", "stack of books"),
        ("मखमल पर डेज़ी के फूल", "daisies on velvet"),
        ("un mur de briques peint en blanc", "brick wall white"),
        ("گلبرگ رز", "rose petals"),
        ("pervaz, afară ninge", "windowsill , snow outside"),
        ("분홍색 배경에 장미 꽃잎", "rose petals in pink colored background"),
    ],
)
def test_words_are_put_as_english_says_them(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("yosunlu taş ve bir orkideyle", "with mossy stone and a orchid"),
        ("puupöydällä leivän ja kynttilän kanssa", "wood table on with bread and candles ,"),
        ("लकड़ी की मेज पर फूलों और मोमबत्ती के साथ", "on wood table with flowers and candles ,"),
        ("fehér asztalon két gyertyával", "white table on with two candles"),
    ],
)
def test_with_leads_to_all_that_an_and_joins_and_to_how_many_there_are(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("bambu tepside", "on bamboo tray"),
        ("mutfakta beyaz masanın üzerinde", "on white table in kitchen"),
        ("keittiössä valkoisella pöydällä", "kitchen in white table on"),
        ("a konyhában fehér asztalon", "kitchen in white table on"),
        ("metsässä", "forest"),
    ],
)
def test_endings_that_say_in_part_a_place_from_what_stands_there(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("木の上、キャンドルと花なし", "on wood , without candles and flowers ,"),
        ("在木桌上，没有蜡烛和花", "on wood table , without candles and flowers"),
        ("utan ljus och blommor", "without candles and flowers"),
    ],
)
def test_nothing_of_a_list_that_is_denied_is_wanted(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text", ["auf einem Stapel Bücher neben einer Tasse Kaffee", "על ערימת ספרים ליד כוס קפה", "sur une pile de livres"]
)
def test_what_an_on_leads_to_is_no_product_that_a_prompt_begins_with(text: str) -> None:
    direction = direct(text, PresetRegistry.load(), None)
    assert vars(direction.design)["stand"] == "books"
    assert not direction.unread


@pytest.mark.parametrize(
    "text",
    [
        "auf einer roten Laufbahn",
        "punaisella juoksuradalla",
        "赤い陸上トラックの上",
        "trên đường chạy điền kinh màu đỏ",
        "على مضمار جري أحمر",
    ],
)
def test_athletics_tracks_are_a_stadiums(text: str) -> None:
    design = direct(text, PresetRegistry.load(), None).design
    assert (vars(design)["backdrop"], vars(design)["surface_color"]) == ("stadium", NAMED_COLORS["red"])


@pytest.mark.parametrize(
    "text",
    [
        "auf nassem Sand vor einem stürmischen Meer",
        "sobre arena mojada frente a un mar tormentoso",
        "märällä hiekalla myrskyisen meren edessä",
        "嵐の海の前の濡れた砂の上",
        "على رمل مبلل أمام بحر هائج",
    ],
)
def test_a_stormy_sea_is_grey(text: str) -> None:
    english = direct("on wet sand in front of a stormy sea", PresetRegistry.load(), None)
    assert direct(text, PresetRegistry.load(), None).design == english.design


def test_a_tray_in_turkish_keeps_its_wood_beside_white_stones() -> None:
    direction = direct("bambu tepside beyaz taşlar ve bir orkideyle", PresetRegistry.load(), None)
    assert (direction.design.material, direction.design.props) == ("wood", "rocks")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("auf einem moosbewachsenen Stein in einem Bambushain", "forest"),
        ("на моховитому камені в бамбуковому гаю", "forest"),
        ("bambu korusunda yosunlu bir taşın üzerinde", "forest"),
        ("竹林の苔むした石の上", "forest"),
        ("대나무 숲 이끼 낀 돌 위", "forest"),
    ],
)
def test_a_mossy_stone_in_a_bamboo_grove_is_a_rock_in_the_woods(text: str, place: str) -> None:
    design = direct(text, PresetRegistry.load(), None).design
    assert (design.ground, design.place) == ("moss", place)  # type: ignore[attr-defined]


def test_briefs_are_shown_by_the_same_set_in_24_languages() -> None:
    registry = PresetRegistry.load()
    english = cache(lambda text: set_name(direct(text, registry, None).design))
    rows = [line.split("|") for line in PARALLEL.read_text(encoding="utf-8").splitlines()[1:]]
    others = [
        (code, text) for brief, code, text in rows if set_name(direct(text, registry, None).design) != english(brief)
    ]
    assert len(others) <= 0.05 * len(rows), f"{others}: other sets than in English"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("على رمال الشاطئ عند الغروب", "on beach sand at sunset"),
        ("해변에서 일몰", "at sunset in beach"),
        ("森林里，清晨薄雾", "in forest , morning mist"),
        ("cielo naranja al atardecer", "orange sky at sunset"),
    ],
)
def test_a_sunset_is_when_a_place_is_seen_and_a_mist_is_the_morning_s(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text",
    [
        "na mramorové desce",
        "на мраморной доске",
        "sur une planche de marbre",
        "na marmurowej desce",
        "auf Marmorplatte",
    ],
)
def test_a_board_of_stone_is_no_wooden_one(text: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == "on marble slab"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("wooden tableの上で、背景はbokehのlights", "on wooden table , bokeh lights in background"),
        ("white podium 위에 rose꽃", "rose flowers on white podium"),
        ("在marble桌面上", "on marble table"),
        ("3本のろうそく", "three candles"),
        ("ｂｌａｃｋ　ｍａｒｂｌｅの上", "on black marble"),
    ],
)
def test_latin_letters_end_a_word_of_a_script_without_spaces(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("sur une terre sèche craquelée", "on cracked dry earth"),
        ("soleil dur de midi", "hard noon sunlight"),
        ("stark middagssol", "hard noon sunlight"),
        ("ostre południowe słońce", "hard noon sunlight"),
        ("sol forte do meio-dia", "hard noon sunlight"),
    ],
)
def test_a_sun_of_noon_is_a_hard_one_and_what_is_cracked_is_before_its_noun(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text",
    [
        "Könnten Sie bitte eine Aufnahme auf schwarzem Marmor erstellen? Vielen Dank",
        "Pourriez-vous créer un visuel sur du marbre noir, merci d'avance",
        "Necesito que mi producto aparezca sobre mármol negro, muchas gracias",
        "Mi piacerebbe uno scatto su marmo nero, grazie mille",
        "Preciso de uma foto do meu produto em mármore preto, muito obrigado",
        "Ik wil graag een afbeelding op zwart marmer, alvast bedankt",
        "Proszę stworzyć zdjęcie na czarnym marmurze, z góry dziękuję",
        "Lav venligst et billede på sort marmor, mange tak",
        "Ürünümü siyah mermer üzerinde gösterir misiniz, teşekkür ederim",
        "Мне нужно создать картинку на чёрном мраморе, заранее спасибо",
        "黒い大理石の上の写真を作ってください。よろしくお願いします",
        "请帮我创建一张黑色大理石上的产品照片，感谢",
        "검은 대리석 위에 놓은 이미지를 원합니다. 감사합니다",
        "أريد إنشاء صورة على رخام أسود، شكرا جزيلا",
        "कृपया काले संगमरमर पर एक फोटो बना दें, धन्यवाद",
        "אנא צור תמונה על שיש שחור, תודה רבה",
        "Vui lòng tạo ra một bức ảnh trên đá cẩm thạch đen, cảm ơn",
        "ขอรูปสินค้าบนหินอ่อนสีดำ ขอบคุณครับ",
        "Saya butuh gambar produk di atas marmer hitam, terima kasih",
    ],
)
def test_what_is_said_politely_is_not_told_as_something_that_is_not_shown(text: str) -> None:
    found = direct(text, PresetRegistry.load(), None)
    assert (set_name(found.design), found.unread) == ("tabletop", ())
