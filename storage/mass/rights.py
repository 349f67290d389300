"""Who may write to many, and who has to agree before anybody is written to."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.access import Reach
from storage.mass.drafting import find_mass, find_masses
from storage.mass.model import Audience, Crowd, Mass
from storage.operators import Operator, Role, all_operators

_AGREES = (Role.COORDINATOR, Role.ADMINISTRATOR)


def mass_for_operator(connection: Connection, operator: Operator, mass_id: int) -> Mass | None:
    """A message somebody may see; None where they may not, as if it were not there."""
    found = find_mass(connection, mass_id)
    return found if found is not None and sees(operator, found.office) else None


def masses_for_operator(
    connection: Connection, operator: Operator, limit: int = 50, skip: int = 0
) -> list[Mass]:
    """The messages in somebody's list: of their office, an administrator's are all."""
    if not Reach(operator).helps:
        return []
    office = None if operator.role is Role.ADMINISTRATOR else operator.office
    return find_masses(connection, office, limit=limit, skip=skip)


def sees(operator: Operator, office: str) -> bool:
    """Whether messages of an office are theirs to look at, to stop and to go on with."""
    reach = Reach(operator)
    return reach.helps and (operator.office == office or reach.oversees(office, ""))


def may_address(operator: Operator, audience: Audience) -> bool:
    """Whether somebody may write such an audience at all: everybody is not for every operator."""
    if audience.crowd is Crowd.EVERYBODY:
        return operator.active and operator.role in _AGREES
    return Reach(operator).helps


def may_agree(connection: Connection, operator: Operator, mass: Mass) -> bool:
    """Whether their word lets a message go.

    Alone, an author writes only to the people of one course of their own office. Otherwise a
    coordinator or an administrator agrees, never the author; where the office has none besides the
    author, any other operator of it does.
    """
    if not sees(operator, mass.office):
        return False
    if operator.id == mass.created_by:
        return mass.audience.crowd is Crowd.COURSE and operator.office == mass.office
    if operator.role in _AGREES or mass.audience.crowd is Crowd.COURSE:
        return True
    colleagues = [one for one in all_operators(connection) if one.office == mass.office]
    others = [one for one in colleagues if one.role in _AGREES and one.id != mass.created_by]
    return operator.office == mass.office and not others


def who_agrees(connection: Connection, mass: Mass) -> list[Operator]:
    """Everybody whose word would do, the author included where it does."""
    return [
        one for one in all_operators(connection) if one.ready and may_agree(connection, one, mass)
    ]
