"""``python -m photoshoot`` is ``photoshoot``; a shell that asks for presets' ids is answered before commands load."""

import os
import sys

from photoshoot.preset_completion import complete_preset_id


def main() -> int:
    """Run the command line, see ``photoshoot.cli``."""
    if "_ARGCOMPLETE" in os.environ and complete_preset_id():
        return 0
    try:
        from photoshoot import cli

        return cli.main()
    except KeyboardInterrupt:  # while the commands load, before anything catches it
        sys.stderr.write("photoshoot: interrupted\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
