"""Answers the bot over HTTP as api.telegram.org would, faults included."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.local import errors
from bot.local.arguments import Arguments, read_arguments
from bot.local.errors import ApiError, too_many_requests
from bot.local.faults import Fault
from bot.local.files import content_of, find_linked
from bot.local.guard import refuse_strangers
from bot.local.methods import METHODS, Encoded
from bot.local.pages import add_pages
from bot.local.sim import add_sim
from bot.local.state import Call
from bot.local.telegram import Telegram
from bot.local.topics import drop_topic
from bot.local.wire import to_json

TELEGRAM: web.AppKey[Telegram] = web.AppKey("telegram", Telegram)
LARGEST_REQUEST_BYTES = 64 * 1024 * 1024
_JSON = {"Content-Type": "application/json"}


def _failure(error: ApiError) -> bytes:
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.parameters:
        answer["parameters"] = error.parameters
    return to_json(answer)


class BotApi:
    """The `/bot<token>/<method>` side of the local Telegram."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        telegram.execute = self.execute

    async def execute(self, wish: dict[str, Any]) -> None:
        """Carry out a method that came as the answer to a webhook."""
        name = str(wish.pop("method")).lower()
        await self.call(name, Arguments(wish))

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request of the bot."""
        t = self.telegram
        info = request.match_info
        if info["token"] != t.token:
            return _reply(_failure(ApiError(401, errors.UNAUTHORIZED)), 401)
        name = info["method"].lower()
        try:
            arguments = await read_arguments(request)
        except ApiError as error:
            return _reply(_failure(error), error.code)
        except web.HTTPRequestEntityTooLarge:
            return _reply(_failure(ApiError(413, errors.UPLOAD_TOO_BIG)), 413)
        fault = None
        if t.faults.active:
            fault = t.faults.due(name, arguments.values.get("chat_id"))
            if fault is not None:
                early = await self._fail(request, name, arguments, fault)
                if early is not None:
                    return early
        status, body = await self.call(name, arguments)
        if fault is not None and fault.kind in ("drop_after", "cut"):
            return _hang_up(request)
        return _reply(body, status)

    async def call(self, name: str, arguments: Arguments) -> tuple[int, bytes]:
        """Carry out a method; give the status and the body of the answer."""
        t = self.telegram
        try:
            if name not in METHODS:
                raise ApiError(404, errors.METHOD_NOT_FOUND)
            name, method = METHODS[name]
            result = method(t, arguments)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            self._record(name, arguments, error)
            return error.code, _failure(error)
        if type(result) is Encoded:
            body = b'{"ok":true,"result":' + result.body + b"}"
        else:
            body = b'{"ok":true,"result":' + to_json(result) + b"}"
        if t.log:
            self._record(name, arguments, None)
        return 200, body

    def _record(self, name: str, arguments: Arguments, error: ApiError | None) -> None:
        t = self.telegram
        if not t.log:
            return
        params = arguments.values
        if arguments.files:
            params = {
                **params,
                **{key: f"({len(f.content)} bytes)" for key, f in arguments.files.items()},
            }
        t.call_count += 1
        t.calls.append(
            Call(
                t.call_count,
                name,
                params,
                200 if error is None else error.code,
                None if error is None else error.code,
                None if error is None else error.description,
                t.time(),
            )
        )

    async def _fail(
        self, request: web.Request, name: str, arguments: Arguments, fault: Fault
    ) -> web.Response | None:
        """Fail as the fault says; nothing when the call is to go on."""
        self.telegram.events.publish("fault", None, method=name, fault=fault.kind, id=fault.id)
        if fault.kind in ("drop_before", "down"):
            self._record(name, arguments, ApiError(0, f"connection cut ({fault.kind})"))
            return _hang_up(request)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind in ("drop_after", "cut"):
            return None
        if fault.kind == "general":
            drop_topic(self.telegram, arguments)
            for name in ("message_thread_id", "reply_parameters"):
                arguments.values.pop(name, None)
            return None
        if fault.kind == "429":
            error = too_many_requests(fault.retry_after)
            if fault.description:
                error.description = fault.description
        else:
            error = ApiError(int(fault.kind), fault.words)
        self._record(name, arguments, error)
        return _reply(_failure(error), error.code)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file for download."""
        t = self.telegram
        if request.match_info["token"] != t.token:
            return _reply(_failure(ApiError(401, errors.UNAUTHORIZED)), 401)
        if t.faults.active:
            fault = t.faults.due("file", None)
            if fault is not None:
                early = await self._fail(request, "file", Arguments({}), fault)
                if early is not None:
                    return early
                if fault.kind in ("cut", "drop_after"):
                    return await self._give_a_part(request)
        file = find_linked(t, request.match_info["path"])
        if file is None:
            return _reply(_failure(ApiError(404, errors.NOT_FOUND)), 404)
        return web.Response(body=content_of(file), content_type="application/octet-stream")

    async def _give_a_part(self, request: web.Request) -> web.StreamResponse:
        """Break off in the middle of a file."""
        file = find_linked(self.telegram, request.match_info["path"])
        content = b"" if file is None else content_of(file)
        response = web.StreamResponse(headers={"Content-Length": str(len(content) + 1)})
        await response.prepare(request)
        await response.write(content[: len(content) // 2])
        return _hang_up(request)


def _reply(body: bytes, status: int) -> web.Response:
    return web.Response(body=body, status=status, headers=_JSON)


def _hang_up(request: web.Request) -> web.Response:
    """Cut the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def create_local_telegram(
    token: str,
    clock: Clock,
    *,
    log: bool = True,
    name: str = "Antenna",
    username: str = "antenna_local_bot",
    webhook_pause_seconds: float = 1.0,
) -> web.Application:
    """Build the local Telegram for one bot, to be served on a loopback address.

    `log=False` keeps no call log (for measuring); `webhook_pause_seconds` is the first pause
    after a webhook has failed. The state is in `application[TELEGRAM]`.
    """
    telegram = Telegram(
        token,
        clock,
        name=name,
        username=username,
        log=log,
        webhook_pause_seconds=webhook_pause_seconds,
    )
    api = BotApi(telegram)
    application = web.Application(client_max_size=LARGEST_REQUEST_BYTES)
    application[TELEGRAM] = telegram
    application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", api.answer)
    application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", api.file)
    add_sim(application, telegram, refuse_strangers)
    add_pages(application, refuse_strangers)

    async def stop(_application: web.Application) -> None:
        telegram.updates.close_poll()
        await telegram.webhook.close()

    application.on_shutdown.append(stop)
    return application
