"""Acts as the people: they write, tap, press, edit, react, block, delete."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.local import updates
from bot.local.chats import bot_member
from bot.local.incoming import person_content, where_from
from bot.local.posting import note, post, post_service, remove
from bot.local.state import ALL_RIGHTS, USUAL_RIGHTS, Chat, Content, Json, Message, Person
from bot.local.telegram import Query, Telegram

TEXT_UNITS = 4096
ALBUM_MOST = 10
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class WishError(Exception):
    """What a script or the page asked for cannot be done; nothing has changed."""

    def __init__(self, words: str, status: int = 400, **facts: Any) -> None:
        super().__init__(words)
        self.status = status
        self.facts = facts


def find_person(t: Telegram, wish: Json, name: str = "from") -> Person:
    """Find the person a wish names, by number.

    Raises: WishError when there is none.
    """
    try:
        return t.people[int(wish[name])]
    except (KeyError, TypeError, ValueError):
        raise WishError(f"no such person: {name}={wish.get(name)!r}", 404) from None


def chat_of(t: Telegram, wish: Json, person: Person) -> Chat:
    """Find the chat a wish names; without one, the person's chat with the bot.

    Raises: WishError when there is none.
    """
    if wish.get("chat") in (None, "", person.id, str(person.id)):
        return t.private_chat(person)
    try:
        return t.chats[int(wish["chat"])]
    except (KeyError, TypeError, ValueError):
        raise WishError(f"no such chat: {wish['chat']!r}", 404) from None


def message_of(chat: Chat, wish: Json) -> Message:
    """Find the message a wish names.

    Raises: WishError when there is none.
    """
    try:
        return chat.messages[int(wish["message_id"])]
    except (KeyError, TypeError, ValueError):
        raise WishError(f"no such message: {wish.get('message_id')!r}", 404) from None


def _thread(chat: Chat, wish: Json) -> Any:
    if wish.get("thread") in (None, 0, 1, ""):
        return None
    topic = chat.topics.get(int(wish["thread"]))
    if topic is None:
        raise WishError(f"no such topic: {wish['thread']!r}", 404)
    if topic.closed:
        raise WishError("the topic is closed")
    return topic


def send(t: Telegram, wish: Json) -> Json:
    """A person sends something: words, a file, a place, whatever a client can send."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    if chat.private and person.blocked:
        raise WishError("this person has blocked the bot; unblock first")
    if chat.disbanded or chat.migrated_to is not None:
        raise WishError("nobody can write in this group any more")
    topic = _thread(chat, wish)
    if isinstance(wish.get("album"), list):
        return _send_album(t, wish, chat)
    text = wish.get("text")
    if isinstance(text, str) and len(text) > TEXT_UNITS and not wish.get("whole"):
        parts = [text[at : at + TEXT_UNITS] for at in range(0, len(text), TEXT_UNITS)]
        sent = [send(t, {**wish, "text": part}) for part in parts]
        return {**sent[0], "message_ids": [one["message_id"] for one in sent]}
    content = person_content(t, wish)
    extra = where_from(t, wish)
    if wish.get("anonymous"):
        extra |= {"from": ANONYMOUS_ADMIN, "sender_chat": chat.as_chat()}
    if wish.get("media_group"):
        extra["media_group_id"] = str(wish["media_group"])
    if wish.get("date") is not None:
        extra["date"] = int(wish["date"])
    reply_to = chat.messages.get(int(wish.get("reply_to") or 0))
    message = post(t, chat, content, author=person, topic=topic, reply_to=reply_to, extra=extra)
    _hide_one_time_keyboard(chat)
    update_id = _tell(t, chat, "message", message.body)
    return {"message_id": message.id, "update_id": update_id}


def _send_album(t: Telegram, wish: Json, chat: Chat) -> Json:
    """Several at once are messages of their own, one right after the other, with one group."""
    items = wish["album"]
    if not 2 <= len(items) <= ALBUM_MOST:
        raise WishError(f"an album has 2 to {ALBUM_MOST} items")
    common = {name: value for name, value in wish.items() if name != "album"}
    common["media_group"] = str(20_000_000_000_000 + chat.last_id)
    sent = [send(t, {**common, **item}) for item in items]
    return {**sent[0], "message_ids": [one["message_id"] for one in sent]}


def _tell(t: Telegram, chat: Chat, kind: str, body: Json) -> int:
    """Tell the bot, unless it is not there to hear."""
    if chat.bot_status in ("left", "kicked"):
        return 0
    return t.updates.add(kind, body, chat.id)


