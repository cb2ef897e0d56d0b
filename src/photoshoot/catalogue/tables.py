"""Reads settings out of a table of a file: every key is checked by the record's own annotations."""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from photoshoot.errors import RecipeError, SettingsError, UnknownNameError
from photoshoot.json_objects import JsonObject

_Record = TypeVar("_Record")


def read_record(file: Path, path: str, data: object, kind: type[_Record]) -> _Record:
    """Make a settings record of a table whose keys are the record's fields; what is left out keeps its default.

    Args:
        file: The file it stands in, for messages.
        path: The table's name.
        data: The decoded table.
        kind: A dataclass whose fields are numbers, texts, switches, choices, or tuples of whole numbers.

    Raises:
        RecipeError: A key is unknown, or its value is not what the field takes.
    """
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(typing.cast(Any, kind))]
    table = JsonObject(file, path, data, required=(), optional=names, complaint=RecipeError)
    values = {name: read_value(table, name, hints[name]) for name in table.keys}
    try:
        return kind(**values)
    except SettingsError as error:
        raise table.error(error.name, str(error)) from error


def read_value(table: JsonObject, name: str, hint: Any) -> Any:
    """A key's value as an annotation has it.

    Raises:
        RecipeError: It is of another type.
    """
    if isinstance(hint, types.UnionType):
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    value = table.value(name, object, None)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value not in list(hint):
            raise table.error(name, str(UnknownNameError("choice", str(value), list(hint))))
        return hint(str(value))
    if typing.get_origin(hint) is tuple:
        return _read_numbers(table, name, len(typing.get_args(hint)))
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise table.error(name, f"must be of type {hint.__name__}, not {value!r}")
    return value


def _read_numbers(table: JsonObject, name: str, count: int) -> tuple[int, ...]:
    values = table.value(name, list, [])
    if len(values) != count or not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        raise table.error(name, f"must be {count} whole numbers, not {values!r}")
    return tuple(values)
