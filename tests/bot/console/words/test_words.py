"""Nobody changes a word alone, nothing wrong is kept, and what was changed is read at once."""

from __future__ import annotations

import re

import pytest

from bot.console.words.ways import word_pages
from storage import audit
from storage.operators import Role
from storage.voices.recordings import Wanted, add
from storage.wording.finding import find_history
from tests.bot.console.words.house import MEANT, NEW_PRICE, SEEN, Words
from tests.bot.wording.rooms import COME, DAYS, PAY

ITALIAN = "Paghi 20 euro all'ufficio postale (Poste)."


async def test_two_people_change_a_word_and_people_read_it(house: Words) -> None:
    """Anna writes, the coordinator lets it out; who, when and why stay; the audit knows both."""
    assert (await house.propose(house.anna, "en", NEW_PRICE, meaning="changes")).endswith(
        "&done=proposed"
    )
    before = house.said("en")
    assert await house.decide(house.bruno, "approved", "DM") == "done=approved"
    assert (before, house.said("en"), house.refreshed) == (PAY[1], NEW_PRICE, 1)
    assert house.said("it") == NEW_PRICE
    await house.carla.get(house.way("en"))
    for told in ("the price went up", "Anna", "Bruno", "DM", "changes the meaning"):
        assert told in house.carla.text
    rows = house.console.look(lambda connection: audit.find_entries(connection, limit=2))
    assert [row.action for row in rows] == ["words decided", "words proposed"]
    assert house.entry().id in rows[0].object


async def test_nobody_approves_what_they_wrote(house: Words) -> None:
    """Not even a coordinator; and of the two people one has to lead."""
    await house.propose(house.bruno, "ar", "ستدفعون 16 يورو (Poste).")
    await house.bruno.get("/words/waiting")
    assert "Approve: people read it" not in house.bruno.text
    version = house.console.look(lambda c: find_history(c, PAY, "ar"))[0][0].id
    assert await house.decide(house.bruno, "approved", version=str(version)) == "refused=same"
    await house.propose(house.anna, "ar", "سوف تدفعون 16 يورو (Poste).")
    assert "Approve: people read it" not in await text(house, "/words/waiting")
    assert await house.decide(house.carla, "approved") == "refused=coordinator"
    assert await house.decide(house.carla, "reviewed") == "done=reviewed"
    again = str(version + 1)
    assert await house.decide(house.bruno, "reviewed", version=again) == "refused=already"
    assert house.said("ar") == "تدفعون 16 يورو في مكتب البريد (Poste)."


async def test_an_operator_is_the_second_person_of_a_coordinator(house: Words) -> None:
    """A network with one coordinator can still change its words."""
    await house.propose(house.bruno, "ar", "سوف تدفعون 16 يورو (Poste).")
    assert await house.decide(house.carla, "approved") == "done=approved"
    assert house.said("ar") == "سوف تدفعون 16 يورو (Poste)."


async def test_a_refusal_says_why(house: Words) -> None:
    """Whoever wrote it reads the reason; without one nothing is refused."""
    await house.propose(house.anna, "ar", "ستدفعون 16 يورو (Poste).")
    assert await house.decide(house.bruno, "refused") == "refused=reason"
    assert await house.decide(house.bruno, "refused", "too formal") == "done=refused"
    await house.anna.get(house.way("ar"))
    assert "too formal" in house.anna.text
    assert await house.decide(house.bruno, "approved", version="1") == "refused=late"
    assert await house.decide(house.bruno, "approved", version="99") == "404"
    assert await house.decide(house.bruno, "nonsense", version="1") == "400"


async def test_an_author_takes_it_back(house: Words) -> None:
    """What was taken back waits no more."""
    await house.propose(house.anna, "ar", "ستدفعون 16 يورو (Poste).")
    assert await house.decide(house.anna, "dropped", **{"from": "waiting"}) == (
        "/words/waiting?done=dropped"
    )
    assert "Nothing waits" in await text(house, "/words/waiting")


