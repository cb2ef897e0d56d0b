"""``python -m photoshoot`` is ``photoshoot``."""

import sys

from photoshoot.cli import main

if __name__ == "__main__":
    sys.exit(main())
