"""Reads the rows of lists: CSV, TSV, JSON lines, Parquet, and feeds of XML, one product a row.

A CSV may have its columns apart by commas or, as spreadsheets write it where numbers have decimal commas, by semicolons
or tabs; it may be UTF-8 or, with a byte order mark, UTF-16, and say ``sep=;`` first. Columns' names are compared
without case.
"""

import codecs
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO, TypeAlias
from xml.etree import ElementTree

from photoshoot.catalogue.columns import OWN, find_columns, plain_name
from photoshoot.errors import MissingExtraError, RecipeError
from photoshoot.records.plain_data import build_object

LIST_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet", ".xml"})
"""What counts as a list."""

Row: TypeAlias = Mapping[str, object]
"""A row's cells, by what ``plain_name`` makes of their columns' names."""

_DELIMITERS = ",;\t"  # of as many the first counts
_SEPARATOR_LINE = "sep="  # what Excel writes first, and reads
_PRODUCTS = ("item", "entry")  # a product's element: in RSS, in Atom


def read_rows(file: Path) -> Iterator[tuple[str, Row]]:
    """Read a list's rows, in its order, each with where it stands, such as ``line 3``.

    Raises:
        RecipeError: It can't be read, or has no photos; names the file, the line or row, and the reason.
        MissingExtraError: A Parquet list needs the extra ``parquet``.
    """
    read = {".parquet": _read_parquet, ".jsonl": _read_json_lines, ".ndjson": _read_json_lines, ".xml": _read_xml}
    try:
        yield from read.get(file.suffix.lower(), _read_csv)(file)
    except UnicodeDecodeError as error:
        raise RecipeError(str(file), "file", "is not UTF-8: save it as that (in spreadsheets: CSV UTF-8)") from error
    except (OSError, csv.Error) as error:
        raise RecipeError(str(file), "file", f"can't be read: {getattr(error, 'strerror', None) or error}") from error


def _read_csv(file: Path) -> Iterator[tuple[str, Row]]:
    with file.open(encoding=_find_encoding(file), newline="") as text:
        skipped, delimiter = _find_delimiter(file, text)
        reader = csv.DictReader(text, delimiter=delimiter, strict=True)
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = _check_names(file, f"line {1 + skipped}", "has no column", names)
        for row in reader:
            yield f"line {reader.line_num + skipped}", row


def _find_encoding(file: Path) -> str:
    with file.open("rb") as opened:
        start = opened.read(len(codecs.BOM_UTF16_LE))
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _find_delimiter(file: Path, text: TextIO) -> tuple[int, str]:
    """How many lines come before the columns' names, to which ``text`` goes, and what those are apart by."""
    head = text.readline()
    if head.lower().startswith(_SEPARATOR_LINE) and (said := head[len(_SEPARATOR_LINE) :].rstrip("\r\n")):
        return 1, said
    text.seek(0)
    return 0, "\t" if file.suffix.lower() == ".tsv" else max(_DELIMITERS, key=head.count)


def _check_names(file: Path, place: str, lacks: str, names: Sequence[str]) -> list[str]:
    plain = list(map(plain_name, names))
    if find_columns(plain) is None:
        raise RecipeError(str(file), place, f"{lacks} '{OWN.photo}', but {', '.join(names) or 'none at all'}")
    return plain


def _read_json_lines(file: Path) -> Iterator[tuple[str, Row]]:
    with file.open(encoding="utf-8-sig") as text:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line, object_pairs_hook=build_object)
            except (ValueError, RecursionError) as error:
                raise RecipeError(str(file), f"line {number}", f"is not JSON: {error}") from error
            if not isinstance(row, dict):
                raise RecipeError(str(file), f"line {number}", "must be an object")
            yield f"line {number}", {plain_name(name): cell for name, cell in row.items()}


def _read_parquet(file: Path) -> Iterator[tuple[str, Row]]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("reading a Parquet list", "parquet") from error
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            names = table.schema_arrow.names
            plain = _check_names(file, "columns", "have no", names)
            needed = (find_columns(plain) or OWN).rename(dict(zip(plain, names, strict=True))).values()
            number = 0
            for batch in table.iter_batches(columns=[name for name in needed if name is not None]):
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", {plain_name(name): cell for name, cell in row.items()}
    except pyarrow.ArrowException as error:
        raise RecipeError(str(file), "file", f"is not Parquet: {error}") from error


def _read_xml(file: Path) -> Iterator[tuple[str, Row]]:
    """The products of a feed, RSS or Atom: an element's name is its column's, whatever its namespace."""
    number = 0
    try:
        for _, element in ElementTree.iterparse(file):
            if _local_name(element) not in _PRODUCTS:
                continue
            number += 1
            row: dict[str, object] = {}
            for cell in element:  # of several photos the first
                row.setdefault(_local_name(cell), cell.text)
            _check_names(file, f"item {number}", "has no column", list(row))
            yield f"item {number}", row
            element.clear()
    except ElementTree.ParseError as error:
        raise RecipeError(str(file), "file", f"is not XML: {error}") from error
    if number == 0:
        raise RecipeError(str(file), "file", f"is no feed: it has no element {' or '.join(_PRODUCTS)}")


def _local_name(element: ElementTree.Element) -> str:
    return plain_name(element.tag.rpartition("}")[2])
