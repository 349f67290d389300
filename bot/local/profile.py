"""The methods about the bot itself: its name, its commands, its descriptions."""

from __future__ import annotations

import json
import re

from bot.local import errors
from bot.local.arguments import Arguments
from bot.local.errors import refused
from bot.local.state import Json
from bot.local.telegram import Telegram

NAME_LENGTH = 64
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
MOST_COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


def get_me(t: Telegram, a: Arguments) -> Json:
    """Show the bot to itself."""
    return {
        **t.me,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _language(a: Arguments) -> str:
    code = a.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise refused(errors.LANGUAGE_INVALID)
    return code


def _set(a: Arguments, store: dict[str, str], name: str, most: int, words: str) -> bool:
    value, language = a.text(name).strip(), _language(a)
    if len(value) > most:
        raise refused(words)
    if value:
        store[language] = value
    else:
        store.pop(language, None)
    return True


def _get(a: Arguments, store: dict[str, str], name: str, default: str = "") -> Json:
    return {name: store.get(_language(a)) or store.get("", default)}


def set_my_name(t: Telegram, a: Arguments) -> bool:
    """Name the bot."""
    return _set(a, t.profile.names, "name", NAME_LENGTH, errors.NAME_TOO_LONG)


def get_my_name(t: Telegram, a: Arguments) -> Json:
    """Give the bot's name."""
    return _get(a, t.profile.names, "name", t.me["first_name"])


def set_my_description(t: Telegram, a: Arguments) -> bool:
    """Write what a person reads before the first /start."""
    words = errors.DESCRIPTION_TOO_LONG
    return _set(a, t.profile.descriptions, "description", DESCRIPTION_LENGTH, words)


def get_my_description(t: Telegram, a: Arguments) -> Json:
    """Give the description."""
    return _get(a, t.profile.descriptions, "description")


def set_my_short_description(t: Telegram, a: Arguments) -> bool:
    """Write what stands on the bot's profile."""
    store, most = t.profile.short_descriptions, SHORT_DESCRIPTION_LENGTH
    return _set(a, store, "short_description", most, errors.ABOUT_TOO_LONG)


def get_my_short_description(t: Telegram, a: Arguments) -> Json:
    """Give the short description."""
    return _get(a, t.profile.short_descriptions, "short_description")


def _scope(t: Telegram, a: Arguments) -> str:
    """Read for whom a list of commands is; the answer is a key."""
    value = a.json("scope", "Bad Request: can't parse BotCommandScope JSON object")
    if value is None:
        return '{"type": "default"}'
    kind = value.get("type") if isinstance(value, dict) else None
    if kind in _SCOPES:
        return json.dumps({"type": kind})
    if kind not in _CHAT_SCOPES:
        raise refused(errors.SCOPE_UNSUPPORTED)
    if value.get("chat_id") in (None, ""):
        raise refused(errors.SCOPE_CHAT_EMPTY)
    key: Json = {"type": kind, "chat_id": t.find_chat(value["chat_id"]).id}
    if kind == "chat_member":
        key["user_id"] = value.get("user_id")
    return json.dumps(key)


def set_my_commands(t: Telegram, a: Arguments) -> bool:
    """Set the commands of a scope in a language."""
    value = a.json("commands", errors.COMMANDS_NOT_JSON)
    if not isinstance(value, list):
        raise refused(errors.COMMANDS_NOT_ARRAY)
    if len(value) > MOST_COMMANDS:
        raise refused(errors.COMMANDS_TOO_MANY)
    commands = []
    for item in value:
        if not isinstance(item, dict) or not _COMMAND.fullmatch(str(item.get("command", ""))):
            raise refused(errors.COMMAND_INVALID)
        description = str(item.get("description", ""))
        if not 1 <= len(description) <= COMMAND_DESCRIPTION_LENGTH:
            raise refused(errors.COMMAND_DESCRIPTION_INVALID)
        name = str(item["command"]).removeprefix("/")
        commands.append({"command": name, "description": description})
    t.profile.commands[_scope(t, a), _language(a)] = commands
    return True


def get_my_commands(t: Telegram, a: Arguments) -> list[Json]:
    """Give the commands of a scope in a language."""
    return t.profile.commands.get((_scope(t, a), _language(a)), [])


def delete_my_commands(t: Telegram, a: Arguments) -> bool:
    """Forget the commands of a scope in a language."""
    t.profile.commands.pop((_scope(t, a), _language(a)), None)
    return True


def set_chat_menu_button(t: Telegram, a: Arguments) -> bool:
    """Set what the button beside the text field does."""
    value = a.json("menu_button", "Bad Request: can't parse menu button JSON object")
    button: Json = value if isinstance(value, dict) else {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise refused(errors.MENU_BUTTON_UNSUPPORTED)
    chat_id = t.find_chat(a.values["chat_id"]).id if a.has("chat_id") else 0
    t.profile.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(t: Telegram, a: Arguments) -> Json:
    """Give what the button beside the text field does."""
    chat_id = t.find_chat(a.values["chat_id"]).id if a.has("chat_id") else 0
    buttons = t.profile.menu_buttons
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}
