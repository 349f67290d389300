"""The directory: nothing wrong is kept, nothing is overwritten unseen, nothing is good for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from flows.service_model import Answer, Bring, Cost, Duty, Kind, Papers, Theme, Visit, Whom
from storage.service_schema import service as table
from storage.services.editing import delete_service, save_service, see_again, wrong
from storage.services.finding import find_by_ref, find_service, find_services
from storage.services.model import LONGEST_LIFE, Service, form_of
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, do
from tests.storage.services.factories import LATER, ME, a_form, days, kept

FULL = {
    "themes": (Theme.JOB, Theme.MEET),
    "organisation": "AFOL Monza Brianza",
    "place": "Via Verdi 1",
    "how": "Bus 1",
    "latitude": 45.65,
    "longitude": 9.2,
    "step_free": Answer.YES,
    "phone": "+39 0362 123",
    "call_free": Answer.NO,
    "whatsapp": "333 1",
    "email": "info@example.org",
    "website": "https://www.example.org/a",
    "closed": "12-07, 2027-08-09..2027-08-20",
    "always": True,
    "visit": Visit.PHONE,
    "first": "Prendi un numero.",
    "cost": Cost.FREE,
    "papers": Papers.NOT_ASKED,
    "bring": (Bring.CV, Bring.TAX_CODE),
    "bring_words": "Una penna",
    "mediators": "Arabo",
    "whom": (Whom.WORKERS,),
    "women_staff": Answer.YES,
    "anonymous": Answer.NO,
    "duty": Duty.PUBLIC,
    "children": Answer.YES,
    "line": "inps",
    "source": "Seen there",
    "review": TODAY + timedelta(days=30),
    "shown": False,
    "notes": "Ask for Maria.",
}


def save(writer: Writer, **changes: Any) -> Any:
    """Try to keep a service; what came of it."""
    form = a_form(**changes)
    return do(writer, lambda unit: save_service(unit.direct(), form, operator_id=ME, now=NOON))


def test_everything_of_a_form_is_kept(writer: Writer) -> None:
    """What was typed is what is there."""
    service = kept(writer, **FULL)
    assert form_of(service) == a_form(**FULL)
    assert (service.version, service.changed, service.created_by) == (0, NOON, ME)
    assert (service.checked_by, service.sample, service.point) == (ME, False, (45.65, 9.2))
    assert do(writer, lambda unit: find_by_ref(unit.reading(), "afol")) == service


def test_what_nobody_knows_stays_empty(writer: Writer) -> None:
    """A name is enough; who never saw it has not checked it."""
    service = kept(writer, ref="", checked=None, town="", hours="", languages=())
    assert (service.checked, service.checked_by, service.point) == (None, None, None)
    assert (service.ref, service.review) == (f"{service.id:x}", TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "n" * 61}, "name"),
        ({"phone": "call me"}, "phone"),
        ({"whatsapp": "?"}, "whatsapp"),
        ({"email": "nobody"}, "email"),
        ({"website": "not there"}, "website"),
        ({"latitude": 45.0}, "latitude"),
        ({"latitude": 91.0, "longitude": 9.0}, "latitude"),
        ({"hours": "always"}, "hours"),
        ({"closed": "never"}, "closed"),
        ({"checked": TODAY + timedelta(days=2)}, "checked"),
        ({"review": days(1)}, "review"),
        ({"review": TODAY + timedelta(days=91)}, "review"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, Any], field: str) -> None:
    """Every field that cannot be taken is named."""
    assert [name for name, _why in wrong(a_form(**changes), TODAY)] == [field]


def test_nothing_wrong_is_kept(writer: Writer) -> None:
    """One mistake, and nothing is there."""
    saved = save(writer, phone="call me")
    assert (saved.service, saved.field) == (None, "phone")
    assert do(writer, lambda unit: find_services(unit.reading())) == []


def test_two_services_have_two_references(writer: Writer) -> None:
    """The reference of another is refused; its own stays its own."""
    first = kept(writer)
    assert save(writer, name="Other").field == "ref"
    form = replace(form_of(first), name="AFOL")

    def change(unit: Any) -> Any:
        return save_service(
            unit.direct(), form, operator_id=ME, now=NOON, service_id=first.id, version=0
        )

    assert do(writer, change).service.name == "AFOL"
    assert do(writer, change).field == "version"


def test_who_checked_it_is_kept_with_the_day(writer: Writer) -> None:
    """A change of other fields says nothing of who saw it; a new day does."""
    first = kept(writer)
    form = form_of(first)

    def change(form: Any, who: int) -> Service:
        saved = do(
            writer,
            lambda unit: save_service(
                unit.direct(), form, operator_id=who, now=NOON, service_id=first.id
            ),
        )
        service: Service = saved.service
        return service

    assert change(replace(form, notes="More"), 10).checked_by == ME
    assert change(replace(form, checked=days(1), review=None), 10).checked_by == 10
    assert change(replace(form, checked=None), 10).checked_by is None


def test_seen_again_today_is_good_for_ninety_days(writer: Writer) -> None:
    """The day, who it was and until when; of what is not there nothing."""
    first = kept(writer, checked=days(200))
    assert first.is_due(TODAY)
    assert do(writer, lambda unit: see_again(unit.direct(), first.id, first.version, 12, NOON))
    found = do(writer, lambda unit: find_service(unit.reading(), first.id))
    assert (found.checked, found.checked_by, found.review) == (TODAY, 12, LATER)
    assert (found.version, found.is_due(LATER), found.is_due(LATER + timedelta(1))) == (
        1,
        False,
        True,
    )
    assert not do(writer, lambda unit: see_again(unit.direct(), 1, 0, 12, NOON))


def test_what_was_deleted_is_gone(writer: Writer) -> None:
    """Once; afterwards nobody can change it either."""
    first = kept(writer)
    gone = [do(writer, lambda unit: delete_service(unit.direct(), first.id)) for _ in range(2)]
    assert gone == [True, False]
    saved = do(
        writer,
        lambda unit: save_service(
            unit.direct(), a_form(), operator_id=ME, now=NOON, service_id=first.id
        ),
    )
    assert (saved.service, saved.field) == (None, "")


def test_no_life_is_longer_than_ninety_days(writer: Writer) -> None:
    """Not even where an older hand wrote a later day."""
    first = kept(writer, checked=days(0))
    do(
        writer,
        lambda unit: unit.direct().execute(table.update().values(review=TODAY + 4 * LONGEST_LIFE)),
    )
    found = do(writer, lambda unit: find_service(unit.reading(), first.id))
    assert found.last_day == LATER
    do(writer, lambda unit: unit.direct().execute(delete(table)))


def test_a_kind_is_found_under_its_themes_and_a_service_under_its_own() -> None:
    """What a service says of itself holds; otherwise what its kind helps with."""
    assert a_form().helps_with == (Theme.JOB,)
    assert a_form(themes=(Theme.LEGAL,)).helps_with == (Theme.LEGAL,)
    assert a_form(kind=Kind.OTHER).helps_with == ()
