"""What words mean in English alone: what is changed for what, and which of them are foods, shores and wares."""

from typing import Final

from photoshoot.director.design.lit_signs import light_cities
from photoshoot.director.design.things_beside import is_grown
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.placing.grounds import read_grounds
from photoshoot.director.senses.changes import deny_changed
from photoshoot.director.senses.floors_of_rooms import lay_floors
from photoshoot.director.senses.foods_or_colors import read_foods
from photoshoot.director.senses.furniture import seat_guests
from photoshoot.director.senses.goods import leave_goods
from photoshoot.director.words.vocabulary import Vocabulary

_LEAVE: Final = "leave"
_PETALS: Final = ("petal",)


def read_english(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """An English prompt with what its words mean there, and without the product that it begins with."""
    reading = read_grounds(light_cities(deny_changed(_without_leaving(reading)), vocabulary), vocabulary)
    reading = _pluck(read_foods(lay_floors(reading, vocabulary), vocabulary), vocabulary)
    return leave_goods(seat_guests(reading, vocabulary), vocabulary)


def _pluck(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which petals of a flower are petals, and no flower beside them: "pink orchid petals"."""
    petals = vocabulary.find(_PETALS) if _PETALS[0] in reading.stems else None
    plucked = {m.start for m in reading.mentions if m.term is petals}
    mentions = [m for m in reading.mentions if m.end not in plucked or not is_grown(m.term)]
    return reading.with_mentions(mentions) if plucked else reading


def _without_leaving(reading: Reading) -> Reading:
    """A prompt in which to leave asks for no leaves: "leave room for copy on the right"."""
    if _LEAVE not in reading.stems:
        return reading
    mentions = (m for m in reading.mentions if m.end > m.start + 1 or reading.words[m.start].lower() != _LEAVE)
    return reading.with_mentions(mentions)
