"""A folder of sealed evidence, looked at from outside: what was said of it, and what is in it."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flows.report_model import Box
from storage.reports import Reconciled, Reports
from tests.bot.evidence import papers, pictures, sounds
from tests.bot.evidence.pictures import drawn, exif, saved
from tests.faults.evidence.keeper import NOW, Life, as_line, open_reports
from tests.faults.nursery import ROOT
from tests.storage.reports.makers import ANNA, EVERYBODY, a_box, a_report
from tests.telegram import LocalTelegram

SECRET = b"SECRET-45.6169-"
SIGNS = (SECRET, b"JFIF\0", b"OpusHead", b"OpusTags", b"%PDF-1", b"IHDR", b"IDAT", b"/DCTDecode")


class Keeper:
    """The process that the lives are forked from."""

    def __init__(self, temporary: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.evidence.keeper"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"TMPDIR": str(temporary), "PATH": "/usr/bin:/bin"},
        )

    def live(self, life: Life) -> tuple[int, list[Any]]:
        """Live a life; its exit code, and what it said."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(as_line(life))
        self._process.stdin.flush()
        said: list[Any] = []
        while True:
            line = self._process.stdout.readline()
            assert line, "the process that the lives are forked from has died"
            what, words = json.loads(line)
            if what == "ended":
                return int(words), said
            said.append([what, words])

    def close(self) -> None:
        """No more lives."""
        self._process.communicate()


@dataclass
class Shelf:
    """One draft's evidence, through as many lives as it takes."""

    keeper: Keeper
    telegram: LocalTelegram
    data: Path
    temporary: Path
    box: Box = field(default_factory=a_box)
    received: dict[int, Any] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    kills: int = 0

    async def live(self, life: Life) -> int:
        """Live a life and note what the person was told."""
        code, said = await asyncio.to_thread(self.keeper.live, life)
        for what, words in said:
            if what == "received":
                place, result = words
                assert self.received.setdefault(place, result) == result
            else:
                self.written |= set(words)
        return code

    def life(self, files: list[str], **wish: Any) -> Life:
        """A life that takes these files."""
        given = (str(self.data), self.telegram.address, self.telegram.token)
        return Life(*given, (self.box.id, self.box.key), tuple(files), **wish)

    async def through(self, life: Life, point: str, kills: int, dice: random.Random) -> None:
        """Die at a point as often as that, each time somewhere else, then live to the end."""
        while self.kills < kills:
            code = await self.live(
                replace(life, point=point, times=dice.randint(1, 2 * len(life.files)))
            )
            self.kills += code == 9
            assert code in (0, 9)
            assert self.plain_on_disk() == []
            if code == 0:  # it came through: the next one begins anew
                self.judge()
                self.box, self.received, self.data = a_box(), {}, self.data / "next"
                self.data.mkdir()
                life = replace(life, data=str(self.data), box=(self.box.id, self.box.key))
        assert await self.live(life) == 0
        self.judge()

    def plain_on_disk(self) -> list[str]:
        """Every file that holds something that can be read, and every temporary file there is."""
        files = [path for path in self.data.rglob("*") if path.is_file()]
        readable = [p.name for p in files if any(sign in p.read_bytes() for sign in SIGNS)]
        return readable + [path.name for path in self.temporary.rglob("*")]

    def judge(self) -> None:
        """Hold what was said against what is there, after the report was sent and tidied up."""
        taken = [result for result in self.received.values() if isinstance(result, dict)]
        reports = open_reports(self.data)
        reports.start(NOW)
        sent = a_report(self.box, files=tuple(one["id"] for one in taken))
        assert reports.submit(sent, EVERYBODY, NOW) != ""
        reports.reconcile(NOW)
        assert [one["id"] for one in taken if not shown(reports, self.box, one)] == []
        expected = {one["id"] for one in taken} | {
            one["id"] + "x" for one in taken if one["original"]
        }
        kept = self.data / "evidence" / "kept"
        assert {path.name for path in kept.iterdir()} == expected
        assert [path.name for path in (self.data / "evidence").glob("waiting/*/*")] == []
        assert reports.reconcile(NOW) == Reconciled()
        reports.close(NOW)


def shown(reports: Reports, box: Box, one: dict[str, Any]) -> bool:
    """Whether an operator sees this evidence, and the original where one was kept."""
    views = [reports.evidence(ANNA, box.id, one["id"])]
    if one["original"]:
        views.append(reports.evidence(ANNA, box.id, one["id"], original=True))
    return all(view is not None and len(view.content) > 0 for view in views)


def a_handful() -> list[bytes]:
    """A photo, a screenshot, a voice, a paper, and one that is nothing."""
    return [
        saved(drawn((900, 600)), "JPEG", exif=exif(SECRET)),
        pictures.png_with_words(SECRET),
        sounds.opus(SECRET),
        papers.with_info(SECRET),
        b"MZ" + SECRET,
    ]


async def put(telegram: LocalTelegram, contents: list[bytes]) -> list[str]:
    """Somebody sends files; their ids."""
    amina = await telegram.phone()
    for content in contents:
        await amina.send(document={"size": len(content)})
    found = list(telegram.state.files.items())[-len(contents) :]
    for (_id, file), content in zip(found, contents, strict=True):
        file.content = content
    return [file_id for file_id, _file in found]
