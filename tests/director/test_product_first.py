"""The product that a prompt of another language names is not laid beside itself."""

import pytest

from photoshoot.director.report import Direction
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from tests.director.reading import missed, read


def lies_there(direction: Direction, thing: str) -> bool:
    design = direction.design
    return thing in (getattr(design, "props", None), *getattr(design, "also", ()))


@pytest.mark.parametrize(
    "text",
    [
        "Eine Kerze auf einem Eichentisch",
        "Une bougie posée sur une table en chêne",
        "Una vela sobre una mesa de roble",
        "Świeca stojąca na dębowym stole",
        "Свеча на дубовом столе",
        "Lilin di atas meja kayu ek",
        "オークのテーブルの上に置かれたキャンドル",
        "참나무 테이블 위에 놓인 양초",
        "放在橡木桌上的蜡烛",
        "mum meşe masanın üzerinde",
        "Mumun yanında eski bir fincan olsun, meşe masada",
    ],
)
def test_the_product_that_is_named_first_is_told_and_not_laid_beside_itself(text: str) -> None:
    direction = read(text)
    assert not lies_there(direction, "candles"), direction.reading
    assert "candle" in missed(direction)
    assert "props" not in direction.words


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("auf einem Eichentisch mit Kerzen", "candles"),
        ("sur une table en chêne, des bougies à côté", "candles"),
        ("オークのテーブルの上、キャンドルと", "candles"),
        ("Rosen auf schwarzem Marmor", "flowers"),
    ],
)
def test_what_lies_beside_it_stays(text: str, thing: str) -> None:
    assert lies_there(read(text), thing), read(text).reading


@pytest.mark.parametrize(
    "text",
    [
        "Kaffeepackung auf Eiche mit Zitronen",
        "Caixa de chocolates sobre mármore com limões",
        "pudełko czekoladek na marmurze z cytrynami",
        "Hunajapurkki tammipöydällä, vieressä sitruunoita",
    ],
)
def test_what_is_in_the_product_is_not_laid_beside_it(text: str) -> None:
    direction = read(text)
    assert lies_there(direction, "citrus"), direction.reading
    assert len(direction.words["props"]) == 1, direction.reading


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("skugglös vit bakgrund", "without shadows white background"),
        ("pilvetön taivas", "without clouds sky"),
        ("felhőtlen ég", "without clouds sky"),
        ("wolkenlose Nacht", "without clouds night"),
        ("schaduwloze tafel", "no shadows table"),
    ],
)
def test_endings_say_without(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("auf Schiefer, von oben kommt ein starkes Licht", "on slate , strong light from above"),
        ("starkt ljus uppifrån på skiffer", "strong light from above on slate"),
        ("soldan gelen yumuşak ışık", "soft light from the left"),
        ("luce morbida dalla finestra", "soft light from the window"),
        ("auf Schiefer von oben", "on slate from above"),
    ],
)
def test_light_shines_from_where_a_clause_says(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("zwei Zitronen und drei Kerzen", "two lemons and three candles"),
        ("三个柠檬和两支蜡烛", "three lemons and two candles"),
        ("オークの上、バラを二輪とキャンドル3本", "on oak , two roses and three candles"),
        ("참나무 위에 장미 두 송이", "two roses on oak"),
        ("ดอกกุหลาบสองดอก", "two roses"),
        ("tiga tangkai mawar", "three roses"),
    ],
)
def test_numbers_stand_before_what_there_are_so_many_of(text: str, english: str) -> None:
    assert " ".join(word_prompt(text, load_vocabulary()).text.split()) == english


@pytest.mark.parametrize(
    "text",
    [
        "オークの上、花もキャンドルもなし",
        "참나무 위에, 꽃이나 양초 없이",
        "на дубе, ни цветов, ни свечей",
        "en roble, ni flores ni velas",
        "auf Eiche, weder Blumen noch Kerzen",
    ],
)
def test_all_of_a_list_is_denied(text: str) -> None:
    direction = read(text)
    assert getattr(direction.design, "props", "none") == "none", direction.reading
    assert {"no flowers", "no candles"} <= {word for words in direction.words.values() for word in words}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("kiraz çiçeklerinin altında", "under cherry blossom ,"),
        ("под цветущей вишней", "under cherry blossom"),
        ("na kuchennym blacie", "on kitchen counter"),
        ("cerezos en flor", "cherry blossom"),
    ],
)
def test_phrases_are_found_as_they_are_inflected(text: str, english: str) -> None:
    assert " ".join(word_prompt(text, load_vocabulary()).text.split()) == english


