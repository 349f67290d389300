"""Somebody sends proof with a report: what they see, what stays of it, what an operator gets."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from storage import offices, operators
from storage.database import Database
from storage.operators import Role
from storage.reports import Reader, Reports, Shown
from storage.vault import LIGHT_EFFORT, PrivateKey
from tests.acceptance.town import MONDAY, Person, Town
from tests.bot.evidence import papers, pictures, sounds
from tests.bot.evidence.inside import words_in
from tests.bot.evidence.pictures import drawn, exif, saved
from tests.faults.evidence.shelf import SIGNS

SECRET = b"SECRET-45.6169-"
PHOTO = saved(drawn((900, 600)), "JPEG", exif=exif(SECRET))
KEYS = [PrivateKey(bytes([number]) * 32) for number in (1, 2)]
ORIGINAL = "Keep the original too, locked"
TITLE = "📎 Photos, voice, papers"
UNSAID = "🤐 I prefer not to say"
TO_FILES = (
    *("⚠️ Something is wrong at work", "📝 Report with no name", "➡️ Go on", "✅ Yes"),
    *("🙋 I work there", "📦 Warehouse, parcels", "📄 No contract", "✔️ Done", "✖️ No"),
    *("📍 Monza e Brianza", "➕ Go on: some more questions", *[UNSAID] * 7),
    *("✔️ Done", "⏭️ Skip", "✔️ Done"),
)
TO_THE_END = (
    *("✔️ Done", "✅ Yes", "🙂 No, only me", "🔑 I come back with a code"),
    *("✉️ Go on and send", "✅ Yes, send"),
)


def file_of(content: bytes, **more: Any) -> dict[str, Any]:
    """A file as a phone sends it."""
    return {"content": base64.b64encode(content).decode(), **more}


async def at_the_files(town: Town) -> Person:
    """Somebody who is asked for photos, voices and papers, in a town where two read reports."""
    database = Database.open(town.settings.database_url, data=town.data)
    with database.writing() as connection:
        day = MONDAY.date()
        key = offices.add_office(connection, "PUA Desio", day, duty=False).key
        for number, private in enumerate(KEYS):
            made = operators.add_operator(connection, f"Rosa {number}", key, Role.OPERATOR, day)
            assert made is not None
            operators.set_credentials(
                connection,
                database.vault,
                made.id,
                public_key=private.public.bytes,
                wrapped=b"wrapped",
                totp=b"secret",
                step=0,
            )
        connection.commit()
    database.close()
    await town.antenna.scheduler.do("offices")
    amina = await town.resident()
    await amina.goes(*TO_FILES)
    assert amina.screen.text.splitlines()[0] == TITLE
    return amina


def told(amina: Person) -> list[str]:
    """What the screen says of the files: how many came, and why others did not."""
    return [line for line in amina.screen.text.splitlines() if line.startswith(("🔒", "⚠️"))]


def sealed(town: Town) -> list[bytes]:
    """The sealed files of drafts and reports."""
    found = (town.data / "evidence").rglob("*")
    return [path.read_bytes() for path in found if path.is_file()]


async def test_photo_voice_and_paper_are_locked(town: Town) -> None:
    """Each is counted, none stays in the chat, and nothing on the disk can be read."""
    amina = await at_the_files(town)
    await amina.sends(photo=file_of(PHOTO))
    await amina.sends(voice=file_of(sounds.opus(SECRET), duration=1))
    await amina.sends(document=file_of(papers.with_info(SECRET), name="Maria Rossi.pdf"))
    assert told(amina) == ["🔒 3 files received and locked."]
    assert (amina.wrote, len(amina.screens)) == (["/start"], 1)
    everything = [path.read_bytes() for path in town.data.rglob("*") if path.is_file()]
    signs = (*SIGNS, b"Maria Rossi")
    assert (len(sealed(town)), [s for s in signs if any(s in one for one in everything)]) == (3, [])


async def test_an_album_is_judged_one_by_one(town: Town) -> None:
    """Of ten at once each is taken or refused by itself; one screen says so at the end."""
    amina = await at_the_files(town)
    good = [{"photo": file_of(saved(drawn(seed=seed), "JPEG"))} for seed in range(7)]
    large = {"document": {"size": 20 * 1024**2 + 1, "name": "film.mp4"}}
    program = {"document": file_of(b"MZ" + SECRET, name="busta paga.pdf.exe")}
    empty = {"document": file_of(b"", name="foto.jpg")}
    await amina.sends(album=[*good[:3], large, *good[3:5], program, empty, *good[5:]])
    assert told(amina) == [
        "🔒 7 files received and locked.",
        "⚠️ One file is too big. I can take 20 MB, 5 minutes or 20 pages.",
        "⚠️ One file I cannot take. Good are photos, voice messages and PDF.",
        "⚠️ One file does not open. Please send it again, or a photo of it.",
    ]
    assert (amina.wrote, len(amina.screens), len(sealed(town))) == (["/start"], 1, 7)


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "row 24: of no bytes": ("does not open", lambda: b""),
    "row 24: with two endings": ("cannot take", lambda: b"MZ\x90"),
    "row 26: a zip": ("cannot take", lambda: pictures.archive(SECRET)),
    "row 26: a docx": ("cannot take", lambda: pictures.archive(SECRET, "word/document.xml")),
    "row 26: an svg": ("cannot take", lambda: b"<svg onload='alert(1)'/>"),
    "row 26: a paper that holds itself": ("does not open", papers.that_holds_itself),
    "row 26: a paper of 10,000 pages": ("too big", lambda: papers.of_many_pages(10_000)),
    "row 27: a picture bomb": ("too big", lambda: pictures.png_bomb(60_000, 60_000)),
    "row 27: half a picture": ("does not open", lambda: PHOTO[:1500]),
    "row 27: two things at once": ("cannot take", lambda: PHOTO + pictures.archive(SECRET)),
}
NAMES = ("../../etc/passwd", "C:\\con", "x" * 300 + ".jpg", "\u202egpj.exe", "a\nb.pdf.exe", "")


async def test_bad_files_leave_one_way_forward(town: Town) -> None:
    """Rows 24 to 27: refused in a sentence, whatever they are called; nothing of them is kept."""
    amina = await at_the_files(town)
    found = {}
    for number, (name, (_why, make)) in enumerate(BAD.items()):
        await amina.sends(document=file_of(make(), name=NAMES[number % len(NAMES)]))
        (line,) = told(amina)
        found[name] = next(why for why, _make in BAD.values() if why in line)
        await amina.goes(f"⬜ {ORIGINAL}", f"☑️ {ORIGINAL}")
    assert found == {name: why for name, (why, _make) in BAD.items()}
    assert (amina.wrote, len(amina.screens), sealed(town)) == (["/start"], 1, [])


async def test_the_same_photo_again_is_kept_once(town: Town) -> None:
    """Row 29: sent twice into one report, there is one sealed file."""
    amina = await at_the_files(town)
    await amina.sends(photo=file_of(PHOTO))
    await amina.sends(document=file_of(PHOTO, name="again.jpg"))
    assert len(sealed(town)) == 1


@pytest.mark.parametrize(("fault", "times"), [("400", 1), ("cut", 2), ("500", 1)])
async def test_trouble_on_the_way_is_not_the_persons(town: Town, fault: str, times: int) -> None:
    """Row 30: an expired link and a broken line are tried again; the photo is received."""
    amina = await at_the_files(town)
    await town.telegram.fault(fault, "file", times=times)
    await amina.sends(photo=file_of(PHOTO))
    assert told(amina) == ["🔒 1 file received and locked."]


async def test_an_operator_sees_what_was_sent_and_no_more(town: Town) -> None:
    """The report that is sent carries copies without a word, and the original only if wished."""
    amina = await at_the_files(town)
    screenshot = pictures.png_with_words(SECRET)
    await amina.sends(photo=file_of(PHOTO))
    await amina.taps(f"⬜ {ORIGINAL}")
    await amina.sends(document=file_of(screenshot, name="x.png"))
    await amina.goes(*TO_THE_END)
    shown = sorted(opened(town), key=lambda one: (one[1], one[0].type))
    assert [(one.type, original) for one, original in shown] == [
        ("image/jpeg", False),
        ("image/png", False),
        ("image/png", True),
    ]
    assert [words_in(one.content, one.type) for one, _original in shown[:2]] == [[], []]
    assert shown[2][0].content == screenshot


def opened(town: Town) -> list[tuple[Shown, bool]]:
    """The files of the one report as an operator opens them, and whether each is an original."""
    reports = Reports.open(town.settings.reports_url, data=town.data, effort=LIGHT_EFFORT)
    ((number,),) = town.query("SELECT id FROM operator WHERE name = 'Rosa 0'")
    reader = Reader(number, KEYS[0])
    (waiting,) = reports.queue(reader)
    report = reports.read(reader, waiting.id)
    assert report is not None
    found = [
        (reports.evidence(reader, waiting.id, one.id, original=original), original)
        for one in report.evidence
        for original in (False, True)
        if one.original or not original
    ]
    reports.database.close()
    return [(one, original) for one, original in found if one is not None]
