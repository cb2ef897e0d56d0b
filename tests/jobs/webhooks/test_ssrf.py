from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from photoshoot.errors import TargetError
from photoshoot.jobs.webhooks.sender import post as post_message
from photoshoot.jobs.webhooks.ssrf import Target, resolve_target
from tests.jobs.receiver import run_receiver
from tests.jobs.waiting import PATIENCE_S


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",  # 127.0.0.1 as one number
        "0x7f.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # clouds tell secrets there
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
    ],
)
def test_networks_behind_the_server_are_refused(host: str) -> None:
    with pytest.raises(TargetError, match="network"):
        resolve_target(f"http://{host}/hook")


@pytest.mark.parametrize("host", ["93.184.215.14", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]", "[64:ff9b::5db8:d70e]"])
def test_public_addresses_are_let_through(host: str) -> None:
    assert resolve_target(f"https://{host}:8443/hook").addresses == (host.strip("[]"),)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "http://user:pass@93.184.215.14/",
        "http://a b/",
        "http://\x00/",
        "http://[::1",
        "http://93.184.215.14:99999/",
        "http://no-such-host.invalid/",
        "http://x/" + "y" * 3000,
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(TargetError, match="address"):
        resolve_target(url)


@pytest.mark.parametrize("url", ["amqp://me:secret/word@host/", "amqp://me:secret?word@host", "http://h:secret/"])
def test_a_password_that_makes_an_address_unreadable_is_not_repeated(url: str) -> None:
    with pytest.raises(TargetError, match="%-encoded") as refused:
        resolve_target(url)
    assert "secret" not in str(refused.value)


def test_a_name_is_refused_if_any_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(TargetError, match="network"):
        resolve_target("https://example.com/")
    answer_with(monkeypatch, "93.184.215.14", "93.184.215.15")
    assert resolve_target("https://example.com/").addresses == ("93.184.215.14", "93.184.215.15")


def answer_with(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_messages_go_to_the_address_that_was_looked_at() -> None:
    with run_receiver() as receiver:
        port = receiver.server_address[1]
        url = httpx.URL(f"http://shop.example:{port}/hook?of=shop")  # a name that means nothing here

        async def post(*addresses: str) -> int:
            async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
                return await post_message(client, Target(url=url, addresses=addresses), {}, b"{}")

        assert asyncio.run(post("127.0.0.1")) == 200
        assert asyncio.run(post("::1", "127.0.0.1")) == 200
        assert [message.path for message in receiver.messages] == ["/hook?of=shop"] * 2
        assert {message.headers["host"] for message in receiver.messages} == {f"shop.example:{port}"}


def test_a_certificate_must_be_the_names_although_the_connection_goes_to_an_address(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-subj", "/CN=shop.example", "-addext", "subjectAltName=DNS:shop.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, "req", "-x509", "-days", "2", *curve, *name, *files], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with run_receiver() as receiver:
        receiver.socket = server.wrap_socket(receiver.socket, server_side=True)
        port = receiver.server_address[1]

        async def post(host: str) -> int:
            url = httpx.URL(f"https://{host}:{port}/hook")
            async with httpx.AsyncClient(trust_env=False, verify=trusting, timeout=PATIENCE_S) as client:
                return await post_message(client, Target(url=url, addresses=("127.0.0.1",)), {}, b"{}")

        assert asyncio.run(post("shop.example")) == 200
        with pytest.raises(httpx.ConnectError, match="certificate"):
            asyncio.run(post("other.example"))
