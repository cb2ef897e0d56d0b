"""XMP packets: what made a picture, as a file carries it."""

from __future__ import annotations

import base64
import json
import lzma
import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from photoshoot.records.plain_data import Json

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshoot": "urn:photoshoot:record:1#",
}
"""XMP prefixes. Sources: XMP specification part 1; IPTC Photo Metadata Standard; the last is photoshoot's own."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't hold. Source: XML 1.0, production 2."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {rdf}><rdf:Description rdf:about="" {namespaces}
 xmp:CreatorTool={tool} Iptc4xmpExt:DigitalSourceType="{source}">
{about}<photoshoot:record>{record}</photoshoot:record>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ABOUT = """<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>
"""
_MOST_BYTES: Final = 65_502
"""Longest packet that a JPEG holds. Source: XMP specification part 3, 1.1.3."""
_PACKED: Final = "xz:"
"""What a record begins with that was too long to be written out; its JSON, by LZMA, follows in base64."""
_MOST_TOLD: Final = 1000
"""Characters for people, each of title and prompt, beside a packed record."""
_MOST_UNPACKED: Final = 2**22


def write_xmp(record: str, software: str, source: str, *, title: str, about: str | None) -> bytes:
    """A packet that every format can hold: where texts are long, the record is packed.

    Args:
        record: JSON in ASCII.
        software: What wrote the file.
        source: Digital source type, a URI.
        title: One line for people.
        about: The prompt, for people. None: neither is written.
    """

    def write(text: str, most: int | None = None) -> bytes:
        told = "" if about is None else _ABOUT.format(title=_write_text(title[:most]), text=_write_text(about[:most]))
        return _XMP.format(
            rdf=_declare("rdf"),
            namespaces=" ".join(_declare(prefix) for prefix in NAMESPACES if prefix != "rdf"),
            tool=quoteattr(software),
            source=source,
            about=told,
            record=_write_text(text),
        ).encode()

    packet = write(record)
    if len(packet) <= _MOST_BYTES:
        return packet
    return write(_PACKED + base64.b64encode(lzma.compress(record.encode())).decode(), _MOST_TOLD)


def read_xmp(xmp: bytes | str) -> tuple[Mapping[str, Json], str]:
    """The record and the digital source type of a packet.

    Raises:
        ValueError: It holds no record.
    """
    about = ElementTree.fromstring(xmp).find("rdf:RDF/rdf:Description", NAMESPACES)
    record = None if about is None else about.findtext("photoshoot:record", None, NAMESPACES)
    if about is None or record is None:
        raise ValueError("its XMP holds none")
    return json.loads(_unpack(record)), about.attrib[f"{{{NAMESPACES['Iptc4xmpExt']}}}DigitalSourceType"]


def clean_text(value: str) -> str:
    """A text without what XML can't hold."""
    return _NOT_XML.sub("", value)


def _unpack(record: str) -> str:
    if not record.startswith(_PACKED):
        return record
    try:
        packed = base64.b64decode(record.removeprefix(_PACKED))
        return lzma.LZMADecompressor().decompress(packed, _MOST_UNPACKED).decode()
    except lzma.LZMAError as error:
        raise ValueError("its record is damaged") from error


def _declare(prefix: str) -> str:
    return f'xmlns:{prefix}="{NAMESPACES[prefix]}"'


def _write_text(value: str) -> str:
    return escape(clean_text(value))
