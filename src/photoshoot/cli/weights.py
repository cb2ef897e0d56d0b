"""``photoshoot weights list``, ``pull`` and ``verify``."""

import argparse
import dataclasses
from collections.abc import Callable, Iterable, Mapping

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, count, report_error, report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE, NOT_EQUIPPED
from photoshoot.cli.time_left import TimeLeft
from photoshoot.errors import WeightsError
from photoshoot.records import Progress
from photoshoot.records.plain_data import Json
from photoshoot.weights import Manifest, Model, Verification, is_present, load_manifest, pull, verify_model
from photoshoot.weights.inventory import hub_cache
from photoshoot.weights.served_sizes import known_size

_COLORS = {"yes": "green", "damaged": "red"}


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line asks for."""
    actions: Mapping[str, Callable[[argparse.Namespace], int]] = {"list": _list, "pull": _pull, "verify": _verify}
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    manifest = load_manifest()
    states = {name: _state(name) for name in manifest.models}
    if arguments.json:
        models: list[Json] = [_to_json(model, states[name]) for name, model in manifest.models.items()]
        write_json({"models": models, "profiles": _profiles_to_json(manifest, states), "hub_cache": str(hub_cache())})
    else:
        _print_models(manifest, states)
        _print_profiles(manifest, states)
        report_note(f"hub models lie in {hub_cache()}; openrail licences allow commercial use, but forbid some uses")
    return DONE


def _pull(arguments: argparse.Namespace) -> int:
    left = TimeLeft()

    def report(progress: Progress) -> None:
        told = f"{progress.message} ({progress.done}/{progress.total})"
        report_note(told + left.tell(progress.done, progress.total))

    accept = arguments.accept_hub_digest
    done = pull(arguments.names, report, force=arguments.force, accept_hub_digest=accept, show_bars=True)
    if arguments.json:
        write_json([_verification_to_json(found) for found in done])
    else:
        write_lines(f"{found.name}  {found.path}" for found in done)
    return DONE


def _verify(arguments: argparse.Namespace) -> int:
    manifest = load_manifest()
    names = [model.name for model in manifest.expand(arguments.names)]
    found: list[Verification] = []
    errors: list[Json] = []
    for name in names or [name for name in manifest.models if _state(name) != "no"]:
        try:
            found.append(verify_model(name))
        except WeightsError as error:
            report_error(str(error), debug=arguments.debug)
            errors.append({"name": name, "error": type(error).__name__, "message": str(error)})
    if arguments.json:
        write_json({"verified": [_verification_to_json(one) for one in found], "errors": errors})
    else:
        write_lines(map(_describe, found))
    return NOT_EQUIPPED if errors else DONE


def _state(name: str) -> str:
    try:
        return "yes" if is_present(name) else "no"
    except WeightsError:
        return "damaged"


def _describe(found: Verification) -> str:
    rest = f", no digest known of {', '.join(found.unverified)}" if found.unverified else ""
    if found.accepted:
        rest += f", accepted as the hub serves {', '.join(found.accepted)}"
    return f"{found.name}: {count(len(found.verified), 'file')} verified{rest}"


def _print_models(manifest: Manifest, states: Mapping[str, str]) -> None:
    table = _build_table("model", "role", "size", "licence", "commercial use", "here")
    for name, model in manifest.models.items():
        here = Text(states[name], _COLORS.get(states[name], "dim"))
        allowed = Text("yes") if model.commercial_use else Text("no", "bold red")
        table.add_row(name, model.role, _size([model]), model.licence, allowed, here)
    build_console().print(table)


def _print_profiles(manifest: Manifest, states: Mapping[str, str]) -> None:
    table = _build_table("profile", "size", "here", "models")
    for name in manifest.profiles:
        models = manifest.expand([name])
        here = sum(states[model.name] == "yes" for model in models)
        style = "green" if here == len(models) else "dim"
        names = Text(", ".join(model.name for model in models), "dim")
        table.add_row(name, _size(models), Text(f"{here} of {len(models)}", style), names)
    build_console().print("", table)


def _build_table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 3, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=True, justify="right" if column == "size" else "left")
    return table


def _size(models: Iterable[Model]) -> str:
    sizes = [known_size(model) for model in models]
    total, about = sum(size for size, _ in sizes), any(approximate for _, approximate in sizes)
    return ("~" if about else "") + (f"{total / 1e9:.1f} GB" if total >= 1e9 else f"{total / 1e6:.0f} MB")


def _to_json(model: Model, state: str) -> Json:
    facts = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(model).items()}
    size, approximate = known_size(model)
    return {**facts, "bytes": size, "approximate": approximate, "state": state}


def _profiles_to_json(manifest: Manifest, states: Mapping[str, str]) -> list[Json]:
    return [
        {
            **dataclasses.asdict(profile),
            "loras": list(profile.loras),
            "bytes": sum(known_size(model)[0] for model in manifest.expand([name])),
            "missing": [model for model in profile.parts.values() if states[model] != "yes"],
        }
        for name, profile in manifest.profiles.items()
    ]


def _verification_to_json(found: Verification) -> Json:
    return {
        "name": found.name,
        "path": str(found.path),
        "verified": list(found.verified),
        "unverified": list(found.unverified),
        "accepted": list(found.accepted),
    }
