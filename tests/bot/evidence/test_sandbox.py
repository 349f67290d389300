"""What reads strangers' files can do nothing else, and is not believed."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.doctor.machine import try_cleaning
from bot.evidence.kinds import Kind
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Harmless, Refusal
from tests.bot.evidence.prisoner import ATTEMPTS

ROOT = Path(__file__).resolve().parents[3]
LIAR = "tests.bot.evidence.liar"
SAID = {"take all memory": "MemoryError", "raise the limits": "ValueError"}
PICTURE = b"\xff\xd8\xff"


def word_of(sandbox: Sandbox, content: bytes) -> str:
    """What a file is refused with."""
    with pytest.raises(Refusal) as refused:
        sandbox.clean(content)
    return refused.value.word


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_inside_the_cage_nothing_can_be_done(attempt: str) -> None:
    """A decoder that was taken over opens no file, no line and no process, and gets no memory."""
    command = [sys.executable, "-m", "tests.bot.evidence.prisoner", attempt]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    shut, said = json.loads(done.stdout)
    assert (shut, said) == (True, SAID.get(attempt, "PermissionError"))


@pytest.mark.parametrize(
    "way", ["crashes", "lies", "mislabels", "babbles", "swears", "lists", "floods", "is silent"]
)
def test_a_cleaner_that_fails_or_lies_is_a_broken_file(way: str) -> None:
    """Whatever the process says or how it ends: only a file of the type it names is taken."""
    assert word_of(Sandbox(module=LIAR), PICTURE + way.encode()) == "broken"


def test_a_cleaner_that_takes_too_long_is_ended() -> None:
    """When its time is over the process is killed, and the file is a broken one."""
    assert word_of(Sandbox(module=LIAR, wall_seconds=0.2), PICTURE + b"sleeps") == "broken"


def test_stopping_ends_what_is_under_way() -> None:
    """A stop does not wait for a decoder: its file is to be sent again, and so is the next."""
    sandbox = Sandbox(module=LIAR)
    with ThreadPoolExecutor() as threads:
        under_way = threads.submit(word_of, sandbox, PICTURE + b"sleeps")
        while not sandbox._running:
            pass
        sandbox.stop()
        assert under_way.result() == "busy"
    assert word_of(sandbox, PICTURE + b"sleeps") == "busy"


def test_the_cleaner_gets_nothing_but_the_file() -> None:
    """No environment (the token stands in ours), no folder of ours, no open file."""
    made = Sandbox(module=LIAR).clean(PICTURE + b"shows")
    environment, folder, open_files = json.loads(made.content.removeprefix(PICTURE))
    assert (set(environment) - {"LC_CTYPE"}, folder) == (set(), "/")
    assert open_files == ["0", "1", "2", "3"]  # the last is the list itself


def test_a_decoder_without_end_is_stopped_by_its_limit() -> None:
    """The processor's time is limited by the kernel too, not only by a clock of ours."""
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from bot.evidence.cage import Limits, shut_in\n"
        "shut_in(Limits(1, 1 << 30))\n"
        "while True: pass"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode in (-9, -24)  # SIGKILL, SIGXCPU


@pytest.mark.parametrize("kind", Kind)
def test_the_filter_holds_for_the_only_thread(kind: Kind) -> None:
    """When a decoder is loaded and tried there is one thread: the filter leaves none out."""
    script = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from bot.evidence.cleaner import Kind, washer_for\n"
        f"washer_for(Kind({kind.value!r}), 1.1)\n"
        "print(len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"1\n"


def test_the_doctor_tries_it() -> None:
    """Before the start it is known whether files can be made harmless here, and how well."""
    assert try_cleaning() == "shut in"
    assert try_cleaning(Sandbox(module=LIAR)) == "fails"
    opened = Sandbox()
    opened.clean = lambda content, shift=1.0: Harmless("photo", "image/png", content)  # type: ignore[method-assign]
    assert try_cleaning(opened) == "open"


def test_what_is_too_large_or_nothing_begins_no_process() -> None:
    """Files over the limit and empty ones are refused before anything is started."""
    nobody = Sandbox(module="there.is.no.such.module")
    assert word_of(nobody, bytes(20 * 1024 * 1024 + 1)) == "big"
    assert word_of(nobody, b"") == "broken"
    assert word_of(nobody, b"words") == "kind"
