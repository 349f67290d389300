"""Each unsafe or broken setting is found: as many as there are, each broken in turn."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor.examination import CHECKS, examine, is_refused, report
from bot.doctor.files import BACKUP_MARK
from bot.doctor.finding import Answer, Connected, Level, Machine, Scene, Stored
from bot.settings import Address, LogLevel, TranslatorKind, load_settings
from bot.upkeep import MIXED
from storage.offices import RECOVERY_KEY

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN = "123456789:AA-Example-Example-Example-Example"
PROXY = IPv4Address("127.0.0.1")
GOOD = "Zq3vN8rT1kLw5yXo7bHc2mJd9fGs4pAe"
KNOWN = frozenset({"0001", "0002"})
REMEMBERED = {RECOVERY_KEY: "ab" * 32}


def touch(path: Path, mode: int = 0o600, text: str = "", age: timedelta = timedelta(0)) -> Path:
    """A file with a mode and an age."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    then = (NOW - age).timestamp()
    os.utime(path, (then, then))
    return path


def sound(folder: Path) -> Scene:
    """A deployment for people in which everything is as it should be."""
    data = folder / "data"
    touch(data / "antenna.db")
    touch(data / BACKUP_MARK, age=timedelta(days=1))
    touch(data / "keys" / "antenna.key")
    touch(data / "keys" / "report.salt")
    touch(data / "reports.db")
    touch(folder / ".env", text=f"ANTENNA_TELEGRAM_TOKEN={TOKEN}\n")
    data.chmod(0o700)
    settings = load_settings(None).model_copy(
        update={
            "telegram_token": SecretStr(TOKEN),
            "data": data,
            "disk_encrypted": True,
        }
    )
    return Scene(
        settings=settings,
        now=NOW,
        stored=Stored(True, "0002", KNOWN, remembered=REMEMBERED, readers=2, groups=(Connected(),)),
        reports=Stored(True, "r0001", frozenset({"r0001"})),
        answer=Answer(token_accepted=True, clock_off_seconds=2.0),
        names={"ANTENNA_PACE": "25", "PATH": "/bin"},
        env_file=folder / ".env",
    )


Break = Callable[[Scene, Path], Scene]


def setting(**changes: object) -> Break:
    return lambda scene, _folder: replace(scene, settings=scene.settings.model_copy(update=changes))


def machine(**changes: object) -> Break:
    return lambda scene, _folder: replace(scene, machine=replace(Machine(), **changes))  # type: ignore[arg-type]


def stored(**changes: object) -> Break:
    return lambda scene, _folder: replace(scene, stored=replace(scene.stored, **changes))  # type: ignore[arg-type]


def of_reports(**changes: object) -> Break:
    return lambda scene, _folder: replace(scene, reports=replace(scene.reports, **changes))  # type: ignore[arg-type]


def together(scene: Scene, _folder: Path) -> Scene:
    url = SecretStr(scene.settings.database_url)
    return replace(scene, settings=scene.settings.model_copy(update={"reports_database": url}))


def without(name: str) -> Break:
    kept = {key: value for key, value in REMEMBERED.items() if key != name}
    return stored(remembered=kept)


def mixed(**ago: float) -> Break:
    when = (NOW - timedelta(**ago)).isoformat()
    return stored(remembered=REMEMBERED | {MIXED: when})


def answer(**changes: object) -> Break:
    return lambda scene, _folder: replace(scene, answer=Answer(**changes))  # type: ignore[arg-type]


def names(*given: str) -> Break:
    return lambda scene, _folder: replace(scene, names=dict.fromkeys(given))


def mode(name: str, bits: int) -> Break:
    def breaks(scene: Scene, folder: Path) -> Scene:
        path = folder / name
        if not path.exists():
            touch(path)
        path.chmod(bits)
        return scene

    return breaks


def gone(name: str) -> Break:
    def breaks(scene: Scene, folder: Path) -> Scene:
        (folder / name).unlink()
        return scene

    return breaks


def token_file(bits: int, text: str) -> Break:
    def breaks(scene: Scene, folder: Path) -> Scene:
        path = touch(folder / "token", bits, text)
        changes = {"telegram_token": None, "telegram_token_file": path}
        return replace(scene, settings=scene.settings.model_copy(update=changes))

    return breaks


def old_backup(scene: Scene, _folder: Path) -> Scene:
    touch(scene.settings.data / BACKUP_MARK, age=timedelta(days=31))
    return scene


def clock_went_back(scene: Scene, _folder: Path) -> Scene:
    touch(scene.settings.data / "antenna.db", age=timedelta(hours=-2))
    return scene


def long_ago(scene: Scene, _folder: Path) -> Scene:
    return replace(scene, now=datetime(1970, 1, 2, tzinfo=UTC))


