"""A run in two processes: ``python -m tests.training.launched BASE OUT``; the first prints its losses.

They are told who they are by variables, as those of ``accelerate launch`` are. The first starts the second once all
that they need is loaded, which takes longer than the run.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import torch

from tests.training.runs import QUICK_VALIDATION, run

STEPS = 3


def main() -> None:
    torch.set_num_threads(1)
    base, out = map(Path, sys.argv[1:])
    second = os.fork()
    os.environ["RANK"] = os.environ["LOCAL_RANK"] = "0" if second else "1"
    outcome = run(base, out, batch_size=2, steps=STEPS, validation=QUICK_VALIDATION)
    if torch.distributed.get_rank() == 0:
        sys.stdout.write(json.dumps(outcome.losses))
    torch.distributed.destroy_process_group()
    if second:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(second, 0)[1]))


if __name__ == "__main__":
    main()
