from __future__ import annotations

import pytest

from photoshoot import SettingsError
from photoshoot.jobs import JobSettings


def test_settings_are_above_zero() -> None:
    for name in ("queue_limit", "lease_s", "webhook_tries"):
        with pytest.raises(SettingsError, match=name):
            JobSettings(**{name: 0})  # type: ignore[arg-type]