def _hide_one_time_keyboard(chat: Chat) -> None:
    if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None


def _buttons(message: Message) -> list[Json]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", ())
    return [button for row in rows for button in row]


def _wanted(button: Json, wish: Json) -> bool:
    if wish.get("data") is not None:
        return bool(button.get("callback_data") == wish["data"])
    return bool(button["text"] == wish.get("label"))


def _tapped(chat: Chat, wish: Json) -> tuple[Message | None, int, Json]:
    """Find the message and the button that is tapped; a forged one has data only."""
    if wish.get("message_id") is not None:
        number = int(wish["message_id"])
        message = chat.messages.get(number)
        found = [b for b in _buttons(message) if _wanted(b, wish)] if message else []
        if found:
            return message, number, found[0]
        if wish.get("data") is not None:
            return message, number, {"text": "", "callback_data": str(wish["data"])}
    else:
        for message in reversed(chat.messages.values()):
            for button in _buttons(message):
                if _wanted(button, wish):
                    return message, message.id, button
    shown = [b["text"] for m in chat.messages.values() for b in _buttons(m)]
    name = wish.get("label") if wish.get("data") is None else wish.get("data")
    raise WishError(f"no button {name!r}; there are {shown}", 404, buttons=shown)


async def tap(t: Telegram, wish: Json) -> Json:
    """A person taps a button and sees what the bot answers within the wait."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    message, number, button = _tapped(chat, wish)
    if "callback_data" not in button:
        return {"answered": False, "url": button.get("url"), "text": "", "show_alert": False}
    t.query_count += 1
    query = Query(
        str(4_000_000_000_000_000 + t.query_count),
        person.id,
        chat.id,
        t.time(),
        asyncio.get_running_loop().create_future(),
    )
    t.queries[query.id] = query
    _forget_old_queries(t)
    shown: Json = (
        {"chat": chat.as_chat(), "message_id": number, "date": 0}
        if message is None
        else message.body
    )
    note(
        chat,
        "tap",
        None if message is None else message.thread_id,
        person.first_name,
        button["text"] or button["callback_data"],
    )
    body = {
        "id": query.id,
        "from": t.users[person.id],
        "message": shown,
        "chat_instance": t.chat_instance(chat),
        "data": button["callback_data"],
    }
    line = person.id + updates.CALLBACK_LINE
    update_id = t.updates.add("callback_query", body, line, updates.CALLBACK_SECONDS)
    return await _answer(query, float(wish.get("wait", 3)), update_id)


def _forget_old_queries(t: Telegram) -> None:
    """Queries stand in the order of their age, so the oldest go from the front."""
    limit = t.time() - 2 * updates.CALLBACK_SECONDS
    while t.queries:
        oldest = next(iter(t.queries.values()))
        if oldest.at > limit and len(t.queries) < 10_000:
            return
        del t.queries[oldest.id]


async def _answer(query: Query, wait_seconds: float, update_id: int) -> Json:
    loop = asyncio.get_running_loop()
    started = loop.time()
    result: Json = {"query_id": query.id, "update_id": update_id}
    answer: Json = {"text": "", "show_alert": False}
    answered = False
    if query.answer is not None and wait_seconds > 0:
        try:
            async with asyncio.timeout(wait_seconds):
                answer = await asyncio.shield(query.answer)
            answered = True
        except TimeoutError:
            pass
    return {
        **result,
        "answered": answered,
        "text": answer["text"],
        "show_alert": answer["show_alert"],
        "seconds": round(loop.time() - started, 4),
    }


def press(t: Telegram, wish: Json) -> Json:
    """A person presses a key of the reply keyboard; it may send a place or a contact."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    keys = [key for row in (chat.keyboard or {}).get("keyboard", ()) for key in row]
    key = next((key for key in keys if key["text"] == wish.get("label")), None)
    if key is None:
        shown = [key["text"] for key in keys]
        raise WishError(f"no key {wish.get('label')!r}; there are {shown}", 404, keys=shown)
    sent: Json = {"from": person.id, "chat": chat.id, "thread": wish.get("thread")}
    if key.get("request_location"):
        place = wish.get("location") or {"latitude": 45.6183, "longitude": 9.2066}
        return send(t, {**sent, "location": place})
    if key.get("request_contact"):
        contact = {"phone_number": "+390000000000", "first_name": person.first_name}
        return send(t, {**sent, "contact": wish.get("contact") or contact | {"user_id": person.id}})
    return send(t, {**sent, "text": key["text"]})


