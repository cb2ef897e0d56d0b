"""The name of the product itself, which asks for nothing in its scene: "my sneaker", "the perfume bottle stands on"."""

from collections.abc import Collection, Iterator
from typing import Final

from photoshoot.director.phrases.kinds import is_sold
from photoshoot.director.phrases.named_later import find_later_product
from photoshoot.director.phrases.product_words import STANDS, find_opening
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import load_vocabulary

_MINE: Final = frozenset({"my", "our", "your"})
"""Whose things products are."""
_PICTURED: Final = frozenset(
    {"photo", "picture", "image", "shot", "photograph", "photography", "ad", "advert", "render", "lay", "flatlay"}
    | {"life", "closeup", "view", "advertisement", "commercial", "packshot", "composition", "visual", "mockup"}
    | {"portrait"}
)
"""What an "of" or a "for" leads from to the product."""
_SOLD: Final = ("goods", "wares", "sold")
"""Lists of ``Vocabulary.company`` that hold what products are called."""
_OPENING: Final = "led_goods"
"""The list of goods that are furniture and food in a scene, too, and its product where it begins with them."""
_PACKED: Final = "packs"
"""The list of what things are sold in, or by: a jar of honey, a pair of earbuds."""
_LED: Final = frozenset({"of", "for"})
_AMID: Final = STANDS | {"among", "amid", "amongst", "amidst", "between", "above", "over", "lit", "bathed"}
"""What leads from the product to where it is, or to its light."""
_HOW: Final = frozenset({"half", "hung", "sunk", "broken", "cut", "split", "bent", "stuck", "thrown", "held"})
_FACES, _CLIFF = ("surface", "floor"), "cliff"
"""Roles of what is no place by itself, and the one that buildings stand on, too."""
_UPRIGHT: Final = frozenset({"upright", "upside", "down", "vertically", "horizontally", "diagonally", "flat", "open"})
"""How a product stands or lies, after the word that says so: "a toothbrush standing upright"."""
_ELSE: Final = ((), (".",), ("!",), (":",), (";",), ("and",))
"""What follows a first phrase that is a headline, and one of several things."""
_ONE: Final = frozenset({"a", "an", "the"})


def find_own_product(reading: Reading, unused: Collection[int] = ()) -> frozenset[int]:
    """Tokens that are not read and name the product; none where no phrase is surely its name.

    That is the first phrase that says where it is ("a watch on slate"), that has an owner ("our serum"), or of which
    there is to be a photo, and that ends in a word for goods; an owner's may be called anything. It may stand behind
    the place or the light, "at dusk, a watch on slate". What lies "with" or "beside" something is no product, unless
    the prompt begins with goods ("sunscreen by the pool"). An unknown word may be a place that was missed, and stays
    told, but two of them that stand on a table or its like are none: "violin rosin on red velvet".

    Args:
        reading: The prompt.
        unused: Tokens of phrases that nothing shows, which may describe the product: a gold necklace, olive oil.
    """
    unread, described, unknown = frozenset(reading.unread), _describing(reading, unused), False
    if not unread and not described:
        return frozenset()
    opening = find_opening(reading, load_vocabulary())
    for start, end in _find_phrases(reading):
        tokens = (unread | described).intersection(_name_of(start, end, reading))
        first = start == opening
        if not tokens or (unread.isdisjoint(tokens) and not first):
            continue
        owned = not _MINE.isdisjoint(reading.stems[start:end])
        if first and reading.stems[end : end + 1] == ("and",):
            end = _past_pair(end, reading, unread | described)
            tokens = (unread | described).intersection(_name_of(start, end, reading))
        tokens |= _silent_head(max(tokens) + 1, _name_of(start, end, reading), reading)
        where = _says_where(end, reading)
        led = where or _is_pictured(start, reading) or (first and reading.stems[end : end + 1] not in _ELSE)
        opens = first and where and reading.stems[max(tokens)] in load_vocabulary().company[_OPENING]
        if owned or opens or _is_alone(start, end, tokens, reading) or (led and _is_sold(tokens, first, reading)):
            return tokens
        unknown |= first and where and not unread.isdisjoint(tokens)
        if where and led and _is_compound(tokens, unread, reading) and _stands_on(end, reading):
            return tokens
    return frozenset() if unknown else find_later_product(reading, unread | described)  # "zorble on oak, red umbrella"


def _silent_head(index: int, name: range, reading: Reading) -> frozenset[int]:
    """The token there, where it is goods that a scene has no phrase for: a reel is also a kind of film."""
    shown = any(mention.start <= index < mention.end for mention in reading.mentions)
    goods = index in name and not shown and reading.stems[index] in load_vocabulary().company["goods"]
    return frozenset({index} if goods else ())


def _past_pair(end: int, reading: Reading, free: frozenset[int]) -> int:
    """One past the name of a product that is two: "a wallet and keys on oak". What else is shown is none of it."""
    stems = reading.stems
    last = next((i for i in range(end + 1, len(stems)) if stems[i] in _AMID or not stems[i][0].isalnum()), end)
    shown, other = {m.start for m in reading.mentions}.difference(free), last - 1
    known = other not in free or stems[other] in load_vocabulary().company["goods"]  # keys ask for nothing
    return last if known and shown.isdisjoint(range(end, last)) and _says_where(last, reading) else end


