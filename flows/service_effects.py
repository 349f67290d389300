"""What finding a service asks of the shell."""

from __future__ import annotations

from dataclasses import dataclass

from flows.effects import Effect, Json
from flows.plain import shaped
from flows.service_model import ServiceLine, ServiceSieve, ServiceView, Surroundings


@dataclass(frozen=True, slots=True)
class FindServices(Effect[tuple[ServiceLine, ...]]):
    """Look up services that people may see, the best first; at most `most`.

    `order`: the ids of those that are near, the nearest first; the others come after them.
    """

    sieve: ServiceSieve
    most: int = 20
    order: tuple[str, ...] = ()

    def read(self, value: Json) -> tuple[ServiceLine, ...]:
        """A list of `ServiceLine`."""
        return shaped(tuple[ServiceLine, ...], value)


@dataclass(frozen=True, slots=True)
class FindSurroundings(Effect[Surroundings]):
    """Look up where these services are: how far that is, the flow itself finds out."""

    sieve: ServiceSieve

    def read(self, value: Json) -> Surroundings:
        """A `Surroundings`."""
        return shaped(Surroundings, value)


@dataclass(frozen=True, slots=True)
class FindService(Effect[ServiceView | None]):
    """Look up one service; None where it is not there any more, or nobody checked it lately."""

    id: str

    def read(self, value: Json) -> ServiceView | None:
        """A `ServiceView`, or None."""
        return None if value is None else shaped(ServiceView, value)


ServiceEffect = FindServices | FindSurroundings | FindService
