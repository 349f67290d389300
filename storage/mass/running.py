"""Lets a message to many go, stops it, goes on with it, and says how far it has come.

Its recipients are notices, one row each, made in the transaction of the word that lets it go: so
nobody is told twice, whatever is stopped, killed or restored on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, exists, func, select, update

from flows.calendar_model import MassState, NoticeState, Subject
from storage.calendar_schema import mass as table
from storage.calendar_schema import notice
from storage.instants import ROME, wall
from storage.mass.audience import count_people, reached_by
from storage.mass.drafting import as_seen, find_mass
from storage.mass.model import Mass, read, written
from storage.notices.planning import add_many
from storage.notices.stopping import resume as resume_notices
from storage.notices.stopping import stop as stop_notices

UNDER_WAY = (MassState.RUNNING, MassState.STOPPED)
_LEFT = (NoticeState.WAITING.value, NoticeState.HANDED.value)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of the recipients have come to which state.

    `gone` were forgotten since, or left no trace for another reason.
    """

    recipients: int
    states: Mapping[NoticeState, int]

    def count(self, *states: NoticeState) -> int:
        """How many are in one of these states."""
        return sum(self.states.get(one, 0) for one in states)

    @property
    def left(self) -> int:
        """How many are still to be told."""
        return self.count(NoticeState.WAITING, NoticeState.HANDED)

    @property
    def over(self) -> int:
        """How many have come to an end, whatever it was."""
        return self.recipients - self.left - self.count(NoticeState.STOPPED)

    @property
    def gone(self) -> int:
        """How many are nobody's row any more."""
        return max(0, self.recipients - sum(self.states.values()))


def let_go(connection: Connection, mass: Mass, operator_id: int, now: datetime) -> Mass | None:
    """Let a draft go to everybody it is for, as somebody has seen it.

    None where it is another by now, or its moment is over: nothing was changed.
    """
    if mass.until <= now:
        return None
    today = wall(now, ROME)
    agreed = {
        "state": MassState.RUNNING.value,
        "approved": now,
        "approved_by": operator_id,
        "version": mass.version + 1,
    }
    if connection.execute(update(table).where(as_seen(mass)).values(agreed)).rowcount != 1:
        return None
    people = reached_by(connection, mass.audience, mass.office, today.date())
    recipients = add_many(
        connection,
        connection.execute(people).scalars().all(),
        Subject.MASS,
        mass.id,
        due=now,
        until=mass.until,
        occasion=today.isoformat(timespec="minutes"),
    )
    counted = count_people(connection, mass.audience, mass.office, today.date())
    languages = tuple(sorted(counted.languages.items()))
    told = replace(mass.audience, languages=languages, careful=counted.careful)
    _set(connection, mass.id, recipients=recipients, audience=written(told))
    return find_mass(connection, mass.id)


def stop(connection: Connection, mass_id: int) -> bool:
    """Tell nobody more for now; what is just leaving arrives. False where it does not run."""
    if not _turn(connection, mass_id, (MassState.RUNNING,), MassState.STOPPED):
        return False
    stop_notices(connection, Subject.MASS, mass_id)
    return True


def resume(connection: Connection, mass_id: int, now: datetime) -> bool:
    """Tell those who were not told yet; False where it is not stopped, or its moment is over."""
    found = find_mass(connection, mass_id)
    if found is None or found.until <= now:
        return False
    if not _turn(connection, mass_id, (MassState.STOPPED,), MassState.RUNNING):
        return False
    resume_notices(connection, Subject.MASS, mass_id)
    return True


def give_up(connection: Connection, mass_id: int, now: datetime) -> bool:
    """Tell nobody more, for good; False where it is over, or was never let go."""
    if not _turn(connection, mass_id, UNDER_WAY, MassState.DONE):
        return False
    stop_notices(connection, Subject.MASS, mass_id)
    _set(connection, mass_id, ended=now)
    return True


def find_running(connection: Connection) -> list[Mass]:
    """The messages that are on their way, the first agreed first."""
    query = select(table).where(table.c.state == MassState.RUNNING.value)
    return [read(row) for row in connection.execute(query.order_by(table.c.approved))]


def settle(connection: Connection, now: datetime) -> list[int]:
    """Those of which nobody is to be told any more are done; which they are."""
    left = exists().where(
        notice.c.subject == Subject.MASS.value,
        notice.c.subject_id == table.c.id,
        notice.c.state.in_(_LEFT),
    )
    done = (
        update(table)
        .where(table.c.state == MassState.RUNNING.value, ~left)
        .values(state=MassState.DONE.value, ended=now)
        .returning(table.c.id)
    )
    return list(connection.execute(done).scalars())


def settle_restored(connection: Connection, now: datetime) -> int:
    """After a backup was put back: whoever had not been told then may have been since, so nobody is
    told again. How many messages that ended."""
    begun = select(table.c.id).where(table.c.state.in_([one.value for one in UNDER_WAY]))
    mine = (notice.c.subject == Subject.MASS.value) & notice.c.subject_id.in_(begun)
    untold = notice.c.state.in_((NoticeState.WAITING.value, NoticeState.STOPPED.value))
    unknown = {"state": NoticeState.UNKNOWN.value, "ended": now}
    connection.execute(update(notice).where(mine, untold).values(unknown))
    over = update(table).where(table.c.id.in_(begun))
    return connection.execute(over.values(state=MassState.DONE.value, ended=now)).rowcount


def figures_of(connection: Connection, masses: Collection[Mass]) -> dict[int, Figures]:
    """How far each of these has come."""
    query = (
        select(notice.c.subject_id, notice.c.state, func.count())
        .where(
            notice.c.subject == Subject.MASS.value,
            notice.c.subject_id.in_([one.id for one in masses]),
        )
        .group_by(notice.c.subject_id, notice.c.state)
    )
    found: dict[int, dict[NoticeState, int]] = {one.id: {} for one in masses}
    for mass_id, state, many in connection.execute(query):
        found[mass_id][NoticeState(state)] = many
    return {one.id: Figures(one.recipients, found[one.id]) for one in masses}


def _turn(
    connection: Connection, mass_id: int, before: tuple[MassState, ...], after: MassState
) -> bool:
    states = [one.value for one in before]
    there = update(table).where(table.c.id == mass_id, table.c.state.in_(states))
    return connection.execute(there.values(state=after.value)).rowcount == 1


def _set(connection: Connection, mass_id: int, **values: object) -> None:
    connection.execute(update(table).where(table.c.id == mass_id).values(values))
