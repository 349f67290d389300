"""Keeps the files of the chats and shows them as the Bot API does."""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from bot.local import errors
from bot.local.arguments import Arguments, Upload
from bot.local.errors import refused
from bot.local.state import File, Json
from bot.local.telegram import Telegram

DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
LINK_SECONDS = 3600

# kind: (folder, ending, type, what it is unless the sender says otherwise)
_KINDS: dict[str, tuple[str, str, str, Json]] = {
    "photo": ("photos", "jpg", "image/jpeg", {"width": 800, "height": 600}),
    "voice": ("voice", "oga", "audio/ogg", {"duration": 3}),
    "audio": ("music", "mp3", "audio/mpeg", {"duration": 60}),
    "document": ("documents", "bin", "application/octet-stream", {}),
    "video": ("videos", "mp4", "video/mp4", {"width": 640, "height": 480, "duration": 5}),
    "video_note": ("video_notes", "mp4", "video/mp4", {"length": 240, "duration": 5}),
    "animation": ("animations", "mp4", "video/mp4", {"width": 320, "height": 240, "duration": 2}),
    "sticker": (
        "stickers",
        "webp",
        "image/webp",
        {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    ),
}
_FACTS = ("width", "height", "duration", "length", "performer", "title", "emoji", "set_name")


def store(
    t: Telegram,
    kind: str,
    *,
    content: bytes | None,
    size: int | None = None,
    name: str = "",
    mime_type: str = "",
    facts: Json | None = None,
) -> File:
    """Keep a file; without content only its size is known."""
    folder, ending, usual_type, usual_facts = _KINDS[kind]
    t.file_count += 1
    number = t.file_count
    unique = hashlib.sha256(f"{t.me['id']}:{number}".encode()).hexdigest()[:16]
    last = name.rsplit(".", 1)[-1] if "." in name else ""
    tail = last if last.isascii() and last.isalnum() and len(last) < 6 else ending
    file = File(
        file_id=f"AgLOCAL{kind[:2].upper()}{unique}{number}",
        unique_id=unique,
        path=f"{folder}/file_{number}.{tail}",
        size=len(content) if content is not None else int(size or 0),
        kind=kind,
        content=content,
        mime_type=mime_type or usual_type,
        name=name,
        facts={**usual_facts, **(facts or {})},
    )
    if kind == "photo" and content is not None:
        file.facts |= _picture_size(content)
    t.files[file.file_id] = file
    return file


def _picture_size(content: bytes) -> Json:
    """Read the size of a PNG or a JPEG; other pictures keep the usual one."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return {"width": width, "height": height}
    at = 2 if content[:3] == b"\xff\xd8\xff" else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return {"width": width, "height": height}
        at += 2 + length
    return {}


def show(file: File) -> Any:
    """Give the object that stands in a message for this file."""
    shown: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        **file.facts,
    }
    if file.kind == "photo":
        return [shown]
    if file.kind in ("document", "audio", "video", "animation") and file.name:
        shown["file_name"] = file.name
    if file.kind in ("document", "audio", "video", "animation", "voice"):
        shown["mime_type"] = file.mime_type
    return shown


def facts_argument(a: Arguments) -> Json:
    """Read what a sender says about a file: its length, its size on the screen."""
    facts: Json = {}
    for name in _FACTS:
        if a.has(name):
            number = name in ("width", "height", "duration", "length")
            facts[name] = a.integer(name) if number else a.text(name)
    return facts


def sent_file(t: Telegram, kind: str, value: Any, files: dict[str, Upload], facts: Json) -> File:
    """Find or keep the file a bot sends: uploaded, attached, or named by its id.

    Raises: ApiError when there is none, it is empty or too big, or its id is unknown.
    """
    if isinstance(value, str) and value.startswith("attach://"):
        upload = files.get(value.removeprefix("attach://"))
    else:
        upload = files.get(kind) if value in (None, "") else None
    if upload is not None:
        if not upload.content:
            raise refused(errors.FILE_EMPTY)
        if len(upload.content) > (PHOTO_BYTES if kind == "photo" else UPLOAD_BYTES):
            raise refused(errors.FILE_TOO_BIG)
        return store(
            t,
            kind,
            content=upload.content,
            name=upload.name,
            mime_type=upload.mime_type if kind == "document" else "",
            facts=facts,
        )
    if not isinstance(value, str) or not value or value.startswith("attach://"):
        raise refused(errors.FILE_MISSING.format(kind.replace("_", " ")))
    if "://" in value:
        raise refused(errors.FILE_URL_FAILED)
    file = t.files.get(value)
    if file is None:
        raise refused(errors.FILE_ID_WRONG)
    if file.kind != kind:
        raise refused(errors.FILE_TYPE_MISMATCH)
    return file


def get_file(t: Telegram, a: Arguments) -> Json:
    """Prepare a file for download; bots get 20 MB at most."""
    if not a.text("file_id"):
        raise refused(errors.FILE_ID_EMPTY)
    file = t.files.get(a.text("file_id"))
    if file is None:
        raise refused(errors.FILE_ID_INVALID)
    if file.size > DOWNLOAD_BYTES:
        raise refused(errors.FILE_TOO_BIG)
    file.link_until = t.time() + LINK_SECONDS
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def find_linked(t: Telegram, path: str) -> File | None:
    """Find the file a link leads to, for the hour after `getFile` gave it."""
    found = next((file for file in t.files.values() if file.path == path), None)
    return found if found is not None and t.time() < found.link_until else None


def content_of(file: File) -> bytes:
    """Give the bytes of a file; one that was only described is made of zeros."""
    return file.content if file.content is not None else bytes(min(file.size, DOWNLOAD_BYTES))