async def text(house: Words, path: str) -> str:
    """A page as Carla sees it."""
    await house.carla.get(path)
    return house.carla.text


@pytest.mark.parametrize(
    ("language", "form", "more", "told"),
    [
        ("it", "Vieni {dya}, {name}.", {}, "At sign 7: {dya} means nothing here; there is"),
        ("it", "👋 Vieni {day}, {name}.", {}, "These are the words that are there already."),
        ("it", "👋 {name}, vieni {day}.", {"why": " "}, "Say why, in a few words"),
        ("ar", "", {}, "Something has to stand here."),
    ],
)
async def test_what_is_wrong_is_not_kept_and_not_lost(
    house: Words, language: str, form: str, more: dict[str, str], told: str
) -> None:
    """The place of the mistake, and the words as they were typed."""
    assert await house.propose(house.anna, language, form, key=COME, **more) == ""
    assert told in house.anna.text
    assert form in house.anna.text
    assert "Nothing waits" in await text(house, "/words/waiting")


async def test_a_look_keeps_nothing_and_shows_the_phone_and_the_score(house: Words) -> None:
    """How it would look and how easy it would be to read, before anybody is asked."""
    long = "Il versamento del contributo di 16 euro si effettua presso l'ufficio postale (Poste)."
    assert await house.propose(house.anna, "it", long, do="look", meaning="same") == ""
    page = house.anna.text
    assert page.count(long) == 2
    assert "Gulpease" in page
    assert "Nothing waits" in await text(house, "/words/waiting")


async def test_a_changed_fact_is_out_of_date_everywhere_else(house: Words) -> None:
    """The list, the card and the phone say so, each in its language, until it is translated."""
    await house.propose(house.anna, "it", ITALIAN, meaning="changes")
    await house.decide(house.bruno, "approved")
    assert 'title="Arabic: out of date"' in await text(house, "/words?show=stale")
    card = await text(house, "/words/card?of=docs.fee")
    assert card.count("This page changed a short time ago.") == 2  # English, and Arabic in English
    assert card.count("Paghi 20 euro") == 3
    side = await text(house, "/words/card?of=docs.fee&language=ar")
    assert "<s>تدفعون 16" in side
    await house.propose(house.anna, "ar", "تدفعون 20 يورو (Poste).")
    await house.decide(house.bruno, "approved")
    assert house.said("ar") == "تدفعون 20 يورو (Poste)."


async def test_a_translation_of_older_words_is_not_kept_for_the_new_ones(house: Words) -> None:
    """Carla translates what she has before her; meanwhile the fact is another one."""
    page = await text(house, house.way("ar"))
    opened = MEANT.search(page)
    assert opened is not None
    await house.propose(house.anna, "en", f"{PAY[1]} Only on weekdays.", meaning="changes")
    await house.decide(house.bruno, "approved")
    words = "سوف تدفعون 16 يورو (Poste)."
    assert await house.propose(house.carla, "ar", words, meant=opened[1]) == ""
    assert "Something changed while you looked: read it again." in house.carla.text
    assert words in house.carla.text
    assert "Nothing waits" in await text(house, "/words/waiting")
    assert await house.propose(house.carla, "ar", words) != ""


async def test_who_reads_a_language_says_that_a_card_is_right(house: Words) -> None:
    """The release wrote it, they are the second person; what changed meanwhile is read again."""
    side = await text(house, "/words/card?of=docs.fee&language=ar")
    seen = SEEN.search(side)
    assert seen is not None
    given = {"of": "docs.fee", "language": "ar"}
    answer = await house.carla.post("/words/read", seen="x", **given)
    assert answer.headers["Location"].endswith("done=other")
    answer = await house.carla.post("/words/read", seen=seen[1], **given)
    assert answer.headers["Location"].endswith("done=read")
    after = await text(house, "/words/card?of=docs.fee&language=ar")
    assert re.search(r'class="chip chip-mine">read', after)
    assert "I read all of it" not in after
    assert house.said("ar") == "تدفعون 16 يورو في مكتب البريد (Poste)."


