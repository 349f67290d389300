"""What is done with a case: guarded, written down, refused with the reason, nothing typed lost."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from flows.case_model import ActionState, Bed, Purpose, Stage
from flows.handoff_model import Need
from storage import audit
from storage.access import for_operator
from storage.cases.model import File
from storage.operators import Role, find_operator, set_role
from tests.bot.console.casework import STORY, a_case, sheet
from tests.bot.console.house import START, Browser, Console, Reader


async def begin(console: Console) -> tuple[Reader, Browser]:
    """An operator who is signed in."""
    anna = console.reader("Anna", office=console.office("Carate"))
    return anna, await console.signed_in(anna)


def file_of(console: Console, reader: Reader, id_: int) -> File:
    """A case as it is kept."""
    vault = console.database.vault
    found = console.do(lambda c: for_operator(c, vault, reader.operator, id_, console.clock.now()))
    assert isinstance(found, File)
    return found


async def test_a_person_is_taken_in_charge_by_their_word(console: Console) -> None:
    """The choice and the taking in charge are one deed: without the choice there is neither."""
    anna, browser = await begin(console)
    case = sheet(console, anna.operator)
    await browser.get(f"/cases/{case}")
    await browser.post(f"/cases/{case}/move", to="identified_potential", why="turni")
    fields = {"goals": "Una stanza", "why": "lo chiede", "review": "2027-01-10"}
    answer = await browser.post(f"/cases/{case}/take", **fields)
    assert (answer.status, "Una stanza" in browser.text) == (422, True)
    assert file_of(console, anna, case).contact.stage is Stage.IDENTIFIED_POTENTIAL
    answer = await browser.post(f"/cases/{case}/take", keep="signed", **fields)
    file = file_of(console, anna, case)
    assert (answer.status, file.contact.stage) == (303, Stage.TAKEN_IN_CHARGE)
    assert [(one.purpose, one.holds) for one in file.choices] == [(Purpose.KEEP, True)]
    assert file.charge is not None
    assert (file.charge.goals, file.charge.review) == ("Una stanza", date(2027, 1, 10))


async def test_a_refusal_undoes_what_came_before_it(console: Console) -> None:
    """A taking in charge that is refused leaves no choice of the person behind."""
    anna, browser = await begin(console)
    case = sheet(console, anna.operator)
    await browser.get(f"/cases/{case}")
    answer = await browser.post(
        f"/cases/{case}/take", keep="spoken", why="x", review="2027-01-10", goals="una casa"
    )
    assert (answer.status, "una casa" in browser.text) == (422, True)
    assert file_of(console, anna, case).choices == ()


async def test_who_is_taken_in_charge_again_is_asked_nothing_that_is_thrown_away(
    console: Console,
) -> None:
    """What was agreed stays as it is, and has one form; taking up again has no fields for it."""
    anna, browser = await begin(console)
    case = sheet(console, anna.operator)
    await browser.get(f"/cases/{case}")
    await browser.post(f"/cases/{case}/move", to="identified_no", why="turni")
    await browser.get(f"/cases/{case}")
    assert browser.text.count('name="goals"') == 1
    fields = {"why": "lo chiede", "review": "2027-01-10"}
    await browser.post(f"/cases/{case}/take", keep="signed", goals="Una stanza", **fields)
    await browser.post(f"/cases/{case}/conclude", reason="moved_away", why="Torino")
    await browser.get(f"/cases/{case}")
    assert ("Una stanza" in browser.text, browser.text.count('name="goals"')) == (True, 1)
    answer = await browser.post(f"/cases/{case}/take", **fields)
    charge = file_of(console, anna, case).charge
    assert charge is not None
    assert (answer.status, charge.concluded, charge.goals) == (303, None, "Una stanza")


async def test_the_bed_comes_before_the_boss(console: Console) -> None:
    """A step to the employer waits for a bed and the person's yes; its words wait in the form."""
    anna, browser = await begin(console)
    case = a_case(console, anna.operator)
    fields = {"lane": "work", "service": "S06", "what": "Lettera al datore", "to_employer": "1"}
    await browser.get(f"/cases/{case}")
    assert "Bed before boss" in browser.text
    answer = await browser.post(f"/cases/{case}/plan", **fields)
    assert (answer.status, browser.text.count("Lettera al datore")) == (422, 1)
    await browser.post(f"/cases/{case}/bed", bed="found", why="Caritas, da lunedì")
    answer = await browser.post(f"/cases/{case}/plan", **fields)
    assert (answer.status, "First record that the person agrees" in browser.text) == (422, True)
    await browser.post(f"/cases/{case}/choices", purpose="employer", given="1", how="spoken")
    answer = await browser.post(f"/cases/{case}/plan", **fields)
    file = file_of(console, anna, case)
    assert (answer.status, file.contact.bed) == (303, Bed.FOUND)
    assert [one.what for one in file.actions if one.to_employer] == ["Lettera al datore"]


