"""The tables of other languages: what every cell gives, and what its words become as they are inflected."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoshoot.director.direction import direct
from photoshoot.director.languages import language_telling
from photoshoot.director.languages.lexicon import Lexicon
from photoshoot.director.languages.lexicons import find_lexicon, load_lexicons
from photoshoot.director.languages.translation import translate
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.folding import fold
from photoshoot.director.words.language_tables import LANGUAGES, read_columns
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import set_name
from tests.sweeps import SHARE, is_exhaustive

TABLES = ("words.psv", "more_words.psv", "hebrew.psv", "later_words.psv", "latin_words.psv", "scripts_words.psv")
LEAST_INFLECTED = 0.75
"""Share of inflected and derived words that are found by the one in dictionaries: 0.81; without the endings, 0.33."""
MOST_TAKEN = 0.012
"""Share of words that another row of their language has first: 0.009 now."""
LEAST_SAID = 0.88
"""Share of what most of the first table's languages have a word for that each says: 0.90 for Hebrew, the least."""
LEAST_SAID_LATER = {"later_words.psv": 0.2, "latin_words.psv": 0.12, "scripts_words.psv": 0.09}
"""The same for tables of languages that came later, which have the words that prompts name most."""


def cells() -> Iterator[tuple[str, str, str]]:
    """(language, meaning, word) of every table; a stem as the word that it is."""
    for table in TABLES:
        for code, rows in read_columns(table)[1].items():
            yield from ((code, english, word) for english, cell in rows for word in cell.split("/") if word)


def read_word(code: str, word: str) -> str | None:
    lexicon = find_lexicon(code, word)
    tokens = tuple(lexicon.fold(word).replace("-", " ").replace("'", " ").split())
    if len(tokens) > 1:
        found = lexicon.find_phrase(tokens)
        return found[1] if found and found[0] == len(tokens) else None
    return lexicon.find(tokens[0])


def test_hardly_a_word_is_another_row_s_first() -> None:
    single = [(code, english, word) for code, english, word in cells() if "- " not in word]
    single = single[:: 1 if is_exhaustive() else SHARE]
    taken = [(code, english, word) for code, english, word in single if read_word(code, word.rstrip("-")) != english]
    assert len(taken) <= MOST_TAKEN * len(single), taken


def test_most_meanings_have_a_word_in_every_language() -> None:
    first, *others = (
        {code: {english for english, cell in rows if cell} for code, rows in read_columns(table)[1].items()}
        for table in TABLES
    )
    said = first | {code: words for table in others for code, words in table.items()}
    sayers = Counter(english for words in first.values() for english in words)
    every = {english for english, languages in sayers.items() if 2 * languages > len(first)}
    later = {code: share for table, share in LEAST_SAID_LATER.items() for code in read_columns(table)[1]}
    short = {code: len(words & every) / len(every) for code, words in said.items()}
    assert {code: share for code, share in short.items() if share < later.get(code, LEAST_SAID)} == {}


@pytest.mark.parametrize(
    ("code", "forms", "english"),
    [
        ("ru", "водки водкой", "vodka"),
        ("ru", "малину малине", "raspberries"),
        ("ru", "пену пене", "foam"),
        ("ru", "моркови", "carrots"),
        ("ru", "лужу луже", "puddle"),
        ("uk", "теплиці", "greenhouse"),
        ("uk", "чорницею чорниці", "blueberries"),
        ("uk", "селі селом", "village"),
        ("pl", "wódki wódką", "vodka"),
        ("pl", "lodowisku", "ice rink"),
        ("cs", "máslem másle", "butter"),
    ],
)
def test_an_inflected_word_is_no_shorter_one_with_other_endings(code: str, forms: str, english: str) -> None:
    """Of "водки" there was water, and of "пене" a tree stump."""
    assert {load_lexicons()[code].find_written(form) for form in forms.split()} == {english}


