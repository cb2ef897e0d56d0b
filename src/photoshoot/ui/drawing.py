"""Pictures are ordered, come one by one, and are stopped: what the page shows meanwhile."""

from __future__ import annotations

import dataclasses
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import gradio as gr

from photoshoot.errors import PhotoshootError
from photoshoot.prompts import MAX_PROMPTS, parse_prompts
from photoshoot.request import Request
from photoshoot.ui import cards
from photoshoot.ui.code import read_picture
from photoshoot.ui.job import Job
from photoshoot.ui.orders import Choices
from photoshoot.ui.sessions import Picture
from photoshoot.ui.wording import explain
from photoshoot.ui.work import Work
from photoshoot.ui.workroom import Workroom

_log = logging.getLogger("photoshoot")
EMPTY: Final = {"empty": "No pictures yet", "hint": "Drop a photo: drafts of six scenes appear here."}
"""What stands where there are no pictures."""
_Order: TypeAlias = tuple[Request, str]
"""What is wanted, and the name of the engine that is to make it."""
_ENDED: Final = (
    "The server was started again before all pictures were made. What was finished is here; "
    "the buttons above make the rest."
)
_POLL_S = 0.2
_UNSEEN: Final = (-1, 0)
_MOST_SHOWN = 24  # of a session's earlier ones
Changes: TypeAlias = dict[Any, Any]
"""Component → what becomes of it."""


def log_error(error: Exception) -> None:
    """Write down what is not the visitor's doing."""
    if not isinstance(error, PhotoshootError):
        _log.error("the page failed", exc_info=error)


def _read(choices: Sequence[Any], *, draft: bool) -> _Order:
    asked = Choices.of(choices)
    return asked.build_request(draft=draft), asked.engine


def _list_cards(work: Work, job: Job | None) -> list[dict[str, Any]]:
    """The pictures of a job, or those of before where it made none or there is none."""
    ended = job is None or job.ended.is_set()
    made = work.session.pictures[:_MOST_SHOWN] if job is None or (ended and not job.made) else job.made
    return cards.shot_cards(work.session.id, made, job)


class Drawing:
    """Orders and their pictures.

    Args:
        workroom: Does the work.
        ui: The page's components, by name.
    """

    def __init__(self, workroom: Workroom, ui: Any) -> None:
        self._room, self._ui = workroom, ui

    def draw_drafts(self, session: str, *choices: Any) -> Iterator[Changes]:
        """Drafts are wanted."""
        yield from self._order(session, lambda: _read(choices, draft=True))

    def draw_finals(self, session: str, *choices: Any) -> Iterator[Changes]:
        """Final pictures are wanted."""
        yield from self._order(session, lambda: _read(choices, draft=False))

    def draw_first(self, session: str, *choices: Any) -> Iterator[Changes]:
        """A photo is in: drafts of its scenes, unless it has pictures."""
        if session and self._room.open(session).job is None:
            yield from self._suggest(session, *choices)
        else:
            yield self._stand(session)

    def _suggest(self, session: str, *choices: Any) -> Iterator[Changes]:
        yield from self._order(session, lambda: _read(choices, draft=True), suggested=True)

    def resume(self, session: str, *choices: Any) -> Iterator[Changes]:
        """The page was loaded: what is being made is shown on, or what was made; drafts of a photo that has none."""
        work = self._room.open(session) if session else None
        if work is not None and work.job is not None:
            yield from self.follow(work, work.job)
        elif work is not None and not work.session.pictures:
            yield from self._suggest(session, *choices)
        else:
            yield self._stand(session, _ENDED if work is not None and work.session.working else "")

    def redraw(self, session: str, *choices: Any) -> Iterator[Changes]:
        """Light or placement changed: drafts that are there are drawn again."""
        if session and self._room.open(session).job is not None:
            yield from self.draw_drafts(session, *choices)
        else:
            yield self._stand(session)

    def stop(self, session: str) -> Changes:
        """The work is to stop."""
        if session:
            self._room.stop(session)
        return {self._ui.stop: gr.update(interactive=False)}

    def again(self, session: str, chosen: str, *, change: str) -> Iterator[Changes]:
        """One picture again: its final, with another seed, or the like of it with five seeds."""
        picture = self.find(session, chosen)
        if picture is None:
            yield self._stand(session)
            return
        asked = read_picture(picture)
        if change == "finish":
            asked = dataclasses.replace(asked, draft=False)
        elif change == "reroll":
            asked = dataclasses.replace(asked, seed=secrets.randbelow(2**31))
        else:
            asked = dataclasses.replace(
                asked, prompts=tuple(parse_prompts(asked.prompts)) * MAX_PROMPTS, first_prompt_index=0, draft=True
            )
        yield from self._order(session, lambda: (asked, picture.engine))

    def _order(self, session: str, build: Callable[[], _Order], *, suggested: bool = False) -> Iterator[Changes]:
        if not session:
            yield self._stand("", "Drop a photo first. If yours is still being loaded, press again when it is cut out.")
            return
        try:
            work = self._room.open(session)
        except PhotoshootError as error:
            yield self._stand("", explain(error))
            return
        yield from self.draw(work, build, suggested=suggested)

    def draw(self, work: Work, build: Callable[[], _Order], *, suggested: bool = False) -> Iterator[Changes]:
        """Order pictures, and show them as they come; what is suggested gives way to an order of the same moment."""
        try:
            job = self._room.start(work.session.id, *build(), suggested=suggested)
        except Exception as error:
            log_error(error)
            yield self._stand(work.session.id, explain(error))
            return
        yield from self.follow(work, job)

    def _stand(self, session: str, complaint: str = "") -> Changes:
        """What is to be seen as it stands, with what is wrong.

        All of it: what a generator leaves out of its first yield, the browser takes for nothing.
        """
        ui, work = self._ui, self._room.open(session) if session else None
        job = None if work is None else work.job
        ended = job is None or job.ended.is_set()
        items = [] if work is None else _list_cards(work, job)
        shown = {"items": items, "chosen": "", **EMPTY}
        wrong, told = cards.show_note(complaint, bad=True), cards.show_job(job)
        return {ui.wrong: wrong, ui.progress: told, ui.stop: gr.update(interactive=not ended), ui.shots: shown}

    def follow(self, work: Work, job: Job) -> Iterator[Changes]:
        """What is to be seen of pictures as they come."""
        ui, seen, told = self._ui, _UNSEEN, ""
        while work.job is job:
            ended, made = job.ended.is_set(), len(job.made)
            now, before, told = (made, job.steps_seen), told, cards.show_job(job)
            if (now, told) == (seen, before) and not ended:  # nothing to tell: a busy browser would fall behind
                job.ended.wait(_POLL_S)
                continue
            changes: Changes = {ui.progress: told, ui.stop: gr.update(interactive=not ended)}
            if seen == _UNSEEN:  # this order is taken; what is wrong with a later one stays beside it
                changes[ui.wrong] = ""
            if now != seen or (ended and made < len(job.shapes)):
                changes[ui.shots] = {"items": _list_cards(work, job), "chosen": "", **EMPTY}
                seen = now
            yield changes
            if ended:
                return
            job.ended.wait(_POLL_S)

    def find(self, session: str, chosen: str) -> Picture | None:
        """The picture that is looked at."""
        if not session:
            return None
        known = self._room.open(session).session.pictures
        return next((picture for picture in known if picture.file == chosen), None)
