"""Seats: never more than there are, and none unused while somebody waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from flows.calendar_model import News, NoticeState, Place, PlaceState, Subject
from storage.calendar_schema import enrolment, notice, wish
from storage.courses.editing import cancel_course, close_course, save_course
from storage.courses.finding import counts, enrolments
from storage.courses.model import Counts, Course
from storage.courses.seats import (
    answer_offer,
    call,
    enrol,
    leave,
    offer_free,
    remove,
    seat_by_desk,
)
from storage.desk_news import find_news
from storage.schema import person
from storage.vault import Vault
from tests.storage.cases.desk import a_contact, an_office, an_operator
from tests.storage.courses.school import a_course, a_form, a_person, later, people
from tests.storage.factories import NOON

ENROLLED, OFFERED, WAITING, NOWHERE = (
    Place(PlaceState.ENROLLED),
    PlaceState.OFFERED,
    PlaceState.WAITING,
    Place(PlaceState.NOWHERE),
)


def queue(
    connection: Connection, vault: Vault, many: int, **more: object
) -> tuple[Course, list[int]]:
    """A course of two seats, and so many people who wanted one, in this order."""
    course = a_course(connection, vault, **more)  # type: ignore[arg-type]
    who = people(connection, vault, many)
    for one in who:
        enrol(connection, vault, course.id, person_id=one, now=NOON)
    return course, who


def states(connection: Connection, vault: Vault, course: Course) -> list[str]:
    """How everybody stands, in the order in which they came."""
    found = enrolments(connection, vault, course.id)
    return [one.state.value for one in sorted(found, key=lambda one: one.turn)]


def offers(connection: Connection) -> list[tuple[int, str, datetime, datetime]]:
    """What is to be told to whom of a seat: whose, how far it is, from when and until when."""
    query = select(notice.c.person_id, notice.c.state, notice.c.due, notice.c.until)
    rows = connection.execute(query.where(notice.c.subject == Subject.OFFER.value))
    return [tuple(row) for row in rows]  # type: ignore[misc]


def test_seats_go_to_the_first_and_then_there_is_a_queue(
    connection: Connection, vault: Vault
) -> None:
    """Two seats go to the first two; the others wait, and are told their turn."""
    course = a_course(connection, vault)
    places = [
        enrol(connection, vault, course.id, person_id=one, now=NOON)
        for one in people(connection, vault, 4)
    ]
    assert places == [ENROLLED, ENROLLED, Place(WAITING, 1), Place(WAITING, 2)]
    assert counts(connection, [course.id, 5]) == {course.id: Counts(2, 0, 2), 5: Counts()}


def test_who_is_there_stays_as_they_are(connection: Connection, vault: Vault) -> None:
    """Enrolling again changes nothing, whether one has a seat or waits."""
    course, who = queue(connection, vault, 3)
    again = [enrol(connection, vault, course.id, person_id=one, now=NOON) for one in who]
    assert again == [ENROLLED, ENROLLED, Place(WAITING, 1)]


def test_a_seat_given_back_is_offered_at_once_to_the_first(
    connection: Connection, vault: Vault
) -> None:
    """In the transaction of leaving the first who waits is offered the seat, for a day."""
    course, who = queue(connection, vault, 4)
    assert leave(connection, vault, course.id, who[0], NOON) is True
    assert states(connection, vault, course) == ["left", "enrolled", "offered", "waiting"]
    assert offers(connection) == [(who[2], "waiting", NOON, later(hours=24))]
    assert leave(connection, vault, course.id, who[0], NOON) is False
    assert enrol(connection, vault, course.id, person_id=who[0], now=NOON) == Place(WAITING, 2)


def test_an_offer_is_taken_or_goes_on(connection: Connection, vault: Vault) -> None:
    """A yes makes it a seat, a no gives it to the next, and saying it again changes nothing."""
    course, who = queue(connection, vault, 5)
    leave(connection, vault, course.id, who[0], NOON)
    leave(connection, vault, course.id, who[1], NOON)
    said = [
        answer_offer(connection, vault, course.id, whose, takes, NOON)
        for whose, takes in ((who[2], True), (who[2], False), (who[3], False))
    ]
    assert said == [ENROLLED, ENROLLED, Place(PlaceState.LEFT)]
    assert states(connection, vault, course) == ["left", "left", "enrolled", "left", "offered"]
    ended = [(whose, state) for whose, state, _due, _until in offers(connection)]
    stopped, waits = NoticeState.STOPPED.value, NoticeState.WAITING.value
    assert sorted(ended) == sorted([(who[2], stopped), (who[3], stopped), (who[4], waits)])


def test_an_offer_that_nobody_answers_goes_to_the_next(
    connection: Connection, vault: Vault
) -> None:
    """After the stated time the tick takes it back and offers it on; an answer comes too late."""
    course, who = queue(connection, vault, 4)
    leave(connection, vault, course.id, who[0], NOON)
    assert offer_free(connection, vault, later(hours=23, minutes=59)) == 0
    late = later(hours=24)
    assert offer_free(connection, vault, late) == 2
    assert states(connection, vault, course) == ["left", "enrolled", "lapsed", "offered"]
    answered = answer_offer(connection, vault, course.id, who[2], True, late)
    assert answered == Place(PlaceState.LAPSED)
    assert offer_free(connection, vault, late) == 0


def test_a_late_yes_is_too_late_also_before_the_tick(connection: Connection, vault: Vault) -> None:
    """Whoever answers after the time gets no seat, and the next one is offered it at once."""
    course, who = queue(connection, vault, 4)
    leave(connection, vault, course.id, who[0], NOON)
    late = later(hours=25)
    assert answer_offer(connection, vault, course.id, who[2], True, late).state is PlaceState.LAPSED
    assert states(connection, vault, course) == ["left", "enrolled", "lapsed", "offered"]


def test_who_cannot_be_told_keeps_their_turn(connection: Connection, vault: Vault) -> None:
    """A seat goes past who blocked the bot or wants no word now; later it is theirs again."""
    course, who = queue(connection, vault, 5)
    blocked = update(person).where(person.c.id == who[2])
    connection.execute(blocked.values(reachable=False))
    connection.execute(
        insert(wish).values(person_id=who[3], safe="always", paused_until=date(2026, 11, 23))
    )
    leave(connection, vault, course.id, who[0], NOON)
    assert states(connection, vault, course)[2:] == ["waiting", "waiting", "offered"]
    connection.execute(blocked.values(reachable=True))
    leave(connection, vault, course.id, who[1], NOON)
    assert states(connection, vault, course)[2:] == ["offered", "waiting", "offered"]


def test_where_nobody_who_waits_can_be_told_a_newcomer_has_the_seat(
    connection: Connection, vault: Vault
) -> None:
    """No seat stays empty for the sake of people who cannot be reached."""
    course, who = queue(connection, vault, 3)
    connection.execute(update(person).values(reachable=False))
    leave(connection, vault, course.id, who[0], NOON)
    new = a_person(connection, vault, 1)
    assert enrol(connection, vault, course.id, person_id=new, now=NOON) == ENROLLED


def test_the_time_of_an_offer_begins_in_the_morning(connection: Connection, vault: Vault) -> None:
    """At night nobody is told; the stated time counts from when they may be, to the last lesson."""
    course, who = queue(connection, vault, 4, rule="", seats=2, first=date(2026, 11, 24))
    night = datetime(2026, 11, 22, 23, tzinfo=UTC)
    leave(connection, vault, course.id, who[0], night)
    morning = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert offers(connection) == [(who[2], "waiting", morning, morning + timedelta(hours=24))]
    last = datetime(2026, 11, 24, 8, tzinfo=UTC)
    leave(connection, vault, course.id, who[1], last)
    assert (who[3], "waiting", last, last.replace(hour=17)) in offers(connection)


def test_an_offer_ends_when_the_next_lesson_begins(connection: Connection, vault: Vault) -> None:
    """A seat is no use after the lesson it was for; one that begins in less than two hours leaves
    no time to answer, and the offer lasts to the one after it."""
    course, who = queue(connection, vault, 5, rule="daily times 3", offer_hours=48)
    first, second = (datetime(2026, 12, day, 17, tzinfo=UTC) for day in (2, 3))
    morning = first.replace(hour=8)
    leave(connection, vault, course.id, who[0], morning)
    just = first - timedelta(hours=2)
    leave(connection, vault, course.id, who[1], just)
    late = first - timedelta(minutes=119)
    answer_offer(connection, vault, course.id, who[2], False, late)
    assert sorted(until for *_more, until in offers(connection)) == [first, first, second]


def test_nobody_is_offered_what_is_over(connection: Connection, vault: Vault) -> None:
    """When the last lesson has begun a seat is offered to nobody, and after it nobody enrols."""
    course, who = queue(connection, vault, 3, rule="", first=date(2026, 11, 24))
    during = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    leave(connection, vault, course.id, who[0], during)
    assert states(connection, vault, course) == ["left", "enrolled", "waiting"]
    after = during + timedelta(hours=3)
    assert enrol(connection, vault, course.id, person_id=who[0], now=after) == NOWHERE


def test_a_course_without_a_list_or_closed_takes_nobody(
    connection: Connection, vault: Vault
) -> None:
    """Full without a waiting list, closed, cancelled, a draft, or not there: nowhere."""
    full, who = queue(connection, vault, 3, waits=False)
    assert states(connection, vault, full) == ["enrolled", "enrolled"]
    office = an_office(connection)
    draft = save_course(connection, vault, a_form(), office=office, operator_id=7, now=NOON).course
    assert draft is not None
    closed, off = a_course(connection, vault), a_course(connection, vault)
    assert close_course(connection, vault, closed.id, NOON)
    assert cancel_course(connection, vault, off.id, NOON)
    for id_ in (full.id, draft.id, closed.id, off.id, 5):
        assert enrol(connection, vault, id_, person_id=who[2], now=NOON) == NOWHERE
    for id_, state in ((draft.id, ENROLLED), (closed.id, ENROLLED), (off.id, NOWHERE)):
        place = enrol(connection, vault, id_, person_id=who[2], now=NOON, by_desk=True)
        assert place == state


def test_a_deleted_person_frees_the_seat_and_the_tick_offers_it(
    connection: Connection, vault: Vault
) -> None:
    """Even where the row is deleted by hand, the tick finds the empty seat."""
    course, who = queue(connection, vault, 3)
    connection.execute(delete(person).where(person.c.id == who[0]))
    assert offer_free(connection, vault, NOON) == 1
    assert states(connection, vault, course) == ["enrolled", "offered"]


def test_more_seats_are_offered_and_fewer_never_put_anybody_out(
    connection: Connection, vault: Vault
) -> None:
    """One seat more goes to the first who waits; fewer than are held are refused, with all kept."""
    course, who = queue(connection, vault, 4)

    def resize(seats: int) -> str:
        form = a_form(seats=seats)
        saved = save_course(
            connection,
            vault,
            form,
            office=course.office,
            operator_id=7,
            now=NOON,
            course_id=course.id,
        )
        return saved.field

    assert [resize(3), resize(2)] == ["", "seats"]
    assert states(connection, vault, course) == ["enrolled", "enrolled", "offered", "waiting"]
    leave(connection, vault, course.id, who[0], NOON)
    answer_offer(connection, vault, course.id, who[2], False, NOON)
    answer_offer(connection, vault, course.id, who[3], False, NOON)
    assert resize(1) == ""
    seats = connection.execute(select(enrolment.c.seat).where(enrolment.c.seat.is_not(None)))
    assert [row.seat for row in seats] == [1]


def test_an_operator_takes_somebody_out_who_cannot_come_back_alone(
    connection: Connection, vault: Vault
) -> None:
    """Whoever was removed is let in again by the desk only; the seat went to the next."""
    course, who = queue(connection, vault, 3)
    first = enrolments(connection, vault, course.id)[0]
    assert remove(connection, vault, first.id, NOON) is True
    assert remove(connection, vault, first.id, NOON) is False
    assert states(connection, vault, course) == ["removed", "enrolled", "offered"]
    assert enrol(connection, vault, course.id, person_id=first.person_id, now=NOON) == NOWHERE
    back = enrol(connection, vault, course.id, person_id=first.person_id, now=NOON, by_desk=True)
    assert back == Place(WAITING, 1)
    assert remove(connection, vault, 5, NOON) is False


def test_a_walk_in_is_told_by_the_desk(connection: Connection, vault: Vault) -> None:
    """Somebody without a chat is offered a seat through the desk's news, and seated by the desk."""
    course, _who = queue(connection, vault, 2)
    enrol(connection, vault, course.id, name="Amina B.", now=NOON, by_desk=True)
    walk_in = enrolments(connection, vault, course.id)[-1]
    assert (walk_in.name, walk_in.called, walk_in.person_id) == ("Amina B.", "Amina B.", None)
    leave(connection, vault, course.id, _who[0], NOON)
    news = [(one.what, one.subject_id) for one in find_news(connection, course.office)]
    assert (News.OFFERED, walk_in.id) in news
    assert offers(connection) == []
    assert seat_by_desk(connection, vault, walk_in.id, NOON) == ENROLLED
    assert seat_by_desk(connection, vault, walk_in.id, NOON) == ENROLLED
    assert seat_by_desk(connection, vault, 5, NOON) == NOWHERE