def test_words_are_found_as_they_are_inflected() -> None:
    asked, found = Counter[str](), Counter[str]()
    for line in (Path(__file__).parent / "inflected_words.psv").read_text(encoding="utf-8").splitlines()[1:]:
        code, word, *forms = line.split("|")
        lexicon = Lexicon(code=code)
        lexicon.add(word, "thing")
        asked[code] += len(forms)
        found[code] += sum(lexicon.find(fold(form)) == "thing" for form in forms)
    assert sum(found.values()) >= LEAST_INFLECTED * sum(asked.values()), found
    assert {code for code in asked if 2 * found[code] < asked[code]} == set()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_endings_make_no_word_of_letters_that_mean_nothing(code: str) -> None:
    lexicon = load_lexicons()[code]
    words = [word for word in lexicon.whole if len(word) > 4][:400]
    known = [word for word in words if lexicon.find(f"{word[::-1]}q") is not None]
    assert len(known) <= 0.05 * len(words), known


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("trên đá", "on stone"),
        ("trên vải đen", "on black fabric"),
        ("đèn bàn trên bàn gỗ", "lamp on wood table"),
        ("trong rừng đầy nấm", "in forest with mushrooms"),
        ("tren ban go", "on wood table"),
        ("บนผ้า", "on fabric"),
    ],
)
def test_accents_part_words_where_the_language_has_them_do_so(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [("pour la Saint-Valentin", "valentine"), ("ao pôr-do-sol", "at sunset"), ("toit-terrasse", "rooftop")],
)
def test_hyphens_part_the_words_of_a_cell_as_they_do_those_of_a_prompt(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text.endswith(english)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("trên khay tre", "on bamboo tray"),
        ("फूल नहीं चाहिए", "without flowers ,"),
        ("फूलों के बिना", "without flowers ,"),
        ("बिना फूल", "without flowers"),
        ("꽃은 빼 주세요", "without flowers ,"),
        ("çiçek istemiyorum", "without flowers ,"),
        ("لا أريد زهورا", "without flowers"),
        ("jangan ada bunga", "without flowers"),
        ("roca volcánica mojada negra", "wet black volcanic rocks"),
        ("nicht auf Holz, sondern auf Stein", "without on wood , on stone"),
        ("Blumen sollen nicht zu sehen sein, auf Stein", "without flowers , , on stone"),
        ("inte vit", "without white"),
        ("не красный фон", "without red background"),
        ("non nero, ma blu", "without black , blue"),
        ("duvar beyaz değil", "wall without white ,"),
        ("白ではなく青い壁", "without white , blue wall"),
        ("الجدار ليس أبيض", "wall without white"),
        ("nền không phải trắng", "background without white"),
    ],
)
def test_what_is_not_wanted_and_what_it_is_made_of_go_first(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Tisch, der mit einem grünen Tuch bedeckt ist", "table , with green fabric"),
        ("una mesa cubierta con una tela verde", "table with green fabric"),
        ("su un tavolo coperto da un telo verde", "on table with green fabric"),
        ("na stole nakrytym zielonym obrusem", "on table with green tablecloth"),
        ("na stole pokrytém zeleným ubrusem", "on table with green tablecloth"),
        ("Kerzen im Vordergrund", "candles"),
        ("la luce entra da destra", "light from the right"),
        ("ışık sağdan gelsin", "light from the right"),
        ("右から光が差し込む", "light from the right"),
        ("mum ışığında", "candlelight"),
        ("przy świecach", "candlelight"),
        ("weiches Licht von der Seite", "soft light side light"),
        ("cahaya dari samping", "side light"),
        ("옆에서 비추는 빛", "side light"),
        ("accanto a una pila di asciugamani", "near stack of towels"),
        ("улітку в лісі", "summer in forest"),
        ("촛불 아래", "candlelight"),
    ],
)
def test_verbs_and_participles_say_how_things_stand_and_name_none(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [
        ("de", "Handtüchern", "towels"),
        ("de", "Rosenblättern", "rose petals"),
        ("de", "Kerzchen", "candles"),
        ("de", "Vordergrund", ""),
        ("de", "Kobaltgrün", "green"),
        ("nl", "glaasjes", "glass"),
        ("sv", "skorna", "shoes"),
        ("sv", "fönstret", "window"),
        ("tr", "mumlarla", "candles"),
        ("tr", "karda", "snowy"),
        ("da", "dug", "tablecloth"),
        ("et", "merekarbid", "seashells"),
        ("ga", "bhláthanna", "flowers"),
        ("hy", "կաթիլներով", "droplets"),
        ("ka", "ფილებზე", "tiles"),
        ("mr", "बाथरूममध्ये", "bathroom"),
    ],
)
def test_inflected_words_are_no_other_words(code: str, word: str, english: str) -> None:
    assert load_lexicons()[code].find(fold(word)) == english


@pytest.mark.parametrize(
    ("code", "word"),
    [
        *(("it", "pinza"), ("pt", "florim"), ("pl", "skorupki"), ("ru", "морж"), ("uk", "травма")),
        *(("cs", "prosteradlo"), ("tr", "kayağan"), ("ro", "cerulean"), ("hr", "morž"), ("fi", "kukkaro")),
        *(("de", "Schildkröte"), ("de", "Handschellen"), ("fr", "tablette"), ("es", "hojaldre"), ("el", "παγκόσμιο")),
    ],
)
def test_what_begins_like_a_known_word_and_ends_like_none_of_its_forms_is_not_known(code: str, word: str) -> None:
    lexicon = load_lexicons()[code]
    assert lexicon.find(fold(word)) is None
    assert lexicon.find_last_half(fold(word)) is None


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [
        ("hu", "virágpor", "flowers por"),
        ("fi", "lumikko", "snowy kko"),
        ("de", "Holzwurm", "wood wurm"),
        ("ru", "деревянного", "wood"),
        ("ru", "подарочными", "gifts"),
        ("cs", "květinovým", "flowers"),
        ("cs", "skořicí", "cinnamon"),
        ("hr", "bundevama", "pumpkins"),
    ],
)
def test_the_rest_of_a_compound_is_told_and_long_endings_are_endings(code: str, word: str, english: str) -> None:
    assert load_lexicons()[code].find(fold(word)) == english


