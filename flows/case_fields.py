"""The fields of the contact and identification sheet (content, D1), as data for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.case_words import RESULTS
from flows.report_choices import KINDS, SECTORS
from flows.text import Text, _


class Group(StrEnum):
    """The parts of the sheet, in its order."""

    ACCESS = "access"
    PERSON = "person"
    PAPERS = "papers"
    WORK = "work"
    SIGNS = "signs"
    NEEDS = "needs"
    RISK = "risk"
    RESULT = "result"


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `shared`: another organisation may see it where the person agreed; all others
    stay with the office."""

    group: Group
    key: str
    title: Text
    kind: FieldKind
    choices: Mapping[str, Text] = field(default_factory=dict)
    shared: bool = False


GROUPS: dict[Group, Text] = {
    Group.ACCESS: _("How they came, and how to reach them"),
    Group.PERSON: _("Person"),
    Group.PAPERS: _("Papers"),
    Group.WORK: _("Work"),
    Group.SIGNS: _("Signs"),
    Group.NEEDS: _("Needs"),
    Group.RISK: _("Risk"),
    Group.RESULT: _("Result and next step"),
}

YES_NO: dict[str, Text] = {"yes": _("yes"), "no": _("no"), "unclear": _("not clear")}
PLACES: dict[str, Text] = {
    "desk": _("desk"),
    "street": _("street"),
    "reception": _("reception centre (CAS, SAI)"),
    "union": _("union"),
    "phone": _("phone"),
    "bot": _("chat"),
}
READING: dict[str, Text] = {
    "cannot": _("cannot read"),
    "little": _("reads a little"),
    "reads": _("reads"),
}
PHONES: dict[str, Text] = {
    "own": _("their own"),
    "shared": _("shared"),
    "watched": _("somebody looks at it"),
}
AGES: dict[str, Text] = {
    "16-17": _("16 to 17"),
    "18-24": _("18 to 24"),
    "25-34": _("25 to 34"),
    "35-49": _("35 to 49"),
    "50+": _("50 and more"),
}
GENDERS: dict[str, Text] = {
    "woman": _("woman"),
    "man": _("man"),
    "other": _("other"),
    "unsaid": _("prefers not to say"),
}
CONTRACTS: dict[str, Text] = {
    "none": _("none"),
    "open": _("without an end"),
    "fixed": _("with an end"),
    "part": _("part time"),
    "day": _("by the day"),
    "agency": _("through an agency"),
    "cooperative": _("member of a cooperative"),
    "piva": _("self-employed (partita IVA)"),
    "trainee": _("traineeship"),
}
PAID: dict[str, Text] = {
    "bank": _("by bank"),
    "cash": _("in cash"),
    "both": _("part by bank, part in cash"),
    "not": _("not paid"),
}
CROWD: dict[str, Text] = {"1": _("alone"), "2-9": _("2 to 9"), "10+": _("10 and more")}
NEEDS: dict[str, Text] = {
    "work": _("work"),
    "income": _("income"),
    "house": _("house"),
    "papers": _("papers"),
    "health": _("health"),
    "psychological": _("psychological help"),
    "legal": _("legal help"),
    "language": _("language"),
    "training": _("training"),
    "childcare": _("childcare"),
    "safety": _("safety"),
    "debt": _("debt"),
}
LEVELS: dict[str, Text] = {
    "0": _("0: information"),
    "1": _("1: irregular"),
    "2": _("2: serious"),
    "3": _("3: danger"),
}
ILO: dict[str, Text] = {
    "1": _("abuse of vulnerability"),
    "2": _("deception"),
    "3": _("restriction of movement"),
    "4": _("isolation"),
    "5": _("physical and sexual violence"),
    "6": _("intimidation and threats"),
    "7": _("retention of identity documents"),
    "8": _("withholding of wages"),
    "9": _("debt bondage"),
    "10": _("abusive working and living conditions"),
    "11": _("excessive overtime"),
}
INDICES: dict[str, Text] = {
    "1": _("pay far below the contract"),
    "2": _("hours, rest and holidays"),
    "3": _("safety at work"),
    "4": _("degrading conditions or lodging"),
}

_A, _P, _D, _W = Group.ACCESS, Group.PERSON, Group.PAPERS, Group.WORK
_S, _N, _K, _R = Group.SIGNS, Group.NEEDS, Group.RISK, Group.RESULT
_LINE, _LONG, _DAY, _NUMBER = FieldKind.LINE, FieldKind.LONG, FieldKind.DAY, FieldKind.NUMBER
_ONE, _MANY = FieldKind.ONE, FieldKind.MANY

