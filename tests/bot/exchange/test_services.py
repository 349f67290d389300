"""Tables of services: whole or not at all, and what is written reads the same again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exchange.applying import Brought
from bot.exchange.mistakes import FileError
from bot.exchange.service_columns import COLUMNS, ITALIAN
from bot.exchange.services import bring_in_services, read_services, write_services
from bot.furniture import LOCALES
from flows.service_model import Answer, Bring, Cost, Kind, Papers, Theme, Visit, Whom
from storage.services.finding import find_by_ref, find_services
from storage.services.model import FIELDS, Service, form_of
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, do
from tests.storage.services.factories import ME, a_form, kept
from tests.storage.services.test_editing import FULL

HEADER = (
    "codice;nome;tipo;temi;comune;orari;appuntamento;costo;permesso;portare;per chi;"
    "ascolta una donna;controllato\n"
)
GOOD = (
    "cpi;Centro per l’impiego;centro per l’impiego;lavoro, cercare lavoro;Seregno;"
    "lun-ven 9:00-12:30;libero;gratis;non chiesto;cv,codice fiscale;donne;sì;20/11/2026\n"
)
TABLE = "id,name,kind,town\na1,AFOL,job centre,Seregno\na2,Scuola,school,Desio\n"


def wrong(text: str) -> list[tuple[int, str, str]]:
    """The mistakes of a table, by line, column and words."""
    with pytest.raises(FileError) as raised:
        read_services(text.encode())
    return [(one.line, one.field, one.why.source) for one in raised.value.mistakes]


def brought(writer: Writer, text: str) -> Brought:
    """What came of a table."""
    drafts = read_services(text.encode())
    found: Brought = do(
        writer,
        lambda unit: bring_in_services(unit.direct(), drafts, operator_id=ME, now=NOON),
    )
    return found


def every(writer: Writer) -> list[Service]:
    """The directory."""
    found: list[Service] = do(writer, lambda unit: find_services(unit.reading()))
    return found


def test_a_table_of_a_spreadsheet_is_read() -> None:
    """Italian names, Italian values, an Italian day."""
    [draft] = read_services((HEADER + GOOD).encode())
    assert draft.fields == {
        "ref": "cpi",
        "name": "Centro per l’impiego",
        "kind": Kind.JOB_CENTRE,
        "themes": (Theme.WORK, Theme.JOB),
        "town": "Seregno",
        "hours": "lun-ven 9:00-12:30",
        "visit": Visit.WALK_IN,
        "cost": Cost.FREE,
        "papers": Papers.NOT_ASKED,
        "bring": (Bring.CV, Bring.TAX_CODE),
        "whom": (Whom.WOMEN,),
        "women_staff": Answer.YES,
        "checked": date(2026, 11, 20),
    }


def test_every_mistake_is_named_at_once() -> None:
    """Line and column of each, and nothing is taken."""
    bad = ";;ballo;tango;Desio;always;x;y;z;w;v;u;ieri\n"
    assert [(line, field) for line, field, _why in wrong(HEADER + GOOD + bad)] == [
        (3, "id"),
        (3, "name"),
        (3, "kind"),
        (3, "themes"),
        (3, "hours"),
        (3, "appointment"),
        (3, "cost"),
        (3, "permit"),
        (3, "bring"),
        (3, "for whom"),
        (3, "a woman listens"),
        (3, "checked"),
    ]
    assert wrong("id,name,kind,closed\na,b,caf,never\n")[0][:2] == (2, "closed")


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", (1, "id", "This column is missing.")),
        ("id,name,kind\n", (1, "", "There is no service in this file.")),
        ("id,name,kind,colour\na,b,caf,red\n", (1, "colour", "There is no column of this name.")),
        (
            "id,name,kind\na,b,caf\n\na,c,caf\n",
            (4, "id", "The same id stands in line {line}."),
        ),
        (
            "id,name,kind\n" + "".join(f"{n},b,caf\n" for n in range(2001)),
            (2002, "", "These are more than {count} services."),
        ),
    ],
)
def test_a_table_that_cannot_be_taken(text: str, mistake: tuple[int, str, str]) -> None:
    """Its first mistake has its place."""
    assert wrong(text)[0] == mistake


def test_all_or_nothing(writer: Writer) -> None:
    """What only the directory knows to be wrong is named by its line and column too."""
    text = TABLE.replace("town", "phone").replace("Desio", "call me")
    with pytest.raises(FileError) as raised:
        brought(writer, text.replace("Seregno", "0362 1"))
    assert [(one.line, one.field) for one in raised.value.mistakes] == [(3, "phone")]
    assert every(writer) == []


def test_what_was_brought_before_is_known_again(writer: Writer) -> None:
    """Nothing twice; what a file does not say stays; a stroke takes away."""
    assert brought(writer, TABLE) == Brought(("AFOL", "Scuola"), (), (), ())
    assert brought(writer, TABLE) == Brought((), (), ("AFOL", "Scuola"), ())
    more = "id,name,kind,phone,town\na1,AFOL,job centre,0362 1,\na2,Scuola,school,,-\n"
    assert brought(writer, more) == Brought((), ("AFOL", "Scuola"), (), ())
    assert [(one.town, one.phone) for one in every(writer)] == [("Seregno", "0362 1"), ("", "")]


def test_a_new_day_of_checking_is_good_as_long_as_it_may(writer: Writer) -> None:
    """Where the file says no other end."""
    kept(writer, ref="a1", checked=date(2026, 8, 1))
    brought(writer, "id,name,kind,checked\na1,AFOL,job centre,2026-11-22\n")
    assert every(writer)[0].review == date(2027, 2, 20)


def test_what_is_written_is_read_again(writer: Writer) -> None:
    """Every field comes back as it was, and formulas stay words."""
    kept(writer, **FULL)
    kept(writer, ref="b", name="=1+1", checked=None)
    table = write_services(every(writer))
    assert "'=1+1" in table
    assert brought(writer, table) == Brought((), (), ("=1+1", "AFOL Seregno"), ())
    before = form_of(do(writer, lambda unit: find_by_ref(unit.reading(), "afol")))
    assert before == a_form(**FULL)


def test_every_field_has_a_column_and_every_value_a_name() -> None:
    """What is kept can be written in a table, in both languages."""
    assert {column.field for column in COLUMNS} == set(FIELDS)
    names = [name for column in COLUMNS for name in column.names]
    assert len(names) == len(set(names))
    unnamed = {
        kind.__name__: [one for one in kind if one.value and one not in known]
        for kind, known in ITALIAN.items()
    }
    assert {name: missing for name, missing in unnamed.items() if missing} == {}


@given(st.binary(max_size=300))
def test_no_file_does_anything_but_be_read_or_refused(content: bytes) -> None:
    """Whatever it holds."""
    with suppress(FileError):
        assert read_services(content) != ()


def test_what_a_house_begins_with_can_be_taken(writer: Writer) -> None:
    """The national contacts have a source each; who was never seen has no day, and no day is of
    later than its source; nothing that a source does not say stands there."""
    content = (LOCALES / "services" / "national.csv").read_bytes()
    assert len(brought(writer, content.decode()).added) == 21
    found = every(writer)
    assert [one.ref for one in found if not one.source] == []
    assert {one.checked for one in found} == {None, date(2026, 3, 10)}
    assert [one.ref for one in found if one.is_seen(TODAY)] == []
    assert all(replace(one, checked=TODAY, review=None).is_seen(TODAY) for one in found)
