"""The contact sheet of a catalogue: HTML pages that open from the disk, with relative links and nothing foreign."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from photoshoot.catalogue.outcomes import MadeShot
from photoshoot.catalogue.report import CSV_NAME, JSON_LINES_NAME, Row
from photoshoot.catalogue.store import Record
from photoshoot.files import AtomicFiles

INDEX_NAME: Final = "index.html"
PRODUCTS_A_PAGE: Final = 200

_SHOWN_AREA_PX = 62_000  # of every picture, whatever its shape

_STYLE = """
:root{--paper:#fbfaf8;--card:#fff;--ink:#1d1c1a;--soft:#6d6962;--line:#e2dfd9;--bad:#a3352b;--badpaper:#fbeeec}
@media(prefers-color-scheme:dark){:root{--paper:#191816;--card:#22211e;--ink:#efece6;--soft:#a39d93;--line:#35332f;
--bad:#f0938a;--badpaper:#3a2421}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1680px;padding:40px clamp(16px,4vw,64px) 72px;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{margin:0;font-size:30px;font-weight:650;letter-spacing:-.02em;overflow-wrap:anywhere}
header p,footer{color:var(--soft);margin:6px 0 0}
a{color:inherit;text-decoration-color:var(--line);text-underline-offset:3px}a:hover{text-decoration-color:currentColor}
.failed{margin:28px 0 0;padding:14px 20px;border-radius:10px;background:var(--badpaper)}
.failed summary{cursor:pointer;font-weight:600;color:var(--bad)}
.failed dl{display:grid;grid-template-columns:minmax(8em,max-content) 1fr;gap:4px 20px;margin:12px 0 4px}
.failed dt{font-weight:600;overflow-wrap:anywhere}.failed dd{margin:0;color:var(--soft);overflow-wrap:anywhere}
section{margin-top:40px}
h2{margin:0 0 12px;padding-top:14px;font-size:18px;
font-weight:620;border-top:1px solid var(--line)}
h2::first-letter{text-transform:uppercase}
h2 small{margin-left:8px;font-size:13px;font-weight:400;color:var(--soft);overflow-wrap:anywhere}
.shots{display:flex;flex-wrap:wrap;gap:22px 20px;align-items:flex-start}
figure{margin:0;max-width:100%}figure img{display:block;width:100%;height:auto;border-radius:6px;background:var(--card);
box-shadow:0 0 0 1px var(--line);transition:box-shadow .15s}
figure a:hover img{box-shadow:0 0 0 1px var(--soft),0 6px 22px rgb(0 0 0/.14)}
figcaption{margin-top:8px;font-size:13px;line-height:1.45;color:var(--soft)}
figcaption b{display:block;font-weight:560;color:var(--ink);overflow-wrap:anywhere}
figcaption b::first-letter{text-transform:uppercase}
.gate{color:var(--bad);font-weight:600}
nav{display:flex;gap:16px;margin-top:40px;padding-top:16px;border-top:1px solid var(--line)}
footer{margin-top:48px;font-size:13px}
"""


def write_pages(out: Path, title: str, rows: Sequence[Row]) -> None:
    """Write ``index.html``, and ``index-2.html`` and so on for more than 200 products; all of them or none.

    Args:
        out: The catalogue's folder.
        title: The heading.
        rows: Every product, in order.

    Raises:
        ExportError: They can't be written.
    """
    made = [(row, row.record) for row in rows if row.record is not None]
    failed = [row for row in rows if row.failure is not None]
    starts = range(0, max(1, len(made)), PRODUCTS_A_PAGE)
    with AtomicFiles() as files:
        for number, start in enumerate(starts, 1):
            parts = [_head(title, rows), _failures(failed) if number == 1 else ""]
            parts += [_product(row, record) for row, record in made[start : start + PRODUCTS_A_PAGE]]
            parts += [_navigation(number, len(starts)), _foot()]
            files.write(out / _page_name(number), "".join(parts).encode())


def _page_name(number: int) -> str:
    return INDEX_NAME if number == 1 else f"index-{number}.html"


def _head(title: str, rows: Sequence[Row]) -> str:
    records = [row.record for row in rows if row.record is not None]
    shots, failed = sum(len(record.shots) for record in records), sum(row.failure is not None for row in rows)
    facts = [_count(len(records), "product"), _count(shots, "picture")]
    facts += [f"{failed} failed"] * (failed > 0)
    unmade = len(rows) - len(records) - failed
    facts += [f"{unmade} not made yet"] * (unmade > 0)
    gate = sum(record.failed_gate for record in records)
    facts += [f"{gate} did not pass the quality gate"] * (gate > 0)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><header><h1>{escape(title)}</h1><p>{' · '.join(facts)}</p></header>\n"
    )


def _failures(failed: Sequence[Row]) -> str:
    if not failed:
        return ""
    lines = "".join(
        f"<dt>{escape(row.item.id)}</dt><dd>{escape(row.failure.message)}</dd>" for row in failed if row.failure
    )
    return f'<details class="failed" open><summary>{len(failed)} failed</summary><dl>{lines}</dl></details>\n'


def _product(row: Row, record: Record) -> str:
    figures = "".join(_figure(row.item.folder, shot) for shot in record.shots)
    name = f"{escape(record.product_name)} <small>{escape(row.item.id)}</small>"
    return f'<section><h2>{name}</h2><div class="shots">{figures}</div></section>\n'


def _figure(folder: str, shot: MadeShot) -> str:
    name = escape((shot.preset_id or shot.prompt.strip(" ,")).replace("_", " "))
    width = round(math.sqrt(_SHOWN_AREA_PX * shot.width_px / shot.height_px))
    gate = '<span class="gate">did not pass the quality gate</span><br>' if not shot.passed else ""
    links = " ".join(_link(folder, file) for file in shot.files)
    label = escape(shot.label.replace("_", " "))
    return (
        f'<figure style="width:{width}px"><a href="{_url(folder, shot.files[0])}"><img loading="lazy" decoding="async" '
        f'src="{_url(folder, shot.thumbnail)}" width="{shot.width_px}" height="{shot.height_px}" alt="{name}"></a>'
        f"<figcaption><b>{name}</b>{gate}{label}, {shot.width_px} × {shot.height_px} · {links}</figcaption></figure>"
    )


def _link(folder: str, file: str) -> str:
    return f'<a href="{_url(folder, file)}">{escape(file.rpartition(".")[2].upper())}</a>'


def _url(folder: str, file: str) -> str:
    return escape(quote(f"{folder}/{file}"))


def _navigation(number: int, count: int) -> str:
    if count == 1:
        return ""
    links = [
        f"<b>{page}</b>" if page == number else f'<a href="{_page_name(page)}">{page}</a>'
        for page in _near(number, count)
    ]
    return f"<nav>{' '.join(links)}</nav>\n"


def _near(number: int, count: int) -> Iterator[int]:
    """The pages that a page links to: the first, the last, and those round it."""
    yield from (page for page in range(1, count + 1) if page in (1, count) or abs(page - number) <= 4)


def _foot() -> str:
    links = ", ".join(f'<a href="{name}">{name}</a>' for name in (CSV_NAME, JSON_LINES_NAME))
    return f"<footer>Every product, made or not: {links}</footer></body></html>\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