@pytest.mark.parametrize("adjective", ["vieilles", "petites", "fraîches", "rares"])
def test_a_colour_goes_before_the_noun_that_an_adjective_parts_it_from(adjective: str) -> None:
    told = translate(f"sur une table avec des fleurs {adjective} jaunes", ())
    assert told is not None
    words = told.text.split()
    assert words.index("yellow") == words.index("flowers") - 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("auf einer Kommode", "German"),
        ("sur une commode en noyer", "French"),
        ("su una panca di legno", "Italian"),
        ("på en stubbe i granskogen", "Swedish"),
        ("na starej komodzie", "Polish"),
        ("a komódon", "Hungarian"),
        ("lipaston päällä", "Finnish"),
        ("di pinggir kolam renang", "Indonesian"),  # no word of which says anything alone
        ("pe comodă", "Romanian"),
        ("on a plank", None),
        ("on a log in a bay", None),
        ("a lamp by the door", None),
    ],
)
def test_supports_tell_the_language(text: str, language: str | None) -> None:
    told = word_prompt(text, load_vocabulary()).translation
    assert (told and told.language) == language


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("на бархатном кресле изумрудного цвета", "on emerald velvet armchair"),
        ("фон нежно розового цвета", "soft pink background"),
        ("fotel w kolorze zielonym na dywanie", "green armchair on rug"),
        ("τοίχος σε χρώμα πράσινο", "green wall"),
        ("в красном цвете", "in red"),
    ],
)
def test_a_colour_that_a_word_for_colour_tells_goes_before_its_noun(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [("红色丝绸上，金色灯笼", "紅色絲綢上，金色燈籠"), ("瀑布与雾气", "瀑布與霧氣"), ("木质餐桌", "木質餐桌")],
)
def test_traditional_characters_are_read_as_simplified_ones_and_told_as_written(
    simplified: str, traditional: str
) -> None:
    wordings = [word_prompt(text, load_vocabulary()) for text in (simplified, traditional)]
    assert wordings[0].text == wordings[1].text
    assert set("".join(wordings[1].pieces)) <= set(traditional.replace("，", ","))


@pytest.mark.parametrize("text", ["op dennenappels", "med kottar", "auf Tannenzapfen"])
def test_a_plural_is_no_compound(text: str) -> None:
    assert word_prompt(text, load_vocabulary()).text.endswith("pine cones")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("valkoisella pellavaliinalla kynttilöiden kanssa", "white linen cloth on with candles ,"),
        ("faasztalon", "wood table on"),
        ("bársonyon", "velvet on"),
        ("fehér márvány", "white marble"),
        ("aamulla", "morning light"),
    ],
)
def test_an_ending_that_says_on_is_said(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [
        ("da", "granatæbler", "pomegranate"),
        ("nl", "zandstenen", "sandstone"),
        ("sv", "björkbänk", "birch bench"),
        ("sv", "skogstjärn", "forest lake"),
    ],
)
def test_an_inflected_word_is_no_compound_and_a_compound_none_of_its_joiner(code: str, word: str, english: str) -> None:
    assert load_lexicons()[code].find(fold(word)) == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("kék csempén jégkockákkal és citromkarikákkal", "blue tiles with ice cubes and with lemon slices"),
        ("faasztalon piros rózsákkal", "wood table on with red roses"),
        ("ahşap masa üzerinde kırmızı güllerle", "on wood table with red roses"),
        ("keten örtü üzerinde lavanta demetleriyle", "on linen fabric with lavender bouquet"),
        ("fehér asztal", "white table"),
        ("marmol beltzaren gainean ur tantekin", "black marble on with droplets"),
        ("ხის მაგიდაზე ყვავილებით", "wood table on with flowers"),
        ("faasztalon virágokkal", "wood table on with flowers"),
        ("შავ მარმარილოზე წყლის წვეთებით", "black marble on with droplets"),
        ("սև մարմարի վրա ջրի կաթիլներով", "black marble on with droplets"),
    ],
)
def test_an_ending_that_says_with_is_said_before_the_noun_s_adjectives(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("hellgraue Wand", "light grey wall"),
        ("fondo gris claro", "light grey background"),
        ("grigio chiaro", "light grey"),
        ("jasnoszare tło", "light grey background"),
        ("ciemnozielony aksamit", "dark green velvet"),
        ("светлосерый фон", "light grey background"),
        ("світло-сірий фон", "light grey background"),
        ("açık gri arka plan", "light grey background"),
        ("ярко-красный фон", "brilliant red background"),
        ("helle Küche", "bright kitchen"),
        ("helles Holz", "light wood"),
        ("suelo de madera clara", "floor of light wood"),
    ],
)
def test_a_colour_that_other_languages_call_bright_is_a_light_one(text: str, english: str) -> None:
    assert direct(text, PresetRegistry.load(), None).wording.text == english


