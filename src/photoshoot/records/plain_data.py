"""Frozen records to plain data and back: the data of files, databases and requests becomes validated records.

A record is a dataclass of numbers, texts, switches, choices, paths, tuples and further records. Every key is checked by
the record's own annotations, and its own ``__post_init__`` has the last word.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

from photoshoot.errors import InputError, PhotoshootError, SettingsError, UnknownNameError
from photoshoot.known_names import list_words, show_value

if typing.TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError
    from pydantic_core import ErrorDetails

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""What JSON can say."""
Complaint: TypeAlias = "Callable[[str, str, str], InputError]"
"""Makes an error of where the data stands, the key, and the reason; ``RecipeError`` and ``PresetError`` are some."""
_Record = TypeVar("_Record")
_Place: TypeAlias = "tuple[int | str, ...]"


@dataclass(frozen=True)
class PlainForm:
    """How a field is written that is no plain data, and how it is read back; stands in its ``Annotated``."""

    read: Callable[[Any], Any]
    """Makes the field's value; what it refuses, it refuses with an ``InputError``."""
    write: Callable[[Any], Json]
    """Makes plain data of the value."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> Any:
        """What pydantic asks of an annotation."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)


def read_record(kind: type[_Record], data: object, *, where: str, complaint: Complaint, key: str = "") -> _Record:
    """Make a record of an object whose keys are the record's fields; what is left out keeps its default.

    Nothing is converted but what JSON can't say: texts become choices and paths, arrays tuples, whole numbers numbers.

    Args:
        kind: The record's dataclass.
        data: The decoded object.
        where: The file or table that it stands in, for messages.
        complaint: What is raised: made of ``where``, the key such as ``"engine.loras[0].weight"``, and the reason.
        key: The object's own key in the file; empty for the file's whole object.

    Raises:
        InputError: A ``complaint``: a key is unknown or missing, or its value is not what the field takes.
    """
    from pydantic import ValidationError  # half of what importing photoshoot takes

    if not isinstance(data, Mapping):
        raise complaint(where, key or "file", f"must be an object, not {show_value(data)}")
    try:
        record: _Record = _adapter(typing.cast(Any, kind)).validate_json(json.dumps([data], default=str))[0]
    except (ValidationError, RecursionError) as error:
        place, reason = _explain(kind, data, error)
        raise complaint(where, _name((*([key] if key else []), *place)) or "file", reason) from error
    return record


def build_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object of JSON in which each key has one value: of several, nobody knows which is meant.

    Args:
        pairs: Keys and values as they were written, from the ``object_pairs_hook`` of ``json.loads``. Keys that differ
            by case alone are one; the same value twice counts once.

    Raises:
        RepeatedKeyError: A key has several values.
    """
    found: dict[str, Json] = {}
    for key, value in pairs:
        if found.setdefault(key.lower(), value) != value:
            raise RepeatedKeyError(key)
    return dict(pairs)


class RepeatedKeyError(ValueError):
    """An object of JSON has several values of one ``key``."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the key {key!r} is given more than once")


def to_plain(record: object) -> dict[str, Json]:
    """A record as an object of plain data, each field under its name; ``read_record`` reads it back.

    Numbers stay what they are: a whole number in a field of numbers is written without a fraction.

    Args:
        record: A dataclass's instance.
    """
    forms = _list_forms(typing.cast(Any, type(record)))
    return {name: write(getattr(record, name)) for name, write in forms.items()}


@cache
def _list_forms(kind: Any) -> Mapping[str, Callable[[Any], Json]]:
    """How each field is written."""
    hints = typing.get_type_hints(kind, include_extras=True)
    extras = {field.name: getattr(hints[field.name], "__metadata__", ()) for field in dataclasses.fields(kind)}
    return {
        name: next((extra.write for extra in found if isinstance(extra, PlainForm)), _write)
        for name, found in extras.items()
    }


