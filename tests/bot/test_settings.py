"""Settings are read once, and a wrong one is named with its fix and without its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.setting_rows import env_example, setting_rows, settings_table
from bot.settings import (
    Address,
    Settings,
    SettingsError,
    is_loopback,
    load_settings,
    unknown_names,
)

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:AA-Example-Example-Example-Example"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests is read by them."""
    for row in setting_rows():
        monkeypatch.delenv(row.variable, raising=False)


def test_without_any_setting_the_demo_is_complete() -> None:
    """Every setting has a value that works: no token, SQLite and the key in the data folder."""
    settings = load_settings(None)
    assert settings.has_token is False
    assert settings.database_url == "sqlite:///data/antenna.db"
    assert settings.key_path == Path("data/keys/antenna.key")
    assert (str(settings.listen), str(settings.local)) == ("127.0.0.1:8080", "127.0.0.1:8081")


def test_settings_come_from_the_file_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.env` is read; a variable of the environment is stronger."""
    file = tmp_path / ".env"
    file.write_text("ANTENNA_NETWORK=Rete di Desio\nANTENNA_PACE=20\nOTHER_PROGRAM=1\n")
    monkeypatch.setenv("ANTENNA_PACE", "10")
    settings = load_settings(file)
    assert (settings.network, settings.pace) == ("Rete di Desio", 10)


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NAME=` in a unit file means the default, not an empty value."""
    monkeypatch.setenv("ANTENNA_PUBLIC_URL", "")
    monkeypatch.setenv("ANTENNA_PACE", "")
    assert (load_settings(None).public_url, load_settings(None).pace) == (None, 25)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("TELEGRAM_TOKEN", "12:secret", "does not look like a bot token"),
        ("TELEGRAM_API", "api.secret.org", "must be an address that begins with https://"),
        ("TELEGRAM_API", "https://secret@api.org", "must be a plain address"),
        ("PUBLIC_URL", "ftp://secret", "must be an address that begins with https://"),
        ("PUBLIC_URL", "https://bot.org/?secret", "must be a plain address"),
        ("DATABASE", "mysql://user:secret@host/db", "must begin with sqlite:///"),
        ("LISTEN", "secret", "must be host:port"),
        ("LISTEN", "127.0.0.1:secret", "must be host:port"),
        ("LISTEN", "127.0.0.1:70000", "must be host:port"),
        ("LOCAL", ":80", "must be host:port"),
        ("WEBHOOK_SECRET", "secret with blanks", "may hold only letters, digits"),
        ("METRICS_TOKEN", "sécret", "may hold only letters, digits"),
        ("WASH_HOURS", "48", "must be less than or equal to 40"),
        ("WASH_MINUTES", "secret", "must be a valid integer"),
        ("RETENTION_DAYS", "0", "must be greater than or equal to 1"),
        ("PACE", "31", "must be less than or equal to 30"),
        ("LOG", "secret", "must be 'debug', 'info', 'warning' or 'error'"),
        ("LOG_FORM", "secret", "must be 'auto', 'json' or 'text'"),
        ("NETWORK", "secret" * 11, "should have at most 60 characters"),
        ("DISK_ENCRYPTED", "secret", "must be a valid boolean"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message holds the variable's name and what it must be, never what it was."""
    monkeypatch.setenv(f"ANTENNA_{variable}", value)
    with pytest.raises(SettingsError) as raised:
        load_settings(None)
    message = str(raised.value)
    assert message.startswith(f"ANTENNA_{variable}: ")
    assert words in message
    assert "secret" not in message
    assert raised.value.__context__ is None


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to start five times to learn of five mistakes."""
    monkeypatch.setenv("ANTENNA_PACE", "x")
    monkeypatch.setenv("ANTENNA_LISTEN", "x")
    with pytest.raises(SettingsError) as raised:
        load_settings(None)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "ANTENNA_LISTEN",
        "ANTENNA_PACE",
    ]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings prints no token, no password and no secret."""
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN", f" {TOKEN} ")
    monkeypatch.setenv("ANTENNA_DATABASE", "postgresql://antenna:hunter2@db/antenna")
    monkeypatch.setenv("ANTENNA_WEBHOOK_SECRET", "s3cret" * 6)
    settings = load_settings(None)
    token = settings.read_token()
    assert token is not None
    assert token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert [secret for secret in (TOKEN, "hunter2", "s3cret") if secret in shown] == []


