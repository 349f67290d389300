"""The questions of a report: who, what, the bed, where, when, how many, and what would help."""

from __future__ import annotations

from flows.effects import Json
from flows.report_asking import ask_many, ask_one, explain, read_on
from flows.report_choices import (
    ASK_WHY,
    KINDS,
    PEOPLE,
    PROOFS,
    PROVINCES,
    ROLES,
    SECTORS,
    SKIP,
    UNSAID,
    WANTS,
    WHENS,
    YES_NO,
    Sector,
    Want,
)
from flows.report_details import DETAILS
from flows.report_draft import Draft
from flows.report_level import loses_bed
from flows.report_words import CALLERS, CALLS, INSPECTIONS
from flows.steps import Accept, Flow, Line, Option, Style, ask_open, choose, say
from flows.text import Text, _, pictured, verbatim

TOWN_LETTERS = 60
HINT_LETTERS = 200
PHONE_LETTERS = 30
PHONE_DIGITS = range(6, 16)


def ask_basics(draft: Draft) -> Flow[None]:
    """What every report says: who tells, the work, what is wrong, the bed, the province."""
    answers = draft.answers
    answers["role"] = yield from ask_one(
        "role", [Line(_("🙋 Who are you in this story?"), Style.TITLE)], ROLES, None
    )
    answers["sector"] = yield from ask_one(
        "sector", [Line(_("🛠️ What work is it?"), Style.TITLE)], SECTORS, None, skip=False
    )
    kinds = yield from ask_many(
        "kinds",
        [
            Line(_("⚠️ What is wrong?"), Style.TITLE),
            _("Mark everything that is true, then tap Done."),
            _("You can mark nothing."),
        ],
        KINDS,
    )
    answers["kinds"] = list(kinds)
    yield from ask_bed(draft)
    answers["province"] = yield from ask_one(
        "province",
        [Line(_("🗺️ In which province is the work?"), Style.TITLE)],
        PROVINCES,
        _("The office of that province can help. We do not ask for the address."),
    )


def ask_bed(draft: Draft) -> Flow[None]:
    """Whether job and bed hang together; if they do, a warning before any step."""
    own = draft.tells_of_self()
    why = _(
        "Who can lose job and bed on the same day needs a bed first. We do not ask where it is."
    )
    sleeps = yield from ask_one(
        "sleeps",
        [
            Line(
                _("🛏️ Do you sleep where the boss decides?")
                if own
                else _("🛏️ Do they sleep where the boss decides?"),
                Style.TITLE,
            )
        ],
        YES_NO,
        why,
    )
    bed: dict[str, Json] = {"sleeps": sleeps}
    if sleeps == "yes":
        loses = _("🚪 If you leave the job, do you lose the bed?")
        lose = _("🚪 If they leave the job, do they lose the bed?")
        bed["loses"] = yield from ask_one(
            "loses", [Line(loses if own else lose, Style.TITLE)], YES_NO, why
        )
        bed["rent"] = yield from ask_one(
            "rent", [Line(_("💶 Is the bed taken from the pay?"), Style.TITLE)], YES_NO, why
        )
    draft.answers["bed"] = bed
    if loses_bed(draft.answers):
        yield from read_on(
            "bed first",
            [
                Line(_("🛏️ First a safe bed"), Style.TITLE),
                Line(_("Do not tell the boss before you have another bed."), Style.ACTION),
                _("Do not leave suddenly, if it is not dangerous to stay."),
                _("A person can help you to look for a safe place, for free."),
            ],
        )


def ask_more(draft: Draft) -> Flow[None]:
    """What helps whoever reads: the trade, when, how many, children, the town, what can show it."""
    answers = draft.answers
    details: dict[str, Json] = {}
    for detail in DETAILS[Sector(str(answers["sector"]))]:
        title = [Line(detail.question, Style.TITLE)]
        details[detail.id] = yield from ask_one(detail.id, title, detail.answers, detail.why)
    answers["details"] = details
    answers["when"] = yield from ask_one(
        "when",
        [Line(_("📅 When was it?"), Style.TITLE)],
        WHENS,
        _("For pay that is owed, the time counts."),
    )
    answers["people"] = yield from ask_one(
        "people",
        [Line(_("👥 To how many people does it happen?"), Style.TITLE)],
        PEOPLE,
        None,
    )
    answers["minors"] = yield from ask_one(
        "minors",
        [Line(_("🧒 Do children under 16 work there?"), Style.TITLE)],
        YES_NO,
        _("A child under 16 cannot work. We do not ask who it is."),
    )
    yield from ask_town(draft)
    proof = yield from ask_many(
        "proof",
        [
            Line(_("🗂️ What is there that can show it?"), Style.TITLE),
            _("Mark what exists, then tap Done. You need not send it."),
        ],
        PROOFS,
    )
    answers["proof"] = list(proof)


