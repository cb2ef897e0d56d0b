"""``python -m photoshoot.demo [PHOTO]``: six pictures of an example product, or of yours, on any system."""

import sys

from photoshoot.cli import main
from photoshoot.files import find_data


def run(words: list[str]) -> int:
    """Shoot into ``out/demo``, and return the exit code of ``photoshoot shoot``.

    Args:
        words: Photos; none: the example that comes with the library.
    """
    photos = words or [str(find_data("examples") / "bottle.jpg")]
    return main(["shoot", *photos, "--out", "out/demo", "--sheet", "--seed", "7"])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
