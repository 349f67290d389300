"""A made-up year of two desks, to try everything with: the same people and figures every time.

It goes through the same functions as what operators do, so that the rules hold for it too. Nobody
did it, so the audit says nothing of it. Every row is marked, and figures never mix it with what
is real.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from flows.case_model import (
    ActionState,
    EndReason,
    Flag,
    How,
    Outcome,
    Purpose,
    Result,
    Service,
    Source,
    Stage,
)
from flows.text import Text
from storage.case_schema import contact as contacts
from storage.cases import sheets
from storage.cases.choices import choose, flag_add
from storage.cases.contacts import draw_number, put_contact
from storage.cases.hand import Hand
from storage.cases.model import Action
from storage.cases.moving import conclude, move, take_in_charge
from storage.cases.plan import outcome_add, plan_add, plan_change
from storage.cases.tasks import task_add
from storage.handoffs.designations import draw
from storage.offices import add_office, set_office_open
from storage.sample_calendar import go_to_school
from storage.sample_words import (
    BASIC,
    CARATE,
    DESIO,
    GOALS,
    JOBS,
    KINDS,
    LANES,
    MINUTES,
    PARTNERS,
    PROVIDERS,
    STORIES,
    TALKS,
    USUAL_MINUTES,
    WHAT,
    WOMEN,
    Place,
)
from storage.schema import office as offices
from storage.schema import operator as operators
from storage.schema import person
from storage.vault import Vault

SEED = 139_60_53
NEEDS = ("work", "training", "language", "papers", "house", "income")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Life:
    """What happens with one of the made-up people in the year."""

    irregular: bool = False
    trained: bool = False
    path: bool = False
    contract: bool = False
    taken: bool = False
    end: str = ""
    """"good", "other", "rest", or empty: it goes on."""


def load_sample(connection: Connection, vault: Vault, today: date) -> int:
    """Fill an empty database with the made-up year; how many sheets, 0 where it is not empty."""
    for kept in (contacts, person):
        if connection.execute(select(func.count()).select_from(kept)).scalar_one():
            return 0
    chance = random.Random(SEED)  # noqa: S311 - the same people every time is what it is for
    year = first_day(today)
    partners = {key: _partner(connection, name, year) for key, name in PARTNERS.items()}
    for place in (DESIO, CARATE):
        _Year(connection, vault, chance, year, place, partners).happens()
    school = _office_of(connection, DESIO.territory, today)
    go_to_school(connection, vault, DESIO.territory, school, today)
    query = select(func.count()).where(contacts.c.stage != Stage.CONTACT.value)
    return int(connection.execute(query).scalar_one())


def first_day(today: date) -> date:
    """Where the year of the sample begins: it is over when the present month begins."""
    return date(today.year - 1, today.month, 1)


def _partner(connection: Connection, name: str, day: date) -> str:
    made = add_office(connection, name, day, duty=False)
    set_office_open(connection, made.key, is_open=False)
    return made.key


class _Year:
    """The year of one desk."""

    def __init__(
        self,
        connection: Connection,
        vault: Vault,
        chance: random.Random,
        year: date,
        place: Place,
        partners: Mapping[str, str],
    ) -> None:
        self._connection, self._vault, self._chance = connection, vault, chance
        self._year, self._place, self._partners = year, place, partners
        self._office = _office_of(connection, place.territory, year)
        query = select(operators.c.id).where(operators.c.office == self._office, operators.c.active)
        self._shares = random.Random(SEED)  # noqa: S311 - as above
        self._staff = tuple(connection.execute(query.order_by(operators.c.sign_in)).scalars())

    def happens(self) -> None:
        """Everybody's year, one after the other."""
        for life in _lives(self._place, self._chance):
            self._live(life)
        for _n in range(self._place.met):
            self._put({}, self._moment(0, 360), Stage.CONTACT)

    def _live(self, life: Life) -> None:
        latest = {"good": 190, "other": 220, "rest": 250}.get(life.end, 330 if life.taken else 360)
        earliest = 230 if life.taken and not life.end else 0
        moment = self._moment(earliest, latest)
        hand = self._put(self._sheet(life), moment, Stage.SHEET_OPEN)
        stays = not life.taken and self._chance.random() < 0.25
        if not stays:
            self._later(hand, 1, 20)
            _done(move(hand, self._identified(life), self._one(TALKS)))
        if life.taken:
            self._charge(hand, life)

    def _charge(self, hand: Hand, life: Life) -> None:
        self._later(hand, 1, 12)
        for purpose in (Purpose.KEEP, Purpose.STATISTICS, Purpose.CONTACT):
            given = purpose is not Purpose.CONTACT or self._chance.random() < 0.85
            _made(choose(hand, purpose, given=given, how=self._one((How.SIGNED, How.SPOKEN))))
        goals = self._one(GOALS)
        _done(take_in_charge(hand, self._one(TALKS), goals=goals))
        steps = self._plan(hand, life)
        self._later(hand, 1, 9)
        _done(move(hand, Stage.PROJECT_ACTIVE, "Progetto firmato"))
        keep = 0 if life.end in ("good", "other") else self._chance.randint(1, 2)
        for step in steps[: len(steps) - keep]:
            self._deliver(hand, step)
        self._outcomes(hand, life)
        self._end(hand, life)

    def _plan(self, hand: Hand, life: Life) -> list[Action]:
        wanted = self._basics()
        if life.trained:
            wanted = [self._one((Service.TRAINING, Service.TRAINING, Service.ITALIAN)), *wanted]
        if life.path:
            placement = self._one((Service.MATCHING, Service.MATCHING, Service.TRAINEESHIP))
            wanted = [Service.SKILLS, placement, *wanted]
        steps = []
        for service in dict.fromkeys(wanted):
            provider = self._partners.get(PROVIDERS.get(service, ""), self._office)
            due = hand.now.date() + timedelta(days=self._chance.randint(7, 60))
            what = self._one(WHAT[service])
            made = plan_add(hand, LANES[service], service, provider=provider, what=what, due=due)
            steps.append(_made(made))
        # A path is active from its first yes, also where it leads to nothing in the year.
        return [self._accepted(hand, one) for one in steps]

    def _accepted(self, hand: Hand, step: Action) -> Action:
        return _made(plan_change(hand, step.id, state=ActionState.ACCEPTED))

    def _basics(self) -> list[Service]:
        count = self._chance.randint(2, 4)
        services, weights = zip(*BASIC, strict=True)
        return self._chance.choices(services, weights, k=count)

    def _deliver(self, hand: Hand, step: Action) -> None:
        self._later(hand, 2, 12)
        state = ActionState.DELIVERED
        if step.service not in (Service.TRAINING, Service.ITALIAN, Service.MATCHING):
            state = self._chance.choices(
                (ActionState.DELIVERED, ActionState.NO_SHOW, ActionState.REFUSED), (90, 6, 4)
            )[0]
        if step.service is Service.TRAINEESHIP:
            state = ActionState.DELIVERED
        minutes = self._one(MINUTES.get(step.service, USUAL_MINUTES))
        _made(
            plan_change(
                hand,
                step.id,
                state=state,
                minutes=minutes if state is ActionState.DELIVERED else None,
                in_group=step.service in (Service.TRAINING, Service.ITALIAN),
            )
        )

    def _outcomes(self, hand: Hand, life: Life) -> None:
        codes = [Outcome.INFORMED]
        if life.trained:
            codes.append(Outcome.TRAINING_STARTED)
            if life.end == "good":
                codes.append(Outcome.TRAINING_COMPLETED)
        if life.contract:
            codes.append(Outcome.REGULAR_CONTRACT)
        elif life.end == "good":
            some = (Outcome.ITALIAN_LEVEL, Outcome.HEALTH_JOINED, Outcome.PERMIT)
            codes.append(self._one(some))
        self._later(hand, 1, 10)
        for code in codes:
            _made(outcome_add(hand, code, hand.now.date()))

    def _end(self, hand: Hand, life: Life) -> None:
        self._later(hand, 2, 25)
        if life.end == "good":
            whole = life.contract or self._chance.random() < 0.4
            reason = EndReason.GOAL_REACHED if whole else EndReason.PARTLY_REACHED
            _done(conclude(hand, reason, "Colloquio di chiusura"))
        elif life.end == "other":
            some = (EndReason.MOVED_AWAY, EndReason.NO_CONTACT, EndReason.MOVED_SERVICE)
            _done(conclude(hand, self._one(some), "Non è più seguita dallo sportello"))
        elif life.end == "rest":
            _done(move(hand, Stage.SUSPENDED, "È nel suo paese per due mesi"))
        else:
            self._goes_on(hand)

    def _goes_on(self, hand: Hand) -> None:
        case, owner = hand.contact.id, hand.contact.owner
        end = self._year.replace(year=self._year.year + 1)
        due = end + timedelta(days=self._chance.randint(-20, 40))
        words = self._one(("Chiamare il Centro per l'impiego", "Sentire la mediatrice"))
        task_add(self._connection, self._vault, case, words, due, by=0, owner=owner)
        if self._chance.random() < 0.4:
            kind = self._one((Flag.PERMIT_EXPIRES, Flag.WATCHED_PHONE, Flag.NO_CALLS))
            _made(flag_add(hand, kind, hand.now.date() + timedelta(days=180)))

    def _sheet(self, life: Life) -> dict[str, Any]:
        place, chance = self._place, self._chance
        sector = self._weighted(place.sectors)
        woman = chance.randrange(100) < WOMEN.get(sector, 8)
        sheet: dict[str, Any] = {
            "place": self._one(("desk", "desk", "desk", "street", "reception", "union")),
            "language": self._weighted(place.languages),
            "reading": self._weighted((("reads", 6), ("little", 3), ("cannot", 1))),
            "phone": self._weighted((("own", 8), ("shared", 2))),
            "age": self._weighted((("18-24", 14), ("25-34", 34), ("35-49", 38), ("50+", 14))),
            "gender": "woman" if woman else "man",
            "town": self._one(place.towns),
            "sector": sector,
            "job": self._one(JOBS[sector]),
            "needs": chance.sample(
                ("work", "training", "language", "papers", "house", "income"), 2
            ),
            "story": self._one(STORIES),
            "level": "0",
            "result": self._result(life),
        }
        if life.irregular:
            some = KINDS[sector]
            sheet["kinds"] = chance.sample(some, chance.randint(1, 3))
            sheet["level"] = self._weighted((("1", 80), ("2", 20)))
            sheet["contract"] = "none" if "K01" in sheet["kinds"] else "part"
        if sector == "domestic" and life.irregular and not life.path:
            sheet["housing_tied"] = self._weighted((("yes", 35), ("no", 65)))
        return sheet

    def _result(self, life: Life) -> str:
        if life.irregular:
            return Result.IRREGULAR.value
        if life.taken:
            return Result.FOLLOWED.value
        others = ((Result.INFORMATION, 68), (Result.FOLLOWED, 16), (Result.LOST, 10))
        return self._weighted((*others, (Result.REFUSED, 6))).value

    def _identified(self, life: Life) -> Stage:
        if not life.irregular:
            return Stage.IDENTIFIED_NO
        yes, perhaps = (Stage.IDENTIFIED_YES, 15), (Stage.IDENTIFIED_POTENTIAL, 25)
        return self._weighted((yes, perhaps, (Stage.IDENTIFIED_NO, 60)))

    def _put(self, sheet: dict[str, Any], moment: datetime, stage: Stage) -> Hand:
        # Chosen apart, so that the same people are there whoever works at the desk.
        follows = self._staff and stage is not Stage.CONTACT
        owner = self._shares.choice(self._staff) if follows else None
        source = self._weighted(
            ((Source.DESK, 50), (Source.SELF, 18), (Source.PARTNER, 14), (Source.OUTREACH, 18))
        )
        made = put_contact(
            self._connection,
            self._vault,
            sheets.begun(sheet, owner or 0),
            moment,
            number=draw_number(self._chance.choice),
            designation=draw(self._chance.choice),
            office=self._office,
            territory=self._place.territory,
            owner=owner,
            created_by=0,
            source=source.value,
            stage=stage.value,
            sample=True,
        )
        return Hand(self._connection, self._vault, made, owner or 0, moment, audited=False)

    def _moment(self, earliest: int, latest: int) -> datetime:
        day = self._year + timedelta(days=self._chance.randint(earliest, latest))
        return datetime.combine(_working(day), time(self._chance.randint(8, 15)), UTC)

    def _later(self, hand: Hand, least: int, most: int) -> None:
        """Some days later, and never after the year."""
        last = self._year.replace(year=self._year.year + 1) - timedelta(days=1)
        day = hand.now.date() + timedelta(days=self._chance.randint(least, most))
        day = min(_working(day), last)
        hand.now = datetime.combine(max(day, hand.now.date()), hand.now.timetz())

    def _one(self, of: Sequence[_T]) -> _T:
        return self._chance.choice(of)

    def _weighted(self, of: Sequence[tuple[_T, int]]) -> _T:
        values, weights = zip(*of, strict=True)
        return self._chance.choices(values, weights)[0]  # type: ignore[no-any-return]


