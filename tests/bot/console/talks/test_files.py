"""Files of a conversation: from memory, made harmless, for whoever takes part in it."""

from __future__ import annotations

import pytest

from flows.handoff_model import LineKind
from storage import audit
from storage.audit import Action
from storage.handoffs import Content
from tests.bot.console.talks.house import Bureau
from tests.bot.evidence.pictures import drawn, saved


async def test_a_photo_is_shown_as_a_clean_copy(bureau: Bureau) -> None:
    """What a browser is given is made anew, may not be kept, and its opening is written down."""
    talk = bureau.asks()
    bureau.files["F1"] = saved(drawn(), "JPEG")
    line = bureau.says(talk, Content(LineKind.PHOTO, "", "F1"))
    browser = await bureau.at(bureau.anna)
    answer = await browser._session.get(
        f"{bureau.address}/talks/{talk.id}/files/{line.number}", allow_redirects=False
    )
    content = await answer.read()
    entries = bureau.look(lambda c: audit.find_entries(c, limit=5))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert content != bureau.files["F1"]
    assert (entries[0].action, entries[0].object) == (
        Action.TALK_FILE_READ,
        f"{talk.designation} {line.number}",
    )


@pytest.mark.parametrize("kind", [LineKind.DOCUMENT, LineKind.VIDEO])
async def test_what_cannot_be_made_harmless_leaves_as_a_download(
    bureau: Bureau, kind: LineKind
) -> None:
    """A document or a video is never shown in the page, whatever its bytes say it is."""
    talk = bureau.asks()
    bureau.files["F1"] = b"<html><script>alert(1)</script>"
    line = bureau.says(talk, Content(kind, "", "F1"))
    browser = await bureau.at(bureau.anna)
    answer = await browser.get(f"/talks/{talk.id}/files/{line.number}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_what_is_no_photo_is_not_shown_as_one(bureau: Bureau) -> None:
    """Bytes that are nothing we take are not there."""
    talk = bureau.asks()
    bureau.files["F1"] = b"<svg onload=alert(1)>"
    line = bureau.says(talk, Content(LineKind.PHOTO, "", "F1"))
    browser = await bureau.at(bureau.anna)
    assert (await browser.get(f"/talks/{talk.id}/files/{line.number}")).status == 404


async def test_there_is_no_file_where_there_is_none(bureau: Bureau) -> None:
    """A number of words, of nothing, of another conversation, or of a file that is gone."""
    talk, other = bureau.asks(words="ciao"), bureau.asks(desk="carate")
    gone = bureau.says(talk, Content(LineKind.PHOTO, "", "gone"))
    theirs = bureau.says(other, Content(LineKind.PHOTO, "", "F1"))
    browser = await bureau.at(bureau.anna)
    paths = [f"{talk.id}/files/{n}" for n in ("1", "2", "99", "0", "-1", "x", "²", "9" * 5000)]
    paths += [f"{talk.id}/files/{gone.number}", f"{other.id}/files/{theirs.number}"]
    found = {(await browser.get(f"/talks/{path}")).status for path in paths}
    assert found == {404}