@pytest.mark.parametrize(
    ("text", "language"),
    [("海辺、夕日", "Japanese"), ("木製机", "Japanese"), ("海滩,日落", "Chinese"), ("竹林", "Chinese")],
)
def test_letters_that_two_languages_share_are_of_the_one_that_knows_more(text: str, language: str) -> None:
    translation = direct(text, PresetRegistry.load(), None).wording.translation
    assert translation is not None
    assert translation.language == language


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("yeşil bir duvarın önünde beyaz mermer kaide", "white marble podium before green wall"),
        ("白い壁の前に木の椅子", "wooden chair before white wall"),
        ("गुलाबी दीवार के सामने फूल", "flowers before pink wall"),
    ],
)
def test_a_before_that_follows_goes_in_front_of_its_phrase(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize("text", ["Saint-Valentin, pétales de rose rouges, satin", "gros plan, pétales de rose"])
def test_words_that_only_phrases_hold_tell_the_language(text: str) -> None:
    translation = word_prompt(text, load_vocabulary()).translation
    assert translation is not None
    assert translation.language == "French"


def test_a_gradients_colours_are_no_things() -> None:
    assert "roses" not in word_prompt("fondo degradado de rosa a naranja", load_vocabulary()).text


@pytest.mark.parametrize(
    "text",
    [
        "niente fiori, marmo verde",
        "nada de flores, mármol verde",
        "rien que du marbre vert, pas de fleurs",
        "çiçeksiz, mermer",
    ],
)
def test_nothing_of_a_thing_is_none_of_it(text: str) -> None:
    direction = direct(text, PresetRegistry.load(), None)
    assert vars(direction.design)["props"] == "none", direction.reading
    assert vars(direction.design)["material"] == "marble"


def test_coffee_in_a_list_is_no_cafe() -> None:
    design = direct("colazione a letto, lenzuola bianche, caffè e cornetto", PresetRegistry.load(), None).design
    assert set_name(design) == "bed"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("大理石の上に山査子", "山査子 on marble"),
        ("木の上に砂肝", "砂肝 on wood"),
        ("나무 위에 산수유", "산수유 on wood"),
        ("ผ้าเงาะ", "fabric rambutans"),
    ],
)
def test_a_letter_that_unknown_ones_follow_is_a_part_of_their_word(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("pedra junto à cachoeira", "rocks near waterfall"),
        ("pe o piatră umedă lângă râu", "on a wet rock near river"),
        ("mesa de piedra junto al río", "stone table near river"),
        ("trên tảng đá bên bờ suối trong rừng", "on rocks near stream in forest"),
    ],
)
def test_a_stone_by_wild_water_is_a_rock_and_no_material(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize("text", ["പഴയ മരമേശ", "ಬಿಳಿ ಅಮೃತಶಿಲೆ", "အပြာရောင် ကောင်းကင်"])
def test_what_is_written_in_no_known_script_is_told_letter_for_letter(text: str) -> None:
    assert " ".join(direct(text, PresetRegistry.load(), None).unread) == text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("effen witte achtergrond aub", "plain white background"),
        ("fundo branco pfv", "white background"),
        ("fond blanc svp", "white background"),
        ("真っ白な背景でお願いします", "pure white background"),
    ],
)
def test_a_please_says_nothing(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("lakdi ki purani mez par phool aur mombatti", "Hindi", "flowers and candles on old wood table"),
        ("safed background, koi parchai nahi", "Hindi", "white background , without shadows ,"),
        (
            "na starom derevyannom stole s lavandoy i svechami",
            "Russian",
            "on old wood table with lavender sprigs and candles",
        ),
        ("rozovyy fon, myagkaya ten", "Russian", "pink background , soft shadows"),
        ("se xylino trapezi me lemonia kai vasiliko", "Greek", "on wood table with lemons and basil"),
        ("lefko fonto xoris skia", "Greek", "white background without shadows"),
    ],
)
def test_words_of_other_scripts_are_read_in_latin_letters_too(text: str, language: str, english: str) -> None:
    wording = word_prompt(text, load_vocabulary())
    assert wording.translation is not None
    assert (wording.translation.language, wording.text) == (language, english)
    assert {word for piece in wording.pieces for word in piece.split()} <= set(text.replace(",", " , ").split())


