"""Every address of the case file, and who may open it; whose case it is, `storage.access` asks."""

from __future__ import annotations

from bot.console.cases import codes, deeds, deleting, listing, paper, reading, writing
from bot.console.cases.form import WRITTEN
from bot.console.visit import Access, Page, get, post

_WHO, _ONE = Access.OPERATOR, "/cases/{contact}"

PAGES: tuple[Page, ...] = (
    get("/cases", _WHO, listing.show),
    get("/cases/new", Access.ANTENNA, writing.begin),
    post("/cases/new", Access.ANTENNA, writing.add, typed=WRITTEN),
    post("/cases/typed", Access.ANTENNA, writing.keep_typed),
    post("/cases/typed-away", Access.ANTENNA, writing.drop_typed),
    get(_ONE, _WHO, reading.show),
    get(f"{_ONE}/paper", _WHO, paper.sheet),
    get(f"{_ONE}/plan-paper", _WHO, paper.plan),
    post(f"{_ONE}/code", _WHO, codes.make),
    get("/code", _WHO, codes.ask),
    post("/code", _WHO, codes.take),
    get(f"{_ONE}/sheet", _WHO, writing.write),
    post(f"{_ONE}/sheet", _WHO, writing.save, typed=WRITTEN),
    post(f"{_ONE}/owner", _WHO, listing.give),
    post(f"{_ONE}/move", _WHO, deeds.move, typed="why"),
    post(f"{_ONE}/take", _WHO, deeds.take, typed=("goals", "rules", "risk", "why")),
    post(f"{_ONE}/agreed", _WHO, deeds.agree, typed=("goals", "rules", "risk", "why")),
    post(f"{_ONE}/conclude", _WHO, deeds.conclude, typed="why"),
    post(f"{_ONE}/delete", _WHO, deleting.delete),
    post(f"{_ONE}/plan", _WHO, deeds.add_step, typed=("what", "support", "sign")),
    post(f"{_ONE}/plan/{{step}}", _WHO, deeds.change_step, typed="what"),
    post(f"{_ONE}/outcomes", _WHO, deeds.add_outcome, typed="words"),
    post(f"{_ONE}/flags", _WHO, deeds.add_flag, typed="words"),
    post(f"{_ONE}/flags/{{flag}}", _WHO, deeds.end_flag),
    post(f"{_ONE}/bed", _WHO, deeds.set_bed, typed="why"),
    post(f"{_ONE}/choices", _WHO, deeds.choose),
    post(f"{_ONE}/choices/{{choice}}", _WHO, deeds.revoke),
    post(f"{_ONE}/tasks", _WHO, deeds.add_task, typed="words"),
    post(f"{_ONE}/tasks/{{task}}", _WHO, deeds.finish_task),
)