def test_the_desk_may_seat_somebody_before_their_turn(connection: Connection, vault: Vault) -> None:
    """Where a seat is free and nobody before them could be told, the desk gives it."""
    course, who = queue(connection, vault, 3)
    connection.execute(update(person).values(reachable=False))
    leave(connection, vault, course.id, who[0], NOON)
    third = enrolments(connection, vault, course.id)[1]
    assert third.state is WAITING
    assert seat_by_desk(connection, vault, third.id, NOON) == ENROLLED


def test_chat_and_sheet_of_one_person_are_one_place(connection: Connection, vault: Vault) -> None:
    """Enrolled by the desk through the sheet, a person who taps herself stays where she is."""
    operator = an_operator(connection, an_office(connection))
    course = a_course(connection, vault, office=operator.office)
    whose = a_person(connection, vault, 3)
    contact = a_contact(connection, vault, operator, person_id=whose)
    enrol(connection, vault, course.id, contact_id=contact.id, now=NOON, by_desk=True)
    assert enrol(connection, vault, course.id, person_id=whose, now=NOON) == ENROLLED
    (kept,) = enrolments(connection, vault, course.id)
    assert (kept.person_id, kept.contact_id) == (whose, contact.id)
    assert kept.designation == contact.designation


def test_another_office_learns_nothing_of_a_sheet(connection: Connection, vault: Vault) -> None:
    """Enrolling oneself at another office's course is not joined to one's sheet."""
    operator = an_operator(connection, an_office(connection))
    course = a_course(connection, vault)
    whose = a_person(connection, vault, 3)
    a_contact(connection, vault, operator, person_id=whose)
    enrol(connection, vault, course.id, person_id=whose, now=NOON)
    assert enrolments(connection, vault, course.id)[0].contact_id is None


def test_a_name_for_the_list_is_sealed_and_goes_when_it_is_taken_back(
    connection: Connection, vault: Vault
) -> None:
    """The name stands on the list as long as the person wants, and never in the database."""
    course, who = queue(connection, vault, 1)
    assert call(connection, vault, course.id, who[0], "Fatima Z.") is True
    body = connection.execute(select(enrolment.c.body)).scalar_one()
    assert b"Fatima" not in bytes(body)
    assert enrolments(connection, vault, course.id)[0].called == "Fatima Z."
    assert call(connection, vault, course.id, who[0], "") is True
    (kept,) = enrolments(connection, vault, course.id)
    assert (kept.name, kept.called) == ("", kept.designation)
    assert call(connection, vault, course.id, 5, "Nobody") is False


def test_an_offer_of_a_cancelled_course_is_not_told(connection: Connection, vault: Vault) -> None:
    """When a course is called off, what was to be said of its seats is not said."""
    course, who = queue(connection, vault, 3)
    leave(connection, vault, course.id, who[0], NOON)
    assert cancel_course(connection, vault, course.id, NOON)
    assert [state for _who, state, *_more in offers(connection)] == ["stopped"]
    assert cancel_course(connection, vault, course.id, NOON) is False
