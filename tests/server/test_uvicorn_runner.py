from __future__ import annotations

import socket

import pytest

from photoshoot import SettingsError
from photoshoot.addresses import take_port, url_of


@pytest.mark.parametrize(("host", "named"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1")])
def test_any_free_port_is_taken_and_named_as_this_machine_reaches_it(host: str, named: str) -> None:
    with take_port(host, 0) as listener:
        assert url_of(listener) == f"http://{named}:{listener.getsockname()[1]}"


def test_a_port_that_is_taken_and_a_host_that_is_none_are_refused_by_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError) as refused:
        take_port("127.0.0.1", taken.getsockname()[1])
    assert refused.value.name == "port"
    with pytest.raises(SettingsError, match="0 to 65535") as refused:
        take_port("127.0.0.1", 99_999)
    assert refused.value.name == "port"
    with pytest.raises(SettingsError) as refused:
        take_port("no-such-host.invalid", 0)
    assert refused.value.name == "host"
