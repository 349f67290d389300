"""Offices, operators and the audit from the terminal, as the person at it sees them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.commands import line
from bot.commands.line import main
from bot.settings import load_settings
from flows.case_model import Source
from storage import offices, operators
from storage.accounts import bind_telegram
from storage.audit import Action, find_entries
from storage.cases.contacts import open_contact
from storage.database import Connection, Database
from storage.reports import Reports
from storage.schema import audit as audit_table
from storage.vault import LIGHT_EFFORT, make_pair

OFFICE = ["office", "add", "--name", "Sportello", "--duty", "no"]
DESIO = ("--territory", "Desio")


@pytest.fixture(autouse=True)
def terminal(terminal: Path) -> Path:
    """An empty terminal where codes are cheap to make."""
    settings = load_settings(None)
    Reports.open(settings.reports_url, data=settings.data, effort=LIGHT_EFFORT).database.close()
    return terminal


def do(change: object) -> object:
    """Change or look at the database of the folder."""
    settings = load_settings(None)
    database = Database.open(settings.database_url, data=settings.data)
    with database.writing() as connection:
        result = change(connection, database)  # type: ignore[operator]
        connection.commit()
    database.close()
    return result


def give_key(name: str) -> int:
    """Let an operator have a key, as after the first visit."""

    def change(connection: Connection, database: Database) -> int:
        found = operators.find_by_name(connection, name)
        assert found is not None
        operators.set_credentials(
            connection,
            database.vault,
            found.id,
            public_key=make_pair().public.bytes,
            wrapped=b"wrapped",
            totp=b"secret",
            step=0,
        )
        return found.id

    return do(change)  # type: ignore[return-value]


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command prints as its result."""
    assert main(list(arguments)) == code
    return capsys.readouterr().out.strip()


def test_the_first_operator_is_an_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever comes first lets in the others; whoever comes later only where it is said."""
    said(capsys, *OFFICE)
    for name in (["Anna"], ["Bea"], ["Carla", "--administrator"]):
        said(capsys, "operator", "add", "--name", *name)
    assert said(capsys, "operator", "list").splitlines() == [
        "Anna, Sportello, administrator, link not used yet",
        "Bea, Sportello, operator, link not used yet",
        "Carla, Sportello, administrator, link not used yet",
    ]


def test_a_link_is_printed_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    """The link leads to the console's own address and lets in whom it was made for."""
    said(capsys, *OFFICE)
    link = said(capsys, "operator", "add", "--name", " Anna  Rossi ")
    found = re.fullmatch(r"http://127\.0\.0\.1:8082/join/([A-Za-z0-9_-]{32})", link)
    assert found is not None
    now = line.Place(load_settings(None), None).clock.now()  # type: ignore[arg-type]
    invited = do(lambda connection, _database: operators.find_invited(connection, found[1], now))
    assert invited.name == "Anna Rossi"  # type: ignore[attr-defined]


def test_the_link_has_the_address_operators_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a web server, its address."""
    monkeypatch.setenv("ANTENNA_CONSOLE_URL", "https://console.example.org/")
    said(capsys, *OFFICE)
    link = said(capsys, "operator", "add", "--name", "Anna")
    assert link.startswith("https://console.example.org/join/")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["operator", "add", "--name", "Anna"], "First an office"),
        (["operator", "remove", "Nobody"], "Nobody signs in by this name"),
        (["operator", "reset", "Nobody"], "Nobody signs in by this name"),
        (["operator", "add", "--name", "A"], "2 to 60 letters"),
        (["operator", "add", "--name", "x" * 61], "2 to 60 letters"),
        (["office", "add", "--name", " ", "--duty", "no"], "needs a name"),
        ([*OFFICE, "--province", "Monza"], "two letters"),
        (["office", "close", "nothing"], "No office has this key"),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """The message names what is missing, and nothing was changed."""
    assert main(arguments) == 2
    assert words in capsys.readouterr().err
    assert said(capsys, "office", "list") == ""


def test_the_same_name_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Case makes no difference."""
    said(capsys, *OFFICE)
    said(capsys, "operator", "add", "--name", "Anna")
    assert main(["operator", "add", "--name", "ANNA"]) == 2
    assert "already" in capsys.readouterr().err


def test_with_two_offices_one_has_to_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is put into an office by chance."""
    said(capsys, *OFFICE)
    key = said(capsys, *OFFICE[:-3], "CAF", "--duty", "yes").split()[1]
    assert main(["operator", "add", "--name", "Anna"]) == 2
    assert "--office KEY" in capsys.readouterr().err
    said(capsys, "operator", "add", "--name", "Anna", "--office", key)
    assert said(capsys, "operator", "list").startswith("Anna, CAF")


def test_an_office_is_closed_and_opened(capsys: pytest.CaptureFixture[str]) -> None:
    """The list says so, with its province, readers and duty."""
    key = said(capsys, *OFFICE[:-1], "yes", "--province", "mb").split()[1]
    said(capsys, "office", "close", key)
    assert said(capsys, "office", "list") == (
        f"{key}  Sportello, MB, 0 can read, duty to report, closed"
    )
    said(capsys, "office", "open", key)
    assert said(capsys, "office", "list").endswith("duty to report")


def test_a_removed_operator_gets_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a new report nor a place in the list."""
    said(capsys, *OFFICE)
    for name in ("Anna", "Bea"):
        said(capsys, "operator", "add", "--name", name)
        give_key(name)
    assert said(capsys, "operator", "remove", "bea").startswith("Removed: Bea.")
    assert said(capsys, "operator", "list") == "Anna, Sportello, administrator"
    found = do(lambda connection, _database: offices.find_recipients(connection))
    assert len(found) == 1  # type: ignore[arg-type]


