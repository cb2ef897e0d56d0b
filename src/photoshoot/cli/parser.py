"""The command line's parser: an error is one line, with what was probably meant."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from photoshoot.cli.console import telling_json
from photoshoot.errors import InputError
from photoshoot.known_names import list_words

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command of that name and help."""
_T = TypeVar("_T")
_NEAREST = 3
_EXPANDED = " (files: the shell expands a pattern that is not quoted, '*.jpg')"
_NUMBERS: dict[object, str] = {int: "whole number", float: "number"}


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, where argparse's print all that a command takes."""

    _given: tuple[str, ...] = ()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and leave with 2."""
        dashed = next((word for word in self._given if word.startswith("-") and os.path.lexists(word)), None)
        hint = f"; the file {dashed} is written ./{dashed}" if dashed else ""
        with contextlib.suppress(InputError), telling_json("--json" in self._given):
            raise InputError(f"{message}{hint}")
        self.exit(2, f"{self.prog}: {message}{hint}; see {self.prog} --help\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, but a command refuses at once what it doesn't know, with the options that are near."""
        self._given = tuple(map(str, sys.argv[1:] if args is None else args))
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            near = difflib.get_close_matches(unknown[0].partition("=")[0], self._option_string_actions, n=_NEAREST)
            hint = f" (did you mean {' or '.join(near)}?)" if near else ""
            hint = _EXPANDED if not near and all(map(os.path.lexists, unknown)) else hint
            self.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
        return found, unknown

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse has it, but an output that is full is no success."""
        if file is not None and file is sys.stdout:
            file.write(message)
            file.flush()
        else:
            super()._print_message(message, file)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as error:
            if action.type not in _NUMBERS:
                raise
            raise argparse.ArgumentError(action, f"{arg_string!r} is not a {_NUMBERS[action.type]}") from error

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                action, f"{value!r} is not one of {list_words(value, map(str, action.choices))}"
            )


def reading(read: Callable[[str], _T]) -> Callable[[str], _T]:
    """A reader of an option's text whose own words are told where it refuses; argparse would hide them."""

    def read_text(text: str) -> _T:
        try:
            return read(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read_text