async def test_forms_are_written_for_every_kind_of_number(house: Words) -> None:
    """Arabic has six fields; the preview counts two."""
    page = await text(house, house.way("ar", DAYS))
    assert page.count("<textarea") == 6
    forms = ("لا أيام", "يوم", "يومان", "{count} أيام", "{count} يوم", "{count} يوما")
    await house.propose(house.anna, "ar", *forms, key=DAYS, do="look")
    assert 'line-body" dir="auto">\u200fيومان' in house.anna.text


async def test_words_that_people_write_never_fall_silent(house: Words) -> None:
    """What is listened for is changed in one language only: the others go on being heard."""
    page = await text(house, house.way("en", ("what people may write", "delete, clear")))
    assert 'name="meaning"' not in page


@pytest.mark.parametrize(
    "path",
    [
        *("/words/card?of=nothing", "/words/card", "/words/card?of=docs.fee&language=xx"),
        *("/words/m123", "/words/x?language=ar"),
    ],
)
async def test_what_is_not_there_is_not_there(house: Words, path: str) -> None:
    """An address that somebody made up is a page that says so."""
    assert (await house.carla.get(path)).status == 404


async def test_the_list_shows_what_is_asked_for(house: Words) -> None:
    """By part, by language, by state; whatever else is written shows all."""
    assert "flows/home.py" in await text(house, "/words?part=screens&show=missing&language=ar")
    assert "docs.fee" not in await text(house, "/words?part=screens")
    assert "flows/home.py" not in await text(house, "/words?part=cards")
    assert "docs.fee" in await text(house, "/words?part=x&show=x&page=99&language=zz")
    assert "docs.kit" not in await text(house, "/words?show=waiting")


async def test_a_recording_is_heard_beside_the_words(house: Words) -> None:
    """Of that language only; a number that nobody has is nothing."""
    wanted = Wanted("docs.fee", "ar", "mark")
    made = house.console.do(lambda c: add(c, wanted, b"OggS", 30, 1, house.console.clock.now()))
    way = f"/words/voice/{made.id}"
    assert way in await text(house, "/words/card?of=docs.fee&language=ar")
    assert way not in await text(house, "/words/card?of=docs.fee&language=it")
    answer = await house.carla.get(way)
    assert (answer.headers["Content-Type"], await answer.read()) == ("audio/ogg", b"OggS")
    assert (await house.carla.get("/words/voice/1")).status == 404


NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


async def test_what_somebody_wrote_is_shown_as_it_is(house: Words) -> None:
    """Signs of a page are no words for people; in a reason they are only read."""
    assert await house.propose(house.anna, "en", NASTY + PAY[1], meaning="same") == ""
    await house.propose(house.anna, "en", f"{PAY[1]} Ask.", meaning="same", why=NASTY)
    answer = await house.carla.get("/words/waiting")
    raw = (await answer.read()).decode()
    assert ("<script>alert" in raw, "<img src=x" in raw, "{{7*7}}" in raw) == (False, False, True)


@pytest.mark.parametrize("role", ["nobody", "antenna"])
async def test_who_has_no_business_here_opens_nothing(house: Words, role: str) -> None:
    """Words are for operators; who is not signed in is led to the door."""
    browser = house.console.browser()
    await browser.get("/sign-in")
    if role == "antenna":
        reader = house.console.reader("Ada", Role.ANTENNA)
        browser = await house.console.signed_in(reader)
        await browser.get("/account")
    found = []
    for page in word_pages(house.rack):
        path = page.path.replace("{message}", house.entry().id)
        path = path.replace("{recording}", "1")
        answer = await (browser.get(path) if page.method == "GET" else browser.post(path))
        door = answer.headers.get("Location", "").startswith("/sign-in")
        found.append("door" if door else str(answer.status))
    assert set(found) == {"door" if role == "nobody" else "403"}