@pytest.mark.parametrize(
    "text",
    [
        *(
            "phezu kwetafula elidala lokhuni",
            "asdf qwer zxcv uiop",
            "sleek monolith of chrome with gnarly vibes bro",
            "a kan teburin katako da farin furanni",
        ),
        *(
            "long blades may bend down past their foot",
            "ar hen fwrdd pren gyda chanhwyllau gwyn",
            "i runga i te tepu rakau me nga putiputi",
        ),
    ],
)
def test_no_other_text_of_latin_letters_is_taken_for_such(text: str) -> None:
    translation = word_prompt(text, load_vocabulary()).translation
    assert translation is None


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("sa ibabaw ng lumang mesang kahoy na may kandila", "Filipino", "on old wood table with candles"),
        ("juu ya meza ya mbao yenye maua meupe", "Swahili", "on wood table with white flowers"),
        ("op 'n houttafel met kerse en skulpe", "Afrikaans", "on wood table with candles and seashells"),
        ("unha mesa de madeira con flores brancas", "Galician", "wood table with white flowers"),
        ("paplūdimyje saulėlydžio metu", "Lithuanian", "beach at sunset"),
        ("uz melna marmora ar ūdens pilieniem", "Latvian", "on black marble with droplets"),
        ("vanal puidust laual kuivatatud lilledega", "Estonian", "old wood table on with dry flowers"),
        ("á svörtum marmara með kertum", "Icelandic", "on black marble with candles"),
        ("mbi mermer të zi me lule të bardha", "Albanian", "on black marble with white flowers"),
        ("mahai baten gainean lore zuriekin", "Basque", "table on with white flowers"),
        ("ar bhord adhmaid le coinnle", "Irish", "on wood table with candles"),
        ("பழைய மர மேசையில்", "Tamil", "old wood table"),
        ("తెల్లని పాలరాయి", "Telugu", "white marble"),
        ("लाकडी टेबलावर पांढरी फुले", "Marathi", "white flowers on wood table"),
        ("ਲੱਕੜ ਦੀ ਮੇਜ਼ ਉੱਤੇ ਚਿੱਟੇ ਫੁੱਲ", "Punjabi", "white flowers on wood table"),
        ("ხის მაგიდაზე თეთრი ყვავილებით", "Georgian", "wood table on with white flowers"),
        ("սև մարմարի վրա սպիտակ մոմերով", "Armenian", "black marble on with white candles"),
        ("លើតុឈើ ជាមួយផ្កាពណ៌ស", "Khmer", "on wood table , with white flowers"),
        ("mu zhuo shang de bai se hua", "Chinese", "white flowers on wood table"),
        ("kuroi dairiseki no ue ni, suiteki", "Japanese", "on black marble , droplets"),
        ("namu teibeul wie hayan kkot", "Korean", "white flowers on wood table"),
        ("3ala tarabeza khashab ma3 ward abyad", "Arabic", "on wood table with white flowers"),
    ],
)
def test_languages_of_which_few_words_are_known_are_told_and_read(text: str, language: str, english: str) -> None:
    wording = word_prompt(text, load_vocabulary())
    assert (wording.translation and wording.translation.language, wording.text) == (language, english)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mesa de cocina rústica", "Spanish"),
        ("sobre uma mesa de pedra na praia", "Portuguese"),
        ("op een houten tafel met witte bloemen", "Dutch"),
        ("på et gammelt bord med hvide blomster", "Danish"),
        ("pöydällä kukkia ja kynttilöitä", "Finnish"),
        ("बिना फूल", "Hindi"),
        ("bamboo tray with wet leaves", None),
        ("shell art in warm sun", None),
        ("log on sand at dawn", None),
    ],
)
def test_languages_of_which_few_words_are_known_take_no_others_prompts(text: str, language: str | None) -> None:
    told = word_prompt(text, load_vocabulary()).translation
    assert (told and told.language) == language


@pytest.mark.parametrize(("code", "word"), [("sv", "dansande"), ("da", "dansende"), ("de", "tanzende")])
def test_what_something_does_is_no_compound(code: str, word: str) -> None:
    lexicon = load_lexicons()[code]
    assert lexicon.find(word) is None
    assert lexicon.find_last_half(word) is None


