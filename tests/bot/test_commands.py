"""What is typed at a terminal does what it says, and a mistake is answered in words."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import start
from bot.commands.line import main
from bot.console.room import Demo
from bot.setting_rows import env_example, setting_rows, settings_table
from bot.settings import Address, Settings, load_settings
from storage.database import KEY_FILE, default_url
from storage.reports.database import SALT_FILE, default_reports_url

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:AA-Example-Example-Example-Example"


pytestmark = pytest.mark.usefixtures("terminal")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_where_things_are_is_said_once() -> None:
    """Settings, doctor and storage mean the same databases and the same keys."""
    settings = load_settings(None)
    assert settings.database_url == default_url(settings.data)
    assert settings.key_path == settings.data / KEY_FILE
    assert settings.reports_url == default_reports_url(settings.data)
    assert settings.salt_path == settings.data / SALT_FILE


def test_the_settings_are_shown_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`settings` shows what is in force; of a secret only that it is set."""
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("ANTENNA_DATABASE", "postgresql://a:hunter2@h/d")
    assert main(["settings"]) == 0
    rows = (row.partition(" ") for row in capsys.readouterr().out.splitlines())
    shown = {name: value.strip() for name, _, value in rows}
    assert shown["ANTENNA_TELEGRAM_TOKEN"] == "(set)"
    assert shown["ANTENNA_DATABASE"] == "(set)"
    assert shown["ANTENNA_LISTEN"] == "127.0.0.1:8080"
    assert len(shown) == len(setting_rows())


