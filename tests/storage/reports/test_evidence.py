"""Evidence: sealed before it has a name, dated by its week, and gone with its report."""

from __future__ import annotations

import errno
import os
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.report_model import Evidence
from storage.errors import VaultError
from storage.reports import Exhibit, Reconciled, Reports, Shown
from storage.vault import FILE_SIZES
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import (
    ANNA,
    CARLA,
    EVERYBODY,
    NOON,
    Box,
    a_box,
    a_code,
    a_photo,
    a_report,
    kept,
    sent,
)

MONDAY = datetime(2026, 11, 23, tzinfo=UTC).timestamp()
PHOTO = a_photo(b"pixels " * 5000, original=b"as it was" * 1000, shifted=True)


@pytest.fixture
def engine() -> str:
    """Files are the same whatever the database is."""
    return "sqlite"


def files(place: Place) -> list[Path]:
    """Every file of evidence there is, waiting or kept."""
    return sorted(path for path in (place.data / "evidence").rglob("*") if path.is_file())


def test_evidence_comes_with_its_report(reports: Reports) -> None:
    """An operator sees what it is, its digests and its week, and opens copy and original."""
    box = a_box()
    evidence = kept(reports, box, PHOTO)
    assert evidence == Evidence(evidence.id, "photo", 35_000, original=True, shifted=True)
    sent(reports, box=box, files=(evidence.id,))
    found = reports.read(ANNA, box.id)
    assert found is not None
    assert found.evidence == (
        Exhibit(
            id=evidence.id,
            kind="photo",
            size_bytes=35_000,
            hash=PHOTO.sha256,
            original=True,
            shifted=True,
            source=PHOTO.source,
            type="image/jpeg",
            original_type="image/webp",
            week=date(2026, 11, 23),
        ),
    )
    assert found.waiting.evidence == 1
    shown = reports.evidence(ANNA, box.id, evidence.id)
    assert shown == Shown("photo", "image/jpeg", PHOTO.content)
    original = reports.evidence(ANNA, box.id, evidence.id, original=True)
    assert original == Shown("photo", "image/webp", b"as it was" * 1000)
    assert reports.evidence(CARLA, box.id, evidence.id) is None


def test_what_was_not_kept_is_not_shown(reports: Reports) -> None:
    """There is no original where none was chosen, and none of another report's files."""
    box, other = a_box(), a_box()
    mine, his = kept(reports, box), kept(reports, other)
    sent(reports, box=box, files=(mine.id, his.id, "../../keys", "00" * 16))
    sent(reports, box=other, files=(his.id,))
    assert reports.evidence(ANNA, box.id, mine.id, original=True) is None
    assert reports.evidence(ANNA, box.id, his.id) is None
    found = reports.read(ANNA, box.id)
    assert found is not None
    assert ([one.id for one in found.evidence], found.missing) == ([mine.id], 3)


def test_the_same_file_is_kept_once_in_a_box_and_unknown_across_boxes(
    reports: Reports, place: Place
) -> None:
    """Sent again it is the same evidence; in another box nothing tells that it is the same."""
    box, other = a_box(), a_box()
    first, again, his = kept(reports, box), kept(reports, box), kept(reports, other)
    assert first == again
    assert his.id != first.id
    assert len(files(place)) == 2
    assert len({path.read_bytes() for path in files(place)}) == 2


def test_files_have_few_sizes_and_the_date_of_their_week(reports: Reports, place: Place) -> None:
    """Whatever was sent, waiting or kept, a file has a fixed size, a Monday, and mode 0600."""
    box = a_box()
    shapes = [a_photo(bytes([n]) * size) for n, size in enumerate((0, 1, 70_000, 300_000))]
    names = tuple(kept(reports, box, one).id for one in shapes)
    for _ in range(2):
        stats = [path.stat() for path in files(place)]
        assert sorted(one.st_size for one in stats) == [65536, 65536, 262144, 1048576]
        assert {one.st_size for one in stats} <= set(FILE_SIZES)
        assert {one.st_mtime for one in stats} == {MONDAY}
        assert {one.st_mode & 0o777 for one in stats} == {0o600}
        reports.submit(a_report(box, files=names), EVERYBODY, NOON)
    assert all(path.parent.name == "kept" for path in files(place))
    assert (place.data / "evidence" / "kept").stat().st_mtime == MONDAY


def test_nothing_of_a_file_lies_open(reports: Reports, place: Place) -> None:
    """Not a byte of its content, its kind or its digests can be read on the disk."""
    kept(reports, a_box(), PHOTO)
    for path in files(place):
        whole = path.read_bytes()
        for secret in (b"pixels", b"as it was", b"photo", b"jpeg", PHOTO.sha256.encode()):
            assert secret not in whole


def test_a_dropped_file_is_gone(reports: Reports, place: Place) -> None:
    """Copy and original go; dropped again, or by a stranger, it is only not there."""
    box = a_box()
    evidence = kept(reports, box, PHOTO)
    assert len(files(place)) == 2
    assert reports.drop_evidence(a_box(), evidence.id) is False
    assert (reports.drop_evidence(box, evidence.id), files(place)) == (True, [])
    assert reports.drop_evidence(box, evidence.id) is False


def test_a_sent_file_is_not_dropped(reports: Reports, place: Place) -> None:
    """What is part of a report goes with the report, not with an old button."""
    box = a_box()
    evidence = kept(reports, box)
    sent(reports, box=box, files=(evidence.id,))
    assert reports.drop_evidence(box, evidence.id) is False
    assert len(files(place)) == 1


