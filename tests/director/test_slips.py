"""Mistyped words of other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.director.direction import direct
from photoshoot.director.languages.language_telling import read_inside
from photoshoot.director.languages.lexicon import JOINING, Lexicon
from photoshoot.director.languages.lexicons import find_lexicon, load_lexicons
from photoshoot.director.languages.slips import find_slips
from photoshoot.director.languages.translation import split_text
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry

FORMS = Path(__file__).parent / "sentence_words.psv"
LEAST_READ = 0.95
"""Share of the forms of a language in which every word is known: 0.97 for Turkish, the least."""
LEAST_MENDED = 0.6
"""Share of slips that are put right: 0.7 for Polish, the least of these languages."""


@pytest.mark.parametrize(
    ("text", "english", "mended"),
    [
        ("auf einem Marmotisch in der Küche", "on marble table in kitchen", {"Marmotisch": "marmortisch"}),
        ("auf dunklem Hozltisch", "on dark wood table", {"Hozltisch": "holztisch"}),
        ("sur une table en bois avec des citrosn", "on wood table with lemons", {"citrosn": "citrons"}),
        ("na drewnianmy stole z kwiatmai", "on wood table with flowers", {"drewnianmy": None, "kwiatmai": None}),
        ("auf Marmor neben Schallplatten", "on marble near schall slab", {}),
        ("на деревянном столе с лимоннами", "on wood table with lemons", {"лимоннами": None}),
    ],
)
def test_a_slip_is_read_as_what_was_meant_and_told(text: str, english: str, mended: dict[str, str | None]) -> None:
    direction = direct(text, PresetRegistry.load(), None)
    assert direction.wording.text == english
    found = dict(direction.wording.mended)
    assert found.keys() <= mended.keys()
    assert all(found[word] == near for word, near in mended.items() if near is not None)
    assert all(f"{word!r} taken for" in direction.reading for word in found)


@pytest.mark.parametrize(
    "text", ["auf Holz mit Planeten", "sur bois avec des plaintes", "su legno, Limnoe Srl", "auf Holz, MARMRO"]
)
def test_names_and_words_that_two_are_near_are_left_as_they_are(text: str) -> None:
    assert not any(word in ("Limnoe", "MARMRO") for word, _ in word_prompt(text, load_vocabulary()).mended)


@pytest.mark.parametrize("code", ["de", "fr", "es", "it", "pl", "ru", "fi", "el"])
def test_most_slips_are_put_right_and_hardly_one_wrongly(code: str) -> None:
    lexicon = load_lexicons()[code]
    words = sorted(w for w, meant in lexicon.whole.items() if len(w) > 7 and w.isalpha() and meant not in JOINING)[::7]
    slips = {f"{w[: i - 1]}{w[i]}{w[i - 1]}{w[i + 1 :]}": w for n, w in enumerate(words) if (i := 2 + n % (len(w) - 2))}
    slips = {slip: word for slip, word in slips.items() if lexicon.find(slip) is None}
    found = {slip: near for slip in slips for near in find_slips([slip], lexicon, ()).values()}
    right = [slip for slip, near in found.items() if lexicon.find(near) == lexicon.find(slips[slip])]
    assert len(right) >= LEAST_MENDED * len(slips)
    assert len(found) - len(right) <= 0.02 * len(slips), set(found.items()) - {(s, found[s]) for s in right}


def test_ad_words_are_known_in_the_forms_that_sentences_have() -> None:
    known: dict[str, list[bool]] = {}
    for line in FORMS.read_text(encoding="utf-8").splitlines():
        code, form = line.split("|")
        lexicon = find_lexicon(code, form)
        known.setdefault(code, []).append(_is_known(tuple(map(lexicon.fold, split_text(form))), lexicon))
    shares = {code: sum(each) / len(each) for code, each in known.items()}
    assert min(shares.values()) >= LEAST_READ, shares


def _is_known(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether every word is known, alone, in a phrase, or with others in a text without spaces."""
    while words:
        phrase = lexicon.find_phrase(words)
        inside = read_inside(words[0], words[0], lexicon)
        if phrase is None and lexicon.find(words[0]) is None and any(english is None for _, english in inside):
            return False
        words = words[phrase[0] if phrase else 1 :]
    return True
