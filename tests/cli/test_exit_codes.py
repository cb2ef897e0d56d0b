"""Every error ends in a code that ``--help`` explains."""

from __future__ import annotations

import re

import pytest

from photoshoot import errors
from photoshoot.cli.exit_codes import EXIT_CODES, FAILED, NO_PRODUCT, NOT_EQUIPPED, NOT_WRITTEN, WRONG_INPUT, exit_code
from photoshoot.errors import PhotoshootError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PhotoshootError)]
CODES = {
    errors.InputError: WRONG_INPUT,
    errors.UnknownJobError: WRONG_INPUT,
    errors.NoProductFoundError: NO_PRODUCT,
    errors.ProductDoesNotFitError: NO_PRODUCT,
    errors.MissingExtraError: NOT_EQUIPPED,
    errors.WeightsError: NOT_EQUIPPED,
    errors.DeviceError: NOT_EQUIPPED,
    errors.ExportError: NOT_WRITTEN,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_has_the_code_of_its_nearest_ancestor(kind: type[PhotoshootError]) -> None:
    error = kind.__new__(kind)  # what it says is not looked at
    expected = next((CODES[each] for each in kind.__mro__ if each in CODES), FAILED)
    assert exit_code(error) == expected
    assert str(expected) in re.findall(r"^  (\d+) ", EXIT_CODES, re.MULTILINE)
