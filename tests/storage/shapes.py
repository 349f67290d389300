"""A populated database of every revision, as rows that its own release could have written."""

from __future__ import annotations

POPULATED: dict[str, list[tuple[str, dict[str, object]]]] = {
    "0001": [
        ("INSERT INTO setting VALUES ('key fingerprint', :fingerprint)", {}),
        (
            "INSERT INTO person (id, lookup, chat, language, since, seen) "
            "VALUES (1, :sealed, :sealed, 'it', '2026-11-22', '2026-11-22')",
            {"sealed": b"sealed"},
        ),
        ("INSERT INTO conversation (person_id, state) VALUES (1, :s)", {"s": b"sealed"}),
        (
            "INSERT INTO outbox (id, person_id, lane, policy, slot, state, attempts, body) "
            "VALUES (1, 1, 2, 0, 0, 0, 0, :s)",
            {"s": b"sealed"},
        ),
        ("INSERT INTO chat_message VALUES (1, 5, 1000, NULL, true)", {}),
        ("INSERT INTO handled VALUES (7, '2026-11-22')", {}),
        ("INSERT INTO quarantine VALUES (8, 'message', 1000)", {}),
        (
            "INSERT INTO desk (key, name, territory, active, created) "
            "VALUES ('k7', 'PUA', 'Desio', true, '2026-11-22')",
            {},
        ),
        ("INSERT INTO useful VALUES ('card', 'it', '2026-11', true, 3)", {}),
    ],
}
POPULATED["0002"] = [
    *POPULATED["0001"],
    ("INSERT INTO office VALUES ('o7', 'PUA', true, 'MB', '', true, '2026-11-22')", {}),
    (
        "INSERT INTO operator (id, name, sign_in, office, role, language, created) "
        "VALUES (9, 'Anna', 'anna', 'o7', 'operator', 'it', '2026-11-22')",
        {},
    ),
    ("INSERT INTO invitation VALUES (:hash, 9, 1000)", {"hash": b"hash"}),
    (
        "INSERT INTO audit VALUES (1, 1000, 9, 'signed in', '', :hash, :hash)",
        {"hash": b"hash"},
    ),
]
POPULATED["0003"] = [
    *POPULATED["0002"],
    ("INSERT INTO draft VALUES (:hash, :hash)", {"hash": b"hash"}),
]
POPULATED["0004"] = POPULATED["0003"]
POPULATED["0005"] = [
    *POPULATED["0004"],
    (
        "INSERT INTO staff_group (id, chat, office, since) VALUES (5, :s, 'o7', 1000)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO handoff (id, person_id, designation, state, need, who, medium, safe, "
        "language, asked, stirred, group_id, topic) VALUES (6, 1, 'Airone verde', 'waiting', "
        "'pay', 'anybody', 'text', 'always', 'it', 1000, 1000, 5, 400)",
        {},
    ),
    (
        "INSERT INTO handoff_line (id, handoff_id, number, outward, kind, body, at, state) "
        "VALUES (7, 6, 1, false, 'text', :s, 1000, 'kept')",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO handoff_note (id, handoff_id, number, event, body, at) "
        "VALUES (8, 6, 2, 'asked', :s, 1000)",
        {"s": b"sealed"},
    ),
]
POPULATED["0006"] = [
    *POPULATED["0005"],
    (
        "INSERT INTO contact (id, number, designation, person_id, office, created_by, opened, "
        "source, stage, sheet, touched) VALUES (20, 'S-7K2M4P', 'Airone verde', 1, 'o7', 9, "
        "'2026-11-22', 'desk', 'taken_in_charge', :s, 1000)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO case_file (contact_id, taken, taken_by, body) "
        "VALUES (20, '2026-11-22', 9, :s)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO case_step VALUES (21, 20, 'identified_no', 'taken_in_charge', 1000, 9, :s)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO case_choice (id, contact_id, purpose, given, how, at, operator_id) "
        "VALUES (22, 20, 'keep', true, 'spoken', 1000, 9)",
        {},
    ),
    (
        "INSERT INTO plan_action (id, contact_id, lane, service, body, state, created, "
        "created_by) VALUES (23, 20, 'work', 'S07', :s, 'planned', '2026-11-22', 9)",
        {"s": b"sealed"},
    ),
    ("INSERT INTO case_outcome VALUES (24, 20, 'O02', '2026-11-22', :s, 9)", {"s": b"sealed"}),
    (
        "INSERT INTO case_flag (id, contact_id, kind, since, until, body, operator_id) "
        "VALUES (25, 20, 'health', '2026-11-22', '2026-12-22', :s, 9)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO case_task (id, contact_id, kind, body, due, created_by) "
        "VALUES (26, 20, 'task', :s, '2026-11-23', 9)",
        {"s": b"sealed"},
    ),
    ("INSERT INTO handover VALUES (:hash, true, 1, NULL, 0, 1000)", {"hash": b"hash"}),
]
POPULATED["0007"] = [
    *(one for one in POPULATED["0006"] if "case_task" not in one[0]),
    (
        "INSERT INTO case_task (id, contact_id, body, due, created_by) "
        "VALUES (26, 20, :s, '2026-11-23', 9)",
        {"s": b"sealed"},
    ),
    (
        "INSERT INTO course (id, ref, office, kind, title, seats, first, starts, minutes, state, "
        "changed, created_by) VALUES (30, 'a1@pua', 'o7', 'italian', 'Italiano A1', 20, "
        "'2026-12-01', '18:30', 120, 'open', 1000, 9)",
        {},
    ),
    (
        "INSERT INTO lesson (id, course_id, planned, day, time, minutes, starts, ends, state) "
        "VALUES (31, 30, '2026-12-01T18:30', '2026-12-01', '18:30', 120, 1000, 2000, 'planned')",
        {},
    ),
    (
        "INSERT INTO enrolment (id, course_id, person_id, designation, body, state, seat, turn, "
        "since) VALUES (32, 30, 1, 'Airone verde', :s, 'enrolled', 1, 1, '2026-11-22')",
        {"s": b"sealed"},
    ),
    ("INSERT INTO attendance (lesson_id, enrolment_id, reply) VALUES (31, 32, 'comes')", {}),
    ("INSERT INTO interest VALUES (1, 'italian')", {}),
    (
        "INSERT INTO opening (id, office, desk, hours, first, minutes) "
        "VALUES (33, 'o7', 'k7', 'mon 9:00-12:00', '2026-11-22', 30)",
        {},
    ),
    (
        "INSERT INTO appointment (id, opening_id, office, person_id, designation, need, body, "
        "day, time, minutes, starts, ends, seat, state, created_by, created) VALUES (34, 33, "
        "'o7', 1, 'Airone verde', 'papers', :s, '2026-11-23', '09:00', 30, 1000, 2000, 1, "
        "'booked', 0, '2026-11-22')",
        {"s": b"sealed"},
    ),
    ("INSERT INTO own_date VALUES (35, 1, :s)", {"s": b"sealed"}),
    ("INSERT INTO wish (person_id, steps) VALUES (1, '1d')", {}),
    (
        "INSERT INTO notice (id, person_id, subject, subject_id, occasion, step, due, day, time, "
        "zone, until, state) VALUES (36, 1, 'lesson', 31, '2026-12-01T18:30', '1d', 1000, "
        "'2026-11-30', '18:30', 'Europe/Rome', 2000, 'waiting')",
        {},
    ),
    (
        "INSERT INTO mass (id, office, kind, audience, words, until, state, created, created_by) "
        "VALUES (37, 'o7', 'strike', '{}', '{}', 2000, 'draft', 1000, 9)",
        {},
    ),
    (
        "INSERT INTO desk_news (id, office, what, subject, subject_id, designation, event, at) "
        "VALUES (38, 'o7', 'cannot', 'lesson', 31, 'Airone verde', 1000, 1000)",
        {},
    ),
    (
        "INSERT INTO feed (hash, office, created, created_by) "
        "VALUES (:hash, 'o7', '2026-11-22', 9)",
        {"hash": b"hash"},
    ),
]
POPULATED["0008"] = [
    *POPULATED["0007"],
    (
        "INSERT INTO service (id, ref, kind, name, town, checked, review, changed, created_by) "
        "VALUES (40, 'afol-seregno', 'job_centre', 'AFOL', 'Seregno', '2026-11-22', "
        "'2027-02-20', 1000, 9)",
        {},
    ),
]
POPULATED["0009"] = [
    *POPULATED["0008"],
    (
        "INSERT INTO wording (id, key, domain, source, language, forms, state, meaning, at, by, "
        "why) VALUES (41, 'k', 'content', 'Ask.', 'it', '[\"Chiedi.\"]', 'draft', 'm', 1000, 9, "
        "'')",
        {},
    ),
    ("INSERT INTO wording_deed VALUES (42, 41, 'draft', 1000, 9, '', '')", {}),
    ("INSERT INTO care VALUES ('docs.renew', 9, NULL, '2026-12-01', 1000, 9, '')", {}),
]
POPULATED["0010"] = [
    *POPULATED["0009"],
    (
        "INSERT INTO recording (id, passage, language, mark, state, sound, seconds, operator_id, "
        "at) VALUES (41, 'docs.renew', 'ar', 'mark', 'waiting', :s, 30, 9, 1000)",
        {"s": b"OggS"},
    ),
    ("INSERT INTO voice_file VALUES ('name', 7, 'file')", {}),
    ("INSERT INTO heard VALUES ('docs.renew', 'ar', '2026-11', 2)", {}),
    ("INSERT INTO spoken VALUES (1, 'wo')", {}),
]
POPULATED["0011"] = [
    *POPULATED["0010"],
    (
        "INSERT INTO handoff_meaning (id, line_id, handoff_id, state, body, at) "
        "VALUES (9, 7, 6, 'made', :s, 1000)",
        {"s": b"sealed"},
    ),
]
MEANINGS = {"handoff_meaning"}
VOICES = {"recording", "voice_file", "heard", "spoken", *MEANINGS}
WORDING = {"wording", "wording_deed", "care", *VOICES}
SERVICES = {"service", *WORDING}
CALENDAR = {
    "course",
    "lesson",
    "enrolment",
    "attendance",
    "interest",
    "opening",
    "appointment",
    "own_date",
    "wish",
    "notice",
    "mass",
    "desk_news",
    "feed",
    *SERVICES,
}
CASES = {
    "contact",
    "case_file",
    "case_step",
    "case_choice",
    "plan_action",
    "case_outcome",
    "case_flag",
    "case_task",
    "handover",
    *CALENDAR,
}
HANDOFFS = {"staff_group", "handoff", "handoff_line", "handoff_note", *CASES}
SINCE = {
    "0001": {"office", "operator", "invitation", "audit", "draft", *HANDOFFS},
    "0002": {"draft", *HANDOFFS},
    "0003": HANDOFFS,
    "0004": HANDOFFS,
    "0005": CASES,
    "0006": CALENDAR,
    "0007": SERVICES,
    "0008": WORDING,
    "0009": VOICES,
    "0010": MEANINGS,
    "0011": set[str](),
}
"""What each revision did not have yet."""
