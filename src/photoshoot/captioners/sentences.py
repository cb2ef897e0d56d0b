"""What a caption in one sentence says of a product: its name, its shelf and a description, by rules.

1. What captions begin with is dropped ("there is", "the image shows", "a close up of"), and so is the backdrop.
2. The head is what stands before the first "with", "on", "in", "that" or comma. "a pair of" is dropped from it; "a
   bottle of lotion" becomes "lotion bottle".
3. The last known noun of the head names the product, with up to two words before it that are no colours or articles:
   "a blue striped coffee mug" is a "striped coffee mug". Nouns are those of ``weights/shop_nouns.json``: the tree's and
   ``caption_nouns``. Without one, the last two words name it.
4. The category is that of the noun, of "lotion" before "bottle"; ``other`` without one.
5. The description is the first sentence.
"""

import json
import re
from collections.abc import Mapping
from functools import cache

from photoshoot.captioners.answers import Answer
from photoshoot.captioners.descriptions import end_sentence
from photoshoot.color.space import NAMED_COLORS
from photoshoot.files import find_data
from photoshoot.records import Category

_TONES = "plain|solid|light|dark|white|black|gr[ae]y|neutral|clean|simple"
_PLAIN = rf"(?:an?|the) (?:(?:{_TONES}) )*(?:background|backdrop|surface)"
_OPENING = re.compile(
    r"(?:arafed|there (?:is|are)|(?:the|this) (?:image|picture|photo) (?:shows|features|depicts|is of|contains)"
    r"|in (?:the|this) (?:image|picture|photo),? (?:we can see|there (?:is|are)|we see)"
    r"|(?:an? )?(?:close[- ]?up|photo|picture|image|view)(?: (?:view|shot|photo))? of)\s+",
    re.IGNORECASE,
)
_BACKDROP = re.compile(
    rf",?(?: that is)?(?: (?:placed|sitting|set|standing|lying|shown))? (?:on|against|in front of|over|with) {_PLAIN}",
    re.IGNORECASE,
)
_END_OF_HEAD = re.compile(
    r",|\.|;|\b(?:with|on|in|at|that|which|is|are|has|have|featuring|made|sitting|standing|lying|next|against|for)\b"
)
_MANY = re.compile(r"^(?:(?:an?|the|one|two|three|four|several) )?(?:pair|set|stack|bunch|group|piece|couple)s? of ")
_HELD = re.compile(r"^(.+?) of (?:an?\s+|the\s+)?(.+)$")
_EMPTY = {
    "background",
    "backdrop",
    "surface",
    "a",
    "an",
    "the",
    "and",
    "of",
    "two",
    "three",
    "one",
    "some",
    "light",
    "dark",
    "bright",
    "small",
    "large",
}
_EMPTY |= {word for name in NAMED_COLORS for word in name.split()} | {
    "gray",
    "silver",
    "gold",
    "golden",
    "multicolored",
}
_MODIFIERS = 2
_LONGEST_NOUN = 3  # words


def read_caption(caption: str, confidence: float) -> Answer:
    """Read a caption.

    Args:
        caption: One or more sentences in English.
        confidence: How sure the model is of it, 0 to 1.
    """
    sentence = _first_sentence(_BACKDROP.sub("", _open(caption)))
    name, category = _name(sentence.lower())
    return Answer(
        name=name,
        description=end_sentence(sentence) if sentence else f"A {name}.",
        category=category,
        confidence=confidence,
    )


def read_scene(caption: str) -> str:
    """A caption of a scene as a prompt has it: what it shows, without a beginning such as "the image shows"."""
    sentence = _first_sentence(_open(caption)).rstrip(".!? ")
    return sentence[:1].lower() + sentence[1:]


def _open(caption: str) -> str:
    """The caption, tidy, without what captions begin with."""
    text = re.sub(r"(?<=\w) - (?=\w)", "-", " ".join(caption.split()))  # BLIP writes "t - shirt"
    while opening := _OPENING.match(text):
        text = text[opening.end() :]
    return text


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?]) ", text)[0].strip()


def _name(sentence: str) -> tuple[str, Category]:
    head = _MANY.sub("", _END_OF_HEAD.split(sentence, maxsplit=1)[0].strip())
    if held := _HELD.match(head):  # what is in a thing comes before the thing, and decides the shelf
        inside, outside = _words(held[2])[-2:], _words(held[1])[-1:]
        known = _find_noun(inside) or _find_noun(outside)
        return " ".join([*inside, *outside]) or "product", known[1] if known else Category.OTHER
    words = _words(head)
    known = _find_noun(words)
    if known is None:
        return " ".join(words[-2:]) or "product", Category.OTHER
    last, category = known
    first = last
    while " ".join(words[first:last]) not in _known_nouns():
        first -= 1
    return " ".join(words[max(0, first - _MODIFIERS) : last]), category


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text) if word not in _EMPTY]


def _find_noun(words: list[str]) -> tuple[int, Category] | None:
    """(index after it, category) of the last known noun, the longest that ends there."""
    nouns = _known_nouns()
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - _LONGEST_NOUN), last):
            category = nouns.get(" ".join(words[first:last]))
            if category is not None:
                return last, category
    return None


@cache
def _known_nouns() -> Mapping[str, Category]:
    """Noun, in the singular and the plural → category."""
    data = json.loads((find_data("weights") / "shop_nouns.json").read_text(encoding="utf-8"))
    tree = {name.lower(): Category(noun["category"]) for name, noun in data["nouns"].items() if name != "product"}
    more = {noun: Category(category) for category, nouns in data["caption_nouns"].items() for noun in nouns}
    singular = {**tree, **more}
    return {
        form: category for noun, category in singular.items() for form in (f"{noun}s", noun, noun.removesuffix("s"))
    }
