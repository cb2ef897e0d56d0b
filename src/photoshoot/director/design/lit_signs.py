"""The colours of a set's neon signs, of its strips of light, and of cities in them."""

from collections.abc import Sequence
from typing import Any, Final

from photoshoot.director.design.things_beside import MAX_COLORS
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Vocabulary

_SIGNS: Final = ("neon_colors", "strip_color")
_NEON, _CITY = "neon", ("neon", "city")
"""The word, and the phrase whose meaning a city of such colours gets."""
_CITIES: Final = frozenset({"city", "esplanade"})
"""Real places of streets, by day and in the evening."""
_BETWEEN: Final = ((), ("and",), (",",))


def light_cities(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """An English prompt whose city of neon colours is one of neon signs in them: "a neon purple and blue city"."""
    term = vocabulary.find(_CITY) if _NEON in reading.stems else None
    if term is None:
        return reading
    mentions = (m.meaning(term) if _is_in_neon(m, reading) else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _is_in_neon(city: Mention, reading: Reading) -> bool:
    if city.negated or not _is_city(city.term):
        return False
    if reading.stems[city.end : city.end + 2] == ("in", _NEON):
        return True
    start = city.start
    for before in reversed([m for m in reading.mentions if m.end <= city.start]):
        if before.term.kind != "colour" or reading.stems[before.end : start] not in _BETWEEN:
            return False
        start = before.start
        if reading.stems[start] == _NEON:
            return True
    return False


def _is_city(term: Term) -> bool:
    places = [term.params.get(name, {}).get("place") for name in ("location", "road")]
    return term.kind == "place" and _CITIES.issuperset(places)


def tint_signs(mentions: Sequence[Mention], paints: Sequence[Paint], fixed: dict[str, Any]) -> set[int]:
    """Give neon signs of a set the colours that were said of them, or of the water that mirrors them.

    Returns:
        Where those stand in the prompt.
    """
    if (sign := next((param for param in _SIGNS if param in fixed), None)) is None:
        return set()
    neon = {mention.start for mention in mentions if any(sign in params for params in mention.term.params.values())}
    named = [paint for paint in paints if paint.rank is Rank.NAMED]
    mirrored = [paint for paint in named if paint.noun is None or paint.role == "water"]
    several = sign.endswith("colors")
    said = [paint for paint in named if paint.noun in neon] or (mirrored if several else [])
    if said:
        fixed[sign] = [paint.color for paint in said][:MAX_COLORS] if several else said[0].color
    return {paint.start for paint in said}
