"""The page of the local Telegram shows what happens between people and a bot."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Route, expect

from tests.bot.local.page.small_bot import Seen, SmallBot, started

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_conversation_is_seen_as_it_happens(seen: Seen) -> None:
    """Start, a tap, the edit it causes and the notification line are seen on the phone."""
    phone = await started(seen)
    lock = phone.get_by_role("group", name="What a locked screen shows")
    await expect(lock).to_contain_text("Welcome, what do you need?")
    await phone.get_by_role("button", name="Information").click()
    bubble = phone.locator(".message").last
    await expect(bubble).to_contain_text("Your rights at work")
    await expect(bubble.locator(".bubble-marks")).to_contain_text("edited")
    await expect(phone.locator(".message")).to_have_count(2)


async def test_an_alert_waits_for_ok(seen: Seen) -> None:
    """An alert covers its phone until OK, and the focus returns to the button that was tapped."""
    phone = await started(seen)
    await phone.get_by_role("button", name="Emergency").click()
    box = phone.get_by_role("alertdialog")
    await expect(box).to_contain_text("Call 112, day and night")
    await expect(box.get_by_role("button", name="OK")).to_be_focused()
    await seen.page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(phone.get_by_role("button", name="Emergency")).to_be_focused()


async def test_a_toast_is_told_quietly(seen: Seen) -> None:
    """An answer without alert is a passing word in a status region, on that phone alone."""
    phone = await started(seen)
    await phone.get_by_role("button", name="Thanks").click()
    await expect(phone.get_by_role("status")).to_have_text("Thank you")
    await expect(seen.phone("Amina").get_by_role("status")).to_have_text("")


async def test_a_tapped_button_is_busy_until_it_is_answered(seen: Seen, bot: SmallBot) -> None:
    """A button shows that it was tapped for as long as the bot has not answered it."""
    phone = await started(seen)
    bot.may_answer.clear()
    button = phone.get_by_role("button", name="Thanks")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    bot.may_answer.set()
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_deleted_message_goes(seen: Seen) -> None:
    """A message the bot deletes leaves the phone."""
    phone = await started(seen)
    await phone.get_by_role("button", name="Clean").click()
    await expect(phone.locator(".message")).to_have_count(1)
    await expect(phone.locator(".message")).to_contain_text("/start")


async def test_the_keyboard_alone_is_enough(seen: Seen) -> None:
    """Start, write, send, tap and open a menu are reached with Tab, Enter, arrows and Escape."""
    page, phone = seen.page, seen.phone("Joseph")
    await phone.locator(".phone-head .icon-button").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(phone.get_by_role("button", name="Start")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(phone.locator(".message")).to_have_count(2)
    field = phone.get_by_role("textbox", name="Message from Joseph")
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await field.evaluate("field => field === document.activeElement"):
            break
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".message")).to_have_count(4)
    await page.keyboard.press("Shift+Tab")
    await expect(phone.get_by_role("button", name="Attach")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Voice message")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(phone.get_by_role("button", name="Attach")).to_be_focused()


async def test_what_a_person_can_send_is_shown(seen: Seen) -> None:
    """Photo, voice, place, contact and sticker of the attach menu appear as messages."""
    phone = await started(seen)
    for name in ("Photo", "Voice message", "Location", "Contact", "Sticker"):
        before = await phone.locator(".message.outgoing").count()
        await phone.get_by_role("button", name="Attach").click()
        await seen.page.get_by_role("menuitem", name=name).click()
        await expect(phone.locator(".message.outgoing")).to_have_count(before + 1)
    await expect(phone.locator(".outgoing img.media-photo")).to_have_js_property("complete", True)
    width = await phone.locator(".outgoing img.media-photo").evaluate("one => one.naturalWidth")
    assert width == 640
    await expect(phone.get_by_role("button", name="Play the voice message, 3 sec")).to_be_enabled()
    await expect(phone.locator(".outgoing .media-place")).to_have_count(1)
    await expect(phone.locator(".outgoing .media-sticker")).to_have_text("🙏")


async def test_an_arabic_phone_is_laid_out_from_the_right(seen: Seen) -> None:
    """A phone in Arabic runs from right to left, says Start in Arabic, the other stays as it is."""
    amina, joseph = seen.phone("Amina"), seen.phone("Joseph")
    await expect(amina.locator(".phone-body")).to_have_attribute("dir", "rtl")
    await expect(joseph.locator(".phone-body")).to_have_attribute("dir", "ltr")
    await expect(amina.locator(".wide")).to_have_text("ابدأ")
    await started(seen, "Amina")
    own = await amina.locator(".message.outgoing .bubble").bounding_box()
    theirs = await amina.locator(".message.incoming .bubble").bounding_box()
    assert own is not None
    assert theirs is not None
    assert own["x"] < theirs["x"]


async def test_blocking_closes_the_chat_until_it_is_undone(seen: Seen) -> None:
    """A person who blocks the bot cannot write; unblocking brings the writing line back."""
    phone = await started(seen)
    await phone.get_by_role("button", name="More about this chat").click()
    await seen.page.get_by_role("menuitem", name="Block the bot").click()
    await expect(phone.get_by_role("textbox")).to_have_count(0)
    await phone.get_by_role("button", name="Unblock").click()
    await expect(phone.get_by_role("textbox")).to_have_count(1)


async def test_a_reaction_appears_and_can_be_taken_back(seen: Seen) -> None:
    """A reaction chosen in a message's menu is shown below it, and choosing it again removes it."""
    phone = await started(seen)
    message = phone.locator(".message").last
    for reactions in (1, 0):
        await message.locator(".bubble-more").click()
        await seen.page.get_by_role("menuitem", name="👍").click()
        await expect(message.locator(".bubble-reaction")).to_have_count(reactions)