URL = "https://bot.example.org"
MACHINE = {"translator": TranslatorKind.LIBRETRANSLATE}
BROKEN: list[tuple[str, Level, Break]] = [
    ("translator", Level.WARN, setting(**MACHINE)),
    ("translator", Level.WARN, setting(translator_url="http://127.0.0.1:5000")),
    ("translator_place", Level.WARN, setting(**MACHINE, translator_url="http://mt.example")),
    ("translator_place", Level.WARN, setting(**MACHINE, translator_url="https://mt.example")),
    ("key_file", Level.REFUSE, mode("data/keys/antenna.key", 0o640)),
    ("key_file", Level.REFUSE, mode("data/keys/antenna.key", 0o604)),
    ("key_there", Level.REFUSE, gone("data/keys/antenna.key")),
    ("database_file", Level.REFUSE, mode("data/antenna.db", 0o644)),
    ("database_file", Level.REFUSE, mode("data/antenna.db-wal", 0o640)),
    ("data_folder", Level.REFUSE, mode("data", 0o777)),
    ("data_folder", Level.WARN, mode("data", 0o755)),
    ("token_file", Level.REFUSE, token_file(0o644, TOKEN)),
    ("token_file", Level.REFUSE, token_file(0o400, "not a token")),
    ("one_token", Level.WARN, setting(telegram_token_file=Path("token"))),
    ("env_file", Level.REFUSE, mode(".env", 0o644)),
    ("network_disk", Level.REFUSE, machine(disk_kind="nfs4")),
    ("recent_backup", Level.WARN, old_backup),
    ("recent_backup", Level.WARN, gone(f"data/{BACKUP_MARK}")),
    ("webhook_secret", Level.REFUSE, setting(public_url=URL)),
    ("webhook_secret", Level.REFUSE, setting(public_url=URL, webhook_secret=SecretStr("short1"))),
    ("webhook_secret", Level.REFUSE, setting(public_url=URL, webhook_secret=SecretStr("ab" * 20))),
    ("metrics_token", Level.REFUSE, setting(metrics_token=SecretStr("short1"))),
    (
        "metrics_token",
        Level.REFUSE,
        setting(metrics_token=SecretStr(GOOD), webhook_secret=SecretStr(GOOD)),
    ),
    (
        "public_url",
        Level.REFUSE,
        setting(public_url="http://bot.example.org", webhook_secret=SecretStr(GOOD)),
    ),
    ("public_url", Level.REFUSE, setting(public_url=f"{URL}:8080", webhook_secret=SecretStr(GOOD))),
    ("telegram_api", Level.REFUSE, setting(telegram_api="http://api.example.org")),
    ("listen", Level.REFUSE, setting(listen=Address("0.0.0.0", 8080))),
    ("listen", Level.WARN, setting(listen=Address("::", 80), metrics_token=SecretStr(GOOD))),
    ("console_url", Level.REFUSE, setting(console_url="http://c.org", console_proxy=PROXY)),
    ("console_url", Level.REFUSE, setting(console_url="https://c.org/c", console_proxy=PROXY)),
    ("console", Level.REFUSE, setting(console=Address("0.0.0.0", 8082))),
    (
        "console",
        Level.WARN,
        setting(console=Address("::", 80), console_url="https://c.org", console_proxy=PROXY),
    ),
    ("console_proxy", Level.WARN, setting(console_url="https://console.example.org")),
    ("local", Level.REFUSE, setting(local=Address("0.0.0.0", 8081))),
    ("database_way", Level.WARN, setting(database=SecretStr("postgresql://a:b@db.example.org/a"))),
    ("token_accepted", Level.REFUSE, answer(token_accepted=False)),
    ("token_accepted", Level.WARN, answer()),
    ("foreign_webhook", Level.WARN, answer(token_accepted=True, webhook="https://else.example")),
    ("disk_space", Level.REFUSE, machine(free_bytes=50 << 20)),
    ("disk_space", Level.WARN, machine(free_bytes=500 << 20)),
    ("disk_space", Level.WARN, machine(free_bytes=2 << 30, total_bytes=1 << 40)),
    ("clock", Level.REFUSE, long_ago),
    ("clock", Level.REFUSE, clock_went_back),
    ("clock", Level.REFUSE, answer(token_accepted=True, clock_off_seconds=-700.0)),
    ("clock", Level.WARN, answer(token_accepted=True, clock_off_seconds=90.0)),
    ("database_there", Level.REFUSE, stored(reachable=False)),
    ("database_age", Level.REFUSE, stored(revision="0003")),
    ("synchronous_commit", Level.REFUSE, stored(synchronous_commit="off")),
    ("swap", Level.WARN, machine(swap_bytes=1 << 30)),
    ("core_dumps", Level.WARN, machine(core_dumps=True)),
    ("cleaning", Level.WARN, machine(cleaning="open")),
    ("cleaning", Level.WARN, machine(cleaning="fails")),
    ("reading_aloud", Level.WARN, machine(unheard=("opusenc",))),
    ("root", Level.WARN, machine(runs_as_root=True)),
    ("disk_encrypted", Level.WARN, setting(disk_encrypted=False)),
    ("log_level", Level.WARN, setting(log=LogLevel.DEBUG)),
    ("misspelt", Level.WARN, names("ANTENNA_TELEGRAM_TOKN")),
    ("misspelt", Level.WARN, names("ANTENNA_COFFEE")),
    ("group", Level.WARN, stored(groups=())),
    ("group", Level.WARN, stored(groups=(Connected(lost=True),))),
    ("group", Level.WARN, stored(groups=(Connected(shared=False),) * 2)),
    ("topics", Level.WARN, stored(talking=1, groups=(Connected(shows=False),))),
    ("topics", Level.WARN, stored(talking=1, groups=(Connected(), Connected(lost=True)))),
    ("reports_mixed", Level.WARN, mixed(days=3, minutes=1)),
    ("reports_apart", Level.REFUSE, together),
    ("reports_there", Level.REFUSE, of_reports(reachable=False)),
    ("reports_age", Level.REFUSE, of_reports(revision="r0002")),
    ("reports_commit", Level.REFUSE, of_reports(synchronous_commit="off")),
    ("reports_files", Level.REFUSE, mode("data/reports.db", 0o640)),
    ("reports_files", Level.REFUSE, mode("data/reports.db-journal", 0o604)),
    ("reports_files", Level.REFUSE, mode("data/evidence", 0o755)),
    ("salt_there", Level.REFUSE, gone("data/keys/report.salt")),
    ("salt_file", Level.REFUSE, mode("data/keys/report.salt", 0o644)),
    ("one_reader", Level.WARN, stored(readers=1)),
    ("recovery_key", Level.WARN, without(RECOVERY_KEY)),
]


