"""Networks that lie on the host and come to a device for the time that they work."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def at_work(network: nn.Module, device: torch.device) -> Iterator[None]:
    """Bring a network to a device while it works there; one that lies there stays."""
    home = next(network.parameters()).device
    if home == device:
        yield
        return
    try:
        network.to(device)
        yield
    finally:
        network.to(home)
