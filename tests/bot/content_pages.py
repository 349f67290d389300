"""A small content folder that is right in everything, to be broken one line at a time."""

from __future__ import annotations

from pathlib import Path

AREA = """\
---
area: work
order: 1
icon: 💼
title: My rights at work
italian: I miei diritti al lavoro
cards: work.pay, work.hours, work.rest
---
"""
SECOND_AREA = """\
---
area: home
order: 2
icon: 🏠
title: Home
italian: Casa
cards: home.rent
also: work.pay
---
"""
CARD = """\
---
id: {id}
icon: 📄
title: A title
italian: Un titolo
source: L. 1/2000, art. 1
status: verified
checked: 2026-03-10
review: 2027-03-10
recheck: 12 months
next: talk, report
related: {related}
---
The boss must pay you.
Keep every paper.
> Ask a union.
"""
NUMBER = """\
---
id: emergency
order: 1
icon: 🆘
name: Emergency
italian: Emergenza
phone: 112
purpose: Danger now.
free: yes
source: 112.gov.it
status: unverified
review: 2027-01-31
recheck: 3 months
danger: yes
---
"""
RELATED = {
    "work.pay": "work.hours, home.rent",
    "work.hours": "work.pay, work.rest",
    "work.rest": "work.pay, work.hours",
    "home.rent": "work.pay, work.hours",
}


def write_content(folder: Path) -> Path:
    """Write the folder and return it."""
    pages = {"work/area.md": AREA, "home/area.md": SECOND_AREA, "numbers/emergency.md": NUMBER}
    for one, related in RELATED.items():
        pages[one.replace(".", "/") + ".md"] = CARD.format(id=one, related=related)
    for name, words in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    """Replace words that are in the page exactly once."""
    words = path.read_text(encoding="utf-8")
    assert words.count(old) == 1
    path.write_text(words.replace(old, new), encoding="utf-8")