def _write(value: Any) -> Json:
    if dataclasses.is_dataclass(value):
        return to_plain(value)
    if isinstance(value, Mapping):
        return {str(name): _write(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_write(item) for item in value]
    if isinstance(value, Enum):
        plain: Json = value.value
        return plain
    return value if isinstance(value, str | int | float | None) else str(value)


def read_docs(kind: type) -> dict[str, str]:
    """What stands under each field in a record's source, its bases' first; a record stands at its module's top."""
    owners = reversed([one for one in kind.__mro__ if dataclasses.is_dataclass(one)])
    return {name: text for owner in owners for name, text in _docs_of(owner.__module__)[owner.__qualname__].items()}


@cache
def _docs_of(module: str) -> Mapping[str, Mapping[str, str]]:
    """The same of all classes of a module, whose source is parsed once."""
    import ast
    import inspect  # only help and documents need what is in sources

    docs: dict[str, dict[str, str]] = {}
    for owner in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(owner, ast.ClassDef):
            own = docs[owner.name] = {}
            for field, below in itertools.pairwise(owner.body):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                        own[name] = " ".join(text.split())
    return docs


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Of a tuple of one, since settings of the reader are not taken over by a dataclass that stands alone."""
    from pydantic import ConfigDict, TypeAdapter

    row: Any = types.GenericAlias(tuple, (kind,))
    return TypeAdapter(row, config=ConfigDict(extra="forbid", strict=True))


def _find_deepest(data: object) -> _Place:
    """The key whose value is nested deepest."""

    def measure(key: str) -> int:
        level, depth = [mapping[key]], 0
        while level := [one for outer in level if isinstance(outer, list | dict) for one in _list_inner(outer)]:
            depth += 1
        return depth

    mapping = data if isinstance(data, dict) else {}
    return (max(mapping, key=measure),) if mapping else ()


def _list_inner(outer: list[Any] | dict[str, Any]) -> Iterable[Any]:
    return outer.values() if isinstance(outer, dict) else outer


def _explain(kind: type, data: object, error: ValidationError | RecursionError) -> tuple[_Place, str]:
    """(where in the record, why) of the first thing that is wrong; a key that is unknown goes first."""
    if isinstance(error, RecursionError):
        return _find_deepest(data), "is nested too deeply"
    found = error.errors(include_url=False)
    first = next((one for one in found if one["type"] == "unexpected_keyword_argument"), found[0])
    place: _Place = first["loc"][1:]
    if first["type"] == "unexpected_keyword_argument":
        owner = _hint(kind, place[:-1])
        names = [field.name for field in dataclasses.fields(owner)] if dataclasses.is_dataclass(owner) else []
        return place, str(UnknownNameError("key", str(place[-1]), names))
    if first["type"] == "json_invalid":
        broken = _find_broken(data)
        if broken is None:
            return _find_deepest(data), "is nested too deeply"
        return broken, "has broken characters (lone surrogates)"
    if first["type"] == "value_error":
        return _blame(kind, place, first["ctx"]["error"])
    if first["type"] in ("missing", "too_long") and (row := _row(kind, place)) is not None:
        return row
    if first["type"] == "enum":
        return (
            place,
            f"must be {list_words(first['input'], map(str, _hint(kind, place)))}, not {show_value(first['input'])}",
        )
    return place, "is missing" if first["type"] == "missing" else _reword(first)


def _find_broken(data: object, depth: int = 0) -> _Place | None:
    """Where the first text is that no JSON can hold: a file's name that is no UTF-8, half of a pair; None: nowhere."""
    if isinstance(data, str):
        return () if any("\ud800" <= character <= "\udfff" for character in data) else None
    if depth > _DEEPEST:
        return None
    for step, item in data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ():
        if _find_broken(str(step)) is not None:
            return ()
        if (place := _find_broken(item, depth + 1)) is not None:
            return (step, *place)
    return None


_DEEPEST: Final = 20
"""How deep in data broken characters are looked for; no record holds others so deep."""


def _blame(kind: type, place: _Place, reason: Exception) -> tuple[_Place, str]:
    """What a record's own check complained of, by the field's key where it names one."""
    owner = _hint(kind, place)
    if isinstance(reason, SettingsError) and dataclasses.is_dataclass(owner):
        names = reason.name.split(".")  # such as "optimizer.warmup_steps": a field's own field
        place = (*place, *names) if names[0] in {field.name for field in dataclasses.fields(owner)} else place
    return place, str(reason) if isinstance(reason, PhotoshootError) else f"is not allowed: {reason}"


def _row(kind: type, place: _Place) -> tuple[_Place, str] | None:
    """The complaint about a row of values that is too short or too long; None where it is none."""
    for end in (place, place[:-1]):
        parts = typing.get_args(hint) if typing.get_origin(hint := _hint(kind, end)) is tuple else ()
        if parts and Ellipsis not in parts:
            numbers = {int: "whole numbers", float: "numbers"}.get(parts[0], "values")
            return end, f"must be {len(parts)} {numbers}"
    return None


def _reword(error: ErrorDetails) -> str:
    return f"{error['msg'].replace('Input should', 'must')}, not {show_value(error['input'])}"


def _hint(kind: Any, place: Sequence[int | str]) -> Any:
    """The annotation of a field that is somewhere in a record."""
    for step in place:
        if dataclasses.is_dataclass(kind):
            kind = typing.get_type_hints(kind).get(str(step))
        else:
            parts = typing.get_args(kind)
            kind = parts[0] if parts else None
        if isinstance(kind, types.UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not type(None))
    return kind


def _name(place: Sequence[int | str]) -> str:
    """``("engine", "loras", 0, "path")`` as ``"engine.loras[0].path"``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
