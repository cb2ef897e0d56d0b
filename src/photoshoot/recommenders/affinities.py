"""What suits which category: the tables of ``presets/affinity.json``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.framing.holding import Holding
from photoshoot.recommenders.seasons import OF_THE_YEAR, Season, parse_season
from photoshoot.records import Category, Product
from photoshoot.sets import SETS, SetDesign, hold, set_name
from photoshoot.sets.design import SMALL
from photoshoot.settings import SizeClass, Stance


@dataclass(frozen=True, kw_only=True)
class Affinities:
    """How sets, tags and days of the year suit products."""

    sets: Mapping[Category, Mapping[str, float]]
    """Category → name of a set that does not say it itself → how it suits, 0 to 1."""
    tags: Mapping[Category, Mapping[str, float]]
    """Category → tag → what it adds, -0.2 to 0.2."""
    seasons: Mapping[str, Season]
    """Tag → its time of the year."""
    worn: Mapping[str, float]
    """Name of a set → how it suits a garment that a person wears, 0 to 1; others hardly do: who wears it stands."""
    kinds: Mapping[str, Mapping[str, float]]
    """Noun → tag → what it adds for products of that name, beside what its category has, -0.3 to 0.3."""

    def suit(self, category: Category, design: SetDesign, tags: Iterable[str]) -> float:
        """How a preset's set and tags suit a category, 0 to 1."""
        own, bonuses = design.suits, self.tags[category]
        base = self.sets[category][set_name(design)] if own is None else own.get(category.value, 0.5)
        value = base + sum(bonuses.get(tag, 0.0) for tag in tags)
        return min(1.0, max(0.0, value)) * (_KEPT_OUT if category.value in design.misfits else 1.0)

    def suit_product(self, product: Product, holding: Holding, design: SetDesign, tags: Iterable[str]) -> float:
        """How a preset suits a product, 0 to 1: as ``suit_size``, with what its own kind adds.

        A camera is electronics, but travels; a monitor stays on its desk.
        """
        suits = self.suit_size(holding, design, tags)
        by_shape = holding.size.size_class is SizeClass.FURNITURE and holding.size.noun is None
        kind = self._find_kind("furniture" if by_shape else product.name)
        bonus = sum(kind.get(tag, 0.0) for tag in tags)
        return min(1.0, max(0.0, suits * (1 + bonus)))

    def _find_kind(self, name: str) -> Mapping[str, float]:
        """The row of the longest noun that a name ends with: "Nikon D300 camera" is a camera."""
        known = [noun for noun in self.kinds if name == noun or name.endswith(f" {noun}")]
        return self.kinds[max(known, key=len)] if known else {}

    def suit_size(self, holding: Holding, design: SetDesign, tags: Iterable[str]) -> float:
        """How a preset's set and tags suit a product, 0 to 1: as ``suit``, where the set takes things of its size.

        What stands on no table suits the sets that are built to its scale; the others that take it come next.
        """
        category, size_class = holding.category, holding.size.size_class
        if holding.worn:
            return _NO_PLACE_FOR_PEOPLE if design.afloat else self.worn.get(set_name(design), _NO_PLACE_FOR_PEOPLE)
        value = self.suit(category, design, tags)
        stance = holding.find_stance(design)
        if size_class in SMALL:
            if holding.topples and stance is Stance.LYING is design.only_stance and category.stance is not stance:
                value = min(1.0, value + _MADE_FOR_IT)
            return value if design.takes(size_class) or not design.eye_m else _MISPLACED * value
        held = hold(design, stance)
        if not held.takes(size_class):
            return _MISPLACED * value
        bonus = sum(self.tags[category].get(tag, 0.0) for tag in tags)
        return min(1.0, max(0.0, (_TO_SCALE if design.eye_m and design.takes(size_class) else _ON_FLOOR) + 0.5 * bonus))


_MISPLACED = 0.15
"""Times how well a set suits that does not take a product of its size: another would be built in its place."""
_TO_SCALE, _ON_FLOOR = 0.92, 0.55
"""How well sets suit large things that are built to their scale, and others that take them."""
_KEPT_OUT = 0.3
"""Times how well a set suits what its parameters keep out."""
_NO_PLACE_FOR_PEOPLE = 0.05
"""How well sets suit a person where the table of them says nothing."""
_MADE_FOR_IT = 0.25
"""Added for a set where all lies, where a product of a kind that stands can't."""


def load_affinities(file: Path) -> Affinities:
    """Read the tables.

    Raises:
        PresetError: A category, a set or a number is missing or wrong.
    """
    data = JsonObject(file, "", load_json(file), required=("sets", "tags", "seasons"), optional=("kinds", "worn"))
    listed = tuple(name for name, kind in SETS.items() if kind.suits is None)
    return Affinities(
        sets={category: _read_row(file, data, "sets", category, listed) for category in Category},
        tags={category: _read_row(file, data, "tags", category) for category in Category},
        seasons=_read_seasons(file, data),
        worn=_read_worn(file, data),
        kinds={noun: _read_row(file, data, "kinds", noun) for noun, row in data.value("kinds", dict, {}).items()},
    )


def list_holidays(tags: Iterable[Iterable[str]]) -> list[str]:
    """The holidays that presets' tags name, in the order of the year as ``presets/affinity.json`` has it."""
    known = {tag for preset in tags for tag in preset}
    seasons = load_affinities(find_data("presets") / "affinity.json").seasons
    return [name for name in seasons if name in known and name not in OF_THE_YEAR]


def _read_row(
    file: Path, data: JsonObject, table: str, category: str, required: tuple[str, ...] | None = None
) -> dict[str, float]:
    """The numbers of a category or a noun; where ``required`` is given, exactly those names."""
    row: object = data.value(table, dict, {}).get(category)
    names = tuple(row) if isinstance(row, dict) and required is None else required or ()
    entry = JsonObject(file, f"{table}.{category}", row, required=names)
    return {name: float(entry.value(name, float, 0.0)) for name in names}


def _read_worn(file: Path, data: JsonObject) -> dict[str, float]:
    row = data.value("worn", dict, {})
    if unknown := sorted(set(row) - set(SETS)):
        raise data.error("worn", f"{unknown[0]!r} is no set")
    entry = JsonObject(file, "worn", row, required=tuple(row))
    return {name: float(entry.value(name, float, 0.0)) for name in row}


def _read_seasons(file: Path, data: JsonObject) -> dict[str, Season]:
    seasons: dict[str, Season] = {}
    for tag, days in data.value("seasons", dict, {}).items():
        entry = JsonObject(file, f"seasons.{tag}", days, required=("from", "to"), optional=("reach", "undated"))
        try:
            reach, undated = entry.value("reach", float, 1.0), entry.value("undated", float, 0.0)
            seasons[tag] = parse_season(entry.text("from"), entry.text("to"), reach=reach, undated=undated)
        except ValueError as error:
            raise entry.error("from", f"{days} are not two days as MM-DD") from error
    return seasons