@pytest.mark.parametrize(
    "text",
    [
        "Pendientes de plata sobre madera",
        "Gümüş küpeler ahşap masanın üstünde",
        "Ezüst fülbevaló fa asztalon",
        "木のテーブルの上にシルバーのピアス",
        "Kolczyki ze srebra na drewnianym stole",
    ],
)
def test_what_a_ware_is_of_paints_nothing_and_is_told(text: str) -> None:
    direction = read(text)
    design = direction.design
    assert getattr(design, "material", None) == "wood", direction.reading
    assert {"silver", "earrings"} <= {*missed(direction).replace(")", "").replace("(", "").split()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my sneaker on a basketball court", "sneaker"),
        ("Our new zorbex on black satin", "zorbex"),
        ("A calm scene: the bottle stands on a red cylinder", "bottle"),
        ("product photo of a lipstick on pink silk", "lipstick"),
        ("ad for our running shoes, city street at night", "shoes"),
        ("une montre sur du marbre noir", "wristwatch"),
        ("Place the headphones on a desk", "headphones"),
        ("chocolate bar on crumpled kraft paper", "bar"),
        ("soap bar on a bamboo tray", "soap"),
        ("protein powder tub on a locker room bench", "protein"),
        ("skincare jar half buried in sand", "jar"),
        ("hot sauce bottle with limes on a metal table", "sauce"),
    ],
)
def test_its_own_name_is_the_product_and_is_not_told_as_missing(text: str, name: str) -> None:
    direction = read(text)
    assert name in direction.product
    assert f"the product: {direction.product}" in direction.reading
    assert name not in " ".join(direction.unread)
    assert name not in [told.english for told in direction.account if told.fate == "not shown"]
    assert direction.confidence > read(f"marble, {text}, a zorbex").confidence


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("a carousel in a park", "carousel"),
        ("on a table with a bottle", "bottle"),
        ("on slate beside a kettle", "kettle"),
        ("marble and a watch on it", "watch"),
        ("a moose on a beach", "moose"),
    ],
)
def test_what_may_be_a_place_or_stands_beside_it_is_told_as_missing(text: str, missed: str) -> None:
    direction = read(text)
    assert missed in " ".join(direction.unread)
    assert direction.product == ""


@pytest.mark.parametrize("product", ["sunscreen", "a clarinet", "two stainless steel kettles", "hot cocoa"])
@pytest.mark.parametrize("place", ["by the pool", "next to a window, soft light", "surrounded by green leaves"])
def test_goods_that_an_english_prompt_begins_with_are_the_product(product: str, place: str) -> None:
    told = [word for phrase in read(f"{product} {place}").unread for word in phrase.split()]
    assert not {"sunscreen", "clarinet", "kettles", "cocoa"}.intersection(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("asdkjh on a table", "asdkjh"),
        ("castle on a hill", "castle"),
        ("a dog on a rug", "dog"),
        ("Swimwear brand launch. Bottle of tanning oil on the edge of a pool", "Swimwear"),
        ("on a rug beside a clarinet", "clarinet"),
    ],
)
def test_what_no_shop_sells_and_what_stands_elsewhere_stay_told(text: str, told: str) -> None:
    assert told in [word for phrase in read(text).unread for word in phrase.split()]


@pytest.mark.parametrize(
    ("prompt", "product"),
    [
        ("Olive oil bottle on a rustic table under an olive tree", "Olive oil bottle"),
        ("nail polish bottles, holographic foil backdrop", "nail polish bottles"),
        ("wedding rings on lace with white roses", "wedding rings"),
        ("hand cream next to a stack of towels on marble", "hand cream"),
        ("gold necklace on black stone", "gold necklace"),
        ("pearl earrings on an oyster shell", "pearl earrings"),
        ("tomato sauce jar, red gingham tablecloth", "tomato sauce jar"),
    ],
)
def test_words_that_mean_a_color_or_a_thing_elsewhere_are_the_products_own(prompt: str, product: str) -> None:
    direction = read(prompt)
    assert direction.product == product
    assert not {*product.split()} & {*" ".join(direction.unread).split()}
    assert {part.fate for part in direction.account if part.written in product.split()} == {"no request"}


@pytest.mark.parametrize("prompt", ["a racing car on a track", "woman holding a bottle on marble"])
def test_people_and_vehicles_are_told_even_before_goods(prompt: str) -> None:
    assert read(prompt).absent


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("chair in an empty gallery", "chair"),
        ("protein powder in a gritty gym", "powder"),
        ("wooden chair against a green wall", "chair"),
        ("essential oil on violet crystals", "oil"),
        ("summer drink on a pool edge", "drink"),
        ("sunscreen stuck in the sand", "sunscreen"),
    ],
)
def test_furniture_and_food_that_a_prompt_begins_with_and_says_where_it_is_are_its_product(
    text: str, name: str
) -> None:
    assert name not in " ".join(read(text).unread).split()
    later = read(f"on black marble, an odd {name} beside it")
    assert name in missed(later) or lies_there(later, name)


def test_a_place_that_is_not_known_stays_told_where_a_prompt_begins_with_it() -> None:
    assert "treehouse" in missed(read("treehouse in the forest"))


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("on rustic oak, perfume bottle", "perfume bottle"),
        ("on weathered teak, watch", "watch"),
        ("before a pink wall, sneaker, hard shadows", "sneaker"),
        ("soft side light, watch on black slate", "watch"),
        ("red glow, floating headphones", "headphones"),
        ("levitating sneaker, pink background", "sneaker"),
    ],
)
def test_goods_that_a_prompt_ends_with_are_the_product(text: str, product: str) -> None:
    direction = read(text)
    assert (direction.product, direction.unread) == (product, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("on oak, tall trombone", "tall trombone"),
        ("on an oak table, a kettle", "kettle"),
        ("perfume on marble, handbag on a chair", "handbag"),
    ],
)
def test_what_else_a_prompt_ends_with_stays_told(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("I'd like our perfume on black marble", "perfume"),
        ("We’d love to see the watch on wet stone", "watch"),
        ("we would love a candle on oak", "candle"),
        ("I want to show my sneaker on concrete", "sneaker"),
    ],
)
def test_who_asks_is_no_part_of_the_products_name(text: str, product: str) -> None:
    direction = read(text)
    assert direction.product == product
    assert not direction.unread


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("it's a mug, we've got slate", "it's a mug, we got slate"),
        ("they're shoes, I'm after slate", "they are shoes, I am after slate"),
    ],
)
def test_verbs_said_with_who_does_it_ask_for_nothing(said: str, plain: str) -> None:
    assert read(said).design == read(plain).design
    assert read(said).unread == read(plain).unread
