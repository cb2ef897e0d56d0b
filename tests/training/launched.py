"""A run in one of several processes: ``python -m tests.training.launched BASE OUT``; the first prints its losses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch

from tests.training.runs import QUICK_VALIDATION, run

STEPS = 3


def main() -> None:
    torch.set_num_threads(1)
    base, out = map(Path, sys.argv[1:])
    outcome = run(base, out, batch_size=2, steps=STEPS, validation=QUICK_VALIDATION)
    if torch.distributed.get_rank() == 0:
        sys.stdout.write(json.dumps(outcome.losses))
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main()