def test_only_the_languages_that_a_script_may_be_of_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    class Watched(dict[str, Lexicon]):
        def __missing__(self, code: str) -> Lexicon:
            asked.add(code)
            return load_lexicons()[code]

    monkeypatch.setattr(language_telling, "load_lexicons", Watched)
    assert language_telling.tell_language(["木製の机", "白い花"], ()) == "ja"
    assert asked == {"ja"}
    assert language_telling.tell_language(["ხის", "მაგიდა"], ()) == "ka"
    assert asked == {"ja", "ka"}


@pytest.mark.parametrize(
    "text", ["termék faasztalon", "ボトル木のテーブルの上", "şişe ahşap masa üzerinde", "botila zurezko mahai gainean"]
)
def test_what_the_product_is_on_is_no_part_of_it_where_on_follows(text: str) -> None:
    assert word_prompt(text, load_vocabulary()).text in ("product , on wood table", "product , wood table on")
    assert "wood" in " ".join(direct(text, PresetRegistry.load(), None).words["material"])


@pytest.mark.parametrize(
    ("text", "colors"),
    [
        ("halb mint, halb korallenroter Hintergrund", {"#b5e3cd", "#f77b66"}),
        ("mitad turquesa mitad naranja", {"#35c4c0", "#f28020"}),
        ("fond mi-bleu clair mi-blanc", {"#a9cfec", "#f8f8f7"}),
        ("lo sfondo è per metà verde menta e per metà rosa", {"#b5e3cd", "#f29fbf"}),
        ("bakgrunden halva blå och halva gul", {"#1f5fd6", "#f5d32e"}),
        ("yarısı turuncu yarısı lacivert arka plan", {"#f28020", "#16264f"}),
        ("خلفية نصفها أخضر ونصفها ذهبي", {"#2f9e4c", "#c9a04a"}),
        ("רקע חצי ורוד חצי תכלת", {"#f29fbf", "#a9cfec"}),
        ("พื้นหลังครึ่งชมพูครึ่งฟ้า", {"#f29fbf", "#1f5fd6"}),
        ("背景一半粉色一半薄荷绿", {"#f29fbf", "#b5e3cd"}),
        ("tło pół na pół: limonkowe i fioletowe", {"#a8d62c", "#7a35b0"}),
        ("двоколірне тло: персикове й м'ятне", {"#fbc6a4", "#b5e3cd"}),
        ("핑크와 민트 반반 배경", {"#f29fbf", "#b5e3cd"}),
        ("fundo dividido ao meio, rosa e azul", {"#f29fbf", "#1f5fd6"}),
    ],
)
def test_halves_of_two_colours_part_the_backdrop_in_any_language(text: str, colors: set[str]) -> None:
    direction = direct(text, PresetRegistry.load(), None)
    design = vars(direction.design)
    assert set_name(direction.design) == "cyclorama"
    assert (design["direction"], set(design["colors"]), direction.unread) == ("split", colors, ())


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("stelle marine, tramonto arancione", "starfish , orange sunset"),
        ("coquillages, coucher de soleil orange", "seashells , orange sunset"),
        ("oranger Sonnenuntergang", "orange sunset"),
        ("roca volcánica junto al mar", "volcanic rocks at the beach"),
        ("na skale nad morzem", "on rocks at the beach"),
        ("su un tavolo di vetro", "on glass table"),
    ],
)
def test_colours_of_sunsets_and_places_and_glass_tables_take_no_noun_beside_them(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("mesa sin personas y luz suave", "table without person , soft light"),
        ("طاولة بدون أشخاص وضوء ناعم", "table without person , soft light"),
        ("tavolo senza fiori e candele", "table without flowers and candles"),
        ("su un letto con spremuta d'arancia", "on bed with oranges juice"),
    ],
)
def test_a_light_after_what_is_denied_is_wanted_and_juice_is_no_fruit(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    "text",
    [
        "fais-moi une photo, produit sur du velours vert",
        "coloca meu produto sobre madeira",
        "proszę postawić produkt na drewnie",
        "поставьте наш продукт на дерево",
        "mình muốn đặt sản phẩm trên gỗ",
        "tolong taruh produk saya di atas kayu",
        "우리 제품을 나무 위에 올려주세요",
        "把我的产品放在木头上",
    ],
)
def test_who_asks_and_how_is_no_part_of_a_scene(text: str) -> None:
    assert direct(text, PresetRegistry.load(), None).unread == ()


@pytest.mark.parametrize(
    ("code", "word", "season"),
    [
        ("de", "Juliabend", "summer evening"),
        ("uk", "серпневого", "summer"),
        ("uk", "квітня", "spring"),  # and no flowers
        ("cs", "květnu", "spring"),
        ("cs", "červenec", "summer"),  # and no red
        ("ru", "июльское", "summer"),
        ("pl", "grudniowy", "winter"),
        ("fi", "lokakuussa", "autumn"),
        ("tr", "temmuz", "summer"),
        ("fr", "décembre", "winter"),
    ],
)
def test_a_month_is_its_season(code: str, word: str, season: str) -> None:
    assert load_lexicons()[code].find(fold(word)) == season


