"""``photoshoot apps create|list|rotate|grant|disable|enable|delete``: who may use the service."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from rich.table import Table

from photoshoot.cli.console import build_console, count, report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.serve import read_settings
from photoshoot.cli.service_arguments import STORE_OPTIONS
from photoshoot.errors import SettingsError

if TYPE_CHECKING:
    from photoshoot.jobs import Application, Credentials, Jobs
    from photoshoot.records.plain_data import Json


def run(arguments: argparse.Namespace) -> int:
    """Carry out one of the actions on the store that the service uses; it may run meanwhile."""
    settings = read_settings(arguments, STORE_OPTIONS)
    if arguments.action != "create":
        settings.check_store()

    from photoshoot.jobs import JobPart, Jobs
    from photoshoot.presets import PresetRegistry
    from photoshoot.server.auth.keys import derive_keys, load_signing_keys
    from photoshoot.server.settings import job_settings

    settings.make_folder()
    with Jobs.open(
        settings.database_url,
        settings.pictures_url,
        presets=PresetRegistry.load(settings.presets),
        settings=job_settings(settings),
        part=JobPart(sealing_keys=derive_keys(load_signing_keys(settings), "webhooks")),
    ) as jobs:
        _ACTIONS[arguments.action](jobs, arguments)
    return DONE


def _create(jobs: Jobs, arguments: argparse.Namespace) -> None:
    credentials = jobs.applications.create(arguments.name, arguments.credits)
    _show(credentials, as_json=arguments.json)


def _rotate(jobs: Jobs, arguments: argparse.Namespace) -> None:
    credentials = jobs.applications.rotate(_read_id(arguments.id), 3600 * arguments.overlap)
    _show(credentials, as_json=arguments.json)


def _disable(jobs: Jobs, arguments: argparse.Namespace) -> None:
    _tell(jobs.applications.set_disabled(_read_id(arguments.id), True), "is shut out", as_json=arguments.json)


def _enable(jobs: Jobs, arguments: argparse.Namespace) -> None:
    _tell(jobs.applications.set_disabled(_read_id(arguments.id), False), "is let in", as_json=arguments.json)


def _delete(jobs: Jobs, arguments: argparse.Namespace) -> None:
    owner, deletions = _read_id(arguments.id), jobs.deletions
    if arguments.user is not None:
        deleted = deletions.user(owner, _read_id(arguments.user, "user"))
    elif arguments.process is not None:
        deleted = deletions.process(owner, _read_id(arguments.process, "process"))
    elif arguments.upload is not None:
        deleted = deletions.upload(owner, _read_id(arguments.upload, "upload"))
    else:
        deleted = deletions.application(owner)
    gone: dict[str, list[str]] = {kind: [str(one) for one in ids] for kind, ids in vars(deleted).items()}
    if arguments.json:
        write_json({kind: list(ids) for kind, ids in gone.items()})
    else:
        write_lines(f"{kind}: {len(ids)} deleted" for kind, ids in gone.items())


def _grant(jobs: Jobs, arguments: argparse.Namespace) -> None:
    application = jobs.applications.grant_credits(_read_id(arguments.id), arguments.amount)
    _tell(application, f"has {count(application.credits or 0, 'credit')}", as_json=arguments.json)


def _tell(application: Application, what: str, *, as_json: bool) -> None:
    if as_json:
        write_json(_facts(application))
    else:
        write_lines([f"{application.name} {what}"])


def _list(jobs: Jobs, arguments: argparse.Namespace) -> None:
    applications = jobs.applications.all()
    if arguments.json:
        write_json([_facts(application) for application in applications])
        return
    table = Table("id", "name", "credits", "created", "disabled", box=None, padding=(0, 3, 0, 0), header_style="dim")
    for application in applications:
        table.add_row(*(str(value if value is not None else "-") for value in _facts(application).values()))
    build_console().print(table)


def _facts(application: Application) -> dict[str, Json]:
    created = datetime.fromtimestamp(application.created_s, UTC)
    return {
        "id": str(application.id),
        "name": application.name,
        "credits": application.credits,
        "created": created.isoformat(timespec="seconds"),
        "disabled": application.disabled_s is not None,
    }


def _show(credentials: Credentials, *, as_json: bool) -> None:
    secrets = {
        "applicationId": str(credentials.application.id),
        "x-api-key": credentials.key,
        "x-api-secret": credentials.secret,
        "jwtPrivateKey": credentials.jwt_private_key,
    }
    if as_json:
        write_json(dict[str, "Json"](secrets))
        return
    write_lines(f"{name}: {value}" for name, value in secrets.items())
    report_note("Keep these: the service has only their digests and can't show them again.")


def _read_id(text: str, what: str = "application") -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        where = ", see photoshoot apps list" if what == "application" else " (a GUID)"
        raise SettingsError("id", text, f"the {what}'s id{where}") from error


_ACTIONS = {
    "create": _create,
    "rotate": _rotate,
    "grant": _grant,
    "disable": _disable,
    "enable": _enable,
    "delete": _delete,
    "list": _list,
}
