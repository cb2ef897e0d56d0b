"""What of a session is in memory while its visitor works on it."""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass, field

from photoshoot.records import Cutout, Product, Recommendation
from photoshoot.ui.job import Job
from photoshoot.ui.sessions import Session


@dataclass(kw_only=True, eq=False)
class Work:
    """A session, and what of it is in memory."""

    session: Session
    """What is kept."""
    uncorrected: Cutout
    """All that stands out, as it was cut out before a choice of its things and all strokes."""
    cutout: Cutout
    """The product, as it is cut out now."""
    recommendation: Recommendation
    """What suits it."""
    job: Job | None = None
    """The pictures that were ordered last."""
    correcting: threading.Lock = field(default_factory=threading.Lock)
    """Held while its cut-out is corrected: strokes are laid over those of before, another tab's too."""
    ordering: threading.Lock = field(default_factory=threading.Lock)
    """Held while an order takes another one's place."""

    @property
    def product(self) -> Product:
        """The product under the name that it has on the page."""
        product = self.recommendation.product
        name, description = self.own_name or product.name, self.own_description or product.description
        return dataclasses.replace(product, name=name, description=description)

    @property
    def own_name(self) -> str | None:
        """The name that the visitor gave it; None where it is as it was found."""
        return _differ(self.session.name, self.recommendation.product.name)

    @property
    def own_description(self) -> str | None:
        """Likewise its description."""
        return _differ(self.session.description, self.recommendation.product.description)


def _differ(given: str, found: str) -> str | None:
    return given if given and given != found else None
