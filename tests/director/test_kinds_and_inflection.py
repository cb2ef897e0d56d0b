"""Words that no table holds: inflected ones, those of a known kind, heaps of things, and languages with fewer rows."""

import pytest

from photoshoot.director.languages.inflection import change_stem
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.phrases.kinds import kind_of
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [
        *(
            ("pl", "oknie", "window"),
            ("pl", "ksiazce", "books"),
            ("pl", "kwiecie", "flowers"),
            ("pl", "swietle", "light"),
        ),
        *(("cs", "louce", "meadow"), ("cs", "pisku", "sandy"), ("uk", "столі", "table"), ("uk", "річці", "river")),
        *(
            ("ru", "окон", "window"),
            ("tr", "cicegi", "flowers"),
            ("fi", "poydalla", "table"),
            ("fi", "rannalla", "beach"),
        ),
        *(
            ("hu", "tukrok", "mirror"),
            ("nl", "stenen", "stone"),
            ("it", "boschi", "forest"),
            ("pt", "limoes", "lemons"),
        ),
        *(("es", "mesita", "table"), ("hi", "फूलो", "flowers"), ("fi", "marmoripoydalla", "marble table")),
    ],
)
def test_inflected_words_are_found(code: str, word: str, english: str) -> None:
    assert load_lexicons()[code].find(word) == english


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [("de", "lapisblauem", "blue"), ("de", "hellblauer", "light blue"), ("de", "marmorplattenoptik", "marble slab")],
)
def test_compounds_are_taken_apart(code: str, word: str, english: str) -> None:
    assert load_lexicons()[code].find(word) == english


def test_a_stem_changes_only_as_its_language_has_it() -> None:
    assert "kwiec" in change_stem("kwiat", "pl", whole=False)
    assert not list(change_stem("kwiat", "de", whole=False))
    assert load_lexicons()["pl"].find("oknoxyz") is None


@pytest.mark.parametrize(
    ("prompt", "language", "name"),
    [
        ("na dřevěném stole v zahradě s květinami", "Czech", "garden"),
        ("на мармуровій стільниці у ванній", "Ukrainian", "counter"),
        ("på et køkkenbord med friske grøntsager", "Danish", "counter"),
        ("trên bãi biển lúc hoàng hôn", "Vietnamese", "beach"),
        ("di atas pasir pantai saat matahari terbenam", "Indonesian", "beach"),
        ("σε μια παραλία στο ηλιοβασίλεμα", "Greek", "beach"),
        ("fehér háttér előtt, lágy árnyékkal", "Hungarian", "cyclorama"),
        ("hiekkarannalla auringonlaskussa", "Finnish", "beach"),
        ("pe plajă la apus de soare", "Romanian", "beach"),
        ("บนชายหาดตอนพระอาทิตย์ตก", "Thai", "beach"),
        ("על חוף ים בשקיעה", "Hebrew", "beach"),
        ("על שולחן עץ ישן, ענפי אקליפטוס ונרות לבנים", "Hebrew", "tabletop"),
        ("על משטח שיש שחור עם ורדים אדומים", "Hebrew", "tabletop"),
        ("върху стара дървена маса с рози и свещи", "Bulgarian", "tabletop"),
        ("на скалите до морето по залез", "Bulgarian", "water"),
        ("na starom drvenom stolu sa svijećama", "Croatian", "tabletop"),
        ("бела позадина без сенке", "Croatian", "cyclorama"),
        ("روی میز چوبی قدیمی با گل‌های سفید", "Persian", "tabletop"),
        ("پس‌زمینه سفید ساده بدون سایه", "Persian", "cyclorama"),
        ("সাদা মার্বেলের উপর গোলাপ ফুল", "Bengali", "tabletop"),
        ("সাদা ব্যাকগ্রাউন্ড, কোনো ছায়া নেই", "Bengali", "cyclorama"),
        ("sobre una taula de fusta vella amb espelmes", "Catalan", "tabletop"),
        ("paret verda clara amb ombres suaus", "Catalan", "cyclorama"),
        ("سیاہ سنگ مرمر پر سنہری روشنی اور گلاب", "Urdu", "tabletop"),
        ("سفید پس منظر، کوئی سایہ نہیں", "Urdu", "cyclorama"),
        ("ljusrosa bakgrund med runda podier", "Swedish", "podium"),
        ("trên bãi cát trắng với vỏ sò", "Vietnamese", "beach"),
        ("廚房流理台上有檸檬", "Chinese", "counter"),
        ("biele pozadie bez tieňov", "Czech", "cyclorama"),
    ],
)
def test_languages_with_fewer_rows_are_read(prompt: str, language: str, name: str) -> None:
    direction = read(prompt)
    assert direction.wording.translation is not None
    assert (direction.wording.translation.language, set_name(direction.design)) == (language, name)
    assert not direction.unread


