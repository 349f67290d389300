"""Five hundred people who report over twelve weeks, and a thief who has a copy of what is kept."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flows.report_model import Box, Ending, Level, Words
from storage.reports import Offered, Reports
from tests.storage.reports.makers import ANNA, BRUNO, EVERYBODY, a_photo, a_report

SEED = 20261122
REPORTS = 500
WEEKS = 12
FIRST = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday
CANARY = "zq7xcanary"
CHATS = 0x000A7177C3000000  # four bytes that nothing else has, then the person's number
SCRIPTS = ("passaporto ", "أخذوا جواز سفري ", "পাসপোর্ট নিয়েছে ", "护照 ", "passport ")


@dataclass(frozen=True, slots=True)
class Sent:
    """One report as it really was: whose, when, and the box it is in."""

    person: int
    at: datetime
    box: Box
    number: str


@dataclass(slots=True)
class Crowd:
    """Everybody who wrote to the bot, with every moment they did, and the reports among them."""

    people: int
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    activity: dict[int, list[datetime]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def live(self) -> list[tuple[datetime, int]]:
        """Who writes when: some days a week, mostly in the evening; in their order."""
        dice = self.dice
        for person in range(self.people):
            moments = []
            for day in range(WEEKS * 7):
                if dice.random() < 0.35:
                    hour = min(23, max(6, int(dice.gauss(20, 3))))
                    for _ in range(dice.randint(1, 4)):
                        moment = timedelta(days=day, hours=hour, seconds=dice.randint(0, 3599))
                        moments.append(FIRST + moment)
            self.activity[person] = sorted(moments)
        every = [(at, person) for person, found in self.activity.items() for at in found]
        chosen = dice.sample(every, REPORTS)
        return sorted(chosen)


def fill(reports: Reports, people: int, *, files: int = 25) -> Crowd:
    """Let the crowd report, each in a shape of chance; what they say, nobody else says."""
    crowd = Crowd(people)
    dice = crowd.dice
    for n, (at, person) in enumerate(crowd.live()):
        words = dice.choice(SCRIPTS) * dice.randint(0, 60)
        if n % 50 == 7:  # what cannot be packed, and is long
            words = dice.randbytes(dice.choice((9_000, 25_000))).hex()
        box = Box(dice.randbytes(16).hex(), dice.randbytes(32).hex())
        ending = dice.choice(tuple(Ending))
        evidence: tuple[str, ...] = ()
        if n % (REPORTS // files) == 3:
            size = dice.choice((10, 30_000, 200_000, 700_000))
            photo = a_photo(f"{CANARY}{n}".encode() + dice.randbytes(size), shifted=bool(n % 2))
            evidence = (reports.keep_evidence(box, photo, at).id,)
        made = a_report(
            box,
            f"{CANARY}{n} {words}",
            level=dice.choice(tuple(Level)),
            ending=ending,
            files=evidence,
            sector=dice.choice(("construction", "domestic", "agriculture")),
        )
        number = reports.submit(made, EVERYBODY, at, Offered(CHATS + person, "bn"))
        crowd.sent.append(Sent(person, at, box, number))
        if n % 10 == 0:
            _more(reports, crowd, box, n, at)
    return crowd


def _more(reports: Reports, crowd: Crowd, box: Box, n: int, at: datetime) -> None:
    """Some of them are answered, some come back, some are noted about."""
    reports.mailboxes.prepare()
    crowd.codes.append(reports.give_code(box, at))
    reports.keep_code(box)
    reports.reply(ANNA, box.id, Words(True, f"{CANARY}reply{n}", language="it"), at)
    reports.note(BRUNO, box.id, f"{CANARY}note{n} " + "x" * (n * 9), at)
    reports.add(box, f"{CANARY}more{n}", (), at)
    reports.assign(ANNA, box.id, 12, at)
