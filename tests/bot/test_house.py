"""What stands around the code: the two commands, the papers, and the rules of the house."""

from __future__ import annotations

import configparser
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ["run", "test", "check", "faults", "bench", "words", "clean", "help"]
SYSTEM = "python3-venv"


def make(
    folder: Path, *arguments: str, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run make on our Makefile in another folder, with nothing but the tools of `path`."""
    environment = {"PATH": str(path) if path else os.environ["PATH"], "HOME": str(folder)}
    (folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    command = ["/usr/bin/make", "--no-print-directory", "-C", str(folder), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def tool(folder: Path, name: str, script: str) -> Path:
    """A program that does what the test says."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return folder


def machine(
    folder: Path, *, user: int = 1000, venv: bool = True, version: bool = True, driver: bool = True
) -> Path:
    """A machine with these programs; what they are asked to do is written to `asked`."""
    tools = folder / "tools"
    for name in ("mkdir", "touch", "rm", "find", "sed", "expand", "make", "sh", "awk", "wc"):
        tools.mkdir(exist_ok=True)
        (tools / name).symlink_to(Path("/usr/bin") / name)
    tool(tools, "id", f"echo {user}")
    tool(tools, "apt-get", f'echo "apt-get $@" >> {folder}/asked')
    python = f"""
case "$2" in
  *version_info*) exit {0 if version else 1};;
  *libatomic*) exit {0 if driver else 1};;
  *ensurepip*) [ {int(venv)} = 1 ] || grep -q {SYSTEM} {folder}/asked 2>/dev/null; exit $?;;
esac
echo "python $@" >> {folder}/asked
[ "$2" = venv ] && mkdir -p .venv/bin && printf '#!/bin/sh\\necho "$@" >> {folder}/asked\\n' \
  > .venv/bin/python && chmod +x .venv/bin/python
exit 0"""
    tool(tools, "python3", python.replace("chmod", "/usr/bin/chmod"))
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).touch()
    return tools


def asked(folder: Path) -> list[str]:
    file = folder / "asked"
    return file.read_text().splitlines() if file.exists() else []


def test_make_explains_itself(tmp_path: Path) -> None:
    """`make` alone lists every target with what it does."""
    shown = make(tmp_path).stdout
    assert [name for name in TARGETS if f"  make {name} " not in shown] == []


def test_the_first_run_installs_what_running_needs_and_no_more(tmp_path: Path) -> None:
    """`make run`: an environment, the hashed packages, the bot; no tools of the tests."""
    tools = machine(tmp_path)
    done = make(tmp_path, "run", path=tools)
    assert (done.returncode, done.stderr) == (0, "")
    assert asked(tmp_path) == [
        "python -m venv --clear .venv",
        "-m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt",
        "-m bot run",
    ]
    assert [row for row in done.stdout.splitlines() if row.startswith("Antenna: ")] != []


def test_the_second_run_only_runs(tmp_path: Path) -> None:
    """Nothing is installed twice."""
    tools = machine(tmp_path)
    make(tmp_path, "run", path=tools)
    (tmp_path / "asked").unlink()
    assert make(tmp_path, "run", path=tools).stdout.count("Antenna:") == 0
    assert asked(tmp_path) == ["-m bot run"]


def test_changed_requirements_are_installed(tmp_path: Path) -> None:
    """A newer requirements.txt brings the environment up to date before the start."""
    tools = machine(tmp_path)
    make(tmp_path, "run", path=tools)
    later = (tmp_path / ".venv/.ready").stat().st_mtime + 10
    os.utime(tmp_path / "requirements.txt", (later, later))
    (tmp_path / "asked").unlink()
    make(tmp_path, "run", path=tools)
    assert [row.split()[1] for row in asked(tmp_path)] == ["pip", "bot"]


def test_root_gets_the_missing_system_package(tmp_path: Path) -> None:
    """On a bare Debian, as root, python3-venv is installed without a question."""
    tools = machine(tmp_path, user=0, venv=False)
    done = make(tmp_path, "setup", path=tools)
    assert (done.returncode, done.stderr) == (0, "")
    assert asked(tmp_path)[:3] == [
        "apt-get -qq update",
        f"apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends {SYSTEM}",
        "python -m venv --clear .venv",
    ]


def test_anybody_else_gets_the_one_line_to_type(tmp_path: Path) -> None:
    """Without the right to install, make says what to type and stops."""
    tools = machine(tmp_path, user=1000, venv=False)
    done = make(tmp_path, "run", path=tools)
    assert done.returncode == 2
    assert f"    sudo apt-get install -y {SYSTEM}" in done.stdout.splitlines()
    assert asked(tmp_path) == []