FIELDS: tuple[Field, ...] = (
    Field(_A, "place", _("Where you met"), _ONE, PLACES),
    Field(_A, "met", _("First contact"), _DAY),
    Field(_A, "sent_by", _("Who sent them"), _LINE),
    Field(_A, "language", _("Language"), _LINE, shared=True),
    Field(_A, "interpreter", _("Interpreter or mediator"), _LINE, shared=True),
    Field(_A, "reading", _("Reading"), _ONE, READING, shared=True),
    Field(_A, "phone", _("Phone"), _ONE, PHONES, shared=True),
    Field(_A, "reach", _("Who may contact them, how and when"), _LONG, shared=True),
    Field(_A, "informed", _("Information given (which version)"), _LINE),
    Field(_P, "age", _("Age"), _ONE, AGES),
    Field(_P, "gender", _("Gender"), _ONE, GENDERS, shared=True),
    Field(_P, "citizenship", _("Citizenship, only if the person agrees"), _LINE),
    Field(_P, "town", _("Town"), _LINE, shared=True),
    Field(_P, "children", _("Children"), _ONE, YES_NO),
    Field(_D, "permit", _("Permit"), _LINE),
    Field(_D, "permit_ends", _("Permit ends"), _DAY),
    Field(_D, "may_work", _("Right to work"), _ONE, YES_NO),
    Field(_D, "holds_papers", _("Documents in their own hands"), _ONE, YES_NO),
    Field(_W, "sector", _("Sector"), _ONE, SECTORS, shared=True),
    Field(_W, "job", _("Job"), _LINE),
    Field(_W, "since", _("Since when"), _LINE),
    Field(_W, "contract", _("Contract"), _ONE, CONTRACTS),
    Field(_W, "hours_paper", _("Hours a week on paper"), _NUMBER),
    Field(_W, "hours_real", _("Hours a week in truth"), _NUMBER),
    Field(_W, "pay_paper", _("Pay a month on paper (€)"), _NUMBER),
    Field(_W, "pay_real", _("Pay a month in truth (€)"), _NUMBER),
    Field(_W, "paid", _("How they are paid"), _ONE, PAID),
    Field(_W, "payslips", _("Payslips"), _ONE, YES_NO),
    Field(_W, "ccnl", _("CCNL and level"), _LINE),
    Field(_W, "recruiter", _("Who found them for the job"), _LINE),
    Field(_W, "fee", _("Money paid for the job (€)"), _NUMBER),
    Field(_W, "lodging", _("The employer gives the bed"), _ONE, YES_NO),
    Field(_W, "housing_tied", _("Loses the bed with the job"), _ONE, YES_NO),
    Field(_W, "work_town", _("Town of the workplace"), _LINE),
    Field(_W, "workers", _("How many work there"), _ONE, CROWD),
    Field(_S, "kinds", _("Irregularities you confirm"), _MANY, KINDS),
    Field(_S, "ilo", _("ILO indicators"), _MANY, ILO),
    Field(_S, "indices", _("Indices of art. 603-bis"), _MANY, INDICES),
    Field(_S, "in_need", _("State of need"), _ONE, YES_NO),
    Field(_S, "triage", _("Level of the self-check"), _ONE, LEVELS),
    Field(_S, "level", _("Level after the talk"), _ONE, LEVELS),
    Field(_N, "needs", _("Needs"), _MANY, NEEDS, shared=True),
    Field(_K, "danger", _("Danger now"), _ONE, YES_NO),
    Field(_K, "violence", _("Violence"), _ONE, YES_NO),
    Field(_K, "family_threats", _("Threats to the family"), _ONE, YES_NO),
    Field(_K, "minors", _("Minors"), _ONE, YES_NO),
    Field(_K, "retaliation", _("Risk of retaliation"), _ONE, YES_NO),
    Field(_K, "safety_plan", _("Safety plan"), _LONG),
    Field(_R, "story", _("What happened, in short"), _LONG),
    Field(_R, "result", _("What the contact led to"), _ONE, RESULTS),
    Field(_R, "next_step", _("Next step"), _LINE),
    Field(_R, "next_day", _("By when"), _DAY),
    Field(_R, "remind", _("Remind the person"), _ONE, YES_NO),
)
"""Who opened the sheet, when and where, the recorded choices and the owner are kept beside it."""

BY_KEY: dict[str, Field] = {one.key: one for one in FIELDS}
LONGEST = {FieldKind.LINE: 200, FieldKind.LONG: 4000}

FIRST = ("story", "needs", "danger", "housing_tied", "language", "reach", "age", "gender")
"""What is asked first, of somebody who has just come in; all the rest can wait."""
