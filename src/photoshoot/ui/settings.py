"""How the page is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from photoshoot.addresses import LOOPBACK
from photoshoot.errors import SettingsError
from photoshoot.settings import Range, check_fields


@dataclass(frozen=True, kw_only=True)
class UiSettings:
    """How the page is served, and where its sessions are kept."""

    host: str = "127.0.0.1"
    """Address to listen on; any other than loopback wants a password."""
    port: Annotated[int, Range(0, 65535)] = 7860
    """Port to listen on; 0: a free one."""
    folder: Path = Path("photoshoot-ui")
    """Where photos, sessions and pictures are kept."""
    engine: str = "studio"
    """What makes the pictures: ``"studio"``, or a diffusion engine whose weights are here."""
    device: str = "auto"
    """Where networks run, see ``Photoshoot.of``."""
    user: str = "photoshoot"
    """The name that goes with the password."""
    root_path: str = ""
    """What a proxy takes off the beginning of addresses before they come here, such as ``/studio``; empty: nothing."""
    password: str | None = None
    """What the page is opened with. None: nothing is asked, and only loopback is bound."""
    allowed_hosts: tuple[str, ...] = ()
    """Names beside loopback's by which a browser may ask for a page without a password, such as a proxy's."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.password is None and self.host not in LOOPBACK:
            raise SettingsError("host", self.host, f"{LOOPBACK[0]}, or a password beside it: others reach this address")
        if self.root_path and (self.root_path[0] != "/" or self.root_path[-1] == "/"):
            raise SettingsError("root_path", self.root_path, "a path such as /studio, with no slash at its end")
        if self.password == "":
            raise SettingsError("password", self.password, "at least one letter")