async def test_a_step_goes_its_way(console: Console) -> None:
    """A step is delivered with its minutes, and an outcome ends the case with a reason."""
    anna, browser = await begin(console)
    case = a_case(console, anna.operator)
    step = file_of(console, anna, case).actions[0]
    await browser.get(f"/cases/{case}")
    fields = {"state": "delivered", "what": "Un letto da lunedì", "due": "", "minutes": "45"}
    await browser.post(f"/cases/{case}/plan/{step.id}", **fields)
    await browser.post(f"/cases/{case}/conclude", reason="goal_reached", why="ha il letto")
    assert "First record what came of it" in browser.text
    await browser.post(f"/cases/{case}/outcomes", code="O16", day="2026-11-21", words="stanza")
    answer = await browser.post(f"/cases/{case}/conclude", reason="goal_reached", why="ok")
    file = file_of(console, anna, case)
    assert (answer.status, file.contact.stage) == (303, Stage.CONCLUDED)
    changed = next(one for one in file.actions if one.id == step.id)
    assert (changed.state, changed.minutes, changed.what) == (
        ActionState.DELIVERED,
        45,
        "Un letto da lunedì",
    )


async def test_flags_choices_and_tasks_begin_and_end(console: Console) -> None:
    """What is set can be ended once; a second time there is nothing to end."""
    anna, browser = await begin(console)
    case = a_case(console, anna.operator)
    await browser.get(f"/cases/{case}")
    await browser.post(f"/cases/{case}/flags", kind="no_calls", until="2026-12-24", words="mai")
    await browser.post(f"/cases/{case}/tasks", words="Colloquio", due="2026-11-26", time="10:30")
    await browser.get(f"/cases/{case}")
    assert "10:30" in browser.text
    file = file_of(console, anna, case)
    (met,) = file.appointments
    assert (met.words.what, met.local) == ("Colloquio", datetime.fromisoformat("2026-11-26T10:30"))
    assert (met.need, met.operator_id, met.created_by) == (Need.WORK, None, anna.operator.id)
    ends = [
        f"flags/{file.flags[-1].id}",
        f"choices/{file.choices[0].id}",
        f"tasks/{file.tasks[-1].id}",
    ]
    assert [(await browser.post(f"/cases/{case}/{one}")).status for one in ends] == [303] * 3
    assert [(await browser.post(f"/cases/{case}/{one}")).status for one in ends] == [404] * 3


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("move", {"to": "nowhere", "why": "perché sì"}),
        ("plan", {"lane": "work", "service": "S99", "what": "perché sì"}),
        ("outcomes", {"code": "O16", "day": "2027-01-01", "words": "perché sì"}),
        ("outcomes", {"code": "O16", "day": "domani", "words": "perché sì"}),
        ("flags", {"kind": "danger", "until": "2040-01-01", "words": "perché sì"}),
        ("tasks", {"words": "perché sì", "due": ""}),
        ("bed", {"bed": "sofa", "why": "perché sì"}),
        ("tasks", {"words": "perché sì", "due": "2026-11-26", "owner": "9" * 40}),
        ("tasks", {"words": "perché sì", "due": "2026-11-26", "time": "25:00"}),
        ("tasks", {"words": "perché sì", "due": "2026-11-20", "time": "10:30"}),
    ],
)
async def test_what_was_typed_comes_back_with_the_reason(
    console: Console, deed: str, fields: dict[str, str]
) -> None:
    """Whatever is refused changes nothing, says why, and gives every word back."""
    anna, browser = await begin(console)
    case = a_case(console, anna.operator)
    before = file_of(console, anna, case)
    await browser.get(f"/cases/{case}")
    answer = await browser.post(f"/cases/{case}/{deed}", **fields)
    assert (answer.status, browser.text.count("perché sì")) == (422, 1)
    assert 'id="wrong"' in browser.text
    assert file_of(console, anna, case) == before