def test_what_a_word_is_a_kind_of_is_shown_and_told() -> None:
    direction = read("a marble slab with dahlias")
    assert vars(direction.design)["props"] != "none"
    assert "'dahlias' read as its kind, flowers" in direction.reading
    assert read("an oak table with a hedgehog").absent == ("animals",)
    assert kind_of("campaign") is None


def test_every_kind_is_a_phrase_of_the_director_and_no_word_is_one_already() -> None:
    vocabulary = load_vocabulary()
    for word in ("dahlia", "pewter", "gneiss", "broccoli", "hedgehog", "kayak", "larch"):
        kind = kind_of(word)
        assert kind is not None
        assert tuple(token for _, token in split_tokens(kind)) in vocabulary.phrases


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("on a bed of moss", "rocks"),
        ("Sur un lit de pétales de roses", "tabletop"),
        ("on a bed of white linen", "bed"),
        ("on a blanket of snow", "dunes"),
    ],
)
def test_a_heap_of_things_is_those_things(prompt: str, name: str) -> None:
    assert set_name(read(prompt).design) == name


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("brushed aluminium podium, tech launch, sleek reflection", "podium"),
        ("on a wooden table in the desert", "dunes"),
        ("on a wooden table in the snow", "dunes"),
        ("on a wooden table in a forest", "location"),
        ("clean off white cove, gentle shadow", "cyclorama"),
    ],
)
def test_what_a_noun_names_comes_before_adjectives_and_tables(prompt: str, name: str) -> None:
    assert set_name(read(prompt).design) == name


def test_a_table_that_a_set_lacks_is_told() -> None:
    assert "wooden table" in read("on a wooden table on a road").unread


def test_red_rocks_make_no_red_asphalt() -> None:
    assert vars(read("a highway, red rocks, road trip").design)["asphalt_color"] == "#5b5c5e"


@pytest.mark.parametrize("text", ["a boot on red rock", "a boot on red rocks", "a boot in a red rock canyon"])
def test_red_rocks_are_of_sandstone(text: str) -> None:
    design = vars(read(text).design)
    assert design["rock_color"] == "#a8583c"
    assert design["ground_color"] != "#dcb483"


def test_a_red_rock_in_the_desert_is_not_painted_red() -> None:
    design = vars(read("a boot on a red rock, desert").design)
    assert (design["stand"], design["stand_color"]) == ("rock", "#a8583c")
    assert vars(read("a bottle on red sandstone").design)["surface_color"] == "#a8583c"


def test_a_canyon_is_told_to_be_rocks() -> None:
    for canyon in ("desert canyon", "slot canyon", "canyon"):
        assert f"{canyon} shown as rocks" in read(f"a boot in a {canyon}").reading


def test_arabic_and_and_with_part_what_they_join() -> None:
    wall = read("خلفية وردية وظلال ناعمة")
    assert wall.wording.text == "pink background and soft shadows"
    marble = read("زجاجة على رخام أسود بإضاءة ناعمة")
    assert marble.wording.text == "product on black marble with soft light"
    assert (
        "red flowers" in read("عطر على رخام أسود مع ورود حمراء وإضاءة ذهبية").wording.text
    )  # "و" of roses is their own


@pytest.mark.parametrize("text", ["дерево, сирень", "Tisch mit Flieder", "бузок на столі", "šeřík na stole"])
def test_lilac_is_a_flower_where_its_colour_has_another_word(text: str) -> None:
    assert "lilac flowers" in read(text).wording.text


@pytest.mark.parametrize("text", ["oak desk, no computer", "white desk without a laptop", "Schreibtisch ohne Monitor"])
def test_a_desk_is_without_the_screen_that_is_denied(text: str) -> None:
    found = read(text)
    assert getattr(found.design, "screen", None) == "none"
    assert not found.unread


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("בחדר האמבטיה", "in bathroom"),
        ("מהחלון", "from the window"),
        ("לראש השנה", "new year"),
        ("פרחים אדומים ולבנים", "red and white flowers"),
        ("חבית עץ במרתף", "wood barrel in cellar"),
    ],
)
def test_hebrew_writes_its_joining_words_with_the_next(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text.split() == english.split()