async def test_an_operator_answers_in_a_topic(seen: Seen, bot: SmallBot) -> None:
    """A topic the bot opens is listed, and what an operator writes in it is shown there."""
    giulia = await bot.act("people", first_name="Giulia", language_code="it")
    group = await bot.act("group", title="Operators", admins=[giulia["id"]])
    await bot.call("createForumTopic", chat_id=group["id"], name="Quiet Heron")
    forum = seen.page.get_by_role("region", name="The operators' group")
    await forum.get_by_role("button", name=re.compile("Quiet Heron")).click()
    await forum.get_by_role("textbox").fill("I am here")
    await seen.page.keyboard.press("Enter")
    await expect(forum.locator(".message.outgoing")).to_contain_text("I am here")
    await expect(seen.phone("Giulia")).to_have_count(0)


async def test_a_fault_switch_says_what_is_broken(seen: Seen) -> None:
    """A switched fault is told beside the switch in words and taken back by the same switch."""
    await seen.page.get_by_text("What travels").click()
    switch = seen.page.get_by_role("switch", name="Telegram is down")
    state = seen.page.locator(".travels-state")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await expect(state).to_contain_text("Telegram is down")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")
    await expect(state).to_have_text("Telegram works")


async def test_the_calls_are_listed_newest_first(seen: Seen) -> None:
    """The panel names the bot's calls and for whom each was; polling is left out."""
    await started(seen)
    await seen.page.get_by_text("What travels").click()
    row = seen.page.locator(".calls tbody tr").first
    await expect(row.locator("td").nth(1)).to_have_text("sendMessage")
    await expect(row.locator("td").nth(2)).to_have_text("Joseph")
    await expect(row.locator("td").nth(3)).to_have_text("200")
    await expect(seen.page.locator(".calls tbody tr")).to_have_count(1)


async def test_a_person_is_added_by_name_and_language(seen: Seen) -> None:
    """The sheet adds a phone in the chosen language; a name that looks like markup stays words."""
    await seen.page.get_by_role("button", name="Add a person").click()
    await seen.page.get_by_label("Name").fill("<b>Ola</b>")
    await seen.page.get_by_label("Language of the phone").select_option("uk")
    await seen.page.get_by_role("button", name="Add", exact=True).click()
    await expect(seen.page.locator(".caption-name", has_text="Ola")).to_have_text(
        "<b>Ola</b> · phone in Ukrainian"
    )


async def test_an_empty_table_offers_three_phones(bot: SmallBot, browser: Browser) -> None:
    """With nobody there, one button puts three phones on the page and the hint names Start."""
    page = await browser.new_page()
    await page.goto(bot.base)
    await page.get_by_role("button", name="Put three phones here").click()
    await expect(page.locator(".phone-body")).to_have_count(4)  # the forum waits, hidden
    await expect(page.get_by_text("Begin here: tap Start").locator("visible=true")).to_have_count(1)


async def test_the_group_leads_to_the_console(seen: Seen, bot: SmallBot) -> None:
    """Where a console is known, the operators' group and the steps show the way; else neither."""
    await bot.act("group", title="Operators")
    link = seen.page.get_by_role("link", name="Open the console")
    step = seen.page.get_by_role("listitem").filter(has_text="answer in the console")
    for address, shown in (("http://127.0.0.1:8082", 1), ("", 0), ("javascript:alert(1)", 0)):
        known = {"console": address}

        async def told(route: Route) -> None:
            state = await (await route.fetch()).json()
            await route.fulfill(json=state | known)  # noqa: B023 (used up within the round)

        await seen.page.route("**/sim/state", told)
        await seen.page.reload()
        await expect(seen.phone("Joseph")).to_be_visible()
        await expect(link).to_have_count(shown)
        await expect(step).to_have_count(shown)
        await seen.page.unroute_all(behavior="wait")


async def test_start_is_in_sight_on_a_small_screen(seen: Seen) -> None:
    """On a phone's screen the first button is seen without scrolling, and then all of the chat."""
    page, phone = seen.page, seen.phone("Amina")
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(page.locator(".switcher")).to_be_visible()  # the layout of a small screen
    await expect(phone.locator(".wide")).to_be_in_viewport(ratio=1)
    await started(seen, "Amina")
    await expect(phone.locator(".phone-body")).to_be_in_viewport(ratio=0.99)
    await expect(phone.get_by_role("textbox")).to_be_in_viewport(ratio=1)
