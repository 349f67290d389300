"""A case on paper: the sheet for the folder, and the plan for the person, in their language."""

from __future__ import annotations

from aiohttp import web

from bot.console.cases.form import told
from bot.console.cases.reading import NAMES, opened
from bot.console.languages import tongue, tongues
from bot.console.people import people
from bot.console.visit import Visit
from flows import case_words as words
from flows import plan_words
from flows.case_model import ActionState, Lane
from flows.case_rules import OPEN


async def sheet(visit: Visit) -> web.StreamResponse:
    """The sheet and the plan, to be printed and put away."""
    file, staff = await opened(visit), await people(visit)
    return visit.page(
        "cases/paper.html",
        file=file,
        contact=file.contact,
        staff=staff,
        told=told(file.sheet, tongues(visit)),
        lanes=words.LANES,
        today=visit.room.now.date(),
        **NAMES,
    )


async def plan(visit: Visit) -> web.StreamResponse:
    """The plan for the person: pictograms and plain words, in the language they read."""
    file, staff = await opened(visit), await people(visit)
    theirs = tongue(visit, file.contact.language, plan_words.MY_LANES[Lane.WORK])
    steps = [one for one in file.actions if one.state is not ActionState.DROPPED]
    return visit.page(
        "cases/plan-paper.html",
        contact=file.contact,
        goals="" if file.charge is None else file.charge.goals,
        office=staff.offices.get(file.contact.office, ""),
        theirs=theirs,
        title=theirs.plain(plan_words.MY_PLAN),
        goal=theirs.plain(plan_words.MY_GOAL),
        stop=theirs.plain(plan_words.MY_STOP),
        lanes=[
            (
                theirs.plain(plan_words.MY_LANES[lane]),
                [
                    (
                        theirs.plain(plan_words.MY_SERVICES[one.service]),
                        one.what,
                        theirs.plain(plan_words.MY_STATES[one.state]),
                        theirs.plain(plan_words.my_due(one.due))
                        if one.due and one.state in OPEN
                        else "",
                        staff.offices.get(one.provider, ""),
                    )
                    for one in steps
                    if one.lane is lane
                ],
            )
            for lane in Lane
        ],
    )