def test_files_can_be_added_later(reports: Reports) -> None:
    """With the code somebody adds another; added again it is not there twice."""
    made = sent(reports)
    code = a_code(reports, made)
    opened = reports.open_by_code(code, NOON)
    assert opened is not None
    evidence = kept(reports, opened.box)
    for _ in range(2):
        assert reports.add(opened.box, "", (evidence.id,), NOON) is True
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert [one.id for one in found.evidence] == [evidence.id]
    assert found.waiting.unread == 2


def test_evidence_goes_with_its_report(reports: Reports, place: Place) -> None:
    """After the withdrawal no file is left, waiting or kept."""
    box = a_box()
    evidence = kept(reports, box, PHOTO)
    sent(reports, box=box, files=(evidence.id,))
    assert reports.withdraw(box, NOON) is True
    assert files(place) == []


def test_a_full_disk_leaves_nothing_behind(
    reports: Reports, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error comes as it is, and no half file stays."""
    box, real, left = a_box(), os.write, [3]

    def write(handle: int, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "full")
        return real(handle, bytes(data)[:10_000])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="full"):
        kept(reports, box)
    monkeypatch.undo()
    assert files(place) == []
    assert kept(reports, box).kind == "photo"


def test_what_is_no_box_takes_no_evidence(reports: Reports) -> None:
    """A damaged box is an error, and nothing is written."""
    with pytest.raises(VaultError, match="no box"):
        kept(reports, Box("", ""))


class TestReconcile:
    """Rows and files are set right in both directions, whatever a crash left."""

    def test_where_all_is_well_nothing_is_done(self, reports: Reports) -> None:
        """A report with its file, and a draft that waits, stay as they are."""
        box, draft = a_box(), a_box()
        sent(reports, box=box, files=(kept(reports, box).id,))
        waiting = kept(reports, draft)
        assert reports.reconcile(NOON) == Reconciled()
        assert reports.drop_evidence(draft, waiting.id) is True

    def test_a_file_without_a_report_goes(self, reports: Reports, place: Place) -> None:
        """What a crash left among the kept is deleted; the draft it came from still waits."""
        box = a_box()
        evidence = kept(reports, box, PHOTO)
        reports._files.keep(evidence.id)
        reports._files.keep(evidence.id + "x")
        assert reports.reconcile(NOON) == Reconciled(files_removed=2)
        assert {path.parent.parent.name for path in files(place)} == {"waiting"}
        sent(reports, box=box, files=(evidence.id,))
        assert reports.evidence(ANNA, box.id, evidence.id) is not None

    def test_a_report_finds_a_file_that_still_waits(self, reports: Reports, place: Place) -> None:
        """Died after the commit and tidied up by another: the file is brought back."""
        box = a_box()
        evidence = kept(reports, box)
        name = evidence.id
        waiting = next((place.data / "evidence").rglob(name))
        copy = waiting.read_bytes()
        sent(reports, box=box, files=(name,))
        (place.data / "evidence" / "kept" / name).unlink()
        waiting.write_bytes(copy)
        assert reports.reconcile(NOON) == Reconciled(files_found=1)
        assert reports.evidence(ANNA, box.id, name) is not None

    def test_a_lost_file_is_said(self, reports: Reports, place: Place) -> None:
        """Where the bytes are gone the operator is told so; once, and not any more if they are
        back."""
        box = a_box()
        evidence = kept(reports, box)
        sent(reports, box=box, files=(evidence.id,))
        path = place.data / "evidence" / "kept" / evidence.id
        aside = path.rename(place.data / "aside")
        assert reports.reconcile(NOON) == Reconciled(rows_lost=1)
        assert reports.reconcile(NOON) == Reconciled()
        assert _lost(reports, box) == [True]
        assert reports.evidence(ANNA, box.id, evidence.id) is None
        aside.rename(path)
        reports.reconcile(NOON)
        assert _lost(reports, box) == [False]

    def test_drafts_go_after_a_day(self, reports: Reports, place: Place) -> None:
        """What nobody sent by the day after tomorrow is deleted."""
        kept(reports, a_box(), PHOTO)
        reports.reconcile(NOON + timedelta(days=1))
        assert len(files(place)) == 2
        reports.reconcile(NOON + timedelta(days=2))
        assert files(place) == []

    def test_half_a_file_goes_at_the_next_start(self, reports: Reports, place: Place) -> None:
        """What a crash left half written is deleted when nobody is writing."""
        kept(reports, a_box())
        half = files(place)[0].with_name("ab.1234.part")
        half.write_bytes(b"half")
        reports.start(NOON)
        assert not half.exists()
        assert len(files(place)) == 1


def _lost(reports: Reports, box: Box) -> list[bool]:
    found = reports.read(ANNA, box.id)
    assert found is not None
    return [one.lost for one in found.evidence]


def test_what_is_sent_while_the_house_tidies_keeps_its_files(
    reports: Reports, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that comes between the look at the rows and the look at the files waits for it."""
    box = a_box()
    evidence = kept(reports, box, PHOTO)
    sending = threading.Thread(target=lambda: sent(reports, box=box, files=(evidence.id,)))
    looked = reports._files.kept_names

    def look() -> set[str]:
        if not sending.ident:
            sending.start()
            sending.join(timeout=0.2)
        return looked()

    monkeypatch.setattr(reports._files, "kept_names", look)
    reports.reconcile(NOON)
    sending.join()
    assert reports.evidence(ANNA, box.id, evidence.id) == Shown(
        "photo", "image/jpeg", PHOTO.content
    )
    assert len([path for path in files(place) if path.parent.name == "kept"]) == 2
