"""Turns what was written into the text and entities Telegram keeps, and into safe HTML."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from bot.local import errors
from bot.local.errors import refused
from bot.local.html import Entity, entity_order, has_half_letters, parse_html
from bot.local.links import (
    checked_link,
    find_entities,
    has_wide_letters,
    mentioned_user,
    utf16_length,
)

_SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
_KINDS = {
    *_SPLITTABLE,
    *("code", "pre", "blockquote", "expandable_blockquote", "text_link", "text_mention"),
    *("custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email"),
    *("phone_number", "date_time"),
}
_FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\u2028\u202e]|\r")
_BLANK = " \t\n\u00a0\u200b\u2800"


def clean(text: str) -> str:
    """Replace the control characters by blanks, as Telegram does; their places stay."""
    return text if not _CONTROL.search(text) else _CONTROL.sub(" ", text.replace("\r\n", "\n"))


def formatted(
    text: str, parse_mode: str, entities: list[Any] | None, *, users: dict[int, Any]
) -> tuple[str, list[Entity]]:
    """Read a text with its parse mode or its entities; give both as Telegram keeps them.

    Raises: ApiError with Telegram's own words where the markup is wrong.
    """
    if len(text) > 8192 and len(text.encode(errors="surrogatepass")) > 1 << 15:
        raise refused(errors.TEXT_OVER_32K)
    if has_half_letters(text):
        raise refused(errors.NOT_UTF8)
    mode = parse_mode.lower()
    if mode and mode != "none" and text:
        if mode != "html":
            raise refused(errors.UNSUPPORTED_PARSE_MODE)
        text, kept = _read_html(text)
    else:
        text, kept = _settle(clean(text), [_given(entity) for entity in entities or ()])
    if any("user_id" in entity for entity in kept):
        kept = [_introduced(entity, users) for entity in kept]
        kept = [entity for entity in kept if entity]
    return text, kept


@lru_cache(maxsize=1024)
def _read_html(source: str) -> tuple[str, list[Entity]]:
    """Read HTML; a bot says many things again and again. Nobody changes what comes out."""
    text, marked = parse_html(source)
    return _settle(clean(text), marked)


def _introduced(entity: Entity, users: dict[int, Any]) -> Entity:
    """Show who a mention names; one the bot has never met is no mention."""
    if "user_id" not in entity:
        return entity
    user = users.get(entity["user_id"])
    rest = {name: value for name, value in entity.items() if name != "user_id"}
    return {**rest, "user": user} if user else {}


def _given(entity: Any) -> Entity:
    """Check one entity the bot handed in."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise refused("Bad Request: can't parse MessageEntity: expected an Object")
    kind = entity["type"]
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise refused(
            'Bad Request: can\'t parse MessageEntity: Field "offset" must be of type Number'
        )
    if kind not in _KINDS or offset < 0 or length <= 0:
        return {}
    kept: Entity = {"type": kind, "offset": offset, "length": length}
    if kind == "text_link":
        user = mentioned_user(str(entity.get("url", "")))
        if user is not None:
            kept |= {"type": "text_mention", "user_id": user}
        else:
            link = checked_link(str(entity.get("url", "")))
            if link is None:
                raise refused("Bad Request: entity URL is invalid: Wrong HTTP URL")
            kept["url"] = link
    elif kind == "text_mention":
        kept["user_id"] = (entity.get("user") or {}).get("id", 0)
    for name in ("language", "custom_emoji_id", "unix_time", "date_time_format"):
        if name in entity:
            kept[name] = entity[name]
    return kept


