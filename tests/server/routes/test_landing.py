"""The page at the service's root."""

from __future__ import annotations

import re

import httpx


def test_the_root_is_a_page_for_whoever_comes_by(client: httpx.Client) -> None:
    page = client.get("/", headers={"x-api-key": "", "x-api-secret": ""})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'lang="en"' in page.text
    assert "prefers-color-scheme: dark" in page.text
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405


def test_what_it_names_is_there(client: httpx.Client) -> None:
    links = re.findall(r'href="([^"]*)"', client.get("/").text)
    assert {"docs", "healthz", "readyz"} <= set(links)
    for link in links:
        assert client.get(f"/{link}").status_code == 200, link


def test_it_loads_nothing(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not re.search(r"https?:|//|url\(|@import|<(script|img|link|iframe)", page.text)
