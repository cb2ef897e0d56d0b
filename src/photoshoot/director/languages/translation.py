"""Puts a prompt of another language into the director's English, word by word; what it does not know stays as written.

The language is told by its script, and among those of Latin letters by whose words cover the most of the text. A text
that English covers as well is English.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from photoshoot.director.languages.affixes import IN, JOINED, ON
from photoshoot.director.languages.describing import (
    join_lights,
    put_adjectives_first,
    put_age_first,
    put_made_of_first,
    turn_lights,
)
from photoshoot.director.languages.flat_things import lead_on, name_metals, stand_on
from photoshoot.director.languages.idiom import say_in_english, say_with
from photoshoot.director.languages.language_telling import (
    may_be_english,
    read_inside,
    script_of,
    tell_language,
    tell_spelling,
)
from photoshoot.director.languages.lexicon import JOINING, Lexicon
from photoshoot.director.languages.lexicons import find_lexicon, load_lexicons
from photoshoot.director.languages.naming import name_childrens, name_kinds, name_lavender, name_parts, name_slabs
from photoshoot.director.languages.one_of_many import say_one
from photoshoot.director.languages.places_last import put_places_last
from photoshoot.director.languages.postpositions import (
    BEHIND,
    deny_lists,
    part_product,
    put_negations_first,
    put_numbers_first,
)
from photoshoot.director.languages.slips import find_slips
from photoshoot.director.languages.things_or_colors import find_thing, in_company
from photoshoot.director.languages.times_of_day import say_times
from photoshoot.director.languages.views_last import put_backgrounds_last, put_views_last
from photoshoot.director.languages.word_order import (
    COLOR_WORD_FIRST,
    NOUN_FIRST,
    STUFF_LAST,
    name_halves,
    name_hues,
    name_shades,
    pale_colors,
    put_colors_first,
    put_said_colors_first,
    put_stuff_first,
)
from photoshoot.director.words.folding import fold, is_accented, spell_out
from photoshoot.director.words.language_tables import LANGUAGES, LATIN, TYPED

_UNSPACED = ("ja", "zh", "ko", "th", "km")
_SPACED_PHRASES, _SPACES = ("th", "km"), re.compile(r"\s+")  # languages whose spaces part phrases, as marks do
_OWN_SCRIPT = (
    "ja",
    "zh",
    "ko",
    "th",
    "el",
    "he",
    "ta",
    "te",
    "pa",
    "ka",
    "hy",
    "km",
)  # Arabic, Devanagari and Cyrillic are those of other languages, too
_F_NUMBER = re.compile(r"\b[fF](?:/\d+(?:\.\d+)?|\d+\.\d+)")
_APOSTROPHES = re.compile(r"['’ʼ]")
_MARKS = str.maketrans("،、，。।；：؛？！", ",,,..;:;?!")
"""Other scripts' punctuation marks: they part phrases as the director's do."""


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A prompt in English, as far as its words are known."""

    language: str
    """Its language, in English, such as ``"German"``."""
    text: str
    """English for what is known, in the order of the prompt; the rest as written."""
    share: float
    """Share of its words that were known, 0 to 1."""
    by_script: bool
    """Whether its letters alone tell the language."""
    mended: tuple[tuple[str, str], ...]
    """(as written, as read) of each word that was taken for mistyped."""
    pieces: tuple[tuple[str, str | None], ...]
    """(as written, English) of each word, phrase or mark: "" for what only joins others, None for what is not known."""


_Piece: TypeAlias = tuple[str, str | None]
"""A word or phrase as written, and its English; None where it is not known."""


