"""Fifty words and numbers that must be found nowhere, and ways to hand each of them in."""

from __future__ import annotations

from typing import Any

from tests.acceptance.town import Person, Town
from tests.acceptance.updates import hand_in, message_of, tap_of, user

SECRET = "AAHcanary-token_of-the-bot-0123456789"
TOKEN = f"4242424242:{SECRET}"
CHATS = [7_345_678_901 + 7_919_333 * n for n in range(8)]
NAMES = [f"Kanarienvogel{n}" for n in range(5)] + ["كناري", "ক্যানারি", "Канарейка"]
LAST_NAMES = [f"Lastcanary{n}" for n in range(4)]
USERNAMES = [f"canary_{n}_username" for n in range(4)]
PHONES = ["+39 351 444 0917", "393514440918"]
TEXTS = {
    "text": "my boss keeps the passports, canary one",
    "edited": "my boss keeps the passports, canary two",
    "code": "4821773011920045",
    "command": "canary-of-an-unknown-command",
    "payload": "canaryPayloadOfAPoster",
    "caption": "canary of a caption",
    "forged": "canary:1:data",
    "poll": "Does the canary sing?",
    "option": "It sings, canary",
    "venue": "Canary kitchen, via Roma 7",
    "reply": "canary in an answer",
    "entity": "https://canary.example.org/login?me",
    "poison": "poison canary of a turn that fails",
    "refusal": "canary in the words of a refusal",
    "language": "canary-language",
    "group": "The canary group",
    "inline": "canary inline query",
}
FILES = [f"canary-{n}.pdf" for n in range(2)]
AUTHORS = ["Forwarded Canary", "Hidden Canary", "Canary channel"]
WORDS: list[str | int] = [
    *(TOKEN, SECRET),
    *NAMES,
    *LAST_NAMES,
    *USERNAMES,
    *PHONES,
    *TEXTS.values(),
    *FILES,
    *AUTHORS[:3],
]
ALL = [*WORDS, *CHATS]


async def people(town: Town) -> list[Person]:
    """Eight people with telling names, at home; three of them careful."""
    found = []
    for n, chat in enumerate(CHATS):
        names = {"last_name": LAST_NAMES[n % 4], "username": USERNAMES[n % 4]}
        found.append(await town.resident(NAMES[n], id=chat, careful=n % 3 == 0, **names))
    return found


async def tell_all(town: Town, person: Person, other: Person) -> None:
    """Send everything a phone can send, each with a canary in it."""
    await person.goes("🧭 I need information", "💼 My rights at work", "📄 Work contract")
    sent = await person.sends(TEXTS["text"])
    if sent["message_id"] in {one.id for one in person.messages}:
        await person.phone.edit(sent["message_id"], TEXTS["edited"])
    await person.sends(TEXTS["code"])
    await person.sends(f"/{TEXTS['command']}")
    await person.sends(f"/start {TEXTS['payload']}")
    await person.sends(photo={}, caption=TEXTS["caption"])
    for kind, name in (("document", FILES[0]), ("audio", FILES[1]), ("video", FILES[0])):
        await person.sends(**{kind: {"name": name}}, caption=TEXTS["caption"])
    await person.sends(contact={"phone_number": PHONES[0], "first_name": NAMES[5]})
    await person.sends(contact={"phone_number": PHONES[1], "user_id": person.chat_id})
    await person.sends(poll={"question": TEXTS["poll"], "options": [TEXTS["option"], "no"]})
    await person.sends(venue={"title": TEXTS["venue"], "address": TEXTS["venue"]})
    await person.sends("words of somebody else", forward_from=other.chat_id)
    await person.sends("words of nobody", forward_from={"name": AUTHORS[1]})
    await person.sends("words of a channel", forward_from={"channel": AUTHORS[2]})
    await person.sends(TEXTS["entity"])


async def make_up(town: Town, person: Person) -> None:
    """Hand in what no phone would send."""
    quoted = {"text": TEXTS["reply"], "position": 0}
    answered = dict(message_of(person, text=TEXTS["reply"])["message"])
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": AUTHORS[0]}
    account = user(person, language_code=TEXTS["language"], last_name=LAST_NAMES[0])
    joined = {"status": "member"}
    group = {"id": -1_007_345_678_901, "type": "supergroup", "title": TEXTS["group"]}
    made: list[dict[str, Any]] = [
        message_of(person, text=TEXTS["text"], quote=quoted, reply_to_message=answered),
        message_of(person, text=TEXTS["text"], forward_origin=origin, **{"from": account}),
        message_of(person, text=TEXTS["text"], chat=group),
        tap_of(person, TEXTS["forged"]),
        {"inline_query": {"id": "1", "from": account, "query": TEXTS["inline"], "offset": ""}},
        {"my_chat_member": {"chat": group, "from": account, "new_chat_member": joined}},
        {"telepathy": {"thought": TEXTS["text"], "from": account}},
        message_of(person, text=TEXTS["text"], **{"from": account, "edit_date": "canary"}),
    ]
    for update in made:
        await hand_in(town, update)
