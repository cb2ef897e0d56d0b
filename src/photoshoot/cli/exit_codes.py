"""What the exit codes mean."""

from photoshoot.errors import (
    DeviceError,
    ExportError,
    InputError,
    MissingExtraError,
    NoProductFoundError,
    PhotoshootError,
    ProductDoesNotFitError,
    UnknownJobError,
    WeightsError,
)

DONE, FAILED, WRONG_INPUT, NO_PRODUCT, NOT_EQUIPPED, NOT_WRITTEN, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

EXIT_CODES = """\
exit codes:
  0    done
  1    some shots failed, or an internal error
  2    wrong arguments, photo, preset, prompt, setting or id
  3    no product found in the photo, or it does not fit the picture
  4    an optional part, weights or a device is missing
  5    a file can't be written
  130  interrupted"""
"""For ``--help``."""

_CODES: tuple[tuple[type[PhotoshootError], int], ...] = (
    (InputError, WRONG_INPUT),
    (UnknownJobError, WRONG_INPUT),
    (NoProductFoundError, NO_PRODUCT),
    (ProductDoesNotFitError, NO_PRODUCT),
    (MissingExtraError, NOT_EQUIPPED),
    (WeightsError, NOT_EQUIPPED),
    (DeviceError, NOT_EQUIPPED),
    (ExportError, NOT_WRITTEN),
)


def exit_code(error: PhotoshootError) -> int:
    """The exit code of an error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), FAILED)