def _lives(place: Place, chance: random.Random) -> list[Life]:
    """Everybody's lot: the figures of the place, in an order that tells nothing."""
    taken = [
        Life(
            irregular=number < place.irregular,
            trained=number < place.trained,
            # Paths overlap with trainings, and go beyond them.
            path=number >= place.taken - place.paths,
            contract=number >= place.taken - place.contracts,
            taken=True,
            end="",
        )
        for number in range(place.taken)
    ]
    ends = ["other"] * place.ended + ["rest"] * place.rest
    ends += [""] * (place.taken - place.concluded - len(ends))
    unlucky = set(chance.sample(range(place.taken - place.contracts), len(ends)))
    marks = iter(ends)
    lives = [
        Life(
            one.irregular,
            one.trained,
            one.path,
            one.contract,
            True,
            next(marks) if number in unlucky else "good",
        )
        for number, one in enumerate(taken)
    ]
    left = max(0, place.irregular - place.taken)
    lives += [Life(irregular=n < left) for n in range(place.sheets - place.taken)]
    chance.shuffle(lives)
    return lives


def _office_of(connection: Connection, territory: str, day: date) -> str:
    """The open office whose name says the territory; made where there is none."""
    query = select(offices.c.key, offices.c.name).where(offices.c.active)
    for key, name in connection.execute(query.order_by(offices.c.name)):
        if territory in name:
            return str(key)
    return add_office(connection, f"PUA {territory} (esempio)", day, duty=False).key


def _working(day: date) -> date:
    """That day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _done(refused: Text | None) -> None:
    if refused is not None:
        raise RuntimeError(f"The sample breaks a rule: {refused.source}")


def _made(made: _T | Text) -> _T:
    if isinstance(made, Text):
        raise RuntimeError(f"The sample breaks a rule: {made.source}")
    return made