def translate(
    text: str,
    english: Collection[str],
    shades: Collection[str] = (),
    faces: Collection[str] = (),
    wares: Collection[str] = (),
) -> Translation | None:
    """A prompt's words in English; None where it is English, or its language is not known.

    Args:
        text: The prompt.
        english: Folded words that the director knows.
        shades: Colours of two words that it knows, such as mint green.
        faces: Words for what things stand on, in English.
        wares: What is sold, in English and in the singular.
    """
    tokens = split_text(text)
    words = [fold(token) for token in tokens if token[0].isalnum()]
    code, spelled = tell_spelling(words, english) if text.isascii() else (tell_language(words, english), {})
    if code is None or (
        text.isascii() and code in LATIN + TYPED and may_be_english(words, load_lexicons()[code], english)
    ):
        return None
    tokens = tuple(spelled.get(fold(token), token) for token in tokens)
    if code in _SPACED_PHRASES:
        tokens = split_text(_SPACES.sub(" , ", text.strip()))
    lexicon = find_lexicon(code, text)
    if code in JOINED:
        tokens = tuple(part for token in tokens for part in _part_joined(token, lexicon))
    slips = {} if code in _UNSPACED else find_slips(_find_unread(tokens, lexicon), lexicon, english)
    pieces = deny_lists(_keep_english(_read([slips.get(token, token) for token in tokens], lexicon), code, english))
    language, code = LANGUAGES[code], code.partition("-")[0]  # word order is the same in Latin letters
    pieces = stand_on(lead_on(_say_on(in_company(name_slabs(pieces)), lexicon, faces), code), code, wares)
    if code in COLOR_WORD_FIRST - NOUN_FIRST:
        pieces = put_said_colors_first(pieces)
    if code in COLOR_WORD_FIRST:
        pieces = name_hues(pieces)
    if code in STUFF_LAST:
        pieces = put_stuff_first(pieces, faces)
    pieces = name_parts(put_age_first(name_childrens(pieces, code)), code)
    if code in NOUN_FIRST:
        pieces = put_adjectives_first(name_halves(name_shades(pieces, shades)), code)
        pieces = put_made_of_first(put_colors_first(name_kinds(pieces)))
    pieces = name_lavender(pale_colors(put_negations_first(put_numbers_first(turn_lights(pieces), code), code)))
    pieces = say_with(pieces, [lexicon.says_with(lexicon.fold(written).split(" ")[-1]) for written, _ in pieces])
    pieces = say_in_english(part_product(put_backgrounds_last(pieces), code))
    pieces = put_views_last(join_lights(pieces), code)
    pieces = say_one(say_times(put_places_last(pieces, code, wares)), code, english)
    typed = {near: word for word, near in (*spelled.items(), *slips.items())}
    pieces = [(" ".join(typed.get(word, word) for word in written.split(" ")), english) for written, english in pieces]
    return Translation(
        language=language,
        text=" ".join(
            text for written, meant in pieces if (text := _left(written, english) if meant is None else meant)
        ),
        share=_share_known(pieces),
        by_script=code in _OWN_SCRIPT,
        mended=tuple(slips.items()),
        pieces=tuple(pieces),
    )


def _keep_english(pieces: Iterable[_Piece], code: str, english: Collection[str]) -> list[_Piece]:
    """Pieces where English words that the director knows, and the language does not, mean themselves.

    What English puts before its noun leads to nothing where the language has it behind: "スニーカー on 芝生". Nor is a
    word that is English only without its accents: a "Bär" is no bar.
    """
    left = JOINING if code in BEHIND else frozenset()

    def is_english(word: str) -> bool:
        bare = code not in LATIN or not is_accented(word)
        return bare and fold(word) in english and fold(word) not in left

    return [(word, word.lower() if said is None and is_english(word) else said) for word, said in pieces]


def _left(written: str, english: Collection[str]) -> str:
    """A word that is not known, as a text keeps it: one that English has without its accents is spelled as none."""
    return spell_out(written) if fold(written) in english else written


