"""Places that a product on a table stands in, softly out of focus: shops, bars, cellars, cars, courts and the like.

1. A tabletop names one as its backdrop / its builder here is told the view, the light, a colour and the generator.
2. It sets up real things behind the table, past the picture's edges / shapes and lamps, added to the tabletop's.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from photoshoot.placers.studio.set_builders.places.alps import build_alpine_lake, build_chalet
from photoshoot.placers.studio.set_builders.places.balcony import build_balcony
from photoshoot.placers.studio.set_builders.places.barn import build_barn
from photoshoot.placers.studio.set_builders.places.bars import build_bakery, build_bar
from photoshoot.placers.studio.set_builders.places.campfire import build_campfire
from photoshoot.placers.studio.set_builders.places.car import build_car
from photoshoot.placers.studio.set_builders.places.club import build_club
from photoshoot.placers.studio.set_builders.places.courts import build_court
from photoshoot.placers.studio.set_builders.places.deck import build_deck
from photoshoot.placers.studio.set_builders.places.greenhouse import build_greenhouse
from photoshoot.placers.studio.set_builders.places.homes import build_home
from photoshoot.placers.studio.set_builders.places.lockers import build_lockers
from photoshoot.placers.studio.set_builders.places.parking import build_parking
from photoshoot.placers.studio.set_builders.places.rooftop import build_rooftop
from photoshoot.placers.studio.set_builders.places.salon import build_salon
from photoshoot.placers.studio.set_builders.places.shops import build_aisle, build_shelves
from photoshoot.placers.studio.set_builders.places.skate_park import build_skate_park
from photoshoot.placers.studio.set_builders.places.stadium import build_stadium
from photoshoot.placers.studio.set_builders.places.subway import build_subway
from photoshoot.placers.studio.set_builders.places.tatami_room import build_tatami_room
from photoshoot.placers.studio.set_builders.places.terminal import build_terminal
from photoshoot.placers.studio.set_builders.places.train import build_train
from photoshoot.placers.studio.set_builders.places.vaults import build_cave, build_cellar
from photoshoot.placers.studio.set_builders.places.yoga_studio import build_yoga_studio
from photoshoot.placers.studio.set_builders.setting import Setting

PLACES: Final[Mapping[str, Callable[[Setting], dict[str, object]]]] = MappingProxyType(
    {
        "supermarket": build_aisle,
        "pharmacy": partial(build_shelves, kind="pharmacy"),
        "boutique": partial(build_shelves, kind="boutique"),
        "bar": build_bar,
        "cellar": build_cellar,
        "stadium": build_stadium,
        "lockers": build_lockers,
        "cave": build_cave,
        "deck": build_deck,
        "car": build_car,
        "terminal": build_terminal,
        "salon": build_salon,
        "tennis_court": partial(build_court, sport="tennis"),
        "basketball_court": partial(build_court, sport="basketball"),
        "living_room": partial(build_home, kind="lounge"),
        "bedroom": partial(build_home, kind="bedroom"),
        "bathroom": partial(build_home, kind="bathroom"),
        "kitchen": partial(build_home, kind="kitchen"),
        "office": partial(build_home, kind="office"),
        "bakery": build_bakery,
        "nightclub": build_club,
        "train": build_train,
        "laundry": partial(build_home, kind="laundry"),
        "dressing_room": partial(build_home, kind="dressing_room"),
        "recording_studio": partial(build_home, kind="recording_studio"),
        "greenhouse": build_greenhouse,
        "barn": build_barn,
        "subway": build_subway,
        "rooftop": build_rooftop,
        "tatami_room": build_tatami_room,
        "chalet": build_chalet,
        "parking": build_parking,
        "campfire": build_campfire,
        "alpine_lake": build_alpine_lake,
        "balcony": build_balcony,
        "yoga_studio": build_yoga_studio,
        "skate_park": build_skate_park,
    }
)
"""Kinds of places, and their builders."""