def test_a_sound_deployment_has_nothing_to_mend(tmp_path: Path) -> None:
    """Where all is as it should be every check says so, and the report is empty."""
    findings = examine(sound(tmp_path))
    assert {finding.code for finding in findings if finding.level is not Level.OK} == set()
    assert (len(findings), report(findings)) == (len(CHECKS), "")


@pytest.mark.parametrize(
    ("code", "level", "breaks"),
    BROKEN,
    ids=[f"{code}-{number}" for number, (code, _level, _breaks) in enumerate(BROKEN)],
)
def test_one_broken_thing_is_found_and_only_that(
    code: str, level: Level, breaks: Break, tmp_path: Path
) -> None:
    """The one thing that was broken is the one that is found, with a fix and without a secret."""
    findings = examine(breaks(sound(tmp_path), tmp_path))
    wrong = [finding for finding in findings if finding.level is not Level.OK]
    assert [(finding.code, finding.level) for finding in wrong] == [(code, level)]
    assert wrong[0].fix != ""
    assert is_refused(findings) is (level is Level.REFUSE)
    shown = report(findings)
    assert wrong[0].what in shown
    assert [secret for secret in (TOKEN, GOOD, "a:b") if secret in shown] == []


def test_every_check_was_broken() -> None:
    """N of N: no check exists that no test has seen failing."""
    assert {check.__name__ for check in CHECKS} == {code for code, _level, _breaks in BROKEN}


def test_the_demo_needs_no_precautions(tmp_path: Path) -> None:
    """A newcomer without a token is not sent to encrypt a disk before the first look."""
    settings = load_settings(None).model_copy(update={"data": tmp_path / "data"})
    scene = Scene(
        settings,
        NOW,
        machine=Machine(runs_as_root=True),
        answer=Answer(),
        env_file=tmp_path / ".env",
    )
    assert report(examine(scene)) == ""


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "PATH=1\nANTENNA_PACE=20\n"),
        ({}, "ANTENNA_TELEGRAM_TOKEN=\n#ANTENNA_WEBHOOK_SECRET=x\n"),
    ],
)
def test_an_open_env_file_without_secrets_is_fine(
    changes: dict[str, object], text: str, tmp_path: Path
) -> None:
    """Only what must be hidden has to be."""
    scene = sound(tmp_path)
    touch(tmp_path / ".env", 0o644, text)
    assert report(examine(scene)) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"public_url": URL, "webhook_secret": SecretStr(GOOD)},
        {"telegram_api": "http://127.0.0.1:8081"},
        {"telegram_api": "http://[::1]:8081"},
        {"listen": Address("::1", 1)},
        {"database": SecretStr("postgresql://a@db.example.org/a?sslmode=verify-full")},
        {"database": SecretStr("postgresql://a@localhost/a")},
        {"database": SecretStr("postgresql:///antenna?host=/run/postgresql")},
        {"metrics_token": SecretStr(GOOD)},
    ],
)
def test_safe_choices_are_left_alone(changes: dict[str, object], tmp_path: Path) -> None:
    """A setting that is unusual and safe gets no warning."""
    scene = sound(tmp_path)
    scene = replace(scene, settings=scene.settings.model_copy(update=changes))
    assert report(examine(scene)) == ""


def test_the_worst_comes_first(tmp_path: Path) -> None:
    """Whoever reads the first line reads the most important one."""
    scene = setting(local=Address("0.0.0.0", 1), disk_encrypted=False)(sound(tmp_path), tmp_path)
    levels = [line[0] for line in report(examine(scene), everything=True).splitlines()]
    assert [sign for sign in levels if sign != " "] == ["✗", "!", *"✓" * (len(CHECKS) - 2)]