def test_colours_of_a_two_tone_backdrop_are_no_plants() -> None:
    design = vars(direct("fond bicolore lavande et jaune citron", PresetRegistry.load(), None).design)
    assert (design["direction"], len(design["colors"]), design["beside"]) == ("split", 2, "none")


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("perfume sobre mármol negro, soft light", "Spanish", "perfume on black marble , soft light"),
        ("sur une table en bois, with flowers, soft light", "French", "on wood table , with flowers , soft light"),
        ("on a mesa de madera with flowers", "Spanish", "on a wood table with flowers"),
        ("Parfüm auf black marble mit golden bokeh", "German", "perfume on black marble with golden bokeh"),
        ("candle na drewnianym stole, cozy living room", "Polish", "candle on wood table , cozy living room"),
        ("crème sur une table en bois, hard shadows", "French", "cream on wood table , hard shadows"),
        ("whisky su bancone bar, moody light, dark wood", "Italian", "whisky on counter bar , moody light , dark wood"),
    ],
)
def test_a_text_that_is_partly_english_is_read_in_both(text: str, language: str, english: str) -> None:
    wording = word_prompt(text, load_vocabulary())
    assert wording.text == english
    assert wording.translation is not None
    assert wording.translation.language == language


def test_emoji_after_another_languages_words_make_them_no_english_ones() -> None:
    reading = direct("vela en la mesa de madera 🌸🌸", PresetRegistry.load(), None)
    assert set_name(reading.design) == "tabletop"
    assert "mountains" not in reading.reading


