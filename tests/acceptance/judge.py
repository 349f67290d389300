"""Hears everything that goes over the wire and judges all of it, whatever a test is about."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from aiohttp.web_request import FileField

from tests.acceptance.schema import (
    faults_of_answer,
    faults_of_refusal,
    faults_of_request,
    faults_of_update,
)

Json = dict[str, Any]


class Heard(NamedTuple):
    """A call of the bot, and the answer it got."""

    method: str
    params: Json
    status: int
    answer: Json


class Judge:
    """A listener before the local Telegram. `faults` is what was wrong, `calls` what was called.

    Updates that a test made up are not judged: they are wrong on purpose.
    """

    def __init__(self) -> None:
        self.calls: list[Heard] = []
        self.faults: list[str] = []
        self.made_up: set[int] = set()
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.judged = {"requests": 0, "answers": 0, "updates": 0}
        self._seen: set[int] = set()

    def of(self, *methods: str) -> list[Heard]:
        """The calls of some methods."""
        return [call for call in self.calls if call.method in methods]

    @property
    def unanswered(self) -> set[str]:
        """Taps the bot was told of and never answered."""
        return self.asked - self.answered

    @web.middleware
    async def listen(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Pass a request on; judge it and its answer."""
        if request.path == "/sim/update":
            response = await handler(request)
            self.made_up.add(_body(response)["update_id"])
            return response
        if not request.path.startswith("/bot"):
            return await handler(request)
        method = request.path.rpartition("/")[2]
        params = await _parameters(request)
        if method not in ("getUpdates", "getMe"):
            self._judge("requests", faults_of_request(method, params))
        response = await handler(request)
        if isinstance(response, web.Response) and response.body:
            self._hear(method, params, response)
        return response

    def _hear(self, method: str, params: Json, response: web.Response) -> None:
        answer = _body(response)
        if method == "getUpdates":
            self._updates(answer.get("result", []))
            return
        self.calls.append(Heard(method, params, response.status, answer))
        if method == "answerCallbackQuery":
            self.answered.add(params["callback_query_id"])
        if answer["ok"]:
            self._judge("answers", faults_of_answer(method, answer["result"]))
        else:
            self._judge("answers", faults_of_refusal(method, answer))

    def _updates(self, updates: list[Any]) -> None:
        for update in updates:
            number = update.get("update_id") if isinstance(update, dict) else None
            if number in self.made_up or number in self._seen:
                continue
            self._seen.add(number)
            self._judge("updates", faults_of_update(update))
            if "callback_query" in update:
                self.asked.add(update["callback_query"]["id"])

    def _judge(self, kind: str, faults: list[str]) -> None:
        self.judged[kind] += 1
        self.faults += faults


def _body(response: web.StreamResponse) -> Json:
    """What an answer says; an update made up of half JSON says nothing."""
    assert isinstance(response, web.Response)
    assert isinstance(response.body, bytes)
    try:
        read: Json = json.loads(response.body)
    except ValueError:
        return {}
    return read


async def _parameters(request: web.Request) -> Json:
    if request.headers.get(hdrs.CONTENT_TYPE, "").startswith("multipart/"):
        fields = await request.post()
        return {
            name: f"attach://{name}" if isinstance(value, FileField) else value
            for name, value in fields.items()
        }
    raw = await request.read()
    params: Json = json.loads(raw) if raw else {}
    return params
