"""Checks the keyboards a bot sends, with Telegram's limits and Telegram's words."""

from __future__ import annotations

from typing import Any

from bot.local import errors
from bot.local.errors import refused
from bot.local.links import checked_link, mentioned_user
from bot.local.state import Json

DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
STYLES = ("danger", "success", "primary")
REQUESTS = {
    "request_contact": "Phone number",
    "request_location": "Location",
    "request_poll": "Poll",
}


class Markup:
    """A checked reply markup: an inline keyboard, or one of the others."""

    __slots__ = ("inline", "other")

    def __init__(self, inline: Json | None, other: Json | None) -> None:
        self.inline = inline
        self.other = other


NO_MARKUP = Markup(None, None)


def read_markup(value: Any, *, private: bool, inline_only: bool = False) -> Markup:
    """Check a reply markup.

    Raises: ApiError with Telegram's own words.
    """
    if value is None:
        return NO_MARKUP
    if not isinstance(value, dict):
        raise refused(errors.MARKUP_NOT_OBJECT)
    if "inline_keyboard" in value:
        return Markup(_inline(value["inline_keyboard"]), None)
    if inline_only and value:
        raise refused(errors.MARKUP_INLINE_ONLY)
    if "keyboard" in value:
        return Markup(None, _reply(value, private))
    if value.get("remove_keyboard") or value.get("force_reply"):
        return Markup(None, dict(value))
    return NO_MARKUP


def _rows(value: Any, words: str) -> list[list[Any]]:
    if not isinstance(value, list) or any(not isinstance(row, list) for row in value):
        raise refused(words)
    return value


def _inline(value: Any) -> Json | None:
    rows, count = [], 0
    for row in _rows(value, errors.INLINE_ROWS):
        buttons = [_inline_button(button) for button in row]
        buttons = [button for button in buttons if button]
        count += len(buttons)
        if buttons:
            rows.append(buttons)
    if count > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise refused(errors.MARKUP_TOO_LONG)
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise refused(errors.INLINE_BUTTON + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        kind = "Can't find field" if text is None else "Field"
        rest = ' "text"' if text is None else ' "text" must be of type String'
        raise refused(errors.INLINE_BUTTON + kind + rest)
    data = button.get("callback_data")
    result: Json = {"text": text.strip()}
    if data and not button.get("url"):
        if len(str(data).encode(errors="surrogatepass")) > DATA_BYTES:
            raise refused(errors.BUTTON_DATA_INVALID)
        result["callback_data"] = str(data)
    else:
        result |= _other_action(button, text)
    style = button.get("style")
    if style:
        if style not in STYLES:
            raise refused(errors.INLINE_BUTTON + "invalid button style specified")
        result["style"] = style
    if button.get("icon_custom_emoji_id"):
        result["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    return result if result["text"] else {}


def _other_action(button: Json, text: str) -> Json:
    """Check what a button does that has no callback data."""
    url = button.get("url")
    if url:
        if mentioned_user(str(url)) is not None:
            return {"url": str(url)}
        link = checked_link(str(url))
        if link is None:
            raise refused(
                f"Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
            )
        return {"url": link}
    copied = button.get("copy_text")
    if isinstance(copied, dict):
        words = copied.get("text")
        if not isinstance(words, str) or not 1 <= len(words) <= 256:
            raise refused(errors.BUTTON_COPY_TEXT_INVALID)
        return {"copy_text": {"text": words}}
    for name in ("web_app", "login_url"):
        page = button.get(name)
        if isinstance(page, dict):
            if not str(page.get("url", "")).startswith("https://"):
                raise refused(errors.BUTTON_URL_INVALID)
            return {name: page}
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in button:
            return {name: str(button[name])}
    for name in ("switch_inline_query_chosen_chat", "callback_game", "pay"):
        if name in button:
            return {name: button[name]}
    if not text.strip():
        return {}
    raise refused(errors.INLINE_BUTTON + "Text buttons are unallowed in the inline keyboard")


def _reply(value: Json, private: bool) -> Json | None:
    rows = []
    for row in _rows(value["keyboard"], errors.REPLY_ROWS):
        buttons = []
        for button in row:
            if isinstance(button, str):
                button = {"text": button}
            if not isinstance(button, dict):
                raise refused(errors.REPLY_BUTTON + "KeyboardButton must be a String or an Object")
            if not isinstance(button.get("text"), str):
                raise refused(errors.REPLY_BUTTON + 'Can\'t find field "text"')
            for name, words in REQUESTS.items():
                if button.get(name) and not private:
                    raise refused(errors.REQUEST_PRIVATE_ONLY.format(words.lower()))
            if button.get("style") and button["style"] not in STYLES:
                raise refused(errors.REPLY_BUTTON + "invalid button style specified")
            if button["text"].strip():
                buttons.append(button)
        if buttons:
            rows.append(buttons)
    return {**value, "keyboard": rows} if rows else None
