"""The limits are those the Bot API documents, read from an independent library's words."""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import aiogram.methods
import pytest
from aiogram.types import BotCommand

from tests.telegram import LocalTelegram, Phone

_RANGE = re.compile(r"(\d+)-(\d+)\s+(?:characters|bytes|items)|(\d+)-(\d+)\b")


def documented(cls: type, attribute: str) -> tuple[int, int]:
    """Read a range such as `1-4096 characters` in the docstring of an attribute."""
    tree = ast.parse(Path(inspect.getfile(cls)).read_text(encoding="utf-8"))
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    )
    for field, text in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and field.target.id == attribute
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            found = _RANGE.search(str(text.value.value))
            assert found, f"no range in the words on {cls.__name__}.{attribute}"
            low, high = (found[1], found[2]) if found[1] else (found[3], found[4])
            return int(low), int(high)
    raise AssertionError(f"{cls.__name__}.{attribute} is not documented")


def _voice(telegram: LocalTelegram) -> str:
    file = next(iter(telegram.state.files.values()))
    return file.file_id


METHODS = aiogram.methods
LIMITS: list[tuple[type, str, dict[str, Any]]] = [
    (METHODS.SendMessage, "text", {}),
    (METHODS.SendVoice, "caption", {"voice": _voice}),
    (METHODS.AnswerCallbackQuery, "text", {"callback_query_id": "QUERY"}),
    (METHODS.SetMyName, "name", {}),
    (METHODS.SetMyDescription, "description", {}),
    (METHODS.SetMyShortDescription, "short_description", {}),
]


@pytest.mark.parametrize(
    ("cls", "attribute", "others"), LIMITS, ids=lambda value: getattr(value, "__name__", "")
)
async def test_the_longest_text_passes_and_one_letter_more_does_not(
    telegram: LocalTelegram, amina: Phone, cls: type, attribute: str, others: dict[str, Any]
) -> None:
    """What the documentation allows is taken to the last letter, and not beyond."""
    await amina.send(voice={})
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="?", reply_markup=markup)
    _, most = documented(cls, attribute)
    results = []
    for length in (most, most + 1):
        query = (await amina.tap("Go", wait=0))["query_id"]
        parameters = {"chat_id": amina.chat_id, attribute: "x" * length}
        for name, value in others.items():
            parameters[name] = (
                value(telegram) if callable(value) else query if value == "QUERY" else value
            )
        results.append((await telegram.call(cls.__name__, **parameters))["ok"])
    assert results == [True, False]


async def test_commands_have_their_limits(telegram: LocalTelegram) -> None:
    """The documented lengths of a command and its words, and a hundred of them at most."""
    _, name = documented(BotCommand, "command")
    _, words = documented(BotCommand, "description")
    good = {"command": "a" * name, "description": "b" * words}
    lists: list[list[dict[str, str]]] = [
        [good],
        [{**good, "command": "a" * (name + 1)}],
        [{**good, "command": "Upper"}],
        [{**good, "description": "b" * (words + 1)}],
        [{**good, "description": ""}],
        [{"command": f"c{n}", "description": "x"} for n in range(100)],
        [{"command": f"c{n}", "description": "x"} for n in range(101)],
    ]
    answers = [await telegram.call("setMyCommands", commands=one) for one in lists]
    assert [answer.get("description") for answer in answers] == [
        None,
        "Bad Request: BOT_COMMAND_INVALID",
        "Bad Request: BOT_COMMAND_INVALID",
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        None,
        "Bad Request: BOT_COMMANDS_TOO_MUCH",
    ]


async def test_commands_are_kept_by_scope_and_language(
    telegram: LocalTelegram, amina: Phone
) -> None:
    """Each scope and language has its list; a deleted one is empty; two letters are a language."""
    private = {"type": "all_private_chats"}
    chat = {"type": "chat", "chat_id": amina.chat_id}
    for scope, language in ((private, ""), (private, "ar"), (chat, "")):
        commands = [{"command": "start", "description": f"{scope['type']} {language}"}]
        await telegram.call("setMyCommands", commands=commands, scope=scope, language_code=language)
    await telegram.call("deleteMyCommands", scope=private)
    lists = [
        (await telegram.call("getMyCommands", scope=scope, language_code=language))["result"]
        for scope, language in ((private, ""), (private, "ar"), (chat, ""), (None, ""))
    ]
    assert [[one["description"] for one in listed] for listed in lists] == [
        [],
        ["all_private_chats ar"],
        ["chat "],
        [],
    ]
    wrong = await telegram.call("setMyCommands", commands=[], language_code="fil")
    assert wrong["description"] == "Bad Request: LANG_CODE_INVALID"


async def test_names_fall_back_to_the_default_language(telegram: LocalTelegram) -> None:
    """A name or description is kept per language; without one the default is given."""
    for language, name in (("", "Antenna"), ("ar", "هوائي")):
        await telegram.call("setMyName", name=name, language_code=language)
        await telegram.call("setMyDescription", description=name, language_code=language)
        await telegram.call("setMyShortDescription", short_description=name)
    results = [
        (await telegram.call(f"getMy{what}", language_code=language))["result"]
        for what in ("Name", "Description", "ShortDescription")
        for language in ("ar", "it")
    ]
    assert results == [
        {"name": "هوائي"},
        {"name": "Antenna"},
        {"description": "هوائي"},
        {"description": "Antenna"},
        {"short_description": "هوائي"},
        {"short_description": "هوائي"},
    ]


async def test_the_menu_button_is_kept(telegram: LocalTelegram, amina: Phone) -> None:
    """One for all, one for a chat; an unknown kind is refused."""
    wish = {"menu_button": {"type": "commands"}, "chat_id": amina.chat_id}
    results = [
        await telegram.call("setChatMenuButton", menu_button={"type": "default"}),
        await telegram.call("setChatMenuButton", **wish),
        await telegram.call("getChatMenuButton", chat_id=amina.chat_id),
        await telegram.call("getChatMenuButton"),
        await telegram.call("setChatMenuButton", menu_button={"type": "door"}),
    ]
    assert [one.get("result", one.get("description")) for one in results] == [
        True,
        True,
        {"type": "commands"},
        {"type": "default"},
        "Bad Request: can't parse menu button: MenuButton has unsupported type",
    ]


async def test_a_topics_name_is_cut_at_its_limit(telegram: LocalTelegram, amina: Phone) -> None:
    """Telegram cuts a longer name rather than refuse it; an empty one it refuses."""
    group = await telegram.group("Room", amina)
    _, most = documented(METHODS.CreateForumTopic, "name")
    long = await telegram.call("createForumTopic", chat_id=group, name="x" * (most + 1))
    empty = await telegram.call("createForumTopic", chat_id=group, name=" ")
    assert (len(long["result"]["name"]), empty["description"]) == (
        most,
        "Bad Request: TOPIC_TITLE_EMPTY",
    )
