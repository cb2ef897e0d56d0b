"""What words mean in English alone: what is changed for what, and which of them are foods, shores and wares."""

from typing import Final

from photoshoot.director.design.lit_signs import light_cities
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.placing.grounds import read_grounds
from photoshoot.director.senses.changes import deny_changed
from photoshoot.director.senses.foods_or_colors import read_foods
from photoshoot.director.senses.furniture import seat_guests
from photoshoot.director.senses.goods import leave_goods
from photoshoot.director.words.vocabulary import Vocabulary

_LEAVE: Final = "leave"


def read_english(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """An English prompt with what its words mean there, and without the product that it begins with."""
    reading = read_grounds(light_cities(deny_changed(_without_leaving(reading)), vocabulary), vocabulary)
    return leave_goods(seat_guests(read_foods(reading, vocabulary), vocabulary), vocabulary)


def _without_leaving(reading: Reading) -> Reading:
    """A prompt in which to leave asks for no leaves: "leave room for copy on the right"."""
    if _LEAVE not in reading.stems:
        return reading
    mentions = (m for m in reading.mentions if m.end > m.start + 1 or reading.words[m.start].lower() != _LEAVE)
    return reading.with_mentions(mentions)
