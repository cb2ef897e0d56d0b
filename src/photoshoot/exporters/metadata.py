"""What a file says about its picture: who made it, how, and that it is partly synthetic.

Every format carries an XMP packet with the IPTC digital source type and photoshoot's own record, as JSON; a PNG has the
record once more as a text chunk named ``photoshoot``. Nothing in it depends on the time, the machine or a folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from photoshoot.exporters.shot_record import Json as Json
from photoshoot.exporters.shot_record import write_record
from photoshoot.records import Shot
from photoshoot.settings import ExportSettings

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_OF_NETWORKS = ("diffusion",)
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
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>
<photoshoot:record>{record}</photoshoot:record>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, kw_only=True)
class FileNotes:
    """What a file carries beside its pixels."""

    title: str
    """One line for people."""
    software: str
    """``"photoshoot <version>"``."""
    record: str
    """The shot's record, JSON in ASCII."""
    xmp: bytes
    """The XMP packet, UTF-8."""
    dpi: int
    """Dots per inch."""


def digital_source_type(engine: str) -> str:
    """The IPTC digital source type of an engine's pictures, a URI.

    A photo in a scene that was rendered is a composite with synthetic elements; in one that a trained network painted,
    a composite with trained algorithmic media. Source: IPTC NewsCodes, Digital Source Type.
    """
    trained = engine in _OF_NETWORKS
    return _SOURCE_TYPES + ("compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic")


def describe_shot(shot: Shot, settings: ExportSettings) -> FileNotes:
    """Write down what made a shot and its file. The same shot and settings give the same notes."""
    return write_notes(write_record(shot, settings, f"photoshoot {version('photoshoot')}"))


def write_notes(record: Mapping[str, Any]) -> FileNotes:
    """What a file carries that has this record (see ``write_record``): all of it follows from the record."""
    scene = (record["preset_id"] or "custom scene").replace("_", " ")
    title = _NOT_XML.sub("", f"{record['product']['name']}, {scene}")
    text = json.dumps(record, sort_keys=True, allow_nan=False, separators=(",", ":"))
    xmp = _XMP.format(
        rdf=_declare("rdf"),
        namespaces=" ".join(_declare(prefix) for prefix in NAMESPACES if prefix != "rdf"),
        tool=quoteattr(record["software"]),
        source=digital_source_type(record["engine"]),
        title=_text(title),
        text=_text(record["full_prompt"]),
        record=_text(text),
    )
    software, dpi = record["software"], record["file"]["dpi"]
    return FileNotes(title=title, software=software, record=text, xmp=xmp.encode(), dpi=dpi)


def _declare(prefix: str) -> str:
    return f'xmlns:{prefix}="{NAMESPACES[prefix]}"'


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))