def _find_unread(tokens: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words of a text that neither are known nor belong to a phrase, compounds of which the last is known, too."""
    unread: list[str] = []
    for written, english in _read(tokens, lexicon):
        folded = lexicon.fold(written)
        if written.isalpha() and english in (None, lexicon.find_last_half(folded)) and lexicon.find(folded) is None:
            unread.append(written)
    return unread


def _part_joined(token: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A word without the "and", "with" or "in" that is written with it: of "وإضاءة" there are "و" and "إضاءة"."""
    word = lexicon.fold(token)
    own = word in lexicon.whole or any(word[:size] in lexicon.stems for size in range(2, len(word) + 1))
    rest = word[1:]
    if own or not word.startswith(JOINED[lexicon.code]) or (rest not in lexicon.heads and lexicon.find(rest) is None):
        return (token,)
    return (token[:1], *_part_joined(token[1:], lexicon))


def _say_on(pieces: Sequence[_Piece], lexicon: Lexicon, faces: Collection[str]) -> list[_Piece]:
    """Pieces of a text with an "on" after what an ending says that things stand on; adjectives share that ending.

    And with an "in" after a place that another noun follows: "mutfakta kesme tahtası".
    """
    words = [lexicon.fold(written).split(" ")[-1] for written, _ in pieces]
    standing, inside = ([lexicon.carries(word, endings) for word in words] for endings in (ON, IN))
    ends = [here and not after for here, after in zip(standing, (*standing[1:], False), strict=True)]
    named = name_metals(pieces, ends, lexicon.code)
    said: list[_Piece] = []
    for index, (written, english) in enumerate(named):
        last = (english or "").split()[-1:]
        after, english_after = named[index + 1] if index + 1 < len(named) else (".", None)
        leads = after[:1].isalnum() and english_after not in JOINING - {""} and not any(inside[index + 1 : index + 2])
        if ends[index] and last and last[0] in faces:
            english = f"{english} on"
        elif inside[index] and english not in (None, *JOINING) and leads:
            english = f"{english} in"
        said.append((written, english))
    return said


def _share_known(pieces: Sequence[_Piece]) -> float:
    """Share of the words that are known; marks are none."""
    words = [english for written, english in pieces if written[:1].isalnum()]
    return sum(english is not None for english in words) / max(len(words), 1)


@lru_cache(maxsize=1024)
def split_text(text: str) -> tuple[str, ...]:
    """A text's words and punctuation marks, of any script; apostrophes part words, and "f/2.8" is one."""
    tokens: list[str] = []
    inside = False
    text = unicodedata.normalize("NFC", _APOSTROPHES.sub(" ", text).translate(_MARKS))
    within = {place for number in _F_NUMBER.finditer(text) for place in range(*number.span())}
    for place, char in enumerate(text):
        letter = place in within or unicodedata.category(char)[0] in "LMN"
        if letter and inside and not _parts_words(tokens[-1][-1], char):
            tokens[-1] += char
        elif letter or not (char.isspace() or char in "-–—"):
            tokens.append(char)
        inside = letter or char == "#"  # a colour by its number
    return tuple(tokens)


def _parts_words(before: str, after: str) -> bool:
    """Whether Latin letters meet those of a language without spaces, as in "tableの上"; figures stay: "3本"."""
    if before.isascii() == after.isascii() or not (before.isalpha() and after.isalpha()):
        return False
    return script_of(after if before.isascii() else before) in _UNSPACED


def _read(tokens: Sequence[str], lexicon: Lexicon) -> Iterator[_Piece]:
    folded, index = tuple(map(lexicon.fold, tokens)), 0
    while index < len(tokens):
        phrase = lexicon.find_phrase(folded[index:])
        if phrase is not None:
            size, english = phrase
            yield (" ".join(tokens[index : index + size]), english)
            index += size
            continue
        if lexicon.code in _UNSPACED:
            same = len(folded[index]) == len(tokens[index])
            yield from read_inside(folded[index], tokens[index] if same else folded[index], lexicon)
        else:
            thing = find_thing(tokens, folded, index, lexicon)
            meant = lexicon.find_written(tokens[index]) if thing is None else thing
            yield (tokens[index], lexicon.find_last_half(folded[index]) if meant is None else meant)
        index += 1
