"""Places, softly out of focus, that tables stand in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

from photoshoot.sets.design import SetObject
from photoshoot.settings import SizeClass

TablePlace: TypeAlias = Literal[
    "supermarket",
    "pharmacy",
    "boutique",
    "bar",
    "cellar",
    "stadium",
    "lockers",
    "cave",
    "deck",
    "car",
    "terminal",
    "salon",
    "tennis_court",
    "basketball_court",
    "living_room",
    "bedroom",
    "bathroom",
    "kitchen",
    "office",
    "bakery",
    "nightclub",
    "train",
    "laundry",
    "dressing_room",
    "recording_studio",
    "greenhouse",
    "barn",
    "subway",
    "rooftop",
    "tatami_room",
    "chalet",
    "alpine_lake",
    "parking",
    "campfire",
    "balcony",
    "yoga_studio",
    "skate_park",
]
"""A supermarket's aisle, shelves of a pharmacy or a boutique, a bar, a cellar with barrels, a stadium, lockers,
a cave, the rail of a yacht's deck, the inside of a car, an airport's hall, a hair salon, a court, rooms of
a home, an office, a bakery, a nightclub, a train, a laundry room, a dressing room, a recording studio, a greenhouse,
a barn, a subway's station, a roof terrace over a city, a room with tatami and shoji screens,
a chalet's deck in the snow, the shore of a lake in the mountains, an underground car park, a campfire among
trees, a balcony over a city, a yoga studio, or a skate park."""
TABLE_PLACES: Final = frozenset(get_args(TablePlace))
"""All of them."""
GROWN_WALLS: Final = frozenset({"flower_wall", "blossom_wall", "leaf_wall"})
"""Walls that are overgrown."""
LIT_PLACES: Final = frozenset({"bar", "nightclub"})
"""Those whose colour is that of their lamps."""
UNLIT_PLACES: Final = TABLE_PLACES - LIT_PLACES
"""All others: where signs of neon are behind, they are not."""
SEEN_WITH: Final = MappingProxyType(
    {
        "supermarket": ("#170200", 0.4),
        "pharmacy": ("#4f5156", 0.3),
        "boutique": ("#272f3f", 0.3),
        "salon": ("#1a221d", 0.3),
        "terminal": ("#ffecbb", 0.4),
        "bar": ("#1c120a", 0.5),
        "cellar": ("#140d08", 0.5),
        "stadium": ("#4a7a38", 0.6),
        "cave": ("#16130f", 0.4),
        "deck": ("#cfe0ea", 0.5),
        "living_room": ("#8a7a68", 0.2),
        "bedroom": ("#e8ddd2", 0.2),
        "bakery": ("#e0b479", 0.3),
        "nightclub": ("#101016", 0.7),
        "train": ("#cfe2f0", 0.6),
        "yoga_studio": ("#efece4", 0.8),
    }
)
"""Place → what its colour is mixed with, as it is seen in the picture, and how much of that is in it."""
_LAMPLIGHT: Final[SetObject] = MappingProxyType({"glow": "pool", "glow_colors": ("#ffdcae",)})
_IN_A_WINDOW: Final[SetObject] = MappingProxyType({"gobo": "panes"})
FROM_ABOVE: Final[Mapping[str, SetObject]] = MappingProxyType(
    {
        **dict.fromkeys(("bedroom", "living_room", "terminal", "train", "yoga_studio"), _IN_A_WINDOW),
        "bakery": {"props": "bread", **_IN_A_WINDOW},
        "bar": {"props": "citrus", **_LAMPLIGHT},
        "barn": {"props": "eggs", "prop_colors": ("#e9d8bb", "#c8996a", "#f1e8d8"), "gobo": "slit"},
        "bathroom": {"props": "leaves", **_IN_A_WINDOW},
        "boutique": {"props": "ribbons"},
        "cave": {"props": "rocks"},
        "cellar": {"props": "grapes", **_LAMPLIGHT},
        "deck": {"props": "shells"},
        "dressing_room": {"props": "cosmetics"},
        "flower_wall": {"props": "flowers"},
        "blossom_wall": {"props": "petals"},
        "greenhouse": {"props": "leaves", "gobo": "leaves"},
        "kitchen": {"props": "citrus", **_IN_A_WINDOW},
        "laundry": {"props": "daisies", **_IN_A_WINDOW},
        "leaf_wall": {"props": "leaves", "gobo": "leaves"},
        "nightclub": {"glow": "tubes", "glow_colors": ("#ff2a9a", "#21b8ff")},
        "office": {"props": "school", **_IN_A_WINDOW},
        "recording_studio": {"glow": "gels", "glow_colors": ("#ffb46a", "#3f7bff")},
        "rooftop": _LAMPLIGHT,
        "salon": {"props": "cosmetics", **_IN_A_WINDOW},
        "tatami_room": {"props": "leaves"},
        "chalet": {"props": "pine"},
        "alpine_lake": {"props": "rocks"},
        "campfire": {"props": "rocks", **_LAMPLIGHT},
        "balcony": {"props": "flowers"},
    }
)
"""Place → the parameters of a flat lay that tell of it, where its product lies and only the table is seen: what lies
beside it, and its light."""
_PAVED: Final[SetObject] = MappingProxyType({"name": "outdoor_ground", "ground": "concrete", "ground_color": "#a5a4a1"})
_CITY: Final[SetObject] = MappingProxyType({"place": "city", "heading_deg": 35.0})
_PARK: Final[SetObject] = MappingProxyType({"place": "park", "heading_deg": -58.0})
_TRAIL: Final[SetObject] = MappingProxyType(
    {"name": "outdoor_ground", "ground": "trail", "ground_color": "#8d7355", "place": "forest", "heading_deg": -70.0}
)
_BARE_BOARDS: Final[SetObject] = MappingProxyType(
    {"name": "room", "style": "loft", "floor": "wood", "floor_color": "#b98a5c", "wall_color": "#efe9df", "rug": False}
)
_SNOWFIELD: Final[SetObject] = MappingProxyType(
    {
        "name": "dunes",
        "ground": "snow",
        "ground_color": "#e3eef6",
        "sky_colors": ("#e2edf5", "#9fc4de"),
        "far": "mountains",
    }
)
LARGE_IN: Final[Mapping[tuple[str, SizeClass], SetObject]] = MappingProxyType(
    {
        ("alpine_lake", SizeClass.FURNITURE): _TRAIL,
        ("alpine_lake", SizeClass.GEAR): _TRAIL,
        ("balcony", SizeClass.FURNITURE): {"name": "room", "style": "terrace", **_CITY},
        ("balcony", SizeClass.GEAR): {**_PAVED, **_CITY},
        ("campfire", SizeClass.FURNITURE): _TRAIL,
        ("campfire", SizeClass.GEAR): _TRAIL,
        ("chalet", SizeClass.FURNITURE): _SNOWFIELD,
        ("chalet", SizeClass.GEAR): _SNOWFIELD,
        ("greenhouse", SizeClass.FURNITURE): {"name": "room", "style": "terrace", **_PARK},
        ("greenhouse", SizeClass.GEAR): {**_PAVED, **_PARK},
        ("rooftop", SizeClass.FURNITURE): {**_PAVED, **_CITY},
        ("rooftop", SizeClass.GEAR): {**_PAVED, **_CITY},
        ("parking", SizeClass.GEAR): {**_PAVED, "place": "warehouse"},
        ("yoga_studio", SizeClass.FURNITURE): _BARE_BOARDS,
        ("yoga_studio", SizeClass.GEAR): _BARE_BOARDS,
        ("skate_park", SizeClass.FURNITURE): {**_PAVED, **_CITY},
        ("skate_park", SizeClass.GEAR): {**_PAVED, **_CITY},
        ("subway", SizeClass.GEAR): {**_PAVED, "place": "warehouse"},
    }
)
"""Place and class of what is too large for tables → the parameters of the set that is most like the place."""
