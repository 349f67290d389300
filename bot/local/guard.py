"""Keeps everybody but this machine's own pages and programs away from `/sim/`."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NAMES = ("127.0.0.1", "localhost", "::1")


def _host(value: str) -> str | None:
    try:
        return urlsplit("//" + value).hostname
    except ValueError:
        return None


def is_loopback(address: str | None) -> bool:
    """Is this the address of the machine itself?"""
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _stranger(request: web.Request) -> bool:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not isinstance(peer, tuple) or not is_loopback(peer[0]):
        return True
    # A page of another site may know our address; its name stands in Host (DNS rebinding) or
    # in Origin (a form, a fetch), and neither can be forged by a script.
    if _host(request.host) not in _NAMES:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"http://{request.host}"


def refuse_strangers(handler: Handler) -> Handler:
    """Wrap a handler so that only this machine reaches it."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if _stranger(request):
            return web.json_response({"error": "only this machine may do this"}, status=403)
        return await handler(request)

    return guarded
