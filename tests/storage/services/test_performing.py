"""What people find: checked lately, the best first, and nothing of where they are is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from flows.service_effects import FindService, FindServices, FindSurroundings
from flows.service_model import Answer, Kind, Open, ServiceSieve, Theme, Whom
from storage.desks import Desk, save_desk
from storage.effects import perform
from storage.service_schema import service as table
from storage.services.editing import save_service
from storage.services.finding import due_services, find_services
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, someone
from tests.storage.services.factories import LATER, ME, a_form, days, kept

JOB = ServiceSieve(Theme.JOB)


def asked(writer: Writer, effect: Any, *, language: str = "en", now: datetime = NOON) -> Any:
    """What an effect gives to somebody."""
    person = do(writer, lambda unit: unit.person(CHAT)) or someone(writer)
    person = replace(person, language=language)
    value, _person = do(writer, lambda unit: perform(unit, person, CHAT, effect, now))
    return effect.read(value)


def names(writer: Writer, sieve: ServiceSieve = JOB, **more: Any) -> list[str]:
    """What somebody finds, by name."""
    return [one.name for one in asked(writer, FindServices(sieve), **more)]


def test_only_what_was_checked_lately_is_shown(writer: Writer) -> None:
    """Neither what is overdue, nor what nobody ever saw, nor what is for operators."""
    kept(writer, ref="1", name="Fresh")
    kept(writer, ref="2", name="Last day", checked=days(90))
    kept(writer, ref="3", name="Overdue", checked=days(92))
    kept(writer, ref="4", name="Earlier review", checked=days(10), review=days(1))
    kept(writer, ref="5", name="Never", checked=None, review=LATER)
    kept(writer, ref="6", name="Offices", shown=False)
    assert names(writer) == ["Fresh", "Last day"]
    due = do(writer, lambda unit: due_services(unit.reading(), TODAY))
    assert [one.name for one in due] == ["Never", "Overdue", "Earlier review"]
    soon = do(writer, lambda unit: due_services(unit.reading(), TODAY, TODAY + timedelta(days=7)))
    assert [one.name for one in soon] == ["Never", "Overdue", "Earlier review", "Last day"]


def test_an_overdue_service_is_not_opened_either(writer: Writer) -> None:
    """An old button leads nowhere; nor does what is no id."""
    fresh, overdue = kept(writer, ref="1"), kept(writer, ref="2", checked=days(91))
    found = asked(writer, FindService(str(fresh.id)))
    assert (found.name, f"{found.local}") == ("AFOL Seregno", "2026-11-22 13:00:00")
    assert asked(writer, FindService(str(overdue.id))) is None
    assert asked(writer, FindService("x")) is None


def test_who_speaks_the_language_and_is_there_comes_first(writer: Writer) -> None:
    """Language before hours, hours before names; a variety of a language is the language."""
    kept(writer, ref="1", name="A closed", hours="mon 09:00-10:00")
    kept(writer, ref="2", name="B unknown", hours="")
    kept(writer, ref="3", name="C open")
    kept(writer, ref="4", name="D Chinese", languages=("zh",), hours="mon 09:00-10:00")
    kept(writer, ref="5", name="E always", always=True)
    order = ["D Chinese", "E always", "C open", "B unknown", "A closed"]
    assert names(writer, language="zh-Hans") == order
    assert names(writer, replace(JOB, language="zh-Hans")) == ["D Chinese"]
    lines = asked(writer, FindServices(JOB), language="zh-Hans")
    assert [(one.opens, one.until, one.speaks) for one in lines] == [
        (Open.CLOSED, "", True),
        (Open.ALWAYS, "", False),
        (Open.OPEN, "18:00", False),
        (Open.UNKNOWN, "", False),
        (Open.CLOSED, "", False),
    ]


def test_open_now_means_now(writer: Writer) -> None:
    """By the clocks of Italy, with the holidays of Italy."""
    kept(writer, ref="1", name="Day", hours="mon-sun 09:00-18:00")
    kept(writer, ref="2", name="Always", always=True)
    sieve = replace(JOB, open_now=True)
    assert names(writer, sieve) == ["Always", "Day"]
    evening = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert names(writer, sieve, now=evening) == ["Always"]
    epiphany = datetime(2027, 1, 6, 12, tzinfo=UTC)
    assert names(writer, sieve, now=epiphany) == ["Always"]


def test_a_woman_who_listens(writer: Writer) -> None:
    """Where one can be asked for, or the place is for women."""
    kept(writer, ref="1", name="Anybody")
    kept(writer, ref="2", name="Women", whom=(Whom.WOMEN,))
    kept(writer, ref="3", name="Woman", women_staff=Answer.YES)
    assert names(writer, replace(JOB, women=True)) == ["Woman", "Women"]


def test_who_helps_with_just_this_comes_before_who_helps_too(writer: Writer) -> None:
    """A job centre before a PUA; one that says itself that it helps, last."""
    kept(writer, ref="1", name="A legal", kind=Kind.LEGAL, themes=(Theme.JOB,))
    kept(writer, ref="2", name="B PUA", kind=Kind.PUA)
    kept(writer, ref="3", name="C centre")
    assert names(writer) == ["C centre", "B PUA", "A legal"]


def test_the_nearest_come_first(writer: Writer) -> None:
    """In the order that is handed in; the others follow."""
    ids = [str(kept(writer, ref=str(n), name=f"N{n}").id) for n in range(3)]
    found = asked(writer, FindServices(JOB, 2, (ids[2], ids[1])))
    assert [one.id for one in found] == [ids[2], ids[1]]


def test_where_they_are(writer: Writer) -> None:
    """A place on the map or a town; who has neither can only be called. Each town once, by name,
    with a place on the map where any has one."""
    desk = Desk("k1", "PUA", "Desio", True, TODAY, latitude=45.6204, longitude=9.2101)
    for one in (desk, replace(desk, key="k2", territory="Carate", latitude=None)):
        do(writer, lambda unit, one=one: save_desk(unit.direct(), one))
    do(writer, lambda unit: save_desk(unit.direct(), replace(desk, key="k3", active=False)))
    far = kept(writer, ref="1", latitude=45.65123, longitude=9.2)
    town = kept(writer, ref="2")
    alone = kept(writer, ref="3", town="", latitude=45.7, longitude=9.2)
    kept(writer, ref="4", town="")
    kept(writer, ref="5", town="Monza", checked=days(100))
    found = asked(writer, FindSurroundings(JOB))
    assert found.towns == (
        ("Carate", None),
        ("Desio", (45.62, 9.21)),
        ("Seregno", (45.651, 9.2)),
    )
    assert set(found.places) == {
        (str(far.id), 2, (45.651, 9.2)),
        (str(town.id), 2, None),
        (str(alone.id), -1, (45.7, 9.2)),
    }


def test_of_too_many_there_are_some_of_every_town(writer: Writer) -> None:
    """Nobody is sent to another town because one town has many."""

    def fill(unit: Any) -> None:
        for number in range(95):
            town = "Milano" if number < 94 else "Desio"
            form = a_form(ref=str(number), name=f"N{number}", town=town)
            assert save_service(unit.direct(), form, operator_id=ME, now=NOON).service is not None

    do(writer, fill)
    found = asked(writer, FindSurroundings(JOB))
    assert len(found.places) == 90
    assert {number for _id, number, _point in found.places} == {0, 1}


def test_hours_that_cannot_be_read_are_unknown(writer: Writer) -> None:
    """What an older hand wrote stops nobody."""
    one = kept(writer)
    do(writer, lambda unit: unit.direct().execute(update(table).values(hours="?")))
    found = asked(writer, FindService(str(one.id)))
    assert (found.hours, asked(writer, FindServices(JOB))[0].opens) == ("", Open.UNKNOWN)


@pytest.mark.parametrize(
    ("asked_for", "found"),
    [
        ({"words": "verdi seregno"}, ["B"]),
        ({"words": "100%"}, []),
        ({"kind": Kind.CAF}, ["C"]),
        ({"town": "Seregno"}, ["A", "B"]),
        ({}, ["A", "B", "C"]),
    ],
)
def test_whoever_keeps_the_directory_finds_everything(
    writer: Writer, asked_for: dict[str, Any], found: list[str]
) -> None:
    """By words, kind and town; also what people do not see."""
    kept(writer, ref="1", name="A", checked=None)
    kept(writer, ref="2", name="B", place="Via Verdi 1")
    kept(writer, ref="3", name="C", kind=Kind.CAF, town="Desio", shown=False)
    known = do(writer, lambda unit: find_services(unit.reading(), **asked_for))
    assert [one.name for one in known] == found
