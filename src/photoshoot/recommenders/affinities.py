"""What suits which category: the tables of ``presets/affinity.json``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from photoshoot.json_objects import JsonObject, load_json
from photoshoot.recommenders.seasons import Season, parse_season
from photoshoot.records import Category
from photoshoot.sets import SETS, SetDesign, set_name


@dataclass(frozen=True, kw_only=True)
class Affinities:
    """How sets, tags and days of the year suit products."""

    sets: Mapping[Category, Mapping[str, float]]
    """Category → name of a set that does not say it itself → how it suits, 0 to 1."""
    tags: Mapping[Category, Mapping[str, float]]
    """Category → tag → what it adds, -0.2 to 0.2."""
    seasons: Mapping[str, Season]
    """Tag → its time of the year."""

    def suit(self, category: Category, design: SetDesign, tags: Iterable[str]) -> float:
        """How a preset's set and tags suit a category, 0 to 1."""
        own, bonuses = design.suits, self.tags[category]
        base = self.sets[category][set_name(design)] if own is None else own.get(category.value, 0.5)
        value = base + sum(bonuses.get(tag, 0.0) for tag in tags)
        return min(1.0, max(0.0, value))


def load_affinities(file: Path) -> Affinities:
    """Read the tables.

    Raises:
        PresetError: A category, a set or a number is missing or wrong.
    """
    data = JsonObject(file, "", load_json(file), required=("sets", "tags", "seasons"))
    listed = tuple(name for name, kind in SETS.items() if kind.suits is None)
    return Affinities(
        sets={category: _read_row(file, data, "sets", category, listed) for category in Category},
        tags={category: _read_row(file, data, "tags", category) for category in Category},
        seasons=_read_seasons(file, data),
    )


def _read_row(
    file: Path, data: JsonObject, table: str, category: Category, required: tuple[str, ...] | None = None
) -> dict[str, float]:
    """One category's numbers; where ``required`` is given, exactly those names."""
    row: object = data.value(table, dict, {}).get(category.value)
    names = tuple(row) if isinstance(row, dict) and required is None else required or ()
    entry = JsonObject(file, f"{table}.{category.value}", row, required=names)
    return {name: float(entry.value(name, float, 0.0)) for name in names}


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
