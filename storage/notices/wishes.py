"""How somebody wants to be reminded: what they said, or else what the house does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from flows.calendar_model import Wishes
from flows.handoff_model import Safe
from flows.reminding import DAY, Reach, Step, read_steps
from storage.calendar_schema import wish
from storage.handoff_schema import handoff
from storage.schema import person


@dataclass(frozen=True, slots=True)
class Wished:
    """What counts for one person's reminders. `steps` None is as courses and desks do it."""

    steps: str | None = None
    safe: Safe = Safe.ALWAYS
    paused_until: date | None = None
    reachable: bool = True

    def reach(self, hours: Reach = DAY) -> Reach:
        """When they may be written to."""
        return hours if self.safe is Safe.ALWAYS else replace(hours, safe=self.safe)

    def is_paused(self, local: datetime) -> bool:
        """Whether they want nothing on that day."""
        return self.paused_until is not None and local.date() <= self.paused_until


def find_wished(connection: Connection, person_ids: Collection[int]) -> Mapping[int, Wished]:
    """What each of these people wants; who said nothing keeps the hours they told a desk."""
    query = (
        select(
            person.c.id,
            person.c.reachable,
            wish.c.person_id,
            wish.c.steps,
            wish.c.safe,
            wish.c.paused_until,
            handoff.c.safe.label("told"),
        )
        .outerjoin_from(person, wish, wish.c.person_id == person.c.id)
        .outerjoin(handoff, handoff.c.person_id == person.c.id)
        .where(person.c.id.in_(list(person_ids)))
    )
    found: dict[int, Wished] = {}
    for row in connection.execute(query):
        safe = row.safe if row.person_id is not None else row.told
        found[row.id] = Wished(
            row.steps, Safe(safe or Safe.ALWAYS), row.paused_until, bool(row.reachable)
        )
    return found


def wishes_of(connection: Connection, person_id: int) -> Wishes:
    """What somebody wants, as the conversation shows it."""
    found = find_wished(connection, [person_id]).get(person_id, Wished())
    steps = None if found.steps is None else tuple(map(str, read_steps(found.steps)))
    return Wishes(steps, found.safe, found.paused_until)


def keep_wishes(connection: Connection, person_id: int, wishes: Wishes) -> None:
    """Keep what somebody wants, instead of what they wanted before.

    Raises:
        StepsError: an offset cannot be read.
    """
    steps: tuple[Step, ...] | None = None
    if wishes.steps is not None:
        steps = read_steps(",".join(wishes.steps))
    connection.execute(delete(wish).where(wish.c.person_id == person_id))
    connection.execute(
        insert(wish).values(
            person_id=person_id,
            steps=None if steps is None else ",".join(map(str, steps)),
            safe=wishes.safe.value,
            paused_until=wishes.paused_until,
        )
    )