async def test_words_from_after_a_lock_come_back(console: Console) -> None:
    """Who sends a form after the lock reads what they wrote, and nothing was kept of it."""
    anna, browser = await begin(console)
    case = a_case(console, anna.operator)
    await browser.get(f"/cases/{case}")
    console.clock.go(timedelta(minutes=31))
    written = {"goals": "Le sue parole", "risk": "Chiamare il 112"}
    answer = await browser.post(f"/cases/{case}/take", **written)
    assert (answer.status, [one for one in written.values() if one in browser.text]) == (
        409,
        list(written.values()),
    )


async def test_what_is_shared_is_all_that_is_shown(console: Console) -> None:
    """An office the person named sees what it needs, and nothing of the story or its forms."""
    anna, browser = await begin(console)
    monza = console.office("Monza")
    carla = await console.signed_in(console.reader("Carla", office=monza))
    case = a_case(console, anna.operator)
    await browser.get(f"/cases/{case}")
    given = {"purpose": "share", "office": monza, "given": "1", "how": "spoken"}
    await browser.post(f"/cases/{case}/choices", **given)
    assert (await carla.get(f"/cases/{case}")).status == 200
    hidden = [STORY, "Telefonare", "/move", "/tasks", "lo guarda il capo"]
    assert [one for one in hidden if one in carla.text] == []
    assert (await carla.get(f"/cases/{case}/sheet")).status == 404
    assert (await carla.post(f"/cases/{case}/move", to="suspended", why="x")).status == 404


async def test_a_coordinator_gives_work_and_reads_nothing(console: Console) -> None:
    """Of the territory's cases a coordinator sees who has them, and gives them to a colleague."""
    anna, _browser = await begin(console)
    bea = console.reader("Bea", office=anna.operator.office)
    carla = console.reader("Carla", Role.COORDINATOR, console.office("Monza"))
    console.do(lambda c: set_role(c, carla.operator.id, Role.COORDINATOR, "Carate"))
    case = sheet(console, anna.operator, territory="Carate")
    found = console.look(lambda c: find_operator(c, carla.operator.id))
    browser = await console.signed_in(Reader(found, carla.key, carla.totp))
    await browser.get("/cases")
    assert (f"/cases/{case}/owner" in browser.text, browser.text.count("Bengali")) == (
        True,
        1,
    )  # in the filter
    assert (await browser.get(f"/cases/{case}")).status == 404
    await browser.get("/cases")
    answer = await browser.post(f"/cases/{case}/owner", owner=bea.operator.id)
    assert answer.status == 303
    assert file_of(console, bea, case).contact.owner == bea.operator.id
    stranger = await browser.post(f"/cases/{case}/owner", owner=carla.operator.id)
    assert stranger.status == 404


async def test_the_list_is_narrowed(console: Console) -> None:
    """Each filter leaves what it says; a name is found at whatever stage it stands."""
    anna, browser = await begin(console)
    case, other = a_case(console, anna.operator), sheet(console, anna.operator)
    kept = file_of(console, anna, case).contact

    async def shown(query: str) -> set[int]:
        await browser.get(f"/cases{query}")
        return {
            int(one)
            for one in re.findall(r'class="listed-name"><a href="/cases/(\d+)"', browser.text)
        }

    assert await shown("") == {case, other}
    assert await shown("?stage=taken_in_charge") == {case}
    assert await shown("?owner=nobody") == set()
    assert await shown("?owner=mine&need=work&language=bn") == {case, other}
    assert await shown(f"?words={kept.designation.split()[0].lower()}%20{kept.number}") <= {case}
    assert await shown("?stage=x&owner=²&need=x&language=%00&page=9999") == set()
    await browser.get("/cases")
    assert "late" in browser.text


async def test_every_deed_is_in_the_audit(console: Console) -> None:
    """Who changed what, by the number of the case, and the chain of the audit holds."""
    anna, browser = await begin(console)
    case = sheet(console, anna.operator)
    await browser.get(f"/cases/{case}")
    await browser.post(f"/cases/{case}/move", to="identified_yes", why="x")
    await browser.post(f"/cases/{case}/tasks", words="Telefonare", due="2026-11-26")
    await browser.post(f"/cases/{case}/choices", purpose="keep", given="1", how="spoken")
    number = file_of(console, anna, case).contact.number
    found = console.look(lambda c: audit.find_entries(c, limit=20))
    mine = [one.action for one in reversed(found) if one.object == number]
    assert mine == [
        "contact opened",
        "case read",
        "case moved",
        "case changed",
        "choice recorded",
        "case read",
    ]
    verdict = console.look(lambda c: audit.verify(c, console.database.vault))
    assert verdict.broken is None
    assert START.date() == file_of(console, anna, case).contact.opened
