"""``python -m photoshoot`` is ``photoshoot``."""

from __future__ import annotations

import sys

from photoshoot.cli import main

if __name__ == "__main__":
    sys.exit(main())