@pytest.mark.parametrize(("flag", "made"), [("--table", settings_table), ("--env", env_example)])
def test_documents_are_made_from_the_settings(
    flag: str, made: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table and the example file come out as they stand in the repository."""
    assert callable(made)
    assert main(["settings", flag]) == 0
    assert capsys.readouterr().out == made()


def test_a_wrong_setting_ends_every_command_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback: the variable and its fix, and exit code 2."""
    monkeypatch.setenv("ANTENNA_LISTEN", "nonsense")
    assert main(["desk", "list"]) == 2
    assert capsys.readouterr().err == "ANTENNA_LISTEN: must be host:port, like 127.0.0.1:8080.\n"


def test_check_names_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The doctor's findings are printed, the worst first, and the exit code says refuse."""
    monkeypatch.setenv("ANTENNA_LOCAL", "0.0.0.0:8081")
    assert main(["check", "--offline"]) == 2
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("✗ ANTENNA_LOCAL is open to the network")
    assert shown[1] == "    → Set ANTENNA_LOCAL=127.0.0.1:8081."


def test_check_can_name_what_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """`--all` lists every check, also those that found nothing."""
    assert main(["check", "--offline", "--all"]) == 0
    assert "✓ Only its owner can read the key.  [key_file]" in capsys.readouterr().out


def test_check_content_lists_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    """Cards, procedures, telephone numbers and translations are reviewed in one place."""
    main(["check", "content"])
    shown = capsys.readouterr().out
    headings = ["Cards", "Procedures and papers", "Telephone numbers", "Translations"]
    assert [row for row in shown.splitlines() if row in headings] == headings


def test_a_desk_lives_from_its_link_to_its_closing(
    terminal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Added, listed, on a poster, closed: and a closed one gets no poster."""
    assert (
        main(
            [
                "desk",
                "add",
                "--name",
                " Spazio  Uno ",
                "--territory",
                "Desio",
                "--username",
                "@antenna_bot",
            ]
        )
        == 0
    )
    key, link = (row.split()[1] for row in capsys.readouterr().out.splitlines())
    assert link == f"https://t.me/antenna_bot?start={key}"
    assert main(["desk", "list"]) == 0
    assert capsys.readouterr().out.split("  ")[::2] == [key, "Spazio Uno, Desio\n"]
    assert main(["desk", "poster", key, "--username", "antenna_bot"]) == 0
    assert "Spazio Uno" in (terminal / f"poster-{key}.html").read_text()
    capsys.readouterr()
    assert main(["desk", "close", key]) == 0
    assert main(["desk", "list"]) == 0
    assert "(closed)" in capsys.readouterr().out
    assert main(["desk", "poster", key, "--username", "antenna_bot"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["desk", "add", "--name", "  "], "A desk needs a name"),
        (["desk", "close", "nokey"], "No desk has this key"),
        (["desk", "poster", "nokey"], "No desk has this key"),
        (["restore", "missing.backup"], "key file"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that cannot go on says why, on stderr, with exit code 2."""
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--output", "x.pdf", "--username", "antenna_bot"], "FILE.html or FILE.svg"),
        (["--languages", "it,xx", "--username", "antenna_bot"], "no words yet in: xx"),
        (["--username", "no name"], "@username"),
        ([], "--username NAME"),
    ],
)
def test_a_poster_that_cannot_be_made_is_explained(
    more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong kind of file, a language without words, a name that cannot be: each in words."""
    main(["desk", "add", "--name", "Uno"])
    key = capsys.readouterr().out.split()[1]
    assert main(["desk", "poster", key, *more]) == 2
    assert words in capsys.readouterr().err


def test_a_link_never_names_a_bot_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the bot's name there is no link: one with a name made up would lead to a stranger."""
    assert main(["desk", "add", "--name", "Uno"]) == 0
    told = capsys.readouterr()
    assert ("t.me" in told.out, "--username NAME" in told.err) == (False, True)


@pytest.mark.parametrize(("drafts", "offered"), [("false", False), ("true", True)])
def test_a_poster_speaks_only_what_the_bot_speaks(
    drafts: str,
    offered: bool,
    terminal: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A draft language stands on paper only where people can choose it."""
    monkeypatch.setenv("ANTENNA_DRAFT_LANGUAGES", drafts)
    main(["desk", "add", "--name", "Uno"])
    key = capsys.readouterr().out.split()[1]
    assert main(["desk", "poster", key, "--username", "antenna_bot"]) == 0
    assert ("العربية" in (terminal / f"poster-{key}.html").read_text()) is offered


def test_the_code_alone_can_be_had(terminal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `.svg` the file holds the QR code and its quiet zone, for somebody else's leaflet."""
    main(["desk", "add", "--name", "Uno"])
    key = capsys.readouterr().out.split()[1]
    assert main(["desk", "poster", key, "--username", "antenna_bot", "--output", "code.svg"]) == 0
    assert (terminal / "code.svg").read_text().startswith("<svg")


class Started:
    """Notes with which settings the bot was started."""

    def __init__(self) -> None:
        self.settings: list[Settings] = []
        self.demos: list[tuple[Demo, ...]] = []

    async def __call__(self, settings: Settings, demo: tuple[Demo, ...] = ()) -> None:
        self.settings.append(settings)
        self.demos.append(demo)
        await asyncio.sleep(0)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The bot, replaced by a note that it was started."""
    note = Started()
    monkeypatch.setattr(start, "_bot", note)
    return note


def test_an_unsafe_deployment_is_not_started(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run` asks the doctor first, and a dangerous finding stops it."""
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("ANTENNA_PUBLIC_URL", "https://bot.example.org")
    assert main(["run"]) == 2
    assert started.settings == []
    shown = capsys.readouterr().err
    assert "✗ ANTENNA_PUBLIC_URL is set without ANTENNA_WEBHOOK_SECRET" in shown
    assert TOKEN not in shown


def test_with_a_token_the_bot_is_started_on_it(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`run` hands the settings on as they are."""
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN", TOKEN)
    assert main(["run"]) == 0
    assert started.settings == [load_settings(None)]


def test_without_a_token_the_demo_is_complete(
    started: Started,
    terminal: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`run` without a token opens a local Telegram, begins anew, and touches nothing else."""
    port = free_port()
    monkeypatch.setenv("ANTENNA_LOCAL", f"127.0.0.1:{port}")
    monkeypatch.setenv("ANTENNA_DATABASE", "postgresql://a@real/antenna")
    for name in ("data", "data/demo"):
        (terminal / name).mkdir(mode=0o700)
        (terminal / name / "antenna.db").touch(mode=0o600)
    assert main(["run"]) == 0
    (settings,) = started.settings
    assert settings.telegram_api == f"http://127.0.0.1:{port}"
    assert settings.database_url == "sqlite:///data/demo/antenna.db"
    assert settings.has_token is True
    assert (terminal / "data/antenna.db").exists()
    (demo,) = started.demos
    shown = capsys.readouterr().err
    assert f"http://127.0.0.1:{port}/" in shown
    assert [f"{one.name} / {one.passphrase}" in shown for one in demo] == [True, True]


def test_the_demo_leaves_a_folder_the_doctor_likes(
    started: Started, terminal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first start makes the data folder, and nobody else may look into it."""
    monkeypatch.setenv("ANTENNA_LOCAL", f"127.0.0.1:{free_port()}")
    assert main(["demo"]) == 0
    assert (terminal / "data").stat().st_mode & 0o777 == 0o700


def test_a_second_demo_leaves_the_first_alone(
    started: Started,
    terminal: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where the address is taken nothing is erased, and the person is told which it is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("ANTENNA_LOCAL", f"127.0.0.1:{taken.getsockname()[1]}")
        kept = terminal / "data/demo/antenna.db"
        kept.parent.parent.mkdir(mode=0o700)
        kept.parent.mkdir(mode=0o700)
        kept.touch(mode=0o600)
        assert main(["demo"]) == 2
    assert (started.settings, kept.exists()) == ([], True)
    assert "ANTENNA_LOCAL" in capsys.readouterr().err


def test_the_local_telegram_of_the_demo_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the demo's bot runs, its Telegram answers at the address it was given."""
    answers: list[bool] = []

    async def ask(settings: Settings, demo: object) -> None:
        reader, writer = await asyncio.open_connection(*settings.local)
        token = settings.telegram_token
        assert token is not None
        request = (
            f"GET /bot{token.get_secret_value()}/getMe HTTP/1.0\r\nHost: {settings.local}\r\n\r\n"
        )
        writer.write(request.encode())
        answers.append(b'"username"' in await reader.read())
        writer.close()
        await writer.wait_closed()

    monkeypatch.setattr(start, "_bot", ask)
    monkeypatch.setenv("ANTENNA_LOCAL", str(Address("127.0.0.1", free_port())))
    assert main(["demo"]) == 0
    assert answers == [True]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["desk", "--help"], ["nonsense"]])
def test_help_is_there_without_setting_anything_up(arguments: list[str]) -> None:
    """Help and usage errors end at once with argparse's codes."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == (0 if "--help" in arguments else 2)


def test_the_short_form_finds_its_environment(terminal: Path) -> None:
    """`./antenna` runs from any folder, and says what to do where nothing is set up yet."""
    here = subprocess.run(
        [ROOT / "antenna", "settings", "--env"], capture_output=True, text=True, check=False
    )
    assert (here.returncode, here.stdout) == (0, env_example())
    script = terminal / "antenna"
    script.write_text((ROOT / "antenna").read_text())
    bare = subprocess.run(
        [sys.executable, script, "check"], capture_output=True, text=True, check=False
    )
    assert (bare.returncode, bare.stderr) == (
        1,
        "Antenna is not set up yet: run `make run` once in its folder.\n",
    )
    assert os.access(ROOT / "antenna", os.X_OK)