def ask_town(draft: Draft) -> Flow[None]:
    """The town as words; never a street, and never a place on the map."""
    if draft.answers["province"] == UNSAID:
        return
    lines: list[Text | Line] = [
        Line(_("🏘️ In which town?"), Style.TITLE),
        _("Write only its name. No street, no number."),
    ]
    while True:
        given = yield from ask_open(
            "town",
            lines,
            [Accept.TEXT],
            [SKIP, ASK_WHY],
            limit=TOWN_LETTERS,
            elsewhere={
                Accept.PLACE: _("📍 I take no places on the map: they can show where you sleep.")
            },
            sensitive=True,
        )
        if not isinstance(given, str):
            break
        town = " ".join(given.split())
        if not any(letter.isdecimal() for letter in town):
            draft.answers["town"] = town
            return
        yield from say(Line(_("Only the name of the town, please. Example: Desio."), Style.NOTE))
    if given == ASK_WHY:
        yield from explain("town", _("Then the right office can help. The address stays with you."))
    draft.answers["town"] = UNSAID


def ask_wants(draft: Draft) -> Flow[None]:
    """What would help; what follows from it is asked only then."""
    wants = yield from ask_many(
        "wants",
        [
            Line(_("🤲 What would help you?"), Style.TITLE),
            _("Mark what you want, then tap Done. We promise no result."),
        ],
        WANTS,
    )
    draft.answers["wants"] = list(wants)
    if Want.INSPECTORATE in wants:
        yield from ask_inspection(draft)
    wanted = draft.chosen("wants")
    if Want.INSPECTORATE in wanted or Want.UNION in wanted:
        yield from ask_hint(draft)
    if Want.CALL in wanted:
        yield from ask_call(draft)


def ask_inspection(draft: Draft) -> Flow[None]:
    """What a control needs and can bring: a real name later, and a boss who may guess."""
    chosen = yield from choose(
        "inspect",
        [
            Line(_("🔎 The inspectors need a real name"), Style.TITLE),
            _("Their form asks who you are. We prepare it with you later, only if you want."),
            _("They may come to the workplace, and the boss may guess who spoke."),
        ],
        [
            Option("yes", _("👍 I know. Keep it")),
            Option("talk", _("💬 First I want to talk")),
            Option("no", _("✖️ No, take it out")),
        ],
        sensitive=True,
    )
    if chosen.id in INSPECTIONS:
        draft.answers["inspect"] = chosen.id
    else:
        kept: list[Json] = [one for one in draft.chosen("wants") if one != Want.INSPECTORATE]
        draft.answers["wants"] = kept


def ask_hint(draft: Draft) -> Flow[None]:
    """Which firm it is, for whoever shall go there; nobody has to say it."""
    given = yield from ask_open(
        "hint",
        [
            Line(_("🏭 Which firm or place is it?"), Style.TITLE),
            _("Write what an inspector or the union needs to find it."),
            _("No names of workers."),
        ],
        [Accept.TEXT],
        [SKIP, ASK_WHY],
        limit=HINT_LETTERS,
        sensitive=True,
    )
    if given == ASK_WHY:
        yield from explain(
            "hint", _("Without it nobody can go there. Only who reads your report sees it.")
        )
    draft.answers["hint"] = given if isinstance(given, str) else UNSAID


def ask_call(draft: Draft) -> Flow[None]:
    """A number, when it is safe, and whose voice: with a number a report has a name, almost."""
    while True:
        given = yield from ask_open(
            "phone",
            [
                Line(_("📞 Which number can we call?"), Style.TITLE),
                _("With your number we can know who you are. You can skip this."),
                _("If somebody else answers, we say nothing."),
            ],
            [Accept.TEXT],
            [SKIP],
            limit=PHONE_LETTERS,
            sensitive=True,
        )
        if not isinstance(given, str):
            draft.answers["phone"] = UNSAID
            return
        if sum(letter.isdecimal() for letter in given) in PHONE_DIGITS:
            break
        yield from say(Line(_("Please write a phone number. Example: 333 123 4567."), Style.NOTE))
    draft.answers["phone"] = given
    when = [Line(_("🕗 When is it safe to call?"), Style.TITLE)]
    draft.answers["call"] = yield from ask_one("call", when, CALLS, None)
    who = [Line(_("🙂 Who should call you?"), Style.TITLE)]
    draft.answers["who"] = yield from ask_one("who calls", who, CALLERS, None)


def ask_excluded(draft: Draft) -> Flow[None]:
    """Whether an office must not read it; one has to be left."""
    offices = draft.opening.house.offices
    if len(offices) < 2:
        return
    labels = {office.key: pictured("🏢", verbatim(office.name)) for office in offices}
    while True:
        excluded = yield from ask_many(
            "excluded",
            [
                Line(_("🤫 Does anyone in an office know your boss?"), Style.TITLE),
                _("Mark the offices that must not read it, then tap Done."),
                _("You can mark nothing."),
            ],
            labels,
        )
        if len(excluded) < len(offices):
            break
        yield from say(Line(_("One office must be left to read it."), Style.NOTE))
    draft.answers["excluded"] = list(excluded)
