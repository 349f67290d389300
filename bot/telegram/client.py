"""The wire to the Bot API: one HTTP session for python-telegram-bot's `Bot` and a faster way.

`Bot` costs some 450 µs a call, most of it in turning objects into parameters and answers into
objects. What leaves the outbox already is a method and its JSON, so `TelegramClient.call` posts it
as it is. Both raise the errors of `bot.telegram.errors`, and neither ever shows the address, which
holds the token.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp import ClientTimeout, FormData
from multidict import CIMultiDict
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.errors import (
    FileGoneError,
    NoAnswerError,
    NotSentError,
    TooLargeError,
    error_of,
    parse_json,
)

CONNECTIONS = 192
CONNECT_SECONDS = 8.0
ANSWER_SECONDS = 20.0
UPLOAD_SECONDS = 120.0
PIECE_BYTES = 1 << 16

_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,255}")
_JSON = CIMultiDict({"Content-Type": "application/json"})


class Wire:
    """One aiohttp session: posts bytes, hands back a status and bytes, and says if they left.

    `on_sent` is called with the method's name when a request has been written to the socket; only
    the tests that kill the process there use it.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        on_sent: Callable[[str], None] | None = None,
    ) -> None:
        self._connections = connections
        self._connect_seconds = connect_seconds
        self._timeouts: dict[float, ClientTimeout] = {}
        self._on_sent = on_sent
        self._session: aiohttp.ClientSession | None = None
        self.answer_seconds = answer_seconds

    def __repr__(self) -> str:
        return "<Wire>"

    async def open(self) -> None:
        """Make the session; a second time does nothing."""
        if self._session is not None and not self._session.closed:
            return
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._connections, ttl_dns_cache=300, keepalive_timeout=30
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            trace_configs=[self._trace()] if self._on_sent else None,
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(
        self,
        verb: str,
        url: URL,
        data: bytes | FormData | None,
        *,
        headers: CIMultiDict[str] | None = None,
        answer_seconds: float | None = None,
        name: str = "",
        most_bytes: int | None = None,
        on_piece: Callable[[], None] | None = None,
    ) -> tuple[int, bytes]:
        """Send one request and wait for the whole answer, `most_bytes` of it if that is said.

        Raises:
            NotSentError: no connection; nothing has left.
            NoAnswerError: it left, and what became of it is not known.
            TooLargeError: the answer is larger; it was not read to its end.
        """
        if self._session is None:
            await self.open()
            assert self._session is not None
        failure: NotSentError | NoAnswerError | TooLargeError
        try:
            async with self._session.request(
                verb,
                url,
                data=data,
                headers=headers,
                timeout=self._timeout(answer_seconds or self.answer_seconds),
                allow_redirects=False,  # the token must not follow a redirect
                trace_request_ctx=name if self._on_sent else None,
            ) as response:
                if most_bytes is None:
                    return response.status, await response.read()
                return response.status, await _read(response, most_bytes, on_piece)
        except TooLargeError as error:
            failure = error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            failure = NotSentError("no connection to the Bot API server")
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            failure = NotSentError("the address of the Bot API server is not an HTTP address")
        except TimeoutError:
            failure = NoAnswerError("the Bot API server did not answer in time")
        except (aiohttp.ClientError, OSError):
            failure = NoAnswerError("the connection broke before the answer was complete")
        except Exception as exc:
            failure = NoAnswerError(f"the HTTP library failed with {type(exc).__name__}")
        # Raised out here, so that the library's exception (it holds the URL) is not its context.
        raise failure

    def _timeout(self, answer_seconds: float) -> ClientTimeout:
        found = self._timeouts.get(answer_seconds)
        if found is None:
            found = self._timeouts[answer_seconds] = ClientTimeout(
                total=self._connect_seconds + answer_seconds, connect=self._connect_seconds
            )
        return found

    def _trace(self) -> aiohttp.TraceConfig:
        trace = aiohttp.TraceConfig()

        async def sent(
            session: aiohttp.ClientSession,
            context: SimpleNamespace,
            params: aiohttp.TraceRequestChunkSentParams,
        ) -> None:
            if self._on_sent is not None:
                self._on_sent(str(context.trace_request_ctx))

        trace.on_request_chunk_sent.append(sent)
        return trace


async def _read(
    response: aiohttp.ClientResponse, most_bytes: int, on_piece: Callable[[], None] | None
) -> bytes:
    """Read an answer piece by piece, and no further than is wanted, whatever it says it is."""
    content = bytearray()
    if (response.content_length or 0) > most_bytes:
        raise TooLargeError
    async for piece in response.content.iter_chunked(PIECE_BYTES):
        content += piece
        if len(content) > most_bytes:
            raise TooLargeError
        if on_piece is not None:
            on_piece()
    return bytes(content)


