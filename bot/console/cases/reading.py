"""One case as it is read: where it stands and what is due at one look, then everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from bot.console.cases.dues import Due, answer_of, dues_of
from bot.console.cases.form import Told, told
from bot.console.cases.labels import DELETE_REASONS, DONE, LANE_FIRST, Milestone, track
from bot.console.cases.story import Told as Moment
from bot.console.cases.story import story
from bot.console.courses.of_case import courses_of
from bot.console.languages import Tongues, tongues
from bot.console.people import People, openings, people
from bot.console.visit import Visit
from flows import case_words as words
from flows.case_model import EndReason, Lane, Purpose, Service, Stage
from flows.case_rules import NEXT, OPEN, Facts, may_move
from flows.text import Text, _, ngettext, verbatim
from storage.access import for_operator
from storage.appointments.model import Appointment
from storage.audit import Action
from storage.cases.model import Action as Step
from storage.cases.model import Choice, File, Flagged, Task
from storage.operators import Operator

REVIEW = timedelta(days=90)
FLAG = timedelta(days=90)
WORDS = ("goals", "rules", "risk", "what", "support", "sign", "words", "why")
"""Fields into which somebody writes."""
FORMS = {Stage.TAKEN_IN_CHARGE: "take", Stage.CONCLUDED: "conclude"}
NAMES: dict[str, Any] = {
    "action_states": words.ACTION_STATES,
    "delete_reasons": DELETE_REASONS,
    "bed_names": words.BEDS,
    "end_reasons": words.END_REASONS,
    "flag_names": words.FLAGS,
    "hows": words.HOWS,
    "outcome_names": words.OUTCOMES,
    "purposes": words.PURPOSES,
    "said_names": words.SAID,
    "service_names": words.SERVICES,
    "sources": words.SOURCES,
    "stage_names": words.STAGES,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Which form was not carried out, why, and everything that was typed into it."""

    form: str
    words: Text
    typed: Mapping[str, str] = field(repr=False)

    @property
    def told(self) -> list[str]:
        """The words in it, for a page on which that form no longer stands."""
        return [self.typed[name] for name in WORDS if self.typed.get(name)]