def _settle(text: str, marked: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim the text, drop what is outside, join what belongs together, add what is found."""
    if marked and has_wide_letters(text):
        _check_edges(text, marked)
    bare = text.rstrip(_BLANK)
    body = bare.lstrip(_BLANK)
    cut = utf16_length(bare) - utf16_length(body)
    size = utf16_length(body)
    kept: list[Entity] = []
    for entity in marked:
        if not entity:
            continue
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, size)
        if end <= start:
            continue
        kept.append({**entity, "offset": start, "length": end - start})
    if kept:
        kept = _without_overlaps(_joined(kept))
    for entity in find_entities(body):
        if not any(_touches(entity, other) for other in kept if other["type"] not in _MILD):
            kept.append(entity)
    if len(kept) > 1:
        kept.sort(key=entity_order)
    return body, kept


def _check_edges(text: str, marked: list[Entity]) -> None:
    """Refuse an entity that would cut a letter of two UTF-16 units in half."""
    middles, units, size = {}, 0, 0
    for letter in text:
        if letter > "\uffff":
            middles[units + 1] = size
            units += 1
        units += 1
        size += len(letter.encode())
    for entity in marked:
        if entity and entity["offset"] in middles:
            at = middles[entity["offset"]]
            words = "entity begins in a middle of a UTF-16 symbol at byte offset"
            raise refused(f"Bad Request: {words} {at}")
        if entity and entity["offset"] + entity["length"] in middles:
            at = middles[entity["offset"] + entity["length"]]
            words = "entity ends in a middle of a UTF-16 symbol at byte offset"
            raise refused(f"Bad Request: {words} {at}")


_MILD = (*_SPLITTABLE, "blockquote", "expandable_blockquote")


def _touches(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _joined(entities: list[Entity]) -> list[Entity]:
    """Join neighbours of one kind: two bold halves are one bold word."""
    result: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in sorted(entities, key=entity_order):
        before = last.get(entity["type"])
        if (
            entity["type"] in _SPLITTABLE
            and before is not None
            and entity["offset"] <= before["offset"] + before["length"]
        ):
            end = max(entity["offset"] + entity["length"], before["offset"] + before["length"])
            before["length"] = end - before["offset"]
            continue
        last[entity["type"]] = entity
        result.append(entity)
    return result


def _without_overlaps(entities: list[Entity]) -> list[Entity]:
    """Nothing may stand inside code, and links or quotes may not stand in one another."""
    result: list[Entity] = []
    for entity in entities:
        kind = entity["type"]
        for other in result:
            if not _touches(entity, other):
                continue
            if other["type"] in ("code", "pre"):
                break
            if kind not in _SPLITTABLE and _family(other["type"]) == _family(kind):
                break
        else:
            if kind in ("code", "pre"):
                result = [
                    other
                    for other in result
                    if other["type"] not in _SPLITTABLE or not _touches(entity, other)
                ]
            result.append(entity)
    return result


def _family(kind: str) -> str:
    return "quote" if "blockquote" in kind else "split" if kind in _SPLITTABLE else "link"


_HTML = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "mention": ('<span class="mention">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
    "bot_command": ('<span class="command">', "</span>"),
    "hashtag": ('<span class="hashtag">', "</span>"),
}


def _tags(entity: Entity, words: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _HTML:
        return _HTML[kind]
    address = {
        "text_link": str(entity.get("url", "")),
        "url": words if "://" in words else "http://" + words,
        "email": "mailto:" + words,
        "phone_number": "tel:" + re.sub(r"[^0-9+]", "", words),
    }.get(kind)
    # An address reaches the page only with a scheme that cannot run anything there.
    if address is None or not address.startswith(("http://", "https://", "mailto:", "tel:")):
        return ("", "")
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">',
        "</a>",
    )


def safe_html(text: str, entities: list[Entity]) -> str:
    """Write a text and its entities as HTML in which nothing of the text can act."""
    if not entities:
        return escape(text).replace("\n", "<br>")
    units = text.encode("utf-16-le", "surrogatepass")

    def words(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "replace")

    size = len(units) // 2
    edges = {0, size}
    for entity in entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    places = sorted(edge for edge in edges if 0 <= edge <= size)
    result: list[str] = []
    active: list[tuple[int, str, str]] = []
    starts = sorted(entities, key=entity_order)
    for here, there in zip(places, [*places[1:], size], strict=True):
        again: list[tuple[int, str, str]] = []
        while any(end <= here for end, _, _ in active):
            end, opening, closing = active.pop()
            result.append(closing)
            if end > here:
                again.append((end, opening, closing))
        for entity in starts:
            if entity["offset"] == here:
                end = here + entity["length"]
                again.insert(0, (end, *_tags(entity, words(here, end))))
        for item in reversed(again):
            result.append(item[1])
            active.append(item)
        result.append(escape(words(here, there)).replace("\n", "<br>"))
    result.extend(closing for _, _, closing in reversed(active))
    return "".join(result)
