"""What a file says about its picture: who made it, how, and that it is partly synthetic.

Every format carries an XMP packet with the IPTC digital source type and photoshoot's own record, as JSON; a PNG has the
record once more as a text chunk named ``photoshoot``. Nothing in it depends on the time, the machine or a folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from photoshoot.records import Shot

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""What JSON can say."""

DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
"""A composite with synthetic elements. Source: IPTC NewsCodes, Digital Source Type."""
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


def describe_shot(shot: Shot, dpi: int) -> FileNotes:
    """Write down what made a shot. The same shot gives the same notes."""
    software = f"photoshoot {version('photoshoot')}"
    title = f"{shot.product.name}, {(shot.scene.preset_id or 'custom scene').replace('_', ' ')}"
    record = json.dumps(_record(shot, software), sort_keys=True, allow_nan=False, separators=(",", ":"))
    xmp = _XMP.format(
        rdf=_declare("rdf"),
        namespaces=" ".join(_declare(prefix) for prefix in NAMESPACES if prefix != "rdf"),
        tool=quoteattr(software),
        source=DIGITAL_SOURCE_TYPE,
        title=_text(title),
        text=_text(shot.scene.full_text),
        record=_text(record),
    )
    return FileNotes(title=_NOT_XML.sub("", title), software=software, record=record, xmp=xmp.encode(), dpi=dpi)


def _record(shot: Shot, software: str) -> dict[str, Json]:
    product, scene, canvas, provenance = shot.product, shot.scene, shot.canvas, shot.provenance
    return {
        "software": software,
        "engine": provenance.engine,
        "versions": dict(provenance.versions),
        "settings": dict(provenance.settings),
        "seed": shot.seed,
        "prompt_index": shot.prompt_index,
        "preset_id": scene.preset_id,
        "prompt": scene.text,
        "native_prompt": scene.native_text,
        "full_prompt": scene.full_text,
        "negative_prompt": scene.negative_text,
        "style_reference": scene.style_reference is not None,
        "reading": scene.reading,
        "product": {
            "name": product.name,
            "description": product.description,
            "category": product.category.value,
            "segmenter": product.cutout.segmenter,
            "photo_sha256": product.cutout.photo_sha256,
        },
        "canvas": {
            "label": canvas.label,
            "width_px": canvas.width_px,
            "height_px": canvas.height_px,
            "product_box": list(canvas.product_box.as_tuple()),
            "safe_area": list(canvas.safe_area.as_tuple()),
            "stance": canvas.stance.value,
        },
        "quality": None if shot.quality is None else asdict(shot.quality),
    }


def _declare(prefix: str) -> str:
    return f'xmlns:{prefix}="{NAMESPACES[prefix]}"'


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))
