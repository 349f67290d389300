"""Founds and changes groups and their topics, as people do it."""

from __future__ import annotations

from bot.local.chats import TOPIC_COLORS, open_topic
from bot.local.people import WishError, chat_of, find_person
from bot.local.posting import post_service
from bot.local.state import ALL_RIGHTS, USUAL_RIGHTS, Json
from bot.local.telegram import Telegram
from bot.local.topics import delete_topic


def found_group(t: Telegram, wish: Json) -> Json:
    """Found a supergroup, a forum unless told otherwise, with the bot as an administrator."""
    members = [int(person) for person in wish.get("members") or ()]
    admins = [int(person) for person in wish.get("admins") or ()]
    for person in (*members, *admins):
        if person not in t.people:
            raise WishError(f"no such person: {person}", 404)
    chat_id = int(wish["id"]) if wish.get("id") else None
    chat = t.add_group(
        str(wish.get("title") or "Group"), forum=bool(wish.get("forum", True)), chat_id=chat_id
    )
    if wish.get("kind") == "group":
        chat.kind, chat.forum = "group", False
    chat.members = dict.fromkeys(members, "member") | dict.fromkeys(admins, "administrator")
    if admins:
        chat.members[admins[0]] = "creator"
    rights = wish.get("rights", USUAL_RIGHTS)
    if rights is True:
        rights = ALL_RIGHTS
    chat.rights = frozenset(right for right in ALL_RIGHTS if right in (rights or ()))
    chat.bot_status = str(wish.get("bot") or ("administrator" if chat.rights else "member"))
    t.events.publish("group", chat.id)
    return {"id": chat.id, "title": chat.title}


def change_topic(t: Telegram, wish: Json) -> Json:
    """An administrator opens, renames, closes, reopens or deletes a topic."""
    person = find_person(t, wish)
    chat = chat_of(t, wish, person)
    if not chat.forum:
        raise WishError("this chat is not a forum")
    if not wish.get("thread"):
        color = int(wish.get("icon_color") or TOPIC_COLORS[0])
        topic = open_topic(t, chat, str(wish.get("name") or "Topic"), color, "", person)
        return {"thread_id": topic.thread_id}
    found = chat.topics.get(int(wish["thread"]))
    if found is None:
        raise WishError(f"no such topic: {wish['thread']!r}", 404)
    if wish.get("delete"):
        delete_topic(t, chat, found)
        return {"thread_id": found.thread_id}
    if wish.get("name"):
        found.name = str(wish["name"])
        fields: Json = {"forum_topic_edited": {"name": found.name}}
        post_service(t, chat, fields, author=person, topic=found)
    if wish.get("closed") is not None and bool(wish["closed"]) != found.closed:
        found.closed = bool(wish["closed"])
        kind = "forum_topic_closed" if found.closed else "forum_topic_reopened"
        post_service(t, chat, {kind: {}}, author=person, topic=found)
    t.events.publish("topic", chat.id, thread=found.thread_id)
    return {"thread_id": found.thread_id, "closed": found.closed, "name": found.name}


def disband(t: Telegram, wish: Json) -> Json:
    """The group is deleted for everybody; the bot is not told, it only finds nobody there."""
    chat = chat_of(t, wish, find_person(t, wish))
    if chat.private:
        raise WishError("only a group can be deleted")
    chat.disbanded = True
    t.events.publish("group", chat.id)
    return {"id": chat.id}


def migrate(t: Telegram, wish: Json) -> Json:
    """A group becomes a supergroup: it gets another number, and the old one says so."""
    person = find_person(t, wish)
    old = chat_of(t, wish, person)
    if old.private or old.migrated_to is not None:
        raise WishError("only a group can become a supergroup, once")
    new = t.add_group(old.title, forum=bool(wish.get("forum")))
    new.members, new.rights, new.bot_status = dict(old.members), old.rights, old.bot_status
    post_service(t, old, {"migrate_to_chat_id": new.id}, author=person)
    post_service(t, new, {"migrate_from_chat_id": old.id}, author=person)
    old.migrated_to = new.id
    t.events.publish("group", new.id)
    return {"id": new.id}