def edit(t: Telegram, wish: Json) -> Json:
    """A person edits what they wrote."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    message = message_of(chat, wish)
    if message.body["from"]["id"] != person.id:
        raise WishError("this message is somebody else's")
    fresh = dict(message.body)
    field = "text" if "text" in fresh else "caption"
    content: Content = person_content(t, {"text": str(wish.get("text", ""))})
    entities = "entities" if field == "text" else "caption_entities"
    fresh[field] = content.fields.get("text", "")
    fresh.pop(entities, None)
    if "entities" in content.fields:
        fresh[entities] = content.fields["entities"]
    fresh["edit_date"] = t.date()
    message.body = fresh
    t.events.publish("edit", chat.id, message_id=message.id, thread=message.thread_id)
    return {"message_id": message.id, "update_id": _tell(t, chat, "edited_message", fresh)}


def react(t: Telegram, wish: Json) -> Json:
    """A person puts a reaction on a message, or takes it away with an empty one."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    message = message_of(chat, wish)
    before = message.reactions.get(person.id, [])
    emoji = wish.get("emoji", wish.get("reaction")) or ""
    after: list[Json] = [{"type": "emoji", "emoji": str(emoji)}] if emoji else []
    if after:
        message.reactions[person.id] = after
    else:
        message.reactions.pop(person.id, None)
    t.events.publish("reaction", chat.id, message_id=message.id)
    update_id = 0
    if chat.private or chat.bot_status == "administrator":
        body = {
            "chat": chat.as_chat(),
            "message_id": message.id,
            "user": t.users[person.id],
            "date": t.date(),
            "old_reaction": before,
            "new_reaction": after,
        }
        line = chat.id + updates.REACTION_LINE
        update_id = t.updates.add("message_reaction", body, line)
    return {"message_id": message.id, "update_id": update_id}


def _bot_changed(t: Telegram, chat: Chat, person: Person, before: Json, after: Json) -> int:
    body = {
        "chat": chat.as_chat(),
        "from": t.users[person.id],
        "date": t.date(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    return t.updates.add("my_chat_member", body, chat.id + updates.MY_MEMBER_LINE)


def block(t: Telegram, wish: Json) -> Json:
    """A person blocks the bot, or takes it back."""
    person = find_person(t, wish)
    chat = t.private_chat(person)
    blocked = bool(wish.get("blocked", True))
    if blocked == person.blocked:
        return {"blocked": blocked, "update_id": 0}
    person.blocked = blocked
    names = ("member", "kicked") if blocked else ("kicked", "member")
    before, after = (bot_member(t, chat, name) for name in names)
    t.events.publish("block", chat.id, person=person.id, blocked=blocked)
    return {"blocked": blocked, "update_id": _bot_changed(t, chat, person, before, after)}


def delete(t: Telegram, wish: Json) -> Json:
    """A person deletes a message; bots are never told."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    message = message_of(chat, wish)
    own = message.body["from"]["id"] == person.id
    if not (chat.private or own or chat.is_admin(person.id)):
        raise WishError("this message is somebody else's")
    remove(t, chat, message)
    return {"deleted": message.id}


def join(t: Telegram, wish: Json) -> Json:
    """Somebody brings the bot into a group, gives it rights, or throws it out."""
    person = find_person(t, wish)
    status = str(wish.get("status") or "member")
    if wish.get("chat") in (None, ""):
        title = str(wish.get("title") or "Group")
        chat = t.add_group(title, forum=bool(wish.get("forum")))
        chat.members[person.id] = "creator"
        chat.bot_status = "left"
    else:
        chat = chat_of(t, wish, person)
    before = bot_member(t, chat)
    arrived = chat.bot_status in ("left", "kicked") and status in ("member", "administrator")
    chat.bot_status = status
    wanted = wish.get("rights", USUAL_RIGHTS if status == "administrator" else ())
    chat.rights = frozenset(right for right in ALL_RIGHTS if right in wanted)
    update_id = _bot_changed(t, chat, person, before, bot_member(t, chat))
    if arrived:
        post_service(t, chat, {"new_chat_members": [t.me]}, author=person)
    t.events.publish("topic", chat.id)
    return {"chat": chat.id, "update_id": update_id}