@dataclass(frozen=True, slots=True)
class LaneShown:
    """One lane: its steps, and the services it offers, its own first."""

    key: str
    name: Text
    steps: list[Step]
    services: dict[Service, Text]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a case could go, and why it may not go there now."""

    to: Stage
    words: Text
    refused: Text | None


@dataclass(frozen=True, slots=True)
class View:
    """What of a case is worked out for its page; the rest stands in the file itself."""

    facts: list[Text]
    track: list[Milestone]
    dues: list[Due]
    flags: list[Flagged]
    bed_blocks: bool
    lanes: list[LaneShown]
    kept: bool
    can_take: bool
    can_end: bool
    moves: list[Move]
    tasks: list[Task]
    meetings: list[tuple[Appointment, Text]]
    choices: list[Choice]
    more: list[tuple[str, bool]]
    told: list[tuple[Text, list[Told]]]
    clashes: Text | None
    timeline: list[Moment]
    colleagues: list[Operator]
    review_first: date
    flag_first: date

    @property
    def forms(self) -> set[str]:
        """The forms that stand on the page, each with a place for what was typed into it."""
        found = {"outcome", "task", "flag", "choice", "delete"} | {
            f"add-{one.key}" for one in self.lanes
        }
        found |= {str(step.id) for lane in self.lanes for step in lane.steps}
        asked = (("move", self.moves), ("take", self.can_take), ("conclude", self.can_end))
        return found | {name for name, stands in (*asked, *self.more) if stands}


async def show(visit: Visit) -> web.StreamResponse:
    """Show a case; that it was opened is written down first."""
    return await file_page(visit)


async def opened(visit: Visit) -> File:
    """The case of the address, after its opening was written down.

    Raises:
        web.HTTPNotFound: it is not there for whoever asks.
    """
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("contact")
    found = await visit.room.write(
        lambda connection: for_operator(connection, vault, who, id_, now)
    )
    if found is None:
        raise web.HTTPNotFound
    return found


async def file_page(visit: Visit, refused: Refused | None = None) -> web.Response:
    """The page of a case; after a refusal, with everything that was typed still in its form."""
    file, staff = await opened(visit), await people(visit)
    contact = file.contact
    looks = await openings(visit, Action.CASE_READ, contact.number, contact.opened, staff)

    def typed(form: str, name: str, otherwise: object) -> str:
        if refused is not None and refused.form == form:
            return refused.typed.get(name, "")
        return "" if otherwise is None else str(otherwise)

    view = view_of(file, staff, tongues(visit), visit.room.now.date())
    return visit.page(
        "cases/file.html",
        status=422 if refused else 200,
        file=file,
        contact=contact,
        view=view,
        courses=[] if file.partial else await courses_of(visit, contact.id),
        staff=staff,
        openings=looks,
        refused=refused,
        typed=typed,
        homeless=[] if refused is None or refused.form in view.forms else refused.told,
        today=visit.room.now.date(),
        done=DONE.get(visit.request.query.get("done", "")) if refused is None else None,
        **NAMES,
    )


def view_of(file: File, staff: People, known: Tongues, today: date) -> View:
    """Work out what a page says of a case."""
    contact, now = file.contact, facts_of(file)
    clashes = len(file.sheet.clashes)
    following = NEXT[contact.stage]
    return View(
        facts=_facts(file, staff, known),
        track=track(contact.stage, words.STAGES[contact.stage]),
        dues=dues_of(file, staff, today),
        flags=[one for one in file.flags if one.ended is None],
        bed_blocks=now.housing_tied and not now.bed,
        lanes=[_lane(lane, file) for lane in Lane],
        kept=now.kept,
        can_take=Stage.TAKEN_IN_CHARGE in following and contact.stage is not Stage.SUSPENDED,
        can_end=Stage.CONCLUDED in following,
        moves=[
            Move(to, words.STAGES[to], may_move(contact.stage, to, now))
            for to in following
            if to not in FORMS or (contact.stage is Stage.SUSPENDED and FORMS[to] == "take")
        ],
        tasks=[one for one in file.tasks if one.done is None],
        meetings=[(one, answer_of(one)) for one in file.appointments if one.is_booked],
        choices=[one for one in file.choices if one.revoked is None],
        more=[("agreed", file.charge is not None), ("bed", contact.housing_tied)],
        told=told(file.sheet, known),
        clashes=ngettext(
            "Two people wrote into {count} field at the same time.",
            "Two people wrote into {count} fields at the same time.",
            clashes,
        )
        if clashes
        else None,
        timeline=story(file, staff),
        colleagues=staff.of_office(contact.office),
        review_first=today + REVIEW,
        flag_first=today + FLAG,
    )


def facts_of(file: File) -> Facts:
    """What the rules look at."""
    given = {one.purpose for one in file.choices if one.holds}
    return Facts(
        kept=Purpose.KEEP in given,
        shared=Purpose.SHARE in given,
        planned=bool(file.actions),
        outcome=bool(file.outcomes),
        reason=EndReason.GOAL_REACHED if file.outcomes else EndReason.PERSONS_CHOICE,
        housing_tied=file.contact.housing_tied,
        bed=file.contact.bed,
        employer_agreed=Purpose.EMPLOYER in given,
    )


def _facts(file: File, staff: People, known: Tongues) -> list[Text]:
    contact = file.contact
    owner = staff.name(contact.owner)
    facts = [
        _("followed by {name}", name=owner) if contact.owner else _("nobody follows it yet"),
        verbatim(staff.offices.get(contact.office, "")),
        _("opened on {day}", day=contact.opened),
        words.SOURCES[contact.source],
    ]
    if contact.language:
        facts.append(_("speaks {language}", language=known.name(contact.language)))
    if file.charge is not None and file.charge.reason is not None:
        facts.append(words.END_REASONS[file.charge.reason])
    return facts


def _lane(lane: Lane, file: File) -> LaneShown:
    first = LANE_FIRST[lane]
    services = {one: words.SERVICES[one] for one in first}
    services |= {one: name for one, name in words.SERVICES.items() if one not in first}
    steps = [one for one in file.actions if one.lane is lane]
    steps.sort(key=lambda one: (one.state not in OPEN, one.due is None, one.due or one.created))
    return LaneShown(lane.value, words.LANES[lane], steps, services)
