"""Services short to make, so that a test names only what matters to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flows.service_model import Kind
from storage.services.editing import save_service
from storage.services.model import Service, ServiceForm
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, do

ME = 9
LATER = TODAY + timedelta(days=90)


def a_form(**changes: Any) -> ServiceForm:
    """A job centre that somebody saw today."""
    given: dict[str, Any] = {
        "ref": "afol",
        "kind": Kind.JOB_CENTRE,
        "name": "AFOL Seregno",
        "town": "Seregno",
        "hours": "mon-sun 09:00-18:00",
        "languages": ("it", "en"),
        "checked": TODAY,
    }
    return ServiceForm(**{**given, **changes})


def kept(writer: Writer, **changes: Any) -> Service:
    """A service in the directory."""
    form = a_form(**changes)
    saved = do(writer, lambda unit: save_service(unit.direct(), form, operator_id=ME, now=NOON))
    assert saved.service is not None, saved
    service: Service = saved.service
    return service


def days(count: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=count)