@pytest.mark.parametrize("text", ["umbrella", "diapers", "vinegar", "boots", "perfume, wind", "sandals"])
def test_english_words_are_of_no_language_that_has_them_as_forms_of_others_alone(text: str) -> None:
    assert word_prompt(text, load_vocabulary()).translation is None


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Parfüm auf dem Parkplatz vor einer Tankstelle", "perfume on parking lot before gas station"),
        ("perfume en la mesa de comedor", "perfume on dining table"),
        ("духи на лужайке у живой изгороди с детьми", "perfume on grass near hedge with child"),
        ("香水、スキー場のゲレンデ", "product , ski resort ski slope"),
        ("table à manger dans une pièce lumineuse", "dining table in bright room"),
        ("Parfüm in einer Wandnische, dichter Nebel", "perfume in niche , thick fog"),
        ("zapach przy szumie, gęsta mgła, górska łąka", "zapach near szumie , thick fog , mountain meadow"),
        ("chambre d'hôtel, carrelage métro", "hotel room , subway tiles"),
        ("フラッシュ、屋台", "hard flash , market stall"),
        ("плитка кабанчик и густой туман", "subway tiles and thick fog"),
    ],
)
def test_what_has_a_row_of_its_own_is_no_broader_thing(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("大理石の上の石鹸、錠前", "錠前"),
        ("대리석 위의 비누, 자물쇠", "자물쇠"),
        ("大理石の上の石鹸と松葉杖", "松葉杖"),
        ("大理石上的肥皂，订书机", "订书机"),
        ("大理石上的肥皂和灭火器", "灭火器"),
        ("Seife auf Marmor mit Nägeln", "Nägeln"),
    ],
)
def test_what_is_not_known_is_told_as_it_was_written(text: str, word: str) -> None:
    account = direct(text, PresetRegistry.load(), None).account
    assert [told.fate for told in account if told.written == word] == ["not shown"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("savon avec de la menthe et des glaçons", "soap with mint and ice cubes"),
        ("cuffie con luce al neon blu", "headphones with neon blue light"),
        ("عطر على مكتب", "perfume on desk"),
        ("窓辺の本の山の上の香水", "product on stack of books near windowsill"),
        ("zegarek na ciemnym drewnie orzechowym", "wristwatch on dark walnut"),
        ("Kerze auf Holz, Wald dahinter", "candles on wood , forest in background"),
        ("mesa de madera, mar detrás", "wood table , sea in background"),
        ("ahşap masada mum, arkada zeytin ağaçları", "candles on wood table , olive trees in background"),
        ("parfum sur un rocher, coucher de soleil", "perfume on a rock , sunset"),
        ("parfum sur un rocher au coucher du soleil", "perfume on a rock at sunset"),
        ("духи на скале, закат", "perfume on rocks , sunset"),
        ("духи на скале на закате", "perfume on rocks at sunset"),
        ("濡れた路面のスニーカー", "sneakers on wet asphalt"),
        ("芝生のスニーカー、夕日", "sneakers on grass , sunset"),
        ("革のバッグ", "leather handbag"),
        ("Parfüm auf Holz neben einer Kerze", "perfume on wood near a candle"),
        ("perfume sobre madera con una orquídea blanca", "perfume on wood with a white orchid"),
        ("parfum sur une pile de livres", "perfume on stack of books"),
        ("sur une table, douce lumière du matin", "on table , soft morning light"),
        ("su un muro, luce dorata del tramonto", "on wall , golden sunset light"),
        ("Parfüm auf Schiefer, im Hintergrund ein Wasserfall", "perfume on slate , waterfall in background"),
        ("香水,背景是松树林", "product , pine forest in background"),
        ("香水,背景深色", "product , dark background"),
        ("parfum, latar belakang pegunungan dan danau", "perfume , mountains and lake in background"),
        ("Uhr auf Steinen am Fluss", "wristwatch on stones near river"),
        ("mật ong trên bàn gỗ, ánh nắng buổi sáng", "honey on wood table , morning sunlight"),
        ("víno na sudu, teplé světlo svíček", "wine on barrel , warm candlelight"),
        ("духи на скале, холодный свет, голубой свет", "perfume on rocks , cold light , light blue light"),
        ("vino junto a la chimenea, noche de invierno", "wine near fireplace , winter night"),
        ("香水、金色のライト", "product , golden lights"),
        ("xampu num deck de bambu", "shampoo on bamboo deck"),
        ("óculos na areia branca", "spectacles on white sand"),
        ("perfume debajo de una luz solar dura", "perfume under hard sunlight"),
        ("強い日光", "hard sunlight"),
        ("vor einem blauen Neonschild", "before blue neon sign"),
        ("savon sur un plateau en liège", "soap on cork tray"),
        ("perfumy na polu lawendy o zachodzie słońca", "perfume on field of lavender at sunset"),
        ("노을 지는 해변의 향수", "perfume at sunset on beach"),
        ("sur une pile de vieux livres", "on stack of old books"),
        ("snötäckta toppar, lugn sjö", "snowy peaks , calm lake"),
        ("pique-nique à la campagne", "picnic countryside"),
        ("护肤品悬浮在空中", "lotion floating in the air"),
        ("neben einem knisternden Feuer", "near knisternden fire"),
    ],
)
def test_what_leads_to_a_noun_is_said_as_in_english(text: str, english: str) -> None:
    assert word_prompt(text, load_vocabulary()).text == english


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Bär auf einem Holztisch", "Bär"),
        ("auf einem Holztisch mit einem Bär", "Bär"),
        ("Säge auf einem Holztisch", "Säge"),
        ("σκίουρος σε ξύλινο τραπέζι", "σκίουρος"),
        ("egern på et træbord", "egern"),
        ("білка на дерев'яному столі", "білка"),
    ],
)
def test_an_unknown_word_is_no_known_one_that_its_letters_hold_without_accents(text: str, word: str) -> None:
    reading = direct(text, PresetRegistry.load(), None)
    plain = direct("on a wooden table", PresetRegistry.load(), None)
    assert reading.design == plain.design
    assert any(told.split(" (")[0] == word for told in reading.unread), reading.unread


@pytest.mark.parametrize(
    ("wood", "wooden"), [("on a wood barrel", "on a wooden barrel"), ("wood ladder", "wooden ladder")]
)
def test_wood_and_wooden_are_one(wood: str, wooden: str) -> None:
    assert direct(wood, PresetRegistry.load(), None).design == direct(wooden, PresetRegistry.load(), None).design


@pytest.mark.parametrize(
    "text",
    [
        "auf einem Bambustablett mit weißen Steinen",
        "sobre una bandeja de bambú con piedras blancas",
        "på en bambubricka med vita stenar",
    ],
)
def test_stones_beside_the_product_lie_there_as_in_english(text: str) -> None:
    english = direct("on a bamboo tray with white stones", PresetRegistry.load(), None)
    assert direct(text, PresetRegistry.load(), None).design == english.design


def test_ice_that_the_product_is_on_is_no_product() -> None:
    english = direct("on crushed ice against a dark background", PresetRegistry.load(), None)
    german = direct("auf zerstoßenem Eis vor dunklem Hintergrund", PresetRegistry.load(), None)
    assert german.design == english.design


@pytest.mark.parametrize("text", ["en el metro", "al metro", "в метрото", "u podzemnoj željeznici", "در مترو"])
def test_a_metro_is_a_subway_and_no_cellar(text: str) -> None:
    assert vars(direct(text, PresetRegistry.load(), None).design).get("backdrop") == "subway"
