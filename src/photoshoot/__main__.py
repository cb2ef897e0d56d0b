"""``python -m photoshoot`` is ``photoshoot``; a shell that asks for presets' ids is answered before commands load."""

import atexit
import gc
import os
import sys

from photoshoot.preset_completion import complete_preset_id


def main() -> int:
    """Run the command line, see ``photoshoot.cli``."""
    atexit.register(gc.freeze)  # else Python looks through all there is before it ends: with torch, for over a second
    if "_ARGCOMPLETE" in os.environ and complete_preset_id():
        return 0
    try:
        from photoshoot.machine.process_state import loading

        with loading():
            from photoshoot import cli

        return cli.main()
    except KeyboardInterrupt:  # while the commands load, before anything catches it
        sys.stderr.write("photoshoot: interrupted\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
