"""Who may write to many, and whose word lets a message go."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from storage.database import Database
from storage.mass.model import Audience, Crowd
from storage.mass.rights import (
    mass_for_operator,
    masses_for_operator,
    may_address,
    may_agree,
    who_agrees,
)
from storage.operators import Operator, Role, all_operators
from tests.storage.cases.desk import an_office, an_operator
from tests.storage.mass.crowd import EVERYBODY, a_draft

CLASS = Audience(Crowd.COURSE, course=1)


def named(connection: Connection, office: str, audience: Audience, author: Operator) -> list[str]:
    """Whose word would let such a message go, by first letters."""
    mass = a_draft(connection, office, audience, author=author.id)
    found = [one for one in staff(connection) if may_agree(connection, one, mass)]
    return [one.name for one in found]


def staff(connection: Connection) -> list[Operator]:
    """Everybody, as they are now."""
    return all_operators(connection)


def test_the_author_alone_writes_only_to_a_class(database: Database) -> None:
    """To one course of the own office whoever wrote it, or any colleague; to more people only a
    coordinator or an administrator who did not write it."""
    with database.writing() as connection:
        desio, carate = an_office(connection), an_office(connection, "PUA Carate")
        anna = an_operator(connection, desio, "Anna")
        an_operator(connection, desio, "Bea")
        rita = an_operator(connection, desio, "Rita", Role.COORDINATOR)
        an_operator(connection, desio, "Vito", Role.ANTENNA)
        an_operator(connection, carate, "Carla", Role.COORDINATOR)
        an_operator(connection, carate, "Zoe", Role.ADMINISTRATOR)
        assert named(connection, desio, CLASS, anna) == ["Anna", "Bea", "Rita", "Zoe"]
        assert named(connection, desio, EVERYBODY, anna) == ["Rita", "Zoe"]
        assert named(connection, desio, EVERYBODY, rita) == ["Anna", "Bea", "Zoe"]
        elsewhere = a_draft(connection, carate, CLASS, author=anna.id)
        assert not may_agree(connection, anna, elsewhere)


def test_where_nobody_coordinates_a_colleague_agrees(database: Database) -> None:
    """Any of the office but the author; who has no key yet is not asked."""
    with database.writing() as connection:
        desio = an_office(connection)
        anna = an_operator(connection, desio, "Anna")
        an_operator(connection, desio, "Bea")
        assert named(connection, desio, EVERYBODY, anna) == ["Bea"]
        mass = a_draft(connection, desio, EVERYBODY, author=anna.id)
        assert who_agrees(connection, mass) == []


def test_a_message_is_seen_by_its_office(database: Database) -> None:
    """By an administrator too; an antenna, and somebody who left, see none."""
    with database.writing() as connection:
        desio, carate = an_office(connection), an_office(connection, "PUA Carate")
        anna = an_operator(connection, desio, "Anna")
        vito = an_operator(connection, desio, "Vito", Role.ANTENNA)
        carla = an_operator(connection, carate, "Carla", Role.COORDINATOR)
        zoe = an_operator(connection, carate, "Zoe", Role.ADMINISTRATOR)
        mass = a_draft(connection, desio)
        gone = replace(anna, active=False)
        seen = {
            one.name: (
                mass_for_operator(connection, one, mass.id) == mass,
                masses_for_operator(connection, one) == [mass],
            )
            for one in (anna, vito, carla, zoe)
        }
        both, none = (True, True), (False, False)
        assert seen == {"Anna": both, "Vito": none, "Carla": none, "Zoe": both}
        assert masses_for_operator(connection, gone) == []
        assert mass_for_operator(connection, anna, 1) is None


def test_everybody_is_not_for_every_operator(database: Database) -> None:
    """Only who coordinates may write to all there are."""
    with database.writing() as connection:
        desio = an_office(connection)
        roles = (Role.ANTENNA, Role.OPERATOR, Role.COORDINATOR, Role.ADMINISTRATOR)
        found = {}
        for role in roles:
            one = an_operator(connection, desio, role.value, role)
            found[role] = (may_address(one, EVERYBODY), may_address(one, CLASS))
        assert found == dict(
            zip(
                roles,
                ((False, False), (False, True), (True, True), (True, True)),
                strict=True,
            )
        )
