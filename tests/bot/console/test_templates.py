"""What every template keeps to: a form carries its token, a look has something that wears it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CONSOLE = Path(__file__).resolve().parents[3] / "bot" / "console"
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
TOKEN = '<input type="hidden" name="token" value="{{ token }}">'
MADE = (
    "level-",
    "advice-",
    "told-",
    "track-",
    "due-",
    "entry-",
    "mark-",
    "only-",
    "roll-",
    "heat-",
    "line-",
    "look-",
)
"""Classes whose end is filled in."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_carries_its_token(path: Path) -> None:
    """A form without it would be refused, in front of whoever filled it in."""
    forms = FORM.findall(path.read_text(encoding="utf-8"))
    assert [form for form in forms if form.count(TOKEN) != 1] == []


def test_no_look_is_worn_by_nothing() -> None:
    """Every class of the style sheets is in a template, so what is not used is found."""
    styles = "".join(path.read_text(encoding="utf-8") for path in CONSOLE.rglob("static/*.css"))
    styles = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", styles))
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    worn = set(re.findall(r"[a-z][a-z0-9-]*", " ".join(re.findall(r'class="([^"]*)"', pages))))
    assert {one for one in known - worn if not one.startswith(MADE)} == set()
