"""Notes among colleagues: kept, shown as such, and with no way to the person."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.console.talks import noting
from flows.handoff_model import Event
from tests.bot.console.talks.house import Bureau


async def test_a_note_reaches_nobody(bureau: Bureau) -> None:
    """It is kept beside the conversation; nothing leaves, and it claims nothing."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    await browser.post(f"/talks/{talk.id}/notes", note="chiede il sindacato")
    kept = [(one.text, one.operator_id) for one in bureau.notes(talk) if one.event is Event.NOTE]
    assert kept == [("chiede il sindacato", bureau.anna.operator.id)]
    assert (bureau.outbox.rows, bureau.lines(talk), bureau.kept(talk).owner) == ([], [], None)
    await browser.get(f"/talks/{talk.id}")
    assert "Note by Anna: only colleagues see it" in browser.text


async def test_whatever_else_a_note_says_it_stays_a_note(bureau: Bureau) -> None:
    """Fields of the answer in the form of a note, orders of the group in its words: nothing
    leaves."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    more = {"text": "al telefono", "canned": "hello", "word": "w", "seen": "99", "kind": "reply"}
    for words in ("/r ciao", "✉️ ciao", "@persona ciao"):
        await browser.post(f"/talks/{talk.id}/notes", note=words, **more)
    assert (bureau.outbox.rows, bureau.lines(talk)) == ([], [])


async def test_an_empty_note_is_none(bureau: Bureau) -> None:
    """Spaces are not kept, and the page says so."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    answer = await browser.post(f"/talks/{talk.id}/notes", note="  ")
    await browser.get(answer.headers["Location"])
    assert "There are no words in it." in browser.text
    assert [one.event for one in bureau.notes(talk)] == [Event.ASKED]


def test_the_module_of_notes_knows_no_way_out() -> None:
    """It imports nothing with which something could be said, sent or looked up."""
    tree = ast.parse(Path(str(noting.__file__)).read_text(encoding="utf-8"))
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert found == {"__future__", "collections.abc", "aiohttp", "bot.console.visit"}


PATHS = st.sampled_from(["notes", "draft", "urgency", "mediator", "claim", "release", "over"])
FIELDS = st.dictionaries(
    st.sampled_from(["note", "text", "canned", "kind", "why", "urgency", "word", "seen", "line"]),
    st.sampled_from(["ciao", "hello", "/r ciao", "reply", "note", "2", "0"]),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(PATHS, FIELDS), max_size=6))
async def test_only_what_is_said_to_the_person_reaches_her(
    bureau: Bureau, steps: list[tuple[str, dict[str, str]]]
) -> None:
    """No row of other forms, with whatever in them, puts anything on its way to a person."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    for path, fields in steps:
        await browser.post(f"/talks/{talk.id}/{path}", **fields)
    assert (bureau.outbox.rows, bureau.lines(talk)) == ([], [])
