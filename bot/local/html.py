"""Reads Telegram's HTML: the text, its entities, or the very error Telegram would give."""

from __future__ import annotations

import re
from typing import Any

from bot.local.errors import ApiError
from bot.local.links import checked_link, mentioned_user, utf16_length

Entity = dict[str, Any]

_SPACES = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
# Where two entities cover the same words, Telegram lists them in this order.
_ORDER = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_MARK = re.compile(r"[<&]")
_HALF = re.compile("[\ud800-\udfff]")


def has_half_letters(text: str) -> bool:
    """Is there half a surrogate pair, which no text may hold?"""
    return not text.isascii() and _HALF.search(text) is not None


def entity_order(entity: Entity) -> tuple[int, int, int]:
    """Give the key by which Telegram sorts entities."""
    rank = _ORDER.get(entity["type"], 50)
    if entity["type"] == "pre" and entity.get("language"):
        rank = 10
    return entity["offset"], -entity["length"], rank


class _Open:
    """A start tag that still waits for its end."""

    __slots__ = ("at", "offset", "tag", "value")

    def __init__(self, tag: str, value: dict[str, str], offset: int, at: int) -> None:
        self.tag = tag
        self.value = value
        self.offset = offset
        self.at = at


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source + "\0"  # Telegram reads up to a NUL; so does every loop below
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def fail(self, words: str, at: int | None = None) -> ApiError:
        where = ""
        if at is not None:
            where = f" at byte offset {len(self.source[:at].encode(errors='surrogatepass'))}"
        return ApiError(400, f"Bad Request: can't parse entities: {words}{where}")

    def parse(self) -> tuple[str, list[Entity]]:
        source, end = self.source, len(self.source) - 1
        while self.at < end:
            mark = _MARK.search(source, self.at, end)
            stop = mark.start() if mark else end
            if stop > self.at:
                self.add(source[self.at : stop])
                self.at = stop
            if mark is None:
                break
            if source[stop] == "&":
                self.character_reference()
            elif source[stop + 1] == "/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            name = self.open[-1].tag
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{name}"')
        text = "".join(self.parts)
        if has_half_letters(text):
            raise self.fail(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=entity_order)
        return text, self.entities

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def character_reference(self) -> None:
        letter, after = _reference(self.source, self.at)
        self.add(letter or "&")
        self.at = after if letter else self.at + 1

    def skip_spaces(self) -> None:
        while self.source[self.at] != "\0" and self.source[self.at] in _SPACES:
            self.at += 1

    def start_tag(self) -> None:
        source, begin = self.source, self.at
        self.at += 1
        while source[self.at] not in _SPACES and source[self.at] != ">":
            self.at += 1
        if source[self.at] == "\0":
            raise self.fail("Unclosed start tag", begin)
        tag = _lower(source[begin + 1 : self.at])
        if tag not in _TAGS:
            raise self.fail(f'Unsupported start tag "{tag}"', begin)
        values: dict[str, str] = {}
        while source[self.at] != ">":
            self.skip_spaces()
            if source[self.at] == ">":
                break
            self.attribute(tag, begin, values)
        self.at += 1
        if tag == "span" and values.get("class") != "tg-spoiler":
            raise self.fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, values, self.offset, len(self.parts)))

    def attribute(self, tag: str, begin: int, values: dict[str, str]) -> None:
        source, start = self.source, self.at
        while source[self.at] not in _SPACES and source[self.at] not in "=>/\"'":
            self.at += 1
        name = source[start : self.at]
        if not name:
            raise self.fail(f'Empty attribute name in the tag "{tag}"', begin)
        self.skip_spaces()
        if source[self.at] != "=":
            if source[self.at] == "\0":
                raise self.fail(f'Unclosed start tag "{tag}"', begin)
            _keep(tag, name, "", values)
            return
        self.at += 1
        self.skip_spaces()
        if source[self.at] == "\0":
            raise self.fail(f'Unclosed start tag "{tag}"', begin)
        value = self.quoted() if source[self.at] in "'\"" else self.bare()
        if source[self.at] == "\0":
            raise self.fail("Unclosed start tag", begin)
        _keep(tag, name, value, values)

    def bare(self) -> str:
        source, start = self.source, self.at
        while (source[self.at].isascii() and source[self.at].isalnum()) or source[self.at] in ".-":
            self.at += 1
        if source[self.at] not in _SPACES and source[self.at] != ">":
            raise self.fail("Unexpected end of name token", start)
        return _lower(source[start : self.at])

    def quoted(self) -> str:
        source, quote = self.source, self.source[self.at]
        self.at += 1
        letters: list[str] = []
        while source[self.at] not in (quote, "\0"):
            letter, after = "", 0
            if source[self.at] == "&":
                letter, after = _reference(source, self.at)
            letters.append(letter or source[self.at])
            self.at = after if letter else self.at + 1
        if source[self.at] == quote:
            self.at += 1
        return "".join(letters)

    def end_tag(self) -> None:
        source, begin = self.source, self.at
        if not self.open:
            raise self.fail("Unexpected end tag", begin)
        self.at += 2
        while source[self.at] not in _SPACES and source[self.at] != ">":
            self.at += 1
        name = _lower(source[begin + 2 : self.at])
        self.skip_spaces()
        if source[self.at] != ">":
            raise self.fail("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise self.fail(
                "Unmatched end tag at byte offset "
                f"{len(source[:begin].encode(errors='surrogatepass'))}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        kind, tag = _TAGS[opened.tag], opened.tag
        entity: Entity = {
            "type": kind,
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if tag == "tg-emoji":
            entity["custom_emoji_id"] = self.emoji_id(opened.value.get("emoji-id", ""))
        elif tag == "tg-time":
            if not self.add_time(entity, opened.value):
                return
        elif tag == "a":
            address = opened.value.get("href") or "".join(self.parts[opened.at :])
            if not _add_link(entity, address):
                return
        elif tag == "code":
            if self.joined(entity, "pre", language=opened.value.get("class", "")):
                return
            if opened.value.get("class"):
                entity["language"] = opened.value["class"]
        elif tag == "pre":
            if self.joined(entity, "code", language=None):
                return
        elif tag == "blockquote" and "expandable" in opened.value:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def emoji_id(self, value: str) -> str:
        if not re.fullmatch(r"-?[0-9]{1,19}", value) or int(value) == 0:
            raise self.fail("Invalid custom emoji identifier specified")
        return str(int(value))

    def add_time(self, entity: Entity, value: dict[str, str]) -> bool:
        shape = value.get("format", "")
        if not re.fullmatch("r|w?[dD]?[tT]?", shape):
            raise self.fail("Invalid date format used")
        unix = value.get("unix", "")
        if not re.fullmatch(r"[0-9]{1,10}", unix) or int(unix) == 0:
            return False
        entity["unix_time"], entity["date_time_format"] = int(unix), shape
        return True

    def joined(self, entity: Entity, inner: str, language: str | None) -> bool:
        """`<pre><code class="language-x">` (either way round) is one entity with a language."""
        last = self.entities[-1] if self.entities else None
        if last is None or last["type"] != inner or last["offset"] != entity["offset"]:
            return False
        if last["length"] != entity["length"]:
            return False
        name = last.get("language") if language is None else language
        if not name or (inner == "pre" and last.get("language")):
            return False
        last["type"], last["language"] = "pre", name
        return True


def _keep(tag: str, name: str, value: str, values: dict[str, str]) -> None:
    """Keep the attributes that mean something; the others are read and forgotten."""
    if tag == "code" and name == "class":
        if value.startswith("language-"):
            values["class"] = value[9:]
    elif tag == "span" and name == "class":
        if value.startswith("tg-"):
            values["class"] = value
    else:
        values[name] = value


def _add_link(entity: Entity, address: str) -> bool:
    user_id = mentioned_user(address)
    if user_id is not None:
        entity["type"], entity["user_id"] = "text_mention", user_id
        return True
    link = checked_link(address)
    if link is None:
        return False
    entity["url"] = link
    return True


def _lower(text: str) -> str:
    """Lower the ASCII letters only, as Telegram does with the names of tags."""
    return text.lower() if text.isascii() else re.sub("[A-Z]+", lambda m: m[0].lower(), text)


def _reference(source: str, at: int) -> tuple[str, int]:
    """Read `&lt;` or `&#60;` at a place: the letter and where it ends, or nothing."""
    if source[at + 1] == "#":
        base, digits = (16, "0-9a-fA-F") if source[at + 2] == "x" else (10, "0-9")
        start = at + (3 if base == 16 else 2)
        number = re.compile(f"[{digits}]*").match(source, start)
        end = number.end() if number else start
        code = int(source[start:end] or "0", base) if end - at < 10 else 0
        if code == 0 or code >= 0x10FFFF:
            return "", 0
        letter = chr(code)
    else:
        name = re.compile("[a-zA-Z]*").match(source, at + 1)
        end = name.end() if name else at + 1
        letter = _NAMED.get(source[at + 1 : end], "")
        if not letter:
            return "", 0
    return letter, end + 1 if source[end] == ";" else end


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Read HTML as Telegram does.

    Raises: ApiError with Telegram's own words where the markup is wrong.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).parse()