class TelegramClient:
    """Calls methods of the Bot API with JSON in and JSON out."""

    def __init__(self, wire: Wire, api: str, token: str) -> None:
        self._wire = wire
        self._files = f"{api.rstrip('/')}/file/bot{token}/"
        self._prefix = f"{api.rstrip('/')}/bot{token}/"
        self._urls: dict[str, URL] = {}

    def __repr__(self) -> str:
        return "<TelegramClient>"

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        answer_seconds: float | None = None,
    ) -> Any:
        """Call a method and hand back its `result`.

        A value `{"upload": {"name": …, "base64": …}}` is sent as a file.

        Raises:
            TelegramError: python-telegram-bot's types and those of `bot.telegram.errors`.
        """
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._prefix + method, encoded=True)
        data: bytes | FormData
        if params and any(type(value) is dict and "upload" in value for value in params.values()):
            data, headers = _form(params), None
            answer_seconds = answer_seconds or UPLOAD_SECONDS
        else:
            data, headers = json.dumps(params or {}).encode(), _JSON
        status, payload = await self._wire.send(
            "POST", url, data, headers=headers, answer_seconds=answer_seconds, name=method
        )
        if status == 200:
            answer = parse_json(payload)
            if type(answer) is dict and answer.get("ok") is True:
                return answer.get("result")
        raise error_of(status, payload)

    async def download(
        self,
        path: str,
        *,
        most_bytes: int,
        answer_seconds: float | None = None,
        on_piece: Callable[[], None] | None = None,
    ) -> bytes:
        """Fetch a file into memory by the `file_path` that `getFile` gave.

        Raises:
            FileGoneError: the link is old, or leads nowhere: `getFile` gives a new one.
            TooLargeError: it is larger than `most_bytes`; it was not read to its end.
            TelegramError: as with `call`.
        """
        if not _PATH.fullmatch(path) or ".." in path:
            raise FileGoneError("the Bot API server names a file that cannot be one")
        status, payload = await self._wire.send(
            "GET",
            URL(self._files + path, encoded=True),
            None,
            answer_seconds=answer_seconds,
            name="file",
            most_bytes=most_bytes,
            on_piece=on_piece,
        )
        if status == 200:
            return payload
        if status in (400, 404, 410):
            raise FileGoneError("the link to the file is not good any more")
        raise error_of(status, payload)


def _form(params: Mapping[str, Any]) -> FormData:
    form = FormData(quote_fields=False)
    for name, value in params.items():
        if isinstance(value, Mapping) and "upload" in value:
            file = value["upload"]
            try:
                content = base64.b64decode(file["base64"], validate=True)
            except binascii.Error:
                content = b""
            form.add_field(
                name,
                content,
                filename=str(file["name"]),
                content_type=str(file.get("type", "application/octet-stream")),
            )
        elif value is not None:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return form


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's door to the network, over our wire: `Bot(token, request=…)`.

    It turns refusals into errors itself: the parent's way puts answers it cannot read into the
    words of the error and into the log.
    """

    __slots__ = ("_wire",)

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def read_timeout(self) -> float | None:
        """How long an answer is waited for."""
        return self._wire.answer_seconds

    async def initialize(self) -> None:
        """Open the session."""
        await self._wire.open()

    async def shutdown(self) -> None:
        """Leave the session open: it belongs to whoever made the wire."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request; only success comes back as a status.

        Raises:
            TelegramError: everything else.
        """
        data: bytes | FormData | None = None
        headers: CIMultiDict[str] | None = None
        answer_seconds = read_timeout if isinstance(read_timeout, int | float) else None
        if request_data is not None and request_data.contains_files:
            data = _form_of(request_data)
            answer_seconds = max(answer_seconds or 0.0, UPLOAD_SECONDS)
        elif request_data is not None:
            data, headers = request_data.json_payload, _JSON
        status, payload = await self._wire.send(
            method,
            URL(url, encoded=True),
            data,
            headers=headers,
            answer_seconds=answer_seconds,
            name=url.rpartition("/")[2],
        )
        if not 200 <= status <= 299:
            raise error_of(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer; one that is no JSON is not shown to anybody."""
        return parse_json(payload)


def _form_of(request_data: RequestData) -> FormData:
    form = FormData(quote_fields=False)
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
