"""Reports in processes that die again and again: `python -m tests.storage.reports.dying PLAN`.

Each life is forked, works where the last one stopped, and says aloud, on the disk, what a person
would have been told. In the end what was said is held against what is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from flows.report_model import Box, Ending
from storage.reports import Reports
from storage.reports.files import ORIGINAL
from storage.reports_schema import evidence, mailbox, report
from storage.vault import LIGHT_EFFORT
from tests.storage.reports.makers import ANNA, CHAT, EVERYBODY, NOON, a_photo, a_report

KILLED = 9
OUTSIDE = "SIGKILL"
POINTS = ("K3", "K4", "K8", "K9", OUTSIDE)


@dataclass(frozen=True, slots=True)
class Plan:
    """How often it dies, and where."""

    url: str
    data: str
    point: str
    kills: int
    seed: int = 1


@dataclass(slots=True)
class Figures:
    """What came of it. All but the first three are to be zero."""

    kills: int = 0
    reports: int = 0
    files: int = 0
    said_sent_but_missing: int = 0
    sent_twice: int = 0
    said_received_but_missing: int = 0
    shown_but_lost: int = 0
    withdrawn_but_there: int = 0
    orphans: int = 0


@dataclass(slots=True)
class Said:
    """What somebody was told, each line on the disk before it counts."""

    path: Path
    lines: list[list[str]] = field(default_factory=list)

    def read(self) -> Said:
        """All that was said so far; a line that was cut off was not said."""
        whole = self.path.read_text() if self.path.exists() else ""
        self.lines = [line.split() for line in whole.split("\n")[:-1]]
        return self

    def say(self, *words: str) -> None:
        """Say one thing more."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, (" ".join(words) + "\n").encode())
        os.close(handle)

    def of(self, what: str) -> dict[int, str]:
        """The last word of each thing of a kind, by the report's place."""
        return {int(words[1]): words[-1] for words in self.lines if words[0] == what}


def box(n: int) -> Box:
    """The box of the n-th report, the same in every life: it is in the person's session."""
    return Box(
        hashlib.blake2b(b"id%d" % n, digest_size=16).hexdigest(),
        hashlib.blake2b(b"key%d" % n, digest_size=32).hexdigest(),
    )


def live(plan: Plan, said: Said, times: int, *, last: bool) -> None:
    """Go on where the last life ended, until death, or with `last` to the end of one report."""
    left = [times]

    def at(point: str) -> None:
        left[0] -= point == plan.point
        if left[0] == 0:
            os._exit(KILLED)

    reports = Reports.open(
        plan.url, data=Path(plan.data), effort=LIGHT_EFFORT, at=None if last else at
    )
    reports.start(NOON)
    n = max(said.of("done"), default=-1) + 1
    while True:
        one_report(reports, said, n)
        if last:
            return
        n += 1


def one_report(reports: Reports, said: Said, n: int) -> None:
    """Evidence, sending, the code, something added; every fifth is withdrawn."""
    mine = box(n)
    names = []
    for m in range(2):
        photo = a_photo(b"%d photo %d" % (m, n), original=b"as it was" if m else None)
        names.append(reports.keep_evidence(mine, photo, NOON).id)
        said.say("received", str(n), names[-1])
    made = a_report(mine, f"story {n}", files=tuple(names), ending=Ending.LINE)
    number = reports.submit(made, EVERYBODY, NOON, CHAT)
    said.say("sent", str(n), number)
    code = ""
    while not code and n not in said.read().of("kept"):
        reports.mailboxes.prepare()
        code = reports.give_code(mine, NOON)
        if code and reports.keep_code(mine):
            said.say("kept", str(n), code)
        elif not code:  # kept in a life that could not say so any more
            break
    more = reports.keep_evidence(mine, a_photo(b"more %d" % n), NOON).id
    assert reports.add(mine, "more", (more,), NOON) is True
    said.say("added", str(n), more)
    if n % 5 == 4:
        said.say("leaving", str(n), "x")
        assert reports.withdraw(mine, NOON) is True
        said.say("gone", str(n), "x")
    said.say("done", str(n), "x")


def fork(life: Callable[[], None]) -> int:
    """Live one life; its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        life()
        os._exit(0)
    except BaseException as error:
        print(type(error).__name__, error, file=sys.stderr, flush=True)
        os._exit(1)


def run(plan: Plan) -> Figures:
    """Let it die as often as planned, finish what was begun, and count."""
    dice, figures = random.Random(f"{plan.seed}:{plan.point}"), Figures()
    said = Said(Path(plan.data) / "said")
    while figures.kills < plan.kills:
        said.read()
        times = dice.randint(1, 9)
        pid = fork(lambda: live(plan, said, times, last=False))  # noqa: B023 (forked at once)
        if plan.point == OUTSIDE:
            time.sleep(dice.uniform(0.05, 0.9))
            os.kill(pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert code in (KILLED, -signal.SIGKILL), code
        figures.kills += 1
    said.read()
    pid = fork(lambda: live(plan, said, 0, last=True))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    judge(plan, said.read(), figures)
    return figures


def judge(plan: Plan, said: Said, figures: Figures) -> None:
    """Hold what was said against what is kept, after the house has tidied up once."""
    reports = Reports.open(plan.url, data=Path(plan.data), effort=LIGHT_EFFORT)
    reports.start(NOON)
    reports.reconcile(NOON)
    gone = said.of("leaving")
    queue = [one.number for one in reports.queue(ANNA)]
    figures.reports = len(said.of("sent"))
    for n, number in said.of("sent").items():
        if n in gone:
            figures.withdrawn_but_there += number in queue
            continue
        figures.said_sent_but_missing += number not in queue
        for kind in ("received", "added"):
            for words in said.lines:
                if words[:2] == [kind, str(n)]:
                    shown = reports.evidence(ANNA, box(n).id, words[2])
                    figures.said_received_but_missing += shown is None
    figures.sent_twice = len(queue) - len(said.of("sent").keys() - gone.keys())
    for n, code in said.of("kept").items():
        opened = reports.open_by_code(code, NOON)
        figures.shown_but_lost += n not in gone and (opened is None or opened.box != box(n))
    figures.files, figures.orphans = orphans(reports, Path(plan.data))
    reports.close(NOON)


def orphans(reports: Reports, data: Path) -> tuple[int, int]:
    """The kept files; and how many rows have none, files no row, mailboxes no report."""
    kept = {path.name for path in (data / "evidence" / "kept").iterdir()}
    with reports.database.reading() as connection:
        rows = {id_.hex() for id_ in connection.execute(select(evidence.c.id)).scalars()}
        loose = connection.execute(
            select(func.count())
            .select_from(mailbox)
            .where(mailbox.c.report_id.not_in(select(report.c.id)) | mailbox.c.kept.is_(False))
        ).scalar_one()
    parts = list((data / "evidence").rglob("*.part"))
    stray = {name for name in kept if name.removesuffix(ORIGINAL) not in rows}
    return len(kept), len(rows - kept) + len(stray) + len(parts) + loose


if __name__ == "__main__":
    print(json.dumps(asdict(run(Plan(**json.loads(sys.argv[1]))))))