def test_an_old_python_is_named(tmp_path: Path) -> None:
    """With a Python that is too old nothing is tried."""
    done = make(tmp_path, "run", path=machine(tmp_path, version=False))
    assert done.returncode == 2
    assert "Antenna needs Python 3.11 or newer" in done.stdout
    assert asked(tmp_path) == []


@pytest.mark.parametrize("package", ["chromium", "libatomic1"])
def test_what_the_browser_needs_is_named_before_the_tests(package: str, tmp_path: Path) -> None:
    """The tests need chromium and a library of its driver: the line to type comes first."""
    tools = machine(tmp_path, driver=package != "libatomic1")
    if package != "chromium":
        tool(tools, "chromium", "exit 0")
    done = make(tmp_path, "test", path=tools)
    assert done.returncode == 2
    assert f"    sudo apt-get install -y {package}" in done.stdout.splitlines()
    assert asked(tmp_path) == []


def test_requirements_are_hashed_and_name_no_host() -> None:
    """Every package is pinned with its hashes, and no address stands in the files."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
        assert [package[:40] for package in packages if "--hash=sha256:" not in package] == []
        assert re.findall(r"https?://|--index-url", text) == []


def test_both_requirements_agree() -> None:
    """What runs and what is tested are the same versions, so both files install together."""
    pins = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins.append(dict(re.findall(r"(?m)^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", text)))
    run, dev = pins
    assert {name: (run[name], dev[name]) for name in run if run[name] != dev.get(name)} == {}


def test_the_machine_script_asks_nobody() -> None:
    """`.ci/run` needs no terminal, says that it is a machine, and stops at the first fault."""
    path = ROOT / ".ci" / "run"
    text = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) & 0o111 == 0o111
    assert [
        word for word in ("set -euo pipefail", "CI=true", "exec </dev/null") if word not in text
    ] == []
    assert text.rstrip().splitlines()[-2:] == [
        "make --no-print-directory check",
        "make --no-print-directory test",
    ]
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0


def test_the_licence_is_whole() -> None:
    """The text of the licence, from its title to the end of its appendix."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"(?m)^(\d+)\. ?\w", text) == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publiccodeYmlVersion", '"0.4"'),
        ("name", "Antenna"),
        ("developmentStatus", "development"),
        ("softwareType", '"standalone/backend"'),
    ],
)
def test_the_catalogue_entry_says(key: str, value: str) -> None:
    """publiccode.yml holds the keys the catalogue requires."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f"\n{key}: {value}\n" in text


def test_the_catalogue_entry_keeps_the_lengths_of_the_standard() -> None:
    """A short description has at most 150 signs, a long one at least 150, in both languages."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    short = re.findall(r'shortDescription: "(.*)"', text)
    long = re.findall(r"longDescription: >\n((?:      .*\n)+)", text)
    assert (len(short), len(long)) == (2, 2)
    assert [words for words in short if len(words) > 150] == []
    assert [words[:40] for words in long if not 150 <= len(" ".join(words.split())) <= 10_000] == []
    version = re.search(r'(?m)^version = "(.*)"', (ROOT / "pyproject.toml").read_text())
    assert version is not None
    assert f'softwareVersion: "{version[1]}"' in text


def test_the_service_keeps_memory_off_the_disk() -> None:
    """The unit runs as a user of its own, without core dumps, swap or new rights."""
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "antenna.service", encoding="utf-8")
    wanted = {
        "User": "antenna",
        "UMask": "0077",
        "LimitCORE": "0",
        "MemorySwapMax": "0",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
    }
    assert {key: unit["Service"][key] for key in wanted} == wanted


def test_the_web_servers_keep_no_logs() -> None:
    """The examples log nothing; of the bot they pass on Telegram's path alone, else the console."""
    nginx = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    caddy = (ROOT / "docs" / "Caddyfile").read_text(encoding="utf-8")
    assert nginx.count("access_log off;") == nginx.count("server_name ") == 2
    assert caddy.count("output discard") == 2
    assert re.findall(r"location (\S+ ?\S*) \{", nginx) == ["= /telegram", "/", "/"]
    assert "return 404;" in nginx.split("location / {")[1]
    assert re.findall(r"handle (/\S+) \{", caddy) == ["/telegram"]


def test_the_readme_leads_nowhere_that_is_not_there() -> None:
    """Every file the README points to exists."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    places = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_no_module_is_too_long() -> None:
    """400 lines are the most a module may have."""
    long = {
        str(path.relative_to(ROOT)): count
        for room in ("bot", "storage", "flows", "tests")
        for path in (ROOT / room).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    """Each module with code in it begins with a sentence."""
    silent = [
        str(path.relative_to(ROOT))
        for room in ("bot", "storage", "flows")
        for path in (ROOT / room).rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
        and "versions" not in path.parts
        and not re.match(r'(#!.*\n)?"""\S', path.read_text(encoding="utf-8"))
    ]
    assert silent == []