def _is_compound(tokens: frozenset[int], unread: frozenset[int], reading: Reading) -> bool:
    """Whether a name is a noun with its own before it, neither known: one word may be a slip, or of another language.

    And not where its noun is known: "a candle called Forest Night", "swimming lanes".
    """
    named = any(is_participle(reading.stems[index]) for index in range(min(tokens), max(tokens)))
    return {max(tokens), max(tokens) - 1} <= unread and not named


def _stands_on(end: int, reading: Reading) -> bool:
    """Whether an "on" leads to what things stand on, and no place: "on a desk", "on velvet"."""
    if reading.stems[end : end + 1] != ("on",):
        return False
    ends = (i for i in range(end + 1, len(reading.stems)) if not reading.stems[i][0].isalnum())
    last = next(ends, len(reading.stems))
    stood = (m for m in reading.mentions if m.supports and end < m.start < last and m.term.role in _FACES)
    return any(reading.stems[m.end - 1] != _CLIFF for m in stood)


def _is_alone(start: int, end: int, tokens: frozenset[int], reading: Reading) -> bool:
    """Whether goods float, or stand alone in a prompt that begins with what they are on: "on oak, perfume bottle"."""
    vocabulary, stems = load_vocabulary(), reading.stems
    first = min(tokens)
    if any(m.term.afloat and m.end == first and not m.negated for m in reading.mentions):
        return stems[max(tokens)] in vocabulary.company["goods"]
    alone = stems[start - 1] == "," and stems[start] not in _ONE and stems[end : end + 1] in (*_ELSE[:3], (",",))
    return alone and stems[0] in vocabulary.boundaries and stems[max(tokens)] in vocabulary.company["goods"]


def _describing(reading: Reading, unused: Collection[int]) -> frozenset[int]:
    """Those of ``unused`` that may say what the product is like or of: neither people nor places."""
    told = (
        m for m in reading.mentions if m.start in unused and not m.negated and m.term.kind not in ("absent", "place")
    )
    return frozenset(i for mention in told for i in range(mention.start, mention.end))


def _name_of(start: int, end: int, reading: Reading) -> range:
    """The phrase, without how the product is held: "a watch leaning", "a jar half buried"."""
    posed = load_vocabulary().company["posed"] | _HOW | _UPRIGHT
    while end > start and (reading.stems[end - 1] in posed or is_participle(reading.stems[end - 1])):
        end -= 1
    return range(start, end)


def _is_sold(tokens: frozenset[int], first: bool, reading: Reading) -> bool:
    """Whether a phrase ends in a word for goods, or says what they are sold in: a jar of honey; first of all, a tub."""
    company, head = load_vocabulary().company, max(tokens)
    packed = [i for i in {*tokens, min(tokens) - 2} if i >= 0 and reading.stems[i] in company[_PACKED]]
    of = any(reading.stems[i + 1 : i + 2] == ("of",) for i in packed)
    known = any(reading.stems[head] in company[kind] for kind in _SOLD) or is_sold(reading.words[head])
    return known or of or (first and (head in packed or _is_toy(head, tokens, reading)))


def _is_toy(head: int, tokens: frozenset[int], reading: Reading) -> bool:
    """Whether it is called an animal and is said to be a toy, or of what animals are not: a rubber duck."""
    beast = load_vocabulary().find((reading.stems[head],))
    made = load_vocabulary().company["toy"].intersection(reading.stems[index] for index in tokens - {head})
    return bool(made) and beast is not None and beast.absent is not None


def _find_phrases(reading: Reading) -> Iterator[tuple[int, int]]:
    """(first token, one past the last) of phrases that may name the product.

    What the prompt begins with, its first sentence's and what is pictured; then what begins a later clause and is one
    thing, or not known.
    """
    vocabulary, stems = load_vocabulary(), reading.stems
    boundaries, packs = vocabulary.boundaries | _AMID | {"and"}, vocabulary.company[_PACKED]
    unread, start, opening = frozenset(reading.unread), 0, True
    for index, stem in enumerate((*stems, ".")):
        led = stem in _LED and not (stem == "of" and stems[index - 1] in packs)
        if stem in boundaries or led or not stem[0].isalnum():
            if index > start and (opening or stems[start] in _ONE or unread.issuperset(range(start, index))):
                yield start, index
            opening = opening and (led or not stem[0].isalnum())
            start = index + 1 if opening or not stem[0].isalnum() else len(stems)


def _says_where(end: int, reading: Reading) -> bool:
    return not _AMID.isdisjoint(reading.stems[end : end + 1])


def _is_pictured(start: int, reading: Reading) -> bool:
    stems = reading.stems
    return start > 1 and stems[start - 1] in _LED and not _PICTURED.isdisjoint(stems[start - 2 : start - 1])
