"""Orders a task's picture once more, with another seed."""

import dataclasses
from uuid import UUID

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.orders import Order, read_ordered
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.processes import read_formats
from photoshoot.jobs.store.tables import ProcessRow, TaskRow
from photoshoot.prompts import parse_prompts
from photoshoot.seeds import draw_seed


def order_again(
    database: Database, application_id: UUID, process_id: UUID, task_id: UUID, seed: int | None = None
) -> Order:
    """The order of one prompt and size of an earlier order, as it was but for its seed; see ``Jobs.reroll``.

    Raises:
        UnknownJobError: The application has no such task in such a process.
    """
    with database.reading() as session:
        process, task = session.get(ProcessRow, process_id), session.get(TaskRow, task_id)
    if process is None or process.application_id != application_id:
        raise UnknownJobError("process", process_id)
    if task is None or task.process_id != process_id:
        raise UnknownJobError("task", task_id)
    asked = read_ordered(process.ordered)
    while seed is None or seed == process.seed:
        seed = draw_seed()
    request = dataclasses.replace(
        asked,
        prompts=(parse_prompts(asked.prompts)[task.prompt_index],),
        render_kind=task.size_label,
        first_prompt_index=asked.first_prompt_index + task.prompt_index,
        seed=seed,
    )
    return Order(
        application_id=application_id,
        user_id=process.user_id,
        asset_id=process.asset_id,
        request=request,
        engine=task.engine,
        formats=read_formats(process.formats),
    )
