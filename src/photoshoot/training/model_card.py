"""The page that goes with a fine-tune: what it was made of and how, and under whose licence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from photoshoot.distribution import read_version
from photoshoot.training.settings import TrainingSettings
from photoshoot.training.settings_file import document_settings
from photoshoot.weights import HubModel, load_manifest


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is told of a run."""

    settings: TrainingSettings
    """How it went."""
    identity: Mapping[str, str]
    """Name → revision or fingerprint of the base's files."""
    sources: Sequence[str]
    """``"rendered"`` or ``"photo"``, one a picture."""
    products: int
    """How many are trained on."""
    held_out: int
    """How many products are held out, at least 0."""
    losses: Sequence[float]
    """One a step."""
    validations: Mapping[int, Mapping[str, float | None]]
    """Steps done → what was measured then."""


def write_card(account: Account) -> str:
    """The card, Markdown with the hub's head."""
    settings = account.settings
    base, licence = describe_base(settings.base, account.identity)
    what = "LoRA" if settings.method == "lora" else "full fine-tune"
    return "\n".join(
        [
            *_head(base, licence, settings.method),
            f"# {settings.out.name}",
            "",
            f"A {what} of {base} for product placement, made by `photoshoot train run` {read_version()}.",
            "",
            "## Use",
            "",
            "```sh",
            _usage(settings),
            "```",
            "",
            "## Licence",
            "",
            _licence(base, licence),
            "",
            "## Data",
            "",
            _data(account),
            "",
            "## Training",
            "",
            *_results(account),
            "",
            "Base: " + ", ".join(f"{name} ({value})" for name, value in account.identity.items()) + ".",
            "",
            "```toml",
            document_settings(_without_places(settings)),
            "```",
            "",
        ]
    )


def _without_places(settings: TrainingSettings) -> TrainingSettings:
    """Names instead of paths: a card is for others."""
    data, out = tuple(Path(folder.name) for folder in settings.data), Path(settings.out.name)
    return replace(settings, base=Path(settings.base).name, data=data, out=out, cache=None)


def describe_base(base: str, identity: Mapping[str, str]) -> tuple[str, str | None]:
    """The base's name and licence; None where the manifest does not know it, as of a local model.

    Args:
        base: As in the settings.
        identity: Name → version of its files; the hub's id where they lie in the hub's cache.
    """
    manifest = load_manifest()
    name = next(iter(identity))
    if base in manifest.profiles and not Path(base).exists():
        model = manifest.get(manifest.profiles[base].base)
        return (model.repo if isinstance(model, HubModel) else model.name), model.licence
    return name, next((model.licence for model in manifest.hub.values() if model.repo == name), None)


def _head(base: str, licence: str | None, method: str) -> list[str]:
    tags = ["inpainting", "product-placement", *(["lora"] if method == "lora" else [])]
    return [
        "---",
        f"license: {licence or 'other'}",
        f"base_model: {base}",
        "library_name: diffusers",
        "tags:",
        *(f"- {tag}" for tag in tags),
        "---",
        "",
    ]


def _usage(settings: TrainingSettings) -> str:
    base, out = Path(settings.base).name, settings.out.name
    return f"photoshoot shoot PHOTO --engine {f'{base} --lora {out}' if settings.method == 'lora' else f'{out}/model'}"


def _licence(base: str, licence: str | None) -> str:
    if licence is None:
        return f"A derivative of {base}, a local model: its licence holds for this one too, and is yours to add here."
    uses = " It allows commercial use and forbids some uses, which holds for this one too." if "rail" in licence else ""
    return f"A derivative of {base}, whose licence is {licence}.{uses}"


def _data(account: Account) -> str:
    counts = Counter(account.sources)
    kinds = " and ".join(
        text
        for kind, text in (
            ("rendered", f"{counts['rendered']} pictures rendered by photoshoot's studio"),
            ("photo", f"{counts['photo']} photographs cut out by a segmenter"),
        )
        if counts[kind]
    )
    return (
        f"{kinds}, of {account.products} products; captions describe the background alone. Of {account.held_out} more "
        "products pictures were only looked at."
    )


def _results(account: Account) -> list[str]:
    recent = account.losses[-50:]
    lines = [
        f"{len(account.losses)} steps; the mean loss of the last {len(recent)} is {sum(recent) / len(recent):.4f}."
    ]
    if account.validations:
        lines += ["", "| steps | held-out loss | expansion | seam |", "|---|---|---|---|"]
        for done, measures in sorted(account.validations.items()):
            lines.append(
                f"| {done} | {' | '.join(_cell(measures.get(name)) for name in ('loss', 'expansion', 'seam'))} |"
            )
    return lines


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