def test_a_reset_operator_gets_a_new_link(capsys: pytest.CaptureFixture[str]) -> None:
    """The old passphrase and key are gone, and the new link is printed."""
    said(capsys, *OFFICE)
    said(capsys, "operator", "add", "--name", "Anna")
    give_key("Anna")
    assert "/join/" in said(capsys, "operator", "reset", "Anna")
    assert said(capsys, "operator", "list").endswith("link not used yet")


def test_the_audit_is_verified(capsys: pytest.CaptureFixture[str]) -> None:
    """Sound, it says so with its last row; altered, it names the row and fails."""
    said(capsys, *OFFICE)
    first = said(capsys, "audit", "verify").split()[3]
    said(capsys, "operator", "add", "--name", "Anna")
    out = said(capsys, "audit", "verify", "--since", first)
    assert out.startswith("2 rows. Last: ")
    assert out.endswith("✓ No row was altered, dropped or moved.")
    out = said(capsys, "audit", "verify", "--since", "00" * 32, code=2)
    assert "an older copy of the database" in out
    do(
        lambda connection, _database: connection.execute(
            update(audit_table).where(audit_table.c.seq == 1).values(object="CAF")
        )
    )
    assert "✗ From row 1 on" in said(capsys, "audit", "verify", code=2)


def test_who_leaves_hands_over(capsys: pytest.CaptureFixture[str]) -> None:
    """One command: the cases of a leaver are a colleague's, and the terminal says so."""
    said(capsys, *OFFICE)
    for name in ("Anna", "Bea", "Carla"):
        said(capsys, "operator", "add", "--name", name)

    def a_case(connection: Connection, database: Database) -> None:
        bea = operators.find_by_name(connection, "Bea")
        assert bea is not None
        open_contact(
            connection,
            database.vault,
            office=bea.office,
            operator_id=bea.id,
            source=Source.DESK,
            now=datetime(2026, 11, 22, tzinfo=UTC),
            owner=bea.id,
        )

    do(a_case)
    assert main(["operator", "remove", "Bea", "--to", "carla"]) == 0
    assert "Cases: 1, tasks: 0. They are with Carla now." in "".join(capsys.readouterr())
    assert main(["operator", "remove", "Carla", "--to", "Nobody"]) == 2


def test_roles_and_days_away(capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody may do, where, and when they are away: kept, listed, and one administrator
    always stays."""
    said(capsys, *OFFICE)
    said(capsys, "operator", "add", "--name", "Anna")
    said(
        capsys, "operator", "add", "--name", "Bea", "--role", "coordinator", "--territory", "Desio"
    )
    for name in ("Anna", "Bea"):
        give_key(name)
    assert (
        said(capsys, "operator", "list").splitlines()[1] == "Bea, Sportello, coordinator of Desio"
    )
    said(capsys, "operator", "away", "Bea", "--from", "2000-01-01")
    assert said(capsys, "operator", "list").splitlines()[1].endswith(", away today")
    assert said(capsys, "operator", "away", "Bea") == "Bea is here."
    said(capsys, "operator", "role", "Anna", "operator", code=2)
    said(capsys, "operator", "away", "Bea", "--until", "2026-01-01", code=2)
    assert said(capsys, "operator", "role", "Bea", "antenna").startswith("Bea: antenna.")
    assert said(capsys, "operator", "list").splitlines()[1] == "Bea, Sportello, antenna"


def test_a_line_links_a_telegram_account(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal prints what an operator writes in the group; the audit says that it did."""
    said(capsys, *OFFICE)
    said(capsys, "operator", "add", "--name", "Anna")
    line = said(capsys, "operator", "link", "anna")
    assert re.fullmatch(r"/io \d{4}-\d{4}", line.strip()) is not None

    def bind(connection: Connection, database: Database) -> bool:
        now = datetime.now(UTC)
        return bind_telegram(connection, database.vault, line, 4_821, now) is not None

    assert do(bind)
    assert said(capsys, "operator", "list").strip().endswith(", linked in Telegram")
    assert said(capsys, "operator", "link", "Nobody", code=2) == ""


def test_who_answers_at_a_desk_is_changed_in_the_audit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also from the terminal: added, changed and closed, each a row with the desk's name."""
    key = said(capsys, "desk", "add", "--name", "Uno").split()[1]
    said(capsys, "desk", "change", key, "--talks")
    said(capsys, "desk", "close", key)

    def look(connection: Connection, _database: Database) -> list[tuple[Action, str]]:
        return [(one.action, one.object) for one in find_entries(connection, limit=9)]

    assert do(look) == [(Action.DESK_CHANGED, "Uno")] * 3