def test_the_token_is_read_from_a_file_only_its_owner_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mode 0400 and 0600 are taken; with any other the file is refused, and its words not told."""
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN_FILE", str(file))
    settings = load_settings(None)
    taken = {}
    for mode in (0o400, 0o600, 0o440, 0o604, 0o644, 0o660):
        file.chmod(mode)
        try:
            token = settings.read_token()
            taken[mode] = token is not None and token.get_secret_value() == TOKEN
        except SettingsError as error:
            taken[mode] = TOKEN in str(error)
    assert taken == {
        0o400: True,
        0o600: True,
        0o440: False,
        0o604: False,
        0o644: False,
        0o660: False,
    }


@pytest.mark.parametrize(("mode", "taken"), [(0o440, True), (0o400, True), (0o444, False)])
def test_a_credential_of_systemd_is_taken(
    mode: int, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd's access list shows as a right of the group: there it is no fault."""
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(mode)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN_FILE", str(file))
    settings = load_settings(None)
    if taken:
        token = settings.read_token()
        assert token is not None
        assert token.get_secret_value() == TOKEN
    else:
        with pytest.raises(SettingsError, match="chmod 400"):
            settings.read_token()


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), ("x", "does not hold")])
def test_a_token_file_without_a_token_is_named(
    content: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing file and a file with something else are told apart."""
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)
        file.chmod(0o400)
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKEN_FILE", str(file))
    with pytest.raises(SettingsError, match=words):
        load_settings(None).read_token()


def test_a_misspelt_variable_is_found() -> None:
    """`ANTENNA_TELEGRAM_TOKN` does nothing: it is named with the one that was meant."""
    names = {
        "ANTENNA_TELEGRAM_TOKN": "",
        "ANTENNA_PACE": "",
        "PATH": "",
        "ANTENNA_REPORTS_DATABASE": "",
        "ANTENNA_REPORT_DAYS": "",
    }
    assert unknown_names(names) == {"ANTENNA_TELEGRAM_TOKN": "ANTENNA_TELEGRAM_TOKEN"}


@pytest.mark.parametrize(
    ("text", "address"),
    [("[::1]:80", Address("::1", 80)), ("localhost:8080", Address("localhost", 8080))],
)
def test_an_address_reads_as_it_is_written(
    text: str, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Host and port, also for IPv6, and back to the same words."""
    monkeypatch.setenv("ANTENNA_LISTEN", text)
    listen = load_settings(None).listen
    assert (listen, str(listen), listen.is_loopback) == (address, text, True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "bot.example.org", ""])
def test_what_others_can_reach_is_not_loopback(host: str) -> None:
    """Only addresses that never leave the machine count as loopback."""
    assert is_loopback(host) is False


def test_every_setting_is_explained() -> None:
    """The table has a row for each setting, and each row says what it is."""
    assert [row.variable for row in setting_rows()] == [
        f"ANTENNA_{field.upper()}" for field in Settings.model_fields
    ]
    assert [row.variable for row in setting_rows() if not row.description] == []


def test_the_readme_shows_the_table_of_the_class() -> None:
    """The README's table is the class's: `python -m bot settings --table` makes it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0]
    assert shown == settings_table()


def test_the_example_file_is_that_of_the_class(tmp_path: Path) -> None:
    """`.env.example` is made by `python -m bot settings --env`, and holds the defaults."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert example == env_example()
    opened = tmp_path / ".env"
    opened.write_text(
        "\n".join(line.removeprefix("#") for line in example.splitlines() if "=" in line)
    )
    assert load_settings(opened) == load_settings(None)
