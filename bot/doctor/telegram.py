"""Asks Telegram itself: is the token good, is a webhook set, what time is it there."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

from pydantic import SecretStr

from bot.clock import Clock
from bot.doctor.finding import Answer
from bot.settings import Settings, SettingsError

PATIENCE_SECONDS = 10


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token is in the address: it is shown to nobody but the server it was meant for."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def ask_telegram(settings: Settings, clock: Clock) -> Answer:
    """What Telegram says of token, webhook and time; nothing where it is not reached."""
    token = _token(settings)
    if token is None:
        return Answer()
    asked = call(settings.telegram_api, token, "getMe")
    if asked is None:
        return Answer()
    body, there = asked
    off = (clock.now() - there).total_seconds() if there else None
    if not body.get("ok"):
        refused = body.get("error_code") in {401, 404}
        return Answer(token_accepted=False if refused else None, clock_off_seconds=off)
    hook = call(settings.telegram_api, token, "getWebhookInfo")
    found = hook[0].get("result") if hook else None
    url = found.get("url") if isinstance(found, dict) else None
    return Answer(token_accepted=True, clock_off_seconds=off, webhook=url or None)


def find_username(settings: Settings) -> str | None:
    """The bot's name on Telegram, or None where Telegram does not tell it."""
    token = _token(settings)
    asked = call(settings.telegram_api, token, "getMe") if token else None
    found = asked[0].get("result") if asked else None
    name = found.get("username") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def _token(settings: Settings) -> SecretStr | None:
    try:
        return settings.read_token()
    except SettingsError:
        return None


def call(
    api: str, token: SecretStr, method: str, parameters: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], datetime | None] | None:
    """One question: the answer and the time it was given, or None."""
    # No error leaves this function: each would hold the address, and the address the token.
    opener = urllib.request.build_opener(_NoRedirect)
    body = None if parameters is None else json.dumps(parameters).encode()
    try:
        question = urllib.request.Request(  # noqa: S310 - the settings allow http(s) only
            f"{api}/bot{token.get_secret_value()}/{method}",
            body,
            {"Content-Type": "application/json"} if body else {},
        )
        with opener.open(question, timeout=PATIENCE_SECONDS) as answer:
            raw, date = answer.read(), answer.headers.get("Date")
    except urllib.error.HTTPError as error:
        with error:
            raw, date = error.read(), error.headers.get("Date")
    except (OSError, HTTPException, ValueError):
        return None
    try:
        body = json.loads(raw)
        there = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    return (body, there) if isinstance(body, dict) else None
