"""PostgreSQL numbers every transaction of a server: after mixing, those numbers tell nothing."""

from __future__ import annotations

import random
from pathlib import Path

from sqlalchemy import text

from storage.database import Database
from storage.reports import Reports
from storage.unit import Unit
from storage.vault import LIGHT_EFFORT
from storage.writer import Writer
from tests.postgresql import Server
from tests.storage.factories import TODAY, do
from tests.storage.reports.crowd import REPORTS, SEED, fill
from tests.storage.reports.linkers import by_chance, link_by_neighbour, rank_correlation
from tests.storage.reports.makers import EVERYBODY, NOON, a_report

PEOPLE, REPORTERS = 200, 100
ROWS = "SELECT {what}, xmin::text::bigint FROM {table}"


def test_rows_tell_no_order_after_mixing(server: Server, tmp_path: Path) -> None:
    """X12: by transaction and by place, five hundred reports are in an order of chance."""
    name = server.create()
    reports = Reports.open(server.url(name), data=tmp_path, effort=LIGHT_EFFORT)
    crowd = fill(reports, 150, files=1)
    true = [one.number for one in crowd.sent]
    queries = {
        "xmin": "SELECT number FROM report ORDER BY xmin::text::bigint, random()",
        "ctid": "SELECT number FROM report ORDER BY ctid",
        "TOAST": "SELECT number FROM report ORDER BY pg_column_toast_chunk_id(letter), random()",
    }

    def look() -> dict[str, float]:
        with reports.database.reading() as connection:
            known = connection.execute(
                text("SELECT count(*) FROM pg_proc WHERE proname = 'pg_column_toast_chunk_id'")
            ).scalar()
            if not known:
                queries.pop("TOAST", None)
            return {
                kind: rank_correlation(true, list(connection.execute(text(query)).scalars()))
                for kind, query in queries.items()
            }

    before = look()
    reports.tick(crowd.sent[-1].at)
    after = look()
    print(f"X12 order before mixing: {before}, after: {after}")
    with reports.database.reading() as connection:
        numbers = connection.execute(text("SELECT count(DISTINCT xmin::text) FROM report"))
        assert numbers.scalar() == 1
    reports.close(NOON)
    server.drop(name)
    assert min(before["xmin"], before["ctid"]) > 0.5
    assert all(abs(one) <= by_chance(REPORTS) for one in after.values())


def test_a_neighbour_in_the_other_database_is_not_the_sender(
    server: Server, tmp_path: Path
) -> None:
    """X12: on one server, the person whose row was written beside a report is chance later."""
    dice = random.Random(SEED)
    house, apart = server.create(), server.create()
    database = Database.open(server.url(house), data=tmp_path)
    reports = Reports.open(server.url(apart), data=tmp_path, effort=LIGHT_EFFORT)
    writer = Writer(database)
    ids = [
        do(writer, lambda unit, n=n: unit.create_person(n, "it", TODAY).id) for n in range(PEOPLE)
    ]
    senders: dict[str, int] = {}
    reporting = set(dice.sample(ids, REPORTERS))
    for person in dice.sample(ids, PEOPLE):

        def turn(unit: Unit, person: int = person) -> None:
            unit.save_conversation(person, {"at": "home"})

        if person in reporting:
            senders[reports.submit(a_report(), EVERYBODY, NOON)] = person
        do(writer, turn)
    writer.close()

    def linked() -> int:
        with reports.database.reading() as there, database.reading() as here:
            rows = there.execute(text(ROWS.format(what="number", table="report"))).all()
            people = here.execute(text(ROWS.format(what="person_id", table="conversation"))).all()
        found = [(senders[number], xmin) for number, xmin in rows]
        return link_by_neighbour(found, [(one, xmin) for one, xmin in people], SEED)

    before = linked()
    reports.shuffle()
    after = linked()
    print(f"X12 linked of {REPORTERS}: before mixing {before}, after {after}, by chance 1")
    reports.close(NOON)
    database.close()
    server.drop(house)
    server.drop(apart)
    assert before > REPORTERS * 0.4  # two neighbours are often equally near
    assert after <= 6
